/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The practice manager beside the ledger, over real sockets to the sandbox: connecting by the same wizard,
 * each of its wrong turns, and reading it. */
#include "wrong-turns.h"

#include "cs-connect-problem.h"
#include "cs-store-clients.h"
#include "cs-store-connections.h"
#include "cs-store-work.h"
#include "cs-work-links.h"
#include "cs-work-review.h"
#include "cs-xpm.h"

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
  const CsConnection *connection = cs_work_get_connection (turn_get_work (turn));
  g_autofree guint *n = test_read (turn->session, count_job, (gpointer)&connection->id, g_free);

  return *n;
}

static gboolean
knows (Turn *turn, const char *name)
{
  g_autoptr (GPtrArray) clients = turn_list_work (turn);

  for (guint i = 0; i < clients->len; i++)
    if (g_str_equal (cs_work_client_get (g_ptr_array_index (clients, i), CS_WORK_FIELD_NAME), name))
      return TRUE;
  return FALSE;
}

/* --- connecting --- */

/* the same wizard, the same keyring; clients, staff and groups are there afterwards. */
static void
test_connects (void)
{
  g_autoptr (Turn) turn = turn_new_for_work ();
  const CsConnection *connection;

  turn_connect (turn, 0);
  connection = cs_work_get_connection (turn_get_work (turn));
  g_assert_nonnull (connection);
  g_assert_cmpstr (connection->system, ==, CS_WORK_SYSTEM);
  g_assert_cmpint (cs_work_get_link_state (turn_get_work (turn)), ==, CS_LINK_CONNECTED);
  g_assert_cmpint (cs_session_get_link_state (turn->session), ==, CS_LINK_NONE);
  g_assert_cmpuint (turn_count_kept (), ==, 1);
  g_assert_cmpuint (count_known (turn), >, 0);
  g_assert_cmpint (cs_work_get_synced_ms (turn_get_work (turn)), >, 0);
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

  g_assert_true (test_await (cs_work_disconnect (turn_get_work (turn)), &error));
  g_assert_no_error (error);
  g_assert_cmpint (cs_work_get_link_state (turn_get_work (turn)), ==, CS_LINK_DISCONNECTED);
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
  g_autoptr (Turn) turn = turn_new_for_work ();

  turn_start (turn);
  turn_wait (turn, CS_CONNECT_CHOOSING);
  sandbox_fixture_post (turn->fixture, "/sandbox/practice/privilege", "{\"privilege\":\"missing\"}");
  cs_connect_choose (turn->connect, 0);
  turn_wait_problem (turn, CS_CONNECT_PROBLEM_NO_PRIVILEGE);
  g_assert_cmpstr (cs_connect_get_problem_text (turn->connect), !=, "");
  g_assert_null (cs_work_get_connection (turn_get_work (turn)));

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
  g_autoptr (Turn) turn = turn_new_for_work ();
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
  g_autoptr (Turn) turn = turn_new_for_work ();
  g_autofree char *remote_id = NULL;
  g_autoptr (CsClient) client = NULL;
  g_autoptr (CsWorkView) view = NULL;
  g_autoptr (GError) error = NULL;
  CsUuid before;

  turn_connect (turn, 0);
  client = turn_pick_from_work (turn, "{\"Name\":\"Kereru Orchards\"}", &remote_id);
  before = cs_work_get_connection (turn_get_work (turn))->id;
  turn_connect_to (turn, CS_CONNECT_TO_WORK);
  turn_start (turn);
  turn_wait (turn, CS_CONNECT_CHOOSING);
  g_assert_true (
      ((CsConnectTenant *)g_ptr_array_index (cs_connect_get_tenants (turn->connect), 0))->was_connected);
  cs_connect_choose (turn->connect, 0);
  turn_wait (turn, CS_CONNECT_DONE);
  g_assert_true (cs_uuid_equal (&before, &cs_work_get_connection (turn_get_work (turn))->id));
  g_assert_cmpuint (turn_count_kept (), ==, 1);
  view = test_await_record (cs_work_read_view (turn_get_work (turn), &client->id), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (view->remote_id, ==, remote_id);
}

/* --- reading --- */

/* what somebody entered, changed and deleted there is here after a refresh, which asks for changes
 * alone. */
static void
test_incremental (void)
{
  g_autoptr (Turn) turn = turn_new_for_work ();
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;
  guint before;

  turn_connect (turn, 0);
  before = count_known (turn);
  id = sandbox_fixture_enter (turn->fixture, "/sandbox/practice/clients", "{\"Name\":\"Tui & Sons <Ltd>\"}");
  g_assert_nonnull (id);
  turn_pull_work (turn);
  g_assert_cmpuint (count_known (turn), ==, before + 1);
  g_assert_true (knows (turn, "Tui & Sons <Ltd>"));

  path = g_strdup_printf ("/sandbox/practice/clients/%s/archive", id);
  sandbox_fixture_post (turn->fixture, path, "{}");
  turn_pull_work (turn);
  g_assert_false (knows (turn, "Tui & Sons <Ltd>"));
  g_assert_cmpuint (count_known (turn), ==, before);
}

/* U-19: an ERROR within 200 is no list of nobody: nothing is lost, the cursor stays, and it is said. */
static void
test_error_in_200 (void)
{
  g_autoptr (Turn) turn = turn_new_for_work ();
  g_autoptr (GError) error = NULL;
  gint64 synced_ms;
  guint before;

  turn_connect (turn, 0);
  before = count_known (turn);
  synced_ms = cs_work_get_synced_ms (turn_get_work (turn));
  sandbox_fixture_fault (turn->fixture, "GET", "/practicemanager/3.1/client.api/list", "error-in-200", 1, 0);
  g_assert_false (test_await (cs_work_refresh_all (turn_get_work (turn)), &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_REFUSED);
  g_assert_cmpuint (count_known (turn), ==, before);
  g_assert_cmpint (cs_work_get_synced_ms (turn_get_work (turn)), ==, synced_ms);
  g_assert_cmpstr (cs_work_get_last_problem (turn_get_work (turn)), !=, "");
  turn_pull_work (turn);
  g_assert_cmpstr (cs_work_get_last_problem (turn_get_work (turn)), ==, "");
}

/* A list that breaks off in its middle is no shorter list: what it lacks is not taken for gone. */
static void
test_half_a_list (void)
{
  g_autoptr (Turn) turn = turn_new_for_work ();
  g_autoptr (GError) error = NULL;
  guint before;

  turn_connect (turn, 0);
  before = count_known (turn);
  sandbox_fixture_fault (turn->fixture, "GET", "/practicemanager/3.1/client.api/list", "half-body", 5, 0);
  g_assert_false (test_await (cs_work_refresh_all (turn_get_work (turn)), &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (count_known (turn), ==, before);
  sandbox_fixture_forgive (turn->fixture);
}

/* xpm.md 2.4: the privilege is taken away later: a person is told, and no timer asks again. */
static void
test_privilege_lost_later (void)
{
  g_autoptr (Turn) turn = turn_new_for_work ();
  g_autoptr (GError) error = NULL;

  turn_connect (turn, 0);
  turn_expect_alert (turn, CS_ALERT_SIGN_IN);
  sandbox_fixture_post (turn->fixture, "/sandbox/practice/privilege", "{\"privilege\":\"missing\"}");
  g_assert_false (test_await (cs_work_pull_now (turn_get_work (turn)), &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_FORBIDDEN);
  g_assert_cmpint (cs_work_get_link_state (turn_get_work (turn)), ==, CS_LINK_SIGN_IN_NEEDED);
  turn_wait_for_alert (turn);
  g_clear_error (&error);
  g_assert_false (test_await (cs_work_pull_now (turn_get_work (turn)), &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_SIGN_IN_NEEDED);
}

/* it can be ended in its middle, and the connection is good afterwards. */
static void
test_cancel (void)
{
  g_autoptr (Turn) turn = turn_new_for_work ();
  g_autoptr (GError) error = NULL;
  DexFuture *reading;

  turn_connect (turn, 0);
  sandbox_fixture_fault (turn->fixture, "GET", "/practicemanager/3.1/client.api/list", "slow-body", 1, 30);
  reading = cs_work_refresh_all (turn_get_work (turn));
  g_assert_true (cs_work_is_pulling (turn_get_work (turn)));
  cs_work_cancel_pull (turn_get_work (turn));
  g_assert_false (test_await (reading, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (cs_work_is_pulling (turn_get_work (turn)));
  sandbox_fixture_forgive (turn->fixture);
  turn_pull_work (turn);
}

/* while a long list is on its way the practice is used as ever, offline or on, and the list goes on. */
static void
test_usable_meanwhile (void)
{
  g_autoptr (Turn) turn = turn_new_for_work ();
  g_autoptr (CsClient) client = cs_client_new ();
  g_autoptr (CsClient) saved = NULL;
  g_autoptr (GPtrArray) known = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DexFuture) reading = NULL;

  turn_connect (turn, 0);
  sandbox_fixture_fault (turn->fixture, "GET", "/practicemanager/3.1/client.api/list", "slow-body", 1, 600);
  reading = cs_work_refresh_all (turn_get_work (turn));
  g_set_str (&client->name, "Entered meanwhile");
  saved = test_await_record (cs_session_save_client (turn->session, client), &error);
  g_assert_no_error (error);
  known = turn_list_work (turn);
  g_assert_cmpuint (known->len, >, 0);
  g_assert_true (cs_work_is_pulling (turn_get_work (turn)));
  g_assert_true (dex_future_is_pending (reading));
  cs_work_cancel_pull (turn_get_work (turn));
  g_assert_false (test_await (g_steal_pointer (&reading), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  sandbox_fixture_forgive (turn->fixture);
}

#define MANY 1600
/* Longer than a closing practice waits for what is in the air. */
#define GIVING_SECONDS 8

typedef struct
{
  guint n_told;
  guint n_rated;
  guint done;
} Told;

/* Between two of them a second goes by. */
static void
told_cb (CsWork *work, GParamSpec *spec, Told *told)
{
  const CsSyncProgress *progress = cs_work_get_sync_progress (work);

  g_assert_cmpuint (progress->done, >=, told->done);
  told->done = progress->done;
  told->n_told++;
  if (progress->per_second > 0 && progress->done < progress->expected)
    {
      g_assert_cmpint (progress->left_ms, >=, 0);
      told->n_rated++;
    }
  test_clock_advance (1000);
}

/* how far it is, how fast it goes and how long it will still take is told while it lasts. */
static void
test_progress_is_told (void)
{
  g_autofree char *practice = g_strdup_printf ("%d:10", MANY);
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new_for_work (practice);
  g_autoptr (GError) error = NULL;
  CsSession *session;
  CsWork *work;
  Told told = { 0 };
  gulong handler;

  fixture->is_unpaced = TRUE;
  session = sandbox_fixture_open (fixture);
  sandbox_fixture_connect_work (fixture, session);
  work = cs_session_get_work (session);
  handler = g_signal_connect (work, "notify::progress", G_CALLBACK (told_cb), &told);
  g_assert_true (test_await (cs_work_refresh_all (work), &error));
  g_assert_no_error (error);
  g_signal_handler_disconnect (work, handler);
  g_assert_cmpuint (told.n_told, >, 2);
  g_assert_cmpuint (told.n_rated, >, 0);
  g_assert_cmpuint (told.done, >=, MANY);
  test_clock_advance (-1000 * (gint64)told.n_told);
  sandbox_fixture_close (session);
}

/* a day later it is read by itself when the practice is opened; within the day it is not. */
static void
test_daily (void)
{
  g_autoptr (Turn) turn = turn_new_for_work ();
  gint64 first_ms;

  turn_connect (turn, 0);
  first_ms = cs_work_get_synced_ms (turn_get_work (turn));
  turn_reopen (turn);
  g_assert_false (cs_work_is_pulling (turn_get_work (turn)));
  test_clock_advance (G_GINT64_CONSTANT (25) * 3600 * 1000);
  turn_reopen (turn);
  g_assert_true (cs_work_is_pulling (turn_get_work (turn)));
  turn_pull_work (turn);
  g_assert_cmpint (cs_work_get_synced_ms (turn_get_work (turn)), >, first_ms);
  test_clock_advance (G_GINT64_CONSTANT (-25) * 3600 * 1000);
}

/* --- clients --- */

typedef struct
{
  CsSession *session;
  CsUuid client_id;
  const char *outcome;
} Wanted;

static gboolean
is_promoted (gpointer data)
{
  const Wanted *wanted = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsWorkView) view = test_await_record (
      cs_work_read_view (cs_session_get_work (wanted->session), &wanted->client_id), &error);

  g_assert_no_error (error);
  return g_str_equal (view->promotion, wanted->outcome);
}

static void
add_line (CsProposal *proposal)
{
  CsProposalLine *line = cs_proposal_line_new ();

  g_set_str (&line->description, "Annual accounts");
  g_assert_true (cs_decimal_parse ("1", &line->quantity, NULL));
  g_assert_true (cs_decimal_parse ("100", &line->unit_price, NULL));
  g_set_str (&line->account_code, "200");
  g_set_str (&line->tax_type, "OUTPUT2");
  line->tax_rate = CS_DECIMAL (15);
  line->billing = cs_billing_rule_upfront ();
  g_ptr_array_add (proposal->lines, line);
}

static void
accept_for (Turn *turn, const CsClient *client)
{
  g_autoptr (CsSettings) settings = cs_settings_copy (cs_session_get_settings (turn->session));
  g_autoptr (CsProposal) proposal = cs_proposal_new ();
  g_autoptr (CsProposal) saved = NULL;
  g_autoptr (CsAcceptance) acceptance = cs_acceptance_new ();
  g_autoptr (GError) error = NULL;

  settings->hold_seconds = 0;
  settings->currency = (CsCurrency){ "NZD" };
  test_await (cs_session_save_settings (turn->session, settings), &error);
  g_assert_no_error (error);
  proposal->client_id = client->id;
  proposal->currency = settings->currency;
  proposal->designated_day = 1;
  proposal->due_days = 14;
  g_set_str (&proposal->title, "Annual accounts");
  add_line (proposal);
  saved = test_await_record (cs_session_save_proposal (turn->session, proposal), &error);
  g_assert_no_error (error);
  g_set_str (&acceptance->signatory, "Aroha Ngata");
  acceptance->accepted_on = cs_session_get_today (turn->session);
  g_assert_true (test_await (cs_session_accept_proposal (turn->session, &saved->id, acceptance), &error));
  g_assert_no_error (error);
}

/* X-07, K-13: the first acceptance makes the prospect a client there, and that was read back. */
static void
promote (gboolean sticks)
{
  g_autoptr (Turn) turn = turn_new_for_work ();
  g_autofree char *remote_id = NULL;
  g_autoptr (CsClient) client = NULL;
  Wanted wanted;

  turn_connect (turn, 0);
  sandbox_fixture_post (turn->fixture, "/sandbox/assumptions",
                        sticks ? "{\"prospects-are-promoted\":true}" : "{\"prospects-are-promoted\":false}");
  client = turn_pick_from_work (turn, "{\"Name\":\"Kereru Orchards\",\"IsProspect\":true}", &remote_id);
  g_assert_cmpint (client->state, ==, CS_CLIENT_LEAD);
  accept_for (turn, client);
  wanted = (Wanted){ turn->session, client->id, sticks ? "done" : "not-kept" };
  g_assert_true (test_wait_until (is_promoted, &wanted));
}

static void
test_promoted (void)
{
  promote (TRUE);
}

static void
test_promotion_not_kept (void)
{
  promote (FALSE);
}

static gboolean
is_taken (gpointer data)
{
  const Wanted *wanted = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsWorkView) view = test_await_record (
      cs_work_read_view (cs_session_get_work (wanted->session), &wanted->client_id), &error);

  g_assert_no_error (error);
  return g_str_equal (view->refusal, wanted->outcome);
}

static gpointer
read_client_job (CsStore *store, gpointer data, GError **error)
{
  return cs_store_get_client (store, data, error);
}

/* One that was promoted there, and whose changes here go there. */
static CsClient *
give_client (Turn *turn)
{
  g_autofree char *remote_id = NULL;
  g_autoptr (GError) error = NULL;
  CsWorkSettings settings;
  CsClient *client;
  Wanted wanted;

  turn_connect (turn, 0);
  settings = *cs_work_get_settings (turn_get_work (turn));
  settings.direction = CS_WORK_SYNC_TO;
  test_await (cs_work_save_settings (turn_get_work (turn), &settings), &error);
  g_assert_no_error (error);
  client = turn_pick_from_work (turn, "{\"Name\":\"Kereru Orchards\",\"IsProspect\":true}", &remote_id);
  accept_for (turn, client);
  wanted = (Wanted){ turn->session, client->id, "done" };
  g_assert_true (test_wait_until (is_promoted, &wanted));
  return client;
}

static void
change_email (Turn *turn, const CsClient *client)
{
  g_autoptr (CsClient) changed
      = test_read (turn->session, read_client_job, (gpointer)&client->id, (GDestroyNotify)cs_client_free);
  g_autoptr (GError) error = NULL;

  g_set_str (&changed->email, "office@kereru.example");
  cs_client_free (test_await_record (cs_session_save_client (turn->session, changed), &error));
  g_assert_no_error (error);
}

/* X-18, U-19: what is changed here goes there; refused inside a 200 it is told on the client's page, not sent
 * again as it is, and goes once a person says so. */
static void
test_not_taken (void)
{
  g_autoptr (Turn) turn = turn_new_for_work ();
  g_autoptr (CsClient) client = NULL;
  g_autoptr (CsWorkView) view = NULL;
  g_autoptr (GError) error = NULL;
  Wanted wanted;

  client = give_client (turn);
  sandbox_fixture_fault (turn->fixture, "PUT", "/practicemanager/3.1/client.api/update", "error-in-200", 1,
                         0);
  change_email (turn, client);
  turn_pull_work (turn);
  view = test_await_record (cs_work_read_view (turn_get_work (turn), &client->id), &error);
  g_assert_cmpstr (view->refusal, !=, "");
  turn_pull_work (turn);
  g_clear_pointer (&view, cs_work_view_free);
  view = test_await_record (cs_work_read_view (turn_get_work (turn), &client->id), &error);
  g_assert_cmpstr (view->refusal, !=, "");
  sandbox_fixture_forgive (turn->fixture);
  g_assert_true (test_await (cs_work_give_again (turn_get_work (turn), &client->id), &error));
  g_assert_no_error (error);
  turn_pull_work (turn);
  wanted = (Wanted){ turn->session, client->id, "" };
  g_assert_true (test_wait_until (is_taken, &wanted));
  g_clear_pointer (&view, cs_work_view_free);
  view = test_await_record (cs_work_read_view (turn_get_work (turn), &client->id), &error);
  g_assert_cmpstr (cs_work_client_get (view->client, CS_WORK_FIELD_EMAIL), ==, "office@kereru.example");
}

static gboolean
has_written (gpointer turn)
{
  return sandbox_fixture_count_work (((Turn *)turn)->fixture, "writes") > 1;
}

/* A practice is closed, and gone, while what was changed is on its way: that the answer comes all the same,
 * and whom it is for is not there any more, must not matter. */
static void
test_closed_while_giving (void)
{
  g_autoptr (Turn) turn = turn_new_for_work ();
  g_autoptr (CsClient) client = NULL;
  g_autoptr (DexFuture) reading = NULL;
  g_autoptr (GError) error = NULL;

  client = give_client (turn);
  /* Changed while it reads, so that the reading gives it. */
  sandbox_fixture_fault (turn->fixture, "PUT", "/practicemanager/3.1/client.api/update", "delay", 1,
                         GIVING_SECONDS);
  reading = cs_work_refresh_all (turn_get_work (turn));
  change_email (turn, client);
  g_assert_true (test_wait_until (has_written, turn));
  g_assert_true (dex_future_is_pending (reading));
  turn_reopen (turn);
  g_assert_true (dex_future_is_pending (reading));
  g_assert_false (test_await (g_steal_pointer (&reading), &error));
  g_assert_nonnull (error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/practice-manager/X-01-connects", test_connects);
  g_test_add_func ("/practice-manager/beside-the-ledger", test_beside_the_ledger);
  g_test_add_func ("/practice-manager/W-04-privilege-missing", test_privilege_missing);
  g_test_add_func ("/practice-manager/broad-scope", test_broad_scope);
  g_test_add_func ("/practice-manager/X-14-relink", test_relink);
  g_test_add_func ("/practice-manager/X-12-incremental", test_incremental);
  g_test_add_func ("/practice-manager/U-19-error-in-200", test_error_in_200);
  g_test_add_func ("/practice-manager/half-a-list", test_half_a_list);
  g_test_add_func ("/practice-manager/privilege-lost-later", test_privilege_lost_later);
  g_test_add_func ("/practice-manager/X-13-cancel", test_cancel);
  g_test_add_func ("/practice-manager/X-13-usable-meanwhile", test_usable_meanwhile);
  g_test_add_func ("/practice-manager/X-13-progress-is-told", test_progress_is_told);
  g_test_add_func ("/practice-manager/X-11-daily", test_daily);
  g_test_add_func ("/practice-manager/X-07-promoted", test_promoted);
  g_test_add_func ("/practice-manager/K-13-promotion-not-kept", test_promotion_not_kept);
  g_test_add_func ("/practice-manager/X-18-not-taken", test_not_taken);
  g_test_add_func ("/practice-manager/closed-while-giving", test_closed_while_giving);
  return g_test_run ();
}
