/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-invoice-review.h"
#include "cs-invoice-selection.h"

G_BEGIN_DECLS

/* The invoices of a scope (the practice, a client, a group, a person, a proposal): views, search, dates, the
 * two totals, the list, what is chosen. Signal "lead" (string, nullable: the ledger's id): another invoice is
 * to be shown whole; "opened": and brought to the front; "debtors" (boolean): who owes what is listed, which
 * wants all the room there is, or no longer. */
#define CS_TYPE_INVOICE_BROWSER (cs_invoice_browser_get_type ())
G_DECLARE_FINAL_TYPE (CsInvoiceBrowser, cs_invoice_browser, CS, INVOICE_BROWSER, AdwBin)

/* @scope: what is shown first, of whom. (transfer floating) */
GtkWidget *cs_invoice_browser_new (CsSession *session, const CsInvoiceFilter *scope);
CsInvoiceReview *cs_invoice_browser_get_review (CsInvoiceBrowser *self);
void cs_invoice_browser_set_filter (CsInvoiceBrowser *self, const CsInvoiceFilter *filter);
/* Rows of two lines, or fewer columns. */
void cs_invoice_browser_set_room (CsInvoiceBrowser *self, gboolean is_narrow, gboolean is_tight);
void
cs_invoice_browser_set_instead (CsInvoiceBrowser *self, GtkWidget *page); /* (nullable): while all is empty */
const char *cs_invoice_browser_get_lead_id (CsInvoiceBrowser *self);      /* (nullable) */
void
cs_invoice_browser_show (CsInvoiceBrowser *self, const char *remote_id); /* chooses it, in the list or not */
void cs_invoice_browser_focus_search (CsInvoiceBrowser *self);

G_END_DECLS
