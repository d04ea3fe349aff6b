/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"

#include <string.h>

/* How rows come into the journal. */

/* Identity comes from what is pushed, never from the attempt [B-02]. An invoice is written once, to whichever
 * ledger; a contact once a ledger. */
static CsUuid
get_invoice_row_id (const CsUuid *planned_id)
{
  return cs_uuid_from_name ("journal-invoice", planned_id->bytes, sizeof planned_id->bytes);
}

static CsUuid
get_contact_row_id (const CsUuid *connection_id, const CsUuid *client_id)
{
  guint8 name[32];

  memcpy (name, connection_id->bytes, 16);
  memcpy (name + 16, client_id->bytes, 16);
  return cs_uuid_from_name ("journal-contact", name, sizeof name);
}

typedef struct
{
  CsUuid id;
  const char *kind;
  const CsUuid *connection_id;
  const CsUuid *subject_id;
  const CsUuid *proposal_id;
  const char *title;
  const char *number;
  gint64 hold_until_ms;
  CsMoney amount;
} NewRow;

static gboolean
insert_row (CsStore *store, const NewRow *new_row, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql,
      "INSERT INTO journal (id, kind, connection_id, subject_id, proposal_id, title, number, state,"
      " created_ms, hold_until_ms, amount_minor, currency, actor, probe_first)"
      " SELECT ?, ?, ?, ?, ?, ?, ?, 'held', ?, ?, ?, ?, ?, restored_epoch > 0 FROM practice");

  cs_sql_bind_uuid (row, &new_row->id);
  cs_sql_bind_text (row, new_row->kind);
  cs_sql_bind_uuid (row, new_row->connection_id);
  cs_sql_bind_uuid (row, new_row->subject_id);
  cs_sql_bind_uuid (row, new_row->proposal_id);
  cs_sql_bind_text (row, new_row->title);
  cs_sql_bind_text (row, new_row->number);
  cs_sql_bind_integer (row, cs_store_now_ms (store));
  cs_sql_bind_integer (row, new_row->hold_until_ms);
  cs_sql_bind_minor (row, new_row->amount);
  cs_sql_bind_currency (row, new_row->amount.currency);
  cs_sql_bind_text (row, store->actor);
  return cs_sql_run (row, error);
}

/* A row that was cancelled is wanted again. Where its bytes may have been seen by the ledger, a new
 * generation begins, since the ledger replays its answer to an old key. */
gboolean
cs_store_write_revived (CsStore *store,
                        const CsUuid *id,
                        CsJournalState state,
                        const CsUuid *proposal_id,
                        gint64 hold_until_ms,
                        GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql,
      "UPDATE journal SET state = ?, proposal_id = ?, hold_until_ms = ?, next_ms = 0, attempts = 0,"
      " generation = generation + (generation > 0), frozen = NULL, frozen_sha256 = '', outcome_code = '',"
      " outcome_message = '', correlation_id = '', finished_ms = 0, push_asked = 0, is_seen = 0,"
      " probe_first = max (probe_first, (SELECT restored_epoch > 0 FROM practice)) WHERE id = ?");

  cs_sql_bind_text (row, cs_journal_state_to_string (state));
  cs_sql_bind_uuid (row, proposal_id);
  cs_sql_bind_integer (row, hold_until_ms);
  cs_sql_bind_uuid (row, id);
  return cs_sql_run (row, error);
}

static gboolean
find_row (CsStore *store,
          const CsUuid *subject_id,
          const CsUuid *connection_id,
          CsUuid *id,
          gboolean *is_over,
          GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT id, state IN ('done', 'cancelled') FROM journal"
                  " WHERE kind = 'contact.create' AND subject_id = ? AND connection_id IS ?");

  *id = CS_UUID_NONE;
  cs_sql_bind_uuid (row, subject_id);
  cs_sql_bind_uuid (row, connection_id);
  if (cs_sql_next (row, error))
    {
      *id = cs_sql_read_uuid (row);
      *is_over = cs_sql_read_boolean (row);
    }
  return !cs_sql_has_failed (row);
}

/* The row that makes @client's contact at the ledger: the one that is there, or a new one, or none when the
 * client is linked. */
gboolean
cs_store_write_contact_row (CsStore *store,
                            const CsClient *client,
                            const CsUuid *proposal_id,
                            const CsUuid *connection_id,
                            gint64 hold_until_ms,
                            CsUuid *journal_id,
                            GError **error)
{
  g_autofree char *remote_id = g_strdup ("");
  gboolean is_over = FALSE;
  NewRow row;

  *journal_id = CS_UUID_NONE;
  if (!cs_store_load_link (store, CS_LINK_CLIENT, &client->id, connection_id, &remote_id, error))
    return FALSE;
  if (*remote_id != '\0')
    return TRUE;
  if (!find_row (store, &client->id, connection_id, journal_id, &is_over, error))
    return FALSE;
  if (!cs_uuid_is_none (journal_id))
    return !is_over
           || cs_store_write_revived (store, journal_id, CS_JOURNAL_HELD, proposal_id, hold_until_ms, error);
  *journal_id = get_contact_row_id (connection_id, &client->id);
  row = (NewRow){ .id = *journal_id,
                  .kind = CS_JOURNAL_KIND_CONTACT,
                  .connection_id = connection_id,
                  .subject_id = &client->id,
                  .proposal_id = proposal_id,
                  .title = client->name,
                  .number = client->number,
                  .hold_until_ms = hold_until_ms };
  return insert_row (store, &row, error);
}

static gboolean
insert_dependency (CsStore *store, const CsUuid *journal_id, const CsUuid *waits_for, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "INSERT OR IGNORE INTO journal_dependency (journal_id, waits_for) VALUES (?, ?)");

  if (cs_uuid_is_none (waits_for))
    return TRUE;
  cs_sql_bind_uuid (row, journal_id);
  cs_sql_bind_uuid (row, waits_for);
  return cs_sql_run (row, error);
}

/* Given once, and kept when the row is cancelled and wanted again. */
static gboolean
give_number (CsStore *store, CsPlannedInvoice *planned, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "UPDATE planned_invoice SET number = ?, number_serial = ? WHERE id = ?");
  gint64 serial = 0;

  if (*planned->number != '\0')
    return TRUE;
  if (!cs_store_take_number (store, planned->series, &planned->number, &serial, error))
    return FALSE;
  cs_sql_bind_text (row, planned->number);
  cs_sql_bind_integer (row, serial);
  cs_sql_bind_uuid (row, &planned->id);
  return cs_sql_run (row, error);
}

static gboolean
write_invoice_row (CsStore *store,
                   CsPlannedInvoice *planned,
                   const CsClient *client,
                   const CsUuid *connection_id,
                   gint64 hold_until_ms,
                   GError **error)
{
  g_autoptr (CsSqlStatement) note
      = cs_sql_prepare (store->sql, "UPDATE planned_invoice SET journal_id = ? WHERE id = ?");
  NewRow row = { .id = get_invoice_row_id (&planned->id),
                 .kind = CS_JOURNAL_KIND_INVOICE,
                 .connection_id = connection_id,
                 .subject_id = &planned->id,
                 .proposal_id = &planned->proposal_id,
                 .title = client->name,
                 .hold_until_ms = hold_until_ms,
                 .amount = planned->totals.total };

  if (!give_number (store, planned, error))
    return FALSE;
  row.number = planned->number;
  planned->journal_id = row.id;
  cs_sql_bind_uuid (note, &row.id);
  cs_sql_bind_uuid (note, &planned->id);
  return insert_row (store, &row, error) && cs_sql_run (note, error);
}

static gboolean
load_client_of (CsStore *store, const CsPlannedInvoice *planned, CsClient **client, GError **error)
{
  g_autoptr (CsProposal) proposal = cs_store_load_proposal (store, &planned->proposal_id, error);

  *client = proposal != NULL ? cs_store_load_client (store, &proposal->client_id, NULL, error) : NULL;
  return *client != NULL;
}

/* What was cancelled was meant for the ledger of its day: another may have taken that one's place. There it
 * waits for nothing that is this one's to make. */
static gboolean
write_meant_for (CsStore *store, const CsUuid *journal_id, const CsUuid *connection_id, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "UPDATE journal SET connection_id = ?1 WHERE id = ?2 AND connection_id IS NOT ?1");
  g_autoptr (CsSqlStatement) drop
      = cs_sql_prepare (store->sql, "DELETE FROM journal_dependency WHERE journal_id = ?1 AND waits_for IN"
                                    " (SELECT id FROM journal WHERE connection_id IS NOT ?2)");

  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_uuid (row, journal_id);
  cs_sql_bind_uuid (drop, journal_id);
  cs_sql_bind_uuid (drop, connection_id);
  return cs_sql_run (row, error) && cs_sql_run (drop, error);
}

gboolean
cs_store_write_release (CsStore *store,
                        const CsUuid *planned_id,
                        gint64 hold_until_ms,
                        gboolean *was_released,
                        GError **error)
{
  g_autoptr (CsPlannedInvoice) planned = cs_store_load_planned (store, planned_id, error);
  g_autoptr (CsJournalEntry) entry = NULL;
  g_autoptr (CsClient) client = NULL;
  CsUuid connection_id, contact_row_id;

  *was_released = FALSE;
  if (planned == NULL || !load_client_of (store, planned, &client, error)
      || !cs_store_load_ledger_id (store, &connection_id, error))
    return FALSE;
  if (!cs_uuid_is_none (&planned->journal_id))
    {
      entry = cs_store_load_journal (store, &planned->journal_id, error);
      if (entry == NULL)
        return FALSE;
      if (entry->state != CS_JOURNAL_CANCELLED)
        return TRUE;
    }
  *was_released = TRUE;
  if (!cs_store_write_contact_row (store, client, &planned->proposal_id, &connection_id, hold_until_ms,
                                   &contact_row_id, error))
    return FALSE;
  if (entry != NULL ? !cs_store_write_revived (store, &entry->id, CS_JOURNAL_HELD, &planned->proposal_id,
                                               hold_until_ms, error)
                          || !write_meant_for (store, &entry->id, &connection_id, error)
                          || !cs_store_write_wanted_again (store, &entry->id, error)
                    : !write_invoice_row (store, planned, client, &connection_id, hold_until_ms, error))
    return FALSE;
  return insert_dependency (store, &planned->journal_id, &contact_row_id, error);
}

/* When a ledger is connected */

/* What waited for @from waits for @to, which is as old, so that it still comes first. */
static gboolean
repoint (CsStore *store, const CsUuid *from, const CsUuid *to, GError **error)
{
  g_autoptr (CsSqlStatement) move = cs_sql_prepare (
      store->sql, "UPDATE OR IGNORE journal_dependency SET waits_for = ? WHERE waits_for = ?");
  g_autoptr (CsSqlStatement) age = cs_sql_prepare (
      store->sql,
      "UPDATE journal SET created_ms = min (created_ms, (SELECT created_ms FROM journal WHERE id = ?))"
      " WHERE id = ?");
  g_autoptr (CsSqlStatement) drop_edges
      = cs_sql_prepare (store->sql, "DELETE FROM journal_dependency WHERE waits_for = ?");
  g_autoptr (CsSqlStatement) drop = cs_sql_prepare (store->sql, "DELETE FROM journal WHERE id = ?");

  if (!cs_uuid_is_none (to))
    {
      cs_sql_bind_uuid (move, to);
      cs_sql_bind_uuid (move, from);
      cs_sql_bind_uuid (age, from);
      cs_sql_bind_uuid (age, to);
      if (!cs_sql_run (move, error) || !cs_sql_run (age, error))
        return FALSE;
    }
  cs_sql_bind_uuid (drop_edges, from);
  cs_sql_bind_uuid (drop, from);
  return cs_sql_run (drop_edges, error) && cs_sql_run (drop, error);
}

static GPtrArray *
list_unassigned_contacts (CsStore *store, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_journal_entry_free);
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT id, subject_id, proposal_id, hold_until_ms FROM journal"
                  " WHERE connection_id IS NULL AND kind = 'contact.create' ORDER BY created_ms, id");

  while (cs_sql_next (row, error))
    {
      CsJournalEntry *entry = g_new0 (CsJournalEntry, 1);

      g_ptr_array_add (entries, entry);
      entry->id = cs_sql_read_uuid (row);
      entry->subject_id = cs_sql_read_uuid (row);
      entry->proposal_id = cs_sql_read_uuid (row);
      entry->hold_until_ms = cs_sql_read_integer (row);
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&entries);
}

/* What was journalled while no ledger was connected is for this one. Nothing of it was ever sent, so a
 * contact's row is replaced by the one for this ledger, which may be there, or not be needed at all. */
gboolean
cs_store_write_unassigned (CsStore *store, const CsUuid *connection_id, GError **error)
{
  g_autoptr (GPtrArray) contacts = list_unassigned_contacts (store, error);
  g_autoptr (CsSqlStatement) row = NULL;

  if (contacts == NULL)
    return FALSE;
  for (guint i = 0; i < contacts->len; i++)
    {
      const CsJournalEntry *entry = g_ptr_array_index (contacts, i);
      g_autoptr (CsClient) client = cs_store_load_client (store, &entry->subject_id, connection_id, error);
      CsUuid id;

      if (client == NULL
          || !cs_store_write_contact_row (store, client, &entry->proposal_id, connection_id,
                                          entry->hold_until_ms, &id, error)
          || !repoint (store, &entry->id, &id, error))
        return FALSE;
    }
  row = cs_sql_prepare (store->sql, "UPDATE journal SET connection_id = ? WHERE connection_id IS NULL");
  cs_sql_bind_uuid (row, connection_id);
  return cs_sql_run (row, error);
}
