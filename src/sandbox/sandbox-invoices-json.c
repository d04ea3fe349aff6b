/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-invoices.h"

/* The members and their order follow the sample of xero-accounting 9.5. */

static void
write_payments (const SandboxInvoice *invoice, SandboxJson *json)
{
  sandbox_json_open (json, "Payments", '[');
  for (guint i = 0; i < invoice->payments->len; i++)
    {
      const SandboxPayment *payment = invoice->payments->pdata[i];

      /* No account, no status: only /Payments has those (xero-accounting 9.5). */
      sandbox_json_open (json, NULL, '{');
      sandbox_json_string (json, "PaymentID", payment->id);
      sandbox_json_instant (json, "Date", payment->day * SANDBOX_DAY_MS, "+0000");
      sandbox_json_decimal (json, "Amount", payment->amount, SANDBOX_MONEY_PLACES);
      sandbox_json_string (json, "Reference", payment->reference);
      sandbox_json_raw (json, "CurrencyRate", invoice->currency_rate);
      sandbox_json_bool (json, "HasAccount", FALSE);
      sandbox_json_bool (json, "HasValidationErrors", FALSE);
      sandbox_json_close (json, '}');
    }
  sandbox_json_close (json, ']');
}

static void
write_credits (const SandboxInvoice *invoice, SandboxJson *json)
{
  sandbox_json_open (json, "CreditNotes", '[');
  for (guint i = 0; i < invoice->credits->len; i++)
    {
      const SandboxCredit *credit = invoice->credits->pdata[i];

      sandbox_json_open (json, NULL, '{');
      sandbox_json_string (json, "CreditNoteID", credit->id);
      sandbox_json_string (json, "CreditNoteNumber", credit->number);
      sandbox_json_string (json, "ID", credit->id);
      sandbox_json_bool (json, "HasErrors", FALSE);
      sandbox_json_decimal (json, "AppliedAmount", credit->applied, SANDBOX_MONEY_PLACES);
      sandbox_json_day (json, "Date", credit->day);
      sandbox_json_raw (json, "LineItems", "[]");
      sandbox_json_decimal (json, "Total", credit->applied, SANDBOX_MONEY_PLACES);
      sandbox_json_close (json, '}');
    }
  sandbox_json_close (json, ']');
}

static void
write_contact_stub (const SandboxContact *contact, gboolean full, SandboxJson *json)
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

static void
write_line (const SandboxCall *call, const SandboxLine *line, SandboxJson *json)
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
  if (account != NULL)
    {
      g_autofree char *id = sandbox_organisation_make_id (call->organisation, "account", account->code);

      sandbox_json_string (json, "AccountId", id); /* spelt so in answers (xero-accounting 9.5) */
    }
  sandbox_json_string (json, "TaxType", line->tax_type);
  sandbox_json_decimal (json, "TaxAmount", line->tax_amount, SANDBOX_MONEY_PLACES);
  sandbox_json_decimal (json, "LineAmount", line->amount, SANDBOX_MONEY_PLACES);
  if (line->discount_rate != 0)
    sandbox_json_decimal (json, "DiscountRate",
                          sandbox_decimal_round (line->discount_rate, SANDBOX_FINE_PLACES, 2), 2);
  if (line->discount_amount != 0)
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

static void
write_updated (const SandboxInvoice *invoice, SandboxJson *json)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (invoice->updated_ms == 0) /* it was refused, so it never was */
    return;
  sandbox_instant_append (text, invoice->updated_ms);
  g_string_append_c (text, 'Z');
  sandbox_json_instant (json, "UpdatedDateUTC", invoice->updated_ms, "+0000");
  sandbox_json_string (json, "UpdatedDateUTCString", text->str);
}

static void
write_settlement (const SandboxInvoice *invoice, SandboxInvoiceDetail detail, SandboxJson *json)
{
  if (detail == SANDBOX_INVOICE_SUMMARY) /* without Payments (xero-accounting 5.2) */
    sandbox_json_raw (json, "CreditNotes", "[]");
  else
    {
      write_payments (invoice, json);
      write_credits (invoice, json);
    }
  sandbox_json_raw (json, "Prepayments", "[]");
  sandbox_json_raw (json, "Overpayments", "[]");
  sandbox_json_decimal (json, "AmountDue", sandbox_invoice_due (invoice), SANDBOX_MONEY_PLACES);
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

static void
write_lines (const SandboxCall *call,
             const SandboxInvoice *invoice,
             SandboxInvoiceDetail detail,
             SandboxJson *json)
{
  if (detail == SANDBOX_INVOICE_SUMMARY)
    return;
  sandbox_json_open (json, "LineItems", '[');
  for (guint i = 0; detail == SANDBOX_INVOICE_FULL && i < invoice->lines->len; i++)
    write_line (call, invoice->lines->pdata[i], json);
  sandbox_json_close (json, ']');
}

void
sandbox_invoice_write (const SandboxCall *call,
                       const SandboxInvoice *invoice,
                       SandboxInvoiceDetail detail,
                       SandboxJson *json)
{
  sandbox_json_string (json, "Type", invoice->bill ? "ACCPAY" : "ACCREC");
  sandbox_json_string (json, "InvoiceID", invoice->id);
  sandbox_json_text (json, "InvoiceNumber", invoice->number);
  sandbox_json_text (json, "Reference", invoice->reference);
  sandbox_json_string (json, "Url", invoice->url);
  write_settlement (invoice, detail, json);
  sandbox_json_bool (json, "SentToContact", invoice->sent);
  sandbox_json_raw (json, "CurrencyRate",
                    invoice->currency_rate != NULL ? invoice->currency_rate : "1.000000");
  sandbox_json_bool (json, "IsDiscounted", is_discounted (invoice));
  if (detail != SANDBOX_INVOICE_SUMMARY)
    sandbox_json_bool (json, "HasAttachments", FALSE);
  write_contact_stub (invoice->contact, detail == SANDBOX_INVOICE_FULL, json);
  sandbox_json_day (json, "Date", invoice->day);
  sandbox_json_day (json, "DueDate", invoice->due_day);
  if (invoice->status == SANDBOX_STATUS_PAID && invoice->paid_day != SANDBOX_NO_DAY)
    sandbox_json_instant (json, "FullyPaidOnDate", invoice->paid_day * SANDBOX_DAY_MS, "+0000");
  sandbox_json_string (json, "BrandingThemeID", invoice->theme_id);
  sandbox_json_string (json, "Status", sandbox_status_names[invoice->status]);
  sandbox_json_string (json, "LineAmountTypes", sandbox_amounts_names[invoice->amounts]);
  write_lines (call, invoice, detail, json);
  write_amounts (invoice, json);
  write_updated (invoice, json);
  sandbox_json_string (json, "CurrencyCode", invoice->currency);
}
