/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person who walks away from the wizard, at any of its pages and in the worst of moments, leaves nothing
 * behind: no port taken, no token in the keyring, no page that turns up later. */
#include "wrong-turns.h"

#include "cs-session-private.h"
#include "cs-store-private.h"

#include <libsecret/secret.h>

static gboolean
is_port_free (gpointer data)
{
  g_autoptr (GSocketListener) other = g_socket_listener_new ();
  gboolean is_free = g_socket_listener_add_inet_port (other, 8742, NULL, NULL);

  g_socket_listener_close (other);
  return is_free;
}

static gboolean
keyring_is_empty (gpointer data)
{
  return turn_count_kept () == 0;
}

static gboolean
is_gone (gpointer data)
{
  g_autoptr (GObject) object = g_weak_ref_get (data);

  return object == NULL;
}

typedef struct
{
  CsConnectStage stage;
  gboolean at_once; /* in the handler; else as soon as the loop turns */
  gboolean is_over;
} Leaving;

static gboolean
leave_idle (gpointer data)
{
  cs_connect_cancel (data);
  return G_SOURCE_REMOVE;
}

static void
on_stage (CsConnect *connect, GParamSpec *pspec, Leaving *leaving)
{
  if (leaving->is_over || cs_connect_get_stage (connect) != leaving->stage)
    return;
  leaving->is_over = TRUE;
  if (leaving->at_once)
    cs_connect_cancel (connect);
  else
    g_idle_add_full (G_PRIORITY_HIGH, leave_idle, g_object_ref (connect), g_object_unref);
}

static gboolean
has_left (gpointer data)
{
  return ((const Leaving *)data)->is_over;
}

/* Whatever was on its way into the keyring is over before the next sign-in has listed its organisations. */
static void
assert_leaves_nothing (CsConnectStage stage, gboolean at_once)
{
  g_autoptr (Turn) turn = turn_new ();
  Leaving leaving = { stage, at_once, FALSE };
  gulong handler = g_signal_connect (turn->connect, "notify::stage", G_CALLBACK (on_stage), &leaving);

  turn_start (turn);
  g_assert_true (test_wait_until (has_left, &leaving));
  turn_wait (turn, CS_CONNECT_READY);
  g_assert_true (test_wait_until (is_port_free, NULL));
  g_signal_handler_disconnect (turn->connect, handler);

  turn_start (turn);
  turn_wait (turn, CS_CONNECT_CHOOSING);
  g_assert_cmpuint (turn_count_kept (), ==, 1);
  cs_connect_cancel (turn->connect);
  g_assert_true (test_wait_until (keyring_is_empty, NULL));
  g_assert_cmpint (cs_connect_get_stage (turn->connect), ==, CS_CONNECT_READY);
}

static void
test_while_exchanging (void)
{
  assert_leaves_nothing (CS_CONNECT_EXCHANGING, TRUE);
}

/* The tokens are on their way into the keyring at that moment. */
static void
test_while_storing (void)
{
  assert_leaves_nothing (CS_CONNECT_EXCHANGING, FALSE);
}

static void
test_at_the_choice (void)
{
  assert_leaves_nothing (CS_CONNECT_CHOOSING, TRUE);
}

static void
test_while_checking (void)
{
  assert_leaves_nothing (CS_CONNECT_CHECKING, FALSE);
}

static void
test_in_the_browser (void)
{
  assert_leaves_nothing (CS_CONNECT_BROWSER, TRUE);
}

static void
test_while_vetting (void)
{
  g_autoptr (Turn) turn = turn_new ();
  Leaving leaving = { CS_CONNECT_VETTING, FALSE, FALSE };

  turn_start (turn);
  turn_wait (turn, CS_CONNECT_CHOOSING);
  g_signal_connect (turn->connect, "notify::stage", G_CALLBACK (on_stage), &leaving);
  cs_connect_choose (turn->connect, 0);
  g_assert_true (test_wait_until (has_left, &leaving));
  turn_wait (turn, CS_CONNECT_READY);
  g_assert_true (test_wait_until (keyring_is_empty, NULL));
  g_assert_null (cs_session_get_connection (turn->session));
  turn_connect (turn, 0);
}

/* The window is destroyed and not closed: nobody cancels, but nobody is there any more, either. */
static void
test_dropped (void)
{
  g_autoptr (Turn) turn = turn_new ();
  CsConnect *connect = turn->connect;
  GWeakRef gone;

  turn->redirect = g_strdup ("");
  turn_start (turn);
  turn_wait (turn, CS_CONNECT_BROWSER);
  g_assert_false (is_port_free (NULL));
  g_weak_ref_init (&gone, connect);
  turn->connect = cs_connect_new (turn->session, CS_CONNECT_TO_LEDGER);
  g_object_unref (connect);
  g_assert_true (test_wait_until (is_gone, &gone));
  g_weak_ref_clear (&gone);
  g_assert_true (test_wait_until (is_port_free, NULL));
}

/* After a whole connection nothing of the wizard holds it, either. */
static void
test_no_cycle (void)
{
  g_autoptr (Turn) turn = turn_new ();
  GWeakRef gone;

  turn_connect (turn, 0);
  g_weak_ref_init (&gone, turn->connect);
  g_object_unref (turn->connect);
  g_assert_true (test_wait_until (is_gone, &gone));
  g_weak_ref_clear (&gone);
  turn->connect = cs_connect_new (turn->session, CS_CONNECT_TO_LEDGER);
}

/* --- the first reading --- */

static void
test_first_reading_breaks_off (void)
{
  g_autoptr (Turn) turn = turn_new ();

  turn_start (turn);
  turn_wait (turn, CS_CONNECT_CHOOSING);
  sandbox_fixture_fault (turn->fixture, "GET", "/api.xro/2.0/Invoices", "503", 1000, 0);
  cs_connect_choose (turn->connect, 0);
  turn_wait_problem (turn, CS_CONNECT_PROBLEM_FIRST_READ);
  /* The sign-in is done and kept: it is the reading alone that is begun again. */
  g_assert_nonnull (cs_session_get_connection (turn->session));
  g_assert_cmpuint (turn_count_kept (), ==, 1);

  sandbox_fixture_forgive (turn->fixture);
  cs_connect_read_again (turn->connect);
  turn_wait (turn, CS_CONNECT_DONE);
  g_assert_cmpuint (turn_count_kept (), ==, 1);
}

/* --- no keyring --- */

/* In a process of its own, since libsecret keeps its connection. */
static void
test_keyring_absent (void)
{
  g_autoptr (Turn) turn = NULL;
  g_autoptr (GTestDBus) bus = NULL;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  g_unsetenv ("SECRET_BACKEND");
  turn = turn_new ();
  turn_start (turn);
  turn_wait_problem (turn, CS_CONNECT_PROBLEM_KEYRING_ABSENT);
  /* Asked before the browser: nobody signs in for nothing. */
  g_assert_null (turn->address);
  g_assert_true (is_port_free (NULL));
  g_clear_pointer (&turn, turn_free);
  secret_service_disconnect ();
}

/* --- a crash --- */

static gpointer
count_sign_ins (CsStore *store, gpointer data, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (store->sql, "SELECT count(*) FROM signing_in");
  gint64 n = cs_sql_next (row, error) ? cs_sql_read_integer (row) : -1;

  return g_memdup2 (&n, sizeof n);
}

static gboolean
no_sign_in_is_noted (gpointer session)
{
  g_autofree gint64 *n = test_read (session, count_sign_ins, NULL, g_free);

  return *n == 0;
}

/* A sign-in is noted in the practice's file as long as its tokens are kept and no connection uses them. */
static void
test_is_noted (void)
{
  g_autoptr (Turn) turn = turn_new ();

  g_assert_true (no_sign_in_is_noted (turn->session));
  turn_start (turn);
  turn_wait (turn, CS_CONNECT_CHOOSING);
  g_assert_false (no_sign_in_is_noted (turn->session));
  cs_connect_cancel (turn->connect);
  g_assert_true (test_wait_until (keyring_is_empty, NULL));
  g_assert_true (test_wait_until (no_sign_in_is_noted, turn->session));

  turn_connect (turn, 0);
  g_assert_true (no_sign_in_is_noted (turn->session));
  g_assert_cmpuint (turn_count_kept (), ==, 1);
}

static gpointer
begin_sign_in (CsStore *store, gpointer data, GError **error)
{
  cs_store_begin_sign_in (store, data, error);
  return NULL;
}

static void
keep (CsVault *vault, const CsUuid *grant_id)
{
  g_autoptr (CsTokens) tokens = cs_tokens_new ();
  g_autofree char *id = cs_uuid_to_string (grant_id);
  g_autoptr (GError) error = NULL;

  tokens->refresh_token = g_strdup ("of nobody");
  test_await (cs_vault_store (vault, id, tokens), &error);
  g_assert_no_error (error);
}

static gboolean
two_are_kept (gpointer data)
{
  return turn_count_kept () == 2;
}

/* What a crash left in the keyring before the connection was saved is gone after the next start; what is used
 * is not, nor another practice's. */
static void
test_crashed (void)
{
  g_autoptr (Turn) turn = turn_new ();
  g_autoptr (CsVault) other = cs_vault_new ("another practice");
  g_autoptr (GError) error = NULL;
  g_autofree char *used = NULL;
  g_autoptr (CsTokens) tokens = NULL;
  CsUuid id = { .bytes = { 7 } };

  turn_connect (turn, 0);
  test_await (cs_session_write (turn->session, begin_sign_in, &id, NULL, NULL), &error);
  g_assert_no_error (error);
  keep (turn->session->vault, &id);
  keep (other, &id);
  g_assert_cmpuint (turn_count_kept (), ==, 3);
  turn_reopen (turn);
  g_assert_true (test_wait_until (two_are_kept, NULL));
  g_assert_true (test_wait_until (no_sign_in_is_noted, turn->session));
  used = cs_uuid_to_string (&cs_session_get_connection (turn->session)->grant_id);
  tokens = test_await_record (cs_vault_lookup (turn->session->vault, used), &error);
  g_assert_no_error (error);
  g_assert_nonnull (tokens);
}

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/walked-away/while-checking", test_while_checking);
  g_test_add_func ("/walked-away/in-the-browser", test_in_the_browser);
  g_test_add_func ("/walked-away/while-exchanging", test_while_exchanging);
  g_test_add_func ("/walked-away/while-storing", test_while_storing);
  g_test_add_func ("/walked-away/at-the-choice", test_at_the_choice);
  g_test_add_func ("/walked-away/while-vetting", test_while_vetting);
  g_test_add_func ("/walked-away/dropped", test_dropped);
  g_test_add_func ("/walked-away/no-cycle", test_no_cycle);
  g_test_add_func ("/walked-away/first-reading-breaks-off", test_first_reading_breaks_off);
  g_test_add_func ("/walked-away/is-noted", test_is_noted);
  g_test_add_func ("/walked-away/crashed", test_crashed);
  g_test_add_func ("/walked-away/keyring-absent", test_keyring_absent);
  return g_test_run ();
}
