/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"
#include "cs-store-review.h"

/* More changes than this are not followed one by one: all is read. */
#define FOLLOWED_MAX 5000
/* As many are kept; whoever looks less often than that reads all. */
#define CHANGES_KEPT 50000

#define FACT_COLUMNS "rid, status, date, due, contact_id, contact_name, currency, total_minor, balance_minor"

/** cs_invoice_reading_free: @reading: (nullable) (transfer full) */
void
cs_invoice_reading_free (CsInvoiceReading *reading)
{
  if (reading == NULL)
    return;
  g_clear_pointer (&reading->table, cs_invoice_table_unref);
  cs_row_set_free (reading->changed);
  g_free (reading);
}

gboolean
cs_store_prune_changes (CsStore *store, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "DELETE FROM invoice_change"
                                    " WHERE sequence <= (SELECT max (sequence) FROM invoice_change) - ?");

  cs_sql_bind_integer (row, CHANGES_KEPT);
  return cs_sql_run (row, error);
}

static gboolean
append_row (CsInvoiceTable *table, CsSqlStatement *row, GError **error)
{
  CsInvoiceFacts facts;
  CsCurrency currency;

  facts.key = (guint32)cs_sql_read_integer (row);
  if (!cs_ledger_status_parse (cs_sql_peek_text (row), &facts.status, error))
    return FALSE;
  facts.date = cs_sql_read_date (row);
  facts.due = cs_sql_read_date (row);
  facts.contact_id = cs_sql_peek_text (row);
  facts.contact_name = cs_sql_peek_text (row);
  currency = cs_sql_read_currency (row);
  facts.total = cs_sql_read_minor (row, currency);
  facts.balance = cs_sql_read_minor (row, currency);
  cs_invoice_table_append (table, &facts);
  return TRUE;
}

static gboolean
append_rows (CsInvoiceTable *table, CsSqlStatement *row, GError **error)
{
  while (cs_sql_next (row, error))
    if (!append_row (table, row, error))
      return FALSE;
  return !cs_sql_has_failed (row);
}

/* No fewer than there are, without counting them: room that is not used is given back, and costs nothing
 * meanwhile. */
static gboolean
load_highest (CsStore *store, guint *highest, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT ifnull (max (rid), 0) FROM ledger_invoice");

  if (!cs_sql_next (row, error))
    return FALSE;
  *highest = (guint)cs_sql_read_integer (row);
  return TRUE;
}

static CsInvoiceTable *
read_all (CsStore *store, const CsUuid *connection_id, GError **error)
{
  g_autoptr (CsInvoiceTable) table = NULL;
  guint n_expected = 0;
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT " FACT_COLUMNS " FROM ledger_invoice INDEXED BY ledger_invoice_newest"
                  " WHERE connection_id = ? AND is_sales = 1"
                  " ORDER BY date DESC, number DESC, rid");

  if (!load_highest (store, &n_expected, error))
    return NULL;
  table = cs_invoice_table_new (n_expected);
  cs_sql_bind_uuid (row, connection_id);
  if (!append_rows (table, row, error))
    return NULL;
  cs_invoice_table_finish (table);
  return g_steal_pointer (&table);
}

static gboolean
append_day (CsStore *store, const CsUuid *connection_id, gint32 day, CsInvoiceTable *table, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT " FACT_COLUMNS " FROM ledger_invoice INDEXED BY ledger_invoice_newest"
                  " WHERE connection_id = ? AND is_sales = 1 AND date IS ?"
                  " ORDER BY number DESC, rid");

  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_date (row, (CsDate){ day });
  return append_rows (table, row, error);
}

/* Answers whether what changed since @sequence is known, one by one. */
static gboolean
load_changed (CsStore *store, gint64 sequence, CsRowSet **changed, GError **error)
{
  g_autoptr (CsSqlStatement) first = cs_sql_prepare (
      store->sql, "SELECT ifnull (min (sequence), 0), ifnull (max (sequence), 0) FROM invoice_change");
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT rid FROM invoice_change WHERE sequence > ? LIMIT ?");
  g_autoptr (CsRowSet) keys = cs_row_set_new ();
  guint n = 0;

  if (!cs_sql_next (first, error))
    return FALSE;
  if (cs_sql_read_integer (first) > sequence + 1 || cs_sql_read_integer (first) < sequence)
    return TRUE;
  cs_sql_bind_integer (row, sequence);
  cs_sql_bind_integer (row, FOLLOWED_MAX + 1);
  while (cs_sql_next (row, error))
    {
      cs_row_set_add (keys, (guint32)cs_sql_read_integer (row));
      n++;
    }
  if (cs_sql_has_failed (row))
    return FALSE;
  if (n <= FOLLOWED_MAX)
    *changed = g_steal_pointer (&keys);
  return TRUE;
}

static void
add_day (GHashTable *days, CsDate date)
{
  g_hash_table_add (days, GINT_TO_POINTER (date.days));
}

/* Where the changed rows are now. */
static gboolean
add_new_days (CsStore *store, const CsRowSet *changed, GHashTable *days, GError **error)
{
  for (gsize key = 0; key < changed->n_words * 64; key++)
    {
      g_autoptr (CsSqlStatement) row = NULL;

      if (!cs_row_set_has (changed, (guint32)key))
        continue;
      row = cs_sql_prepare (store->sql, "SELECT date FROM ledger_invoice WHERE rid = ?");
      cs_sql_bind_integer (row, (gint64)key);
      if (cs_sql_next (row, error))
        add_day (days, cs_sql_read_date (row));
      else if (cs_sql_has_failed (row))
        return FALSE;
    }
  return TRUE;
}

static int
compare_days (gconstpointer a, gconstpointer b)
{
  gint32 x = *(const gint32 *)a;
  gint32 y = *(const gint32 *)b;

  return x == y ? 0 : x < y ? 1 : -1;
}

static GArray *
sort_days (GHashTable *days)
{
  GArray *sorted = g_array_new (FALSE, FALSE, sizeof (gint32));
  GHashTableIter iter;
  gpointer day;

  g_hash_table_iter_init (&iter, days);
  while (g_hash_table_iter_next (&iter, &day, NULL))
    {
      gint32 value = GPOINTER_TO_INT (day);

      g_array_append_val (sorted, value);
    }
  g_array_sort (sorted, compare_days);
  return sorted;
}

/* The days that a changed row stood in or stands in are read anew, in the file's order. */
static CsInvoiceTable *
mend (CsStore *store,
      const CsUuid *connection_id,
      CsInvoiceTable *known,
      const CsRowSet *changed,
      GError **error)
{
  g_autoptr (GHashTable) days = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) sorted = NULL;
  g_autoptr (CsInvoiceTable) fresh = cs_invoice_table_new (0);

  for (guint i = 0; i < cs_invoice_table_get_n (known); i++)
    if (cs_row_set_has (changed, cs_invoice_table_get_key (known, i)))
      add_day (days, cs_invoice_table_get_date (known, i));
  if (!add_new_days (store, changed, days, error))
    return NULL;
  sorted = sort_days (days);
  for (guint i = 0; i < sorted->len; i++)
    if (!append_day (store, connection_id, g_array_index (sorted, gint32, i), fresh, error))
      return NULL;
  cs_invoice_table_finish (fresh);
  return cs_invoice_table_replace_days (known, sorted, fresh);
}

static gboolean
load_last_sequence (CsStore *store, gint64 *sequence, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT ifnull (max (sequence), 0) FROM invoice_change");

  if (!cs_sql_next (row, error))
    return FALSE;
  *sequence = cs_sql_read_integer (row);
  return TRUE;
}

/**
 * cs_store_read_invoice_table:
 * @store: a store
 * @connection_id: the ledger
 * @known: (nullable): what was read before
 * @sequence: of that reading
 * @error: return location
 *
 * Where few invoices changed since, only their days are read.
 *
 * Returns: (transfer full) (nullable): the table as the file is now
 */
CsInvoiceReading *
cs_store_read_invoice_table (CsStore *store,
                             const CsUuid *connection_id,
                             CsInvoiceTable *known,
                             gint64 sequence,
                             GError **error)
{
  g_autoptr (CsInvoiceReading) reading = g_new0 (CsInvoiceReading, 1);
  g_autoptr (CsSqlTransaction) transaction = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL, NULL);

  transaction = cs_sql_begin_read (store->sql, error);
  if (transaction == NULL || !load_last_sequence (store, &reading->sequence, error)
      || (known != NULL && !load_changed (store, sequence, &reading->changed, error)))
    return NULL;
  if (reading->changed != NULL && reading->changed->count == 0)
    reading->table = cs_invoice_table_ref (known);
  else
    reading->table = reading->changed != NULL ? mend (store, connection_id, known, reading->changed, error)
                                              : read_all (store, connection_id, error);
  return reading->table != NULL ? g_steal_pointer (&reading) : NULL;
}
