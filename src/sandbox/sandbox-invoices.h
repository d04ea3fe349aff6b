/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-call.h"

/* The door of /Invoices (xero-accounting 9). */

void sandbox_invoices_serve (const SandboxCall *call);
