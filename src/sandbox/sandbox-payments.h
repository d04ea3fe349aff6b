/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-errors.h"

/* Payments, to read (sandbox-payments.c) and to make and delete (sandbox-payments-write.c);
 * xero-accounting 10. */

void sandbox_payments_serve (const SandboxCall *call);
void sandbox_payments_write (const SandboxCall *call);
void sandbox_payment_write_members (const SandboxCall *call, gconstpointer payment, SandboxJson *json);
SandboxPayment *sandbox_payment_take (SandboxOrganisation *organisation,
                                      SandboxInvoice *invoice,
                                      gint64 amount,
                                      int day,
                                      gint64 now_ms);
