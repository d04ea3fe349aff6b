/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"

#include <string.h>

/* Where only reading the invoice again will do: no clock of the ledger's is later. */
#define CHANGED_UNNOTICED G_MAXINT64

/* What the mirror had of a settlement. */
typedef struct
{
  gint64 updated_ms;
  gint64 remaining_minor;
  gboolean is_received;
  char *status;
  char *invoice_ids;
} Known;

static void
known_clear (Known *known)
{
  g_free (known->status);
  g_free (known->invoice_ids);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Known, known_clear)

/* Stale invoices */

/* An invoice that the ledger changed at @changed_ms: to be read again, unless the copy here is of later. */
gboolean
cs_store_write_stale_invoice (CsStore *store,
                              const CsUuid *connection_id,
                              const char *remote_id,
                              gint64 changed_ms,
                              GError **error)
{
  CsUuid id = cs_store_get_mirror_id ("ledger-invoice", connection_id, remote_id);
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "INSERT INTO ledger_stale_invoice (id, connection_id, remote_id, changed_ms)"
                  " SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS"
                  " (SELECT 1 FROM ledger_invoice WHERE id = ?1 AND max (updated_ms, read_ms) >= ?4)"
                  " ON CONFLICT (id) DO UPDATE SET changed_ms = max (changed_ms, excluded.changed_ms)");

  cs_sql_bind_uuid (row, &id);
  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, remote_id);
  cs_sql_bind_integer (row, changed_ms);
  return cs_sql_run (row, error);
}

/* Of whatever connection: most of the time there is none, and then none need be looked for. */
gboolean
cs_store_load_has_stale (CsStore *store, gboolean *has_stale, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT EXISTS (SELECT 1 FROM ledger_stale_invoice)");

  *has_stale = cs_sql_next (row, error) && cs_sql_read_boolean (row);
  return !cs_sql_has_failed (row);
}

/* The mirror has the invoice as it was at @known_ms. */
gboolean
cs_store_write_fresh_invoice (CsStore *store, const CsUuid *id, gint64 known_ms, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "DELETE FROM ledger_stale_invoice WHERE id = ? AND changed_ms <= ?");

  cs_sql_bind_uuid (row, id);
  cs_sql_bind_integer (row, known_ms);
  return cs_sql_run (row, error);
}

/**
 * cs_store_list_stale_invoices:
 * @store: a store
 * @connection_id: the ledger
 * @limit: how many at most
 * @error: return location
 *
 * Remote ids of invoices that a settlement or a merge has changed, while the copy here is older or missing:
 * If-Modified-Since does not show every such change (xero-accounting.md 5.4). Read them by id and hand them
 * to cs_store_save_followed_invoices(): then they are off this list, whatever the ledger says of when they
 * changed.
 *
 * Returns: (transfer full) (element-type utf8) (nullable): always in the same order
 */
GPtrArray *
cs_store_list_stale_invoices (CsStore *store, const CsUuid *connection_id, guint limit, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL, NULL);

  row = cs_sql_prepare (store->sql, "SELECT remote_id FROM ledger_stale_invoice WHERE connection_id = ?"
                                    " ORDER BY id LIMIT ?");
  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_integer (row, limit);
  while (cs_sql_next (row, error))
    g_ptr_array_add (ids, g_strdup (cs_sql_peek_text (row)));
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&ids);
}

/**
 * cs_store_save_followed_invoices:
 * @store: a store
 * @connection_id: the ledger
 * @asked: (array zero-terminated=1): the ids that were read, as cs_store_list_stale_invoices() gave them
 * @invoices: (element-type CsLedgerInvoice): what the ledger answered
 * @error: return location
 *
 * An id that was asked for and not answered is followed too: there is no such invoice for us, and asking
 * again would not end. Settlements are not to be saved between the list and this.
 *
 * Returns: whether all of it is stored; else nothing is
 */
gboolean
cs_store_save_followed_invoices (CsStore *store,
                                 const CsUuid *connection_id,
                                 const char *const *asked,
                                 GPtrArray *invoices,
                                 GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL && asked != NULL && invoices != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL || !cs_store_check_claim (store, error))
    return FALSE;
  for (guint i = 0; i < invoices->len; i++)
    if (!cs_store_write_invoice (store, connection_id, g_ptr_array_index (invoices, i), error))
      return FALSE;
  for (guint i = 0; asked[i] != NULL; i++)
    {
      CsUuid id = cs_store_get_mirror_id ("ledger-invoice", connection_id, asked[i]);

      if (!cs_store_write_fresh_invoice (store, &id, CHANGED_UNNOTICED, error))
        return FALSE;
    }
  return cs_sql_commit (transaction, error);
}

/* Settlements */

static gboolean
load_known (CsStore *store, const CsUuid *id, Known *known, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT updated_ms, remaining_minor, is_received, status, invoice_ids"
                                    " FROM ledger_settlement WHERE id = ?");

  cs_sql_bind_uuid (row, id);
  if (cs_sql_next (row, error))
    {
      known->updated_ms = cs_sql_read_integer (row);
      known->remaining_minor = cs_sql_read_integer (row);
      known->is_received = cs_sql_read_boolean (row);
      cs_sql_read_text (row, &known->status);
      cs_sql_read_text (row, &known->invoice_ids);
    }
  return !cs_sql_has_failed (row);
}

static gboolean
is_same (const Known *known, const CsLedgerSettlement *settlement, const char *invoice_ids)
{
  return known->updated_ms == settlement->updated_ms && known->remaining_minor == settlement->remaining.minor
         && known->is_received == settlement->is_received
         && g_strcmp0 (known->status, settlement->status) == 0
         && g_strcmp0 (known->invoice_ids, invoice_ids) == 0;
}

/* @statement has the columns in this order. */
static gboolean
run_row (CsSqlStatement *statement,
         const CsUuid *connection_id,
         const CsUuid *id,
         const CsLedgerSettlement *settlement,
         const char *invoice_ids,
         GError **error)
{
  cs_sql_bind_borrowed_uuid (statement, id);
  cs_sql_bind_borrowed_uuid (statement, connection_id);
  cs_sql_bind_borrowed_text (statement, settlement->remote_id, -1);
  cs_sql_bind_borrowed_text (statement, settlement->kind, -1);
  cs_sql_bind_borrowed_text (statement, settlement->number, -1);
  cs_sql_bind_borrowed_text (statement, settlement->contact_id, -1);
  cs_sql_bind_date (statement, settlement->date);
  cs_sql_bind_borrowed_text (statement, settlement->status, -1);
  cs_sql_bind_borrowed_text (statement, settlement->total.currency.code, -1);
  cs_sql_bind_minor (statement, settlement->total);
  cs_sql_bind_minor (statement, settlement->remaining);
  cs_sql_bind_integer (statement, settlement->updated_ms);
  cs_sql_bind_borrowed_text (statement, invoice_ids, -1);
  cs_sql_bind_boolean (statement, settlement->is_received);
  return cs_sql_run (statement, error);
}

#define INSERT_SETTLEMENT                                                                                    \
  "INSERT INTO ledger_settlement (id, connection_id, remote_id, kind, number, contact_id, date, status,"     \
  " currency, total_minor, remaining_minor, updated_ms, invoice_ids, is_received)"                           \
  " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

/* Most are new: *is_new tells, and then there is nothing to compare with. */
static gboolean
insert_row (CsStore *store,
            const CsUuid *connection_id,
            const CsUuid *id,
            const CsLedgerSettlement *settlement,
            const char *invoice_ids,
            gboolean *is_new,
            GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, INSERT_SETTLEMENT " ON CONFLICT (id) DO NOTHING");

  if (!run_row (row, connection_id, id, settlement, invoice_ids, error))
    return FALSE;
  *is_new = cs_sql_count_changes (store->sql) > 0;
  return TRUE;
}

static gboolean
write_row (CsStore *store,
           const CsUuid *connection_id,
           const CsUuid *id,
           const CsLedgerSettlement *settlement,
           const char *invoice_ids,
           GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, INSERT_SETTLEMENT
      " ON CONFLICT (id) DO UPDATE SET number = excluded.number, contact_id = excluded.contact_id,"
      " date = excluded.date, status = excluded.status, currency = excluded.currency,"
      " total_minor = excluded.total_minor, remaining_minor = excluded.remaining_minor,"
      " updated_ms = excluded.updated_ms, invoice_ids = excluded.invoice_ids,"
      " is_received = excluded.is_received");

  return run_row (row, connection_id, id, settlement, invoice_ids, error);
}

static gboolean
write_stale_ids (CsStore *store,
                 const CsUuid *connection_id,
                 const char *const *ids,
                 gint64 changed_ms,
                 GError **error)
{
  for (guint i = 0; ids[i] != NULL; i++)
    if (*ids[i] != '\0' && !cs_store_write_stale_invoice (store, connection_id, ids[i], changed_ms, error))
      return FALSE;
  return TRUE;
}

/* What is as it was changes nothing, so that a page which is read again costs no invoice. Of what did change,
 * the invoices that it touched before are touched again: an allocation that was taken back is not there any
 * more. */
static gboolean
write_changed (CsStore *store,
               const CsUuid *connection_id,
               const CsUuid *id,
               const CsLedgerSettlement *settlement,
               const char *invoice_ids,
               gint64 *changed_ms, /* 0: it did not */
               GError **error)
{
  g_auto (Known) known = { 0 };
  g_auto (GStrv) before = NULL;

  *changed_ms = 0;
  if (!load_known (store, id, &known, error))
    return FALSE;
  if (settlement->updated_ms < known.updated_ms || is_same (&known, settlement, invoice_ids))
    return TRUE;
  *changed_ms = settlement->updated_ms == known.updated_ms ? CHANGED_UNNOTICED : settlement->updated_ms;
  before = g_strsplit (known.invoice_ids, " ", -1);
  return write_stale_ids (store, connection_id, (const char *const *)before, *changed_ms, error)
         && write_row (store, connection_id, id, settlement, invoice_ids, error);
}

static gboolean
write_settlement (CsStore *store,
                  const CsUuid *connection_id,
                  const CsLedgerSettlement *settlement,
                  gint64 covered_ms,
                  GError **error)
{
  CsUuid id = cs_store_get_mirror_id (settlement->kind, connection_id, settlement->remote_id);
  g_autofree char *invoice_ids = g_strjoinv (" ", settlement->invoice_ids);
  gint64 changed_ms = settlement->updated_ms;
  gboolean is_new = FALSE;

  if (!insert_row (store, connection_id, &id, settlement, invoice_ids, &is_new, error)
      || (!is_new && !write_changed (store, connection_id, &id, settlement, invoice_ids, &changed_ms, error)))
    return FALSE;
  /* What a full read covers it brings without being told, and most of a first pull is that. */
  if ((!is_new && changed_ms == 0) || (is_new && changed_ms < covered_ms))
    return TRUE;
  return write_stale_ids (store, connection_id, (const char *const *)settlement->invoice_ids, changed_ms,
                          error);
}

/**
 * cs_store_save_settlements:
 * @store: a store
 * @connection_id: the ledger
 * @kind: the cursor's: "payments", "credit-notes", "prepayments" or "overpayments"
 * @settlements: (element-type CsLedgerSettlement): a page
 * @cursor: (nullable): how far the pull is with it
 * @error: return location
 *
 * The page and its cursor are one transaction (design.md section 4). Invoices that they touch and whose copy
 * here is older are on cs_store_list_stale_invoices() from then on, unless a full read is under way that
 * began after the change: it has them, or will.
 *
 * Returns: whether both are stored; else neither is
 */
gboolean
cs_store_save_settlements (CsStore *store,
                           const CsUuid *connection_id,
                           const char *kind,
                           GPtrArray *settlements,
                           const CsCursor *cursor,
                           GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL && kind != NULL && settlements != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL)
    return FALSE;
  for (guint i = 0; i < settlements->len; i++)
    if (!write_settlement (store, connection_id, g_ptr_array_index (settlements, i),
                           cursor != NULL ? cursor->covered_ms : 0, error))
      return FALSE;
  return (cursor == NULL || cs_store_write_cursor (store, connection_id, kind, cursor, error))
         && cs_sql_commit (transaction, error);
}

static CsLedgerSettlement *
read_settlement (CsSqlStatement *row)
{
  CsLedgerSettlement *settlement = cs_ledger_settlement_new ();
  g_autofree char *currency_text = NULL;
  CsCurrency currency = { "" };

  cs_sql_read_text (row, &settlement->remote_id);
  cs_sql_read_text (row, &settlement->kind);
  cs_sql_read_text (row, &settlement->number);
  cs_sql_read_text (row, &settlement->contact_id);
  settlement->date = cs_sql_read_date (row);
  cs_sql_read_text (row, &settlement->status);
  cs_sql_read_text (row, &currency_text);
  if (!cs_currency_parse (currency_text, &currency, NULL))
    currency = (CsCurrency){ "" };
  settlement->total = cs_sql_read_minor (row, currency);
  settlement->remaining = cs_sql_read_minor (row, currency);
  settlement->is_received = cs_sql_read_boolean (row);
  settlement->updated_ms = cs_sql_read_integer (row);
  g_strfreev (settlement->invoice_ids);
  settlement->invoice_ids = g_strsplit (cs_sql_peek_text (row), " ", -1);
  return settlement;
}

/**
 * cs_store_list_settlements_of_contact:
 * @store: a store
 * @connection_id: the ledger
 * @remote_contact_id: a contact's id there
 * @error: return location
 *
 * Returns: (transfer full) (element-type CsLedgerSettlement) (nullable): its payments and credits, newest
 * first; those that were deleted or voided too
 */
GPtrArray *
cs_store_list_settlements_of_contact (CsStore *store,
                                      const CsUuid *connection_id,
                                      const char *remote_contact_id,
                                      GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_settlement_free);
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL && remote_contact_id != NULL, NULL);

  row = cs_sql_prepare (store->sql,
                        "SELECT remote_id, kind, number, contact_id, date, status, currency, total_minor,"
                        " remaining_minor, is_received, updated_ms, invoice_ids FROM ledger_settlement"
                        " WHERE connection_id = ? AND contact_id = ? ORDER BY date DESC, rid");
  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, remote_contact_id);
  while (cs_sql_next (row, error))
    g_ptr_array_add (list, read_settlement (row));
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&list);
}
