/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xero-decode-private.h"

/* Payments and the three kinds of credit, as far as they change what is due on an invoice
 * (xero-accounting.md 10.1, 10.2, 10.4). There are as many as invoices, so they are read as those are. */

/* --- invoices that they touch --- */

typedef enum
{
  INVOICE_ID,
  INVOICE_TYPE,
  INVOICE_CURRENCY,
  INVOICE_CONTACT,
  N_INVOICE_MEMBERS,
} InvoiceMember;

static const CsJsonName invoice_members[N_INVOICE_MEMBERS] = {
  [INVOICE_ID] = CS_JSON_NAME ("InvoiceID"),
  [INVOICE_TYPE] = CS_JSON_NAME ("Type"),
  [INVOICE_CURRENCY] = CS_JSON_NAME ("CurrencyCode"),
  [INVOICE_CONTACT] = CS_JSON_NAME ("Contact"),
};

/* Behind the @n that @settlement has, which has room for it. */
static void
add_invoice_id (CsLedgerSettlement *settlement, gsize *n, const CsJsonValue *id)
{
  char *text = cs_xero_dup_id (settlement->arena, id);

  if (cs_xero_id_is_set (text))
    settlement->invoice_ids[(*n)++] = text;
}

/* --- what all of them have --- */

typedef enum
{
  COMMON_ID,
  COMMON_OTHER_ID,
  COMMON_NUMBER,
  COMMON_STATUS,
  COMMON_DATE,
  COMMON_UPDATED,
  N_COMMON_MEMBERS,
} CommonMember;

#define COMMON_MEMBERS(id, number)                                                                           \
  [COMMON_ID] = CS_JSON_NAME (id), [COMMON_OTHER_ID] = CS_JSON_NAME ("ID"),                                  \
  [COMMON_NUMBER] = CS_JSON_NAME (number), [COMMON_STATUS] = CS_JSON_NAME ("Status"),                        \
  [COMMON_DATE] = CS_JSON_NAME ("Date"), [COMMON_UPDATED] = CS_JSON_NAME ("UpdatedDateUTC")

/* The document's currency; none where the answer has none, which costs the amount and nothing else. */
static CsCurrency
decode_currency (const CsJsonValue *code)
{
  CsCurrency currency = { "" };

  if (!cs_currency_parse (cs_json_value_get_string (code), &currency, NULL))
    return (CsCurrency){ "" };
  return currency;
}

/* @members: picked by @names, of which the first are those of COMMON_MEMBERS. */
static gboolean
decode_common (const CsJsonName *names,
               const CsJsonValue *const *members,
               const CsJsonValue *contact,
               CsLedgerSettlement *settlement,
               GError **error)
{
  CsArena *arena = settlement->arena;

  settlement->remote_id
      = cs_xero_dup_id (arena, members[COMMON_ID] != NULL ? members[COMMON_ID] : members[COMMON_OTHER_ID]);
  settlement->contact_id = cs_xero_dup_id (arena, cs_json_get (contact, "ContactID"));
  settlement->number = cs_xero_dup_text (arena, members[COMMON_NUMBER]);
  settlement->status = cs_xero_dup_text (arena, members[COMMON_STATUS]);
  return cs_xero_require_id (settlement->remote_id, names[COMMON_ID].text, error)
         && cs_json_value_read_date (members[COMMON_DATE], "Date", &settlement->date, error)
         && cs_json_value_read_instant (members[COMMON_UPDATED], "UpdatedDateUTC", &settlement->updated_ms,
                                        error);
}

/* --- payments --- */

enum
{
  PAYMENT_INVOICE = N_COMMON_MEMBERS,
  PAYMENT_TYPE,
  PAYMENT_AMOUNT,
  N_PAYMENT_MEMBERS,
};

static const CsJsonName payment_members[N_PAYMENT_MEMBERS] = {
  COMMON_MEMBERS ("PaymentID", "Reference"),
  [PAYMENT_INVOICE] = CS_JSON_NAME ("Invoice"),
  [PAYMENT_TYPE] = CS_JSON_NAME ("PaymentType"),
  [PAYMENT_AMOUNT] = CS_JSON_NAME ("Amount"),
};

/* A refund stands there as a payment of an invoice that is a credit note in disguise: the types tell (10.2).
 */
static gboolean
is_of_invoice (const char *payment_type, const char *type)
{
  if (type != NULL && g_strcmp0 (type, "ACCREC") != 0 && g_strcmp0 (type, "ACCPAY") != 0)
    return FALSE;
  return payment_type == NULL || g_str_equal (payment_type, "ACCRECPAYMENT")
         || g_str_equal (payment_type, "ACCPAYPAYMENT");
}

/* Paid by a customer, for an invoice: a refund and what we pay are of other types. */
static gboolean
is_received (const char *payment_type, const char *type)
{
  return g_strcmp0 (type, "ACCREC") == 0
         && (payment_type == NULL || g_str_equal (payment_type, "ACCRECPAYMENT"));
}

static gpointer
decode_payment (const CsJsonValue *value, CsArena *arena, GError **error)
{
  g_autoptr (CsLedgerSettlement) settlement = cs_ledger_settlement_new_in (arena);
  const CsJsonValue *members[N_PAYMENT_MEMBERS];
  const CsJsonValue *invoice[N_INVOICE_MEMBERS];
  const char *payment_type, *type;
  CsCurrency currency;
  gsize n = 0;

  cs_json_pick (value, payment_members, N_PAYMENT_MEMBERS, members);
  cs_json_pick (members[PAYMENT_INVOICE], invoice_members, N_INVOICE_MEMBERS, invoice);
  currency = decode_currency (invoice[INVOICE_CURRENCY]);
  settlement->total = settlement->remaining = cs_money_zero (currency);
  settlement->kind = (char *)"payment";
  if (!decode_common (payment_members, members, invoice[INVOICE_CONTACT], settlement, error)
      || (currency.code[0] != '\0'
          && !cs_json_value_read_money (members[PAYMENT_AMOUNT], "Amount", currency, &settlement->total,
                                        error)))
    return NULL;
  payment_type = cs_json_value_get_string (members[PAYMENT_TYPE]);
  type = cs_json_value_get_string (invoice[INVOICE_TYPE]);
  settlement->invoice_ids = cs_arena_new_array (arena, char *, 2);
  if (is_of_invoice (payment_type, type))
    add_invoice_id (settlement, &n, invoice[INVOICE_ID]);
  settlement->is_received = is_received (payment_type, type);
  return g_steal_pointer (&settlement);
}

/* --- credits --- */

enum
{
  CREDIT_CONTACT = N_COMMON_MEMBERS,
  CREDIT_CURRENCY,
  CREDIT_TYPE,
  CREDIT_TOTAL,
  CREDIT_REMAINING,
  CREDIT_ALLOCATIONS,
  N_CREDIT_MEMBERS,
};

#define CREDIT_MEMBERS(id, number)                                                                           \
  {                                                                                                          \
    COMMON_MEMBERS (id, number),                                                                             \
    [CREDIT_CONTACT] = CS_JSON_NAME ("Contact"),                                                             \
    [CREDIT_CURRENCY] = CS_JSON_NAME ("CurrencyCode"),                                                       \
    [CREDIT_TYPE] = CS_JSON_NAME ("Type"),                                                                   \
    [CREDIT_TOTAL] = CS_JSON_NAME ("Total"),                                                                 \
    [CREDIT_REMAINING] = CS_JSON_NAME ("RemainingCredit"),                                                   \
    [CREDIT_ALLOCATIONS] = CS_JSON_NAME ("Allocations"),                                                     \
  }

static void
decode_allocations (const CsJsonValue *list, CsLedgerSettlement *settlement)
{
  CsJsonIterator iterator;
  const CsJsonValue *element;
  gsize n = 0;

  settlement->invoice_ids = cs_arena_new_array (settlement->arena, char *, cs_json_get_length (list) + 1);
  cs_json_iterator_init (&iterator, list);
  while ((element = cs_json_iterator_next (&iterator)) != NULL)
    add_invoice_id (settlement, &n, cs_json_get (cs_json_get (element, "Invoice"), "InvoiceID"));
}

/* Each kind of credit names itself differently. */
static CsLedgerSettlement *
decode_credit (const CsJsonValue *value,
               const char *kind,
               const CsJsonName *names,
               CsArena *arena,
               GError **error)
{
  g_autoptr (CsLedgerSettlement) settlement = cs_ledger_settlement_new_in (arena);
  const CsJsonValue *members[N_CREDIT_MEMBERS];
  CsCurrency currency;
  gsize size;

  cs_json_pick (value, names, N_CREDIT_MEMBERS, members);
  currency = decode_currency (members[CREDIT_CURRENCY]);
  settlement->total = settlement->remaining = cs_money_zero (currency);
  settlement->kind = (char *)kind;
  if (!decode_common (names, members, members[CREDIT_CONTACT], settlement, error)
      || (currency.code[0] != '\0'
          && (!cs_json_value_read_money (members[CREDIT_TOTAL], "Total", currency, &settlement->total, error)
              || !cs_json_value_read_money (members[CREDIT_REMAINING], "RemainingCredit", currency,
                                            &settlement->remaining, error))))
    return NULL;
  decode_allocations (members[CREDIT_ALLOCATIONS], settlement);
  /* RECEIVE-PREPAYMENT and RECEIVE-OVERPAYMENT are money; a credit note is none. */
  settlement->is_received
      = g_str_has_prefix (cs_json_value_get_text (members[CREDIT_TYPE], &size), "RECEIVE-");
  return g_steal_pointer (&settlement);
}

static gpointer
decode_credit_note (const CsJsonValue *value, CsArena *arena, GError **error)
{
  static const CsJsonName names[N_CREDIT_MEMBERS] = CREDIT_MEMBERS ("CreditNoteID", "CreditNoteNumber");

  return decode_credit (value, "credit-note", names, arena, error);
}

static gpointer
decode_prepayment (const CsJsonValue *value, CsArena *arena, GError **error)
{
  static const CsJsonName names[N_CREDIT_MEMBERS] = CREDIT_MEMBERS ("PrepaymentID", "Reference");

  return decode_credit (value, "prepayment", names, arena, error);
}

static gpointer
decode_overpayment (const CsJsonValue *value, CsArena *arena, GError **error)
{
  static const CsJsonName names[N_CREDIT_MEMBERS] = CREDIT_MEMBERS ("OverpaymentID", "Reference");

  return decode_credit (value, "overpayment", names, arena, error);
}

static void
note_settlement (gpointer record, gint64 read_ms, CsLedgerPage *page)
{
  const CsLedgerSettlement *settlement = record;

  if (page != NULL)
    page->high_water_ms = MAX (page->high_water_ms, settlement->updated_ms);
}

#define SETTLEMENTS(list, decode)                                                                            \
  { list, NULL, note_settlement, (GDestroyNotify)cs_ledger_settlement_free, decode }

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
