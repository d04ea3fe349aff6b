/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-call.h"

/* An invoice as a PDF of one page (xero-accounting 9.7): small, plain and real. */

gboolean sandbox_pdf_is_asked_for (const SandboxRequest *request);
void sandbox_pdf_serve (const SandboxCall *call, const SandboxInvoice *invoice);
