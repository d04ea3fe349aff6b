/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include "cs-store-alerts.h"
#include "cs-store-connections.h"
#include "cs-store-jobs.h"
#include "cs-store-work.h"

/* Plans that are kept a year ahead, over years and past what can't be planned. */

static void
connect_manager (Practice *practice)
{
  g_autoptr (CsConnection) connection = cs_connection_new ();
  g_autoptr (GError) error = NULL;

  g_set_str (&connection->system, CS_WORK_SYSTEM);
  g_set_str (&connection->tenant_id, "practice-1");
  cs_store_save_connection (practice->store, connection, &error);
  g_assert_no_error (error);
}

/* A job each time that the line is billed, or none. */
static void
link_service (Practice *practice, const CsProposal *proposal, guint index, gboolean has_template)
{
  const CsProposalLine *line = g_ptr_array_index (proposal->lines, index);
  g_autoptr (CsWorkService) service = cs_work_service_new ();
  g_autoptr (GError) error = NULL;

  g_set_str (&service->name, line->description);
  service->rule = cs_job_rule_new ();
  service->rule->scope = CS_JOB_SCOPE_SERVICE;
  service->rule->repeat = CS_JOB_REPEAT_WITH_BILLING;
  g_set_str (&service->rule->name, "{service} {start}");
  if (has_template)
    g_ptr_array_add (service->template_ids, g_strdup ("t-1"));
  g_assert_true (cs_store_save_service (practice->store, service, &error));
  g_assert_no_error (error);
}

/* Lines of 1 × 1000.00 that are billed each week. */
static CsProposal *
add_weekly (Practice *practice, guint n_lines)
{
  g_autoptr (CsClient) client = practice_add_client (practice, "Weka Ltd", "");
  CsProposal *proposal = practice_new_proposal (client);
  g_autoptr (GError) error = NULL;

  g_ptr_array_set_size (proposal->lines, 1);
  for (guint i = 0; i < n_lines; i++)
    {
      CsProposalLine *line = cs_proposal_line_copy (g_ptr_array_index (proposal->lines, 0));

      g_free (line->description);
      line->description = g_strdup_printf ("Week %u", i);
      line->id = CS_UUID_NONE;
      line->billing = (CsBillingRule){ .unit = CS_BILLING_UNIT_WEEKS, .every = 1 };
      g_ptr_array_add (proposal->lines, line);
    }
  g_ptr_array_remove_index (proposal->lines, 0);
  cs_store_save_proposal (practice->store, proposal, &error);
  g_assert_no_error (error);
  return proposal;
}

static void
link_weekly (Practice *practice, const CsProposal *proposal)
{
  for (guint i = 0; i < proposal->lines->len; i++)
    link_service (practice, proposal, i, TRUE);
}

/* P-07: what was made long ago doesn't count against what one plan may make. */
static void
test_many_years (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = add_weekly (practice, 10);

  connect_manager (practice);
  link_weekly (practice, proposal);
  practice_accept (practice, proposal);
  for (int year = 0; year <= 4; year++)
    {
      g_autoptr (GError) error = NULL;
      gint64 n_jobs;

      cs_store_release_due (practice->store, cs_date_add_months (FIXTURE_TODAY, 12 * year, 0), NULL, &error);
      g_assert_no_error (error);
      n_jobs = practice_query (practice, "SELECT count(*) FROM job");
      g_assert_cmpint (n_jobs, >=, 10 * 52 * (year + 1));
      g_assert_cmpint (n_jobs, <=, 10 * 53 * (year + 1));
      g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM plan_trouble"), ==, 0);
    }
  practice_assert_sound (practice);
}

static void
tell_database (Practice *practice, const char *statement)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_sql_execute (practice->store->sql, statement, &error));
  g_assert_no_error (error);
}

static guint
release_on (Practice *practice, CsDate day)
{
  g_autoptr (GError) error = NULL;
  guint n_released = 0;

  g_assert_true (cs_store_release_due (practice->store, day, &n_released, &error));
  g_assert_no_error (error);
  return n_released;
}

/* U-10: a proposal whose jobs can't be planned is told by its name, and holds back neither its own invoices
 * nor those of others. */
static void
test_not_planned (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) weekly = add_weekly (practice, 45);
  g_autoptr (CsClient) client = practice_add_client (practice, "Kauri Plumbing", "");
  g_autoptr (CsProposal) other = practice_add_proposal (practice, client);
  g_autoptr (GPtrArray) alerts = NULL;
  g_autoptr (GPtrArray) mended = NULL;
  g_autoptr (GError) error = NULL;
  CsDate first = cs_date_from_parts (2026, 12, 1);
  g_autofree char *number = NULL;
  const CsAlert *alert;
  guint n_weekly, n_other, n_released = 0;

  connect_manager (practice);
  practice_accept (practice, weekly);
  practice_accept (practice, other);
  number = g_strdup (weekly->number);
  n_weekly = practice_count_rows (practice, &weekly->id);
  n_other = practice_count_rows (practice, &other->id);
  link_weekly (practice, weekly);
  for (CsDate day = FIXTURE_TODAY; cs_date_compare (day, first) <= 0; day = cs_date_add_days (day, 1))
    {
      cs_store_release_due (practice->store, day, &n_released, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpuint (practice_count_rows (practice, &weekly->id), >, n_weekly);
  g_assert_cmpuint (practice_count_rows (practice, &other->id), ==, n_other + 1);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM job"), ==, 0);
  g_assert_cmpint (practice_query (practice, "SELECT count(DISTINCT planned_until) FROM proposal"), ==, 1);
  alerts = cs_store_list_alerts (practice->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (alerts->len, ==, 1);
  alert = g_ptr_array_index (alerts, 0);
  g_assert_cmpint (alert->code, ==, CS_ALERT_NOT_PLANNED);
  g_assert_true (cs_uuid_equal (&alert->subject_id, &weekly->id));
  g_assert_cmpstr (cs_alert_get_parameter (alert, "number"), ==, number);
  g_assert_cmpstr (cs_alert_get_parameter (alert, "client"), ==, "Weka Ltd");
  g_assert_cmpstr (cs_alert_get_parameter (alert, "message"), !=, "");
  for (guint i = 0; i < weekly->lines->len; i += 2)
    link_service (practice, weekly, i, FALSE);
  /* Planning takes its time: it is tried anew once a day, not at each look. */
  tell_database (practice, "CREATE TEMP TRIGGER planned BEFORE INSERT ON job"
                           " BEGIN SELECT RAISE (ABORT, 'planned anew'); END");
  release_on (practice, first);
  g_assert_cmpint (
      practice_query (practice,
                      "SELECT count(*) FROM plan_trouble WHERE instr (message, 'planned anew') > 0"),
      ==, 0);
  tell_database (practice, "DROP TRIGGER planned");
  cs_store_release_due (practice->store, cs_date_add_days (first, 1), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM job"), >, 1000);
  mended = cs_store_list_alerts (practice->store, &error);
  g_assert_cmpuint (mended->len, ==, 0);
  practice_assert_sound (practice);
}

/* U-10, R-04: an invoice that can't be let go is told by its proposal and date, and holds back no other, nor
 * takes a number; once it can, it goes, and nobody is told any more. */
static void
test_kept_back (Practice *practice, gconstpointer data)
{
  g_autoptr (CsClient) client = practice_add_client (practice, "Kauri Plumbing", "");
  g_autoptr (CsClient) other_client = practice_add_client (practice, "Weka Ltd", "");
  g_autoptr (CsProposal) kept = practice_add_proposal (practice, client);
  g_autoptr (CsProposal) other = practice_add_proposal (practice, other_client);
  g_autoptr (GPtrArray) alerts = NULL;
  g_autoptr (GPtrArray) mended = NULL;
  g_autoptr (GError) error = NULL;
  CsDate first = cs_date_from_parts (2026, 12, 1);
  const CsAlert *alert;
  guint n_kept, n_other;

  practice_accept (practice, kept);
  practice_accept (practice, other);
  n_kept = practice_count_rows (practice, &kept->id);
  n_other = practice_count_rows (practice, &other->id);
  release_on (practice, cs_date_add_days (first, -1));
  tell_database (practice,
                 "CREATE TEMP TRIGGER refuse BEFORE INSERT ON journal WHEN NEW.title = 'Kauri Plumbing'"
                 " BEGIN SELECT RAISE (ABORT, 'not now'); END");
  for (guint look = 0; look < 2; look++)
    g_assert_cmpuint (release_on (practice, first), ==, look == 0 ? 1 : 0);
  g_assert_cmpuint (practice_count_rows (practice, &kept->id), ==, n_kept);
  g_assert_cmpuint (practice_count_rows (practice, &other->id), ==, n_other + 1);
  alerts = cs_store_list_alerts (practice->store, &error);
  g_assert_cmpuint (alerts->len, ==, 1);
  alert = g_ptr_array_index (alerts, 0);
  g_assert_cmpint (alert->code, ==, CS_ALERT_NOT_PLANNED);
  g_assert_true (cs_uuid_equal (&alert->subject_id, &kept->id));
  g_assert_nonnull (strstr (cs_alert_get_parameter (alert, "message"), "2026-12-01"));
  g_assert_nonnull (strstr (cs_alert_get_parameter (alert, "message"), "not now"));

  tell_database (practice, "DROP TRIGGER refuse");
  g_assert_cmpuint (release_on (practice, first), ==, 1);
  mended = cs_store_list_alerts (practice->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (practice_count_rows (practice, &kept->id), ==, n_kept + 1);
  g_assert_cmpuint (mended->len, ==, 0);
  practice_assert_sound (practice);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TEST ("/planning/P-07 many years", test_many_years);
  ADD_TEST ("/planning/U-10 what can't be planned", test_not_planned);
  ADD_TEST ("/planning/U-10 what can't be let go", test_kept_back);
  return g_test_run ();
}
