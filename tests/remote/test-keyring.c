/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cs-grant.h"

#include "cs-xero.h"
#include "remote-test.h"

#include <libsecret/secret.h>
#include <string.h>

/* The states of a desktop's keyring, one a process, since libsecret keeps its connection (environment.md
 * section 4): test-remote-keyring absent    a bus on which nobody offers secrets test-remote-keyring no-bus
 * no bus at all test-remote-keyring open      in-session, SESSION_KEYRING=…: kept; locked; its prompt
 * dismissed; dropped */

static CsTokens *
new_tokens (void)
{
  CsTokens *tokens = cs_tokens_new ();

  tokens->access_token = g_strdup ("access-secret");
  tokens->refresh_token = g_strdup ("refresh-secret");
  return tokens;
}

static void
assert_all (CsRemoteError code)
{
  g_autoptr (CsVault) vault = cs_vault_new ("practice-1");
  g_autoptr (CsTokens) tokens = new_tokens ();
  DexFuture *futures[] = { cs_vault_check (vault), cs_vault_store (vault, "g1", tokens),
                           cs_vault_lookup (vault, "g1"), cs_vault_clear (vault, "g1") };

  for (gsize i = 0; i < G_N_ELEMENTS (futures); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("call %zu", i);
      g_assert_false (test_await (futures[i], &error));
      g_assert_error (error, CS_REMOTE_ERROR, (int)code);
      g_assert_cmpuint (strlen (error->message), >, 10);
    }
}

static void
test_absent (void)
{
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);

  g_test_dbus_up (bus);
  assert_all (CS_REMOTE_ERROR_VAULT_ABSENT);
  secret_service_disconnect ();
  g_test_dbus_stop (bus);
}

static void
test_no_bus (void)
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  assert_all (CS_REMOTE_ERROR_VAULT_ABSENT);
}

static void
run (const char *command)
{
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_spawn_command_line_sync (command, NULL, NULL, &status, &error);
  g_assert_no_error (error);
}

static void
lock_keyring (void)
{
  run ("gdbus call --session --dest org.freedesktop.secrets --object-path /org/freedesktop/secrets "
       "--method org.freedesktop.Secret.Service.Lock \"[objectpath "
       "'/org/freedesktop/secrets/collection/login']\"");
}

/* The person presses Escape, as often as it takes for the prompt to be there. */
static gboolean
press_escape (gpointer data)
{
  g_spawn_command_line_async ("xdotool key Escape", NULL);
  return G_SOURCE_CONTINUE;
}

static void
assert_dismissed (DexFuture *future)
{
  guint source = g_timeout_add (400, press_escape, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (test_await (future, &error));
  g_source_remove (source);
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_VAULT_LOCKED);
}

/* 6 of style.md section 3.5: a keyring that is locked asks to be unlocked, not to sign in. */
static void
check_grant_of_locked_keyring (CsVault *vault)
{
  g_autoptr (CsHosts) hosts = cs_xero_hosts_new_loopback ("http://localhost:9", NULL);
  g_autoptr (CsHttp) http = test_http_new ();
  g_autoptr (CsGrant) grant = cs_grant_new (hosts, "g1", "client-1", vault, http, &test_clock);

  assert_dismissed (cs_grant_get_access_token (grant, FALSE));
}

static void
test_open (void)
{
  g_autoptr (CsVault) vault = cs_vault_new ("practice-1");
  g_autoptr (CsTokens) tokens = new_tokens ();
  g_autoptr (CsTokens) found = NULL;
  g_autoptr (GError) error = NULL;
  DexFuture *dropped;

  g_assert_true (test_await (cs_vault_check (vault), &error));
  g_assert_no_error (error);
  g_assert_true (test_await (cs_vault_store (vault, "g1", tokens), &error));
  g_assert_no_error (error);
  found = test_await_record (cs_vault_lookup (vault, "g1"), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found->refresh_token, ==, "refresh-secret");

  lock_keyring ();
  /* Blocked on a prompt that nobody answers: dropping it ends the waiting, and leaves the daemon alive, which
   * a cancelled call would not. */
  dropped = cs_vault_lookup (vault, "g1");
  for (int i = 0; i < 5; i++)
    test_settle ();
  g_assert_true (dex_future_is_pending (dropped));
  dex_unref (dropped);
  test_settle ();

  assert_dismissed (cs_vault_lookup (vault, "g1"));
  assert_dismissed (cs_vault_store (vault, "g1", tokens));
  assert_dismissed (cs_vault_check (vault));
  check_grant_of_locked_keyring (vault);
}

int
main (int argc, char **argv)
{
  const char *state = argc > 1 ? argv[1] : "";

  dex_init ();
  g_unsetenv ("SECRET_BACKEND");
  g_test_init (&argc, &argv, NULL);
  if (g_str_equal (state, "absent"))
    g_test_add_func ("/keyring/absent", test_absent);
  else if (g_str_equal (state, "no-bus"))
    g_test_add_func ("/keyring/no-bus", test_no_bus);
  else
    g_test_add_func ("/keyring/open-and-oauth/style-3.5-6-locked-is-no-sign-in", test_open);
  return g_test_run ();
}
