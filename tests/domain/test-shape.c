/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cs-plan.h"
#include "cs-shape-check.h"

#include <string.h>

/* A region and a department, each with two options. */
#define REGION "r"
#define NORTH "n"
#define SOUTH "s"
#define DEPARTMENT "d"
#define AUDIT "a"

static CsDate
date (const char *text)
{
  CsDate parsed = CS_DATE_NONE;
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_date_parse (text, &parsed, &error));
  return parsed;
}

static CsShape *
draw_shape (GRand *random)
{
  static const char *const values[CS_SHAPE_N_FIELDS][2] = {
    [CS_SHAPE_TERMS] = { "invoice+7", "next-month@20" },
    [CS_SHAPE_STATUS] = { CS_SHAPE_DRAFT, CS_SHAPE_AUTHORISED },
    [CS_SHAPE_GROUPING] = { CS_SHAPE_TOGETHER, CS_SHAPE_ALONE },
    [CS_SHAPE_THEME] = { "", "theme" },
    [CS_SHAPE_SERIES] = { "A-", "B-" },
    [CS_SHAPE_ACCOUNT] = { "200", "210" },
    [CS_SHAPE_TAX] = { "OUTPUT2", "NONE" },
    [CS_SHAPE_TRACKING] = { "r=n", "r=s;d=" },
  };
  CsShape *shape = cs_shape_new ();

  for (gsize i = 0; i < CS_SHAPE_N_FIELDS; i++)
    if (g_rand_boolean (random))
      shape->values[i] = g_strdup (values[i][g_rand_int_range (random, 0, 2)]);
  return shape;
}

/* What a field is when the levels are asked from the nearest on. */
static const char *
ask (CsShape *const *levels, CsShapeField field, CsShapeLevel *source)
{
  for (*source = CS_SHAPE_OF_LINE; *source > CS_SHAPE_OF_NOBODY; (*source)--)
    if (levels[*source] != NULL && levels[*source]->values[field] != NULL)
      return levels[*source]->values[field];
  return "";
}

static void
assert_resolved (CsShape *const *levels, const CsResolvedShape *resolved)
{
  g_autofree char *terms = cs_terms_to_string (resolved->terms);
  const char *actual[CS_SHAPE_N_FIELDS] = {
    [CS_SHAPE_TERMS] = terms,
    [CS_SHAPE_STATUS] = resolved->authorise ? CS_SHAPE_AUTHORISED : CS_SHAPE_DRAFT,
    [CS_SHAPE_GROUPING] = resolved->is_alone ? CS_SHAPE_ALONE : CS_SHAPE_TOGETHER,
    [CS_SHAPE_THEME] = resolved->theme_id,
    [CS_SHAPE_SERIES] = resolved->series,
    [CS_SHAPE_ACCOUNT] = resolved->account_code,
    [CS_SHAPE_TAX] = resolved->tax_type,
  };
  static const char *const otherwise[CS_SHAPE_N_FIELDS] = { [CS_SHAPE_TERMS] = "invoice+0",
                                                            [CS_SHAPE_STATUS] = CS_SHAPE_DRAFT,
                                                            [CS_SHAPE_GROUPING] = CS_SHAPE_TOGETHER };

  for (guint field = 0; field < CS_SHAPE_TRACKING; field++)
    {
      CsShapeLevel source;
      const char *expected = ask (levels, (CsShapeField)field, &source);

      if (source == CS_SHAPE_OF_NOBODY && otherwise[field] != NULL)
        expected = otherwise[field];
      g_assert_cmpstr (actual[field], ==, expected);
      g_assert_cmpint (resolved->sources[field], ==, source);
    }
}

static void
test_nearest_level_counts (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261122);

  for (guint i = 0; i < 2000; i++)
    {
      CsShape *levels[CS_SHAPE_N_LEVELS] = { NULL };
      g_autoptr (CsResolvedShape) resolved = NULL;

      for (guint level = CS_SHAPE_OF_PRACTICE; level < CS_SHAPE_N_LEVELS; level++)
        if (g_rand_int_range (random, 0, 4) > 0)
          levels[level] = draw_shape (random);
      resolved = cs_shape_resolve (levels[CS_SHAPE_OF_PRACTICE], levels[CS_SHAPE_OF_CLIENT],
                                   levels[CS_SHAPE_OF_PROPOSAL], levels[CS_SHAPE_OF_LINE]);
      assert_resolved (levels, resolved);
      for (guint level = 0; level < CS_SHAPE_N_LEVELS; level++)
        cs_shape_free (levels[level]);
    }
}

static char *
track (const char *practice, const char *client, const char *line, CsShapeLevel *source)
{
  g_autoptr (CsShape) of_practice = cs_shape_new ();
  g_autoptr (CsShape) of_client = cs_shape_new ();
  g_autoptr (CsShape) of_line = cs_shape_new ();
  g_autoptr (CsResolvedShape) resolved = NULL;

  of_practice->values[CS_SHAPE_TRACKING] = g_strdup (practice);
  of_client->values[CS_SHAPE_TRACKING] = g_strdup (client);
  of_line->values[CS_SHAPE_TRACKING] = g_strdup (line);
  resolved = cs_shape_resolve (of_practice, of_client, NULL, of_line);
  *source = resolved->sources[CS_SHAPE_TRACKING];
  return g_steal_pointer (&resolved->tracking);
}

static void
test_tracking_by_category (void)
{
  CsShapeLevel source;
  g_autofree char *both = track ("d=a", "r=n", NULL, &source);
  g_autofree char *none = NULL;
  g_autofree char *text = NULL;
  g_autofree char *option = NULL;

  g_assert_cmpstr (both, ==, "d=a;r=n");
  g_assert_cmpint (source, ==, CS_SHAPE_OF_CLIENT);
  none = track ("d=a;r=s", "r=n", "r=", &source);
  g_assert_cmpstr (none, ==, "d=a");
  g_assert_cmpint (source, ==, CS_SHAPE_OF_LINE);

  text = cs_shape_tracking_set ("d=a", REGION, NORTH);
  g_assert_cmpstr (text, ==, "d=a;r=n");
  option = cs_shape_tracking_get (text, REGION);
  g_assert_cmpstr (option, ==, NORTH);
  g_assert_null (cs_shape_tracking_get (text, "x"));
  g_free (text);
  text = cs_shape_tracking_set ("d=a", DEPARTMENT, NULL);
  g_assert_null (text);
}

static void
assert_due (const char *terms_text, const char *on, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *again = NULL;
  g_autofree char *due = NULL;
  CsTerms terms;

  g_assert_true (cs_terms_parse (terms_text, &terms, &error));
  again = cs_terms_to_string (terms);
  g_assert_cmpstr (again, ==, terms_text);
  due = cs_date_to_string (cs_terms_get_due (terms, date (on)));
  g_assert_cmpstr (due, ==, expected);
}

static void
test_terms (void)
{
  static const char *const wrong[] = { "", "20", "invoice+", "invoice+-1", "next-month@0", "next-month@32" };
  CsTerms terms;

  assert_due ("invoice+20", "2026-11-22", "2026-12-12");
  assert_due ("next-month@20", "2026-11-22", "2026-12-20");
  assert_due ("next-month@31", "2027-01-31", "2027-02-28");
  assert_due ("month-end+7", "2026-11-22", "2026-12-07");
  assert_due ("month-end+0", "2028-02-01", "2028-02-29");
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (cs_terms_parse (wrong[i], &terms, &error));
      g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_INVALID);
    }
}

static void
test_too_much_tracking_is_refused (void)
{
  g_autoptr (CsShape) shape = cs_shape_new ();
  g_autoptr (GError) error = NULL;

  shape->values[CS_SHAPE_TRACKING] = g_strdup ("a=1;b=2");
  g_assert_true (cs_shape_validate (shape, &error));
  g_assert_no_error (error);
  g_set_str (&shape->values[CS_SHAPE_TRACKING], "a=1;b=2;c=3");
  g_assert_false (cs_shape_validate (shape, &error));
  g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_INVALID);
  g_clear_error (&error);
  g_set_str (&shape->values[CS_SHAPE_TRACKING], NULL);
  g_set_str (&shape->values[CS_SHAPE_TERMS], "invoice+3651");
  g_assert_false (cs_shape_validate (shape, &error));
  g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_INVALID);
}

/* Grouping */

static CsProposalLine *
add_line (CsProposal *proposal, const char *description)
{
  CsProposalLine *line = cs_proposal_line_new ();

  line->id = cs_uuid_from_name ("line", (const guint8 *)description, strlen (description));
  g_set_str (&line->description, description);
  line->quantity = CS_DECIMAL (1);
  line->unit_price = CS_DECIMAL (100);
  line->billing = cs_billing_rule_monthly (1);
  line->shape = cs_shape_new ();
  g_ptr_array_add (proposal->lines, line);
  return line;
}

static CsProposal *
make_proposal (void)
{
  CsProposal *proposal = cs_proposal_new ();

  proposal->id = cs_uuid_from_name ("proposal", (const guint8 *)"1", 1);
  proposal->currency = (CsCurrency){ "NZD" };
  proposal->terms_kind = CS_TERMS_INHERITED;
  proposal->inherits_status = TRUE;
  proposal->practice_shape = cs_shape_new ();
  proposal->client_shape = cs_shape_new ();
  return proposal;
}

/* "books+review; payroll" of the first of December. */
static char *
describe (GPtrArray *plan)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < plan->len; i++)
    {
      const CsPlannedInvoice *invoice = plan->pdata[i];

      g_string_append (text, i > 0 ? "; " : "");
      for (guint k = 0; k < invoice->lines->len; k++)
        g_string_append_printf (text, "%s%s", k > 0 ? "+" : "",
                                ((CsPlannedLine *)invoice->lines->pdata[k])->description);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static GPtrArray *
plan (const CsProposal *proposal)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *invoices
      = cs_proposal_plan_invoices (proposal, date ("2026-11-22"), date ("2026-12-15"), &error);

  g_assert_no_error (error);
  return invoices;
}

static void
test_split_says_why (void)
{
  g_autoptr (CsProposal) proposal = make_proposal ();
  g_autoptr (GPtrArray) together = NULL;
  g_autoptr (GPtrArray) apart = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  const CsPlannedInvoice *invoice;

  add_line (proposal, "books");
  add_line (proposal, "payroll");
  add_line (proposal, "review");
  together = plan (proposal);
  before = describe (together);
  g_assert_cmpstr (before, ==, "books+payroll+review");
  g_assert_cmpint (((CsPlannedInvoice *)together->pdata[0])->split, ==, CS_PLAN_SPLIT_NONE);

  g_set_str (&((CsProposalLine *)proposal->lines->pdata[1])->shape->values[CS_SHAPE_THEME], "theme");
  apart = plan (proposal);
  after = describe (apart);
  g_assert_cmpstr (after, ==, "books+review; payroll");
  invoice = apart->pdata[1];
  g_assert_cmpint (invoice->split, ==, CS_PLAN_SPLIT_THEME);
  g_assert_cmpstr (invoice->theme_id, ==, "theme");
  g_assert_cmpint (invoice->sources[CS_SHAPE_THEME], ==, CS_SHAPE_OF_LINE);
  /* The first of a day keeps its identity, whatever leaves it [U-10]. */
  g_assert_true (cs_uuid_equal (&((CsPlannedInvoice *)together->pdata[0])->id,
                                &((CsPlannedInvoice *)apart->pdata[0])->id));
  g_assert_false (cs_uuid_equal (&invoice->id, &((CsPlannedInvoice *)apart->pdata[0])->id));
}

static void
test_alone (void)
{
  g_autoptr (CsProposal) proposal = make_proposal ();
  g_autoptr (GPtrArray) some = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autofree char *one = NULL;
  g_autofree char *each = NULL;

  add_line (proposal, "books");
  g_set_str (&add_line (proposal, "payroll")->shape->values[CS_SHAPE_GROUPING], CS_SHAPE_ALONE);
  add_line (proposal, "review");
  some = plan (proposal);
  one = describe (some);
  g_assert_cmpstr (one, ==, "books+review; payroll");
  g_assert_cmpint (((CsPlannedInvoice *)some->pdata[1])->split, ==, CS_PLAN_SPLIT_ALONE);

  g_set_str (&proposal->client_shape->values[CS_SHAPE_GROUPING], CS_SHAPE_ALONE);
  g_set_str (&((CsProposalLine *)proposal->lines->pdata[1])->shape->values[CS_SHAPE_GROUPING], NULL);
  all = plan (proposal);
  each = describe (all);
  g_assert_cmpstr (each, ==, "books; payroll; review");
}

/* The first of a day may be the one that stands alone: nothing joins it either. */
static void
test_alone_comes_first (void)
{
  g_autoptr (CsProposal) proposal = make_proposal ();
  g_autoptr (GPtrArray) invoices = NULL;
  g_autofree char *words = NULL;

  g_set_str (&add_line (proposal, "payroll")->shape->values[CS_SHAPE_GROUPING], CS_SHAPE_ALONE);
  add_line (proposal, "books");
  add_line (proposal, "review");
  invoices = plan (proposal);
  words = describe (invoices);
  g_assert_cmpstr (words, ==, "payroll; books+review");
  g_assert_cmpint (((CsPlannedInvoice *)invoices->pdata[0])->split, ==, CS_PLAN_SPLIT_ALONE);
  g_assert_cmpint (((CsPlannedInvoice *)invoices->pdata[1])->split, ==, CS_PLAN_SPLIT_NONE);
  for (guint i = 0; i < invoices->len; i++)
    for (guint j = 0; j < i; j++)
      g_assert_false (cs_uuid_equal (&((CsPlannedInvoice *)invoices->pdata[i])->id,
                                     &((CsPlannedInvoice *)invoices->pdata[j])->id));
}

static gboolean
is_books (const CsUuid *line_id, CsDate period_start, gconstpointer books_id)
{
  return cs_uuid_equal (line_id, books_id);
}

/* A period that was planned is never planned again, and the rest of its day is another invoice. */
static void
test_rest_of_a_day (void)
{
  g_autoptr (CsProposal) proposal = make_proposal ();
  g_autoptr (GPtrArray) whole = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  const CsProposalLine *books = add_line (proposal, "books");

  add_line (proposal, "payroll");
  whole = plan (proposal);
  rest = cs_proposal_plan_rest (proposal, date ("2026-11-22"), date ("2026-12-15"), is_books, &books->id,
                                &error);
  g_assert_no_error (error);
  words = describe (rest);
  g_assert_cmpstr (words, ==, "payroll");
  g_assert_cmpint (((CsPlannedInvoice *)rest->pdata[0])->split, ==, CS_PLAN_SPLIT_EARLIER);
  g_assert_false (
      cs_uuid_equal (&((CsPlannedInvoice *)whole->pdata[0])->id, &((CsPlannedInvoice *)rest->pdata[0])->id));
}

/* The check */

static GPtrArray *
make_accounts (const char *class_name, gboolean is_active)
{
  GPtrArray *accounts = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_account_free);
  CsLedgerAccount *account = cs_ledger_account_new ();

  g_set_str (&account->code, "200");
  g_set_str (&account->class_name, class_name);
  account->is_active = is_active;
  g_ptr_array_add (accounts, account);
  return accounts;
}

static CsPlannedInvoice *
make_invoice (void)
{
  CsPlannedInvoice *invoice = cs_planned_invoice_new ();
  CsPlannedLine *line = cs_planned_line_new ();

  invoice->date = date ("2026-12-01");
  g_set_str (&line->account_code, "200");
  g_ptr_array_add (invoice->lines, line);
  return invoice;
}

static void
assert_violation (const CsPlannedInvoice *invoice,
                  const CsShapeWorld *world,
                  CsOutcome expected,
                  const char *parameter)
{
  g_autoptr (GArray) violations = cs_shape_check (invoice, world);

  g_assert_cmpuint (violations->len, ==, expected == CS_OUTCOME_NONE ? 0 : 1);
  if (expected == CS_OUTCOME_NONE)
    return;
  g_assert_cmpint (g_array_index (violations, CsShapeViolation, 0).outcome, ==, expected);
  g_assert_cmpstr (g_array_index (violations, CsShapeViolation, 0).parameter, ==, parameter);
}

static void
test_account_must_take_sales (void)
{
  g_autoptr (CsPlannedInvoice) invoice = make_invoice ();
  g_autoptr (GPtrArray) fine = make_accounts ("REVENUE", TRUE);
  g_autoptr (GPtrArray) archived = make_accounts ("REVENUE", FALSE);
  g_autoptr (GPtrArray) expense = make_accounts ("EXPENSE", TRUE);
  CsShapeWorld world = { .lock_date = CS_DATE_NONE };

  assert_violation (invoice, &world, CS_OUTCOME_NONE,
                    NULL); /* nothing is known: nothing is held against it */
  world.accounts = fine;
  assert_violation (invoice, &world, CS_OUTCOME_NONE, NULL);
  world.accounts = archived;
  assert_violation (invoice, &world, CS_OUTCOME_ACCOUNT_UNUSABLE, "200");
  world.accounts = expense;
  assert_violation (invoice, &world, CS_OUTCOME_ACCOUNT_UNUSABLE, "200");
}

static void
test_tax_rate_must_apply_to_sales (void)
{
  g_autoptr (CsPlannedInvoice) invoice = make_invoice ();
  g_autoptr (GPtrArray) rates = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_tax_rate_free);
  CsLedgerTaxRate *rate = cs_ledger_tax_rate_new ();
  const CsShapeWorld world = { .tax_rates = rates, .lock_date = CS_DATE_NONE };

  g_set_str (&((CsPlannedLine *)invoice->lines->pdata[0])->tax_type, "OUTPUT2");
  assert_violation (invoice, &world, CS_OUTCOME_NONE, NULL); /* no rate is known: none is held against it */
  g_set_str (&rate->tax_type, "OUTPUT2");
  rate->is_active = rate->applies_to_revenue = TRUE;
  g_ptr_array_add (rates, rate);
  assert_violation (invoice, &world, CS_OUTCOME_NONE, NULL);
  rate->applies_to_revenue = FALSE;
  assert_violation (invoice, &world, CS_OUTCOME_TAX_UNUSABLE, "OUTPUT2");
  rate->applies_to_revenue = TRUE;
  rate->is_active = FALSE;
  assert_violation (invoice, &world, CS_OUTCOME_TAX_UNUSABLE, "OUTPUT2");
  g_set_str (&rate->tax_type, "NONE");
  assert_violation (invoice, &world, CS_OUTCOME_TAX_UNUSABLE, "OUTPUT2");
}

static void
test_lock_dates (void)
{
  g_autoptr (CsPlannedInvoice) invoice = make_invoice ();
  g_autoptr (CsLedgerOrganisation) organisation = cs_ledger_organisation_new ();
  CsShapeWorld world = { .organisation = organisation, .lock_date = CS_DATE_NONE };

  organisation->period_lock = date ("2026-11-30");
  organisation->year_lock = date ("2026-03-31");
  assert_violation (invoice, &world, CS_OUTCOME_NONE, NULL);
  organisation->period_lock = date ("2026-12-01"); /* its day is locked, too */
  assert_violation (invoice, &world, CS_OUTCOME_LOCKED_PERIOD, "2026-12-01");
  organisation->period_lock = CS_DATE_NONE;
  organisation->year_lock = date ("2027-03-31");
  assert_violation (invoice, &world, CS_OUTCOME_LOCKED_PERIOD, "2027-03-31");
  organisation->year_lock = CS_DATE_NONE;
  world.lock_date = date ("2026-12-01");
  assert_violation (invoice, &world, CS_OUTCOME_LOCKED_HERE, "2026-12-01");
  world.lock_date = date ("2026-11-30");
  assert_violation (invoice, &world, CS_OUTCOME_NONE, NULL);
}

static void
test_theme_and_tracking_must_be_there (void)
{
  g_autoptr (CsPlannedInvoice) invoice = make_invoice ();
  g_autoptr (GPtrArray) accounts = make_accounts ("REVENUE", TRUE);
  g_autoptr (GPtrArray) themes
      = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_branding_theme_free);
  g_autoptr (GPtrArray) tracking
      = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_tracking_category_free);
  CsLedgerBrandingTheme *theme = cs_ledger_branding_theme_new ();
  CsLedgerTrackingCategory *region = cs_ledger_tracking_category_new ();
  CsLedgerTrackingOption *north = cs_ledger_tracking_option_new ();
  CsShapeWorld world
      = { .accounts = accounts, .themes = themes, .tracking = tracking, .lock_date = CS_DATE_NONE };

  g_set_str (&theme->remote_id, "theme");
  g_ptr_array_add (themes, theme);
  g_set_str (&region->remote_id, REGION);
  region->is_active = TRUE;
  g_set_str (&north->remote_id, NORTH);
  north->is_active = TRUE;
  g_ptr_array_add (region->options, north);
  g_ptr_array_add (tracking, region);

  g_set_str (&invoice->theme_id, "gone");
  assert_violation (invoice, &world, CS_OUTCOME_THEME_GONE, "gone");
  g_set_str (&invoice->theme_id, "theme");
  g_set_str (&((CsPlannedLine *)invoice->lines->pdata[0])->tracking, "r=n");
  assert_violation (invoice, &world, CS_OUTCOME_NONE, NULL);
  g_set_str (&((CsPlannedLine *)invoice->lines->pdata[0])->tracking, "r=" SOUTH);
  assert_violation (invoice, &world, CS_OUTCOME_TRACKING_GONE, SOUTH);
  g_set_str (&((CsPlannedLine *)invoice->lines->pdata[0])->tracking, "r=n");
  north->is_active = FALSE;
  assert_violation (invoice, &world, CS_OUTCOME_TRACKING_GONE, NORTH);
  north->is_active = TRUE;
  region->is_active = FALSE;
  assert_violation (invoice, &world, CS_OUTCOME_TRACKING_GONE, NORTH);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shape/nearest-level-counts", test_nearest_level_counts);
  g_test_add_func ("/shape/tracking-by-category", test_tracking_by_category);
  g_test_add_func ("/shape/I-11-terms", test_terms);
  g_test_add_func ("/shape/what-cannot-be-is-refused", test_too_much_tracking_is_refused);
  g_test_add_func ("/shape/U-27-split-says-why", test_split_says_why);
  g_test_add_func ("/shape/U-27-alone", test_alone);
  g_test_add_func ("/shape/U-27-alone-comes-first", test_alone_comes_first);
  g_test_add_func ("/shape/B-07-U-16-tax-rate-must-apply-to-sales", test_tax_rate_must_apply_to_sales);
  g_test_add_func ("/shape/U-10-rest-of-a-day", test_rest_of_a_day);
  g_test_add_func ("/shape/B-07-U-16-account-must-take-sales", test_account_must_take_sales);
  g_test_add_func ("/shape/B-07-U-16-lock-dates", test_lock_dates);
  g_test_add_func ("/shape/B-07-U-16-theme-and-tracking-must-be-there",
                   test_theme_and_tracking_must_be_there);
  return g_test_run ();
}
