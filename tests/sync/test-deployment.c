/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An accepted proposal becomes jobs at Practice Manager, over real sockets, whatever happens on the way. The
 * counts of jobs, tasks and assignments are the sandbox's own. */
#include "sandbox-fixture.h"

#include <signal.h>

#include "cs-session-jobs.h"
#include "cs-session-private.h"
#include "cs-session-schedule.h"
#include "cs-store-alerts.h"
#include "cs-store-connections.h"
#include "cs-store-jobs.h"
#include "cs-store-ledger.h"
#include "cs-store-private.h"
#include "cs-store-proposals.h"
#include "cs-store-work.h"
#include "cs-work-links.h"

/* Longer than doubt is left to settle: what a restart or a cut left in doubt is looked for at once. */
#define AFTER_DOUBT_MS G_GINT64_CONSTANT (120000)

static const char *const services[] = { "Annual accounts", "Monthly books", "Advice" };

typedef struct
{
  gint64 clients;
  gint64 jobs;
  gint64 tasks;
  gint64 milestones;
  gint64 assignments;
  gint64 writes;
} Counts;

static Counts
count_there (SandboxFixture *fixture)
{
  return (Counts){
    sandbox_fixture_count_work (fixture, "clients"),     sandbox_fixture_count_work (fixture, "jobs"),
    sandbox_fixture_count_work (fixture, "tasks"),       sandbox_fixture_count_work (fixture, "milestones"),
    sandbox_fixture_count_work (fixture, "assignments"), sandbox_fixture_count_work (fixture, "writes")
  };
}

/* Each test begins at the sandbox's own time. */
static gint64 advanced_ms;

static void
advance (gint64 by_ms)
{
  advanced_ms += by_ms;
  test_clock_advance (by_ms);
}

/* --- a practice that makes jobs --- */

static char *
get_there (SandboxFixture *fixture, const char *list, guint index, const char *member)
{
  g_autoptr (JsonNode) node = sandbox_fixture_read_practice (fixture);
  JsonArray *array = json_object_get_array_member (json_node_get_object (node), list);

  return g_strdup (json_object_get_string_member (json_array_get_object_element (array, index), member));
}

static void
await_good (DexFuture *future)
{
  g_autoptr (GError) error = NULL;

  test_await (future, &error);
  g_assert_no_error (error);
}

static void
save_service (SandboxFixture *fixture, CsSession *session, guint index, guint n_templates)
{
  g_autoptr (CsWorkService) service = cs_work_service_new ();

  g_set_str (&service->name, services[index]);
  service->rule = cs_job_rule_new ();
  service->rule->scope = CS_JOB_SCOPE_SERVICE;
  g_set_str (&service->rule->name, "{service}");
  for (guint i = 0; i < n_templates; i++)
    g_ptr_array_add (service->template_ids, get_there (fixture, "templates", i, "id"));
  await_good (cs_session_save_service (session, service));
}

static void
save_member (SandboxFixture *fixture, CsSession *session, guint index)
{
  g_autoptr (CsMember) member = cs_member_new ();

  g_free (member->name);
  member->name = get_there (fixture, "staff", index, "name");
  g_free (member->staff_id);
  member->staff_id = get_there (fixture, "staff", index, "id");
  member->manages = index == 0;
  member->is_partner = index == 1;
  member->works = index >= 1;
  await_good (cs_session_save_member (session, member));
}

static void
settle_in (SandboxFixture *fixture, CsSession *session)
{
  g_autoptr (CsSettings) settings = cs_settings_copy (cs_session_get_settings (session));
  CsWorkSettings work = *cs_work_get_settings (cs_session_get_work (session));

  settings->hold_seconds = 0;
  await_good (cs_session_save_settings (session, settings));
  work.direction = CS_WORK_SYNC_TO;
  await_good (cs_work_save_settings (cs_session_get_work (session), &work));
  save_service (fixture, session, 0, 3);
  save_service (fixture, session, 1, 1);
  for (guint i = 0; i < 3; i++)
    save_member (fixture, session, i);
}

static SandboxFixture *
make_practice (CsSession **session)
{
  SandboxFixture *fixture = sandbox_fixture_new ("empty");

  advance (-advanced_ms);
  fixture->is_unpaced = TRUE;
  *session = sandbox_fixture_open (fixture);
  sandbox_fixture_connect_work (fixture, *session);
  settle_in (fixture, *session);
  return fixture;
}

static CsUuid
accept_three_services_for (CsSession *session, const char *name, const char *email)
{
  g_autoptr (CsClient) client = cs_client_new ();
  g_autoptr (CsClient) saved_client = NULL;
  g_autoptr (CsProposal) proposal = cs_proposal_new ();
  g_autoptr (CsProposal) saved = NULL;
  g_autoptr (CsAcceptance) acceptance = cs_acceptance_new ();
  g_autoptr (GError) error = NULL;

  g_set_str (&client->name, name);
  g_set_str (&client->email, email);
  saved_client = test_await_record (cs_session_save_client (session, client), &error);
  g_assert_no_error (error);
  g_set_str (&proposal->title, "Accounts 2027");
  proposal->client_id = saved_client->id;
  proposal->currency = cs_session_get_settings (session)->currency;
  proposal->designated_day = 1;
  for (gsize i = 0; i < G_N_ELEMENTS (services); i++)
    {
      CsProposalLine *line = cs_proposal_line_new ();

      g_set_str (&line->description, services[i]);
      line->quantity = CS_DECIMAL (1);
      line->unit_price = CS_DECIMAL (100);
      g_set_str (&line->account_code, "200");
      g_set_str (&line->tax_type, "OUTPUT2");
      line->billing = cs_billing_rule_upfront ();
      g_ptr_array_add (proposal->lines, line);
    }
  saved = test_await_record (cs_session_save_proposal (session, proposal), &error);
  g_assert_no_error (error);
  g_set_str (&acceptance->signatory, "Aroha Nguyen");
  acceptance->accepted_ms = cs_clock_now_ms (test_clock ());
  acceptance->accepted_on = cs_session_get_today (session);
  await_good (cs_session_accept_proposal (session, &saved->id, acceptance));
  return saved->id;
}

static CsUuid
accept_three_services (CsSession *session)
{
  return accept_three_services_for (session, "Harbour Café Ltd", "");
}

/* --- looking --- */

static gpointer
list_jobs (CsStore *store, gpointer data, GError **error)
{
  return cs_store_list_jobs (store, error);
}

static GPtrArray *
read_jobs (CsSession *session)
{
  return test_read (session, list_jobs, NULL, (GDestroyNotify)g_ptr_array_unref);
}

typedef struct
{
  CsSession *session;
  CsJobState state;
  guint n;
  gboolean is_hurried; /* the clock is put on while we wait */
} Expected;

static gboolean
jobs_are (gpointer data)
{
  Expected *expected = data;
  g_autoptr (GPtrArray) jobs = read_jobs (expected->session);
  guint n = 0;

  for (guint i = 0; i < jobs->len; i++)
    n += ((CsJob *)g_ptr_array_index (jobs, i))->state == expected->state;
  if (n == expected->n)
    return TRUE;
  if (expected->is_hurried)
    {
      advance (5000);
      cs_session_came_back (expected->session);
    }
  return FALSE;
}

static void
wait_for_jobs (CsSession *session, CsJobState state, guint n)
{
  Expected expected = { session, state, n, TRUE };

  g_assert_true (test_wait_until (jobs_are, &expected));
}

static void
assert_all_there (SandboxFixture *fixture, const Counts *before)
{
  Counts now = count_there (fixture);

  g_assert_cmpint (now.clients - before->clients, ==, 1);
  g_assert_cmpint (now.jobs - before->jobs, ==, 2);
  /* A manager, a partner and two of the staff each, the partner being one of them. */
  g_assert_cmpint (now.assignments - before->assignments, ==, 2 * 4);
}

/* What an undisturbed run makes: measured once, the other runs are held against it. */
static Counts reference;

static void
assert_same_as_undisturbed (SandboxFixture *fixture, const Counts *before)
{
  Counts now = count_there (fixture);

  assert_all_there (fixture, before);
  g_assert_cmpint (now.tasks - before->tasks, ==, reference.tasks);
  g_assert_cmpint (now.milestones - before->milestones, ==, reference.milestones);
}

/* what was answered when the client was made is known at once, before clients are read again. */
static void
assert_client_known (CsSession *session, const CsJob *job)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsWorkView) view
      = test_await_record (cs_work_read_view (cs_session_get_work (session), &job->client_id), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (view->remote_id, !=, "");
  g_assert_nonnull (view->client);
  g_assert_cmpstr (cs_work_client_get (view->client, CS_WORK_FIELD_NAME), ==, job->client_name);
  g_assert_cmpstr (view->client->web_id, !=, "");
}

/* J-01, J-02, J-04: with no call more than the remote asks for: a client, two jobs, two further templates,
 * four roles each. */
static void
test_becomes_jobs (void)
{
  CsSession *session = NULL;
  g_autoptr (SandboxFixture) fixture = make_practice (&session);
  Counts before = count_there (fixture);
  g_autoptr (GPtrArray) jobs = NULL;
  Counts now;

  accept_three_services (session);
  wait_for_jobs (session, CS_JOB_LIVE, 2);
  assert_all_there (fixture, &before);
  now = count_there (fixture);
  reference = (Counts){ .tasks = now.tasks - before.tasks, .milestones = now.milestones - before.milestones };
  g_assert_cmpint (reference.tasks, >, 0);
  g_assert_cmpint (now.writes - before.writes, ==, 1 + 2 + 2 + 2 * 4);
  jobs = read_jobs (session);
  assert_client_known (session, g_ptr_array_index (jobs, 0));
  for (guint i = 0; i < jobs->len; i++)
    {
      const CsJob *job = g_ptr_array_index (jobs, i);

      g_assert_cmpstr (job->there->number, !=, "");
      await_good (cs_session_read_job (session, job->there->number));
    }
  g_clear_pointer (&jobs, g_ptr_array_unref);
  jobs = read_jobs (session);
  for (guint i = 0; i < jobs->len; i++)
    {
      const CsJob *job = g_ptr_array_index (jobs, i);
      g_autofree char *link = cs_session_get_job_link (session, job->there);

      g_assert_cmpuint (job->there->tasks->len, >, 0);
      g_assert_cmpuint (job->there->staff_ids->len, ==, 2);
      g_assert_true (g_str_has_prefix (link, fixture->address));
    }
  sandbox_fixture_close (session);
}

static gpointer
break_rows (CsStore *store, gpointer data, GError **error)
{
  cs_sql_execute (store->sql,
                  "CREATE TRIGGER broken BEFORE UPDATE OF state ON journal"
                  " BEGIN SELECT RAISE (ABORT, 'broken'); END",
                  error);
  return NULL;
}

/* J-01: a row that fails at each look is reported, and jobs are made all the same, with nobody pressing
 * anything: a look that failed is followed by another at once where jobs moved in it. */
static void
test_beside_a_bad_row (void)
{
  CsSession *session = NULL;
  g_autoptr (SandboxFixture) fixture = make_practice (&session);

  await_good (cs_session_write (session, break_rows, NULL, NULL, NULL));
  accept_three_services (session);
  wait_for_jobs (session, CS_JOB_LIVE, 2);
  g_assert_nonnull (strstr (cs_session_get_last_problem (session), "broken"));
  sandbox_fixture_close (session);
}

static gpointer
refuse_accounts (CsStore *store, gpointer data, GError **error)
{
  cs_sql_execute (
      store->sql,
      "CREATE TRIGGER refuse BEFORE INSERT ON job_step WHEN EXISTS (SELECT 1 FROM job"
      " WHERE id = NEW.job_id AND name = 'Annual accounts') BEGIN SELECT RAISE (ABORT, 'not now'); END",
      error);
  return NULL;
}

static gpointer
allow_accounts (CsStore *store, gpointer data, GError **error)
{
  cs_sql_execute (store->sql, "DROP TRIGGER refuse", error);
  return NULL;
}

static gpointer
list_alerts (CsStore *store, gpointer data, GError **error)
{
  return cs_store_list_alerts (store, error);
}

static GPtrArray *
read_alerts (CsSession *session)
{
  return test_read (session, list_alerts, NULL, (GDestroyNotify)g_ptr_array_unref);
}

static gpointer
read_tried_ms (CsStore *store, gpointer data, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (store->sql, "SELECT max (tried_ms) FROM job");
  gint64 tried_ms = cs_sql_next (row, error) ? cs_sql_read_integer (row) : 0;

  return g_memdup2 (&tried_ms, sizeof tried_ms);
}

typedef struct
{
  CsSession *session;
  gint64 tried_ms;
} Tried;

static gboolean
is_tried_again (gpointer data)
{
  const Tried *tried = data;
  g_autofree gint64 *now = test_read (tried->session, read_tried_ms, NULL, g_free);

  return *now > tried->tried_ms;
}

/* U-10: a job that can't be let go keeps back no other; a person is told which it is and why, once and not at
 * each look, for as long as it is so. */
static void
test_kept_back (void)
{
  CsSession *session = NULL;
  g_autoptr (SandboxFixture) fixture = make_practice (&session);
  g_autoptr (GPtrArray) alerts = NULL;
  g_autoptr (GPtrArray) later = NULL;
  g_autoptr (GPtrArray) mended = NULL;
  g_autofree gint64 *tried = NULL;
  Tried again = { session, 0 };
  const CsAlert *alert;
  const char *message;

  await_good (cs_session_write (session, refuse_accounts, NULL, NULL, NULL));
  accept_three_services (session);
  wait_for_jobs (session, CS_JOB_LIVE, 1);
  wait_for_jobs (session, CS_JOB_PLANNED, 1);
  alerts = read_alerts (session);
  g_assert_cmpuint (alerts->len, ==, 1);
  alert = g_ptr_array_index (alerts, 0);
  g_assert_cmpint (alert->code, ==, CS_ALERT_NOT_PLANNED);
  message = cs_alert_get_parameter (alert, "message");
  g_assert_nonnull (strstr (message, "Annual accounts"));
  g_assert_nonnull (strstr (message, "not now"));
  tried = test_read (session, read_tried_ms, NULL, g_free);
  advance (AFTER_DOUBT_MS);
  cs_session_came_back (session);
  again.tried_ms = *tried;
  g_assert_true (test_wait_until (is_tried_again, &again));
  later = read_alerts (session);
  g_assert_cmpuint (later->len, ==, 1);
  g_assert_true (cs_uuid_equal (&((CsAlert *)g_ptr_array_index (later, 0))->id, &alert->id));

  await_good (cs_session_write (session, allow_accounts, NULL, NULL, NULL));
  wait_for_jobs (session, CS_JOB_LIVE, 2);
  mended = read_alerts (session);
  g_assert_cmpuint (mended->len, ==, 0);
  sandbox_fixture_close (session);
}

#define MONTH_MS (30 * G_GINT64_CONSTANT (86400000))

static gpointer
read_last_next_ms (CsStore *store, gpointer data, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (store->sql, "SELECT max (next_ms) FROM job");
  gint64 next_ms = cs_sql_next (row, error) ? cs_sql_read_integer (row) : 0;

  return g_memdup2 (&next_ms, sizeof next_ms);
}

static gboolean
is_parked (gpointer session)
{
  g_autofree gint64 *next_ms = test_read (session, read_last_next_ms, NULL, g_free);

  if (*next_ms > cs_clock_now_ms (test_clock ()))
    return TRUE;
  cs_session_came_back (session);
  return FALSE;
}

/* What a clock that was a month ahead told to wait goes on once it is right, as an invoice does. */
static void
test_wrong_clock (void)
{
  CsSession *session = NULL;
  g_autoptr (SandboxFixture) fixture = make_practice (&session);

  sandbox_fixture_fault (fixture, "POST", "/practicemanager/3.1/client.api/add", "503", 1, 0);
  sandbox_fixture_fault (fixture, "GET", "/practicemanager/3.1/client.api/search", "503", 100, 0);
  accept_three_services (session);
  g_assert_true (test_wait_until (is_parked, session));
  advance (MONTH_MS);
  cs_session_came_back (session);
  g_assert_true (test_wait_until (is_parked, session));
  advance (-MONTH_MS);
  sandbox_fixture_forgive (fixture);
  wait_for_jobs (session, CS_JOB_LIVE, 2);
  sandbox_fixture_close (session);
}

static gpointer
count_waiting (CsStore *store, gpointer data, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT count(*) FROM job_step WHERE state = 'waiting'");
  gint64 n = cs_sql_next (row, error) ? cs_sql_read_integer (row) : 0;

  return g_memdup2 (&n, sizeof n);
}

static gboolean
is_waiting (gpointer session)
{
  g_autofree gint64 *n = test_read (session, count_waiting, NULL, g_free);

  return *n > 0;
}

static gpointer
wait_an_hour (CsStore *store, gpointer data, GError **error)
{
  cs_sql_execute (store->sql,
                  "UPDATE job_step SET next_ms = next_ms + 3600000 WHERE state = 'waiting';"
                  "UPDATE job SET next_ms = next_ms + 3600000 WHERE next_ms IS NOT NULL AND id IN"
                  " (SELECT job_id FROM job_step WHERE state = 'waiting')",
                  error);
  return NULL;
}

/* What waited for a person to sign in goes at once when that is done, however long it was told to. */
static void
test_signed_in_again (void)
{
  CsSession *session = NULL;
  g_autoptr (SandboxFixture) fixture = make_practice (&session);
  Counts before = count_there (fixture);
  Expected all = { .state = CS_JOB_LIVE, .n = 2 };

  sandbox_fixture_post (fixture, "/sandbox/tokens", "{\"action\":\"revoke\"}");
  accept_three_services (session);
  g_assert_true (test_wait_until (is_waiting, session));
  await_good (cs_session_write (session, wait_an_hour, NULL, NULL, NULL));
  sandbox_fixture_connect_work (fixture, session);
  all.session = session;
  g_assert_true (test_wait_until (jobs_are, &all));
  assert_all_there (fixture, &before);
  sandbox_fixture_close (session);
}

/* What people complete there is completed here after the next reading. */
static void
test_completed_there (void)
{
  CsSession *session = NULL;
  g_autoptr (SandboxFixture) fixture = make_practice (&session);
  g_autoptr (GPtrArray) jobs = NULL;
  g_autofree char *path = NULL;
  const CsJob *job;

  accept_three_services (session);
  wait_for_jobs (session, CS_JOB_LIVE, 2);
  jobs = read_jobs (session);
  job = g_ptr_array_index (jobs, 0);
  path = g_strdup_printf ("/sandbox/practice/jobs/%s/edit", job->there->number);
  sandbox_fixture_post (fixture, path, "{\"state\":\"COMPLETED\"}");
  await_good (cs_work_pull_now (cs_session_get_work (session)));
  wait_for_jobs (session, CS_JOB_COMPLETED, 1);
  wait_for_jobs (session, CS_JOB_LIVE, 1);
  sandbox_fixture_close (session);
}

/* B-02: every call once cut before and once after the work, or half answered, or answered by a 5xx. */
static void
test_cut (gconstpointer data)
{
  static const char *const routes[]
      = { "client.api/add", "job.api/add", "job.api/applytemplate", "job.api/assign" };
  const char *kind = data;

  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      CsSession *session = NULL;
      g_autoptr (SandboxFixture) fixture = make_practice (&session);
      g_autofree char *path = g_strconcat ("/practicemanager/3.1/", routes[i], NULL);
      Counts before = count_there (fixture);

      sandbox_fixture_fault (fixture, g_str_has_suffix (path, "assign") ? "PUT" : "POST", path, kind, 2, 0);
      accept_three_services (session);
      wait_for_jobs (session, CS_JOB_LIVE, 2);
      assert_same_as_undisturbed (fixture, &before);
      sandbox_fixture_close (session);
    }
}

/* --- killed --- */

/* Time passes faster for it, but not beyond where the next one begins. */
static gboolean
hurry_cb (gpointer session)
{
  static gint64 passed_ms;

  advance (10000);
  passed_ms += 10000;
  cs_session_came_back (session);
  return passed_ms + 20000 < AFTER_DOUBT_MS ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void G_GNUC_NORETURN
run_child (const char *folder, const char *address, int round)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new_at (folder, address);
  CsSession *session = NULL;

  fixture->is_unpaced = TRUE;
  advance (round * AFTER_DOUBT_MS);
  session = sandbox_fixture_open (fixture);
  if (round == 0)
    accept_three_services (session);
  else
    g_timeout_add (100, hurry_cb, session);
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}

typedef struct
{
  SandboxFixture *fixture;
  gint64 writes;
} Arrival;

static gboolean
has_arrived (gpointer data)
{
  const Arrival *arrival = data;

  return sandbox_fixture_count_work (arrival->fixture, "writes") > arrival->writes;
}

/* One process a call: each is killed while its first call is done and not answered. The next one finds it. */
static void
test_killed_at_every_step (void)
{
  CsSession *session = NULL;
  g_autoptr (SandboxFixture) fixture = make_practice (&session);
  Counts before = count_there (fixture);
  const guint n_writes = 1 + 2 + 2 + 2 * 4;

  sandbox_fixture_close (session);
  for (guint i = 0; i < n_writes; i++)
    {
      g_autoptr (GSubprocess) child = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *round = g_strdup_printf ("%u", i);
      Arrival arrival = { fixture, sandbox_fixture_count_work (fixture, "writes") };

      sandbox_fixture_fault (fixture, "POST", "/practicemanager", "hang-after", 1, 600);
      sandbox_fixture_fault (fixture, "PUT", "/practicemanager", "hang-after", 1, 600);
      child = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, g_get_prgname (), "--child", fixture->folder,
                                fixture->address, round, NULL);
      g_assert_no_error (error);
      g_assert_true (test_wait_until (has_arrived, &arrival));
      g_subprocess_send_signal (child, SIGKILL);
      g_subprocess_wait (child, NULL, NULL);
      sandbox_fixture_forgive (fixture);
    }
  advance ((gint64)(n_writes + 1) * AFTER_DOUBT_MS);
  session = sandbox_fixture_open (fixture);
  wait_for_jobs (session, CS_JOB_LIVE, 2);
  assert_same_as_undisturbed (fixture, &before);
  g_assert_cmpint (sandbox_fixture_count_work (fixture, "writes") - before.writes, ==, n_writes);
  sandbox_fixture_close (session);
}

/* --- what needs a person --- */

static CsUuid
get_first (CsSession *session)
{
  g_autoptr (GPtrArray) jobs = read_jobs (session);

  return ((const CsJob *)g_ptr_array_index (jobs, 0))->planned->id;
}

/* U-19, U-25: a template that is gone: the rest is there, with Xero's words; mended, it is finished. */
static void
test_template_gone (void)
{
  CsSession *session = NULL;
  g_autoptr (SandboxFixture) fixture = make_practice (&session);
  Counts before = count_there (fixture);
  g_autofree char *template_id = get_there (fixture, "templates", 2, "id");
  g_autofree char *base = g_strconcat ("/sandbox/practice/templates/", template_id, NULL);
  g_autofree char *delete = g_strconcat (base, "/delete", NULL);
  g_autofree char *restore = g_strconcat (base, "/restore", NULL);
  g_autoptr (GPtrArray) jobs = NULL;
  CsUuid id;

  sandbox_fixture_post (fixture, delete, "{}");
  accept_three_services (session);
  wait_for_jobs (session, CS_JOB_INCOMPLETE, 1);
  wait_for_jobs (session, CS_JOB_LIVE, 1);
  jobs = read_jobs (session);
  for (guint i = 0; i < jobs->len; i++)
    {
      const CsJob *job = g_ptr_array_index (jobs, i);

      if (job->state != CS_JOB_INCOMPLETE)
        continue;
      g_assert_cmpstr (job->problem, !=, "");
      id = job->planned->id;
    }
  sandbox_fixture_post (fixture, restore, "{}");
  await_good (cs_session_retry_job (session, &id));
  wait_for_jobs (session, CS_JOB_LIVE, 2);
  assert_same_as_undisturbed (fixture, &before);
  sandbox_fixture_close (session);
}

/* K-1, X-16: where clients don't travel, or have a namesake, nothing is made before a person said who it is.
 */
static void
test_client_unknown (void)
{
  CsSession *session = NULL;
  g_autoptr (SandboxFixture) fixture = make_practice (&session);
  CsWorkSettings work = *cs_work_get_settings (cs_session_get_work (session));
  Counts before = count_there (fixture);
  CsUuid id;

  work.direction = CS_WORK_SYNC_FROM;
  await_good (cs_work_save_settings (cs_session_get_work (session), &work));
  accept_three_services (session);
  wait_for_jobs (session, CS_JOB_BLOCKED, 2);
  g_assert_cmpint (count_there (fixture).writes, ==, before.writes);
  id = get_first (session);
  await_good (cs_session_cancel_job (session, &id));
  wait_for_jobs (session, CS_JOB_CANCELLED, 1);
  g_assert_cmpint (count_there (fixture).writes, ==, before.writes);
  sandbox_fixture_close (session);
}

/* By hand: nothing goes until a person says so. */
static void
test_by_hand (void)
{
  CsSession *session = NULL;
  g_autoptr (SandboxFixture) fixture = make_practice (&session);
  g_autoptr (CsJobSettings) settings = cs_job_settings_new ();
  Counts before = count_there (fixture);
  CsUuid id;

  settings->goes_by_itself = FALSE;
  await_good (cs_session_save_job_settings (session, settings));
  accept_three_services (session);
  wait_for_jobs (session, CS_JOB_PLANNED, 2);
  g_assert_cmpint (count_there (fixture).writes, ==, before.writes);
  id = get_first (session);
  await_good (cs_session_deploy_job (session, &id));
  wait_for_jobs (session, CS_JOB_LIVE, 1);
  g_assert_cmpint (count_there (fixture).jobs - before.jobs, ==, 1);
  await_good (cs_session_deploy_job (session, &id)); /* again is nothing */
  sandbox_fixture_close (session);
}

static gpointer
find_contact_job (CsStore *store, gpointer data, GError **error)
{
  g_autoptr (CsConnection) connection = cs_store_get_connection (store, error);
  g_autoptr (GPtrArray) contacts
      = connection != NULL ? cs_store_list_contacts (store, &connection->id, error) : NULL;

  for (guint i = 0; contacts != NULL && i < contacts->len; i++)
    if (g_str_equal (((const CsLedgerContact *)contacts->pdata[i])->name, data))
      return g_ptr_array_steal_index (contacts, i);
  return NULL;
}

static gboolean
has_invoice (gpointer fixture)
{
  g_autoptr (JsonNode) node = sandbox_fixture_read_state (fixture);

  return json_array_get_length (
             json_object_get_array_member (json_node_get_object (node), "created_invoices"))
         > 0;
}

/* X-09, K-4, U-24: a client of the ledger's that is none there, entered here as it is called in the ledger:
 * accepted it is made there, the invoice goes to the contact that was in the ledger already, and bears the
 * order number of the jobs. */
static void
test_known_to_the_ledger (void)
{
  const char *name = "Koru Electrical Services Ltd";
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  g_autoptr (CsLedgerContact) contact = NULL;
  g_autofree char *contact_id = NULL;
  g_autofree char *number_at_ledger = NULL;
  g_autofree char *made = NULL;
  g_autofree char *order_number = NULL;
  CsSession *session;
  Counts before;

  advance (-advanced_ms);
  fixture->is_unpaced = TRUE;
  session = sandbox_fixture_open (fixture);
  sandbox_fixture_connect (fixture, session);
  sandbox_fixture_connect_work (fixture, session);
  settle_in (fixture, session);
  before = count_there (fixture);
  contact = test_read (session, find_contact_job, (gpointer)name, (GDestroyNotify)cs_ledger_contact_free);
  g_assert_nonnull (contact);
  accept_three_services_for (session, name, contact->email);
  wait_for_jobs (session, CS_JOB_LIVE, 2);
  g_assert_true (test_wait_until (has_invoice, fixture));
  assert_all_there (fixture, &before);
  made = get_there (fixture, "created_clients", 0, "name");
  g_assert_cmpstr (made, ==, name);
  g_assert_cmpuint (sandbox_fixture_count_created (fixture, "created_contacts", "name", name), ==, 0);
  contact_id = sandbox_fixture_get_created (fixture, "created_invoices", 0, "contact_id");
  g_assert_cmpstr (contact_id, ==, contact->remote_id);
  number_at_ledger = sandbox_fixture_get_created (fixture, "created_invoices", 0, "reference");
  order_number = get_there (fixture, "created_jobs", 0, "order_number");
  g_assert_cmpstr (number_at_ledger, ==, order_number);
  sandbox_fixture_close (session);
}

int
main (int argc, char **argv)
{
  dex_init ();
  g_set_prgname (argv[0]);
  if (argc == 5 && g_str_equal (argv[1], "--child"))
    run_child (argv[2], argv[3], atoi (argv[4]));
  g_test_init (&argc, &argv, NULL);
  g_set_prgname (argv[0]);
  g_test_add_func ("/deployment/J-01 an acceptance becomes jobs", test_becomes_jobs);
  g_test_add_func ("/deployment/J-01 beside a bad row", test_beside_a_bad_row);
  g_test_add_func ("/deployment/U-10 what can't be let go", test_kept_back);
  g_test_add_func ("/deployment/a wrong clock parks nothing", test_wrong_clock);
  g_test_add_func ("/deployment/signed in again goes at once", test_signed_in_again);
  g_test_add_func ("/deployment/completed there", test_completed_there);
  g_test_add_data_func ("/deployment/B-02 cut before the work", "cut-before", test_cut);
  g_test_add_data_func ("/deployment/B-02 cut after the work", "cut-after", test_cut);
  g_test_add_data_func ("/deployment/B-02 half an answer", "half-body", test_cut);
  g_test_add_data_func ("/deployment/B-02 503", "503", test_cut);
  g_test_add_func ("/deployment/B-02 killed at every step", test_killed_at_every_step);
  g_test_add_func ("/deployment/U-19 a template is gone", test_template_gone);
  g_test_add_func ("/deployment/X-16 the client is not known", test_client_unknown);
  g_test_add_func ("/deployment/by hand", test_by_hand);
  g_test_add_func ("/deployment/X-09 U-24 known to the ledger", test_known_to_the_ledger);
  return g_test_run ();
}
