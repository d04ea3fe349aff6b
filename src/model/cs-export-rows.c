/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-export-rows.h"

#include <glib/gi18n-lib.h>

#include "cs-format.h"
#include "cs-invoice-csv.h"
#include "cs-invoice-payments.h"
#include "cs-invoice-view.h"

#define N_COLUMNS 8

/* --- how a list of invoices reads --- */

static CsReport *
new_report (const char *title, const char *about, const char *footnote, CsPaper paper)
{
  const CsReportColumn columns[N_COLUMNS] = {
    { _ ("Number"), 1.5, FALSE },  { _ ("Date"), 1.3, FALSE },      { _ ("Due"), 1.3, FALSE },
    { _ ("Contact"), 2.6, FALSE }, { _ ("Reference"), 1.5, FALSE }, { _ ("Total"), 1.4, TRUE },
    { _ ("Balance"), 1.4, TRUE },  { _ ("Status"), 1.7, FALSE },
  };
  CsReportHead head = { title, about, footnote, columns, N_COLUMNS };

  return cs_report_new (&head, paper);
}

static char *
describe_status (const CsLedgerInvoice *invoice, CsDate today)
{
  switch (cs_ledger_status_to_view (invoice->status, invoice->balance, invoice->due, today))
    {
    case CS_INVOICE_VIEW_DRAFT:
      return g_strdup (_ ("Draft"));
    case CS_INVOICE_VIEW_SUBMITTED:
      return g_strdup (_ ("Submitted"));
    case CS_INVOICE_VIEW_OVERDUE:
      return cs_format_overdue (invoice->due, today);
    case CS_INVOICE_VIEW_PAID:
      return g_strdup (_ ("Paid"));
    case CS_INVOICE_VIEW_VOIDED:
      return g_strdup (_ ("Voided"));
    case CS_INVOICE_VIEW_DELETED:
      return g_strdup (_ ("Deleted"));
    case CS_INVOICE_VIEW_OPEN:
    default:
      return g_strdup (cs_ledger_invoice_is_part_paid (invoice->total, invoice->balance, invoice->status)
                           ? _ ("Part paid")
                           : _ ("Open"));
    }
}

static char *
format_amount (CsMoney money, CsCurrency base)
{
  return cs_currency_equal (money.currency, base) ? cs_format_money (money)
                                                  : cs_format_money_with_currency (money);
}

static GStrv
make_row (gconstpointer record, CsCurrency base, CsDate today)
{
  const CsLedgerInvoice *invoice = ((const CsInvoiceEntry *)record)->invoice;
  GStrv cells = g_new0 (char *, N_COLUMNS + 1);

  cells[0] = g_strdup (invoice->number);
  cells[1] = cs_format_date (invoice->date);
  cells[2] = cs_format_date (invoice->due);
  cells[3] = g_strdup (invoice->contact_name);
  cells[4] = g_strdup (invoice->reference);
  cells[5] = format_amount (invoice->total, base);
  cells[6] = format_amount (invoice->balance, base);
  cells[7] = describe_status (invoice, today);
  return cells;
}

static void
add (CsCsv *csv, gconstpointer record, CsDate today)
{
  const CsInvoiceEntry *entry = record;

  cs_invoice_csv_add (csv, entry->invoice, entry->n_payments, entry->is_pinned, today);
}

/* One that went while we wrote is empty. */
static gboolean
is_there (gconstpointer record)
{
  return *((const CsInvoiceEntry *)record)->invoice->remote_id != '\0';
}

static gboolean
add_sum (CsExportSums *sums, gconstpointer record, GError **error)
{
  return cs_export_sums_add (sums, record, error);
}

const CsExportKind cs_export_kind_invoices = { N_ ("Export invoices as CSV"),
                                               N_ ("Invoices.csv"),
                                               N_ ("Export invoices as PDF"),
                                               N_ ("Invoices.pdf"),
                                               N_ ("Invoices"),
                                               N_ ("There is no invoice to export"),
                                               cs_invoice_csv_add_head,
                                               add,
                                               new_report,
                                               make_row,
                                               is_there,
                                               add_sum };

/* --- sums --- */

typedef struct
{
  guint n;
  CsMoney total;
  CsMoney balance;
} Sum;

struct _CsExportSums
{
  GArray *sums; /* of Sum, a currency each */
  guint n_left_out;
};

/** cs_export_sums_new: Returns: (transfer full): of nothing yet */
CsExportSums *
cs_export_sums_new (void)
{
  CsExportSums *sums = g_new0 (CsExportSums, 1);

  sums->sums = g_array_new (FALSE, FALSE, sizeof (Sum));
  return sums;
}

/** cs_export_sums_free: @sums: (transfer full) (nullable): sums */
void
cs_export_sums_free (CsExportSums *sums)
{
  if (sums == NULL)
    return;
  g_array_unref (sums->sums);
  g_free (sums);
}

static Sum *
get_sum (CsExportSums *sums, CsCurrency currency)
{
  Sum fresh = { 0, cs_money_zero (currency), cs_money_zero (currency) };

  for (guint i = 0; i < sums->sums->len; i++)
    if (cs_currency_equal (g_array_index (sums->sums, Sum, i).total.currency, currency))
      return &g_array_index (sums->sums, Sum, i);
  g_array_append_val (sums->sums, fresh);
  return &g_array_index (sums->sums, Sum, sums->sums->len - 1);
}

/** cs_export_sums_add: Returns: whether it could be added; drafts and what is voided or deleted count as left
 * out [K-10] */
gboolean
cs_export_sums_add (CsExportSums *sums, const CsInvoiceEntry *entry, GError **error)
{
  Sum *sum = NULL;

  if (!cs_ledger_invoice_is_owed (entry->invoice))
    {
      sums->n_left_out++;
      return TRUE;
    }
  sum = get_sum (sums, entry->invoice->total.currency);
  sum->n++;
  return cs_money_add (sum->total, entry->invoice->total, &sum->total, error)
         && cs_money_add (sum->balance, entry->invoice->balance, &sum->balance, error);
}

static void
add_row (GPtrArray *rows, const char *label, const char *value)
{
  const char *cells[] = { label, value, NULL };

  g_ptr_array_add (rows, g_strdupv ((GStrv)cells));
}

/** cs_export_sums_make_rows: Returns: (transfer full): of GStrv: a gap, then a row a currency */
GPtrArray *
cs_export_sums_make_rows (const CsExportSums *sums)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);

  g_ptr_array_add (rows, g_new0 (char *, 1));
  for (guint i = 0; i < sums->sums->len; i++)
    {
      const Sum *sum = &g_array_index (sums->sums, Sum, i);
      g_autofree char *label = g_strdup_printf (ngettext ("%'u invoice", "%'u invoices", sum->n), sum->n);
      g_autofree char *total = cs_format_money_with_currency (sum->total);
      g_autofree char *balance = cs_format_money_with_currency (sum->balance);
      /* Translators: two amounts. */
      g_autofree char *value = g_strdup_printf (_ ("Total %1$s · owed %2$s"), total, balance);

      add_row (rows, label, value);
    }
  if (sums->n_left_out > 0)
    {
      g_autofree char *label = g_strdup_printf (
          ngettext ("%'u more is a draft, voided or deleted: in no total",
                    "%'u more are drafts, voided or deleted: in no total", sums->n_left_out),
          sums->n_left_out);

      add_row (rows, label, "");
    }
  return rows;
}
