/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-control.h"

#include "sandbox-faults.h"
#include "sandbox-identity.h"
#include "sandbox-limits.h"
#include "sandbox-payments.h"
#include "sandbox-secrets.h"

#include <string.h>

typedef void (*Control) (SandboxWorld *world, yyjson_val *root, const char *rest, SandboxReply *reply);

static void
refuse (SandboxReply *reply, guint status, const char *message)
{
  g_auto (SandboxJson) json = { NULL };

  sandbox_json_init (&json);
  sandbox_json_open (&json, NULL, '{');
  sandbox_json_string (&json, "error", message);
  sandbox_json_close (&json, '}');
  sandbox_reply_json (reply, status, &json);
}

static void
confirm (SandboxReply *reply)
{
  sandbox_reply_set (reply, SOUP_STATUS_OK, "application/json; charset=utf-8", "{\"ok\":true}");
}

static SandboxOrganisation *
choose_organisation (SandboxWorld *world, yyjson_val *root)
{
  const char *id = sandbox_json_get_text (root, "organisation");

  return id != NULL ? sandbox_world_organisation (world, id) : world->organisations->pdata[0];
}

static void
order_fault (SandboxWorld *world, yyjson_val *root, const char *rest, SandboxReply *reply)
{
  g_autoptr (GError) error = NULL;
  gint64 count = sandbox_json_get_integer (root, "count", 1);
  gint64 seconds = sandbox_json_get_integer (root, "seconds", 0);

  if (sandbox_faults_order (world->faults, sandbox_json_get_text (root, "method"),
                            sandbox_json_get_text (root, "path"), sandbox_json_get_text (root, "kind"),
                            (guint)CLAMP (count, 1, 1000000), (guint)CLAMP (seconds, 0, 86400), &error))
    confirm (reply);
  else
    refuse (reply, SOUP_STATUS_BAD_REQUEST, error->message);
}

static void
clear_faults (SandboxWorld *world, yyjson_val *root, const char *rest, SandboxReply *reply)
{
  sandbox_faults_clear (world->faults);
  confirm (reply);
}

static void
move_clock (SandboxWorld *world, yyjson_val *root, const char *rest, SandboxReply *reply)
{
  const char *now = sandbox_json_get_text (root, "now");
  gint64 ms;

  if (now == NULL)
    world->clock.offset_ms += sandbox_json_get_integer (root, "advance_seconds", 0) * 1000;
  else if (sandbox_instant_parse (now, &ms))
    sandbox_clock_set_ms (&world->clock, ms);
  else
    {
      refuse (reply, SOUP_STATUS_BAD_REQUEST, "now must be YYYY-MM-DDTHH:MM:SS");
      return;
    }
  confirm (reply);
  reply->changed = TRUE;
}

static void
take_payment (SandboxWorld *world, yyjson_val *root, const char *rest, SandboxReply *reply)
{
  SandboxOrganisation *organisation = choose_organisation (world, root);
  const char *number = sandbox_json_get_text (root, "invoice");
  SandboxInvoice *invoice
      = organisation != NULL ? sandbox_organisation_invoice_by_number (organisation, number) : NULL;
  int day = sandbox_clock_today (&world->clock);
  gint64 amount;

  if (invoice == NULL || invoice->status != SANDBOX_STATUS_AUTHORISED)
    refuse (reply, SOUP_STATUS_NOT_FOUND, "No approved, unpaid invoice of that number");
  else if (!sandbox_decimal_parse (sandbox_json_get_text (root, "amount"), SANDBOX_MONEY_PLACES, &amount)
           || amount <= 0 || amount > sandbox_invoice_due (invoice))
    refuse (reply, SOUP_STATUS_BAD_REQUEST, "Payment amount exceeds the amount outstanding on this document");
  else if (sandbox_json_get_text (root, "date") != NULL
           && !sandbox_day_parse (sandbox_json_get_text (root, "date"), &day))
    refuse (reply, SOUP_STATUS_BAD_REQUEST, "date must be YYYY-MM-DD");
  else
    {
      sandbox_payment_take (organisation, invoice, amount, day, sandbox_clock_now_ms (&world->clock));
      confirm (reply);
      reply->changed = TRUE;
    }
}

/* contacts/{id}/archive and contacts/{id}/restore */
static void
archive_contact (SandboxWorld *world, yyjson_val *root, const char *rest, SandboxReply *reply)
{
  g_auto (GStrv) parts = g_strsplit (rest, "/", 2);
  SandboxContact *contact = NULL;

  for (guint i = 0; contact == NULL && i < world->organisations->len; i++)
    contact = sandbox_organisation_contact (world->organisations->pdata[i], parts[0]);
  if (contact == NULL || (g_strcmp0 (parts[1], "archive") != 0 && g_strcmp0 (parts[1], "restore") != 0))
    {
      sandbox_reply_not_found (reply);
      return;
    }
  contact->archived = g_str_equal (parts[1], "archive");
  contact->updated_ms = sandbox_clock_now_ms (&world->clock);
  confirm (reply);
  reply->changed = TRUE;
}

static void
set_lock (SandboxWorld *world, yyjson_val *root, const char *rest, SandboxReply *reply)
{
  SandboxOrganisation *organisation = choose_organisation (world, root);
  const char *date = sandbox_json_get_text (root, "period_lock_date");
  int day = SANDBOX_NO_DAY;

  if (organisation == NULL || (date != NULL && !sandbox_day_parse (date, &day)))
    {
      refuse (reply, SOUP_STATUS_BAD_REQUEST, "period_lock_date must be YYYY-MM-DD or null");
      return;
    }
  organisation->lock_day = day;
  confirm (reply);
  reply->changed = TRUE;
}

static void
set_limits (SandboxWorld *world, yyjson_val *root, const char *rest, SandboxReply *reply)
{
  gint64 minute = sandbox_json_get_integer (root, "minute", SANDBOX_LIMIT_MINUTE);
  gint64 day = sandbox_json_get_integer (root, "day", SANDBOX_LIMIT_DAY);

  sandbox_limits_set (world->limits, (guint)CLAMP (minute, 0, G_MAXINT), (guint)CLAMP (day, 0, G_MAXINT));
  confirm (reply);
}

/* {"action":"expire"} ages every access token past its end; {"action":"revoke"} is the person who removes the
 * app. */
static void
end_tokens (SandboxWorld *world, yyjson_val *root, const char *rest, SandboxReply *reply)
{
  const char *action = sandbox_json_get_text (root, "action");
  GHashTableIter iter;
  gpointer value;

  if (g_strcmp0 (action, "revoke") == 0)
    sandbox_identity_revoke (world->identity, world->identity->client_id);
  else if (g_strcmp0 (action, "expire") == 0)
    {
      g_hash_table_iter_init (&iter, world->identity->tokens);
      while (g_hash_table_iter_next (&iter, NULL, &value))
        if (!((SandboxToken *)value)->refresh)
          ((SandboxToken *)value)->issued_ms -= SANDBOX_ACCESS_SECONDS * (gint64)1000;
    }
  else
    {
      refuse (reply, SOUP_STATUS_BAD_REQUEST, "action must be expire or revoke");
      return;
    }
  confirm (reply);
  reply->changed = TRUE;
}

static const struct
{
  const char *method;
  const char *path;
  Control control;
} controls[] = {
  { "POST", "faults", order_fault },       { "DELETE", "faults", clear_faults },
  { "POST", "clock", move_clock },         { "POST", "payments", take_payment },
  { "POST", "contacts", archive_contact }, { "POST", "organisation", set_lock },
  { "POST", "limits", set_limits },        { "POST", "tokens", end_tokens },
};

void
sandbox_control (SandboxWorld *world, const SandboxRequest *request, SandboxReply *reply)
{
  const char *path = request->path + strlen ("/sandbox/");
  g_auto (GStrv) parts = g_strsplit (path, "/", 2);
  g_autoptr (yyjson_doc) document = NULL;

  if (!sandbox_request_is_local (request))
    {
      refuse (reply, SOUP_STATUS_FORBIDDEN, "Only by a loopback name");
      return;
    }
  if (sandbox_request_is (request, "GET") && g_str_equal (path, "state"))
    {
      sandbox_control_state (world, request, reply);
      return;
    }
  if (sandbox_request_is (request, "GET") && g_str_equal (path, "requests"))
    {
      sandbox_control_requests (world, reply);
      return;
    }
  if (sandbox_request_is (request, "GET") && g_str_equal (path, "secrets"))
    {
      sandbox_secrets_write (world, reply);
      return;
    }
  document = request->body_length > 0 ? sandbox_json_read (request->body, request->body_length) : NULL;
  if (request->body_length > 0 && document == NULL)
    {
      refuse (reply, SOUP_STATUS_BAD_REQUEST, "The body is not valid JSON");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (controls); i++)
    if (sandbox_request_is (request, controls[i].method) && g_strcmp0 (parts[0], controls[i].path) == 0)
      {
        controls[i].control (world, document != NULL ? yyjson_doc_get_root (document) : NULL,
                             parts[1] != NULL ? parts[1] : "", reply);
        return;
      }
  sandbox_reply_not_found (reply);
}
