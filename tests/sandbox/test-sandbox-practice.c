/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "practice-client.h"

#include <string.h>

/* Practice Manager's door: sign-in, privilege, scopes, limits, faults and the shapes of its refusals (xpm 1,
 * 2). */

#define MISSING "You don't have access to connect any Xero Practice Manager accounts"

static char *
consent_page (Sandbox *sandbox, const char *scopes)
{
  g_autofree char *path = sandbox_authorise_path (REDIRECT_URI, scopes);
  g_autoptr (Answer) page = sandbox_send (sandbox, "GET", path, NULL, NULL, NULL);

  assert_status (page, 200);
  g_assert_null (soup_message_headers_get_one (page->headers, "Location"));
  return g_strdup (page->body);
}

static gboolean
page_has (Sandbox *sandbox, const char *scopes, const char *text)
{
  g_autofree char *page = consent_page (sandbox, scopes);

  return strstr (page, text) != NULL;
}

static void
set_privilege (Sandbox *sandbox, const char *body)
{
  g_autoptr (Answer) answer = sandbox_control (sandbox, "practice/privilege", body);
}

static void
take_privilege_of_all (Sandbox *sandbox)
{
  g_autoptr (Answer) state = sandbox_control (sandbox, "practice", NULL);

  for (gsize i = 0; i < answer_size (state, "/practices"); i++)
    {
      g_autofree char *pointer = g_strdup_printf ("/practices/%" G_GSIZE_FORMAT "/id", i);
      g_autofree char *body
          = g_strdup_printf ("{\"practice\":\"%s\",\"privilege\":\"missing\"}", answer_text (state, pointer));

      set_privilege (sandbox, body);
    }
}

static void
test_consent_words (void)
{
  g_autoptr (Sandbox) sandbox = practice_start ("empty");
  g_autofree char *page = NULL;

  take_privilege_of_all (sandbox);
  page = consent_page (sandbox, PRACTICE_SCOPES);
  g_assert_nonnull (strstr (page, MISSING));
  g_assert_null (strstr (page, "<form"));
  set_privilege (sandbox, "{\"press\":\"tick\"}");
  g_assert_false (page_has (sandbox, PRACTICE_SCOPES, MISSING));
  g_assert_true (page_has (sandbox, PRACTICE_SCOPES, "<form"));
}

static void
test_ticked_box (void)
{
  g_autoptr (Sandbox) sandbox = practice_start ("empty");

  take_privilege_of_all (sandbox);
  set_privilege (sandbox, "{\"privilege\":\"ticked\"}");
  set_privilege (sandbox, "{\"press\":\"tick\"}"); /* it is ticked already: nothing happens */
  g_assert_true (page_has (sandbox, PRACTICE_SCOPES, MISSING));
  set_privilege (sandbox, "{\"press\":\"untick\"}");
  set_privilege (sandbox, "{\"press\":\"tick\"}");
  g_assert_false (page_has (sandbox, PRACTICE_SCOPES, MISSING));
}

/* Each consent shows what its scopes are about. */
static void
test_consent_by_scopes (void)
{
  g_autoptr (Sandbox) sandbox = practice_start ("empty");
  g_autoptr (Answer) state = sandbox_control (sandbox, "practice", NULL);
  const char *practice = answer_text (state, "/practice");

  g_assert_false (page_has (sandbox, SCOPES, practice));
  g_assert_true (page_has (sandbox, PRACTICE_SCOPES, practice));
  g_assert_true (page_has (sandbox, SCOPES " practicemanager.job", practice));
  take_privilege_of_all (sandbox);
  g_assert_true (page_has (sandbox, SCOPES " practicemanager.job", MISSING));
  g_assert_true (page_has (sandbox, SCOPES " practicemanager.job", "<form"));
}

static void
test_connections (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *bearer = g_strconcat ("Bearer ", sandbox->access_token, NULL);
  g_autoptr (Answer) answer
      = sandbox_send (sandbox, "GET", "/connections", NULL, NULL, "Authorization", bearer, NULL);

  assert_status (answer, 200);
  assert_text (answer, "/0/tenantType", "PRACTICEMANAGER");
  assert_text (answer, "/0/tenantId", sandbox->tenant);
  g_assert_nonnull (strstr (answer->body, "\"tenantName\":null"));
}

/* Two practices under one login, each with its own data. */
static void
test_several_practices (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autoptr (Answer) state = sandbox_control (sandbox, "practice", NULL);
  g_autofree char *client = practice_make_client (sandbox, "Only here");
  g_autofree char *page = consent_page (sandbox, PRACTICE_SCOPES);
  g_autoptr (Answer) refused = NULL, here = practice_get (sandbox, "client.api/list");

  g_assert_cmpuint (answer_size (state, "/practices"), ==, 2);
  g_assert_nonnull (strstr (page, answer_text (state, "/practices/1/id")));
  assert_xml (here, "count(//Client)", "1");
  g_set_str (&sandbox->tenant, answer_text (state, "/practices/1/id"));
  refused = practice_get (sandbox, "client.api/list");
  assert_status (refused, 403);
}

static void
assert_problem (Answer *answer, guint status, const char *title, const char *detail)
{
  assert_status (answer, status);
  assert_text (answer, "/Title", title);
  g_assert_true (g_str_has_prefix (answer_text (answer, "/Detail"), detail));
  g_assert_nonnull (soup_message_headers_get_one (answer->headers, "xero-correlation-id"));
}

/* JSON from the gateway (xpm 1.2). */
static void
test_gateway_errors (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *tenant = g_strdup (sandbox->tenant);
  g_autofree char *token = g_strdup (sandbox->access_token);
  g_autoptr (Answer) wrong_tenant = NULL, wrong_token = NULL, lost = NULL, moved = NULL, expired = NULL;

  g_set_str (&sandbox->tenant, "0a0a0a0a-1111-4222-8333-444444444444");
  wrong_tenant = practice_get (sandbox, "staff.api/list");
  assert_problem (wrong_tenant, 403, "Forbidden", "AuthenticationUnsuccessful");
  g_set_str (&sandbox->tenant, tenant);
  g_set_str (&sandbox->access_token, "nonsense");
  wrong_token = practice_get (sandbox, "staff.api/list");
  assert_problem (wrong_token, 401, "Unauthorized", "AuthenticationUnsuccessful");
  g_assert_nonnull (soup_message_headers_get_one (wrong_token->headers, "WWW-Authenticate"));
  g_set_str (&sandbox->access_token, token);
  set_privilege (sandbox, "{\"privilege\":\"missing\"}");
  lost = practice_get (sandbox, "staff.api/list");
  assert_problem (lost, 403, "Forbidden", "AuthenticationUnsuccessful");
  set_privilege (sandbox, "{\"privilege\":\"granted\"}");
  moved = sandbox_control (sandbox, "clock", "{\"advance_seconds\":1800}");
  expired = practice_get (sandbox, "staff.api/list");
  assert_problem (expired, 401, "Unauthorized", "TokenExpired: token expired at 11/21/2026 09:30:");
}

/* Granular scopes open their family; the broad pair opens all; templates want the broad pair (xpm 2.2). */
static void
test_scopes (void)
{
  static const struct
  {
    const char *scopes;
    const char *path;
    guint status;
  } cases[] = {
    { "practicemanager.client.read", "client.api/list", 200 },
    { "practicemanager.client", "clientgroup.api/list", 200 },
    { "practicemanager.client", "job.api/current", 403 },
    { "practicemanager.job.read", "jobstate.api/list", 200 },
    { "practicemanager.staff.read", "staff.api/list", 200 },
    { "practicemanager.job", "staff.api/list", 403 },
    { "practicemanager.job practicemanager.client", "template.api/list", 403 },
    { "practicemanager.job practicemanager.client", "category.api/list", 403 },
    { "practicemanager.read", "template.api/list", 200 },
    { "practicemanager.read", "job.api/current", 200 },
    { "practicemanager", "customfield.api/definition", 200 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Sandbox) sandbox = practice_start ("empty");
      g_autoptr (Answer) answer = NULL;

      sandbox_sign_in (sandbox, cases[i].scopes);
      answer = practice_get (sandbox, "%s", cases[i].path);
      g_test_message ("%s: %s", cases[i].scopes, cases[i].path);
      assert_status (answer, cases[i].status);
    }
}

static void
test_read_scopes (void)
{
  g_autoptr (Sandbox) sandbox = practice_start ("empty");
  g_autoptr (Answer) answer = NULL;

  sandbox_sign_in (sandbox, "practicemanager.read");
  answer = practice_post (sandbox, "client.api/add", "<Client><Name>A</Name></Client>");
  assert_problem (answer, 403, "Forbidden", "AuthenticationUnsuccessful");
}

/* 429 is empty, and says when and why (xpm 1.5). */
static void
test_limits (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autoptr (Answer) set = sandbox_control (sandbox, "limits", "{\"minute\":2}");
  g_autoptr (Answer) first = practice_get (sandbox, "staff.api/list");
  g_autoptr (Answer) second = practice_get (sandbox, "staff.api/list");
  g_autoptr (Answer) third = practice_get (sandbox, "staff.api/list");

  assert_status (first, 200);
  g_assert_cmpstr (soup_message_headers_get_one (first->headers, "x-minlimit-remaining"), ==, "1");
  g_assert_nonnull (soup_message_headers_get_one (first->headers, "x-daylimit-remaining"));
  g_assert_nonnull (soup_message_headers_get_one (first->headers, "x-appminlimit-remaining"));
  assert_status (second, 200);
  assert_status (third, 429);
  g_assert_cmpstr (third->body, ==, "");
  g_assert_cmpstr (soup_message_headers_get_one (third->headers, "x-rate-limit-problem"), ==, "minute");
  g_assert_nonnull (soup_message_headers_get_one (third->headers, "retry-after"));
}

/* What is not served is refused in XML; another version is 404 (xpm 1.2). */
static void
test_unknown (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *bearer = g_strconcat ("Bearer ", sandbox->access_token, NULL);
  g_autoptr (Answer) method = practice_get (sandbox, "invoice.api/current");
  g_autoptr (Answer) verb = practice_send (sandbox, "DELETE", "job.api/add", NULL);
  g_autoptr (Answer) deep = practice_get (sandbox, "client.api/get/a/b/c/d/e/f");
  g_autoptr (Answer) old = sandbox_send (sandbox, "GET", "/practicemanager/3.0/staff.api/list", NULL, NULL,
                                         "Authorization", bearer, "xero-tenant-id", sandbox->tenant, NULL);

  assert_practice_error (method, 404, NULL);
  assert_practice_error (verb, 404, NULL);
  assert_practice_error (deep, 404, NULL);
  assert_status (old, 404);
}

/* No DTD, no entity, nothing that is not well-formed, no other root; and the process goes on. */
static void
test_bad_bodies (void)
{
  static const char *const bodies[] = {
    "",
    "x",
    "<Client>",
    "<Client><Name>A</Client>",
    "<Job><Name>A</Name></Job>",
    "{\"name\":\"A\"}",
    "<!DOCTYPE Client [<!ENTITY a \"b\">]><Client><Name>&a;</Name></Client>",
    "<!DOCTYPE Client SYSTEM \"file:///etc/passwd\"><Client><Name>A</Name></Client>",
    "<Client><Name>\x01</Name></Client>",
    "<Client><Name>\xff\xfe</Name></Client>",
  };
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autoptr (GString) nested = g_string_new (NULL);
  g_autoptr (Answer) deep = NULL, list = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (Answer) answer = practice_send (sandbox, "POST", "client.api/add", bodies[i]);

      assert_practice_error (answer, 500, NULL);
    }
  for (guint i = 0; i < 100000; i++)
    g_string_append (nested, "<Client>");
  deep = practice_send (sandbox, "POST", "client.api/add", nested->str);
  assert_practice_error (deep, 500, NULL);
  list = practice_get (sandbox, "client.api/list");
  assert_xml (list, "count(//Client)", "0");
}

static void
order (Sandbox *sandbox, const char *method, const char *path, const char *kind)
{
  g_autofree char *body = g_strdup_printf ("{\"method\":\"%s\",\"path\":\"" PRACTICE "%s\",\"kind\":\"%s\"}",
                                           method, path, kind);
  g_autoptr (Answer) answer = sandbox_control (sandbox, "faults", body);
}

static Answer *
after_fault (Sandbox *sandbox, const char *kind)
{
  order (sandbox, "POST", "client.api/add", kind);
  return practice_post (sandbox, "client.api/add", "<Client><Name>Fault</Name></Client>");
}

static void
assert_clients (Sandbox *sandbox, const char *n)
{
  g_autoptr (Answer) list = practice_get (sandbox, "client.api/list");

  assert_xml (list, "count(//Client)", n);
}

/* Every body of the reference, on order; a refusal has done no work. */
static void
test_fault_bodies (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autoptr (Answer) inside = after_fault (sandbox, "error-in-200");
  g_autoptr (Answer) conflict = after_fault (sandbox, "conflict");
  g_autoptr (Answer) unexpected = after_fault (sandbox, "500");
  g_autoptr (Answer) away = after_fault (sandbox, "503");
  g_autoptr (Answer) expired = after_fault (sandbox, "expired-token");
  g_autoptr (Answer) revoked = after_fault (sandbox, "revoked-token");
  g_autoptr (Answer) privilege = after_fault (sandbox, "lost-privilege");
  g_autoptr (Answer) limited = after_fault (sandbox, "429");

  assert_practice_error (inside, 200, NULL);
  assert_practice_error (conflict, 409, NULL);
  assert_practice_error (unexpected, 500, NULL);
  assert_status (away, 503);
  assert_text (away, "/Detail", "ServiceNotAvailable");
  assert_status (expired, 401);
  g_assert_true (g_str_has_prefix (answer_text (expired, "/Detail"), "TokenExpired"));
  assert_text (revoked, "/Detail", "AuthenticationUnsuccessful");
  assert_status (privilege, 403);
  assert_text (privilege, "/Detail", "AuthenticationUnsuccessful");
  assert_status (limited, 429);
  g_assert_cmpstr (limited->body, ==, "");
  assert_clients (sandbox, "0");
}

/* The answer is lost or spoilt; the work was done, once. */
static void
test_fault_transport (void)
{
  static const char *const done[] = { "cut-after", "half-body", "wrong-json", "wrong-type", "delay" };
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autoptr (Answer) before = after_fault (sandbox, "cut-before");

  g_assert_cmpuint (before->status, ==, 0);
  assert_clients (sandbox, "0");
  for (guint i = 0; i < G_N_ELEMENTS (done); i++)
    {
      g_autoptr (Answer) answer = after_fault (sandbox, done[i]);
      g_autofree char *status = answer_xml (answer, "/Response/Status");
      g_autofree char *n = g_strdup_printf ("%u", i + 1);

      g_assert_true (g_str_equal (done[i], "delay") == (g_strcmp0 (status, "OK") == 0));
      assert_clients (sandbox, n);
    }
}

/* Half of a list that is made while it goes out is half of all of it. */
static void
test_fault_streamed (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("500:0");
  g_autoptr (Answer) half = NULL, slow = NULL, whole = NULL;

  order (sandbox, "GET", "client.api/list", "half-body");
  half = practice_get (sandbox, "client.api/list?detailed=true");
  g_assert_cmpuint (half->status, ==, 0);
  order (sandbox, "GET", "client.api/list", "slow-body");
  slow = practice_get (sandbox, "client.api/list?detailed=true");
  whole = practice_get (sandbox, "client.api/list?detailed=true");
  assert_xml (whole, "count(//Client[UUID])", "500");
  g_assert_cmpstr (slow->body, ==, whole->body);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/practice/consent-says-so-without-privilege", test_consent_words);
  g_test_add_func ("/sandbox/practice/ticked-box-must-be-ticked-anew", test_ticked_box);
  g_test_add_func ("/sandbox/practice/consent-shows-what-scopes-are-about", test_consent_by_scopes);
  g_test_add_func ("/sandbox/practice/connection-has-no-name", test_connections);
  g_test_add_func ("/sandbox/practice/several-under-one-login", test_several_practices);
  g_test_add_func ("/sandbox/practice/gateway-errors-are-json", test_gateway_errors);
  g_test_add_func ("/sandbox/practice/scopes-granular-and-broad", test_scopes);
  g_test_add_func ("/sandbox/practice/scopes-to-read-do-not-write", test_read_scopes);
  g_test_add_func ("/sandbox/practice/limit-is-an-empty-429", test_limits);
  g_test_add_func ("/sandbox/practice/what-is-not-here", test_unknown);
  g_test_add_func ("/sandbox/practice/bad-bodies-end-nothing", test_bad_bodies);
  g_test_add_func ("/sandbox/practice/fault-bodies", test_fault_bodies);
  g_test_add_func ("/sandbox/practice/faults-of-the-socket", test_fault_transport);
  g_test_add_func ("/sandbox/practice/faults-of-a-streamed-list", test_fault_streamed);
  return g_test_run ();
}
