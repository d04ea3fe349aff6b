/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-state.h"

#include "sandbox-identity.h"
#include "sandbox-json.h"

#define VERSION 1

static char *
dup_text (yyjson_val *object, const char *name)
{
  return g_strdup (sandbox_json_get_text (object, name));
}

static gint64
number (yyjson_val *object, const char *name)
{
  return sandbox_json_get_integer (object, name, 0);
}

static int
day (yyjson_val *object, const char *name)
{
  return (int)number (object, name);
}

static void
load_texts (yyjson_val *object, const SandboxTextRule *rules, char **texts, guint n)
{
  for (guint i = 0; i < n; i++)
    texts[i] = dup_text (object, rules[i].name);
}

static void
load_contact (SandboxOrganisation *organisation, yyjson_val *element)
{
  SandboxContact *contact = sandbox_contact_new (sandbox_json_get_text (element, "id"));
  yyjson_val *addresses = sandbox_json_get (element, "addresses");
  yyjson_val *phones = sandbox_json_get (element, "phones");
  size_t i, n;
  yyjson_val *person;

  load_texts (element, sandbox_contact_texts, contact->text, SANDBOX_CONTACT_TEXTS);
  for (guint j = 0; j < SANDBOX_ADDRESSES; j++)
    load_texts (yyjson_arr_get (addresses, j), sandbox_address_texts, contact->address[j],
                SANDBOX_ADDRESS_TEXTS);
  for (guint j = 0; j < SANDBOX_PHONES; j++)
    load_texts (yyjson_arr_get (phones, j), sandbox_phone_texts, contact->phone[j], SANDBOX_PHONE_TEXTS);
  yyjson_arr_foreach (sandbox_json_get (element, "persons"), i, n, person) g_ptr_array_add (
      contact->persons, sandbox_person_new (sandbox_json_get_text (person, "first_name"),
                                            sandbox_json_get_text (person, "last_name"),
                                            sandbox_json_get_text (person, "email"),
                                            sandbox_json_get_bool (person, "include_in_emails")));
  contact->merged_to = dup_text (element, "merged_to");
  contact->created_by = dup_text (element, "created_by");
  contact->archived = sandbox_json_get_bool (element, "archived");
  contact->customer = sandbox_json_get_bool (element, "customer");
  contact->updated_ms = number (element, "updated");
  sandbox_organisation_add_contact (organisation, contact);
}

static void
load_line (SandboxInvoice *invoice, yyjson_val *element)
{
  SandboxLine *line = sandbox_line_new (sandbox_json_get_text (element, "id"));

  line->description = dup_text (element, "description");
  line->item_code = dup_text (element, "item");
  line->account_code = dup_text (element, "account");
  line->tax_type = dup_text (element, "tax_type");
  line->tracking = dup_text (element, "tracking");
  line->quantity = number (element, "quantity");
  line->unit_amount = number (element, "unit_amount");
  line->discount_rate = number (element, "discount_rate");
  line->discount_amount = number (element, "discount_amount");
  line->amount = number (element, "amount");
  line->tax_amount = number (element, "tax");
  invoice->total_tax += line->tax_amount;
  invoice->sub_total += line->amount;
  g_ptr_array_add (invoice->lines, line);
}

static void
load_parts (SandboxInvoice *invoice, yyjson_val *element)
{
  size_t i, n;
  yyjson_val *part;

  yyjson_arr_foreach (sandbox_json_get (element, "lines"), i, n, part) load_line (invoice, part);
  if (invoice->amounts == SANDBOX_AMOUNTS_INCLUSIVE)
    invoice->sub_total -= invoice->total_tax;
  invoice->total = invoice->sub_total + invoice->total_tax;
  yyjson_arr_foreach (sandbox_json_get (element, "credits"), i, n, part)
  {
    SandboxCredit *credit
        = sandbox_credit_new (sandbox_json_get_text (part, "id"), sandbox_json_get_text (part, "number"),
                              day (part, "day"), number (part, "applied"));

    invoice->credited += credit->applied;
    g_ptr_array_add (invoice->credits, credit);
  }
}

static gboolean
load_invoice (SandboxOrganisation *organisation, yyjson_val *element)
{
  g_autoptr (SandboxInvoice) invoice = sandbox_invoice_new (sandbox_json_get_text (element, "id"));
  gboolean customer;

  invoice->contact = sandbox_organisation_contact (organisation, sandbox_json_get_text (element, "contact"));
  if (invoice->contact == NULL)
    return FALSE;
  invoice->number = dup_text (element, "number");
  invoice->reference = dup_text (element, "reference");
  invoice->url = dup_text (element, "url");
  invoice->theme_id = dup_text (element, "theme");
  invoice->currency = dup_text (element, "currency");
  invoice->currency_rate = dup_text (element, "currency_rate");
  invoice->created_by = dup_text (element, "created_by");
  invoice->bill = sandbox_json_get_bool (element, "bill");
  invoice->sent = sandbox_json_get_bool (element, "sent");
  invoice->amounts = (SandboxAmounts)CLAMP (number (element, "amounts"), 0, SANDBOX_AMOUNTS_NO_TAX);
  invoice->status = (SandboxStatus)CLAMP (number (element, "status"), 0, SANDBOX_STATUSES - 1);
  invoice->day = day (element, "day");
  invoice->due_day = day (element, "due_day");
  invoice->paid_day = day (element, "paid_day");
  invoice->updated_ms = number (element, "updated");
  load_parts (invoice, element);
  customer = invoice->contact->customer;
  sandbox_organisation_add_invoice (organisation, invoice);
  invoice->contact->customer |= customer;
  g_steal_pointer (&invoice);
  return TRUE;
}

static gboolean
load_payment (SandboxOrganisation *organisation, yyjson_val *element)
{
  SandboxInvoice *invoice
      = sandbox_organisation_invoice (organisation, sandbox_json_get_text (element, "invoice"));
  SandboxPayment *payment;

  if (invoice == NULL)
    return FALSE;
  payment = sandbox_payment_new (sandbox_json_get_text (element, "id"));
  payment->reference = dup_text (element, "reference");
  payment->account_code = dup_text (element, "account");
  payment->invoice = invoice;
  payment->day = day (element, "day");
  payment->amount = number (element, "amount");
  payment->deleted = sandbox_json_get_bool (element, "deleted");
  payment->reconciled = sandbox_json_get_bool (element, "reconciled");
  payment->updated_ms = number (element, "updated");
  sandbox_organisation_add_payment (organisation, payment);
  return TRUE;
}

static gboolean
load_organisation (SandboxWorld *world, yyjson_val *element)
{
  SandboxOrganisation *organisation
      = sandbox_world_organisation (world, sandbox_json_get_text (element, "id"));
  size_t i, n;
  yyjson_val *record;

  if (organisation == NULL)
    return FALSE;
  organisation->lock_day = day (element, "lock_day");
  organisation->next_number = (guint)number (element, "next_number");
  yyjson_arr_foreach (sandbox_json_get (element, "contacts"), i, n, record)
      load_contact (organisation, record);
  yyjson_arr_foreach (sandbox_json_get (element, "invoices"), i, n,
                      record) if (!load_invoice (organisation, record)) return FALSE;
  yyjson_arr_foreach (sandbox_json_get (element, "payments"), i, n,
                      record) if (!load_payment (organisation, record)) return FALSE;
  return TRUE;
}

static void
load_identity (SandboxIdentity *identity, yyjson_val *root)
{
  size_t i, n;
  yyjson_val *element;

  yyjson_arr_foreach (sandbox_json_get (root, "grants"), i, n, element) sandbox_identity_add_grant (
      identity, sandbox_json_get_text (element, "client"), sandbox_json_get_text (element, "scopes"),
      sandbox_json_get_text (element, "event"), number (element, "authorised"));
  yyjson_arr_foreach (sandbox_json_get (root, "tokens"), i, n, element)
  {
    SandboxToken *token = sandbox_identity_add_token (
        identity, sandbox_json_get_text (element, "sha256"), sandbox_json_get_text (element, "client"),
        sandbox_json_get_bool (element, "refresh"), number (element, "issued"));

    token->rotated_ms = number (element, "rotated");
  }
  yyjson_arr_foreach (sandbox_json_get (root, "connections"), i, n, element)
  {
    SandboxConnection *connection = sandbox_identity_connect (
        identity, sandbox_json_get_text (element, "client"), sandbox_json_get_text (element, "tenant"),
        sandbox_json_get_text (element, "event"), number (element, "updated"));

    g_set_str (&connection->id, sandbox_json_get_text (element, "id"));
    connection->created_ms = number (element, "created");
  }
}

SandboxWorld *
sandbox_state_load (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize length;
  g_autoptr (yyjson_doc) document = NULL;
  g_autoptr (SandboxWorld) world = NULL;
  yyjson_val *root, *element;
  size_t i, n;
  gboolean whole = TRUE;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  document = sandbox_json_read (text, length);
  root = document != NULL ? yyjson_doc_get_root (document) : NULL;
  if (number (root, "countersign_sandbox") == VERSION)
    {
      world = sandbox_world_new (sandbox_json_get_text (root, "profile"), (guint)number (root, "seed"));
      world->clock.offset_ms = number (root, "clock_offset");
      world->writes = (guint)number (root, "writes");
      load_identity (world->identity, root);
      yyjson_arr_foreach (sandbox_json_get (root, "organisations"), i, n, element) whole
          = whole && load_organisation (world, element);
    }
  if (world != NULL && whole)
    return g_steal_pointer (&world);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s is not a state file of this version", path);
  return NULL;
}
