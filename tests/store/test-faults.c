/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"
#include "test-vfs.h"

#include <glib/gstdio.h>
#include <string.h>

/* A file system that fails from the n-th change on, as a full disk, a dying one or a cut of the power would:
 * every write, sync, truncation and deletion counts. */

static struct
{
  sqlite3_vfs vfs;
  sqlite3_vfs *real;
  sqlite3_io_methods methods;
  gint64 countdown; /* changes that still go well; below nought: all do */
  gint64 n_changes;
  int code;
} faults;

static int
fault (void)
{
  faults.n_changes++;
  if (faults.countdown < 0)
    return SQLITE_OK;
  if (faults.countdown == 0)
    return faults.code;
  faults.countdown--;
  return SQLITE_OK;
}

/* The write that fails is torn: half of it arrives. */
static int
file_write (sqlite3_file *file, const void *data, int size, sqlite3_int64 offset)
{
  int code = fault ();

  if (code == SQLITE_OK)
    return TEST_VFS_PASS (file, xWrite, data, size, offset);
  if (faults.code == SQLITE_IOERR_WRITE)
    TEST_VFS_PASS (file, xWrite, data, size / 2, offset);
  return code;
}

static int
file_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  int code = fault ();

  return code == SQLITE_OK ? TEST_VFS_PASS (file, xTruncate, size) : code;
}

static int
file_sync (sqlite3_file *file, int flags)
{
  int code = fault ();

  return code == SQLITE_OK ? TEST_VFS_PASS (file, xSync, flags) : code;
}

static int
vfs_open (sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *out_flags)
{
  return test_vfs_open (faults.real, name, file, flags, out_flags, &faults.methods);
}

static int
vfs_delete (sqlite3_vfs *vfs, const char *name, int sync)
{
  int code = fault ();

  return code == SQLITE_OK ? faults.real->xDelete (faults.real, name, sync) : code;
}

static void
register_faults (void)
{
  faults.real = sqlite3_vfs_find (NULL);
  faults.vfs = *faults.real;
  faults.vfs.zName = "faults";
  faults.vfs.pNext = NULL;
  faults.vfs.szOsFile = (int)sizeof (TestVfsFile);
  faults.vfs.xOpen = vfs_open;
  faults.vfs.xDelete = vfs_delete;
  faults.methods = test_vfs_methods;
  faults.methods.xWrite = file_write;
  faults.methods.xTruncate = file_truncate;
  faults.methods.xSync = file_sync;
  faults.countdown = -1;
  g_assert_cmpint (sqlite3_vfs_register (&faults.vfs, 1), ==, SQLITE_OK);
}

/* What is tried at each failing change. */
typedef struct
{
  CsUuid connection_id;
  CsUuid proposal_id;
  CsUuid contact_row;
} Scene;

typedef gboolean (*Attempt) (Practice *practice, const Scene *scene, GError **error);

static gboolean
accept_attempt (Practice *practice, const Scene *scene, GError **error)
{
  g_autoptr (CsAcceptance) acceptance = practice_new_acceptance (FIXTURE_TODAY);

  return cs_store_accept_proposal (practice->store, &scene->proposal_id, acceptance, error);
}

static gboolean
undo_attempt (Practice *practice, const Scene *scene, GError **error)
{
  return cs_store_undo_acceptance (practice->store, &scene->proposal_id, error);
}

static gboolean
finish_attempt (Practice *practice, const Scene *scene, GError **error)
{
  g_autoptr (CsLedgerContact) contact = make_contact ("c-1", "Kea", "");

  return cs_store_finish_contact (practice->store, &scene->contact_row, contact, FALSE, "", error);
}

static gboolean
page_attempt (Practice *practice, const Scene *scene, GError **error)
{
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_invoice_free);
  const CsCursor cursor = { 1000, 2 };

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *id = g_strdup_printf ("i-%u", i);

      g_ptr_array_add (page, make_invoice (id, id, FIXTURE_TODAY, 100));
    }
  return cs_store_save_invoices (practice->store, &scene->connection_id, page, &cursor, error);
}

typedef struct
{
  const char *path;
  Attempt attempt;
  int code;
  gboolean is_accepted;
  gboolean is_sending;
} Case;

static const Case cases[] = {
  { "/store/faults/accept-io", accept_attempt, SQLITE_IOERR_WRITE, FALSE, FALSE },
  { "/store/faults/accept-full", accept_attempt, SQLITE_FULL, FALSE, FALSE },
  { "/store/faults/undo-io", undo_attempt, SQLITE_IOERR_WRITE, TRUE, FALSE },
  { "/store/faults/finish-io", finish_attempt, SQLITE_IOERR_WRITE, TRUE, TRUE },
  { "/store/faults/page-io", page_attempt, SQLITE_IOERR_WRITE, FALSE, FALSE },
  { "/store/faults/page-full", page_attempt, SQLITE_FULL, FALSE, FALSE },
};

static Scene
make_scene (Practice *practice, const Case *scenario)
{
  Scene scene = { .connection_id = practice_connect (practice, "tenant-1") };
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsProposal) proposal = practice_add_proposal (practice, client);

  scene.proposal_id = proposal->id;
  if (scenario->is_accepted)
    {
      g_autoptr (CsJournalEntry) contact = NULL;

      practice_accept (practice, proposal);
      contact = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_CONTACT);
      scene.contact_row = contact->id;
      if (scenario->is_sending)
        {
          practice_claim (practice);
          practice_change (practice, &contact->id, CS_JOURNAL_HELD, CS_JOURNAL_QUEUED);
          practice_freeze (practice, &contact->id, CS_JOURNAL_QUEUED, 1);
        }
    }
  return scene;
}

/* Returns whether the attempt went well with @n changes before the fault. */
static gboolean
try_with_fault (const Case *scenario, gint64 n)
{
  Practice practice = { 0 };
  Scene scene;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  gboolean went_well;

  practice_set_up (&practice, NULL);
  scene = make_scene (&practice, scenario);
  before = practice_dump (&practice);
  faults.code = scenario->code;
  faults.countdown = n;
  went_well = scenario->attempt (&practice, &scene, &error);
  g_assert_cmpint (went_well, ==, error == NULL);
  if (!went_well)
    assert_store_error (error, CS_STORE_ERROR_FULL);
  practice_close (&practice); /* still failing: as when the power goes */
  faults.countdown = -1;

  practice_reopen (&practice);
  after = practice_dump (&practice);
  /* When the very last sync fails, all of it may be there although the answer was an error: then it is whole,
   * and what follows holds for it, too. */
  if (went_well)
    g_assert_cmpstr (before, !=, after);
  practice_assert_sound (&practice);
  g_assert_cmpint (practice_query (&practice, "SELECT (SELECT count(*) FROM acceptance)"
                                              " = (SELECT count(*) FROM proposal WHERE state = 'active')"),
                   ==, 1);
  g_assert_cmpint (practice_query (&practice, "SELECT (SELECT count(*) FROM ledger_invoice) IN (0, 200)"
                                              " AND (SELECT count(*) FROM ledger_invoice) / 200"
                                              " = (SELECT count(*) FROM cursor)"),
                   ==, 1);
  g_assert_cmpint (practice_query (&practice, "SELECT (SELECT count(*) FROM link)"
                                              " = (SELECT count(*) FROM journal WHERE state = 'done')"),
                   ==, 1);
  practice_tear_down (&practice, NULL);
  return went_well;
}

/* All of it or nothing, at whichever change the disk fails. */
static void
test_faults (gconstpointer data)
{
  const Case *scenario = data;
  gint64 n = 0;

  while (!try_with_fault (scenario, n))
    n++;
  g_assert_cmpint (n, >=, 3); /* there was something to fail */
  g_test_message ("%s: %" G_GINT64_FORMAT " changes", scenario->path, n);
}

/* The new file could not be made at the @n-th change: then it can be when the disk is well again. Returns
 * whether it was made at once. */
static gboolean
try_open_with_fault (const char *path, const CsClock *clock, gint64 n)
{
  g_autoptr (GError) error = NULL;
  gboolean went_well;
  CsStore *store;

  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  faults.code = SQLITE_IOERR_WRITE;
  faults.countdown = n;
  store = cs_store_open (path, CS_STORE_READ_WRITE, clock, &error);
  went_well = store != NULL;
  g_assert_cmpint (went_well, ==, error == NULL);
  g_clear_error (&error);
  cs_store_close (store);
  faults.countdown = -1;
  store = cs_store_open (path, CS_STORE_READ_WRITE, clock, &error);
  g_assert_no_error (error);
  g_assert_true (cs_store_verify_audit (store, NULL, NULL));
  cs_store_close (store);
  return went_well;
}

/* A store that is opened for the first time, on a disk that fails at each change in turn; by day at each
 * seventh, which meets every kind of change. */
static void
test_open_faults (void)
{
  int step = g_strcmp0 (g_getenv ("COUNTERSIGN_NIGHTLY"), "1") == 0 ? 1 : 7;
  gboolean went_well = FALSE;
  Practice practice = { 0 };
  gint64 n = 0;

  practice_set_up (&practice, NULL);
  for (; !went_well; n += step)
    {
      g_autofree char *name = g_strdup_printf ("fresh-%" G_GINT64_FORMAT ".sqlite", n);
      g_autofree char *path = g_build_filename (practice.folder, name, NULL);

      went_well = try_open_with_fault (path, &practice.clock, n);
      g_assert_cmpint (g_unlink (path), ==, 0);
      g_assert_cmpint (n, <, 2000);
    }
  g_assert_cmpint (n, >, 100);
  g_test_message ("the first opening: %" G_GINT64_FORMAT " changes at most", n);
  practice_tear_down (&practice, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  register_faults ();
  g_test_add_func ("/store/faults/first-open-io", test_open_faults);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].path, &cases[i], test_faults);
  return g_test_run ();
}
