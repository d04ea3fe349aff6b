/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-errors.h"
#include "sandbox-list.h"

/* Invoices and the credit documents (xero-accounting 9, 10.4): their names, their members on the wire
 * (sandbox-documents-json.c), what a request asks for (-read.c), whether that may be (-rules.c), and the
 * saving
 * (-write.c). The doors are sandbox-invoices.c and sandbox-credits.c. */

typedef struct
{
  const char *plural;
  const char *id;
  const char *number;        /* NULL: it has none */
  const char *types[2];      /* of a customer, of a supplier */
  const char *stub_types[2]; /* where it stands in an Invoice member (xero-accounting 9.1) */
  const char *payments[2];   /* PaymentType of what is paid against it (xero-accounting 10.1) */
} SandboxDocumentNames;

extern const SandboxDocumentNames sandbox_document_names[SANDBOX_LISTS];

void sandbox_document_write (const SandboxCall *call,
                             const SandboxInvoice *document,
                             SandboxDetail detail,
                             SandboxJson *json);
void sandbox_document_write_stub (const SandboxInvoice *document, SandboxJson *json);
void sandbox_document_write_lines (const SandboxCall *call,
                                   const SandboxInvoice *document,
                                   SandboxDetail detail,
                                   SandboxJson *json);
void sandbox_document_write_contact (const SandboxContact *contact, gboolean full, SandboxJson *json);
void sandbox_document_write_payments (const SandboxInvoice *document, SandboxJson *json);
void sandbox_document_write_updated (gint64 updated_ms, SandboxJson *json);
void sandbox_credit_write (const SandboxCall *call,
                           const SandboxInvoice *credit,
                           SandboxDetail detail,
                           SandboxJson *json);

void sandbox_document_read (const SandboxCall *call,
                            SandboxInvoice *draft,
                            yyjson_val *element,
                            SandboxOutcome *outcome);
void sandbox_document_check (const SandboxCall *call,
                             const SandboxInvoice *draft,
                             const SandboxInvoice *existing,
                             SandboxOutcome *outcome);
gboolean sandbox_document_is_blind_change (const SandboxInvoice *draft, const SandboxInvoice *existing);
void sandbox_documents_write (const SandboxCall *call, SandboxList kind);

/* `where` fields that all of them have. */
enum
{
  SANDBOX_FIELD_ID,
  SANDBOX_FIELD_DOCUMENT_NUMBER,
  SANDBOX_FIELD_REFERENCE,
  SANDBOX_FIELD_STATUS,
  SANDBOX_FIELD_TYPE,
  SANDBOX_FIELD_CONTACT_ID,
  SANDBOX_FIELD_CONTACT_NAME,
  SANDBOX_FIELD_CONTACT_NUMBER,
  SANDBOX_FIELD_DATE,
  SANDBOX_FIELD_DUE_DATE,
  SANDBOX_FIELD_UPDATED,
  SANDBOX_FIELD_AMOUNT_DUE,
  SANDBOX_FIELD_AMOUNT_PAID,
  SANDBOX_FIELD_AMOUNT_CREDITED,
  SANDBOX_FIELD_TOTAL,
  SANDBOX_FIELD_CURRENCY
};

SandboxFieldValue sandbox_document_value (gconstpointer row, guint field);
