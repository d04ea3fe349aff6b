/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The practice manager beside the ledger, over real sockets to the sandbox: connecting by the same wizard,
 * each of its wrong turns, and reading it. */
#include "wrong-turns.h"

#include "cs-connect-problem.h"
#include "cs-store-clients.h"
#include "cs-store-connections.h"
#include "cs-store-work.h"
#include "cs-work.h"
#include "cs-xpm.h"

static Turn *
work_turn_new (void)
{
  Turn *turn = turn_new_unpaced ();

  turn_connect_to (turn, CS_CONNECT_TO_WORK);
  return turn;
}

static CsWork *
work_of (Turn *turn)
{
  return cs_session_get_work (turn->session);
}

static gpointer
count_job (CsStore *store, gpointer data, GError **error)
{
  guint n = 0;

  if (!cs_store_count_work_clients (store, data, &n, error))
    return NULL;
  return g_memdup2 (&n, sizeof n);
}

static guint
count_known (Turn *turn)
{
  const CsConnection *connection = cs_work_get_connection (work_of (turn));
  g_autofree guint *n = test_read (turn->session, count_job, (gpointer)&connection->id, g_free);

  return *n;
}

static gpointer
list_job (CsStore *store, gpointer data, GError **error)
{
  return cs_store_list_work_clients (store, data, NULL, NULL, 1000, error);
}

static GPtrArray *
list_known (Turn *turn)
{
  return test_read (turn->session, list_job, (gpointer)&cs_work_get_connection (work_of (turn))->id,
                    (GDestroyNotify)g_ptr_array_unref);
}

static gboolean
knows (Turn *turn, const char *name)
{
  g_autoptr (GPtrArray) clients = list_known (turn);

  for (guint i = 0; i < clients->len; i++)
    if (g_str_equal (cs_work_client_get (g_ptr_array_index (clients, i), CS_WORK_FIELD_NAME), name))
      return TRUE;
  return FALSE;
}

static void
pull (Turn *turn)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (test_await (cs_work_pull_now (work_of (turn)), &error));
  g_assert_no_error (error);
}

/* --- connecting --- */

/* the same wizard, the same keyring; clients, staff and groups are there afterwards. */
static void
test_connects (void)
{
  g_autoptr (Turn) turn = work_turn_new ();
  const CsConnection *connection;

  turn_connect (turn, 0);
  connection = cs_work_get_connection (work_of (turn));
  g_assert_nonnull (connection);
  g_assert_cmpstr (connection->system, ==, CS_WORK_SYSTEM);
  g_assert_cmpint (cs_work_get_link_state (work_of (turn)), ==, CS_LINK_CONNECTED);
  g_assert_cmpint (cs_session_get_link_state (turn->session), ==, CS_LINK_NONE);
  g_assert_cmpuint (turn_count_kept (), ==, 1);
  g_assert_cmpuint (count_known (turn), >, 0);
  g_assert_cmpint (cs_work_get_synced_ms (work_of (turn)), >, 0);
}

/* Two connections, two grants: what is done to the one is not done to the other. */
static void
test_beside_the_ledger (void)
{
  g_autoptr (Turn) turn = turn_new_unpaced ();
  g_autoptr (GError) error = NULL;

  turn_connect (turn, 0);
  turn_connect_to (turn, CS_CONNECT_TO_WORK);
  turn_connect (turn, 0);
  g_assert_cmpuint (turn_count_kept (), ==, 2);
  g_assert_cmpint (cs_session_get_link_state (turn->session), ==, CS_LINK_CONNECTED);

  g_assert_true (test_await (cs_work_disconnect (work_of (turn)), &error));
  g_assert_no_error (error);
  g_assert_cmpint (cs_work_get_link_state (work_of (turn)), ==, CS_LINK_DISCONNECTED);
  g_assert_cmpuint (turn_count_kept (), ==, 1);
  /* The ledger's grant was not revoked with it. */
  g_assert_true (test_await (cs_session_pull_now (turn->session), &error));
  g_assert_no_error (error);
  g_assert_cmpint (cs_session_get_link_state (turn->session), ==, CS_LINK_CONNECTED);
}

/* W-04: the privilege is taken away between consent and reading; given back, the same wizard goes on. */
static void
test_privilege_missing (void)
{
  g_autoptr (Turn) turn = work_turn_new ();

  turn_start (turn);
  turn_wait (turn, CS_CONNECT_CHOOSING);
  sandbox_fixture_post (turn->fixture, "/sandbox/practice/privilege", "{\"privilege\":\"missing\"}");
  cs_connect_choose (turn->connect, 0);
  turn_wait_problem (turn, CS_CONNECT_PROBLEM_NO_PRIVILEGE);
  g_assert_cmpstr (cs_connect_get_problem_text (turn->connect), !=, "");
  g_assert_null (cs_work_get_connection (work_of (turn)));

  sandbox_fixture_post (turn->fixture, "/sandbox/practice/privilege", "{\"press\":\"tick\"}");
  g_assert_true (cs_connect_can_choose_again (turn->connect));
  cs_connect_choose_again (turn->connect);
  cs_connect_choose (turn->connect, 0);
  turn_wait (turn, CS_CONNECT_DONE);
}

/* xpm.md 2.2: the one broad permission where the app has it, and it is remembered for the next time. */
static void
test_broad_scope (void)
{
  g_autoptr (Turn) turn = work_turn_new ();
  g_autoptr (CsConnect) again = NULL;

  cs_connect_set_is_broad (turn->connect, TRUE);
  turn_connect (turn, 0);
  again = cs_connect_new (turn->session, CS_CONNECT_TO_WORK);
  g_assert_true (cs_connect_is_broad (again));
  g_assert_null (cs_connect_missing_work_scopes (CS_XPM_SCOPES));
  g_assert_null (cs_connect_missing_work_scopes (CS_XPM_SCOPES_BROAD));
  {
    g_autofree char *missing = cs_connect_missing_work_scopes ("offline_access practicemanager.client");

    g_assert_nonnull (missing);
    g_assert_nonnull (strchr (missing, '\n'));
  }
}

/* linked anew, everything that was linked is linked still; no second grant is left behind. */
static void
test_relink (void)
{
  g_autoptr (Turn) turn = work_turn_new ();
  CsUuid before;

  turn_connect (turn, 0);
  before = cs_work_get_connection (work_of (turn))->id;
  turn_connect_to (turn, CS_CONNECT_TO_WORK);
  turn_start (turn);
  turn_wait (turn, CS_CONNECT_CHOOSING);
  g_assert_true (
      ((CsConnectTenant *)g_ptr_array_index (cs_connect_get_tenants (turn->connect), 0))->was_connected);
  cs_connect_choose (turn->connect, 0);
  turn_wait (turn, CS_CONNECT_DONE);
  g_assert_true (cs_uuid_equal (&before, &cs_work_get_connection (work_of (turn))->id));
  g_assert_cmpuint (turn_count_kept (), ==, 1);
}

/* --- reading --- */

/* what somebody entered, changed and deleted there is here after a refresh, which asks for changes
 * alone. */
static void
test_incremental (void)
{
  g_autoptr (Turn) turn = work_turn_new ();
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;
  guint before;

  turn_connect (turn, 0);
  before = count_known (turn);
  id = sandbox_fixture_enter (turn->fixture, "/sandbox/practice/clients", "{\"Name\":\"Tui & Sons <Ltd>\"}");
  g_assert_nonnull (id);
  pull (turn);
  g_assert_cmpuint (count_known (turn), ==, before + 1);
  g_assert_true (knows (turn, "Tui & Sons <Ltd>"));

  path = g_strdup_printf ("/sandbox/practice/clients/%s/archive", id);
  sandbox_fixture_post (turn->fixture, path, "{}");
  pull (turn);
  g_assert_false (knows (turn, "Tui & Sons <Ltd>"));
  g_assert_cmpuint (count_known (turn), ==, before);
}

/* U-19: an ERROR within 200 is no list of nobody: nothing is lost, the cursor stays, and it is said. */
static void
test_error_in_200 (void)
{
  g_autoptr (Turn) turn = work_turn_new ();
  g_autoptr (GError) error = NULL;
  gint64 synced_ms;
  guint before;

  turn_connect (turn, 0);
  before = count_known (turn);
  synced_ms = cs_work_get_synced_ms (work_of (turn));
  sandbox_fixture_fault (turn->fixture, "GET", "/practicemanager/3.1/client.api/list", "error-in-200", 1, 0);
  g_assert_false (test_await (cs_work_refresh_all (work_of (turn)), &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_REFUSED);
  g_assert_cmpuint (count_known (turn), ==, before);
  g_assert_cmpint (cs_work_get_synced_ms (work_of (turn)), ==, synced_ms);
  g_assert_cmpstr (cs_work_get_last_problem (work_of (turn)), !=, "");
  pull (turn);
  g_assert_cmpstr (cs_work_get_last_problem (work_of (turn)), ==, "");
}

/* A list that breaks off in its middle is no shorter list: what it lacks is not taken for gone. */
static void
test_half_a_list (void)
{
  g_autoptr (Turn) turn = work_turn_new ();
  g_autoptr (GError) error = NULL;
  guint before;

  turn_connect (turn, 0);
  before = count_known (turn);
  sandbox_fixture_fault (turn->fixture, "GET", "/practicemanager/3.1/client.api/list", "half-body", 5, 0);
  g_assert_false (test_await (cs_work_refresh_all (work_of (turn)), &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (count_known (turn), ==, before);
  sandbox_fixture_forgive (turn->fixture);
}

/* xpm.md 2.4: the privilege is taken away later: a person is told, and no timer asks again. */
static void
test_privilege_lost_later (void)
{
  g_autoptr (Turn) turn = work_turn_new ();
  g_autoptr (GError) error = NULL;

  turn_connect (turn, 0);
  sandbox_fixture_post (turn->fixture, "/sandbox/practice/privilege", "{\"privilege\":\"missing\"}");
  g_assert_false (test_await (cs_work_pull_now (work_of (turn)), &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_FORBIDDEN);
  g_assert_cmpint (cs_work_get_link_state (work_of (turn)), ==, CS_LINK_SIGN_IN_NEEDED);
  g_clear_error (&error);
  g_assert_false (test_await (cs_work_pull_now (work_of (turn)), &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_SIGN_IN_NEEDED);
}

/* it can be ended in its middle, and the connection is good afterwards. */
static void
test_cancel (void)
{
  g_autoptr (Turn) turn = work_turn_new ();
  g_autoptr (GError) error = NULL;
  DexFuture *reading;

  turn_connect (turn, 0);
  sandbox_fixture_fault (turn->fixture, "GET", "/practicemanager/3.1/client.api/list", "slow-body", 1, 30);
  reading = cs_work_refresh_all (work_of (turn));
  g_assert_true (cs_work_is_pulling (work_of (turn)));
  cs_work_cancel_pull (work_of (turn));
  g_assert_false (test_await (reading, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (cs_work_is_pulling (work_of (turn)));
  sandbox_fixture_forgive (turn->fixture);
  pull (turn);
}

/* a day later it is read by itself when the practice is opened; within the day it is not. */
static void
test_daily (void)
{
  g_autoptr (Turn) turn = work_turn_new ();
  gint64 first_ms;

  turn_connect (turn, 0);
  first_ms = cs_work_get_synced_ms (work_of (turn));
  turn_reopen (turn);
  g_assert_false (cs_work_is_pulling (work_of (turn)));
  test_clock_advance (G_GINT64_CONSTANT (25) * 3600 * 1000);
  turn_reopen (turn);
  g_assert_true (cs_work_is_pulling (work_of (turn)));
  pull (turn);
  g_assert_cmpint (cs_work_get_synced_ms (work_of (turn)), >, first_ms);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/practice-manager/connects", test_connects);
  g_test_add_func ("/practice-manager/beside-the-ledger", test_beside_the_ledger);
  g_test_add_func ("/practice-manager/privilege-missing", test_privilege_missing);
  g_test_add_func ("/practice-manager/broad-scope", test_broad_scope);
  g_test_add_func ("/practice-manager/relink", test_relink);
  g_test_add_func ("/practice-manager/incremental", test_incremental);
  g_test_add_func ("/practice-manager/error-in-200", test_error_in_200);
  g_test_add_func ("/practice-manager/half-a-list", test_half_a_list);
  g_test_add_func ("/practice-manager/privilege-lost-later", test_privilege_lost_later);
  g_test_add_func ("/practice-manager/cancel", test_cancel);
  g_test_add_func ("/practice-manager/daily", test_daily);
  return g_test_run ();
}
