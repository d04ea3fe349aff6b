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

static const GDestroyNotify free_record[SANDBOX_LISTS] = {
  [SANDBOX_LIST_CONTACTS] = (GDestroyNotify)sandbox_contact_free,
  [SANDBOX_LIST_INVOICES] = (GDestroyNotify)sandbox_invoice_free,
  [SANDBOX_LIST_CREDIT_NOTES] = (GDestroyNotify)sandbox_invoice_free,
  [SANDBOX_LIST_PREPAYMENTS] = (GDestroyNotify)sandbox_invoice_free,
  [SANDBOX_LIST_OVERPAYMENTS] = (GDestroyNotify)sandbox_invoice_free,
  [SANDBOX_LIST_PAYMENTS] = (GDestroyNotify)sandbox_payment_free,
  [SANDBOX_LIST_ALLOCATIONS] = g_free,
};

static void
make_accounts (SandboxOrganisation *self)
{
  guint n = 0;

  while (self->settings->accounts[n].code != NULL)
    n++;
  self->accounts = g_memdup2 (self->settings->accounts, (n + 1) * sizeof *self->accounts);
  self->account_ids = g_malloc (n * sizeof *self->account_ids);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = sandbox_organisation_make_id (self, "account", self->settings->accounts[i].code);

      sandbox_id_copy (self->account_ids[i], id);
    }
}

const char *
sandbox_organisation_account_id (SandboxOrganisation *self, const SandboxAccount *account)
{
  return self->account_ids[account - self->accounts];
}

SandboxOrganisation *
sandbox_organisation_new (const SandboxSettings *settings, const char *id)
{
  SandboxOrganisation *self = g_new0 (SandboxOrganisation, 1);

  self->id = g_strdup (id);
  self->settings = settings;
  self->lock_day = self->year_end_day = SANDBOX_NO_DAY;
  for (guint i = 0; i < SANDBOX_LISTS; i++)
    {
      self->records[i] = g_ptr_array_new_with_free_func (free_record[i]);
      self->pending[i] = g_ptr_array_new ();
      self->by_id[i] = g_hash_table_new (g_str_hash, g_str_equal);
      sandbox_index_init (&self->index[i]);
    }
  self->contacts = self->records[SANDBOX_LIST_CONTACTS];
  self->invoices = self->records[SANDBOX_LIST_INVOICES];
  self->payments = self->records[SANDBOX_LIST_PAYMENTS];
  self->invoices_by_number = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->credits_by_number = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->notes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  self->pending_notes = g_ptr_array_new ();
  self->gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  make_accounts (self);
  self->next_number = self->next_credit = 1;
  self->generation = 1;
  return self;
}

void
sandbox_organisation_free (SandboxOrganisation *self)
{
  for (guint i = SANDBOX_LISTS; i-- > 0;)
    {
      g_hash_table_unref (self->by_id[i]);
      g_ptr_array_unref (self->pending[i]);
      sandbox_index_clear (&self->index[i]);
      g_ptr_array_unref (self->records[i]);
    }
  g_hash_table_unref (self->invoices_by_number);
  g_hash_table_unref (self->credits_by_number);
  g_clear_pointer (&self->views, g_ptr_array_unref);
  g_ptr_array_unref (self->pending_notes);
  g_hash_table_unref (self->notes);
  g_free (self->account_ids);
  g_free (self->accounts);
  g_hash_table_unref (self->gone);
  g_free (self->id);
  g_free (self);
}

void
sandbox_organisation_begin_fill (SandboxOrganisation *self)
{
  self->filling = TRUE;
}

/* What the seed made is no change: the same seed makes it again. */
void
sandbox_organisation_end_fill (SandboxOrganisation *self)
{
  self->filling = FALSE;
  for (guint i = 0; i < SANDBOX_LISTS; i++)
    sandbox_index_sort (&self->index[i]);
}

/* After each change of a record: its place in the index follows, the state file owes it a line. */
void
sandbox_organisation_touch (SandboxOrganisation *self, SandboxList list, gpointer record)
{
  SandboxRecord *row = record;

  self->generation++;
  if (self->filling)
    return;
  sandbox_index_move (&self->index[list], record);
  row->kept = TRUE;
  if (row->pending)
    return;
  row->pending = TRUE;
  g_ptr_array_add (self->pending[list], record);
}

void
sandbox_organisation_add (SandboxOrganisation *self, SandboxList list, gpointer record)
{
  SandboxRecord *row = record;

  g_ptr_array_add (self->records[list], record);
  g_hash_table_insert (self->by_id[list], row->id, record);
  if (self->filling)
    sandbox_index_append (&self->index[list], record);
  else
    sandbox_index_file (&self->index[list], record);
  sandbox_organisation_touch (self, list, record);
}

void
sandbox_organisation_add_contact (SandboxOrganisation *self, SandboxContact *contact)
{
  sandbox_organisation_add (self, SANDBOX_LIST_CONTACTS, contact);
}

static void
index_number (SandboxOrganisation *self, SandboxInvoice *document)
{
  GHashTable *numbers = document->kind == SANDBOX_LIST_INVOICES       ? self->invoices_by_number
                        : document->kind == SANDBOX_LIST_CREDIT_NOTES ? self->credits_by_number
                                                                      : NULL;
  g_autofree char *key = NULL;
  const SandboxInvoice *holder;

  if (document->bill || document->number == NULL || numbers == NULL)
    return;
  key = g_ascii_strup (document->number, -1);
  holder = g_hash_table_lookup (numbers, key);
  if (holder == NULL || holder->status >= SANDBOX_STATUS_VOIDED) /* a living one is meant before a dead one */
    g_hash_table_replace (numbers, g_steal_pointer (&key), document);
}

/* An invoice or a credit document. */
void
sandbox_organisation_add_invoice (SandboxOrganisation *self, SandboxInvoice *invoice)
{
  sandbox_organisation_add (self, invoice->kind, invoice);
  index_number (self, invoice);
  if (!invoice->bill && !invoice->contact->customer)
    {
      invoice->contact->customer
          = TRUE; /* does not move the contact's UpdatedDateUTC (xero-accounting 8.1) */
      sandbox_organisation_touch (self, SANDBOX_LIST_CONTACTS, invoice->contact);
    }
}

/* After a change of number; rare, so that the whole index is made again. */
void
sandbox_organisation_renumbered (SandboxOrganisation *self)
{
  g_hash_table_remove_all (self->invoices_by_number);
  g_hash_table_remove_all (self->credits_by_number);
  for (guint i = SANDBOX_LIST_INVOICES; i <= SANDBOX_LIST_CREDIT_NOTES; i++)
    for (guint j = 0; j < self->records[i]->len; j++)
      index_number (self, self->records[i]->pdata[j]);
}

/* By the later of the two lock dates (xero-accounting 9.4). */
gboolean
sandbox_organisation_is_locked (const SandboxOrganisation *self, int day)
{
  return day <= MAX (self->lock_day, self->year_end_day);
}

/* A theme, a category or an option of the settings that a person has deleted or archived since. */
gboolean
sandbox_organisation_is_gone (const SandboxOrganisation *self, const char *kind, const char *name)
{
  g_autofree char *key = g_strconcat (kind, "/", name, NULL);

  return g_hash_table_contains (self->gone, key);
}

void
sandbox_organisation_set_gone (SandboxOrganisation *self, const char *kind_and_name, gboolean gone)
{
  if (gone)
    g_hash_table_add (self->gone, g_strdup (kind_and_name));
  else
    g_hash_table_remove (self->gone, kind_and_name);
  for (SandboxAccount *account = self->accounts; account->code != NULL; account++)
    if (g_str_has_prefix (kind_and_name, "account/") && g_str_equal (kind_and_name + 8, account->code))
      account->archived = gone;
  self->changed = TRUE;
}

/* What customers owe (xero-accounting 8.1). Counted when it is asked for: a change of it moves no
 * UpdatedDateUTC. */
void
sandbox_organisation_count_balances (SandboxOrganisation *self, int today)
{
  if (self->balanced == self->generation)
    return;
  for (guint i = 0; i < self->contacts->len; i++)
    {
      SandboxContact *contact = self->contacts->pdata[i];

      contact->outstanding = contact->overdue = 0;
    }
  for (guint i = 0; i < self->invoices->len; i++)
    {
      const SandboxInvoice *invoice = self->invoices->pdata[i];

      if (invoice->bill || invoice->status != SANDBOX_STATUS_AUTHORISED)
        continue;
      invoice->contact->outstanding += sandbox_invoice_due (invoice);
      if (invoice->due_day < today)
        invoice->contact->overdue += sandbox_invoice_due (invoice);
    }
  self->balanced = self->generation;
}

/* Ids are compared without case (xero-accounting 14.9). */
gpointer
sandbox_organisation_record (SandboxOrganisation *self, SandboxList list, const char *id)
{
  g_autofree char *key = id != NULL ? g_ascii_strdown (id, -1) : NULL;

  return key != NULL ? g_hash_table_lookup (self->by_id[list], key) : NULL;
}

SandboxContact *
sandbox_organisation_contact (SandboxOrganisation *self, const char *id)
{
  return sandbox_organisation_record (self, SANDBOX_LIST_CONTACTS, id);
}

SandboxInvoice *
sandbox_organisation_invoice (SandboxOrganisation *self, const char *id)
{
  return sandbox_organisation_record (self, SANDBOX_LIST_INVOICES, id);
}

static SandboxInvoice *
look_up_number (GHashTable *numbers, const char *number)
{
  g_autofree char *key = number != NULL ? g_ascii_strup (number, -1) : NULL;

  return key != NULL ? g_hash_table_lookup (numbers, key) : NULL;
}

SandboxInvoice *
sandbox_organisation_invoice_by_number (SandboxOrganisation *self, const char *number)
{
  return look_up_number (self->invoices_by_number, number);
}

/* An invoice or a credit document; only the first two kinds have numbers to be found by. */
SandboxInvoice *
sandbox_organisation_document (SandboxOrganisation *self, SandboxList kind, const char *id_or_number)
{
  SandboxInvoice *found = sandbox_organisation_record (self, kind, id_or_number);

  if (found == NULL && kind == SANDBOX_LIST_INVOICES)
    found = look_up_number (self->invoices_by_number, id_or_number);
  if (found == NULL && kind == SANDBOX_LIST_CREDIT_NOTES)
    found = look_up_number (self->credits_by_number, id_or_number);
  return found;
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
  gboolean plain = g_str_is_ascii (value);
  SandboxContact *found = NULL;

  for (guint i = 0; i < self->contacts->len; i++)
    {
      SandboxContact *contact = self->contacts->pdata[i];
      const char *text = contact->text[which];
      g_autofree char *candidate = NULL;

      if (text == NULL || (contact->archived && (active_only || found != NULL)))
        continue;
      if (plain && g_str_is_ascii (text))
        {
          if (g_ascii_strcasecmp (text, value) != 0)
            continue;
        }
      else
        {
          candidate = g_utf8_casefold (text, -1);
          if (strcmp (candidate, folded) != 0)
            continue;
        }
      if (!contact->archived)
        return contact;
      found = contact;
    }
  return found;
}

char *
sandbox_organisation_take_credit_number (SandboxOrganisation *self)
{
  self->changed = TRUE;
  for (;;)
    {
      g_autofree char *number = g_strdup_printf ("CN-%04u", self->next_credit++);

      if (look_up_number (self->credits_by_number, number) == NULL)
        return g_steal_pointer (&number);
    }
}

char *
sandbox_organisation_take_number (SandboxOrganisation *self)
{
  self->changed = TRUE;
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
  for (const SandboxAccount *account = self->accounts; account->code != NULL; account++)
    if (g_strcmp0 (account->code, code) == 0)
      return account;
  return NULL;
}

const SandboxAccount *
sandbox_organisation_account_by_id (SandboxOrganisation *self, const char *id)
{
  for (const SandboxAccount *account = self->accounts; account->code != NULL; account++)
    if (id != NULL && g_ascii_strcasecmp (sandbox_organisation_account_id (self, account), id) == 0)
      return account;
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
