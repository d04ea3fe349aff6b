/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-errors.h"

/* Invoices (xero-accounting 9): lists and single ones (sandbox-invoices.c), their members on the wire
 * (sandbox-invoices-json.c), what a request asks for (sandbox-invoices-read.c), whether that may be
 * (sandbox-invoices-rules.c), and the saving (sandbox-invoices-write.c). */

void sandbox_invoices_get (const SandboxCall *call);
void sandbox_invoices_write (const SandboxCall *call);

typedef enum
{
  SANDBOX_INVOICE_FULL,
  SANDBOX_INVOICE_UNPAGED, /* no lines, ContactID and Name alone */
  SANDBOX_INVOICE_SUMMARY
} SandboxInvoiceDetail;

void sandbox_invoice_write (const SandboxCall *call,
                            const SandboxInvoice *invoice,
                            SandboxInvoiceDetail detail,
                            SandboxJson *json);

void sandbox_invoice_read (const SandboxCall *call,
                           SandboxInvoice *draft,
                           yyjson_val *element,
                           SandboxOutcome *outcome);
void sandbox_invoice_check (const SandboxCall *call,
                            const SandboxInvoice *draft,
                            const SandboxInvoice *existing,
                            SandboxOutcome *outcome);
