/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-payments.h"

#include "sandbox-actions.h"
#include "sandbox-documents.h"
#include "sandbox-settlement.h"

/* What is paid: exactly one of these members says so (xero-accounting 10.3). */
static const struct
{
  const char *member;
  SandboxList kind;
} payables[] = {
  { "Invoice", SANDBOX_LIST_INVOICES },
  { "CreditNote", SANDBOX_LIST_CREDIT_NOTES },
  { "Prepayment", SANDBOX_LIST_PREPAYMENTS },
  { "Overpayment", SANDBOX_LIST_OVERPAYMENTS },
};

static SandboxInvoice *
find_document (const SandboxCall *call, yyjson_val *element, SandboxOutcome *outcome)
{
  SandboxInvoice *found = NULL;
  guint named = 0;

  for (guint i = 0; i < G_N_ELEMENTS (payables); i++)
    {
      const SandboxDocumentNames *names = &sandbox_document_names[payables[i].kind];
      yyjson_val *member = sandbox_json_get (element, payables[i].member);
      const char *id = sandbox_json_get_text (member, names->id);

      if (member == NULL)
        continue;
      named++;
      if (!sandbox_id_check (outcome, id))
        return NULL;
      if (id == NULL && names->number != NULL)
        id = sandbox_json_get_text (member, names->number);
      found = sandbox_organisation_document (call->organisation, payables[i].kind, id);
    }
  if (named != 1)
    sandbox_outcome_refuse (
        outcome, "A payment must be for exactly one Invoice, CreditNote, Prepayment or Overpayment.");
  else if (found == NULL)
    sandbox_outcome_refuse (outcome, "The document with the supplied id was not found for this endpoint.");
  return named == 1 ? found : NULL;
}

/* A bank account, or one that takes payments. */
static const SandboxAccount *
find_account (const SandboxCall *call, yyjson_val *element, SandboxOutcome *outcome)
{
  yyjson_val *member = sandbox_json_get (element, "Account");
  const char *id = sandbox_json_get_text (member, "AccountID");
  const SandboxAccount *account;

  if (!sandbox_id_check (outcome, id))
    return NULL;
  account = id != NULL
                ? sandbox_organisation_account_by_id (call->organisation, id)
                : sandbox_organisation_account (call->organisation, sandbox_json_get_text (member, "Code"));
  if (account != NULL && !account->archived
      && (g_str_equal (account->type, "BANK") || account->payments_enabled))
    return account;
  sandbox_outcome_refuse (outcome, "Account must be valid.");
  return NULL;
}

static void
check_document (const SandboxCall *call,
                const SandboxInvoice *document,
                const SandboxPayment *payment,
                SandboxOutcome *outcome)
{
  if (document->status != SANDBOX_STATUS_AUTHORISED && document->status != SANDBOX_STATUS_PAID)
    sandbox_outcome_refuse (outcome, "Payments can only be made against Authorised documents");
  else if (payment->amount <= 0)
    sandbox_outcome_refuse (outcome, "Payment amount must be greater than zero");
  else if (payment->amount > sandbox_invoice_due (document))
    sandbox_outcome_refuse (outcome, "Payment amount exceeds the amount outstanding on this document");
  if (sandbox_organisation_is_locked (call->organisation, payment->day))
    sandbox_outcome_refuse (outcome, "The document date cannot be before the period lock date.");
}

static void
create (const SandboxCall *call, yyjson_val *element, SandboxOutcome *outcome)
{
  g_autofree char *id = g_uuid_string_random ();
  SandboxPayment *payment = sandbox_payment_new (id);
  const char *date = sandbox_json_get_text (element, "Date");
  const SandboxAccount *account = find_account (call, element, outcome);

  outcome->record = payment;
  outcome->free_record = (GDestroyNotify)sandbox_payment_free;
  payment->invoice = find_document (call, element, outcome);
  payment->account_code = account != NULL ? account->code : NULL;
  payment->reference = g_strdup (sandbox_json_get_text (element, "Reference"));
  payment->reconciled = sandbox_json_get_bool (element, "IsReconciled");
  payment->day = sandbox_clock_today (&call->world->clock);
  if ((date != NULL && !sandbox_day_parse (date, &payment->day))
      || !sandbox_decimal_parse (sandbox_json_get_text (element, "Amount"), SANDBOX_MONEY_PLACES,
                                 &payment->amount))
    {
      sandbox_outcome_malformed (outcome, "The Amount or the Date could not be read.");
      return;
    }
  if (payment->invoice != NULL)
    check_document (call, payment->invoice, payment, outcome);
  if (outcome->result != SANDBOX_WRITE_OK)
    sandbox_id_copy (payment->id, SANDBOX_ID_ZERO);
  if (outcome->result != SANDBOX_WRITE_OK || call->rehearsal)
    return;
  outcome->free_record = NULL;
  payment->updated_ms = sandbox_call_now_ms (call);
  sandbox_settlement_add_payment (call->organisation, payment);
  sandbox_settlement_settle (payment->invoice, payment->day);
  sandbox_settlement_stamp (call->organisation, payment->invoice, payment->updated_ms);
}

/* The invoice follows: its amounts, its status (unconfirmed, xero-accounting 16.10) and its UpdatedDateUTC.
 */
static void
remove_payment (const SandboxCall *call,
                SandboxPayment *payment,
                yyjson_val *element,
                SandboxOutcome *outcome)
{
  const char *status = sandbox_json_get_text (element, "Status");
  gboolean has_id = sandbox_json_get (element, "PaymentID") != NULL;

  if (yyjson_obj_size (element) != (has_id ? 2 : 1) || g_strcmp0 (status, "DELETED") != 0)
    sandbox_outcome_refuse (outcome, "Only Status accepted for updates.");
  else if (payment->deleted)
    sandbox_outcome_refuse (outcome, "Payment not of valid status for modification");
  else if (sandbox_organisation_is_locked (call->organisation, payment->day))
    sandbox_outcome_refuse (outcome, "The document date cannot be before the period lock date.");
  if (outcome->result != SANDBOX_WRITE_OK || call->rehearsal)
    return;
  payment->updated_ms = sandbox_call_now_ms (call);
  sandbox_settlement_remove_payment (call->organisation, payment,
                                     sandbox_call_assumes (call, SANDBOX_ASSUME_DELETED_PAYMENTS_VANISH));
  if (sandbox_call_assumes (call, SANDBOX_ASSUME_PAYMENT_REMOVAL_REOPENS))
    sandbox_settlement_reopen (payment->invoice);
  sandbox_settlement_stamp (call->organisation, payment->invoice, payment->updated_ms);
}

/* PUT makes one; POST makes one, too, unless it names one, which can only be deleted. */
static void
apply_payment (const SandboxCall *call, yyjson_val *element, SandboxOutcome *outcome)
{
  const char *id = sandbox_json_get_text (element, "PaymentID");
  SandboxPayment *payment;

  if (!sandbox_actions_allow (call, SANDBOX_ACTION_CREATE_INVOICE_PAYMENT))
    {
      sandbox_outcome_forbid (outcome);
      return;
    }
  if (id == NULL)
    id = call->element;
  if (id == NULL || sandbox_request_is (call->request, "PUT"))
    {
      create (call, element, outcome);
      return;
    }
  if (!sandbox_id_check (outcome, id))
    return;
  payment = sandbox_organisation_record (call->organisation, SANDBOX_LIST_PAYMENTS, id);
  outcome->record = payment;
  if (payment == NULL)
    sandbox_outcome_refuse (outcome, "The document with the supplied id was not found for this endpoint.");
  else
    remove_payment (call, payment, element, outcome);
}

void
sandbox_payments_write (const SandboxCall *call)
{
  if (call->element != NULL && sandbox_request_is (call->request, "PUT"))
    sandbox_reply_not_found (call->reply);
  else
    sandbox_write_elements (call, "Payments", apply_payment, sandbox_payment_write_members);
}
