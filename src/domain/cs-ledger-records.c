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

static void
line_clear (CsLedgerLine *line)
{
  g_free (line->remote_id);
  g_free (line->description);
  g_free (line->account_code);
  g_free (line->tax_type);
}

static void
payment_clear (CsLedgerPayment *payment)
{
  g_free (payment->remote_id);
  g_free (payment->kind);
  g_free (payment->number);
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
  return invoice;
}

/**
 * cs_ledger_invoice_new_in:
 * @arena: where the invoice lies, and whoever fills it in puts its texts, lines and payments
 *
 * Returns: (transfer full): an invoice of the ledger with no dates, no lines and no payments; its strings are
 * still to be set
 */
CsLedgerInvoice *
cs_ledger_invoice_new_in (CsArena *arena)
{
  CsLedgerInvoice *invoice = cs_arena_new_array (arena, CsLedgerInvoice, 1);

  invoice->date = CS_DATE_NONE;
  invoice->due = CS_DATE_NONE;
  invoice->arena = cs_arena_ref (arena);
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
  if (invoice->arena != NULL)
    {
      cs_arena_unref (invoice->arena);
      return;
    }
  g_free (invoice->remote_id);
  g_free (invoice->number);
  g_free (invoice->reference);
  g_free (invoice->contact_id);
  g_free (invoice->contact_name);
  for (guint i = 0; i < invoice->n_lines; i++)
    line_clear (&invoice->lines[i]);
  for (guint i = 0; i < invoice->n_payments; i++)
    payment_clear (&invoice->payments[i]);
  g_free (invoice->lines);
  g_free (invoice->payments);
  g_free (invoice);
}

/**
 * cs_ledger_invoice_add_line:
 * @invoice: an invoice that lies in no arena
 *
 * Returns: (transfer none): one more line, with empty strings; it stays there until the next is added
 */
CsLedgerLine *
cs_ledger_invoice_add_line (CsLedgerInvoice *invoice)
{
  CsLedgerLine *line;

  g_assert (invoice->arena == NULL);

  invoice->lines = g_renew (CsLedgerLine, invoice->lines, invoice->n_lines + 1);
  line = &invoice->lines[invoice->n_lines++];
  *line = (CsLedgerLine){
    .remote_id = g_strdup (""),
    .description = g_strdup (""),
    .account_code = g_strdup (""),
    .tax_type = g_strdup (""),
  };
  return line;
}

/**
 * cs_ledger_invoice_add_payment:
 * @invoice: an invoice that lies in no arena
 *
 * Returns: (transfer none): one more payment, with empty strings and no date; it stays there until the next
 * is added
 */
CsLedgerPayment *
cs_ledger_invoice_add_payment (CsLedgerInvoice *invoice)
{
  CsLedgerPayment *payment;

  g_assert (invoice->arena == NULL);

  invoice->payments = g_renew (CsLedgerPayment, invoice->payments, invoice->n_payments + 1);
  payment = &invoice->payments[invoice->n_payments++];
  *payment = (CsLedgerPayment){
    .remote_id = g_strdup (""),
    .kind = g_strdup (""),
    .number = g_strdup (""),
    .date = CS_DATE_NONE,
  };
  return payment;
}
