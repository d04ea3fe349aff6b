/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-ledger-lists.h"

G_BEGIN_DECLS

/* The parts of an invoice as rows of boxed lists, each filled anew. */
void
cs_invoice_rows_fill_facts (GtkListBox *list, const CsLedgerInvoice *invoice, const CsInvoiceOrigin *origin);
void cs_invoice_rows_fill_lines (GtkListBox *list, const CsLedgerInvoice *invoice, CsLedgerLists *lists);
void cs_invoice_rows_fill_payments (GtkListBox *list, const CsLedgerInvoice *invoice);
void cs_invoice_rows_fill_origin (GtkListBox *list, const CsInvoiceOrigin *origin);
GtkWidget *cs_invoice_rows_new_note (const CsLedgerNote *note, GTimeZone *zone, gint64 now_ms);

G_END_DECLS
