/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-client.h"

#include <glib/gstdio.h>
#include <string.h>

#define TIMEOUT_SECONDS 10

static void
add_words (GPtrArray *command, const char *const *words)
{
  for (; words != NULL && *words != NULL; words++)
    g_ptr_array_add (command, (gpointer)*words);
}

void
sandbox_launch (Sandbox *sandbox, const char *profile)
{
  const char *program = g_getenv ("COUNTERSIGN_SANDBOX");
  g_autoptr (GPtrArray) command = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) output = NULL;

  g_assert_nonnull (program);
  add_words (command,
             (const char *const[]){ program, "--print-address", "--exit-with-parent", "--profile", profile,
                                    "--now", "2026-11-21T09:00:00", "--state", sandbox->state_path, NULL });
  add_words (command, (const char *const *)sandbox->options);
  g_ptr_array_add (command, NULL);
  sandbox->process
      = g_subprocess_newv ((const char *const *)command->pdata, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (sandbox->process));
  g_free (sandbox->address);
  sandbox->address = g_data_input_stream_read_line_utf8 (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (sandbox->address);
  g_clear_object (&sandbox->session);
  sandbox->session = soup_session_new_with_options ("timeout", TIMEOUT_SECONDS, NULL);
}

static Sandbox *
start (const char *profile, char **options)
{
  Sandbox *sandbox = g_new0 (Sandbox, 1);
  g_autoptr (GError) error = NULL;

  sandbox->directory = g_dir_make_tmp ("countersign-sandbox-XXXXXX", &error);
  g_assert_no_error (error);
  sandbox->state_path = g_build_filename (sandbox->directory, "state.json", NULL);
  sandbox->options = options;
  sandbox_launch (sandbox, profile);
  return sandbox;
}

Sandbox *
sandbox_start (const char *profile)
{
  return start (profile, NULL);
}

Sandbox *
sandbox_start_with (const char *profile, const char *option, ...)
{
  g_autoptr (GStrvBuilder) options = g_strv_builder_new ();
  va_list more;

  va_start (more, option);
  for (; option != NULL; option = va_arg (more, const char *))
    g_strv_builder_add (options, option);
  va_end (more);
  return start (profile, g_strv_builder_end (options));
}

Sandbox *
sandbox_start_signed_in (const char *profile)
{
  Sandbox *sandbox = sandbox_start (profile);

  sandbox_sign_in (sandbox, SCOPES);
  return sandbox;
}

/* As the power cord would: nothing may depend on a clean end. */
void
sandbox_kill (Sandbox *sandbox)
{
  g_subprocess_force_exit (sandbox->process);
  g_subprocess_wait (sandbox->process, NULL, NULL);
  g_clear_object (&sandbox->process);
}

void
sandbox_stop (Sandbox *sandbox)
{
  g_autoptr (GError) error = NULL;

  if (sandbox->process != NULL)
    {
      g_subprocess_send_signal (sandbox->process, SIGTERM);
      g_assert_true (g_subprocess_wait_check (sandbox->process, NULL, &error));
      g_assert_no_error (error);
    }
  g_clear_object (&sandbox->process);
  g_clear_object (&sandbox->session);
  g_unlink (sandbox->state_path);
  g_rmdir (sandbox->directory);
  g_free (sandbox->address);
  g_free (sandbox->directory);
  g_free (sandbox->state_path);
  g_free (sandbox->access_token);
  g_free (sandbox->refresh_token);
  g_free (sandbox->tenant);
  g_strfreev (sandbox->options);
  g_free (sandbox);
}

void
answer_free (Answer *answer)
{
  yyjson_doc_free (answer->document);
  soup_message_headers_unref (answer->headers);
  g_free (answer->body);
  g_free (answer);
}

static Answer *
send_message (Sandbox *sandbox, SoupMessage *message, const char *content_type, const char *body)
{
  g_autoptr (GBytes) sent = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  g_autoptr (GBytes) received = NULL;
  Answer *answer = g_new0 (Answer, 1);

  /* libsoup sends a PUT again by itself, as PUT is idempotent by HTTP's book, when a kept connection breaks
   * before the answer. A new connection is never retried: what the sandbox counts is what was asked for. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION);
  if (sent != NULL)
    soup_message_set_request_body_from_bytes (message, content_type, sent);
  received = soup_session_send_and_read (sandbox->session, message, NULL, NULL);
  answer->headers = soup_message_headers_ref (soup_message_get_response_headers (message));
  if (received == NULL)
    return answer;
  answer->status = soup_message_get_status (message);
  answer->body = g_bytes_get_size (received) > 0
                     ? g_strndup (g_bytes_get_data (received, NULL), g_bytes_get_size (received))
                     : g_strdup ("");
  answer->document = yyjson_read (answer->body, strlen (answer->body), YYJSON_READ_NUMBER_AS_RAW);
  return answer;
}

Answer *
sandbox_send (Sandbox *sandbox,
              const char *method,
              const char *path,
              const char *content_type,
              const char *body,
              ...)
{
  g_autofree char *address = g_strconcat (sandbox->address, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, address);
  const char *name;
  va_list headers;

  g_assert_nonnull (message);
  va_start (headers, body);
  while ((name = va_arg (headers, const char *)) != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), name,
                                  va_arg (headers, const char *));
  va_end (headers);
  return send_message (sandbox, message, content_type, body);
}

Answer *
sandbox_api_with (Sandbox *sandbox,
                  const char *method,
                  const char *path,
                  const char *body,
                  const char *header,
                  const char *value)
{
  g_autofree char *full_path = g_strconcat ("/api.xro/2.0/", path, NULL);
  g_autofree char *bearer = g_strconcat ("Bearer ", sandbox->access_token, NULL);

  return sandbox_send (sandbox, method, full_path, "application/json", body, "Authorization", bearer,
                       "xero-tenant-id", sandbox->tenant, "Accept", "application/json", header, value, NULL);
}

Answer *
sandbox_api (Sandbox *sandbox, const char *method, const char *path, const char *body)
{
  return sandbox_api_with (sandbox, method, path, body, NULL, NULL);
}

Answer *
sandbox_control (Sandbox *sandbox, const char *path, const char *body)
{
  g_autofree char *full_path = g_strconcat ("/sandbox/", path, NULL);
  Answer *answer
      = sandbox_send (sandbox, body != NULL ? "POST" : "GET", full_path, "application/json", body, NULL);

  assert_status (answer, 200);
  return answer;
}

const char *
answer_text (Answer *answer, const char *pointer)
{
  yyjson_val *value = answer->document != NULL ? yyjson_doc_ptr_get (answer->document, pointer) : NULL;

  if (yyjson_is_raw (value))
    return yyjson_get_raw (value);
  if (yyjson_is_bool (value))
    return yyjson_get_bool (value) ? "true" : "false";
  return yyjson_get_str (value);
}

gsize
answer_size (Answer *answer, const char *pointer)
{
  yyjson_val *value = answer->document != NULL ? yyjson_doc_ptr_get (answer->document, pointer) : NULL;

  g_assert_nonnull (value);
  return yyjson_is_arr (value) ? yyjson_arr_size (value) : yyjson_obj_size (value);
}

void
assert_status (Answer *answer, guint status)
{
  if (answer->status != status)
    g_test_message ("%s", answer->body != NULL ? answer->body : "(no answer)");
  g_assert_cmpuint (answer->status, ==, status);
}

void
assert_text (Answer *answer, const char *pointer, const char *expected)
{
  const char *text = answer_text (answer, pointer);

  if (g_strcmp0 (text, expected) != 0)
    g_test_message ("%s in %s", pointer, answer->body);
  g_assert_cmpstr (text, ==, expected);
}

char *
sandbox_authorise_path (const char *redirect_uri, const char *scopes)
{
  g_autofree char *query = soup_form_encode (
      "response_type", "code", "client_id", CLIENT_ID, "redirect_uri", redirect_uri, "scope", scopes, "state",
      "a b&c", "code_challenge", CHALLENGE, "code_challenge_method", "S256", NULL);

  return g_strconcat ("/identity/connect/authorize?", query, NULL);
}

static char *
cut_out (const char *text, const char *before)
{
  const char *start = strstr (text, before);

  g_assert_nonnull (start);
  start += strlen (before);
  return g_strndup (start, strcspn (start, "\""));
}

/* Presses a button of the consent page; where the browser is sent then. */
char *
sandbox_consent (Sandbox *sandbox, const char *scopes, const char *decision)
{
  g_autofree char *path = sandbox_authorise_path (REDIRECT_URI, scopes);
  g_autoptr (Answer) page = sandbox_send (sandbox, "GET", path, NULL, NULL, NULL);
  g_autofree char *request = NULL;
  g_autofree char *form = NULL;
  g_autoptr (Answer) answer = NULL;

  assert_status (page, 200);
  request = cut_out (page->body, "name=\"request\" value=\"");
  g_free (sandbox->tenant);
  sandbox->tenant = cut_out (page->body, "<option value=\"");
  form = soup_form_encode ("request", request, "organisation", sandbox->tenant, "decision", decision, NULL);
  answer = sandbox_send (sandbox, "POST", "/identity/connect/authorize/decision",
                         "application/x-www-form-urlencoded", form, NULL);
  assert_status (answer, 302);
  return g_strdup (soup_message_headers_get_one (answer->headers, "Location"));
}

char *
sandbox_take_code (Sandbox *sandbox, const char *scopes)
{
  g_autofree char *location = sandbox_consent (sandbox, scopes, "allow");
  g_autoptr (GUri) uri = g_uri_parse (location, G_URI_FLAGS_ENCODED, NULL);
  g_autoptr (GHashTable) query = soup_form_decode (g_uri_get_query (uri));

  g_assert_true (g_str_has_prefix (location, REDIRECT_URI "?"));
  g_assert_cmpstr (g_hash_table_lookup (query, "state"), ==, "a b&c");
  g_assert_nonnull (g_hash_table_lookup (query, "session_state"));
  return g_strdup (g_hash_table_lookup (query, "code"));
}

Answer *
sandbox_exchange (Sandbox *sandbox, const char *code, const char *verifier)
{
  g_autofree char *form
      = soup_form_encode ("grant_type", "authorization_code", "client_id", CLIENT_ID, "code", code,
                          "redirect_uri", REDIRECT_URI, "code_verifier", verifier, NULL);

  return sandbox_send (sandbox, "POST", "/connect/token", "application/x-www-form-urlencoded", form, NULL);
}

Answer *
sandbox_refresh (Sandbox *sandbox, const char *refresh_token)
{
  g_autofree char *form = soup_form_encode ("grant_type", "refresh_token", "client_id", CLIENT_ID,
                                            "refresh_token", refresh_token, NULL);

  return sandbox_send (sandbox, "POST", "/connect/token", "application/x-www-form-urlencoded", form, NULL);
}

void
sandbox_sign_in (Sandbox *sandbox, const char *scopes)
{
  g_autofree char *code = sandbox_take_code (sandbox, scopes);
  g_autoptr (Answer) answer = sandbox_exchange (sandbox, code, VERIFIER);

  assert_status (answer, 200);
  g_set_str (&sandbox->access_token, answer_text (answer, "/access_token"));
  g_set_str (&sandbox->refresh_token, answer_text (answer, "/refresh_token"));
}

char *
sandbox_make_contact (Sandbox *sandbox, const char *name)
{
  g_autofree char *body = g_strdup_printf ("{\"Contacts\":[{\"Name\":\"%s\"}]}", name);
  g_autoptr (Answer) answer = sandbox_api (sandbox, "PUT", "Contacts", body);

  assert_status (answer, 200);
  return g_strdup (answer_text (answer, "/Contacts/0/ContactID"));
}

char *
sandbox_invoice_body (const char *contact_id, const char *number, const char *more, const char *lines)
{
  return g_strdup_printf (
      "{\"Invoices\":[{\"Type\":\"ACCREC\",\"Contact\":{\"ContactID\":\"%s\"},\"InvoiceNumber\":\"%s\","
      "\"Date\":\"2026-11-21\",\"DueDate\":\"2026-12-20\",%s\"LineItems\":[%s]}]}",
      contact_id, number, more, lines);
}

/* An invoice of 115.00; its id. */
char *
sandbox_make_invoice (Sandbox *sandbox, const char *contact_id, const char *number, const char *more)
{
  g_autofree char *body = sandbox_invoice_body (contact_id, number, more, LINE);
  g_autoptr (Answer) answer = sandbox_api (sandbox, "PUT", "Invoices", body);

  assert_status (answer, 200);
  return g_strdup (answer_text (answer, "/Invoices/0/InvoiceID"));
}

void
sandbox_assume (Sandbox *sandbox, const char *name, gboolean on)
{
  g_autofree char *body = g_strdup_printf ("{\"%s\":%s}", name, on ? "true" : "false");
  g_autoptr (Answer) answer = sandbox_control (sandbox, "assumptions", body);
}

Answer *
sandbox_get (Sandbox *sandbox, const char *format, ...)
{
  g_autofree char *path = NULL;
  va_list arguments;

  va_start (arguments, format);
  path = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return sandbox_api (sandbox, "GET", path, NULL);
}

/* How many rows the list of this path has; its collection is the path's first word. */
void
assert_rows (Sandbox *sandbox, const char *path, gsize rows)
{
  g_autoptr (Answer) answer = sandbox_api (sandbox, "GET", path, NULL);
  g_autofree char *pointer = g_strdup_printf ("/%.*s", (int)strcspn (path, "?/"), path);

  assert_status (answer, 200);
  if (answer_size (answer, pointer) != rows)
    g_test_message ("%s", path);
  g_assert_cmpuint (answer_size (answer, pointer), ==, rows);
}

/* A 400 whose first element says this first. */
void
assert_refused (Answer *answer, const char *message)
{
  assert_status (answer, 400);
  assert_text (answer, "/ErrorNumber", "10");
  assert_text (answer, "/Elements/0/ValidationErrors/0/Message", message);
}
