/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cs-http.h"

#include "remote-test.h"

#include <string.h>

static void
answer_slowly (TestServer *server, SoupServerMessage *message, const TestRequest *request)
{
  if (g_str_equal (request->path, "/silent"))
    test_leave_open (message, "");
  else
    test_leave_open (message,
                     "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{");
}

/* Tokens and permits. */

typedef struct
{
  GPtrArray *tokens; /* handed out in this order, the last one over and over */
  guint n_asked;
  guint n_stale;
} Tokens;

static DexFuture *
authorise (gboolean stale, gpointer data)
{
  Tokens *tokens = data;

  tokens->n_asked++;
  if (stale)
    tokens->n_stale++;
  return dex_future_new_for_string (
      g_ptr_array_index (tokens->tokens, MIN (tokens->n_stale, tokens->tokens->len - 1)));
}

static void
answer_by_token (TestServer *server, SoupServerMessage *message, const TestRequest *request)
{
  const char *good = server->data;
  g_autofree char *wanted = g_strconcat ("Bearer ", good, NULL);

  if (g_strcmp0 (test_request_header (request, "Authorization"), wanted) == 0)
    test_answer_json (message, 200, "{}");
  else
    test_answer_json (
        message, 401,
        "{\"Title\":\"Unauthorized\",\"Status\":401,\"Detail\":\"TokenExpired: token expired\"}");
}

static Tokens *
tokens_new (const char *first, const char *second)
{
  Tokens *tokens = g_new0 (Tokens, 1);

  tokens->tokens = g_ptr_array_new ();
  g_ptr_array_add (tokens->tokens, (gpointer)first);
  if (second != NULL)
    g_ptr_array_add (tokens->tokens, (gpointer)second);
  return tokens;
}

static void
tokens_free (Tokens *tokens)
{
  g_ptr_array_unref (tokens->tokens);
  g_free (tokens);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Tokens, tokens_free)

static void
test_expired_token (void)
{
  g_autoptr (TestServer) server = test_server_new (answer_by_token, (gpointer) "second-token");
  g_autoptr (CsHttp) http = test_http_new ();
  g_autoptr (Tokens) tokens = tokens_new ("first-token", "second-token");
  CsHttpRequest *request = test_request_new (server, "PUT", "/x");
  g_autoptr (CsHttpResponse) response = NULL;
  g_autoptr (GError) error = NULL;

  cs_http_set_authorise (http, authorise, tokens);
  request->idempotency_key = g_strdup ("op-1-0");
  response = test_await_record (cs_http_send (http, request), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tokens->n_stale, ==, 1);
  g_assert_cmpuint (server->requests->len, ==, 2);
  g_assert_cmpstr (test_request_header (test_server_get_request (server, 0), "Idempotency-Key"), ==,
                   "op-1-0");
  g_assert_cmpstr (test_request_header (test_server_get_request (server, 1), "Idempotency-Key"), ==,
                   "op-1-0");
}

static void
test_expired_for_ever (void)
{
  g_autoptr (TestServer) server = test_server_new (answer_by_token, (gpointer) "another-token");
  g_autoptr (CsHttp) http = test_http_new ();
  g_autoptr (Tokens) tokens = tokens_new ("first-token", "second-token");
  g_autoptr (GError) error = NULL;

  cs_http_set_authorise (http, authorise, tokens);
  g_assert_null (test_await_record (cs_http_send (http, test_request_new (server, "GET", "/x")), &error));
  test_assert_refused (error, CS_REMOTE_ERROR_FORBIDDEN);
  g_assert_cmpuint (server->requests->len, ==, 2);
}

/* A remote that echoes the token must not get it on screen. */
static void
test_echoed_token (void)
{
  const TestCanned canned = { 403, "text/plain", "Bearer first-token is not good" };
  g_autoptr (TestServer) server = test_server_new (test_answer_canned, (gpointer)&canned);
  g_autoptr (CsHttp) http = test_http_new ();
  g_autoptr (Tokens) tokens = tokens_new ("first-token", NULL);
  g_autoptr (GError) error = NULL;

  cs_http_set_authorise (http, authorise, tokens);
  g_assert_null (test_await_record (cs_http_send (http, test_request_new (server, "GET", "/x")), &error));
  g_assert_nonnull (strstr (error->message, "is not good"));
  g_assert_null (strstr (error->message, "first-token"));
}

/* Without a way to a token nothing leaves: it would be answered as if the sign-in were lost. */
static void
test_no_hook (void)
{
  const TestCanned canned = { 200, "application/json", "{}" };
  g_autoptr (TestServer) server = test_server_new (test_answer_canned, (gpointer)&canned);
  g_autoptr (CsHttp) http = cs_http_new (TRUE, &test_clock);
  CsHttpRequest *anonymous = test_request_new (server, "POST", "/token");
  g_autoptr (CsHttpResponse) response = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (test_await_record (cs_http_send (http, test_request_new (server, "PUT", "/x")), &error));
  g_assert_true (cs_error_is_cancelled (error));
  g_assert_cmpuint (server->requests->len, ==, 0);
  g_clear_error (&error);

  anonymous->anonymous = TRUE;
  response = test_await_record (cs_http_send (http, anonymous), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (server->requests->len, ==, 1);
}

static void
test_unusable_token (void)
{
  const TestCanned canned = { 200, "application/json", "{}" };
  g_autoptr (TestServer) server = test_server_new (test_answer_canned, (gpointer)&canned);
  g_autoptr (CsHttp) http = test_http_new ();
  g_autoptr (Tokens) tokens = tokens_new ("a\r\nX-Injected: yes", NULL);
  g_autoptr (GError) error = NULL;

  cs_http_set_authorise (http, authorise, tokens);
  g_assert_null (test_await_record (cs_http_send (http, test_request_new (server, "GET", "/x")), &error));
  test_assert_refused (error, CS_REMOTE_ERROR_UNTRUSTED);
  g_assert_cmpuint (server->requests->len, ==, 0);
}

typedef struct
{
  guint n_acquired;
  guint n_answered;
  guint n_recorded;
  int minute;
  int day;
  gint64 retry_after_ms;
  guint status;
  DexPromise *gate; /* (nullable): what acquire waits for */
  GError *refusal;
} Permits;

static DexFuture *
acquire (gboolean is_push, gpointer data)
{
  Permits *permits = data;

  permits->n_acquired++;
  if (permits->gate != NULL)
    return DEX_FUTURE (dex_ref (permits->gate));
  return dex_future_new_for_boolean (TRUE);
}

static void
answered (const CsHttpResponse *response, gpointer data)
{
  Permits *permits = data;

  permits->n_answered++;
  permits->minute = response != NULL ? response->minute_remaining : -1;
  permits->day = response != NULL ? response->day_remaining : -1;
  permits->retry_after_ms = response != NULL ? response->retry_after_ms : 0;
}

static void
record (const CsHttpRecord *entry, gpointer data)
{
  Permits *permits = data;

  permits->n_recorded++;
  permits->status = entry->status;
  g_assert_cmpstr (entry->route, ==, "/test");
}

static void
test_permits (void)
{
  TestCanned canned = { 200, "application/json", "{}", NULL, "X-MinLimit-Remaining", "7" };
  g_autoptr (TestServer) server = test_server_new (test_answer_canned, &canned);
  g_autoptr (CsHttp) http = test_http_new ();
  Permits permits = { 0 };
  CsHttpHooks hooks = { acquire, answered, record, &permits };
  g_autoptr (CsHttpResponse) response = NULL;
  CsHttpRequest *unpaced = test_request_new (server, "GET", "/x");
  g_autoptr (GError) error = NULL;

  cs_http_set_hooks (http, &hooks);
  response = test_await_record (cs_http_send (http, test_request_new (server, "GET", "/x")), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (permits.n_answered, ==, 1);
  g_assert_cmpint (permits.minute, ==, 7);
  g_assert_cmpint (permits.day, ==, -1);
  canned.raw = "";
  g_assert_null (test_await_record (cs_http_send (http, test_request_new (server, "PUT", "/x")), &error));
  g_assert_cmpuint (permits.n_acquired, ==, 2);
  g_assert_cmpuint (permits.n_answered, ==, 2);
  g_assert_cmpuint (permits.n_recorded, ==, 2);
  g_assert_cmpuint (permits.status, ==, 0);
  unpaced->unpaced = TRUE;
  g_clear_error (&error);
  g_assert_null (test_await_record (cs_http_send (http, unpaced), &error));
  g_assert_cmpuint (permits.n_acquired, ==, 2);
}

/* However a call ends, its permit comes back; a permit that never was given does not. */
static void
test_permits_when_dropped (void)
{
  g_autoptr (TestServer) server = test_server_new (answer_slowly, NULL);
  g_autoptr (CsHttp) http = test_http_new ();

  for (int turns = 0; turns < 20; turns++)
    {
      Permits permits = { .gate = dex_promise_new () };
      CsHttpHooks hooks = { acquire, answered, NULL, &permits };
      DexFuture *future;
      gboolean was_given = turns % 2 == 0;

      cs_http_set_hooks (http, &hooks);
      future = cs_http_send (http, test_request_new (server, "GET", "/silent"));
      for (int i = 0; i < turns; i++)
        g_main_context_iteration (NULL, FALSE);
      if (was_given)
        dex_promise_resolve_boolean (permits.gate, TRUE);
      dex_unref (future);
      test_settle ();
      g_assert_cmpuint (permits.n_answered, ==, was_given ? permits.n_acquired : 0);
      cs_http_set_hooks (http, NULL);
      dex_unref (permits.gate);
    }
}

static void
test_log (void)
{
  const TestCanned canned = { 200, "application/json", "{\"Name\":\"Secret Client Ltd\"}" };
  g_autoptr (TestServer) server = test_server_new (test_answer_canned, (gpointer)&canned);
  g_autoptr (CsHttp) http = test_http_new ();
  g_autoptr (Tokens) tokens = tokens_new ("first-token", NULL);
  CsHttpRequest *request = test_request_new (server, "PUT", "/Contacts/jane%40example.com?name=jane");
  g_autoptr (CsHttpResponse) response = NULL;
  g_autofree char *log = NULL;

  cs_http_set_authorise (http, authorise, tokens);
  request->body = g_bytes_new_static ("{\"tax\":\"123\"}", 13);
  test_log_start ();
  response = test_await_record (cs_http_send (http, request), NULL);
  log = test_log_stop ();
  g_assert_nonnull (strstr (log, "countersign-remote"));
  g_assert_nonnull (strstr (log, "PUT /test 200"));
  g_assert_null (strstr (log, "first-token"));
  g_assert_null (strstr (log, "jane"));
  g_assert_null (strstr (log, "Secret Client"));
  g_assert_null (strstr (log, "tax"));
}

static void
add_tests (void)
{
  g_test_add_func ("/http/token/expired", test_expired_token);
  g_test_add_func ("/http/token/expired-for-ever", test_expired_for_ever);
  g_test_add_func ("/http/token/echoed", test_echoed_token);
  g_test_add_func ("/http/token/no-hook", test_no_hook);
  g_test_add_func ("/http/token/unusable", test_unusable_token);
  g_test_add_func ("/http/permits", test_permits);
  g_test_add_func ("/http/permits-when-dropped", test_permits_when_dropped);
  g_test_add_func ("/http/log", test_log);
}

int
main (int argc, char **argv)
{
  return test_run (argc, argv, add_tests);
}
