/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"

/* Lines and payments, packed into one text per invoice: rows of their own cost most of a full pull
 * (performance.md section 2). Members are written in canonical order, so that the text needs no second pass.
 */

static void
add_line (CsJsonBuilder *builder, const CsLedgerLine *line)
{
  cs_json_builder_begin_object (builder);
  cs_json_builder_set_string (builder, "account_code", line->account_code);
  cs_json_builder_name (builder, "amount");
  cs_json_builder_money (builder, line->amount);
  cs_json_builder_set_string (builder, "description", line->description);
  cs_json_builder_set_decimal (builder, "quantity", line->quantity);
  cs_json_builder_set_string (builder, "remote_id", line->remote_id);
  cs_json_builder_name (builder, "tax");
  cs_json_builder_money (builder, line->tax);
  cs_json_builder_set_string (builder, "tax_type", line->tax_type);
  cs_json_builder_set_decimal (builder, "unit_price", line->unit_price);
  cs_json_builder_end_object (builder);
}

static void
add_payment (CsJsonBuilder *builder, const CsLedgerPayment *payment)
{
  g_autofree char *date = cs_date_to_string (payment->date);

  cs_json_builder_begin_object (builder);
  cs_json_builder_name (builder, "amount");
  cs_json_builder_money (builder, payment->amount);
  cs_json_builder_set_string (builder, "date", date);
  cs_json_builder_set_string (builder, "kind", payment->kind);
  cs_json_builder_set_string (builder, "number", payment->number);
  cs_json_builder_set_string (builder, "remote_id", payment->remote_id);
  cs_json_builder_end_object (builder);
}

GBytes *
cs_ledger_details_build (const CsLedgerInvoice *invoice)
{
  g_autoptr (CsJsonBuilder) builder = cs_json_builder_new ();

  cs_json_builder_begin_object (builder);
  cs_json_builder_name (builder, "lines");
  cs_json_builder_begin_array (builder);
  for (guint i = 0; i < invoice->n_lines; i++)
    add_line (builder, &invoice->lines[i]);
  cs_json_builder_end_array (builder);
  cs_json_builder_name (builder, "payments");
  cs_json_builder_begin_array (builder);
  for (guint i = 0; i < invoice->n_payments; i++)
    add_payment (builder, &invoice->payments[i]);
  cs_json_builder_end_array (builder);
  cs_json_builder_end_object (builder);
  return cs_json_builder_end (builder);
}

static gboolean
parse_line (const CsJsonValue *value, CsCurrency currency, CsLedgerLine *line, GError **error)
{
  line->amount = cs_money_zero (currency);
  line->tax = cs_money_zero (currency);
  g_set_str (&line->account_code, cs_json_get_string_or_empty (value, "account_code"));
  g_set_str (&line->description, cs_json_get_string_or_empty (value, "description"));
  g_set_str (&line->remote_id, cs_json_get_string_or_empty (value, "remote_id"));
  g_set_str (&line->tax_type, cs_json_get_string_or_empty (value, "tax_type"));
  return cs_json_read_money (value, "amount", currency, &line->amount, error)
         && cs_json_read_money (value, "tax", currency, &line->tax, error)
         && cs_json_read_decimal (value, "quantity", &line->quantity, error)
         && cs_json_read_decimal (value, "unit_price", &line->unit_price, error);
}

static gboolean
parse_payment (const CsJsonValue *value, CsCurrency currency, CsLedgerPayment *payment, GError **error)
{
  payment->amount = cs_money_zero (currency);
  g_set_str (&payment->kind, cs_json_get_string_or_empty (value, "kind"));
  g_set_str (&payment->number, cs_json_get_string_or_empty (value, "number"));
  g_set_str (&payment->remote_id, cs_json_get_string_or_empty (value, "remote_id"));
  if (*cs_json_get_string_or_empty (value, "date") != '\0'
      && !cs_json_read_date (value, "date", &payment->date, error))
    return FALSE;
  return cs_json_read_money (value, "amount", currency, &payment->amount, error);
}

/* Into @invoice, whose currency is set. */
gboolean
cs_ledger_details_parse (GBytes *bytes, CsLedgerInvoice *invoice, GError **error)
{
  g_autoptr (CsJsonDocument) document = cs_json_document_parse (bytes, error);
  const CsJsonValue *root, *value;
  CsJsonIterator iterator;

  if (document == NULL)
    return FALSE;
  root = cs_json_document_get_root (document);
  cs_json_iterator_init (&iterator, cs_json_get (root, "lines"));
  while ((value = cs_json_iterator_next (&iterator)) != NULL)
    {
      CsLedgerLine *line = cs_ledger_invoice_add_line (invoice);

      if (!parse_line (value, invoice->total.currency, line, error))
        return FALSE;
    }
  cs_json_iterator_init (&iterator, cs_json_get (root, "payments"));
  while ((value = cs_json_iterator_next (&iterator)) != NULL)
    {
      CsLedgerPayment *payment = cs_ledger_invoice_add_payment (invoice);

      if (!parse_payment (value, invoice->total.currency, payment, error))
        return FALSE;
    }
  return TRUE;
}
