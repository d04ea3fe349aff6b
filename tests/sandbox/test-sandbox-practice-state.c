/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "practice-client.h"

#include <glib/gstdio.h>
#include <string.h>

/* A practice that grows from a seed, in any size, and what outlives its process. */

/* All of it, as the API tells it. */
static char *
describe (Sandbox *sandbox)
{
  g_autoptr (Answer) clients = practice_get (sandbox, "client.api/list?detailed=true");
  g_autoptr (Answer) groups = practice_get (sandbox, "clientgroup.api/list");
  g_autoptr (Answer) jobs = practice_get (sandbox, "job.api/list?from=20260101&to=20270101&detailed=true");
  g_autoptr (Answer) staff = practice_get (sandbox, "staff.api/list");
  g_autoptr (Answer) templates = practice_get (sandbox, "template.api/list");

  return g_strjoin ("\n", clients->body, groups->body, jobs->body, staff->body, templates->body, NULL);
}

static void
test_seed (void)
{
  g_autoptr (Sandbox) first = practice_start_signed_in ("40:60");
  g_autoptr (Sandbox) second = practice_start_signed_in ("40:60");
  g_autoptr (Sandbox) third = sandbox_start_with ("empty", "--practice", "40:60", "--seed", "2", NULL);
  g_autofree char *one = describe (first);
  g_autofree char *two = describe (second);
  g_autofree char *three = NULL;

  sandbox_sign_in (third, PRACTICE_SCOPES);
  three = describe (third);
  g_assert_cmpstr (one, ==, two);
  g_assert_cmpstr (one, !=, three);
}

static void
test_large (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("1500:4000");
  g_autoptr (Answer) clients = practice_get (sandbox, "client.api/list?detailed=true");
  g_autoptr (Answer) state = sandbox_control (sandbox, "practice", NULL);

  assert_xml (clients, "count(/Response/Clients/Client)", "1500");
  g_assert_cmpuint (strlen (clients->body), >, 1500 * 2500);
  g_assert_cmpstr (soup_message_headers_get_one (clients->headers, "Transfer-Encoding"), ==, "chunked");
  assert_text (state, "/jobs", "4000");
}

/* Asks for the list, reads a little of it, and goes. */
static void
walk_away (Sandbox *sandbox)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GUri) uri = g_uri_parse (sandbox->address, G_URI_FLAGS_NONE, NULL);
  g_autofree char *request
      = g_strdup_printf ("GET " PRACTICE "client.api/list?detailed=true HTTP/1.1\r\nHost: localhost\r\n"
                         "Authorization: Bearer %s\r\nxero-tenant-id: %s\r\n\r\n",
                         sandbox->access_token, sandbox->tenant);
  g_autoptr (GSocketConnection) connection
      = g_socket_client_connect_to_host (client, "localhost", (guint16)g_uri_get_port (uri), NULL, NULL);
  char some[1000];

  g_assert_nonnull (connection);
  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request,
                                            strlen (request), NULL, NULL, NULL));
  g_assert_cmpint (g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), some,
                                        sizeof some, NULL, NULL),
                   >, 0);
}

/* More often than lists may be under way at once: each gave its place back. */
static void
test_walked_away (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("2000:0");
  g_autoptr (Answer) list = NULL;

  for (guint i = 0; i < 7; i++)
    walk_away (sandbox);
  do
    {
      g_clear_pointer (&list, answer_free);
      list = practice_get (sandbox, "client.api/list");
    }
  while (list->status == 429); /* the last ones may not have been noticed yet */
  assert_xml (list, "count(/Response/Clients/Client)", "2000");
}

static void
test_sizes_refused (void)
{
  static const char *const sizes[] = { "some", "1", "1:x", "20001:0", "0:50001", "-1:0" };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSubprocess) process
          = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_PIPE, &error, g_getenv ("COUNTERSIGN_SANDBOX"),
                              "--practice", sizes[i], NULL);
      g_autofree char *words = NULL;

      g_assert_no_error (error);
      g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &words, NULL));
      g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
      g_assert_nonnull (strstr (words, "CLIENTS:JOBS"));
    }
}

/* Every kind of change, over a kill: the same again to the last letter. */
static void
change_everything (Sandbox *sandbox)
{
  g_autofree char *client = practice_make_client (sandbox, "Made &amp; kept");
  g_autofree char *template = practice_template (sandbox, "Annual Accounts");
  g_autofree char *with = g_strdup_printf ("<TemplateUUID>%s</TemplateUUID>", template);
  g_autofree char *job = practice_make_job (sandbox, client, with);
  g_autofree char *staff = practice_staff (sandbox, 2);
  g_autoptr (Answer) list = practice_get (sandbox, "client.api/list");
  g_autofree char *old = answer_xml (list, "string(//Client[1]/UUID)");
  g_autoptr (Answer) updated = practice_put (
      sandbox, "client.api/update", "<Client><UUID>%s</UUID><Name>Changed</Name><Fax>9</Fax></Client>", old);
  g_autoptr (Answer) contact
      = practice_post (sandbox, "client.api/contact",
                       "<Contact><Client><UUID>%s</UUID></Client><Name>New</Name></Contact>", old);
  g_autoptr (Answer) group = practice_post (
      sandbox, "clientgroup.api/add", "<Group><Name>G</Name><ClientUUID>%s</ClientUUID></Group>", client);
  g_autoptr (Answer) assigned
      = practice_put (sandbox, "job.api/assign", "<Job><ID>%s</ID><add uuid=\"%s\"/></Job>", job, staff);
  g_autoptr (Answer) state
      = practice_put (sandbox, "job.api/state", "<Job><ID>%s</ID><State>ONHOLD</State></Job>", job);
  g_autoptr (Answer) note
      = practice_post (sandbox, "job.api/note", "<Note><Job>%s</Job><Title>T</Title></Note>", job);
  g_autoptr (Answer) renamed
      = practice_control (sandbox, "{\"name\":\"Renamed\"}", "practice/templates/%s/edit", template);
  g_autoptr (Answer) left = practice_control (sandbox, "{}", "practice/staff/%s/delete", staff);

  assert_ok (updated);
  assert_ok (contact);
  assert_ok (group);
  assert_ok (assigned);
  assert_ok (state);
  assert_ok (note);
}

static void
test_survives (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("demo");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *again = NULL;
  g_autofree char *client = NULL;
  g_autofree char *next = NULL;

  change_everything (sandbox);
  before = describe (sandbox);
  for (guint i = 0; i < 2; i++) /* from the lines, then from the file that opening made short */
    {
      sandbox_kill (sandbox);
      sandbox_launch (sandbox, "empty");
      after = describe (sandbox);
      g_assert_cmpstr (before, ==, after);
      g_clear_pointer (&after, g_free);
    }
  client = practice_make_client (sandbox, "Later");
  next = practice_make_job (sandbox, client, "");
  g_assert_cmpstr (next, ==, "J000042");
}

static void
test_privilege_survives (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autoptr (Answer) lost = sandbox_control (sandbox, "practice/privilege", "{\"privilege\":\"missing\"}");
  g_autoptr (Answer) refused = NULL;

  sandbox_kill (sandbox);
  sandbox_launch (sandbox, "empty");
  refused = practice_get (sandbox, "staff.api/list");
  assert_status (refused, 403);
}

/* A change of one job does not write the others. */
static void
test_size_of_change (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("200:400");
  g_autofree char *client = practice_make_client (sandbox, "A");
  GStatBuf before, after;
  g_autofree char *job = NULL;

  g_assert_cmpint (g_stat (sandbox->state_path, &before), ==, 0);
  job = practice_make_job (sandbox, client, "");
  g_assert_cmpint (g_stat (sandbox->state_path, &after), ==, 0);
  g_assert_cmpint (after.st_size - before.st_size, <, 4000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/practice/grows-from-the-seed", test_seed);
  g_test_add_func ("/sandbox/practice/large-list-is-streamed", test_large);
  g_test_add_func ("/sandbox/practice/client-that-walks-away-frees-its-place", test_walked_away);
  g_test_add_func ("/sandbox/practice/sizes-have-a-bound", test_sizes_refused);
  g_test_add_func ("/sandbox/practice/every-kind-of-change-survives-a-kill", test_survives);
  g_test_add_func ("/sandbox/practice/privilege-survives-a-kill", test_privilege_survives);
  g_test_add_func ("/sandbox/practice/a-change-costs-its-own-size", test_size_of_change);
  return g_test_run ();
}
