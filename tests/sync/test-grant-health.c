/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long the permission lasts: what is told of it, the warning from day 50 on, the renewal at the start
 * [U-22], and that a lost permission is told apart from a broken network. */
#include "wrong-turns.h"

#include "cs-grant-health.h"
#include "cs-remote-error.h"
#include "cs-vault.h"

#define DAY_MS (24 * 3600 * G_GINT64_CONSTANT (1000))

static CsGrantHealth *
read_health (CsSession *session)
{
  g_autoptr (GError) error = NULL;
  CsGrantHealth *health = test_await_record (cs_session_read_grant_health (session), &error);

  g_assert_no_error (error);
  return health;
}

/* As if nobody had started the program for @days: the access token is as good as ever, so that nothing but
 * the age can be why it is renewed. */
static void
age_grant (CsSession *session, int days)
{
  g_autofree char *practice = cs_uuid_to_string (&cs_session_get_practice (session)->id);
  g_autofree char *grant = cs_uuid_to_string (&cs_session_get_connection (session)->grant_id);
  g_autoptr (CsVault) vault = cs_vault_new (practice);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsTokens) tokens = test_await_record (cs_vault_lookup (vault, grant), &error);

  g_assert_no_error (error);
  tokens->rotated_ms = cs_clock_now_ms (test_clock ()) - days * DAY_MS;
  g_assert_cmpint (tokens->expires_ms, >, cs_clock_now_ms (test_clock ()));
  g_assert_true (test_await (cs_vault_store (vault, grant, tokens), &error));
}

static gboolean
is_warned (gpointer session)
{
  return cs_session_get_grant_warning_ms (session) != 0;
}

static gboolean
is_renewed (gpointer session)
{
  g_autoptr (CsGrantHealth) health = read_health (session);

  return !is_warned (session) && health->renewed_ms > cs_clock_now_ms (test_clock ()) - DAY_MS;
}

static void
reopen (Turn *turn)
{
  CsSession *again = NULL;

  g_clear_object (&turn->connect);
  sandbox_fixture_close (turn->session);
  again = sandbox_fixture_open (turn->fixture);
  turn->session = again;
  turn->connect = cs_connect_new (again, CS_CONNECT_TO_LEDGER);
}

static void
test_told (void)
{
  g_autoptr (Turn) turn = turn_new ();
  g_autoptr (CsGrantHealth) health = NULL;

  turn_connect (turn, 0);
  health = read_health (turn->session);
  g_assert_cmpint (cs_clock_now_ms (test_clock ()) - health->renewed_ms, <, 60 * 1000);
  g_assert_cmpint (health->ends_ms - health->renewed_ms, ==, 60 * DAY_MS);
  g_assert_false (health->is_old);
  g_assert_cmpstr (health->country, ==, "NZ");
  g_assert_cmpint (health->day_remaining, >, 0);
  g_assert_cmpint (health->day_remaining, <, 5000);
  g_assert_cmpint (health->minute_remaining, >, 0);
  g_assert_cmpint (cs_session_get_grant_warning_ms (turn->session), ==, 0);
  g_assert_nonnull (cs_grant_scope_words ("accounting.invoices"));
}

static void
test_renewed_at_start (void)
{
  g_autoptr (Turn) turn = turn_new ();

  turn_connect (turn, 0);
  age_grant (turn->session, 51);
  reopen (turn);
  g_assert_true (test_wait_until (is_renewed, turn->session));
}

static void
test_young_is_left_alone (void)
{
  g_autoptr (Turn) turn = turn_new ();
  g_autoptr (CsGrantHealth) health = NULL;

  turn_connect (turn, 0);
  age_grant (turn->session, 49);
  reopen (turn);
  health = read_health (turn->session);
  g_assert_cmpint (health->renewed_ms, <, cs_clock_now_ms (test_clock ()) - 48 * DAY_MS);
  g_assert_false (health->is_old);
  g_assert_false (is_warned (turn->session));
}

/* Nobody there to renew it: the warning says until when, and nobody is told that the permission is lost. */
static void
test_warned (void)
{
  g_autoptr (Turn) turn = turn_new ();
  g_autoptr (CsGrantHealth) health = NULL;

  turn_connect (turn, 0);
  age_grant (turn->session, 52);
  sandbox_fixture_fault (turn->fixture, "POST", "/connect/token", "503", 1000, 0);
  reopen (turn);
  g_assert_true (test_wait_until (is_warned, turn->session));
  health = read_health (turn->session);
  g_assert_true (health->is_old);
  g_assert_cmpint (health->ends_ms, ==, cs_session_get_grant_warning_ms (turn->session));
  g_assert_cmpint ((health->ends_ms - cs_clock_now_ms (test_clock ())) / DAY_MS, ==, 7);
  g_assert_cmpint (cs_session_get_link_state (turn->session), !=, CS_LINK_SIGN_IN_NEEDED);
}

static void
test_renewed_by_hand (void)
{
  g_autoptr (Turn) turn = turn_new ();
  g_autoptr (CsGrantHealth) before = NULL;
  g_autoptr (CsGrantHealth) after = NULL;
  g_autoptr (GError) error = NULL;

  turn_connect (turn, 0);
  before = read_health (turn->session);
  g_assert_true (test_await (cs_session_renew_grant (turn->session), &error));
  g_assert_no_error (error);
  after = read_health (turn->session);
  g_assert_cmpint (after->renewed_ms, >, before->renewed_ms);
}

/* and a person is told, once. */
static void
test_lost (void)
{
  g_autoptr (Turn) turn = turn_new ();
  g_autoptr (GError) error = NULL;

  turn_connect (turn, 0);
  turn_expect_alert (turn, CS_ALERT_SIGN_IN);
  sandbox_fixture_post (turn->fixture, "/sandbox/tokens", "{\"action\":\"revoke\"}");
  g_assert_false (test_await (cs_session_renew_grant (turn->session), &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_SIGN_IN_NEEDED);
  g_assert_cmpint (cs_session_get_link_state (turn->session), ==, CS_LINK_SIGN_IN_NEEDED);
  turn_wait_for_alert (turn);
}

static void
test_broken_network (void)
{
  g_autoptr (Turn) turn = turn_new ();
  g_autoptr (GError) error = NULL;

  turn_connect (turn, 0);
  g_subprocess_force_exit (turn->fixture->process);
  g_subprocess_wait (turn->fixture->process, NULL, NULL);
  g_assert_false (test_await (cs_session_renew_grant (turn->session), &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_UNREACHABLE);
  g_assert_cmpint (cs_session_get_link_state (turn->session), ==, CS_LINK_OFFLINE);
  g_assert_cmpuint (turn_count_kept (), ==, 1);
}

static gboolean
is_offline (gpointer session)
{
  return cs_session_get_link_state (session) == CS_LINK_OFFLINE;
}

/* The dialog is closed before the answer: the sidebar hears of it all the same. */
static void
test_told_though_nobody_waits (void)
{
  g_autoptr (Turn) turn = turn_new ();

  turn_connect (turn, 0);
  g_subprocess_force_exit (turn->fixture->process);
  g_subprocess_wait (turn->fixture->process, NULL, NULL);
  g_assert_cmpint (cs_session_get_link_state (turn->session), ==, CS_LINK_CONNECTED);
  dex_unref (cs_session_renew_grant (turn->session));
  g_assert_true (test_wait_until (is_offline, turn->session));
}

static gboolean
is_idle (gpointer session)
{
  return cs_session_get_activity (session) == CS_ACTIVITY_IDLE;
}

static gboolean
set_flag (gpointer data)
{
  *(gboolean *)data = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
is_set (gpointer data)
{
  return *(gboolean *)data;
}

/* The window is closed over it, at whatever moment: the loop is not kept busy afterwards. */
static void
test_dropped (void)
{
  g_autoptr (Turn) turn = turn_new_unpaced ();

  turn_connect (turn, 0);
  for (guint turns = 0; turns < 90; turns++)
    {
      gboolean was_idle = FALSE;
      DexFuture *renewing = cs_session_renew_grant (turn->session);
      DexFuture *reading = cs_session_read_grant_health (turn->session);

      for (guint i = 0; i < turns; i++)
        g_main_context_iteration (NULL, FALSE);
      dex_unref (reading);
      dex_unref (renewing);
      g_idle_add_full (G_PRIORITY_LOW, set_flag, &was_idle, NULL);
      g_test_message ("dropped after %u turns of the loop", turns);
      g_assert_true (test_wait_until (is_set, &was_idle));
    }
  g_assert_true (test_wait_until (is_idle, turn->session));
}

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/health/B-21-told", test_told);
  g_test_add_func ("/health/U-22-renewed-at-start-from-day-50", test_renewed_at_start);
  g_test_add_func ("/health/U-22-left-alone-before-day-50", test_young_is_left_alone);
  g_test_add_func ("/health/U-22-warned-from-day-50", test_warned);
  g_test_add_func ("/health/U-22-renewed-by-hand", test_renewed_by_hand);
  g_test_add_func ("/health/dropped-renewal", test_dropped);
  g_test_add_func ("/health/told-though-nobody-waits", test_told_though_nobody_waits);
  g_test_add_func ("/health/U-22-lost-permission", test_lost);
  g_test_add_func ("/health/U-22-broken-network-is-no-lost-permission", test_broken_network);
  return g_test_run ();
}
