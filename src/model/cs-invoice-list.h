/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-invoice-item.h"
#include "cs-record-list.h"

G_BEGIN_DECLS

/* Of CsInvoiceItem: the ledger's sales invoices, newest first. Nothing while there was never a connection. */
CsRecordList *cs_invoice_list_new (CsSession *session);

G_END_DECLS
