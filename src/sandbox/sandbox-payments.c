/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-payments.h"

#include "sandbox-query.h"

enum
{
  FIELD_ID,
  FIELD_STATUS,
  FIELD_TYPE,
  FIELD_REFERENCE,
  FIELD_INVOICE_ID,
  FIELD_DATE,
  FIELD_UPDATED
};

static const SandboxFieldRule payment_fields[]
    = { [FIELD_ID] = { "PaymentID", SANDBOX_FIELD_TEXT },
        [FIELD_STATUS] = { "Status", SANDBOX_FIELD_TEXT },
        [FIELD_TYPE] = { "PaymentType", SANDBOX_FIELD_TEXT },
        [FIELD_REFERENCE] = { "Reference", SANDBOX_FIELD_TEXT },
        [FIELD_INVOICE_ID] = { "Invoice.InvoiceID", SANDBOX_FIELD_TEXT },
        [FIELD_DATE] = { "Date", SANDBOX_FIELD_INSTANT },
        [FIELD_UPDATED] = { "UpdatedDateUTC", SANDBOX_FIELD_INSTANT },
        { NULL } };

static const char *
status_name (const SandboxPayment *payment)
{
  return payment->deleted ? "DELETED" : "AUTHORISED";
}

static const char *
type_name (const SandboxPayment *payment)
{
  return payment->invoice->bill ? "ACCPAYPAYMENT" : "ACCRECPAYMENT";
}

static SandboxFieldValue
payment_value (gconstpointer row, guint field)
{
  const SandboxPayment *payment = row;

  switch (field)
    {
    case FIELD_ID:
      return (SandboxFieldValue){ .text = payment->id };
    case FIELD_STATUS:
      return (SandboxFieldValue){ .text = status_name (payment) };
    case FIELD_TYPE:
      return (SandboxFieldValue){ .text = type_name (payment) };
    case FIELD_REFERENCE:
      return (SandboxFieldValue){ .text = payment->reference };
    case FIELD_INVOICE_ID:
      return (SandboxFieldValue){ .text = payment->invoice->id };
    case FIELD_DATE:
      return (SandboxFieldValue){ .number = payment->day * SANDBOX_DAY_MS };
    case FIELD_UPDATED:
      return (SandboxFieldValue){ .number = payment->updated_ms };
    default:
      g_assert_not_reached ();
    }
}

static const SandboxQueryRules payment_rules
    = { payment_fields, payment_value, "UpdatedDateUTC ASC, PaymentID ASC" };

/* In lists the nested invoice is a stub, and its lists mean nothing (xero-accounting 10.2). */
static void
write_invoice_stub (const SandboxInvoice *invoice, SandboxJson *json)
{
  static const char *const empty[] = { "Payments", "CreditNotes", "Prepayments", "Overpayments" };

  sandbox_json_open (json, "Invoice", '{');
  sandbox_json_string (json, "Type", invoice->bill ? "ACCPAY" : "ACCREC");
  sandbox_json_string (json, "InvoiceID", invoice->id);
  sandbox_json_string (json, "InvoiceNumber", invoice->number);
  for (guint i = 0; i < G_N_ELEMENTS (empty); i++)
    sandbox_json_raw (json, empty[i], "[]");
  sandbox_json_bool (json, "HasErrors", FALSE);
  sandbox_json_bool (json, "IsDiscounted", FALSE);
  sandbox_json_open (json, "Contact", '{');
  sandbox_json_string (json, "ContactID", invoice->contact->id);
  sandbox_json_string (json, "Name", invoice->contact->text[SANDBOX_CONTACT_NAME]);
  sandbox_json_close (json, '}');
  sandbox_json_raw (json, "LineItems", "[]");
  sandbox_json_string (json, "CurrencyCode", invoice->currency);
  sandbox_json_close (json, '}');
}

static void
write_payment (const SandboxCall *call, const SandboxPayment *payment, SandboxJson *json)
{
  g_autofree char *account_id
      = sandbox_organisation_make_id (call->organisation, "account", payment->account_code);

  sandbox_json_open (json, NULL, '{');
  sandbox_json_string (json, "PaymentID", payment->id);
  sandbox_json_instant (json, "Date", payment->day * SANDBOX_DAY_MS, "+0000");
  sandbox_json_decimal (json, "BankAmount", payment->amount, SANDBOX_MONEY_PLACES);
  sandbox_json_decimal (json, "Amount", payment->amount, SANDBOX_MONEY_PLACES);
  sandbox_json_string (json, "Reference", payment->reference);
  sandbox_json_raw (json, "CurrencyRate", payment->invoice->currency_rate);
  sandbox_json_string (json, "PaymentType", type_name (payment));
  sandbox_json_string (json, "Status", status_name (payment));
  sandbox_json_instant (json, "UpdatedDateUTC", payment->updated_ms, "+0000");
  sandbox_json_bool (json, "HasAccount", TRUE);
  sandbox_json_bool (json, "IsReconciled", payment->reconciled);
  sandbox_json_open (json, "Account", '{');
  sandbox_json_string (json, "AccountID", account_id);
  sandbox_json_string (json, "Code", payment->account_code);
  sandbox_json_close (json, '}');
  write_invoice_stub (payment->invoice, json);
  sandbox_json_bool (json, "HasValidationErrors", FALSE);
  sandbox_json_close (json, '}');
}

static GPtrArray *
select_payments (const SandboxCall *call, GError **error)
{
  g_autoptr (SandboxFilter) filter
      = sandbox_filter_new (&payment_rules, sandbox_request_query (call->request, "where"), error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  gint64 since = sandbox_modified_since (call);

  if (filter == NULL)
    return NULL;
  for (guint i = 0; i < call->organisation->payments->len; i++)
    {
      SandboxPayment *payment = call->organisation->payments->pdata[i];

      if (payment->updated_ms >= since
          && (call->element == NULL || g_ascii_strcasecmp (payment->id, call->element) == 0)
          && sandbox_filter_matches (filter, payment))
        g_ptr_array_add (rows, payment);
    }
  if (!sandbox_order_rows (&payment_rules, sandbox_request_query (call->request, "order"), rows, error))
    return NULL;
  return g_steal_pointer (&rows);
}

void
sandbox_payments_get (const SandboxCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = select_payments (call, &error);
  g_auto (SandboxJson) json = { NULL };
  SandboxPage page;

  if (rows == NULL)
    {
      sandbox_reply_exception (call->reply, 16, "QueryParseException", error->message);
      return;
    }
  if (call->action != NULL || (call->element != NULL && rows->len == 0))
    {
      sandbox_reply_not_found (call->reply);
      return;
    }
  page = sandbox_page_cut (call, FALSE, rows->len);
  sandbox_json_init (&json);
  sandbox_call_open_envelope (call, &json);
  sandbox_page_write (&page, rows->len, &json);
  sandbox_json_open (&json, "Payments", '[');
  for (guint i = page.first; i < page.end; i++)
    write_payment (call, rows->pdata[i], &json);
  sandbox_json_close (&json, ']');
  sandbox_json_close (&json, '}');
  sandbox_reply_json (call->reply, SOUP_STATUS_OK, &json);
}

/* As if the bookkeeper had entered it in the ledger: the invoice's own UpdatedDateUTC moves, too. */
SandboxPayment *
sandbox_payment_take (SandboxOrganisation *organisation,
                      SandboxInvoice *invoice,
                      gint64 amount,
                      int day,
                      gint64 now_ms)
{
  g_autofree char *id = g_uuid_string_random ();
  SandboxPayment *payment = sandbox_payment_new (id);

  payment->account_code = g_strdup ("090");
  payment->invoice = invoice;
  payment->day = day;
  payment->amount = amount;
  payment->reconciled = TRUE;
  payment->updated_ms = invoice->updated_ms = now_ms;
  sandbox_organisation_add_payment (organisation, payment);
  sandbox_organisation_settle (invoice, day);
  return payment;
}
