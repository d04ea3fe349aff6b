/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xero-private.h"
#include "fuzz.h"

/* Every answer of Xero's that is read: records, or an error, of each decoder, and invoices have an id, and a
 * currency throughout. */

static void
look_at_invoices (GPtrArray *invoices)
{
  for (guint i = 0; i < invoices->len; i++)
    {
      const CsLedgerInvoice *invoice = invoices->pdata[i];

      g_assert_cmpstr (invoice->remote_id, !=, "");
      g_assert_true (cs_currency_equal (invoice->total.currency, invoice->balance.currency));
      for (guint line = 0; line < invoice->n_lines; line++)
        g_assert_true (cs_currency_equal (invoice->lines[line].amount.currency, invoice->total.currency));
      for (guint payment = 0; payment < invoice->n_payments; payment++)
        g_assert_true (
            cs_currency_equal (invoice->payments[payment].amount.currency, invoice->total.currency));
    }
}

static void
read_pages (GBytes *body)
{
  for (guint kind = 0; kind < CS_LEDGER_N_KINDS; kind++)
    {
      CsLedgerPage page = { .page = 1 };
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) records = cs_xero_decode_page (body, (CsLedgerKind)kind, &page, &error);

      fuzz_assert_told (records, error);
      if (records != NULL && kind == CS_LEDGER_KIND_INVOICES)
        look_at_invoices (records);
    }
}

static void
read_lists (GBytes *body)
{
  for (guint kind = 0; kind < CS_LEDGER_N_LISTS; kind++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) records = cs_xero_decode_list (body, (CsLedgerListKind)kind, &error);

      fuzz_assert_told (records, error);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) body = g_bytes_new (data, size);
  g_autoptr (GError) history_error = NULL;
  g_autoptr (GError) tenants_error = NULL;
  g_autoptr (GError) organisation_error = NULL;
  g_autoptr (GPtrArray) history = cs_xero_decode_history (body, &history_error);
  g_autoptr (GPtrArray) tenants = cs_xero_decode_tenants (body, "ORGANISATION", &tenants_error);
  g_autoptr (CsLedgerOrganisation) organisation = cs_xero_decode_organisation (body, &organisation_error);
  g_autoptr (CsJsonDocument) document = cs_json_document_parse (body, NULL);

  fuzz_assert_told (history, history_error);
  fuzz_assert_told (tenants, tenants_error);
  fuzz_assert_told (organisation, organisation_error);
  if (document != NULL)
    g_free (cs_xero_collect_words (cs_json_document_get_root (document)));
  read_pages (body);
  read_lists (body);
  return 0;
}
