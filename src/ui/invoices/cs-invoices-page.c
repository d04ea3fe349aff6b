/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoices-page.h"
#include "cs-invoice-browser.h"
#include "cs-invoice-pane.h"
#include "cs-split.h"

#include <glib/gi18n-lib.h>

struct _CsInvoicesPage
{
  AdwBin parent_instance;
  CsSplit *split;
  CsSession *session;
  CsInvoiceBrowser *browser;
  CsInvoicePane *pane; /* (nullable): until one is chosen */
};

G_DEFINE_FINAL_TYPE (CsInvoicesPage, cs_invoices_page, ADW_TYPE_BIN)

static void
room_cb (CsInvoicesPage *self)
{
  cs_invoice_browser_set_room (self->browser, cs_split_get_is_list_narrow (self->split),
                               cs_split_get_is_list_tight (self->split));
}

static void
lead_cb (CsInvoicesPage *self, const char *remote_id)
{
  if (self->pane == NULL && remote_id != NULL)
    self->pane = CS_INVOICE_PANE (g_object_ref_sink (cs_invoice_pane_new (self->session)));
  if (remote_id != NULL)
    cs_invoice_pane_open (self->pane, remote_id);
  cs_split_set_detail (self->split, remote_id != NULL ? GTK_WIDGET (self->pane) : NULL, _ ("Invoice"));
}

static void
debtors_cb (CsInvoicesPage *self, gboolean is_shown)
{
  cs_split_set_list_only (self->split, is_shown);
}

static GtkWidget *
make_connect_page (void)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Connect Xero"));

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "network-server-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Connect Xero to see your invoices"));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (page),
      _ ("Countersign reads your invoices from Xero and keeps them at hand, also when you are offline."));
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.connect");
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  return page;
}

static GtkWidget *
make_first_pull_page (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_paintable (ADW_STATUS_PAGE (page), GDK_PAINTABLE (adw_spinner_paintable_new (page)));
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Reading your invoices from Xero"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page),
                                   _ ("The newest come first. You can work meanwhile."));
  return page;
}

static void
show_link (CsInvoicesPage *self)
{
  gint64 synced_ms = cs_session_get_synced_ms (self->session);

  if (cs_session_get_link_state (self->session) == CS_LINK_NONE)
    cs_invoice_browser_set_instead (self->browser, make_connect_page ());
  else if (synced_ms == 0 && cs_session_get_activity (self->session) == CS_ACTIVITY_PULLING)
    cs_invoice_browser_set_instead (self->browser, make_first_pull_page ());
  else
    cs_invoice_browser_set_instead (self->browser, NULL);
}

static void
session_changed_cb (CsInvoicesPage *self, guint changes)
{
  if ((changes & CS_CHANGE_CONNECTION) != 0)
    show_link (self);
}

static void
cs_invoices_page_dispose (GObject *object)
{
  CsInvoicesPage *self = CS_INVOICES_PAGE (object);

  /* Before the template lets go of it, or the bin would unparent it a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_INVOICES_PAGE);
  g_clear_object (&self->pane);
  g_clear_object (&self->browser);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_invoices_page_parent_class)->dispose (object);
}

static void
cs_invoices_page_class_init (CsInvoicesPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_invoices_page_dispose;
  g_type_ensure (CS_TYPE_SPLIT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/invoices/cs-invoices-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CsInvoicesPage, split);
}

static void
cs_invoices_page_init (CsInvoicesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** cs_invoices_page_new: Returns: (transfer floating): the invoices of @session's practice */
GtkWidget *
cs_invoices_page_new (CsSession *session)
{
  CsInvoicesPage *self = g_object_new (CS_TYPE_INVOICES_PAGE, NULL);
  g_autoptr (CsInvoiceFilter) filter = cs_invoice_filter_new ();

  self->session = g_object_ref (session);
  cs_split_set_titles (self->split, _ ("Invoices"), _ ("Choose an invoice"), "cs-invoices-symbolic");
  /* The details need little, the names of contacts much; chosen or not, the list stays as wide as it is, so
   * that no row moves under the pointer. */
  cs_split_set_list_width (self->split, 480, 1200, 0.75);
  cs_split_set_crowded_fraction (self->split, 0.66);
  cs_split_set_list_room (self->split, 800, 1000);
  self->browser = CS_INVOICE_BROWSER (g_object_ref_sink (cs_invoice_browser_new (session, filter)));
  cs_split_set_list (self->split, GTK_WIDGET (self->browser));
  cs_split_set_choice (self->split, G_LIST_MODEL (cs_invoice_browser_get_review (self->browser)));
  g_signal_connect_object (self->browser, "lead", G_CALLBACK (lead_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->browser, "opened", G_CALLBACK (cs_split_open), self->split,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->browser, "debtors", G_CALLBACK (debtors_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->split, "notify::is-list-narrow", G_CALLBACK (room_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->split, "notify::is-list-tight", G_CALLBACK (room_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::link-state", G_CALLBACK (show_link), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::activity", G_CALLBACK (show_link), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::synced-ms", G_CALLBACK (show_link), self, G_CONNECT_SWAPPED);
  show_link (self);
  return GTK_WIDGET (self);
}

/** cs_invoices_page_show: opens the invoice of this remote id. */
void
cs_invoices_page_show (CsInvoicesPage *self, const char *remote_id)
{
  g_return_if_fail (CS_IS_INVOICES_PAGE (self));

  cs_invoice_browser_show (self->browser, remote_id);
  cs_split_open (self->split);
}

/** cs_invoices_page_focus_search: */
void
cs_invoices_page_focus_search (CsInvoicesPage *self)
{
  g_return_if_fail (CS_IS_INVOICES_PAGE (self));

  cs_invoice_browser_focus_search (self->browser);
}
