/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"
#include "cs-store-review.h"

/* What the kept sums call all contacts together, and no due date: see cs-migration-sums.c. */
#define ALL_CONTACTS "*"

/* Longer overdue than this nothing gets older (CS_AGEING_OVER_90). */
#define OLDEST_DAYS 91

#define OF_CURRENCY " WHERE connection_id = ?1 AND contact_id = ?2 AND currency = ?3"

/* Each next one is looked up, so that the days of none are walked. */
#define CURRENCIES                                                                                           \
  "WITH RECURSIVE known (currency) AS ("                                                                     \
  " SELECT min (currency) FROM ledger_invoice_sum WHERE connection_id = ?1 AND contact_id = ?2"              \
  " UNION ALL"                                                                                               \
  " SELECT (SELECT min (currency) FROM ledger_invoice_sum"                                                   \
  "  WHERE connection_id = ?1 AND contact_id = ?2 AND currency > known.currency)"                            \
  "  FROM known WHERE known.currency IS NOT NULL)"

/* Whose sums are asked for. */
typedef struct
{
  const CsUuid *connection_id;
  const char *contact_id;
  CsDate today;
} Kept;

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

static void
bind_currency (CsSqlStatement *row, const Kept *kept, CsCurrency currency, CsDate last)
{
  cs_sql_bind_uuid (row, kept->connection_id);
  cs_sql_bind_text (row, kept->contact_id);
  cs_sql_bind_currency (row, currency);
  cs_sql_bind_date (row, last);
}

/* What is kept under these, row by row. */
static gboolean
add_each (CsSqlStatement *row, CsCurrency currency, CsDate today, CsInvoiceSums *sums, GError **error)
{
  while (cs_sql_next (row, error))
    {
      const char *state = cs_sql_peek_text (row);
      gint32 due = (gint32)cs_sql_read_integer (row);
      guint n = (guint)cs_sql_read_integer (row);
      CsMoney total = cs_sql_read_minor (row, currency);
      CsMoney balance = cs_sql_read_minor (row, currency);
      CsInvoiceView view;

      if (!parse_view (state, due, today, &view, error))
        return FALSE;
      cs_invoice_sums_add_many (sums, view, cs_ageing_of (view, (CsDate){ due }, today), n, total, balance);
    }
  return !cs_sql_has_failed (row);
}

/* However long they are overdue, all that is due on @last or before is of one age. */
static gboolean
add_oldest (CsSqlStatement *row,
            CsCurrency currency,
            CsDate last,
            CsDate today,
            CsInvoiceSums *sums,
            GError **error)
{
  guint n = 0;
  CsMoney total, balance;

  if (!cs_sql_next (row, error))
    return FALSE;
  n = (guint)cs_sql_read_integer (row);
  total = cs_sql_read_minor (row, currency);
  balance = cs_sql_read_minor (row, currency);
  if (n > 0)
    cs_invoice_sums_add_many (sums, CS_INVOICE_VIEW_OVERDUE,
                              cs_ageing_of (CS_INVOICE_VIEW_OVERDUE, last, today), n, total, balance);
  return TRUE;
}

/* Most of what is kept of a long history are the days long past: the file sums them itself. */
static gboolean
add_currency (CsStore *store, const Kept *kept, CsCurrency currency, CsInvoiceSums *sums, GError **error)
{
  CsDate last = cs_date_add_days (kept->today, -OLDEST_DAYS);
  g_autoptr (CsSqlStatement) recent = cs_sql_prepare (
      store->sql, "SELECT state, due, n, total_minor, balance_minor FROM ledger_invoice_sum" OF_CURRENCY
                  " AND state < 'UNPAID'"
                  " UNION ALL"
                  " SELECT state, due, n, total_minor, balance_minor FROM ledger_invoice_sum" OF_CURRENCY
                  " AND (state, due) > ('UNPAID', ?4)");
  g_autoptr (CsSqlStatement) oldest
      = cs_sql_prepare (store->sql, "SELECT ifnull (sum (n), 0), ifnull (sum (total_minor), 0),"
                                    "  ifnull (sum (balance_minor), 0) FROM ledger_invoice_sum" OF_CURRENCY
                                    " AND state = 'UNPAID' AND due <= ?4");

  bind_currency (recent, kept, currency, last);
  bind_currency (oldest, kept, currency, last);
  return add_each (recent, currency, kept->today, sums, error)
         && add_oldest (oldest, currency, last, kept->today, sums, error);
}

static gboolean
add_kept (CsStore *store, const Kept *kept, CsInvoiceSums *sums, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, CURRENCIES " SELECT currency FROM known WHERE currency IS NOT NULL");

  cs_sql_bind_uuid (row, kept->connection_id);
  cs_sql_bind_text (row, kept->contact_id);
  while (cs_sql_next (row, error))
    if (!add_currency (store, kept, cs_sql_read_currency (row), sums, error))
      return FALSE;
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
  Kept kept = { connection_id, ALL_CONTACTS, today };

  g_return_val_if_fail (store != NULL && connection_id != NULL && filter->scope != CS_INVOICE_SCOPE_PROPOSAL,
                        NULL);

  if (filter->scope == CS_INVOICE_SCOPE_PRACTICE && !add_kept (store, &kept, sums, error))
    return NULL;
  for (gsize i = 0; filter->scope == CS_INVOICE_SCOPE_CONTACTS && filter->contact_ids[i] != NULL; i++)
    {
      kept.contact_id = filter->contact_ids[i];
      if (!add_kept (store, &kept, sums, error))
        return NULL;
    }
  cs_invoice_sums_finish (sums);
  return g_steal_pointer (&sums);
}

/**
 * cs_store_count_owed:
 * @store: a store
 * @connection_id: the ledger
 * @contact_id: (nullable): of whom; %NULL: of all
 * @first: the first day they may be due on
 * @last: the last day; no day at all counts as the last there is
 * @n: (out): how many invoices are owed that are due then
 * @error: return location
 *
 * Returns: whether it was read
 */
gboolean
cs_store_count_owed (CsStore *store,
                     const CsUuid *connection_id,
                     const char *contact_id,
                     CsDate first,
                     CsDate last,
                     guint *n,
                     GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, CURRENCIES
                        " SELECT ifnull (sum ((SELECT sum (n) FROM ledger_invoice_sum AS kept"
                        "  WHERE connection_id = ?1 AND contact_id = ?2 AND kept.currency = known.currency"
                        "  AND state = 'UNPAID' AND due BETWEEN ?3 AND ?4)), 0)"
                        " FROM known WHERE currency IS NOT NULL");

  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, contact_id != NULL ? contact_id : ALL_CONTACTS);
  cs_sql_bind_integer (row, first.days);
  cs_sql_bind_integer (row, last.days);
  if (!cs_sql_next (row, error))
    return FALSE;
  *n = (guint)cs_sql_read_integer (row);
  return TRUE;
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
