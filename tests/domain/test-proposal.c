/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-records.h"
#include "cs-settings.h"

static CsProposalLine *
add_line (CsProposal *proposal, const char *description, gint64 price, CsBillingUnit unit)
{
  CsProposalLine *line = cs_proposal_line_new ();

  g_set_str (&line->description, description);
  g_set_str (&line->account_code, "200");
  g_set_str (&line->tax_type, "OUTPUT2");
  line->quantity = CS_DECIMAL (1);
  line->unit_price = CS_DECIMAL (price);
  line->tax_rate = CS_DECIMAL (15);
  line->billing = unit == CS_BILLING_UNIT_ONCE ? cs_billing_rule_upfront () : cs_billing_rule_monthly (1);
  g_ptr_array_add (proposal->lines, line);
  return line;
}

static CsProposal *
make_proposal (void)
{
  CsProposal *proposal = cs_proposal_new ();

  proposal->client_id = cs_uuid_from_name ("client", "1", 1);
  proposal->currency = (CsCurrency){ "NZD" };
  return proposal;
}

static void
assert_missing (const CsProposal *proposal, const char *expected)
{
  g_autoptr (GPtrArray) missing = cs_proposal_list_missing (proposal);
  g_autofree char *actual = NULL;

  g_ptr_array_add (missing, NULL);
  actual = g_strjoinv (" ", (char **)missing->pdata);
  g_assert_cmpstr (actual, ==, expected);
}

static void
test_missing (void)
{
  g_autoptr (CsProposal) empty = cs_proposal_new ();
  g_autoptr (CsProposal) proposal = make_proposal ();
  CsProposalLine *line;

  assert_missing (empty, "client lines");
  add_line (proposal, "setup", 500, CS_BILLING_UNIT_ONCE);
  assert_missing (proposal, "");

  line = add_line (proposal, " \t", 0, CS_BILLING_UNIT_MONTHS);
  g_set_str (&line->account_code, "");
  g_set_str (&line->tax_type, "");
  assert_missing (proposal, "line-description:2 line-account:2 line-tax:2 line-price:2");
  proposal->tax_mode = CS_TAX_MODE_NO_TAX;
  assert_missing (proposal, "line-description:2 line-account:2 line-price:2");
  line->unit_price = CS_DECIMAL (-79); /* a discount is a price */
  assert_missing (proposal, "line-description:2 line-account:2");
  line->quantity = CS_DECIMAL (0);
  assert_missing (proposal, "line-description:2 line-account:2 line-price:2");
  line->quantity = line->unit_price = (CsDecimal){ G_MAXINT64 };
  assert_missing (proposal, "line-description:2 line-account:2 line-price:2");
}

/* What the ledger would refuse when the invoice is on its way (xero-accounting.md section 9.2). */
static void
test_long_description (void)
{
  g_autoptr (CsProposal) proposal = make_proposal ();
  CsProposalLine *line = add_line (proposal, "setup", 500, CS_BILLING_UNIT_ONCE);
  GString *words = g_string_new (NULL);

  for (int i = 0; i < CS_LINE_DESCRIPTION_MAX; i++)
    g_string_append (words, "\xc3\xa4");
  g_set_str (&line->description, words->str);
  assert_missing (proposal, "");
  g_string_append_c (words, '.');
  g_set_str (&line->description, words->str);
  assert_missing (proposal, "line-description-long:1");
  g_string_free (words, TRUE);
}

static void
test_client_names (void)
{
  static const char *const good[] = { "Kea", "R&D \"Labs\" 2", "Ng\xc4\x81ti Toa" };
  static const char *const bad[]
      = { "", " \t", " Kea", "Kea ", "Kea  Ltd", "Kea\xc2\xa0 Ltd", "<b>Kea", "Kea > Co" };
  g_autofree char *longest = g_strnfill (CS_CLIENT_NAME_MAX, 'k');
  g_autofree char *longer = g_strnfill (CS_CLIENT_NAME_MAX + 1, 'k');
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (cs_client_validate_name (good[i], &error));
  g_assert_true (cs_client_validate_name (longest, &error));
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (cs_client_validate_name (bad[i], &error));
      g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_INVALID);
      g_clear_error (&error);
    }
  g_assert_false (cs_client_validate_name (longer, &error));
  g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_INVALID);
}

static void
test_prefixes (void)
{
  static const char *const bad[] = { "CS,", "CS\n", "\xc3\x84-", "CS\x7f" };
  g_autofree char *longer = g_strnfill (65, 'C');
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_settings_validate_prefix ("CS-", &error));
  g_assert_true (cs_settings_validate_prefix ("", &error));
  g_assert_true (cs_settings_validate_prefix ("A/B #1 ", &error));
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (cs_settings_validate_prefix (bad[i], &error));
      g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_INVALID);
      g_clear_error (&error);
    }
  g_assert_false (cs_settings_validate_prefix (longer, &error));
  g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_INVALID);
}

static void
test_totals (void)
{
  const CsBillingRhythm weekly = { CS_BILLING_UNIT_WEEKS, 1 };
  const CsBillingRhythm quarterly = { CS_BILLING_UNIT_MONTHS, 3 };
  g_autoptr (CsProposal) proposal = make_proposal ();
  g_autoptr (GArray) rhythms = NULL;
  CsTotals totals;
  g_autoptr (GError) error = NULL;

  add_line (proposal, "review", 1000, CS_BILLING_UNIT_MONTHS)->billing.every = 3;
  add_line (proposal, "setup", 500, CS_BILLING_UNIT_ONCE);
  add_line (proposal, "books", 100, CS_BILLING_UNIT_MONTHS);
  add_line (proposal, "payroll", 50, CS_BILLING_UNIT_MONTHS);
  g_assert_true (cs_proposal_compute_totals (proposal, CS_BILLING_ONCE, &totals, &error));
  g_assert_cmpint (totals.total.minor, ==, 57500);
  g_assert_true (cs_proposal_compute_totals (proposal, CS_BILLING_MONTHLY, &totals, &error));
  g_assert_cmpint (totals.total.minor, ==, 17250); /* without what is billed every three months */
  g_assert_true (cs_proposal_compute_totals (proposal, quarterly, &totals, &error));
  g_assert_cmpint (totals.total.minor, ==, 115000);
  g_assert_true (cs_proposal_compute_totals (proposal, weekly, &totals, &error));
  g_assert_cmpint (totals.total.minor, ==, 0);
  g_assert_no_error (error);
  rhythms = cs_proposal_list_rhythms (proposal);
  g_assert_cmpuint (rhythms->len, ==, 3);
  g_assert_cmpint (g_array_index (rhythms, CsBillingRhythm, 0).unit, ==, CS_BILLING_UNIT_ONCE);
  g_assert_cmpuint (g_array_index (rhythms, CsBillingRhythm, 1).every, ==, 1);
  g_assert_cmpuint (g_array_index (rhythms, CsBillingRhythm, 2).every, ==, 3);
  add_line (proposal, "wrong", 1, CS_BILLING_UNIT_ONCE)->tax_rate.units = -1;
  g_assert_false (cs_proposal_compute_totals (proposal, CS_BILLING_ONCE, &totals, &error));
  g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_INVALID);
}

static void
test_copy (void)
{
  g_autoptr (CsProposal) proposal = make_proposal ();
  g_autoptr (CsProposal) copy = NULL;
  g_autoptr (CsClient) client = cs_client_new ();
  g_autoptr (CsClient) client_copy = NULL;

  add_line (proposal, "setup", 500, CS_BILLING_UNIT_ONCE);
  proposal->acceptance = cs_acceptance_new ();
  g_set_str (&proposal->acceptance->signatory, "Ana");
  copy = cs_proposal_copy (proposal);
  g_set_str (&((CsProposalLine *)g_ptr_array_index (copy->lines, 0))->description, "other");
  g_set_str (&copy->acceptance->signatory, "Bob");
  g_ptr_array_set_size (copy->lines, 0);
  g_assert_cmpuint (proposal->lines->len, ==, 1);
  g_assert_cmpstr (((CsProposalLine *)g_ptr_array_index (proposal->lines, 0))->description, ==, "setup");
  g_assert_cmpstr (proposal->acceptance->signatory, ==, "Ana");
  g_assert_true (cs_uuid_equal (&proposal->client_id, &copy->client_id));

  g_set_str (&client->name, "Ngāti Pāua Ltd");
  client_copy = cs_client_copy (client);
  g_set_str (&client->name, "");
  g_assert_cmpstr (client_copy->name, ==, "Ngāti Pāua Ltd");
}

static void
test_new_and_free (void)
{
  g_autoptr (CsPlannedInvoice) planned = cs_planned_invoice_new ();
  g_autoptr (CsPlannedLine) planned_line = cs_planned_line_new ();
  g_autoptr (CsLedgerContact) contact = cs_ledger_contact_new ();
  g_autoptr (CsLedgerAccount) account = cs_ledger_account_new ();
  g_autoptr (CsLedgerTaxRate) rate = cs_ledger_tax_rate_new ();
  g_autoptr (CsLedgerOrganisation) organisation = cs_ledger_organisation_new ();
  g_autoptr (CsLedgerInvoice) invoice = cs_ledger_invoice_new ();
  g_autoptr (CsProposal) proposal = cs_proposal_new ();

  g_assert_cmpstr (cs_ledger_invoice_add_line (invoice)->tax_type, ==, "");
  g_assert_cmpstr (cs_ledger_invoice_add_payment (invoice)->kind, ==, "");
  g_assert_cmpuint (invoice->n_lines + invoice->n_payments, ==, 2);
  g_ptr_array_add (planned->lines, cs_planned_line_new ());
  g_assert_cmpstr (invoice->number, ==, "");
  g_assert_cmpstr (contact->merged_into, ==, "");
  g_assert_cmpstr (account->class_name, ==, "");
  g_assert_cmpstr (rate->tax_type, ==, "");
  g_assert_cmpstr (planned_line->tax_type, ==, "");
  g_assert_false (cs_date_is_set (invoice->due));
  g_assert_false (cs_date_is_set (organisation->period_lock));
  g_assert_false (cs_date_is_set (planned->date));
  g_assert_false (cs_date_is_set (proposal->start));
  g_assert_null (proposal->acceptance);
  cs_proposal_free (NULL);
  cs_client_free (NULL);
  cs_ledger_invoice_free (NULL);
  cs_planned_invoice_free (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/proposal/lists-what-is-missing", test_missing);
  g_test_add_func ("/proposal/totals-by-unit", test_totals);
  g_test_add_func ("/records/copies-share-nothing", test_copy);
  g_test_add_func ("/records/new-ones-are-empty", test_new_and_free);
  g_test_add_func ("/proposal/long-description", test_long_description);
  g_test_add_func ("/client/names-of-the-ledger", test_client_names);
  g_test_add_func ("/settings/prefixes-of-the-ledger", test_prefixes);
  return g_test_run ();
}
