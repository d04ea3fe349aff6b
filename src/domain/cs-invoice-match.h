/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-invoice-filter.h"

G_BEGIN_DECLS

/* Whether an invoice is what a filter asks for: the rules K-9 and K-10, in one place. */
gboolean cs_invoices_shown_has (CsInvoicesShown shown, CsInvoiceView view, gboolean is_pinned);
CsAgeing cs_ageing_of (CsInvoiceView view, CsDate due, CsDate today);

/* What a person typed, understood: words for number, contact and reference, and perhaps an amount. */
typedef struct
{
  char *folded; /* without case, accents and blanks at its ends; "" matches all */
  gboolean is_amount;
  gboolean is_whole; /* no minor units were typed: any of them match */
  CsDecimal amount;
} CsInvoiceQuery;

CsInvoiceQuery *cs_invoice_query_new (const char *typed);
void cs_invoice_query_free (CsInvoiceQuery *query);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsInvoiceQuery, cs_invoice_query_free)
void
cs_invoice_query_get_span (const CsInvoiceQuery *query, CsCurrency currency, gint64 *first, gint64 *last);
gboolean cs_invoice_query_matches_amount (const CsInvoiceQuery *query, CsMoney amount);
gboolean cs_invoice_query_matches (const CsInvoiceQuery *query, const CsLedgerInvoice *invoice);

gboolean cs_invoice_filter_matches (const CsInvoiceFilter *filter,
                                    const CsLedgerInvoice *invoice,
                                    gboolean is_pinned,
                                    CsDate today); /* the scope of a proposal is the caller's to ask */

G_END_DECLS
