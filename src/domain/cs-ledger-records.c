/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-ledger-records.h"

/**
 * cs_ledger_contact_new:
 *
 * Returns: (transfer full): a contact of the ledger with empty strings
 */
CsLedgerContact *
cs_ledger_contact_new (void)
{
  CsLedgerContact *contact = g_new0 (CsLedgerContact, 1);

  contact->remote_id = g_strdup ("");
  contact->name = g_strdup ("");
  contact->email = g_strdup ("");
  contact->contact_number = g_strdup ("");
  contact->merged_into = g_strdup ("");
  return contact;
}

/**
 * cs_ledger_contact_free:
 * @contact: (transfer full) (nullable): a contact
 */
void
cs_ledger_contact_free (CsLedgerContact *contact)
{
  if (contact == NULL)
    return;
  g_free (contact->remote_id);
  g_free (contact->name);
  g_free (contact->email);
  g_free (contact->contact_number);
  g_free (contact->merged_into);
  g_free (contact);
}

/**
 * cs_ledger_account_new:
 *
 * Returns: (transfer full): an account of the ledger with empty strings
 */
CsLedgerAccount *
cs_ledger_account_new (void)
{
  CsLedgerAccount *account = g_new0 (CsLedgerAccount, 1);

  account->code = g_strdup ("");
  account->remote_id = g_strdup ("");
  account->name = g_strdup ("");
  account->type = g_strdup ("");
  account->class_name = g_strdup ("");
  account->tax_type = g_strdup ("");
  return account;
}

/**
 * cs_ledger_account_free:
 * @account: (transfer full) (nullable): an account
 */
void
cs_ledger_account_free (CsLedgerAccount *account)
{
  if (account == NULL)
    return;
  g_free (account->code);
  g_free (account->remote_id);
  g_free (account->name);
  g_free (account->type);
  g_free (account->class_name);
  g_free (account->tax_type);
  g_free (account);
}

/**
 * cs_ledger_tax_rate_new:
 *
 * Returns: (transfer full): a tax rate of the ledger with empty strings
 */
CsLedgerTaxRate *
cs_ledger_tax_rate_new (void)
{
  CsLedgerTaxRate *rate = g_new0 (CsLedgerTaxRate, 1);

  rate->tax_type = g_strdup ("");
  rate->name = g_strdup ("");
  return rate;
}

/**
 * cs_ledger_tax_rate_free:
 * @rate: (transfer full) (nullable): a tax rate
 */
void
cs_ledger_tax_rate_free (CsLedgerTaxRate *rate)
{
  if (rate == NULL)
    return;
  g_free (rate->tax_type);
  g_free (rate->name);
  g_free (rate);
}

/**
 * cs_ledger_organisation_new:
 *
 * Returns: (transfer full): an organisation of the ledger with empty strings, no dates
 */
CsLedgerOrganisation *
cs_ledger_organisation_new (void)
{
  CsLedgerOrganisation *organisation = g_new0 (CsLedgerOrganisation, 1);

  organisation->remote_id = g_strdup ("");
  organisation->name = g_strdup ("");
  organisation->short_code = g_strdup ("");
  organisation->country_code = g_strdup ("");
  organisation->time_zone = g_strdup ("");
  organisation->period_lock = CS_DATE_NONE;
  organisation->year_lock = CS_DATE_NONE;
  return organisation;
}

/**
 * cs_ledger_organisation_free:
 * @organisation: (transfer full) (nullable): an organisation
 */
void
cs_ledger_organisation_free (CsLedgerOrganisation *organisation)
{
  if (organisation == NULL)
    return;
  g_free (organisation->remote_id);
  g_free (organisation->name);
  g_free (organisation->short_code);
  g_free (organisation->country_code);
  g_free (organisation->time_zone);
  g_free (organisation);
}

/**
 * cs_ledger_line_new:
 *
 * Returns: (transfer full): a line of the ledger with empty strings
 */
CsLedgerLine *
cs_ledger_line_new (void)
{
  CsLedgerLine *line = g_new0 (CsLedgerLine, 1);

  line->remote_id = g_strdup ("");
  line->description = g_strdup ("");
  line->account_code = g_strdup ("");
  line->tax_type = g_strdup ("");
  return line;
}

/**
 * cs_ledger_line_free:
 * @line: (transfer full) (nullable): a line
 */
void
cs_ledger_line_free (CsLedgerLine *line)
{
  if (line == NULL)
    return;
  g_free (line->remote_id);
  g_free (line->description);
  g_free (line->account_code);
  g_free (line->tax_type);
  g_free (line);
}

/**
 * cs_ledger_payment_new:
 *
 * Returns: (transfer full): a payment of the ledger with empty strings, no dates
 */
CsLedgerPayment *
cs_ledger_payment_new (void)
{
  CsLedgerPayment *payment = g_new0 (CsLedgerPayment, 1);

  payment->remote_id = g_strdup ("");
  payment->kind = g_strdup ("");
  payment->number = g_strdup ("");
  payment->date = CS_DATE_NONE;
  return payment;
}

/**
 * cs_ledger_payment_free:
 * @payment: (transfer full) (nullable): a payment
 */
void
cs_ledger_payment_free (CsLedgerPayment *payment)
{
  if (payment == NULL)
    return;
  g_free (payment->remote_id);
  g_free (payment->kind);
  g_free (payment->number);
  g_free (payment);
}

/**
 * cs_ledger_invoice_new:
 *
 * Returns: (transfer full): an invoice of the ledger with empty strings, no dates, no lines and no payments
 */
CsLedgerInvoice *
cs_ledger_invoice_new (void)
{
  CsLedgerInvoice *invoice = g_new0 (CsLedgerInvoice, 1);

  invoice->remote_id = g_strdup ("");
  invoice->number = g_strdup ("");
  invoice->reference = g_strdup ("");
  invoice->contact_id = g_strdup ("");
  invoice->contact_name = g_strdup ("");
  invoice->date = CS_DATE_NONE;
  invoice->due = CS_DATE_NONE;
  invoice->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_line_free);
  invoice->payments = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_payment_free);
  return invoice;
}

/**
 * cs_ledger_invoice_free:
 * @invoice: (transfer full) (nullable): an invoice
 */
void
cs_ledger_invoice_free (CsLedgerInvoice *invoice)
{
  if (invoice == NULL)
    return;
  g_free (invoice->remote_id);
  g_free (invoice->number);
  g_free (invoice->reference);
  g_free (invoice->contact_id);
  g_free (invoice->contact_name);
  g_ptr_array_unref (invoice->lines);
  g_ptr_array_unref (invoice->payments);
  g_free (invoice);
}
