/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"

#include <glib/gi18n-lib.h>

#define JOURNAL_COLUMNS                                                                                      \
  "j.id, j.kind, j.connection_id, j.subject_id, j.proposal_id, j.title, j.number, j.state, j.generation, "   \
  "j.attempts,"                                                                                              \
  " j.created_ms, j.hold_until_ms, j.next_ms, j.sent_ms, j.finished_ms, j.epoch, j.probe_first, j.frozen,"   \
  " j.frozen_sha256, j.outcome_code, j.outcome_message, j.correlation_id, j.remote_id, j.found_id, "         \
  "j.sent_contact, j.currency, "                                                                             \
  "j.amount_minor,"                                                                                          \
  " j.actor, (j.push_asked OR EXISTS (SELECT 1 FROM journal_dependency d JOIN journal w ON w.id = "          \
  "d.journal_id"                                                                                             \
  " WHERE d.waits_for = j.id AND w.push_asked)), NOT EXISTS (SELECT 1 FROM journal_dependency d JOIN "       \
  "journal w ON w.id = d.waits_for"                                                                          \
  " WHERE d.journal_id = j.id AND w.state <> 'done'), (SELECT count(*) FROM journal_dependency d JOIN "      \
  "journal w ON w.id = d.journal_id"                                                                         \
  " WHERE d.waits_for = j.id AND w.state NOT IN ('done', 'cancelled'))"

/**
 * cs_journal_entry_free:
 * @entry: (transfer full) (nullable): a journal row
 */
void
cs_journal_entry_free (CsJournalEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->kind);
  g_free (entry->title);
  g_free (entry->number);
  g_clear_pointer (&entry->frozen, g_bytes_unref);
  g_free (entry->frozen_sha256);
  g_free (entry->outcome_code);
  g_free (entry->outcome_message);
  g_free (entry->correlation_id);
  g_free (entry->remote_id);
  g_free (entry->found_id);
  g_free (entry->sent_contact);
  g_free (entry->actor);
  g_free (entry);
}

static CsJournalEntry *
read_entry (CsSqlStatement *row, GError **error)
{
  g_autoptr (CsJournalEntry) entry = g_new0 (CsJournalEntry, 1);
  CsCurrency currency;

  entry->id = cs_sql_read_uuid (row);
  cs_sql_read_text (row, &entry->kind);
  entry->connection_id = cs_sql_read_uuid (row);
  entry->subject_id = cs_sql_read_uuid (row);
  entry->proposal_id = cs_sql_read_uuid (row);
  cs_sql_read_text (row, &entry->title);
  cs_sql_read_text (row, &entry->number);
  if (!cs_journal_state_parse (cs_sql_peek_text (row), &entry->state, error))
    return NULL;
  entry->generation = (guint)cs_sql_read_integer (row);
  entry->attempts = (guint)cs_sql_read_integer (row);
  entry->created_ms = cs_sql_read_integer (row);
  entry->hold_until_ms = cs_sql_read_integer (row);
  entry->next_ms = cs_sql_read_integer (row);
  entry->sent_ms = cs_sql_read_integer (row);
  entry->finished_ms = cs_sql_read_integer (row);
  entry->epoch = cs_sql_read_integer (row);
  entry->probe_first = cs_sql_read_boolean (row);
  entry->frozen = cs_sql_read_bytes (row);
  cs_sql_read_text (row, &entry->frozen_sha256);
  cs_sql_read_text (row, &entry->outcome_code);
  cs_sql_read_text (row, &entry->outcome_message);
  cs_sql_read_text (row, &entry->correlation_id);
  cs_sql_read_text (row, &entry->remote_id);
  cs_sql_read_text (row, &entry->found_id);
  cs_sql_read_text (row, &entry->sent_contact);
  currency = cs_sql_read_currency (row);
  entry->amount = cs_sql_read_minor (row, currency);
  cs_sql_read_text (row, &entry->actor);
  entry->push_asked = cs_sql_read_boolean (row);
  entry->dependencies_done = cs_sql_read_boolean (row);
  entry->n_waiting = (guint)cs_sql_read_integer (row);
  return g_steal_pointer (&entry);
}

static GPtrArray *
read_all (CsSqlStatement *row, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_journal_entry_free);

  while (cs_sql_next (row, error))
    {
      CsJournalEntry *entry = read_entry (row, error);

      if (entry == NULL)
        return NULL;
      g_ptr_array_add (entries, entry);
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&entries);
}

/**
 * cs_store_list_journal:
 * @store: a store
 * @proposal_id: (nullable): whose rows; %NULL for all
 * @error: return location
 *
 * Returns: (transfer full) (element-type CsJournalEntry) (nullable): the rows, newest first
 */
GPtrArray *
cs_store_list_journal (CsStore *store, const CsUuid *proposal_id, GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL, NULL);

  row = cs_sql_prepare (store->sql,
                        proposal_id != NULL
                            ? "SELECT " JOURNAL_COLUMNS
                              " FROM journal j WHERE j.proposal_id = ? ORDER BY j.created_ms DESC, j.id"
                            : "SELECT " JOURNAL_COLUMNS " FROM journal j ORDER BY j.created_ms DESC, j.id");
  if (proposal_id != NULL)
    cs_sql_bind_uuid (row, proposal_id);
  return read_all (row, error);
}

/**
 * cs_store_list_unfinished:
 * @store: a store
 * @connection_id: (nullable): whose rows; %NULL for those of the one ledger and those that wait for one
 * @error: return location
 *
 * Rows of a tenant that was connected before are in nobody's way: they are not among those for %NULL, as what
 * is meant for one organisation is never sent to another.
 *
 * Returns: (transfer full) (element-type CsJournalEntry) (nullable): what is neither done nor cancelled,
 * oldest first, and contacts before what may wait for them
 */
GPtrArray *
cs_store_list_unfinished (CsStore *store, const CsUuid *connection_id, GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL, NULL);

  row = cs_sql_prepare (
      store->sql, connection_id != NULL
                      ? "SELECT " JOURNAL_COLUMNS " FROM journal j WHERE j.state NOT IN ('done', 'cancelled')"
                        " AND j.connection_id = ? ORDER BY j.created_ms, j.kind, j.number, j.id"
                      : "SELECT " JOURNAL_COLUMNS " FROM journal j WHERE j.state NOT IN ('done', 'cancelled')"
                        " AND (j.connection_id IS NULL OR j.connection_id = " CS_SQL_LEDGER ")"
                        " ORDER BY j.created_ms, j.kind, j.number, j.id");
  if (connection_id != NULL)
    cs_sql_bind_uuid (row, connection_id);
  return read_all (row, error);
}

CsJournalEntry *
cs_store_load_journal (CsStore *store, const CsUuid *id, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT " JOURNAL_COLUMNS " FROM journal j WHERE j.id = ?");

  cs_sql_bind_uuid (row, id);
  if (cs_sql_next (row, error))
    return read_entry (row, error);
  if (!cs_sql_has_failed (row))
    cs_store_refuse (error, CS_STORE_ERROR_NOT_FOUND, _ ("There is no such row in the journal."));
  return NULL;
}

/**
 * cs_store_get_journal:
 * @store: a store
 * @id: a row
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the row; %NULL with %CS_STORE_ERROR_NOT_FOUND or what the file said
 */
CsJournalEntry *
cs_store_get_journal (CsStore *store, const CsUuid *id, GError **error)
{
  g_return_val_if_fail (store != NULL && id != NULL, NULL);

  return cs_store_load_journal (store, id, error);
}

/* The row, if it is still as the caller saw it. */
CsJournalEntry *
cs_store_load_expected (CsStore *store, const CsUuid *id, CsJournalState expected, GError **error)
{
  g_autoptr (CsJournalEntry) entry = cs_store_load_journal (store, id, error);

  if (entry == NULL)
    return NULL;
  if (entry->state == expected)
    return g_steal_pointer (&entry);
  g_set_error (error, CS_STORE_ERROR, CS_STORE_ERROR_STATE,
               _ ("%s was changed meanwhile: it is %s now, not %s."), entry->number,
               cs_journal_state_to_string (entry->state), cs_journal_state_to_string (expected));
  return NULL;
}

/* What the engine decides is its own affair; these are the lines that no row may cross whatever it decides
 * (design.md section 4): done comes with an answer and sending with bytes, what is over stays over, and what
 * may have arrived can be neither cancelled nor taken back into the hold. */
static gboolean
may_become (CsJournalState from, CsJournalState to)
{
  if (to == CS_JOURNAL_SENDING || to == CS_JOURNAL_DONE || from == CS_JOURNAL_DONE
      || from == CS_JOURNAL_CANCELLED)
    return FALSE;
  if (from == CS_JOURNAL_SENDING || from == CS_JOURNAL_DOUBTFUL)
    return to != CS_JOURNAL_CANCELLED && to != CS_JOURNAL_HELD;
  return TRUE;
}

/* A retry that waits says nothing new: those would fill the chain. */
static gboolean
write_change_audit (CsStore *store,
                    const CsJournalEntry *entry,
                    const CsJournalChange *change,
                    GError **error)
{
  g_autoptr (CsJsonBuilder) details = NULL;

  if (entry->state == change->state
      || (change->state != CS_JOURNAL_BLOCKED && change->state != CS_JOURNAL_CANCELLED
          && change->state != CS_JOURNAL_DOUBTFUL && entry->state != CS_JOURNAL_HELD
          && entry->state != CS_JOURNAL_BLOCKED))
    return TRUE;
  details = cs_audit_details_new ();
  cs_json_builder_set_string (details, "kind", entry->kind);
  cs_json_builder_set_string (details, "number", entry->number);
  cs_json_builder_set_string (details, "from", cs_journal_state_to_string (entry->state));
  cs_json_builder_set_string (details, "to", cs_journal_state_to_string (change->state));
  cs_json_builder_set_string (details, "outcome", change->outcome_code != NULL ? change->outcome_code : "");
  return cs_store_write_audit_id (store, "journal.changed", &entry->id, details, error);
}

/* What is doubtful keeps its bytes, as a probe compares with them. A probe that ended the doubt by finding
 * nothing also ends the suspicion of a restored file. */
static gboolean
write_change (CsStore *store, const CsJournalEntry *entry, const CsJournalChange *change, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "UPDATE journal SET state = ?, generation = ?, attempts = ?, next_ms = ?,"
                  " frozen = iif (?5, frozen, NULL), frozen_sha256 = iif (?5, frozen_sha256, ''),"
                  " probe_first = iif (?6, 0, probe_first), outcome_code = ?7, outcome_message = ?8,"
                  " correlation_id = ?9, finished_ms = ?10, found_id = ?11 WHERE id = ?12");
  gboolean is_cleared = entry->state == CS_JOURNAL_DOUBTFUL
                        && (change->state == CS_JOURNAL_QUEUED || change->state == CS_JOURNAL_WAITING);

  cs_sql_bind_text (row, cs_journal_state_to_string (change->state));
  cs_sql_bind_integer (row, change->generation);
  cs_sql_bind_integer (row, change->attempts);
  cs_sql_bind_integer (row, change->next_ms);
  cs_sql_bind_boolean (row, change->keep_frozen || change->state == CS_JOURNAL_DOUBTFUL);
  cs_sql_bind_boolean (row, is_cleared);
  cs_sql_bind_text (row, change->outcome_code);
  cs_sql_bind_text (row, change->outcome_message);
  cs_sql_bind_text (row, change->correlation_id);
  cs_sql_bind_integer (row, change->state == CS_JOURNAL_CANCELLED ? cs_store_now_ms (store) : 0);
  cs_sql_bind_text (row, change->found_id);
  cs_sql_bind_uuid (row, &entry->id);
  store->n_journal_changes++;
  return cs_sql_run (row, error);
}

/* What a person sends again does not wait for the schedule. */
static gboolean
write_asked (CsStore *store, const CsUuid *id, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "UPDATE journal SET push_asked = 1 WHERE id = ?");

  cs_sql_bind_uuid (row, id);
  return cs_sql_run (row, error);
}

/* A person saw what the ledger has under our reference, and sends all the same. */
static gboolean
write_reference_decided (CsStore *store, const CsJournalEntry *entry, GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;

  if (!g_str_equal (entry->outcome_code, cs_outcome_to_string (CS_OUTCOME_FOUND_BY_REFERENCE)))
    return TRUE;
  row = cs_sql_prepare (store->sql, "UPDATE journal SET reference_decided = 1 WHERE id = ?");
  cs_sql_bind_uuid (row, &entry->id);
  return cs_sql_run (row, error);
}

/* What goes with it: what waits for a cancelled row would wait for ever, and what a person sends again needs
 * what it waits for. */
static gboolean
write_consequences (CsStore *store, const CsJournalEntry *entry, CsJournalState state, GError **error)
{
  if (state == CS_JOURNAL_CANCELLED)
    return cs_store_write_stranded (store, &entry->id, error);
  if (entry->state == CS_JOURNAL_BLOCKED && state == CS_JOURNAL_QUEUED)
    return write_reference_decided (store, entry, error) && write_asked (store, &entry->id, error)
           && cs_store_write_wanted_again (store, &entry->id, error);
  return TRUE;
}

gboolean
cs_store_write_journal_change (CsStore *store,
                               const CsJournalEntry *entry,
                               const CsJournalChange *change,
                               GError **error)
{
  if (!may_become (entry->state, change->state) || change->generation < entry->generation)
    {
      g_set_error (error, CS_STORE_ERROR, CS_STORE_ERROR_STATE,
                   _ ("%s is %s and cannot become %s like that."), entry->number,
                   cs_journal_state_to_string (entry->state), cs_journal_state_to_string (change->state));
      return FALSE;
    }
  return write_change (store, entry, change, error) && write_change_audit (store, entry, change, error)
         && write_consequences (store, entry, change->state, error);
}

/** cs_store_count_journal_changes: Returns: how often a row became something else since @store was opened:
 * two of these tell whether what ran between them left the journal as it was. Undone changes count, too */
guint
cs_store_count_journal_changes (CsStore *store)
{
  g_return_val_if_fail (store != NULL, 0);

  return store->n_journal_changes;
}

/**
 * cs_store_change_journal:
 * @store: a store
 * @id: a row
 * @change: what it becomes, as the engine left it
 * @error: return location
 *
 * A change that sends nothing. What waits for a row that is cancelled is blocked with it, as
 * "dependency-cancelled"; and when a person queues what is blocked, the cancelled rows that it waits for are
 * written again, in the same transaction.
 *
 * Returns: whether it was changed; else %CS_STORE_ERROR_STATE when the row is not as expected or may never
 *   become that, %CS_STORE_ERROR_NOT_FOUND or what the file said
 */
gboolean
cs_store_change_journal (CsStore *store, const CsUuid *id, const CsJournalChange *change, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsJournalEntry) entry = NULL;

  g_return_val_if_fail (store != NULL && id != NULL && change != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  entry = transaction != NULL && cs_store_check_claim (store, error)
              ? cs_store_load_expected (store, id, change->expected, error)
              : NULL;
  return entry != NULL && cs_store_write_journal_change (store, entry, change, error)
         && cs_sql_commit (transaction, error);
}
