/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-paper.h"
#include "cs-format.h"
#include "cs-payment-words.h"

#include <glib/gi18n-lib.h>

#define N_COLUMNS 5

/** cs_invoice_paper_new_report: Returns: (transfer full): what stands around the lines of @invoice */
CsReport *
cs_invoice_paper_new_report (const CsLedgerInvoice *invoice, const char *footnote, CsPaper paper)
{
  const CsReportColumn columns[N_COLUMNS] = {
    { _ ("Description"), 5, FALSE }, { _ ("Quantity"), 1.2, TRUE }, { _ ("Price"), 1.5, TRUE },
    { _ ("Tax"), 1.5, TRUE },        { _ ("Amount"), 1.7, TRUE },
  };
  g_autofree char *date = cs_format_date (invoice->date);
  g_autofree char *due = cs_format_date (invoice->due);
  /* Translators: an invoice's number, and whose it is. */
  g_autofree char *title
      = g_strdup_printf (C_ ("printed invoice", "%1$s, %2$s"),
                         *invoice->number != '\0' ? invoice->number : _ ("Invoice"), invoice->contact_name);
  /* Translators: an invoice on paper: its date, when it is due, its reference. */
  g_autofree char *about
      = g_strdup_printf (_ ("Date %1$s · due %2$s · reference %3$s"), date, due, invoice->reference);
  CsReportHead head = { title, about, footnote, columns, N_COLUMNS };

  return cs_report_new (&head, paper);
}

static void
add (GPtrArray *rows, ...)
{
  g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();
  va_list texts;

  va_start (texts, rows);
  for (const char *text = va_arg (texts, const char *); text != NULL; text = va_arg (texts, const char *))
    g_strv_builder_add (cells, text);
  va_end (texts);
  g_ptr_array_add (rows, g_strv_builder_end (cells));
}

static void
add_sum (GPtrArray *rows, const char *label, CsMoney money)
{
  g_autofree char *amount = cs_format_money_with_currency (money);

  add (rows, label, amount, NULL);
}

/** cs_invoice_paper_make_rows: Returns: (transfer full): its lines, what they come to, and what was paid */
GPtrArray *
cs_invoice_paper_make_rows (const CsLedgerInvoice *invoice)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);

  for (guint i = 0; i < invoice->n_lines; i++)
    {
      const CsLedgerLine *line = &invoice->lines[i];
      g_autofree char *quantity = cs_format_decimal (line->quantity, 0);
      g_autofree char *price = cs_format_decimal (line->unit_price, 2);
      g_autofree char *tax = cs_format_money (line->tax);
      g_autofree char *amount = cs_format_money (line->amount);

      add (rows, line->description, quantity, price, tax, amount, NULL);
    }
  add (rows, NULL);
  add_sum (rows, _ ("Subtotal"), invoice->subtotal);
  add_sum (rows, _ ("Tax"), invoice->tax);
  add_sum (rows, _ ("Total"), invoice->total);
  for (guint i = 0; i < invoice->n_payments; i++)
    {
      const CsLedgerPayment *payment = &invoice->payments[i];
      g_autofree char *date = cs_format_date (payment->date);
      g_autofree char *label
          = g_strdup_printf ("%s · %s %s", date, cs_payment_words_name (payment->kind), payment->number);

      add_sum (rows, label, payment->amount);
    }
  add_sum (rows, _ ("Balance"), invoice->balance);
  return rows;
}
