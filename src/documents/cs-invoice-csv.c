/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-csv.h"

#include "cs-invoice-view.h"

/** cs_invoice_csv_add_head: adds the row of the columns' names. */
void
cs_invoice_csv_add_head (CsCsv *csv)
{
  static const char *const names[]
      = { "Number",       "Date",     "Due",    "Type",           "Contact",  "Reference", "Currency",
          "Subtotal",     "Tax",      "Total",  "Paid",           "Credited", "Balance",   "Status",
          "Days overdue", "Payments", "Pinned", "Status in Xero", "Xero ID" };

  g_return_if_fail (csv != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    cs_csv_add_text (csv, names[i]);
  cs_csv_end_row (csv);
}

static const char *
name_view (CsInvoiceView view, gboolean is_part_paid)
{
  switch (view)
    {
    case CS_INVOICE_VIEW_DRAFT:
      return "Draft";
    case CS_INVOICE_VIEW_SUBMITTED:
      return "Submitted";
    case CS_INVOICE_VIEW_OPEN:
      return is_part_paid ? "Open, part paid" : "Open";
    case CS_INVOICE_VIEW_OVERDUE:
      return is_part_paid ? "Overdue, part paid" : "Overdue";
    case CS_INVOICE_VIEW_PAID:
      return "Paid";
    case CS_INVOICE_VIEW_VOIDED:
      return "Voided";
    case CS_INVOICE_VIEW_DELETED:
      return "Deleted";
    default:
      g_assert_not_reached ();
    }
}

/**
 * cs_invoice_csv_add:
 * @csv: a document
 * @invoice: of the ledger's mirror; a field that Xero leaves empty is an empty cell [V-16]
 * @n_payments: payments and credits that were applied [V-17]
 * @is_pinned: by a person here
 * @today: in the practice's zone: what is overdue depends on it [K-9]
 *
 * Adds the row of an invoice, every column of it whatever the window shows.
 */
void
cs_invoice_csv_add (CsCsv *csv,
                    const CsLedgerInvoice *invoice,
                    guint n_payments,
                    gboolean is_pinned,
                    CsDate today)
{
  CsInvoiceView view;

  g_return_if_fail (csv != NULL && invoice != NULL);

  view = cs_ledger_status_to_view (invoice->status, invoice->balance, invoice->due, today);
  cs_csv_add_text (csv, invoice->number);
  cs_csv_add_date (csv, invoice->date);
  cs_csv_add_date (csv, invoice->due);
  cs_csv_add_text (csv, invoice->is_sales ? "Invoice" : "Bill");
  cs_csv_add_text (csv, invoice->contact_name);
  cs_csv_add_text (csv, invoice->reference);
  cs_csv_add_text (csv, invoice->total.currency.code);
  cs_csv_add_money (csv, invoice->subtotal);
  cs_csv_add_money (csv, invoice->tax);
  cs_csv_add_money (csv, invoice->total);
  cs_csv_add_money (csv, invoice->paid);
  cs_csv_add_money (csv, invoice->credited);
  cs_csv_add_money (csv, invoice->balance);
  cs_csv_add_text (csv, name_view (view, cs_ledger_invoice_is_part_paid (invoice->total, invoice->balance,
                                                                         invoice->status)));
  if (view == CS_INVOICE_VIEW_OVERDUE)
    cs_csv_add_count (csv, (guint)(today.days - invoice->due.days));
  else
    cs_csv_add_exact (csv, "");
  cs_csv_add_count (csv, n_payments);
  cs_csv_add_text (csv, is_pinned ? "yes" : "no");
  cs_csv_add_text (csv, cs_ledger_status_to_string (invoice->status));
  cs_csv_add_text (csv, invoice->remote_id);
  cs_csv_end_row (csv);
}
