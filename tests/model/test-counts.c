/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many there are is read as money is: with what the locale puts between thousands. What comes out of
 * ngettext() with
 * %'u does it by itself; tests/check-words sees to it that no count lacks that. Needs a locale: see
 * tests/in-locale. */
#include "config.h"

#include "cs-export-rows.h"
#include "cs-format.h"

#include <locale.h>

static void
check (char *text, const char *before, const char *after)
{
  const char *separator = cs_number_format_get_default ()->thousands_separator;
  g_autofree char *expected = g_strdup_printf ("%s1%s234%s", before, separator, after);

  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_days (void)
{
  CsDate today = cs_date_from_parts (2026, 11, 22);

  check (cs_format_overdue (cs_date_add_days (today, -1234), today), "", " days overdue");
}

static char *
dup_label (const CsExportSums *sums, guint index)
{
  g_autoptr (GPtrArray) rows = cs_export_sums_make_rows (sums);
  GStrv row = g_ptr_array_index (rows, index);

  return g_strdup (row[0]);
}

static void
test_sums (void)
{
  const CsCurrency cad = { "CAD" };
  CsLedgerInvoice approved
      = { .status = CS_LEDGER_AUTHORISED, .total = { 100, cad }, .balance = { 100, cad } };
  CsLedgerInvoice voided = { .status = CS_LEDGER_VOIDED };
  const CsInvoiceEntry of_approved = { .invoice = &approved }, of_voided = { .invoice = &voided };
  g_autoptr (CsExportSums) sums = cs_export_sums_new ();
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 1234; i++)
    {
      g_assert_true (cs_export_sums_add (sums, &of_approved, &error));
      g_assert_true (cs_export_sums_add (sums, &of_voided, &error));
    }
  check (dup_label (sums, 1), "", " invoices");
  check (dup_label (sums, 2), "", " more are drafts, voided or deleted: in no total");
}

static void
test_separator (void)
{
  const char *separator = cs_number_format_get_default ()->thousands_separator;
  gboolean is_french = g_str_has_prefix (setlocale (LC_NUMERIC, NULL), "fr");

  g_assert_cmpstr (separator, ==, is_french ? "\xe2\x80\xaf" : ",");
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/counts/separator", test_separator);
  g_test_add_func ("/model/counts/days", test_days);
  g_test_add_func ("/model/counts/sums", test_sums);
  return g_test_run ();
}
