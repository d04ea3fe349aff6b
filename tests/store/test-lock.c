/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static CsPracticeLock *
take (Practice *practice)
{
  g_autoptr (GError) error = NULL;
  CsPracticeLock *lock = cs_practice_lock_take (practice->folder, &error);

  g_assert_no_error (error);
  return lock;
}

static void
test_epoch_rises (Practice *practice, gconstpointer data)
{
  for (gint64 epoch = 1; epoch <= 3; epoch++)
    {
      g_autoptr (CsPracticeLock) lock = take (practice);

      g_assert_cmpint (cs_practice_lock_get_epoch (lock), ==, epoch);
      g_assert_true (cs_practice_lock_check (lock, NULL));
    }
}

static void
test_two_in_one_process (Practice *practice, gconstpointer data)
{
  g_autoptr (CsPracticeLock) lock = take (practice);
  g_autoptr (GError) error = NULL;
  g_autofree char *pid = g_strdup_printf ("%d", (int)getpid ());

  g_assert_null (cs_practice_lock_take (practice->folder, &error));
  g_assert_nonnull (strstr (error->message, pid));
  assert_store_error (error, CS_STORE_ERROR_LOCKED);
}

/* Answers 1 when the child was told LOCKED, 0 when it got the lock. */
static int
try_in_child (Practice *practice)
{
  int status = 0;
  pid_t child = fork ();

  if (child == 0)
    {
      g_autoptr (GError) error = NULL;
      CsPracticeLock *lock = cs_practice_lock_take (practice->folder, &error);

      _exit (lock != NULL ? 0 : g_error_matches (error, CS_STORE_ERROR, CS_STORE_ERROR_LOCKED) ? 1 : 2);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

static void
test_two_processes (Practice *practice, gconstpointer data)
{
  g_autoptr (CsPracticeLock) lock = take (practice);

  g_assert_cmpint (try_in_child (practice), ==, 1);
  g_assert_true (cs_practice_lock_check (lock, NULL));
  g_clear_pointer (&lock, cs_practice_lock_release);
  g_assert_cmpint (try_in_child (practice), ==, 0); /* and its end lets go */
  lock = take (practice);
  g_assert_cmpint (cs_practice_lock_get_epoch (lock), ==, 3);
}

static void
test_taken_over (Practice *practice, gconstpointer data)
{
  g_autoptr (CsPracticeLock) lock = take (practice);
  g_autofree char *path = g_build_filename (practice->folder, "lock", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (
      g_file_set_contents_full (path, "epoch 9\n", -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
  g_assert_false (cs_practice_lock_check (lock, &error)); /* another file lies there now */
  assert_store_error (error, CS_STORE_ERROR_EPOCH);
}

static void
test_epoch_moved (Practice *practice, gconstpointer data)
{
  g_autoptr (CsPracticeLock) lock = take (practice);
  g_autofree char *path = g_build_filename (practice->folder, "lock", NULL);
  FILE *file = g_fopen (path, "r+");
  g_autoptr (GError) error = NULL;

  fputs ("epoch 00000000000000000009\n", file);
  fclose (file);
  g_assert_false (cs_practice_lock_check (lock, &error));
  assert_store_error (error, CS_STORE_ERROR_EPOCH);
  g_assert_false (cs_store_claim (practice->store, lock, NULL, &error));
  assert_store_error (error, CS_STORE_ERROR_EPOCH);
}

/* One row sending, one held; ids in @rows, the contact first. */
static void
make_rows (Practice *practice, CsUuid *rows)
{
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsProposal) proposal = practice_add_proposal (practice, client);
  g_autoptr (CsJournalEntry) contact = NULL;
  g_autoptr (CsJournalEntry) invoice = NULL;

  practice_connect (practice, "tenant-1");
  practice_accept (practice, proposal);
  contact = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_CONTACT);
  invoice = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_INVOICE);
  practice_change (practice, &contact->id, CS_JOURNAL_HELD, CS_JOURNAL_QUEUED);
  practice_freeze (practice, &contact->id, CS_JOURNAL_QUEUED, 1);
  rows[0] = contact->id;
  rows[1] = invoice->id;
}

static void
assert_row (Practice *practice, const CsUuid *id, CsJournalState state, gboolean probe_first)
{
  g_autoptr (CsJournalEntry) row = practice_get_row (practice, id);

  g_assert_cmpint (row->state, ==, state);
  g_assert_cmpint (row->probe_first, ==, probe_first);
}

static void
test_claim_marks_sending (Practice *practice, gconstpointer data)
{
  CsUuid rows[2];
  g_autoptr (CsJournalEntry) row = NULL;

  g_assert_false (practice_claim (practice));
  make_rows (practice, rows);
  practice_reopen (practice); /* as after a crash */
  assert_row (practice, &rows[0], CS_JOURNAL_SENDING, FALSE);
  g_assert_false (practice_claim (practice));
  assert_row (practice, &rows[0], CS_JOURNAL_DOUBTFUL, FALSE);
  assert_row (practice, &rows[1], CS_JOURNAL_HELD, FALSE);
  row = practice_get_row (practice, &rows[0]);
  g_assert_nonnull (row->frozen);
  g_assert_cmpint (row->epoch, ==, practice->epoch - 1);
  /* It may still be on its way: a probe at once would find nothing, and it would be sent twice [B-02]. */
  g_assert_cmpint (row->next_ms, >=, practice->now_ms + 2000);
}

static void
copy_file (const char *from, const char *to)
{
  g_autofree char *content = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (from, &content, &size, NULL));
  g_assert_true (g_file_set_contents (to, content, (gssize)size, NULL));
}

/* Overwrites, so that the inode stays. */
static void
copy_into (const char *from, const char *to)
{
  g_autofree char *content = NULL;
  gsize size;
  FILE *file = g_fopen (to, "w");

  g_assert_true (g_file_get_contents (from, &content, &size, NULL));
  g_assert_cmpuint (fwrite (content, 1, size, file), ==, size);
  fclose (file);
}

/* Design.md section 4: a copied or restored file sends nothing before it has probed. */
static void
test_copied (Practice *practice, gconstpointer data)
{
  g_autofree char *other = g_build_filename (practice->folder, "copy.sqlite", NULL);
  CsUuid rows[2];

  practice_claim (practice);
  make_rows (practice, rows);
  practice_close (practice);
  copy_file (practice->path, other);
  g_assert_cmpint (g_rename (other, practice->path), ==, 0);
  practice_reopen (practice);
  g_assert_true (practice_claim (practice));
  assert_row (practice, &rows[0], CS_JOURNAL_DOUBTFUL, TRUE);
  assert_row (practice, &rows[1], CS_JOURNAL_HELD, TRUE);
  practice_reopen (practice);
  g_assert_false (practice_claim (practice)); /* said once */
  assert_row (practice, &rows[1], CS_JOURNAL_HELD, TRUE);
}

/* A backup of this very run, put back into the same inode: the epoch is the same, but it was sent from since.
 */
static void
test_restored_in_place (Practice *practice, gconstpointer data)
{
  g_autofree char *backup = g_build_filename (practice->folder, "backup.sqlite", NULL);
  g_autofree char *log = g_strconcat (practice->path, "-wal", NULL);
  g_autofree char *into = g_strdup_printf ("VACUUM INTO '%s'", backup);
  CsUuid rows[2];

  practice_claim (practice);
  g_assert_true (cs_sql_execute (practice->store->sql, into, NULL));
  make_rows (practice, rows);
  practice_close (practice);
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
  copy_into (backup, practice->path);
  practice_reopen (practice);
  g_assert_true (practice_claim (practice));
}

static void
test_restored_older (Practice *practice, gconstpointer data)
{
  g_autofree char *backup = g_build_filename (practice->folder, "backup.sqlite", NULL);

  practice_claim (practice);
  practice_close (practice);
  copy_file (practice->path, backup);
  practice_reopen (practice);
  practice_claim (practice);
  practice_close (practice);
  copy_into (backup, practice->path);
  practice_reopen (practice);
  g_assert_true (practice_claim (practice));
}

/* The lock's file was lost: the epoch still never goes back. */
static void
test_lock_lost (Practice *practice, gconstpointer data)
{
  g_autofree char *path = g_build_filename (practice->folder, "lock", NULL);
  gint64 last;

  for (int i = 0; i < 3; i++)
    practice_claim (practice);
  last = practice->epoch;
  practice_close (practice);
  g_unlink (path);
  practice_reopen (practice);
  g_assert_true (practice_claim (practice));
  g_assert_cmpint (practice->epoch, >, last);
  practice_reopen (practice);
  g_assert_false (practice_claim (practice));
}

/* A holder that ended before it could claim is no restored file. */
static void
test_taken_but_not_claimed (Practice *practice, gconstpointer data)
{
  practice_claim (practice);
  practice_reopen (practice);
  cs_practice_lock_release (take (practice));
  cs_practice_lock_release (take (practice));
  g_assert_false (practice_claim (practice));
}

/* What must be probed is not sent; a probe that finds nothing ends that. */
static void
test_probe_first (Practice *practice, gconstpointer data)
{
  g_autofree char *other = g_build_filename (practice->folder, "copy.sqlite", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("{}", 2);
  g_autoptr (CsLedgerContact) contact = make_contact ("c-1", "Kea", "");
  g_autoptr (CsJournalEntry) invoice = NULL;
  g_autoptr (GError) error = NULL;
  CsUuid rows[2];

  practice_claim (practice);
  make_rows (practice, rows);
  practice_close (practice);
  copy_file (practice->path, other);
  g_assert_cmpint (g_rename (other, practice->path), ==, 0);
  practice_reopen (practice);
  practice_claim (practice);
  g_assert_true (cs_store_finish_contact (practice->store, &rows[0], contact, TRUE, "", &error));
  assert_row (practice, &rows[0], CS_JOURNAL_DONE, FALSE);
  practice_change (practice, &rows[1], CS_JOURNAL_HELD, CS_JOURNAL_QUEUED);
  g_assert_false (cs_store_freeze_journal (practice->store, &rows[1], CS_JOURNAL_QUEUED, 1, bytes, "",
                                           practice->epoch, &error));
  assert_store_error (error, CS_STORE_ERROR_STATE);
  practice_change (practice, &rows[1], CS_JOURNAL_QUEUED, CS_JOURNAL_DOUBTFUL);
  assert_row (practice, &rows[1], CS_JOURNAL_DOUBTFUL, TRUE);
  practice_change (practice, &rows[1], CS_JOURNAL_DOUBTFUL, CS_JOURNAL_QUEUED);
  assert_row (practice, &rows[1], CS_JOURNAL_QUEUED, FALSE);
  invoice = practice_get_row (practice, &rows[1]);
  g_assert_true (cs_store_mark_synced (practice->store, &invoice->connection_id, 1, NULL));
  practice_freeze (practice, &rows[1], CS_JOURNAL_QUEUED, 1);
}

/* The lock's file cannot be written: nothing is sent, so no row may say that it is. */
static void
test_note_fails (Practice *practice, gconstpointer data)
{
  g_autofree char *path = g_build_filename (practice->folder, "lock", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("{}", 2);
  g_autoptr (GError) error = NULL;
  CsUuid rows[2];
  int writable;

  practice_claim (practice);
  make_rows (practice, rows);
  practice_change (practice, &rows[0], CS_JOURNAL_SENDING, CS_JOURNAL_WAITING);
  writable = practice->store->lock_fd;
  practice->store->lock_fd = g_open (path, O_RDONLY | O_CLOEXEC);
  g_assert_false (cs_store_freeze_journal (practice->store, &rows[0], CS_JOURNAL_WAITING, 1, bytes, "",
                                           practice->epoch, &error));
  assert_store_error (error, CS_STORE_ERROR_FAILED);
  g_close (practice->store->lock_fd, NULL);
  practice->store->lock_fd = writable;
  assert_row (practice, &rows[0], CS_JOURNAL_WAITING, FALSE);
  practice_freeze (practice, &rows[0], CS_JOURNAL_WAITING, 1);
}

/* A commit that fails takes the note back: the file is not taken for a restored one at the next start. */
static void
test_note_taken_back (Practice *practice, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("{}", 2);
  g_autoptr (GError) error = NULL;
  CsUuid rows[2];

  practice_claim (practice);
  make_rows (practice, rows);
  practice_change (practice, &rows[0], CS_JOURNAL_SENDING, CS_JOURNAL_WAITING);
  /* A reference that only the commit finds to lead nowhere. */
  g_assert_true (cs_sql_execute (
      practice->store->sql,
      "CREATE TABLE late (x BLOB REFERENCES journal (id) DEFERRABLE INITIALLY DEFERRED);"
      "CREATE TRIGGER late_row AFTER UPDATE ON practice BEGIN INSERT INTO late VALUES (x'00'); END",
      NULL));
  g_assert_false (cs_store_freeze_journal (practice->store, &rows[0], CS_JOURNAL_WAITING, 1, bytes, "",
                                           practice->epoch, &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  g_assert_true (cs_sql_execute (practice->store->sql, "DROP TRIGGER late_row; DROP TABLE late", NULL));
  practice_reopen (practice);
  g_assert_false (practice_claim (practice));
  assert_row (practice, &rows[0], CS_JOURNAL_WAITING, FALSE);
}

static CsRegistry *
open_registry (Practice *practice)
{
  g_autofree char *folder = g_build_filename (practice->folder, "data", NULL);
  g_autoptr (GError) error = NULL;
  CsRegistry *registry = cs_registry_open (folder, &practice->clock, &error);

  g_assert_no_error (error);
  return registry;
}

static void
test_registry (Practice *practice, gconstpointer data)
{
  g_autoptr (CsRegistry) registry = open_registry (practice);
  g_autoptr (CsPracticeEntry) real = NULL;
  g_autoptr (CsPracticeEntry) demo = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *file = NULL;
  struct stat status;
  CsUuid unknown = cs_store_new_uuid (practice->store);

  real = cs_registry_add (registry, "Hikurangi", FALSE, &error);
  g_assert_no_error (error);
  practice_wait (practice, 10);
  demo = cs_registry_add (registry, "Demo", TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (stat (real->folder, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0700);
  g_assert_true (g_path_is_absolute (real->folder));
  g_assert_true (cs_registry_mark_opened (registry, &real->id, &error));
  g_assert_true (cs_registry_rename (registry, &real->id, "Hikurangi & Co", &error));
  g_clear_pointer (&registry, cs_registry_close);

  registry = open_registry (practice);
  list = cs_registry_list (registry, &error);
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpstr (((CsPracticeEntry *)g_ptr_array_index (list, 0))->name, ==, "Hikurangi & Co");
  g_assert_cmpstr (((CsPracticeEntry *)g_ptr_array_index (list, 0))->folder, ==, real->folder);
  g_assert_true (((CsPracticeEntry *)g_ptr_array_index (list, 1))->is_demo);

  file = g_build_filename (demo->folder, "practice.sqlite", NULL);
  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  g_assert_true (cs_registry_remove (registry, &demo->id, &error));
  g_assert_false (g_file_test (demo->folder, G_FILE_TEST_EXISTS));
  g_assert_true (cs_registry_remove (registry, &real->id, &error));
  g_assert_true (g_file_test (real->folder, G_FILE_TEST_IS_DIR)); /* never deleted */

  g_assert_false (cs_registry_remove (registry, &unknown, &error));
  assert_store_error (error, CS_STORE_ERROR_NOT_FOUND);
  g_assert_false (cs_registry_mark_opened (registry, &unknown, &error));
  assert_store_error (error, CS_STORE_ERROR_NOT_FOUND);
  g_assert_null (cs_registry_add (registry, " ", FALSE, &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
}

static void
test_remove_open_demo (Practice *practice, gconstpointer data)
{
  g_autoptr (CsRegistry) registry = open_registry (practice);
  g_autoptr (CsPracticeEntry) demo = cs_registry_add (registry, "Demo", TRUE, NULL);
  g_autoptr (CsPracticeLock) lock = cs_practice_lock_take (demo->folder, NULL);
  g_autofree char *outside = g_build_filename (practice->folder, "outside", NULL);
  g_autofree char *link = g_build_filename (demo->folder, "link", NULL);
  g_autofree char *precious = g_build_filename (outside, "precious", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (cs_registry_remove (registry, &demo->id, &error));
  assert_store_error (error, CS_STORE_ERROR_LOCKED);
  g_clear_pointer (&lock, cs_practice_lock_release);
  g_mkdir (outside, 0700);
  g_assert_true (g_file_set_contents (precious, "x", 1, NULL));
  g_assert_cmpint (symlink (outside, link), ==, 0);
  g_assert_true (cs_registry_remove (registry, &demo->id, &error));
  g_assert_true (g_file_test (precious, G_FILE_TEST_EXISTS)); /* links are not followed */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TEST ("/store/lock/epoch-rises", test_epoch_rises);
  ADD_TEST ("/store/lock/two-in-one-process", test_two_in_one_process);
  ADD_TEST ("/store/lock/two-processes", test_two_processes);
  ADD_TEST ("/store/lock/replaced-file", test_taken_over);
  ADD_TEST ("/store/lock/epoch-moved", test_epoch_moved);
  ADD_TEST ("/store/claim/sending-becomes-doubtful", test_claim_marks_sending);
  ADD_TEST ("/store/claim/copied", test_copied);
  ADD_TEST ("/store/claim/restored-in-place", test_restored_in_place);
  ADD_TEST ("/store/claim/restored-older", test_restored_older);
  ADD_TEST ("/store/claim/lock-lost", test_lock_lost);
  ADD_TEST ("/store/claim/taken-but-not-claimed", test_taken_but_not_claimed);
  ADD_TEST ("/store/claim/probe-first", test_probe_first);
  ADD_TEST ("/store/claim/note-fails", test_note_fails);
  ADD_TEST ("/store/claim/note-taken-back", test_note_taken_back);
  ADD_TEST ("/store/registry/entries", test_registry);
  ADD_TEST ("/store/registry/remove-open-demo", test_remove_open_demo);
  return g_test_run ();
}
