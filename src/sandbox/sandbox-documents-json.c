/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-documents.h"

/* The members and their order follow the sample of xero-accounting 9.5. */

const SandboxDocumentNames sandbox_document_names[SANDBOX_LISTS] = {
  [SANDBOX_LIST_INVOICES] = { "Invoices",
                              "InvoiceID",
                              "InvoiceNumber",
                              { "ACCREC", "ACCPAY" },
                              { "ACCREC", "ACCPAY" },
                              { "ACCRECPAYMENT", "ACCPAYPAYMENT" } },
  [SANDBOX_LIST_CREDIT_NOTES] = { "CreditNotes",
                                  "CreditNoteID",
                                  "CreditNoteNumber",
                                  { "ACCRECCREDIT", "ACCPAYCREDIT" },
                                  { "ACCRECCREDIT", "ACCPAYCREDIT" },
                                  { "ARCREDITPAYMENT", "APCREDITPAYMENT" } },
  [SANDBOX_LIST_PREPAYMENTS] = { "Prepayments",
                                 "PrepaymentID",
                                 NULL,
                                 { "RECEIVE-PREPAYMENT", "SPEND-PREPAYMENT" },
                                 { "ARPREPAYMENT", "APPREPAYMENT" },
                                 { "ARPREPAYMENTPAYMENT", "APPREPAYMENTPAYMENT" } },
  [SANDBOX_LIST_OVERPAYMENTS] = { "Overpayments",
                                  "OverpaymentID",
                                  NULL,
                                  { "RECEIVE-OVERPAYMENT", "SPEND-OVERPAYMENT" },
                                  { "AROVERPAYMENT", "APOVERPAYMENT" },
                                  { "AROVERPAYMENTPAYMENT", "APOVERPAYMENTPAYMENT" } },
};

/* No account, no status: only /Payments has those (xero-accounting 9.5). */
void
sandbox_document_write_payments (const SandboxInvoice *document, SandboxJson *json)
{
  sandbox_json_open (json, "Payments", '[');
  for (guint i = 0; i < document->payments->len; i++)
    {
      const SandboxPayment *payment = document->payments->pdata[i];

      sandbox_json_open (json, NULL, '{');
      sandbox_json_string (json, "PaymentID", payment->id);
      sandbox_json_instant (json, "Date", payment->day * SANDBOX_DAY_MS, "+0000");
      sandbox_json_decimal (json, "Amount", payment->amount, SANDBOX_MONEY_PLACES);
      sandbox_json_string (json, "Reference", payment->reference);
      sandbox_json_raw (json, "CurrencyRate", document->currency_rate);
      sandbox_json_bool (json, "HasAccount", FALSE);
      sandbox_json_bool (json, "HasValidationErrors", FALSE);
      sandbox_json_close (json, '}');
    }
  sandbox_json_close (json, ']');
}

/* What was applied of one kind of credit: allocations of the credit's own, not payments
 * (xero-accounting 10.2). */
static void
write_credits (const SandboxInvoice *invoice, SandboxList kind, SandboxJson *json)
{
  const SandboxDocumentNames *names = &sandbox_document_names[kind];

  sandbox_json_open (json, names->plural, '[');
  for (guint i = 0; i < invoice->allocations->len; i++)
    {
      const SandboxAllocation *allocation = invoice->allocations->pdata[i];
      const SandboxInvoice *credit = allocation->credit;

      if (credit->kind != kind)
        continue;
      sandbox_json_open (json, NULL, '{');
      sandbox_json_string (json, names->id, credit->id);
      if (names->number != NULL)
        sandbox_json_string (json, names->number, credit->number);
      sandbox_json_string (json, "ID", credit->id);
      sandbox_json_bool (json, "HasErrors", FALSE);
      sandbox_json_decimal (json, "AppliedAmount", allocation->amount, SANDBOX_MONEY_PLACES);
      sandbox_json_day (json, "Date", allocation->day);
      sandbox_json_raw (json, "LineItems", "[]");
      sandbox_json_decimal (json, "Total", credit->total, SANDBOX_MONEY_PLACES);
      sandbox_json_close (json, '}');
    }
  sandbox_json_close (json, ']');
}

void
sandbox_document_write_contact (const SandboxContact *contact, gboolean full, SandboxJson *json)
{
  if (contact == NULL)
    return;
  sandbox_json_open (json, "Contact", '{');
  sandbox_json_string (json, "ContactID", contact->id);
  if (full)
    {
      sandbox_json_string (json, "ContactNumber", contact->text[SANDBOX_CONTACT_NUMBER]);
      sandbox_json_string (json, "ContactStatus", contact->archived ? "ARCHIVED" : "ACTIVE");
    }
  sandbox_json_string (json, "Name", contact->text[SANDBOX_CONTACT_NAME]);
  sandbox_json_close (json, '}');
}

/* In lists a nested document is a stub, and its lists mean nothing; a credit note stands there as an invoice,
 * too (xero-accounting 10.2). */
void
sandbox_document_write_stub (const SandboxInvoice *document, SandboxJson *json)
{
  static const char *const empty[] = { "Payments", "CreditNotes", "Prepayments", "Overpayments" };

  sandbox_json_open (json, "Invoice", '{');
  sandbox_json_string (json, "Type", sandbox_document_names[document->kind].stub_types[document->bill]);
  sandbox_json_string (json, "InvoiceID", document->id);
  sandbox_json_string (json, "InvoiceNumber", document->number);
  for (guint i = 0; i < G_N_ELEMENTS (empty); i++)
    sandbox_json_raw (json, empty[i], "[]");
  sandbox_json_bool (json, "HasErrors", FALSE);
  sandbox_json_bool (json, "IsDiscounted", FALSE);
  sandbox_document_write_contact (document->contact, FALSE, json);
  sandbox_json_raw (json, "LineItems", "[]");
  sandbox_json_string (json, "CurrencyCode", document->currency);
  sandbox_json_close (json, '}');
}

/* Lists lack DiscountAmount although they have DiscountRate (xero-accounting 5.2). */
static void
write_line (const SandboxCall *call, const SandboxLine *line, SandboxDetail detail, SandboxJson *json)
{
  guint places = sandbox_call_unit_places (call);
  const SandboxAccount *account = sandbox_organisation_account (call->organisation, line->account_code);

  sandbox_json_open (json, NULL, '{');
  sandbox_json_string (json, "LineItemID", line->id);
  sandbox_json_string (json, "Description", line->description);
  sandbox_json_decimal (json, "Quantity", line->quantity, SANDBOX_FINE_PLACES);
  sandbox_json_decimal (json, "UnitAmount",
                        sandbox_decimal_round (line->unit_amount, SANDBOX_FINE_PLACES, places), places);
  sandbox_json_string (json, "ItemCode", line->item_code);
  sandbox_json_string (json, "AccountCode", line->account_code);
  if (account != NULL) /* spelt so in answers (xero-accounting 9.5) */
    sandbox_json_string (json, "AccountId", sandbox_organisation_account_id (call->organisation, account));
  sandbox_json_string (json, "TaxType", line->tax_type);
  sandbox_json_decimal (json, "TaxAmount", line->tax_amount, SANDBOX_MONEY_PLACES);
  sandbox_json_decimal (json, "LineAmount", line->amount, SANDBOX_MONEY_PLACES);
  if (line->discount_rate != 0)
    sandbox_json_decimal (json, "DiscountRate",
                          sandbox_decimal_round (line->discount_rate, SANDBOX_FINE_PLACES, 2), 2);
  if (line->discount_amount != 0
      && (detail == SANDBOX_DETAIL_SINGLE
          || !sandbox_call_assumes (call, SANDBOX_ASSUME_LISTS_LACK_DISCOUNT_AMOUNT)))
    sandbox_json_decimal (json, "DiscountAmount", line->discount_amount, SANDBOX_MONEY_PLACES);
  sandbox_json_raw (json, "Tracking", line->tracking != NULL ? line->tracking : "[]");
  sandbox_json_close (json, '}');
}

static void
write_amounts (const SandboxInvoice *invoice, SandboxJson *json)
{
  sandbox_json_decimal (json, "SubTotal", invoice->sub_total, SANDBOX_MONEY_PLACES);
  sandbox_json_decimal (json, "TotalTax", invoice->total_tax, SANDBOX_MONEY_PLACES);
  sandbox_json_decimal (json, "Total", invoice->total, SANDBOX_MONEY_PLACES);
}

void
sandbox_document_write_updated (gint64 updated_ms, SandboxJson *json)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (updated_ms == 0) /* it was refused, so it never was */
    return;
  sandbox_instant_append (text, updated_ms);
  g_string_append_c (text, 'Z');
  sandbox_json_instant (json, "UpdatedDateUTC", updated_ms, "+0000");
  sandbox_json_string (json, "UpdatedDateUTCString", text->str);
}

/* A summary is without Payments (xero-accounting 5.2). AmountDue of a draft is unconfirmed (16.11). */
static void
write_settlement (const SandboxCall *call,
                  const SandboxInvoice *invoice,
                  SandboxDetail detail,
                  SandboxJson *json)
{
  gint64 due = sandbox_invoice_due (invoice);

  if (invoice->status == SANDBOX_STATUS_DRAFT
      && !sandbox_call_assumes (call, SANDBOX_ASSUME_DRAFT_AMOUNT_DUE))
    due = 0;
  if (detail != SANDBOX_DETAIL_SUMMARY)
    sandbox_document_write_payments (invoice, json);
  for (SandboxList kind = SANDBOX_LIST_CREDIT_NOTES; kind <= SANDBOX_LIST_OVERPAYMENTS; kind++)
    write_credits (invoice, kind, json);
  sandbox_json_decimal (json, "AmountDue", due, SANDBOX_MONEY_PLACES);
  sandbox_json_decimal (json, "AmountPaid", invoice->paid, SANDBOX_MONEY_PLACES);
  sandbox_json_decimal (json, "AmountCredited", invoice->credited, SANDBOX_MONEY_PLACES);
}

static gboolean
is_discounted (const SandboxInvoice *invoice)
{
  for (guint i = 0; i < invoice->lines->len; i++)
    {
      const SandboxLine *line = invoice->lines->pdata[i];

      if (line->discount_rate != 0 || line->discount_amount != 0)
        return TRUE;
    }
  return FALSE;
}

/* An unpaged list has none of them (xero-accounting 5.2). */
void
sandbox_document_write_lines (const SandboxCall *call,
                              const SandboxInvoice *document,
                              SandboxDetail detail,
                              SandboxJson *json)
{
  if (detail == SANDBOX_DETAIL_SUMMARY)
    return;
  sandbox_json_open (json, "LineItems", '[');
  for (guint i = 0; detail != SANDBOX_DETAIL_UNPAGED && i < document->lines->len; i++)
    write_line (call, document->lines->pdata[i], detail, json);
  sandbox_json_close (json, ']');
}

void
sandbox_document_write (const SandboxCall *call,
                        const SandboxInvoice *invoice,
                        SandboxDetail detail,
                        SandboxJson *json)
{
  sandbox_json_string (json, "Type", sandbox_document_names[invoice->kind].types[invoice->bill]);
  sandbox_json_string (json, "InvoiceID", invoice->id);
  sandbox_json_text (json, "InvoiceNumber", invoice->number);
  sandbox_json_text (json, "Reference", invoice->reference);
  sandbox_json_string (json, "Url", invoice->url);
  write_settlement (call, invoice, detail, json);
  sandbox_json_bool (json, "SentToContact", invoice->sent);
  sandbox_json_raw (json, "CurrencyRate",
                    invoice->currency_rate != NULL ? invoice->currency_rate : "1.000000");
  sandbox_json_bool (json, "IsDiscounted", is_discounted (invoice));
  if (detail != SANDBOX_DETAIL_SUMMARY)
    sandbox_json_bool (json, "HasAttachments", FALSE);
  sandbox_document_write_contact (invoice->contact,
                                  detail == SANDBOX_DETAIL_SINGLE || detail == SANDBOX_DETAIL_PAGED, json);
  sandbox_json_day (json, "Date", invoice->day);
  sandbox_json_day (json, "DueDate", invoice->due_day);
  if (invoice->status == SANDBOX_STATUS_PAID && invoice->paid_day != SANDBOX_NO_DAY)
    sandbox_json_instant (json, "FullyPaidOnDate", invoice->paid_day * SANDBOX_DAY_MS, "+0000");
  sandbox_json_string (json, "BrandingThemeID", invoice->theme_id);
  sandbox_json_string (json, "Status", sandbox_status_names[invoice->status]);
  sandbox_json_string (json, "LineAmountTypes", sandbox_amounts_names[invoice->amounts]);
  sandbox_document_write_lines (call, invoice, detail, json);
  write_amounts (invoice, json);
  sandbox_document_write_updated (invoice->updated_ms, json);
  sandbox_json_string (json, "CurrencyCode", invoice->currency);
}

/* A credit note, prepayment or overpayment (xero-accounting 10.4). */
void
sandbox_credit_write (const SandboxCall *call,
                      const SandboxInvoice *credit,
                      SandboxDetail detail,
                      SandboxJson *json)
{
  const SandboxDocumentNames *names = &sandbox_document_names[credit->kind];

  sandbox_json_string (json, names->id, credit->id);
  if (names->number != NULL)
    sandbox_json_text (json, names->number, credit->number);
  sandbox_json_string (json, "ID", credit->id);
  sandbox_json_string (json, "Type", names->types[credit->bill]);
  sandbox_json_string (json, "Reference", credit->reference);
  sandbox_document_write_payments (credit, json);
  sandbox_json_decimal (json, "RemainingCredit", sandbox_invoice_due (credit), SANDBOX_MONEY_PLACES);
  sandbox_json_open (json, "Allocations", '[');
  for (guint i = 0; i < credit->allocations->len; i++)
    {
      const SandboxAllocation *allocation = credit->allocations->pdata[i];

      sandbox_json_open (json, NULL, '{');
      sandbox_json_string (json, "AllocationID", allocation->id);
      sandbox_json_decimal (json, "Amount", allocation->amount, SANDBOX_MONEY_PLACES);
      sandbox_json_day (json, "Date", allocation->day);
      sandbox_document_write_stub (allocation->invoice, json);
      sandbox_json_close (json, '}');
    }
  sandbox_json_close (json, ']');
  sandbox_json_raw (json, "CurrencyRate", credit->currency_rate != NULL ? credit->currency_rate : "1.000000");
  sandbox_json_bool (json, "HasAttachments", FALSE);
  sandbox_json_bool (json, "HasErrors", FALSE);
  sandbox_document_write_contact (credit->contact, detail != SANDBOX_DETAIL_UNPAGED, json);
  sandbox_json_day (json, "Date", credit->day);
  if (credit->status == SANDBOX_STATUS_PAID && credit->paid_day != SANDBOX_NO_DAY)
    sandbox_json_instant (json, "FullyPaidOnDate", credit->paid_day * SANDBOX_DAY_MS, "+0000");
  if (credit->kind != SANDBOX_LIST_OVERPAYMENTS)
    sandbox_json_string (json, "BrandingThemeID", credit->theme_id);
  sandbox_json_string (json, "Status", sandbox_status_names[credit->status]);
  sandbox_json_string (json, "LineAmountTypes", sandbox_amounts_names[credit->amounts]);
  sandbox_document_write_lines (call, credit, detail, json);
  write_amounts (credit, json);
  sandbox_document_write_updated (credit->updated_ms, json);
  sandbox_json_string (json, "CurrencyCode", credit->currency);
}
