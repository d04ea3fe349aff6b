/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-organisation.h"

#include <string.h>

/* An id that is always the same for the same thing: what the seed makes keeps its ids from run to run. */
char *
sandbox_make_id (const char *scope, const char *kind, const char *name)
{
  g_autofree char *text = g_strjoin ("/", scope, kind, name, NULL);
  g_autofree char *hex = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  return g_strdup_printf ("%.8s-%.4s-4%.3s-a%.3s-%.12s", hex, hex + 8, hex + 13, hex + 17, hex + 20);
}

char *
sandbox_organisation_make_id (SandboxOrganisation *self, const char *kind, const char *name)
{
  return sandbox_make_id (self->id, kind, name);
}

SandboxOrganisation *
sandbox_organisation_new (const SandboxSettings *settings, const char *id)
{
  SandboxOrganisation *self = g_new0 (SandboxOrganisation, 1);

  self->id = g_strdup (id);
  self->settings = settings;
  self->lock_day = SANDBOX_NO_DAY;
  self->contacts = g_ptr_array_new_with_free_func ((GDestroyNotify)sandbox_contact_free);
  self->invoices = g_ptr_array_new_with_free_func ((GDestroyNotify)sandbox_invoice_free);
  self->payments = g_ptr_array_new_with_free_func ((GDestroyNotify)sandbox_payment_free);
  self->contacts_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->invoices_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->invoices_by_number = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->next_number = 1;
  return self;
}

void
sandbox_organisation_free (SandboxOrganisation *self)
{
  g_hash_table_unref (self->contacts_by_id);
  g_hash_table_unref (self->invoices_by_id);
  g_hash_table_unref (self->invoices_by_number);
  g_ptr_array_unref (self->payments);
  g_ptr_array_unref (self->invoices);
  g_ptr_array_unref (self->contacts);
  g_free (self->id);
  g_free (self);
}

void
sandbox_organisation_add_contact (SandboxOrganisation *self, SandboxContact *contact)
{
  g_ptr_array_add (self->contacts, contact);
  g_hash_table_insert (self->contacts_by_id, contact->id, contact);
  self->generation++;
}

static void
index_number (SandboxOrganisation *self, SandboxInvoice *invoice)
{
  g_autofree char *key = NULL;

  if (invoice->bill || invoice->number == NULL)
    return;
  key = g_ascii_strup (invoice->number, -1);
  if (!g_hash_table_contains (self->invoices_by_number, key))
    g_hash_table_insert (self->invoices_by_number, g_steal_pointer (&key), invoice);
}

void
sandbox_organisation_add_invoice (SandboxOrganisation *self, SandboxInvoice *invoice)
{
  g_ptr_array_add (self->invoices, invoice);
  g_hash_table_insert (self->invoices_by_id, invoice->id, invoice);
  index_number (self, invoice);
  if (!invoice->bill)
    invoice->contact->customer = TRUE; /* does not move the contact's UpdatedDateUTC (xero-accounting 8.1) */
  self->generation++;
}

void
sandbox_organisation_add_payment (SandboxOrganisation *self, SandboxPayment *payment)
{
  g_ptr_array_add (self->payments, payment);
  if (!payment->deleted)
    {
      g_ptr_array_add (payment->invoice->payments, payment);
      payment->invoice->paid += payment->amount;
    }
  self->generation++;
}

/* After a change of number; rare, so that the whole index is made again. */
void
sandbox_organisation_renumbered (SandboxOrganisation *self)
{
  g_hash_table_remove_all (self->invoices_by_number);
  for (guint i = 0; i < self->invoices->len; i++)
    index_number (self, self->invoices->pdata[i]);
}

/* PAID is set by Xero alone, when nothing is left to pay (xero-accounting 9.4). */
void
sandbox_organisation_settle (SandboxInvoice *invoice, int day)
{
  if (invoice->status != SANDBOX_STATUS_AUTHORISED || sandbox_invoice_due (invoice) != 0)
    return;
  invoice->status = SANDBOX_STATUS_PAID;
  invoice->paid_day = day;
}

/* Ids are compared without case (xero-accounting 14.9). */
static gpointer
look_up (GHashTable *table, const char *id)
{
  g_autofree char *key = id != NULL ? g_ascii_strdown (id, -1) : NULL;

  return key != NULL ? g_hash_table_lookup (table, key) : NULL;
}

SandboxContact *
sandbox_organisation_contact (SandboxOrganisation *self, const char *id)
{
  return look_up (self->contacts_by_id, id);
}

SandboxInvoice *
sandbox_organisation_invoice (SandboxOrganisation *self, const char *id)
{
  return look_up (self->invoices_by_id, id);
}

SandboxInvoice *
sandbox_organisation_invoice_by_number (SandboxOrganisation *self, const char *number)
{
  g_autofree char *key = number != NULL ? g_ascii_strup (number, -1) : NULL;

  return key != NULL ? g_hash_table_lookup (self->invoices_by_number, key) : NULL;
}

/* Without case, as the ledger compares names (xero-accounting 5.5). An active contact wins over an archived
 * one. */
SandboxContact *
sandbox_organisation_contact_by_text (SandboxOrganisation *self,
                                      SandboxContactText which,
                                      const char *value,
                                      gboolean active_only)
{
  g_autofree char *folded = g_utf8_casefold (value, -1);
  SandboxContact *found = NULL;

  for (guint i = 0; i < self->contacts->len; i++)
    {
      SandboxContact *contact = self->contacts->pdata[i];
      g_autofree char *candidate = NULL;

      if (contact->text[which] == NULL || (contact->archived && (active_only || found != NULL)))
        continue;
      candidate = g_utf8_casefold (contact->text[which], -1);
      if (strcmp (candidate, folded) != 0)
        continue;
      if (!contact->archived)
        return contact;
      found = contact;
    }
  return found;
}

char *
sandbox_organisation_take_number (SandboxOrganisation *self)
{
  for (;;)
    {
      g_autofree char *number = g_strdup_printf ("INV-%04u", self->next_number++);

      if (sandbox_organisation_invoice_by_number (self, number) == NULL)
        return g_steal_pointer (&number);
    }
}

const SandboxAccount *
sandbox_organisation_account (SandboxOrganisation *self, const char *code)
{
  for (const SandboxAccount *account = self->settings->accounts; account->code != NULL; account++)
    if (g_strcmp0 (account->code, code) == 0)
      return account;
  return NULL;
}

const SandboxAccount *
sandbox_organisation_account_by_id (SandboxOrganisation *self, const char *id)
{
  for (const SandboxAccount *account = self->settings->accounts; account->code != NULL; account++)
    {
      g_autofree char *account_id = sandbox_organisation_make_id (self, "account", account->code);

      if (id != NULL && g_ascii_strcasecmp (account_id, id) == 0)
        return account;
    }
  return NULL;
}

const SandboxTaxRate *
sandbox_organisation_tax_rate (SandboxOrganisation *self, const char *type)
{
  for (const SandboxTaxRate *rate = self->settings->tax_rates; rate->type != NULL; rate++)
    if (g_strcmp0 (rate->type, type) == 0)
      return rate;
  return NULL;
}

const SandboxItem *
sandbox_organisation_item (SandboxOrganisation *self, const char *code)
{
  for (const SandboxItem *item = self->settings->items; item->code != NULL; item++)
    if (g_strcmp0 (item->code, code) == 0)
      return item;
  return NULL;
}
