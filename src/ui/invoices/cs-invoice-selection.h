/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cs-growing-list.h"
#include "cs-invoice-review.h"

G_BEGIN_DECLS

/* Which of a review's invoices are chosen: kept by what they are, and not by where they stand, over every
 * refresh, view and order. One of them leads: it is the one that is shown whole. Signal "selection-changed"
 * is GtkSelectionModel's; "chosen": the set is another; "lead": another leads, or none. */
#define CS_TYPE_INVOICE_SELECTION (cs_invoice_selection_get_type ())
G_DECLARE_FINAL_TYPE (CsInvoiceSelection, cs_invoice_selection, CS, INVOICE_SELECTION, GObject)

CsInvoiceSelection *cs_invoice_selection_new (CsInvoiceReview *review); /* (transfer none) @review */
CsGrowingList *cs_invoice_selection_get_rows (CsInvoiceSelection *self);
const CsRowSet *cs_invoice_selection_get_keys (CsInvoiceSelection *self);
guint cs_invoice_selection_get_lead (CsInvoiceSelection *self); /* its position; GTK_INVALID_LIST_POSITION */
CsInvoiceRow *cs_invoice_selection_get_lead_row (CsInvoiceSelection *self); /* (transfer full) (nullable) */
void cs_invoice_selection_set_key (CsInvoiceSelection *self, guint32 key);  /* this one alone, shown or not */
gboolean cs_invoice_selection_move (CsInvoiceSelection *self, int by);

G_END_DECLS
