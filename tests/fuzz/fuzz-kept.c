/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-desk-report.h"
#include "cs-store-private.h"
#include "fuzz.h"

/* What this program wrote itself, in a file or over the bus, and may find damaged: what is read is written
 * the same again. */

static void
try_details (GBytes *bytes)
{
  g_autoptr (CsLedgerInvoice) invoice = cs_ledger_invoice_new ();
  g_autoptr (CsLedgerInvoice) again = cs_ledger_invoice_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) written = NULL;
  g_autoptr (GBytes) rewritten = NULL;

  g_assert_true (cs_currency_parse ("NZD", &invoice->total.currency, NULL));
  again->total.currency = invoice->total.currency;
  if (!cs_ledger_details_parse (bytes, invoice, &error))
    {
      g_assert_nonnull (error);
      return;
    }
  written = cs_ledger_details_build (invoice);
  g_assert_true (cs_ledger_details_parse (written, again, NULL));
  rewritten = cs_ledger_details_build (again);
  g_assert_true (g_bytes_equal (written, rewritten));
}

static void
try_report (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsDeskReport) report = cs_desk_report_parse (text, &error);
  g_autoptr (CsDeskReport) again = NULL;
  g_autofree char *written = NULL;

  fuzz_assert_told (report, error);
  if (report == NULL)
    return;
  written = cs_desk_report_to_json (report);
  again = cs_desk_report_parse (written, NULL);
  g_assert_true (again != NULL && again->outcome == report->outcome && again->synced_ms == report->synced_ms);
  g_assert_cmpstr (again->problem, ==, report->problem);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autofree char *text = g_strndup ((const char *)data, size);

  try_details (bytes);
  if (g_utf8_validate (text, -1, NULL))
    try_report (text);
  return 0;
}
