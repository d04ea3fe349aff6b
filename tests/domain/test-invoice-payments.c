/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-payments.h"

static CsMoney
money (gint64 minor, const char *code)
{
  CsMoney value = { minor, { "" } };

  g_assert_true (cs_currency_parse (code, &value.currency, NULL));
  return value;
}

static void
pay (CsLedgerInvoice *invoice, const char *kind, CsMoney amount)
{
  CsLedgerPayment *payment = cs_ledger_invoice_add_payment (invoice);

  g_set_str (&payment->kind, kind);
  payment->amount = amount;
}

/* V-17: payments, credit notes, prepayments and overpayments add up to the balance. */
static void
test_adds_up (void)
{
  g_autoptr (CsLedgerInvoice) invoice = cs_ledger_invoice_new ();
  g_autoptr (GError) error = NULL;
  CsMoney rest;

  invoice->total = money (276000, "NZD");
  invoice->balance = money (138000, "NZD");
  pay (invoice, "payment", money (69000, "NZD"));
  pay (invoice, "credit-note", money (30000, "NZD"));
  pay (invoice, "prepayment", money (20000, "NZD"));
  pay (invoice, "overpayment", money (19000, "NZD"));
  g_assert_true (cs_ledger_invoice_get_unexplained (invoice, &rest, &error));
  g_assert_no_error (error);
  g_assert_true (cs_money_is_zero (rest));
}

/* Where Xero lists less, or more, than it took off, the difference is told. */
static void
test_difference_is_told (void)
{
  g_autoptr (CsLedgerInvoice) invoice = cs_ledger_invoice_new ();
  CsMoney rest;

  invoice->total = money (10000, "NZD");
  invoice->balance = money (2500, "NZD");
  g_assert_true (cs_ledger_invoice_get_unexplained (invoice, &rest, NULL));
  g_assert_cmpint (rest.minor, ==, 7500);
  pay (invoice, "payment", money (8000, "NZD"));
  g_assert_true (cs_ledger_invoice_get_unexplained (invoice, &rest, NULL));
  g_assert_cmpint (rest.minor, ==, -500);
}

static void
test_two_currencies (void)
{
  g_autoptr (CsLedgerInvoice) invoice = cs_ledger_invoice_new ();
  g_autoptr (GError) error = NULL;
  CsMoney rest;

  invoice->total = invoice->balance = money (10000, "NZD");
  pay (invoice, "payment", money (8000, "AUD"));
  g_assert_false (cs_ledger_invoice_get_unexplained (invoice, &rest, &error));
  g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_CURRENCY);
}

/* K-10 */
static void
test_is_owed (void)
{
  g_autoptr (CsLedgerInvoice) invoice = cs_ledger_invoice_new ();

  for (int status = CS_LEDGER_DRAFT; status <= CS_LEDGER_DELETED; status++)
    {
      invoice->status = (CsLedgerStatus)status;
      g_assert_true (cs_ledger_invoice_is_owed (invoice)
                     == (status == CS_LEDGER_AUTHORISED || status == CS_LEDGER_PAID));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/invoice-payments/adds-up", test_adds_up);
  g_test_add_func ("/domain/invoice-payments/difference-is-told", test_difference_is_told);
  g_test_add_func ("/domain/invoice-payments/two-currencies", test_two_currencies);
  g_test_add_func ("/domain/invoice-payments/is-owed", test_is_owed);
  return g_test_run ();
}
