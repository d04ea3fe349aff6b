/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "remote-test.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#define GUARD_S 180
#define FREE_PORT_MIN 12000
#define FREE_PORT_MAX 32000

static gint64 clock_now_ms = G_GINT64_CONSTANT (1795305600000);
static char *vault_directory;
static GString *log_text;
static GMutex log_lock;
static GLogFunc previous_log_handler;

static gint64
read_clock (const CsClock *clock)
{
  return clock_now_ms;
}
CsClock test_clock = { read_clock, NULL };

void
test_clock_set (gint64 now_ms)
{
  clock_now_ms = now_ms;
}

void
test_clock_advance (gint64 ms)
{
  clock_now_ms += ms;
}

static gboolean
on_guard (gpointer data)
{
  g_error ("It hangs");
  return G_SOURCE_REMOVE;
}

void
test_iterate_until (gboolean (*condition) (gpointer data), gpointer data)
{
  guint guard = g_timeout_add_seconds (GUARD_S, on_guard, NULL);

  while (!condition (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (guard);
}

static gboolean
is_settled (gpointer data)
{
  return !dex_future_is_pending (data);
}

void
test_settle (void)
{
  for (int i = 0; i < 50; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (1000);
    }
}

static const GValue *
wait_for (DexFuture *future, GError **error)
{
  test_iterate_until (is_settled, future);
  return dex_future_get_value (future, error);
}

gpointer
test_await_record (DexFuture *future, GError **error)
{
  g_autoptr (DexFuture) owned = future;
  const GValue *value = wait_for (future, error);

  return value != NULL ? cs_box_steal (g_value_get_boxed (value)) : NULL;
}

GPtrArray *
test_await_array (DexFuture *future, GError **error)
{
  g_autoptr (DexFuture) owned = future;
  const GValue *value = wait_for (future, error);

  return value != NULL ? g_value_dup_boxed (value) : NULL;
}

char *
test_await_string (DexFuture *future, GError **error)
{
  g_autoptr (DexFuture) owned = future;
  const GValue *value = wait_for (future, error);

  return value != NULL ? g_value_dup_string (value) : NULL;
}

gboolean
test_await (DexFuture *future, GError **error)
{
  g_autoptr (DexFuture) owned = future;

  return wait_for (future, error) != NULL;
}

gboolean
test_await_boolean (DexFuture *future, GError **error)
{
  g_autoptr (DexFuture) owned = future;
  const GValue *value = wait_for (future, error);

  return value != NULL && g_value_get_boolean (value);
}

static void
test_request_free (gpointer data)
{
  TestRequest *request = data;

  g_free (request->method);
  g_free (request->path);
  g_free (request->query);
  g_free (request->body);
  soup_message_headers_unref (request->headers);
  g_free (request);
}

static void
copy_header (const char *name, const char *value, gpointer data)
{
  soup_message_headers_append (data, name, value);
}

static void
on_request (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  TestServer *server = data;
  TestRequest *request = g_new0 (TestRequest, 1);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);

  request->method = g_strdup (soup_server_message_get_method (message));
  request->path = g_strdup (g_uri_get_path (soup_server_message_get_uri (message)));
  request->query = g_strdup (g_uri_get_query (soup_server_message_get_uri (message)));
  request->body = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  request->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  soup_message_headers_foreach (soup_server_message_get_request_headers (message), copy_header,
                                request->headers);
  g_ptr_array_add (server->requests, request);
  server->handler (server, message, request);
}

static TestServer *
server_new (TestHandler handler, gpointer data, GTlsCertificate *certificate)
{
  TestServer *server = g_new0 (TestServer, 1);
  g_autoptr (GError) error = NULL;
  g_autoslist (GUri) uris = NULL;

  server->handler = handler;
  server->data = data;
  server->requests = g_ptr_array_new_with_free_func (test_request_free);
  server->soup = soup_server_new ("tls-certificate", certificate, NULL);
  soup_server_add_handler (server->soup, NULL, on_request, server, NULL);
  soup_server_listen_local (
      server->soup, 0, SOUP_SERVER_LISTEN_IPV4_ONLY | (certificate != NULL ? SOUP_SERVER_LISTEN_HTTPS : 0),
      &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server->soup);
  server->port = (guint)g_uri_get_port (uris->data);
  server->base = g_strdup_printf ("%s://localhost:%u", certificate != NULL ? "https" : "http", server->port);
  return server;
}

TestServer *
test_server_new (TestHandler handler, gpointer data)
{
  return server_new (handler, data, NULL);
}

TestServer *
test_server_new_tls (TestHandler handler, gpointer data)
{
  g_autofree char *pem = g_test_build_filename (G_TEST_DIST, "remote", "untrusted-localhost.pem", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (pem, &error);

  g_assert_no_error (error);
  return server_new (handler, data, certificate);
}

void
test_server_free (TestServer *server)
{
  soup_server_disconnect (server->soup);
  g_object_unref (server->soup);
  g_ptr_array_unref (server->requests);
  g_free (server->base);
  g_free (server);
}

const TestRequest *
test_server_get_request (TestServer *server, guint index)
{
  g_assert_cmpuint (index, <, server->requests->len);
  return g_ptr_array_index (server->requests, index);
}

const TestRequest *
test_server_get_last (TestServer *server)
{
  g_assert_cmpuint (server->requests->len, >, 0);
  return g_ptr_array_index (server->requests, server->requests->len - 1);
}

guint
test_server_count (TestServer *server, const char *method, const char *path)
{
  guint n = 0;

  for (guint i = 0; i < server->requests->len; i++)
    {
      const TestRequest *request = g_ptr_array_index (server->requests, i);

      n += g_str_equal (request->method, method) && g_str_equal (request->path, path);
    }
  return n;
}

const char *
test_request_header (const TestRequest *request, const char *name)
{
  return soup_message_headers_get_one (request->headers, name);
}

GHashTable *
test_request_form (const TestRequest *request)
{
  return soup_form_decode (request->body);
}

void
test_answer (SoupServerMessage *message, guint status, const char *content_type, const char *body)
{
  soup_server_message_set_status (message, status, NULL);
  if (body != NULL)
    soup_server_message_set_response (message, content_type, SOUP_MEMORY_COPY, body, strlen (body));
}

void
test_answer_json (SoupServerMessage *message, guint status, const char *body)
{
  test_answer (message, status, "application/json; charset=utf-8", body);
}

void
test_answer_raw (SoupServerMessage *message, const char *bytes, gssize size)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  if (bytes != NULL)
    g_output_stream_write_all (g_io_stream_get_output_stream (stream), bytes,
                               size >= 0 ? (gsize)size : strlen (bytes), NULL, NULL, NULL);
  g_io_stream_close (stream, NULL, NULL);
}

static GPtrArray *open_streams;

void
test_leave_open (SoupServerMessage *message, const char *bytes)
{
  GIOStream *stream = soup_server_message_steal_connection (message);

  if (open_streams == NULL)
    open_streams = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (open_streams, stream);
  g_output_stream_write_all (g_io_stream_get_output_stream (stream), bytes, strlen (bytes), NULL, NULL, NULL);
}

void
test_answer_canned (TestServer *server, SoupServerMessage *message, const TestRequest *request)
{
  const TestCanned *canned = server->data;

  if (canned->header != NULL)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), canned->header,
                                  canned->value);
  if (canned->raw != NULL)
    test_answer_raw (message, canned->raw, -1);
  else
    test_answer (message, canned->status, canned->content_type, canned->body);
}

void
test_assert_refused (GError *error, CsRemoteError code)
{
  g_assert_error (error, CS_REMOTE_ERROR, (int)code);
  g_assert_cmpuint (strlen (error->message), >, 10);
}

struct _TestCutter
{
  GSocketService *service;
  guint16 port;
  GMutex lock;
  GHashTable *counts; /* "PUT /x" → number */
};

/* One request line and its head; bodies here are short and come with it or after it. */
static char *
read_request_line (GDataInputStream *input)
{
  g_autofree char *first = g_data_input_stream_read_line (input, NULL, NULL, NULL);
  gsize body = 0;

  for (;;)
    {
      g_autofree char *line = g_data_input_stream_read_line (input, NULL, NULL, NULL);

      if (line == NULL)
        return NULL;
      g_strchomp (line);
      if (line[0] == '\0')
        break;
      if (g_ascii_strncasecmp (line, "Content-Length:", 15) == 0)
        body = (gsize)g_ascii_strtoull (line + 15, NULL, 10);
    }
  if (body > 0 && g_input_stream_skip (G_INPUT_STREAM (input), body, NULL, NULL) < 0)
    return NULL;
  return g_steal_pointer (&first);
}

static gboolean
on_connection (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  static const char ok[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
  TestCutter *cutter = data;
  GInputStream *raw = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autoptr (GDataInputStream) input = g_data_input_stream_new (raw);
  char *line;

  while ((line = read_request_line (input)) != NULL)
    {
      g_auto (GStrv) words = g_strsplit (line, " ", 3);
      g_autofree char *key = g_strdup_printf ("%s %s", words[0], words[1]);

      g_free (line);
      g_mutex_lock (&cutter->lock);
      g_hash_table_replace (
          cutter->counts, g_strdup (key),
          GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (cutter->counts, key)) + 1));
      g_mutex_unlock (&cutter->lock);
      if (!g_str_has_prefix (words[1], "/ok"))
        break;
      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), ok, strlen (ok),
                                 NULL, NULL, NULL);
    }
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  return TRUE;
}

TestCutter *
test_cutter_new (void)
{
  TestCutter *cutter = g_new0 (TestCutter, 1);

  g_mutex_init (&cutter->lock);
  cutter->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  cutter->service = g_threaded_socket_service_new (10);
  cutter->port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (cutter->service), NULL, NULL);
  g_signal_connect (cutter->service, "run", G_CALLBACK (on_connection), cutter);
  g_socket_service_start (cutter->service);
  return cutter;
}

/* The threads end with their connections, which the pipeline closes when it is freed; so it goes first. */
static gboolean
has_no_threads (gpointer data)
{
  g_usleep (1000);
  g_main_context_wakeup (NULL);
  return ((GObject *)data)->ref_count == 1;
}

void
test_cutter_free (TestCutter *cutter)
{
  g_socket_service_stop (cutter->service);
  g_socket_listener_close (G_SOCKET_LISTENER (cutter->service));
  test_iterate_until (has_no_threads, cutter->service);
  g_object_unref (cutter->service);
  g_hash_table_unref (cutter->counts);
  g_mutex_clear (&cutter->lock);
  g_free (cutter);
}

char *
test_cutter_url (TestCutter *cutter, const char *path)
{
  return g_strdup_printf ("http://127.0.0.1:%u%s", cutter->port, path);
}

guint
test_cutter_count (TestCutter *cutter, const char *method_and_path)
{
  guint n;

  g_mutex_lock (&cutter->lock);
  n = GPOINTER_TO_UINT (g_hash_table_lookup (cutter->counts, method_and_path));
  g_mutex_unlock (&cutter->lock);
  return n;
}

typedef struct
{
  guint port;
  gboolean ipv6;
  const char *request;
  char *answer;
  int done;
} Browse;

static gpointer
browse_thread (gpointer data)
{
  Browse *browse = data;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GString) answer = g_string_new (NULL);
  char chunk[4096];
  gssize n;

  g_socket_client_set_timeout (client, 20);
  g_socket_client_set_proxy_resolver (client, NULL);
  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_host (client, browse->ipv6 ? "::1" : "127.0.0.1",
                                                (guint16)browse->port, NULL, NULL);
  if (connection != NULL)
    {
      GIOStream *stream = G_IO_STREAM (connection);

      g_output_stream_write_all (g_io_stream_get_output_stream (stream), browse->request,
                                 strlen (browse->request), NULL, NULL, NULL);
      while (
          (n = g_input_stream_read (g_io_stream_get_input_stream (stream), chunk, sizeof chunk, NULL, NULL))
          > 0)
        g_string_append_len (answer, chunk, n);
      browse->answer = g_string_free (g_steal_pointer (&answer), FALSE);
    }
  g_atomic_int_set (&browse->done, TRUE);
  g_main_context_wakeup (NULL);
  return NULL;
}

static gboolean
is_browsed (gpointer data)
{
  Browse *browse = data;

  return g_atomic_int_get (&browse->done);
}

char *
test_browse (guint port, gboolean ipv6, const char *request)
{
  Browse browse = { port, ipv6, request, NULL, FALSE };
  GThread *thread = g_thread_new ("browser", browse_thread, &browse);

  test_iterate_until (is_browsed, &browse);
  g_thread_join (thread);
  return browse.answer;
}

char *
test_browse_path (guint port, const char *path_and_query)
{
  g_autofree char *request = g_strdup_printf (
      "GET %s HTTP/1.1\r\nHost: localhost:%u\r\nConnection: close\r\n\r\n", path_and_query, port);

  return test_browse (port, FALSE, request);
}

/* Whoever asks listens on it a moment later. From those that connections are given of their own (32768 and
 * above), one beside this test could have it by then. */
guint16
test_free_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port;

  do
    port = (guint16)g_random_int_range (FREE_PORT_MIN, FREE_PORT_MAX);
  while (!g_socket_listener_add_inet_port (listener, port, NULL, NULL));
  g_socket_listener_close (listener);
  return port;
}

static void
keep_log (const char *domain, const char *message)
{
  g_mutex_lock (&log_lock);
  if (log_text != NULL)
    g_string_append_printf (log_text, "%s: %s\n", domain != NULL ? domain : "",
                            message != NULL ? message : "");
  g_mutex_unlock (&log_lock);
}

/* Both ways into GLib's log: g_log(), and structured. */
static void
on_log (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  keep_log (domain, message);
  previous_log_handler (domain, level, message, NULL);
}

static GLogWriterOutput
on_log_fields (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  for (gsize i = 0; i < n_fields; i++)
    keep_log (fields[i].key, fields[i].length < 0 ? fields[i].value : NULL);
  return g_log_writer_default (level, fields, n_fields, data);
}

void
test_log_start (void)
{
  g_mutex_lock (&log_lock);
  log_text = g_string_new (NULL);
  g_mutex_unlock (&log_lock);
}

char *
test_log_stop (void)
{
  char *text;

  g_mutex_lock (&log_lock);
  text = g_string_free (g_steal_pointer (&log_text), FALSE);
  g_mutex_unlock (&log_lock);
  return text;
}

static DexFuture *
authorise (gboolean stale, gpointer data)
{
  return dex_future_new_take_string (g_strdup ("a-token-of-the-tests"));
}

void
test_http_authorise (CsHttp *http)
{
  cs_http_set_authorise (http, authorise, NULL);
}

CsHttp *
test_http_new (void)
{
  CsHttp *http = cs_http_new (TRUE, &test_clock);

  test_http_authorise (http);
  cs_http_set_timeout (http, 2);
  return http;
}

CsHttpRequest *
test_request_new (TestServer *server, const char *method, const char *path)
{
  CsHttpRequest *request = cs_http_request_new (method, "/test");

  request->url = g_strconcat (server->base, path, NULL);
  return request;
}

const char *
test_vault_path (void)
{
  return vault_directory;
}

int
test_run (int argc, char **argv, void (*add_tests) (void))
{
  g_autofree char *keyring = NULL;
  g_autofree char *lock = NULL;
  int result;

  dex_init ();
  g_log_set_writer_func (on_log_fields, NULL, NULL);
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  previous_log_handler = g_log_set_default_handler (on_log, NULL);
  vault_directory = g_dir_make_tmp ("cs-remote-XXXXXX", NULL);
  keyring = g_build_filename (vault_directory, "test.keyring", NULL);
  lock = g_strconcat (keyring, ".lock", NULL);
  /* libsecret's own file, as environment.md section 4 measured it: a real store without a session. */
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  add_tests ();
  result = g_test_run ();
  g_clear_pointer (&open_streams, g_ptr_array_unref);
  g_unlink (keyring);
  g_unlink (lock);
  g_rmdir (vault_directory);
  g_free (vault_directory);
  return result;
}
