/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-client.h"

#include <string.h>

/* Sign-in against xero-accounting 2. */

static void
test_wrong_redirect (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start ("empty");
  static const char *const wrong[] = { "http://localhost:8743/callback", "http://localhost:8742/callback/",
                                       "http://127.0.0.1:8742/callback", "https://localhost:8742/callback" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *path = sandbox_authorise_path (wrong[i], SCOPES);
      g_autoptr (Answer) answer = sandbox_send (sandbox, "GET", path, NULL, NULL, NULL);

      g_assert_null (soup_message_headers_get_one (answer->headers, "Location"));
      g_assert_nonnull (strstr (answer->body, "Error code: 500"));
      g_assert_nonnull (strstr (answer->body, "unauthorized_client : Invalid redirect_uri"));
    }
}

static void
test_refused (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start ("empty");
  g_autofree char *location = sandbox_consent (sandbox, SCOPES, "cancel");

  g_assert_nonnull (strstr (location, "error=access_denied"));
  g_assert_nonnull (strstr (location, "state=a%20b%26c"));
}

static void
test_unknown_scope (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start ("empty");
  g_autofree char *path = sandbox_authorise_path (REDIRECT_URI, "openid accounting.everything");
  g_autoptr (Answer) answer = sandbox_send (sandbox, "GET", path, NULL, NULL, NULL);

  g_assert_nonnull (strstr (answer->body, "invalid_scope"));
}

static void
test_wrong_verifier (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start ("empty");
  g_autofree char *code = sandbox_take_code (sandbox, SCOPES);
  g_autoptr (Answer) wrong = sandbox_exchange (sandbox, code, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXX");
  g_autoptr (Answer) late = NULL;

  assert_status (wrong, 400);
  assert_text (wrong, "/error", "invalid_grant");
  late = sandbox_exchange (sandbox, code, VERIFIER); /* a guess costs the code */
  assert_status (late, 400);
}

static void
test_code_once (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start ("empty");
  g_autofree char *code = sandbox_take_code (sandbox, SCOPES);
  g_autoptr (Answer) first = sandbox_exchange (sandbox, code, VERIFIER);
  g_autoptr (Answer) second = sandbox_exchange (sandbox, code, VERIFIER);

  assert_status (first, 200);
  assert_text (first, "/expires_in", "1800");
  assert_text (first, "/token_type", "Bearer");
  assert_status (second, 400);
  assert_text (second, "/error", "invalid_grant");
}

static void
test_code_brief (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start ("empty");
  g_autofree char *quick = sandbox_take_code (sandbox, SCOPES);
  g_autofree char *code = NULL;
  g_autoptr (Answer) in_time = NULL, moved = NULL, answer = NULL;
  g_autoptr (Answer) waited = sandbox_control (sandbox, "clock", "{\"advance_seconds\":270}");

  in_time = sandbox_exchange (sandbox, quick, VERIFIER);
  assert_status (in_time, 200);
  code = sandbox_take_code (sandbox, SCOPES);
  moved = sandbox_control (sandbox, "clock", "{\"advance_seconds\":301}");
  answer = sandbox_exchange (sandbox, code, VERIFIER);
  assert_text (answer, "/error", "invalid_grant");
}

static void
test_offline_access (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start ("empty");
  g_autofree char *code = sandbox_take_code (sandbox, "accounting.contacts");
  g_autoptr (Answer) answer = sandbox_exchange (sandbox, code, VERIFIER);
  g_autofree char *with_name = sandbox_take_code (sandbox, "openid profile accounting.contacts");
  g_autoptr (Answer) named = sandbox_exchange (sandbox, with_name, VERIFIER);

  assert_status (answer, 200);
  g_assert_null (answer_text (answer, "/refresh_token"));
  g_assert_null (answer_text (answer, "/id_token"));
  assert_status (named, 200);
  g_assert_null (answer_text (named, "/refresh_token"));
  g_assert_nonnull (answer_text (named, "/id_token"));
}

static void
test_rotation_and_grace (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) first = sandbox_refresh (sandbox, sandbox->refresh_token);
  g_autoptr (Answer) again = NULL, moved = NULL, in_time = NULL, later = NULL, late = NULL, newer = NULL;

  assert_status (first, 200);
  g_assert_cmpstr (answer_text (first, "/refresh_token"), !=, sandbox->refresh_token);
  again = sandbox_refresh (sandbox, sandbox->refresh_token); /* the answer was lost */
  assert_status (again, 200);
  moved = sandbox_control (sandbox, "clock", "{\"advance_seconds\":1770}");
  in_time = sandbox_refresh (sandbox, sandbox->refresh_token);
  assert_status (in_time, 200);
  later = sandbox_control (sandbox, "clock", "{\"advance_seconds\":31}");
  late = sandbox_refresh (sandbox, sandbox->refresh_token);
  assert_status (late, 400);
  assert_text (late, "/error", "invalid_grant");
  newer = sandbox_refresh (sandbox, answer_text (in_time, "/refresh_token"));
  assert_status (newer, 200);
}

/* Each use gives another sixty. */
static void
test_sixty_days (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) nearly = sandbox_control (sandbox, "clock", "{\"advance_seconds\":5183900}");
  g_autoptr (Answer) used = sandbox_refresh (sandbox, sandbox->refresh_token);
  g_autoptr (Answer) moved = sandbox_control (sandbox, "clock", "{\"advance_seconds\":5184060}");
  g_autoptr (Answer) answer = sandbox_refresh (sandbox, answer_text (used, "/refresh_token"));

  assert_status (used, 200);
  assert_text (answer, "/error", "invalid_grant");
}

static void
test_expired (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) nearly = sandbox_control (sandbox, "clock", "{\"advance_seconds\":1770}");
  g_autoptr (Answer) in_time = sandbox_api (sandbox, "GET", "Organisation", NULL);
  g_autoptr (Answer) moved = sandbox_control (sandbox, "clock", "{\"advance_seconds\":30}");
  g_autoptr (Answer) answer = sandbox_api (sandbox, "GET", "Organisation", NULL);

  assert_status (in_time, 200);
  assert_status (answer, 401);
  g_assert_true (
      g_str_has_prefix (answer_text (answer, "/Detail"), "TokenExpired: token expired at 11/21/2026 09:30:"));
}

static void
test_tenant (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autofree char *bearer = g_strconcat ("Bearer ", sandbox->access_token, NULL);
  g_autoptr (Answer) list
      = sandbox_send (sandbox, "GET", "/connections", NULL, NULL, "Authorization", bearer, NULL);
  g_autofree char *path = g_strconcat ("/connections/", answer_text (list, "/0/id"), NULL);
  g_autoptr (Answer) removed
      = sandbox_send (sandbox, "DELETE", path, NULL, NULL, "Authorization", bearer, NULL);
  g_autoptr (Answer) lost = sandbox_api (sandbox, "GET", "Organisation", NULL);
  g_autoptr (Answer) answer = NULL;

  assert_status (removed, 204);
  assert_status (lost, 403);
  assert_text (lost, "/Detail", "AuthenticationUnsuccessful");
  g_set_str (&sandbox->tenant, "00000000-0000-0000-0000-000000000001");
  answer = sandbox_api (sandbox, "GET", "Organisation", NULL);
  assert_status (answer, 403);
  assert_text (answer, "/Detail", "AuthenticationUnsuccessful");
}

static void
test_scope (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start ("empty");
  g_autoptr (Answer) read = NULL, write = NULL, other = NULL;

  sandbox_sign_in (sandbox, "accounting.contacts.read");
  read = sandbox_api (sandbox, "GET", "Contacts", NULL);
  assert_status (read, 200);
  write = sandbox_api (sandbox, "PUT", "Contacts", "{\"Contacts\":[{\"Name\":\"A\"}]}");
  assert_status (write, 401);
  assert_text (write, "/Detail", "AuthorizationUnsuccessful");
  g_assert_nonnull (
      strstr (soup_message_headers_get_one (write->headers, "WWW-Authenticate"), "insufficient_scope"));
  other = sandbox_api (sandbox, "GET", "Invoices", NULL);
  assert_status (other, 401);
}

/* Xero speaks XML to who does not ask for JSON. */
static void
test_accept (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autofree char *bearer = g_strconcat ("Bearer ", sandbox->access_token, NULL);
  g_autoptr (Answer) answer = sandbox_send (sandbox, "GET", "/api.xro/2.0/Organisation", NULL, NULL,
                                            "Authorization", bearer, "xero-tenant-id", sandbox->tenant, NULL);

  assert_status (answer, 200);
  g_assert_true (g_str_has_prefix (answer->body, "<Response"));
}

/* Nothing of what comes in may end the process. */
static void
test_nonsense (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("demo");
  static const char *const bodies[] = {
    "",
    "[]",
    "null",
    "7",
    "{}",
    "{\"Invoices\":{}}",
    "{\"Invoices\":[null,7,[]]}",
    "{\"Contacts\":\"x\"}",
    "{\"Type\":7}",
    "{\"Invoices\":[{\"LineItems\":[7,null]}]}",
    "{\"Invoices\":[{\"Contact\":[]}]}",
    "{\"Type\":\"ACCREC\",\"Contact\":{\"Name\":\"a\"},\"LineItems\":[{\"Description\":\"x\",\"Quantity\":"
    "1e9}]}",
    "{\"Type\":\"ACCREC\",\"Contact\":{\"Name\":\"a\"},\"LineItems\":[{\"Quantity\":99999999999999999999}]}",
  };
  static const char *const paths[] = { "Invoices",
                                       "Contacts",
                                       "Invoices/INV-0001",
                                       "Contacts/%00",
                                       "Invoices/a/b/c",
                                       "Invoices?where=%22",
                                       "Contacts?where=Name%3D%3D%22",
                                       "Invoices?order=%2C",
                                       "Invoices?page=-9&pageSize=x",
                                       "Payments?where=Date%3EDateTime(1)",
                                       "Payments",
                                       "Payments/x",
                                       "CreditNotes",
                                       "CreditNotes/CN-0001/Allocations",
                                       "CreditNotes/CN-0006/Allocations/x",
                                       "Overpayments/x/Allocations",
                                       "Invoices/INV-0001/History",
                                       "TrackingCategories/x/Options",
                                       "RepeatingInvoices/x",
                                       "Organisation/Actions/x",
                                       "%2F",
                                       "" };

  g_autoptr (Answer) limits = sandbox_control (sandbox, "limits", "{\"minute\":100000,\"day\":100000}");
  g_autoptr (Answer) alive = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (Answer) read = sandbox_api (sandbox, "GET", paths[i], NULL);

      g_assert_cmpuint (read->status, !=, 0);
      for (guint j = 0; j < G_N_ELEMENTS (bodies); j++)
        {
          g_autoptr (Answer) put = sandbox_api (sandbox, "PUT", paths[i], bodies[j]);
          g_autoptr (Answer) post = sandbox_api (sandbox, "POST", paths[i], bodies[j]);

          g_assert_cmpuint (put->status, !=, 0);
          g_assert_cmpuint (post->status, !=, 0);
        }
    }
  for (guint j = 0; j < G_N_ELEMENTS (bodies); j++)
    {
      g_autoptr (Answer) token
          = sandbox_send (sandbox, "POST", "/connect/token", "text/plain", bodies[j], NULL);
      g_autoptr (Answer) fault
          = sandbox_send (sandbox, "POST", "/sandbox/faults", "text/plain", bodies[j], NULL);

      assert_status (token, 400);
      assert_status (fault, 400);
    }
  alive = sandbox_api (sandbox, "GET", "Organisation", NULL);
  assert_status (alive, 200);
}

static Answer *
get_connections (Sandbox *sandbox)
{
  g_autofree char *bearer = g_strconcat ("Bearer ", sandbox->access_token, NULL);

  return sandbox_send (sandbox, "GET", "/connections", NULL, NULL, "Authorization", bearer, NULL);
}

static void
test_connections (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) list = get_connections (sandbox);
  g_autofree char *bearer = g_strconcat ("Bearer ", sandbox->access_token, NULL);
  g_autofree char *path = g_strconcat ("/connections/", answer_text (list, "/0/id"), NULL);
  g_autoptr (Answer) removed = NULL, twice = NULL, after = NULL;

  assert_text (list, "/0/tenantId", sandbox->tenant);
  assert_text (list, "/0/tenantType", "ORGANISATION");
  g_assert_true (g_regex_match_simple ("^2026-11-21T09:00:0[0-9]\\.[0-9]{7}$",
                                       answer_text (list, "/0/createdDateUtc"), 0, 0));
  removed = sandbox_send (sandbox, "DELETE", path, NULL, NULL, "Authorization", bearer, NULL);
  assert_status (removed, 204);
  g_assert_cmpstr (soup_message_headers_get_one (removed->headers, "Connection"), ==, "close");
  twice = sandbox_send (sandbox, "DELETE", path, NULL, NULL, "Authorization", bearer, NULL);
  assert_status (twice, 404);
  after = sandbox_api (sandbox, "GET", "Organisation",
                       NULL); /* the token lives, the organisation is out of reach */
  assert_status (after, 403);
}

/* Scopes add up over consents, and cannot be narrowed by asking for less (2.4). */
static void
test_scopes_add_up (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start ("empty");
  g_autoptr (Answer) before = NULL, after = NULL;

  sandbox_sign_in (sandbox, "accounting.contacts.read");
  before = sandbox_api (sandbox, "GET", "Invoices", NULL);
  assert_status (before, 401);
  sandbox_sign_in (sandbox, "accounting.invoices.read");
  after = sandbox_api (sandbox, "GET", "Contacts", NULL);
  assert_status (after, 200);
}

/* A second consent to the same organisation renews the connection; authEventId tells whose it was (2.6). */
static void
test_by_consent (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) first = get_connections (sandbox);
  g_autoptr (Answer) second = NULL, by_old = NULL, by_new = NULL;
  g_autofree char *old_path
      = g_strconcat ("/connections?authEventId=", answer_text (first, "/0/authEventId"), NULL);
  g_autofree char *new_path = NULL, *bearer = NULL;

  sandbox_sign_in (sandbox, SCOPES);
  second = get_connections (sandbox);
  bearer = g_strconcat ("Bearer ", sandbox->access_token, NULL);
  g_assert_cmpuint (answer_size (second, ""), ==, 1);
  assert_text (second, "/0/id", answer_text (first, "/0/id"));
  g_assert_cmpstr (answer_text (second, "/0/authEventId"), !=, answer_text (first, "/0/authEventId"));
  new_path = g_strconcat ("/connections?authEventId=", answer_text (second, "/0/authEventId"), NULL);
  by_old = sandbox_send (sandbox, "GET", old_path, NULL, NULL, "Authorization", bearer, NULL);
  by_new = sandbox_send (sandbox, "GET", new_path, NULL, NULL, "Authorization", bearer, NULL);
  g_assert_cmpuint (answer_size (by_old, ""), ==, 0);
  g_assert_cmpuint (answer_size (by_new, ""), ==, 1);
}

static void
test_revocation (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autofree char *form = soup_form_encode ("client_id", CLIENT_ID, "token", sandbox->refresh_token, NULL);
  g_autoptr (Answer) revoked = sandbox_send (sandbox, "POST", "/connect/revocation",
                                             "application/x-www-form-urlencoded", form, NULL);
  g_autoptr (Answer) refreshed = sandbox_refresh (sandbox, sandbox->refresh_token);
  g_autoptr (Answer) state = sandbox_control (sandbox, "state", NULL);

  assert_status (revoked, 200);
  assert_text (refreshed, "/error", "invalid_grant");
  assert_text (state, "/tokens/connections", "0");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/authorise/redirect-must-match-exactly", test_wrong_redirect);
  g_test_add_func ("/sandbox/authorise/refusal-comes-back-with-state", test_refused);
  g_test_add_func ("/sandbox/authorise/unknown-scope-is-refused", test_unknown_scope);
  g_test_add_func ("/sandbox/token/wrong-verifier-is-invalid-grant", test_wrong_verifier);
  g_test_add_func ("/sandbox/token/code-works-once", test_code_once);
  g_test_add_func ("/sandbox/token/code-is-brief", test_code_brief);
  g_test_add_func ("/sandbox/token/no-refresh-token-without-offline-access", test_offline_access);
  g_test_add_func ("/sandbox/token/refresh-rotates-with-30-minutes-grace", test_rotation_and_grace);
  g_test_add_func ("/sandbox/token/refresh-token-dies-after-60-days", test_sixty_days);
  g_test_add_func ("/sandbox/token/access-ends-after-1800-seconds", test_expired);
  g_test_add_func ("/sandbox/door/unknown-tenant-is-403", test_tenant);
  g_test_add_func ("/sandbox/door/missing-scope-is-401", test_scope);
  g_test_add_func ("/sandbox/door/xml-unless-json-is-asked-for", test_accept);
  g_test_add_func ("/sandbox/door/nonsense-ends-nothing", test_nonsense);
  g_test_add_func ("/sandbox/connections/list-and-delete", test_connections);
  g_test_add_func ("/sandbox/token/scopes-add-up", test_scopes_add_up);
  g_test_add_func ("/sandbox/connections/by-consent", test_by_consent);
  g_test_add_func ("/sandbox/connections/revocation-removes-them", test_revocation);
  return g_test_run ();
}
