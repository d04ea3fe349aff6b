/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-payments.h"

/**
 * cs_ledger_invoice_get_unexplained:
 * @invoice: with its payments
 * @rest: (out): total less payments and credits less balance; below zero when the payments come to more
 * @error: two currencies, or an overflow
 *
 * The ledger can know of more than it lists (a payment that was read later than the invoice, a bank's
 * rounding). What is shown to a person has to add up, so the difference is a row of its own [V-17].
 *
 * Returns: whether @rest is set
 */
gboolean
cs_ledger_invoice_get_unexplained (const CsLedgerInvoice *invoice, CsMoney *rest, GError **error)
{
  CsMoney left;

  g_return_val_if_fail (invoice != NULL && rest != NULL, FALSE);

  left = invoice->total;
  for (guint i = 0; i < invoice->n_payments; i++)
    {
      const CsLedgerPayment *payment = &invoice->payments[i];

      if (!cs_money_subtract (left, payment->amount, &left, error))
        return FALSE;
    }
  return cs_money_subtract (left, invoice->balance, rest, error);
}

/** cs_ledger_invoice_is_owed: Returns: whether it is an invoice that a client owes, or owed until it was paid
 * [K-10]
 */
gboolean
cs_ledger_invoice_is_owed (const CsLedgerInvoice *invoice)
{
  g_return_val_if_fail (invoice != NULL, FALSE);

  return invoice->status == CS_LEDGER_AUTHORISED || invoice->status == CS_LEDGER_PAID;
}
