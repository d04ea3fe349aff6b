/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-records.h"

/* Lengths from xero-accounting 8.1. */
const SandboxTextRule sandbox_contact_texts[SANDBOX_CONTACT_TEXTS] = {
  [SANDBOX_CONTACT_NUMBER] = { "ContactNumber", 50 },
  [SANDBOX_CONTACT_ACCOUNT_NUMBER] = { "AccountNumber", 50 },
  [SANDBOX_CONTACT_NAME] = { "Name", 255 },
  [SANDBOX_CONTACT_FIRST_NAME] = { "FirstName", 255 },
  [SANDBOX_CONTACT_LAST_NAME] = { "LastName", 255 },
  [SANDBOX_CONTACT_EMAIL] = { "EmailAddress", 255 },
  [SANDBOX_CONTACT_COMPANY_NUMBER] = { "CompanyNumber", 50 },
  [SANDBOX_CONTACT_TAX_NUMBER] = { "TaxNumber", 50 },
  [SANDBOX_CONTACT_CURRENCY] = { "DefaultCurrency", 3 },
  [SANDBOX_CONTACT_SALES_ACCOUNT] = { "SalesDefaultAccountCode", 10 },
  [SANDBOX_CONTACT_SALES_TAX_TYPE] = { "AccountsReceivableTaxType", 50 },
};

const char *const sandbox_address_types[SANDBOX_ADDRESSES] = { "STREET", "POBOX" };
const SandboxTextRule sandbox_address_texts[SANDBOX_ADDRESS_TEXTS] = {
  { "AddressLine1", 500 }, { "AddressLine2", 500 }, { "AddressLine3", 500 },
  { "AddressLine4", 500 }, { "City", 255 },         { "Region", 255 },
  { "PostalCode", 50 },    { "Country", 50 },       { "AttentionTo", 255 },
};

const char *const sandbox_phone_types[SANDBOX_PHONES] = { "DDI", "DEFAULT", "FAX", "MOBILE" };
const SandboxTextRule sandbox_phone_texts[SANDBOX_PHONE_TEXTS] = {
  { "PhoneNumber", 50 },
  { "PhoneAreaCode", 10 },
  { "PhoneCountryCode", 20 },
};

const char *const sandbox_status_names[]
    = { "DRAFT", "SUBMITTED", "AUTHORISED", "PAID", "VOIDED", "DELETED", NULL };
const char *const sandbox_amounts_names[] = { "Exclusive", "Inclusive", "NoTax", NULL };

int
sandbox_name_index (const char *const *names, const char *name)
{
  for (int i = 0; name != NULL && names[i] != NULL; i++)
    if (g_ascii_strcasecmp (names[i], name) == 0)
      return i;
  return -1;
}

void
sandbox_id_copy (char *id, const char *value)
{
  g_strlcpy (id, value != NULL ? value : SANDBOX_ID_ZERO, SANDBOX_ID_SIZE);
}

void
sandbox_id_random (char *id)
{
  g_autofree char *value = g_uuid_string_random ();

  sandbox_id_copy (id, value);
}

void
sandbox_set_name (const char **name, const char *value)
{
  *name = g_intern_string (value);
}

void
sandbox_line_describe (SandboxLine *line, const char *description)
{
  char *old = line->description;

  line->description = description != NULL ? g_ref_string_new_intern (description) : NULL;
  if (old != NULL)
    g_ref_string_release (old);
}

/* Where a record is filed and whether it waits to be written are the place's, not the contents'. */
static void
keep_place (SandboxRecord *kept, SandboxRecord *changed)
{
  SandboxRecord place = *changed;

  changed->kept = kept->kept;
  changed->pending = kept->pending;
  changed->filed_ms = kept->filed_ms;
  kept->kept = place.kept;
  kept->pending = place.pending;
  kept->filed_ms = place.filed_ms;
}

SandboxPerson *
sandbox_person_new (const char *first_name,
                    const char *last_name,
                    const char *email,
                    gboolean include_in_emails)
{
  SandboxPerson *person = g_new0 (SandboxPerson, 1);

  person->first_name = g_strdup (first_name);
  person->last_name = g_strdup (last_name);
  person->email = g_strdup (email);
  person->include_in_emails = include_in_emails;
  return person;
}

static void
person_free (gpointer data)
{
  SandboxPerson *person = data;

  g_free (person->first_name);
  g_free (person->last_name);
  g_free (person->email);
  g_free (person);
}

SandboxContact *
sandbox_contact_new (const char *id)
{
  SandboxContact *contact = g_new0 (SandboxContact, 1);

  sandbox_id_copy (contact->id, id);
  contact->persons = g_ptr_array_new_with_free_func (person_free);
  return contact;
}

SandboxContact *
sandbox_contact_copy (const SandboxContact *contact)
{
  SandboxContact *copy = sandbox_contact_new (contact->id);

  for (guint i = 0; i < SANDBOX_CONTACT_TEXTS; i++)
    copy->text[i] = g_strdup (contact->text[i]);
  for (guint i = 0; i < SANDBOX_ADDRESSES; i++)
    for (guint j = 0; j < SANDBOX_ADDRESS_TEXTS; j++)
      copy->address[i][j] = g_strdup (contact->address[i][j]);
  for (guint i = 0; i < SANDBOX_PHONES; i++)
    for (guint j = 0; j < SANDBOX_PHONE_TEXTS; j++)
      copy->phone[i][j] = g_strdup (contact->phone[i][j]);
  for (guint i = 0; i < contact->persons->len; i++)
    {
      const SandboxPerson *person = contact->persons->pdata[i];

      g_ptr_array_add (copy->persons, sandbox_person_new (person->first_name, person->last_name,
                                                          person->email, person->include_in_emails));
    }
  copy->merged_to = g_strdup (contact->merged_to);
  copy->created_by = contact->created_by;
  copy->archived = contact->archived;
  copy->customer = contact->customer;
  copy->updated_ms = contact->updated_ms;
  return copy;
}

void
sandbox_contact_free (SandboxContact *contact)
{
  for (guint i = 0; i < SANDBOX_CONTACT_TEXTS; i++)
    g_free (contact->text[i]);
  for (guint i = 0; i < SANDBOX_ADDRESSES; i++)
    for (guint j = 0; j < SANDBOX_ADDRESS_TEXTS; j++)
      g_free (contact->address[i][j]);
  for (guint i = 0; i < SANDBOX_PHONES; i++)
    for (guint j = 0; j < SANDBOX_PHONE_TEXTS; j++)
      g_free (contact->phone[i][j]);
  g_ptr_array_unref (contact->persons);
  g_free (contact->merged_to);
  g_free (contact);
}

/* An accepted change: others point at the kept record, so its contents move and it stays where it is. */
void
sandbox_contact_swap (SandboxContact *kept, SandboxContact *changed)
{
  SandboxContact old = *kept;

  *kept = *changed;
  *changed = old;
  keep_place ((SandboxRecord *)kept, (SandboxRecord *)changed);
}

SandboxLine *
sandbox_line_new (const char *id)
{
  SandboxLine *line = g_new0 (SandboxLine, 1);

  sandbox_id_copy (line->id, id);
  return line;
}

SandboxLine *
sandbox_line_copy (const SandboxLine *line)
{
  SandboxLine *copy = g_memdup2 (line, sizeof *line);

  if (copy->description != NULL)
    g_ref_string_acquire (copy->description);
  return copy;
}

void
sandbox_line_free (SandboxLine *line)
{
  if (line->description != NULL)
    g_ref_string_release (line->description);
  g_free (line);
}

SandboxInvoice *
sandbox_invoice_new (const char *id)
{
  SandboxInvoice *invoice = g_new0 (SandboxInvoice, 1);

  sandbox_id_copy (invoice->id, id);
  invoice->kind = SANDBOX_LIST_INVOICES;
  invoice->day = invoice->due_day = invoice->paid_day = SANDBOX_NO_DAY;
  invoice->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)sandbox_line_free);
  invoice->payments = g_ptr_array_new ();
  invoice->allocations = g_ptr_array_new ();
  return invoice;
}

static gpointer
copy_line (gconstpointer line, gpointer data)
{
  return sandbox_line_copy (line);
}

SandboxInvoice *
sandbox_invoice_copy (const SandboxInvoice *invoice)
{
  SandboxInvoice *copy = g_memdup2 (invoice, sizeof *invoice);

  copy->number = g_strdup (invoice->number);
  copy->reference = g_strdup (invoice->reference);
  copy->url = g_strdup (invoice->url);
  copy->lines = g_ptr_array_copy (invoice->lines, (GCopyFunc)copy_line, NULL);
  copy->payments = g_ptr_array_copy (invoice->payments, NULL, NULL);
  copy->allocations = g_ptr_array_copy (invoice->allocations, NULL, NULL);
  return copy;
}

void
sandbox_invoice_free (SandboxInvoice *invoice)
{
  g_free (invoice->number);
  g_free (invoice->reference);
  g_free (invoice->url);
  g_ptr_array_unref (invoice->lines);
  g_ptr_array_unref (invoice->payments);
  g_ptr_array_unref (invoice->allocations);
  g_free (invoice);
}

void
sandbox_invoice_swap (SandboxInvoice *kept, SandboxInvoice *changed)
{
  SandboxInvoice old = *kept;

  *kept = *changed;
  *changed = old;
  keep_place ((SandboxRecord *)kept, (SandboxRecord *)changed);
}

/* Xero shows nothing due on a dead document although its total stays (xero-accounting 9.6). */
gint64
sandbox_invoice_due (const SandboxInvoice *invoice)
{
  if (invoice->status == SANDBOX_STATUS_VOIDED || invoice->status == SANDBOX_STATUS_DELETED)
    return 0;
  return invoice->total - invoice->paid - invoice->credited;
}

gboolean
sandbox_invoice_settled_in_part (const SandboxInvoice *invoice)
{
  return invoice->paid != 0 || invoice->credited != 0;
}

SandboxPayment *
sandbox_payment_new (const char *id)
{
  SandboxPayment *payment = g_new0 (SandboxPayment, 1);

  sandbox_id_copy (payment->id, id);
  return payment;
}

void
sandbox_payment_free (SandboxPayment *payment)
{
  g_free (payment->reference);
  g_free (payment);
}

SandboxAllocation *
sandbox_allocation_new (const char *id)
{
  SandboxAllocation *allocation = g_new0 (SandboxAllocation, 1);

  sandbox_id_copy (allocation->id, id);
  return allocation;
}
