/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-http-wire.h"
#include "cs-http-session.h"

#include "cs-http-spool.h"
#include "cs-json.h"
#include "cs-secret.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#define TIMEOUT_DEFAULT_S 60
#define CHUNK_BYTES (256u * 1024u)
/* A peer may say anything; more than this is taken as it comes. */
#define GUESSED_BYTES_MAX (4 * 1024 * 1024)
/* The socket's silence is bounded by the time-out; a peer that drips is bounded by this many of them. */
#define DEADLINE_FACTOR 5
#define RETRY_AFTER_MS_MAX (G_GINT64_CONSTANT (7) * 24 * 3600 * 1000)
#define HEADER_CHARACTERS_MAX 8192

struct _CsHttpWire
{
  SoupSession *reads;
  /* Writes have connections of their own, a new one each: libsoup sends an idempotent request again when a
   * connection that was used before breaks, and takes PUT for idempotent (soup-client-message-io-http1.c,
   * request_is_restartable; the same in http2). On a first use it never does. */
  SoupSession *writes;
  const CsClock *clock;
  gboolean loopback_only;
  guint timeout_s;
  CsHttpSigns signs;
};

/* One exchange, on the fiber's stack. */
typedef struct
{
  gboolean started;
  gboolean restarted;
  GCancellable *cancellable;
} Progress;

/**
 * cs_http_wire_new:
 * @loopback_only: speak to this machine alone
 * @clock: for Retry-After given as a date
 *
 * Returns: (transfer full): connections, none open yet
 */
CsHttpWire *
cs_http_wire_new (gboolean loopback_only, const CsClock *clock)
{
  CsHttpWire *wire = g_new0 (CsHttpWire, 1);

  wire->reads = cs_http_session_new (loopback_only, TIMEOUT_DEFAULT_S);
  wire->writes = cs_http_session_new (loopback_only, TIMEOUT_DEFAULT_S);
  wire->clock = clock;
  wire->loopback_only = loopback_only;
  wire->timeout_s = TIMEOUT_DEFAULT_S;
  return wire;
}

/** cs_http_wire_free: closes the connections. */
void
cs_http_wire_free (CsHttpWire *wire)
{
  if (wire == NULL)
    return;
  g_clear_object (&wire->reads);
  g_clear_object (&wire->writes);
  g_free (wire);
}

/** cs_http_wire_set_timeout: how long a peer may be silent, connecting included. */
void
cs_http_wire_set_timeout (CsHttpWire *wire, guint seconds)
{
  wire->timeout_s = MAX (seconds, 1);
  soup_session_set_timeout (wire->reads, wire->timeout_s);
  soup_session_set_timeout (wire->writes, wire->timeout_s);
}

/** cs_http_wire_get_signs: Returns: (transfer none): what the newest exchange told beside its answer */
const CsHttpSigns *
cs_http_wire_get_signs (CsHttpWire *wire)
{
  return &wire->signs;
}

/** cs_http_host_is_loopback: Returns: whether @host is one of the three names of this machine that we use */
gboolean
cs_http_host_is_loopback (const char *host)
{
  return host != NULL
         && (g_ascii_strcasecmp (host, "localhost") == 0 || strcmp (host, "127.0.0.1") == 0
             || strcmp (host, "::1") == 0);
}

/* design.md section 5: a demo practice speaks to the loopback interface, and only it; the others to https,
 * and never to it. */
static GUri *
parse_address (const CsHttpWire *wire, const CsHttpRequest *request, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (request->url != NULL ? request->url : "", SOUP_HTTP_URI_FLAGS, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  gboolean is_loopback = uri != NULL && cs_http_host_is_loopback (g_uri_get_host (uri));
  gboolean is_https = g_strcmp0 (scheme, "https") == 0;
  gboolean is_http = g_strcmp0 (scheme, "http") == 0;

  if (uri == NULL || g_uri_get_userinfo (uri) != NULL || !(is_https || is_http))
    g_set_error_literal (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_UNTRUSTED,
                         _ ("Nothing was sent: the address of the service is not a web address."));
  else if (wire->loopback_only && !is_loopback)
    g_set_error_literal (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_UNTRUSTED,
                         _ ("Nothing was sent: a demo practice only speaks to this computer."));
  else if (!wire->loopback_only && (!is_https || is_loopback))
    g_set_error_literal (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_UNTRUSTED,
                         _ ("Nothing was sent: a practice only speaks to its services over an encrypted "
                            "connection."));
  else
    return g_steal_pointer (&uri);
  return NULL;
}

static gboolean
set_header (SoupMessageHeaders *headers, const char *name, const char *value, GError **error)
{
  gsize length = strlen (value);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isprint (value[i]))
      length = 0;
  if (length == 0 || length > HEADER_CHARACTERS_MAX)
    {
      g_set_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_UNTRUSTED,
                   _ ("Nothing was sent: the value for the header %s can’t be sent."), name);
      return FALSE;
    }
  soup_message_headers_replace (headers, name, value);
  return TRUE;
}

/* xero-accounting.md 5.3: UTC, to the second, neither zone nor fraction. */
static char *
format_modified_since (gint64 instant_ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (instant_ms / 1000);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%S") : g_strdup ("");
}

/* xero-accounting.md section 1, the headers of every call. */
static gboolean
set_headers (SoupMessageHeaders *headers, const CsHttpRequest *request, const char *token, GError **error)
{
  g_autofree char *since = NULL;

  if (!set_header (headers, "Accept", request->accept != NULL ? request->accept : "application/json", error))
    return FALSE;
  if (token != NULL)
    {
      CS_AUTO_SECRET char *bearer = g_strconcat ("Bearer ", token, NULL);

      if (!set_header (headers, "Authorization", bearer, error))
        return FALSE;
    }
  if (request->tenant_id != NULL && !set_header (headers, "xero-tenant-id", request->tenant_id, error))
    return FALSE;
  if (request->idempotency_key != NULL
      && !set_header (headers, "Idempotency-Key", request->idempotency_key, error))
    return FALSE;
  if (request->modified_since_ms > 0)
    {
      since = format_modified_since (request->modified_since_ms);
      return set_header (headers, "If-Modified-Since", since, error);
    }
  return TRUE;
}

static SoupMessage *
build_message (const CsHttpWire *wire, const CsHttpRequest *request, const char *token, GError **error)
{
  g_autoptr (GUri) uri = parse_address (wire, request, error);
  g_autoptr (SoupMessage) message = NULL;
  SoupMessageHeaders *headers;

  if (uri == NULL)
    return NULL;
  message = soup_message_new_from_uri (request->method, uri);
  headers = soup_message_get_request_headers (message);
  if (!set_headers (headers, request, token, error))
    return NULL;
  if (request->body != NULL)
    soup_message_set_request_body_from_bytes (
        message, request->content_type != NULL ? request->content_type : "application/json", request->body);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE
                                       | SOUP_MESSAGE_COLLECT_METRICS);
  if (request->is_write)
    {
      /* Never shared, never reused: see CsHttpWire.writes. HTTP/1, since one HTTP/2 connection is shared. */
      soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);
      soup_message_set_force_http1 (message, TRUE);
      soup_message_headers_replace (headers, "Connection", "close");
    }
  return g_steal_pointer (&message);
}

static void
on_starting (SoupMessage *message, gpointer data)
{
  Progress *progress = data;

  progress->started = TRUE;
}

static void
on_restarted (SoupMessage *message, gpointer data)
{
  Progress *progress = data;

  progress->restarted = TRUE;
}

/* A second belt: should libsoup ever start over with a write, stop it before it does, though nobody may be
 * waiting for it any more. */
static void
stop_restart (SoupMessage *message, gpointer data)
{
  g_cancellable_cancel (data);
}

static void
on_sent (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (DexPromise) promise = data;
  GError *error = NULL;
  GInputStream *stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);

  if (stream != NULL)
    dex_promise_resolve_object (promise, stream);
  else
    dex_promise_reject (promise, error);
}

static void
unref_closure (gpointer data, GClosure *closure)
{
  g_object_unref (data);
}

static DexFuture *
before (DexFuture *work, gint64 deadline_us)
{
  return dex_future_first (work, dex_timeout_new_deadline (deadline_us), NULL);
}

/* What the peer says that it will send. */
static guint
guess_size (SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);

  return soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
             ? (guint)CLAMP (soup_message_headers_get_content_length (headers), 0, GUESSED_BYTES_MAX)
             : 0;
}

/* The whole body, if it is no larger than the limit. Its place is taken at once: growing into it, a page of
 * invoices is copied and faulted in several times, which costs as much as receiving it. */
static GBytes *
read_body (GInputStream *stream, SoupMessage *message, gboolean is_secret, gint64 deadline_us, GError **error)
{
  g_autoptr (GByteArray) body = g_byte_array_sized_new (guess_size (message));
  gsize size;

  for (;;)
    {
      g_autoptr (GBytes) chunk = NULL;

      chunk = cs_await_boxed (
          before (dex_input_stream_read_bytes (stream, CHUNK_BYTES, G_PRIORITY_DEFAULT), deadline_us), error);
      if (chunk == NULL)
        return NULL;
      if (g_bytes_get_size (chunk) == 0)
        break;
      if (body->len + g_bytes_get_size (chunk) > CS_JSON_BYTES_MAX)
        {
          g_set_error_literal (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_TOO_LARGE, "");
          return NULL;
        }
      g_byte_array_append (body, g_bytes_get_data (chunk, NULL), (guint)g_bytes_get_size (chunk));
    }
  if (!is_secret)
    return g_byte_array_free_to_bytes (g_steal_pointer (&body));
  size = body->len;
  return cs_secret_bytes_new_take (g_byte_array_free (g_steal_pointer (&body), FALSE), size);
}

/* The whole body, chunk by chunk to the disk. */
static gboolean
read_to_file (GInputStream *stream, gint64 deadline_us, CsHttpResponse *response, GError **error)
{
  g_autoptr (CsHttpSpool) spool = cs_http_spool_new (error);

  while (spool != NULL)
    {
      g_autoptr (GBytes) chunk = NULL;

      chunk = cs_await_boxed (
          before (dex_input_stream_read_bytes (stream, CHUNK_BYTES, G_PRIORITY_DEFAULT), deadline_us), error);
      if (chunk == NULL)
        return FALSE;
      if (g_bytes_get_size (chunk) == 0)
        break;
      if (!cs_http_spool_append (spool, chunk, error))
        return FALSE;
    }
  if (spool == NULL)
    return FALSE;
  response->file_bytes = cs_http_spool_get_size (spool);
  response->file = cs_http_spool_end (spool, error);
  response->body = g_bytes_new_static ("", 0);
  return response->file != NULL;
}

static gboolean
is_read_to_file (const CsHttpRequest *request, const CsHttpResponse *response)
{
  return request->is_large && !request->is_write && response->status >= 200 && response->status < 300;
}

/* libsoup takes a body that ends too early for whole when the connection was to be closed after it. */
static gboolean
is_whole (SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  SoupMessageMetrics *metrics = soup_message_get_metrics (message);

  return soup_message_headers_get_encoding (headers) != SOUP_ENCODING_CONTENT_LENGTH || metrics == NULL
         || soup_message_metrics_get_response_body_bytes_received (metrics)
                >= (guint64)soup_message_headers_get_content_length (headers);
}

/* Seconds, or a date (RFC 9110 10.2.3). A day limit's can be tens of thousands of seconds (3.2). */
static gint64
read_retry_after (const char *text, const CsClock *clock)
{
  guint64 seconds = 0;
  g_autoptr (GDateTime) time = NULL;
  gint64 wait_ms = 0;

  if (text == NULL)
    return 0;
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, &seconds, NULL))
    return (gint64)MIN (seconds, (guint64)RETRY_AFTER_MS_MAX / 1000) * 1000;
  time = soup_date_time_new_from_http_string (text);
  if (time != NULL && clock != NULL)
    wait_ms = g_date_time_to_unix (time) * 1000 - cs_clock_now_ms (clock);
  return CLAMP (wait_ms, 0, RETRY_AFTER_MS_MAX);
}

static gint64
read_date (const char *text)
{
  g_autoptr (GDateTime) time = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  return time != NULL ? g_date_time_to_unix (time) * 1000 : 0;
}

static int
read_remaining (const char *text)
{
  guint64 remaining = 0;

  return text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT, &remaining, NULL) ? (int)remaining
                                                                                              : -1;
}

/* It goes to the log and on screen: an id, or nothing. */
static char *
read_correlation_id (const char *text)
{
  if (text == NULL || strlen (text) > 64)
    return NULL;
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '-')
      return NULL;
  return g_strdup (text);
}

static CsHttpResponse *
read_head (SoupMessage *message, const CsClock *clock)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  CsHttpResponse *response = g_new0 (CsHttpResponse, 1);

  response->status = soup_message_get_status (message);
  response->date_ms = read_date (soup_message_headers_get_one (headers, "Date"));
  response->content_type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  response->challenge = g_strdup (soup_message_headers_get_list (headers, "WWW-Authenticate"));
  response->correlation_id
      = read_correlation_id (soup_message_headers_get_one (headers, "xero-correlation-id"));
  response->retry_after_ms = read_retry_after (soup_message_headers_get_one (headers, "Retry-After"), clock);
  response->minute_remaining
      = read_remaining (soup_message_headers_get_one (headers, "X-MinLimit-Remaining"));
  response->day_remaining = read_remaining (soup_message_headers_get_one (headers, "X-DayLimit-Remaining"));
  response->app_minute_remaining
      = read_remaining (soup_message_headers_get_one (headers, "X-AppMinLimit-Remaining"));
  return response;
}

/* Who is still answered on the one before holds it. */
static SoupSession *
take_session (CsHttpWire *wire, gboolean is_write)
{
  SoupSession **session = is_write ? &wire->writes : &wire->reads;

  if (cs_http_session_is_worn (*session))
    {
      g_object_unref (*session);
      *session = cs_http_session_new (wire->loopback_only, wire->timeout_s);
    }
  return *session;
}

static CsHttpResponse *
send_and_read (CsHttpWire *wire,
               const CsHttpRequest *request,
               SoupMessage *message,
               Progress *progress,
               GError **error)
{
  gint64 deadline_us = g_get_monotonic_time () + (gint64)wire->timeout_s * DEADLINE_FACTOR * G_USEC_PER_SEC;
  DexPromise *promise = dex_promise_new ();
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (CsHttpResponse) response = NULL;

  progress->cancellable = g_cancellable_new ();
  if (request->is_write)
    g_signal_connect_data (message, "restarted", G_CALLBACK (stop_restart),
                           g_object_ref (progress->cancellable), unref_closure, 0);
  cs_http_session_send (take_session (wire, request->is_write), message, progress->cancellable, on_sent,
                        dex_ref (promise));
  stream = cs_await_object (before (DEX_FUTURE (promise), deadline_us), error);
  if (stream == NULL)
    return NULL;
  response = read_head (message, wire->clock);
  if (is_read_to_file (request, response))
    {
      if (!read_to_file (stream, deadline_us, response, error))
        return NULL;
    }
  else
    response->body = read_body (stream, message, request->anonymous, deadline_us, error);
  if (response->body == NULL)
    return NULL;
  if (!is_whole (message))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "The answer ends too early");
      return NULL;
    }
  return g_steal_pointer (&response);
}

/* RFC 9110 6.6.1; by it a wrong clock is told apart from a refusal. */
static void
note_answer (CsHttpWire *wire, SoupMessage *message)
{
  const char *date = soup_message_headers_get_one (soup_message_get_response_headers (message), "Date");
  g_autoptr (GDateTime) time = date != NULL ? soup_date_time_new_from_http_string (date) : NULL;

  wire->signs.status = soup_message_get_status (message);
  wire->signs.has_clock = time != NULL;
  if (time != NULL)
    wire->signs.clock_ahead_ms = g_date_time_to_unix (time) * 1000 - cs_clock_now_ms (wire->clock);
}

static void
on_proxies (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (DexPromise) promise = data;
  g_auto (GStrv) proxies = g_proxy_resolver_lookup_finish (G_PROXY_RESOLVER (object), result, NULL);

  dex_promise_resolve_boolean (promise, proxies != NULL && proxies[0] != NULL
                                            && !g_str_has_prefix (proxies[0], "direct:"));
}

static gboolean
is_behind_proxy (CsHttpWire *wire, SoupMessage *message)
{
  g_autofree char *address = g_uri_to_string_partial (soup_message_get_uri (message), G_URI_HIDE_QUERY);
  DexPromise *promise = NULL;

  if (wire->loopback_only)
    return FALSE;
  promise = dex_promise_new ();
  g_proxy_resolver_lookup_async (g_proxy_resolver_get_default (), address, NULL, on_proxies,
                                 dex_ref (promise));
  return cs_await_boolean (DEX_FUTURE (promise), NULL);
}

/* Nothing was sent: was it the certificate, the proxy, or is nobody there? */
static void
note_silence (CsHttpWire *wire, SoupMessage *message, const GError *error)
{
  if (error->domain == G_TLS_ERROR)
    wire->signs.certificate = soup_message_get_tls_peer_certificate_errors (message);
  else if (!cs_error_is_cancelled (error))
    wire->signs.by_proxy = is_behind_proxy (wire, message);
}

/**
 * cs_http_wire_exchange:
 * @wire: the connections
 * @request: what to send
 * @token: (nullable): the bearer token
 * @may_have_left: (out): whether a byte of the request may have been sent, whatever happened afterwards
 * @error: why there is no answer
 *
 * Returns: (transfer full) (nullable): the answer, whatever its status
 */
CsHttpResponse *
cs_http_wire_exchange (CsHttpWire *wire,
                       const CsHttpRequest *request,
                       const char *token,
                       gboolean *may_have_left,
                       GError **error)
{
  g_autoptr (SoupMessage) message = build_message (wire, request, token, error);
  g_autoptr (CsHttpResponse) response = NULL;
  Progress progress = { 0 };

  *may_have_left = FALSE;
  wire->signs = (CsHttpSigns){ 0 };
  if (message == NULL)
    return NULL;
  /* "starting" comes after name, connection and TLS handshake, right before the first byte. */
  g_signal_connect (message, "starting", G_CALLBACK (on_starting), &progress);
  if (request->is_write)
    g_signal_connect (message, "restarted", G_CALLBACK (on_restarted), &progress);
  response = send_and_read (wire, request, message, &progress, error);
  g_signal_handlers_disconnect_by_data (message, &progress);
  /* What nobody waits for any more ends by itself, within the deadline of its sockets: libsoup 3.6 was seen
   * to fall over a request that was cancelled just as its answer began. */
  if (response == NULL && !cs_error_is_cancelled (*error))
    g_cancellable_cancel (progress.cancellable);
  g_clear_object (&progress.cancellable);
  *may_have_left = progress.started;
  if (response == NULL && progress.restarted)
    {
      g_clear_error (error);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED,
                           "Stopped before it was sent again");
    }
  if (response == NULL && !progress.started)
    note_silence (wire, message, *error);
  if (response != NULL && progress.started)
    note_answer (wire, message);
  if (response != NULL && !progress.started)
    {
      /* A proxy's answer to CONNECT, not the service's. */
      wire->signs.by_proxy = TRUE;
      wire->signs.proxy_wants_login = response->status == SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED;
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PROXY_FAILED, "The proxy refused");
      return NULL;
    }
  return g_steal_pointer (&response);
}
