/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-table-private.h"
#include "cs-words.h"

#include <string.h>

/* A contact of the table, looked up by what a row says of it. */
typedef struct
{
  const char *id;
  const char *name;
  guint index;
} Contact;

static guint
contact_hash (gconstpointer data)
{
  return g_str_hash (((const Contact *)data)->id);
}

static gboolean
contact_equal (gconstpointer a, gconstpointer b)
{
  const Contact *x = a;
  const Contact *y = b;

  return strcmp (x->id, y->id) == 0 && strcmp (x->name, y->name) == 0;
}

static void
resize (CsInvoiceTable *table, guint n_allocated)
{
  table->n_allocated = n_allocated;
  table->keys = g_renew (guint32, table->keys, n_allocated);
  table->dates = g_renew (guint16, table->dates, n_allocated);
  table->dues = g_renew (guint16, table->dues, n_allocated);
  table->contacts = g_renew (guint32, table->contacts, n_allocated);
  table->totals = g_renew (gint32, table->totals, n_allocated);
  table->flags = g_renew (guint16, table->flags, n_allocated);
}

/**
 * cs_invoice_table_new:
 * @n_expected: for how many there is room at once; more fit as well
 *
 * Returns: (transfer full): an empty table, to be filled and finished
 */
CsInvoiceTable *
cs_invoice_table_new (guint n_expected)
{
  CsInvoiceTable *table = g_new0 (CsInvoiceTable, 1);

  g_atomic_ref_count_init (&table->references);
  for (gsize kind = 0; kind < N_RARE; kind++)
    table->rare[kind] = g_array_new (FALSE, FALSE, sizeof (Rare));
  table->contact_ids = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ref_string_release);
  table->contact_names = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ref_string_release);
  table->folded_names = g_ptr_array_new_with_free_func (g_free);
  table->currencies = g_array_new (FALSE, FALSE, sizeof (CsCurrency));
  table->lookup = g_hash_table_new_full (contact_hash, contact_equal, g_free, NULL);
  resize (table, n_expected);
  return table;
}

/** cs_invoice_table_ref: Returns: (transfer full): the same; on any thread */
CsInvoiceTable *
cs_invoice_table_ref (CsInvoiceTable *table)
{
  g_atomic_ref_count_inc (&table->references);
  return table;
}

/** cs_invoice_table_unref: on any thread. */
void
cs_invoice_table_unref (CsInvoiceTable *table)
{
  if (!g_atomic_ref_count_dec (&table->references))
    return;
  g_free (table->keys);
  g_free (table->dates);
  g_free (table->dues);
  g_free (table->contacts);
  g_free (table->totals);
  g_free (table->flags);
  for (gsize kind = 0; kind < N_RARE; kind++)
    g_array_unref (table->rare[kind]);
  g_ptr_array_unref (table->contact_ids);
  g_ptr_array_unref (table->contact_names);
  g_ptr_array_unref (table->folded_names);
  g_array_unref (table->currencies);
  g_clear_pointer (&table->lookup, g_hash_table_unref);
  g_free (table);
}

static guint
find_contact (CsInvoiceTable *table, const char *id, const char *name)
{
  Contact wanted = { id, name, 0 };
  Contact *known = g_hash_table_lookup (table->lookup, &wanted);

  if (known == NULL)
    {
      g_ptr_array_add (table->contact_ids, g_ref_string_new (id));
      g_ptr_array_add (table->contact_names, g_ref_string_new (name));
      g_ptr_array_add (table->folded_names, cs_words_fold (name));
      known = g_new (Contact, 1);
      known->index = table->contact_ids->len - 1;
      known->id = table->contact_ids->pdata[known->index];
      known->name = table->contact_names->pdata[known->index];
      g_hash_table_add (table->lookup, known);
    }
  return known->index;
}

static guint
find_currency (CsInvoiceTable *table, CsCurrency currency)
{
  for (guint i = 0; i < table->currencies->len; i++)
    if (cs_currency_equal (g_array_index (table->currencies, CsCurrency, i), currency))
      return i;
  /* There are fewer than two hundred in the world. */
  g_assert (table->currencies->len < CURRENCIES_MAX);
  g_array_append_val (table->currencies, currency);
  return table->currencies->len - 1;
}

static State
get_state (CsLedgerStatus status, gint64 balance)
{
  switch (status)
    {
    case CS_LEDGER_DRAFT:
      return STATE_DRAFT;
    case CS_LEDGER_SUBMITTED:
      return STATE_SUBMITTED;
    case CS_LEDGER_AUTHORISED:
      return balance > 0 ? STATE_UNPAID : STATE_SETTLED;
    case CS_LEDGER_PAID:
      return STATE_PAID;
    case CS_LEDGER_VOIDED:
      return STATE_VOIDED;
    case CS_LEDGER_DELETED:
      return STATE_DELETED;
    default:
      g_assert_not_reached ();
    }
}

static void
append_rare (CsInvoiceTable *table, RareKind kind, gint64 value)
{
  Rare rare = { table->n, value };

  g_array_append_val (table->rare[kind], rare);
}

static guint16
pack_day (CsInvoiceTable *table, RareKind kind, CsDate date)
{
  if (!cs_date_is_set (date))
    return DAY_NONE;
  if (date.days >= DAY_FIRST && date.days < DAY_FIRST + DAY_RARE)
    return (guint16)(date.days - DAY_FIRST);
  append_rare (table, kind, date.days);
  return DAY_RARE;
}

static gint32
pack_total (CsInvoiceTable *table, gint64 minor)
{
  if (minor > TOTAL_RARE && minor <= G_MAXINT32)
    return (gint32)minor;
  append_rare (table, RARE_TOTAL, minor);
  return TOTAL_RARE;
}

/** cs_invoice_table_append: adds an invoice at the end of a table that is not finished. */
void
cs_invoice_table_append (CsInvoiceTable *table, const CsInvoiceFacts *facts)
{
  guint at = table->n;
  Balance balance = facts->balance.minor == 0                    ? BALANCE_NOTHING
                    : facts->balance.minor == facts->total.minor ? BALANCE_WHOLE
                                                                 : BALANCE_PART;

  g_return_if_fail (table->lookup != NULL);

  if (at == table->n_allocated)
    resize (table, MAX (256, at + at / 2));
  table->keys[at] = facts->key;
  table->dates[at] = pack_day (table, RARE_DATE, facts->date);
  table->dues[at] = pack_day (table, RARE_DUE, facts->due);
  table->contacts[at] = find_contact (table, facts->contact_id, facts->contact_name);
  table->totals[at] = pack_total (table, facts->total.minor);
  table->flags[at] = (guint16)(get_state (facts->status, facts->balance.minor) | (guint)balance << 3
                               | find_currency (table, facts->total.currency) << 5);
  if (balance == BALANCE_PART)
    append_rare (table, RARE_BALANCE, facts->balance.minor);
  table->n++;
}

/** cs_invoice_table_finish: gives back what was only needed to fill it. */
void
cs_invoice_table_finish (CsInvoiceTable *table)
{
  g_clear_pointer (&table->lookup, g_hash_table_unref);
  if (table->n < table->n_allocated)
    resize (table, table->n);
}

static void
copy_rare (CsInvoiceTable *table, const CsInvoiceTable *source, guint from, guint to)
{
  for (gsize kind = 0; kind < N_RARE; kind++)
    for (guint i = 0; i < source->rare[kind]->len; i++)
      {
        Rare rare = g_array_index (source->rare[kind], Rare, i);

        if (rare.position < from || rare.position >= to)
          continue;
        rare.position += table->n - from;
        g_array_append_val (table->rare[kind], rare);
      }
}

/* The rows [@from, @to) of @source, which has the same contacts and currencies up to @contacts and
 * @currencies.
 */
static void
copy_rows (CsInvoiceTable *table,
           const CsInvoiceTable *source,
           guint from,
           guint to,
           const guint *contacts,
           const guint *currencies)
{
  guint at = table->n;

  if (from == to)
    return;
  memcpy (table->keys + at, source->keys + from, (to - from) * sizeof *table->keys);
  memcpy (table->dates + at, source->dates + from, (to - from) * sizeof *table->dates);
  memcpy (table->dues + at, source->dues + from, (to - from) * sizeof *table->dues);
  memcpy (table->totals + at, source->totals + from, (to - from) * sizeof *table->totals);
  memcpy (table->contacts + at, source->contacts + from, (to - from) * sizeof *table->contacts);
  memcpy (table->flags + at, source->flags + from, (to - from) * sizeof *table->flags);
  for (guint i = 0; contacts != NULL && i < to - from; i++)
    {
      guint16 flags = table->flags[at + i];

      table->contacts[at + i] = contacts[table->contacts[at + i]];
      table->flags[at + i] = (guint16)((flags & 31) | currencies[CURRENCY_OF (flags)] << 5);
    }
  copy_rare (table, source, from, to);
  table->n += to - from;
}

static CsInvoiceTable *
copy_dictionaries (const CsInvoiceTable *source, guint n_expected)
{
  CsInvoiceTable *table = cs_invoice_table_new (n_expected);

  for (guint i = 0; i < source->contact_ids->len; i++)
    {
      guint index = find_contact (table, source->contact_ids->pdata[i], source->contact_names->pdata[i]);

      g_assert (index == i);
    }
  g_array_append_vals (table->currencies, source->currencies->data, source->currencies->len);
  return table;
}

/* The end of the run that starts at @from: of rows of that date. */
static guint
find_end_of_day (const CsInvoiceTable *table, guint from)
{
  guint to = from;

  while (to < table->n && cs_invoice_table_get_days (table, to) == cs_invoice_table_get_days (table, from))
    to++;
  return to;
}

/* The first row from @from on whose date is not after @day. */
static guint
find_day (const CsInvoiceTable *table, guint from, gint32 day)
{
  guint low = from;
  guint high = table->n;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (cs_invoice_table_get_days (table, middle) > day)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * cs_invoice_table_replace_days:
 * @table: a finished table
 * @days: (element-type gint32): dates, descending, each once; %CS_DATE_NONE's is the last
 * @fresh: every invoice of these dates, and no other, in order
 *
 * So a few changed invoices cost a copy, and no reading of all of them.
 *
 * Returns: (transfer full): the table as it is now, finished
 */
CsInvoiceTable *
cs_invoice_table_replace_days (CsInvoiceTable *table, const GArray *days, CsInvoiceTable *fresh)
{
  CsInvoiceTable *next = copy_dictionaries (table, table->n + fresh->n);
  g_autofree guint *contacts = g_new (guint, fresh->contact_ids->len + 1);
  g_autofree guint *currencies = g_new (guint, fresh->currencies->len + 1);
  guint at = 0, fresh_at = 0;

  for (guint i = 0; i < fresh->contact_ids->len; i++)
    contacts[i] = find_contact (next, fresh->contact_ids->pdata[i], fresh->contact_names->pdata[i]);
  for (guint i = 0; i < fresh->currencies->len; i++)
    currencies[i] = find_currency (next, g_array_index (fresh->currencies, CsCurrency, i));
  for (guint i = 0; i < days->len; i++)
    {
      gint32 day = g_array_index (days, gint32, i);
      guint from = find_day (table, at, day);

      copy_rows (next, table, at, from, NULL, NULL);
      at = from < table->n && cs_invoice_table_get_days (table, from) == day ? find_end_of_day (table, from)
                                                                             : from;
      if (fresh_at < fresh->n && cs_invoice_table_get_days (fresh, fresh_at) == day)
        {
          guint fresh_to = find_end_of_day (fresh, fresh_at);

          copy_rows (next, fresh, fresh_at, fresh_to, contacts, currencies);
          fresh_at = fresh_to;
        }
    }
  copy_rows (next, table, at, table->n, NULL, NULL);
  cs_invoice_table_finish (next);
  return next;
}

/** cs_invoice_table_get_n: Returns: how many invoices */
guint
cs_invoice_table_get_n (const CsInvoiceTable *table)
{
  return table->n;
}

/** cs_invoice_table_get_size: Returns: bytes that its columns take */
gsize
cs_invoice_table_get_size (const CsInvoiceTable *table)
{
  gsize row = sizeof *table->keys + sizeof *table->dates + sizeof *table->dues + sizeof *table->contacts
              + sizeof *table->totals + sizeof *table->flags;
  gsize size = table->n_allocated * row;

  for (gsize kind = 0; kind < N_RARE; kind++)
    size += table->rare[kind]->len * sizeof (Rare);
  return size;
}

/** cs_invoice_table_get_key: Returns: which invoice stands at @position */
guint32
cs_invoice_table_get_key (const CsInvoiceTable *table, guint position)
{
  return table->keys[position];
}

/** cs_invoice_table_get_date: Returns: its date */
CsDate
cs_invoice_table_get_date (const CsInvoiceTable *table, guint position)
{
  return (CsDate){ cs_invoice_table_get_days (table, position) };
}

/** cs_invoice_table_find: Returns: where the invoice of @key stands, which is of @date; %G_MAXUINT: nowhere
 */
guint
cs_invoice_table_find (const CsInvoiceTable *table, guint32 key, CsDate date)
{
  guint at = find_day (table, 0, date.days);

  while (at < table->n && cs_invoice_table_get_days (table, at) == date.days && table->keys[at] != key)
    at++;
  return at < table->n && cs_invoice_table_get_days (table, at) == date.days ? at : G_MAXUINT;
}

/* What is kept apart of the row at @position, which has something of that kind. */
gint64
cs_invoice_table_get_rare (const CsInvoiceTable *table, RareKind kind, guint position)
{
  const GArray *rare = table->rare[kind];
  guint low = 0;
  guint high = rare->len;

  while (low + 1 < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (rare, Rare, middle).position <= position)
        low = middle;
      else
        high = middle;
    }
  return g_array_index (rare, Rare, low).value;
}

gint64
cs_invoice_table_get_balance (const CsInvoiceTable *table, guint position)
{
  switch (BALANCE_OF (table->flags[position]))
    {
    case BALANCE_NOTHING:
      return 0;
    case BALANCE_WHOLE:
      return cs_invoice_table_get_total (table, position);
    case BALANCE_PART:
    default:
      return cs_invoice_table_get_rare (table, RARE_BALANCE, position);
    }
}

CsInvoiceView
cs_invoice_table_get_view (const CsInvoiceTable *table, guint position, gint32 today)
{
  switch (STATE_OF (table->flags[position]))
    {
    case STATE_DRAFT:
      return CS_INVOICE_VIEW_DRAFT;
    case STATE_SUBMITTED:
      return CS_INVOICE_VIEW_SUBMITTED;
    case STATE_UNPAID:
      return cs_invoice_table_get_due (table, position) < today ? CS_INVOICE_VIEW_OVERDUE
                                                                : CS_INVOICE_VIEW_OPEN;
    case STATE_VOIDED:
      return CS_INVOICE_VIEW_VOIDED;
    case STATE_DELETED:
      return CS_INVOICE_VIEW_DELETED;
    case STATE_SETTLED:
    case STATE_PAID:
    default:
      return CS_INVOICE_VIEW_PAID;
    }
}
