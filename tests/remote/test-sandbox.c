/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-sandbox.h"

#include "remote-test.h"

#include <string.h>

static gint64
real_now_ms (const CsClock *clock)
{
  return g_get_real_time () / 1000;
}
const CsClock test_real_clock = { real_now_ms, NULL };

/* A process of its own, with the demo organisations and practices of one seed. It ends with a test that
 * aborts: its standard error is the test's, and whoever reads that would wait for it for ever. */
TestSandbox *
test_sandbox_new (void)
{
  TestSandbox *sandbox = g_new0 (TestSandbox, 1);
  const char *program = g_getenv ("COUNTERSIGN_SANDBOX");
  g_autofree char *redirect = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GError) error = NULL;

  sandbox->port = test_free_port ();
  redirect = g_strdup_printf ("http://localhost:%u/callback", sandbox->port);
  sandbox->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--print-address",
                                       "--exit-with-parent", "--seed", "7", "--redirect-uri", redirect,
                                       "--remember-secrets", NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (sandbox->process));
  sandbox->base = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_nonnull (sandbox->base);
  g_strchomp (sandbox->base);
  return sandbox;
}

void
test_sandbox_free (TestSandbox *sandbox)
{
  g_subprocess_force_exit (sandbox->process);
  g_subprocess_wait (sandbox->process, NULL, NULL);
  g_object_unref (sandbox->process);
  g_free (sandbox->base);
  g_free (sandbox);
}

/* A call that is not ours: the browser's, or the control interface's. */
static char *
plain_call (const char *method, const char *url, const char *content_type, const char *body, char **location)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new (method, url);
  g_autoptr (GBytes) sent = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (sent != NULL)
    soup_message_set_request_body_from_bytes (message, content_type, sent);
  answer = soup_session_send_and_read (session, message, NULL, &error);
  g_assert_no_error (error);
  if (location != NULL)
    *location
        = g_strdup (soup_message_headers_get_one (soup_message_get_response_headers (message), "Location"));
  return g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));
}

char *
test_sandbox_control (TestSandbox *sandbox, const char *path, const char *body)
{
  g_autofree char *url = g_strconcat (sandbox->base, "/sandbox/", path, NULL);

  return plain_call (body != NULL ? "POST" : "GET", url, "application/json", body, NULL);
}

char *
test_between (const char *text, const char *before, const char *after)
{
  const char *start = strstr (text, before);
  const char *end;

  g_assert_nonnull (start);
  start += strlen (before);
  end = strstr (start, after);
  g_assert_nonnull (end);
  return g_strndup (start, (gsize)(end - start));
}

/* The person at the consent page, who presses @decision. Returns where the browser is sent. */
static char *
consent (TestSandbox *sandbox, const char *address, const char *decision)
{
  g_autofree char *page = plain_call ("GET", address, NULL, NULL, NULL);
  g_autofree char *request = test_between (page, "name=\"request\" value=\"", "\"");
  g_autofree char *organisation = test_between (page, "<option value=\"", "\"");
  g_autofree char *url = g_strconcat (sandbox->base, "/identity/connect/authorize/decision", NULL);
  g_autofree char *form
      = soup_form_encode ("request", request, "organisation", organisation, "decision", decision, NULL);
  g_autofree char *answer = NULL;
  char *location = NULL;

  answer = plain_call ("POST", url, "application/x-www-form-urlencoded", form, &location);
  g_assert_nonnull (location);
  return location;
}

CsTokens *
test_sandbox_sign_in (TestSandbox *sandbox,
                      const CsHosts *hosts,
                      CsHttp *http,
                      const char *scopes,
                      const char *decision,
                      GError **error)
{
  g_autoptr (CsSignIn) attempt
      = cs_sign_in_new (hosts, TEST_SANDBOX_CLIENT_ID, scopes, http, &test_real_clock);
  g_autofree char *location = NULL;
  g_autofree char *page = NULL;
  DexFuture *wait;

  cs_sign_in_set_ports (attempt, &sandbox->port, 1);
  cs_sign_in_listen (attempt, error);
  g_assert_no_error (*error);
  location = consent (sandbox, cs_sign_in_get_address (attempt), decision);
  g_assert_true (g_str_has_prefix (location, cs_sign_in_get_redirect_uri (attempt)));
  wait = cs_sign_in_wait (attempt, 60);
  page = test_browse_path (sandbox->port, strstr (location, "/callback"));
  g_assert_true (g_str_has_prefix (page, "HTTP/1.1 200"));
  return test_await_record (wait, error);
}
