/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-documents.h"

#include "sandbox-contacts.h"
#include "sandbox-identity.h"
#include "sandbox-settlement.h"

static void
write_members (const SandboxCall *call, gconstpointer record, SandboxJson *json)
{
  const SandboxInvoice *document = record;

  if (document->kind == SANDBOX_LIST_INVOICES)
    sandbox_document_write (call, document, SANDBOX_DETAIL_SINGLE, json);
  else
    sandbox_credit_write (call, document, SANDBOX_DETAIL_SINGLE, json);
}

/* Which contact is meant. NULL without an error: one of this name is to be made. */
static SandboxContact *
find_contact (const SandboxCall *call, yyjson_val *element, SandboxOutcome *outcome)
{
  const char *id = sandbox_json_get_text (element, "ContactID");
  const char *number = sandbox_json_get_text (element, "ContactNumber");
  const char *name = sandbox_json_get_text (element, "Name");
  SandboxContact *contact = NULL;

  if (!sandbox_id_check (outcome, id))
    return NULL;
  if (id != NULL)
    contact = sandbox_organisation_contact (call->organisation, id);
  else if (number != NULL)
    contact
        = sandbox_organisation_contact_by_text (call->organisation, SANDBOX_CONTACT_NUMBER, number, FALSE);
  if (contact == NULL && id == NULL && name != NULL)
    contact = sandbox_organisation_contact_by_text (call->organisation, SANDBOX_CONTACT_NAME, name, TRUE);
  if (contact == NULL && (id != NULL || name == NULL))
    sandbox_outcome_refuse (outcome, "A Contact must be specified for this type of transaction.");
  if (contact != NULL && contact->archived)
    sandbox_outcome_refuse (outcome, "Unable to assign an Archived contact.");
  return contact;
}

/* The trap that a client must not step into: any member beside ContactID makes or changes a contact
 * (xero-accounting 8.4). */
static SandboxContact *
save_contact (const SandboxCall *call, SandboxContact *contact, yyjson_val *element, SandboxOutcome *outcome)
{
  if (contact != NULL && yyjson_obj_size (element) < 2)
    return contact;
  if (!sandbox_scopes_have (call->scopes, "accounting.contacts")
      && !sandbox_call_assumes (call, SANDBOX_ASSUME_CONTACT_BY_INVOICE))
    {
      sandbox_outcome_refuse (outcome, "A Contact must be specified for this type of transaction.");
      return NULL;
    }
  return sandbox_contact_save (call, contact, element, outcome);
}

static char *
take_number (SandboxOrganisation *organisation, SandboxList kind)
{
  return kind == SANDBOX_LIST_INVOICES ? sandbox_organisation_take_number (organisation)
                                       : sandbox_organisation_take_credit_number (organisation);
}

/* Nothing to pay: PAID at once (xero-accounting 16.14). An account or a due date of what is paid in part
 * moves without UpdatedDateUTC (5.4). */
static void
stamp (const SandboxCall *call, SandboxInvoice *draft, const SandboxInvoice *existing)
{
  draft->updated_ms = sandbox_call_now_ms (call);
  if (existing != NULL && sandbox_document_is_blind_change (draft, existing))
    draft->updated_ms = existing->updated_ms;
  if (draft->total != 0 || sandbox_call_assumes (call, SANDBOX_ASSUME_ZERO_TOTAL_IS_PAID))
    sandbox_settlement_settle (draft, draft->day);
}

static void
save (const SandboxCall *call, SandboxInvoice *draft, SandboxInvoice *existing, SandboxOutcome *outcome)
{
  SandboxOrganisation *organisation = call->organisation;
  gboolean renumbered;

  stamp (call, draft, existing);
  outcome->free_record = NULL;
  outcome->record = existing != NULL ? existing : draft;
  if (existing == NULL)
    {
      sandbox_set_name (&draft->created_by, call->client_id);
      if (draft->number == NULL && !draft->bill)
        draft->number = take_number (organisation, draft->kind);
      sandbox_organisation_add_invoice (organisation, draft);
      return;
    }
  renumbered = g_strcmp0 (draft->number, existing->number) != 0;
  sandbox_invoice_swap (existing, draft);
  sandbox_organisation_touch (organisation, existing->kind, existing);
  if (renumbered)
    sandbox_organisation_renumbered (organisation);
  sandbox_invoice_free (draft);
}

static void
apply_draft (const SandboxCall *call,
             SandboxInvoice *draft,
             SandboxInvoice *existing,
             yyjson_val *element,
             SandboxOutcome *outcome)
{
  yyjson_val *contact_element = sandbox_json_get (element, "Contact");

  outcome->record = draft;
  outcome->free_record = (GDestroyNotify)sandbox_invoice_free;
  sandbox_document_read (call, draft, element, outcome);
  if (existing == NULL && sandbox_json_get (element, "Type") == NULL)
    sandbox_outcome_refuse (outcome, "%s not of valid type for creation",
                            draft->kind == SANDBOX_LIST_INVOICES ? "Invoice" : "Credit note");
  if (existing == NULL || contact_element != NULL)
    draft->contact = find_contact (call, contact_element, outcome);
  sandbox_document_check (call, draft, existing, outcome);
  if (outcome->result == SANDBOX_WRITE_OK && call->rehearsal)
    return;
  if (outcome->result == SANDBOX_WRITE_OK && contact_element != NULL)
    draft->contact = save_contact (call, draft->contact, contact_element, outcome);
  if (outcome->result == SANDBOX_WRITE_OK)
    save (call, draft, existing, outcome);
  else if (existing == NULL)
    sandbox_id_copy (draft->id, SANDBOX_ID_ZERO);
}

static SandboxInvoice *
find_existing (const SandboxCall *call, SandboxList kind, yyjson_val *element, SandboxOutcome *outcome)
{
  const SandboxDocumentNames *names = &sandbox_document_names[kind];
  const char *id = sandbox_json_get_text (element, names->id);
  const char *number = sandbox_json_get_text (element, names->number);
  gboolean is_bill = g_strcmp0 (sandbox_json_get_text (element, "Type"), names->types[1]) == 0;
  SandboxInvoice *existing = NULL;

  if (id == NULL && call->element != NULL && g_uuid_string_is_valid (call->element))
    id = call->element;
  else if (id == NULL && call->element != NULL)
    number = call->element;
  if (!sandbox_id_check (outcome, id))
    return NULL;
  if (id != NULL)
    existing = sandbox_organisation_record (call->organisation, kind, id);
  else if (!is_bill && number != NULL)
    existing = sandbox_organisation_document (call->organisation, kind, number);
  if (id == NULL && call->element == NULL && existing != NULL && existing->status >= SANDBOX_STATUS_VOIDED
      && !sandbox_call_assumes (call, SANDBOX_ASSUME_DEAD_NUMBERS_TAKEN))
    existing = NULL; /* its number is free */
  if (existing == NULL && (id != NULL || call->element != NULL))
    sandbox_outcome_refuse (outcome, "The document with the supplied id was not found for this endpoint.");
  return existing;
}

/* PUT only creates: a number that is taken is an error. POST overwrites the invoice of that number, with
 * nothing said (xero-accounting 4, pyxero issue 328). */
static void
apply_document (const SandboxCall *call, SandboxList kind, yyjson_val *element, SandboxOutcome *outcome)
{
  const SandboxDocumentNames *names = &sandbox_document_names[kind];
  gboolean create_only = sandbox_request_is (call->request, "PUT");
  SandboxInvoice *existing = NULL;
  SandboxInvoice *draft;

  if (create_only && sandbox_json_get (element, names->id) != NULL)
    sandbox_outcome_refuse (outcome, "%s cannot be specified when a document is created.", names->id);
  else if (!create_only)
    existing = find_existing (call, kind, element, outcome);
  if (outcome->result != SANDBOX_WRITE_OK)
    return;
  if (existing != NULL)
    draft = sandbox_invoice_copy (existing);
  else
    {
      g_autofree char *id = g_uuid_string_random ();

      draft = sandbox_invoice_new (id);
      draft->kind = kind;
    }
  apply_draft (call, draft, existing, element, outcome);
}

static void
apply_invoice (const SandboxCall *call, yyjson_val *element, SandboxOutcome *outcome)
{
  apply_document (call, SANDBOX_LIST_INVOICES, element, outcome);
}

static void
apply_credit_note (const SandboxCall *call, yyjson_val *element, SandboxOutcome *outcome)
{
  apply_document (call, SANDBOX_LIST_CREDIT_NOTES, element, outcome);
}

void
sandbox_documents_write (const SandboxCall *call, SandboxList kind)
{
  sandbox_write_elements (call, sandbox_document_names[kind].plural,
                          kind == SANDBOX_LIST_INVOICES ? apply_invoice : apply_credit_note, write_members);
}
