/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-ledger-records.h"
#include "cs-report.h"

G_BEGIN_DECLS

/* An invoice on paper, for the practice's own use: the one that a client gets is Xero's. Both (transfer
 * full). */
CsReport *cs_invoice_paper_new_report (const CsLedgerInvoice *invoice, const char *footnote, CsPaper paper);
GPtrArray *cs_invoice_paper_make_rows (const CsLedgerInvoice *invoice); /* of GStrv */

G_END_DECLS
