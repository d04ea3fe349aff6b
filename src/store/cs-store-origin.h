/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-invoice-origin.h"
#include "cs-store.h"

G_BEGIN_DECLS

/* Whose an invoice of the ledger is, and what made it [B-22]; one of which nothing more is known is no error.
 */
CsInvoiceOrigin *cs_store_get_invoice_origin (CsStore *store,
                                              const CsUuid *connection_id,
                                              const char *remote_id,
                                              GError **error);

G_END_DECLS
