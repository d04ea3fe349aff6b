/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cs-vault.h"

#include "remote-test.h"

#include <libsecret/secret.h>
#include <string.h>

static CsTokens *
new_tokens (void)
{
  CsTokens *tokens = cs_tokens_new ();

  tokens->access_token = g_strdup ("access-\"quoted\"-\\-secret");
  tokens->refresh_token = g_strdup ("refresh-secret");
  tokens->previous_refresh_token = g_strdup ("previous-secret");
  tokens->rotated_ms = G_GINT64_CONSTANT (1795305600123);
  tokens->expires_ms = G_GINT64_CONSTANT (1795307400123);
  tokens->scope = g_strdup ("openid offline_access");
  tokens->login_name = g_strdup ("mía@example.com");
  tokens->client_id = g_strdup ("client-1");
  return tokens;
}

static void
assert_same (const CsTokens *a, const CsTokens *b)
{
  g_assert_cmpstr (a->access_token, ==, b->access_token);
  g_assert_cmpstr (a->refresh_token, ==, b->refresh_token);
  g_assert_cmpstr (a->previous_refresh_token, ==, b->previous_refresh_token);
  g_assert_cmpint (a->rotated_ms, ==, b->rotated_ms);
  g_assert_cmpint (a->expires_ms, ==, b->expires_ms);
  g_assert_cmpstr (a->scope, ==, b->scope);
  g_assert_cmpstr (a->login_name, ==, b->login_name);
  g_assert_cmpstr (a->client_id, ==, b->client_id);
}

static void
test_keeps (void)
{
  g_autoptr (CsVault) vault = cs_vault_new ("practice-a");
  g_autoptr (CsVault) demo = cs_vault_new ("practice-b");
  g_autoptr (CsTokens) tokens = new_tokens ();
  g_autoptr (CsTokens) found = NULL;
  g_autoptr (CsTokens) copy = cs_tokens_copy (tokens);
  g_autoptr (GError) error = NULL;

  assert_same (copy, tokens);
  g_assert_true (test_await (cs_vault_store (vault, "g1", tokens), &error));
  g_assert_no_error (error);
  found = test_await_record (cs_vault_lookup (vault, "g1"), &error);
  g_assert_no_error (error);
  assert_same (found, tokens);
  /* another grant, another practice: nothing, and that is no error */
  g_assert_null (test_await_record (cs_vault_lookup (vault, "g2"), &error));
  g_assert_no_error (error);
  g_assert_null (test_await_record (cs_vault_lookup (demo, "g1"), &error));
  g_assert_no_error (error);
}

static void
test_replaces_and_clears (void)
{
  g_autoptr (CsVault) vault = cs_vault_new ("practice-c");
  g_autoptr (CsTokens) tokens = new_tokens ();
  g_autoptr (CsTokens) found = NULL;
  g_autoptr (GError) error = NULL;

  test_await (cs_vault_store (vault, "g1", tokens), &error);
  g_free (tokens->refresh_token);
  tokens->refresh_token = g_strdup ("newer");
  test_await (cs_vault_store (vault, "g1", tokens), &error);
  g_assert_no_error (error);
  found = test_await_record (cs_vault_lookup (vault, "g1"), &error);
  g_assert_cmpstr (found->refresh_token, ==, "newer");
  g_assert_true (test_await (cs_vault_clear (vault, "g1"), &error));
  g_assert_null (test_await_record (cs_vault_lookup (vault, "g1"), &error));
  g_assert_true (test_await (cs_vault_clear (vault, "g1"), &error));
  g_assert_no_error (error);
}

static void
test_check (void)
{
  g_autoptr (CsVault) vault = cs_vault_new ("practice-d");
  g_autoptr (GError) error = NULL;

  g_assert_true (test_await (cs_vault_check (vault), &error));
  g_assert_no_error (error);
  g_assert_null (test_await_record (cs_vault_lookup (vault, "check"), &error));
  g_assert_no_error (error);
}

/* What somebody else wrote there is as good as nothing, and is never quoted (style.md 3.5-2). */
static void
test_damaged (void)
{
  static const SecretSchema schema
      = { "io.github.countersign.Countersign.Grant",
          SECRET_SCHEMA_NONE,
          { { "practice", SECRET_SCHEMA_ATTRIBUTE_STRING }, { "grant", SECRET_SCHEMA_ATTRIBUTE_STRING } } };
  static const char *const values[] = { "", "{", "[]", "secret-but-no-json", "{\"refresh_token\":7}", "{}" };
  g_autoptr (CsVault) vault = cs_vault_new ("practice-e");
  g_autofree char *log = NULL;

  test_log_start ();
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (secret_password_store_sync (&schema, NULL, "x", values[i], NULL, NULL, "practice",
                                                 "practice-e", "grant", "g1", NULL));
      g_assert_null (test_await_record (cs_vault_lookup (vault, "g1"), &error));
      g_assert_no_error (error);
    }
  log = test_log_stop ();
  g_assert_null (strstr (log, "secret-but-no-json"));
}

static void
add_tests (void)
{
  g_test_add_func ("/vault/keeps", test_keeps);
  g_test_add_func ("/vault/replaces-and-clears", test_replaces_and_clears);
  g_test_add_func ("/vault/check", test_check);
  g_test_add_func ("/vault/damaged", test_damaged);
}

int
main (int argc, char **argv)
{
  return test_run (argc, argv, add_tests);
}
