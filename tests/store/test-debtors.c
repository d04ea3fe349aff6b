/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include "cs-debtor.h"
#include "cs-store-review.h"

#include <string.h>

/* Who owes what, since when, held against plain SQL over random books and against the totals that stand over
 * the list: V-05, K-9, K-10. */

#define N_INVOICES 700
#define N_CONTACTS 12
#define OWED "is_sales = 1 AND status = 'AUTHORISED' AND balance_minor > 0"

/* The same instant is another day in some of them. */
static const char *const zones[] = { "Pacific/Auckland", "Europe/London", "America/Los_Angeles", "Etc/UTC" };
static const gint64 hours[] = { -4, 3 }; /* after 09:00 UTC: yesterday in Los Angeles, tomorrow in Auckland */

static const char *const currencies[] = { "NZD", "AUD", "JPY" };

static CsLedgerInvoice *
make_random (GRand *rand, guint index)
{
  /* Each boundary of K-9, and a day to either side of it for the zones. */
  static const int days[]
      = { -400, -92, -91, -90, -89, -62, -61, -60, -59, -32, -31, -30, -29, -2, -1, 0, 1, 2, 40 };
  g_autofree char *remote_id = g_strdup_printf ("00000000-0000-0000-0000-%012u", index);
  CsLedgerInvoice *invoice = make_invoice (remote_id, "INV", FIXTURE_TODAY, 0);
  int contact = g_rand_int_range (rand, 0, N_CONTACTS);
  CsCurrency currency = { "" };

  g_assert_true (cs_currency_parse (currencies[g_rand_int_range (rand, 0, 3)], &currency, NULL));
  invoice->is_sales = g_rand_int_range (rand, 0, 15) != 0;
  invoice->status = (CsLedgerStatus)(g_rand_int_range (rand, 0, 4) != 0 ? CS_LEDGER_AUTHORISED
                                                                        : g_rand_int_range (rand, 0, 6));
  invoice->date = cs_date_add_days (FIXTURE_TODAY, -g_rand_int_range (rand, 0, 500));
  invoice->due
      = g_rand_int_range (rand, 0, 10) == 0
            ? CS_DATE_NONE
            : cs_date_add_days (FIXTURE_TODAY, days[g_rand_int_range (rand, 0, G_N_ELEMENTS (days))]);
  invoice->total = (CsMoney){ g_rand_int_range (rand, 0, 90000), currency };
  /* Paid or credited in part, whole, or beyond what it came to: an authorised one of nothing or less is not
   * owed. */
  invoice->balance = (CsMoney){ 0, currency };
  if (invoice->status != CS_LEDGER_PAID)
    invoice->balance.minor = g_rand_int_range (rand, 0, 5) == 0 ? -g_rand_int_range (rand, 0, 500)
                             : g_rand_boolean (rand)            ? invoice->total.minor
                                                                : invoice->total.minor / 3;
  invoice->subtotal = invoice->tax = invoice->credited = (CsMoney){ 0, currency };
  invoice->paid = (CsMoney){ invoice->total.minor - invoice->balance.minor, currency };
  g_free (invoice->contact_id);
  g_free (invoice->contact_name);
  invoice->contact_id = contact == 0 ? g_strdup ("") : g_strdup_printf ("contact-%d", contact);
  /* It was renamed: one contact nonetheless. */
  invoice->contact_name = g_strdup_printf ("Kauri %d%s", contact, index % 3 == 0 ? " Limited" : "");
  return invoice;
}

static CsInvoiceTable *
fill (Practice *practice, CsUuid *connection_id)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261123);
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_invoice_free);
  g_autoptr (CsInvoiceReading) reading = NULL;

  *connection_id = practice_connect (practice, "tenant-1");
  for (guint i = 0; i < N_INVOICES; i++)
    g_ptr_array_add (page, make_random (rand, i));
  g_assert_true (cs_store_save_invoices (practice->store, connection_id, page, NULL, NULL));
  reading = cs_store_read_invoice_table (practice->store, connection_id, NULL, 0, NULL);
  g_assert_nonnull (reading);
  return cs_invoice_table_ref (reading->table);
}

/* K-9, as a condition. */
static char *
describe_age (CsAgeing ageing, CsDate today)
{
  switch (ageing)
    {
    case CS_AGEING_CURRENT:
      return g_strdup_printf ("ifnull (due, %d) >= %d", today.days, today.days);
    case CS_AGEING_1_30:
      return g_strdup_printf ("due BETWEEN %d AND %d", today.days - 30, today.days - 1);
    case CS_AGEING_31_60:
      return g_strdup_printf ("due BETWEEN %d AND %d", today.days - 60, today.days - 31);
    case CS_AGEING_61_90:
      return g_strdup_printf ("due BETWEEN %d AND %d", today.days - 90, today.days - 61);
    case CS_AGEING_OVER_90:
      return g_strdup_printf ("due < %d", today.days - 90);
    case CS_AGEING_ANY:
    default:
      return g_strdup ("1");
    }
}

static gint64
ask (Practice *practice, const char *what, const CsDebtor *debtor, const char *condition)
{
  g_autofree char *text = g_strdup_printf (
      "SELECT ifnull (%s, 0) FROM ledger_invoice WHERE " OWED " AND currency = '%s' AND %s%s%s AND %s", what,
      debtor->ages.currency.code, debtor->is_total ? "1" : "contact_id = '",
      debtor->is_total ? "" : debtor->contact_id, debtor->is_total ? "" : "'", condition);

  return practice_query (practice, text);
}

static void
check_debtor (Practice *practice, const CsDebtor *debtor, CsDate today)
{
  gint64 overdue = 0;

  for (int ageing = CS_AGEING_ANY; ageing < CS_AGEING_N; ageing++)
    {
      g_autofree char *age = describe_age ((CsAgeing)ageing, today);

      g_assert_cmpint (debtor->ages.n[ageing], ==, ask (practice, "count(*)", debtor, age));
      g_assert_cmpint (debtor->ages.balance[ageing].minor, ==,
                       ask (practice, "sum (balance_minor)", debtor, age));
      g_assert_cmpstr (debtor->ages.balance[ageing].currency.code, ==, debtor->ages.currency.code);
      if (ageing > CS_AGEING_CURRENT)
        overdue += debtor->ages.balance[ageing].minor;
    }
  g_assert_cmpint (cs_debtor_get_overdue (debtor).minor, ==, overdue);
  g_assert_cmpint (cs_date_is_set (debtor->oldest_due) ? debtor->oldest_due.days : 0, ==,
                   ask (practice, "min (due)", debtor, "1"));
}

/* V-05, V-06: what the rows come to is what the boxes and the bar say. */
static void
check_totals (const GPtrArray *rows, const CsInvoiceSums *sums)
{
  guint n_totals = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const CsDebtor *total = rows->pdata[i];

      for (guint j = 0; total->is_total && j < sums->ages->len; j++)
        {
          const CsInvoiceAges *ages = &g_array_index (sums->ages, CsInvoiceAges, j);
          const CsInvoiceTotals *boxes = NULL;

          for (guint k = 0; k < sums->totals->len; k++)
            if (cs_currency_equal (g_array_index (sums->totals, CsInvoiceTotals, k).currency, ages->currency))
              boxes = &g_array_index (sums->totals, CsInvoiceTotals, k);
          if (!cs_currency_equal (ages->currency, total->ages.currency))
            continue;
          n_totals++;
          g_assert_cmpuint (boxes->n_unpaid, ==, total->ages.n[CS_AGEING_ANY]);
          g_assert_cmpint (boxes->unpaid.minor, ==, cs_debtor_get_owed (total).minor);
          for (int ageing = 0; ageing < CS_AGEING_N; ageing++)
            {
              g_assert_cmpuint (ages->n[ageing], ==, total->ages.n[ageing]);
              g_assert_cmpint (ages->balance[ageing].minor, ==, total->ages.balance[ageing].minor);
            }
        }
    }
  g_assert_cmpuint (n_totals, ==, sums->ages->len);
}

static void
check_day (Practice *practice, const CsInvoiceTable *table, CsDate today)
{
  g_autoptr (CsInvoiceFilter) filter = cs_invoice_filter_new ();
  g_autoptr (CsRowSet) pinned = cs_row_set_new ();
  CsInvoiceLook look = { filter, pinned, NULL, NULL, today };
  CsDebtorOrder order = { CS_DEBTOR_COLUMN_OWED, TRUE, { "AUD" }, "" };
  g_autoptr (GPtrArray) debtors = cs_invoice_table_list_debtors (table, &look);
  g_autoptr (GPtrArray) rows = cs_debtors_arrange (debtors, &order);
  g_autoptr (CsInvoiceSums) sums = cs_invoice_table_sum (table, &look);

  g_assert_cmpint (debtors->len, ==,
                   practice_query (practice, "SELECT count(*) FROM (SELECT DISTINCT contact_id, currency"
                                             " FROM ledger_invoice WHERE " OWED ")"));
  g_assert_cmpuint (rows->len, ==, debtors->len + G_N_ELEMENTS (currencies));
  for (guint i = 0; i < rows->len; i++)
    check_debtor (practice, rows->pdata[i], today);
  check_totals (rows, sums);
}

/* K-9: in each zone, of the day that it is there. */
static void
test_against_sql (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = CS_UUID_NONE;
  g_autoptr (CsInvoiceTable) table = fill (practice, &connection_id);
  g_autoptr (GHashTable) days = g_hash_table_new (NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (hours); j++)
      {
        g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zones[i]);
        CsDate today = cs_date_from_instant (FIXTURE_NOW_MS + hours[j] * 3600 * 1000, zone);

        g_assert_nonnull (zone);
        if (g_hash_table_add (days, GINT_TO_POINTER (today.days)))
          check_day (practice, table, today);
      }
  g_assert_cmpuint (g_hash_table_size (days), ==, 3);
}

/* K-12: of a client, a group or a person those contacts alone. */
static void
test_scope (Practice *practice, gconstpointer data)
{
  static const char *const ids[] = { "contact-2", "contact-5", "contact-7", "nobody", NULL };
  CsUuid connection_id = CS_UUID_NONE;
  g_autoptr (CsInvoiceTable) table = fill (practice, &connection_id);
  g_autoptr (CsInvoiceFilter) filter = cs_invoice_filter_new_for_contacts (ids);
  g_autoptr (CsRowSet) pinned = cs_row_set_new ();
  CsInvoiceLook look = { filter, pinned, NULL, NULL, FIXTURE_TODAY };
  CsDebtorOrder order = { CS_DEBTOR_COLUMN_OWED, TRUE, { "NZD" }, "" };
  g_autoptr (GPtrArray) debtors = cs_invoice_table_list_debtors (table, &look);
  g_autoptr (GPtrArray) rows = cs_debtors_arrange (debtors, &order);
  g_autoptr (CsInvoiceSums) sums = cs_invoice_table_sum (table, &look);

  g_assert_cmpuint (debtors->len, >, 0);
  for (guint i = 0; i < debtors->len; i++)
    {
      const CsDebtor *debtor = debtors->pdata[i];

      g_assert_true (g_strv_contains (ids, debtor->contact_id));
      check_debtor (practice, debtor, FIXTURE_TODAY);
    }
  check_totals (rows, sums);
}

/* Whichever order: the practice's currency first, the others by code, each with its total behind it, and
 * never one between the rows of another (V-05). */
static void
check_order (const GPtrArray *rows, const CsDebtorOrder *order)
{
  static const char *const wanted[] = { "JPY", "AUD", "NZD" };
  guint at = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const CsDebtor *debtor = rows->pdata[i];
      const CsDebtor *next = i + 1 < rows->len ? rows->pdata[i + 1] : NULL;

      g_assert_cmpstr (debtor->ages.currency.code, ==, wanted[at]);
      if (debtor->is_total)
        at++;
      else if (!next->is_total && order->sort == CS_DEBTOR_COLUMN_OWED && order->is_descending)
        g_assert_cmpint (cs_debtor_get_owed (debtor).minor, >=, cs_debtor_get_owed (next).minor);
      else if (!next->is_total && order->sort == CS_DEBTOR_COLUMN_OVER_90 && !order->is_descending)
        g_assert_cmpint (debtor->ages.balance[CS_AGEING_OVER_90].minor, <=,
                         next->ages.balance[CS_AGEING_OVER_90].minor);
      else if (!next->is_total && order->sort == CS_DEBTOR_COLUMN_OLDEST && !order->is_descending
               && cs_date_is_set (next->oldest_due))
        g_assert_cmpint (debtor->oldest_due.days, <=, next->oldest_due.days);
    }
  g_assert_cmpuint (at, ==, G_N_ELEMENTS (wanted));
}

static void
test_order (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = CS_UUID_NONE;
  g_autoptr (CsInvoiceTable) table = fill (practice, &connection_id);
  g_autoptr (CsInvoiceFilter) filter = cs_invoice_filter_new ();
  CsInvoiceLook look = { filter, NULL, NULL, NULL, FIXTURE_TODAY };
  g_autoptr (GPtrArray) debtors = cs_invoice_table_list_debtors (table, &look);

  for (int column = 0; column < CS_DEBTOR_COLUMN_N; column++)
    for (int is_descending = 0; is_descending < 2; is_descending++)
      {
        CsDebtorOrder order = { (CsDebtorColumn)column, is_descending, { "JPY" }, "" };
        g_autoptr (GPtrArray) rows = cs_debtors_arrange (debtors, &order);

        g_assert_cmpuint (rows->len, ==, debtors->len + G_N_ELEMENTS (currencies));
        check_order (rows, &order);
      }
}

/* A search is one of names; what the totals say is of those that it leaves. */
static void
test_search (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = CS_UUID_NONE;
  g_autoptr (CsInvoiceTable) table = fill (practice, &connection_id);
  g_autoptr (CsInvoiceFilter) filter = cs_invoice_filter_new ();
  CsInvoiceLook look = { filter, NULL, NULL, NULL, FIXTURE_TODAY };
  CsDebtorOrder order = { CS_DEBTOR_COLUMN_CONTACT, FALSE, { "NZD" }, "kauri 11" };
  CsDebtorOrder nobody = { CS_DEBTOR_COLUMN_CONTACT, FALSE, { "NZD" }, "totara" };
  g_autoptr (GPtrArray) debtors = cs_invoice_table_list_debtors (table, &look);
  g_autoptr (GPtrArray) rows = cs_debtors_arrange (debtors, &order);
  g_autoptr (GPtrArray) none = cs_debtors_arrange (debtors, &nobody);

  g_assert_cmpuint (rows->len, ==, 2 * G_N_ELEMENTS (currencies));
  for (guint i = 0; i + 1 < rows->len; i += 2)
    {
      const CsDebtor *debtor = rows->pdata[i];
      const CsDebtor *total = rows->pdata[i + 1];

      g_assert_cmpstr (debtor->contact_id, ==, "contact-11");
      g_assert_true (total->is_total && !debtor->is_total);
      g_assert_cmpint (cs_debtor_get_owed (total).minor, ==, cs_debtor_get_owed (debtor).minor);
      g_assert_cmpint (total->oldest_due.days, ==, debtor->oldest_due.days);
      g_assert_false (cs_debtor_equal (total, debtor));
      g_assert_true (cs_debtor_equal (debtor, debtor));
    }
  g_assert_cmpuint (none->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TEST ("/store/debtors/against-sql", test_against_sql);
  ADD_TEST ("/store/debtors/scope", test_scope);
  ADD_TEST ("/store/debtors/order", test_order);
  ADD_TEST ("/store/debtors/search", test_search);
  return g_test_run ();
}
