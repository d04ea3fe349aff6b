/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signed in anew while something is still asked by the former sign-in: its late answers are about nothing
 * that stands, and of its tokens nothing is kept [X-14, U-22]. */
#include "wrong-turns.h"

#include "cs-grant-health.h"
#include "cs-remote-error.h"

#define LATE_SECONDS 4

typedef struct
{
  SandboxFixture *fixture;
  gint64 n_before;
} Calls;

static gboolean
has_called (gpointer data)
{
  const Calls *calls = data;

  return sandbox_fixture_count (calls->fixture, "requests") > calls->n_before;
}

/* The answer to the former sign-in's refresh comes once the practice is connected by another. */
static void
test_late_refresh (void)
{
  g_autoptr (Turn) turn = turn_new ();
  g_autoptr (DexFuture) late = NULL;
  g_autoptr (GError) error = NULL;
  Calls calls = { turn->fixture, 0 };

  turn_connect (turn, 0);
  calls.n_before = sandbox_fixture_count (turn->fixture, "requests");
  sandbox_fixture_fault (turn->fixture, "POST", "/connect/token", "delay", 1, LATE_SECONDS);
  late = cs_session_renew_grant (turn->session);
  g_assert_true (test_wait_until (has_called, &calls));
  turn_connect_to (turn, CS_CONNECT_TO_LEDGER);
  turn_connect (turn, 0);
  g_assert_true (dex_future_is_pending (late));
  g_assert_false (test_await (g_steal_pointer (&late), &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_SIGN_IN_NEEDED);
  g_assert_cmpint (cs_session_get_link_state (turn->session), ==, CS_LINK_CONNECTED);
  g_assert_cmpstr (cs_session_get_last_problem (turn->session), ==, "");
  g_assert_cmpuint (turn_count_kept (), ==, 1);
  turn_reopen (turn);
  g_assert_cmpint (cs_session_get_link_state (turn->session), ==, CS_LINK_CONNECTED);
}

/* What was being read by the former sign-in ends, and the new one reads on. */
static void
test_reading_meanwhile (void)
{
  g_autoptr (Turn) turn = turn_new_unpaced ();
  g_autoptr (DexFuture) reading = NULL;
  g_autoptr (GError) error = NULL;

  turn_connect (turn, 0);
  sandbox_fixture_fault (turn->fixture, "GET", "/api.xro/2.0/Invoices", "slow-body", 1, 600);
  reading = cs_session_refresh_all (turn->session);
  turn_connect_to (turn, CS_CONNECT_TO_LEDGER);
  turn_connect (turn, 0);
  g_assert_false (test_await (g_steal_pointer (&reading), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (cs_session_get_link_state (turn->session), ==, CS_LINK_CONNECTED);
  g_assert_cmpuint (turn_count_kept (), ==, 1);
}

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/relink/U-22-late-refresh", test_late_refresh);
  g_test_add_func ("/relink/X-14-reading-meanwhile", test_reading_meanwhile);
  return g_test_run ();
}
