/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "practice-client.h"

#include <string.h>

/* What is not certain of Practice Manager (xpm 10 and the places tagged there): each assumption on, and off.
 */

static gboolean
may_consent (Sandbox *sandbox, const char *scopes)
{
  g_autofree char *path = sandbox_authorise_path (REDIRECT_URI, scopes);
  g_autoptr (Answer) page = sandbox_send (sandbox, "GET", path, NULL, NULL, NULL);

  return strstr (page->body, "invalid_scope") == NULL;
}

static void
test_pkce (void)
{
  g_autoptr (Sandbox) sandbox = practice_start ("empty");

  g_assert_true (may_consent (sandbox, "practicemanager.job"));
  sandbox_assume (sandbox, "practice-scopes-by-pkce", FALSE);
  g_assert_false (may_consent (sandbox, "practicemanager.job"));
  g_assert_true (may_consent (sandbox, SCOPES));
}

static void
test_broad (void)
{
  g_autoptr (Sandbox) sandbox = practice_start ("empty");

  g_assert_true (may_consent (sandbox, "practicemanager.read"));
  sandbox_assume (sandbox, "broad-practice-scopes", FALSE);
  g_assert_false (may_consent (sandbox, "practicemanager.read"));
  g_assert_false (may_consent (sandbox, "practicemanager"));
  g_assert_true (may_consent (sandbox, "practicemanager.job"));
}

static void
test_granular_templates (void)
{
  g_autoptr (Sandbox) sandbox = practice_start ("empty");
  g_autoptr (Answer) off = NULL, on = NULL, fields = NULL;

  sandbox_sign_in (sandbox, PRACTICE_GRANULAR);
  off = practice_get (sandbox, "template.api/list");
  assert_status (off, 403);
  sandbox_assume (sandbox, "granular-scopes-list-templates", TRUE);
  on = practice_get (sandbox, "template.api/list");
  fields = practice_get (sandbox, "customfield.api/definition");
  assert_ok (on);
  assert_status (fields, 403);
}

static void
test_missing_scope (void)
{
  g_autoptr (Sandbox) sandbox = practice_start ("empty");
  g_autoptr (Answer) on = NULL, off = NULL;

  sandbox_sign_in (sandbox, "practicemanager.client");
  on = practice_get (sandbox, "job.api/current");
  assert_status (on, 403);
  sandbox_assume (sandbox, "practice-missing-scope-is-403", FALSE);
  off = practice_get (sandbox, "job.api/current");
  assert_status (off, 401);
  assert_text (off, "/Detail", "AuthorizationUnsuccessful");
  g_assert_nonnull (
      strstr (soup_message_headers_get_one (off->headers, "WWW-Authenticate"), "insufficient_scope"));
}

static void
test_lost_privilege (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autoptr (Answer) lost = sandbox_control (sandbox, "practice/privilege", "{\"privilege\":\"missing\"}");
  g_autoptr (Answer) on = practice_get (sandbox, "staff.api/list");
  g_autoptr (Answer) off = NULL;

  assert_status (on, 403);
  assert_text (on, "/Title", "Forbidden");
  sandbox_assume (sandbox, "lost-privilege-is-json", FALSE);
  off = practice_get (sandbox, "staff.api/list");
  assert_practice_error (off, 403, NULL);
}

static void
test_name (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *bearer = g_strconcat ("Bearer ", sandbox->access_token, NULL);
  g_autoptr (Answer) on
      = sandbox_send (sandbox, "GET", "/connections", NULL, NULL, "Authorization", bearer, NULL);
  g_autoptr (Answer) off = NULL;

  g_assert_null (answer_text (on, "/0/tenantName"));
  sandbox_assume (sandbox, "practice-has-no-name", FALSE);
  off = sandbox_send (sandbox, "GET", "/connections", NULL, NULL, "Authorization", bearer, NULL);
  assert_text (off, "/0/tenantName", "Kauri & Co Accountants (Demo)");
}

static Answer *
send_typed (Sandbox *sandbox, const char *method, const char *path, const char *type, const char *body)
{
  g_autofree char *bearer = g_strconcat ("Bearer ", sandbox->access_token, NULL);

  return sandbox_send (sandbox, method, path, type, body, "Authorization", bearer, "xero-tenant-id",
                       sandbox->tenant, NULL);
}

static void
test_version (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autoptr (Answer) off = send_typed (sandbox, "GET", "/practicemanager/v3.1/staff.api/list", NULL, NULL);
  g_autoptr (Answer) on = NULL;

  assert_status (off, 404);
  sandbox_assume (sandbox, "practice-version-with-v", TRUE);
  on = send_typed (sandbox, "GET", "/practicemanager/v3.1/staff.api/list", NULL, NULL);
  assert_ok (on);
}

static void
test_content_type (void)
{
  const char *body = "<Client><Name>A</Name></Client>";
  const char *form = "application/x-www-form-urlencoded";
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autoptr (Answer) on = send_typed (sandbox, "POST", PRACTICE "client.api/add", form, body);
  g_autoptr (Answer) off = NULL, xml = NULL;

  assert_ok (on);
  sandbox_assume (sandbox, "practice-takes-any-content-type", FALSE);
  off = send_typed (sandbox, "POST", PRACTICE "client.api/add", form, body);
  xml = send_typed (sandbox, "POST", PRACTICE "client.api/add", "application/xml; charset=utf-8", body);
  assert_practice_error (off, 415, NULL);
  assert_ok (xml);
}

static void
test_limit_headers (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autoptr (Answer) on = practice_get (sandbox, "staff.api/list");
  g_autoptr (Answer) off = NULL, set = NULL, limited = NULL;

  g_assert_nonnull (soup_message_headers_get_one (on->headers, "x-minlimit-remaining"));
  sandbox_assume (sandbox, "practice-limit-headers", FALSE);
  off = practice_get (sandbox, "staff.api/list");
  set = sandbox_control (sandbox, "limits", "{\"minute\":1}");
  limited = practice_get (sandbox, "staff.api/list");
  g_assert_null (soup_message_headers_get_one (off->headers, "x-minlimit-remaining"));
  assert_status (limited, 429);
  g_assert_nonnull (soup_message_headers_get_one (limited->headers, "retry-after"));
}

static void
test_left_out (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *id = practice_make_client (sandbox, "A");
  g_autoptr (Answer) off = practice_get (sandbox, "client.api/get/%s", id);
  g_autoptr (Answer) on = NULL;

  g_assert_nonnull (strstr (off->body, "<Email></Email>")); /* both spellings of nothing occur */
  g_assert_nonnull (strstr (off->body, "<Region />"));
  sandbox_assume (sandbox, "empty-elements-left-out", TRUE);
  on = practice_get (sandbox, "client.api/get/%s", id);
  assert_xml (on, "count(//Email) + count(//Region) + count(//Contacts) + count(//BillingClient)", "0");
  assert_xml (on, "string(//Client/Name)", "A");
}

static char *
make_prospect (Sandbox *sandbox)
{
  g_autoptr (Answer) made
      = sandbox_control (sandbox, "practice/clients", "{\"Name\":\"Lead\",\"IsProspect\":true}");

  return g_strdup (answer_text (made, "/id"));
}

static Answer *
promote (Sandbox *sandbox, const char *id)
{
  return practice_put (sandbox, "client.api/update",
                       "<Client><UUID>%s</UUID><Name>Lead</Name><IsProspect>No</IsProspect></Client>", id);
}

static void
test_prospects_shown (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *id = make_prospect (sandbox);
  g_autoptr (Answer) on = practice_get (sandbox, "client.api/get/%s", id);
  g_autoptr (Answer) off = NULL, paged = NULL;

  assert_xml (on, "string(//IsProspect)", "Yes");
  sandbox_assume (sandbox, "prospects-are-shown", FALSE);
  off = practice_get (sandbox, "client.api/list");
  paged = practice_get (sandbox, "client.api/paged-list");
  assert_xml (off, "count(//IsProspect)", "0");
  assert_xml (paged, "count(//IsProspect)", "0");
}

/* K-13: written, answered OK, and perhaps not kept. */
static void
test_promotion (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *first = make_prospect (sandbox);
  g_autofree char *second = make_prospect (sandbox);
  g_autoptr (Answer) on = promote (sandbox, first);
  g_autoptr (Answer) off = NULL, truth = NULL;

  assert_ok (on);
  assert_xml (on, "string(//IsProspect)", "No");
  sandbox_assume (sandbox, "prospects-are-promoted", FALSE);
  off = promote (sandbox, second);
  truth = practice_control (sandbox, NULL, "practice/clients/%s", second);
  assert_ok (off);
  assert_xml (off, "string(//IsProspect)", "Yes");
  assert_text (truth, "/prospect", "true");
}

static char *
make_full (Sandbox *sandbox)
{
  g_autofree char *staff = practice_staff (sandbox, 0);
  g_autoptr (Answer) made = practice_post (
      sandbox, "client.api/add",
      "<Client><Name>A</Name><Phone>1</Phone><JobManagerUUID>%s</JobManagerUUID></Client>", staff);

  return answer_xml (made, "string(//Client/UUID)");
}

static Answer *
update_with (Sandbox *sandbox, const char *id, const char *more)
{
  return practice_put (sandbox, "client.api/update", "<Client><UUID>%s</UUID><Name>A</Name>%s</Client>", id,
                       more);
}

static void
test_omitted (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *id = make_full (sandbox);
  g_autoptr (Answer) on = update_with (sandbox, id, "");
  g_autoptr (Answer) off = NULL;

  assert_xml (on, "string(//Client/Phone)", "1");
  sandbox_assume (sandbox, "omitted-elements-keep", FALSE);
  off = update_with (sandbox, id, "");
  assert_xml (off, "string(//Client/Phone)", "");
  assert_xml (off, "count(//JobManager/UUID)", "0");
}

static void
test_empty (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *first = make_full (sandbox);
  g_autofree char *second = make_full (sandbox);
  g_autoptr (Answer) on = update_with (sandbox, first, "<Phone /><JobManagerUUID />");
  g_autoptr (Answer) off = NULL;

  assert_xml (on, "string(//Client/Phone)", "");
  assert_xml (on, "count(//JobManager/UUID)", "0");
  sandbox_assume (sandbox, "empty-elements-clear", FALSE);
  off = update_with (sandbox, second, "<Phone></Phone><JobManagerUUID />");
  assert_xml (off, "string(//Client/Phone)", "1");
  assert_xml (off, "count(//JobManager/UUID)", "1");
}

static void
test_parts (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *id = practice_make_client (sandbox, "A");
  g_autoptr (Answer) moved = sandbox_control (sandbox, "clock", "{\"now\":\"2026-11-21T09:10:00\"}");
  g_autofree char *body
      = g_strdup_printf ("<Contact><Client><UUID>%s</UUID></Client><Name>B</Name></Contact>", id);
  g_autoptr (Answer) off_made = NULL, off = NULL, on_made = NULL, on = NULL;

  sandbox_assume (sandbox, "modified-since-sees-parts", FALSE);
  off_made = practice_send (sandbox, "POST", "client.api/contact", body);
  off = practice_get (sandbox, "client.api/list?modifiedsince=2026-11-21T09:10:00");
  sandbox_assume (sandbox, "modified-since-sees-parts", TRUE);
  on_made = practice_send (sandbox, "POST", "client.api/contact", body);
  on = practice_get (sandbox, "client.api/list?modifiedsince=2026-11-21T09:10:00");
  assert_ok (off_made);
  assert_xml (off, "count(//Clients/Client)", "0");
  assert_xml (on, "count(//Clients/Client)", "1");
}

static void
test_plain_list (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("demo");
  g_autoptr (Answer) on = practice_get (sandbox, "client.api/list");
  g_autoptr (Answer) off = NULL, detailed = NULL;

  assert_xml (on, "count(//Contacts/Contact) > 0 and count(//TaxNumber) > 0 and count(//Notes) = 0", "true");
  sandbox_assume (sandbox, "plain-list-has-contacts", FALSE);
  off = practice_get (sandbox, "client.api/list");
  detailed = practice_get (sandbox, "client.api/list?detailed=true");
  assert_xml (off, "count(//Contacts) + count(//TaxNumber)", "0");
  assert_xml (detailed, "count(//Contacts/Contact) > 0", "true");
}

static void
test_paged_numbers (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("demo");
  g_autoptr (Answer) on = practice_get (sandbox, "client.api/paged-list");
  g_autoptr (Answer) off = NULL;

  assert_xml (on, "count(//BusinessNumber) > 0", "true");
  sandbox_assume (sandbox, "paged-list-has-numbers", FALSE);
  off = practice_get (sandbox, "client.api/paged-list");
  assert_xml (off, "count(//BusinessNumber)", "0");
}

static void
test_paging_address (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("demo");
  g_autoptr (Answer) on = practice_get (sandbox, "client.api/paged-list?pageSize=5");
  g_autoptr (Answer) off = NULL;
  g_autofree char *broken = NULL;

  assert_xml (on, "contains(//Next, '&pageSize=5')", "true");
  sandbox_assume (sandbox, "paging-address-is-escaped", FALSE);
  off = practice_get (sandbox, "client.api/paged-list?pageSize=5");
  broken = answer_xml (off, "string(//Next)");
  g_assert_null (broken);
  g_assert_nonnull (strstr (off->body, "&pageSize=5</Next>"));
}

static void
test_web_address (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("demo");
  g_autoptr (Answer) off = practice_get (sandbox, "client.api/list");
  g_autoptr (Answer) on = NULL;

  assert_xml (off, "count(//WebUrl)", "0");
  sandbox_assume (sandbox, "lists-have-web-address", TRUE);
  on = practice_get (sandbox, "client.api/list");
  assert_xml (on, "count(//Client/WebUrl)", "30");
}

static void
test_search_numbers (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *id = practice_make_client (sandbox, "A");
  g_autoptr (Answer) got = practice_get (sandbox, "client.api/get/%s", id);
  g_autofree char *number
      = answer_xml (got, "substring-before(substring-after(//WebUrl, '/Client/'), '/Detail')");
  g_autoptr (Answer) off = practice_get (sandbox, "client.api/search?query=%s", number);
  g_autoptr (Answer) on = NULL;

  assert_xml (off, "count(//Client)", "0");
  sandbox_assume (sandbox, "search-finds-numbers", TRUE);
  on = practice_get (sandbox, "client.api/search?query=%s", number);
  assert_xml (on, "count(//Client)", "1");
}

static void
test_balance_month (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autoptr (Answer) on = practice_post (sandbox, "client.api/add",
                                         "<Client><Name>A</Name><BalanceMonth>3</BalanceMonth></Client>");
  g_autofree char *id = answer_xml (on, "string(//Client/UUID)");
  g_autoptr (Answer) off = NULL;

  assert_xml (on, "string(//BalanceMonth)", "3");
  sandbox_assume (sandbox, "balance-month-is-number", FALSE);
  off = practice_get (sandbox, "client.api/get/%s", id);
  assert_xml (off, "string(//BalanceMonth)", "Mar");
}

static void
test_states (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autoptr (Answer) on = practice_get (sandbox, "jobstate.api/list");
  g_autoptr (Answer) off = NULL;

  assert_xml (on, "count(/Response/JobStates/JobState[UUID and Name])", "5");
  sandbox_assume (sandbox, "job-states-as-described", FALSE);
  off = practice_get (sandbox, "jobstate.api/list");
  assert_xml (off, "count(/Response/StateList/State[UUID and Name])", "5");
}

static void
test_window (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autoptr (Answer) on = practice_get (sandbox, "job.api/list");
  g_autoptr (Answer) off = NULL;

  assert_practice_error (on, 400, NULL);
  sandbox_assume (sandbox, "job-window-is-400", FALSE);
  off = practice_get (sandbox, "job.api/list");
  assert_practice_error (off, 200, NULL);
}

static void
test_taken_number (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *client = practice_make_client (sandbox, "A");
  g_autofree char *first = practice_make_job (sandbox, client, "<ID>X1</ID>");
  g_autofree char *other = NULL;
  g_autoptr (Answer) on = practice_post (sandbox, "job.api/add",
                                         "<Job><ID>X1</ID><Name>A</Name><ClientUUID>%s</ClientUUID>"
                                         "<StartDate>20260701</StartDate><DueDate>20260930</DueDate></Job>",
                                         client);

  assert_practice_error (on, 200, NULL);
  sandbox_assume (sandbox, "taken-job-number-is-refused", FALSE);
  other = practice_make_job (sandbox, client, "<ID>X1</ID>");
  g_assert_cmpstr (other, ==, "J000001");
}

static void
test_assign (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *client = practice_make_client (sandbox, "A");
  g_autofree char *job = practice_make_job (sandbox, client, "");
  g_autofree char *staff = practice_staff (sandbox, 0);
  g_autofree char *body
      = g_strdup_printf ("<Job><ID>%s</ID><add uuid=\"%s\"/><add uuid=\"x\"/></Job>", job, staff);
  g_autoptr (Answer) on = practice_send (sandbox, "PUT", "job.api/assign", body);
  g_autoptr (Answer) after_on = practice_get (sandbox, "job.api/get/%s", job);
  g_autoptr (Answer) off = NULL, after_off = NULL;

  assert_practice_error (on, 200, NULL);
  assert_xml (after_on, "count(//Assigned/Staff)", "0");
  sandbox_assume (sandbox, "assign-is-all-or-nothing", FALSE);
  off = practice_send (sandbox, "PUT", "job.api/assign", body);
  after_off = practice_get (sandbox, "job.api/get/%s", job);
  assert_practice_error (off, 200, NULL);
  assert_xml (after_off, "count(//Assigned/Staff)", "1");
}

static void
test_task_update (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *client = practice_make_client (sandbox, "A");
  g_autofree char *template = practice_template (sandbox, "Payroll Run");
  g_autofree char *with = g_strdup_printf ("<TemplateUUID>%s</TemplateUUID>", template);
  g_autofree char *job = practice_make_job (sandbox, client, with);
  g_autoptr (Answer) read = practice_get (sandbox, "job.api/get/%s", job);
  g_autofree char *task = answer_xml (read, "string(//Task[1]/UUID)");
  g_autofree char *by_uuid = g_strdup_printf ("<Task><UUID>%s</UUID><Label>B</Label></Task>", task);
  g_autofree char *by_task = g_strdup_printf ("<Task><TaskUUID>%s</TaskUUID><Label>C</Label></Task>", task);
  g_autoptr (Answer) on = practice_send (sandbox, "PUT", "job.api/task", by_uuid);
  g_autoptr (Answer) on_other = practice_send (sandbox, "PUT", "job.api/task", by_task);
  g_autoptr (Answer) off = NULL, off_other = NULL;

  assert_ok (on);
  assert_practice_error (on_other, 200, "Invalid task identifier");
  sandbox_assume (sandbox, "task-update-by-uuid", FALSE);
  off = practice_send (sandbox, "PUT", "job.api/task", by_task);
  off_other = practice_send (sandbox, "PUT", "job.api/task", by_uuid);
  assert_ok (off);
  assert_practice_error (off_other, 200, "Invalid task identifier");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/assume/practice-scopes-by-pkce", test_pkce);
  g_test_add_func ("/sandbox/assume/broad-practice-scopes", test_broad);
  g_test_add_func ("/sandbox/assume/granular-scopes-list-templates", test_granular_templates);
  g_test_add_func ("/sandbox/assume/practice-missing-scope-is-403", test_missing_scope);
  g_test_add_func ("/sandbox/assume/lost-privilege-is-json", test_lost_privilege);
  g_test_add_func ("/sandbox/assume/practice-has-no-name", test_name);
  g_test_add_func ("/sandbox/assume/practice-version-with-v", test_version);
  g_test_add_func ("/sandbox/assume/practice-takes-any-content-type", test_content_type);
  g_test_add_func ("/sandbox/assume/practice-limit-headers", test_limit_headers);
  g_test_add_func ("/sandbox/assume/empty-elements-left-out", test_left_out);
  g_test_add_func ("/sandbox/assume/prospects-are-shown", test_prospects_shown);
  g_test_add_func ("/sandbox/assume/prospects-are-promoted", test_promotion);
  g_test_add_func ("/sandbox/assume/omitted-elements-keep", test_omitted);
  g_test_add_func ("/sandbox/assume/empty-elements-clear", test_empty);
  g_test_add_func ("/sandbox/assume/modified-since-sees-parts", test_parts);
  g_test_add_func ("/sandbox/assume/plain-list-has-contacts", test_plain_list);
  g_test_add_func ("/sandbox/assume/paged-list-has-numbers", test_paged_numbers);
  g_test_add_func ("/sandbox/assume/paging-address-is-escaped", test_paging_address);
  g_test_add_func ("/sandbox/assume/lists-have-web-address", test_web_address);
  g_test_add_func ("/sandbox/assume/search-finds-numbers", test_search_numbers);
  g_test_add_func ("/sandbox/assume/balance-month-is-number", test_balance_month);
  g_test_add_func ("/sandbox/assume/job-states-as-described", test_states);
  g_test_add_func ("/sandbox/assume/job-window-is-400", test_window);
  g_test_add_func ("/sandbox/assume/taken-job-number-is-refused", test_taken_number);
  g_test_add_func ("/sandbox/assume/assign-is-all-or-nothing", test_assign);
  g_test_add_func ("/sandbox/assume/task-update-by-uuid", test_task_update);
  return g_test_run ();
}
