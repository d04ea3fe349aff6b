/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-invoice-filter.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* The invoices of a client, a group, a person or a proposal, on its page: the two totals [V-05, V-06], what
 * is unpaid, newest first, and the way to all of them. Lives inside an AdwNavigationView. */
#define CS_TYPE_INVOICES_CARD (cs_invoices_card_get_type ())
G_DECLARE_FINAL_TYPE (CsInvoicesCard, cs_invoices_card, CS, INVOICES_CARD, AdwBin)

void cs_invoices_card_set (CsInvoicesCard *self,
                           CsSession *session,
                           const CsInvoiceFilter *scope, /* (nullable): nothing of it is in the ledger */
                           const char *whose);

G_END_DECLS
