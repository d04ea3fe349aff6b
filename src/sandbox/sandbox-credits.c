/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-credits.h"

#include "sandbox-documents.h"
#include "sandbox-notes.h"

#define FIELDS(id, number)                                                                                   \
  {                                                                                                          \
    [SANDBOX_FIELD_ID] = { id, SANDBOX_FIELD_TEXT, SANDBOX_FAST_EQUAL | SANDBOX_FAST_ORDER },                \
    [SANDBOX_FIELD_DOCUMENT_NUMBER] = { number, SANDBOX_FIELD_TEXT, SANDBOX_FAST_EQUAL },                    \
    [SANDBOX_FIELD_REFERENCE] = { "Reference", SANDBOX_FIELD_TEXT, SANDBOX_FAST_EQUAL },                     \
    [SANDBOX_FIELD_STATUS] = { "Status", SANDBOX_FIELD_TEXT, SANDBOX_FAST_EQUAL },                           \
    [SANDBOX_FIELD_TYPE] = { "Type", SANDBOX_FIELD_TEXT, SANDBOX_FAST_EQUAL },                               \
    [SANDBOX_FIELD_CONTACT_ID] = { "Contact.ContactID", SANDBOX_FIELD_TEXT, SANDBOX_FAST_EQUAL },            \
    [SANDBOX_FIELD_CONTACT_NAME] = { "Contact.Name", SANDBOX_FIELD_TEXT, SANDBOX_FAST_EQUAL },               \
    [SANDBOX_FIELD_CONTACT_NUMBER] = { "Contact.ContactNumber", SANDBOX_FIELD_TEXT, SANDBOX_FAST_EQUAL },    \
    [SANDBOX_FIELD_DATE]                                                                                     \
    = { "Date", SANDBOX_FIELD_INSTANT, SANDBOX_FAST_EQUAL | SANDBOX_FAST_RANGE | SANDBOX_FAST_ORDER },       \
    [SANDBOX_FIELD_DUE_DATE] = { "DueDate", SANDBOX_FIELD_INSTANT, 0 },                                      \
    [SANDBOX_FIELD_UPDATED] = { "UpdatedDateUTC", SANDBOX_FIELD_INSTANT, SANDBOX_FAST_ORDER },               \
    [SANDBOX_FIELD_AMOUNT_DUE] = { "RemainingCredit", SANDBOX_FIELD_NUMBER, 0 },                             \
    [SANDBOX_FIELD_AMOUNT_PAID] = { "AmountPaid", SANDBOX_FIELD_NUMBER, 0 },                                 \
    [SANDBOX_FIELD_AMOUNT_CREDITED] = { "AppliedAmount", SANDBOX_FIELD_NUMBER, 0 },                          \
    [SANDBOX_FIELD_TOTAL] = { "Total", SANDBOX_FIELD_NUMBER, 0 },                                            \
    [SANDBOX_FIELD_CURRENCY] = { "CurrencyCode", SANDBOX_FIELD_TEXT, 0 },                                    \
    { NULL, SANDBOX_FIELD_TEXT, 0 },                                                                         \
  }

static const SandboxFieldRule credit_note_fields[] = FIELDS ("CreditNoteID", "CreditNoteNumber");
static const SandboxFieldRule prepayment_fields[] = FIELDS ("PrepaymentID", "InvoiceNumber");
static const SandboxFieldRule overpayment_fields[] = FIELDS ("OverpaymentID", "InvoiceNumber");

static void
write_credit (const SandboxCall *call, gconstpointer record, SandboxDetail detail, SandboxJson *json)
{
  sandbox_credit_write (call, record, detail, json);
}

static const SandboxListing listings[SANDBOX_LISTS] = {
  [SANDBOX_LIST_CREDIT_NOTES] = { "CreditNotes",
                                  SANDBOX_LIST_CREDIT_NOTES,
                                  { credit_note_fields, sandbox_document_value },
                                  write_credit,
                                  NULL },
  [SANDBOX_LIST_PREPAYMENTS] = { "Prepayments",
                                 SANDBOX_LIST_PREPAYMENTS,
                                 { prepayment_fields, sandbox_document_value },
                                 write_credit,
                                 NULL },
  [SANDBOX_LIST_OVERPAYMENTS] = { "Overpayments",
                                  SANDBOX_LIST_OVERPAYMENTS,
                                  { overpayment_fields, sandbox_document_value },
                                  write_credit,
                                  NULL },
};

static void
serve_action (const SandboxCall *call, SandboxInvoice *credit)
{
  if (credit != NULL && g_ascii_strcasecmp (call->action, "Allocations") == 0)
    sandbox_allocations_serve (call, credit);
  else if (credit != NULL && g_ascii_strcasecmp (call->action, "History") == 0 && call->part == NULL)
    sandbox_notes_serve (call, credit->id);
  else
    sandbox_reply_not_found (call->reply);
}

/* Prepayments and overpayments are made by bank transactions, so only credit notes are written here. */
static void
serve (const SandboxCall *call, SandboxList kind)
{
  SandboxInvoice *credit = call->element != NULL
                               ? sandbox_organisation_document (call->organisation, kind, call->element)
                               : NULL;

  if (call->action != NULL)
    serve_action (call, credit);
  else if (sandbox_request_is (call->request, "GET") && call->element == NULL)
    sandbox_list_serve (call, &listings[kind], NULL, FALSE);
  else if (sandbox_request_is (call->request, "GET"))
    sandbox_list_serve_single (call, &listings[kind], credit);
  else if (kind != SANDBOX_LIST_CREDIT_NOTES || !sandbox_call_is_write (call))
    sandbox_reply_not_implemented (call->reply);
  else if (call->element != NULL && sandbox_request_is (call->request, "PUT"))
    sandbox_reply_not_found (call->reply);
  else
    sandbox_documents_write (call, kind);
}

void
sandbox_credit_notes_serve (const SandboxCall *call)
{
  serve (call, SANDBOX_LIST_CREDIT_NOTES);
}

void
sandbox_prepayments_serve (const SandboxCall *call)
{
  serve (call, SANDBOX_LIST_PREPAYMENTS);
}

void
sandbox_overpayments_serve (const SandboxCall *call)
{
  serve (call, SANDBOX_LIST_OVERPAYMENTS);
}
