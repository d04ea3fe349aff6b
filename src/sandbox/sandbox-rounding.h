/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-organisation.h"

/* Lines and totals as the ledger counts them (xero-accounting 6.5). */

void sandbox_line_count (SandboxLine *line, SandboxAmounts amounts, gint64 tax_rate);
void sandbox_invoice_count (SandboxInvoice *invoice, SandboxOrganisation *organisation);
void sandbox_invoice_sum (SandboxInvoice *invoice);
