/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-match.h"
#include "cs-invoice-sums.h"

#include <string.h>

static const CsCurrency nzd = { "NZD" };
static const CsCurrency aud = { "AUD" };

/* The same instant is another day in each of them. */
static const char *const zones[] = { "Pacific/Auckland", "Europe/London", "America/Los_Angeles", "Etc/UTC" };

static CsLedgerInvoice *
make_invoice (CsLedgerStatus status, gint64 total, gint64 balance, CsDate due)
{
  CsLedgerInvoice *invoice = cs_ledger_invoice_new ();

  invoice->is_sales = TRUE;
  invoice->status = status;
  g_set_str (&invoice->number, "INV-0231");
  g_set_str (&invoice->reference, "PROP-014");
  g_set_str (&invoice->contact_id, "contact-1");
  g_set_str (&invoice->contact_name, "Kauri Plumbing Café Ltd");
  invoice->date = cs_date_from_parts (2026, 10, 1);
  invoice->due = due;
  invoice->total = (CsMoney){ total, nzd };
  invoice->balance = (CsMoney){ balance, nzd };
  return invoice;
}

static gboolean
is_shown (const CsLedgerInvoice *invoice, CsInvoicesShown shown, gboolean is_pinned, CsDate today)
{
  g_autoptr (CsInvoiceFilter) filter = cs_invoice_filter_new ();

  filter->shown = shown;
  return cs_invoice_filter_matches (filter, invoice, is_pinned, today);
}

/* Exactly the views in @wanted ("open unpaid") and in all there is. */
static void
assert_views (const CsLedgerInvoice *invoice, gboolean is_pinned, CsDate today, const char *wanted)
{
  g_auto (GStrv) words = g_strsplit (wanted, " ", -1);

  for (gsize i = 0; i < CS_INVOICES_SHOWN_N; i++)
    {
      const char *word = cs_invoices_shown_to_string ((CsInvoicesShown)i);
      gboolean is_wanted = i == CS_INVOICES_ALL || g_strv_contains ((const char *const *)words, word);

      if (is_shown (invoice, (CsInvoicesShown)i, is_pinned, today) != is_wanted)
        g_error ("“%s” is %s", word, is_wanted ? "missing" : "one too many");
    }
}

static void
test_boundaries (gconstpointer data)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (data);
  gint64 now_ms = G_GINT64_CONSTANT (1795338000000) + G_GINT64_CONSTANT (2) * 3600 * 1000;
  CsDate today = cs_date_from_instant (now_ms, zone);
  const struct
  {
    int days;
    const char *views;
  } cases[]
      = { { -1, "overdue unpaid" }, { 0, "open unpaid" }, { 1, "open unpaid" }, { -400, "overdue unpaid" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsLedgerInvoice) whole
          = make_invoice (CS_LEDGER_AUTHORISED, 11500, 11500, cs_date_add_days (today, cases[i].days));
      g_autoptr (CsLedgerInvoice) part
          = make_invoice (CS_LEDGER_AUTHORISED, 11500, 1, cs_date_add_days (today, cases[i].days));
      g_autofree char *pinned = g_strconcat (cases[i].views, " pinned", NULL);

      assert_views (whole, FALSE, today, cases[i].views);
      assert_views (part, FALSE, today, cases[i].views);
      assert_views (part, TRUE, today, pinned);
    }
}

static void
test_no_due_date (void)
{
  CsDate today = cs_date_from_parts (2026, 11, 22);
  g_autoptr (CsLedgerInvoice) invoice = make_invoice (CS_LEDGER_AUTHORISED, 11500, 11500, CS_DATE_NONE);

  assert_views (invoice, FALSE, today, "open unpaid");
}

/* V-10: paid is a balance of nothing, whatever the word of the ledger. */
static void
test_paid (void)
{
  CsDate today = cs_date_from_parts (2026, 11, 22);
  g_autoptr (CsLedgerInvoice) paid = make_invoice (CS_LEDGER_PAID, 11500, 0, cs_date_add_days (today, -9));
  g_autoptr (CsLedgerInvoice) settled
      = make_invoice (CS_LEDGER_AUTHORISED, 11500, 0, cs_date_add_days (today, -9));
  g_autoptr (CsLedgerInvoice) nothing = make_invoice (CS_LEDGER_AUTHORISED, 0, 0, CS_DATE_NONE);

  assert_views (paid, FALSE, today, "paid");
  assert_views (settled, TRUE, today, "paid pinned");
  assert_views (nothing, FALSE, today, "paid");
}

static void
test_left_out (void)
{
  CsDate today = cs_date_from_parts (2026, 11, 22);
  const struct
  {
    CsLedgerStatus status;
    const char *views;
    CsInvoiceView view;
  } cases[] = { { CS_LEDGER_DRAFT, "draft", CS_INVOICE_VIEW_DRAFT },
                { CS_LEDGER_SUBMITTED, "submitted", CS_INVOICE_VIEW_SUBMITTED },
                { CS_LEDGER_VOIDED, "voided", CS_INVOICE_VIEW_VOIDED },
                { CS_LEDGER_DELETED, "deleted", CS_INVOICE_VIEW_DELETED } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsLedgerInvoice) invoice
          = make_invoice (cases[i].status, 11500, 11500, cs_date_add_days (today, -1));
      g_autoptr (CsInvoiceSums) sums = cs_invoice_sums_new ();

      assert_views (invoice, FALSE, today, cases[i].views);
      assert_views (invoice, TRUE, today, cases[i].views);
      cs_invoice_sums_add (sums, cases[i].view, TRUE, invoice->date, CS_AGEING_ANY, invoice->total,
                           invoice->balance);
      g_assert_cmpuint (sums->totals->len, ==, 0);
      g_assert_cmpuint (sums->ages->len, ==, 0);
      g_assert_cmpuint (sums->months->len, ==, 0);
      g_assert_cmpuint (sums->n[CS_INVOICES_PINNED], ==, 0);
      g_assert_cmpuint (sums->n[CS_INVOICES_ALL], ==, 1);
    }
}

/* V-02: a bill of a supplier's is nobody's invoice. */
static void
test_customers_alone (void)
{
  g_autoptr (CsLedgerInvoice) bill = make_invoice (CS_LEDGER_AUTHORISED, 11500, 11500, CS_DATE_NONE);

  bill->is_sales = FALSE;
  g_assert_false (is_shown (bill, CS_INVOICES_ALL, TRUE, cs_date_from_parts (2026, 11, 22)));
}

static void
test_ageing (void)
{
  CsDate today = cs_date_from_parts (2026, 11, 22);
  const struct
  {
    int days;
    CsAgeing ageing;
  } cases[] = { { 1, CS_AGEING_CURRENT }, { 0, CS_AGEING_CURRENT }, { -1, CS_AGEING_1_30 },
                { -30, CS_AGEING_1_30 },  { -31, CS_AGEING_31_60 }, { -60, CS_AGEING_31_60 },
                { -61, CS_AGEING_61_90 }, { -90, CS_AGEING_61_90 }, { -91, CS_AGEING_OVER_90 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsLedgerInvoice) invoice
          = make_invoice (CS_LEDGER_AUTHORISED, 11500, 500, cs_date_add_days (today, cases[i].days));
      g_autoptr (CsInvoiceFilter) filter = cs_invoice_filter_new ();

      filter->shown = CS_INVOICES_UNPAID;
      for (gsize ageing = CS_AGEING_CURRENT; ageing < CS_AGEING_N; ageing++)
        {
          filter->ageing = (CsAgeing)ageing;
          g_assert_cmpint (cs_invoice_filter_matches (filter, invoice, FALSE, today), ==,
                           ageing == cases[i].ageing);
        }
    }
}

static void
test_dates (void)
{
  CsDate today = cs_date_from_parts (2026, 11, 22);
  g_autoptr (CsLedgerInvoice) invoice = make_invoice (CS_LEDGER_AUTHORISED, 11500, 500, CS_DATE_NONE);
  g_autoptr (CsInvoiceFilter) filter = cs_invoice_filter_new ();

  filter->from = filter->to = invoice->date;
  g_assert_true (cs_invoice_filter_matches (filter, invoice, FALSE, today));
  filter->from = cs_date_add_days (invoice->date, 1);
  filter->to = CS_DATE_NONE;
  g_assert_false (cs_invoice_filter_matches (filter, invoice, FALSE, today));
  filter->from = CS_DATE_NONE;
  filter->to = cs_date_add_days (invoice->date, -1);
  g_assert_false (cs_invoice_filter_matches (filter, invoice, FALSE, today));
  /* V-16: without a date it is in no range, and in the list nonetheless. */
  invoice->date = CS_DATE_NONE;
  g_assert_false (cs_invoice_filter_matches (filter, invoice, FALSE, today));
  filter->to = CS_DATE_NONE;
  g_assert_true (cs_invoice_filter_matches (filter, invoice, FALSE, today));
}

static void
test_search (void)
{
  CsDate today = cs_date_from_parts (2026, 11, 22);
  g_autoptr (CsLedgerInvoice) invoice = make_invoice (CS_LEDGER_AUTHORISED, 138050, 5000, CS_DATE_NONE);
  const struct
  {
    const char *typed;
    gboolean is_found;
  } cases[] = { { "", TRUE },         { "  ", TRUE },      { "inv-02", TRUE },     { "0231", TRUE },
                { "0232", FALSE },    { "cafe", TRUE },    { "KAURI 0231", TRUE }, { "kauri 0232", FALSE },
                { "prop-014", TRUE }, { "1380.50", TRUE }, { "1,380.5", TRUE },    { "1380", TRUE },
                { "1380.51", FALSE }, { "50", TRUE },      { "50.00", TRUE },      { "50.01", FALSE },
                { "-50", FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsInvoiceFilter) filter = cs_invoice_filter_new ();

      g_set_str (&filter->search, cases[i].typed);
      if (cs_invoice_filter_matches (filter, invoice, FALSE, today) != cases[i].is_found)
        g_error ("“%s” is %s", cases[i].typed, cases[i].is_found ? "not found" : "found");
    }
}

/* A client, a group and a person are their contacts; one without any has no invoices, not all there are. */
static void
test_scopes (void)
{
  const char *both[] = { "contact-9", "contact-1", NULL };
  const char *other[] = { "contact-9", NULL };
  const char *none[] = { NULL };
  const CsUuid proposal_id = { { 1 } };
  CsDate today = cs_date_from_parts (2026, 10, 21);
  g_autoptr (CsLedgerInvoice) invoice = make_invoice (CS_LEDGER_AUTHORISED, 100, 100, today);
  g_autoptr (CsInvoiceFilter) group = cs_invoice_filter_new_for_contacts (both);
  g_autoptr (CsInvoiceFilter) client = cs_invoice_filter_new_for_contacts (other);
  g_autoptr (CsInvoiceFilter) nobody = cs_invoice_filter_new_for_contacts (none);
  g_autoptr (CsInvoiceFilter) proposal = cs_invoice_filter_new_for_proposal (&proposal_id);

  g_assert_true (cs_invoice_filter_matches (group, invoice, FALSE, today));
  g_assert_false (cs_invoice_filter_matches (client, invoice, FALSE, today));
  g_assert_false (cs_invoice_filter_matches (nobody, invoice, FALSE, today));
  g_assert_cmpint (proposal->scope, ==, CS_INVOICE_SCOPE_PROPOSAL);
  g_assert_true (cs_uuid_equal (&proposal->proposal_id, &proposal_id));
  g_assert_cmpint (proposal->shown, ==, CS_INVOICES_OPEN);
}

static void
test_text (void)
{
  g_autoptr (CsInvoiceFilter) filter = cs_invoice_filter_new ();
  g_autofree char *plain = cs_invoice_filter_to_string (filter);
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;
  g_autoptr (CsInvoiceFilter) parsed = NULL;
  g_autoptr (GError) error = NULL;

  /* V-03, V-04 */
  g_assert_cmpstr (plain, ==, "view=open sort=-date");
  filter->shown = CS_INVOICES_UNPAID;
  filter->ageing = CS_AGEING_31_60;
  filter->sort = CS_INVOICE_COLUMN_CONTACT;
  filter->is_descending = FALSE;
  filter->from = cs_date_from_parts (2026, 7, 1);
  filter->to = cs_date_from_parts (2026, 9, 30);
  g_set_str (&filter->search, "Café = 100% & ünder_score");
  text = cs_invoice_filter_to_string (filter);
  parsed = cs_invoice_filter_parse (text, &error);
  g_assert_no_error (error);
  g_assert_true (cs_invoice_filter_equal (filter, parsed));
  again = cs_invoice_filter_to_string (parsed);
  g_assert_cmpstr (text, ==, again);
  g_assert_true (cs_invoice_filter_is_narrowed (parsed));
  g_set_str (&parsed->search, "");
  g_assert_false (cs_invoice_filter_equal (filter, parsed));
}

/* V-15: a column for each. K-11: what some call linked is one view, Pinned. */
static void
test_columns_and_views (void)
{
  static const char *const columns[]
      = { "pin", "number", "date", "type", "due", "contact", "reference", "balance", "total", "status" };
  CsInvoiceColumn column = CS_INVOICE_COLUMN_PIN;
  CsInvoicesShown shown = CS_INVOICES_ALL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (G_N_ELEMENTS (columns), ==, CS_INVOICE_COLUMN_N);
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_assert_true (cs_invoice_column_parse (columns[i], &column, NULL));
      g_assert_cmpint (column, ==, i);
    }
  g_assert_false (cs_invoices_shown_parse ("linked", &shown, &error));
  g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX);
  g_assert_true (cs_invoices_shown_parse ("pinned", &shown, NULL));
  g_assert_cmpint (shown, ==, CS_INVOICES_PINNED);
}

static void
test_bad_text (void)
{
  static const char *const texts[]
      = { "view",       "view=",          "view=some",  "sort=+date",  "sort=-",
          "ageing=old", "from=yesterday", "search=%zz", "colour=blue", "view=open  sort=date" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CsInvoiceFilter) filter = cs_invoice_filter_parse (texts[i], &error);

      g_assert_null (filter);
      g_assert_nonnull (error);
      g_assert_cmpint ((int)error->domain, ==, (int)CS_DOMAIN_ERROR);
    }
}

/* V-05, V-06: each box is the sum of the list that it opens, a currency at a time. */
static void
test_sums (void)
{
  g_autoptr (CsInvoiceSums) sums = cs_invoice_sums_new ();
  CsDate july = cs_date_from_parts (2026, 7, 31);
  CsDate august = cs_date_from_parts (2026, 8, 1);
  const CsInvoiceTotals *totals = NULL;

  cs_invoice_sums_add (sums, CS_INVOICE_VIEW_OPEN, FALSE, july, CS_AGEING_CURRENT, (CsMoney){ 1000, nzd },
                       (CsMoney){ 400, nzd });
  cs_invoice_sums_add (sums, CS_INVOICE_VIEW_OVERDUE, TRUE, august, CS_AGEING_1_30, (CsMoney){ 500, nzd },
                       (CsMoney){ 500, nzd });
  cs_invoice_sums_add (sums, CS_INVOICE_VIEW_PAID, FALSE, august, CS_AGEING_ANY, (CsMoney){ 70, nzd },
                       (CsMoney){ 0, nzd });
  cs_invoice_sums_add (sums, CS_INVOICE_VIEW_PAID, FALSE, CS_DATE_NONE, CS_AGEING_ANY, (CsMoney){ 9, aud },
                       (CsMoney){ 0, aud });
  cs_invoice_sums_add_received (sums, cs_date_from_parts (2026, 8, 1), (CsMoney){ 670, nzd });
  cs_invoice_sums_finish (sums);
  g_assert_cmpuint (sums->totals->len, ==, 2);
  totals = &g_array_index (sums->totals, CsInvoiceTotals, 0);
  g_assert_cmpstr (totals->currency.code, ==, "AUD");
  g_assert_cmpint (totals->paid.minor, ==, 9);
  g_assert_cmpuint (totals->n_unpaid, ==, 0);
  totals = &g_array_index (sums->totals, CsInvoiceTotals, 1);
  g_assert_cmpint (totals->unpaid.minor, ==, 900);
  g_assert_cmpint (totals->part_paid.minor, ==, 600);
  g_assert_cmpint (totals->paid.minor, ==, 70);
  g_assert_cmpuint (totals->n_unpaid, ==, 2);
  g_assert_cmpuint (totals->n_paid, ==, 1);
  g_assert_cmpuint (sums->n[CS_INVOICES_UNPAID], ==, 2);
  g_assert_cmpuint (sums->n[CS_INVOICES_PAID], ==, 2);
  g_assert_cmpuint (sums->n[CS_INVOICES_PINNED], ==, 1);
  g_assert_cmpuint (sums->ages->len, ==, 1);
  g_assert_cmpint (g_array_index (sums->ages, CsInvoiceAges, 0).balance[CS_AGEING_1_30].minor, ==, 500);
  g_assert_cmpint (g_array_index (sums->ages, CsInvoiceAges, 0).balance[CS_AGEING_ANY].minor, ==, 900);
  g_assert_cmpuint (sums->months->len, ==, 2);
  g_assert_cmpint (g_array_index (sums->months, CsInvoiceMonth, 0).billed.minor, ==, 1000);
  g_assert_cmpint (g_array_index (sums->months, CsInvoiceMonth, 1).billed.minor, ==, 570);
  g_assert_cmpint (g_array_index (sums->months, CsInvoiceMonth, 1).received.minor, ==, 670);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autofree char *path = g_strdup_printf ("/invoice-filter/V-11/V-12/V-13/K-9/%s", zones[i]);

      g_test_add_data_func (path, zones[i], test_boundaries);
    }
  g_test_add_func ("/invoice-filter/K-9/no-due-date", test_no_due_date);
  g_test_add_func ("/invoice-filter/V-10/paid", test_paid);
  g_test_add_func ("/invoice-filter/K-10/left-out", test_left_out);
  g_test_add_func ("/invoice-filter/V-02/customers-alone", test_customers_alone);
  g_test_add_func ("/invoice-filter/ageing", test_ageing);
  g_test_add_func ("/invoice-filter/V-08/dates", test_dates);
  g_test_add_func ("/invoice-filter/V-07/V-20/search", test_search);
  g_test_add_func ("/invoice-filter/V-01/K-12/scopes", test_scopes);
  g_test_add_func ("/invoice-filter/V-03/V-04/text", test_text);
  g_test_add_func ("/invoice-filter/V-15/K-11/columns-and-views", test_columns_and_views);
  g_test_add_func ("/invoice-filter/bad-text", test_bad_text);
  g_test_add_func ("/invoice-filter/V-05/V-06/sums", test_sums);
  return g_test_run ();
}
