/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-practice-lock-private.h"
#include "cs-store-private.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

/* What was on the wire when its process ended may still be on its way: not to be looked for before this. */
#define STILL_ON_ITS_WAY_MS G_GINT64_CONSTANT (2000)

/* Where a practice's file lies, and how far it had got. */
typedef struct
{
  gint64 epoch;
  gint64 sent;
  gint64 device;
  gint64 inode;
  char *machine;
} Place;

static void
place_clear (Place *place)
{
  g_clear_pointer (&place->machine, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

/* Hashed, since the id itself is not for telling (machine-id(5)). */
static char *
get_machine (void)
{
  static const char *const paths[] = { "/etc/machine-id", "/var/lib/dbus/machine-id" };
  g_autofree char *salted = NULL;
  g_autofree char *id = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (paths) && (id == NULL || *g_strstrip (id) == '\0'); i++)
    {
      g_clear_pointer (&id, g_free);
      g_file_get_contents (paths[i], &id, NULL, NULL);
    }
  salted = g_strconcat ("countersign:", id != NULL && *id != '\0' ? id : g_get_host_name (), NULL);
  return cs_sha256_hex (salted, strlen (salted));
}

static gboolean
find_place (CsStore *store, Place *place, GError **error)
{
  struct stat status;

  if (stat (cs_sql_get_path (store->sql), &status) != 0)
    {
      cs_sql_set_error (store->sql, SQLITE_CANTOPEN, error);
      return FALSE;
    }
  place->device = (gint64)status.st_dev;
  place->inode = (gint64)status.st_ino;
  place->machine = get_machine ();
  return TRUE;
}

static gboolean
load_place (CsStore *store, Place *place, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT epoch, sent_count, device, inode, machine FROM practice");

  if (!cs_sql_next (row, error))
    {
      if (!cs_sql_has_failed (row))
        cs_sql_set_error (store->sql, SQLITE_CORRUPT, error);
      return FALSE;
    }
  place->epoch = cs_sql_read_integer (row);
  place->sent = cs_sql_read_integer (row);
  place->device = cs_sql_read_integer (row);
  place->inode = cs_sql_read_integer (row);
  cs_sql_read_text (row, &place->machine);
  return TRUE;
}

static gboolean
write_place (CsStore *store, const Place *place, gint64 epoch, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "UPDATE practice SET epoch = ?, device = ?, inode = ?, machine = ?, sent_count = ?");

  cs_sql_bind_integer (row, epoch);
  cs_sql_bind_integer (row, place->device);
  cs_sql_bind_integer (row, place->inode);
  cs_sql_bind_text (row, place->machine);
  cs_sql_bind_integer (row, place->sent);
  return cs_sql_run (row, error);
}

/* Whether this is not the file that was claimed last, or not as it was left.
 * - It lies on another machine or inode: copied, or put back by renaming.
 * - The lock's file was claimed under a later epoch than this file knows, or saw more rows being sent than
 * this file does: an older state came back, perhaps into the same inode.
 * - This file knows the epoch that we only begin: the lock's file is not the one that went with it.
 * The device is remembered but not compared: on some file systems it changes with every start of the machine.
 */
static gboolean
is_restored (const Place *known, const Place *found, const CsLockNotes *notes)
{
  if (known->epoch == 0)
    return notes->claimed > 0;
  return g_strcmp0 (known->machine, found->machine) != 0 || known->inode != found->inode
         || known->epoch < notes->claimed || known->sent < notes->sent || known->epoch >= notes->epoch;
}

static gboolean
run_plain (CsStore *store, const char *statement, gint64 *n_changed, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (store->sql, statement);

  if (!cs_sql_run (row, error))
    return FALSE;
  *n_changed = cs_sql_count_changes (store->sql);
  return TRUE;
}

static gboolean
write_interrupted (CsStore *store, gint64 *n_doubtful, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "UPDATE journal SET state = 'doubtful', next_ms = ? WHERE state = 'sending'");

  cs_sql_bind_integer (row, cs_store_now_ms (store) + STILL_ON_ITS_WAY_MS);
  if (!cs_sql_run (row, error))
    return FALSE;
  *n_doubtful = cs_sql_count_changes (store->sql);
  return TRUE;
}

static gboolean
write_doubts (CsStore *store, gint64 epoch, gboolean was_restored, GError **error)
{
  g_autoptr (CsJsonBuilder) details = cs_audit_details_new ();
  gint64 n_doubtful = 0, n_probed = 0;

  if (!write_interrupted (store, &n_doubtful, error)
      || (was_restored
          /* What was not to be sent may have been wanted after all, in what the restore took away. */
          && !run_plain (store, "UPDATE journal SET probe_first = 1 WHERE state <> 'done'", &n_probed,
                         error)))
    return FALSE;
  cs_json_builder_set_integer (details, "epoch", epoch);
  cs_json_builder_set_boolean (details, "was_restored", was_restored);
  cs_json_builder_set_integer (details, "doubtful", n_doubtful);
  cs_json_builder_set_integer (details, "probe_first", n_probed);
  return cs_store_write_audit (store, "practice.claimed", "", details, error);
}

/* The store keeps the lock's file open, to note there what it sends. A duplicate shares the lock. */
static gboolean
keep_lock_file (CsStore *store, CsPracticeLock *lock, GError **error)
{
  g_clear_fd (&store->lock_fd, NULL);
  store->lock_fd = fcntl (cs_practice_lock_get_fd (lock), F_DUPFD_CLOEXEC, 0);
  if (store->lock_fd >= 0)
    return TRUE;
  g_set_error_literal (error, CS_STORE_ERROR, CS_STORE_ERROR_FAILED,
                       _ ("The practice’s lock cannot be used."));
  return FALSE;
}

/* In the lock's file once the claim is committed. Should we end in between, the file is merely ahead of it.
 */
static gboolean
note_claim (CsStore *store, gint64 epoch, gint64 sent, GError **error)
{
  CsLockNotes notes;

  if (!cs_lock_notes_read (store->lock_fd, &notes, error))
    return FALSE;
  notes.claimed = epoch;
  notes.sent = sent;
  return cs_lock_notes_write (store->lock_fd, &notes, error);
}

gboolean
cs_store_refuse_old_epoch (GError **error)
{
  return cs_store_refuse (
      error, CS_STORE_ERROR_EPOCH,
      _ ("Another Countersign has taken over this practice. Nothing more is sent from here: open the "
         "practice again."));
}

/* For all that the journal and the mirror are told: whoever was taken over does not know what the new holder
 * did since, and what it saw may be older than what it would write over. A store that was never claimed (a
 * check's, an import's) is held to nothing. */
gboolean
cs_store_check_claim (CsStore *store, GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;

  if (store->claimed_epoch == 0)
    return TRUE;
  row = cs_sql_prepare (store->sql, "SELECT epoch FROM practice");
  if (!cs_sql_next (row, error))
    return FALSE;
  return cs_sql_read_integer (row) == store->claimed_epoch || cs_store_refuse_old_epoch (error);
}

/**
 * cs_store_claim:
 * @store: the one that writes
 * @lock: the practice's lock, held; outlives the store's sending
 * @was_restored: (out) (optional): whether the file was found to be restored or copied
 * @error: return location
 *
 * Begins the lock's epoch in the store: rows found *sending* become doubtful; if the file was restored or
 * copied, every unfinished row is to be probed before it is sent (design.md section 4), as is every new one
 * until a pull went well, and no invoice is sent before that. Once another store has claimed the file, this
 * one changes neither the journal nor the mirror any more: %CS_STORE_ERROR_EPOCH.
 *
 * Returns: whether the store may send under the lock's epoch, which may have been raised; else
 *   %CS_STORE_ERROR_EPOCH or what the file said
 */
gboolean
cs_store_claim (CsStore *store, CsPracticeLock *lock, gboolean *was_restored, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_auto (Place) known = { 0 };
  g_auto (Place) found = { 0 };
  CsLockNotes notes;
  gboolean restored;
  gint64 epoch;

  g_return_val_if_fail (store != NULL && lock != NULL, FALSE);

  if (!cs_practice_lock_check (lock, error)
      || !cs_lock_notes_read (cs_practice_lock_get_fd (lock), &notes, error))
    return FALSE;
  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL || !load_place (store, &known, error) || !find_place (store, &found, error))
    return FALSE;
  restored = is_restored (&known, &found, &notes);
  if (known.epoch >= cs_practice_lock_get_epoch (lock) && !cs_practice_lock_raise (lock, known.epoch, error))
    return FALSE;
  epoch = cs_practice_lock_get_epoch (lock);
  found.sent = MAX (known.sent, notes.sent);
  if (!keep_lock_file (store, lock, error) || !write_place (store, &found, epoch, error)
      || (restored && !cs_store_write_restored (store, epoch, error))
      || !write_doubts (store, epoch, restored, error) || !cs_sql_commit (transaction, error)
      || !note_claim (store, epoch, found.sent, error))
    return FALSE;
  store->claimed_epoch = epoch;
  if (was_restored != NULL)
    *was_restored = restored;
  return TRUE;
}
