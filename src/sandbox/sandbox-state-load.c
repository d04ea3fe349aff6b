/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-state.h"

#include "sandbox-identity.h"
#include "sandbox-json.h"
#include "sandbox-notes.h"
#include "sandbox-replays.h"
#include "sandbox-rounding.h"
#include "sandbox-settlement.h"

#include <string.h>

/* Each element is put in the place of the record of its id, or added: a line of version 2 and the whole
 * document of version 1 are read alike. */

static char *
dup_text (yyjson_val *object, const char *name)
{
  return g_strdup (sandbox_json_get_text (object, name));
}

static const char *
intern (yyjson_val *object, const char *name)
{
  return g_intern_string (sandbox_json_get_text (object, name));
}

static gint64
number (yyjson_val *object, const char *name)
{
  return sandbox_json_get_integer (object, name, 0);
}

static int
day (yyjson_val *object, const char *name)
{
  return (int)sandbox_json_get_integer (object, name, SANDBOX_NO_DAY);
}

static SandboxList
kind (yyjson_val *object)
{
  return (SandboxList)CLAMP (sandbox_json_get_integer (object, "kind", SANDBOX_LIST_INVOICES),
                             SANDBOX_LIST_INVOICES, SANDBOX_LIST_OVERPAYMENTS);
}

static void
load_texts (yyjson_val *object, const SandboxTextRule *rules, char **texts, guint n)
{
  for (guint i = 0; i < n; i++)
    texts[i] = dup_text (object, rules[i].name);
}

static gboolean
load_contact (SandboxOrganisation *organisation, yyjson_val *element)
{
  g_autoptr (SandboxContact) contact = sandbox_contact_new (sandbox_json_get_text (element, "id"));
  SandboxContact *existing = sandbox_organisation_contact (organisation, contact->id);
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
  contact->created_by = intern (element, "created_by");
  contact->archived = sandbox_json_get_bool (element, "archived");
  contact->customer = sandbox_json_get_bool (element, "customer");
  contact->updated_ms = number (element, "updated");
  if (existing == NULL)
    sandbox_organisation_add_contact (organisation, g_steal_pointer (&contact));
  else
    {
      sandbox_contact_swap (existing, contact);
      sandbox_organisation_touch (organisation, SANDBOX_LIST_CONTACTS, existing);
    }
  return TRUE;
}

static void
load_line (SandboxInvoice *invoice, yyjson_val *element)
{
  SandboxLine *line = sandbox_line_new (sandbox_json_get_text (element, "id"));

  sandbox_line_describe (line, sandbox_json_get_text (element, "description"));
  line->item_code = intern (element, "item");
  line->account_code = intern (element, "account");
  line->tax_type = intern (element, "tax_type");
  line->tracking = intern (element, "tracking");
  line->quantity = number (element, "quantity");
  line->unit_amount = number (element, "unit_amount");
  line->discount_rate = number (element, "discount_rate");
  line->discount_amount = number (element, "discount_amount");
  line->amount = number (element, "amount");
  line->tax_amount = number (element, "tax");
  g_ptr_array_add (invoice->lines, line);
}

/* Version 1 had no credit documents, only what an invoice was credited. */
static void
load_old_credit (SandboxOrganisation *organisation, SandboxInvoice *invoice, yyjson_val *element)
{
  SandboxInvoice *document = sandbox_invoice_new (sandbox_json_get_text (element, "id"));
  SandboxAllocation *allocation = sandbox_allocation_new (sandbox_json_get_text (element, "id"));

  document->kind = SANDBOX_LIST_CREDIT_NOTES;
  document->number = dup_text (element, "number");
  document->contact = invoice->contact;
  document->theme_id = invoice->theme_id;
  document->currency = invoice->currency;
  document->currency_rate = invoice->currency_rate;
  document->status = SANDBOX_STATUS_AUTHORISED;
  document->day = allocation->day = day (element, "day");
  document->updated_ms = invoice->updated_ms;
  document->sub_total = document->total = number (element, "applied");
  sandbox_organisation_add_invoice (organisation, document);
  allocation->credit = document;
  allocation->invoice = invoice;
  allocation->amount = document->total;
  sandbox_settlement_add_allocation (organisation, allocation);
  sandbox_settlement_settle (document, document->day);
}

/* The new contents take over what is paid and allocated, which have records of their own. */
static void
replace_document (SandboxOrganisation *organisation, SandboxInvoice *existing, SandboxInvoice *loaded)
{
  gboolean renumbered = g_strcmp0 (existing->number, loaded->number) != 0;
  GPtrArray *payments = loaded->payments;
  GPtrArray *allocations = loaded->allocations;

  loaded->payments = existing->payments;
  loaded->allocations = existing->allocations;
  loaded->paid = existing->paid;
  loaded->credited = existing->credited;
  existing->payments = payments;
  existing->allocations = allocations;
  sandbox_invoice_swap (existing, loaded);
  sandbox_organisation_touch (organisation, existing->kind, existing);
  if (renumbered)
    sandbox_organisation_renumbered (organisation);
}

static void
load_members (SandboxInvoice *invoice, yyjson_val *element)
{
  size_t i, n;
  yyjson_val *part;

  invoice->kind = kind (element);
  invoice->number = dup_text (element, "number");
  invoice->reference = dup_text (element, "reference");
  invoice->url = dup_text (element, "url");
  invoice->theme_id = intern (element, "theme");
  invoice->currency = intern (element, "currency");
  invoice->currency_rate = intern (element, "currency_rate");
  invoice->created_by = intern (element, "created_by");
  invoice->bill = sandbox_json_get_bool (element, "bill");
  invoice->sent = sandbox_json_get_bool (element, "sent");
  invoice->amounts = (SandboxAmounts)CLAMP (number (element, "amounts"), 0, SANDBOX_AMOUNTS_NO_TAX);
  invoice->status = (SandboxStatus)CLAMP (number (element, "status"), 0, SANDBOX_STATUSES - 1);
  invoice->day = day (element, "day");
  invoice->due_day = day (element, "due_day");
  invoice->paid_day = day (element, "paid_day");
  invoice->updated_ms = number (element, "updated");
  yyjson_arr_foreach (sandbox_json_get (element, "lines"), i, n, part) load_line (invoice, part);
  sandbox_invoice_sum (invoice);
}

static gboolean
load_document (SandboxOrganisation *organisation, yyjson_val *element)
{
  g_autoptr (SandboxInvoice) loaded = sandbox_invoice_new (sandbox_json_get_text (element, "id"));
  SandboxInvoice *existing, *invoice;
  size_t i, n;
  yyjson_val *part;

  load_members (loaded, element);
  loaded->contact = sandbox_organisation_contact (organisation, sandbox_json_get_text (element, "contact"));
  if (loaded->contact == NULL)
    return FALSE;
  existing = sandbox_organisation_record (organisation, loaded->kind, loaded->id);
  if (existing != NULL)
    {
      replace_document (organisation, existing, loaded);
      return TRUE;
    }
  invoice = g_steal_pointer (&loaded);
  sandbox_organisation_add_invoice (organisation, invoice);
  yyjson_arr_foreach (sandbox_json_get (element, "credits"), i, n, part)
      load_old_credit (organisation, invoice, part);
  return TRUE;
}

static gboolean
load_payment (SandboxOrganisation *organisation, yyjson_val *element)
{
  SandboxInvoice *document = sandbox_organisation_record (organisation, kind (element),
                                                          sandbox_json_get_text (element, "invoice"));
  SandboxPayment *payment = sandbox_organisation_record (organisation, SANDBOX_LIST_PAYMENTS,
                                                         sandbox_json_get_text (element, "id"));
  gboolean deleted = sandbox_json_get_bool (element, "deleted");

  if (document == NULL)
    return FALSE;
  if (payment != NULL) /* all that ever happens to one */
    {
      payment->updated_ms = number (element, "updated");
      if (deleted && !payment->deleted)
        sandbox_settlement_remove_payment (organisation, payment, TRUE);
      return TRUE;
    }
  payment = sandbox_payment_new (sandbox_json_get_text (element, "id"));
  payment->reference = dup_text (element, "reference");
  payment->account_code = intern (element, "account");
  payment->invoice = document;
  payment->day = day (element, "day");
  payment->amount = number (element, "amount");
  payment->deleted = deleted;
  payment->reconciled = sandbox_json_get_bool (element, "reconciled");
  payment->updated_ms = number (element, "updated");
  sandbox_settlement_add_payment (organisation, payment);
  return TRUE;
}

static gboolean
load_allocation (SandboxOrganisation *organisation, yyjson_val *element)
{
  SandboxInvoice *credit
      = sandbox_organisation_record (organisation, kind (element), sandbox_json_get_text (element, "credit"));
  SandboxInvoice *invoice
      = sandbox_organisation_invoice (organisation, sandbox_json_get_text (element, "invoice"));
  SandboxAllocation *allocation = sandbox_organisation_record (organisation, SANDBOX_LIST_ALLOCATIONS,
                                                               sandbox_json_get_text (element, "id"));
  gboolean deleted = sandbox_json_get_bool (element, "deleted");

  if (credit == NULL || invoice == NULL)
    return FALSE;
  if (allocation != NULL)
    {
      if (deleted && !allocation->deleted)
        sandbox_settlement_remove_allocation (organisation, allocation);
      return TRUE;
    }
  allocation = sandbox_allocation_new (sandbox_json_get_text (element, "id"));
  allocation->credit = credit;
  allocation->invoice = invoice;
  allocation->day = day (element, "day");
  allocation->amount = number (element, "amount");
  allocation->deleted = deleted;
  sandbox_settlement_add_allocation (organisation, allocation);
  return TRUE;
}

static gboolean
load_note (SandboxOrganisation *organisation, yyjson_val *element)
{
  sandbox_notes_add (organisation, sandbox_json_get_text (element, "of"),
                     sandbox_json_get_text (element, "details"), number (element, "at"));
  return TRUE;
}

/* In the order in which they point at each other. */
static const struct
{
  const char *member;
  gboolean (*load) (SandboxOrganisation *organisation, yyjson_val *element);
} lists[] = {
  { "contacts", load_contact },       { "invoices", load_document },
  { "credit_notes", load_document },  { "prepayments", load_document },
  { "overpayments", load_document },  { "payments", load_payment },
  { "allocations", load_allocation }, { "notes", load_note },
};

/* Each line says all of it. */
static void
load_gone (SandboxOrganisation *organisation, yyjson_val *element)
{
  g_autofree char **before = (char **)g_hash_table_get_keys_as_array (organisation->gone, NULL);
  yyjson_val *list = sandbox_json_get (element, "gone");
  g_auto (GStrv) keys = g_strdupv (before);
  size_t i, n;
  yyjson_val *key;

  for (guint j = 0; keys[j] != NULL; j++)
    sandbox_organisation_set_gone (organisation, keys[j], FALSE);
  yyjson_arr_foreach (list, i, n, key)
      sandbox_organisation_set_gone (organisation, yyjson_get_str (key), TRUE);
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
  organisation->year_end_day = day (element, "year_end_day");
  organisation->denied = (guint)number (element, "denied");
  organisation->next_number = (guint)number (element, "next_number");
  load_gone (organisation, element);
  organisation->next_credit = (guint)sandbox_json_get_integer (element, "next_credit", 1);
  for (guint j = 0; j < G_N_ELEMENTS (lists); j++)
    yyjson_arr_foreach (sandbox_json_get (element, lists[j].member), i, n,
                        record) if (!lists[j].load (organisation, record)) return FALSE;
  return TRUE;
}

/* "whole" takes the place of all that was; otherwise the tokens are added to it. */
static void
load_identity (SandboxIdentity *identity, yyjson_val *root, gboolean whole)
{
  size_t i, n;
  yyjson_val *element;

  if (whole)
    {
      g_hash_table_remove_all (identity->grants);
      g_hash_table_remove_all (identity->tokens);
      g_ptr_array_set_size (identity->connections, 0);
    }
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

static gboolean
load_changes (SandboxWorld *world, yyjson_val *root, gboolean whole)
{
  size_t i, n;
  yyjson_val *element;

  world->clock.offset_ms = number (root, "clock_offset");
  world->writes = (guint)number (root, "writes");
  load_identity (world->identity, root, whole || sandbox_json_get (root, "identity") != NULL);
  sandbox_replays_load (world->replays, sandbox_json_get (root, "replays"));
  yyjson_arr_foreach (sandbox_json_get (root, "organisations"), i, n,
                      element) if (!load_organisation (world, element)) return FALSE;
  yyjson_arr_foreach (sandbox_json_get (root, "practices"), i, n,
                      element) if (!sandbox_state_load_practice (world, element)) return FALSE;
  return TRUE;
}

/* What the practice grows from; version 1 held all of it, so it grows from nothing. */
static SandboxWorld *
load_head (yyjson_val *root, GError **error)
{
  gint64 version = number (root, "countersign_sandbox");
  const char *profile = version == 1 ? "empty" : sandbox_json_get_text (root, "profile");
  g_autoptr (SandboxWorld) world = NULL;

  if (profile == NULL || version < 1 || version > SANDBOX_STATE_VERSION)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "It is not a state file of this version");
      return NULL;
    }
  world = sandbox_world_new (profile, sandbox_json_get_text (root, "practice"), (guint)number (root, "seed"));
  world->today = (int)number (root, "today");
  if (!sandbox_world_fill (world, error))
    return NULL;
  if (version == 1 && !load_changes (world, root, TRUE))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "A record points at one that is not there");
      return NULL;
    }
  return g_steal_pointer (&world);
}

/* Each line but a last one that the power cord cut. */
static gboolean
load_lines (SandboxWorld *world, char *text, GError **error)
{
  for (char *end; (end = strchr (text, '\n')) != NULL; text = end + 1)
    {
      g_autoptr (yyjson_doc) document = sandbox_json_read (text, (gsize)(end - text));

      if (document != NULL && load_changes (world, yyjson_doc_get_root (document), FALSE))
        continue;
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "A line of it could not be read");
      return FALSE;
    }
  return TRUE;
}

SandboxWorld *
sandbox_state_load (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize length, head;
  g_autoptr (yyjson_doc) document = NULL;
  g_autoptr (SandboxWorld) world = NULL;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  head = strcspn (text, "\n");
  document = sandbox_json_read (text, head);
  world = load_head (document != NULL ? yyjson_doc_get_root (document) : NULL, error);
  if (world == NULL || (head < length && !load_lines (world, text + head + 1, error)))
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  return g_steal_pointer (&world);
}
