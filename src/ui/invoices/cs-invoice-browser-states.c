/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-browser-private.h"

#include <glib/gi18n-lib.h>

/* What stands in the place of the list, and why. */

static const char *
choose_page (CsInvoiceBrowser *self)
{
  gboolean is_instead = adw_bin_get_child (self->instead_bin) != NULL
                        && cs_invoice_review_get_sums (self->review)->n[CS_INVOICES_ALL] == 0;

  if (self->is_debtors && !is_instead)
    return "debtors";
  if (g_list_model_get_n_items (G_LIST_MODEL (self->review)) > 0)
    return "content";
  switch (cs_invoice_review_get_state (self->review))
    {
    case CS_LIST_LOADING:
      return "loading";
    case CS_LIST_FAILED:
      return "failed";
    case CS_LIST_READY:
    default:
      return is_instead ? "instead" : "empty";
    }
}

/* Words look within the view: somebody who misses an invoice there must not take it for one that does not
 * exist. */
gboolean
cs_invoice_browser_has_wider_search (CsInvoiceBrowser *self)
{
  return *self->filter->search != '\0'
         && (self->filter->shown != CS_INVOICES_ALL || self->filter->ageing != CS_AGEING_ANY);
}

static const char *
describe_way_on (CsInvoiceBrowser *self)
{
  if (cs_invoice_browser_has_wider_search (self))
    return _ ("It may be in another view, such as Paid or Draft.");
  if (cs_invoice_filter_is_narrowed (self->filter))
    return _ ("Try fewer or other words, or other dates.");
  return _ ("Invoices come and go by themselves as they are paid and fall due.");
}

static void
describe_emptiness (CsInvoiceBrowser *self)
{
  guint n_all = cs_invoice_review_get_sums (self->review)->n[CS_INVOICES_ALL];
  const char *view = cs_invoices_shown_get_title (self->filter->shown);
  g_autofree char *title = NULL;

  if (n_all == 0)
    title = g_strdup (_ ("No invoices yet"));
  else if (cs_invoice_browser_has_wider_search (self))
    /* Translators: %s is a view of invoices: "Overdue". */
    title = g_strdup_printf (_ ("Nothing found in the view “%s”"), view);
  else if (cs_invoice_filter_is_narrowed (self->filter))
    title = g_strdup (_ ("Nothing found"));
  else
    /* Translators: %s is a view of invoices: "Overdue". */
    title = g_strdup_printf (_ ("Nothing in the view “%s”"), view);
  adw_status_page_set_title (self->empty_page, title);
  adw_status_page_set_description (self->empty_page,
                                   n_all == 0 ? _ ("Invoices appear here once there are some in Xero.")
                                              : describe_way_on (self));
  gtk_button_set_label (self->empty_button, cs_invoice_browser_has_wider_search (self)
                                                ? _ ("_Search all invoices")
                                                : _ ("_Show everything"));
  gtk_widget_set_visible (GTK_WIDGET (self->empty_button), n_all > 0);
}

/** cs_invoice_browser_update: shows the list, or what there is to say in its place. */
void
cs_invoice_browser_update (CsInvoiceBrowser *self)
{
  adw_status_page_set_description (self->failed_page, cs_invoice_review_get_problem (self->review));
  describe_emptiness (self);
  gtk_stack_set_visible_child_name (self->stack, choose_page (self));
  cs_invoice_browser_show_count (self);
}
