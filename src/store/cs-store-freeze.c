/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-practice-lock-private.h"
#include "cs-store-private.h"

#include <glib/gi18n-lib.h>

/* The last step before the first byte leaves. */

/* Under our epoch, to the ledger that is connected, with all done that it waits for. */
static gboolean
check_freezable (CsStore *store, const CsJournalEntry *entry, guint generation, gint64 epoch, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (store->sql, "SELECT epoch FROM practice");
  CsUuid ledger_id;

  if (!cs_sql_next (row, error) || !cs_store_load_ledger_id (store, &ledger_id, error))
    return FALSE;
  if (cs_sql_read_integer (row) != epoch)
    return cs_store_refuse_old_epoch (error);
  if (entry->state != CS_JOURNAL_QUEUED && entry->state != CS_JOURNAL_WAITING)
    return cs_store_refuse (error, CS_STORE_ERROR_STATE,
                            _ ("Only what is queued, or waits for another try, can be sent."));
  if (cs_uuid_is_none (&entry->connection_id) || !cs_uuid_equal (&entry->connection_id, &ledger_id))
    return cs_store_refuse (error, CS_STORE_ERROR_STATE,
                            _ ("The organisation that this is meant for is not connected."));
  if (!entry->dependencies_done)
    return cs_store_refuse (error, CS_STORE_ERROR_STATE,
                            _ ("Something that this waits for is not done yet."));
  if (entry->probe_first)
    return cs_store_refuse (error, CS_STORE_ERROR_STATE,
                            _ ("It must be looked for at the ledger before it is sent."));
  return (generation >= 1 && generation >= entry->generation)
         || cs_store_refuse (error, CS_STORE_ERROR_STATE, _ ("A generation never goes back."));
}

/* The client went to another contact after the bytes were written, as a pull saw a merge or a person said:
 * they are written anew. */
static gboolean
check_contact (CsStore *store, const CsJournalEntry *entry, const char *contact_id, GError **error)
{
  g_autofree char *linked = g_strdup ("");

  if (!g_str_equal (entry->kind, CS_JOURNAL_KIND_INVOICE) || *contact_id == '\0')
    return TRUE;
  if (!cs_store_load_contact_of_row (store, entry, &linked, error))
    return FALSE;
  return g_str_equal (linked, contact_id)
         || cs_store_refuse (error, CS_STORE_ERROR_STATE,
                             _ ("The client was linked to another contact meanwhile."));
}

/* Held against the mirror once more, as the preview did: what the organisation would surely not take is
 * blocked [B-07, U-16]. */
static gboolean
check_shape (CsStore *store, CsSqlTransaction *transaction, const CsJournalEntry *entry, GError **error)
{
  gboolean was_blocked = FALSE;

  if (!g_str_equal (entry->kind, CS_JOURNAL_KIND_INVOICE))
    return TRUE;
  if (!cs_store_write_shape_checked (store, entry, &was_blocked, error))
    return FALSE;
  if (!was_blocked)
    return TRUE;
  return cs_sql_commit (transaction, error) /* as above: it is blocked, and not sent */
         && cs_store_refuse (error, CS_STORE_ERROR_STATE,
                             _ ("The organisation would not take this invoice as it is."));
}

/* A file that came back does not know which invoices left meanwhile, and for the same reason nothing goes
 * that the ledger may have: a person looks first. */
static gboolean
check_not_sent_before (CsStore *store,
                       CsSqlTransaction *transaction,
                       const CsJournalEntry *entry,
                       GError **error)
{
  gboolean is_restored = FALSE, was_found = FALSE;

  if (!g_str_equal (entry->kind, CS_JOURNAL_KIND_INVOICE))
    return TRUE;
  if (!cs_store_load_restored (store, &is_restored, error))
    return FALSE;
  if (is_restored)
    return cs_store_refuse (error, CS_STORE_ERROR_STATE,
                            _ ("This practice was restored from a backup, or copied. Invoices are sent once "
                               "all of the ledger was read again, as some may have been sent meanwhile."));
  if (!cs_store_write_found_by_reference (store, entry, &was_found, error))
    return FALSE;
  if (!was_found)
    return TRUE;
  return cs_sql_commit (transaction, error) /* what is refused is that it be sent, not that it be blocked */
         && cs_store_refuse (error, CS_STORE_ERROR_STATE,
                             _ ("The ledger may have this invoice already, so a person must decide."));
}

static gboolean
write_frozen (CsStore *store,
              const CsUuid *id,
              guint generation,
              GBytes *bytes,
              const char *contact_id,
              gint64 epoch,
              GError **error)
{
  g_autoptr (CsSqlStatement) count
      = cs_sql_prepare (store->sql, "UPDATE practice SET sent_count = sent_count + 1");
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql,
      "UPDATE journal SET state = 'sending', generation = ?, frozen = ?, frozen_sha256 = ?, sent_contact = ?,"
      " epoch = ?, sent_ms = ?, next_ms = 0, found_id = '' WHERE id = ?");
  g_autofree char *sha256 = cs_sha256_hex (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  cs_sql_bind_integer (row, generation);
  cs_sql_bind_bytes (row, bytes);
  cs_sql_bind_text (row, sha256);
  cs_sql_bind_text (row, contact_id);
  cs_sql_bind_integer (row, epoch);
  cs_sql_bind_integer (row, cs_store_now_ms (store));
  cs_sql_bind_uuid (row, id);
  return cs_sql_run (row, error) && cs_sql_run (count, error);
}

/* Beside the database, so that an older copy of it that comes back is seen to be one. Before the commit:
 * should this fail, nothing was sent and no row says so. A file that is ahead by a commit that never came
 * makes the next claim suspicious and no more than that; where the commit answers no, it is taken back. */
static gboolean
commit_noted (CsStore *store, CsSqlTransaction *transaction, GError **error)
{
  CsLockNotes before, after;

  if (store->lock_fd < 0)
    return cs_sql_commit (transaction, error);
  if (!cs_lock_notes_read (store->lock_fd, &before, error))
    return FALSE;
  after = before;
  after.sent++;
  if (!cs_lock_notes_write (store->lock_fd, &after, error))
    return FALSE;
  if (cs_sql_commit (transaction, error))
    return TRUE;
  cs_lock_notes_write (store->lock_fd, &before, NULL);
  return FALSE;
}

/* Once a generation: another try of the same bytes says nothing new, and a day without a network would fill
 * the chain. */
static gboolean
write_sending_audit (CsStore *store,
                     const CsJournalEntry *entry,
                     guint generation,
                     GBytes *bytes,
                     GError **error)
{
  g_autoptr (CsJsonBuilder) details = NULL;
  g_autofree char *sha256 = cs_sha256_hex (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  if (entry->generation == generation && g_str_equal (entry->frozen_sha256, sha256))
    return TRUE;
  details = cs_audit_details_new ();
  cs_json_builder_set_string (details, "kind", entry->kind);
  cs_json_builder_set_string (details, "number", entry->number);
  cs_json_builder_set_integer (details, "generation", generation);
  cs_json_builder_set_string (details, "sha256", sha256);
  return cs_store_write_audit_id (store, "journal.sending", &entry->id, details, error);
}

/**
 * cs_store_freeze_journal:
 * @store: the store that was claimed under @epoch
 * @id: a row
 * @expected: the state that the caller saw: queued or waiting
 * @generation: from 1, never lower than it was
 * @bytes: what will be sent, exactly
 * @contact_id: the contact at the ledger that they name; "": none, or not known
 * @epoch: of the lock that is held
 * @error: return location
 *
 * Commits *sending* (design.md section 6, step 2). Only when this has answered may the first byte leave. An
 * invoice that the ledger may have already is blocked as "found-by-reference", once; a person who then queues
 * it sends it all the same.
 *
 * Returns: whether it may be sent; else %CS_STORE_ERROR_EPOCH when the store was claimed under another,
 *   %CS_STORE_ERROR_STATE, %CS_STORE_ERROR_NOT_FOUND or what the file said
 */
gboolean
cs_store_freeze_journal (CsStore *store,
                         const CsUuid *id,
                         CsJournalState expected,
                         guint generation,
                         GBytes *bytes,
                         const char *contact_id,
                         gint64 epoch,
                         GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsJournalEntry) entry = NULL;

  g_return_val_if_fail (store != NULL && id != NULL && bytes != NULL && contact_id != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  entry = transaction != NULL ? cs_store_load_expected (store, id, expected, error) : NULL;
  return entry != NULL && check_freezable (store, entry, generation, epoch, error)
         && check_contact (store, entry, contact_id, error)
         && check_not_sent_before (store, transaction, entry, error)
         && check_shape (store, transaction, entry, error)
         && write_frozen (store, id, generation, bytes, contact_id, epoch, error)
         && write_sending_audit (store, entry, generation, bytes, error)
         && commit_noted (store, transaction, error);
}
