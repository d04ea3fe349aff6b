/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-fixture.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "cs-registry.h"
#include "test-folder.h"

static gint64 clock_ahead_ms;

static gint64
real_now_ms (const CsClock *clock)
{
  return g_get_real_time () / 1000 + clock_ahead_ms;
}

void
test_clock_advance (gint64 by_ms)
{
  clock_ahead_ms += by_ms;
}

CsClock *
test_clock (void)
{
  static CsClock clock = { real_now_ms, NULL };

  return &clock;
}

/* --- the program --- */

static SandboxFixture *
start_sandbox (const char *profile, const char *practice)
{
  SandboxFixture *fixture = g_new0 (SandboxFixture, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *state = NULL;

  fixture->folder = test_folder_new ();
  state = g_build_filename (fixture->folder, "sandbox.state", NULL);
  fixture->consent = g_strdup ("allow");
  fixture->process
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, g_getenv ("COUNTERSIGN_SANDBOX"),
                          "--profile", profile, "--state", state, "--print-address", "--exit-with-parent",
                          "--minute-limit", "100000", practice != NULL ? "--practice" : NULL, practice, NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (fixture->process));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (output), FALSE);
  fixture->address = g_data_input_stream_read_line_utf8 (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (fixture->address);
  return fixture;
}

SandboxFixture *
sandbox_fixture_new (const char *profile)
{
  return start_sandbox (profile, NULL);
}

SandboxFixture *
sandbox_fixture_new_for_work (const char *practice)
{
  return start_sandbox ("empty", practice);
}

SandboxFixture *
sandbox_fixture_new_at (const char *folder, const char *address)
{
  SandboxFixture *fixture = g_new0 (SandboxFixture, 1);

  fixture->folder = g_strdup (folder);
  fixture->address = g_strdup (address);
  fixture->consent = g_strdup ("allow");
  return fixture;
}

void
sandbox_fixture_stop (SandboxFixture *fixture)
{
  if (fixture->process == NULL)
    return;
  g_subprocess_force_exit (fixture->process);
  g_subprocess_wait (fixture->process, NULL, NULL);
  g_clear_object (&fixture->process);
}

void
sandbox_fixture_free (SandboxFixture *fixture)
{
  if (fixture->process != NULL)
    {
      sandbox_fixture_stop (fixture);
      test_folder_remove (fixture->folder);
    }
  g_free (fixture->address);
  g_free (fixture->folder);
  g_free (fixture->consent);
  g_free (fixture);
}

/* --- asking it --- */

static GBytes *
talk (SandboxFixture *fixture, const char *method, const char *path, const char *json)
{
  g_autofree char *address = g_strconcat (fixture->address, path, NULL);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new (method, address);
  g_autoptr (GError) error = NULL;
  GBytes *answer = NULL;

  if (json != NULL)
    {
      g_autoptr (GBytes) body = g_bytes_new (json, strlen (json));

      soup_message_set_request_body_from_bytes (message, "application/json", body);
    }
  answer = soup_session_send_and_read (session, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), <, 300);
  return answer;
}

static JsonNode *
read_json (SandboxFixture *fixture, const char *path)
{
  g_autoptr (GBytes) body = talk (fixture, "GET", path, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);
  return node;
}

JsonNode *
sandbox_fixture_read_state (SandboxFixture *fixture)
{
  return read_json (fixture, "/sandbox/state");
}

JsonNode *
sandbox_fixture_read_practice (SandboxFixture *fixture)
{
  return read_json (fixture, "/sandbox/practice");
}

gint64
sandbox_fixture_read_integer (SandboxFixture *fixture, const char *path, const char *member)
{
  g_autoptr (JsonNode) node = read_json (fixture, path);

  return json_object_get_int_member (json_node_get_object (node), member);
}

gint64
sandbox_fixture_count_work (SandboxFixture *fixture, const char *member)
{
  g_autoptr (JsonNode) practice = sandbox_fixture_read_practice (fixture);

  return json_object_get_int_member (json_node_get_object (practice), member);
}

char *
sandbox_fixture_enter (SandboxFixture *fixture, const char *path, const char *json)
{
  g_autoptr (GBytes) body = talk (fixture, "POST", path, json);
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_autoptr (JsonNode) answer = json_from_string (text, NULL);

  return g_strdup (json_object_get_string_member_with_default (json_node_get_object (answer), "id", NULL));
}

gint64
sandbox_fixture_count (SandboxFixture *fixture, const char *member)
{
  g_autoptr (JsonNode) state = sandbox_fixture_read_state (fixture);

  return json_object_get_int_member (json_node_get_object (state), member);
}

guint
sandbox_fixture_count_created (SandboxFixture *fixture,
                               const char *array,
                               const char *member,
                               const char *value)
{
  g_autoptr (JsonNode) state = sandbox_fixture_read_state (fixture);
  JsonArray *rows = json_object_get_array_member (json_node_get_object (state), array);
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      n += member == NULL
           || g_strcmp0 (json_object_get_string_member_with_default (row, member, NULL), value) == 0;
    }
  return n;
}

char *
sandbox_fixture_get_created (SandboxFixture *fixture, const char *array, guint index, const char *member)
{
  g_autoptr (JsonNode) state = sandbox_fixture_read_state (fixture);
  JsonArray *rows = json_object_get_array_member (json_node_get_object (state), array);
  JsonNode *node = NULL;

  g_assert_cmpuint (index, <, json_array_get_length (rows));
  node = json_object_get_member (json_array_get_object_element (rows, index), member);
  g_assert_nonnull (node);
  /* Amounts are numbers on the wire; the two decimals are what a person would compare. */
  return json_node_get_value_type (node) == G_TYPE_STRING
             ? g_strdup (json_node_get_string (node))
             : g_strdup_printf ("%.2f", json_node_get_double (node));
}

void
sandbox_fixture_post (SandboxFixture *fixture, const char *path, const char *json)
{
  g_autoptr (GBytes) answer = talk (fixture, "POST", path, json);

  g_assert_nonnull (answer);
}

void
sandbox_fixture_fault (SandboxFixture *fixture,
                       const char *method,
                       const char *path,
                       const char *kind,
                       guint count,
                       guint seconds)
{
  g_autofree char *json
      = g_strdup_printf ("{\"method\":\"%s\",\"path\":\"%s\",\"kind\":\"%s\",\"count\":%u,\"seconds\":%u}",
                         method, path, kind, count, seconds);

  sandbox_fixture_post (fixture, "/sandbox/faults", json);
}

void
sandbox_fixture_forgive (SandboxFixture *fixture)
{
  g_autoptr (GBytes) answer = talk (fixture, "DELETE", "/sandbox/faults", NULL);

  g_assert_nonnull (answer);
}

/* --- the practice --- */

gpointer
test_read (CsSession *session, CsStoreFunc func, gpointer data, GDestroyNotify free_result)
{
  g_autoptr (GError) error = NULL;
  gpointer record = test_await_record (cs_session_read (session, func, data, NULL, free_result), &error);

  g_assert_no_error (error);
  return record;
}

static CsSession *
open_practice (SandboxFixture *fixture, gboolean is_demo)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsRegistry) registry = cs_registry_open (fixture->folder, test_clock (), &error);
  g_autoptr (GPtrArray) practices = NULL;
  g_autoptr (CsPracticeEntry) entry = NULL;
  CsSessionOptions *options = g_new0 (CsSessionOptions, 1);
  CsSession *session = NULL;

  g_assert_no_error (error);
  practices = cs_registry_list (registry, &error);
  g_assert_no_error (error);
  entry = practices->len > 0 ? cs_practice_entry_copy (g_ptr_array_index (practices, 0))
                             : cs_registry_add (registry, "Kauri & Co", is_demo, &error);
  g_assert_no_error (error);

  options->clock = test_clock ();
  options->is_unpaced = fixture->is_unpaced;
  options->sandbox_address = g_strdup (fixture->address);
  options->build_client_id = g_strdup ("DEMO0000000000000000000000000000");
  session = test_await_object (cs_session_open (entry, options), &error);
  g_assert_no_error (error);
  return session;
}

CsSession *
sandbox_fixture_open (SandboxFixture *fixture)
{
  return open_practice (fixture, TRUE);
}

CsSession *
sandbox_fixture_open_real (SandboxFixture *fixture)
{
  return open_practice (fixture, FALSE);
}

void
sandbox_fixture_close (CsSession *session)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (test_await (cs_session_close (session), &error));
  g_assert_no_error (error);
  g_object_unref (session);
}

/* --- the person in the browser --- */

typedef struct
{
  char *address;
  char *base;
  char *decision;
  guint choice;
} Visit;

static char *
cut_out (const char *text, const char *before, const char *after)
{
  const char *start = strstr (text, before);
  const char *end = start != NULL ? strstr (start + strlen (before), after) : NULL;

  g_assert_nonnull (end);
  start += strlen (before);
  return g_strndup (start, (gsize)(end - start));
}

static char *
cut_nth_out (const char *page, guint choice)
{
  const char *before = "<option value=\"";

  for (guint i = 0; i < choice; i++)
    {
      page = strstr (page, before);
      g_assert_nonnull (page);
      page += strlen (before);
    }
  return cut_out (page, before, "\"");
}

static char *
fetch (SoupSession *session, SoupMessage *message)
{
  g_autoptr (GBytes) body = soup_session_send_and_read (session, message, NULL, NULL);

  return body != NULL ? g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body)) : g_strdup ("");
}

/* Reads the page, picks the organisation, presses the button, follows the redirect to the listener. */
static gpointer
browser_thread (gpointer data)
{
  Visit *visit = data;
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) ask = soup_message_new ("GET", visit->address);
  g_autofree char *page = fetch (session, ask);
  g_autofree char *request = cut_out (page, "name=\"request\" value=\"", "\"");
  g_autofree char *organisation = cut_nth_out (page, visit->choice);
  g_autofree char *form = soup_form_encode ("request", request, "organisation", organisation, "decision",
                                            visit->decision, NULL);
  g_autofree char *target = g_strconcat (visit->base, "/identity/connect/authorize/decision", NULL);
  g_autoptr (SoupMessage) decide = soup_message_new ("POST", target);
  g_autoptr (GBytes) body = g_bytes_new (form, strlen (form));
  g_autofree char *last = NULL;

  soup_message_set_request_body_from_bytes (decide, "application/x-www-form-urlencoded", body);
  last = fetch (session, decide);
  g_free (visit->address);
  g_free (visit->base);
  g_free (visit->decision);
  g_free (visit);
  return NULL;
}

void
sandbox_fixture_browse (CsConnect *connect, const char *address, SandboxFixture *fixture)
{
  Visit *visit = g_new0 (Visit, 1);

  visit->address = g_strdup (address);
  visit->base = g_strdup (fixture->address);
  visit->decision = g_strdup (fixture->consent);
  visit->choice = fixture->choice;
  g_thread_unref (g_thread_new ("browser", browser_thread, visit));
}

static gboolean
is_choosing (gpointer connect)
{
  return cs_connect_get_stage (connect) == CS_CONNECT_CHOOSING
         || cs_connect_get_stage (connect) == CS_CONNECT_FAILED;
}

static gboolean
is_done (gpointer connect)
{
  return cs_connect_get_stage (connect) == CS_CONNECT_DONE
         || cs_connect_get_stage (connect) == CS_CONNECT_FAILED;
}

static void
connect_to (SandboxFixture *fixture, CsSession *session, CsConnectTo to)
{
  g_autoptr (CsConnect) connect = cs_connect_new (session, to);

  g_signal_connect (connect, "open-address", G_CALLBACK (sandbox_fixture_browse), fixture);
  g_assert_false (cs_connect_needs_client_id (connect));
  cs_connect_start (connect, cs_connect_get_client_id (connect));
  g_assert_true (test_wait_until (is_choosing, connect));
  g_assert_cmpstr (cs_connect_get_problem_text (connect), ==, "");
  if (cs_connect_get_stage (connect) == CS_CONNECT_FAILED)
    return;
  g_assert_cmpuint (cs_connect_get_tenants (connect)->len, >=, 1);
  cs_connect_choose (connect, 0);
  g_assert_true (test_wait_until (is_done, connect));
  g_assert_cmpstr (cs_connect_get_problem_text (connect), ==, "");
  g_assert_cmpint (cs_connect_get_stage (connect), ==, CS_CONNECT_DONE);
}

void
sandbox_fixture_connect (SandboxFixture *fixture, CsSession *session)
{
  connect_to (fixture, session, CS_CONNECT_TO_LEDGER);
}

void
sandbox_fixture_connect_work (SandboxFixture *fixture, CsSession *session)
{
  connect_to (fixture, session, CS_CONNECT_TO_WORK);
}
