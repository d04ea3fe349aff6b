/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-plan.h"

#include <string.h>

#define DAY(y, m, d) (cs_date_from_parts (y, m, d))

/* What is said about a service after it was agreed [U-13]. */

static GPtrArray *
new_changes (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)cs_billing_change_free);
}

static void
say (GPtrArray *changes, CsBillingChangeKind kind, CsDate from, CsDate until)
{
  g_ptr_array_add (changes, cs_billing_change_new (kind, from, until, "On leave"));
}

/* A monthly service, and one that is billed once, accepted on 22 November 2026. */
static CsProposal *
new_proposal (void)
{
  CsProposal *proposal = cs_proposal_new ();

  proposal->currency = (CsCurrency){ "NZD" };
  proposal->tax_mode = CS_TAX_MODE_EXCLUSIVE;
  for (guint i = 0; i < 2; i++)
    {
      CsProposalLine *line = cs_proposal_line_new ();

      line->id.bytes[0] = (guint8)(i + 1);
      g_assert_true (cs_decimal_parse ("1", &line->quantity, NULL));
      g_assert_true (cs_decimal_parse ("100", &line->unit_price, NULL));
      if (i > 0)
        line->billing = cs_billing_rule_monthly (1);
      g_ptr_array_add (proposal->lines, line);
    }
  return proposal;
}

/* "2026-11-22 2026-12-01 …": the days on which it is billed. */
static char *
plan (const CsProposal *proposal, CsDate until)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) invoices = cs_proposal_plan_invoices (proposal, DAY (2026, 11, 22), until, &error);
  g_autoptr (GString) days = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < invoices->len; i++)
    {
      g_autofree char *day = cs_date_to_string (((CsPlannedInvoice *)invoices->pdata[i])->date);

      g_string_append_printf (days, "%s%s", i > 0 ? " " : "", day);
    }
  return g_string_free (g_steal_pointer (&days), FALSE);
}

static void
assert_plan (const CsProposal *proposal, const char *wanted)
{
  g_autofree char *days = plan (proposal, DAY (2027, 5, 1));

  g_assert_cmpstr (days, ==, wanted);
}

static GPtrArray *
get_changes (const CsProposal *proposal)
{
  CsProposalLine *line = g_ptr_array_index (proposal->lines, 1);

  if (line->changes == NULL)
    line->changes = new_changes ();
  return line->changes;
}

/* The first and the last day of a pause are exact, and the days that are left do not move [U-12]. */
static void
test_pause (void)
{
  g_autoptr (CsProposal) proposal = new_proposal ();

  assert_plan (proposal, "2026-11-22 2026-12-01 2027-01-01 2027-02-01 2027-03-01 2027-04-01 2027-05-01");
  say (get_changes (proposal), CS_BILLING_PAUSE, DAY (2027, 1, 1), DAY (2027, 3, 1));
  assert_plan (proposal, "2026-11-22 2026-12-01 2027-03-01 2027-04-01 2027-05-01");
  g_ptr_array_set_size (get_changes (proposal), 0);
  say (get_changes (proposal), CS_BILLING_PAUSE, DAY (2027, 1, 2), DAY (2027, 3, 2));
  assert_plan (proposal, "2026-11-22 2026-12-01 2027-01-01 2027-04-01 2027-05-01");
}

static void
test_open_and_resumed (void)
{
  g_autoptr (CsProposal) proposal = new_proposal ();

  say (get_changes (proposal), CS_BILLING_PAUSE, DAY (2027, 1, 1), CS_DATE_NONE);
  assert_plan (proposal, "2026-11-22 2026-12-01");
  say (get_changes (proposal), CS_BILLING_RESUME, DAY (2027, 4, 1), CS_DATE_NONE);
  assert_plan (proposal, "2026-11-22 2026-12-01 2027-04-01 2027-05-01");
  say (get_changes (proposal), CS_BILLING_STOP, DAY (2027, 5, 1), CS_DATE_NONE);
  assert_plan (proposal, "2026-11-22 2026-12-01 2027-04-01");
  /* What was said for a later day stays said. */
  say (get_changes (proposal), CS_BILLING_RESUME, DAY (2027, 2, 1), CS_DATE_NONE);
  assert_plan (proposal, "2026-11-22 2026-12-01 2027-02-01 2027-03-01 2027-04-01");
  say (get_changes (proposal), CS_BILLING_RESUME, DAY (2027, 5, 1), CS_DATE_NONE);
  assert_plan (proposal, "2026-11-22 2026-12-01 2027-02-01 2027-03-01 2027-04-01 2027-05-01");
}

/* What is billed once can't be left out: a person skips its invoice. */
static void
test_once_is_not_touched (void)
{
  g_autoptr (CsProposal) proposal = new_proposal ();

  say (get_changes (proposal), CS_BILLING_STOP, DAY (2026, 1, 1), CS_DATE_NONE);
  assert_plan (proposal, "2026-11-22");
}

/* Which gap counts for a day: the one for good before others. */
static void
test_find (void)
{
  g_autoptr (GPtrArray) changes = new_changes ();
  g_autoptr (GArray) gaps = NULL;

  say (changes, CS_BILLING_PAUSE, DAY (2027, 1, 1), DAY (2027, 6, 1));
  say (changes, CS_BILLING_STOP, DAY (2027, 3, 1), CS_DATE_NONE);
  gaps = cs_billing_changes_list_gaps (changes);
  g_assert_null (cs_billing_gaps_find (gaps, DAY (2026, 12, 31)));
  g_assert_cmpint ((int)cs_billing_gaps_find (gaps, DAY (2027, 1, 1))->change->kind, ==, CS_BILLING_PAUSE);
  g_assert_cmpint ((int)cs_billing_gaps_find (gaps, DAY (2027, 3, 1))->change->kind, ==, CS_BILLING_STOP);
  g_assert_cmpint ((int)cs_billing_gaps_find (gaps, DAY (2030, 1, 1))->change->kind, ==, CS_BILLING_STOP);
  g_assert_cmpint ((int)cs_billing_gaps_find_next (gaps, DAY (2026, 12, 31))->change->kind, ==,
                   CS_BILLING_PAUSE);
  g_assert_cmpint ((int)cs_billing_gaps_find_next (gaps, DAY (2027, 1, 1))->change->kind, ==,
                   CS_BILLING_STOP);
  g_assert_null (cs_billing_gaps_find_next (gaps, DAY (2027, 3, 1)));
}

static void
assert_refused (const GPtrArray *changes,
                CsBillingChangeKind kind,
                CsDate from,
                CsDate until,
                const char *reason)
{
  g_autoptr (CsBillingChange) change = cs_billing_change_new (kind, from, until, reason);
  g_autoptr (GError) error = NULL;

  g_assert_false (cs_billing_changes_check (changes, change, &error));
  g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_INVALID);
}

static void
assert_taken (const GPtrArray *changes, CsBillingChangeKind kind, CsDate from, CsDate until)
{
  g_autoptr (CsBillingChange) change = cs_billing_change_new (kind, from, until, "On leave");
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_billing_changes_check (changes, change, &error));
  g_assert_no_error (error);
}

static void
test_check (void)
{
  g_autoptr (GPtrArray) changes = new_changes ();
  CsDate january = DAY (2027, 1, 1);

  assert_refused (NULL, CS_BILLING_PAUSE, CS_DATE_NONE, CS_DATE_NONE, "On leave");
  assert_refused (NULL, CS_BILLING_PAUSE, january, january, "On leave");
  assert_refused (NULL, CS_BILLING_PAUSE, january, CS_DATE_NONE, "");
  assert_refused (NULL, CS_BILLING_RESUME, january, CS_DATE_NONE, "On leave");
  assert_taken (NULL, CS_BILLING_PAUSE, january, cs_date_add_days (january, 1));
  say (changes, CS_BILLING_PAUSE, january, DAY (2027, 3, 1));
  assert_refused (changes, CS_BILLING_PAUSE, DAY (2027, 2, 1), CS_DATE_NONE, "On leave");
  assert_taken (changes, CS_BILLING_PAUSE, DAY (2027, 3, 1), CS_DATE_NONE); /* it goes on */
  assert_refused (changes, CS_BILLING_RESUME, DAY (2027, 3, 1), CS_DATE_NONE, "On leave");
  assert_taken (changes, CS_BILLING_RESUME, DAY (2027, 2, 28), CS_DATE_NONE);
  assert_taken (changes, CS_BILLING_STOP, DAY (2027, 2, 1), CS_DATE_NONE);
  say (changes, CS_BILLING_STOP, DAY (2027, 2, 1), CS_DATE_NONE);
  assert_refused (changes, CS_BILLING_STOP, DAY (2028, 2, 1), CS_DATE_NONE, "On leave");
  assert_refused (changes, CS_BILLING_PAUSE, DAY (2028, 2, 1), CS_DATE_NONE, "On leave");
  assert_taken (changes, CS_BILLING_RESUME, DAY (2028, 2, 1), CS_DATE_NONE);
}

/* What a person is told before it is said is what then happens, whatever was said before. */
static void
test_foreseen_is_what_happens (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (13);
  CsBillingAnchors anchors = { DAY (2026, 11, 22), CS_DATE_NONE };
  CsDate until = DAY (2028, 12, 1);
  guint n_foreseen = 0;

  for (guint world = 0; world < 500; world++)
    {
      g_autoptr (CsProposal) proposal = new_proposal ();
      GPtrArray *changes = get_changes (proposal);
      const CsProposalLine *line = g_ptr_array_index (proposal->lines, 1);

      for (guint i = 0; i < 6; i++)
        {
          CsBillingChangeKind kind = (CsBillingChangeKind)g_rand_int_range (rand, 0, 3);
          CsDate from = cs_date_add_days (anchors.acceptance, g_rand_int_range (rand, 0, 600));
          CsDate to = kind == CS_BILLING_PAUSE && g_rand_boolean (rand)
                          ? cs_date_add_days (from, g_rand_int_range (rand, 1, 200))
                          : CS_DATE_NONE;
          g_autoptr (CsBillingChange) change = cs_billing_change_new (kind, from, to, "On leave");
          g_autofree char *before = plan (proposal, until);
          g_autoptr (GArray) periods
              = cs_billing_changes_foresee (&line->billing, &anchors, changes, change, until);
          g_autofree char *after = NULL;
          const char *richer = NULL, *poorer = NULL;

          say (changes, kind, from, to);
          after = plan (proposal, until);
          richer = kind == CS_BILLING_RESUME ? after : before;
          poorer = kind == CS_BILLING_RESUME ? before : after;
          g_assert_cmpuint (strlen (richer) - strlen (poorer), ==, periods->len * strlen (" 2026-12-01"));
          for (guint j = 0; j < periods->len; j++)
            {
              g_autofree char *day
                  = cs_date_to_string (g_array_index (periods, CsBillingPeriod, j).invoice_date);

              g_assert_nonnull (strstr (richer, day));
              g_assert_null (strstr (poorer, day));
            }
          n_foreseen += periods->len;
        }
    }
  g_assert_cmpuint (n_foreseen, >, 1000);
}

static void
test_text (void)
{
  CsBillingChangeKind kind;

  for (guint i = CS_BILLING_PAUSE; i <= CS_BILLING_STOP; i++)
    {
      g_assert_true (cs_billing_change_kind_parse (cs_billing_change_kind_to_string ((CsBillingChangeKind)i),
                                                   &kind, NULL));
      g_assert_cmpuint (kind, ==, i);
    }
  g_assert_false (cs_billing_change_kind_parse ("halt", &kind, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/billing-change/U-13-U-12-pause", test_pause);
  g_test_add_func ("/billing-change/U-13-open-resumed-stopped", test_open_and_resumed);
  g_test_add_func ("/billing-change/U-13-once-is-not-touched", test_once_is_not_touched);
  g_test_add_func ("/billing-change/U-13-which-counts", test_find);
  g_test_add_func ("/billing-change/U-13-refused", test_check);
  g_test_add_func ("/billing-change/U-13-foreseen-is-what-happens", test_foreseen_is_what_happens);
  g_test_add_func ("/billing-change/text", test_text);
  return g_test_run ();
}
