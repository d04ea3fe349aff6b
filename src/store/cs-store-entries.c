/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"
#include "cs-store-review.h"

/* How many were applied is counted without building them: a window of a hundred rows is read while a person
 * waits for it. */
#define ENTRY_COLUMNS                                                                                        \
  "invoice.rid, json_array_length (invoice.details, '$.payments'),"                                          \
  " EXISTS (SELECT 1 FROM invoice_pin AS pin WHERE pin.id = invoice.id)," CS_INVOICE_COLUMNS

static CsInvoiceEntry *
read_entry (CsSqlStatement *row, GError **error)
{
  g_autoptr (CsInvoiceEntry) entry = g_new0 (CsInvoiceEntry, 1);

  entry->key = (guint32)cs_sql_read_integer (row);
  entry->n_payments = (guint)cs_sql_read_integer (row);
  entry->is_pinned = cs_sql_read_boolean (row);
  entry->invoice = cs_store_read_invoice (row, error);
  return entry->invoice != NULL ? g_steal_pointer (&entry) : NULL;
}

GPtrArray *
cs_store_read_entries (CsSqlStatement *row, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_invoice_entry_free);

  while (cs_sql_next (row, error))
    {
      CsInvoiceEntry *entry = read_entry (row, error);

      if (entry == NULL)
        return NULL;
      g_ptr_array_add (entries, entry);
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&entries);
}

/**
 * cs_store_list_invoice_entries:
 * @store: a store
 * @connection_id: the ledger
 * @error: return location
 *
 * Returns: (transfer full) (element-type CsInvoiceEntry) (nullable): sales invoices, newest first: by date,
 * then number, descending
 */
GPtrArray *
cs_store_list_invoice_entries (CsStore *store, const CsUuid *connection_id, GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL, NULL);

  row = cs_sql_prepare (store->sql, "SELECT " ENTRY_COLUMNS " FROM ledger_invoice AS invoice"
                                    " WHERE connection_id = ? AND is_sales = 1"
                                    " ORDER BY date DESC, number DESC, rid");
  cs_sql_bind_uuid (row, connection_id);
  return cs_store_read_entries (row, error);
}

/**
 * cs_store_get_invoice_entries:
 * @store: a store
 * @keys: (array length=n_keys): of rows
 * @n_keys: how many
 * @error: return location
 *
 * Returns: (transfer full) (element-type CsInvoiceEntry) (nullable): they, in this order; one that is not
 * there is an entry of an empty invoice
 */
GPtrArray *
cs_store_get_invoice_entries (CsStore *store, const guint32 *keys, gsize n_keys, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_invoice_entry_free);

  g_return_val_if_fail (store != NULL && (keys != NULL || n_keys == 0), NULL);

  for (gsize i = 0; i < n_keys; i++)
    {
      g_autoptr (CsSqlStatement) row = cs_sql_prepare (
          store->sql, "SELECT " ENTRY_COLUMNS " FROM ledger_invoice AS invoice WHERE invoice.rid = ?");
      CsInvoiceEntry *entry = NULL;

      cs_sql_bind_integer (row, keys[i]);
      if (cs_sql_next (row, error))
        entry = read_entry (row, error);
      else if (!cs_sql_has_failed (row))
        entry = cs_invoice_entry_new ();
      if (entry == NULL)
        return NULL;
      entry->key = keys[i];
      g_ptr_array_add (entries, entry);
    }
  return g_steal_pointer (&entries);
}
