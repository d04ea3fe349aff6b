/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"

#include <glib/gi18n-lib.h>

/* Rows that wait for rows, when those are cancelled or wanted again; and what a person sends once more. */

/* Of CsUuid. */
static GArray *
list_rows (CsStore *store, const char *statement, const CsUuid *id, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CsUuid));
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (store->sql, statement);

  cs_sql_bind_uuid (row, id);
  while (cs_sql_next (row, error))
    {
      CsUuid found = cs_sql_read_uuid (row);

      g_array_append_val (ids, found);
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&ids);
}

static gboolean
write_state (CsStore *store,
             const CsUuid *id,
             CsJournalState state,
             const char *code,
             const char *words,
             GError **error)
{
  g_autoptr (CsJournalEntry) entry = cs_store_load_journal (store, id, error);
  CsJournalChange change;

  if (entry == NULL)
    return FALSE;
  change = (CsJournalChange){ .expected = entry->state,
                              .state = state,
                              .generation = entry->generation,
                              .keep_frozen = entry->frozen != NULL,
                              .outcome_code = code,
                              .outcome_message = words };
  return cs_store_write_journal_change (store, entry, &change, error);
}

/* The row @id was cancelled: what waits for it cannot go on, which a person must know. */
gboolean
cs_store_write_stranded (CsStore *store, const CsUuid *id, GError **error)
{
  g_autoptr (GArray) ids
      = list_rows (store,
                   "SELECT j.id FROM journal_dependency d JOIN journal j ON j.id = d.journal_id"
                   " WHERE d.waits_for = ? AND j.state IN ('held', 'queued', 'waiting')"
                   " ORDER BY j.created_ms, j.id",
                   id, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!write_state (store, &g_array_index (ids, CsUuid, i), CS_JOURNAL_BLOCKED,
                      cs_outcome_to_string (CS_OUTCOME_DEPENDENCY_CANCELLED),
                      _ ("The contact that this invoice waits for was cancelled. Send it again, which makes "
                         "the contact, too, or link the client to a contact that is there."),
                      error))
      return FALSE;
  return ids != NULL;
}

/* The row @id is done after all: what was blocked only because it had been cancelled goes on. */
gboolean
cs_store_write_freed (CsStore *store, const CsUuid *id, GError **error)
{
  g_autoptr (GArray) ids = list_rows (
      store,
      "SELECT j.id FROM journal_dependency d JOIN journal j ON j.id = d.journal_id"
      " WHERE d.waits_for = ? AND j.state = 'blocked' AND j.outcome_code = 'dependency-cancelled'"
      " ORDER BY j.created_ms, j.id",
      id, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!write_state (store, &g_array_index (ids, CsUuid, i), CS_JOURNAL_QUEUED, "", "", error))
      return FALSE;
  return ids != NULL;
}

static gboolean
write_again_audit (CsStore *store, const CsJournalEntry *entry, GError **error)
{
  g_autoptr (CsJsonBuilder) details = cs_audit_details_new ();

  cs_json_builder_set_string (details, "kind", entry->kind);
  cs_json_builder_set_string (details, "number", entry->number);
  cs_json_builder_set_string (details, "from", cs_journal_state_to_string (CS_JOURNAL_CANCELLED));
  cs_json_builder_set_string (details, "to", cs_journal_state_to_string (CS_JOURNAL_QUEUED));
  cs_json_builder_set_string (details, "outcome", "");
  return cs_store_write_audit_id (store, "journal.changed", &entry->id, details, error);
}

/* A cancelled contact: not needed when its client was linked meanwhile; else written as a new attempt. */
static gboolean
write_contact_again (CsStore *store, const CsUuid *id, GError **error)
{
  g_autoptr (CsJournalEntry) entry = cs_store_load_journal (store, id, error);
  g_autofree char *remote_id = g_strdup ("");

  if (entry == NULL
      || !cs_store_load_link (store, CS_LINK_CLIENT, &entry->subject_id, &entry->connection_id, &remote_id,
                              error))
    return FALSE;
  if (*remote_id != '\0')
    return cs_store_write_contact_known (store, &entry->subject_id, &entry->connection_id, remote_id, error);
  return cs_store_write_revived (store, id, CS_JOURNAL_QUEUED, &entry->proposal_id, cs_store_now_ms (store),
                                 error)
         && write_again_audit (store, entry, error);
}

/* A person sends @id again: what it waits for and was cancelled is wanted again, too. */
gboolean
cs_store_write_wanted_again (CsStore *store, const CsUuid *id, GError **error)
{
  g_autoptr (GArray) ids
      = list_rows (store,
                   "SELECT w.id FROM journal_dependency d JOIN journal w ON w.id = d.waits_for"
                   " WHERE d.journal_id = ? AND w.state = 'cancelled'",
                   id, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!write_contact_again (store, &g_array_index (ids, CsUuid, i), error))
      return FALSE;
  return ids != NULL;
}

/* Numbers */

static gboolean
write_number (CsStore *store, const CsUuid *id, const char *number, gint64 serial, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "UPDATE journal SET number = ?, frozen = NULL, frozen_sha256 = '',"
                                    " generation = generation + 1 WHERE id = ?");
  g_autoptr (CsSqlStatement) plan = cs_sql_prepare (
      store->sql, "UPDATE planned_invoice SET number = ?, number_serial = ? WHERE journal_id = ?");

  cs_sql_bind_text (row, number);
  cs_sql_bind_uuid (row, id);
  cs_sql_bind_text (plan, number);
  cs_sql_bind_integer (plan, serial);
  cs_sql_bind_uuid (plan, id);
  return cs_sql_run (row, error) && cs_sql_run (plan, error);
}

/* By what is known now, whatever the person saw: under another number it would be billed twice. */
static gboolean
check_number_is_anothers (CsStore *store,
                          const CsJournalEntry *entry,
                          const CsPlannedInvoice *planned,
                          GError **error)
{
  g_autofree char *found_id = g_strdup ("");
  CsFoundKind kind = CS_FOUND_ANOTHERS;

  if (!cs_store_load_number_found (store, entry, planned, &kind, &found_id, error))
    return FALSE;
  return *found_id == '\0' || !cs_found_would_be_twice (kind)
         || cs_store_refuse (
             error, CS_STORE_ERROR_STALE,
             _ ("By what was read meanwhile, what the ledger has under this number is this very "
                "invoice: with the next number it would be billed twice. Look at it once more."));
}

/* The next number of the series; the old one stays unused. */
static gboolean
give_next_number (CsStore *store, const CsJournalEntry *entry, GError **error)
{
  g_autoptr (CsJsonBuilder) details = NULL;
  g_autoptr (CsPlannedInvoice) planned = NULL;
  g_autofree char *number = NULL;
  gint64 serial = 0;

  if (!g_str_equal (entry->kind, CS_JOURNAL_KIND_INVOICE))
    return cs_store_refuse (error, CS_STORE_ERROR_STATE, _ ("Only an invoice has a number of the series."));
  if (entry->state != CS_JOURNAL_BLOCKED)
    return cs_store_refuse (error, CS_STORE_ERROR_STATE,
                            _ ("Only an invoice that is blocked can be given another number."));
  planned = cs_store_load_planned (store, &entry->subject_id, error);
  if (planned == NULL || !check_number_is_anothers (store, entry, planned, error)
      || !cs_store_take_number (store, planned->series, &number, &serial, error)
      || !write_number (store, &entry->id, number, serial, error))
    return FALSE;
  details = cs_audit_details_new ();
  cs_json_builder_set_string (details, "from", entry->number);
  cs_json_builder_set_string (details, "to", number);
  return cs_store_write_audit_id (store, "invoice.renumbered", &entry->id, details, error);
}

/**
 * cs_store_renumber_journal:
 * @store: a store
 * @id: a blocked invoice, whose number the ledger has for something else
 * @error: return location
 *
 * Gives it the next number of the series and forgets the bytes that held the old one; the old number stays
 * unused. It remains blocked: cs_store_retry_journal() does both at once.
 *
 * Returns: whether it has a new number; else %CS_STORE_ERROR_STATE, %CS_STORE_ERROR_STALE when the ledger has
 * this very invoice under the old one, %CS_STORE_ERROR_NOT_FOUND or what the file said
 */
gboolean
cs_store_renumber_journal (CsStore *store, const CsUuid *id, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsJournalEntry) entry = NULL;

  g_return_val_if_fail (store != NULL && id != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  entry = transaction != NULL && cs_store_check_claim (store, error)
              ? cs_store_load_expected (store, id, CS_JOURNAL_BLOCKED, error)
              : NULL;
  return entry != NULL && give_next_number (store, entry, error) && cs_sql_commit (transaction, error);
}

/**
 * cs_store_retry_journal:
 * @store: a store
 * @id: a row
 * @change: what it becomes, as the engine left it
 * @renumber: whether it is a blocked invoice whose number the ledger has for something else
 * @error: return location
 *
 * A person's *Send again*, in one transaction: the next number of the series where that is wanted, which
 * begins a new generation whatever @change says, and the change, with all that cs_store_change_journal()
 * does.
 *
 * Returns: whether it was changed; else %CS_STORE_ERROR_STATE when the row is not as expected, may never
 * become that, or has no number to change, %CS_STORE_ERROR_STALE as cs_store_renumber_journal(),
 * %CS_STORE_ERROR_NOT_FOUND or what the file said
 */
gboolean
cs_store_retry_journal (CsStore *store,
                        const CsUuid *id,
                        const CsJournalChange *change,
                        gboolean renumber,
                        GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsJournalEntry) entry = NULL;
  CsJournalChange again;

  g_return_val_if_fail (store != NULL && id != NULL && change != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  entry = transaction != NULL && cs_store_check_claim (store, error)
              ? cs_store_load_expected (store, id, change->expected, error)
              : NULL;
  if (entry == NULL)
    return FALSE;
  again = *change;
  if (renumber)
    {
      if (!give_next_number (store, entry, error))
        return FALSE;
      entry->generation++;
      again.generation = MAX (again.generation, entry->generation);
      again.keep_frozen = FALSE;
    }
  return cs_store_write_journal_change (store, entry, &again, error) && cs_sql_commit (transaction, error);
}
