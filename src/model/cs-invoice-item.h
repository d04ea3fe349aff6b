/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-record.h"
#include "cs-records.h"

G_BEGIN_DECLS

/* An invoice of the ledger's mirror, without its lines and payments. Its id is the ledger's own. */
#define CS_TYPE_INVOICE_ITEM (cs_invoice_item_get_type ())
G_DECLARE_FINAL_TYPE (CsInvoiceItem, cs_invoice_item, CS, INVOICE_ITEM, GObject)

CsRecord *cs_invoice_item_new (gpointer invoice); /* (transfer full) @invoice, a CsLedgerInvoice */
const CsLedgerInvoice *cs_invoice_item_get (CsInvoiceItem *self);
gboolean cs_invoice_item_matches (CsInvoiceItem *self, const char *query);

G_END_DECLS
