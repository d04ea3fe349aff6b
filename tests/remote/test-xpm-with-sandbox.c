/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cs-grant.h"
#include "cs-xero.h"
#include "cs-xpm-write.h"

#include "remote-test.h"
#include "test-sandbox.h"

#include <string.h>

/* The adapter of Practice Manager against the project's own sandbox, which was written from the reference by
 * others: a misreading on one side shows. */
typedef struct
{
  TestSandbox *sandbox;
  CsHosts *hosts;
  CsHttp *http;
  CsVault *vault;
  CsGrant *grant;
  CsXpm *xpm;
  GPtrArray *clients;
} World;

static void
connect_world (World *world, const char *scopes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsTokens) tokens
      = test_sandbox_sign_in (world->sandbox, world->hosts, world->http, scopes, "allow", &error);
  g_autoptr (GPtrArray) practices = NULL;
  const CsXeroTenant *practice;

  g_assert_no_error (error);
  cs_grant_set_tokens (world->grant, tokens);
  cs_http_set_authorise (world->http, cs_grant_authorise, world->grant);
  practices = test_await_array (cs_xero_list_practices (world->http, world->hosts), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (practices->len, ==, 1);
  practice = g_ptr_array_index (practices, 0);
  g_assert_cmpstr (practice->tenant_name, ==, "");
  world->xpm = cs_xpm_new (world->http, world->hosts, practice->tenant_id);
}

static void
set_up (World *world, gconstpointer scopes)
{
  static guint n;
  g_autofree char *practice = g_strdup_printf ("xpm-sandbox-%u", ++n);
  g_autoptr (GError) error = NULL;

  world->sandbox = test_sandbox_new ();
  world->hosts = cs_xpm_hosts_new_loopback (world->sandbox->base, &error);
  g_assert_no_error (error);
  world->http = cs_http_new (TRUE, &test_real_clock);
  cs_http_set_timeout (world->http, 10);
  world->vault = cs_vault_new (practice);
  world->grant = cs_grant_new (world->hosts, "g1", TEST_SANDBOX_CLIENT_ID, world->vault, world->http,
                               &test_real_clock);
  world->clients = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_work_client_free);
  connect_world (world, scopes);
}

static void
tear_down (World *world, gconstpointer scopes)
{
  cs_xpm_unref (world->xpm);
  cs_grant_unref (world->grant);
  cs_vault_unref (world->vault);
  cs_http_unref (world->http);
  test_settle ();
  test_sandbox_free (world->sandbox);
  cs_hosts_free (world->hosts);
  g_ptr_array_unref (world->clients);
}

static gboolean
keep (GPtrArray *records, gpointer data, GError **error)
{
  while (records->len > 0)
    g_ptr_array_add (data, g_ptr_array_steal_index (records, 0));
  return TRUE;
}

static gint64
read_clients (World *world, gint64 since_ms)
{
  g_autoptr (GError) error = NULL;
  g_autofree CsXpmStreamed *streamed = NULL;

  g_ptr_array_set_size (world->clients, 0);
  streamed
      = test_await_record (cs_xpm_read_clients (world->xpm, since_ms, keep, world->clients, NULL), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (streamed->n_records, ==, world->clients->len);
  return streamed->clock_ms;
}

static CsXpmEntries *
read_list (World *world, CsXpmList list)
{
  g_autoptr (GError) error = NULL;
  CsXpmEntries *entries = test_await_record (cs_xpm_read_list (world->xpm, list), &error);

  g_assert_no_error (error);
  return entries;
}

static const char *
id_at (const CsXpmEntries *entries, guint index)
{
  g_assert_cmpuint (index, <, entries->entries->len);
  return ((CsWorkEntry *)g_ptr_array_index (entries->entries, index))->remote_id;
}

static gint64
count (World *world, const char *what)
{
  g_autofree char *state = test_sandbox_control (world->sandbox, "practice", NULL);
  g_autofree char *mark = g_strdup_printf ("\"%s\":", what);
  const char *found = strstr (state, mark);

  g_assert_nonnull (found);
  return g_ascii_strtoll (found + strlen (mark), NULL, 10);
}

/* everything, then what changed; pages and search find the same ones. */
static void
test_clients (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsXpmPage) page = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (CsWorkClient) one = NULL;
  const CsWorkClient *first;
  gint64 clock_ms = read_clients (world, 0);
  guint n_gone = 0;
  guint n_deleted = 0;

  g_assert_cmpint (clock_ms, >, 0);
  for (guint i = 0; i < world->clients->len; i++)
    {
      const CsWorkClient *client = g_ptr_array_index (world->clients, i);

      n_gone += client->is_archived || client->is_deleted ? 1 : 0;
      n_deleted += client->is_deleted ? 1 : 0;
      for (gsize j = 0; j < CS_WORK_N_FIELDS; j++)
        g_assert_null (strstr (client->fields->values[j], "***"));
    }
  g_assert_cmpuint (n_deleted, >, 0);
  g_assert_cmpuint (n_gone, >, n_deleted);
  g_assert_cmpuint (world->clients->len - n_deleted, ==, count (world, "clients"));
  page = test_await_record (cs_xpm_read_client_page (world->xpm, NULL), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->clients->len, ==, world->clients->len - n_gone);
  g_assert_null (page->next);
  first = g_ptr_array_index (page->clients, 0);
  found = test_await_array (
      cs_xpm_search_clients (world->xpm, cs_work_client_get (first, CS_WORK_FIELD_NAME)), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, >=, 1);
  one = test_await_record (cs_xpm_get_client (world->xpm, first->remote_id), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (one->web_id, !=, "");
  read_clients (world, clock_ms + 60000);
  g_assert_cmpuint (world->clients->len, ==, 0);
}

static gboolean
count_records (GPtrArray *records, gpointer data, GError **error)
{
  *(guint *)data += records->len;
  return TRUE;
}

/* xpm.md 7.4: windows of less than a year, side by side, hold each job once. */
static void
test_jobs (World *world, gconstpointer data)
{
  CsDate from = cs_date_from_parts (2023, 1, 1);
  CsDate to = cs_date_from_parts (2028, 1, 1);
  guint n = 0;

  while (cs_date_compare (from, to) <= 0)
    {
      CsDate end = cs_xpm_get_window_end (from, to);
      g_autoptr (GError) error = NULL;
      g_autofree CsXpmStreamed *streamed
          = test_await_record (cs_xpm_read_jobs (world->xpm, from, end, count_records, &n, NULL), &error);

      g_assert_no_error (error);
      from = cs_date_add_days (end, 1);
    }
  g_assert_cmpuint (n, ==, count (world, "jobs"));
}

static void
test_lists (World *world, gconstpointer data)
{
  for (int i = 0; i < CS_XPM_N_LISTS; i++)
    {
      g_autoptr (CsXpmEntries) entries = read_list (world, (CsXpmList)i);

      g_test_message ("list %d", i);
      g_assert_false (entries->may_not_list);
      g_assert_cmpuint (entries->entries->len, >, 0);
    }
}

/* xpm.md 2.2: what the granular scopes may list, and what they may not. */
static void
test_granular (World *world, gconstpointer data)
{
  g_autoptr (CsXpmEntries) staff = read_list (world, CS_XPM_LIST_STAFF);
  g_autoptr (CsXpmEntries) templates = read_list (world, CS_XPM_LIST_TEMPLATES);
  g_autoptr (CsXpmEntries) categories = read_list (world, CS_XPM_LIST_CATEGORIES);

  g_assert_false (staff->may_not_list);
  g_assert_true (templates->may_not_list && categories->may_not_list);
}

static CsWorkClient *
add_client (World *world, const char *name, const char *code)
{
  g_autoptr (CsWorkFields) fields = cs_work_fields_new ();
  g_autoptr (CsWorkContact) contact = cs_work_contact_new ();
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  CsWorkClient *client;

  fields->values[CS_WORK_FIELD_NAME] = g_strdup (name);
  fields->values[CS_WORK_FIELD_EMAIL] = g_strdup ("office@sons.example");
  fields->values[CS_WORK_FIELD_WEBSITE] = g_strdup ("https://sons.example");
  fields->values[CS_WORK_FIELD_EXPORT_CODE] = g_strdup (code);
  g_set_str (&contact->name, "Aroha Ngata");
  g_set_str (&contact->email, "aroha@sons.example");
  body = cs_xpm_encode_client (fields, contact);
  client = test_await_record (cs_xpm_send (world->xpm, CS_XPM_ADD_CLIENT, body, NULL), &error);
  g_assert_no_error (error);
  return client;
}

/* X-18, K-14: made, updated by field, and never a tax number. */
static void
test_update (World *world, gconstpointer data)
{
  g_autoptr (CsWorkClient) made = add_client (world, "Söhne & <Daughters>", "CL-000777");
  g_autoptr (CsWorkFields) ours = cs_work_fields_new ();
  g_autoptr (CsWorkFields) base = NULL;
  g_autoptr (CsXpmUpdate) update = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (cs_work_client_get (made, CS_WORK_FIELD_NAME), ==, "Söhne & <Daughters>");
  g_assert_cmpstr (cs_work_client_get (made, CS_WORK_FIELD_WEBSITE), ==, "https://sons.example");
  g_assert_cmpstr (cs_work_client_get (made, CS_WORK_FIELD_EXPORT_CODE), ==, "CL-000777");
  g_assert_cmpuint (made->contacts->len, ==, 1);
  ours->values[CS_WORK_FIELD_NAME] = g_strdup ("Söhne & <Daughters>");
  ours->values[CS_WORK_FIELD_EMAIL] = g_strdup ("office@sons.example");
  base = cs_work_fields_copy (ours);
  g_set_str (&ours->values[CS_WORK_FIELD_EMAIL], "new@sons.example");
  update = test_await_record (cs_xpm_update_client (world->xpm, made->remote_id, base, ours,
                                                    CS_WORK_SYNC_BOTH, CS_WORK_LEVEL_EVERYTHING),
                              &error);
  g_assert_no_error (error);
  g_assert_true (update->was_written);
  g_assert_cmpuint (update->n_differing, ==, 0);
  g_assert_cmpstr (cs_work_client_get (update->client, CS_WORK_FIELD_EMAIL), ==, "new@sons.example");
  g_assert_cmpstr (cs_work_client_get (update->client, CS_WORK_FIELD_WEBSITE), ==, "https://sons.example");
  g_assert_cmpint (count (world, "tax_writes"), ==, 0);
}

static void
do_send (World *world, CsXpmOperation operation, GBytes *body)
{
  g_autoptr (GBytes) owned = body;
  g_autoptr (GError) error = NULL;

  test_await (cs_xpm_send (world->xpm, operation, owned, NULL), &error);
  g_assert_no_error (error);
}

static CsPlannedJob *
plan_job (World *world, const CsXpmEntries *templates)
{
  CsPlannedJob *job = cs_planned_job_new ();
  CsCurrency currency;

  g_assert_true (cs_currency_parse ("NZD", &currency, NULL));
  g_set_str (&job->name, "FY26 accounts & tax");
  g_set_str (&job->key, "CS-1A2B3C4D5E6F");
  g_set_str (&job->description, "PROP-0042\n- Accounts\nCS-1A2B3C4D5E6F");
  g_set_str (&job->client_order_number, "PROP-0042");
  job->start = cs_date_from_parts (2026, 12, 1);
  job->due = cs_date_from_parts (2027, 3, 31);
  g_ptr_array_add (job->template_ids, g_strdup (id_at (templates, 0)));
  g_ptr_array_add (job->template_ids, g_strdup (id_at (templates, 1)));
  g_assert_true (cs_money_parse ("2400", currency, &job->budget, NULL));
  job->has_budget = TRUE;
  return job;
}

static CsWorkJob *
get_job (World *world, const char *number)
{
  g_autoptr (GError) error = NULL;
  CsWorkJob *job = test_await_record (cs_xpm_get_job (world->xpm, number), &error);

  g_assert_no_error (error);
  return job;
}

/* J-01, J-02, J-04, U-24: the whole way of a job, and what a probe sees of it. */
static void
test_deploy (World *world, gconstpointer data)
{
  g_autoptr (CsXpmEntries) templates = read_list (world, CS_XPM_LIST_TEMPLATES);
  g_autoptr (CsXpmEntries) staff = read_list (world, CS_XPM_LIST_STAFF);
  g_autoptr (CsWorkClient) client = add_client (world, "Whole Way Ltd", "CL-000778");
  g_autoptr (CsPlannedJob) planned = plan_job (world, templates);
  g_autoptr (GBytes) body = cs_xpm_encode_job (planned, client->remote_id);
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (CsWorkJob) made = NULL;
  g_autoptr (CsWorkJob) applied = NULL;
  g_autoptr (CsWorkJob) assigned = NULL;
  g_autoptr (GError) error = NULL;
  guint index = 99;

  before = test_await_array (cs_xpm_list_client_jobs (world->xpm, client->remote_id), &error);
  g_assert_no_error (error);
  g_assert_cmpint (cs_job_probe (planned, before, &index), ==, CS_JOB_PROBE_ABSENT);
  made = test_await_record (cs_xpm_send (world->xpm, CS_XPM_ADD_JOB, body, NULL), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (made->client_order_number, ==, "PROP-0042");
  g_assert_cmpstr (made->name, ==, "FY26 accounts & tax");
  g_assert_cmpint (made->budget.units, ==, 2400 * CS_DECIMAL_ONE);
  g_assert_cmpint (cs_date_compare (made->due, planned->due), ==, 0);
  do_send (world, CS_XPM_APPLY_TEMPLATE, cs_xpm_encode_template (made->number, id_at (templates, 1)));
  applied = get_job (world, made->number);
  g_assert_cmpuint (applied->tasks->len + applied->milestones->len, >,
                    made->tasks->len + made->milestones->len);
  g_assert_cmpstr (applied->web_address, !=, "");
  do_send (world, CS_XPM_ASSIGN,
           cs_xpm_encode_assignment (made->number, CS_XPM_ROLE_MANAGER, id_at (staff, 0)));
  do_send (world, CS_XPM_ASSIGN,
           cs_xpm_encode_assignment (made->number, CS_XPM_ROLE_PARTNER, id_at (staff, 1)));
  do_send (world, CS_XPM_ASSIGN,
           cs_xpm_encode_assignment (made->number, CS_XPM_ROLE_STAFF, id_at (staff, 2)));
  do_send (world, CS_XPM_SET_STATE, cs_xpm_encode_state (made->number, "INPROGRESS"));
  assigned = get_job (world, made->number);
  g_assert_cmpstr (assigned->manager_id, ==, id_at (staff, 0));
  g_assert_cmpstr (assigned->partner_id, ==, id_at (staff, 1));
  g_assert_cmpuint (assigned->staff_ids->len, >=, 1);
  g_assert_cmpstr (assigned->state, !=, made->state);
  after = test_await_array (cs_xpm_list_client_jobs (world->xpm, client->remote_id), &error);
  g_assert_no_error (error);
  g_assert_cmpint (cs_job_probe (planned, after, &index), ==, CS_JOB_PROBE_FOUND);
  g_assert_cmpstr (((CsWorkJob *)g_ptr_array_index (after, index))->number, ==, made->number);
}

static void
fault (World *world, const char *kind)
{
  g_autofree char *body = g_strdup_printf ("{\"kind\":\"%s\",\"count\":1}", kind);
  g_autofree char *answer = test_sandbox_control (world->sandbox, "faults", body);
}

/* xpm.md 7.1: cut after the work was done: in doubt, and the probe finds it. */
static void
test_cut (World *world, gconstpointer data)
{
  g_autoptr (CsXpmEntries) templates = read_list (world, CS_XPM_LIST_TEMPLATES);
  g_autoptr (CsWorkClient) client = add_client (world, "In Doubt Ltd", "CL-000779");
  g_autoptr (CsPlannedJob) planned = plan_job (world, templates);
  g_autoptr (GBytes) body = cs_xpm_encode_job (planned, client->remote_id);
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GError) error = NULL;
  gint64 before = count (world, "jobs");
  guint index = 99;

  fault (world, "cut-after");
  g_assert_null (test_await_record (cs_xpm_send (world->xpm, CS_XPM_ADD_JOB, body, NULL), &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_UNKNOWN_OUTCOME);
  g_clear_error (&error);
  g_assert_cmpint (count (world, "jobs"), ==, before + 1);
  jobs = test_await_array (cs_xpm_list_client_jobs (world->xpm, client->remote_id), &error);
  g_assert_no_error (error);
  g_assert_cmpint (cs_job_probe (planned, jobs, &index), ==, CS_JOB_PROBE_FOUND);
}

/* U-19: refused within a 200, with the remote's words. */
static void
test_refused (World *world, gconstpointer data)
{
  g_autoptr (GBytes) template = cs_xpm_encode_template ("J-none", "eeeeeeee-0000-4000-8000-00000000dead");
  g_autoptr (GError) error = NULL;
  CsRemoteFailure failure = { 0 };

  g_assert_false (test_await (cs_xpm_send (world->xpm, CS_XPM_APPLY_TEMPLATE, template, &failure), &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "Invalid job"));
  g_assert_cmpuint (failure.status, ==, 200);
  g_assert_nonnull (failure.correlation_id);
  cs_remote_failure_clear (&failure);
}

static void
add_tests (void)
{
#define ADD(name, scopes, func) g_test_add ("/xpm-with-sandbox/" name, World, scopes, set_up, func, tear_down)
  ADD ("clients (X-01, X-12)", CS_XPM_SCOPES_BROAD, test_clients);
  ADD ("jobs (xpm.md 7.4)", CS_XPM_SCOPES_BROAD, test_jobs);
  ADD ("lists", CS_XPM_SCOPES_BROAD, test_lists);
  ADD ("granular scopes (xpm.md 2.2)", CS_XPM_SCOPES, test_granular);
  ADD ("update (X-18, K-14)", CS_XPM_SCOPES, test_update);
  ADD ("deploy (J-01, J-02, J-04, U-24)", CS_XPM_SCOPES_BROAD, test_deploy);
  ADD ("cut (xpm.md 7.1)", CS_XPM_SCOPES_BROAD, test_cut);
  ADD ("refused (U-19)", CS_XPM_SCOPES, test_refused);
}

int
main (int argc, char **argv)
{
  return test_run (argc, argv, add_tests);
}
