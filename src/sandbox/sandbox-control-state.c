/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-control.h"

#include "sandbox-identity.h"

/* What the sandbox holds, so that a test can count duplicates. */

static void
write_now (SandboxWorld *world, SandboxJson *json)
{
  g_autoptr (GString) now = g_string_new (NULL);

  sandbox_instant_append (now, sandbox_clock_now_ms (&world->clock));
  g_string_append_c (now, 'Z');
  sandbox_json_string (json, "now", now->str);
}

static void
write_numbers (const SandboxOrganisation *organisation, SandboxJson *json)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer number, count;

  for (guint i = 0; i < organisation->invoices->len; i++)
    {
      const SandboxInvoice *invoice = organisation->invoices->pdata[i];

      if (invoice->number != NULL)
        g_hash_table_insert (
            counts, invoice->number,
            GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, invoice->number)) + 1));
    }
  sandbox_json_open (json, "invoices_by_number", '{');
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &number, &count))
    sandbox_json_integer (json, number, GPOINTER_TO_UINT (count));
  sandbox_json_close (json, '}');
}

static void
write_day (SandboxJson *json, const char *name, int day)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (day != SANDBOX_NO_DAY)
    sandbox_day_append (text, day);
  sandbox_json_string (json, name, text->str);
}

/* What shaped it; "items" are its lines. */
static void
write_shape (const SandboxInvoice *invoice, SandboxJson *json)
{
  write_day (json, "date", invoice->day);
  write_day (json, "due_date", invoice->due_day);
  sandbox_json_text (json, "theme", invoice->theme_id);
  sandbox_json_open (json, "items", '[');
  for (guint i = 0; i < invoice->lines->len; i++)
    {
      const SandboxLine *line = invoice->lines->pdata[i];

      sandbox_json_open (json, NULL, '{');
      sandbox_json_text (json, "description", line->description);
      sandbox_json_text (json, "account", line->account_code);
      sandbox_json_decimal (json, "amount", line->amount, SANDBOX_MONEY_PLACES);
      sandbox_json_raw (json, "tracking", line->tracking != NULL ? line->tracking : "[]");
      sandbox_json_close (json, '}');
    }
  sandbox_json_close (json, ']');
}

static void
write_created_invoices (const SandboxOrganisation *organisation, SandboxJson *json)
{
  sandbox_json_open (json, "created_invoices", '[');
  for (guint i = 0; i < organisation->invoices->len; i++)
    {
      const SandboxInvoice *invoice = organisation->invoices->pdata[i];

      if (invoice->created_by == NULL)
        continue;
      sandbox_json_open (json, NULL, '{');
      sandbox_json_string (json, "id", invoice->id);
      sandbox_json_string (json, "number", invoice->number);
      sandbox_json_string (json, "contact", invoice->contact->text[SANDBOX_CONTACT_NAME]);
      sandbox_json_string (json, "contact_id", invoice->contact->id);
      sandbox_json_text (json, "reference", invoice->reference);
      sandbox_json_string (json, "status", sandbox_status_names[invoice->status]);
      sandbox_json_decimal (json, "total", invoice->total, SANDBOX_MONEY_PLACES);
      sandbox_json_string (json, "currency", invoice->currency);
      sandbox_json_integer (json, "lines", invoice->lines->len);
      write_shape (invoice, json);
      sandbox_json_close (json, '}');
    }
  sandbox_json_close (json, ']');
}

static void
write_created_contacts (const SandboxOrganisation *organisation, SandboxJson *json)
{
  sandbox_json_open (json, "created_contacts", '[');
  for (guint i = 0; i < organisation->contacts->len; i++)
    {
      const SandboxContact *contact = organisation->contacts->pdata[i];

      if (contact->created_by == NULL)
        continue;
      sandbox_json_open (json, NULL, '{');
      sandbox_json_string (json, "id", contact->id);
      sandbox_json_text (json, "number", contact->text[SANDBOX_CONTACT_NUMBER]);
      sandbox_json_string (json, "name", contact->text[SANDBOX_CONTACT_NAME]);
      sandbox_json_text (json, "email", contact->text[SANDBOX_CONTACT_EMAIL]);
      sandbox_json_close (json, '}');
    }
  sandbox_json_close (json, ']');
}

static void
write_tokens (SandboxWorld *world, SandboxJson *json)
{
  gint64 now_ms = sandbox_clock_now_ms (&world->clock);
  GHashTableIter iter;
  gpointer value;
  guint access = 0, refresh = 0;

  g_hash_table_iter_init (&iter, world->identity->tokens);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const SandboxToken *token = value;

      if (token->refresh)
        refresh += token->rotated_ms == 0;
      else
        access += now_ms - token->issued_ms < SANDBOX_ACCESS_SECONDS * (gint64)1000;
    }
  sandbox_json_open (json, "tokens", '{');
  sandbox_json_integer (json, "access", access);
  sandbox_json_integer (json, "refresh", refresh);
  sandbox_json_integer (json, "grants", g_hash_table_size (world->identity->grants));
  sandbox_json_integer (json, "connections", world->identity->connections->len);
  sandbox_json_close (json, '}');
}

static void
write_organisations (SandboxWorld *world, SandboxJson *json)
{
  sandbox_json_open (json, "organisations", '[');
  for (guint i = 0; i < world->organisations->len; i++)
    {
      const SandboxOrganisation *organisation = world->organisations->pdata[i];

      sandbox_json_open (json, NULL, '{');
      sandbox_json_string (json, "id", organisation->id);
      sandbox_json_string (json, "name", organisation->settings->name);
      sandbox_json_integer (json, "contacts", organisation->contacts->len);
      sandbox_json_integer (json, "invoices", organisation->invoices->len);
      sandbox_json_integer (json, "payments", organisation->payments->len);
      sandbox_json_close (json, '}');
    }
  sandbox_json_close (json, ']');
}

/* Of the first organisation, or of ?organisation=ID. */
void
sandbox_control_state (SandboxWorld *world, const SandboxRequest *request, SandboxReply *reply)
{
  const char *id = sandbox_request_query (request, "organisation");
  SandboxOrganisation *organisation
      = id != NULL ? sandbox_world_organisation (world, id) : world->organisations->pdata[0];
  g_auto (SandboxJson) json = { NULL };

  if (organisation == NULL)
    {
      sandbox_reply_not_found (reply);
      return;
    }
  sandbox_json_init (&json);
  sandbox_json_open (&json, NULL, '{');
  write_now (world, &json);
  sandbox_json_string (&json, "organisation", organisation->id);
  sandbox_json_integer (&json, "contacts", organisation->contacts->len);
  sandbox_json_integer (&json, "invoices", organisation->invoices->len);
  sandbox_json_integer (&json, "payments", organisation->payments->len);
  sandbox_json_integer (&json, "requests", world->requests);
  sandbox_json_integer (&json, "writes", world->writes);
  write_tokens (world, &json);
  write_organisations (world, &json);
  write_created_contacts (organisation, &json);
  write_created_invoices (organisation, &json);
  write_numbers (organisation, &json);
  sandbox_json_close (&json, '}');
  sandbox_reply_json (reply, SOUP_STATUS_OK, &json);
}

void
sandbox_control_requests (SandboxWorld *world, SandboxReply *reply)
{
  g_auto (SandboxJson) json = { NULL };

  sandbox_json_init (&json);
  sandbox_json_open (&json, NULL, '{');
  sandbox_json_open (&json, "requests", '[');
  for (GList *link = world->log.head; link != NULL; link = link->next)
    {
      const SandboxLogEntry *entry = link->data;
      g_autoptr (GString) at = g_string_new (NULL);

      sandbox_instant_append (at, entry->at_ms);
      sandbox_json_open (&json, NULL, '{');
      sandbox_json_string (&json, "at", at->str);
      sandbox_json_string (&json, "method", entry->method);
      sandbox_json_string (&json, "path", entry->path);
      sandbox_json_integer (&json, "status", entry->status);
      sandbox_json_string (&json, "idempotency_key", entry->idempotency_key);
      sandbox_json_close (&json, '}');
    }
  sandbox_json_close (&json, ']');
  sandbox_json_close (&json, '}');
  sandbox_reply_json (reply, SOUP_STATUS_OK, &json);
}
