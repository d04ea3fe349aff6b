/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-invoice-row.h"
#include "cs-invoice-sums.h"
#include "cs-record-list.h"
#include "cs-row-set.h"

G_BEGIN_DECLS

/* The invoices that one filter asks for: a GListModel of CsInvoiceRow, in the filter's order, and what the
 * filter's scope comes to. Follows the session by itself, and makes rows for what is looked at alone.
 * Properties: "state" (int CsListState), "is-partial" (boolean: more is still being looked for), "sums": told
 * when they are others; "filter": told when it is another. Signal "switching": rows of another view are about
 * to take their places, so that a list is scrolled to its top first, where the fewest rows are made. Signal
 * "shown": the places have other rows now, or the same ones of another state of the ledger. */
#define CS_TYPE_INVOICE_REVIEW (cs_invoice_review_get_type ())
G_DECLARE_FINAL_TYPE (CsInvoiceReview, cs_invoice_review, CS, INVOICE_REVIEW, GObject)

CsInvoiceReview *cs_invoice_review_new (CsSession *session, const CsInvoiceFilter *filter);
CsSession *cs_invoice_review_get_session (CsInvoiceReview *self);
void cs_invoice_review_set_filter (CsInvoiceReview *self, const CsInvoiceFilter *filter);
const CsInvoiceFilter *cs_invoice_review_get_filter (CsInvoiceReview *self); /* as last set */
CsListState cs_invoice_review_get_state (CsInvoiceReview *self);
const char *cs_invoice_review_get_problem (CsInvoiceReview *self); /* why it failed, "" */
gboolean cs_invoice_review_get_is_partial (CsInvoiceReview *self);
gboolean cs_invoice_review_count (CsInvoiceReview *self, guint *n); /* of all that it asks for, once known */
void cs_invoice_review_reload (CsInvoiceReview *self);
void cs_invoice_review_look_at_clock (CsInvoiceReview *self); /* once a minute: is it another day? */

/* Of the whole scope, whatever the view, search and dates. (transfer none), until "notify::sums". */
const CsInvoiceSums *cs_invoice_review_get_sums (CsInvoiceReview *self);

/* Where an invoice stands: by the key of its row, which a selection keeps. */
guint32 cs_invoice_review_get_key (CsInvoiceReview *self, guint position);
guint cs_invoice_review_find (CsInvoiceReview *self, guint32 key); /* G_MAXUINT: it is not shown */
DexFuture *cs_invoice_review_look_up (CsInvoiceReview *self,
                                      const char *remote_id) G_GNUC_WARN_UNUSED_RESULT; /* of a guint32 */
GArray *cs_invoice_review_sum_chosen (CsInvoiceReview *self, const CsRowSet *keys); /* of CsInvoiceSelected */

/* What is shown, in order, as keys of rows (guint32), and such rows: for exports, a thousand at a time. */
GArray *cs_invoice_review_copy_keys (CsInvoiceReview *self);
GArray *cs_invoice_review_keep_shown (CsInvoiceReview *self, const CsRowSet *keys); /* those of @keys */
DexFuture *cs_invoice_review_read (CsInvoiceReview *self,
                                   const guint32 *keys,
                                   gsize n_keys) G_GNUC_WARN_UNUSED_RESULT; /* an array of CsInvoiceEntry */

G_END_DECLS
