/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-ledger-records.h"

G_BEGIN_DECLS

const char *cs_payment_words_name (const char *kind); /* static: "Credit note" */
/* (transfer full): "14 Oct 2026: payment P1, 690.00", and so on to the balance: all that the rows say, in a
 * line. */
char *cs_payment_words_summarise (const CsLedgerInvoice *invoice);

G_END_DECLS
