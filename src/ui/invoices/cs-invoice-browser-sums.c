/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-browser-private.h"

#include "cs-format.h"

#include <glib/gi18n-lib.h>

/** cs_invoice_browser_show_sums: the two boxes, and how many are in each view. */
void
cs_invoice_browser_show_sums (CsInvoiceBrowser *self)
{
  cs_total_boxes_set (self->total_boxes, cs_invoice_review_get_sums (self->review));
  cs_invoice_browser_show_views (self);
}

/** cs_invoice_browser_dup_chosen: Returns: (transfer full) (element-type guint32): those that are chosen and
 * listed, in the order of the list */
GArray *
cs_invoice_browser_dup_chosen (CsInvoiceBrowser *self)
{
  return cs_invoice_review_keep_shown (self->review, cs_invoice_selection_get_keys (self->selection));
}

static char *
describe_chosen (CsInvoiceBrowser *self, const GArray *chosen)
{
  g_autoptr (CsRowSet) keys = cs_row_set_new_from ((const guint32 *)(gpointer)chosen->data, chosen->len);
  g_autoptr (GArray) sums = cs_invoice_review_sum_chosen (self->review, keys);
  GString *text = g_string_new (NULL);

  g_string_printf (text, ngettext ("%'u chosen", "%'u chosen", chosen->len), chosen->len);
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

static char *
count_debtors (CsInvoiceBrowser *self)
{
  CsDebtorList *list = cs_debtors_view_get_list (self->debtors);
  guint n_shown = cs_debtor_list_get_n_shown (list);
  guint n = cs_debtor_list_get_n_contacts (list);

  if (n_shown == n)
    return g_strdup_printf (ngettext ("%'u contact", "%'u contacts", n), n);
  return g_strdup_printf (ngettext ("%1$'u of %2$'u contact", "%1$'u of %2$'u contacts", n), n_shown, n);
}

/** cs_invoice_browser_show_count: how many there are or, when several are chosen, what these come to. Nothing
 * is better than a number that is another one a moment later. */
void
cs_invoice_browser_show_count (CsInvoiceBrowser *self)
{
  /* One alone comes to nothing that its row doesn't say, and need not be looked for. */
  gboolean has_several = cs_invoice_selection_get_keys (self->selection)->count > 1;
  g_autoptr (GArray) chosen = has_several ? cs_invoice_browser_dup_chosen (self) : NULL;
  guint n = 0;
  gboolean is_known = cs_invoice_review_count (self->review, &n);
  g_autofree char *text = NULL;

  if (self->is_debtors)
    text = count_debtors (self);
  else if (has_several && chosen->len > 1)
    text = describe_chosen (self, chosen);
  else if (is_known)
    text = g_strdup_printf (ngettext ("%'u invoice", "%'u invoices", n), n);
  else if (cs_invoice_filter_is_narrowed (self->filter) && n > 0)
    text = g_strdup_printf (ngettext ("%'u invoice, looking for more…", "%'u invoices, looking for more…", n),
                            n);
  gtk_label_set_text (self->count_label, text != NULL ? text : "");
}
