/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-ledger-records.h"

G_BEGIN_DECLS

/* V-17: what was paid and credited explains the balance, to the cent. */

/* What is between total and balance and not among the payments that are known: nothing, as a rule. FALSE:
 * amounts that can't be summed up. */
gboolean cs_ledger_invoice_get_unexplained (const CsLedgerInvoice *invoice, CsMoney *rest, GError **error);
/* Drafts owe nothing yet, what is voided or deleted nothing more. */
gboolean cs_ledger_invoice_is_owed (const CsLedgerInvoice *invoice);

G_END_DECLS
