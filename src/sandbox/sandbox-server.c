/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-server.h"

#include "sandbox-accounting.h"
#include "sandbox-control.h"
#include "sandbox-faults.h"
#include "sandbox-identity.h"
#include "sandbox-limits.h"
#include "sandbox-pages.h"
#include "sandbox-state.h"

#include <string.h>

struct _SandboxServer
{
  SandboxWorld *world;
  SoupServer *soup;
  char *state_path;
};

/* One message on its way out; freed when libsoup has finished with the message. */
typedef struct
{
  SandboxServer *server;
  SoupServerMessage *message; /* lent: this lives no longer than it */
  char *tenant;
  guint timer;
  GSource *watch;
} Exchange;

static void
route (SandboxWorld *world, const SandboxRequest *request, SandboxReply *reply)
{
  const char *path = request->path;

  if (g_str_has_prefix (path, SANDBOX_ACCOUNTING_PREFIX))
    sandbox_accounting (world, request, reply);
  else if (g_ascii_strncasecmp (path, "/connections", 12) == 0 && (path[12] == '\0' || path[12] == '/'))
    sandbox_connections (world, request, reply);
  else if (g_str_has_prefix (path, "/sandbox/"))
    sandbox_control (world, request, reply);
  else if (g_str_has_prefix (path, "/app/") && sandbox_request_is (request, "GET"))
    sandbox_pages (world, request, reply);
  else if (g_str_equal (path, "/identity/connect/authorize") && sandbox_request_is (request, "GET"))
    sandbox_authorise_page (world, request, reply);
  else if (g_str_equal (path, "/identity/connect/authorize/decision") && sandbox_request_is (request, "POST"))
    sandbox_authorise_decision (world, request, reply);
  else if (g_str_equal (path, "/connect/token") && sandbox_request_is (request, "POST"))
    sandbox_token_issue (world, request, reply);
  else if (g_str_equal (path, "/connect/revocation") && sandbox_request_is (request, "POST"))
    sandbox_token_revoke (world, request, reply);
  else
    sandbox_reply_not_found (reply);
}

static void
drop_watch (Exchange *exchange)
{
  if (exchange->watch != NULL)
    g_source_destroy (exchange->watch);
  g_clear_pointer (&exchange->watch, g_source_unref);
}

static void
exchange_finished (SoupServerMessage *message, gpointer data)
{
  Exchange *exchange = data;

  if (exchange->tenant != NULL)
    sandbox_limits_leave (exchange->server->world->limits, exchange->tenant);
  g_clear_handle_id (&exchange->timer, g_source_remove);
  drop_watch (exchange);
  g_signal_handlers_disconnect_by_func (message, exchange_finished, exchange);
  g_free (exchange->tenant);
  g_free (exchange);
}

static gboolean
answer_late (gpointer data)
{
  Exchange *exchange = data;

  exchange->timer = 0;
  soup_server_message_unpause (exchange->message);
  return G_SOURCE_REMOVE;
}

/* A shut socket is what libsoup meets when it starts to write: it gives the message up, and the client reads
 * an end of file. soup_server_message_steal_connection() would be the other way, but it is made for upgrades:
 * what was being read is lost. */
static void
cut_socket (SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);

  if (socket != NULL)
    g_socket_shutdown (socket, TRUE, TRUE, NULL);
}

/* A head that promises all of the body, half of the body, the end. Loopback buffers take this without
 * waiting. */
static void
send_half (SoupServerMessage *message, const SandboxReply *reply)
{
  GSocket *socket = soup_server_message_get_socket (message);
  gsize length = reply->body != NULL ? reply->body->len : 0;
  g_autoptr (GString) bytes = g_string_new (NULL);
  gssize sent = 0;

  g_string_append_printf (bytes,
                          "HTTP/1.1 %u %s\r\nContent-Type: %s\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                          reply->status, soup_status_get_phrase (reply->status), reply->content_type, length);
  if (reply->body != NULL)
    g_string_append_len (bytes, reply->body->str, (gssize)(length / 2));
  for (gsize done = 0; socket != NULL && done < bytes->len && sent >= 0; done += (gsize)MAX (sent, 0))
    sent = g_socket_send_with_blocking (socket, bytes->str + done, bytes->len - done, TRUE, NULL, NULL);
  cut_socket (message);
}

static gboolean
client_went (GSocket *socket, GIOCondition condition, gpointer data)
{
  Exchange *exchange = data;

  g_clear_pointer (&exchange->watch, g_source_unref);
  cut_socket (exchange->message);
  soup_server_message_unpause (exchange->message);
  return G_SOURCE_REMOVE;
}

static void
hang (Exchange *exchange)
{
  GSocket *socket = soup_server_message_get_socket (exchange->message);

  soup_server_message_pause (exchange->message);
  if (socket == NULL)
    return;
  exchange->watch = g_socket_create_source (socket, G_IO_IN | G_IO_HUP | G_IO_ERR, NULL);
  g_source_set_callback (exchange->watch, G_SOURCE_FUNC (client_went), exchange, NULL);
  g_source_attach (exchange->watch, g_main_context_get_thread_default ());
}

static void
fill_message (SoupServerMessage *message, const SandboxReply *reply)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  for (guint i = 0; i + 1 < reply->headers->len; i += 2)
    soup_message_headers_replace (headers, reply->headers->pdata[i], reply->headers->pdata[i + 1]);
  soup_server_message_set_status (
      message, reply->status, reply->status == SANDBOX_STATUS_TOO_MANY_REQUESTS ? "Too Many Requests" : NULL);
  if (reply->body != NULL)
    soup_server_message_set_response (message, reply->content_type, SOUP_MEMORY_COPY, reply->body->str,
                                      reply->body->len);
}

/* What the fault makes of a reply whose work is done. */
static void
send_reply (Exchange *exchange, const SandboxReply *reply, SandboxFault fault, guint seconds)
{
  fill_message (exchange->message, reply);
  switch (fault)
    {
    case SANDBOX_FAULT_DELAY:
      soup_server_message_pause (exchange->message);
      exchange->timer = g_timeout_add_seconds (MAX (seconds, 1), answer_late, exchange);
      break;
    case SANDBOX_FAULT_CUT_BEFORE:
    case SANDBOX_FAULT_CUT_AFTER:
      cut_socket (exchange->message);
      break;
    case SANDBOX_FAULT_HALF_BODY:
      send_half (exchange->message, reply);
      break;
    case SANDBOX_FAULT_HANG_AFTER:
      hang (exchange);
      break;
    case SANDBOX_FAULT_NONE:
    case SANDBOX_FAULT_429:
    case SANDBOX_FAULT_500:
    case SANDBOX_FAULT_503:
    case SANDBOX_FAULT_WRONG_JSON:
    case SANDBOX_FAULT_UNAUTHORISED:
    case SANDBOX_FAULTS:
    default:
      break;
    }
}

/* A change is on disk before anybody hears of it, so a sandbox that is killed forgets nothing it confirmed.
 */
static void
save_changes (SandboxServer *self, SandboxReply *reply)
{
  g_autoptr (GError) error = NULL;

  if (!reply->changed || self->state_path == NULL
      || sandbox_state_save (self->world, self->state_path, &error))
    return;
  g_printerr ("countersign-sandbox: %s\n", error->message);
  sandbox_reply_set (reply, SOUP_STATUS_INTERNAL_SERVER_ERROR, "text/plain; charset=utf-8",
                     "The state could not be saved");
}

static void
serve (SandboxServer *self, const SandboxRequest *request, SoupServerMessage *message)
{
  g_autoptr (SandboxReply) reply = sandbox_reply_new ();
  gboolean is_control = g_str_has_prefix (request->path, "/sandbox/");
  guint seconds = 0;
  SandboxFault fault
      = is_control ? SANDBOX_FAULT_NONE
                   : sandbox_faults_take (self->world->faults, request->method, request->path, &seconds);
  Exchange *exchange = g_new0 (Exchange, 1);
  gboolean unheard = fault == SANDBOX_FAULT_CUT_BEFORE || fault == SANDBOX_FAULT_CUT_AFTER
                     || fault == SANDBOX_FAULT_HANG_AFTER;

  if (g_str_has_prefix (request->path, SANDBOX_ACCOUNTING_PREFIX))
    self->world->writes += sandbox_request_is (request, "PUT") || sandbox_request_is (request, "POST");
  if (!sandbox_fault_is_before_work (fault))
    route (self->world, request, reply);
  sandbox_fault_reply (fault, seconds, reply);
  save_changes (self, reply);
  if (!is_control)
    sandbox_world_log (self->world, request->method, request->path,
                       soup_message_headers_get_one (request->headers, "Idempotency-Key"),
                       unheard ? 0 : reply->status);
  exchange->server = self;
  exchange->message = message;
  exchange->tenant = g_steal_pointer (&reply->tenant);
  g_signal_connect (message, "finished", G_CALLBACK (exchange_finished), exchange);
  send_reply (exchange, reply, fault, seconds);
}

static void
handle (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  gsize length = g_bytes_get_size (bytes);
  g_autofree char *text = length > 0 ? g_strndup (g_bytes_get_data (bytes, NULL), length)
                                     : g_strdup (""); /* forms want a NUL */
  GUri *uri = soup_server_message_get_uri (message);
  g_autofree char *target = g_strconcat (g_uri_get_path (uri), g_uri_get_query (uri) != NULL ? "?" : "",
                                         g_uri_get_query (uri), NULL);
  SandboxRequest request = { soup_server_message_get_method (message),
                             g_uri_get_path (uri),
                             target,
                             query,
                             soup_server_message_get_request_headers (message),
                             text,
                             length };

  serve (data, &request, message);
}

SandboxServer *
sandbox_server_new (SandboxWorld *world, const char *state_path)
{
  SandboxServer *self = g_new0 (SandboxServer, 1);

  self->world = world;
  self->state_path = g_strdup (state_path);
  self->soup = soup_server_new ("server-header", "countersign-sandbox", NULL);
  soup_server_add_handler (self->soup, NULL, handle, self, NULL);
  return self;
}

void
sandbox_server_free (SandboxServer *self)
{
  soup_server_disconnect (self->soup);
  g_object_unref (self->soup);
  g_free (self->state_path);
  g_free (self);
}

/* Both loopback families: a browser may take localhost for either. With port 0 IPv6 gets the port that IPv4
 * got. */
gboolean
sandbox_server_listen (SandboxServer *self, guint port, GError **error)
{
  g_autoptr (GError) ipv6_error = NULL;

  if (!soup_server_listen_local (self->soup, port, SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    return FALSE;
  /* A machine without IPv6 is served on IPv4 alone. */
  if (!soup_server_listen_local (self->soup, sandbox_server_get_port (self), SOUP_SERVER_LISTEN_IPV6_ONLY,
                                 &ipv6_error))
    g_debug ("No IPv6 loopback: %s", ipv6_error->message);
  return TRUE;
}

guint
sandbox_server_get_port (SandboxServer *self)
{
  g_autoslist (GUri) uris = soup_server_get_uris (self->soup);

  return uris != NULL ? (guint)g_uri_get_port (uris->data) : 0;
}
