/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"
#include "cs-store-review.h"

/* What the kept sums call all contacts together, and no due date: see cs-migration-sums.c. */
#define ALL_CONTACTS "*"

static gboolean
parse_view (const char *state, gint32 due, CsDate today, CsInvoiceView *view, GError **error)
{
  CsLedgerStatus status;

  if (g_str_equal (state, "UNPAID"))
    {
      *view = due < today.days ? CS_INVOICE_VIEW_OVERDUE : CS_INVOICE_VIEW_OPEN;
      return TRUE;
    }
  if (!cs_ledger_status_parse (state, &status, error))
    return FALSE;
  *view = cs_ledger_status_to_view (status, (CsMoney){ 0 }, CS_DATE_NONE, today);
  return TRUE;
}

static gboolean
add_kept (CsStore *store,
          const CsUuid *connection_id,
          const char *contact_id,
          CsDate today,
          CsInvoiceSums *sums,
          GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT state, due, n, currency, total_minor, balance_minor"
                                    " FROM ledger_invoice_sum WHERE connection_id = ? AND contact_id = ?");

  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, contact_id);
  while (cs_sql_next (row, error))
    {
      const char *state = cs_sql_peek_text (row);
      gint32 due = (gint32)cs_sql_read_integer (row);
      guint n = (guint)cs_sql_read_integer (row);
      CsCurrency currency = cs_sql_read_currency (row);
      CsMoney total = cs_sql_read_minor (row, currency);
      CsMoney balance = cs_sql_read_minor (row, currency);
      CsInvoiceView view;

      if (!parse_view (state, due, today, &view, error))
        return FALSE;
      cs_invoice_sums_add_many (sums, view, cs_ageing_of (view, (CsDate){ due }, today), n, total, balance);
    }
  return !cs_sql_has_failed (row);
}

/**
 * cs_store_get_invoice_sums:
 * @store: a store
 * @connection_id: the ledger
 * @filter: of which only the scope counts: the practice or contacts
 * @today: the day in the practice's zone
 * @error: return location
 *
 * Read from what is kept for each contact and due day, never from the invoices (V-05).
 *
 * Returns: (transfer full) (nullable): the sums, without months and pins
 */
CsInvoiceSums *
cs_store_get_invoice_sums (CsStore *store,
                           const CsUuid *connection_id,
                           const CsInvoiceFilter *filter,
                           CsDate today,
                           GError **error)
{
  g_autoptr (CsInvoiceSums) sums = cs_invoice_sums_new ();

  g_return_val_if_fail (store != NULL && connection_id != NULL && filter->scope != CS_INVOICE_SCOPE_PROPOSAL,
                        NULL);

  if (filter->scope == CS_INVOICE_SCOPE_PRACTICE
      && !add_kept (store, connection_id, ALL_CONTACTS, today, sums, error))
    return NULL;
  for (gsize i = 0; filter->scope == CS_INVOICE_SCOPE_CONTACTS && filter->contact_ids[i] != NULL; i++)
    if (!add_kept (store, connection_id, filter->contact_ids[i], today, sums, error))
      return NULL;
  cs_invoice_sums_finish (sums);
  return g_steal_pointer (&sums);
}

static gboolean
add_rows (CsSqlStatement *row, CsInvoiceSums *sums, GError **error)
{
  while (cs_sql_next (row, error))
    {
      CsDate date = cs_sql_read_date (row);
      CsCurrency currency = { "" };
      gint64 minor;
      int year, month, day;

      /* A payment whose document told no currency has no amount either. */
      if (!cs_currency_parse (cs_sql_peek_text (row), &currency, NULL) || !cs_date_is_set (date))
        continue;
      minor = cs_sql_read_integer (row);
      cs_date_get_parts (date, &year, &month, &day);
      cs_invoice_sums_add_received (sums, cs_date_from_parts (year, month, 1), (CsMoney){ minor, currency });
    }
  return !cs_sql_has_failed (row);
}

#define IS_MONEY "date >= ? AND is_received = 1 AND status NOT IN ('DELETED', 'VOIDED')"

/**
 * cs_store_add_received:
 * @store: a store
 * @connection_id: the ledger
 * @filter: of which only the scope counts: the practice or contacts; of a proposal nothing is known
 * @from: the first day that counts
 * @sums: (inout): gets it, by month
 * @error: return location
 *
 * Money of customers, by the day it came: payments of invoices, and what was paid ahead or too much. Credit
 * notes bring none.
 *
 * Returns: whether it was read
 */
gboolean
cs_store_add_received (CsStore *store,
                       const CsUuid *connection_id,
                       const CsInvoiceFilter *filter,
                       CsDate from,
                       CsInvoiceSums *sums,
                       GError **error)
{
  g_return_val_if_fail (store != NULL && connection_id != NULL && sums != NULL, FALSE);

  if (filter->scope == CS_INVOICE_SCOPE_PRACTICE)
    {
      g_autoptr (CsSqlStatement) row
          = cs_sql_prepare (store->sql, "SELECT date, currency, sum (total_minor) FROM ledger_settlement"
                                        " INDEXED BY ledger_settlement_received"
                                        " WHERE connection_id = ? AND " IS_MONEY " GROUP BY date, currency");

      cs_sql_bind_uuid (row, connection_id);
      cs_sql_bind_date (row, from);
      if (!add_rows (row, sums, error))
        return FALSE;
    }
  for (gsize i = 0; filter->scope == CS_INVOICE_SCOPE_CONTACTS && filter->contact_ids[i] != NULL; i++)
    {
      g_autoptr (CsSqlStatement) row = cs_sql_prepare (
          store->sql, "SELECT date, currency, sum (total_minor) FROM ledger_settlement"
                      " INDEXED BY ledger_settlement_contact"
                      " WHERE connection_id = ? AND contact_id = ? AND " IS_MONEY " GROUP BY date, currency");

      cs_sql_bind_uuid (row, connection_id);
      cs_sql_bind_text (row, filter->contact_ids[i]);
      cs_sql_bind_date (row, from);
      if (!add_rows (row, sums, error))
        return FALSE;
    }
  cs_invoice_sums_finish (sums);
  return TRUE;
}
