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

static CsClient *
enter_and_pick (Turn *turn, const char *json, char **remote_id)
{
  g_autoptr (GError) error = NULL;
  CsClient *client;

  *remote_id = sandbox_fixture_enter (turn->fixture, "/sandbox/practice/clients", json);
  pull (turn);
  client = test_await_record (cs_work_add_client (work_of (turn), *remote_id), &error);
  g_assert_no_error (error);
  return client;
}

static gboolean
is_settled (gpointer future)
{
  return !dex_future_is_pending (future);
}

static GPtrArray *
search_near (Turn *turn, const char *text, const char *near_name)
{
  DexFuture *future = cs_work_search (work_of (turn), text, near_name);
  g_autoptr (GError) error = NULL;
  GPtrArray *found;

  g_assert_true (test_wait_until (is_settled, future));
  found = g_value_dup_boxed (dex_future_get_value (future, &error));
  g_assert_no_error (error);
  dex_unref (future);
  return found;
}

static GPtrArray *
search (Turn *turn, const char *text)
{
  return search_near (turn, text, NULL);
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
  g_autoptr (Turn) turn = work_turn_new ();
  g_autofree char *remote_id = NULL;
  g_autoptr (CsClient) client = NULL;
  Wanted wanted;

  turn_connect (turn, 0);
  sandbox_fixture_post (turn->fixture, "/sandbox/assumptions",
                        sticks ? "{\"prospects-are-promoted\":true}" : "{\"prospects-are-promoted\":false}");
  client = enter_and_pick (turn, "{\"Name\":\"Kereru Orchards\",\"IsProspect\":true}", &remote_id);
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

/* by a part of the name, two namesakes; by unique id; linked anew, and back. */
static void
test_remap (void)
{
  g_autoptr (Turn) turn = work_turn_new ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *former = NULL;
  g_autofree char *link = NULL;
  g_autoptr (CsClient) client = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (CsWorkView) view = NULL;
  g_autoptr (GError) error = NULL;

  turn_connect (turn, 0);
  second = sandbox_fixture_enter (turn->fixture, "/sandbox/practice/clients", "{\"Name\":\"Ngaio Ltd\"}");
  client = enter_and_pick (turn, "{\"Name\":\"Ngaio Ltd\"}", &first);
  found = search (turn, "ngaio");
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 2);
  g_clear_pointer (&found, g_ptr_array_unref);
  found = search (turn, second);
  g_assert_cmpuint (found->len, ==, 1);

  former = test_await_record (cs_work_link_client (work_of (turn), &client->id, second), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (former, ==, first);
  view = test_await_record (cs_work_read_view (work_of (turn), &client->id), &error);
  g_assert_cmpstr (view->remote_id, ==, second);
  g_assert_cmpstr (view->client->web_id, !=, "");
  link = cs_work_get_client_link (work_of (turn), view->client->web_id);
  g_assert_nonnull (strstr (link, view->client->web_id));
  g_clear_pointer (&found, g_ptr_array_unref);
  found = search (turn, link);
  g_assert_no_error (error);
  g_clear_pointer (&view, cs_work_view_free);
  g_free (test_await_record (cs_work_link_client (work_of (turn), &client->id, first), &error));
  view = test_await_record (cs_work_read_view (work_of (turn), &client->id), &error);
  g_assert_cmpstr (view->remote_id, ==, first);
}

static char *
find_number (Turn *turn, const char *remote_id)
{
  g_autofree char *path = g_strdup_printf ("/sandbox/practice/clients/%s", remote_id);

  return g_strdup_printf ("%" G_GINT64_FORMAT,
                          sandbox_fixture_read_integer (turn->fixture, path, "web_number"));
}

/* the address of a client that was never linked nor read alone is found among those that are called
 * about the same, namesakes too, and is known from then on; one that nobody has finds nobody. */
static void
test_pasted_address (void)
{
  g_autoptr (Turn) turn = work_turn_new ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *number = NULL;
  g_autofree char *address = NULL;
  g_autoptr (GPtrArray) found = NULL;

  turn_connect (turn, 0);
  first = sandbox_fixture_enter (turn->fixture, "/sandbox/practice/clients", "{\"Name\":\"Ngaio Ltd\"}");
  second = sandbox_fixture_enter (turn->fixture, "/sandbox/practice/clients", "{\"Name\":\"Ngaio Ltd\"}");
  pull (turn);
  number = find_number (turn, second);
  address = g_strdup_printf ("https://practicemanager.xero.com/Client/%s/Detail", number);
  found = search (turn, address);
  g_assert_cmpuint (found->len, ==, 0);
  g_clear_pointer (&found, g_ptr_array_unref);
  found = search_near (turn, address, "The Ngaio Trust");
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (((const CsWorkClient *)g_ptr_array_index (found, 0))->remote_id, ==, second);
  g_clear_pointer (&found, g_ptr_array_unref);
  found = search (turn, number);
  g_assert_cmpuint (found->len, ==, 1);
  g_clear_pointer (&found, g_ptr_array_unref);
  found = search_near (turn, "999999999", "Ngaio Ltd");
  g_assert_cmpuint (found->len, ==, 0);
}

/* of the namesakes that a search finds the numbers are read, so that they can be held against the
 * address; of many none is. */
static void
test_numbers (void)
{
  g_autoptr (Turn) turn = work_turn_new ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree guint *n = NULL;
  g_autofree guint *n_more = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;

  turn_connect (turn, 0);
  first = sandbox_fixture_enter (turn->fixture, "/sandbox/practice/clients", "{\"Name\":\"Ngaio Ltd\"}");
  second = sandbox_fixture_enter (turn->fixture, "/sandbox/practice/clients", "{\"Name\":\"Ngaio Ltd\"}");
  pull (turn);
  found = search (turn, "ngaio");
  n = test_await_record (cs_work_learn_numbers (work_of (turn), found), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (*n, ==, 2);
  g_clear_pointer (&found, g_ptr_array_unref);
  found = search (turn, "ngaio");
  for (guint i = 0; i < found->len; i++)
    {
      const CsWorkClient *client = g_ptr_array_index (found, i);
      g_autofree char *number = find_number (turn, client->remote_id);

      g_assert_cmpstr (client->web_id, ==, number);
    }
  all = list_known (turn);
  n_more = test_await_record (cs_work_learn_numbers (work_of (turn), all), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (*n_more, ==, 0);
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

/* X-18, U-19: what is changed here goes there; refused inside a 200 it is told on the client's page, not sent
 * again as it is, and goes once a person says so. */
static void
test_not_taken (void)
{
  g_autoptr (Turn) turn = work_turn_new ();
  g_autofree char *remote_id = NULL;
  g_autoptr (CsClient) client = NULL;
  g_autoptr (CsClient) changed = NULL;
  g_autoptr (CsWorkView) view = NULL;
  g_autoptr (GError) error = NULL;
  CsWorkSettings settings;
  Wanted wanted;

  turn_connect (turn, 0);
  settings = *cs_work_get_settings (work_of (turn));
  settings.direction = CS_WORK_SYNC_TO;
  test_await (cs_work_save_settings (work_of (turn), &settings), &error);
  g_assert_no_error (error);
  client = enter_and_pick (turn, "{\"Name\":\"Kereru Orchards\",\"IsProspect\":true}", &remote_id);
  accept_for (turn, client);
  wanted = (Wanted){ turn->session, client->id, "done" };
  g_assert_true (test_wait_until (is_promoted, &wanted));
  sandbox_fixture_fault (turn->fixture, "PUT", "/practicemanager/3.1/client.api/update", "error-in-200", 1,
                         0);
  changed = test_read (turn->session, read_client_job, &client->id, (GDestroyNotify)cs_client_free);
  g_set_str (&changed->email, "office@kereru.example");
  cs_client_free (test_await_record (cs_session_save_client (turn->session, changed), &error));
  g_assert_no_error (error);
  pull (turn);
  view = test_await_record (cs_work_read_view (work_of (turn), &client->id), &error);
  g_assert_cmpstr (view->refusal, !=, "");
  pull (turn);
  g_clear_pointer (&view, cs_work_view_free);
  view = test_await_record (cs_work_read_view (work_of (turn), &client->id), &error);
  g_assert_cmpstr (view->refusal, !=, "");
  sandbox_fixture_forgive (turn->fixture);
  g_assert_true (test_await (cs_work_give_again (work_of (turn), &client->id), &error));
  g_assert_no_error (error);
  pull (turn);
  wanted.outcome = "";
  g_assert_true (test_wait_until (is_taken, &wanted));
  g_clear_pointer (&view, cs_work_view_free);
  view = test_await_record (cs_work_read_view (work_of (turn), &client->id), &error);
  g_assert_cmpstr (cs_work_client_get (view->client, CS_WORK_FIELD_EMAIL), ==, "office@kereru.example");
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
  g_test_add_func ("/practice-manager/X-07-promoted", test_promoted);
  g_test_add_func ("/practice-manager/K-13-promotion-not-kept", test_promotion_not_kept);
  g_test_add_func ("/practice-manager/X-15-remap", test_remap);
  g_test_add_func ("/practice-manager/X-17-pasted-address", test_pasted_address);
  g_test_add_func ("/practice-manager/X-16-numbers", test_numbers);
  g_test_add_func ("/practice-manager/X-18-not-taken", test_not_taken);
  return g_test_run ();
}
