/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xero-decode-private.h"

/* Payments and the three kinds of credit, as far as they change what is due on an invoice
 * (xero-accounting.md 10.1, 10.2, 10.4). */

static const char *
text_or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static void
add_invoice_id (GStrvBuilder *ids, const CsJsonValue *invoice)
{
  g_autofree char *id = g_strdup ("");

  cs_xero_take_id (&id, invoice, "InvoiceID");
  if (cs_xero_id_is_set (id))
    g_strv_builder_add (ids, id);
}

/* A refund stands there as a payment of an invoice that is a credit note in disguise: the types tell (10.2).
 */
static gboolean
is_of_invoice (const CsJsonValue *value, const CsJsonValue *invoice)
{
  const char *type = cs_json_get_string (invoice, "Type");
  const char *payment_type = cs_json_get_string (value, "PaymentType");

  if (type != NULL && g_strcmp0 (type, "ACCREC") != 0 && g_strcmp0 (type, "ACCPAY") != 0)
    return FALSE;
  return payment_type == NULL || g_str_equal (payment_type, "ACCRECPAYMENT")
         || g_str_equal (payment_type, "ACCPAYPAYMENT");
}

/* Paid by a customer, for an invoice: a refund and what we pay are of other types. */
static gboolean
is_received (const CsJsonValue *value, const CsJsonValue *invoice)
{
  const char *payment_type = cs_json_get_string (value, "PaymentType");

  return g_strcmp0 (cs_json_get_string (invoice, "Type"), "ACCREC") == 0
         && (payment_type == NULL || g_str_equal (payment_type, "ACCRECPAYMENT"));
}

/* The document's currency; none where the answer has none, which costs the amount and nothing else. */
static CsCurrency
decode_currency (const CsJsonValue *document)
{
  CsCurrency currency = { "" };

  if (!cs_currency_parse (cs_json_get_string (document, "CurrencyCode"), &currency, NULL))
    return (CsCurrency){ "" };
  return currency;
}

static gboolean
decode_common (const CsJsonValue *value,
               const CsJsonValue *contact,
               const char *id,
               CsLedgerSettlement *settlement,
               GError **error)
{
  cs_xero_take_id_loosely (&settlement->remote_id, value, id, "ID");
  cs_xero_take_id (&settlement->contact_id, contact, "ContactID");
  cs_xero_take_text (&settlement->status, value, "Status");
  return cs_xero_require_id (settlement->remote_id, id, error)
         && cs_json_read_date (value, "Date", &settlement->date, error)
         && cs_json_read_instant (value, "UpdatedDateUTC", &settlement->updated_ms, error);
}

static gpointer
decode_payment (const CsJsonValue *value, GError **error)
{
  g_autoptr (CsLedgerSettlement) settlement = cs_ledger_settlement_new ();
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  const CsJsonValue *invoice = cs_json_get (value, "Invoice");
  CsCurrency currency = decode_currency (invoice);

  settlement->total = settlement->remaining = cs_money_zero (currency);
  g_set_str (&settlement->kind, "payment");
  cs_xero_take_text (&settlement->number, value, "Reference");
  if (!decode_common (value, cs_json_get (invoice, "Contact"), "PaymentID", settlement, error)
      || (currency.code[0] != '\0'
          && !cs_json_read_money (value, "Amount", currency, &settlement->total, error)))
    return NULL;
  if (is_of_invoice (value, invoice))
    add_invoice_id (ids, invoice);
  settlement->is_received = is_received (value, invoice);
  g_strfreev (settlement->invoice_ids);
  settlement->invoice_ids = g_strv_builder_end (ids);
  return g_steal_pointer (&settlement);
}

static void
decode_allocations (const CsJsonValue *value, CsLedgerSettlement *settlement)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  CsJsonIterator iterator;
  const CsJsonValue *element;

  cs_json_iterator_init (&iterator, cs_json_get (value, "Allocations"));
  while ((element = cs_json_iterator_next (&iterator)) != NULL)
    add_invoice_id (ids, cs_json_get (element, "Invoice"));
  g_strfreev (settlement->invoice_ids);
  settlement->invoice_ids = g_strv_builder_end (ids);
}

/* Each kind of credit names itself differently. */
static CsLedgerSettlement *
decode_credit (const CsJsonValue *value, const char *kind, const char *id, const char *number, GError **error)
{
  g_autoptr (CsLedgerSettlement) settlement = cs_ledger_settlement_new ();
  CsCurrency currency = decode_currency (value);

  settlement->total = settlement->remaining = cs_money_zero (currency);
  g_set_str (&settlement->kind, kind);
  cs_xero_take_text (&settlement->number, value, number);
  if (!decode_common (value, cs_json_get (value, "Contact"), id, settlement, error)
      || (currency.code[0] != '\0'
          && (!cs_json_read_money (value, "Total", currency, &settlement->total, error)
              || !cs_json_read_money (value, "RemainingCredit", currency, &settlement->remaining, error))))
    return NULL;
  decode_allocations (value, settlement);
  /* RECEIVE-PREPAYMENT and RECEIVE-OVERPAYMENT are money; a credit note is none. */
  settlement->is_received = g_str_has_prefix (text_or_empty (cs_json_get_string (value, "Type")), "RECEIVE-");
  return g_steal_pointer (&settlement);
}

static gpointer
decode_credit_note (const CsJsonValue *value, GError **error)
{
  return decode_credit (value, "credit-note", "CreditNoteID", "CreditNoteNumber", error);
}

static gpointer
decode_prepayment (const CsJsonValue *value, GError **error)
{
  return decode_credit (value, "prepayment", "PrepaymentID", "Reference", error);
}

static gpointer
decode_overpayment (const CsJsonValue *value, GError **error)
{
  return decode_credit (value, "overpayment", "OverpaymentID", "Reference", error);
}

static void
note_settlement (gpointer record, gint64 read_ms, CsLedgerPage *page)
{
  const CsLedgerSettlement *settlement = record;

  if (page != NULL)
    page->high_water_ms = MAX (page->high_water_ms, settlement->updated_ms);
}

#define SETTLEMENTS(list, decode) { list, decode, note_settlement, (GDestroyNotify)cs_ledger_settlement_free }

/**
 * cs_xero_decode_page:
 * @body: the answer to a GET of @kind
 * @kind: what it holds
 * @page: (nullable) (inout): which page it is, and the newest UpdatedDateUTC in it
 * @error: BAD_REPLY
 *
 * Returns: (transfer full) (nullable): the kind's records
 */
GPtrArray *
cs_xero_decode_page (GBytes *body, CsLedgerKind kind, CsLedgerPage *page, GError **error)
{
  static const CsXeroDecoder settlement_decoders[CS_LEDGER_N_KINDS] = {
    [CS_LEDGER_KIND_PAYMENTS] = SETTLEMENTS ("Payments", decode_payment),
    [CS_LEDGER_KIND_CREDIT_NOTES] = SETTLEMENTS ("CreditNotes", decode_credit_note),
    [CS_LEDGER_KIND_PREPAYMENTS] = SETTLEMENTS ("Prepayments", decode_prepayment),
    [CS_LEDGER_KIND_OVERPAYMENTS] = SETTLEMENTS ("Overpayments", decode_overpayment),
  };

  g_return_val_if_fail (body != NULL && kind < CS_LEDGER_N_KINDS, NULL);

  if (kind == CS_LEDGER_KIND_CONTACTS)
    return cs_xero_decode_records (body, &cs_xero_contact_decoder, page, error);
  if (kind == CS_LEDGER_KIND_INVOICES)
    return cs_xero_decode_records (body, &cs_xero_invoice_decoder, page, error);
  return cs_xero_decode_records (body, &settlement_decoders[kind], page, error);
}
