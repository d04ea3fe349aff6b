/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-payments.h"

#include "sandbox-actions.h"
#include "sandbox-documents.h"
#include "sandbox-notes.h"
#include "sandbox-settlement.h"

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

static const SandboxFieldRule payment_fields[] = {
  [FIELD_ID] = { "PaymentID", SANDBOX_FIELD_TEXT, SANDBOX_FAST_EQUAL | SANDBOX_FAST_OR | SANDBOX_FAST_ORDER },
  [FIELD_STATUS] = { "Status", SANDBOX_FIELD_TEXT, SANDBOX_FAST_EQUAL },
  [FIELD_TYPE] = { "PaymentType", SANDBOX_FIELD_TEXT, SANDBOX_FAST_EQUAL },
  [FIELD_REFERENCE] = { "Reference", SANDBOX_FIELD_TEXT, SANDBOX_FAST_EQUAL },
  [FIELD_INVOICE_ID] = { "Invoice.InvoiceID", SANDBOX_FIELD_TEXT, SANDBOX_FAST_EQUAL | SANDBOX_FAST_OR },
  [FIELD_DATE]
  = { "Date", SANDBOX_FIELD_INSTANT, SANDBOX_FAST_EQUAL | SANDBOX_FAST_RANGE | SANDBOX_FAST_ORDER },
  [FIELD_UPDATED] = { "UpdatedDateUTC", SANDBOX_FIELD_INSTANT, SANDBOX_FAST_ORDER },
  { NULL, SANDBOX_FIELD_TEXT, 0 },
};

static const char *
status_name (const SandboxPayment *payment)
{
  return payment->deleted ? "DELETED" : "AUTHORISED";
}

static const char *
type_name (const SandboxPayment *payment)
{
  return sandbox_document_names[payment->invoice->kind].payments[payment->invoice->bill];
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

static const char *
account_id (const SandboxCall *call, const SandboxPayment *payment)
{
  const SandboxAccount *account = sandbox_organisation_account (call->organisation, payment->account_code);

  return account != NULL ? sandbox_organisation_account_id (call->organisation, account) : NULL;
}

void
sandbox_payment_write_members (const SandboxCall *call, gconstpointer record, SandboxJson *json)
{
  const SandboxPayment *payment = record;

  sandbox_json_string (json, "PaymentID", payment->id);
  sandbox_json_instant (json, "Date", payment->day * SANDBOX_DAY_MS, "+0000");
  sandbox_json_decimal (json, "BankAmount", payment->amount, SANDBOX_MONEY_PLACES);
  sandbox_json_decimal (json, "Amount", payment->amount, SANDBOX_MONEY_PLACES);
  sandbox_json_string (json, "Reference", payment->reference);
  if (payment->invoice != NULL)
    {
      sandbox_json_raw (json, "CurrencyRate", payment->invoice->currency_rate);
      sandbox_json_string (json, "PaymentType", type_name (payment));
    }
  sandbox_json_string (json, "Status", status_name (payment));
  sandbox_document_write_updated (payment->updated_ms, json);
  sandbox_json_bool (json, "HasAccount", TRUE);
  sandbox_json_bool (json, "IsReconciled", payment->reconciled);
  sandbox_json_open (json, "Account", '{');
  sandbox_json_string (json, "AccountID", account_id (call, payment));
  sandbox_json_string (json, "Code", payment->account_code);
  sandbox_json_close (json, '}');
  if (payment->invoice != NULL)
    sandbox_document_write_stub (payment->invoice, json);
}

static void
write_payment (const SandboxCall *call, gconstpointer record, SandboxDetail detail, SandboxJson *json)
{
  sandbox_payment_write_members (call, record, json);
  sandbox_json_bool (json, "HasValidationErrors", FALSE);
}

static const SandboxListing listing = {
  "Payments", SANDBOX_LIST_PAYMENTS, { payment_fields, payment_value }, write_payment, NULL,
};

void
sandbox_payments_serve (const SandboxCall *call)
{
  gboolean is_get = sandbox_request_is (call->request, "GET");
  SandboxPayment *payment
      = sandbox_organisation_record (call->organisation, SANDBOX_LIST_PAYMENTS, call->element);

  if (is_get && !sandbox_actions_allow (call, SANDBOX_ACTION_VIEW_PAYMENTS))
    sandbox_actions_refuse (call->reply);
  else if (payment != NULL && call->part == NULL && call->action != NULL
           && g_ascii_strcasecmp (call->action, "History") == 0)
    sandbox_notes_serve (call, payment->id);
  else if (call->action != NULL)
    sandbox_reply_not_found (call->reply);
  else if (is_get && call->element == NULL)
    sandbox_list_serve (call, &listing, NULL, FALSE);
  else if (is_get)
    sandbox_list_serve_single (call, &listing, payment);
  else if (sandbox_call_is_write (call))
    sandbox_payments_write (call);
  else
    sandbox_reply_not_implemented (call->reply);
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

  payment->account_code = "090";
  payment->invoice = invoice;
  payment->day = day;
  payment->amount = amount;
  payment->reconciled = TRUE;
  payment->updated_ms = now_ms;
  sandbox_settlement_add_payment (organisation, payment);
  sandbox_settlement_settle (invoice, day);
  sandbox_settlement_stamp (organisation, invoice, now_ms);
  return payment;
}
