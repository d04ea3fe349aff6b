/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-credits.h"

#include "sandbox-documents.h"
#include "sandbox-settlement.h"

/* Credit put to an invoice, and taken back (xero-accounting 10.4). A list that is sent again is applied again
 * (calcinai issue 251). */

static void
write_members (const SandboxCall *call, gconstpointer record, SandboxJson *json)
{
  const SandboxAllocation *allocation = record;

  sandbox_json_string (json, "AllocationID", allocation->id);
  sandbox_json_decimal (json, "Amount", allocation->amount, SANDBOX_MONEY_PLACES);
  sandbox_json_day (json, "Date", allocation->day);
  sandbox_document_write_stub (allocation->invoice, json);
}

static SandboxInvoice *
find_invoice (const SandboxCall *call, yyjson_val *element, SandboxOutcome *outcome)
{
  yyjson_val *member = sandbox_json_get (element, "Invoice");
  const char *id = sandbox_json_get_text (member, "InvoiceID");
  SandboxInvoice *invoice;

  if (!sandbox_id_check (outcome, id))
    return NULL;
  if (id == NULL)
    id = sandbox_json_get_text (member, "InvoiceNumber");
  invoice = sandbox_organisation_document (call->organisation, SANDBOX_LIST_INVOICES, id);
  if (invoice == NULL)
    sandbox_outcome_refuse (outcome, "The document with the supplied id was not found for this endpoint.");
  return invoice;
}

static void
check (const SandboxCall *call,
       const SandboxInvoice *credit,
       const SandboxInvoice *invoice,
       gint64 amount,
       int day,
       SandboxOutcome *outcome)
{
  const char *what = credit->kind == SANDBOX_LIST_CREDIT_NOTES  ? "Credit Note"
                     : credit->kind == SANDBOX_LIST_PREPAYMENTS ? "Prepayment"
                                                                : "Overpayment";

  if (invoice->status == SANDBOX_STATUS_PAID)
    sandbox_outcome_refuse (outcome, "%s cannot be allocated as the document has already been paid off",
                            what);
  else if (invoice->status != SANDBOX_STATUS_AUTHORISED || credit->status != SANDBOX_STATUS_AUTHORISED
           || credit->contact != invoice->contact || credit->bill != invoice->bill
           || credit->currency != invoice->currency)
    sandbox_outcome_refuse (outcome, "%s cannot be allocated to this document", what);
  else if (amount <= 0)
    sandbox_outcome_refuse (outcome, "%s cannot be allocated as amount must be greater than zero", what);
  else if (amount > sandbox_invoice_due (invoice))
    sandbox_outcome_refuse (outcome, "%s cannot be allocated as amount is greater than amount outstanding",
                            what);
  else if (amount > sandbox_invoice_due (credit))
    sandbox_outcome_refuse (outcome, "%s cannot be allocated as amount is greater than the remaining credit",
                            what);
  if (sandbox_organisation_is_locked (call->organisation, day))
    sandbox_outcome_refuse (outcome, "The document date cannot be before the period lock date.");
}

static void
apply_allocation (const SandboxCall *call, yyjson_val *element, SandboxOutcome *outcome)
{
  SandboxInvoice *credit = call->target;
  SandboxInvoice *invoice = find_invoice (call, element, outcome);
  const char *date = sandbox_json_get_text (element, "Date");
  int day = sandbox_clock_today (&call->world->clock);
  gint64 amount = 0;
  SandboxAllocation *allocation;

  if (!sandbox_decimal_parse (sandbox_json_get_text (element, "Amount"), SANDBOX_MONEY_PLACES, &amount)
      || (date != NULL && !sandbox_day_parse (date, &day)))
    {
      sandbox_outcome_malformed (outcome, "The Amount or the Date could not be read.");
      return;
    }
  if (invoice != NULL)
    check (call, credit, invoice, amount, day, outcome);
  if (outcome->result != SANDBOX_WRITE_OK)
    return;
  allocation = sandbox_allocation_new (NULL);
  sandbox_id_random (allocation->id);
  allocation->credit = credit;
  allocation->invoice = invoice;
  allocation->amount = amount;
  allocation->day = day;
  allocation->updated_ms = sandbox_call_now_ms (call);
  sandbox_settlement_add_allocation (call->organisation, allocation);
  sandbox_settlement_settle (credit, day);
  sandbox_settlement_settle (invoice, day);
  sandbox_settlement_stamp (call->organisation, credit, sandbox_call_now_ms (call));
  sandbox_settlement_stamp (call->organisation, invoice, sandbox_call_now_ms (call));
  outcome->record = allocation;
}

/* Answers the bare allocation, with IsDeleted. */
static void
remove_allocation (const SandboxCall *call, SandboxInvoice *credit)
{
  SandboxAllocation *allocation
      = sandbox_organisation_record (call->organisation, SANDBOX_LIST_ALLOCATIONS, call->part);
  g_auto (SandboxJson) json = { NULL };

  if (allocation == NULL || allocation->credit != credit || allocation->deleted)
    {
      sandbox_reply_not_found (call->reply);
      return;
    }
  allocation->updated_ms = sandbox_call_now_ms (call);
  sandbox_settlement_remove_allocation (call->organisation, allocation);
  sandbox_settlement_reopen (credit);
  sandbox_settlement_reopen (allocation->invoice);
  sandbox_settlement_stamp (call->organisation, credit, allocation->updated_ms);
  sandbox_settlement_stamp (call->organisation, allocation->invoice, allocation->updated_ms);
  sandbox_json_init (&json);
  sandbox_json_open (&json, NULL, '{');
  write_members (call, allocation, &json);
  sandbox_json_bool (&json, "IsDeleted", TRUE);
  sandbox_json_close (&json, '}');
  sandbox_reply_json (call->reply, SOUP_STATUS_OK, &json);
  call->reply->changed = TRUE;
}

void
sandbox_allocations_serve (const SandboxCall *call, SandboxInvoice *credit)
{
  SandboxCall about = *call;

  about.target = credit;
  if (sandbox_request_is (call->request, "PUT") && call->part == NULL)
    sandbox_write_elements (&about, "Allocations", apply_allocation, write_members);
  else if (sandbox_request_is (call->request, "DELETE") && call->part != NULL)
    remove_allocation (call, credit);
  else
    sandbox_reply_not_implemented (call->reply);
}
