/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"
#include "cs-store-pull.h"

#include <glib/gi18n-lib.h>

static void
bind_amounts (CsSqlStatement *row, const CsLedgerInvoice *invoice)
{
  cs_sql_bind_borrowed_text (row, invoice->total.currency.code, -1);
  cs_sql_bind_minor (row, invoice->subtotal);
  cs_sql_bind_minor (row, invoice->tax);
  cs_sql_bind_minor (row, invoice->total);
  cs_sql_bind_minor (row, invoice->paid);
  cs_sql_bind_minor (row, invoice->credited);
  cs_sql_bind_minor (row, invoice->balance);
}

/* One row has one currency. */
static gboolean
check_currencies (const CsLedgerInvoice *invoice, GError **error)
{
  const CsMoney *const amounts[] = { &invoice->subtotal, &invoice->tax,      &invoice->total,
                                     &invoice->paid,     &invoice->credited, &invoice->balance };

  for (gsize i = 0; i < G_N_ELEMENTS (amounts); i++)
    if (!cs_currency_equal (amounts[i]->currency, invoice->total.currency))
      {
        g_set_error (error, CS_STORE_ERROR, CS_STORE_ERROR_INVALID, "Invoice %s mixes currencies",
                     invoice->number);
        return FALSE;
      }
  return TRUE;
}

static void
bind_head (CsSqlStatement *row, const CsLedgerInvoice *invoice)
{
  cs_sql_bind_boolean (row, invoice->is_sales);
  cs_sql_bind_borrowed_text (row, invoice->number, -1);
  cs_sql_bind_borrowed_text (row, invoice->reference, -1);
  cs_sql_bind_borrowed_text (row, invoice->contact_id, -1);
  cs_sql_bind_borrowed_text (row, invoice->contact_name, -1);
  cs_sql_bind_date (row, invoice->date);
  cs_sql_bind_date (row, invoice->due);
  cs_sql_bind_borrowed_text (row, cs_ledger_status_to_string (invoice->status), -1);
  cs_sql_bind_borrowed_text (row, cs_tax_mode_to_string (invoice->tax_mode), -1);
  bind_amounts (row, invoice);
}

/* A summary has no lines and payments: those that are here stay, and so does when they were changed and read,
 * so that the whole invoice comes in over it, whatever its time. */
static gboolean
write_summary (CsStore *store, const CsUuid *id, const CsLedgerInvoice *invoice, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql,
      "UPDATE ledger_invoice SET is_sales = ?, number = ?, reference = ?, contact_id = ?, contact_name = ?,"
      " date = ?, due = ?, status = ?, tax_mode = ?, currency = ?, subtotal_minor = ?, tax_minor = ?,"
      " total_minor = ?, paid_minor = ?, credited_minor = ?, balance_minor = ?"
      " WHERE id = ? AND updated_ms <= ?");

  bind_head (row, invoice);
  cs_sql_bind_uuid (row, id);
  cs_sql_bind_integer (row, invoice->updated_ms);
  return cs_sql_run (row, error);
}

/* A statement that fails need not take back its own part, since its transaction does: SQLite would copy every
 * page that it touches beforehand, which costs as much as the rest of it. So one statement inserts and
 * another updates, for the UPDATE within an upsert always aborts, and neither calls a function
 * (cs-migration-lean.c). */
#define INSERT_WHOLE                                                                                         \
  "INSERT OR FAIL INTO ledger_invoice (id, connection_id, remote_id, is_sales, number, reference,"           \
  " contact_id, contact_name, date, due, status, tax_mode, currency, subtotal_minor, tax_minor,"             \
  " total_minor, paid_minor, credited_minor, balance_minor, updated_ms, read_ms, seen_run, details)"         \
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,"      \
  " ?21, ?22, ?23) ON CONFLICT (id) DO NOTHING"
#define UPDATE_WHOLE                                                                                         \
  "UPDATE OR FAIL ledger_invoice SET is_sales = ?4, number = ?5, reference = ?6, contact_id = ?7,"           \
  " contact_name = ?8, date = ?9, due = ?10, status = ?11, tax_mode = ?12, currency = ?13,"                  \
  " subtotal_minor = ?14, tax_minor = ?15, total_minor = ?16, paid_minor = ?17, credited_minor = ?18,"       \
  " balance_minor = ?19, updated_ms = ?20, read_ms = iif (read_ms > ?21, read_ms, ?21),"                     \
  " seen_run = iif (seen_run > ?22, seen_run, ?22), details = ?23 WHERE id = ?1 AND updated_ms <= ?20"

/* @row: of the parameters above. */
static gboolean
run_whole (CsSqlStatement *row,
           const CsUuid *connection_id,
           const CsUuid *id,
           const CsLedgerInvoice *invoice,
           gint64 run,
           GBytes *details,
           GError **error)
{
  cs_sql_bind_borrowed_uuid (row, id);
  cs_sql_bind_borrowed_uuid (row, connection_id);
  cs_sql_bind_borrowed_text (row, invoice->remote_id, -1);
  bind_head (row, invoice);
  /* A summary's time is not that of its lines, which are still to come. */
  cs_sql_bind_integer (row, invoice->is_summary ? 0 : invoice->updated_ms);
  cs_sql_bind_integer (row, invoice->is_summary ? 0 : invoice->read_ms);
  cs_sql_bind_integer (row, run);
  cs_sql_bind_borrowed_text (row, g_bytes_get_data (details, NULL), (gssize)g_bytes_get_size (details));
  return cs_sql_run (row, error);
}

/* Unless the mirror has a later state; the statement's changes tell. */
static gboolean
write_whole (CsStore *store,
             const CsUuid *connection_id,
             const CsUuid *id,
             const CsLedgerInvoice *invoice,
             gint64 run,
             GError **error)
{
  g_autoptr (GBytes) details = cs_ledger_details_build (invoice);
  g_autoptr (CsSqlStatement) insert = cs_sql_prepare (store->sql, INSERT_WHOLE);
  g_autoptr (CsSqlStatement) update = NULL;

  if (!run_whole (insert, connection_id, id, invoice, run, details, error))
    return FALSE;
  if (cs_sql_count_changes (store->sql) > 0)
    return TRUE;
  update = cs_sql_prepare (store->sql, UPDATE_WHOLE);
  return run_whole (update, connection_id, id, invoice, run, details, error);
}

/* It was seen, although the mirror has a later state or only its head was written. */
static gboolean
write_seen (CsStore *store, const CsUuid *id, gint64 run, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "UPDATE ledger_invoice SET seen_run = max (seen_run, ?) WHERE id = ?");

  cs_sql_bind_integer (row, run);
  cs_sql_bind_uuid (row, id);
  return cs_sql_run (row, error);
}

static gboolean
write_head (CsStore *store,
            const CsUuid *connection_id,
            const CsUuid *id,
            const CsLedgerInvoice *invoice,
            gint64 run,
            GError **error)
{
  if (!write_summary (store, id, invoice, error))
    return FALSE;
  if (cs_sql_count_changes (store->sql) == 0 && !write_whole (store, connection_id, id, invoice, run, error))
    return FALSE;
  return run == 0 || write_seen (store, id, run, error);
}

/* Into the mirror, unless that has a later state already: a page that was asked for earlier may arrive later.
 * @has_stale: whether any invoice is known to be stale. */
static gboolean
write_invoice (CsStore *store,
               const CsUuid *connection_id,
               const CsLedgerInvoice *invoice,
               gint64 run,
               gboolean has_stale,
               GError **error)
{
  CsUuid id = cs_store_get_mirror_id ("ledger-invoice", connection_id, invoice->remote_id);

  if (!check_currencies (invoice, error))
    return FALSE;
  if (invoice->is_summary)
    return write_head (store, connection_id, &id, invoice, run, error);
  if (!write_whole (store, connection_id, &id, invoice, run, error)
      || (cs_sql_count_changes (store->sql) == 0 && run > 0 && !write_seen (store, &id, run, error)))
    return FALSE;
  return !has_stale
         || cs_store_write_fresh_invoice (store, &id, MAX (invoice->updated_ms, invoice->read_ms), error);
}

gboolean
cs_store_write_invoice (CsStore *store,
                        const CsUuid *connection_id,
                        const CsLedgerInvoice *invoice,
                        GError **error)
{
  return write_invoice (store, connection_id, invoice, 0, TRUE, error);
}

/**
 * cs_store_save_invoices:
 * @store: a store
 * @connection_id: the ledger
 * @invoices: (element-type CsLedgerInvoice): a page
 * @cursor: (nullable): how far the pull is with it, of the kind "invoices"
 * @error: return location
 *
 * The page and its cursor are one transaction (design.md section 4).
 *
 * Returns: whether both are stored; else neither is, with %CS_STORE_ERROR_INVALID or what the file said
 */
gboolean
cs_store_save_invoices (CsStore *store,
                        const CsUuid *connection_id,
                        GPtrArray *invoices,
                        const CsCursor *cursor,
                        GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  gboolean has_stale = FALSE;

  g_return_val_if_fail (store != NULL && connection_id != NULL && invoices != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL || !cs_store_load_has_stale (store, &has_stale, error))
    return FALSE;
  for (guint i = 0; i < invoices->len; i++)
    if (!write_invoice (store, connection_id, g_ptr_array_index (invoices, i),
                        cursor != NULL ? cursor->run : 0, has_stale, error))
      return FALSE;
  return cs_store_prune_changes (store, error)
         && (cursor == NULL || cs_store_write_cursor (store, connection_id, "invoices", cursor, error))
         && cs_sql_commit (transaction, error);
}

CsLedgerInvoice *
cs_store_read_invoice (CsSqlStatement *row, GError **error)
{
  g_autoptr (CsLedgerInvoice) invoice = cs_ledger_invoice_new ();
  CsCurrency currency;

  cs_sql_read_text (row, &invoice->remote_id);
  invoice->is_sales = cs_sql_read_boolean (row);
  cs_sql_read_text (row, &invoice->number);
  cs_sql_read_text (row, &invoice->reference);
  cs_sql_read_text (row, &invoice->contact_id);
  cs_sql_read_text (row, &invoice->contact_name);
  invoice->date = cs_sql_read_date (row);
  invoice->due = cs_sql_read_date (row);
  if (!cs_ledger_status_parse (cs_sql_peek_text (row), &invoice->status, error)
      || !cs_tax_mode_parse (cs_sql_peek_text (row), &invoice->tax_mode, error))
    return NULL;
  currency = cs_sql_read_currency (row);
  invoice->subtotal = cs_sql_read_minor (row, currency);
  invoice->tax = cs_sql_read_minor (row, currency);
  invoice->total = cs_sql_read_minor (row, currency);
  invoice->paid = cs_sql_read_minor (row, currency);
  invoice->credited = cs_sql_read_minor (row, currency);
  invoice->balance = cs_sql_read_minor (row, currency);
  invoice->updated_ms = cs_sql_read_integer (row);
  invoice->gone_ms = cs_sql_read_integer (row);
  return g_steal_pointer (&invoice);
}

static GPtrArray *
read_invoices (CsSqlStatement *row, GError **error)
{
  g_autoptr (GPtrArray) invoices = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_invoice_free);

  while (cs_sql_next (row, error))
    {
      CsLedgerInvoice *invoice = cs_store_read_invoice (row, error);

      if (invoice == NULL)
        return NULL;
      g_ptr_array_add (invoices, invoice);
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&invoices);
}

/**
 * cs_store_list_invoices:
 * @store: a store
 * @connection_id: the ledger
 * @error: return location
 *
 * Returns: (transfer full) (element-type CsLedgerInvoice) (nullable): sales invoices without lines and
 * payments, newest first: by date, then number, descending
 */
GPtrArray *
cs_store_list_invoices (CsStore *store, const CsUuid *connection_id, GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL, NULL);

  row = cs_sql_prepare (store->sql, "SELECT " CS_INVOICE_COLUMNS " FROM ledger_invoice AS invoice"
                                    " WHERE connection_id = ? AND is_sales = 1"
                                    " ORDER BY date DESC, number DESC, rid");
  cs_sql_bind_uuid (row, connection_id);
  return read_invoices (row, error);
}

/**
 * cs_store_list_invoices_of_contact:
 * @store: a store
 * @connection_id: the ledger
 * @remote_contact_id: a contact's id there
 * @error: return location
 *
 * Returns: (transfer full) (element-type CsLedgerInvoice) (nullable): as cs_store_list_invoices(), the
 * contact's alone; read by an index, whatever the others are
 */
GPtrArray *
cs_store_list_invoices_of_contact (CsStore *store,
                                   const CsUuid *connection_id,
                                   const char *remote_contact_id,
                                   GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL && remote_contact_id != NULL, NULL);

  row = cs_sql_prepare (store->sql, "SELECT " CS_INVOICE_COLUMNS " FROM ledger_invoice AS invoice"
                                    " WHERE connection_id = ? AND contact_id = ? AND is_sales = 1"
                                    " ORDER BY date DESC, number DESC, rid");
  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, remote_contact_id);
  return read_invoices (row, error);
}

/**
 * cs_store_get_invoice:
 * @store: a store
 * @connection_id: the ledger
 * @remote_id: an invoice's id there
 * @error: return location
 *
 * Returns: (transfer full) (nullable): it, with lines and payments; %NULL with %CS_STORE_ERROR_NOT_FOUND or
 * what the file said
 */
CsLedgerInvoice *
cs_store_get_invoice (CsStore *store, const CsUuid *connection_id, const char *remote_id, GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;
  g_autoptr (CsLedgerInvoice) invoice = NULL;
  g_autoptr (GBytes) details = NULL;
  CsUuid id;

  g_return_val_if_fail (store != NULL && connection_id != NULL && remote_id != NULL, NULL);

  id = cs_store_get_mirror_id ("ledger-invoice", connection_id, remote_id);
  row = cs_sql_prepare (store->sql,
                        "SELECT " CS_INVOICE_COLUMNS ", details FROM ledger_invoice AS invoice WHERE id = ?");
  cs_sql_bind_uuid (row, &id);
  if (!cs_sql_next (row, error))
    {
      if (!cs_sql_has_failed (row))
        g_set_error_literal (error, CS_STORE_ERROR, CS_STORE_ERROR_NOT_FOUND,
                             _ ("There is no such invoice here."));
      return NULL;
    }
  invoice = cs_store_read_invoice (row, error);
  details = invoice != NULL ? cs_sql_read_bytes (row) : NULL;
  return details != NULL && cs_ledger_details_parse (details, invoice, error) ? g_steal_pointer (&invoice)
                                                                              : NULL;
}
