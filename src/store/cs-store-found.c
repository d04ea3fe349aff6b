/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"

#include <glib/gi18n-lib.h>

/* What the ledger has under the number of an invoice that is in doubt, or can't be sent for it. */

/** cs_found_invoice_free: frees the record. */
void
cs_found_invoice_free (CsFoundInvoice *found)
{
  if (found == NULL)
    return;
  g_clear_pointer (&found->invoice, cs_ledger_invoice_free);
  g_free (found->reference);
  g_free (found);
}

/* Whom an invoice's row is for, at its ledger; "" when the client has no contact there. */
gboolean
cs_store_load_contact_of_row (CsStore *store, const CsJournalEntry *entry, char **contact_id, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT l.remote_id FROM proposal p JOIN link l ON l.kind = 'client'"
                                    " AND l.local_id = p.client_id AND l.connection_id = ? WHERE p.id = ?");

  cs_sql_bind_uuid (row, &entry->connection_id);
  cs_sql_bind_uuid (row, &entry->proposal_id);
  if (cs_sql_next (row, error))
    cs_sql_read_text (row, contact_id);
  else
    g_set_str (contact_id, "");
  return !cs_sql_has_failed (row);
}

static gboolean
load_place (CsStore *store,
            const CsJournalEntry *entry,
            const CsLedgerInvoice *invoice,
            const CsPlannedInvoice *planned,
            CsFoundPlace *place,
            GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT restored_ms > 0, EXISTS (SELECT 1 FROM planned_invoice WHERE proposal_id = ?"
                  "  AND id <> ? AND ifnull (billed_on, date) = ?) FROM practice");

  cs_sql_bind_uuid (row, &planned->proposal_id);
  cs_sql_bind_uuid (row, &planned->id);
  cs_sql_bind_date (row, invoice->date);
  if (!cs_sql_next (row, error))
    return FALSE;
  place->is_restored = cs_sql_read_boolean (row);
  place->has_sibling = cs_sql_read_boolean (row);
  return cs_store_load_is_linked (store, &entry->connection_id, invoice->remote_id, &place->is_linked, error);
}

gboolean
cs_store_load_found_kind (CsStore *store,
                          const CsJournalEntry *entry,
                          const CsPlannedInvoice *planned,
                          const CsLedgerInvoice *invoice,
                          CsFoundKind *kind,
                          GError **error)
{
  CsFoundPlace place = { .contact_id = "" };
  g_autofree char *contact_id = g_strdup ("");

  if (!load_place (store, entry, invoice, planned, &place, error)
      || !cs_store_load_contact_of_row (store, entry, &contact_id, error))
    return FALSE;
  place.contact_id = contact_id;
  *kind = cs_found_judge (invoice, planned, &place);
  return TRUE;
}

static CsPlannedInvoice *
load_planned_of (CsStore *store, const CsJournalEntry *entry, GError **error)
{
  if (g_str_equal (entry->kind, CS_JOURNAL_KIND_INVOICE))
    return cs_store_load_planned (store, &entry->subject_id, error);
  cs_store_refuse (error, CS_STORE_ERROR_STATE, _ ("That row of the journal is not an invoice."));
  return NULL;
}

/**
 * cs_store_judge_found:
 * @store: a store
 * @journal_id: an invoice's row
 * @invoice: what the ledger has under its number
 * @kind: (out): whether it is this one
 * @error: return location
 *
 * Returns: whether it could be told; else %CS_STORE_ERROR_STATE for another kind of row,
 *   %CS_STORE_ERROR_NOT_FOUND or what the file said
 */
gboolean
cs_store_judge_found (CsStore *store,
                      const CsUuid *journal_id,
                      const CsLedgerInvoice *invoice,
                      CsFoundKind *kind,
                      GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsJournalEntry) entry = NULL;
  g_autoptr (CsPlannedInvoice) planned = NULL;

  g_return_val_if_fail (store != NULL && journal_id != NULL && invoice != NULL && kind != NULL, FALSE);

  transaction = cs_sql_begin_read (store->sql, error);
  entry = transaction != NULL ? cs_store_load_journal (store, journal_id, error) : NULL;
  planned = entry != NULL ? load_planned_of (store, entry, error) : NULL;
  return planned != NULL && cs_store_load_found_kind (store, entry, planned, invoice, kind, error);
}

static CsFoundInvoice *
load_found (CsStore *store, const CsJournalEntry *entry, GError **error)
{
  g_autoptr (CsFoundInvoice) found = g_new0 (CsFoundInvoice, 1);
  g_autoptr (CsPlannedInvoice) planned = load_planned_of (store, entry, error);

  if (planned == NULL)
    return NULL;
  found->invoice = cs_store_get_invoice (store, &entry->connection_id, entry->found_id, error);
  if (found->invoice == NULL
      || !cs_store_load_found_kind (store, entry, planned, found->invoice, &found->kind, error)
      || !cs_store_load_is_linked (store, &entry->connection_id, entry->found_id, &found->is_linked, error))
    return NULL;
  found->date = planned->date;
  found->reference = g_strdup (planned->reference);
  return g_steal_pointer (&found);
}

/**
 * cs_store_get_found:
 * @store: a store
 * @journal_id: an invoice's row, blocked for what the ledger has under its number
 * @error: return location
 *
 * Returns: (transfer full) (nullable): that, as the mirror has it by now; %NULL with
 *   %CS_STORE_ERROR_NOT_FOUND when nothing was found, or what the file said
 */
CsFoundInvoice *
cs_store_get_found (CsStore *store, const CsUuid *journal_id, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsJournalEntry) entry = NULL;

  g_return_val_if_fail (store != NULL && journal_id != NULL, NULL);

  transaction = cs_sql_begin_read (store->sql, error);
  entry = transaction != NULL ? cs_store_load_journal (store, journal_id, error) : NULL;
  if (entry == NULL)
    return NULL;
  if (*entry->found_id != '\0')
    return load_found (store, entry, error);
  cs_store_refuse (error, CS_STORE_ERROR_NOT_FOUND, _ ("Nothing was found under its number."));
  return NULL;
}

/**
 * cs_store_block_found:
 * @store: a store
 * @id: an invoice's row
 * @change: what it becomes, as the engine left it
 * @invoice: what a probe found
 * @error: return location
 *
 * A probe ended in a person's decision: the change and, so that the person sees what it is about, what was
 * found, in one transaction.
 *
 * Returns: as cs_store_change_journal()
 */
gboolean
cs_store_block_found (CsStore *store,
                      const CsUuid *id,
                      const CsJournalChange *change,
                      const CsLedgerInvoice *invoice,
                      GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsJournalEntry) entry = NULL;
  CsJournalChange found;

  g_return_val_if_fail (store != NULL && id != NULL && change != NULL && invoice != NULL, FALSE);

  found = *change;
  found.found_id = invoice->remote_id;
  transaction = cs_sql_begin (store->sql, error);
  entry = transaction != NULL && cs_store_check_claim (store, error)
              ? cs_store_load_expected (store, id, change->expected, error)
              : NULL;
  return entry != NULL && cs_store_write_invoice (store, &entry->connection_id, invoice, error)
         && cs_store_write_journal_change (store, entry, &found, error) && cs_sql_commit (transaction, error);
}

/* What the mirror has of the number, that which lives before what is dead; "" when there is nothing. */
static gboolean
load_id_of_number (CsStore *store, const CsJournalEntry *entry, char **remote_id, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT remote_id FROM ledger_invoice WHERE connection_id = ? AND number = ? COLLATE NOCASE"
                  " AND is_sales = 1 AND status <> 'DELETED' ORDER BY status = 'VOIDED', rid DESC LIMIT 1");

  cs_sql_bind_uuid (row, &entry->connection_id);
  cs_sql_bind_text (row, entry->number);
  if (cs_sql_next (row, error))
    cs_sql_read_text (row, remote_id);
  else
    g_set_str (remote_id, "");
  return !cs_sql_has_failed (row);
}

/* Whether the mirror has the number of what is about to be sent for what it may not be sent beside. What is
 * it beyond doubt is sent: the ledger refuses it then, and a probe tells. */
gboolean
cs_store_load_number_found (CsStore *store,
                            const CsJournalEntry *entry,
                            const CsPlannedInvoice *planned,
                            CsFoundKind *kind,
                            char **found_id, /* "": nothing */
                            GError **error)
{
  g_autoptr (CsLedgerInvoice) invoice = NULL;

  *kind = CS_FOUND_EQUAL;
  if (!load_id_of_number (store, entry, found_id, error))
    return FALSE;
  if (**found_id == '\0')
    return TRUE;
  invoice = cs_store_get_invoice (store, &entry->connection_id, *found_id, error);
  return invoice != NULL && cs_store_load_found_kind (store, entry, planned, invoice, kind, error);
}
