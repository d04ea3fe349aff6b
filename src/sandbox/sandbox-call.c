/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-call.h"

#include <string.h>

#define JSON_TYPE "application/json; charset=utf-8"

SandboxReply *
sandbox_reply_new (void)
{
  SandboxReply *reply = g_new0 (SandboxReply, 1);

  reply->status = SOUP_STATUS_OK;
  reply->headers = g_ptr_array_new_with_free_func (g_free);
  return reply;
}

static void
drop_producer (SandboxReply *reply)
{
  if (reply->producer != NULL)
    reply->producer_free (reply->producer_data);
  reply->producer = NULL;
}

void
sandbox_reply_free (SandboxReply *reply)
{
  drop_producer (reply);
  g_free (reply->content_type);
  g_free (reply->tenant);
  if (reply->body != NULL)
    g_string_free (reply->body, TRUE);
  g_ptr_array_unref (reply->headers);
  g_free (reply);
}

void
sandbox_reply_header (SandboxReply *reply, const char *name, const char *value)
{
  g_ptr_array_add (reply->headers, g_strdup (name));
  g_ptr_array_add (reply->headers, g_strdup (value));
}

static void
take_body (SandboxReply *reply, guint status, const char *content_type, GString *body)
{
  drop_producer (reply);
  if (reply->body != NULL)
    g_string_free (reply->body, TRUE);
  reply->body = body;
  reply->status = status;
  g_set_str (&reply->content_type, content_type);
}

void
sandbox_reply_set (SandboxReply *reply, guint status, const char *content_type, const char *body)
{
  take_body (reply, status, content_type, g_string_new (body));
}

void
sandbox_reply_produce (SandboxReply *reply,
                       const char *content_type,
                       SandboxProducer producer,
                       gpointer data,
                       GDestroyNotify free_data)
{
  sandbox_reply_set (reply, SOUP_STATUS_OK, content_type, "");
  reply->producer = producer;
  reply->producer_data = data;
  reply->producer_free = free_data;
}

void
sandbox_reply_json (SandboxReply *reply, guint status, SandboxJson *json)
{
  take_body (reply, status, JSON_TYPE, sandbox_json_steal (json));
}

/* The shape of 401 and 403 (xero-accounting 7.1). */
void
sandbox_reply_problem (SandboxReply *reply, guint status, const char *title, const char *detail)
{
  g_autofree char *instance = g_uuid_string_random ();
  g_auto (SandboxJson) json = { NULL };

  sandbox_json_init (&json);
  sandbox_json_open (&json, NULL, '{');
  sandbox_json_raw (&json, "Type", "null");
  sandbox_json_string (&json, "Title", title);
  sandbox_json_integer (&json, "Status", status);
  sandbox_json_string (&json, "Detail", detail);
  sandbox_json_string (&json, "Instance", instance);
  sandbox_json_raw (&json, "Extensions", "{}");
  sandbox_json_close (&json, '}');
  sandbox_reply_json (reply, status, &json);
}

/* A 400 without elements: 14 malformed body, 16 unreadable query (xero-accounting 7.1). */
void
sandbox_reply_exception (SandboxReply *reply, int number, const char *type, const char *message)
{
  g_auto (SandboxJson) json = { NULL };

  sandbox_json_init (&json);
  sandbox_json_open (&json, NULL, '{');
  sandbox_json_integer (&json, "ErrorNumber", number);
  sandbox_json_string (&json, "Type", type);
  sandbox_json_string (&json, "Message", message);
  sandbox_json_close (&json, '}');
  sandbox_reply_json (reply, SOUP_STATUS_BAD_REQUEST, &json);
}

void
sandbox_reply_not_found (SandboxReply *reply)
{
  sandbox_reply_set (reply, SOUP_STATUS_NOT_FOUND, "text/html; charset=utf-8",
                     "The resource you're looking for cannot be found");
}

/* A method that an address does not have (xero-accounting 7.1). */
void
sandbox_reply_not_implemented (SandboxReply *reply)
{
  sandbox_reply_set (reply, SOUP_STATUS_NOT_IMPLEMENTED, "text/plain; charset=utf-8", "Not implemented");
}

const char *
sandbox_request_query (const SandboxRequest *request, const char *name)
{
  const char *value = request->query != NULL ? g_hash_table_lookup (request->query, name) : NULL;

  return value != NULL && *value != '\0' ? value : NULL;
}

gboolean
sandbox_request_flag (const SandboxRequest *request, const char *name)
{
  const char *value = sandbox_request_query (request, name);

  return value != NULL && g_ascii_strcasecmp (value, "true") == 0;
}

gboolean
sandbox_request_is (const SandboxRequest *request, const char *method)
{
  return g_strcmp0 (request->method, method) == 0;
}

/* A page of another origin may post here by a name that resolves to this machine; it cannot forge the Host.
 */
gboolean
sandbox_request_is_local (const SandboxRequest *request)
{
  const char *host = soup_message_headers_get_one (request->headers, "Host");
  static const char *const names[] = { "localhost", "127.0.0.1", "[::1]" };

  for (guint i = 0; host != NULL && i < G_N_ELEMENTS (names); i++)
    {
      gsize length = strlen (names[i]);

      if (g_ascii_strncasecmp (host, names[i], length) == 0 && (host[length] == '\0' || host[length] == ':'))
        return TRUE;
    }
  return FALSE;
}

/* Without unitdp=4 prices are rounded to two places, on the way in and on the way out (xero-accounting 6.3).
 */
guint
sandbox_call_unit_places (const SandboxCall *call)
{
  return g_strcmp0 (sandbox_request_query (call->request, "unitdp"), "4") == 0 ? 4 : 2;
}

/* The caller adds its members and the closing brace (xero-accounting 1). */
void
sandbox_call_open_envelope (const SandboxCall *call, SandboxJson *json)
{
  g_autofree char *id = g_uuid_string_random ();

  sandbox_json_open (json, NULL, '{');
  sandbox_json_string (json, "Id", id);
  sandbox_json_string (json, "Status", "OK");
  sandbox_json_string (json, "ProviderName", "Countersign");
  sandbox_json_instant (json, "DateTimeUTC", sandbox_call_now_ms (call) + call->world->skew_ms, "");
}

gboolean
sandbox_call_assumes (const SandboxCall *call, SandboxAssumption assumption)
{
  return call->world->assumptions[assumption];
}

gboolean
sandbox_call_is_write (const SandboxCall *call)
{
  return sandbox_request_is (call->request, "PUT") || sandbox_request_is (call->request, "POST");
}

gint64
sandbox_call_now_ms (const SandboxCall *call)
{
  return sandbox_clock_now_ms (&call->world->clock);
}
