/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-pages.h"
#include "cs-invoice-browser.h"
#include "cs-invoice-pane.h"

#include <glib/gi18n-lib.h>

/* As on the page of invoices: below this there is no room for columns, or not for many. */
#define NARROW "max-width: 800sp"
#define TIGHT "max-width: 1000sp"
#define ANY "min-width: 1px"
#define WIDTH_LEAST 300
#define HEIGHT_LEAST 200

static void
push (GtkWidget *from, GtkWidget *child, const char *title)
{
  GtkWidget *view = gtk_widget_get_ancestor (from, ADW_TYPE_NAVIGATION_VIEW);

  g_assert (view != NULL);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), adw_navigation_page_new (child, title));
}

static void
narrow_cb (CsInvoiceBrowser *browser)
{
  cs_invoice_browser_set_room (browser, TRUE, FALSE);
}

static void
tight_cb (CsInvoiceBrowser *browser)
{
  cs_invoice_browser_set_room (browser, FALSE, TRUE);
}

static void
wide_cb (CsInvoiceBrowser *browser)
{
  cs_invoice_browser_set_room (browser, FALSE, FALSE);
}

static void
opened_cb (CsInvoiceBrowser *browser)
{
  const char *remote_id = cs_invoice_browser_get_lead_id (browser);

  if (remote_id != NULL)
    cs_invoice_pages_push_invoice (GTK_WIDGET (browser),
                                   cs_invoice_review_get_session (cs_invoice_browser_get_review (browser)),
                                   remote_id);
}

/**
 * cs_invoice_pages_push_browser:
 * @from: where a person asked for it, inside an #AdwNavigationView
 * @session: whose invoices
 * @scope: of whom, and what is shown first; copied
 * @title: what the page is called
 *
 * The same view as the practice's [V-01, V-05], of a client, a group, a person or a proposal.
 */
void
cs_invoice_pages_push_browser (GtkWidget *from,
                               CsSession *session,
                               const CsInvoiceFilter *scope,
                               const char *title)
{
  GtkWidget *bin = adw_breakpoint_bin_new ();
  GtkWidget *browser = cs_invoice_browser_new (session, scope);
  AdwBreakpoint *wide = adw_breakpoint_new (adw_breakpoint_condition_parse (ANY));
  AdwBreakpoint *tight = adw_breakpoint_new (adw_breakpoint_condition_parse (TIGHT));
  AdwBreakpoint *narrow = adw_breakpoint_new (adw_breakpoint_condition_parse (NARROW));

  gtk_widget_set_size_request (bin, WIDTH_LEAST, HEIGHT_LEAST);
  adw_breakpoint_bin_set_child (ADW_BREAKPOINT_BIN (bin), browser);
  g_signal_connect_object (narrow, "apply", G_CALLBACK (narrow_cb), browser, G_CONNECT_SWAPPED);
  g_signal_connect_object (tight, "apply", G_CALLBACK (tight_cb), browser, G_CONNECT_SWAPPED);
  g_signal_connect_object (wide, "apply", G_CALLBACK (wide_cb), browser, G_CONNECT_SWAPPED);
  adw_breakpoint_bin_add_breakpoint (ADW_BREAKPOINT_BIN (bin), wide);
  adw_breakpoint_bin_add_breakpoint (ADW_BREAKPOINT_BIN (bin), tight);
  adw_breakpoint_bin_add_breakpoint (ADW_BREAKPOINT_BIN (bin), narrow);
  g_signal_connect (browser, "opened", G_CALLBACK (opened_cb), NULL);
  push (from, bin, title);
}

/** cs_invoice_pages_push_invoice: opens one invoice over the page that @from is on. */
void
cs_invoice_pages_push_invoice (GtkWidget *from, CsSession *session, const char *remote_id)
{
  GtkWidget *pane = cs_invoice_pane_new (session);

  cs_invoice_pane_open (CS_INVOICE_PANE (pane), remote_id);
  push (from, pane, _ ("Invoice"));
}
