/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-billing.h"
#include "cs-decimal.h"

static CsDate
date (const char *text)
{
  CsDate parsed = CS_DATE_NONE;
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_date_parse (text, &parsed, &error));
  g_assert_no_error (error);
  return parsed;
}

static CsBillingRule
rule (const char *text)
{
  CsBillingRule parsed = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_billing_rule_parse (text, &parsed, &error));
  g_assert_no_error (error);
  return parsed;
}

/* @expected: the invoice dates until @until, a blank between them. */
static void
assert_dates (const char *rule_text, const char *acceptance, const char *until, const char *expected)
{
  const CsBillingRule billing = rule (rule_text);
  const CsBillingAnchors anchors = { date (acceptance), CS_DATE_NONE };
  g_autoptr (GArray) periods = cs_billing_rule_list_periods (&billing, &anchors, date (until));
  g_autoptr (GString) actual = g_string_new (NULL);

  for (guint i = 0; i < periods->len; i++)
    {
      const CsBillingPeriod *period = &g_array_index (periods, CsBillingPeriod, i);
      g_autofree char *text = cs_date_to_string (period->invoice_date);

      g_assert_cmpuint (period->index, ==, i);
      g_string_append_printf (actual, "%s%s", i > 0 ? " " : "", text);
    }
  g_assert_cmpstr (actual->str, ==, expected);
}

static void
test_upfront (void)
{
  const CsBillingRule upfront = cs_billing_rule_upfront ();
  const CsBillingAnchors anchors = { date ("2026-11-21"), CS_DATE_NONE };
  CsBillingPeriod period;

  g_assert_true (cs_billing_rule_get_period (&upfront, &anchors, 0, &period));
  g_assert_cmpint (period.start.days, ==, anchors.acceptance.days);
  g_assert_cmpint (period.end.days, ==, anchors.acceptance.days);
  g_assert_cmpint (period.invoice_date.days, ==, anchors.acceptance.days);
  g_assert_false (cs_billing_rule_get_period (&upfront, &anchors, 1, &period));
  assert_dates ("once/1/acceptance/+30/never/day=0", "2026-11-21", "2027-12-31", "2026-12-21");
}

static void
test_designated_day (void)
{
  assert_dates ("months/1/acceptance/+0/never/day=1", "2026-11-21", "2027-02-28",
                "2026-12-01 2027-01-01 2027-02-01");
  assert_dates ("months/1/acceptance/+0/never/day=21", "2026-11-21", "2027-01-31",
                "2026-11-21 2026-12-21 2027-01-21");
  assert_dates ("months/1/acceptance/+0/never/day=20", "2026-11-21", "2027-01-31", "2026-12-20 2027-01-20");
  assert_dates ("months/1/acceptance/+0/never/day=0", "2026-11-21", "2026-12-31", "2026-11-21 2026-12-21");
  assert_dates ("months/3/acceptance/+0/never/day=1", "2026-11-21", "2027-06-30",
                "2026-12-01 2027-03-01 2027-06-01");
  assert_dates ("years/1/acceptance/+0/never/day=1", "2026-06-15", "2028-12-31",
                "2026-07-01 2027-07-01 2028-07-01");
}

static void
test_from_anchor (void)
{
  assert_dates ("months/1/acceptance/+0/never/day=0", "2026-01-31", "2026-05-31",
                "2026-01-31 2026-02-28 2026-03-31 2026-04-30 2026-05-31");
  assert_dates ("months/1/acceptance/+0/never/day=31", "2026-01-31", "2026-04-30",
                "2026-01-31 2026-02-28 2026-03-31 2026-04-30");
  assert_dates ("months/1/acceptance/+0/never/day=30", "2026-02-28", "2026-04-30",
                "2026-02-28 2026-03-30 2026-04-30");
  assert_dates ("months/1/acceptance/+0/never/day=31", "2026-04-30", "2026-06-30",
                "2026-04-30 2026-05-31 2026-06-30");
  assert_dates ("years/1/acceptance/+0/never/day=0", "2024-02-29", "2028-12-31",
                "2024-02-29 2025-02-28 2026-02-28 2027-02-28 2028-02-29");
}

static void
test_every_n (void)
{
  assert_dates ("weeks/4/acceptance/+0/never/day=0", "2026-11-02", "2027-01-31",
                "2026-11-02 2026-11-30 2026-12-28 2027-01-25");
  assert_dates ("weeks/2/acceptance/+0/never/day=0", "2026-11-02", "2026-11-30",
                "2026-11-02 2026-11-16 2026-11-30");
  assert_dates ("days/10/acceptance/+0/never/day=0", "2026-02-20", "2026-03-20",
                "2026-02-20 2026-03-02 2026-03-12");
  assert_dates ("days/10/acceptance/+0/never/day=15", "2026-02-20", "2026-03-10", "2026-02-20 2026-03-02");
}

static void
test_end (void)
{
  assert_dates ("months/1/acceptance/+0/count=2/day=1", "2026-11-21", "2030-01-01", "2026-12-01 2027-01-01");
  assert_dates ("months/1/acceptance/+0/date=2027-01-01/day=1", "2026-11-21", "2030-01-01",
                "2026-12-01 2027-01-01");
  assert_dates ("months/1/acceptance/+0/date=2026-12-31/day=1", "2026-11-21", "2030-01-01", "2026-12-01");
  assert_dates ("months/1/acceptance/+0/date=2026-11-30/day=1", "2026-11-21", "2030-01-01", "");
  assert_dates ("once/1/acceptance/+0/date=2026-11-20/day=0", "2026-11-21", "2030-01-01", "");
  assert_dates ("years/100/acceptance/+0/never/day=0", "9800-01-01", "9999-12-31", "9800-01-01");
}

static void
test_anchors (void)
{
  CsBillingRule billing = rule ("months/1/proposal-start/+0/never/day=0");
  CsBillingAnchors anchors = { date ("2026-11-21"), date ("2027-01-05") };
  CsBillingPeriod period;

  g_assert_true (cs_billing_rule_get_period (&billing, &anchors, 0, &period));
  g_assert_cmpint (period.start.days, ==, date ("2027-01-05").days);
  g_assert_cmpint (period.end.days, ==, date ("2027-02-04").days);
  anchors.proposal_start = CS_DATE_NONE;
  g_assert_true (cs_billing_rule_get_period (&billing, &anchors, 0, &period));
  g_assert_cmpint (period.start.days, ==, date ("2026-11-21").days);
  assert_dates ("months/1/date=2026-07-01/+0/never/day=0", "2026-09-15", "2026-10-01",
                "2026-07-01 2026-08-01 2026-09-01 2026-10-01");
  assert_dates ("months/1/acceptance/+11/never/day=1", "2026-11-21", "2027-01-31", "2027-01-01");
}

static void
test_validate (void)
{
  const struct
  {
    CsBillingUnit unit;
    guint every;
    CsBillingAnchor anchor;
    int delay_days;
    CsBillingEnd end;
    guint end_count;
    guint designated_day;
  } wrong[] = {
    { CS_BILLING_UNIT_MONTHS, 0, CS_BILLING_ANCHOR_ACCEPTANCE, 0, CS_BILLING_END_NEVER, 0, 1 },
    { CS_BILLING_UNIT_MONTHS, 3661, CS_BILLING_ANCHOR_ACCEPTANCE, 0, CS_BILLING_END_NEVER, 0, 1 },
    { CS_BILLING_UNIT_MONTHS, 1, CS_BILLING_ANCHOR_ACCEPTANCE, 0, CS_BILLING_END_NEVER, 0, 32 },
    { CS_BILLING_UNIT_MONTHS, 1, CS_BILLING_ANCHOR_ACCEPTANCE, -1, CS_BILLING_END_NEVER, 0, 1 },
    { CS_BILLING_UNIT_MONTHS, 1, CS_BILLING_ANCHOR_ACCEPTANCE, 3661, CS_BILLING_END_NEVER, 0, 1 },
    { CS_BILLING_UNIT_MONTHS, 1, CS_BILLING_ANCHOR_DATE, 0, CS_BILLING_END_NEVER, 0, 1 },
    { CS_BILLING_UNIT_MONTHS, 1, CS_BILLING_ANCHOR_ACCEPTANCE, 0, CS_BILLING_END_COUNT, 0, 1 },
    { CS_BILLING_UNIT_MONTHS, 1, CS_BILLING_ANCHOR_ACCEPTANCE, 0, CS_BILLING_END_COUNT, 100001, 1 },
    { CS_BILLING_UNIT_MONTHS, 1, CS_BILLING_ANCHOR_ACCEPTANCE, 0, CS_BILLING_END_DATE, 0, 1 },
    { (CsBillingUnit)9, 1, CS_BILLING_ANCHOR_ACCEPTANCE, 0, CS_BILLING_END_NEVER, 0, 1 },
    { CS_BILLING_UNIT_DAYS, 1, (CsBillingAnchor)9, 0, CS_BILLING_END_NEVER, 0, 1 },
    { CS_BILLING_UNIT_DAYS, 1, CS_BILLING_ANCHOR_ACCEPTANCE, 0, (CsBillingEnd)9, 0, 1 },
  };
  CsBillingRule zeroed = { 0 };

  g_assert_true (cs_billing_rule_validate (&zeroed, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      CsBillingRule billing = cs_billing_rule_upfront ();
      g_autoptr (GError) error = NULL;

      billing.unit = wrong[i].unit;
      billing.every = wrong[i].every;
      billing.anchor = wrong[i].anchor;
      billing.delay_days = wrong[i].delay_days;
      billing.end = wrong[i].end;
      billing.end_count = wrong[i].end_count;
      billing.designated_day = wrong[i].designated_day;
      g_assert_false (cs_billing_rule_validate (&billing, &error));
      g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_INVALID);
    }
}

static void
test_text (void)
{
  static const char *const right[] = {
    "months/1/proposal-start/+0/never/day=1",
    "months/1/acceptance/+0/never/day=1",
    "once/1/acceptance/+0/never/day=0",
    "weeks/4/proposal-start/+14/count=12/day=0",
    "years/2/date=2026-07-01/+0/date=2036-06-30/day=31",
    "days/10/acceptance/+3660/never/day=0",
  };
  static const char *const wrong[] = {
    NULL,
    "",
    "months",
    "months/1/acceptance/+0/never",
    "months/1/acceptance/+0/never/day=1/",
    "month/1/acceptance/+0/never/day=1",
    "months/01/acceptance/+0/never/day=1",
    "months/1/acceptance/0/never/day=1",
    "months/1/acceptance/+0/never/1",
    "months/1/acceptance/+0/date=2026-02-30/day=1",
    "months/1/date=/+0/never/day=1",
    "months/1/acceptance/+0/never/day=1 ",
    "months/-1/acceptance/+0/never/day=1",
    "months/1/acceptance/-1/never/day=1",
  };
  CsBillingRule parsed = { 0 };
  g_autoptr (GError) error = NULL;
  const CsBillingRule monthly = cs_billing_rule_monthly (1);
  g_autofree char *monthly_text = cs_billing_rule_to_string (&monthly);

  g_assert_cmpstr (monthly_text, ==, right[0]);
  for (gsize i = 0; i < G_N_ELEMENTS (right); i++)
    {
      const CsBillingRule billing = rule (right[i]);
      g_autofree char *text = cs_billing_rule_to_string (&billing);

      g_assert_cmpstr (text, ==, right[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_false (cs_billing_rule_parse (wrong[i], &parsed, &error));
      g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX);
      g_clear_error (&error);
    }
  g_assert_false (cs_billing_rule_parse ("months/0/acceptance/+0/never/day=1", &parsed, &error));
  g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_INVALID);
}

static CsBillingRule
make_rule (GRand *rand)
{
  CsBillingRule billing = cs_billing_rule_upfront ();

  billing.unit = (CsBillingUnit)g_rand_int_range (rand, CS_BILLING_UNIT_ONCE, CS_BILLING_UNIT_YEARS + 1);
  billing.every = (guint)g_rand_int_range (rand, 1, billing.unit == CS_BILLING_UNIT_DAYS ? 40 : 7);
  billing.anchor = (CsBillingAnchor)g_rand_int_range (rand, 0, 3);
  billing.anchor_date
      = cs_date_from_parts (2026, g_rand_int_range (rand, 1, 13), g_rand_int_range (rand, 1, 29));
  billing.delay_days = g_rand_boolean (rand) ? 0 : g_rand_int_range (rand, 0, 60);
  billing.end = (CsBillingEnd)g_rand_int_range (rand, 0, 3);
  billing.end_count = (guint)g_rand_int_range (rand, 1, 30);
  billing.end_date = cs_date_add_days (billing.anchor_date, g_rand_int_range (rand, 0, 1500));
  billing.designated_day = (guint)g_rand_int_range (rand, 0, 32);
  return billing;
}

static CsBillingAnchors
make_anchors (GRand *rand)
{
  CsDate acceptance = cs_date_add_days (date ("2026-01-01"), g_rand_int_range (rand, 0, 1000));

  return (CsBillingAnchors){
    acceptance,
    g_rand_boolean (rand) ? CS_DATE_NONE : cs_date_add_days (acceptance, g_rand_int_range (rand, -30, 90)),
  };
}

/* A run adds what is due and not there yet, by its key. Late, repeated and skipped runs end with the same. */
static void
test_n_runs_equal_one_run (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (10);

  for (int world = 0; world < 3000; world++)
    {
      const CsBillingRule billing = make_rule (rand);
      const CsBillingAnchors anchors = make_anchors (rand);
      const CsDate last = cs_date_add_days (anchors.acceptance, g_rand_int_range (rand, 0, 1200));
      g_autoptr (GHashTable) billed = g_hash_table_new (NULL, NULL);
      g_autoptr (GArray) at_once = cs_billing_rule_list_periods (&billing, &anchors, last);

      for (CsDate today = anchors.acceptance;;
           today = cs_date_add_days (today, g_rand_int_range (rand, 0, 90)))
        {
          CsDate until = cs_date_compare (today, last) > 0 ? last : today;
          g_autoptr (GArray) periods = cs_billing_rule_list_periods (&billing, &anchors, until);

          for (guint i = 0; i < periods->len; i++)
            {
              const CsBillingPeriod *period = &g_array_index (periods, CsBillingPeriod, i);
              gpointer key = GINT_TO_POINTER (period->start.days);

              if (g_hash_table_contains (billed, key))
                g_assert_cmpint (GPOINTER_TO_INT (g_hash_table_lookup (billed, key)), ==, period->end.days);
              g_hash_table_insert (billed, key, GINT_TO_POINTER (period->end.days));
            }
          if (until.days == last.days)
            break;
        }
      g_assert_cmpuint (g_hash_table_size (billed), ==, at_once->len);
      for (guint i = 0; i < at_once->len; i++)
        g_assert_true (g_hash_table_contains (
            billed, GINT_TO_POINTER (g_array_index (at_once, CsBillingPeriod, i).start.days)));
    }
}

/* Periods of a rule touch: no day between two is lost, none is billed twice, and the key is unique. */
static void
test_periods_touch (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (int world = 0; world < 3000; world++)
    {
      const CsBillingRule billing = make_rule (rand);
      const CsBillingAnchors anchors = make_anchors (rand);
      g_autoptr (GArray) periods = cs_billing_rule_list_periods (&billing, &anchors, date ("2032-12-31"));

      for (guint i = 0; i < periods->len; i++)
        {
          const CsBillingPeriod *period = &g_array_index (periods, CsBillingPeriod, i);

          g_assert_cmpint (period->start.days, <=, period->end.days);
          g_assert_cmpint (period->start.days, ==, period->invoice_date.days);
          if (billing.end == CS_BILLING_END_DATE)
            g_assert_cmpint (period->start.days, <=, billing.end_date.days);
          if (i > 0)
            g_assert_cmpint (period->start.days, ==, period[-1].end.days + 1);
        }
      if (billing.end == CS_BILLING_END_COUNT)
        g_assert_cmpuint (periods->len, <=, billing.end_count);
    }
}

/* Monthly dates against a calendar that is walked day by day: those that are the designated day or, where the
 * month has none, its last. */
static void
test_against_calendar (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (12);

  for (int world = 0; world < 2000; world++)
    {
      CsBillingRule billing = cs_billing_rule_monthly ((guint)g_rand_int_range (rand, 1, 32));
      const CsBillingAnchors anchors = make_anchors (rand);
      CsDate day = cs_date_is_set (anchors.proposal_start) ? anchors.proposal_start : anchors.acceptance;
      guint n_months = 0, n_periods = 0;

      billing.every = (guint)g_rand_int_range (rand, 1, 14);
      for (; n_periods < 12; day = cs_date_add_days (day, 1))
        {
          int y, m, d;
          CsBillingPeriod period;

          cs_date_get_parts (day, &y, &m, &d);
          if (d != MIN ((int)billing.designated_day, (int)cs_date_get_days_in_month (y, m)))
            continue;
          if (n_months++ % billing.every != 0)
            continue;
          g_assert_true (cs_billing_rule_get_period (&billing, &anchors, n_periods++, &period));
          g_assert_cmpint (period.invoice_date.days, ==, day.days);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/billing/I-04-upfront-on-acceptance", test_upfront);
  g_test_add_func ("/billing/P-05-I-05-designated-day", test_designated_day);
  g_test_add_func ("/billing/U-12-dates-from-anchor", test_from_anchor);
  g_test_add_func ("/billing/U-12-against-a-calendar", test_against_calendar);
  g_test_add_func ("/billing/U-14-every-n-days-and-weeks", test_every_n);
  g_test_add_func ("/billing/U-13-ends-by-count-and-date", test_end);
  g_test_add_func ("/billing/anchors-and-delay", test_anchors);
  g_test_add_func ("/billing/refuses-impossible-rules", test_validate);
  g_test_add_func ("/billing/canonical-text", test_text);
  g_test_add_func ("/billing/U-10-n-runs-equal-one-run", test_n_runs_equal_one_run);
  g_test_add_func ("/billing/U-10-periods-touch", test_periods_touch);
  return g_test_run ();
}
