/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-browser-private.h"

#include <glib/gi18n-lib.h>

/* What is there within that moment need not say that it is on its way. */
#define LOADING_AFTER_MS 100
#define SPINNER_SIZE 32

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

static GtkWidget *
make_button (const char *label, GCallback clicked, GObject *whom)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  g_signal_connect_object (button, "clicked", clicked, whom, G_CONNECT_SWAPPED);
  return button;
}

static gboolean
loading_cb (gpointer data)
{
  CsInvoiceBrowser *self = data;
  GtkWidget *page = NULL;
  GtkWidget *spinner = NULL;

  self->loading_source = 0;
  if (adw_bin_get_child (self->loading_bin) != NULL
      || gtk_stack_get_visible_child (self->stack) != GTK_WIDGET (self->loading_bin))
    return G_SOURCE_REMOVE;
  page = adw_status_page_new ();
  spinner = adw_spinner_new ();
  gtk_widget_set_size_request (spinner, SPINNER_SIZE, SPINNER_SIZE);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Opening…"));
  adw_status_page_set_child (ADW_STATUS_PAGE (page), spinner);
  adw_bin_set_child (self->loading_bin, page);
  return G_SOURCE_REMOVE;
}

static void
describe_loading (CsInvoiceBrowser *self)
{
  if (self->loading_source == 0 && adw_bin_get_child (self->loading_bin) == NULL)
    self->loading_source = g_timeout_add (LOADING_AFTER_MS, loading_cb, self);
}

static void
describe_failure (CsInvoiceBrowser *self)
{
  GtkWidget *page = adw_bin_get_child (self->failed_bin);

  if (page == NULL)
    {
      page = adw_status_page_new ();
      adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "dialog-error-symbolic");
      adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("The list could not be read"));
      adw_status_page_set_child (
          ADW_STATUS_PAGE (page),
          make_button (_ ("_Try again"), G_CALLBACK (cs_invoice_review_reload), G_OBJECT (self->review)));
      adw_bin_set_child (self->failed_bin, page);
    }
  adw_status_page_set_description (ADW_STATUS_PAGE (page), cs_invoice_review_get_problem (self->review));
}

static AdwStatusPage *
get_empty_page (CsInvoiceBrowser *self)
{
  GtkWidget *page = adw_bin_get_child (self->empty_bin);

  if (page == NULL)
    {
      page = adw_status_page_new ();
      self->empty_button
          = GTK_BUTTON (make_button ("", G_CALLBACK (cs_invoice_browser_show_everything), G_OBJECT (self)));
      adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "cs-invoices-symbolic");
      adw_status_page_set_child (ADW_STATUS_PAGE (page), GTK_WIDGET (self->empty_button));
      adw_bin_set_child (self->empty_bin, page);
    }
  return ADW_STATUS_PAGE (page);
}

static void
describe_emptiness (CsInvoiceBrowser *self)
{
  AdwStatusPage *page = get_empty_page (self);
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
  adw_status_page_set_title (page, title);
  adw_status_page_set_description (page, n_all == 0 ? _ ("Invoices appear here once there are some in Xero.")
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
  const char *page = choose_page (self);

  if (g_str_equal (page, "loading"))
    describe_loading (self);
  else if (g_str_equal (page, "failed"))
    describe_failure (self);
  else if (g_str_equal (page, "empty"))
    describe_emptiness (self);
  gtk_stack_set_visible_child_name (self->stack, page);
  cs_invoice_browser_show_count (self);
}
