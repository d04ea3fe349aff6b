/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulation-books.h"

#include <string.h>

#define KEY_LIFE_MS G_GINT64_CONSTANT (360000)
#define FIELD_SEPARATOR "\n"
#define CURRENCY ((CsCurrency){ "NZD" })

/* What an idempotency key is answered with while it is kept: the record's id, or the refusal's words. */
typedef struct
{
  gint64 until_ms;
  char *remote_id;
  char *refusal;
  char *body;
} KeptAnswer;

static void
kept_answer_free (gpointer data)
{
  KeptAnswer *kept = data;

  g_free (kept->remote_id);
  g_free (kept->refusal);
  g_free (kept->body);
  g_free (kept);
}

static void
contact_free (gpointer data)
{
  BooksContact *contact = data;

  g_free (contact->record.remote_id);
  g_free (contact->record.name);
  g_free (contact->record.email);
  g_free (contact->record.contact_number);
  g_free (contact->record.merged_into);
  g_free (contact->client);
  g_free (contact);
}

static void
invoice_free (gpointer data)
{
  BooksInvoice *invoice = data;

  cs_ledger_invoice_free (invoice->record);
  g_free (invoice->planned);
  g_free (invoice->charges);
  g_free (invoice);
}

Books *
books_new (guint page_size)
{
  Books *books = g_new0 (Books, 1);

  books->contacts = g_ptr_array_new_with_free_func (contact_free);
  books->invoices = g_ptr_array_new_with_free_func (invoice_free);
  books->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, kept_answer_free);
  books->page_size = page_size;
  return books;
}

void
books_free (Books *books)
{
  g_ptr_array_unref (books->contacts);
  g_ptr_array_unref (books->invoices);
  g_hash_table_unref (books->keys);
  g_free (books->violation);
  g_free (books);
}

/* (nullable): see books_leave_aside() */
static const char *left_aside;

void
books_leave_aside (const char *name)
{
  left_aside = name;
}

void
books_violate (Books *books, const char *name, const char *format, ...)
{
  g_autofree char *words = NULL;
  va_list arguments;

  if (g_strcmp0 (name, left_aside) == 0)
    return;
  va_start (arguments, format);
  words = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  if (books->violation == NULL)
    books->violation = g_strdup_printf ("%s: %s", name, words);
}

static char *
make_id (Books *books)
{
  return g_strdup_printf ("%08x-0000-4000-8000-000000000000", (++books->n_made * 2654435761u));
}

/* --- looking up --- */

BooksContact *
books_get_contact (Books *books, const char *remote_id)
{
  for (guint i = 0; i < books->contacts->len; i++)
    if (g_str_equal (((BooksContact *)g_ptr_array_index (books->contacts, i))->record.remote_id, remote_id))
      return g_ptr_array_index (books->contacts, i);
  return NULL;
}

BooksContact *
books_get_contact_by_name (Books *books, const char *name)
{
  for (guint i = 0; i < books->contacts->len; i++)
    if (g_ascii_strcasecmp (((BooksContact *)g_ptr_array_index (books->contacts, i))->record.name, name) == 0)
      return g_ptr_array_index (books->contacts, i);
  return NULL;
}

BooksInvoice *
books_get_invoice (Books *books, const char *remote_id)
{
  for (guint i = 0; i < books->invoices->len; i++)
    if (g_str_equal (((BooksInvoice *)g_ptr_array_index (books->invoices, i))->record->remote_id, remote_id))
      return g_ptr_array_index (books->invoices, i);
  return NULL;
}

BooksInvoice *
books_get_invoice_by_number (Books *books, const char *number)
{
  for (guint i = books->invoices->len; i > 0; i--)
    if (g_str_equal (((BooksInvoice *)g_ptr_array_index (books->invoices, i - 1))->record->number, number))
      return g_ptr_array_index (books->invoices, i - 1);
  return NULL;
}

BooksInvoice *
books_get_any_invoice_of (Books *books, const char *planned)
{
  for (guint i = 0; i < books->invoices->len; i++)
    if (g_str_equal (((BooksInvoice *)g_ptr_array_index (books->invoices, i))->planned, planned))
      return g_ptr_array_index (books->invoices, i);
  return NULL;
}

BooksInvoice *
books_get_live_invoice_of (Books *books, const char *planned)
{
  for (guint i = 0; i < books->invoices->len; i++)
    {
      BooksInvoice *invoice = g_ptr_array_index (books->invoices, i);

      if (g_str_equal (invoice->planned, planned) && invoice->record->status != CS_LEDGER_VOIDED)
        return invoice;
    }
  return NULL;
}

/* --- what comes in --- */

char *
books_encode_contact (const CsClient *client)
{
  return g_strjoin (FIELD_SEPARATOR, client->number, client->name, client->email, NULL);
}

char *
books_encode_invoice (const CsPlannedInvoice *invoice, const char *number, const char *contact_id)
{
  g_autofree char *planned = cs_uuid_to_string (&invoice->id);
  g_autofree char *date = cs_date_to_string (invoice->date);
  g_autofree char *due = cs_date_to_string (invoice->due);
  g_autofree char *total = g_strdup_printf ("%" G_GINT64_FORMAT, invoice->totals.total.minor);
  g_autoptr (GString) charges = g_string_new (NULL);

  for (guint i = 0; i < invoice->lines->len; i++)
    {
      const CsPlannedLine *line = g_ptr_array_index (invoice->lines, i);
      g_autofree char *id = cs_uuid_to_string (&line->line_id);
      g_autofree char *start = cs_date_to_string (line->period.start);

      g_string_append_printf (charges, "%s%s@%s", i > 0 ? " " : "", id, start);
    }
  return g_strjoin (FIELD_SEPARATOR, number, contact_id, date, due, total, invoice->reference, planned,
                    charges->str, NULL);
}

static DexFuture *
refuse (const char *words)
{
  return dex_future_new_reject (CS_REMOTE_ERROR, CS_REMOTE_ERROR_REFUSED, "%s", words);
}

CsOutcome
books_classify (const char *words)
{
  return strstr (words, "number is taken") != NULL       ? CS_OUTCOME_NUMBER_TAKEN
         : strstr (words, "name is taken") != NULL       ? CS_OUTCOME_NAME_TAKEN
         : strstr (words, "contact is archived") != NULL ? CS_OUTCOME_ARCHIVED_CONTACT
                                                         : CS_OUTCOME_REFUSED;
}

static CsLedgerContact *
copy_contact (const BooksContact *contact)
{
  CsLedgerContact *copy = cs_ledger_contact_new ();

  g_set_str (&copy->remote_id, contact->record.remote_id);
  g_set_str (&copy->name, contact->record.name);
  g_set_str (&copy->email, contact->record.email);
  g_set_str (&copy->contact_number, contact->record.contact_number);
  copy->is_archived = contact->record.is_archived;
  g_set_str (&copy->merged_into, contact->record.merged_into);
  copy->updated_ms = contact->record.updated_ms;
  return copy;
}

static CsLedgerInvoice *
copy_invoice (Books *books, const BooksInvoice *invoice)
{
  const CsLedgerInvoice *record = invoice->record;
  const BooksContact *contact = books_get_contact (books, record->contact_id);
  CsLedgerInvoice *copy = cs_ledger_invoice_new ();

  g_set_str (&copy->remote_id, record->remote_id);
  g_set_str (&copy->number, record->number);
  g_set_str (&copy->reference, record->reference);
  g_set_str (&copy->contact_id, record->contact_id);
  g_set_str (&copy->contact_name, contact != NULL ? contact->record.name : "");
  copy->is_sales = TRUE;
  copy->date = record->date;
  copy->due = record->due;
  copy->status = record->status;
  copy->tax_mode = record->tax_mode;
  copy->subtotal = copy->total = record->total;
  copy->balance = record->balance;
  copy->tax = copy->paid = copy->credited = cs_money_zero (CURRENCY);
  copy->updated_ms = record->updated_ms;
  return copy;
}

DexFuture *
books_answer_contact (const BooksContact *contact)
{
  return cs_future_new_for_record (copy_contact (contact), (GDestroyNotify)cs_ledger_contact_free);
}

DexFuture *
books_answer_invoice (Books *books, const BooksInvoice *invoice)
{
  return cs_future_new_for_record (copy_invoice (books, invoice), (GDestroyNotify)cs_ledger_invoice_free);
}

/* NULL: the key is new here. */
static DexFuture *
replay (Books *books, const char *key, const char *body)
{
  const KeptAnswer *kept = g_hash_table_lookup (books->keys, key);
  const BooksInvoice *invoice = NULL;
  const BooksContact *contact = NULL;

  if (kept != NULL && !books->keys_may_return)
    books_violate (books, "key-once", "key %s came a second time, with %s bytes", key,
                   g_str_equal (kept->body, body) ? "the same" : "other");
  if (kept == NULL || kept->until_ms < books->now_ms)
    return NULL;
  if (kept->refusal != NULL)
    return refuse (kept->refusal);
  if ((invoice = books_get_invoice (books, kept->remote_id)) != NULL)
    return books_answer_invoice (books, invoice);
  contact = books_get_contact (books, kept->remote_id);
  return books_answer_contact (contact);
}

static void
keep (Books *books, const char *key, const char *body, const char *remote_id, const char *refusal)
{
  KeptAnswer *kept = g_new0 (KeptAnswer, 1);

  *kept = (KeptAnswer){ books->now_ms + KEY_LIFE_MS, g_strdup (remote_id), g_strdup (refusal),
                        g_strdup (body) };
  g_hash_table_insert (books->keys, g_strdup (key), kept);
}

static DexFuture *
keep_refusal (Books *books, const char *key, const char *body, const char *words)
{
  keep (books, key, body, NULL, words);
  return refuse (words);
}

DexFuture *
books_put_contact (Books *books, const char *body, const char *key)
{
  g_auto (GStrv) fields = g_strsplit (body, FIELD_SEPARATOR, 3);
  DexFuture *kept = replay (books, key, body);
  BooksContact *contact = NULL;

  if (kept != NULL)
    return kept;
  for (guint i = 0; i < books->contacts->len; i++)
    if (g_str_equal (((BooksContact *)g_ptr_array_index (books->contacts, i))->record.contact_number,
                     fields[0]))
      return keep_refusal (books, key, body, "the contact number is taken");
  if (books_get_contact_by_name (books, fields[1]) != NULL)
    return keep_refusal (books, key, body, "the name is taken");
  contact = books_add_contact (books, fields[1], fields[2], fields[0]);
  g_set_str (&contact->client, fields[0]);
  keep (books, key, body, contact->record.remote_id, NULL);
  return books_answer_contact (contact);
}

/* The heart of the proof: no charge is there twice. */
static void
check_once (Books *books, const BooksInvoice *made)
{
  g_auto (GStrv) charges = g_strsplit (made->charges, " ", -1);

  for (guint i = 0; i < books->invoices->len; i++)
    {
      const BooksInvoice *other = g_ptr_array_index (books->invoices, i);

      if (other == made || other->record->status == CS_LEDGER_VOIDED)
        continue;
      for (char **charge = charges; *charge != NULL; charge++)
        if (**charge != '\0' && strstr (other->charges, *charge) != NULL)
          books_violate (books, "exactly-once", "%s and %s both bill %s", other->record->number,
                         made->record->number, *charge);
    }
}

DexFuture *
books_put_invoice (Books *books, const char *body, const char *key)
{
  g_auto (GStrv) fields = g_strsplit (body, FIELD_SEPARATOR, 8);
  DexFuture *kept = replay (books, key, body);
  const BooksContact *contact = NULL;
  BooksInvoice *invoice = NULL;
  CsDate date;

  if (kept != NULL)
    return kept;
  contact = books_get_contact (books, fields[1]);
  if (contact == NULL)
    {
      books_violate (books, "bytes-are-whole", "invoice %s names no contact", fields[0]);
      return keep_refusal (books, key, body, "there is no such contact");
    }
  if (contact->record.is_archived)
    return keep_refusal (books, key, body, "the contact is archived");
  if (books_get_invoice_by_number (books, fields[0]) != NULL)
    return keep_refusal (books, key, body, "the number is taken");
  g_assert_true (cs_date_parse (fields[2], &date, NULL));
  invoice = books_add_invoice (books, fields[0], fields[1], date, g_ascii_strtoll (fields[4], NULL, 10));
  g_set_str (&invoice->record->reference, fields[5]);
  g_set_str (&invoice->planned, fields[6]);
  g_set_str (&invoice->charges, fields[7]);
  check_once (books, invoice);
  keep (books, key, body, invoice->record->remote_id, NULL);
  return books_answer_invoice (books, invoice);
}

DexFuture *
books_find_contact (Books *books, const char *number)
{
  for (guint i = 0; i < books->contacts->len; i++)
    if (g_str_equal (((BooksContact *)g_ptr_array_index (books->contacts, i))->record.contact_number, number))
      return books_answer_contact (g_ptr_array_index (books->contacts, i));
  return cs_future_new_for_record (NULL, NULL);
}

DexFuture *
books_find_invoice (Books *books, const char *number)
{
  const BooksInvoice *invoice = books_get_invoice_by_number (books, number);

  /* A search looks at both; that it may be asked for a reference is what a planted bug is about. */
  for (guint i = books->invoices->len; invoice == NULL && *number != '\0' && i > 0; i--)
    if (g_str_equal (((BooksInvoice *)g_ptr_array_index (books->invoices, i - 1))->record->reference, number))
      invoice = g_ptr_array_index (books->invoices, i - 1);
  return invoice != NULL ? books_answer_invoice (books, invoice) : cs_future_new_for_record (NULL, NULL);
}

/* --- what people do there --- */

void
books_touch_contact (Books *books, BooksContact *contact)
{
  contact->record.updated_ms = books->now_ms;
}

void
books_touch_invoice (Books *books, BooksInvoice *invoice)
{
  invoice->record->updated_ms = books->now_ms;
}

/* The loser is archived and names the winner, to whom its invoices go; their own times tell nothing of it. */
void
books_merge_contact (Books *books, BooksContact *loser, const BooksContact *winner)
{
  loser->record.is_archived = TRUE;
  g_set_str (&loser->record.merged_into, winner->record.remote_id);
  books_touch_contact (books, loser);
  for (guint i = 0; i < books->invoices->len; i++)
    {
      BooksInvoice *invoice = g_ptr_array_index (books->invoices, i);

      if (g_str_equal (invoice->record->contact_id, loser->record.remote_id))
        g_set_str (&invoice->record->contact_id, winner->record.remote_id);
    }
}

BooksContact *
books_add_contact (Books *books, const char *name, const char *email, const char *number)
{
  BooksContact *contact = g_new0 (BooksContact, 1);

  contact->record.remote_id = make_id (books);
  contact->record.name = g_strdup (name);
  contact->record.email = g_strdup (email);
  contact->record.contact_number = g_strdup (number);
  contact->record.merged_into = g_strdup ("");
  contact->client = g_strdup ("");
  g_ptr_array_add (books->contacts, contact);
  books_touch_contact (books, contact);
  return contact;
}

BooksInvoice *
books_add_invoice (Books *books, const char *number, const char *contact_id, CsDate date, gint64 minor)
{
  BooksInvoice *invoice = g_new0 (BooksInvoice, 1);
  CsLedgerInvoice *record = cs_ledger_invoice_new ();

  invoice->record = record;
  invoice->planned = g_strdup ("");
  invoice->charges = g_strdup ("");
  record->remote_id = (g_free (record->remote_id), make_id (books));
  g_set_str (&record->number, number);
  g_set_str (&record->contact_id, contact_id);
  record->is_sales = TRUE;
  record->date = date;
  record->due = cs_date_add_days (date, 14);
  record->status = CS_LEDGER_AUTHORISED;
  record->total = record->balance = (CsMoney){ minor, CURRENCY };
  g_ptr_array_add (books->invoices, invoice);
  books_touch_invoice (books, invoice);
  return invoice;
}
