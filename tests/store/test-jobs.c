/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include "cs-store-connections.h"
#include "cs-store-jobs.h"
#include "cs-store-work.h"

#include <string.h>

#define PLAN "EXPLAIN QUERY PLAN " /* a statement is known by its place: no text made at run time */

static CsUuid
connect_practice (Practice *practice, const char *tenant_id)
{
  g_autoptr (CsConnection) connection = cs_connection_new ();
  g_autoptr (GError) error = NULL;

  g_set_str (&connection->system, CS_WORK_SYSTEM);
  g_set_str (&connection->tenant_id, tenant_id);
  cs_store_save_connection (practice->store, connection, &error);
  g_assert_no_error (error);
  return connection->id;
}

static CsUuid
connect_manager (Practice *practice)
{
  return connect_practice (practice, "practice-1");
}

static void
write_entries (Practice *practice, const CsUuid *connection_id, const char *list, ...)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_work_entry_free);
  g_autoptr (GError) error = NULL;
  const char *id;
  va_list arguments;

  va_start (arguments, list);
  while ((id = va_arg (arguments, const char *)) != NULL)
    {
      CsWorkEntry *entry = cs_work_entry_new ();

      g_ptr_array_add (entries, entry);
      g_set_str (&entry->remote_id, id);
      g_set_str (&entry->name, id);
      g_set_str (&entry->email, va_arg (arguments, const char *));
    }
  va_end (arguments);
  g_assert_true (cs_store_write_work_list (practice->store, connection_id, list, entries, &error));
  g_assert_no_error (error);
}

static void
link_service (Practice *practice, const char *name, CsJobRule *rule, ...)
{
  g_autoptr (CsWorkService) service = cs_work_service_new ();
  g_autoptr (GError) error = NULL;
  const char *id;
  va_list arguments;

  g_set_str (&service->name, name);
  service->rule = rule;
  va_start (arguments, rule);
  while ((id = va_arg (arguments, const char *)) != NULL)
    g_ptr_array_add (service->template_ids, g_strdup (id));
  va_end (arguments);
  g_assert_true (cs_store_save_service (practice->store, service, &error));
  g_assert_no_error (error);
}

static CsUuid
add_member (Practice *practice, const char *name, const char *email, const char *staff_id)
{
  g_autoptr (CsMember) member = cs_member_new ();
  g_autoptr (GError) error = NULL;

  g_set_str (&member->name, name);
  g_set_str (&member->email, email);
  g_set_str (&member->staff_id, staff_id);
  member->works = TRUE;
  g_assert_true (cs_store_save_member (practice->store, member, &error));
  g_assert_no_error (error);
  return member->id;
}

static CsJobRule *
make_rule (CsJobScope scope, CsJobRepeat repeat)
{
  CsJobRule *rule = cs_job_rule_new ();

  rule->scope = scope;
  rule->repeat = repeat;
  g_set_str (&rule->name, "{service} {start}");
  return rule;
}

static CsProposal *
add_proposal (Practice *practice)
{
  g_autoptr (CsClient) client = practice_add_client (practice, "Kauri Plumbing", "ann@kauri.test");

  return practice_add_proposal (practice, client);
}

static const char *
get_service (const CsProposal *proposal, guint index)
{
  return ((const CsProposalLine *)g_ptr_array_index (proposal->lines, index))->description;
}

static GPtrArray *
list_jobs (Practice *practice)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *jobs = cs_store_list_jobs (practice->store, &error);

  g_assert_no_error (error);
  return jobs;
}

static CsJob *
get_job (GPtrArray *jobs, guint index)
{
  g_assert_cmpuint (index, <, jobs->len);
  return g_ptr_array_index (jobs, index);
}

/* Every field of a rule, and of the practice's, survives the file. */
static void
test_settings (Practice *practice, gconstpointer data)
{
  g_autoptr (CsJobSettings) settings = cs_job_settings_new ();
  g_autoptr (CsJobSettings) read = NULL;
  g_autoptr (GError) error = NULL;
  CsJobRule *rule = settings->rule;

  rule->scope = CS_JOB_SCOPE_SERVICE;
  rule->repeat = CS_JOB_REPEAT_WITH_BILLING;
  g_set_str (&rule->name, "{client} – “{service}”");
  g_set_str (&rule->description, "first\nsecond");
  g_set_str (&rule->category_id, "category-1");
  rule->start = CS_JOB_START_FIXED;
  rule->start_days = 3;
  rule->start_date = cs_date_from_parts (2027, 1, 4);
  rule->due = CS_JOB_DUE_FIXED;
  rule->due_days = 7;
  rule->due_date = cs_date_from_parts (2027, 3, 31);
  rule->with_budget = TRUE;
  settings->goes_by_itself = FALSE;
  g_assert_true (cs_store_save_job_settings (practice->store, settings, &error));
  practice_reopen (practice);
  read = cs_store_get_job_settings (practice->store, &error);
  g_assert_no_error (error);
  g_assert_false (read->goes_by_itself);
  g_assert_cmpint (read->rule->scope, ==, rule->scope);
  g_assert_cmpint (read->rule->repeat, ==, rule->repeat);
  g_assert_cmpstr (read->rule->name, ==, rule->name);
  g_assert_cmpstr (read->rule->description, ==, rule->description);
  g_assert_cmpstr (read->rule->category_id, ==, "category-1");
  g_assert_cmpint (read->rule->start, ==, CS_JOB_START_FIXED);
  g_assert_cmpint (read->rule->start_days, ==, 3);
  g_assert_cmpint (read->rule->start_date.days, ==, rule->start_date.days);
  g_assert_cmpint (read->rule->due, ==, CS_JOB_DUE_FIXED);
  g_assert_cmpint (read->rule->due_days, ==, 7);
  g_assert_cmpint (read->rule->due_date.days, ==, rule->due_date.days);
  g_assert_true (read->rule->with_budget);
  rule->scope = CS_JOB_SCOPE_PROPOSAL;
  g_assert_false (cs_store_save_job_settings (practice->store, settings, &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  practice_assert_sound (practice);
}

/* P-08, J-02: none, one or several templates; a service is found whatever its letters' case. */
static void
test_services (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = add_proposal (practice);
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autofree char *shouted = g_utf8_strup (get_service (proposal, 0), -1);
  g_autoptr (GError) error = NULL;

  before = cs_store_list_services (practice->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (before->len, ==, proposal->lines->len);
  link_service (practice, shouted, make_rule (CS_JOB_SCOPE_SERVICE, CS_JOB_REPEAT_ONCE), "t-1", "t-2", NULL);
  link_service (practice, "Advice", NULL, NULL);
  after = cs_store_list_services (practice->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (after->len, ==, before->len + 1);
  for (guint i = 0; i < after->len; i++)
    {
      const CsWorkService *service = g_ptr_array_index (after, i);
      gboolean is_linked = g_str_equal (service->name, shouted);

      g_assert_cmpuint (service->template_ids->len, ==, is_linked ? 2 : 0);
      g_assert_cmpint (service->rule != NULL, ==, is_linked);
    }
  practice_assert_sound (practice);
}

/* J-03, J-05: by e-mail where that is beyond doubt, by hand else; with or without access. */
static void
test_members (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = connect_manager (practice);
  CsUuid mia = add_member (practice, "Mia", "MIA@practice.test", "");
  g_autoptr (GPtrArray) members = NULL;
  g_autoptr (CsMember) other = NULL;
  g_autoptr (GError) error = NULL;
  guint n_linked = 0;

  add_member (practice, "Noah", "shared@practice.test", "");
  write_entries (practice, &connection_id, "staff", "staff-1", "mia@practice.test", "staff-2",
                 "shared@practice.test", "staff-3", "shared@practice.test", NULL);
  g_assert_true (cs_store_link_staff (practice->store, &n_linked, &error));
  g_assert_cmpuint (n_linked, ==, 1);
  members = cs_store_list_members (practice->store, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((CsMember *)g_ptr_array_index (members, 0))->staff_id, ==, "staff-1");
  g_assert_cmpstr (((CsMember *)g_ptr_array_index (members, 1))->staff_id, ==, "");
  other = cs_member_copy (g_ptr_array_index (members, 1));
  g_set_str (&other->staff_id, "staff-1");
  g_assert_false (cs_store_save_member (practice->store, other, &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  g_set_str (&other->staff_id, "staff-3");
  other->has_access = FALSE;
  other->manages = TRUE;
  g_assert_true (cs_store_save_member (practice->store, other, &error));
  g_assert_true (cs_store_delete_member (practice->store, &mia, &error));
  g_assert_no_error (error);
  g_clear_pointer (&members, g_ptr_array_unref);
  members = cs_store_list_members (practice->store, &error);
  g_assert_cmpuint (members->len, ==, 1);
  g_assert_cmpstr (((CsMember *)g_ptr_array_index (members, 0))->staff_id, ==, "staff-3");
  g_assert_false (((CsMember *)g_ptr_array_index (members, 0))->has_access);
  g_set_str (&other->name, " ");
  g_assert_false (cs_store_save_member (practice->store, other, &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  practice_assert_sound (practice);
}

/* One manager at a time: the new one takes the place of the old. */
static void
test_one_manager (Practice *practice, gconstpointer data)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (CsMember) member = cs_member_new ();
      g_autoptr (GError) error = NULL;

      g_set_str (&member->name, i == 0 ? "Mia" : "Noah");
      member->manages = TRUE;
      member->is_partner = TRUE;
      g_assert_true (cs_store_save_member (practice->store, member, &error));
      g_assert_no_error (error);
    }
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM member WHERE manages = 1"), ==, 1);
  g_assert_cmpint (
      practice_query (practice, "SELECT count(*) FROM member WHERE is_partner = 1 AND name = 'Noah'"), ==, 1);
}

/* J-01, J-04: acceptance plans; planning again is planning once; undoing it forgets. */
static void
test_acceptance (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = add_proposal (practice);
  CsUuid connection_id = connect_manager (practice);
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GError) error = NULL;
  guint n_planned = 9;
  const CsJob *first;

  add_member (practice, "Mia", "", "staff-1");
  write_entries (practice, &connection_id, "templates", "t-1", "", "t-2", "", NULL);
  link_service (practice, get_service (proposal, 0), make_rule (CS_JOB_SCOPE_SERVICE, CS_JOB_REPEAT_ONCE),
                "t-1", "t-2", NULL);
  practice_accept (practice, proposal);
  jobs = list_jobs (practice);
  g_assert_cmpuint (jobs->len, ==, 1);
  first = get_job (jobs, 0);
  g_assert_cmpint (first->state, ==, CS_JOB_PLANNED);
  g_assert_cmpint (first->release_day.days, ==, FIXTURE_TODAY.days);
  g_assert_cmpuint (first->planned->template_ids->len, ==, 2);
  g_assert_cmpuint (first->planned->roles->staff_ids->len, ==, 1);
  g_assert_cmpstr (first->planned->client_order_number, ==, first->proposal_number);
  g_assert_nonnull (strstr (first->planned->description, first->planned->key));
  g_assert_true (cs_store_plan_jobs (practice->store, &proposal->id, &n_planned, &error));
  g_assert_cmpuint (n_planned, ==, 0);
  practice_assert_sound (practice);
  g_assert_true (cs_store_undo_acceptance (practice->store, &proposal->id, &error));
  g_assert_no_error (error);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM job"), ==, 0);
  g_assert_false (cs_store_plan_jobs (practice->store, &proposal->id, &n_planned, &error));
  assert_store_error (error, CS_STORE_ERROR_STATE);
  practice_assert_sound (practice);
}

/* A job a month goes by itself when its month begins; the plan is kept a year ahead. */
static void
test_repeating (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = add_proposal (practice);
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GPtrArray) later = NULL;
  g_autoptr (GArray) due = NULL;
  g_autoptr (GError) error = NULL;
  guint n_released = 0;

  connect_manager (practice);
  link_service (practice, get_service (proposal, 1),
                make_rule (CS_JOB_SCOPE_SERVICE, CS_JOB_REPEAT_WITH_BILLING), "t-1", NULL);
  practice_accept (practice, proposal);
  jobs = list_jobs (practice);
  g_assert_cmpuint (jobs->len, >=, 12);
  for (guint i = 1; i < jobs->len; i++)
    {
      const CsJob *job = get_job (jobs, i);

      g_assert_cmpint (job->release_day.days, ==, job->planned->period.start.days);
    }
  due = cs_store_list_due_jobs (practice->store, get_job (jobs, 2)->release_day, 100, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (due->len, ==, 3);
  g_assert_true (
      cs_store_release_due (practice->store, cs_date_add_months (FIXTURE_TODAY, 2, 0), &n_released, &error));
  g_assert_no_error (error);
  later = list_jobs (practice);
  g_assert_cmpuint (later->len, ==, jobs->len + 2);
  practice_assert_sound (practice);
}

/* What is made once doesn't wait for the first month of its service. */
static void
test_once (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = add_proposal (practice);
  g_autoptr (GPtrArray) jobs = NULL;

  connect_manager (practice);
  link_service (practice, get_service (proposal, 1), make_rule (CS_JOB_SCOPE_SERVICE, CS_JOB_REPEAT_ONCE),
                "t-1", NULL);
  practice_accept (practice, proposal);
  jobs = list_jobs (practice);
  g_assert_cmpuint (jobs->len, ==, 1);
  g_assert_cmpint (get_job (jobs, 0)->planned->period.start.days, >, FIXTURE_TODAY.days);
  g_assert_cmpint (get_job (jobs, 0)->release_day.days, ==, FIXTURE_TODAY.days);
}

/* What is linked two years after the acceptance makes jobs from now on, too, and those at once. */
static void
test_linked_late (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = add_proposal (practice);
  g_autoptr (GError) error = NULL;
  CsDate today = cs_date_add_months (FIXTURE_TODAY, 24, 0);
  g_autofree char *statement = NULL;
  guint n_planned = 0;

  connect_manager (practice);
  practice_accept (practice, proposal);
  practice_wait (practice, (gint64)(today.days - FIXTURE_TODAY.days) * 86400000);
  link_service (practice, get_service (proposal, 1),
                make_rule (CS_JOB_SCOPE_SERVICE, CS_JOB_REPEAT_WITH_BILLING), "t-1", NULL);
  g_assert_true (cs_store_plan_jobs (practice->store, &proposal->id, &n_planned, &error));
  g_assert_no_error (error);
  statement = g_strdup_printf ("SELECT count(*) FROM job WHERE period_end >= %d", today.days);
  g_assert_cmpint (practice_query (practice, statement), ==, 13);
  practice_assert_sound (practice);
}

/* By hand: nothing is due by itself. Without a practice manager: nothing is planned, nothing is missing. */
static void
test_by_hand (Practice *practice, gconstpointer data)
{
  g_autoptr (CsJobSettings) settings = cs_job_settings_new ();
  g_autoptr (CsProposal) proposal = add_proposal (practice);
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GPtrArray) foreseen = NULL;
  g_autoptr (GPtrArray) warnings = NULL;
  g_autoptr (GArray) due = NULL;
  g_autoptr (GError) error = NULL;
  guint n_planned = 0;

  settings->goes_by_itself = FALSE;
  g_assert_true (cs_store_save_job_settings (practice->store, settings, &error));
  link_service (practice, get_service (proposal, 0), NULL, "t-1", NULL);
  g_assert_true (
      cs_store_foresee_jobs (practice->store, proposal, FIXTURE_TODAY, &foreseen, &warnings, &error));
  g_assert_cmpuint (foreseen->len + warnings->len, ==, 0);
  practice_accept (practice, proposal);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM job"), ==, 0);
  connect_manager (practice);
  g_assert_true (cs_store_plan_jobs (practice->store, &proposal->id, &n_planned, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_planned, ==, 1);
  jobs = list_jobs (practice);
  g_assert_false (cs_date_is_set (get_job (jobs, 0)->release_day));
  due = cs_store_list_due_jobs (practice->store, cs_date_add_months (FIXTURE_TODAY, 24, 0), 100, &error);
  g_assert_cmpuint (due->len, ==, 0);
  practice_assert_sound (practice);
}

static gboolean
has_warning (GPtrArray *warnings, CsJobWarningKind kind)
{
  for (guint i = 0; i < warnings->len; i++)
    if (((CsJobWarning *)g_ptr_array_index (warnings, i))->kind == kind)
      return TRUE;
  return FALSE;
}

/* U-25: what is missing is said before anybody signs. */
static void
test_warnings (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = add_proposal (practice);
  CsUuid connection_id = connect_manager (practice);
  g_autoptr (GPtrArray) foreseen = NULL;
  g_autoptr (GPtrArray) warnings = NULL;
  g_autoptr (GError) error = NULL;
  CsWorkSettings travel;

  add_member (practice, "Mia", "", "");
  write_entries (practice, &connection_id, "templates", "t-1", "", NULL);
  write_entries (practice, &connection_id, "staff", "staff-1", "", NULL);
  link_service (practice, get_service (proposal, 0), NULL, "t-gone", NULL);
  g_assert_true (
      cs_store_foresee_jobs (practice->store, proposal, FIXTURE_TODAY, &foreseen, &warnings, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (foreseen->len, ==, 1);
  g_assert_true (has_warning (warnings, CS_JOB_WARNING_TEMPLATE_GONE));
  g_assert_true (has_warning (warnings, CS_JOB_WARNING_STAFF_UNLINKED));
  g_assert_true (has_warning (warnings, CS_JOB_WARNING_NO_TEMPLATE));
  g_assert_true (has_warning (warnings, CS_JOB_WARNING_CLIENT_UNLINKED));
  g_clear_pointer (&foreseen, g_ptr_array_unref);
  g_clear_pointer (&warnings, g_ptr_array_unref);
  g_assert_true (cs_store_get_work_settings (practice->store, &travel, &error));
  travel.direction = CS_WORK_SYNC_TO;
  g_assert_true (cs_store_save_work_settings (practice->store, &travel, &error));
  cs_store_write_work_list (practice->store, &connection_id, "templates", NULL, &error);
  g_assert_true (
      cs_store_foresee_jobs (practice->store, proposal, FIXTURE_TODAY, &foreseen, &warnings, &error));
  g_assert_true (has_warning (warnings, CS_JOB_WARNING_TEMPLATE_UNKNOWN));
  g_assert_false (has_warning (warnings, CS_JOB_WARNING_TEMPLATE_GONE));
  g_assert_false (has_warning (warnings, CS_JOB_WARNING_CLIENT_UNLINKED));
  practice_assert_sound (practice);
}

static GPtrArray *
make_steps (CsJournalState state)
{
  GPtrArray *steps = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_job_step_free);
  CsJobStep *step = cs_job_step_new ();

  *step = (CsJobStep){ .kind = 1,
                       .index = 2,
                       .state = state,
                       .generation = 3,
                       .attempts = 4,
                       .next_ms = 5,
                       .epoch = 6,
                       .frozen = g_bytes_new_static ("<Job/>", 6),
                       .has_baseline = TRUE,
                       .baseline = 7,
                       .known_ms = 8,
                       .message = step->message,
                       .correlation_id = step->correlation_id };
  g_ptr_array_add (steps, step);
  return steps;
}

/* The saga's rows and what is there survive the file; completion follows what is read there. */
static void
test_progress (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = add_proposal (practice);
  CsUuid connection_id = connect_manager (practice);
  g_autoptr (CsWorkJob) there = cs_work_job_new ();
  g_autoptr (GPtrArray) read = g_ptr_array_new ();
  g_autoptr (GPtrArray) steps = make_steps (CS_JOURNAL_SENDING);
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (CsJob) job = NULL;
  g_autoptr (GError) error = NULL;
  CsWorkTask *task = cs_work_task_new ();
  CsJobProgress progress = { CS_JOB_LIVE, 77, "", &connection_id, there };
  const CsJobStep *step;
  CsUuid id, next;
  gint64 next_ms = 0;
  guint n_changed = 0;

  link_service (practice, get_service (proposal, 0), NULL, "t-1", NULL);
  practice_accept (practice, proposal);
  jobs = list_jobs (practice);
  id = get_job (jobs, 0)->planned->id;
  g_set_str (&there->number, "J000001");
  g_set_str (&there->state, "In Progress");
  g_set_str (&task->name, "Bank");
  g_ptr_array_add (there->tasks, task);
  g_assert_true (cs_store_write_job (practice->store, &id, steps, &progress, &error));
  g_assert_no_error (error);
  g_assert_true (cs_store_get_next_job (practice->store, &connection_id, &next, &next_ms, &error));
  g_assert_true (cs_uuid_equal (&next, &id));
  g_assert_cmpint (next_ms, ==, 77);
  g_assert_false (cs_store_undo_acceptance (practice->store, &proposal->id, &error));
  assert_store_error (error, CS_STORE_ERROR_STATE);
  practice_reopen (practice);
  kept = cs_store_get_job_steps (practice->store, &id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kept->len, ==, 1);
  step = g_ptr_array_index (kept, 0);
  g_assert_cmpint (step->state, ==, CS_JOURNAL_SENDING);
  g_assert_cmpuint (step->index + step->generation + step->attempts + step->baseline, ==, 16);
  g_assert_cmpint (step->next_ms + step->epoch + step->known_ms, ==, 19);
  g_assert_cmpuint (g_bytes_get_size (step->frozen), ==, 6);
  there->completed = FIXTURE_TODAY;
  g_ptr_array_add (read, there);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (cs_store_write_jobs_read (practice->store, &connection_id, read, &n_changed, &error));
      g_assert_cmpuint (n_changed, ==, i == 0 ? 1 : 0);
    }
  progress.next_ms = CS_JOB_NEVER;
  progress.state = CS_JOB_COMPLETED;
  g_assert_true (cs_store_write_job (practice->store, &id, kept, &progress, &error));
  g_assert_false (cs_store_get_next_job (practice->store, &connection_id, &next, &next_ms, &error));
  g_assert_no_error (error);
  job = cs_store_get_job (practice->store, &id, &error);
  g_assert_cmpint (job->state, ==, CS_JOB_COMPLETED);
  g_assert_cmpstr (job->there->number, ==, "J000001");
  g_assert_cmpuint (job->there->tasks->len, ==, 1);
  practice_assert_sound (practice);
}

/* U-23: what is half made at one practice goes on there and nowhere else, though another is connected by now:
 * numbers, templates and staff are that practice's own. */
static void
test_another_practice (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = add_proposal (practice);
  CsUuid here = connect_manager (practice);
  g_autoptr (GPtrArray) steps = make_steps (CS_JOURNAL_WAITING);
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GError) error = NULL;
  CsJobProgress progress = { CS_JOB_DEPLOYING, 77, "", &here, NULL };
  CsUuid elsewhere, id, next;
  gint64 next_ms = 0;

  link_service (practice, get_service (proposal, 0), NULL, "t-1", NULL);
  practice_accept (practice, proposal);
  jobs = list_jobs (practice);
  id = get_job (jobs, 0)->planned->id;
  g_assert_true (cs_store_write_job (practice->store, &id, steps, &progress, &error));
  elsewhere = connect_practice (practice, "practice-2");
  for (guint i = 0; i < 2; i++)
    {
      g_assert_false (cs_store_get_next_job (practice->store, &elsewhere, &next, &next_ms, &error));
      g_assert_no_error (error);
      g_assert_true (cs_store_get_next_job (practice->store, &here, &next, &next_ms, &error));
      g_assert_true (cs_uuid_equal (&next, &id));
      /* A person tries it again meanwhile. */
      progress.connection_id = &elsewhere;
      g_assert_true (cs_store_write_job (practice->store, &id, steps, &progress, &error));
    }
  g_assert_no_error (error);
}

static gboolean
fits (Practice *practice, const CsUuid *connection_id, gboolean is_wanted)
{
  g_autoptr (GPtrArray) jobs = list_jobs (practice);
  g_autoptr (GError) error = NULL;
  gboolean result = cs_store_fit_job (practice->store, get_job (jobs, 0), connection_id, is_wanted, &error);

  if (!result)
    assert_store_error (error, CS_STORE_ERROR_STATE);
  return result;
}

/* U-23: what is planned and not begun goes to another practice that is connected by now with that practice's
 * templates and staff, never with those of the one before: it waits until a person has chosen them anew. */
static void
test_planned_elsewhere (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = add_proposal (practice);
  CsUuid here = connect_manager (practice);
  g_autoptr (GPtrArray) planned = NULL;
  g_autoptr (GPtrArray) jobs = NULL;
  const CsPlannedJob *before, *now;
  CsUuid elsewhere;

  write_entries (practice, &here, "staff", "staff-1", "mia@practice.test", NULL);
  add_member (practice, "Mia", "mia@practice.test", "staff-1");
  link_service (practice, get_service (proposal, 0), NULL, "t-1", NULL);
  practice_accept (practice, proposal);
  g_assert_true (fits (practice, &here, FALSE)); /* one practice: nothing can be another's */
  planned = list_jobs (practice);
  before = get_job (planned, 0)->planned;

  elsewhere = connect_practice (practice, "practice-2");
  /* Of lists that can't be read only a person can tell, unless it is chosen now. */
  g_assert_false (fits (practice, &elsewhere, FALSE));
  link_service (practice, get_service (proposal, 0), NULL, "t-1", NULL);
  g_assert_true (fits (practice, &elsewhere, FALSE));
  write_entries (practice, &elsewhere, "templates", "t-9", "", NULL);
  write_entries (practice, &elsewhere, "staff", "staff-9", "", NULL);
  for (guint i = 0; i < 2; i++)
    g_assert_false (fits (practice, &elsewhere, i == 1));
  link_service (practice, get_service (proposal, 0), NULL, NULL);
  g_assert_false (fits (practice, &elsewhere, TRUE));
  link_service (practice, get_service (proposal, 0), NULL, "t-9", NULL);
  g_assert_true (fits (practice, &elsewhere, FALSE));
  jobs = list_jobs (practice);
  now = get_job (jobs, 0)->planned;
  g_assert_cmpuint (jobs->len, ==, planned->len);
  g_assert_true (cs_uuid_equal (&now->id, &before->id));
  g_assert_cmpstr (now->name, ==, before->name);
  g_assert_cmpuint (now->template_ids->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (now->template_ids, 0), ==, "t-9");
  g_assert_cmpuint (before->roles->staff_ids->len, ==, 1);
  g_assert_cmpuint (now->roles->staff_ids->len, ==, 0); /* nobody of the team is linked there yet */
  practice_assert_sound (practice);
}

static gboolean
is_held (Practice *practice, const CsUuid *id, CsJournalState state)
{
  g_autoptr (GPtrArray) steps = make_steps (state);
  g_autoptr (CsJob) job = NULL;
  g_autoptr (GError) error = NULL;
  CsJobProgress progress = { CS_JOB_DEPLOYING, 77, "", NULL, NULL };

  cs_store_write_job (practice->store, id, steps, &progress, &error);
  g_assert_no_error (error);
  job = cs_store_get_job (practice->store, id, &error);
  g_assert_no_error (error);
  return job->is_held;
}

/* What is let go of waits for the end of the hold on its acceptance, as the invoices do: until then nothing
 * of it is being made. */
static void
test_held (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = add_proposal (practice);
  g_autoptr (GPtrArray) jobs = NULL;

  connect_manager (practice);
  link_service (practice, get_service (proposal, 0), NULL, "t-1", NULL);
  practice_accept (practice, proposal);
  jobs = list_jobs (practice);
  g_assert_false (get_job (jobs, 0)->is_held);
  g_assert_true (is_held (practice, &get_job (jobs, 0)->planned->id, CS_JOURNAL_HELD));
  g_assert_false (is_held (practice, &get_job (jobs, 0)->planned->id, CS_JOURNAL_QUEUED));
  g_assert_false (is_held (practice, &get_job (jobs, 0)->planned->id, CS_JOURNAL_DONE));
}

/* Random plans, planned, planned again and read: each job once, with a key of its own, its order number that
 * of the invoices [U-24]. */
static void
test_property (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = add_proposal (practice);

  connect_manager (practice);
  for (guint round = 0; round < 12; round++)
    {
      g_autoptr (GPtrArray) jobs = NULL;
      g_autoptr (GError) error = NULL;
      guint n_planned = 0;

      for (guint i = 0; i < proposal->lines->len; i++)
        {
          gboolean repeats = g_test_rand_bit () != 0;
          CsJobScope scope
              = repeats || g_test_rand_bit () != 0 ? CS_JOB_SCOPE_SERVICE : CS_JOB_SCOPE_PROPOSAL;
          const char *second = g_test_rand_bit () != 0 ? "t-2" : NULL;

          link_service (practice, get_service (proposal, i),
                        make_rule (scope, repeats ? CS_JOB_REPEAT_WITH_BILLING : CS_JOB_REPEAT_ONCE),
                        g_test_rand_bit () != 0 ? "t-1" : NULL, second, NULL);
        }
      if (round == 0)
        practice_accept (practice, proposal);
      else
        g_assert_true (cs_store_plan_jobs (practice->store, &proposal->id, &n_planned, &error));
      g_assert_no_error (error);
      g_assert_true (cs_store_plan_jobs (practice->store, &proposal->id, &n_planned, &error));
      g_assert_cmpuint (n_planned, ==, 0);
      jobs = list_jobs (practice);
      for (guint i = 0; i < jobs->len; i++)
        g_assert_cmpstr (get_job (jobs, i)->planned->client_order_number, ==, proposal->number);
      g_assert_cmpint (practice_query (practice, "SELECT count(*) - count(DISTINCT key) FROM job"), ==, 0);
    }
  practice_assert_sound (practice);
}

/* What the runner asks at each look, and a page of a client or a proposal, walks no table. */
static void
test_query_plans (Practice *practice, gconstpointer data)
{
  static const struct
  {
    const char *query;
    const char *index;
  } queries[] = {
    { PLAN "SELECT id, next_ms FROM job WHERE next_ms IS NOT NULL AND connection_id = x'00'"
           " ORDER BY next_ms, rid LIMIT 1",
      "job_next" },
    { PLAN "SELECT id FROM job WHERE state = 'planned' AND release_day IS NOT NULL AND release_day <= 1"
           " ORDER BY release_day, rid LIMIT 9",
      "job_release" },
    { PLAN "SELECT id, there FROM job WHERE connection_id = x'00' AND number = 'J1' AND number <> ''",
      "job_number" },
    { PLAN
      "SELECT number, planned_ms FROM job WHERE connection_id = x'00' AND state = 'live' ORDER BY planned_ms",
      "job_live" },
    { PLAN "SELECT id FROM job WHERE proposal_id = x'00' ORDER BY start, rid", "job_proposal" },
    { PLAN "SELECT id FROM job WHERE client_id = x'00' ORDER BY start, rid", "job_client" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (CsSqlStatement) row = cs_sql_prepare (practice->store->sql, queries[i].query);
      g_autoptr (GString) plan = g_string_new (NULL);

      while (cs_sql_next (row, NULL))
        {
          cs_sql_read_integer (row);
          cs_sql_read_integer (row);
          cs_sql_read_integer (row);
          g_string_append_printf (plan, "%s\n", cs_sql_peek_text (row));
        }
      g_assert_false (cs_sql_has_failed (row));
      if (strstr (plan->str, queries[i].index) == NULL || strstr (plan->str, "TEMP B-TREE") != NULL)
        g_error ("%s\n%s", queries[i].query, plan->str);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TEST ("/jobs/settings", test_settings);
  ADD_TEST ("/jobs/P-08 services and templates", test_services);
  ADD_TEST ("/jobs/J-03 J-05 members and staff", test_members);
  ADD_TEST ("/jobs/J-04 one manager, one partner", test_one_manager);
  ADD_TEST ("/jobs/J-01 planned on acceptance", test_acceptance);
  ADD_TEST ("/jobs/P-07 repeating", test_repeating);
  ADD_TEST ("/jobs/J-01 made once", test_once);
  ADD_TEST ("/jobs/by hand", test_by_hand);
  ADD_TEST ("/jobs/linked late", test_linked_late);
  ADD_TEST ("/jobs/U-25 warnings", test_warnings);
  ADD_TEST ("/jobs/progress", test_progress);
  ADD_TEST ("/jobs/U-23 another practice", test_another_practice);
  ADD_TEST ("/jobs/U-23 planned elsewhere", test_planned_elsewhere);
  ADD_TEST ("/jobs/held", test_held);
  ADD_TEST ("/jobs/U-24 planned once", test_property);
  ADD_TEST ("/jobs/query plans", test_query_plans);
  return g_test_run ();
}
