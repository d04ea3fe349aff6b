/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include "cs-store-billing.h"
#include "cs-store-connections.h"
#include "cs-store-jobs.h"
#include "cs-store-work.h"

#define DAY_MS G_GINT64_CONSTANT (86400000)
#define DAY(y, m, d) (cs_date_from_parts (y, m, d))
#define REASON "On parental leave"

/* Pause, resume, stop and waive, each with a reason [U-13]. The fixture's proposal bills once on 22 November
 * 2026, and from 1 December on each month. */

static CsProposal *
accept_one (Practice *practice)
{
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsProposal) draft = practice_add_proposal (practice, client);

  practice_accept (practice, draft);
  return practice_get_proposal (practice, &draft->id);
}

static const CsUuid *
get_line (const CsProposal *proposal, guint index)
{
  return &((const CsProposalLine *)g_ptr_array_index (proposal->lines, index))->id;
}

static CsBillingChange *
try_to_say (Practice *practice,
            const CsProposal *proposal,
            CsBillingChangeKind kind,
            CsDate from,
            CsDate until,
            GError **error)
{
  g_autoptr (CsBillingChange) change = cs_billing_change_new (kind, from, until, REASON);

  return cs_store_change_billing (practice->store, get_line (proposal, 1), NULL, change, error);
}

static CsUuid
say (Practice *practice, const CsProposal *proposal, CsBillingChangeKind kind, CsDate from, CsDate until)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsBillingChange) said = try_to_say (practice, proposal, kind, from, until, &error);

  g_assert_no_error (error);
  return said->id;
}

static CsPlannedSeen
see (Practice *practice, const CsProposal *proposal, guint index)
{
  g_autoptr (GPtrArray) planned = cs_store_list_planned (practice->store, &proposal->id, NULL);

  return cs_planned_invoice_get_seen (g_ptr_array_index (planned, index));
}

static void
release (Practice *practice, CsDate today)
{
  g_autoptr (GError) error = NULL;

  cs_store_release_due (practice->store, today, NULL, &error);
  g_assert_no_error (error);
}

/* The days of what is planned up to @until: those that were released in brackets, what is skipped with "!".
 */
static void
assert_plan (Practice *practice, const CsProposal *proposal, CsDate until, const char *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) planned = cs_store_list_planned (practice->store, &proposal->id, &error);
  g_autoptr (GString) days = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < planned->len; i++)
    {
      const CsPlannedInvoice *invoice = g_ptr_array_index (planned, i);
      g_autofree char *day = cs_date_to_string (invoice->date);

      if (cs_date_compare (invoice->date, until) <= 0)
        g_string_append_printf (days, cs_uuid_is_none (&invoice->journal_id) ? " %s%s" : " [%s]%s", day + 2,
                                invoice->skipped_ms > 0 ? "!" : "");
    }
  g_assert_cmpstr (days->str, ==, wanted);
}

static void
test_pause_and_resume (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = accept_one (practice);
  g_autoptr (CsProposal) after = NULL;
  const CsBillingChange *change = NULL;

  assert_plan (practice, proposal, DAY (2027, 4, 1),
               " [26-11-22] 26-12-01 27-01-01 27-02-01 27-03-01 27-04-01");
  say (practice, proposal, CS_BILLING_PAUSE, DAY (2027, 1, 1), CS_DATE_NONE);
  assert_plan (practice, proposal, DAY (2027, 4, 1), " [26-11-22] 26-12-01");
  say (practice, proposal, CS_BILLING_RESUME, DAY (2027, 3, 1), CS_DATE_NONE);
  assert_plan (practice, proposal, DAY (2027, 4, 1), " [26-11-22] 26-12-01 27-03-01 27-04-01");
  after = practice_get_proposal (practice, &proposal->id);
  change = g_ptr_array_index (((CsProposalLine *)g_ptr_array_index (after->lines, 1))->changes, 0);
  g_assert_cmpstr (change->reason, ==, REASON);
  g_assert_cmpint (change->said_ms, ==, practice->now_ms);
  g_assert_cmpstr (change->actor, !=, "");
  g_assert_null (((CsProposalLine *)g_ptr_array_index (after->lines, 0))->changes);
  practice_assert_sound (practice);
}

/* What was agreed stays frozen, to the byte. */
static void
test_agreement_stays (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = accept_one (practice);
  g_autoptr (CsProposal) after = NULL;

  say (practice, proposal, CS_BILLING_STOP, DAY (2027, 1, 1), CS_DATE_NONE);
  after = practice_get_proposal (practice, &proposal->id);
  g_assert_cmpstr (after->acceptance->agreement_sha256, ==, proposal->acceptance->agreement_sha256);
  g_assert_cmpint (practice_query (practice, "SELECT canonical LIKE '%" REASON "%' FROM agreement"), ==, 0);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM audit WHERE action = 'billing.changed'"
                                             " AND details LIKE '%stop%2027-01-01%" REASON "%'"),
                   ==, 1);
  practice_assert_sound (practice);
}

/* Years later no topping up brings back what was left out, and nobody is asked about it [U-11]. */
static void
test_later_runs_keep_to_it (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = accept_one (practice);
  CsDate back = DAY (2029, 3, 15);
  guint n = 99;

  release (practice, FIXTURE_TODAY);
  say (practice, proposal, CS_BILLING_PAUSE, DAY (2026, 12, 1), DAY (2029, 3, 1));
  practice_wait (practice, (back.days - FIXTURE_TODAY.days) * DAY_MS);
  release (practice, back);
  g_assert_true (cs_store_count_catch_up (practice->store, back, &n, NULL));
  g_assert_cmpuint (n, ==, 1);
  assert_plan (practice, proposal, DAY (2029, 5, 1), " [26-11-22] 29-03-01 29-04-01 29-05-01");
  practice_assert_sound (practice);
}

/* Resumed on an invoice's own day it is held first, as whatever a person decides; so it is when it was
 * skipped and is brought back. */
static void
test_today_is_held (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = accept_one (practice);
  CsPlannedSeen january = see (practice, proposal, 2);

  say (practice, proposal, CS_BILLING_PAUSE, DAY (2026, 12, 1), DAY (2027, 1, 1));
  g_assert_true (cs_store_skip_planned (practice->store, &january, 1, REASON, NULL));
  practice_wait (practice, 9 * DAY_MS);
  release (practice, DAY (2026, 12, 1));
  say (practice, proposal, CS_BILLING_RESUME, DAY (2026, 12, 1), CS_DATE_NONE);
  assert_plan (practice, proposal, DAY (2026, 12, 1), " [26-11-22] [26-12-01]");
  g_assert_cmpint (practice_query (practice, "SELECT max (hold_until_ms) FROM journal"), ==,
                   practice->now_ms + 15000);
  practice_wait (practice, 31 * DAY_MS);
  release (practice, DAY (2027, 1, 1));
  g_assert_true (cs_store_undo_skip (practice->store, &january.id, 1, NULL));
  assert_plan (practice, proposal, DAY (2027, 1, 1), " [26-11-22] [26-12-01] [27-01-01]");
  g_assert_cmpint (practice_query (practice, "SELECT max (hold_until_ms) FROM journal"), ==,
                   practice->now_ms + 15000);
  practice_assert_sound (practice);
}

/* What is on its way is not taken back; from its day on nothing follows it. */
static void
test_released_stays (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = accept_one (practice);

  practice_wait (practice, 9 * DAY_MS);
  release (practice, DAY (2026, 12, 1));
  say (practice, proposal, CS_BILLING_STOP, DAY (2026, 12, 1), CS_DATE_NONE);
  assert_plan (practice, proposal, DAY (2027, 4, 1), " [26-11-22] [26-12-01]");
  say (practice, proposal, CS_BILLING_RESUME, DAY (2026, 12, 1), CS_DATE_NONE);
  assert_plan (practice, proposal, DAY (2027, 2, 1), " [26-11-22] [26-12-01] 27-01-01 27-02-01");
  practice_assert_sound (practice);
}

/* Resumed from a day that is past: what lies between is a person's to bill [U-11], each period once [U-10].
 */
static void
test_resumed_from_the_past (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = accept_one (practice);
  CsDate back = DAY (2027, 3, 10);
  guint n = 99;

  release (practice, FIXTURE_TODAY);
  say (practice, proposal, CS_BILLING_PAUSE, DAY (2026, 12, 1), CS_DATE_NONE);
  practice_wait (practice, (back.days - FIXTURE_TODAY.days) * DAY_MS);
  release (practice, back);
  say (practice, proposal, CS_BILLING_RESUME, DAY (2027, 2, 1), CS_DATE_NONE);
  for (guint i = 0; i < 3; i++)
    release (practice, back);
  g_assert_true (cs_store_count_catch_up (practice->store, back, &n, NULL));
  g_assert_cmpuint (n, ==, 2);
  assert_plan (practice, proposal, DAY (2027, 4, 1), " [26-11-22] 27-02-01 27-03-01 27-04-01");
}

/* The last change alone, once; the plan is as it was before, to the row. */
static void
test_taken_back (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = accept_one (practice);
  g_autofree char *before = practice_dump (practice);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  CsUuid first = say (practice, proposal, CS_BILLING_PAUSE, DAY (2027, 1, 1), CS_DATE_NONE);
  CsUuid second = say (practice, proposal, CS_BILLING_STOP, DAY (2027, 2, 1), CS_DATE_NONE);

  g_assert_false (cs_store_take_back_billing (practice->store, &first, &error));
  assert_store_error (error, CS_STORE_ERROR_STATE);
  g_assert_true (cs_store_take_back_billing (practice->store, &second, NULL));
  g_assert_false (cs_store_take_back_billing (practice->store, &second, &error));
  assert_store_error (error, CS_STORE_ERROR_STATE);
  g_assert_true (cs_store_take_back_billing (practice->store, &first, NULL));
  after = practice_dump (practice);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (
      practice_query (practice, "SELECT count(*) FROM audit WHERE action = 'billing.taken-back'"), ==, 2);
  practice_assert_sound (practice);
}

/* Waived: one invoice of a day to come. What was said meanwhile counts for it once that is taken back. */
static void
test_waived (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = accept_one (practice);
  CsPlannedSeen seen[2] = { see (practice, proposal, 2), see (practice, proposal, 3) };
  CsUuid ids[2] = { seen[0].id, seen[1].id };

  g_assert_true (cs_store_skip_planned (practice->store, seen, 2, REASON, NULL));
  say (practice, proposal, CS_BILLING_PAUSE, DAY (2027, 2, 1), DAY (2027, 3, 1));
  assert_plan (practice, proposal, DAY (2027, 3, 1), " [26-11-22] 26-12-01 27-01-01! 27-02-01! 27-03-01");
  practice_wait (practice, 50 * DAY_MS);
  release (practice, DAY (2027, 1, 2));
  assert_plan (practice, proposal, DAY (2027, 1, 1), " [26-11-22] 26-12-01 27-01-01!");
  g_assert_true (cs_store_undo_skip (practice->store, ids, 2, NULL));
  assert_plan (practice, proposal, DAY (2027, 3, 1), " [26-11-22] 26-12-01 27-01-01 27-03-01");
  practice_assert_sound (practice);
}

static void
test_refused (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = accept_one (practice);
  g_autoptr (CsBillingChange) change
      = cs_billing_change_new (CS_BILLING_PAUSE, DAY (2027, 1, 1), CS_DATE_NONE, "  ");
  g_autofree char *before = practice_dump (practice);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  CsUuid nobody = CS_UUID_NONE;

  g_assert_null (cs_store_change_billing (practice->store, get_line (proposal, 1), NULL, change, &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  g_set_str (&change->reason, REASON);
  g_assert_null (cs_store_change_billing (practice->store, get_line (proposal, 0), NULL, change, &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  g_assert_null (cs_store_change_billing (practice->store, &nobody, NULL, change, &error));
  assert_store_error (error, CS_STORE_ERROR_NOT_FOUND);
  g_assert_null (try_to_say (practice, proposal, CS_BILLING_RESUME, DAY (2027, 1, 1), CS_DATE_NONE, &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  after = practice_dump (practice);
  g_assert_cmpstr (before, ==, after);
}

/* What a person saw is what they decide about: two windows that look at the same service, and one of them
 * pauses it. What the other says then is refused until it has looked again, and leaves nothing behind. */
static void
test_said_meanwhile (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = accept_one (practice);
  g_autoptr (CsBillingChange) stop
      = cs_billing_change_new (CS_BILLING_STOP, DAY (2027, 3, 1), CS_DATE_NONE, REASON);
  g_autoptr (CsBillingChange) said = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  CsUuid seen = CS_UUID_NONE;
  CsUuid pause = say (practice, proposal, CS_BILLING_PAUSE, DAY (2027, 1, 1), DAY (2027, 2, 1));

  before = practice_dump (practice);
  g_assert_null (cs_store_change_billing (practice->store, get_line (proposal, 1), &seen, stop, &error));
  assert_store_error (error, CS_STORE_ERROR_STALE);
  after = practice_dump (practice);
  g_assert_cmpstr (before, ==, after);

  g_assert_true (cs_store_take_back_billing (practice->store, &pause, NULL));
  g_assert_null (cs_store_change_billing (practice->store, get_line (proposal, 1), &pause, stop, &error));
  assert_store_error (error, CS_STORE_ERROR_STALE);
  said = cs_store_change_billing (practice->store, get_line (proposal, 1), &seen, stop, &error);
  g_assert_no_error (error);
  g_assert_nonnull (said);
  practice_assert_sound (practice);
}

static CsProposal *
accept_two (Practice *practice)
{
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsProposal) proposal = practice_add_proposal (practice, client);
  CsProposalLine *second = cs_proposal_line_copy (g_ptr_array_index (proposal->lines, 1));
  g_autoptr (GError) error = NULL;

  second->id = CS_UUID_NONE;
  g_set_str (&second->description, "Payroll");
  g_ptr_array_add (proposal->lines, second);
  g_assert_true (cs_store_save_proposal (practice->store, proposal, &error));
  practice_accept (practice, proposal);
  return practice_get_proposal (practice, &proposal->id);
}

/* What one desk sees the other makes larger: nothing is decided about it until it was seen again. */
static void
test_seen_is_decided (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = accept_two (practice);
  g_autoptr (CsBillingChange) pause
      = cs_billing_change_new (CS_BILLING_PAUSE, DAY (2026, 12, 1), CS_DATE_NONE, REASON);
  g_autoptr (CsBillingChange) paused
      = cs_store_change_billing (practice->store, get_line (proposal, 2), NULL, pause, NULL);
  CsPlannedSeen before = see (practice, proposal, 1);
  CsPlannedSeen after;
  CsDate back = DAY (2026, 12, 20), told;
  CsMoney was, is;
  g_autofree char *dump = NULL;
  g_autofree char *dump_after = NULL;
  g_autoptr (GError) error = NULL;

  release (practice, FIXTURE_TODAY);
  g_assert_true (cs_store_take_back_billing (practice->store, &paused->id, NULL));
  practice_wait (practice, (back.days - FIXTURE_TODAY.days) * DAY_MS);
  release (practice, back);
  after = see (practice, proposal, 1);
  g_assert_true (cs_uuid_equal (&before.id, &after.id));
  g_assert_cmpint (after.total.minor, >, before.total.minor);

  dump = practice_dump (practice);
  g_assert_false (cs_store_skip_planned (practice->store, &before, 1, REASON, &error));
  g_assert_true (cs_store_error_get_changed (error, &told, &was, &is));
  g_assert_true (cs_money_equal (was, before.total) && cs_money_equal (is, after.total));
  assert_store_error (error, CS_STORE_ERROR_STALE);
  g_assert_false (cs_store_bill_catch_up (practice->store, &before, 1, CS_CATCH_UP_ON_ITS_DAY, back, &error));
  assert_store_error (error, CS_STORE_ERROR_STALE);
  g_assert_false (cs_store_release_planned (practice->store, &before, &error));
  assert_store_error (error, CS_STORE_ERROR_STALE);
  dump_after = practice_dump (practice);
  g_assert_cmpstr (dump, ==, dump_after);

  g_assert_true (cs_store_skip_planned (practice->store, &after, 1, REASON, NULL));
  g_assert_true (cs_store_undo_skip (practice->store, &after.id, 1, NULL));
  g_assert_true (cs_store_bill_catch_up (practice->store, &after, 1, CS_CATCH_UP_ON_ITS_DAY, back, NULL));
  practice_assert_sound (practice);
}

/* Two services of a day. One is paused and the invoice of the other skipped; then the one goes on while the
 * other is stopped: what comes back to that day gets an invoice of its own, and is not lost. */
static void
test_two_of_a_day (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = accept_two (practice);
  CsPlannedSeen december;
  g_autoptr (CsBillingChange) pause
      = cs_billing_change_new (CS_BILLING_PAUSE, DAY (2026, 12, 1), CS_DATE_NONE, REASON);
  g_autoptr (CsBillingChange) resume
      = cs_billing_change_new (CS_BILLING_RESUME, DAY (2026, 12, 1), CS_DATE_NONE, REASON);
  g_autoptr (CsBillingChange) said = NULL;
  g_autoptr (CsBillingChange) said_again = NULL;
  g_autoptr (GError) error = NULL;

  said = cs_store_change_billing (practice->store, get_line (proposal, 2), NULL, pause, &error);
  g_assert_no_error (error);
  december = see (practice, proposal, 1);
  g_assert_true (cs_store_skip_planned (practice->store, &december, 1, REASON, NULL));
  say (practice, proposal, CS_BILLING_STOP, DAY (2026, 12, 1), CS_DATE_NONE);
  said_again = cs_store_change_billing (practice->store, get_line (proposal, 2), NULL, resume, &error);
  g_assert_no_error (error);
  g_assert_cmpint (practice_query (practice,
                                   "SELECT sum (1 + skipped_ms > 1) * 10 + count(*) FROM planned_invoice"
                                   " WHERE date = (SELECT min (date) FROM planned_invoice"
                                   "  WHERE journal_id IS NULL)"),
                   ==, 12); /* two of that day, one of them skipped */
  g_assert_cmpint (practice_query (practice, "SELECT count(DISTINCT period_start) FROM planned_line"
                                             " WHERE description = 'Payroll'"),
                   ==, 12);
  practice_assert_sound (practice);
}

/* The acceptance is undone with all that was said. */
static void
test_undone_acceptance (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = accept_one (practice);
  g_autoptr (GError) error = NULL;

  say (practice, proposal, CS_BILLING_STOP, DAY (2027, 1, 1), CS_DATE_NONE);
  cs_store_undo_acceptance (practice->store, &proposal->id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM billing_change"), ==, 0);
  practice_accept (practice, proposal);
  assert_plan (practice, proposal, DAY (2027, 2, 1), " [26-11-22] 26-12-01 27-01-01 27-02-01");
  practice_assert_sound (practice);
}

/* Each month's bookkeeping is a job, which is made on its day. */
static CsProposal *
accept_with_jobs (Practice *practice, CsJobRepeat repeat)
{
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsProposal) proposal = practice_add_proposal (practice, client);
  g_autoptr (CsConnection) connection = cs_connection_new ();
  g_autoptr (CsWorkService) service = cs_work_service_new ();

  g_set_str (&connection->system, CS_WORK_SYSTEM);
  g_set_str (&connection->tenant_id, "practice-1");
  g_assert_true (cs_store_save_connection (practice->store, connection, NULL));
  g_set_str (&service->name, ((CsProposalLine *)g_ptr_array_index (proposal->lines, 1))->description);
  service->rule = cs_job_rule_new ();
  service->rule->scope = CS_JOB_SCOPE_SERVICE;
  service->rule->repeat = repeat;
  g_set_str (&service->rule->name, "{service} {start}");
  g_ptr_array_add (service->template_ids, g_strdup ("template-1"));
  g_assert_true (cs_store_save_service (practice->store, service, NULL));
  practice_accept (practice, proposal);
  return g_steal_pointer (&proposal);
}

/* Jobs of a period that is left out are not made, and come back with it, known for as long as before: of a
 * file that was restored meanwhile it can't be told whether they were made. */
static void
test_jobs (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = accept_with_jobs (practice, CS_JOB_REPEAT_WITH_BILLING);
  CsUuid paused;

  practice_wait (practice, DAY_MS);
  practice_run_sql (practice, "CREATE TABLE job_before AS SELECT * FROM job");
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM job"), ==, 12);
  paused = say (practice, proposal, CS_BILLING_PAUSE, DAY (2027, 1, 1), DAY (2027, 3, 1));
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM job"), ==, 10);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM job WHERE name LIKE '%2027-01-01'"
                                             " OR name LIKE '%2027-02-01'"),
                   ==, 0);
  g_assert_true (cs_store_take_back_billing (practice->store, &paused, NULL));
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM job JOIN job_before USING (id, key, name,"
                                             " start, due, period_start, period_end, templates, release_day,"
                                             " planned_ms)"),
                   ==, 12);
  practice_run_sql (practice, "DROP TABLE job_before");
  practice_assert_sound (practice);
}

/* The work of a period that was billed is due, whatever is said afterwards; what is made once is left alone.
 */
static void
test_jobs_of_what_was_billed (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = accept_with_jobs (practice, CS_JOB_REPEAT_WITH_BILLING);

  practice_wait (practice, 9 * DAY_MS);
  release (practice, DAY (2026, 12, 1));
  say (practice, proposal, CS_BILLING_STOP, DAY (2026, 12, 1), CS_DATE_NONE);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM job"), ==, 1);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM job WHERE name LIKE '%2026-12-01'"), ==,
                   1);
}

static void
test_job_made_once (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = accept_with_jobs (practice, CS_JOB_REPEAT_ONCE);

  practice_run_sql (practice, "CREATE TABLE job_before AS SELECT rid FROM job");
  say (practice, proposal, CS_BILLING_STOP, DAY (2026, 12, 1), CS_DATE_NONE);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM job JOIN job_before USING (rid)"), ==, 1);
  practice_run_sql (practice, "DROP TABLE job_before");
}

/* Resumed from a past day: the jobs of periods that are over wait for a person, as their invoices do [U-11].
 */
static void
test_past_jobs_wait (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = accept_with_jobs (practice, CS_JOB_REPEAT_WITH_BILLING);

  say (practice, proposal, CS_BILLING_PAUSE, DAY (2026, 12, 1), CS_DATE_NONE);
  practice_wait (practice, (DAY (2027, 3, 10).days - FIXTURE_TODAY.days) * DAY_MS);
  release (practice, DAY (2027, 3, 10));
  say (practice, proposal, CS_BILLING_RESUME, DAY (2027, 1, 1), CS_DATE_NONE);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM job WHERE release_day IS NULL"), ==, 2);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM job WHERE name LIKE '%2027-03-01'"
                                             " AND release_day IS NOT NULL"),
                   ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TEST ("/billing-changes/U-13-pause-and-resume", test_pause_and_resume);
  ADD_TEST ("/billing-changes/U-13-agreement-stays", test_agreement_stays);
  ADD_TEST ("/billing-changes/U-13-U-11-later-runs-keep-to-it", test_later_runs_keep_to_it);
  ADD_TEST ("/billing-changes/U-13-released-stays", test_released_stays);
  ADD_TEST ("/billing-changes/U-13-U-11-resumed-from-the-past", test_resumed_from_the_past);
  ADD_TEST ("/billing-changes/U-13-today-is-held", test_today_is_held);
  ADD_TEST ("/billing-changes/U-13-taken-back", test_taken_back);
  ADD_TEST ("/billing-changes/U-13-waived", test_waived);
  ADD_TEST ("/billing-changes/U-13-two-of-a-day", test_two_of_a_day);
  ADD_TEST ("/billing-changes/U-11-U-13-seen-is-decided", test_seen_is_decided);
  ADD_TEST ("/billing-changes/U-13-refused", test_refused);
  ADD_TEST ("/billing-changes/U-13-said-meanwhile", test_said_meanwhile);
  ADD_TEST ("/billing-changes/U-13-undone-acceptance", test_undone_acceptance);
  ADD_TEST ("/billing-changes/U-13-jobs", test_jobs);
  ADD_TEST ("/billing-changes/U-13-jobs-of-what-was-billed", test_jobs_of_what_was_billed);
  ADD_TEST ("/billing-changes/U-13-job-made-once", test_job_made_once);
  ADD_TEST ("/billing-changes/U-13-U-11-past-jobs-wait", test_past_jobs_wait);
  return g_test_run ();
}
