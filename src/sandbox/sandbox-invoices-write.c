/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-invoices.h"

#include "sandbox-contacts.h"

static void
write_members (const SandboxCall *call, gconstpointer invoice, SandboxJson *json)
{
  sandbox_invoice_write (call, invoice, SANDBOX_INVOICE_FULL, json);
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
  return sandbox_contact_save (call, contact, element, outcome);
}

static void
save (const SandboxCall *call, SandboxInvoice *draft, SandboxInvoice *existing, SandboxOutcome *outcome)
{
  SandboxOrganisation *organisation = call->organisation;
  gboolean renumbered;

  draft->updated_ms = sandbox_call_now_ms (call);
  sandbox_organisation_settle (
      draft, draft->day); /* nothing to pay: PAID at once (xero-accounting 9.4, unconfirmed) */
  outcome->free_record = NULL;
  outcome->record = existing != NULL ? existing : draft;
  if (existing == NULL)
    {
      draft->created_by = g_strdup (call->client_id);
      if (draft->number == NULL && !draft->bill)
        draft->number = sandbox_organisation_take_number (organisation);
      sandbox_organisation_add_invoice (organisation, draft);
      return;
    }
  renumbered = g_strcmp0 (draft->number, existing->number) != 0;
  sandbox_invoice_swap (existing, draft);
  g_hash_table_replace (organisation->invoices_by_id, existing->id, existing);
  if (renumbered)
    sandbox_organisation_renumbered (organisation);
  organisation->generation++;
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
  sandbox_invoice_read (call, draft, element, outcome);
  if (existing == NULL && sandbox_json_get (element, "Type") == NULL)
    sandbox_outcome_refuse (outcome, "Invoice not of valid type for creation");
  if (existing == NULL || contact_element != NULL)
    draft->contact = find_contact (call, contact_element, outcome);
  sandbox_invoice_check (call, draft, existing, outcome);
  if (outcome->result == SANDBOX_WRITE_OK && contact_element != NULL)
    draft->contact = save_contact (call, draft->contact, contact_element, outcome);
  if (outcome->result == SANDBOX_WRITE_OK)
    save (call, draft, existing, outcome);
  else if (existing == NULL)
    g_set_str (&draft->id, SANDBOX_ID_ZERO);
}

static SandboxInvoice *
find_existing (const SandboxCall *call, yyjson_val *element, SandboxOutcome *outcome)
{
  const char *id = sandbox_json_get_text (element, "InvoiceID");
  const char *number = sandbox_json_get_text (element, "InvoiceNumber");
  gboolean is_bill = g_strcmp0 (sandbox_json_get_text (element, "Type"), "ACCPAY") == 0;
  SandboxInvoice *existing = NULL;

  if (id == NULL && call->element != NULL && g_uuid_string_is_valid (call->element))
    id = call->element;
  else if (id == NULL && call->element != NULL)
    number = call->element;
  if (!sandbox_id_check (outcome, id))
    return NULL;
  if (id != NULL)
    existing = sandbox_organisation_invoice (call->organisation, id);
  else if (!is_bill && number != NULL)
    existing = sandbox_organisation_invoice_by_number (call->organisation, number);
  if (existing == NULL && (id != NULL || call->element != NULL))
    sandbox_outcome_refuse (outcome, "The document with the supplied id was not found for this endpoint.");
  return existing;
}

/* PUT only creates: a number that is taken is an error. POST overwrites the invoice of that number, with
 * nothing said (xero-accounting 4, pyxero issue 328). */
static void
apply_invoice (const SandboxCall *call, yyjson_val *element, SandboxOutcome *outcome)
{
  gboolean create_only = sandbox_request_is (call->request, "PUT");
  SandboxInvoice *existing = NULL;

  if (create_only && sandbox_json_get (element, "InvoiceID") != NULL)
    sandbox_outcome_refuse (outcome, "InvoiceID cannot be specified when an invoice is created.");
  else if (!create_only)
    existing = find_existing (call, element, outcome);
  if (outcome->result != SANDBOX_WRITE_OK)
    return;
  if (existing != NULL)
    apply_draft (call, sandbox_invoice_copy (existing), existing, element, outcome);
  else
    {
      g_autofree char *id = g_uuid_string_random ();

      apply_draft (call, sandbox_invoice_new (id), NULL, element, outcome);
    }
}

void
sandbox_invoices_write (const SandboxCall *call)
{
  if (call->action != NULL || (call->element != NULL && sandbox_request_is (call->request, "PUT")))
    sandbox_reply_not_found (call->reply);
  else
    sandbox_write_elements (call, "Invoices", apply_invoice, write_members);
}
