/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wrong-turns.h"

#include "cs-store-alerts.h"
#include "cs-store-work.h"
#include "cs-work-links.h"

#include <libsecret/secret.h>
#include <libsoup/soup.h>

static const SecretSchema schema = { .name = "io.github.countersign.Countersign.Grant",
                                     .attributes = { { "practice", SECRET_SCHEMA_ATTRIBUTE_STRING },
                                                     { "grant", SECRET_SCHEMA_ATTRIBUTE_STRING } } };

static gpointer
come_back_thread (gpointer data)
{
  g_autofree char *address = data;
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new ("GET", address);
  g_autoptr (GBytes) body = soup_session_send_and_read (session, message, NULL, NULL);

  return NULL;
}

static char *
get_query (const char *address, const char *name)
{
  g_autoptr (GUri) uri = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (GHashTable) query = soup_form_decode (g_uri_get_query (uri));

  return g_strdup (g_hash_table_lookup (query, name));
}

/* As a redirect of Xero's would, with the state that belongs to it. */
void
turn_come_back (Turn *turn, const char *query)
{
  g_autofree char *redirect = get_query (turn->address, "redirect_uri");
  g_autofree char *state = get_query (turn->address, "state");

  g_thread_unref (
      g_thread_new ("browser", come_back_thread, g_strdup_printf ("%s?%s&state=%s", redirect, query, state)));
}

static void
on_open_address (CsConnect *connect, const char *address, Turn *turn)
{
  g_set_str (&turn->address, address);
  if (turn->redirect == NULL)
    sandbox_fixture_browse (connect, address, turn->fixture);
  else if (*turn->redirect != '\0')
    turn_come_back (turn, turn->redirect);
}

/* What the tests before left there. */
static void
empty_keyring (void)
{
  g_autoptr (GHashTable) attributes = secret_attributes_build (&schema, NULL);
  g_autoptr (GError) error = NULL;

  if (g_getenv ("SECRET_BACKEND") == NULL) /* a test without one */
    return;
  secret_password_clearv_sync (&schema, attributes, NULL, &error);
  g_assert_no_error (error);
}

void
turn_connect_to (Turn *turn, CsConnectTo to)
{
  if (turn->connect != NULL)
    cs_connect_cancel (turn->connect);
  g_clear_object (&turn->connect);
  turn->connect = cs_connect_new (turn->session, to);
  g_signal_connect (turn->connect, "open-address", G_CALLBACK (on_open_address), turn);
}

static Turn *
turn_begin (SandboxFixture *fixture, CsSession *session)
{
  Turn *turn = g_new0 (Turn, 1);

  empty_keyring ();
  turn->fixture = fixture;
  turn->session = session;
  turn_connect_to (turn, CS_CONNECT_TO_LEDGER);
  return turn;
}

Turn *
turn_new (void)
{
  SandboxFixture *fixture = sandbox_fixture_new ("demo");

  return turn_begin (fixture, sandbox_fixture_open (fixture));
}

Turn *
turn_new_unpaced (void)
{
  SandboxFixture *fixture = sandbox_fixture_new ("demo");

  fixture->is_unpaced = TRUE;
  return turn_begin (fixture, sandbox_fixture_open (fixture));
}

Turn *
turn_new_real (void)
{
  SandboxFixture *fixture = sandbox_fixture_new ("empty");

  return turn_begin (fixture, sandbox_fixture_open_real (fixture));
}

void
turn_free (Turn *turn)
{
  cs_connect_cancel (turn->connect);
  g_object_unref (turn->connect);
  sandbox_fixture_close (turn->session);
  sandbox_fixture_free (turn->fixture);
  g_free (turn->redirect);
  g_free (turn->address);
  g_free (turn);
}

void
turn_reopen (Turn *turn)
{
  CsConnectTo to = cs_connect_get_to (turn->connect);

  cs_connect_cancel (turn->connect);
  g_clear_object (&turn->connect);
  sandbox_fixture_close (turn->session);
  turn->session = sandbox_fixture_open (turn->fixture);
  turn_connect_to (turn, to);
}

void
turn_start (Turn *turn)
{
  cs_connect_start (turn->connect, cs_connect_get_client_id (turn->connect));
}

static gboolean
has_settled (gpointer data)
{
  CsConnectStage stage = cs_connect_get_stage (data);

  return stage == CS_CONNECT_READY || stage == CS_CONNECT_BROWSER || stage == CS_CONNECT_CHOOSING
         || stage == CS_CONNECT_DONE || stage == CS_CONNECT_FAILED;
}

typedef struct
{
  CsConnect *connect;
  CsConnectStage stage;
} Wanted;

static gboolean
is_there (gpointer data)
{
  Wanted *wanted = data;
  CsConnectStage stage = cs_connect_get_stage (wanted->connect);

  return stage == wanted->stage || stage == CS_CONNECT_FAILED;
}

void
turn_wait (Turn *turn, CsConnectStage stage)
{
  Wanted wanted = { turn->connect, stage };

  g_assert_true (test_wait_until (is_there, &wanted));
  if (stage != CS_CONNECT_FAILED)
    g_assert_cmpstr (cs_connect_get_problem_text (turn->connect), ==, "");
  g_assert_cmpint (cs_connect_get_stage (turn->connect), ==, stage);
  g_assert_true (has_settled (turn->connect));
}

void
turn_wait_problem (Turn *turn, CsConnectProblem problem)
{
  turn_wait (turn, CS_CONNECT_FAILED);
  g_test_message ("problem %d: %s", cs_connect_get_problem (turn->connect),
                  cs_connect_get_problem_text (turn->connect));
  g_assert_cmpint (cs_connect_get_problem (turn->connect), ==, problem);
}

void
turn_connect (Turn *turn, guint index)
{
  turn_start (turn);
  turn_wait (turn, CS_CONNECT_CHOOSING);
  cs_connect_choose (turn->connect, index);
  turn_wait (turn, CS_CONNECT_DONE);
}

static gpointer
list_alerts_job (CsStore *store, gpointer data, GError **error)
{
  return cs_store_list_alerts (store, error);
}

static void
changed_cb (Turn *turn, guint changes)
{
  turn->has_news |= (changes & CS_CHANGE_ALERTS) != 0;
}

void
turn_expect_alert (Turn *turn, CsAlertCode code)
{
  turn->expected = code;
  g_signal_connect_swapped (turn->session, "changed", G_CALLBACK (changed_cb), turn);
}

static gboolean
is_told (gpointer data)
{
  Turn *turn = data;
  g_autoptr (GPtrArray) alerts = NULL;

  if (!turn->has_news)
    return turn->is_told;
  turn->has_news = FALSE;
  alerts = test_read (turn->session, list_alerts_job, NULL, (GDestroyNotify)g_ptr_array_unref);
  for (guint i = 0; i < alerts->len; i++)
    turn->is_told |= ((CsAlert *)g_ptr_array_index (alerts, i))->code == turn->expected;
  return turn->is_told;
}

void
turn_wait_for_alert (Turn *turn)
{
  g_assert_true (test_wait_until (is_told, turn));
  g_signal_handlers_disconnect_by_func (turn->session, changed_cb, turn);
}

guint
turn_count_kept (void)
{
  g_autoptr (GHashTable) all = secret_attributes_build (&schema, NULL);
  g_autoptr (GError) error = NULL;
  GList *items = secret_password_searchv_sync (&schema, all, SECRET_SEARCH_ALL, NULL, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (GList *item = items; item != NULL; item = item->next)
    {
      g_autoptr (GHashTable) attributes = secret_retrievable_get_attributes (item->data);
      const char *grant = g_hash_table_lookup (attributes, "grant");

      g_assert_nonnull (grant);
      n += !g_str_has_prefix (grant, "note."); /* the head of the audit chain, told after a run */
    }
  g_list_free_full (items, g_object_unref);
  return n;
}

Turn *
turn_new_for_work (void)
{
  Turn *turn = turn_new_unpaced ();

  turn_connect_to (turn, CS_CONNECT_TO_WORK);
  return turn;
}

CsWork *
turn_get_work (Turn *turn)
{
  return cs_session_get_work (turn->session);
}

void
turn_pull_work (Turn *turn)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (test_await (cs_work_pull_now (turn_get_work (turn)), &error));
  g_assert_no_error (error);
}

static gpointer
list_job (CsStore *store, gpointer data, GError **error)
{
  return cs_store_list_work_clients (store, data, NULL, NULL, 1000, error);
}

GPtrArray *
turn_list_work (Turn *turn)
{
  return test_read (turn->session, list_job, (gpointer)&cs_work_get_connection (turn_get_work (turn))->id,
                    (GDestroyNotify)g_ptr_array_unref);
}

CsClient *
turn_pick_from_work (Turn *turn, const char *json, char **remote_id)
{
  g_autoptr (GError) error = NULL;
  CsClient *client;

  *remote_id = sandbox_fixture_enter (turn->fixture, "/sandbox/practice/clients", json);
  turn_pull_work (turn);
  client = test_await_record (cs_work_add_client (turn_get_work (turn), *remote_id), &error);
  g_assert_no_error (error);
  return client;
}
