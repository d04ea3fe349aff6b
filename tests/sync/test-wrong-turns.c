/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each wrong turn of connecting to Xero, over real sockets to the sandbox: what the wizard is told, that
 * nothing is left behind, and that it can be started again. */
#include "wrong-turns.h"

#include "cs-connect-problem.h"
#include "cs-store-clients.h"
#include "cs-store-connections.h"
#include "cs-store-ledger.h"
#include "cs-xero.h"

#define RIGHTS "/sandbox/rights"

static void
set_redirect (Turn *turn, const char *redirect)
{
  g_set_str (&turn->redirect, redirect);
}

/* After any wrong turn: the same wizard, without a restart. */
static void
assert_can_start_again (Turn *turn)
{
  set_redirect (turn, NULL);
  turn_start (turn);
  turn_wait (turn, CS_CONNECT_CHOOSING);
  cs_connect_cancel (turn->connect);
  g_assert_cmpint (cs_connect_get_stage (turn->connect), ==, CS_CONNECT_READY);
}

static gboolean
keyring_is_empty (gpointer data)
{
  return turn_count_kept () == 0;
}

static void
assert_nothing_kept (void)
{
  g_assert_true (test_wait_until (keyring_is_empty, NULL));
}

static void
assert_fault_gives (const char *method,
                    const char *path,
                    const char *kind,
                    int seconds,
                    CsConnectProblem problem)
{
  g_autoptr (Turn) turn = turn_new ();

  sandbox_fixture_fault (turn->fixture, method, path, kind, 1, (guint)seconds);
  turn_start (turn);
  turn_wait_problem (turn, problem);
  cs_connect_cancel (turn->connect);
  assert_nothing_kept ();
  assert_can_start_again (turn);
}

static void
assert_redirect_gives (const char *redirect, CsConnectProblem problem)
{
  g_autoptr (Turn) turn = turn_new ();

  set_redirect (turn, redirect);
  turn_start (turn);
  turn_wait_problem (turn, problem);
  assert_nothing_kept ();
  assert_can_start_again (turn);
}

/* --- in the browser
 * -------------------------------------------------------------------------------------------- */

static void
test_refused (void)
{
  g_autoptr (Turn) turn = turn_new ();

  g_set_str (&turn->fixture->consent, "cancel");
  turn_start (turn);
  turn_wait_problem (turn, CS_CONNECT_PROBLEM_DECLINED);
  g_set_str (&turn->fixture->consent, "allow");
  assert_can_start_again (turn);
}

/* Xero's page of an address that isn't registered, of a role that may not connect, and a browser that never
 * opened all look like this from here (xero-accounting.md 2.3). */
static void
test_never_comes_back (void)
{
  g_autoptr (Turn) turn = turn_new ();
  const char *uris = cs_connect_get_redirect_uris (turn->connect);

  g_assert_nonnull (strstr (uris, "http://localhost:8742/callback"));
  g_assert_nonnull (strstr (uris, "http://localhost:18742/callback"));
  g_assert_nonnull (strstr (uris, "http://localhost:28742/callback"));
  set_redirect (turn, "");
  cs_connect_set_patience (turn->connect, 1);
  turn_start (turn);
  turn_wait_problem (turn, CS_CONNECT_PROBLEM_TIMED_OUT);
  cs_connect_set_patience (turn->connect, 60);
  assert_can_start_again (turn);
}

static void
test_bad_client (void)
{
  assert_redirect_gives ("error=unauthorized_client", CS_CONNECT_PROBLEM_BAD_CLIENT);
}

static void
test_invalid_scope (void)
{
  assert_redirect_gives ("error=invalid_scope&error_description=Invalid+scope+for+client",
                         CS_CONNECT_PROBLEM_MISSING_SCOPE);
}

static void
test_too_late (void)
{
  assert_redirect_gives ("code=used-before", CS_CONNECT_PROBLEM_TOO_LATE);
}

static gboolean
is_port_free (gpointer data)
{
  g_autoptr (GSocketListener) other = g_socket_listener_new ();
  gboolean is_free = g_socket_listener_add_inet_port (other, 8742, NULL, NULL);

  g_socket_listener_close (other);
  return is_free;
}

static void
test_cancel_closes_the_door (void)
{
  g_autoptr (Turn) turn = turn_new ();

  set_redirect (turn, "");
  turn_start (turn);
  turn_wait (turn, CS_CONNECT_BROWSER);
  g_assert_false (is_port_free (NULL));
  cs_connect_cancel (turn->connect);
  g_assert_cmpint (cs_connect_get_stage (turn->connect), ==, CS_CONNECT_READY);
  g_assert_true (test_wait_until (is_port_free, NULL));
  assert_can_start_again (turn);
}

static void
test_cancel_at_the_choice (void)
{
  g_autoptr (Turn) turn = turn_new ();

  turn_start (turn);
  turn_wait (turn, CS_CONNECT_CHOOSING);
  g_assert_cmpuint (turn_count_kept (), ==, 1);
  cs_connect_cancel (turn->connect);
  assert_nothing_kept ();
  g_assert_null (cs_session_get_connection (turn->session));
}

/* Starting anew from the choice must not leave the first sign-in's tokens behind. */
static void
test_start_twice_keeps_one (void)
{
  g_autoptr (Turn) turn = turn_new ();

  turn_start (turn);
  turn_wait (turn, CS_CONNECT_CHOOSING);
  turn_connect (turn, 0);
  g_assert_cmpuint (turn_count_kept (), ==, 1);
}

static void
test_ports_taken (void)
{
  static const guint16 ports[] = { 8742, 18742, 28742 };
  g_autoptr (Turn) turn = turn_new ();
  g_autoptr (GSocketListener) others = g_socket_listener_new ();
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (ports); i++)
    {
      g_socket_listener_add_inet_port (others, ports[i], NULL, &error);
      g_assert_no_error (error);
    }
  turn_start (turn);
  turn_wait_problem (turn, CS_CONNECT_PROBLEM_PORT_TAKEN);
  g_assert_nonnull (strstr (cs_connect_get_problem_text (turn->connect), "28742"));
  g_socket_listener_close (others);
  assert_can_start_again (turn);
}

static gboolean
is_in_browser (gpointer connect)
{
  return cs_connect_get_stage (connect) == CS_CONNECT_BROWSER;
}

/* The one who asked last is waited for, and the first is where it can be started again. */
static void
test_second_sign_in (void)
{
  g_autoptr (Turn) turn = turn_new ();
  g_autoptr (CsConnect) second = cs_connect_new (turn->session, CS_CONNECT_TO_LEDGER);
  g_autofree char *address = NULL;

  set_redirect (turn, "");
  turn_start (turn);
  turn_wait (turn, CS_CONNECT_BROWSER);
  address = g_strdup (cs_connect_get_address (turn->connect));
  cs_connect_start (second, cs_connect_get_client_id (second));
  g_assert_cmpint (cs_connect_get_stage (turn->connect), ==, CS_CONNECT_READY);
  g_assert_cmpint (cs_connect_get_problem (turn->connect), ==, CS_CONNECT_PROBLEM_NONE);
  g_assert_true (test_wait_until (is_in_browser, second));
  g_assert_cmpstr (cs_connect_get_address (second), !=, address);
  g_assert_cmpint (cs_connect_get_stage (turn->connect), ==, CS_CONNECT_READY);
  cs_connect_cancel (second);
}

/* --- on the way
 * ------------------------------------------------------------------------------------------------ */

static void
test_offline (void)
{
  g_autoptr (Turn) turn = turn_new ();

  set_redirect (turn, "");
  turn_start (turn);
  turn_wait (turn, CS_CONNECT_BROWSER);
  g_subprocess_force_exit (turn->fixture->process);
  g_subprocess_wait (turn->fixture->process, NULL, NULL);
  turn_come_back (turn, "code=anything");
  turn_wait_problem (turn, CS_CONNECT_PROBLEM_OFFLINE);
  assert_nothing_kept ();
}

static void
test_busy (void)
{
  assert_fault_gives ("GET", "/connections", "503", 0, CS_CONNECT_PROBLEM_BUSY);
}

static void
test_guest_network (void)
{
  assert_fault_gives ("GET", "/connections", "wrong-type", 0, CS_CONNECT_PROBLEM_NOT_XERO);
}

static void
test_clock_ahead (void)
{
  assert_fault_gives ("POST", "/connect/token", "clock-skew", 3600, CS_CONNECT_PROBLEM_CLOCK);
}

static void
test_clock_near (void)
{
  g_autoptr (Turn) turn = turn_new ();

  sandbox_fixture_fault (turn->fixture, "POST", "/connect/token", "clock-skew", 1, 240);
  turn_start (turn);
  turn_wait (turn, CS_CONNECT_CHOOSING);
}

/* --- at the choice
 * --------------------------------------------------------------------------------------------- */

static void
test_lost_scope (void)
{
  g_autoptr (Turn) turn = turn_new ();

  sandbox_fixture_fault (turn->fixture, "GET", "/api.xro/2.0/Organisation/Actions", "lost-scope", 1, 0);
  turn_start (turn);
  turn_wait (turn, CS_CONNECT_CHOOSING);
  cs_connect_choose (turn->connect, 0);
  turn_wait_problem (turn, CS_CONNECT_PROBLEM_MISSING_SCOPE);
  g_assert_null (cs_session_get_connection (turn->session));
}

static void
test_lost_privilege (void)
{
  g_autoptr (Turn) turn = turn_new ();

  sandbox_fixture_fault (turn->fixture, "GET", "/api.xro/2.0/Organisation/Actions", "lost-privilege", 1, 0);
  turn_start (turn);
  turn_wait (turn, CS_CONNECT_CHOOSING);
  cs_connect_choose (turn->connect, 0);
  turn_wait_problem (turn, CS_CONNECT_PROBLEM_NO_RIGHTS);
}

static void
test_no_rights (void)
{
  g_autoptr (Turn) turn = turn_new ();

  sandbox_fixture_post (turn->fixture, RIGHTS, "{\"CreateContact\":false,\"CreateDraftInvoice\":false}");
  turn_start (turn);
  turn_wait (turn, CS_CONNECT_CHOOSING);
  cs_connect_choose (turn->connect, 0);
  turn_wait_problem (turn, CS_CONNECT_PROBLEM_NO_RIGHTS);
  g_assert_cmpstr (cs_connect_get_problem_text (turn->connect), ==, "Create contacts\nCreate draft invoices");
  g_assert_null (cs_session_get_connection (turn->session));

  /* Xero's administrator mends it: the same login chooses again, without the browser. */
  sandbox_fixture_post (turn->fixture, RIGHTS, "{\"CreateContact\":true,\"CreateDraftInvoice\":true}");
  g_assert_true (cs_connect_can_choose_again (turn->connect));
  cs_connect_choose_again (turn->connect);
  g_assert_cmpint (cs_connect_get_stage (turn->connect), ==, CS_CONNECT_CHOOSING);
  cs_connect_choose (turn->connect, 0);
  turn_wait (turn, CS_CONNECT_DONE);
}

static void
set_authorise (CsSession *session)
{
  g_autoptr (CsSettings) settings = cs_settings_copy (cs_session_get_settings (session));
  g_autoptr (GError) error = NULL;

  settings->authorise = TRUE;
  g_assert_true (test_await (cs_session_save_settings (session, settings), &error));
  g_assert_no_error (error);
}

/* Who sends drafts needs no right to approve; who approves does. */
static void
test_no_right_to_approve (void)
{
  g_autoptr (Turn) turn = turn_new ();

  sandbox_fixture_post (turn->fixture, RIGHTS, "{\"CreateApprovedInvoice\":false}");
  turn_connect (turn, 0);
  set_authorise (turn->session);
  turn_start (turn);
  turn_wait (turn, CS_CONNECT_CHOOSING);
  cs_connect_choose (turn->connect, 0);
  turn_wait_problem (turn, CS_CONNECT_PROBLEM_NO_RIGHTS);
  g_assert_cmpstr (cs_connect_get_problem_text (turn->connect), ==, "Approve invoices");
}

/* --- organisations
 * --------------------------------------------------------------------------------------------- */

static guint
find_tenant (Turn *turn, gboolean was_connected)
{
  GPtrArray *tenants = cs_connect_get_tenants (turn->connect);

  for (guint i = 0; i < tenants->len; i++)
    if (((const CsConnectTenant *)g_ptr_array_index (tenants, i))->was_connected == was_connected)
      return i;
  g_assert_not_reached ();
}

/* The login shares the second organisation, too: both are offered, the one linked before is marked. */
static void
share_another (Turn *turn)
{
  turn->fixture->choice = 1;
  turn_start (turn);
  turn_wait (turn, CS_CONNECT_CHOOSING);
  g_assert_cmpuint (cs_connect_get_tenants (turn->connect)->len, ==, 2);
}

/* ui.md: each by its name, region and currency, which /connections does not tell. */
static void
test_choice_describes_each (void)
{
  g_autoptr (Turn) turn = turn_new ();

  turn_connect (turn, 0);
  share_another (turn);
  for (guint i = 0; i < 2; i++)
    {
      const CsConnectTenant *tenant
          = g_ptr_array_index (cs_connect_get_tenants (turn->connect), find_tenant (turn, i == 0));

      g_assert_cmpstr (tenant->country_code, ==, i == 0 ? "NZ" : "AU");
      g_assert_cmpstr (tenant->currency, ==, i == 0 ? "NZD" : "AUD");
    }
}

/* An organisation that keeps its answer to itself is offered by its name, before long. */
static void
test_choice_waits_for_none (void)
{
  static const char *const kinds[] = { "delay", "503" };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (Turn) turn = turn_new ();
      const CsConnectTenant *tenant = NULL;

      sandbox_fixture_fault (turn->fixture, "GET", "/api.xro/2.0/Organisation", kinds[i], 1, 60);
      turn_start (turn);
      turn_wait (turn, CS_CONNECT_CHOOSING);
      tenant = g_ptr_array_index (cs_connect_get_tenants (turn->connect), 0);
      g_assert_cmpstr (tenant->name, !=, "");
      g_assert_null (tenant->country_code);
      g_assert_null (tenant->currency);
      cs_connect_choose (turn->connect, 0);
      turn_wait (turn, CS_CONNECT_DONE);
    }
}

static CsClient *
save_client (CsSession *session)
{
  g_autoptr (CsClient) client = cs_client_new ();
  g_autoptr (CsClient) saved = NULL;
  g_autoptr (GError) error = NULL;

  g_set_str (&client->name, "Harbour Café Ltd");
  saved = test_await_record (cs_session_save_client (session, client), &error);
  g_assert_no_error (error);
  return g_steal_pointer (&saved);
}

static gpointer
list_clients (CsStore *store, gpointer data, GError **error)
{
  return cs_store_list_clients (store, error);
}

static GPtrArray *
read_clients (CsSession *session)
{
  return test_read (session, list_clients, NULL, (GDestroyNotify)g_ptr_array_unref);
}

/* Any contact that was read. */
static gpointer
find_contact_job (CsStore *store, gpointer data, GError **error)
{
  g_autoptr (CsConnection) connection = cs_store_get_connection (store, error);
  g_autoptr (GPtrArray) contacts = cs_store_list_contacts (store, &connection->id, error);

  return contacts != NULL && contacts->len > 0 ? g_strdup (((CsLedgerContact *)contacts->pdata[0])->remote_id)
                                               : NULL;
}

static void
map_client (Turn *turn)
{
  g_autofree char *contact = test_read (turn->session, find_contact_job, NULL, g_free);
  g_autoptr (CsClient) client = NULL;
  g_autoptr (GError) error = NULL;

  client = test_await_record (cs_session_import_contact (turn->session, contact, NULL), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (client->remote_contact_id, ==, contact);
}

static void
test_switch_blocked (void)
{
  g_autoptr (Turn) turn = turn_new ();
  g_autofree char *tenant = NULL;

  turn_connect (turn, 0);
  tenant = g_strdup (cs_session_get_connection (turn->session)->tenant_id);
  map_client (turn);
  share_another (turn);
  cs_connect_choose (turn->connect, find_tenant (turn, FALSE));
  turn_wait_problem (turn, CS_CONNECT_PROBLEM_OTHER_ORGANISATION);
  for (guint i = 0; i < 2; i++)
    {
      const CsConnectTenant *named = g_ptr_array_index (cs_connect_get_tenants (turn->connect), i);

      g_assert_nonnull (strstr (cs_connect_get_problem_text (turn->connect), named->name));
    }
  g_assert_cmpstr (cs_session_get_connection (turn->session)->tenant_id, ==, tenant);
  cs_connect_choose_again (turn->connect);
  cs_connect_choose (turn->connect, find_tenant (turn, TRUE));
  turn_wait (turn, CS_CONNECT_DONE);
}

static void
test_switch_without_mappings (void)
{
  g_autoptr (Turn) turn = turn_new ();
  g_autofree char *tenant = NULL;
  g_autoptr (CsClient) unmapped = NULL;

  turn_connect (turn, 0);
  tenant = g_strdup (cs_session_get_connection (turn->session)->tenant_id);
  unmapped = save_client (turn->session);
  share_another (turn);
  cs_connect_choose (turn->connect, find_tenant (turn, FALSE));
  turn_wait (turn, CS_CONNECT_DONE);
  g_assert_cmpstr (cs_session_get_connection (turn->session)->tenant_id, !=, tenant);
}

static void
test_relink (void)
{
  g_autoptr (Turn) turn = turn_new ();
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  CsUuid id;

  turn_connect (turn, 0);
  map_client (turn);
  before = read_clients (turn->session);
  id = cs_session_get_connection (turn->session)->id;
  turn_start (turn);
  turn_wait (turn, CS_CONNECT_CHOOSING);
  cs_connect_choose (turn->connect, find_tenant (turn, TRUE));
  turn_wait (turn, CS_CONNECT_DONE);
  after = read_clients (turn->session);
  g_assert_true (cs_uuid_equal (&cs_session_get_connection (turn->session)->id, &id));
  g_assert_cmpuint (after->len, ==, 1);
  g_assert_cmpstr (((CsClient *)after->pdata[0])->remote_contact_id, ==,
                   ((CsClient *)before->pdata[0])->remote_contact_id);
  g_assert_cmpuint (turn_count_kept (), ==, 1);
}

/* --- what is missing, in words
 * ---------------------------------------------------------------------------------- */

static void
test_granted_scopes (void)
{
  g_autofree char *whole = cs_connect_missing_scopes (CS_XERO_SCOPES);
  g_autofree char *broad = cs_connect_missing_scopes (
      "openid offline_access accounting.transactions accounting.contacts accounting.settings");
  g_autofree char *few
      = cs_connect_missing_scopes ("offline_access accounting.contacts.read accounting.invoices "
                                   "accounting.payments.read accounting.settings.read");

  g_assert_null (whole);
  g_assert_null (broad);
  g_assert_null (cs_connect_missing_scopes (NULL));
  g_assert_cmpstr (few, ==, "Read and write contacts");
}

static void
test_clock_tolerance (void)
{
  CsHttpSigns signs = { .status = 200, .has_clock = TRUE, .clock_ahead_ms = 299 * 1000 };

  g_assert_false (cs_connect_clock_is_wrong (&signs));
  signs.clock_ahead_ms = 301 * 1000;
  g_assert_true (cs_connect_clock_is_wrong (&signs));
  signs.clock_ahead_ms = -301 * 1000;
  g_assert_true (cs_connect_clock_is_wrong (&signs));
  signs.has_clock = FALSE;
  g_assert_false (cs_connect_clock_is_wrong (&signs));
}

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wrong-turns/refused", test_refused);
  g_test_add_func ("/wrong-turns/never-comes-back", test_never_comes_back);
  g_test_add_func ("/wrong-turns/bad-client", test_bad_client);
  g_test_add_func ("/wrong-turns/invalid-scope", test_invalid_scope);
  g_test_add_func ("/wrong-turns/too-late", test_too_late);
  g_test_add_func ("/wrong-turns/cancel-closes-the-door", test_cancel_closes_the_door);
  g_test_add_func ("/wrong-turns/cancel-at-the-choice", test_cancel_at_the_choice);
  g_test_add_func ("/wrong-turns/start-twice-keeps-one", test_start_twice_keeps_one);
  g_test_add_func ("/wrong-turns/ports-taken", test_ports_taken);
  g_test_add_func ("/wrong-turns/second-sign-in", test_second_sign_in);
  g_test_add_func ("/wrong-turns/offline", test_offline);
  g_test_add_func ("/wrong-turns/busy", test_busy);
  g_test_add_func ("/wrong-turns/guest-network", test_guest_network);
  g_test_add_func ("/wrong-turns/clock-ahead", test_clock_ahead);
  g_test_add_func ("/wrong-turns/clock-near", test_clock_near);
  g_test_add_func ("/wrong-turns/clock-tolerance", test_clock_tolerance);
  g_test_add_func ("/wrong-turns/lost-scope", test_lost_scope);
  g_test_add_func ("/wrong-turns/granted-scopes", test_granted_scopes);
  g_test_add_func ("/wrong-turns/lost-privilege", test_lost_privilege);
  g_test_add_func ("/wrong-turns/no-rights-and-choose-again", test_no_rights);
  g_test_add_func ("/wrong-turns/no-right-to-approve", test_no_right_to_approve);
  g_test_add_func ("/wrong-turns/choice-describes-each", test_choice_describes_each);
  g_test_add_func ("/wrong-turns/choice-waits-for-none", test_choice_waits_for_none);
  g_test_add_func ("/wrong-turns/U-23-switch-blocked-while-mapped", test_switch_blocked);
  g_test_add_func ("/wrong-turns/U-23-switch-without-mappings", test_switch_without_mappings);
  g_test_add_func ("/wrong-turns/X-14-relink-keeps-mappings", test_relink);
  return g_test_run ();
}
