/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-practice.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <sqlite3.h>

#include "cs-registry.h"
#include "cs-store-audit.h"
#include "cs-store-clients.h"
#include "cs-store-proposals.h"

#define ADVANCE_SECONDS 420

static gint64
now_ms (const CsClock *clock)
{
  const FaultPractice *practice = clock->data;

  return g_get_real_time () / 1000 + practice->ahead_ms;
}

/* --- connecting, in a process of its own --- */

/* libsecret keeps a keyring's file in memory, and a second process that writes to it, as the programs under
 * test do, would find out of date what the first knows. So who connects ends before anything else begins. */
void
fault_practice_prepare_if_asked (int argc, char **argv)
{
  g_autoptr (SandboxFixture) sandbox = NULL;
  CsSession *session = NULL;

  if (argc != 4 || !g_str_equal (argv[1], "--prepare"))
    return;
  sandbox = sandbox_fixture_new_at (argv[2], argv[3]);
  session = sandbox_fixture_open (sandbox);
  sandbox_fixture_connect (sandbox, session);
  sandbox_fixture_close (session);
  g_clear_pointer (&sandbox, sandbox_fixture_free);
  exit (0);
}

static void
prepare (SandboxFixture *sandbox)
{
  g_autofree char *keyring = g_build_filename (sandbox->folder, "test.keyring", NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, "/proc/self/exe", "--prepare",
                              sandbox->folder, sandbox->address, NULL);
  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

/* --- a session of our own, in which nothing is sent --- */

static CsSession *
open_quietly (FaultPractice *practice)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsRegistry) registry = cs_registry_open (practice->sandbox->folder, &practice->clock, &error);
  g_autoptr (GPtrArray) entries = NULL;
  CsSessionOptions *options = g_new0 (CsSessionOptions, 1);
  CsSession *session = NULL;

  g_assert_no_error (error);
  entries = cs_registry_list (registry, &error);
  g_assert_no_error (error);
  options->clock = &practice->clock;
  options->is_commanded = TRUE;
  options->sandbox_address = g_strdup (practice->sandbox->address);
  options->build_client_id = g_strdup ("");
  session = test_await_object (cs_session_open (g_ptr_array_index (entries, 0), options), &error);
  g_assert_no_error (error);
  return session;
}

FaultPractice *
fault_practice_new (void)
{
  FaultPractice *practice = g_new0 (FaultPractice, 1);
  CsSession *session = NULL;

  practice->clock = (CsClock){ now_ms, practice };
  practice->sandbox = sandbox_fixture_new ("empty");
  prepare (practice->sandbox);
  session = open_quietly (practice);
  practice->database = g_build_filename (cs_session_get_practice (session)->folder, "practice.sqlite", NULL);
  sandbox_fixture_close (session);
  return practice;
}

void
fault_practice_free (FaultPractice *practice)
{
  sandbox_fixture_free (practice->sandbox);
  g_free (practice->database);
  g_free (practice);
}

void
fault_practice_advance (FaultPractice *practice)
{
  g_autofree char *json = g_strdup_printf ("{\"advance_seconds\":%d}", ADVANCE_SECONDS);

  practice->ahead_ms += ADVANCE_SECONDS * 1000;
  sandbox_fixture_post (practice->sandbox, "/sandbox/clock", json);
}

char *
fault_practice_get_now (const FaultPractice *practice)
{
  return cs_instant_to_string (now_ms (&practice->clock));
}

/* --- what is to be sent --- */

static void
set_hold (CsSession *session, int seconds)
{
  g_autoptr (CsSettings) settings = cs_settings_copy (cs_session_get_settings (session));
  g_autoptr (GError) error = NULL;

  settings->hold_seconds = seconds;
  g_assert_true (test_await (cs_session_save_settings (session, settings), &error));
  g_assert_no_error (error);
}

static char *
make_name (guint number)
{
  return g_strdup_printf ("Client %05u Ltd", number);
}

static CsClient *
save_client (CsSession *session, guint number)
{
  g_autoptr (CsClient) client = cs_client_new ();
  g_autoptr (GError) error = NULL;
  CsClient *saved = NULL;

  g_free (client->name);
  client->name = make_name (number);
  saved = test_await_record (cs_session_save_client (session, client), &error);
  g_assert_no_error (error);
  return saved;
}

/* Its price is the client's number, so that each invoice is like no other. */
static CsUuid
save_proposal (CsSession *session, const CsClient *client, guint number)
{
  g_autoptr (CsProposal) proposal = cs_proposal_new ();
  g_autoptr (CsProposal) saved = NULL;
  g_autoptr (GError) error = NULL;
  CsProposalLine *line = cs_proposal_line_new ();

  g_set_str (&proposal->title, "Accounts");
  proposal->client_id = client->id;
  proposal->currency = cs_session_get_settings (session)->currency;
  proposal->designated_day = 1;
  proposal->due_days = 14;
  g_set_str (&line->description, "Annual accounts");
  line->quantity = CS_DECIMAL (1);
  line->unit_price = CS_DECIMAL (1000 + number);
  g_set_str (&line->account_code, "200");
  g_set_str (&line->tax_type, "OUTPUT2");
  line->tax_rate = CS_DECIMAL (15);
  line->billing = cs_billing_rule_upfront ();
  g_ptr_array_add (proposal->lines, line);
  saved = test_await_record (cs_session_save_proposal (session, proposal), &error);
  g_assert_no_error (error);
  return saved->id;
}

guint
fault_practice_accept (FaultPractice *practice, guint hold_seconds)
{
  CsSession *session = open_quietly (practice);
  guint number = ++practice->n_accepted;
  g_autoptr (CsClient) client = NULL;
  g_autoptr (CsAcceptance) acceptance = cs_acceptance_new ();
  g_autoptr (GError) error = NULL;
  CsUuid proposal;

  if (cs_session_get_settings (session)->hold_seconds != (int)hold_seconds)
    set_hold (session, (int)hold_seconds);
  client = save_client (session, number);
  proposal = save_proposal (session, client, number);
  g_set_str (&acceptance->signatory, "Aroha Nguyen");
  acceptance->method = CS_ACCEPTANCE_SIGNED_PAPER;
  acceptance->accepted_ms = cs_clock_now_ms (&practice->clock);
  acceptance->accepted_on = cs_session_get_today (session);
  g_assert_true (test_await (cs_session_accept_proposal (session, &proposal, acceptance), &error));
  g_assert_no_error (error);
  sandbox_fixture_close (session);
  return number;
}

/* --- counting --- */

guint
fault_practice_count (const FaultPractice *practice, const char *state)
{
  sqlite3 *handle = NULL;
  sqlite3_stmt *statement = NULL;
  guint n = 0;

  g_assert_cmpint (sqlite3_open_v2 (practice->database, &handle, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  sqlite3_busy_timeout (handle, 5000);
  g_assert_cmpint (
      sqlite3_prepare_v2 (handle, "SELECT count(*) FROM journal WHERE state = ?", -1, &statement, NULL), ==,
      SQLITE_OK);
  sqlite3_bind_text (statement, 1, state, -1, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  n = (guint)sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (handle);
  return n;
}

static JsonNode *
read_json (const FaultPractice *practice, const char *path)
{
  g_autofree char *address = g_strconcat (practice->sandbox->address, path, NULL);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new ("GET", address);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = soup_session_send_and_read (session, message, NULL, &error);
  g_autofree char *text = NULL;
  JsonNode *node = NULL;

  g_assert_no_error (error);
  text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  node = json_from_string (text, &error);
  g_assert_no_error (error);
  return node;
}

/* How many rows of @array have @member equal to each name. */
static GHashTable *
tally (JsonArray *array, const char *member)
{
  GHashTable *counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *row = json_array_get_object_element (array, i);
      const char *name = json_object_get_string_member (row, member);

      g_hash_table_insert (counts, g_strdup (name),
                           GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, name)) + 1));
    }
  return counts;
}

static void
check_one_of_each (const FaultPractice *practice, JsonObject *state, const char *array, const char *member)
{
  JsonArray *rows = json_object_get_array_member (state, array);
  g_autoptr (GHashTable) counts = tally (rows, member);

  for (guint i = 1; i <= practice->n_accepted; i++)
    {
      g_autofree char *name = make_name (i);
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, name));

      if (n != 1)
        g_test_message ("%s: %s is there %u times", array, name, n);
      g_assert_cmpuint (n, ==, 1);
    }
  g_assert_cmpuint (json_array_get_length (rows), ==, practice->n_accepted);
}

/* 115 % of 1,000 and the client's number. */
static void
check_totals (const FaultPractice *practice, JsonObject *state)
{
  JsonArray *rows = json_object_get_array_member (state, "created_invoices");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      guint number = (guint)g_ascii_strtoull (
          json_object_get_string_member (row, "contact") + strlen ("Client "), NULL, 10);

      g_assert_cmpfloat_with_epsilon (json_object_get_double_member (row, "total"), 1.15 * (1000 + number),
                                      0.001);
    }
}

static gboolean
is_probe (JsonObject *request)
{
  const char *path = json_object_get_string_member (request, "path");

  return g_str_equal (json_object_get_string_member (request, "method"), "GET")
         && (g_str_has_prefix (path, "/api.xro/2.0/Contacts")
             || g_str_has_prefix (path, "/api.xro/2.0/Invoices"));
}

/* Of a write's key, ROW-GENERATION: the row. (transfer full) */
static char *
get_row (JsonObject *request)
{
  const char *key = json_object_get_string_member_with_default (request, "idempotency_key", NULL);
  const char *end = key != NULL ? strrchr (key, '-') : NULL;

  return end != NULL ? g_strndup (key, (gsize)(end - key)) : NULL;
}

/* What may have arrived is never sent again before somebody has looked for it. The ledger's own rules against
 * duplicates would hide such a mistake from a count. */
static void
check_looked_before_resending (const FaultPractice *practice)
{
  g_autoptr (JsonNode) node = read_json (practice, "/sandbox/requests");
  JsonArray *requests = json_object_get_array_member (json_node_get_object (node), "requests");
  g_autoptr (GHashTable) in_doubt = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < json_array_get_length (requests); i++)
    {
      JsonObject *request = json_array_get_object_element (requests, i);
      gint64 status = json_object_get_int_member (request, "status");
      g_autofree char *row = get_row (request);

      if (is_probe (request))
        g_hash_table_remove_all (in_doubt);
      if (row == NULL)
        continue;
      if (g_hash_table_contains (in_doubt, row))
        g_test_fail_printf ("row %s was sent again before anybody looked for it", row);
      if (status < 300)
        g_hash_table_add (in_doubt, g_steal_pointer (&row));
    }
}

static gpointer
verify_job (CsStore *store, gpointer data, GError **error)
{
  cs_store_verify_audit (store, NULL, error);
  return NULL;
}

void
fault_practice_check_all (FaultPractice *practice)
{
  g_autoptr (JsonNode) node = read_json (practice, "/sandbox/state");
  JsonObject *state = json_node_get_object (node);
  CsSession *session = NULL;

  check_one_of_each (practice, state, "created_contacts", "name");
  check_one_of_each (practice, state, "created_invoices", "contact");
  check_totals (practice, state);
  check_looked_before_resending (practice);
  g_assert_cmpuint (fault_practice_count (practice, "done"), ==, 2 * practice->n_accepted);
  session = open_quietly (practice);
  test_read (session, verify_job, NULL, NULL);
  sandbox_fixture_close (session);
}
