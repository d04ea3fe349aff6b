/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xero-decode-private.h"

/* Allow-listed members only: whatever else Xero sends is never stored. Members that are missing stay
 * empty; new ones come any time and are ignored (xero-accounting.md 9.5). */

/* What changed within the longest time that an answer may take before its own moment may not be in it. */
#define READ_MARGIN_MS G_GINT64_CONSTANT (60000)

/* Records come with "" in every string; each is replaced by what was sent. */
void
cs_xero_take_text (char **field, const CsJsonValue *object, const char *member)
{
  g_set_str (field, cs_json_get_string_or_empty (object, member));
}

/* Ids are kept in lower case (section 14.9). */
void
cs_xero_take_id (char **field, const CsJsonValue *object, const char *member)
{
  g_set_str (field, cs_json_get_string_or_empty (object, member));
  for (char *at = *field; *at != '\0'; at++)
    if (*at >= 'A' && *at <= 'Z')
      *at = (char)(*at - 'A' + 'a');
}

/* The same thing is spelt AccountId in answers and AccountID in requests (9.5). */
void
cs_xero_take_id_loosely (char **field, const CsJsonValue *object, const char *member, const char *other)
{
  cs_xero_take_id (field, object, cs_json_get (object, member) != NULL ? member : other);
}

gboolean
cs_xero_require_id (const char *id, const char *member, GError **error)
{
  if (cs_xero_id_is_set (id))
    return TRUE;
  g_set_error (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_SHAPE, "%s is missing", member);
  return FALSE;
}

/** cs_xero_decode_contact: Returns: (transfer full) (nullable): 8.1 */
CsLedgerContact *
cs_xero_decode_contact (const CsJsonValue *value, GError **error)
{
  g_autoptr (CsLedgerContact) contact = cs_ledger_contact_new ();
  const char *status = cs_json_get_string (value, "ContactStatus");

  cs_xero_take_id (&contact->remote_id, value, "ContactID");
  cs_xero_take_text (&contact->name, value, "Name");
  cs_xero_take_text (&contact->email, value, "EmailAddress");
  cs_xero_take_text (&contact->contact_number, value, "ContactNumber");
  cs_xero_take_id (&contact->merged_into, value, "MergedToContactID");
  /* ARCHIVED and GDPRREQUEST alike: neither may be invoiced. */
  contact->is_archived = status != NULL && !g_str_equal (status, "ACTIVE");
  if (!cs_xero_require_id (contact->remote_id, "ContactID", error)
      || !cs_json_read_instant (value, "UpdatedDateUTC", &contact->updated_ms, error))
    return NULL;
  return g_steal_pointer (&contact);
}

static CsLedgerLine *
decode_line (const CsJsonValue *value, CsCurrency currency, GError **error)
{
  g_autoptr (CsLedgerLine) line = cs_ledger_line_new ();

  line->tax = line->amount = cs_money_zero (currency);
  cs_xero_take_id (&line->remote_id, value, "LineItemID");
  cs_xero_take_text (&line->description, value, "Description");
  cs_xero_take_text (&line->account_code, value, "AccountCode");
  cs_xero_take_text (&line->tax_type, value, "TaxType");
  if (!cs_json_read_decimal (value, "Quantity", &line->quantity, error)
      || !cs_json_read_decimal (value, "UnitAmount", &line->unit_price, error)
      || !cs_json_read_money (value, "TaxAmount", currency, &line->tax, error)
      || !cs_json_read_money (value, "LineAmount", currency, &line->amount, error))
    return NULL;
  return g_steal_pointer (&line);
}

static gboolean
decode_lines (const CsJsonValue *value, CsLedgerInvoice *invoice, CsCurrency currency, GError **error)
{
  CsJsonIterator iterator;
  const CsJsonValue *element;

  cs_json_iterator_init (&iterator, cs_json_get (value, "LineItems"));
  while ((element = cs_json_iterator_next (&iterator)) != NULL)
    {
      CsLedgerLine *line = decode_line (element, currency, error);

      if (line == NULL)
        return FALSE;
      g_ptr_array_add (invoice->lines, line);
    }
  return TRUE;
}

/* The four things that make AmountDue less than Total (9.6). */
typedef struct
{
  const char *list;
  const char *kind;
  const char *id;
  const char *number;
  const char *amount;
} PaymentKind;

static const PaymentKind payment_kinds[] = {
  { "Payments", "payment", "PaymentID", "Reference", "Amount" },
  { "CreditNotes", "credit-note", "CreditNoteID", "CreditNoteNumber", "AppliedAmount" },
  { "Prepayments", "prepayment", "PrepaymentID", "Reference", "AppliedAmount" },
  { "Overpayments", "overpayment", "OverpaymentID", "Reference", "AppliedAmount" },
};

static CsLedgerPayment *
decode_payment (const CsJsonValue *value, const PaymentKind *kind, CsCurrency currency, GError **error)
{
  g_autoptr (CsLedgerPayment) payment = cs_ledger_payment_new ();

  payment->amount = cs_money_zero (currency);
  payment->date = CS_DATE_NONE;
  g_free (payment->kind);
  payment->kind = g_strdup (kind->kind);
  cs_xero_take_id_loosely (&payment->remote_id, value, kind->id, "ID");
  cs_xero_take_text (&payment->number, value, kind->number);
  if (!cs_json_read_date (value, "Date", &payment->date, error)
      || !cs_json_read_money (value, kind->amount, currency, &payment->amount, error))
    return NULL;
  return g_steal_pointer (&payment);
}

static gboolean
decode_payments (const CsJsonValue *value, CsLedgerInvoice *invoice, CsCurrency currency, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (payment_kinds); i++)
    {
      CsJsonIterator iterator;
      const CsJsonValue *element;

      cs_json_iterator_init (&iterator, cs_json_get (value, payment_kinds[i].list));
      while ((element = cs_json_iterator_next (&iterator)) != NULL)
        {
          CsLedgerPayment *payment = NULL;

          if (g_strcmp0 (cs_json_get_string (element, "Status"), "DELETED") == 0)
            continue;
          payment = decode_payment (element, &payment_kinds[i], currency, error);
          if (payment == NULL)
            return FALSE;
          g_ptr_array_add (invoice->payments, payment);
        }
    }
  return TRUE;
}

static gboolean
decode_amounts (const CsJsonValue *value, CsLedgerInvoice *invoice, CsCurrency currency, GError **error)
{
  CsMoney zero = cs_money_zero (currency);

  invoice->subtotal = invoice->tax = invoice->total = invoice->paid = invoice->credited = invoice->balance
      = zero;
  return cs_json_read_money (value, "SubTotal", currency, &invoice->subtotal, error)
         && cs_json_read_money (value, "TotalTax", currency, &invoice->tax, error)
         && cs_json_read_money (value, "Total", currency, &invoice->total, error)
         && cs_json_read_money (value, "AmountPaid", currency, &invoice->paid, error)
         && cs_json_read_money (value, "AmountCredited", currency, &invoice->credited, error)
         && cs_json_read_money (value, "AmountDue", currency, &invoice->balance, error);
}

/* Calendar dates, of the UTC day, never shifted (6.2). */
static gboolean
decode_head (const CsJsonValue *value, CsLedgerInvoice *invoice, GError **error)
{
  const char *mode = cs_json_get_string (value, "LineAmountTypes");

  invoice->date = invoice->due = CS_DATE_NONE;
  invoice->tax_mode = CS_TAX_MODE_EXCLUSIVE; /* Xero's default (6.5) */
  return cs_xero_require_id (invoice->remote_id, "InvoiceID", error)
         && cs_ledger_status_parse (cs_json_get_string_or_empty (value, "Status"), &invoice->status, error)
         && (mode == NULL || cs_tax_mode_parse (mode, &invoice->tax_mode, error))
         && cs_json_read_date (value, "Date", &invoice->date, error)
         && cs_json_read_date (value, "DueDate", &invoice->due, error)
         && cs_json_read_instant (value, "UpdatedDateUTC", &invoice->updated_ms, error);
}

/** cs_xero_decode_invoice: Returns: (transfer full) (nullable): 9.5; bills come too and are told apart */
CsLedgerInvoice *
cs_xero_decode_invoice (const CsJsonValue *value, GError **error)
{
  g_autoptr (CsLedgerInvoice) invoice = cs_ledger_invoice_new ();
  const CsJsonValue *contact = cs_json_get (value, "Contact");
  CsCurrency currency;

  cs_xero_take_id (&invoice->remote_id, value, "InvoiceID");
  invoice->is_sales = g_strcmp0 (cs_json_get_string (value, "Type"), "ACCREC") == 0;
  cs_xero_take_text (&invoice->number, value, "InvoiceNumber");
  cs_xero_take_text (&invoice->reference, value, "Reference");
  cs_xero_take_id (&invoice->contact_id, contact, "ContactID");
  cs_xero_take_text (&invoice->contact_name, contact, "Name");
  if (!decode_head (value, invoice, error)
      || !cs_currency_parse (cs_json_get_string_or_empty (value, "CurrencyCode"), &currency, error)
      || !decode_amounts (value, invoice, currency, error) || !decode_lines (value, invoice, currency, error)
      || !decode_payments (value, invoice, currency, error))
    return NULL;
  return g_steal_pointer (&invoice);
}

static GPtrArray *
decode_elements (const CsJsonDocument *document, const CsXeroDecoder *decoder, GError **error)
{
  const CsJsonValue *elements = cs_json_get (cs_json_document_get_root (document), decoder->list);
  g_autoptr (GPtrArray) records = NULL;
  CsJsonIterator iterator;
  const CsJsonValue *element;

  if (elements == NULL)
    {
      g_set_error (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_SHAPE, "%s is missing", decoder->list);
      return NULL;
    }
  records = g_ptr_array_new_full ((guint)MIN (cs_json_get_length (elements), CS_XERO_PAGE_SIZE),
                                  decoder->free_record);
  cs_json_iterator_init (&iterator, elements);
  while ((element = cs_json_iterator_next (&iterator)) != NULL)
    {
      gpointer record = cs_json_is_object (element) ? decoder->decode (element, error) : NULL;

      if (record == NULL)
        {
          if (error != NULL && *error == NULL)
            g_set_error (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_SHAPE, "%s has something else in it",
                         decoder->list);
          return NULL;
        }
      g_ptr_array_add (records, record);
    }
  return g_steal_pointer (&records);
}

/* 5.2: pagination is lower case, and may be missing: then go on until a page is shorter than asked. */
static void
decode_pagination (const CsJsonDocument *document, CsLedgerPage *page, guint n_records)
{
  const CsJsonValue *pagination = cs_json_get (cs_json_document_get_root (document), "pagination");
  gint64 at = cs_json_get_integer (pagination, "page", page->page);
  gint64 fallback = n_records >= CS_XERO_PAGE_SIZE ? at + 1 : at;

  page->page = (guint)CLAMP (at, 0, G_MAXINT);
  page->page_count = (guint)CLAMP (cs_json_get_integer (pagination, "pageCount", fallback), 0, G_MAXINT);
  page->item_count = (guint)CLAMP (cs_json_get_integer (pagination, "itemCount", n_records), 0, G_MAXINT);
}

/* An answer tells its moment; one that can't be read tells nothing. */
static gint64
decode_clock (const CsJsonDocument *document)
{
  gint64 clock_ms = 0;

  return cs_json_read_instant (cs_json_document_get_root (document), "DateTimeUTC", &clock_ms, NULL)
             ? clock_ms
             : 0;
}

/**
 * cs_xero_decode_records:
 * @body: the answer to a GET of a list
 * @decoder: of what
 * @page: (nullable) (inout): which page it is, and the newest UpdatedDateUTC in it
 * @error: BAD_REPLY
 *
 * Returns: (transfer full) (nullable): the records
 */
GPtrArray *
cs_xero_decode_records (GBytes *body, const CsXeroDecoder *decoder, CsLedgerPage *page, GError **error)
{
  GError *cause = NULL;
  g_autoptr (CsJsonDocument) document = cs_json_document_parse (body, &cause);
  g_autoptr (GPtrArray) records = document != NULL ? decode_elements (document, decoder, &cause) : NULL;
  gint64 clock_ms = 0;

  if (records == NULL)
    {
      g_propagate_error (error, cs_xero_bad_reply (cause));
      return NULL;
    }
  clock_ms = decode_clock (document);
  if (page != NULL)
    {
      decode_pagination (document, page, records->len);
      page->clock_ms = clock_ms;
    }
  for (guint i = 0; decoder->note_read != NULL && i < records->len; i++)
    decoder->note_read (g_ptr_array_index (records, i), MAX (clock_ms - READ_MARGIN_MS, 0), page);
  return g_steal_pointer (&records);
}

static void
note_invoice (gpointer record, gint64 read_ms, CsLedgerPage *page)
{
  CsLedgerInvoice *invoice = record;

  invoice->read_ms = read_ms;
  if (page != NULL)
    page->high_water_ms = MAX (page->high_water_ms, invoice->updated_ms);
}

static void
note_contact (gpointer record, gint64 read_ms, CsLedgerPage *page)
{
  const CsLedgerContact *contact = record;

  if (page != NULL)
    page->high_water_ms = MAX (page->high_water_ms, contact->updated_ms);
}

const CsXeroDecoder cs_xero_invoice_decoder = {
  .list = "Invoices",
  .decode = (CsXeroDecode)cs_xero_decode_invoice,
  .note_read = note_invoice,
  .free_record = (GDestroyNotify)cs_ledger_invoice_free,
};

const CsXeroDecoder cs_xero_contact_decoder = {
  .list = "Contacts",
  .decode = (CsXeroDecode)cs_xero_decode_contact,
  .note_read = note_contact,
  .free_record = (GDestroyNotify)cs_ledger_contact_free,
};

/**
 * cs_xero_decode_invoices:
 * @body: the answer to GET /Invoices
 * @page: (nullable) (inout): which page it is, and the newest UpdatedDateUTC in it
 * @error: BAD_REPLY
 *
 * Returns: (transfer full) (nullable): of #CsLedgerInvoice
 */
GPtrArray *
cs_xero_decode_invoices (GBytes *body, CsLedgerPage *page, GError **error)
{
  g_return_val_if_fail (body != NULL, NULL);

  return cs_xero_decode_records (body, &cs_xero_invoice_decoder, page, error);
}

/**
 * cs_xero_decode_contacts:
 * @body: the answer to GET /Contacts
 * @page: (nullable) (inout): which page it is, and the newest UpdatedDateUTC in it
 * @error: BAD_REPLY
 *
 * Returns: (transfer full) (nullable): of #CsLedgerContact
 */
GPtrArray *
cs_xero_decode_contacts (GBytes *body, CsLedgerPage *page, GError **error)
{
  g_return_val_if_fail (body != NULL, NULL);

  return cs_xero_decode_records (body, &cs_xero_contact_decoder, page, error);
}
