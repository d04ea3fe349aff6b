/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-sums.h"
#include "cs-invoice-match.h"

#include <string.h>

/** cs_invoice_sums_new: Returns: (transfer full): nothing yet */
CsInvoiceSums *
cs_invoice_sums_new (void)
{
  CsInvoiceSums *sums = g_new0 (CsInvoiceSums, 1);

  sums->totals = g_array_new (FALSE, TRUE, sizeof (CsInvoiceTotals));
  sums->ages = g_array_new (FALSE, TRUE, sizeof (CsInvoiceAges));
  sums->months = g_array_new (FALSE, TRUE, sizeof (CsInvoiceMonth));
  return sums;
}

/** cs_invoice_sums_free: @sums: (nullable) (transfer full) */
void
cs_invoice_sums_free (CsInvoiceSums *sums)
{
  if (sums == NULL)
    return;
  g_array_unref (sums->totals);
  g_array_unref (sums->ages);
  g_array_unref (sums->months);
  g_free (sums);
}

/** cs_invoice_ages_init: nothing is owed yet, of whatever age */
void
cs_invoice_ages_init (CsInvoiceAges *ages, CsCurrency currency)
{
  *ages = (CsInvoiceAges){ .currency = currency };
  for (gsize i = 0; i < CS_AGEING_N; i++)
    ages->balance[i] = cs_money_zero (currency);
}

/** cs_invoice_ages_add: @n more are that old, of which @minor is owed, in the currency of @ages. */
void
cs_invoice_ages_add (CsInvoiceAges *ages, CsAgeing ageing, guint n, gint64 minor)
{
  ages->n[ageing] += n;
  ages->balance[ageing].minor += minor;
  ages->n[CS_AGEING_ANY] += n;
  ages->balance[CS_AGEING_ANY].minor += minor;
}

static CsInvoiceTotals *
find_totals (CsInvoiceSums *sums, CsCurrency currency)
{
  CsInvoiceTotals fresh
      = { currency, 0, cs_money_zero (currency), cs_money_zero (currency), 0, cs_money_zero (currency) };

  for (guint i = 0; i < sums->totals->len; i++)
    if (cs_currency_equal (g_array_index (sums->totals, CsInvoiceTotals, i).currency, currency))
      return &g_array_index (sums->totals, CsInvoiceTotals, i);
  g_array_append_val (sums->totals, fresh);
  return &g_array_index (sums->totals, CsInvoiceTotals, sums->totals->len - 1);
}

static CsInvoiceAges *
find_ages (CsInvoiceSums *sums, CsCurrency currency)
{
  CsInvoiceAges fresh;

  for (guint i = 0; i < sums->ages->len; i++)
    if (cs_currency_equal (g_array_index (sums->ages, CsInvoiceAges, i).currency, currency))
      return &g_array_index (sums->ages, CsInvoiceAges, i);
  cs_invoice_ages_init (&fresh, currency);
  g_array_append_val (sums->ages, fresh);
  return &g_array_index (sums->ages, CsInvoiceAges, sums->ages->len - 1);
}

static CsInvoiceMonth *
find_month (CsInvoiceSums *sums, CsDate month, CsCurrency currency)
{
  CsInvoiceMonth fresh = { month, currency, cs_money_zero (currency), cs_money_zero (currency) };

  /* The invoices come newest first: the month that is wanted is mostly the last. */
  for (guint i = sums->months->len; i > 0; i--)
    {
      CsInvoiceMonth *known = &g_array_index (sums->months, CsInvoiceMonth, i - 1);

      if (known->month.days == month.days && cs_currency_equal (known->currency, currency))
        return known;
    }
  g_array_append_val (sums->months, fresh);
  return &g_array_index (sums->months, CsInvoiceMonth, sums->months->len - 1);
}

static CsDate
get_month (CsDate date)
{
  int year, month, day;

  cs_date_get_parts (date, &year, &month, &day);
  return cs_date_from_parts (year, month, 1);
}

/**
 * cs_invoice_sums_add_many:
 * @sums: the sums
 * @view: what the invoices are today
 * @ageing: how long they are overdue
 * @n: how many
 * @total: what they come to together
 * @balance: what is owed of them
 */
void
cs_invoice_sums_add_many (CsInvoiceSums *sums,
                          CsInvoiceView view,
                          CsAgeing ageing,
                          guint n,
                          CsMoney total,
                          CsMoney balance)
{
  CsInvoiceTotals *totals;
  CsInvoiceAges *ages;

  for (gsize i = 0; i < CS_INVOICES_SHOWN_N; i++)
    if (cs_invoices_shown_has ((CsInvoicesShown)i, view, FALSE))
      sums->n[i] += n;
  if (view == CS_INVOICE_VIEW_PAID)
    {
      totals = find_totals (sums, total.currency);
      totals->n_paid += n;
      totals->paid.minor += total.minor;
    }
  if (view != CS_INVOICE_VIEW_OPEN && view != CS_INVOICE_VIEW_OVERDUE)
    return;
  totals = find_totals (sums, total.currency);
  totals->n_unpaid += n;
  totals->unpaid.minor += balance.minor;
  totals->part_paid.minor += total.minor - balance.minor;
  ages = find_ages (sums, total.currency);
  cs_invoice_ages_add (ages, ageing, n, balance.minor);
}

/**
 * cs_invoice_sums_add:
 * @sums: the sums
 * @view: what the invoice is today
 * @is_pinned: whether a person pinned it
 * @date: of the invoice; may be %CS_DATE_NONE: then it is in no month
 * @ageing: how long it is overdue
 * @total: what it comes to
 * @balance: what is owed of it
 */
void
cs_invoice_sums_add (CsInvoiceSums *sums,
                     CsInvoiceView view,
                     gboolean is_pinned,
                     CsDate date,
                     CsAgeing ageing,
                     CsMoney total,
                     CsMoney balance)
{
  cs_invoice_sums_add_many (sums, view, ageing, 1, total, balance);
  if (view != CS_INVOICE_VIEW_OPEN && view != CS_INVOICE_VIEW_OVERDUE && view != CS_INVOICE_VIEW_PAID)
    return;
  sums->n[CS_INVOICES_PINNED] += is_pinned ? 1 : 0;
  if (cs_date_is_set (date))
    find_month (sums, get_month (date), total.currency)->billed.minor += total.minor;
}

/** cs_invoice_sums_add_received: @month: its first day; what came in then, besides what was added before */
void
cs_invoice_sums_add_received (CsInvoiceSums *sums, CsDate month, CsMoney received)
{
  find_month (sums, month, received.currency)->received.minor += received.minor;
}

static int
compare_months (gconstpointer a, gconstpointer b)
{
  const CsInvoiceMonth *x = a;
  const CsInvoiceMonth *y = b;

  return x->month.days != y->month.days ? (x->month.days < y->month.days ? -1 : 1)
                                        : strcmp (x->currency.code, y->currency.code);
}

static int
compare_totals (gconstpointer a, gconstpointer b)
{
  return strcmp (((const CsInvoiceTotals *)a)->currency.code, ((const CsInvoiceTotals *)b)->currency.code);
}

static int
compare_ages (gconstpointer a, gconstpointer b)
{
  return strcmp (((const CsInvoiceAges *)a)->currency.code, ((const CsInvoiceAges *)b)->currency.code);
}

/** cs_invoice_sums_finish: puts currencies and months in order. */
void
cs_invoice_sums_finish (CsInvoiceSums *sums)
{
  g_array_sort (sums->totals, compare_totals);
  g_array_sort (sums->ages, compare_ages);
  g_array_sort (sums->months, compare_months);
}
