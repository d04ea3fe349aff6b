/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-control.h"

#include "sandbox-control-practice.h"
#include "sandbox-faults.h"
#include "sandbox-identity.h"
#include "sandbox-limits.h"
#include "sandbox-secrets.h"

#include <string.h>

void
sandbox_control_refuse (SandboxReply *reply, guint status, const char *message)
{
  g_auto (SandboxJson) json = { NULL };

  sandbox_json_init (&json);
  sandbox_json_open (&json, NULL, '{');
  sandbox_json_string (&json, "error", message);
  sandbox_json_close (&json, '}');
  sandbox_reply_json (reply, status, &json);
}

void
sandbox_control_confirm (SandboxReply *reply)
{
  sandbox_reply_set (reply, SOUP_STATUS_OK, "application/json; charset=utf-8", "{\"ok\":true}");
}

static void
order_fault (SandboxWorld *world, yyjson_val *root, const char *rest, SandboxReply *reply)
{
  g_autoptr (GError) error = NULL;
  gint64 count = sandbox_json_get_integer (root, "count", 1);
  gint64 seconds = sandbox_json_get_integer (root, "seconds", 0);

  if (sandbox_faults_order (world->faults, sandbox_json_get_text (root, "method"),
                            sandbox_json_get_text (root, "path"), sandbox_json_get_text (root, "kind"),
                            (guint)CLAMP (count, 1, 1000000), (int)CLAMP (seconds, -86400 * 366, 86400 * 366),
                            &error))
    sandbox_control_confirm (reply);
  else
    sandbox_control_refuse (reply, SOUP_STATUS_BAD_REQUEST, error->message);
}

static void
clear_faults (SandboxWorld *world, yyjson_val *root, const char *rest, SandboxReply *reply)
{
  sandbox_faults_clear (world->faults);
  sandbox_control_confirm (reply);
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
      sandbox_control_refuse (reply, SOUP_STATUS_BAD_REQUEST, "now must be YYYY-MM-DDTHH:MM:SS");
      return;
    }
  sandbox_control_confirm (reply);
  reply->changed = TRUE;
}

static void
set_limits (SandboxWorld *world, yyjson_val *root, const char *rest, SandboxReply *reply)
{
  gint64 minute = sandbox_json_get_integer (root, "minute", SANDBOX_LIMIT_MINUTE);
  gint64 day = sandbox_json_get_integer (root, "day", SANDBOX_LIMIT_DAY);
  gint64 app_minute = sandbox_json_get_integer (root, "app_minute", SANDBOX_LIMIT_APP_MINUTE);
  gint64 rows = sandbox_json_get_integer (root, "rows", SANDBOX_LIMIT_ROWS);

  sandbox_limits_set (world->limits, (guint)CLAMP (minute, 0, G_MAXINT), (guint)CLAMP (day, 0, G_MAXINT),
                      (guint)CLAMP (app_minute, 0, G_MAXINT));
  sandbox_limits_set_rows (world->limits, (guint)CLAMP (rows, 0, G_MAXINT));
  sandbox_control_confirm (reply);
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
      world->identity->changed = TRUE;
    }
  else
    {
      sandbox_control_refuse (reply, SOUP_STATUS_BAD_REQUEST, "action must be expire or revoke");
      return;
    }
  sandbox_control_confirm (reply);
  reply->changed = TRUE;
}

/* {"NAME":true,…}; a name that is not there changes nothing. */
static void
set_assumptions (SandboxWorld *world, yyjson_val *root, const char *rest, SandboxReply *reply)
{
  gboolean changed[SANDBOX_ASSUMPTIONS];
  g_autoptr (GError) error = NULL;
  size_t i, n;
  yyjson_val *name, *value;

  memcpy (changed, world->assumptions, sizeof changed);
  yyjson_obj_foreach (root, i, n, name, value)
  {
    if (!yyjson_is_bool (value))
      g_set_error (&error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "An assumption is true or false");
    else
      sandbox_assumptions_set (changed, yyjson_get_str (name), yyjson_get_bool (value), &error);
    if (error != NULL)
      {
        sandbox_control_refuse (reply, SOUP_STATUS_BAD_REQUEST, error->message);
        return;
      }
  }
  memcpy (world->assumptions, changed, sizeof changed);
  for (guint j = 0; j < world->organisations->len; j++) /* what lists came to may be otherwise now */
    ((SandboxOrganisation *)world->organisations->pdata[j])->generation++;
  sandbox_control_confirm (reply);
}

static void
get_assumptions (SandboxWorld *world, SandboxReply *reply)
{
  g_auto (SandboxJson) json = { NULL };

  sandbox_json_init (&json);
  sandbox_assumptions_write (world->assumptions, &json);
  sandbox_reply_json (reply, SOUP_STATUS_OK, &json);
}

static const struct
{
  const char *method;
  const char *path;
  SandboxControl control;
} controls[] = {
  { "POST", "faults", order_fault },
  { "DELETE", "faults", clear_faults },
  { "POST", "clock", move_clock },
  { "POST", "limits", set_limits },
  { "POST", "tokens", end_tokens },
  { "POST", "assumptions", set_assumptions },
  { "POST", "payments", sandbox_control_payment },
  { "POST", "contacts", sandbox_control_contact },
  { "POST", "organisation", sandbox_control_organisation },
  { "POST", "rights", sandbox_control_rights },
  { "POST", "settings", sandbox_control_setting },
  { "POST", "invoices", sandbox_control_invoice },
  { "POST", "practice", sandbox_control_practice },
};

/* FALSE: it is none of these. */
static gboolean
answer_get (SandboxWorld *world, const SandboxRequest *request, const char *path, SandboxReply *reply)
{
  if (!sandbox_request_is (request, "GET"))
    return FALSE;
  if (g_str_equal (path, "state"))
    sandbox_control_state (world, request, reply);
  else if (g_str_equal (path, "requests"))
    sandbox_control_requests (world, reply);
  else if (g_str_equal (path, "secrets"))
    sandbox_secrets_write (world, reply);
  else if (g_str_equal (path, "assumptions"))
    get_assumptions (world, reply);
  else if (g_str_equal (path, "practice") || g_str_has_prefix (path, "practice/"))
    sandbox_control_practice_read (world, request, path + (path[8] == '/' ? 9 : 8), reply);
  else
    return FALSE;
  return TRUE;
}

void
sandbox_control (SandboxWorld *world, const SandboxRequest *request, SandboxReply *reply)
{
  const char *path = request->path + strlen ("/sandbox/");
  g_auto (GStrv) parts = g_strsplit (path, "/", 2);
  g_autoptr (yyjson_doc) document = NULL;

  if (!sandbox_request_is_local (request))
    {
      sandbox_control_refuse (reply, SOUP_STATUS_FORBIDDEN, "Only by a loopback name");
      return;
    }
  if (answer_get (world, request, path, reply))
    return;
  document = request->body_length > 0 ? sandbox_json_read (request->body, request->body_length) : NULL;
  if (request->body_length > 0 && document == NULL)
    {
      sandbox_control_refuse (reply, SOUP_STATUS_BAD_REQUEST, "The body is not valid JSON");
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
