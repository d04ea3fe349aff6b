/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-payment-words.h"
#include "cs-format.h"

#include <glib/gi18n-lib.h>

/** cs_payment_words_name: Returns: (transfer none): what a person calls this kind of settlement */
const char *
cs_payment_words_name (const char *kind)
{
  if (g_str_equal (kind, "credit-note"))
    return _ ("Credit note");
  if (g_str_equal (kind, "prepayment"))
    return _ ("Prepayment");
  if (g_str_equal (kind, "overpayment"))
    return _ ("Overpayment");
  return _ ("Payment");
}

/** cs_payment_words_summarise: Returns: (transfer full): the payments and the balance in one line, for a
 * screen reader */
char *
cs_payment_words_summarise (const CsLedgerInvoice *invoice)
{
  GString *all = g_string_new (NULL);
  g_autofree char *balance = cs_format_money_with_currency (invoice->balance);

  for (guint i = 0; i < invoice->n_payments; i++)
    {
      const CsLedgerPayment *payment = &invoice->payments[i];
      g_autofree char *date = cs_format_date (payment->date);
      g_autofree char *amount = cs_format_money (payment->amount);

      /* Translators: one payment of an invoice: its date, its kind ("Credit note"), its number, its amount.
       */
      g_string_append_printf (all, _ ("%1$s, %2$s %3$s: %4$s. "), date, cs_payment_words_name (payment->kind),
                              payment->number, amount);
    }
  /* Translators: %s is an amount. */
  g_string_append_printf (all, _ ("Balance: %s."), balance);
  return g_string_free_and_steal (all);
}
