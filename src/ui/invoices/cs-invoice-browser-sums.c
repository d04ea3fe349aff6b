/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-browser-private.h"

#include "cs-format.h"

#include <glib/gi18n-lib.h>

/* Currencies beside each other, and never in one sum [V-05]. */
static char *
join_amounts (const CsInvoiceSums *sums, const CsMoney *(*get) (const CsInvoiceTotals *))
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < sums->totals->len; i++)
    {
      const CsMoney *money = get (&g_array_index (sums->totals, CsInvoiceTotals, i));
      g_autofree char *amount = cs_format_money_with_currency (*money);

      if (sums->totals->len > 1 && cs_money_is_zero (*money))
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", amount);
    }
  if (text->len == 0)
    g_string_append (text, "–");
  return g_string_free_and_steal (text);
}

static const CsMoney *
get_unpaid (const CsInvoiceTotals *totals)
{
  return &totals->unpaid;
}

static const CsMoney *
get_paid (const CsInvoiceTotals *totals)
{
  return &totals->paid;
}

static const CsMoney *
get_part_paid (const CsInvoiceTotals *totals)
{
  return &totals->part_paid;
}

static char *
describe_unpaid (const CsInvoiceSums *sums)
{
  guint n = sums->n[CS_INVOICES_UNPAID];
  g_autofree char *count = g_strdup_printf (ngettext ("%u invoice", "%u invoices", n), n);
  g_autofree char *part = join_amounts (sums, get_part_paid);
  gboolean has_part = FALSE;

  for (guint i = 0; i < sums->totals->len; i++)
    has_part = has_part || !cs_money_is_zero (g_array_index (sums->totals, CsInvoiceTotals, i).part_paid);
  if (!has_part)
    return g_steal_pointer (&count);
  /* Translators: how many invoices are unpaid, and what was paid of them nonetheless. */
  return g_strdup_printf (_ ("%1$s, %2$s paid of them"), count, part);
}

/** cs_invoice_browser_show_sums: the two boxes, and how many are in each view. */
void
cs_invoice_browser_show_sums (CsInvoiceBrowser *self)
{
  const CsInvoiceSums *sums = cs_invoice_review_get_sums (self->review);
  guint n_paid = sums->n[CS_INVOICES_PAID];
  g_autofree char *unpaid = join_amounts (sums, get_unpaid);
  g_autofree char *paid = join_amounts (sums, get_paid);
  g_autofree char *unpaid_note = describe_unpaid (sums);
  g_autofree char *paid_note = g_strdup_printf (ngettext ("%u invoice", "%u invoices", n_paid), n_paid);

  gtk_label_set_text (self->unpaid_label, unpaid);
  gtk_label_set_text (self->unpaid_note, unpaid_note);
  gtk_label_set_text (self->paid_label, paid);
  gtk_label_set_text (self->paid_note, paid_note);
  cs_invoice_browser_show_views (self);
}

static char *
describe_chosen (CsInvoiceBrowser *self, guint n)
{
  g_autoptr (GArray) sums
      = cs_invoice_review_sum_chosen (self->review, cs_invoice_selection_get_keys (self->selection));
  GString *text = g_string_new (NULL);

  g_string_printf (text, ngettext ("%u chosen", "%u chosen", n), n);
  for (guint i = 0; i < sums->len; i++)
    {
      const CsInvoiceSelected *sum = &g_array_index (sums, CsInvoiceSelected, i);
      g_autofree char *total = cs_format_money_with_currency (sum->total);
      g_autofree char *balance = cs_format_money (sum->balance);

      g_string_append (text, " · ");
      /* Translators: what chosen invoices come to in a currency, and what is still owed of that. */
      g_string_append_printf (text, _ ("%1$s, %2$s unpaid"), total, balance);
    }
  return g_string_free_and_steal (text);
}

/** cs_invoice_browser_show_count: how many are listed or, when several are chosen, what these come to. */
void
cs_invoice_browser_show_count (CsInvoiceBrowser *self)
{
  guint n_chosen = cs_invoice_selection_get_keys (self->selection)->count;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->review));
  g_autofree char *text = NULL;

  if (n_chosen > 1)
    text = describe_chosen (self, n_chosen);
  else if (cs_invoice_review_get_is_partial (self->review))
    text = g_strdup_printf (ngettext ("%u invoice, looking for more…", "%u invoices, looking for more…", n),
                            n);
  else
    text = g_strdup_printf (ngettext ("%u invoice", "%u invoices", n), n);
  gtk_label_set_text (self->count_label, text);
}
