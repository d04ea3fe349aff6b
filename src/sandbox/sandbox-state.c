/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-state.h"

#include "sandbox-identity.h"
#include "sandbox-json.h"

#define VERSION 1

static void
save_texts (SandboxJson *json, const SandboxTextRule *rules, char *const *texts, guint n)
{
  for (guint i = 0; i < n; i++)
    sandbox_json_string (json, rules[i].name, texts[i]);
}

static void
save_contact (const SandboxContact *contact, SandboxJson *json)
{
  sandbox_json_open (json, NULL, '{');
  sandbox_json_string (json, "id", contact->id);
  save_texts (json, sandbox_contact_texts, contact->text, SANDBOX_CONTACT_TEXTS);
  sandbox_json_open (json, "addresses", '[');
  for (guint i = 0; i < SANDBOX_ADDRESSES; i++)
    {
      sandbox_json_open (json, NULL, '{');
      save_texts (json, sandbox_address_texts, contact->address[i], SANDBOX_ADDRESS_TEXTS);
      sandbox_json_close (json, '}');
    }
  sandbox_json_close (json, ']');
  sandbox_json_open (json, "phones", '[');
  for (guint i = 0; i < SANDBOX_PHONES; i++)
    {
      sandbox_json_open (json, NULL, '{');
      save_texts (json, sandbox_phone_texts, contact->phone[i], SANDBOX_PHONE_TEXTS);
      sandbox_json_close (json, '}');
    }
  sandbox_json_close (json, ']');
  sandbox_json_open (json, "persons", '[');
  for (guint i = 0; i < contact->persons->len; i++)
    {
      const SandboxPerson *person = contact->persons->pdata[i];

      sandbox_json_open (json, NULL, '{');
      sandbox_json_string (json, "first_name", person->first_name);
      sandbox_json_string (json, "last_name", person->last_name);
      sandbox_json_string (json, "email", person->email);
      sandbox_json_bool (json, "include_in_emails", person->include_in_emails);
      sandbox_json_close (json, '}');
    }
  sandbox_json_close (json, ']');
  sandbox_json_string (json, "merged_to", contact->merged_to);
  sandbox_json_string (json, "created_by", contact->created_by);
  sandbox_json_bool (json, "archived", contact->archived);
  sandbox_json_bool (json, "customer", contact->customer);
  sandbox_json_integer (json, "updated", contact->updated_ms);
  sandbox_json_close (json, '}');
}

static void
save_line (const SandboxLine *line, SandboxJson *json)
{
  sandbox_json_open (json, NULL, '{');
  sandbox_json_string (json, "id", line->id);
  sandbox_json_string (json, "description", line->description);
  sandbox_json_string (json, "item", line->item_code);
  sandbox_json_string (json, "account", line->account_code);
  sandbox_json_string (json, "tax_type", line->tax_type);
  sandbox_json_string (json, "tracking", line->tracking);
  sandbox_json_integer (json, "quantity", line->quantity);
  sandbox_json_integer (json, "unit_amount", line->unit_amount);
  sandbox_json_integer (json, "discount_rate", line->discount_rate);
  sandbox_json_integer (json, "discount_amount", line->discount_amount);
  sandbox_json_integer (json, "amount", line->amount);
  sandbox_json_integer (json, "tax", line->tax_amount);
  sandbox_json_close (json, '}');
}

static void
save_invoice (const SandboxInvoice *invoice, SandboxJson *json)
{
  sandbox_json_open (json, NULL, '{');
  sandbox_json_string (json, "id", invoice->id);
  sandbox_json_string (json, "number", invoice->number);
  sandbox_json_string (json, "reference", invoice->reference);
  sandbox_json_string (json, "url", invoice->url);
  sandbox_json_string (json, "theme", invoice->theme_id);
  sandbox_json_string (json, "currency", invoice->currency);
  sandbox_json_string (json, "currency_rate", invoice->currency_rate);
  sandbox_json_string (json, "contact", invoice->contact->id);
  sandbox_json_string (json, "created_by", invoice->created_by);
  sandbox_json_bool (json, "bill", invoice->bill);
  sandbox_json_bool (json, "sent", invoice->sent);
  sandbox_json_integer (json, "amounts", invoice->amounts);
  sandbox_json_integer (json, "status", invoice->status);
  sandbox_json_integer (json, "day", invoice->day);
  sandbox_json_integer (json, "due_day", invoice->due_day);
  sandbox_json_integer (json, "paid_day", invoice->paid_day);
  sandbox_json_integer (json, "updated", invoice->updated_ms);
  sandbox_json_open (json, "lines", '[');
  for (guint i = 0; i < invoice->lines->len; i++)
    save_line (invoice->lines->pdata[i], json);
  sandbox_json_close (json, ']');
  sandbox_json_open (json, "credits", '[');
  for (guint i = 0; i < invoice->credits->len; i++)
    {
      const SandboxCredit *credit = invoice->credits->pdata[i];

      sandbox_json_open (json, NULL, '{');
      sandbox_json_string (json, "id", credit->id);
      sandbox_json_string (json, "number", credit->number);
      sandbox_json_integer (json, "day", credit->day);
      sandbox_json_integer (json, "applied", credit->applied);
      sandbox_json_close (json, '}');
    }
  sandbox_json_close (json, ']');
  sandbox_json_close (json, '}');
}

static void
save_payment (const SandboxPayment *payment, SandboxJson *json)
{
  sandbox_json_open (json, NULL, '{');
  sandbox_json_string (json, "id", payment->id);
  sandbox_json_string (json, "reference", payment->reference);
  sandbox_json_string (json, "account", payment->account_code);
  sandbox_json_string (json, "invoice", payment->invoice->id);
  sandbox_json_integer (json, "day", payment->day);
  sandbox_json_integer (json, "amount", payment->amount);
  sandbox_json_bool (json, "deleted", payment->deleted);
  sandbox_json_bool (json, "reconciled", payment->reconciled);
  sandbox_json_integer (json, "updated", payment->updated_ms);
  sandbox_json_close (json, '}');
}

static void
save_organisation (const SandboxOrganisation *organisation, SandboxJson *json)
{
  sandbox_json_open (json, NULL, '{');
  sandbox_json_string (json, "id", organisation->id);
  sandbox_json_integer (json, "lock_day", organisation->lock_day);
  sandbox_json_integer (json, "next_number", organisation->next_number);
  sandbox_json_open (json, "contacts", '[');
  for (guint i = 0; i < organisation->contacts->len; i++)
    save_contact (organisation->contacts->pdata[i], json);
  sandbox_json_close (json, ']');
  sandbox_json_open (json, "invoices", '[');
  for (guint i = 0; i < organisation->invoices->len; i++)
    save_invoice (organisation->invoices->pdata[i], json);
  sandbox_json_close (json, ']');
  sandbox_json_open (json, "payments", '[');
  for (guint i = 0; i < organisation->payments->len; i++)
    save_payment (organisation->payments->pdata[i], json);
  sandbox_json_close (json, ']');
  sandbox_json_close (json, '}');
}

static void
save_identity (const SandboxIdentity *identity, SandboxJson *json)
{
  GHashTableIter iter;
  gpointer value;

  sandbox_json_open (json, "grants", '[');
  g_hash_table_iter_init (&iter, identity->grants);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const SandboxGrant *grant = value;

      sandbox_json_open (json, NULL, '{');
      sandbox_json_string (json, "client", grant->client_id);
      sandbox_json_string (json, "scopes", grant->scopes);
      sandbox_json_string (json, "event", grant->event_id);
      sandbox_json_integer (json, "authorised", grant->authorised_ms);
      sandbox_json_close (json, '}');
    }
  sandbox_json_close (json, ']');
  sandbox_json_open (json, "tokens", '[');
  g_hash_table_iter_init (&iter, identity->tokens);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const SandboxToken *token = value;

      sandbox_json_open (json, NULL, '{');
      sandbox_json_string (json, "sha256", token->hash);
      sandbox_json_string (json, "client", token->client_id);
      sandbox_json_bool (json, "refresh", token->refresh);
      sandbox_json_integer (json, "issued", token->issued_ms);
      sandbox_json_integer (json, "rotated", token->rotated_ms);
      sandbox_json_close (json, '}');
    }
  sandbox_json_close (json, ']');
  sandbox_json_open (json, "connections", '[');
  for (guint i = 0; i < identity->connections->len; i++)
    {
      const SandboxConnection *connection = identity->connections->pdata[i];

      sandbox_json_open (json, NULL, '{');
      sandbox_json_string (json, "id", connection->id);
      sandbox_json_string (json, "client", connection->client_id);
      sandbox_json_string (json, "tenant", connection->tenant_id);
      sandbox_json_string (json, "event", connection->event_id);
      sandbox_json_integer (json, "created", connection->created_ms);
      sandbox_json_integer (json, "updated", connection->updated_ms);
      sandbox_json_close (json, '}');
    }
  sandbox_json_close (json, ']');
}

gboolean
sandbox_state_save (SandboxWorld *world, const char *path, GError **error)
{
  g_auto (SandboxJson) json = { NULL };

  sandbox_json_init (&json);
  sandbox_json_open (&json, NULL, '{');
  sandbox_json_integer (&json, "countersign_sandbox", VERSION);
  sandbox_json_string (&json, "profile", world->profile);
  sandbox_json_integer (&json, "seed", world->seed);
  sandbox_json_integer (&json, "clock_offset", world->clock.offset_ms);
  sandbox_json_integer (&json, "writes", world->writes);
  save_identity (world->identity, &json);
  sandbox_json_open (&json, "organisations", '[');
  for (guint i = 0; i < world->organisations->len; i++)
    save_organisation (world->organisations->pdata[i], &json);
  sandbox_json_close (&json, ']');
  sandbox_json_close (&json, '}');
  return g_file_set_contents_full (path, json.text->str, (gssize)json.text->len,
                                   G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}
