/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-client.h"

#include <string.h>

/* What goes wrong on order, the limits, and what survives a kill. */

#define INVOICE                                                                                              \
  "{\"Invoices\":[{\"Type\":\"ACCREC\",\"Contact\":{\"Name\":\"Joinery\"},\"InvoiceNumber\":\"EX-1\","       \
  "\"LineItems\":[{\"Description\":\"Work\",\"Quantity\":1,\"UnitAmount\":100,\"AccountCode\":\"200\"}]}]}"

static void
order (Sandbox *sandbox, const char *kind)
{
  g_autofree char *body = g_strdup_printf (
      "{\"method\":\"PUT\",\"path\":\"/api.xro/2.0/Invoices\",\"kind\":\"%s\",\"seconds\":1}", kind);
  g_autoptr (Answer) answer = sandbox_control (sandbox, "faults", body);
}

static void
assert_invoices (Sandbox *sandbox, const char *expected)
{
  g_autoptr (Answer) state = sandbox_control (sandbox, "state", NULL);

  assert_text (state, "/invoices", expected);
}

/* The heart of "exactly once": the work is done, the client hears nothing, and even a killed sandbox
 * remembers. */
static void
test_cut_after (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) cut = NULL, found = NULL, again = NULL;

  order (sandbox, "cut-after");
  cut = sandbox_api (sandbox, "PUT", "Invoices", INVOICE);
  g_assert_cmpuint (cut->status, ==, 0);
  sandbox_kill (sandbox);
  sandbox_launch (sandbox, "empty");
  assert_invoices (sandbox, "1");
  found = sandbox_api (sandbox, "GET", "Invoices/EX-1", NULL);
  assert_status (found, 200);
  again = sandbox_api (sandbox, "PUT", "Invoices", INVOICE);
  assert_status (again, 400);
  assert_invoices (sandbox, "1");
}

/* The same key after the cut is answered with what was lost. */
static void
test_cut_after_replay (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) cut = NULL, again = NULL;

  order (sandbox, "cut-after");
  cut = sandbox_api_with (sandbox, "PUT", "Invoices", INVOICE, "Idempotency-Key", "one");
  g_assert_cmpuint (cut->status, ==, 0);
  again = sandbox_api_with (sandbox, "PUT", "Invoices", INVOICE, "Idempotency-Key", "one");
  assert_status (again, 200);
  assert_invoices (sandbox, "1");
}

/* Somebody was quicker than the probe: what is there is not what was sent, though it is the one. */
static void
test_corrected_after (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) cut = NULL, found = NULL;

  order (sandbox, "corrected-after"); /* by one cent */
  cut = sandbox_api (sandbox, "PUT", "Invoices", INVOICE);
  g_assert_cmpuint (cut->status, ==, 0);
  assert_invoices (sandbox, "1");
  sandbox_kill (sandbox);
  sandbox_launch (sandbox, "empty");
  found = sandbox_api (sandbox, "GET", "Invoices/EX-1", NULL);
  assert_status (found, 200);
  assert_text (found, "/Invoices/0/SubTotal", "100.00");
  assert_text (found, "/Invoices/0/Total", "115.01");
  assert_text (found, "/Invoices/0/LineItems/0/TaxAmount", "15.01");
}

static void
test_cut_before (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) cut = NULL;

  order (sandbox, "cut-before");
  cut = sandbox_api (sandbox, "PUT", "Invoices", INVOICE);
  g_assert_cmpuint (cut->status, ==, 0);
  assert_invoices (sandbox, "0");
}

static void
test_half_body (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) answer = NULL;

  order (sandbox, "half-body");
  answer = sandbox_api (sandbox, "PUT", "Invoices", INVOICE);
  g_assert_cmpuint (answer->status, ==, 0);
  assert_invoices (sandbox, "1");
}

static void
test_wrong_json (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) answer = NULL;

  order (sandbox, "wrong-json");
  answer = sandbox_api (sandbox, "PUT", "Invoices", INVOICE);
  assert_status (answer, 200);
  g_assert_null (answer->document);
}

static void
test_hang_after (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) answer = NULL;

  g_object_set (sandbox->session, "timeout", 1u, NULL);
  order (sandbox, "hang-after");
  answer = sandbox_api (sandbox, "PUT", "Invoices", INVOICE);
  g_assert_cmpuint (answer->status, ==, 0);
  assert_invoices (sandbox, "1");
}

static void
test_delay (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) answer = NULL;
  gint64 start;

  order (sandbox, "delay");
  start = g_get_monotonic_time ();
  answer = sandbox_api (sandbox, "PUT", "Invoices", INVOICE);
  assert_status (answer, 200);
  g_assert_cmpint (g_get_monotonic_time () - start, >, 400 * G_TIME_SPAN_MILLISECOND);
}

static void
test_statuses (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  static const struct
  {
    const char *kind;
    guint status;
  } kinds[] = { { "429", 429 },
                { "500", 500 },
                { "503", 503 },
                { "unauthorised", 401 },
                { "expired-token", 401 },
                { "revoked-token", 401 },
                { "lost-privilege", 403 },
                { "lost-scope", 401 },
                { "503-unavailable", 503 },
                { "organisation-offline", 503 } };
  g_autoptr (Answer) cleared = NULL, calm = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (Answer) answer = NULL;

      order (sandbox, kinds[i].kind);
      answer = sandbox_api (sandbox, "PUT", "Invoices", INVOICE);
      assert_status (answer, kinds[i].status);
    }
  assert_invoices (sandbox, "0");
  order (sandbox, "500");
  cleared = sandbox_send (sandbox, "DELETE", "/sandbox/faults", NULL, NULL, NULL);
  calm = sandbox_api (sandbox, "PUT", "Invoices", INVOICE);
  assert_status (calm, 200);
}

/* A path includes what is under it, another method or path is let be, and the count runs out. */
static void
test_routes (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) ordered = sandbox_control (
      sandbox, "faults",
      "{\"method\":\"GET\",\"path\":\"/api.xro/2.0/Contacts\",\"kind\":\"500\",\"count\":2}");
  g_autoptr (Answer) other = sandbox_get (sandbox, "Organisation");
  g_autoptr (Answer) write = sandbox_api (sandbox, "PUT", "Contacts", "{\"Name\":\"A\"}");
  g_autoptr (Answer) under = sandbox_get (sandbox, "Contacts/CL-1");
  g_autoptr (Answer) list = sandbox_get (sandbox, "Contacts?page=1");
  g_autoptr (Answer) after = sandbox_get (sandbox, "Contacts?page=1");
  g_autoptr (Answer) unknown
      = sandbox_send (sandbox, "POST", "/sandbox/faults", "application/json", "{\"kind\":\"flood\"}", NULL);

  assert_status (other, 200);
  assert_status (write, 200);
  assert_status (under, 500);
  assert_status (list, 500);
  assert_status (after, 200);
  assert_status (unknown, 400);
}

/* The shapes of xero-accounting 7.1: problem documents, plain text, and a JSON error of its own. */
static void
test_error_bodies (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  static const struct
  {
    const char *kind;
    const char *type;
    const char *words;
  } kinds[] = {
    { "expired-token", "application/json", "\"Detail\":\"TokenExpired: " },
    { "revoked-token", "application/json", "\"Detail\":\"AuthenticationUnsuccessful\"" },
    { "lost-scope", "application/json", "\"Detail\":\"AuthorizationUnsuccessful\"" },
    { "lost-privilege", "application/json", "\"Title\":\"Forbidden\"" },
    { "500", "application/json", "UnknownErrorException" },
    { "503", "text/plain", "The Xero API is currently offline for maintenance" },
    { "503-unavailable", "text/plain", "The Xero API is temporarily unavailable" },
    { "organisation-offline", "text/plain", "The Organisation is offline" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (Answer) answer = NULL;

      order (sandbox, kinds[i].kind);
      answer = sandbox_api (sandbox, "PUT", "Invoices", INVOICE);
      g_assert_true (
          g_str_has_prefix (soup_message_headers_get_one (answer->headers, "Content-Type"), kinds[i].type));
      g_assert_nonnull (strstr (answer->body, kinds[i].words));
    }
}

/* At the token endpoint the same orders speak OAuth. */
static void
test_dead_token_at_the_token_endpoint (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) ordered
      = sandbox_control (sandbox, "faults", "{\"path\":\"/connect/token\",\"kind\":\"revoked-token\"}");
  g_autoptr (Answer) refused = sandbox_refresh (sandbox, sandbox->refresh_token);
  g_autoptr (Answer) after = sandbox_refresh (sandbox, sandbox->refresh_token);

  assert_status (refused, 400);
  assert_text (refused, "/error", "invalid_grant");
  assert_status (after, 200); /* nothing was done */
}

static gint64
seconds_of (const char *http_date)
{
  g_autoptr (GDateTime) time = soup_date_time_new_from_http_string (http_date);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time);
}

/* Date and DateTimeUTC are off together, by as much as was ordered, and only then. */
static void
test_clock_skew (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) ordered
      = sandbox_control (sandbox, "faults", "{\"kind\":\"clock-skew\",\"seconds\":-7200}");
  g_autoptr (Answer) skewed = sandbox_get (sandbox, "Organisation");
  g_autoptr (Answer) straight = sandbox_get (sandbox, "Organisation");
  gint64 now = 1795251600; /* 2026-11-21T09:00:00Z */
  gint64 late = seconds_of (soup_message_headers_get_one (skewed->headers, "Date"));
  gint64 right = seconds_of (soup_message_headers_get_one (straight->headers, "Date"));

  assert_status (skewed, 200);
  g_assert_cmpint (ABS (late + 7200 - now), <, 30);
  g_assert_cmpint (ABS (right - now), <, 30);
  g_assert_cmpint (
      ABS (g_ascii_strtoll (answer_text (skewed, "/DateTimeUTC") + strlen ("/Date("), NULL, 10) / 1000
           - late),
      <=, 1);
}

static void
test_wrong_type (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) answer = NULL;

  order (sandbox, "wrong-type");
  answer = sandbox_api (sandbox, "PUT", "Invoices", INVOICE);
  assert_status (answer, 200);
  g_assert_true (
      g_str_has_prefix (soup_message_headers_get_one (answer->headers, "Content-Type"), "text/html"));
  assert_invoices (sandbox, "1"); /* done all the same, as by a proxy that lost the answer */
}

/* The true body, whole in the end, but over a second. */
static void
test_slow_body (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("demo");
  g_autoptr (Answer) ordered = sandbox_control (sandbox, "faults", "{\"kind\":\"slow-body\",\"seconds\":1}");
  gint64 start = g_get_monotonic_time ();
  g_autoptr (Answer) answer = sandbox_get (sandbox, "Contacts?page=1&pageSize=1000");

  assert_status (answer, 200);
  g_assert_cmpuint (answer_size (answer, "/Contacts"), >, 50);
  g_assert_cmpint (g_get_monotonic_time () - start, >, 700 * G_TIME_SPAN_MILLISECOND);
}

static void
test_huge_body (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) ordered = sandbox_control (sandbox, "faults", "{\"kind\":\"huge-body\",\"seconds\":12}");
  g_autoptr (Answer) answer = sandbox_get (sandbox, "Organisation");

  assert_status (answer, 200);
  g_assert_cmpuint (strlen (answer->body), >, 12 * 1024 * 1024);
  g_assert_null (answer->document);
}

static void
assert_header (Answer *answer, const char *name, const char *expected)
{
  g_assert_cmpstr (soup_message_headers_get_one (answer->headers, name), ==, expected);
}

static void
test_minute_limit (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) limits = sandbox_control (sandbox, "limits", "{\"minute\":2,\"day\":1000}");
  g_autoptr (Answer) first = sandbox_api (sandbox, "GET", "Organisation", NULL);
  g_autoptr (Answer) second = sandbox_api (sandbox, "GET", "Organisation", NULL);
  g_autoptr (Answer) third = sandbox_api_with (sandbox, "PUT", "Invoices", INVOICE, "Idempotency-Key", "one");
  g_autoptr (Answer) nearly = sandbox_control (sandbox, "clock", "{\"advance_seconds\":45}");
  g_autoptr (Answer) too_soon = sandbox_api (sandbox, "GET", "Organisation", NULL);
  g_autoptr (Answer) moved = sandbox_control (sandbox, "clock", "{\"advance_seconds\":15}");
  g_autoptr (Answer) fourth
      = sandbox_api_with (sandbox, "PUT", "Invoices", INVOICE, "Idempotency-Key", "one");
  const char *retry;

  assert_header (first, "X-MinLimit-Remaining", "1");
  assert_header (first, "X-DayLimit-Remaining", "999");
  assert_header (first, "X-AppMinLimit-Remaining", "9999");
  g_assert_nonnull (soup_message_headers_get_one (first->headers, "xero-correlation-id"));
  assert_header (second, "X-MinLimit-Remaining", "0");
  assert_status (third, 429);
  assert_header (third, "X-Rate-Limit-Problem", "minute");
  retry = soup_message_headers_get_one (third->headers, "Retry-After");
  g_assert_cmpint (g_ascii_strtoll (retry, NULL, 10), >, 0);
  g_assert_cmpint (g_ascii_strtoll (retry, NULL, 10), <=, 60);
  assert_status (too_soon, 429);
  assert_status (fourth, 200); /* a 429 is not replayed: it was never carried out */
}

static void
test_day_limit (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) limits = sandbox_control (sandbox, "limits", "{\"minute\":60,\"day\":2}");
  g_autoptr (Answer) first = sandbox_api (sandbox, "GET", "Organisation", NULL);
  g_autoptr (Answer) noon = sandbox_control (sandbox, "clock", "{\"advance_seconds\":43200}");
  g_autoptr (Answer) second = NULL, third = NULL, next_day = NULL, freed = NULL, again = NULL;
  gint64 retry;

  sandbox_sign_in (sandbox, SCOPES);
  second = sandbox_api (sandbox, "GET", "Organisation", NULL);
  assert_status (second, 200);
  third = sandbox_api (sandbox, "GET", "Organisation", NULL);
  assert_status (third, 429);
  assert_header (third, "X-Rate-Limit-Problem", "day");
  retry = g_ascii_strtoll (soup_message_headers_get_one (third->headers, "Retry-After"), NULL, 10);
  g_assert_cmpint (retry, >, 43000); /* until the first of them is a day old */
  g_assert_cmpint (retry, <=, 43200);

  next_day = sandbox_control (sandbox, "clock", "{\"advance_seconds\":43200}");
  sandbox_sign_in (sandbox, SCOPES);
  freed = sandbox_api (sandbox, "GET", "Organisation", NULL);
  assert_status (freed, 200);
  again = sandbox_api (sandbox, "GET", "Organisation", NULL); /* the second still counts */
  assert_status (again, 429);
}

typedef struct
{
  guint left;
  guint refused;
} Crowd;

static void
one_answered (GObject *session, GAsyncResult *result, gpointer data)
{
  Crowd *crowd = data;
  g_autoptr (GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (session), result, NULL);
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (session), result);

  crowd->left--;
  if (soup_message_get_status (message) != 429)
    return;
  crowd->refused++;
  g_assert_cmpstr (
      soup_message_headers_get_one (soup_message_get_response_headers (message), "X-Rate-Limit-Problem"), ==,
      "concurrent");
}

/* Five are held up; the sixth and the seventh are refused at once; then the way is free again. */
static void
test_concurrent (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) ordered
      = sandbox_control (sandbox, "faults", "{\"kind\":\"delay\",\"count\":5,\"seconds\":1}");
  g_autofree char *address = g_strconcat (sandbox->address, "/api.xro/2.0/Organisation", NULL);
  g_autofree char *bearer = g_strconcat ("Bearer ", sandbox->access_token, NULL);
  g_autoptr (SoupSession) session = soup_session_new_with_options ("max-conns-per-host", 10, NULL);
  g_autoptr (Answer) after = NULL;
  Crowd crowd = { 7, 0 };

  for (guint i = 0; i < 7; i++)
    {
      g_autoptr (SoupMessage) message = soup_message_new ("GET", address);
      SoupMessageHeaders *headers = soup_message_get_request_headers (message);

      soup_message_headers_replace (headers, "Authorization", bearer);
      soup_message_headers_replace (headers, "xero-tenant-id", sandbox->tenant);
      soup_message_headers_replace (headers, "Accept", "application/json");
      soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, one_answered, &crowd);
    }
  while (crowd.left > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (crowd.refused, ==, 2);
  after = sandbox_api (sandbox, "GET", "Organisation", NULL);
  assert_status (after, 200);
}

/* Xero's tiers: 5,000 a day, and 1,000 on the free one (3.1). */
static void
test_day_tiers (void)
{
  g_autoptr (Sandbox) paid = sandbox_start_signed_in ("empty");
  g_autoptr (Sandbox) starter = sandbox_start_with ("empty", "--day-limit", "1000", NULL);
  g_autoptr (Answer) of_paid = sandbox_get (paid, "Organisation");
  g_autoptr (Answer) of_starter = NULL;

  sandbox_sign_in (starter, SCOPES);
  of_starter = sandbox_get (starter, "Organisation");
  assert_header (of_paid, "X-DayLimit-Remaining", "4999");
  assert_header (of_starter, "X-DayLimit-Remaining", "999");
}

/* Beyond 10 MB a body is not read (3.1). */
static void
test_body_limit (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autofree char *body = g_strnfill (10 * 1024 * 1024 + 1, ' ');
  g_autoptr (Answer) beyond = sandbox_api (sandbox, "PUT", "Invoices", body);
  g_autoptr (Answer) at_limit = sandbox_api (sandbox, "PUT", "Invoices", body + 1);

  assert_status (beyond, 413);
  assert_status (at_limit, 400); /* read, and nothing in it */
}

/* Tokens, connections, contacts and invoices are there after a kill; the demo is made from the seed only
 * once. */
static void
test_restart (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("demo");
  g_autoptr (Answer) made = sandbox_api (sandbox, "PUT", "Invoices", INVOICE);
  g_autoptr (Answer) before = sandbox_api (sandbox, "GET", "Invoices/EX-1", NULL);
  g_autoptr (Answer) old = sandbox_api (sandbox, "GET", "Invoices/INV-0100?unitdp=4", NULL);
  g_autoptr (Answer) after = NULL, old_after = NULL, refreshed = NULL;
  g_autofree char *state = NULL;

  assert_status (made, 200);
  g_assert_true (g_file_get_contents (sandbox->state_path, &state, NULL, NULL));
  g_assert_null (strstr (state, sandbox->access_token));
  g_assert_null (strstr (state, sandbox->refresh_token));
  sandbox_kill (sandbox);
  sandbox_launch (sandbox, "demo");
  assert_invoices (sandbox, "401");
  after = sandbox_api (sandbox, "GET", "Invoices/EX-1", NULL);
  old_after = sandbox_api (sandbox, "GET", "Invoices/INV-0100?unitdp=4", NULL);
  g_assert_cmpstr (strstr (after->body, "\"Invoices\""), ==, strstr (before->body, "\"Invoices\""));
  g_assert_cmpstr (strstr (old_after->body, "\"Invoices\""), ==, strstr (old->body, "\"Invoices\""));
  refreshed = sandbox_refresh (sandbox, sandbox->refresh_token);
  assert_status (refreshed, 200);
}

static void
test_log (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) made
      = sandbox_api_with (sandbox, "PUT", "Invoices", INVOICE, "Idempotency-Key", "key-1");
  g_autoptr (Answer) log = sandbox_control (sandbox, "requests", NULL);

  assert_status (made, 200);
  g_assert_nonnull (strstr (log->body, "\"idempotency_key\":\"key-1\""));
  g_assert_null (strstr (log->body, sandbox->access_token));
  g_assert_null (strstr (log->body, sandbox->refresh_token));
  g_assert_null (strstr (log->body, VERIFIER));
}

static void
test_foreign_host (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start ("empty");
  g_autoptr (Answer) answer
      = sandbox_send (sandbox, "GET", "/sandbox/state", NULL, NULL, "Host", "evil.example", NULL);

  assert_status (answer, 403);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/faults/cut-after-leaves-one-invoice", test_cut_after);
  g_test_add_func ("/sandbox/faults/cut-after-is-replayed-by-key", test_cut_after_replay);
  g_test_add_func ("/sandbox/faults/corrected-after-has-another-total", test_corrected_after);
  g_test_add_func ("/sandbox/faults/cut-before-leaves-none", test_cut_before);
  g_test_add_func ("/sandbox/faults/half-body", test_half_body);
  g_test_add_func ("/sandbox/faults/wrong-json", test_wrong_json);
  g_test_add_func ("/sandbox/faults/hang-after-leaves-one-invoice", test_hang_after);
  g_test_add_func ("/sandbox/faults/delay", test_delay);
  g_test_add_func ("/sandbox/faults/statuses-do-no-work", test_statuses);
  g_test_add_func ("/sandbox/faults/by-route-and-count", test_routes);
  g_test_add_func ("/sandbox/faults/error-bodies", test_error_bodies);
  g_test_add_func ("/sandbox/faults/dead-token-is-invalid-grant", test_dead_token_at_the_token_endpoint);
  g_test_add_func ("/sandbox/faults/clock-skew", test_clock_skew);
  g_test_add_func ("/sandbox/faults/wrong-type", test_wrong_type);
  g_test_add_func ("/sandbox/faults/slow-body", test_slow_body);
  g_test_add_func ("/sandbox/faults/huge-body", test_huge_body);
  g_test_add_func ("/sandbox/limits/day-tiers", test_day_tiers);
  g_test_add_func ("/sandbox/limits/body-of-ten-megabytes", test_body_limit);
  g_test_add_func ("/sandbox/limits/minute", test_minute_limit);
  g_test_add_func ("/sandbox/limits/day", test_day_limit);
  g_test_add_func ("/sandbox/limits/five-at-once", test_concurrent);
  g_test_add_func ("/sandbox/state/survives-a-kill", test_restart);
  g_test_add_func ("/sandbox/control/log-holds-no-secret", test_log);
  g_test_add_func ("/sandbox/control/only-by-a-loopback-name", test_foreign_host);
  return g_test_run ();
}
