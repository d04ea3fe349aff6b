/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-call.h"

/* The doors of /CreditNotes, /Prepayments and /Overpayments (xero-accounting 10.4). */

void sandbox_credit_notes_serve (const SandboxCall *call);
void sandbox_prepayments_serve (const SandboxCall *call);
void sandbox_overpayments_serve (const SandboxCall *call);

/* …/Allocations (sandbox-allocations.c) */
void sandbox_allocations_serve (const SandboxCall *call, SandboxInvoice *credit);
