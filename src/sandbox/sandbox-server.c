/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-server.h"

#include "sandbox-accounting.h"
#include "sandbox-answer.h"
#include "sandbox-control.h"
#include "sandbox-faults.h"
#include "sandbox-identity.h"
#include "sandbox-pages.h"
#include "sandbox-practice-call.h"
#include "sandbox-state.h"

#include <string.h>

struct _SandboxServer
{
  SandboxWorld *world;
  SoupServer *soup;
  SandboxState *state; /* lent, or NULL */
};

static void
route (SandboxWorld *world, const SandboxRequest *request, SandboxReply *reply)
{
  const char *path = request->path;

  if (g_str_has_prefix (path, SANDBOX_ACCOUNTING_PREFIX))
    sandbox_accounting (world, request, reply);
  else if (sandbox_is_practice_path (path))
    sandbox_practice_door (world, request, reply);
  else if (g_ascii_strncasecmp (path, "/connections", 12) == 0 && (path[12] == '\0' || path[12] == '/'))
    sandbox_connections (world, request, reply);
  else if (g_str_has_prefix (path, "/sandbox/"))
    sandbox_control (world, request, reply);
  else if (g_str_has_prefix (path, "/app/") && sandbox_request_is (request, "GET"))
    sandbox_pages (world, request, reply);
  else if (sandbox_is_practice_page (path) && sandbox_request_is (request, "GET"))
    sandbox_practice_pages (world, request, reply);
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

/* A change is on disk before anybody hears of it, so a sandbox that is killed forgets nothing it confirmed.
 */
static void
save_changes (SandboxServer *self, SandboxReply *reply)
{
  g_autoptr (GError) error = NULL;

  if (!reply->changed || self->state == NULL || sandbox_state_append (self->state, &error))
    return;
  g_printerr ("countersign-sandbox: %s\n", error->message);
  sandbox_reply_set (reply, SOUP_STATUS_INTERNAL_SERVER_ERROR, "text/plain; charset=utf-8",
                     "The state could not be saved");
}

/* What reached the socket, refused and cut calls included, so that a test can count what a client sent. */
static void
count_write (SandboxWorld *world, const SandboxRequest *request)
{
  SandboxPractice *practice;

  if (sandbox_request_is (request, "GET"))
    return;
  if (g_str_has_prefix (request->path, SANDBOX_ACCOUNTING_PREFIX))
    world->writes += sandbox_request_is (request, "PUT") || sandbox_request_is (request, "POST");
  else if (sandbox_is_practice_path (request->path))
    {
      practice
          = sandbox_world_practice (world, soup_message_headers_get_one (request->headers, "xero-tenant-id"));
      if (practice != NULL)
        practice->writes++;
    }
}

static void
serve (SandboxServer *self, const SandboxRequest *request, SoupServerMessage *message)
{
  g_autoptr (SandboxReply) reply = sandbox_reply_new ();
  gboolean is_control = g_str_has_prefix (request->path, "/sandbox/");
  int seconds = 0;
  SandboxFault fault
      = is_control ? SANDBOX_FAULT_NONE
                   : sandbox_faults_take (self->world->faults, request->method, request->path, &seconds);
  gboolean unheard = fault == SANDBOX_FAULT_CUT_BEFORE || fault == SANDBOX_FAULT_CUT_AFTER
                     || fault == SANDBOX_FAULT_CORRECTED_AFTER || fault == SANDBOX_FAULT_HANG_AFTER;

  count_write (self->world, request);
  self->world->skew_ms = fault == SANDBOX_FAULT_CLOCK_SKEW ? seconds * (gint64)1000 : 0;
  if (!sandbox_fault_is_before_work (fault))
    route (self->world, request, reply);
  if (fault == SANDBOX_FAULT_CORRECTED_AFTER)
    sandbox_control_correct_newest (
        self->world, soup_message_headers_get_one (request->headers, "xero-tenant-id"), seconds);
  sandbox_fault_reply (fault, request->path, seconds, reply);
  save_changes (self, reply);
  if (!is_control)
    sandbox_world_log (self->world, request->method, request->path,
                       soup_message_headers_get_one (request->headers, "Idempotency-Key"),
                       unheard ? 0 : reply->status);
  sandbox_answer_send (self->world, message, reply, fault, seconds);
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
sandbox_server_new (SandboxWorld *world, SandboxState *state)
{
  SandboxServer *self = g_new0 (SandboxServer, 1);

  self->world = world;
  self->state = state;
  self->soup = soup_server_new ("server-header", "countersign-sandbox", NULL);
  soup_server_add_handler (self->soup, NULL, handle, self, NULL);
  return self;
}

void
sandbox_server_free (SandboxServer *self)
{
  soup_server_disconnect (self->soup);
  g_object_unref (self->soup);
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
