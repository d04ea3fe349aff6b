/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-oauth-listener.h"

#include "cs-http-check.h"
#include "cs-secret.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#define CALLBACK_PATH "/callback"
#define CODE_CHARACTERS_MAX 4096

struct _CsOauthListener
{
  SoupServer *server; /* (nullable): closed */
  guint16 port;
  char *redirect_uri;
  char *state;
  DexPromise *promise;
  gboolean matched; /* after this, everything is answered 404 */
};

/* What a redirect says. */
typedef struct
{
  char *code;
  char *state;
  char *error;
  char *description;
} Redirect;

static void
redirect_clear (Redirect *redirect)
{
  cs_secret_free (redirect->code);
  cs_secret_free (redirect->state);
  g_free (redirect->error);
  g_free (redirect->description);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Redirect, redirect_clear)

static char **
redirect_field (Redirect *redirect, const char *name)
{
  if (strcmp (name, "code") == 0)
    return &redirect->code;
  if (strcmp (name, "state") == 0)
    return &redirect->state;
  if (strcmp (name, "error") == 0)
    return &redirect->error;
  if (strcmp (name, "error_description") == 0)
    return &redirect->description;
  return NULL;
}

/* One of a kind only: of two codes we could not tell which is meant. Others exist and are ignored (2.2). */
static gboolean
redirect_read (Redirect *redirect, const char *query)
{
  GUriParamsIter iterator;
  g_autofree char *name = NULL;
  g_autofree char *value = NULL;

  g_uri_params_iter_init (&iterator, query, -1, "&", G_URI_PARAMS_WWW_FORM);
  while (g_uri_params_iter_next (&iterator, &name, &value, NULL))
    {
      char **field = redirect_field (redirect, name);

      if (field != NULL && *field != NULL)
        return FALSE;
      if (field != NULL)
        *field = g_steal_pointer (&value);
      g_clear_pointer (&name, g_free);
      g_clear_pointer (&value, g_free);
    }
  return TRUE;
}

/* In a time that does not tell how much of it was right. */
static gboolean
is_same_secret (const char *a, const char *b)
{
  gsize length = strlen (b);
  guint8 difference = 0;

  if (strlen (a) != length)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    difference |= (guint8)a[i] ^ (guint8)b[i];
  return difference == 0;
}

/* Part by part: a prefix is not enough, and neither are scheme and path (style.md 3.5-9). */
static gboolean
is_ours (CsOauthListener *listener, SoupServerMessage *message)
{
  g_autofree char *host = g_strdup_printf ("localhost:%u", listener->port);
  const char *said = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Host");
  GUri *uri = soup_server_message_get_uri (message);

  return g_strcmp0 (soup_server_message_get_method (message), "GET") == 0 && said != NULL
         && g_ascii_strcasecmp (said, host) == 0 && g_strcmp0 (g_uri_get_scheme (uri), "http") == 0
         && g_ascii_strcasecmp (g_uri_get_host (uri), "localhost") == 0
         && g_uri_get_port (uri) == listener->port && g_strcmp0 (g_uri_get_path (uri), CALLBACK_PATH) == 0
         && g_uri_get_userinfo (uri) == NULL && g_uri_get_query (uri) != NULL;
}

static void
answer (SoupServerMessage *message, guint status, const char *title, const char *text)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *page = NULL;

  soup_server_message_set_status (message, status, NULL);
  soup_message_headers_replace (headers, "Connection", "close");
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "X-Frame-Options", "DENY");
  soup_message_headers_replace (headers, "Content-Security-Policy",
                                "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
  if (title == NULL)
    return;
  page = g_markup_printf_escaped ("<!DOCTYPE html>\n"
                                  "<html><head><meta charset=\"utf-8\"><title>%s</title>"
                                  "<meta name=\"viewport\" content=\"width=device-width\">"
                                  "<style>:root{color-scheme:light dark}body{font:1.1em/1.5 sans-serif;"
                                  "max-width:32em;margin:15vh auto;padding:0 1em;text-align:center}</style>"
                                  "</head><body><h1>%s</h1><p>%s</p></body></html>\n",
                                  title, title, text);
  soup_server_message_set_response (message, "text/html; charset=utf-8", SOUP_MEMORY_COPY, page,
                                    strlen (page));
}

static GError *
refusal_of (const Redirect *redirect)
{
  g_autofree char *words = NULL;

  if (redirect->error == NULL)
    return cs_remote_error_new (CS_REMOTE_ERROR_BAD_REPLY,
                                _ ("The browser came back without an answer from Xero."), NULL,
                                _ ("Start the sign-in again."));
  if (strcmp (redirect->error, "access_denied") == 0)
    return cs_remote_error_new (CS_REMOTE_ERROR_DECLINED, _ ("The permission was declined in the browser."),
                                NULL, _ ("Nothing was connected; start again when you want to."));
  words = redirect->description != NULL ? g_strdup_printf ("%s: %s", redirect->error, redirect->description)
                                        : g_strdup (redirect->error);
  return cs_remote_error_new (CS_REMOTE_ERROR_BAD_CLIENT, _ ("Xero didn't accept the request to sign in."),
                              words,
                              _ ("Check the client id, the redirect addresses and the scopes of the app "
                                 "registration."));
}

static gboolean
is_code (const char *code)
{
  gsize length = code != NULL ? strlen (code) : 0;

  return length > 0 && length <= CODE_CHARACTERS_MAX;
}

/* What is told to the waiter once the page has been sent, so that closing the listener does not cut it. */
typedef struct
{
  DexPromise *promise;
  char *code;
  GError *error;
} Outcome;

static void
outcome_deliver (Outcome *outcome)
{
  if (outcome->code != NULL)
    dex_promise_resolve_string (outcome->promise, g_steal_pointer (&outcome->code));
  else if (outcome->error != NULL)
    dex_promise_reject (outcome->promise, g_steal_pointer (&outcome->error));
}

static void
on_finished (SoupServerMessage *message, gpointer data)
{
  outcome_deliver (data);
}

static void
outcome_free (gpointer data, GClosure *closure)
{
  Outcome *outcome = data;

  outcome_deliver (outcome);
  dex_unref (outcome->promise);
  g_free (outcome);
}

static void
settle (CsOauthListener *listener, Redirect *redirect, SoupServerMessage *message)
{
  Outcome *outcome = g_new0 (Outcome, 1);

  listener->matched = TRUE;
  outcome->promise = dex_ref (listener->promise);
  if (redirect->error == NULL && is_code (redirect->code))
    {
      outcome->code = g_steal_pointer (&redirect->code);
      answer (message, SOUP_STATUS_OK, _ ("Signed in"),
              _ ("You can close this tab and return to Countersign."));
    }
  else
    {
      outcome->error = refusal_of (redirect);
      answer (message, SOUP_STATUS_OK, _ ("Not signed in"),
              _ ("You can close this tab and return to Countersign, which says what happened."));
    }
  g_signal_connect_data (message, "finished", G_CALLBACK (on_finished), outcome, outcome_free, 0);
}

/* A stray, forged or repeated request is told nothing, and waiting goes on. */
static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer data)
{
  CsOauthListener *listener = data;
  g_auto (Redirect) redirect = { 0 };

  if (!listener->matched && is_ours (listener, message)
      && redirect_read (&redirect, g_uri_get_query (soup_server_message_get_uri (message)))
      && redirect.state != NULL && is_same_secret (redirect.state, listener->state))
    settle (listener, &redirect, message);
  else
    answer (message, SOUP_STATUS_NOT_FOUND, NULL, NULL);
}

/* A redirect has no body, and whatever has one is no redirect: it is refused by its head, and what else it
 * sends is neither waited for nor kept, since any program and any web page may send something here. */
static void
on_head (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  static const char refusal[] = "HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupEncoding encoding = soup_message_headers_get_encoding (headers);
  g_autoptr (GIOStream) stream = NULL;

  if (encoding == SOUP_ENCODING_NONE
      || (encoding == SOUP_ENCODING_CONTENT_LENGTH && soup_message_headers_get_content_length (headers) == 0))
    return;
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  stream = soup_server_message_steal_connection (message);
  g_pollable_output_stream_write_nonblocking (
      G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (stream)), refusal, sizeof refusal - 1, NULL,
      NULL);
  g_io_stream_close (stream, NULL, NULL);
}

/* Both families, since a browser may take either for "localhost" (xero-accounting.md 2.3), and neither may be
 * somebody else's. A computer without IPv6 has nobody there. */
static gboolean
listen_on (CsOauthListener *listener, guint16 port, GError **error)
{
  g_autoptr (GError) failed = NULL;

  if (soup_server_listen_local (listener->server, port, 0, &failed))
    return TRUE;
  if (g_error_matches (failed, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  return soup_server_listen_local (listener->server, port, SOUP_SERVER_LISTEN_IPV4_ONLY, error);
}

static GError *
port_taken (const guint16 *ports, gsize n_ports)
{
  g_autoptr (GString) list = g_string_new (NULL);
  g_autofree char *what = NULL;

  for (gsize i = 0; i < n_ports; i++)
    g_string_append_printf (list, i == 0 ? "%u" : ", %u", ports[i]);
  /* Translators: %s is a list of numbers */
  what = g_strdup_printf (_ ("Other programs use the ports that the browser could come back to (%s)."),
                          list->str);
  return cs_remote_error_new (CS_REMOTE_ERROR_PORT_TAKEN, what, NULL,
                              _ ("Close them, another Countersign perhaps, and try again."));
}

/**
 * cs_oauth_listener_new:
 * @ports: the ports whose redirect addresses are registered
 * @n_ports: how many
 * @state: what the redirect must carry
 * @error: PORT_TAKEN
 *
 * Returns: (transfer full) (nullable): a listener that listens
 */
CsOauthListener *
cs_oauth_listener_new (const guint16 *ports, gsize n_ports, const char *state, GError **error)
{
  g_autoptr (CsOauthListener) listener = g_new0 (CsOauthListener, 1);

  listener->state = g_strdup (state);
  listener->promise = dex_promise_new ();
  listener->server = soup_server_new (NULL, NULL);
  soup_server_add_early_handler (listener->server, NULL, on_head, NULL, NULL);
  soup_server_add_handler (listener->server, NULL, on_request, listener, NULL);
  for (gsize i = 0; i < n_ports && listener->port == 0; i++)
    if (listen_on (listener, ports[i], NULL))
      listener->port = ports[i];
  if (listener->port == 0)
    {
      g_propagate_error (error, port_taken (ports, n_ports));
      return NULL;
    }
  listener->redirect_uri = g_strdup_printf ("http://localhost:%u" CALLBACK_PATH, listener->port);
  return g_steal_pointer (&listener);
}

/** cs_oauth_listener_close: nothing is answered any more. */
void
cs_oauth_listener_close (CsOauthListener *listener)
{
  if (listener->server != NULL)
    {
      soup_server_remove_handler (listener->server, NULL);
      soup_server_disconnect (listener->server);
    }
  g_clear_object (&listener->server);
}

/** cs_oauth_listener_free: closes and frees. */
void
cs_oauth_listener_free (CsOauthListener *listener)
{
  if (listener == NULL)
    return;
  cs_oauth_listener_close (listener);
  dex_clear (&listener->promise);
  cs_secret_free (listener->state);
  g_free (listener->redirect_uri);
  g_free (listener);
}

/** cs_oauth_listener_get_redirect_uri: Returns: what must be registered, and is in the request */
const char *
cs_oauth_listener_get_redirect_uri (CsOauthListener *listener)
{
  return listener->redirect_uri;
}

/** cs_oauth_listener_wait: Returns: (transfer full): resolves with the code, whenever it came */
DexFuture *
cs_oauth_listener_wait (CsOauthListener *listener)
{
  return dex_future_first (DEX_FUTURE (dex_ref (listener->promise)), NULL);
}
