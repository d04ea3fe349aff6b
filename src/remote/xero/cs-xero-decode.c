/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xero-private.h"

#include "cs-small-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Allow-listed members only: whatever else Xero sends is never stored. Members that are missing stay
 * empty; new ones come any time and are ignored (xero-accounting.md 9.5). */

/* Records come with "" in every string; each is replaced by what was sent. */
static void
take_text (char **field, const CsJsonValue *object, const char *member)
{
  g_free (*field);
  *field = g_strdup (cs_json_get_string_or_empty (object, member));
}

/* Ids are kept in lower case (section 14.9). */
static void
take_id (char **field, const CsJsonValue *object, const char *member)
{
  g_free (*field);
  *field = g_ascii_strdown (cs_json_get_string_or_empty (object, member), -1);
}

/* The same thing is spelt AccountId in answers and AccountID in requests (9.5). */
static void
take_id_loosely (char **field, const CsJsonValue *object, const char *member, const char *other)
{
  take_id (field, object, cs_json_get (object, member) != NULL ? member : other);
}

static gboolean
require_id (const char *id, const char *member, GError **error)
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

  take_id (&contact->remote_id, value, "ContactID");
  take_text (&contact->name, value, "Name");
  take_text (&contact->email, value, "EmailAddress");
  take_text (&contact->contact_number, value, "ContactNumber");
  take_id (&contact->merged_into, value, "MergedToContactID");
  /* ARCHIVED and GDPRREQUEST alike: neither may be invoiced. */
  contact->is_archived = status != NULL && !g_str_equal (status, "ACTIVE");
  if (!require_id (contact->remote_id, "ContactID", error)
      || !cs_json_read_instant (value, "UpdatedDateUTC", &contact->updated_ms, error))
    return NULL;
  return g_steal_pointer (&contact);
}

static CsLedgerLine *
decode_line (const CsJsonValue *value, CsCurrency currency, GError **error)
{
  g_autoptr (CsLedgerLine) line = cs_ledger_line_new ();

  line->tax = line->amount = cs_money_zero (currency);
  take_id (&line->remote_id, value, "LineItemID");
  take_text (&line->description, value, "Description");
  take_text (&line->account_code, value, "AccountCode");
  take_text (&line->tax_type, value, "TaxType");
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
  take_id_loosely (&payment->remote_id, value, kind->id, "ID");
  take_text (&payment->number, value, kind->number);
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
  return require_id (invoice->remote_id, "InvoiceID", error)
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

  take_id (&invoice->remote_id, value, "InvoiceID");
  invoice->is_sales = g_strcmp0 (cs_json_get_string (value, "Type"), "ACCREC") == 0;
  take_text (&invoice->number, value, "InvoiceNumber");
  take_text (&invoice->reference, value, "Reference");
  take_id (&invoice->contact_id, contact, "ContactID");
  take_text (&invoice->contact_name, contact, "Name");
  if (!decode_head (value, invoice, error)
      || !cs_currency_parse (cs_json_get_string_or_empty (value, "CurrencyCode"), &currency, error)
      || !decode_amounts (value, invoice, currency, error) || !decode_lines (value, invoice, currency, error)
      || !decode_payments (value, invoice, currency, error))
    return NULL;
  return g_steal_pointer (&invoice);
}

typedef gpointer (*DecodeElement) (const CsJsonValue *value, GError **error);

static GPtrArray *
decode_list (const CsJsonDocument *document,
             const char *list,
             DecodeElement decode,
             GDestroyNotify free_func,
             GError **error)
{
  const CsJsonValue *root = cs_json_document_get_root (document);
  const CsJsonValue *elements = cs_json_get (root, list);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (free_func);
  CsJsonIterator iterator;
  const CsJsonValue *element;

  if (elements == NULL)
    {
      g_set_error (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_SHAPE, "%s is missing", list);
      return NULL;
    }
  cs_json_iterator_init (&iterator, elements);
  while ((element = cs_json_iterator_next (&iterator)) != NULL)
    {
      gpointer record = cs_json_is_object (element) ? decode (element, error) : NULL;

      if (record == NULL)
        {
          if (error != NULL && *error == NULL)
            g_set_error (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_SHAPE, "%s has something else in it",
                         list);
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

static GPtrArray *
give (GPtrArray *records, GError *cause, GError **error)
{
  if (records == NULL)
    g_propagate_error (error, cs_xero_bad_reply (cause));
  return records;
}

/**
 * cs_xero_decode_invoices:
 * @body: the answer to GET /Invoices
 * @page: (nullable) (out): which page it is, and the newest UpdatedDateUTC in it
 * @error: BAD_REPLY
 *
 * Returns: (transfer full) (nullable): of #CsLedgerInvoice
 */
GPtrArray *
cs_xero_decode_invoices (GBytes *body, CsLedgerPage *page, GError **error)
{
  GError *cause = NULL;
  g_autoptr (CsJsonDocument) document = cs_json_document_parse (body, &cause);
  GPtrArray *records = NULL;

  if (document != NULL)
    records = decode_list (document, "Invoices", (DecodeElement)cs_xero_decode_invoice,
                           (GDestroyNotify)cs_ledger_invoice_free, &cause);
  if (records != NULL && page != NULL)
    {
      decode_pagination (document, page, records->len);
      for (guint i = 0; i < records->len; i++)
        page->high_water_ms
            = MAX (page->high_water_ms, ((CsLedgerInvoice *)g_ptr_array_index (records, i))->updated_ms);
    }
  return give (records, cause, error);
}

/**
 * cs_xero_decode_contacts:
 * @body: the answer to GET /Contacts
 * @page: (nullable) (out): which page it is, and the newest UpdatedDateUTC in it
 * @error: BAD_REPLY
 *
 * Returns: (transfer full) (nullable): of #CsLedgerContact
 */
GPtrArray *
cs_xero_decode_contacts (GBytes *body, CsLedgerPage *page, GError **error)
{
  GError *cause = NULL;
  g_autoptr (CsJsonDocument) document = cs_json_document_parse (body, &cause);
  GPtrArray *records = NULL;

  if (document != NULL)
    records = decode_list (document, "Contacts", (DecodeElement)cs_xero_decode_contact,
                           (GDestroyNotify)cs_ledger_contact_free, &cause);
  if (records != NULL && page != NULL)
    {
      decode_pagination (document, page, records->len);
      for (guint i = 0; i < records->len; i++)
        page->high_water_ms
            = MAX (page->high_water_ms, ((CsLedgerContact *)g_ptr_array_index (records, i))->updated_ms);
    }
  return give (records, cause, error);
}

static gboolean
is_active (const CsJsonValue *value)
{
  const char *status = cs_json_get_string (value, "Status");

  return status == NULL || g_str_equal (status, "ACTIVE");
}

static gpointer
decode_account (const CsJsonValue *value, GError **error)
{
  g_autoptr (CsLedgerAccount) account = cs_ledger_account_new ();

  take_id_loosely (&account->remote_id, value, "AccountID", "AccountId");
  take_text (&account->code, value, "Code");
  take_text (&account->name, value, "Name");
  take_text (&account->type, value, "Type");
  take_text (&account->class_name, value, "Class");
  take_text (&account->tax_type, value, "TaxType");
  account->is_active = is_active (value);
  return require_id (account->remote_id, "AccountID", error) ? g_steal_pointer (&account) : NULL;
}

/** cs_xero_decode_accounts: Returns: (transfer full) (nullable): of #CsLedgerAccount (section 11) */
GPtrArray *
cs_xero_decode_accounts (GBytes *body, GError **error)
{
  GError *cause = NULL;
  g_autoptr (CsJsonDocument) document = cs_json_document_parse (body, &cause);
  GPtrArray *records = NULL;

  if (document != NULL)
    records
        = decode_list (document, "Accounts", decode_account, (GDestroyNotify)cs_ledger_account_free, &cause);
  return give (records, cause, error);
}

static gpointer
decode_tax_rate (const CsJsonValue *value, GError **error)
{
  g_autoptr (CsLedgerTaxRate) rate = cs_ledger_tax_rate_new ();

  take_text (&rate->tax_type, value, "TaxType");
  take_text (&rate->name, value, "Name");
  rate->is_active = is_active (value);
  rate->applies_to_revenue = cs_json_get_boolean (value, "CanApplyToRevenue", FALSE);
  return cs_json_read_decimal (value, "EffectiveRate", &rate->rate, error) ? g_steal_pointer (&rate) : NULL;
}

/** cs_xero_decode_tax_rates: Returns: (transfer full) (nullable): of #CsLedgerTaxRate (section 11) */
GPtrArray *
cs_xero_decode_tax_rates (GBytes *body, GError **error)
{
  GError *cause = NULL;
  g_autoptr (CsJsonDocument) document = cs_json_document_parse (body, &cause);
  GPtrArray *records = NULL;

  if (document != NULL)
    records = decode_list (document, "TaxRates", decode_tax_rate, (GDestroyNotify)cs_ledger_tax_rate_free,
                           &cause);
  return give (records, cause, error);
}

/* "Tax Exclusive", "Tax Inclusive", "No Tax" (section 11). */
static CsTaxMode
decode_default_tax_mode (const char *text)
{
  if (text != NULL && strstr (text, "Inclusive") != NULL)
    return CS_TAX_MODE_INCLUSIVE;
  if (text != NULL && g_ascii_strncasecmp (text, "No", 2) == 0)
    return CS_TAX_MODE_NO_TAX;
  return CS_TAX_MODE_EXCLUSIVE;
}

static gpointer
decode_organisation (const CsJsonValue *value, GError **error)
{
  g_autoptr (CsLedgerOrganisation) organisation = cs_ledger_organisation_new ();

  organisation->period_lock = organisation->year_lock = CS_DATE_NONE;
  take_id (&organisation->remote_id, value, "OrganisationID");
  take_text (&organisation->name, value, "Name");
  take_text (&organisation->short_code, value, "ShortCode");
  take_text (&organisation->country_code, value, "CountryCode");
  take_text (&organisation->time_zone, value, "Timezone");
  organisation->default_tax_mode = decode_default_tax_mode (cs_json_get_string (value, "DefaultSalesTax"));
  if (!cs_currency_parse (cs_json_get_string_or_empty (value, "BaseCurrency"), &organisation->currency, error)
      || !cs_json_read_date (value, "PeriodLockDate", &organisation->period_lock, error)
      || !cs_json_read_date (value, "EndOfYearLockDate", &organisation->year_lock, error))
    return NULL;
  return g_steal_pointer (&organisation);
}

/** cs_xero_decode_organisation: Returns: (transfer full) (nullable): the answer to GET /Organisation (section
 * 11) */
CsLedgerOrganisation *
cs_xero_decode_organisation (GBytes *body, GError **error)
{
  GError *cause = NULL;
  g_autoptr (CsJsonDocument) document = cs_json_document_parse (body, &cause);
  g_autoptr (GPtrArray) records = NULL;

  if (document != NULL)
    records = decode_list (document, "Organisations", decode_organisation,
                           (GDestroyNotify)cs_ledger_organisation_free, &cause);
  if (records != NULL && records->len == 1)
    return g_ptr_array_steal_index (records, 0);
  g_propagate_error (error, cs_xero_bad_reply (cause));
  return NULL;
}

static CsXeroTenant *
decode_tenant (JsonObject *object)
{
  CsXeroTenant *tenant = g_new0 (CsXeroTenant, 1);

  tenant->connection_id = g_strdup (cs_small_json_get_string (object, "id"));
  tenant->tenant_id = g_strdup (cs_small_json_get_string (object, "tenantId"));
  tenant->tenant_name = g_strdup (cs_small_json_get_string (object, "tenantName"));
  tenant->tenant_type = g_strdup (cs_small_json_get_string (object, "tenantType"));
  if (tenant->tenant_name == NULL)
    tenant->tenant_name = g_strdup ("");
  if (cs_xero_id_is_set (tenant->connection_id) && cs_xero_id_is_set (tenant->tenant_id)
      && g_strcmp0 (tenant->tenant_type, "ORGANISATION") == 0)
    return tenant;
  cs_xero_tenant_free (tenant);
  return NULL;
}

/** cs_xero_decode_tenants: Returns: (transfer full) (nullable): of #CsXeroTenant: organisations alone (2.6)
 */
GPtrArray *
cs_xero_decode_tenants (GBytes *body, GError **error)
{
  g_autoptr (JsonNode) root = cs_small_json_parse (body, NULL);
  g_autoptr (GPtrArray) tenants = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_xero_tenant_free);
  JsonArray *array = root != NULL && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;

  if (array == NULL)
    {
      g_propagate_error (error, cs_xero_bad_reply (NULL));
      return NULL;
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      CsXeroTenant *tenant
          = JSON_NODE_HOLDS_OBJECT (element) ? decode_tenant (json_node_get_object (element)) : NULL;

      if (tenant != NULL)
        g_ptr_array_add (tenants, tenant);
    }
  return g_steal_pointer (&tenants);
}
