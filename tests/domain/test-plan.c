/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-records.h"

#include <string.h>

static CsDate
date (const char *text)
{
  CsDate parsed = CS_DATE_NONE;

  g_assert_true (cs_date_parse (text, &parsed, NULL));
  return parsed;
}

static void
add_line (CsProposal *proposal, const char *description, const char *price, const char *rule)
{
  CsProposalLine *line = cs_proposal_line_new ();
  g_autoptr (GError) error = NULL;

  line->id = cs_uuid_from_name ("line", description, strlen (description));
  g_set_str (&line->description, description);
  g_set_str (&line->account_code, "200");
  g_set_str (&line->tax_type, "OUTPUT2");
  line->quantity = CS_DECIMAL (1);
  line->tax_rate = CS_DECIMAL (15);
  g_assert_true (cs_decimal_parse (price, &line->unit_price, &error));
  g_assert_true (cs_billing_rule_parse (rule, &line->billing, &error));
  g_assert_no_error (error);
  g_ptr_array_add (proposal->lines, line);
}

static CsProposal *
make_proposal (void)
{
  CsProposal *proposal = cs_proposal_new ();

  proposal->id = cs_uuid_from_name ("proposal", "1", 1);
  proposal->currency = (CsCurrency){ "NZD" };
  proposal->due_days = 14;
  proposal->authorise = TRUE;
  g_set_str (&proposal->number, "PROP-0042");
  return proposal;
}

static GPtrArray *
plan (const CsProposal *proposal, const char *accepted_on, const char *until)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *invoices = cs_proposal_plan_invoices (proposal, date (accepted_on), date (until), &error);

  g_assert_no_error (error);
  g_assert_nonnull (invoices);
  return invoices;
}

/* @expected: "date due total line+line; …" */
static void
assert_plan (GPtrArray *invoices, const char *expected)
{
  g_autoptr (GString) actual = g_string_new (NULL);

  for (guint i = 0; i < invoices->len; i++)
    {
      const CsPlannedInvoice *invoice = g_ptr_array_index (invoices, i);
      g_autofree char *day = cs_date_to_string (invoice->date);
      g_autofree char *due = cs_date_to_string (invoice->due);
      g_autofree char *total = cs_money_to_string (invoice->totals.total);

      g_string_append_printf (actual, "%s%s %s %s ", i > 0 ? "; " : "", day, due, total);
      for (guint k = 0; k < invoice->lines->len; k++)
        {
          const CsPlannedLine *line = g_ptr_array_index (invoice->lines, k);

          g_string_append_printf (actual, "%s%s", k > 0 ? "+" : "", line->description);
        }
    }
  g_assert_cmpstr (actual->str, ==, expected);
}

static void
test_upfront_and_monthly (void)
{
  g_autoptr (CsProposal) proposal = make_proposal ();
  g_autoptr (GPtrArray) invoices = NULL;
  const CsPlannedInvoice *first;

  add_line (proposal, "setup", "500.00", "once/1/acceptance/+0/never/day=0");
  add_line (proposal, "books", "100.00", "months/1/acceptance/+0/never/day=1");
  add_line (proposal, "payroll", "50.00", "months/1/acceptance/+0/never/day=1");
  add_line (proposal, "review", "20.00", "once/1/acceptance/+0/never/day=0");
  invoices = plan (proposal, "2026-11-21", "2027-01-31");
  assert_plan (invoices,
               "2026-11-21 2026-12-05 598.00 setup+review; 2026-12-01 2026-12-15 172.50 books+payroll; "
               "2027-01-01 2027-01-15 172.50 books+payroll");

  first = g_ptr_array_index (invoices, 0);
  g_assert_cmpstr (first->reference, ==, "PROP-0042");
  g_assert_cmpstr (first->number, ==, "");
  g_assert_true (first->authorise);
  g_assert_true (cs_uuid_equal (&first->proposal_id, &proposal->id));
  g_assert_true (cs_uuid_is_none (&first->journal_id));
  g_assert_cmpint (first->totals.tax.minor, ==, 7800);
}

static void
test_same_day (void)
{
  g_autoptr (CsProposal) proposal = make_proposal ();
  g_autoptr (GPtrArray) invoices = NULL;

  add_line (proposal, "books", "100.00", "months/1/acceptance/+0/never/day=1");
  add_line (proposal, "setup", "500.00", "once/1/acceptance/+0/never/day=0");
  invoices = plan (proposal, "2026-12-01", "2027-01-31");
  assert_plan (invoices, "2026-12-01 2026-12-15 690.00 books+setup; 2027-01-01 2027-01-15 115.00 books");
}

static void
test_lines_name_what_made_them (void)
{
  g_autoptr (CsProposal) proposal = make_proposal ();
  g_autoptr (GPtrArray) invoices = NULL;
  const CsProposalLine *line;
  const CsPlannedInvoice *invoice;
  const CsPlannedLine *planned;

  add_line (proposal, "books", "100.00", "months/1/acceptance/+0/never/day=1");
  invoices = plan (proposal, "2026-11-21", "2027-01-31");
  line = g_ptr_array_index (proposal->lines, 0);
  invoice = g_ptr_array_index (invoices, 1);
  planned = g_ptr_array_index (invoice->lines, 0);
  g_assert_true (cs_uuid_equal (&planned->line_id, &line->id));
  g_assert_cmpuint (planned->period.index, ==, 1);
  g_assert_cmpint (planned->period.start.days, ==, date ("2027-01-01").days);
  g_assert_cmpint (planned->period.end.days, ==, date ("2027-01-31").days);
  g_assert_cmpstr (planned->account_code, ==, "200");
  g_assert_cmpstr (planned->tax_type, ==, "OUTPUT2");
}

/* Recurring periods from before acceptance keep their days, for a person to decide on [U-11]; what is due
 * once is billed on acceptance. Neither is lost. */
static void
test_past (void)
{
  g_autoptr (CsProposal) proposal = make_proposal ();
  g_autoptr (GPtrArray) invoices = NULL;
  const CsPlannedInvoice *first;
  const CsPlannedLine *setup;

  proposal->start = date ("2026-09-15");
  add_line (proposal, "setup", "500.00", "once/1/proposal-start/+0/never/day=0");
  add_line (proposal, "books", "100.00", "months/1/proposal-start/+0/never/day=1");
  invoices = plan (proposal, "2026-11-21", "2026-12-31");
  assert_plan (invoices, "2026-10-01 2026-10-15 115.00 books; 2026-11-01 2026-11-15 115.00 books;"
                         " 2026-11-21 2026-12-05 575.00 setup; 2026-12-01 2026-12-15 115.00 books");
  first = g_ptr_array_index (invoices, 2);
  setup = g_ptr_array_index (first->lines, 0);
  g_assert_cmpint (setup->period.start.days, ==, date ("2026-09-15").days);
  g_assert_cmpint (setup->period.invoice_date.days, ==, date ("2026-11-21").days);
}

static void
test_until (void)
{
  g_autoptr (CsProposal) proposal = make_proposal ();
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) on_the_day = NULL;

  add_line (proposal, "setup", "500.00", "once/1/acceptance/+0/never/day=0");
  before = plan (proposal, "2026-11-21", "2026-11-20");
  g_assert_cmpuint (before->len, ==, 0);
  on_the_day = plan (proposal, "2026-11-21", "2026-11-21");
  g_assert_cmpuint (on_the_day->len, ==, 1);
}

/* Plans made at any time, in any order and any number of times, add up to the plan made at once. */
static void
test_same_ids (void)
{
  static const char *const rules[] = {
    "once/1/acceptance/+0/never/day=0",
    "months/1/acceptance/+0/never/day=31",
    "weeks/2/acceptance/+3/never/day=0",
    "months/3/proposal-start/+0/count=4/day=15",
    "days/10/acceptance/+0/date=2027-06-30/day=0",
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (27);

  for (int world = 0; world < 300; world++)
    {
      g_autoptr (CsProposal) proposal = make_proposal ();
      g_autoptr (GHashTable) seen = g_hash_table_new_full (cs_uuid_hash, cs_uuid_equal_func, g_free, NULL);
      g_autoptr (GPtrArray) at_once = NULL;
      CsDate accepted_on = cs_date_add_days (date ("2026-11-01"), g_rand_int_range (rand, 0, 60));

      proposal->tax_mode = (CsTaxMode)g_rand_int_range (rand, 0, 3);
      for (int i = g_rand_int_range (rand, 1, 5); i > 0; i--)
        add_line (proposal, "service", "33.335", rules[g_rand_int_range (rand, 0, G_N_ELEMENTS (rules))]);
      for (int run = 0; run < 10; run++)
        {
          CsDate until = cs_date_add_days (accepted_on, run == 9 ? 400 : g_rand_int_range (rand, 0, 401));
          GPtrArray *invoices = cs_proposal_plan_invoices (proposal, accepted_on, until, NULL);

          for (guint i = 0; i < invoices->len; i++)
            {
              const CsPlannedInvoice *invoice = g_ptr_array_index (invoices, i);
              gpointer total = g_hash_table_lookup (seen, &invoice->id);

              if (total != NULL)
                g_assert_cmpint (GPOINTER_TO_INT (total), ==, invoice->totals.total.minor);
              g_hash_table_insert (seen, g_memdup2 (&invoice->id, sizeof invoice->id),
                                   GINT_TO_POINTER ((int)invoice->totals.total.minor));
            }
          if (run == 9)
            at_once = invoices;
          else
            g_ptr_array_unref (invoices);
        }
      g_assert_cmpuint (g_hash_table_size (seen), ==, at_once->len);
      for (guint i = 1; i < at_once->len; i++)
        {
          const CsPlannedInvoice *one = g_ptr_array_index (at_once, i - 1);
          const CsPlannedInvoice *next = g_ptr_array_index (at_once, i);

          g_assert_cmpint (one->date.days, <, next->date.days);
        }
    }
}

static void
test_ids_differ_by_proposal (void)
{
  g_autoptr (CsProposal) one = make_proposal ();
  g_autoptr (CsProposal) other = make_proposal ();
  g_autoptr (GPtrArray) of_one = NULL;
  g_autoptr (GPtrArray) of_other = NULL;

  other->id = cs_uuid_from_name ("proposal", "2", 1);
  add_line (one, "setup", "500.00", "once/1/acceptance/+0/never/day=0");
  add_line (other, "setup", "500.00", "once/1/acceptance/+0/never/day=0");
  of_one = plan (one, "2026-11-21", "2026-11-21");
  of_other = plan (other, "2026-11-21", "2026-11-21");
  g_assert_false (cs_uuid_equal (&((CsPlannedInvoice *)g_ptr_array_index (of_one, 0))->id,
                                 &((CsPlannedInvoice *)g_ptr_array_index (of_other, 0))->id));
}

static void
test_refusals (void)
{
  g_autoptr (CsProposal) proposal = make_proposal ();
  g_autoptr (GError) error = NULL;
  CsProposalLine *line;

  add_line (proposal, "books", "100.00", "days/1/acceptance/+0/never/day=0");
  line = g_ptr_array_index (proposal->lines, 0);
  g_assert_null (cs_proposal_plan_invoices (proposal, date ("2026-11-21"), date ("9000-01-01"), &error));
  g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_RANGE);
  g_clear_error (&error);

  line->billing.every = 0;
  g_assert_null (cs_proposal_plan_invoices (proposal, date ("2026-11-21"), date ("2026-12-01"), &error));
  g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_INVALID);
  g_clear_error (&error);

  line->billing = cs_billing_rule_upfront ();
  line->unit_price = (CsDecimal){ G_MAXINT64 };
  line->quantity = (CsDecimal){ G_MAXINT64 };
  g_assert_null (cs_proposal_plan_invoices (proposal, date ("2026-11-21"), date ("2026-12-01"), &error));
  g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_RANGE);
  g_clear_error (&error);

  line->quantity = CS_DECIMAL (1);
  line->unit_price = CS_DECIMAL (1);
  proposal->due_days = G_MAXINT;
  g_assert_null (cs_proposal_plan_invoices (proposal, date ("2026-11-21"), date ("2026-12-01"), &error));
  g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_RANGE);
}

/* What a person types as the start is when the monthly billing starts; what is upfront stays on acceptance.
 */
static void
test_monthly_waits_for_the_start (void)
{
  g_autoptr (CsProposal) proposal = make_proposal ();
  g_autoptr (GPtrArray) invoices = NULL;
  CsBillingRule monthly = cs_billing_rule_monthly (10);
  CsBillingRule upfront = cs_billing_rule_upfront ();
  g_autofree char *rule = cs_billing_rule_to_string (&monthly);
  g_autofree char *once = cs_billing_rule_to_string (&upfront);

  add_line (proposal, "set-up", "1000.00", once);
  add_line (proposal, "books", "100.00", rule);
  proposal->start = date ("2027-01-15");
  invoices = plan (proposal, "2026-11-22", "2027-03-31");
  assert_plan (invoices, "2026-11-22 2026-12-06 1150.00 set-up; 2027-02-10 2027-02-24 115.00 books; "
                         "2027-03-10 2027-03-24 115.00 books");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/P-05-monthly-waits-for-the-start", test_monthly_waits_for_the_start);
  g_test_add_func ("/plan/I-04-I-05-upfront-and-monthly", test_upfront_and_monthly);
  g_test_add_func ("/plan/U-27-one-invoice-a-date", test_same_day);
  g_test_add_func ("/plan/B-22-lines-name-what-made-them", test_lines_name_what_made_them);
  g_test_add_func ("/plan/U-11-past-periods-keep-their-days", test_past);
  g_test_add_func ("/plan/until-is-inclusive", test_until);
  g_test_add_func ("/plan/U-10-n-plans-equal-one-plan", test_same_ids);
  g_test_add_func ("/plan/U-27-never-across-proposals", test_ids_differ_by_proposal);
  g_test_add_func ("/plan/refusals", test_refusals);
  return g_test_run ();
}
