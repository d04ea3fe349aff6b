/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-invoice-row.h"
#include "cs-invoice-sums.h"
#include "cs-record-list.h"

G_BEGIN_DECLS

/* The invoices that one filter asks for: a GListModel of CsInvoiceRow, in the filter's order, and what the
 * filter's scope comes to. Follows the session by itself. Properties: "state" (int CsListState), "sums": told
 * when they are others; "filter": told when it is another. Signal "shown": the rows stand for another filter
 * or another state of the ledger from now on; what is shown has not moved by then. */
#define CS_TYPE_INVOICE_REVIEW (cs_invoice_review_get_type ())
G_DECLARE_FINAL_TYPE (CsInvoiceReview, cs_invoice_review, CS, INVOICE_REVIEW, GObject)

CsInvoiceReview *cs_invoice_review_new (CsSession *session, const CsInvoiceFilter *filter);
CsSession *cs_invoice_review_get_session (CsInvoiceReview *self);
void cs_invoice_review_set_filter (CsInvoiceReview *self, const CsInvoiceFilter *filter);
const CsInvoiceFilter *cs_invoice_review_get_filter (CsInvoiceReview *self); /* as last set */
CsListState cs_invoice_review_get_state (CsInvoiceReview *self);
const char *cs_invoice_review_get_problem (CsInvoiceReview *self); /* why it failed, "" */
void cs_invoice_review_reload (CsInvoiceReview *self);

/* Of the whole scope, whatever the view, search and dates. (transfer none), until "notify::sums". */
const CsInvoiceSums *cs_invoice_review_get_sums (CsInvoiceReview *self);

/* What is shown, in order, as keys of rows (guint32), and such rows: for exports, a thousand at a time. */
GArray *cs_invoice_review_copy_keys (CsInvoiceReview *self);
DexFuture *cs_invoice_review_read (CsInvoiceReview *self,
                                   const guint32 *keys,
                                   gsize n_keys) G_GNUC_WARN_UNUSED_RESULT; /* an array of CsInvoiceEntry */

G_END_DECLS
