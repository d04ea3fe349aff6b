/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-debtors-view.h"
#include "cs-invoice-browser.h"
#include "cs-invoice-overview.h"
#include "cs-saved-views.h"
#include "cs-total-boxes.h"

G_BEGIN_DECLS

/* What the files of the browser share. */
struct _CsInvoiceBrowser
{
  AdwBin parent_instance;
  GtkWidget *top_box;
  GtkEditable *search_entry;
  GtkMenuButton *dates_button;
  GtkMenuButton *views_button;
  GtkWidget *views_box;
  GtkWidget *rest_box; /* those in no total */
  CsTotalBoxes *total_boxes;
  AdwBin *ageing_bin;
  CsInvoiceOverview *overview;
  GtkWidget *debtor_bar; /* whose invoices these are, and the way back */
  GtkLabel *debtor_label;
  AdwBin *debtors_bin;
  CsDebtorsView *debtors; /* (nullable): until it is asked for */
  GtkStack *stack;
  AdwBin *loading_bin; /* empty until it is shown, as are the next two */
  AdwBin *failed_bin;
  AdwBin *empty_bin;
  GtkButton *empty_button; /* (nullable) */
  AdwBin *instead_bin;
  GtkScrolledWindow *scroller;
  GtkWidget *bottom_box;
  GtkLabel *count_label;
  GtkLabel *note_label;
  GtkMenuButton *export_button;

  CsSession *session;
  CsInvoiceReview *review;
  CsInvoiceSelection *selection;
  CsSavedViews *views;
  CsInvoiceFilter *filter;
  CsInvoiceFilter *everybody; /* (nullable): what was asked for before one debtor's invoices were */
  gboolean is_debtors;        /* who owes what is listed, and no invoices */
  GSimpleActionGroup *actions;
  GMenu *rest_menu;    /* (nullable): of the views that have no button */
  char *rest_words;    /* (nullable): what it says */
  GtkWidget *view;     /* (nullable): columns or rows; none until it is known which */
  CsCurrency currency; /* in its headers; of none where nothing is connected */
  gboolean is_narrow;
  gboolean is_tight;
  gboolean is_filling; /* the controls follow the filter, and not the other way */
  char *saved_id;      /* (nullable): the saved view that was chosen last */
  CsSavedView *deleted;
  char *lead_id; /* (nullable): what the lead was last told to be */
  DexFuture *looking_up;
  DexFuture *saving;
  guint tick_source;
  guint loading_source;
};

const char *cs_invoices_shown_get_title (CsInvoicesShown shown);
/* cs-invoice-browser-states.c */
void cs_invoice_browser_update (CsInvoiceBrowser *self);
void cs_invoice_browser_show_everything (CsInvoiceBrowser *self); /* in cs-invoice-browser.c */
gboolean cs_invoice_browser_has_wider_search (CsInvoiceBrowser *self);
/* cs-invoice-browser-debtors.c */
void cs_invoice_browser_add_debtor_actions (CsInvoiceBrowser *self);
void cs_invoice_browser_offer_debtors (CsInvoiceBrowser *self); /* once it has its filter */
void cs_invoice_browser_leave_debtors (CsInvoiceBrowser *self); /* invoices are listed again */
void cs_invoice_browser_show_hint (CsInvoiceBrowser *self);     /* what the search finds */
gboolean cs_invoice_browser_go_back (CsInvoiceBrowser *self);   /* from a debtor's to all debtors */
/* cs-invoice-browser-views.c */
void cs_invoice_browser_show_views (CsInvoiceBrowser *self);
void cs_invoice_browser_add_view_actions (CsInvoiceBrowser *self);
/* cs-invoice-browser-sums.c */
void cs_invoice_browser_show_sums (CsInvoiceBrowser *self);
void cs_invoice_browser_show_count (CsInvoiceBrowser *self);
/* What a button for several acts on: those that are chosen and listed (guint32, in the order of the list).
 * What another view has chosen is kept for it, and never touched unseen. */
GArray *cs_invoice_browser_dup_chosen (CsInvoiceBrowser *self);
/* cs-invoice-browser-actions.c */
void cs_invoice_browser_add_actions (CsInvoiceBrowser *self);
void cs_invoice_browser_attach_keys (CsInvoiceBrowser *self, GtkWidget *view);
/* cs-invoice-browser-export.c */
void cs_invoice_browser_add_export (CsInvoiceBrowser *self);
/* cs-invoice-dates.c */
void cs_invoice_dates_attach (CsInvoiceBrowser *self); /* to its button, as a popover */

G_END_DECLS
