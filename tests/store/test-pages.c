/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

/* Pages of invoices, which are written many at a time, and what is kept beside them: whatever a page has in
 * it, the file is as if they had come one by one. */

#define STEPS 60
#define INVOICES 90

static void
set_amounts (CsLedgerInvoice *invoice, gint64 total, gint64 balance, CsCurrency currency)
{
  invoice->total = (CsMoney){ total, currency };
  invoice->balance = (CsMoney){ balance, currency };
  invoice->subtotal = invoice->total;
  invoice->tax = invoice->credited = (CsMoney){ 0, currency };
  invoice->paid = (CsMoney){ total - balance, currency };
}

static CsLedgerInvoice *
make_random (GRand *rand)
{
  static const CsLedgerStatus statuses[]
      = { CS_LEDGER_AUTHORISED, CS_LEDGER_AUTHORISED, CS_LEDGER_PAID, CS_LEDGER_VOIDED };
  static const CsCurrency currencies[] = { { "NZD" }, { "AUD" } };
  g_autofree char *remote_id = g_strdup_printf ("i-%d", g_rand_int_range (rand, 0, INVOICES));
  g_autofree char *number = g_strdup_printf ("INV-%d", g_rand_int_range (rand, 0, INVOICES));
  CsLedgerInvoice *invoice = make_invoice (remote_id, number, FIXTURE_TODAY, 0);
  gint64 total = g_rand_int_range (rand, -3, 4) * 100;

  invoice->is_sales = g_rand_int_range (rand, 0, 8) != 0;
  invoice->status = statuses[g_rand_int_range (rand, 0, G_N_ELEMENTS (statuses))];
  invoice->due = g_rand_int_range (rand, 0, 5) == 0
                     ? CS_DATE_NONE
                     : cs_date_add_days (FIXTURE_TODAY, g_rand_int_range (rand, 0, 3));
  invoice->updated_ms = g_rand_int_range (rand, 1, STEPS);
  set_amounts (invoice, total, g_rand_boolean (rand) ? total : 0, currencies[g_rand_int_range (rand, 0, 2)]);
  g_free (invoice->contact_id);
  invoice->contact_id = g_strdup_printf ("c-%d", g_rand_int_range (rand, 0, 3));
  return invoice;
}

/* [V-05] By plain SQL: the sums are what the rows come to, no row more and none fewer. */
static void
check_sums (Practice *practice)
{
#define CONTACTS                                                                                             \
  "SELECT connection_id, contact_id, currency,"                                                              \
  " iif (status = 'AUTHORISED', iif (balance_minor > 0, 'UNPAID', 'PAID'), status) AS state,"                \
  " iif (status = 'AUTHORISED' AND balance_minor > 0, ifnull (due, 2147483647), 0) AS day,"                  \
  " count (*) AS n, sum (total_minor) AS total, sum (balance_minor) AS balance FROM ledger_invoice"          \
  " WHERE is_sales = 1 GROUP BY 1, 2, 3, 4, 5"
#define WANTED                                                                                               \
  "SELECT * FROM (" CONTACTS ") UNION ALL SELECT connection_id, '*', currency, state, day, sum (n),"         \
  " sum (total), sum (balance) FROM (" CONTACTS ") GROUP BY 1, 3, 4, 5"
  g_assert_cmpint (
      practice_query (practice, "SELECT count (*) FROM (" WANTED " EXCEPT SELECT * FROM ledger_invoice_sum)"),
      ==, 0);
  g_assert_cmpint (
      practice_query (practice,
                      "SELECT count (*) FROM (SELECT * FROM ledger_invoice_sum EXCEPT SELECT * FROM (" WANTED
                      "))"),
      ==, 0);
  g_assert_cmpint (practice_query (practice, "SELECT count (*) FROM invoice_delta"), ==, 0);
}

/* Two ledgers with the same contacts, pages in which an invoice is there twice, comes back as it was, moves
 * to another contact, is no sale any more, or comes too late. */
static void
test_sums (Practice *practice, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261130);
  const CsUuid ledgers[]
      = { practice_connect (practice, "tenant-1"), practice_connect (practice, "tenant-2") };

  for (guint step = 0; step < STEPS; step++)
    {
      g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_invoice_free);
      g_autoptr (GError) error = NULL;
      gint32 n = g_rand_int_range (rand, 0, 50);

      for (gint32 i = 0; i < n; i++)
        g_ptr_array_add (page, make_random (rand));
      cs_store_save_invoices (practice->store, &ledgers[step % 2], page, NULL, &error);
      g_assert_no_error (error);
      check_sums (practice);
    }
  g_assert_cmpint (practice_query (practice, "SELECT count (*) FROM ledger_invoice"), >, INVOICES);
  g_assert_cmpint (practice_query (practice, "SELECT count (*) FROM ledger_invoice_sum"), >, 20);
}

/* Sums that do not fit are no sums: the page is refused whole, and what was there is as it was. @all: they do
 * not fit for all contacts together alone. */
static void
check_overflow (Practice *practice, gboolean all)
{
  CsUuid connection_id = practice_connect (practice, all ? "tenant-1" : "tenant-2");
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_invoice_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = practice_dump (practice);
  g_autofree char *after = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *remote_id = g_strdup_printf ("i-%u", i);
      CsLedgerInvoice *invoice = make_invoice (remote_id, remote_id, FIXTURE_TODAY, 0);

      set_amounts (invoice, G_MAXINT64 / 2 + 1, 0, (CsCurrency){ "NZD" });
      if (all && i == 1)
        g_set_str (&invoice->contact_id, "contact-2");
      g_ptr_array_add (page, invoice);
    }
  g_assert_false (cs_store_save_invoices (practice->store, &connection_id, page, NULL, &error));
  g_assert_error (error, CS_STORE_ERROR, CS_STORE_ERROR_INVALID);
  after = practice_dump (practice);
  g_assert_cmpstr (before, ==, after);
  /* One alone fits. */
  g_clear_error (&error);
  g_ptr_array_set_size (page, 1);
  cs_store_save_invoices (practice->store, &connection_id, page, NULL, &error);
  g_assert_no_error (error);
  check_sums (practice);
}

static void
test_sums_too_large (Practice *practice, gconstpointer data)
{
  check_overflow (practice, TRUE);
  check_overflow (practice, FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TEST ("/store/pages/V-05-sums", test_sums);
  ADD_TEST ("/store/pages/sums-too-large", test_sums_too_large);
  return g_test_run ();
}
