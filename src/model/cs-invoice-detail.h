/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-detail.h"

G_BEGIN_DECLS

/* One whole invoice of the mirror, with its lines and what was paid, and what made it. */
#define CS_TYPE_INVOICE_DETAIL (cs_invoice_detail_get_type ())
G_DECLARE_FINAL_TYPE (CsInvoiceDetail, cs_invoice_detail, CS, INVOICE_DETAIL, CsDetail)

CsInvoiceDetail *cs_invoice_detail_new (CsSession *session, const char *remote_id);
const char *cs_invoice_detail_get_remote_id (CsInvoiceDetail *self);
const CsLedgerInvoice *
cs_invoice_detail_get (CsInvoiceDetail *self); /* (nullable): not read yet, or not there */
const CsInvoiceOrigin *
cs_invoice_detail_get_origin (CsInvoiceDetail *self); /* (nullable): as cs_invoice_detail_get() */

G_END_DECLS
