/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xero-decode-private.h"

/* Invoices come by the hundred thousand, so each object is walked once, and what is kept of a page lies in
 * one arena (xero-accounting.md 9.5). Members are named in the order in which Xero mostly sends them. */

/* --- lines --- */

typedef enum
{
  LINE_ID,
  LINE_DESCRIPTION,
  LINE_QUANTITY,
  LINE_UNIT_PRICE,
  LINE_ACCOUNT,
  LINE_TAX_TYPE,
  LINE_TAX,
  LINE_AMOUNT,
  N_LINE_MEMBERS,
} LineMember;

static const CsJsonName line_members[N_LINE_MEMBERS] = {
  [LINE_ID] = CS_JSON_NAME ("LineItemID"),       [LINE_DESCRIPTION] = CS_JSON_NAME ("Description"),
  [LINE_QUANTITY] = CS_JSON_NAME ("Quantity"),   [LINE_UNIT_PRICE] = CS_JSON_NAME ("UnitAmount"),
  [LINE_ACCOUNT] = CS_JSON_NAME ("AccountCode"), [LINE_TAX_TYPE] = CS_JSON_NAME ("TaxType"),
  [LINE_TAX] = CS_JSON_NAME ("TaxAmount"),       [LINE_AMOUNT] = CS_JSON_NAME ("LineAmount"),
};

static gboolean
decode_line (const CsJsonValue *value,
             CsArena *arena,
             CsCurrency currency,
             CsLedgerLine *line,
             GError **error)
{
  const CsJsonValue *members[N_LINE_MEMBERS];

  cs_json_pick (value, line_members, N_LINE_MEMBERS, members);
  line->tax = line->amount = cs_money_zero (currency);
  line->remote_id = cs_xero_dup_id (arena, members[LINE_ID]);
  line->description = cs_xero_dup_text (arena, members[LINE_DESCRIPTION]);
  line->account_code = cs_xero_dup_text (arena, members[LINE_ACCOUNT]);
  line->tax_type = cs_xero_dup_text (arena, members[LINE_TAX_TYPE]);
  return cs_json_value_read_decimal (members[LINE_QUANTITY], "Quantity", &line->quantity, error)
         && cs_json_value_read_decimal (members[LINE_UNIT_PRICE], "UnitAmount", &line->unit_price, error)
         && cs_json_value_read_money (members[LINE_TAX], "TaxAmount", currency, &line->tax, error)
         && cs_json_value_read_money (members[LINE_AMOUNT], "LineAmount", currency, &line->amount, error);
}

static gboolean
decode_lines (const CsJsonValue *list, CsLedgerInvoice *invoice, CsCurrency currency, GError **error)
{
  CsJsonIterator iterator;
  const CsJsonValue *element;

  invoice->lines = cs_arena_new_array (invoice->arena, CsLedgerLine, cs_json_get_length (list));
  cs_json_iterator_init (&iterator, list);
  while ((element = cs_json_iterator_next (&iterator)) != NULL)
    if (!decode_line (element, invoice->arena, currency, &invoice->lines[invoice->n_lines++], error))
      return FALSE;
  return TRUE;
}

/* --- what makes AmountDue less than Total (9.6) --- */

typedef enum
{
  PAYMENT_STATUS,
  PAYMENT_ID,
  PAYMENT_OTHER_ID,
  PAYMENT_DATE,
  PAYMENT_AMOUNT,
  PAYMENT_NUMBER,
  N_PAYMENT_MEMBERS,
} PaymentMember;

typedef struct
{
  const char *kind;
  CsJsonName members[N_PAYMENT_MEMBERS];
} PaymentKind;

#define PAYMENT_MEMBERS(id, amount, number)                                                                  \
  {                                                                                                          \
    [PAYMENT_STATUS] = CS_JSON_NAME ("Status"), [PAYMENT_ID] = CS_JSON_NAME (id),                            \
    [PAYMENT_OTHER_ID] = CS_JSON_NAME ("ID"),   [PAYMENT_DATE] = CS_JSON_NAME ("Date"),                      \
    [PAYMENT_AMOUNT] = CS_JSON_NAME (amount),   [PAYMENT_NUMBER] = CS_JSON_NAME (number),                    \
  }

typedef enum
{
  PAYMENTS,
  CREDIT_NOTES,
  PREPAYMENTS,
  OVERPAYMENTS,
  N_PAYMENT_KINDS,
} PaymentList;

static const PaymentKind payment_kinds[N_PAYMENT_KINDS] = {
  [PAYMENTS] = { "payment", PAYMENT_MEMBERS ("PaymentID", "Amount", "Reference") },
  [CREDIT_NOTES] = { "credit-note", PAYMENT_MEMBERS ("CreditNoteID", "AppliedAmount", "CreditNoteNumber") },
  [PREPAYMENTS] = { "prepayment", PAYMENT_MEMBERS ("PrepaymentID", "AppliedAmount", "Reference") },
  [OVERPAYMENTS] = { "overpayment", PAYMENT_MEMBERS ("OverpaymentID", "AppliedAmount", "Reference") },
};

/* One that was deleted is none. */
static gboolean
decode_payment (const CsJsonValue *value,
                const PaymentKind *kind,
                CsLedgerInvoice *invoice,
                CsCurrency currency,
                GError **error)
{
  const CsJsonValue *members[N_PAYMENT_MEMBERS];
  CsLedgerPayment *payment = &invoice->payments[invoice->n_payments];

  cs_json_pick (value, kind->members, N_PAYMENT_MEMBERS, members);
  if (g_strcmp0 (cs_json_value_get_string (members[PAYMENT_STATUS]), "DELETED") == 0)
    return TRUE;
  payment->amount = cs_money_zero (currency);
  payment->date = CS_DATE_NONE;
  payment->kind = (char *)kind->kind;
  payment->remote_id = cs_xero_dup_id (
      invoice->arena, members[PAYMENT_ID] != NULL ? members[PAYMENT_ID] : members[PAYMENT_OTHER_ID]);
  payment->number = cs_xero_dup_text (invoice->arena, members[PAYMENT_NUMBER]);
  invoice->n_payments++;
  return cs_json_value_read_date (members[PAYMENT_DATE], "Date", &payment->date, error)
         && cs_json_value_read_money (members[PAYMENT_AMOUNT], kind->members[PAYMENT_AMOUNT].text, currency,
                                      &payment->amount, error);
}

static gboolean
decode_payments (const CsJsonValue *const *lists,
                 CsLedgerInvoice *invoice,
                 CsCurrency currency,
                 GError **error)
{
  gsize n = 0;

  for (int i = 0; i < N_PAYMENT_KINDS; i++)
    n += cs_json_get_length (lists[i]);
  invoice->payments = cs_arena_new_array (invoice->arena, CsLedgerPayment, n);
  for (int i = 0; i < N_PAYMENT_KINDS; i++)
    {
      CsJsonIterator iterator;
      const CsJsonValue *element;

      cs_json_iterator_init (&iterator, lists[i]);
      while ((element = cs_json_iterator_next (&iterator)) != NULL)
        if (!decode_payment (element, &payment_kinds[i], invoice, currency, error))
          return FALSE;
    }
  return TRUE;
}

/* --- invoices --- */

typedef enum
{
  INVOICE_TYPE,
  INVOICE_ID,
  INVOICE_NUMBER,
  INVOICE_REFERENCE,
  INVOICE_PAYMENTS, /* and the others, as in PaymentList */
  INVOICE_CREDIT_NOTES,
  INVOICE_PREPAYMENTS,
  INVOICE_OVERPAYMENTS,
  INVOICE_BALANCE,
  INVOICE_PAID,
  INVOICE_CREDITED,
  INVOICE_CONTACT,
  INVOICE_DATE,
  INVOICE_DUE,
  INVOICE_STATUS,
  INVOICE_TAX_MODE,
  INVOICE_LINES,
  INVOICE_SUBTOTAL,
  INVOICE_TAX,
  INVOICE_TOTAL,
  INVOICE_UPDATED,
  INVOICE_CURRENCY,
  N_INVOICE_MEMBERS,
} InvoiceMember;

static const CsJsonName invoice_members[N_INVOICE_MEMBERS] = {
  [INVOICE_TYPE] = CS_JSON_NAME ("Type"),
  [INVOICE_ID] = CS_JSON_NAME ("InvoiceID"),
  [INVOICE_NUMBER] = CS_JSON_NAME ("InvoiceNumber"),
  [INVOICE_REFERENCE] = CS_JSON_NAME ("Reference"),
  [INVOICE_PAYMENTS] = CS_JSON_NAME ("Payments"),
  [INVOICE_CREDIT_NOTES] = CS_JSON_NAME ("CreditNotes"),
  [INVOICE_PREPAYMENTS] = CS_JSON_NAME ("Prepayments"),
  [INVOICE_OVERPAYMENTS] = CS_JSON_NAME ("Overpayments"),
  [INVOICE_BALANCE] = CS_JSON_NAME ("AmountDue"),
  [INVOICE_PAID] = CS_JSON_NAME ("AmountPaid"),
  [INVOICE_CREDITED] = CS_JSON_NAME ("AmountCredited"),
  [INVOICE_CONTACT] = CS_JSON_NAME ("Contact"),
  [INVOICE_DATE] = CS_JSON_NAME ("Date"),
  [INVOICE_DUE] = CS_JSON_NAME ("DueDate"),
  [INVOICE_STATUS] = CS_JSON_NAME ("Status"),
  [INVOICE_TAX_MODE] = CS_JSON_NAME ("LineAmountTypes"),
  [INVOICE_LINES] = CS_JSON_NAME ("LineItems"),
  [INVOICE_SUBTOTAL] = CS_JSON_NAME ("SubTotal"),
  [INVOICE_TAX] = CS_JSON_NAME ("TotalTax"),
  [INVOICE_TOTAL] = CS_JSON_NAME ("Total"),
  [INVOICE_UPDATED] = CS_JSON_NAME ("UpdatedDateUTC"),
  [INVOICE_CURRENCY] = CS_JSON_NAME ("CurrencyCode"),
};

static gboolean
decode_amounts (const CsJsonValue *const *members,
                CsLedgerInvoice *invoice,
                CsCurrency currency,
                GError **error)
{
  const struct
  {
    InvoiceMember member;
    CsMoney *amount;
  } amounts[] = { { INVOICE_SUBTOTAL, &invoice->subtotal }, { INVOICE_TAX, &invoice->tax },
                  { INVOICE_TOTAL, &invoice->total },       { INVOICE_PAID, &invoice->paid },
                  { INVOICE_CREDITED, &invoice->credited }, { INVOICE_BALANCE, &invoice->balance } };

  for (gsize i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      *amounts[i].amount = cs_money_zero (currency);
      if (!cs_json_value_read_money (members[amounts[i].member], invoice_members[amounts[i].member].text,
                                     currency, amounts[i].amount, error))
        return FALSE;
    }
  return TRUE;
}

static void
decode_contact (const CsJsonValue *value, CsLedgerInvoice *invoice)
{
  static const CsJsonName names[] = { CS_JSON_NAME ("ContactID"), CS_JSON_NAME ("Name") };
  const CsJsonValue *members[G_N_ELEMENTS (names)];

  cs_json_pick (value, names, G_N_ELEMENTS (names), members);
  invoice->contact_id = cs_xero_dup_id (invoice->arena, members[0]);
  invoice->contact_name = cs_xero_dup_text (invoice->arena, members[1]);
}

/* Calendar dates, of the UTC day, never shifted (6.2). */
static gboolean
decode_head (const CsJsonValue *const *members, CsLedgerInvoice *invoice, GError **error)
{
  const char *mode = cs_json_value_get_string (members[INVOICE_TAX_MODE]);
  gsize size;

  invoice->tax_mode = CS_TAX_MODE_EXCLUSIVE; /* Xero's default (6.5) */
  return cs_xero_require_id (invoice->remote_id, "InvoiceID", error)
         && cs_ledger_status_parse (cs_json_value_get_text (members[INVOICE_STATUS], &size), &invoice->status,
                                    error)
         && (mode == NULL || cs_tax_mode_parse (mode, &invoice->tax_mode, error))
         && cs_json_value_read_date (members[INVOICE_DATE], "Date", &invoice->date, error)
         && cs_json_value_read_date (members[INVOICE_DUE], "DueDate", &invoice->due, error)
         && cs_json_value_read_instant (members[INVOICE_UPDATED], "UpdatedDateUTC", &invoice->updated_ms,
                                        error);
}

static CsLedgerInvoice *
decode_invoice_in (const CsJsonValue *value, CsArena *arena, GError **error)
{
  g_autoptr (CsLedgerInvoice) invoice = cs_ledger_invoice_new_in (arena);
  const CsJsonValue *members[N_INVOICE_MEMBERS];
  CsCurrency currency;
  gsize size;

  cs_json_pick (value, invoice_members, N_INVOICE_MEMBERS, members);
  invoice->remote_id = cs_xero_dup_id (arena, members[INVOICE_ID]);
  invoice->is_sales = g_strcmp0 (cs_json_value_get_string (members[INVOICE_TYPE]), "ACCREC") == 0;
  invoice->number = cs_xero_dup_text (arena, members[INVOICE_NUMBER]);
  invoice->reference = cs_xero_dup_text (arena, members[INVOICE_REFERENCE]);
  decode_contact (members[INVOICE_CONTACT], invoice);
  if (!decode_head (members, invoice, error)
      || !cs_currency_parse (cs_json_value_get_text (members[INVOICE_CURRENCY], &size), &currency, error)
      || !decode_amounts (members, invoice, currency, error)
      || !decode_lines (members[INVOICE_LINES], invoice, currency, error)
      || !decode_payments (&members[INVOICE_PAYMENTS], invoice, currency, error))
    return NULL;
  return g_steal_pointer (&invoice);
}

/** cs_xero_decode_invoice: Returns: (transfer full) (nullable): 9.5; bills come too and are told apart */
CsLedgerInvoice *
cs_xero_decode_invoice (const CsJsonValue *value, GError **error)
{
  g_autoptr (CsArena) arena = cs_arena_new ();

  return decode_invoice_in (value, arena, error);
}

static void
note_invoice (gpointer record, gint64 read_ms, CsLedgerPage *page)
{
  CsLedgerInvoice *invoice = record;

  invoice->read_ms = read_ms;
  if (page != NULL)
    page->high_water_ms = MAX (page->high_water_ms, invoice->updated_ms);
}

const CsXeroDecoder cs_xero_invoice_decoder = {
  .list = "Invoices",
  .decode_in = (CsXeroDecodeIn)decode_invoice_in,
  .note_read = note_invoice,
  .free_record = (GDestroyNotify)cs_ledger_invoice_free,
};
