/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-call.h"

/* Payments, to read; they are made through the control interface (sandbox-control.c). */

void sandbox_payments_get (const SandboxCall *call);
SandboxPayment *sandbox_payment_take (SandboxOrganisation *organisation,
                                      SandboxInvoice *invoice,
                                      gint64 amount,
                                      int day,
                                      gint64 now_ms);
