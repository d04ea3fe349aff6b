/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cs-sign-in.h"

#include "cs-pkce.h"
#include "cs-xero.h"
#include "remote-test.h"
#include "test-identity.h"

#include <string.h>

/* Ten mistakes that others made with OAuth, each held by a test of its number (style.md section 3.5; the
 * sixth, on a keyring that is locked, is in test-keyring.c, since it takes one). */

#define MINUTE_MS (60 * 1000)

typedef struct
{
  TestIdentity *identity;
  CsHttp *http;
  CsVault *vault;
  CsGrant *grant;
  CsSignIn *sign_in;
  guint16 port;
} World;

static World *
world_new (void)
{
  static guint n;
  g_autofree char *practice = g_strdup_printf ("style-%u", ++n);
  World *world = g_new0 (World, 1);
  g_autoptr (CsTokens) tokens = NULL;

  world->identity = test_identity_new ();
  world->identity->generation = 1;
  world->identity->rotated_ms = cs_clock_now_ms (&test_clock);
  world->http = test_http_new ();
  world->vault = cs_vault_new (practice);
  world->grant
      = cs_grant_new (world->identity->hosts, "g", "client-1", world->vault, world->http, &test_clock);
  tokens = test_identity_tokens (world->identity, 0); /* its access token is old */
  g_assert_true (test_await (cs_vault_store (world->vault, "g", tokens), NULL));
  cs_grant_set_tokens (world->grant, tokens);
  world->sign_in = cs_sign_in_new (world->identity->hosts, "client-1", "openid", world->http, &test_clock);
  world->port = test_free_port ();
  cs_sign_in_set_ports (world->sign_in, &world->port, 1);
  return world;
}

static void
world_free (World *world)
{
  cs_sign_in_unref (world->sign_in);
  cs_grant_unref (world->grant);
  cs_vault_unref (world->vault);
  cs_http_unref (world->http);
  test_settle ();
  test_identity_free (world->identity);
  g_free (world);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static GError *
refresh_error (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *token = test_await_string (cs_grant_get_access_token (world->grant, FALSE), &error);

  g_assert_null (token);
  g_assert_nonnull (error);
  return g_steal_pointer (&error);
}

static GError *
canned_error (guint status, const char *body)
{
  g_autoptr (World) world = world_new ();

  world->identity->mood = TEST_IDENTITY_CANNED;
  world->identity->canned_status = status;
  world->identity->canned_body = body;
  return refresh_error (world);
}

/* 1. A network failure asks nobody for a password. */
static void
test_1_network_failure_is_no_sign_in (void)
{
  g_autoptr (World) closed = world_new ();
  g_autoptr (World) cut = world_new ();
  g_autoptr (World) down = world_new ();
  g_autoptr (GError) refused = NULL;
  g_autoptr (GError) lost = NULL;
  g_autoptr (GError) maintenance = NULL;

  soup_server_disconnect (closed->identity->server->soup);
  refused = refresh_error (closed);
  g_assert_error (refused, CS_REMOTE_ERROR, CS_REMOTE_ERROR_UNREACHABLE);
  cut->identity->mood = TEST_IDENTITY_LOSES_ANSWERS;
  lost = refresh_error (cut);
  g_assert_error (lost, CS_REMOTE_ERROR, CS_REMOTE_ERROR_TRY_LATER);
  down->identity->mood = TEST_IDENTITY_DOWN;
  maintenance = refresh_error (down);
  g_assert_error (maintenance, CS_REMOTE_ERROR, CS_REMOTE_ERROR_TRY_LATER);
}

/* 2. What does not parse is not logged, nor said. */
static void
test_2_secrets_stay_out_of_the_log (void)
{
  static const char *const answers[]
      = { "{\"access_token\":\"sesame-access\",\"refresh_token\":\"sesame-refresh\",", "sesame-access",
          "{\"access_token\":[\"sesame-access\"]}",
          "{\"error\":\"sesame-refresh refused\",\"error_description\":\"refresh-secret-1\"}" };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *log = NULL;

      test_log_start ();
      error = canned_error (i == 3 ? 400 : 200, answers[i]);
      log = test_log_stop ();
      g_assert_null (strstr (log, "sesame"));
      g_assert_null (strstr (log, "refresh-secret"));
      g_assert_null (strstr (error->message, "sesame-access"));
      g_assert_null (strstr (error->message, "refresh-secret"));
    }
}

/* 3. State and PKCE, always, and held to. */
static void
test_3_state_and_pkce (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *good = NULL;
  g_autofree char *state = NULL;
  g_autofree char *page = NULL;
  g_autoptr (GHashTable) form = NULL;
  g_autofree char *challenge = NULL;
  g_autoptr (CsTokens) tokens = NULL;
  DexFuture *wait;

  g_assert_true (cs_sign_in_listen (world->sign_in, NULL));
  state = test_query_value (cs_sign_in_get_address (world->sign_in), "state");
  g_assert_nonnull (state);
  good = test_identity_consent (world->identity, cs_sign_in_get_address (world->sign_in));
  wait = cs_sign_in_wait (world->sign_in, 60);
  page = test_browse_path (world->port, "/callback?code=stolen-code&state=another");
  g_assert_true (g_str_has_prefix (page, "HTTP/1.1 404"));
  g_assert_true (dex_future_is_pending (wait));
  g_free (page);
  page = test_browse_path (world->port, good);
  tokens = test_await_record (wait, NULL);
  g_assert_nonnull (tokens);
  form = test_request_form (test_server_get_last (world->identity->server));
  challenge = cs_pkce_challenge (g_hash_table_lookup (form, "code_verifier"));
  g_assert_cmpstr (challenge, ==, world->identity->challenge);
}

/* 4. No way out without an error: each member missing or wrong, one at a time. */
static void
test_4_every_failure_has_an_error (void)
{
  static const char *const answers[] = {
    "{}",
    "null",
    "",
    "[]",
    "{\"token_type\":\"Bearer\",\"refresh_token\":\"r\",\"expires_in\":1800}",
    "{\"token_type\":\"Bearer\",\"refresh_token\":\"r\",\"expires_in\":1800,\"access_token\":\"\"}",
    "{\"token_type\":\"Bearer\",\"refresh_token\":\"r\",\"expires_in\":1800,\"access_token\":7}",
    "{\"token_type\":\"Bearer\",\"refresh_token\":\"r\",\"expires_in\":1800,\"access_token\":\"a b\"}",
    "{\"token_type\":\"Bearer\",\"refresh_token\":\"r\",\"expires_in\":1800,\"access_token\":\"a\\r\\nb\"}",
    "{\"token_type\":\"Bearer\",\"refresh_token\":\"r\",\"expires_in\":-1,\"access_token\":\"a\"}",
    "{\"token_type\":\"Bearer\",\"refresh_token\":\"\",\"expires_in\":1800,\"access_token\":\"a\"}",
    "{\"refresh_token\":\"r\",\"expires_in\":1800,\"access_token\":\"a\"}",
    "{\"token_type\":\"MAC\",\"refresh_token\":\"r\",\"expires_in\":1800,\"access_token\":\"a\"}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", answers[i]);
      error = canned_error (200, answers[i]);
      g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_BAD_REPLY);
    }
}

/* 5. By the RFC's words, not by the status. */
static void
test_5_only_invalid_grant_asks_for_a_sign_in (void)
{
  static const struct
  {
    guint status;
    const char *body;
    CsRemoteError code;
  } cases[] = {
    { 400, "{\"error\":\"invalid_grant\"}", CS_REMOTE_ERROR_SIGN_IN_NEEDED },
    { 400, "{\"error\":\"invalid_client\"}", CS_REMOTE_ERROR_BAD_CLIENT },
    { 401, "{\"error\":\"invalid_client\"}", CS_REMOTE_ERROR_BAD_CLIENT },
    { 400, "{\"error\":\"unauthorized_client\"}", CS_REMOTE_ERROR_BAD_CLIENT },
    { 400, "{\"error\":\"invalid_request\"}", CS_REMOTE_ERROR_REFUSED },
    { 400, "{}", CS_REMOTE_ERROR_REFUSED },
    { 401, "{}", CS_REMOTE_ERROR_FORBIDDEN },
    { 403, "{}", CS_REMOTE_ERROR_FORBIDDEN },
    { 404, "{}", CS_REMOTE_ERROR_NOT_FOUND },
    { 429, "{\"error\":\"invalid_grant\"}", CS_REMOTE_ERROR_USED_UP },
    { 500, "{\"error\":\"invalid_grant\"}", CS_REMOTE_ERROR_TRY_LATER },
    { 503, "{}", CS_REMOTE_ERROR_TRY_LATER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%u %s", cases[i].status, cases[i].body);
      error = canned_error (cases[i].status, cases[i].body);
      g_assert_error (error, CS_REMOTE_ERROR, (int)cases[i].code);
    }
}

/* 7. Who gives up is gone at once: nothing here wakes up to see whether it was cancelled. */
static void
test_7_no_polling (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (CsSignIn) next = NULL;
  DexFuture *wait;

  g_assert_true (cs_sign_in_listen (world->sign_in, NULL));
  wait = cs_sign_in_wait (world->sign_in, 3600);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  dex_unref (wait);
  /* no time passes: what is ready now must be enough */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  next = cs_sign_in_new (world->identity->hosts, "client-1", "openid", world->http, &test_clock);
  cs_sign_in_set_ports (next, &world->port, 1);
  g_assert_true (cs_sign_in_listen (next, NULL));
}

static void
keep_wait (const CsHttpResponse *response, gpointer data)
{
  if (response != NULL)
    *(gint64 *)data = response->retry_after_ms;
}

static DexFuture *
give_permit (gboolean is_push, gpointer data)
{
  return dex_future_new_for_boolean (TRUE);
}

static void
answer_busy (TestServer *server, SoupServerMessage *message, const TestRequest *request)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After", "41");
  test_answer (message, 429, NULL, NULL);
}

/* 8. A reply that asks to wait reaches whoever decides, and is not answered by asking again. */
static void
test_8_back_off_is_heard (void)
{
  g_autoptr (TestServer) server = test_server_new (answer_busy, NULL);
  g_autoptr (CsHttp) http = test_http_new ();
  gint64 told_ms = 0;
  CsHttpHooks hooks = { give_permit, keep_wait, NULL, &told_ms };
  CsRemoteFailure failure = { 0 };
  g_autoptr (GError) error = NULL;

  cs_http_set_hooks (http, &hooks);
  g_assert_null (
      test_await_record (cs_http_send_full (http, test_request_new (server, "GET", "/x"), &failure), &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_USED_UP);
  g_assert_cmpint (told_ms, ==, 41000);
  g_assert_cmpint (failure.retry_after_ms, ==, 41000);
  g_assert_cmpuint (server->requests->len, ==, 1);
  cs_remote_failure_clear (&failure);
}

/* 9. The redirect is compared part by part: host and port, too. */
static void
test_9_redirect_part_by_part (void)
{
  static const char *const hosts[]
      = { "localhost:1",  "localhost", "evil.example:%u",   "localhost.evil:%u",
          "127.0.0.1:%u", "[::1]:%u",  "localhost:%u.evil", "evil@localhost:%u" };
  static const char *const paths[] = { "/callback/", "/callback/x", "/Callback", "//callback", "/" };
  g_autoptr (World) world = world_new ();
  g_autofree char *good = NULL;
  g_autofree char *page = NULL;
  const char *query;
  DexFuture *wait;

  g_assert_true (cs_sign_in_listen (world->sign_in, NULL));
  good = test_identity_consent (world->identity, cs_sign_in_get_address (world->sign_in));
  query = strchr (good, '?');
  wait = cs_sign_in_wait (world->sign_in, 120);
  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_autoptr (GString) host = g_string_new (hosts[i]);
      g_autofree char *port = g_strdup_printf ("%u", world->port);
      g_autofree char *request = NULL;
      g_autofree char *answer = NULL;

      g_string_replace (host, "%u", port, 0);
      request = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", good, host->str);
      answer = test_browse (world->port, FALSE, request);
      g_test_message ("%s", host->str);
      g_assert_false (g_str_has_prefix (answer, "HTTP/1.1 2"));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *path = g_strconcat (paths[i], query, NULL);
      g_autofree char *answer = test_browse_path (world->port, path);

      g_test_message ("%s", paths[i]);
      g_assert_false (g_str_has_prefix (answer, "HTTP/1.1 2"));
    }
  g_assert_true (dex_future_is_pending (wait));
  page = test_browse_path (world->port, good);
  g_assert_true (g_str_has_prefix (page, "HTTP/1.1 200"));
  g_assert_true (test_await (wait, NULL));
}

static void
answer_form (TestServer *server, SoupServerMessage *message, const TestRequest *request)
{
  test_answer (message, 200, server->data,
               "access_token=form-access&refresh_token=form-refresh&expires_in=1800");
}

/* 10. The reply that no test of theirs ever sent: form-encoded. Refused in words, under the sanitizers. */
static void
test_10_form_encoded_reply (void)
{
  static const char *const types[]
      = { "application/x-www-form-urlencoded", "text/plain", "application/json" };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (World) world = world_new ();
      g_autoptr (GError) error = NULL;

      world->identity->server->handler = answer_form;
      world->identity->server->data = (gpointer)types[i];
      error = refresh_error (world);
      g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_BAD_REPLY);
      g_assert_null (strstr (error->message, "form-access"));
    }
}

static void
add_tests (void)
{
  g_test_add_func ("/oauth/style-3.5-1-network-failure-is-no-sign-in", test_1_network_failure_is_no_sign_in);
  g_test_add_func ("/oauth/style-3.5-2-secrets-stay-out-of-the-log", test_2_secrets_stay_out_of_the_log);
  g_test_add_func ("/oauth/style-3.5-3-state-and-pkce", test_3_state_and_pkce);
  g_test_add_func ("/oauth/style-3.5-4-every-failure-has-an-error", test_4_every_failure_has_an_error);
  g_test_add_func ("/oauth/style-3.5-5-only-invalid-grant-asks-for-a-sign-in",
                   test_5_only_invalid_grant_asks_for_a_sign_in);
  g_test_add_func ("/oauth/style-3.5-7-no-polling", test_7_no_polling);
  g_test_add_func ("/oauth/style-3.5-8-back-off-is-heard", test_8_back_off_is_heard);
  g_test_add_func ("/oauth/style-3.5-9-redirect-part-by-part", test_9_redirect_part_by_part);
  g_test_add_func ("/oauth/style-3.5-10-form-encoded-reply", test_10_form_encoded_reply);
}

int
main (int argc, char **argv)
{
  return test_run (argc, argv, add_tests);
}
