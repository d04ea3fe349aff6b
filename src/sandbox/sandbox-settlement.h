/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-organisation.h"

/* What moves the amounts of a document after it was approved: payments and allocations, and PAID with them
 * (xero-accounting 9.4, 9.6, 10). The callers say when; a restored state moves no instants. */

void sandbox_settlement_add_payment (SandboxOrganisation *organisation, SandboxPayment *payment);
void sandbox_settlement_remove_payment (SandboxOrganisation *organisation,
                                        SandboxPayment *payment,
                                        gboolean vanishes);
void sandbox_settlement_add_allocation (SandboxOrganisation *organisation, SandboxAllocation *allocation);
void sandbox_settlement_remove_allocation (SandboxOrganisation *organisation, SandboxAllocation *allocation);
void sandbox_settlement_settle (SandboxInvoice *document, int day);
void sandbox_settlement_reopen (SandboxInvoice *document);
void sandbox_settlement_stamp (SandboxOrganisation *organisation, SandboxInvoice *document, gint64 now_ms);
