/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-job-check.h"
#include "cs-job-plan.h"

#include <string.h>

typedef struct
{
  CsProposal *proposal;
  GPtrArray *services;
  CsJobRule *rule;
  CsJobRoles *roles;
} Fixture;

static CsDate
day (const char *text)
{
  CsDate date = CS_DATE_NONE;

  g_assert_true (cs_date_parse (text, &date, NULL));
  return date;
}

static void
add_service (Fixture *fixture,
             const char *name,
             const char *price,
             CsBillingRule billing,
             const char *templates)
{
  CsProposalLine *line = cs_proposal_line_new ();
  CsJobService *service = cs_job_service_new ();
  g_auto (GStrv) ids = g_strsplit (templates, ",", -1);

  line->id = cs_uuid_from_name ("line", name, strlen (name));
  line->quantity = CS_DECIMAL (1);
  g_assert_true (cs_decimal_parse (price, &line->unit_price, NULL));
  line->tax_rate = CS_DECIMAL (15);
  line->billing = billing;
  g_ptr_array_add (fixture->proposal->lines, line);
  service->line_id = line->id;
  g_set_str (&service->name, name);
  for (gsize i = 0; ids[i] != NULL; i++)
    g_ptr_array_add (service->template_ids, g_strdup (ids[i]));
  g_ptr_array_add (fixture->services, service);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->proposal = cs_proposal_new ();
  fixture->proposal->id = cs_uuid_from_name ("proposal", "x", 1);
  g_set_str (&fixture->proposal->number, "PROP-0042");
  g_set_str (&fixture->proposal->title, "FY26");
  g_set_str (&fixture->proposal->client_name, "Kauri {title}");
  g_assert_true (cs_currency_parse ("NZD", &fixture->proposal->currency, NULL));
  fixture->services = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_job_service_free);
  fixture->rule = cs_job_rule_new ();
  fixture->roles = cs_job_roles_new ();
  g_set_str (&fixture->roles->manager_id, "manager");
  add_service (fixture, "Annual accounts", "2400", cs_billing_rule_upfront (), "t1,t2");
  add_service (fixture, "GST return", "150", cs_billing_rule_monthly (1), "t2,t3");
  add_service (fixture, "Advice", "99.50", cs_billing_rule_upfront (), "");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  cs_proposal_free (fixture->proposal);
  g_ptr_array_unref (fixture->services);
  cs_job_rule_free (fixture->rule);
  cs_job_roles_free (fixture->roles);
}

static GPtrArray *
plan (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *jobs;

  g_assert_true (cs_job_rule_validate (fixture->rule, &error));
  g_assert_no_error (error);
  jobs = cs_job_plan (fixture->proposal, fixture->services, fixture->rule, fixture->roles, day ("2026-11-20"),
                      day ("2027-02-28"), NULL, &error);
  g_assert_no_error (error);
  return jobs;
}

/* P-08, J-01, U-24: one job for all, each template once, the order number that of the invoice. */
static void
test_per_proposal (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *budget = NULL;
  const CsPlannedJob *job;

  fixture->rule->with_budget = TRUE;
  g_set_str (&fixture->rule->name, "{client}: {title} {year}\n{nothing}");
  jobs = plan (fixture);
  again = plan (fixture);
  g_assert_cmpuint (jobs->len, ==, 1);
  job = g_ptr_array_index (jobs, 0);
  g_assert_cmpstr (job->name, ==, "Kauri {title}: FY26 2026 {nothing}");
  g_assert_cmpstr (job->client_order_number, ==, "PROP-0042");
  g_assert_true (cs_uuid_is_none (&job->line_id));
  g_assert_cmpuint (job->template_ids->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (job->template_ids, 2), ==, "t3");
  g_assert_cmpstr (job->roles->manager_id, ==, "manager");
  expected = g_strdup_printf ("PROP-0042\n- Annual accounts\n- GST return\n- Advice\n%s", job->key);
  g_assert_cmpstr (job->description, ==, expected);
  budget = cs_money_to_string (job->budget);
  g_assert_cmpstr (budget, ==, "2649.50");
  g_assert_cmpint (cs_date_compare (job->start, day ("2026-11-20")), ==, 0);
  g_assert_cmpint (cs_date_compare (job->due, day ("2026-12-20")), ==, 0);
  g_assert_true (cs_uuid_equal (&job->id, &((CsPlannedJob *)g_ptr_array_index (again, 0))->id));
}

static void
test_per_service (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) jobs = NULL;
  const CsPlannedJob *first;
  const CsPlannedJob *second;

  fixture->rule->scope = CS_JOB_SCOPE_SERVICE;
  fixture->rule->with_budget = TRUE;
  fixture->proposal->tax_mode = CS_TAX_MODE_INCLUSIVE;
  g_set_str (&fixture->rule->name, "{service}");
  fixture->rule->due = CS_JOB_DUE_PERIOD_END;
  jobs = plan (fixture);
  g_assert_cmpuint (jobs->len, ==, 2); /* the third has no template */
  first = g_ptr_array_index (jobs, 0);
  second = g_ptr_array_index (jobs, 1);
  g_assert_cmpstr (first->name, ==, "Annual accounts");
  g_assert_cmpstr (second->name, ==, "GST return");
  g_assert_cmpstr (second->client_order_number, ==, "PROP-0042");
  g_assert_cmpuint (second->template_ids->len, ==, 2);
  g_assert_false (cs_uuid_equal (&first->id, &second->id));
  g_assert_cmpstr (first->key, !=, second->key);
  /* 2,400 with 15 % of tax in it */
  g_assert_cmpint (first->budget.minor, ==, 208696);
  /* The first period of a rule on the first of the month starts in December. */
  g_assert_cmpint (cs_date_compare (second->due, day ("2026-12-31")), ==, 0);
}

static void
test_repeats (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) jobs = NULL;
  CsJobService *service = g_ptr_array_index (fixture->services, 1);

  service->rule = cs_job_rule_new ();
  service->rule->scope = CS_JOB_SCOPE_SERVICE;
  service->rule->repeat = CS_JOB_REPEAT_WITH_BILLING;
  service->rule->start_days = 4;
  g_set_str (&service->rule->name, "{service} {start}");
  jobs = plan (fixture);
  g_assert_cmpuint (jobs->len, ==, 4); /* December, January, February, and one for the other two services */
  g_assert_cmpstr (((CsPlannedJob *)g_ptr_array_index (jobs, 1))->name, ==, "GST return 2027-01-01");
  g_assert_cmpint (cs_date_compare (((CsPlannedJob *)g_ptr_array_index (jobs, 1))->start, day ("2027-01-05")),
                   ==, 0);
  g_assert_cmpuint (((CsPlannedJob *)g_ptr_array_index (jobs, 3))->template_ids->len, ==, 2);
}

static void
test_dates (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) template_dates = NULL;
  g_autoptr (GPtrArray) fixed = NULL;
  g_autoptr (GPtrArray) late = NULL;
  const CsPlannedJob *job;

  fixture->proposal->start = day ("2027-01-01");
  fixture->rule->start = CS_JOB_START_PROPOSAL;
  fixture->rule->start_days = 7;
  fixture->rule->due = CS_JOB_DUE_TEMPLATE;
  template_dates = plan (fixture);
  job = g_ptr_array_index (template_dates, 0);
  g_assert_cmpint (cs_date_compare (job->start, day ("2027-01-08")), ==, 0);
  g_assert_false (cs_date_is_set (job->due));
  fixture->rule->start = CS_JOB_START_FIXED;
  fixture->rule->start_date = day ("2026-12-01");
  fixture->rule->due = CS_JOB_DUE_FIXED;
  fixture->rule->due_date = day ("2027-03-31");
  fixed = plan (fixture);
  job = g_ptr_array_index (fixed, 0);
  g_assert_cmpint (cs_date_compare (job->start, day ("2026-12-08")), ==, 0);
  g_assert_cmpint (cs_date_compare (job->due, day ("2027-03-31")), ==, 0);
  fixture->rule->start = CS_JOB_START_ACCEPTANCE;
  fixture->rule->due_date = day ("2026-01-01");
  late = plan (fixture);
  job = g_ptr_array_index (late, 0);
  g_assert_cmpint (cs_date_compare (job->due, job->start), ==, 0);
}

static void
test_same_names (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) jobs = NULL;

  fixture->rule->scope = CS_JOB_SCOPE_SERVICE;
  g_set_str (&fixture->rule->name, "{title}");
  jobs = plan (fixture);
  g_assert_cmpstr (((CsPlannedJob *)g_ptr_array_index (jobs, 0))->name, ==, "FY26");
  g_assert_cmpstr (((CsPlannedJob *)g_ptr_array_index (jobs, 1))->name, ==, "FY26 (2)");
}

static void
test_without_templates (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) jobs = NULL;

  g_ptr_array_remove_range (fixture->services, 0, 2);
  jobs = plan (fixture);
  g_assert_cmpuint (jobs->len, ==, 0);
}

static void
test_rule_validation (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    CsJobScope scope;
    CsJobRepeat repeat;
    CsJobStart start;
    CsJobDue due;
    int days;
    const char *name;
  } wrong[] = {
    { CS_JOB_SCOPE_PROPOSAL, CS_JOB_REPEAT_ONCE, CS_JOB_START_ACCEPTANCE, CS_JOB_DUE_AFTER_START, 0, "  " },
    { CS_JOB_SCOPE_PROPOSAL, CS_JOB_REPEAT_ONCE, CS_JOB_START_FIXED, CS_JOB_DUE_AFTER_START, 0, "x" },
    { CS_JOB_SCOPE_PROPOSAL, CS_JOB_REPEAT_ONCE, CS_JOB_START_ACCEPTANCE, CS_JOB_DUE_FIXED, 0, "x" },
    { CS_JOB_SCOPE_PROPOSAL, CS_JOB_REPEAT_ONCE, CS_JOB_START_ACCEPTANCE, CS_JOB_DUE_AFTER_START, -1, "x" },
    { CS_JOB_SCOPE_PROPOSAL, CS_JOB_REPEAT_ONCE, CS_JOB_START_ACCEPTANCE, CS_JOB_DUE_AFTER_START, 4000, "x" },
    { CS_JOB_SCOPE_PROPOSAL, CS_JOB_REPEAT_WITH_BILLING, CS_JOB_START_ACCEPTANCE, CS_JOB_DUE_AFTER_START, 0,
      "x" },
    { CS_JOB_SCOPE_PROPOSAL, CS_JOB_REPEAT_ONCE, CS_JOB_START_ACCEPTANCE, CS_JOB_DUE_PERIOD_END, 0, "x" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (CsJobRule) rule = cs_job_rule_new ();
      g_autoptr (GError) error = NULL;

      rule->scope = wrong[i].scope;
      rule->repeat = wrong[i].repeat;
      rule->start = wrong[i].start;
      rule->due = wrong[i].due;
      rule->due_days = wrong[i].days;
      g_set_str (&rule->name, wrong[i].name);
      g_assert_false (cs_job_rule_validate (rule, &error));
      g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_INVALID);
    }
}

static void
add_remote_job (GPtrArray *jobs,
                const char *order,
                const char *name,
                const char *description,
                const char *start)
{
  CsWorkJob *job = cs_work_job_new ();

  g_set_str (&job->client_order_number, order);
  g_set_str (&job->name, name);
  g_set_str (&job->description, description);
  job->start = day (start);
  g_ptr_array_add (jobs, job);
}

/* xpm.md 7.1: after doubt, never a second one and never another's. */
static void
test_probe (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) planned = plan (fixture);
  const CsPlannedJob *job = g_ptr_array_index (planned, 0);
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_work_job_free);
  guint index = 99;

  g_assert_cmpint (cs_job_probe (job, jobs, &index), ==, CS_JOB_PROBE_ABSENT);
  add_remote_job (jobs, "PROP-0041", "FY26", "", "2026-11-20");
  add_remote_job (jobs, "PROP-0042", "FY26", "CS-000000000000", "2026-11-20");
  add_remote_job (jobs, "PROP-0042", "FY25", "", "2026-11-20");
  add_remote_job (jobs, "PROP-0042", "FY26", "", "2025-11-20");
  g_assert_cmpint (cs_job_probe (job, jobs, &index), ==, CS_JOB_PROBE_ABSENT);
  add_remote_job (jobs, "PROP-0042", "FY26 ", "by hand", "2026-11-20");
  g_assert_cmpint (cs_job_probe (job, jobs, &index), ==, CS_JOB_PROBE_DIFFERENT);
  /* Renamed, moved and re-numbered by people meanwhile: the key still tells. */
  add_remote_job (jobs, "X", "Renamed", job->description, "2020-01-01");
  g_assert_cmpint (cs_job_probe (job, jobs, &index), ==, CS_JOB_PROBE_FOUND);
  g_assert_cmpuint (index, ==, 5);
  add_remote_job (jobs, "PROP-0042", "Copy", job->description, "2026-11-20");
  g_assert_cmpint (cs_job_probe (job, jobs, &index), ==, CS_JOB_PROBE_DIFFERENT);
}

static GPtrArray *
entries_of (const char *ids)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_work_entry_free);
  g_auto (GStrv) words = g_strsplit (ids, ",", -1);

  for (gsize i = 0; words[i] != NULL; i++)
    {
      CsWorkEntry *entry = cs_work_entry_new ();

      g_set_str (&entry->remote_id, words[i]);
      g_ptr_array_add (entries, entry);
    }
  return entries;
}

static char *
kinds_of (GPtrArray *warnings)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < warnings->len; i++)
    {
      const CsJobWarning *warning = g_ptr_array_index (warnings, i);

      g_string_append_printf (text, "%d:%s ", (int)warning->kind, warning->subject);
    }
  return g_string_free (text, FALSE);
}

/* U-25 */
static void
test_check (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) all = entries_of ("T1,t2,t3,manager");
  g_autoptr (GPtrArray) few = entries_of ("t1,t3");
  g_autoptr (GPtrArray) unlinked = g_ptr_array_new ();
  CsJobFacts facts = { all, all, all, NULL, 0, FALSE };
  g_autoptr (GPtrArray) fine = NULL;
  g_autoptr (GPtrArray) bad = NULL;
  g_autofree char *fine_kinds = NULL;
  g_autofree char *bad_kinds = NULL;
  g_autofree char *expected_fine = NULL;
  g_autofree char *expected_bad = NULL;

  fine = cs_job_check (fixture->services, fixture->rule, fixture->roles, &facts);
  fine_kinds = kinds_of (fine);
  expected_fine = g_strdup_printf ("%d:Advice ", CS_JOB_WARNING_NO_TEMPLATE);
  g_assert_cmpstr (fine_kinds, ==, expected_fine);
  g_ptr_array_add (unlinked, (char *)"Sam Lee");
  facts = (CsJobFacts){ few, NULL, few, unlinked, 1, TRUE };
  g_set_str (&fixture->rule->category_id, "c1");
  g_set_str (&fixture->roles->manager_id, "");
  g_set_str (&fixture->roles->partner_id, "gone");
  bad = cs_job_check (fixture->services, fixture->rule, fixture->roles, &facts);
  bad_kinds = kinds_of (bad);
  expected_bad = g_strdup_printf (
      "%d:Annual accounts %d:GST return %d:Advice %d: %d:gone %d:Sam Lee %d: ", CS_JOB_WARNING_TEMPLATE_GONE,
      CS_JOB_WARNING_TEMPLATE_GONE, CS_JOB_WARNING_NO_TEMPLATE, CS_JOB_WARNING_NO_MANAGER,
      CS_JOB_WARNING_STAFF_GONE, CS_JOB_WARNING_STAFF_UNLINKED, CS_JOB_WARNING_NAMESAKES);
  g_assert_cmpstr (bad_kinds, ==, expected_bad);
}

/* U-25: a client that is none there, and may not be made one. */
static void
test_check_client (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) all = entries_of ("T1,t2,t3,manager");
  CsJobFacts facts = { all, all, all, NULL, 0, TRUE };
  g_autoptr (GPtrArray) warnings = cs_job_check (fixture->services, fixture->rule, fixture->roles, &facts);
  const CsJobWarning *last = g_ptr_array_index (warnings, warnings->len - 1);

  g_assert_cmpint ((int)last->kind, ==, CS_JOB_WARNING_CLIENT_UNLINKED);
}

/* xpm.md 2.2: a key that may not list templates is no reason to call them gone. */
static void
test_check_unknown (Fixture *fixture, gconstpointer data)
{
  CsJobFacts facts = { NULL, NULL, NULL, NULL, 0, FALSE };
  g_autoptr (GPtrArray) warnings = cs_job_check (fixture->services, fixture->rule, fixture->roles, &facts);
  const CsJobWarning *first = g_ptr_array_index (warnings, 0);

  g_assert_cmpint ((int)first->kind, ==, CS_JOB_WARNING_TEMPLATE_UNKNOWN);
  g_assert_cmpuint (warnings->len, ==, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/job-plan/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("per proposal (P-08, J-01, U-24)", test_per_proposal);
  ADD ("per service (P-08)", test_per_service);
  ADD ("repeats with the billing", test_repeats);
  ADD ("dates", test_dates);
  ADD ("same names", test_same_names);
  ADD ("without templates", test_without_templates);
  ADD ("rule validation", test_rule_validation);
  ADD ("probe (xpm.md 7.1)", test_probe);
  ADD ("check (U-25)", test_check);
  ADD ("check of the client (U-25)", test_check_client);
  ADD ("check without lists (xpm.md 2.2)", test_check_unknown);
  return g_test_run ();
}
