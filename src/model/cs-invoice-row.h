/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-invoice-entry.h"
#include "cs-record.h"

G_BEGIN_DECLS

/* A place in a list of invoices. Which invoice stands there changes with the view, and is told by "changed":
 * a list of a million is switched without making a million rows. As a CsRecord, its id is the invoice's. */
#define CS_TYPE_INVOICE_ROW (cs_invoice_row_get_type ())
G_DECLARE_FINAL_TYPE (CsInvoiceRow, cs_invoice_row, CS, INVOICE_ROW, GObject)

CsInvoiceRow *cs_invoice_row_new (guint position, guint32 key);
guint cs_invoice_row_get_position (CsInvoiceRow *self);
guint32 cs_invoice_row_get_key (CsInvoiceRow *self);
const CsInvoiceEntry *cs_invoice_row_get_entry (CsInvoiceRow *self); /* (nullable): not read yet */
const CsLedgerInvoice *cs_invoice_row_get (CsInvoiceRow *self);      /* (nullable): not read yet */
gboolean cs_invoice_row_get_is_news (CsInvoiceRow *self);            /* the last refresh changed it */
/* @entry: (nullable) (transfer full). Emits "changed" when that is something else to see. */
void cs_invoice_row_take (CsInvoiceRow *self, guint32 key, CsInvoiceEntry *entry, gboolean is_news);

G_END_DECLS
