/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"
#include "cs-store-review.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How many were applied is counted without building them: a window of a hundred rows is read while a person
 * waits for it. */
#define ENTRY_COLUMNS                                                                                        \
  "invoice.rid, json_array_length (invoice.details, '$.payments'),"                                          \
  " EXISTS (SELECT 1 FROM invoice_pin AS pin WHERE pin.id = invoice.id)," CS_INVOICE_COLUMNS

static CsInvoiceEntry *
read_entry (CsSqlStatement *row, GError **error)
{
  g_autoptr (CsInvoiceEntry) entry = g_new0 (CsInvoiceEntry, 1);

  entry->key = (guint32)cs_sql_read_integer (row);
  entry->n_payments = (guint)cs_sql_read_integer (row);
  entry->is_pinned = cs_sql_read_boolean (row);
  entry->invoice = cs_store_read_invoice (row, error);
  return entry->invoice != NULL ? g_steal_pointer (&entry) : NULL;
}

static GPtrArray *
read_entries (CsSqlStatement *row, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_invoice_entry_free);

  while (cs_sql_next (row, error))
    {
      CsInvoiceEntry *entry = read_entry (row, error);

      if (entry == NULL)
        return NULL;
      g_ptr_array_add (entries, entry);
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&entries);
}

/** cs_store_can_read_first: Returns: whether an index has the first rows of @filter in its order */
gboolean
cs_store_can_read_first (const CsInvoiceFilter *filter)
{
  return filter->sort == CS_INVOICE_COLUMN_DATE && filter->is_descending
         && !cs_invoice_filter_is_narrowed (filter)
         && (filter->scope == CS_INVOICE_SCOPE_PRACTICE
             || (filter->scope == CS_INVOICE_SCOPE_CONTACTS && g_strv_length (filter->contact_ids) == 1))
         && (filter->shown == CS_INVOICES_ALL || filter->shown == CS_INVOICES_OPEN
             || filter->shown == CS_INVOICES_OVERDUE || filter->shown == CS_INVOICES_UNPAID
             || filter->shown == CS_INVOICES_PAID);
}

#define FIRST(index, conditions)                                                                             \
  "SELECT " ENTRY_COLUMNS " FROM ledger_invoice AS invoice INDEXED BY " index                                \
  " WHERE connection_id = ? AND is_sales = 1 AND " conditions                                                \
  " ORDER BY date DESC, number DESC, rid LIMIT ?"
#define OWED "status = 'AUTHORISED' AND balance_minor > 0"
#define PAID "(status = 'PAID' OR (status = 'AUTHORISED' AND balance_minor <= 0))"
#define OF_CONTACT "contact_id = ? AND "

/* As a person chose them: in the practice, then of a contact. Today is bound where it is named. */
static const char *const first_texts[CS_INVOICES_SHOWN_N][2] = {
  [CS_INVOICES_ALL]
  = { FIRST ("ledger_invoice_newest", "1"), FIRST ("ledger_invoice_contact", OF_CONTACT "1") },
  [CS_INVOICES_OPEN] = { FIRST ("ledger_invoice_unpaid", OWED " AND (due >= ? OR due IS NULL)"),
                         FIRST ("ledger_invoice_contact", OF_CONTACT OWED " AND (due >= ? OR due IS NULL)") },
  [CS_INVOICES_OVERDUE] = { FIRST ("ledger_invoice_unpaid", OWED " AND due < ?"),
                            FIRST ("ledger_invoice_contact", OF_CONTACT OWED " AND due < ?") },
  [CS_INVOICES_UNPAID]
  = { FIRST ("ledger_invoice_unpaid", OWED), FIRST ("ledger_invoice_contact", OF_CONTACT OWED) },
  [CS_INVOICES_PAID]
  = { FIRST ("ledger_invoice_newest", PAID), FIRST ("ledger_invoice_contact", OF_CONTACT PAID) },
};

/* Few of what is owed may be due yet, or none be overdue: once all of them are found, nobody has to look
 * through the rest. */
static gboolean
count_wanted (CsStore *store,
              const CsUuid *connection_id,
              const CsInvoiceFilter *filter,
              CsDate today,
              guint *limit,
              GError **error)
{
  gboolean is_of_contact = filter->scope == CS_INVOICE_SCOPE_CONTACTS;
  CsDate first = { filter->shown == CS_INVOICES_OPEN ? today.days : G_MININT32 };
  CsDate last = { filter->shown == CS_INVOICES_OPEN ? G_MAXINT32 : today.days - 1 };
  guint n = 0;

  if (filter->shown != CS_INVOICES_OPEN && filter->shown != CS_INVOICES_OVERDUE)
    return TRUE;
  if (!cs_store_count_owed (store, connection_id, is_of_contact ? filter->contact_ids[0] : NULL, first, last,
                            &n, error))
    return FALSE;
  *limit = MIN (*limit, n);
  return TRUE;
}

/**
 * cs_store_read_first_invoices:
 * @store: a store
 * @connection_id: the ledger
 * @filter: one of cs_store_can_read_first()
 * @today: the day in the practice's zone
 * @limit: no more than these
 * @error: return location
 *
 * Returns: (transfer full) (element-type CsInvoiceEntry) (nullable): its first rows
 */
GPtrArray *
cs_store_read_first_invoices (CsStore *store,
                              const CsUuid *connection_id,
                              const CsInvoiceFilter *filter,
                              CsDate today,
                              guint limit,
                              GError **error)
{
  gboolean is_of_contact = filter->scope == CS_INVOICE_SCOPE_CONTACTS;
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL && cs_store_can_read_first (filter), NULL);

  transaction = cs_sql_begin_read (store->sql, error);
  if (transaction == NULL || !count_wanted (store, connection_id, filter, today, &limit, error))
    return NULL;
  row = cs_sql_prepare (store->sql, first_texts[filter->shown][is_of_contact]);
  cs_sql_bind_uuid (row, connection_id);
  if (is_of_contact)
    cs_sql_bind_text (row, filter->contact_ids[0]);
  if (filter->shown == CS_INVOICES_OPEN || filter->shown == CS_INVOICES_OVERDUE)
    cs_sql_bind_date (row, today);
  cs_sql_bind_integer (row, limit);
  return read_entries (row, error);
}

/**
 * cs_store_get_invoice_entries:
 * @store: a store
 * @keys: (array length=n_keys): of rows
 * @n_keys: how many
 * @error: return location
 *
 * Returns: (transfer full) (element-type CsInvoiceEntry) (nullable): they, in this order; one that is not
 * there is an entry of an empty invoice
 */
GPtrArray *
cs_store_get_invoice_entries (CsStore *store, const guint32 *keys, gsize n_keys, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_invoice_entry_free);

  g_return_val_if_fail (store != NULL && (keys != NULL || n_keys == 0), NULL);

  for (gsize i = 0; i < n_keys; i++)
    {
      g_autoptr (CsSqlStatement) row = cs_sql_prepare (
          store->sql, "SELECT " ENTRY_COLUMNS " FROM ledger_invoice AS invoice WHERE invoice.rid = ?");
      CsInvoiceEntry *entry = NULL;

      cs_sql_bind_integer (row, keys[i]);
      if (cs_sql_next (row, error))
        entry = read_entry (row, error);
      else if (!cs_sql_has_failed (row))
        entry = cs_invoice_entry_new ();
      if (entry == NULL)
        return NULL;
      entry->key = keys[i];
      g_ptr_array_add (entries, entry);
    }
  return g_steal_pointer (&entries);
}

/* Rows are looked through a few at a time, as long as what is typed is in most of them. */
#define LOOKED_AT_ONCE 32
#define MISSES_ALLOWED 24

/** cs_invoice_first_clear: gives back what is in @first. */
void
cs_invoice_first_clear (CsInvoiceFirst *first)
{
  g_clear_pointer (&first->order, cs_invoice_order_free);
  g_clear_pointer (&first->entries, g_ptr_array_unref);
  first->is_whole = FALSE;
}

static void
first_init (CsInvoiceFirst *first, guint limit)
{
  *first = (CsInvoiceFirst){ .order = g_new0 (CsInvoiceOrder, 1) };
  first->order->positions = g_new (guint32, MAX (limit, 1));
  first->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_invoice_entry_free);
}

static void
take_first (CsInvoiceFirst *first, guint32 position, GPtrArray *entries, guint at)
{
  first->order->positions[first->order->n++] = position;
  g_ptr_array_add (first->entries, g_steal_pointer (&entries->pdata[at]));
}

/* In the order that is wanted, from its beginning: what fits then is what is shown first. */
static gboolean
look_through (CsStore *store,
              const CsInvoiceTable *table,
              const CsInvoiceLook *look,
              const guint32 *permutation,
              guint limit,
              CsInvoiceFirst *first,
              GError **error)
{
  CsInvoiceLook untyped = *look;
  /* With one more than these there would be too many misses: when all were looked at, there are no others. */
  guint n_candidates = limit + limit / 2 + MISSES_ALLOWED + 1;
  g_autoptr (CsInvoiceOrder) candidates = NULL;
  guint at = 0;

  untyped.found = NULL;
  candidates = cs_invoice_table_select (table, &untyped, permutation, n_candidates);
  while (at < candidates->n && first->order->n < limit)
    {
      guint32 keys[LOOKED_AT_ONCE];
      guint n = MIN (LOOKED_AT_ONCE, candidates->n - at);
      g_autoptr (GPtrArray) entries = NULL;

      for (guint i = 0; i < n; i++)
        keys[i] = cs_invoice_table_get_key (table, cs_invoice_order_get (candidates, at + i));
      entries = cs_store_get_invoice_entries (store, keys, n, error);
      if (entries == NULL)
        return FALSE;
      for (guint i = 0; i < n && first->order->n < limit; i++, at++)
        if (cs_invoice_query_matches (look->found->query, ((CsInvoiceEntry *)entries->pdata[i])->invoice))
          take_first (first, cs_invoice_order_get (candidates, at), entries, i);
      if (at - first->order->n > MISSES_ALLOWED + first->order->n / 2)
        {
          cs_invoice_first_clear (first);
          return TRUE;
        }
    }
  first->is_whole = at == candidates->n;
  return TRUE;
}

#define NUMBERED(direction)                                                                                  \
  "SELECT " ENTRY_COLUMNS " FROM ledger_invoice AS invoice INDEXED BY ledger_invoice_number"                 \
  " WHERE connection_id = ? AND is_sales = 1 AND number COLLATE NOCASE >= ?"                                 \
  " AND number COLLATE NOCASE < ? ORDER BY number COLLATE NOCASE " direction " LIMIT ?"

static GPtrArray *
read_numbered (CsStore *store,
               const CsUuid *connection_id,
               const char *word,
               gboolean is_descending,
               guint limit,
               GError **error)
{
  g_autoptr (CsSqlStatement) row = is_descending ? cs_sql_prepare (store->sql, NUMBERED ("DESC"))
                                                 : cs_sql_prepare (store->sql, NUMBERED ("ASC"));
  g_autofree char *end = g_strdup (word);

  end[strlen (end) - 1]++;
  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, word);
  cs_sql_bind_text (row, end);
  cs_sql_bind_integer (row, limit);
  return read_entries (row, error);
}

typedef struct
{
  guint32 position;
  guint at;
} Numbered;

static int
compare_positions (gconstpointer a, gconstpointer b)
{
  const Numbered *x = a;
  const Numbered *y = b;

  return x->position < y->position ? -1 : x->position > y->position;
}

/* Numbers are given in the order of dates, nearly always: those at the end of the span are the newest. */
static gboolean
look_up_numbered (CsStore *store,
                  const CsUuid *connection_id,
                  const CsInvoiceTable *table,
                  const CsInvoiceLook *look,
                  guint limit,
                  CsInvoiceFirst *first,
                  GError **error)
{
  gboolean is_descending = look->filter->is_descending;
  g_autoptr (GPtrArray) entries
      = read_numbered (store, connection_id, look->found->words[0], is_descending, limit, error);
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (Numbered));

  if (entries == NULL)
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    {
      const CsInvoiceEntry *entry = entries->pdata[i];
      Numbered numbered = { cs_invoice_table_find (table, entry->key, entry->invoice->date), i };

      if (numbered.position != G_MAXUINT && (look->scope == NULL || cs_row_set_has (look->scope, entry->key))
          && cs_invoice_filter_matches (look->filter, entry->invoice,
                                        cs_row_set_has (look->pinned, entry->key), look->today))
        g_array_append_val (taken, numbered);
    }
  if (taken->len == 0)
    return TRUE;
  g_array_sort (taken, compare_positions);
  first_init (first, taken->len);
  first->has_gaps = TRUE;
  for (guint i = 0; i < taken->len; i++)
    {
      const Numbered *numbered = &g_array_index (taken, Numbered, is_descending ? i : taken->len - 1 - i);

      take_first (first, numbered->position, entries, numbered->at);
    }
  return TRUE;
}

/**
 * cs_store_find_first_invoices:
 * @store: a store
 * @connection_id: the ledger
 * @table: of its invoices
 * @look: what is asked for; its @found has the words, and needs no rows
 * @permutation: (nullable): as for cs_invoice_table_select()
 * @limit: no more than these
 * @first: (out caller-allocates): rows that are asked for, in order
 * @error: return location
 *
 * What is typed first, "INV-", is in nearly all rows: the first ones are found by looking at them, while an
 * index would list a million. What is in few of the first rows, but begins a number, leads to such rows, by
 * date, by the index of numbers: what has it elsewhere is not among them.
 *
 * Returns: whether it was looked; else what the file said
 */
gboolean
cs_store_find_first_invoices (CsStore *store,
                              const CsUuid *connection_id,
                              const CsInvoiceTable *table,
                              const CsInvoiceLook *look,
                              const guint32 *permutation,
                              guint limit,
                              CsInvoiceFirst *first,
                              GError **error)
{
  const char *word;

  g_return_val_if_fail (store != NULL && table != NULL && look->found != NULL && first != NULL, FALSE);

  first_init (first, limit);
  word = look->found->words[0];
  if (!look_through (store, table, look, permutation, limit, first, error))
    {
      cs_invoice_first_clear (first);
      return FALSE;
    }
  if (first->order != NULL || word == NULL || permutation != NULL || !g_str_is_ascii (word))
    return TRUE;
  return look_up_numbered (store, connection_id, table, look, limit, first, error);
}

/**
 * cs_store_get_invoice_key:
 * @store: a store
 * @connection_id: the ledger
 * @remote_id: an invoice's id there
 * @key: (out): of its row
 * @error: return location
 *
 * Returns: whether it is here; else %CS_STORE_ERROR_NOT_FOUND or what the file said
 */
gboolean
cs_store_get_invoice_key (CsStore *store,
                          const CsUuid *connection_id,
                          const char *remote_id,
                          guint32 *key,
                          GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;
  CsUuid id;

  g_return_val_if_fail (store != NULL && connection_id != NULL && remote_id != NULL && key != NULL, FALSE);

  id = cs_store_get_mirror_id ("ledger-invoice", connection_id, remote_id);
  row = cs_sql_prepare (store->sql, "SELECT rid FROM ledger_invoice WHERE id = ?");
  cs_sql_bind_uuid (row, &id);
  if (cs_sql_next (row, error))
    {
      *key = (guint32)cs_sql_read_integer (row);
      return TRUE;
    }
  return cs_sql_has_failed (row)
             ? FALSE
             : cs_store_refuse (error, CS_STORE_ERROR_NOT_FOUND, _ ("There is no such invoice here."));
}
