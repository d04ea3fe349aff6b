/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-answer.h"

#include "sandbox-limits.h"

#include <string.h>

#define DRIBBLE_MS 100
#define MEGABYTE ((gsize)1024 * 1024)
#define HUGE_MEGABYTES 64
#define XML_HEAD "<Response><Status>OK</Status><Clients><Client><Name>"
#define EXCHANGE_KEY "countersign-sandbox-exchange"

/* One message on its way out; freed when libsoup has finished with the message. */
typedef struct
{
  SandboxWorld *world;
  SoupServerMessage *message; /* lent: this lives no longer than it */
  char *tenant;
  guint timer;
  GSource *watch;
  GBytes *rest; /* of a body that comes in pieces */
  gsize piece;
  SandboxProducer producer; /* of a body that is made while it goes out */
  gpointer producer_data;
  GDestroyNotify producer_free;
} Exchange;

static void
drop_watch (Exchange *exchange)
{
  if (exchange->watch != NULL)
    g_source_destroy (exchange->watch);
  g_clear_pointer (&exchange->watch, g_source_unref);
}

/* With the message, whether it was finished or the sandbox ends before it. */
static void
exchange_free (gpointer data)
{
  Exchange *exchange = data;

  g_clear_handle_id (&exchange->timer, g_source_remove);
  g_clear_pointer (&exchange->rest, g_bytes_unref);
  drop_watch (exchange);
  if (exchange->producer != NULL)
    exchange->producer_free (exchange->producer_data);
  g_free (exchange->tenant);
  g_free (exchange);
}

static void
exchange_finished (SoupServerMessage *message, gpointer data)
{
  Exchange *exchange = data;

  if (exchange->tenant != NULL)
    sandbox_limits_leave (exchange->world->limits, exchange->tenant);
  g_signal_handlers_disconnect_by_func (message, exchange_finished, exchange);
  g_object_set_data (G_OBJECT (message), EXCHANGE_KEY, NULL);
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
send_half (SoupServerMessage *message, const SandboxReply *reply, GBytes *body)
{
  GSocket *socket = soup_server_message_get_socket (message);
  gsize length = g_bytes_get_size (body);
  g_autoptr (GString) bytes = g_string_new (NULL);
  gssize sent = 0;

  g_string_append_printf (bytes,
                          "HTTP/1.1 %u %s\r\nContent-Type: %s\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                          reply->status, soup_status_get_phrase (reply->status), reply->content_type, length);
  g_string_append_len (bytes, g_bytes_get_data (body, NULL), (gssize)(length / 2));
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

/* Xero's Date is of Xero's clock. */
static void
set_date (SoupMessageHeaders *headers, gint64 now_ms)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (now_ms / 1000);
  g_autofree char *text = now != NULL ? soup_date_time_to_string (now, SOUP_DATE_HTTP) : NULL;

  if (text != NULL)
    soup_message_headers_replace (headers, "Date", text);
}

static void
fill_message (SoupServerMessage *message, const SandboxReply *reply, GBytes *body)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  for (guint i = 0; i + 1 < reply->headers->len; i += 2)
    soup_message_headers_replace (headers, reply->headers->pdata[i], reply->headers->pdata[i + 1]);
  soup_server_message_set_status (
      message, reply->status, reply->status == SANDBOX_STATUS_TOO_MANY_REQUESTS ? "Too Many Requests" : NULL);
  if (reply->content_type != NULL)
    soup_message_headers_replace (headers, "Content-Type", reply->content_type);
  if (g_bytes_get_size (body) > 0)
    soup_message_body_append_bytes (soup_server_message_get_response_body (message), body);
  /* libsoup closes after an answer without a body. Unsaid, the client's next request is lost. */
  if (reply->status == SOUP_STATUS_NO_CONTENT || reply->status == SOUP_STATUS_NOT_MODIFIED)
    soup_message_headers_replace (headers, "Connection", "close");
}

static gboolean
send_piece (gpointer data)
{
  Exchange *exchange = data;
  SoupMessageBody *body = soup_server_message_get_response_body (exchange->message);
  gsize length = g_bytes_get_size (exchange->rest);
  gsize piece = MIN (exchange->piece, length);
  g_autoptr (GBytes) rest = g_bytes_new_from_bytes (exchange->rest, piece, length - piece);

  soup_message_body_append (body, SOUP_MEMORY_COPY, g_bytes_get_data (exchange->rest, NULL), piece);
  g_bytes_unref (exchange->rest);
  exchange->rest = g_steal_pointer (&rest);
  if (length == piece)
    soup_message_body_complete (body);
  soup_server_message_unpause (exchange->message);
  if (length > piece)
    return G_SOURCE_CONTINUE;
  exchange->timer = 0;
  return G_SOURCE_REMOVE;
}

/* The true body, in pieces over the seconds; each comes in time for a client that only looks at silence. */
static void
dribble (Exchange *exchange, GBytes *body, int seconds)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (exchange->message);
  gsize length = g_bytes_get_size (body);
  guint pieces = (guint)MAX (seconds, 1) * 1000 / DRIBBLE_MS;

  soup_message_body_truncate (soup_server_message_get_response_body (exchange->message));
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  exchange->rest = g_bytes_ref (body);
  exchange->piece = length / pieces + 1;
  soup_server_message_pause (exchange->message);
  exchange->timer = g_timeout_add (DRIBBLE_MS, send_piece, exchange);
}

/* The next piece, once the one before it is with the kernel: a list of 50 MB is never in memory whole. */
static void
produce (SoupServerMessage *message, gpointer data)
{
  Exchange *exchange = data;
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  g_autoptr (GString) piece = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  gboolean more;

  if (exchange->producer == NULL)
    return;
  more = exchange->producer (exchange->producer_data, piece);
  bytes = g_string_free_to_bytes (g_steal_pointer (&piece));
  soup_message_body_append_bytes (body, bytes);
  if (!more)
    {
      exchange->producer_free (exchange->producer_data);
      exchange->producer = NULL;
      soup_message_body_complete (body);
    }
}

static void
start_producing (Exchange *exchange, SandboxReply *reply)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (exchange->message);
  SoupMessageBody *body = soup_server_message_get_response_body (exchange->message);

  exchange->producer = g_steal_pointer (&reply->producer);
  exchange->producer_data = reply->producer_data;
  exchange->producer_free = reply->producer_free;
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  soup_message_body_set_accumulate (body, FALSE);
  g_signal_connect (exchange->message, "wrote-chunk", G_CALLBACK (produce), exchange);
  produce (exchange->message, exchange);
}

/* A fault wants all of the body. */
static void
finish_body (SandboxReply *reply)
{
  while (reply->producer (reply->producer_data, reply->body))
    continue;
  reply->producer_free (reply->producer_data);
  reply->producer = NULL;
}

/* A text without an end, in the place of the body. */
static void
swell (Exchange *exchange, gboolean is_xml, int megabytes)
{
  SoupMessageBody *body = soup_server_message_get_response_body (exchange->message);
  g_autofree char *filling = g_strnfill (MEGABYTE, 'x');
  g_autoptr (GBytes) piece = g_bytes_new (filling, MEGABYTE);

  soup_message_body_truncate (body);
  if (is_xml)
    soup_message_body_append (body, SOUP_MEMORY_STATIC, XML_HEAD, strlen (XML_HEAD));
  else
    soup_message_body_append (body, SOUP_MEMORY_STATIC, "{\"Id\":\"", 7);
  for (int i = 0; i < CLAMP (megabytes > 0 ? megabytes : HUGE_MEGABYTES, 1, 4096); i++)
    soup_message_body_append_bytes (body, piece);
}

void
sandbox_answer_send (SandboxWorld *world,
                     SoupServerMessage *message,
                     SandboxReply *reply,
                     SandboxFault fault,
                     int seconds)
{
  Exchange *exchange = g_new0 (Exchange, 1);
  g_autoptr (GBytes) body = NULL;

  if (reply->producer != NULL && fault != SANDBOX_FAULT_NONE)
    finish_body (reply);
  body = reply->body != NULL ? g_string_free_to_bytes (g_steal_pointer (&reply->body))
                             : g_bytes_new_static ("", 0);

  exchange->world = world;
  exchange->message = message;
  exchange->tenant = g_steal_pointer (&reply->tenant);
  g_object_set_data_full (G_OBJECT (message), EXCHANGE_KEY, exchange, exchange_free);
  g_signal_connect (message, "finished", G_CALLBACK (exchange_finished), exchange);
  set_date (soup_server_message_get_response_headers (message),
            sandbox_clock_now_ms (&world->clock) + world->skew_ms);
  fill_message (message, reply, body);
  if (reply->producer != NULL)
    start_producing (exchange, reply);
  switch (fault)
    {
    case SANDBOX_FAULT_DELAY:
      soup_server_message_pause (message);
      exchange->timer = g_timeout_add_seconds ((guint)MAX (seconds, 1), answer_late, exchange);
      break;
    case SANDBOX_FAULT_CUT_BEFORE:
    case SANDBOX_FAULT_CUT_AFTER:
    case SANDBOX_FAULT_CORRECTED_AFTER:
      cut_socket (message);
      break;
    case SANDBOX_FAULT_HALF_BODY:
      send_half (message, reply, body);
      break;
    case SANDBOX_FAULT_HANG_AFTER:
      hang (exchange);
      break;
    case SANDBOX_FAULT_SLOW_BODY:
      dribble (exchange, body, seconds);
      break;
    case SANDBOX_FAULT_HUGE_BODY:
      swell (exchange, reply->content_type != NULL && g_str_has_prefix (reply->content_type, "text/xml"),
             seconds);
      break;
    case SANDBOX_FAULT_NONE:
    case SANDBOX_FAULT_429:
    case SANDBOX_FAULT_500:
    case SANDBOX_FAULT_503:
    case SANDBOX_FAULT_WRONG_JSON:
    case SANDBOX_FAULT_UNAUTHORISED:
    case SANDBOX_FAULT_EXPIRED_TOKEN:
    case SANDBOX_FAULT_REVOKED_TOKEN:
    case SANDBOX_FAULT_LOST_PRIVILEGE:
    case SANDBOX_FAULT_LOST_SCOPE:
    case SANDBOX_FAULT_UNAVAILABLE:
    case SANDBOX_FAULT_ORGANISATION_OFFLINE:
    case SANDBOX_FAULT_CLOCK_SKEW:
    case SANDBOX_FAULT_WRONG_TYPE:
    case SANDBOX_FAULT_ERROR_IN_200:
    case SANDBOX_FAULT_CONFLICT:
    case SANDBOX_FAULTS:
    default:
      break;
    }
}
