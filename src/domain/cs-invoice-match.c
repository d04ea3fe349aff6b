/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-match.h"
#include "cs-words.h"

#include <string.h>

/**
 * cs_invoices_shown_has:
 * @shown: what is asked for
 * @view: what an invoice is today
 * @is_pinned: whether a person pinned it
 *
 * V-10 to V-14 by K-9: unpaid is open and overdue together. Drafts, submitted, voided and deleted ones are
 * in none of the five, pinned or not, but in their own and in all there is (K-10).
 *
 * Returns: whether it is shown
 */
gboolean
cs_invoices_shown_has (CsInvoicesShown shown, CsInvoiceView view, gboolean is_pinned)
{
  gboolean is_unpaid = view == CS_INVOICE_VIEW_OPEN || view == CS_INVOICE_VIEW_OVERDUE;

  switch (shown)
    {
    case CS_INVOICES_ALL:
      return TRUE;
    case CS_INVOICES_OPEN:
      return view == CS_INVOICE_VIEW_OPEN;
    case CS_INVOICES_OVERDUE:
      return view == CS_INVOICE_VIEW_OVERDUE;
    case CS_INVOICES_PAID:
      return view == CS_INVOICE_VIEW_PAID;
    case CS_INVOICES_UNPAID:
      return is_unpaid;
    case CS_INVOICES_PINNED:
      return is_pinned && (is_unpaid || view == CS_INVOICE_VIEW_PAID);
    case CS_INVOICES_DRAFT:
      return view == CS_INVOICE_VIEW_DRAFT;
    case CS_INVOICES_SUBMITTED:
      return view == CS_INVOICE_VIEW_SUBMITTED;
    case CS_INVOICES_VOIDED:
      return view == CS_INVOICE_VIEW_VOIDED;
    case CS_INVOICES_DELETED:
      return view == CS_INVOICE_VIEW_DELETED;
    default:
      g_assert_not_reached ();
    }
}

/**
 * cs_ageing_of:
 * @view: what an invoice is today
 * @due: when it is due, or %CS_DATE_NONE
 * @today: the day in the practice's zone
 *
 * Returns: how old the debt is; %CS_AGEING_ANY for what is not owed
 */
CsAgeing
cs_ageing_of (CsInvoiceView view, CsDate due, CsDate today)
{
  int days;

  if (view == CS_INVOICE_VIEW_OPEN)
    return CS_AGEING_CURRENT;
  if (view != CS_INVOICE_VIEW_OVERDUE)
    return CS_AGEING_ANY;
  days = today.days - due.days;
  return days <= 30   ? CS_AGEING_1_30
         : days <= 60 ? CS_AGEING_31_60
         : days <= 90 ? CS_AGEING_61_90
                      : CS_AGEING_OVER_90;
}

/**
 * cs_invoice_query_new:
 * @typed: what a person typed
 *
 * "1,380" and "1380.50" are amounts as well as words; the point is ours whatever the locale, as in the list.
 *
 * Returns: (transfer full): it, understood
 */
CsInvoiceQuery *
cs_invoice_query_new (const char *typed)
{
  CsInvoiceQuery *query = g_new0 (CsInvoiceQuery, 1);

  query->folded = g_strstrip (cs_words_fold (typed));
  query->is_amount = g_ascii_isdigit (*query->folded)
                     && cs_decimal_parse_typed (query->folded, ".", ",", &query->amount, NULL);
  query->is_whole = strchr (query->folded, '.') == NULL;
  return query;
}

/** cs_invoice_query_free: @query: (nullable) (transfer full) */
void
cs_invoice_query_free (CsInvoiceQuery *query)
{
  if (query == NULL)
    return;
  g_free (query->folded);
  g_free (query);
}

static gint64
get_power_of_ten (guint digits)
{
  gint64 power = 1;

  for (guint i = 0; i < digits; i++)
    power *= 10;
  return power;
}

/**
 * cs_invoice_query_get_span:
 * @query: what was typed
 * @currency: of the amounts
 * @first: (out): the least amount that is what was typed, in minor units
 * @last: (out): the greatest; less than @first when none is
 *
 * So that a million amounts are compared with two numbers. Without cents typed, any cents will do.
 */
void
cs_invoice_query_get_span (const CsInvoiceQuery *query, CsCurrency currency, gint64 *first, gint64 *last)
{
  gint64 one = get_power_of_ten (cs_currency_get_digits (currency));
  gint64 whole = query->amount.units / CS_DECIMAL_ONE;
  gint64 rest = query->amount.units % CS_DECIMAL_ONE * one;

  *first = 1;
  *last = 0;
  if (!query->is_amount || whole > G_MAXINT64 / one - 1)
    return;
  if (query->is_whole)
    {
      *first = whole == 0 ? 1 - one : whole * one;
      *last = whole * one + one - 1;
    }
  else if (rest % CS_DECIMAL_ONE == 0)
    *first = *last = whole * one + rest / CS_DECIMAL_ONE;
}

/** cs_invoice_query_matches_amount: Returns: whether @amount is what was typed, cents or not */
gboolean
cs_invoice_query_matches_amount (const CsInvoiceQuery *query, CsMoney amount)
{
  gint64 first;
  gint64 last;

  cs_invoice_query_get_span (query, amount.currency, &first, &last);
  return amount.minor >= first && amount.minor <= last;
}

/**
 * cs_invoice_query_matches:
 * @query: what was typed
 * @invoice: an invoice, its lines are not looked at
 *
 * Returns: whether each word is somewhere in number, contact and reference, or the whole of it is what the
 * invoice comes to or what is still owed of it
 */
gboolean
cs_invoice_query_matches (const CsInvoiceQuery *query, const CsLedgerInvoice *invoice)
{
  const char *texts[] = { invoice->number, invoice->contact_name, invoice->reference };

  return cs_words_match (query->folded, texts, G_N_ELEMENTS (texts))
         || cs_invoice_query_matches_amount (query, invoice->total)
         || cs_invoice_query_matches_amount (query, invoice->balance);
}

/**
 * cs_invoice_filter_matches:
 * @filter: a filter
 * @invoice: an invoice, its lines are not looked at
 * @is_pinned: whether a person pinned it
 * @today: the day in the practice's zone
 *
 * The rules in plain words; what is fast is held against this one.
 *
 * Returns: whether @filter asks for @invoice; a proposal's invoices are the caller's to know
 */
gboolean
cs_invoice_filter_matches (const CsInvoiceFilter *filter,
                           const CsLedgerInvoice *invoice,
                           gboolean is_pinned,
                           CsDate today)
{
  CsInvoiceView view;
  g_autoptr (CsInvoiceQuery) query = NULL;

  g_return_val_if_fail (filter != NULL && invoice != NULL, FALSE);

  view = cs_ledger_status_to_view (invoice->status, invoice->balance, invoice->due, today);
  if (!invoice->is_sales || !cs_invoices_shown_has (filter->shown, view, is_pinned))
    return FALSE;
  if (filter->scope == CS_INVOICE_SCOPE_CONTACTS
      && !g_strv_contains ((const char *const *)filter->contact_ids, invoice->contact_id))
    return FALSE;
  if (filter->ageing != CS_AGEING_ANY && cs_ageing_of (view, invoice->due, today) != filter->ageing)
    return FALSE;
  /* No date is CS_DATE_NONE, before every day: it is in no range that begins. */
  if ((cs_date_is_set (filter->from) && cs_date_compare (invoice->date, filter->from) < 0)
      || (cs_date_is_set (filter->to)
          && (!cs_date_is_set (invoice->date) || cs_date_compare (invoice->date, filter->to) > 0)))
    return FALSE;
  query = cs_invoice_query_new (filter->search);
  return cs_invoice_query_matches (query, invoice);
}
