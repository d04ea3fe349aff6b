/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-identity.h"

#include "cs-pkce.h"
#include "cs-xero.h"

#include <string.h>

#define GRACE_MS (30 * 60 * 1000)

char *
test_query_value (const char *address, const char *name)
{
  g_autoptr (GUri) uri = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (GHashTable) form = soup_form_decode (g_uri_get_query (uri));

  return g_strdup (g_hash_table_lookup (form, name));
}

static char *
token_answer (TestIdentity *identity)
{
  /* {"email":"mia@example.com"} */
  g_autofree char *claims = cs_base64url_encode ((const guint8 *)"{\"email\":\"mia@example.com\"}", 27);

  return g_strdup_printf (
      "{\"id_token\":\"e30.%s.sig\",\"access_token\":\"" TEST_ACCESS_TOKEN_FORMAT
      "\",\"expires_in\":1800,\"token_type\":\"Bearer\",\"refresh_token\":\"" TEST_REFRESH_TOKEN_FORMAT
      "\",\"scope\":\"offline_access\"}",
      claims, identity->generation, identity->generation);
}

static gboolean
is_refresh_token_good (TestIdentity *identity, const char *token)
{
  g_autofree char *current = g_strdup_printf (TEST_REFRESH_TOKEN_FORMAT, identity->generation);
  g_autofree char *old = g_strdup_printf (TEST_REFRESH_TOKEN_FORMAT, identity->generation - 1);

  if (identity->is_dead)
    return FALSE;
  return g_strcmp0 (token, current) == 0
         || (g_strcmp0 (token, old) == 0 && cs_clock_now_ms (&test_clock) - identity->rotated_ms < GRACE_MS);
}

static gboolean
is_code_good (TestIdentity *identity, GHashTable *form)
{
  const char *verifier = g_hash_table_lookup (form, "code_verifier");
  g_autofree char *challenge = cs_pkce_challenge (verifier != NULL ? verifier : "");
  gboolean is_good;

  g_assert_nonnull (verifier);
  g_assert_cmpuint (strlen (verifier), ==, 43);
  is_good = g_strcmp0 (g_hash_table_lookup (form, "code"), identity->code) == 0 && identity->code != NULL
            && g_strcmp0 (challenge, identity->challenge) == 0
            && g_strcmp0 (g_hash_table_lookup (form, "redirect_uri"), identity->redirect_uri) == 0;
  g_clear_pointer (&identity->code, g_free);
  return is_good;
}

static void
answer_token (TestIdentity *identity, SoupServerMessage *message, const TestRequest *request)
{
  g_autoptr (GHashTable) form = test_request_form (request);
  const char *type = g_hash_table_lookup (form, "grant_type");
  gboolean is_refresh = g_strcmp0 (type, "refresh_token") == 0;
  g_autofree char *answer = NULL;

  identity->n_refreshes += is_refresh;
  g_assert_null (test_request_header (request, "Authorization"));
  if (identity->mood == TEST_IDENTITY_DOWN)
    {
      test_answer (message, 503, "text/plain", "Maintenance");
      return;
    }
  if (identity->mood == TEST_IDENTITY_CANNED)
    {
      test_answer_json (message, identity->canned_status, identity->canned_body);
      return;
    }
  if (is_refresh ? !is_refresh_token_good (identity, g_hash_table_lookup (form, "refresh_token"))
                 : !is_code_good (identity, form))
    {
      test_answer_json (message, 400, "{\"error\":\"invalid_grant\"}");
      return;
    }
  identity->generation++;
  identity->rotated_ms = cs_clock_now_ms (&test_clock);
  answer = token_answer (identity);
  if (identity->mood == TEST_IDENTITY_LOSES_ANSWERS)
    test_answer_raw (message, NULL, 0);
  else
    test_answer_json (message, 200, answer);
}

static void
answer_api (TestIdentity *identity, SoupServerMessage *message, const TestRequest *request)
{
  g_autofree char *wanted = g_strdup_printf ("Bearer " TEST_ACCESS_TOKEN_FORMAT, identity->generation);

  if (identity->on_api != NULL)
    identity->on_api (request, identity->on_api_data);
  if (g_strcmp0 (test_request_header (request, "Authorization"), wanted) != 0)
    test_answer_json (message, 401,
                      "{\"Status\":401,\"Detail\":\"TokenExpired: token expired at 11/21/2026\"}");
  else
    test_answer_json (message, 200, "[]");
}

static void
answer_identity (TestServer *server, SoupServerMessage *message, const TestRequest *request)
{
  TestIdentity *identity = server->data;

  if (g_str_equal (request->path, "/connect/token"))
    answer_token (identity, message, request);
  else if (g_str_equal (request->path, "/connect/revocation"))
    {
      identity->n_revocations++;
      identity->is_dead = TRUE;
      test_answer (message, 200, NULL, NULL);
    }
  else
    answer_api (identity, message, request);
}

TestIdentity *
test_identity_new (void)
{
  TestIdentity *identity = g_new0 (TestIdentity, 1);
  g_autoptr (GError) error = NULL;

  identity->server = test_server_new (answer_identity, identity);
  identity->hosts = cs_xero_hosts_new_loopback (identity->server->base, &error);
  g_assert_no_error (error);
  return identity;
}

void
test_identity_free (TestIdentity *identity)
{
  test_server_free (identity->server);
  cs_hosts_free (identity->hosts);
  g_free (identity->challenge);
  g_free (identity->redirect_uri);
  g_free (identity->code);
  g_free (identity);
}

char *
test_identity_consent (TestIdentity *identity, const char *address)
{
  g_autofree char *state = test_query_value (address, "state");
  g_autofree char *method = test_query_value (address, "code_challenge_method");

  g_assert_cmpstr (method, ==, "S256");
  identity->challenge = test_query_value (address, "code_challenge");
  identity->redirect_uri = test_query_value (address, "redirect_uri");
  identity->code = g_strdup (TEST_CODE);
  return g_strdup_printf ("/callback?code=" TEST_CODE "&scope=offline_access&state=%s&session_state=x",
                          state);
}

CsTokens *
test_identity_tokens (TestIdentity *identity, gint64 expires_ms)
{
  CsTokens *tokens = cs_tokens_new ();

  tokens->access_token = g_strdup_printf (TEST_ACCESS_TOKEN_FORMAT, identity->generation);
  tokens->refresh_token = g_strdup_printf (TEST_REFRESH_TOKEN_FORMAT, identity->generation);
  tokens->rotated_ms = cs_clock_now_ms (&test_clock);
  tokens->expires_ms = expires_ms;
  tokens->client_id = g_strdup ("client-1");
  return tokens;
}
