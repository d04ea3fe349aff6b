/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cs-grant.h"

#include "remote-test.h"
#include "test-identity.h"

#include <glib/gstdio.h>
#include <libsecret/secret.h>
#include <string.h>

#define MINUTE_MS (60 * 1000)
#define GRANT "grant-1"

typedef struct
{
  TestIdentity *identity;
  CsHttp *http;
  CsVault *vault;
  CsGrant *grant;
  char *practice;
} World;

static guint n_worlds;

static gint64
now_ms (void)
{
  return cs_clock_now_ms (&test_clock);
}

/* Signed in: generation 1 in the vault, its access token good for 30 minutes. */
static World *
world_new (void)
{
  World *world = g_new0 (World, 1);
  g_autoptr (CsTokens) tokens = NULL;
  g_autoptr (GError) error = NULL;

  world->identity = test_identity_new ();
  world->identity->generation = 1;
  world->identity->rotated_ms = now_ms ();
  world->http = test_http_new ();
  world->practice = g_strdup_printf ("practice-%u", ++n_worlds);
  world->vault = cs_vault_new (world->practice);
  tokens = test_identity_tokens (world->identity, now_ms () + 30 * MINUTE_MS);
  test_await (cs_vault_store (world->vault, GRANT, tokens), &error);
  g_assert_no_error (error);
  world->grant
      = cs_grant_new (world->identity->hosts, GRANT, "client-1", world->vault, world->http, &test_clock);
  return world;
}

static void
world_free (World *world)
{
  cs_grant_unref (world->grant);
  cs_vault_unref (world->vault);
  cs_http_unref (world->http);
  test_settle ();
  test_identity_free (world->identity);
  g_free (world->practice);
  g_free (world);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static char *
get_token (World *world, GError **error)
{
  return test_await_string (cs_grant_get_access_token (world->grant, FALSE), error);
}

static void
assert_token (World *world, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *token = get_token (world, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (token, ==, expected);
}

static void
assert_error (World *world, CsRemoteError code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *token = get_token (world, &error);

  g_assert_null (token);
  g_assert_error (error, CS_REMOTE_ERROR, (int)code);
  g_assert_null (strstr (error->message, "secret"));
}

static CsTokens *
look (World *world)
{
  g_autoptr (GError) error = NULL;
  CsTokens *tokens = test_await_record (cs_vault_lookup (world->vault, GRANT), &error);

  g_assert_no_error (error);
  return tokens;
}

static void
test_fresh (void)
{
  g_autoptr (World) world = world_new ();

  assert_token (world, "access-secret-1");
  test_clock_advance (29 * MINUTE_MS - 1);
  assert_token (world, "access-secret-1");
  g_assert_cmpuint (world->identity->n_refreshes, ==, 0);
  /* 60 s to go */
  test_clock_advance (1);
  assert_token (world, "access-secret-2");
  g_assert_cmpuint (world->identity->n_refreshes, ==, 1);
}

static void
test_rotation (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (CsTokens) kept = NULL;

  test_clock_advance (31 * MINUTE_MS);
  assert_token (world, "access-secret-2");
  kept = look (world);
  g_assert_cmpstr (kept->refresh_token, ==, "refresh-secret-2");
  g_assert_cmpstr (kept->previous_refresh_token, ==, "refresh-secret-1");
  g_assert_cmpint (kept->rotated_ms, ==, now_ms ());
  g_assert_cmpint (kept->expires_ms, ==, now_ms () + 30 * MINUTE_MS);
}

static gboolean
all_settled (gpointer data)
{
  DexFuture **futures = data;

  return !dex_future_is_pending (futures[0]) && !dex_future_is_pending (futures[1])
         && !dex_future_is_pending (futures[2]);
}

/* style.md section 8, habit 13: three want a token, one request is made; one gives up, the others get it. */
static void
test_single_flight (void)
{
  g_autoptr (World) world = world_new ();
  DexFuture *futures[3];
  DexFuture *quitter;

  test_clock_advance (31 * MINUTE_MS);
  for (int i = 0; i < 3; i++)
    futures[i] = cs_grant_get_access_token (world->grant, i == 1);
  quitter = cs_grant_get_access_token (world->grant, FALSE);
  for (int i = 0; i < 3; i++)
    g_main_context_iteration (NULL, FALSE);
  dex_unref (quitter);
  test_iterate_until (all_settled, futures);
  for (int i = 0; i < 3; i++)
    {
      g_assert_cmpstr (g_value_get_string (dex_future_get_value (futures[i], NULL)), ==, "access-secret-2");
      dex_unref (futures[i]);
    }
  g_assert_cmpuint (world->identity->n_refreshes, ==, 1);
}

/* Nobody waits any more, but the remote has rotated: the new token must be caught. */
static void
test_dropped_flight_is_caught (void)
{
  g_autoptr (World) world = world_new ();
  DexFuture *future;
  g_autoptr (CsTokens) kept = NULL;

  test_clock_advance (31 * MINUTE_MS);
  future = cs_grant_get_access_token (world->grant, FALSE);
  for (int i = 0; i < 3; i++)
    g_main_context_iteration (NULL, FALSE);
  dex_unref (future);
  while (world->identity->n_refreshes == 0)
    g_main_context_iteration (NULL, TRUE);
  test_settle ();
  kept = look (world);
  g_assert_cmpstr (kept->refresh_token, ==, "refresh-secret-2");
}

static void
on_api (const TestRequest *request, gpointer data)
{
  World *world = data;
  static const SecretSchema schema
      = { "io.github.countersign.Countersign.Grant",
          SECRET_SCHEMA_NONE,
          { { "practice", SECRET_SCHEMA_ATTRIBUTE_STRING }, { "grant", SECRET_SCHEMA_ATTRIBUTE_STRING } } };
  g_autofree char *value
      = secret_password_lookup_sync (&schema, NULL, NULL, "practice", world->practice, "grant", GRANT, NULL);
  const char *header = test_request_header (request, "Authorization");
  const char *number = header + strlen ("Bearer access-secret-");
  g_autofree char *refresh_token = g_strconcat ("refresh-secret-", number, NULL);

  g_assert_nonnull (value);
  g_assert_nonnull (strstr (value, refresh_token));
}

/* [U-22]: when a token is on the wire, its refresh token is in the keyring, as another program sees it. */
static void
test_vault_before_use (void)
{
  g_autoptr (World) world = world_new ();
  CsHttpRequest *request = NULL;
  g_autoptr (CsHttpResponse) response = NULL;
  g_autoptr (GError) error = NULL;

  world->identity->on_api = on_api;
  world->identity->on_api_data = world;
  cs_http_set_authorise (world->http, cs_grant_authorise, world->grant);
  test_clock_advance (31 * MINUTE_MS);
  request = test_request_new (world->identity->server, "GET", "/connections");
  response = test_await_record (cs_http_send (world->http, request), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (test_server_count (world->identity->server, "GET", "/connections"), ==, 1);
}

/* The remote lost patience with a token that we held for good: one 401, one refresh, one more call. */
static void
test_stale (void)
{
  g_autoptr (World) world = world_new ();
  CsHttpRequest *request = test_request_new (world->identity->server, "GET", "/connections");
  g_autoptr (CsHttpResponse) response = NULL;
  g_autoptr (GError) error = NULL;

  cs_http_set_authorise (world->http, cs_grant_authorise, world->grant);
  assert_token (world, "access-secret-1");
  world->identity->generation = 2; /* "access-secret-1" is refused now, its refresh token is in the grace */
  response = test_await_record (cs_http_send (world->http, request), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (world->identity->n_refreshes, ==, 1);
  g_assert_cmpuint (test_server_count (world->identity->server, "GET", "/connections"), ==, 2);
}

static void
move_vault (gboolean away)
{
  g_autofree char *here = g_strdup (test_vault_path ());
  g_autofree char *there = g_strconcat (here, ".away", NULL);

  g_assert_cmpint (away ? g_rename (here, there) : g_rename (there, here), ==, 0);
  if (!away)
    return;
  /* a file where the folder was: root, too, can't write below it */
  g_assert_true (g_file_set_contents (here, "", 0, NULL));
}

/* A keyring that won't keep the new pair: it isn't used, it isn't lost, and nobody asks for another. */
static void
test_vault_fails (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (CsTokens) kept = NULL;

  assert_token (world, "access-secret-1");
  test_clock_advance (31 * MINUTE_MS);
  move_vault (TRUE);
  assert_error (world, CS_REMOTE_ERROR_VAULT_FAILED);
  assert_error (world, CS_REMOTE_ERROR_VAULT_FAILED);
  g_assert_cmpuint (world->identity->n_refreshes, ==, 1);
  g_unlink (test_vault_path ());
  move_vault (FALSE);
  assert_token (world, "access-secret-2");
  g_assert_cmpuint (world->identity->n_refreshes, ==, 1);
  kept = look (world);
  g_assert_cmpstr (kept->refresh_token, ==, "refresh-secret-2");
}

/* 2.4: the answer was lost after the remote had rotated; the old token is good for 30 minutes more. */
static void
test_lost_answer (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (CsTokens) kept = NULL;

  test_clock_advance (31 * MINUTE_MS);
  world->identity->mood = TEST_IDENTITY_LOSES_ANSWERS;
  assert_error (world, CS_REMOTE_ERROR_TRY_LATER);
  g_assert_cmpuint (world->identity->generation, ==, 2);
  kept = look (world);
  g_assert_cmpstr (kept->refresh_token, ==, "refresh-secret-1");
  world->identity->mood = TEST_IDENTITY_WELL;
  test_clock_advance (MINUTE_MS);
  assert_token (world, "access-secret-3");
}

/* Another process rotated, and said so in the vault. */
static void
test_vault_is_newer (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (CsTokens) theirs = NULL;
  g_autoptr (GError) error = NULL;

  assert_token (world, "access-secret-1");
  world->identity->generation = 5;
  theirs = test_identity_tokens (world->identity, now_ms () + 61 * MINUTE_MS);
  test_await (cs_vault_store (world->vault, GRANT, theirs), &error);
  g_assert_no_error (error);
  test_clock_advance (31 * MINUTE_MS);
  assert_token (world, "access-secret-5");
  g_assert_cmpuint (world->identity->n_refreshes, ==, 1);
}

/* Rotated, but the newest token is unknown to the remote: the previous one, within its grace. */
static void
test_previous (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (CsTokens) tokens = test_identity_tokens (world->identity, now_ms ());

  g_free (tokens->refresh_token);
  tokens->refresh_token = g_strdup ("never-heard-of-secret");
  tokens->previous_refresh_token = g_strdup ("refresh-secret-1");
  test_await (cs_vault_store (world->vault, GRANT, tokens), NULL);
  cs_grant_set_tokens (world->grant, tokens);
  test_clock_advance (29 * MINUTE_MS);
  assert_token (world, "access-secret-2");
  g_assert_cmpuint (world->identity->n_refreshes, ==, 2);
}

static void
test_previous_too_late (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (CsTokens) tokens = test_identity_tokens (world->identity, now_ms ());

  g_free (tokens->refresh_token);
  tokens->refresh_token = g_strdup ("never-heard-of-secret");
  tokens->previous_refresh_token = g_strdup ("refresh-secret-1");
  test_await (cs_vault_store (world->vault, GRANT, tokens), NULL);
  cs_grant_set_tokens (world->grant, tokens);
  test_clock_advance (30 * MINUTE_MS);
  assert_error (world, CS_REMOTE_ERROR_SIGN_IN_NEEDED);
  g_assert_cmpuint (world->identity->n_refreshes, ==, 1);
}

/* The grant is gone: said once by the remote, then by us, until somebody signs in. */
static void
test_gone (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (CsTokens) renewed = NULL;

  world->identity->is_dead = TRUE;
  test_clock_advance (31 * MINUTE_MS);
  assert_error (world, CS_REMOTE_ERROR_SIGN_IN_NEEDED);
  g_assert_cmpuint (world->identity->n_refreshes, ==, 1);
  assert_error (world, CS_REMOTE_ERROR_SIGN_IN_NEEDED);
  g_assert_cmpuint (world->identity->n_refreshes, ==, 1);
  /* the window signed in again; we only see the vault */
  world->identity->is_dead = FALSE;
  world->identity->generation = 7;
  renewed = test_identity_tokens (world->identity, now_ms () + 30 * MINUTE_MS);
  test_await (cs_vault_store (world->vault, GRANT, renewed), NULL);
  assert_token (world, "access-secret-7");
}

static void
test_nothing_there (void)
{
  g_autoptr (World) world = world_new ();

  test_await (cs_vault_clear (world->vault, GRANT), NULL);
  assert_error (world, CS_REMOTE_ERROR_SIGN_IN_NEEDED);
  g_assert_cmpuint (world->identity->n_refreshes, ==, 0);
}

static void
test_revoke (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GHashTable) form = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (test_await (cs_grant_revoke (world->grant), &error));
  g_assert_no_error (error);
  g_assert_cmpuint (world->identity->n_revocations, ==, 1);
  form = test_request_form (test_server_get_last (world->identity->server));
  g_assert_cmpstr (g_hash_table_lookup (form, "token"), ==, "refresh-secret-1");
  g_assert_cmpstr (g_hash_table_lookup (form, "client_id"), ==, "client-1");
  g_assert_null (look (world));
  assert_error (world, CS_REMOTE_ERROR_SIGN_IN_NEEDED);
}

static void
test_revoke_offline (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (CsTokens) kept = NULL;
  g_autoptr (GError) error = NULL;

  soup_server_disconnect (world->identity->server->soup);
  g_assert_false (test_await (cs_grant_revoke (world->grant), &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_UNREACHABLE);
  kept = look (world);
  g_assert_nonnull (kept);
}

static void
add_tests (void)
{
  g_test_add_func ("/grant/fresh", test_fresh);
  g_test_add_func ("/grant/rotation", test_rotation);
  g_test_add_func ("/grant/single-flight", test_single_flight);
  g_test_add_func ("/grant/dropped-flight-is-caught", test_dropped_flight_is_caught);
  g_test_add_func ("/grant/vault-before-use", test_vault_before_use);
  g_test_add_func ("/grant/stale", test_stale);
  g_test_add_func ("/grant/vault-fails", test_vault_fails);
  g_test_add_func ("/grant/lost-answer", test_lost_answer);
  g_test_add_func ("/grant/vault-is-newer", test_vault_is_newer);
  g_test_add_func ("/grant/previous", test_previous);
  g_test_add_func ("/grant/previous-too-late", test_previous_too_late);
  g_test_add_func ("/grant/gone", test_gone);
  g_test_add_func ("/grant/nothing-there", test_nothing_there);
  g_test_add_func ("/grant/revoke", test_revoke);
  g_test_add_func ("/grant/revoke-offline", test_revoke_offline);
}

int
main (int argc, char **argv)
{
  return test_run (argc, argv, add_tests);
}
