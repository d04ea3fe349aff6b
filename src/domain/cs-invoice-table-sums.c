/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-table-private.h"

/* What one currency comes to, before it is put into words of its own. */
typedef struct
{
  CsInvoiceTotals totals;
  CsInvoiceAges ages;
  gint64 billed; /* in the month that is being summed */
} Purse;

typedef struct
{
  const CsInvoiceTable *table;
  const CsInvoiceLook *look;
  CsInvoiceSums *sums;
  Purse *purses; /* by currency */
  gint32 month_first;
  gint32 month_last;
} Counting;

static void
end_month (Counting *counting)
{
  for (guint i = 0; i < counting->table->currencies->len; i++)
    {
      CsCurrency currency = g_array_index (counting->table->currencies, CsCurrency, i);
      CsInvoiceMonth month = { { counting->month_first },
                               currency,
                               { counting->purses[i].billed, currency },
                               cs_money_zero (currency) };

      if (counting->purses[i].billed != 0)
        g_array_append_val (counting->sums->months, month);
      counting->purses[i].billed = 0;
    }
}

static void
begin_month (Counting *counting, gint32 date)
{
  int year, month, day;

  cs_date_get_parts ((CsDate){ date }, &year, &month, &day);
  counting->month_first = date - day + 1;
  counting->month_last = counting->month_first + (gint32)cs_date_get_days_in_month (year, month) - 1;
}

static void
count_owed (Counting *counting, Purse *purse, guint position)
{
  const CsInvoiceTable *table = counting->table;
  gint64 balance = cs_invoice_table_get_balance (table, position);
  CsInvoiceView view = cs_invoice_table_get_view (table, position, counting->look->today.days);
  CsAgeing ageing
      = cs_ageing_of (view, (CsDate){ cs_invoice_table_get_due (table, position) }, counting->look->today);

  purse->totals.n_unpaid++;
  purse->totals.unpaid.minor += balance;
  purse->totals.part_paid.minor += cs_invoice_table_get_total (table, position) - balance;
  cs_invoice_ages_add (&purse->ages, ageing, 1, balance);
}

static void
count_row (Counting *counting, guint position, guint *views)
{
  const CsInvoiceTable *table = counting->table;
  gint32 date = cs_invoice_table_get_days (table, position);
  Purse *purse = &counting->purses[CURRENCY_OF (table->flags[position])];
  CsInvoiceView view = cs_invoice_table_get_view (table, position, counting->look->today.days);

  views[view]++;
  if (view != CS_INVOICE_VIEW_OPEN && view != CS_INVOICE_VIEW_OVERDUE && view != CS_INVOICE_VIEW_PAID)
    return;
  if (cs_row_set_has (counting->look->pinned, table->keys[position]))
    counting->sums->n[CS_INVOICES_PINNED]++;
  if (date != CS_DATE_NONE.days)
    {
      if (date < counting->month_first || date > counting->month_last)
        {
          end_month (counting);
          begin_month (counting, date);
        }
      purse->billed += cs_invoice_table_get_total (table, position);
    }
  if (view == CS_INVOICE_VIEW_PAID)
    {
      purse->totals.n_paid++;
      purse->totals.paid.minor += cs_invoice_table_get_total (table, position);
    }
  else
    count_owed (counting, purse, position);
}

static void
take_views (CsInvoiceSums *sums, const guint *views)
{
  for (gsize view = CS_INVOICE_VIEW_DRAFT; view <= CS_INVOICE_VIEW_DELETED; view++)
    for (gsize shown = 0; shown < CS_INVOICES_SHOWN_N; shown++)
      if (shown != CS_INVOICES_PINNED
          && cs_invoices_shown_has ((CsInvoicesShown)shown, (CsInvoiceView)view, FALSE))
        sums->n[shown] += views[view];
}

/**
 * cs_invoice_table_sum:
 * @table: a finished table
 * @look: of its filter only the scope counts
 *
 * Returns: (transfer full): what the scope comes to; no month has anything received yet
 */
CsInvoiceSums *
cs_invoice_table_sum (const CsInvoiceTable *table, const CsInvoiceLook *look)
{
  CsInvoiceSums *sums = cs_invoice_sums_new ();
  g_autofree Purse *purses = g_new0 (Purse, table->currencies->len + 1);
  g_autofree guint8 *contacts = cs_invoice_table_find_scope (table, look->filter);
  Counting counting = { table, look, sums, purses, 1, 0 };
  guint views[CS_INVOICE_VIEW_DELETED + 1] = { 0 };

  for (guint i = 0; i < table->currencies->len; i++)
    cs_invoice_ages_init (&purses[i].ages, g_array_index (table->currencies, CsCurrency, i));
  for (guint i = 0; i < table->n; i++)
    if (cs_invoice_table_is_in_scope (table, look, contacts, i))
      count_row (&counting, i, views);
  end_month (&counting);
  take_views (sums, views);
  for (guint i = 0; i < table->currencies->len; i++)
    {
      CsCurrency currency = g_array_index (table->currencies, CsCurrency, i);

      purses[i].totals.currency = currency;
      purses[i].totals.unpaid.currency = purses[i].totals.part_paid.currency = currency;
      purses[i].totals.paid.currency = currency;
      if (purses[i].totals.n_unpaid + purses[i].totals.n_paid > 0)
        g_array_append_val (sums->totals, purses[i].totals);
      if (purses[i].totals.n_unpaid > 0)
        g_array_append_val (sums->ages, purses[i].ages);
    }
  cs_invoice_sums_finish (sums);
  return sums;
}

/**
 * cs_invoice_table_sum_set:
 * @table: a finished table
 * @chosen: keys of rows
 *
 * Returns: (transfer full) (element-type CsInvoiceSelected): what they come to, a currency at a time, by its
 * code; what K-10 leaves out is counted, and comes to nothing
 */
GArray *
cs_invoice_table_sum_set (const CsInvoiceTable *table, const CsRowSet *chosen)
{
  GArray *answer = g_array_new (FALSE, FALSE, sizeof (CsInvoiceSelected));
  g_autofree CsInvoiceSelected *sums = g_new0 (CsInvoiceSelected, table->currencies->len + 1);
  guint left = chosen->count;

  for (guint i = 0; i < table->n && left > 0; i++)
    {
      CsInvoiceSelected *sum = &sums[CURRENCY_OF (table->flags[i])];
      State state = STATE_OF (table->flags[i]);

      if (!cs_row_set_has (chosen, table->keys[i]))
        continue;
      left--;
      sum->n++;
      if (state != STATE_UNPAID && state != STATE_PAID && state != STATE_SETTLED)
        continue;
      sum->total.minor += cs_invoice_table_get_total (table, i);
      sum->balance.minor += cs_invoice_table_get_balance (table, i);
    }
  for (guint i = 0; i < table->currencies->len; i++)
    if (sums[i].n > 0)
      {
        sums[i].currency = g_array_index (table->currencies, CsCurrency, i);
        sums[i].balance.currency = sums[i].total.currency = sums[i].currency;
        g_array_append_val (answer, sums[i]);
      }
  return answer;
}
