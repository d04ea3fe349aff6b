/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-table-private.h"

#include <string.h>

typedef struct
{
  gint64 value;
  guint32 position;
} Place;

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *x = a;
  const Place *y = b;

  /* What is equal stays newest first, whichever way it is sorted. */
  return x->value != y->value ? (x->value < y->value ? -1 : 1) : (x->position < y->position ? -1 : 1);
}

typedef struct
{
  char *folded;
  guint index;
} Named;

static int
compare_named (gconstpointer a, gconstpointer b)
{
  return strcmp (((const Named *)a)->folded, ((const Named *)b)->folded);
}

/* By contact: where its name stands among the others. */
static gint64 *
rank_contacts (const CsInvoiceTable *table)
{
  guint n = table->contact_names->len;
  gint64 *ranks = g_new (gint64, n + 1);
  g_autofree Named *named = g_new (Named, n + 1);

  for (guint i = 0; i < n; i++)
    named[i] = (Named){ g_utf8_collate_key (table->folded_names->pdata[i], -1), i };
  qsort (named, n, sizeof *named, compare_named);
  for (guint i = 0; i < n; i++)
    ranks[named[i].index]
        = i > 0 && strcmp (named[i].folded, named[i - 1].folded) == 0 ? ranks[named[i - 1].index] : (gint64)i;
  for (guint i = 0; i < n; i++)
    g_free (named[i].folded);
  return ranks;
}

static gint64
get_value (const CsInvoiceTable *table,
           CsInvoiceColumn column,
           guint position,
           const gint64 *ranks,
           const CsRowSet *pinned)
{
  switch (column)
    {
    case CS_INVOICE_COLUMN_PIN:
      return !cs_row_set_has (pinned, table->keys[position]);
    case CS_INVOICE_COLUMN_DUE:
      return cs_invoice_table_get_due (table, position);
    case CS_INVOICE_COLUMN_CONTACT:
      return ranks[table->contacts[position]];
    case CS_INVOICE_COLUMN_BALANCE:
      return cs_invoice_table_get_balance (table, position);
    case CS_INVOICE_COLUMN_TOTAL:
      return cs_invoice_table_get_total (table, position);
    case CS_INVOICE_COLUMN_STATUS:
      return STATE_OF (table->flags[position]);
    case CS_INVOICE_COLUMN_NUMBER:
    case CS_INVOICE_COLUMN_DATE:
    case CS_INVOICE_COLUMN_TYPE:
    case CS_INVOICE_COLUMN_REFERENCE:
    default:
      return 0;
    }
}

/**
 * cs_invoice_table_sort:
 * @table: a finished table
 * @column: by what
 * @is_descending: whether the greatest come first
 * @pinned: for sorting by the pin
 *
 * Amounts are sorted as numbers, a currency beside the other. Equal ones are newest first.
 *
 * Returns: (transfer full) (nullable): its positions in that order; %NULL where the columns don't know:
 * number and reference are the file's to sort, date and type are in order as they are
 */
guint32 *
cs_invoice_table_sort (const CsInvoiceTable *table,
                       CsInvoiceColumn column,
                       gboolean is_descending,
                       const CsRowSet *pinned)
{
  g_autofree Place *places = NULL;
  g_autofree gint64 *ranks = NULL;
  guint32 *order;

  if (column == CS_INVOICE_COLUMN_NUMBER || column == CS_INVOICE_COLUMN_REFERENCE
      || column == CS_INVOICE_COLUMN_DATE || column == CS_INVOICE_COLUMN_TYPE)
    return NULL;
  if (column == CS_INVOICE_COLUMN_CONTACT)
    ranks = rank_contacts (table);
  places = g_new (Place, table->n + 1);
  for (guint i = 0; i < table->n; i++)
    {
      gint64 value = get_value (table, column, i, ranks, pinned);

      places[i] = (Place){ is_descending ? -value : value, i };
    }
  qsort (places, table->n, sizeof *places, compare_places);
  order = g_new (guint32, table->n + 1);
  for (guint i = 0; i < table->n; i++)
    order[i] = places[i].position;
  return order;
}

/**
 * cs_invoice_table_order_keys:
 * @table: a finished table
 * @keys: (array length=n_keys): of rows, in the order that is wanted
 * @n_keys: how many
 *
 * Returns: (transfer full): the positions in that order; those of rows that are not among @keys come last
 */
guint32 *
cs_invoice_table_order_keys (const CsInvoiceTable *table, const guint32 *keys, gsize n_keys)
{
  guint32 *order = g_new (guint32, table->n + 1);
  g_autofree guint32 *positions = NULL; /* by key; 0: not here; else one more than the position */
  guint32 highest = 0;
  guint n = 0;

  for (guint i = 0; i < table->n; i++)
    highest = MAX (highest, table->keys[i]);
  positions = g_new0 (guint32, (gsize)highest + 1);
  for (guint i = 0; i < table->n; i++)
    positions[table->keys[i]] = i + 1;
  for (gsize i = 0; i < n_keys; i++)
    if (keys[i] <= highest && positions[keys[i]] != 0)
      {
        order[n++] = positions[keys[i]] - 1;
        positions[keys[i]] = 0;
      }
  for (guint i = 0; i < table->n; i++)
    if (positions[table->keys[i]] != 0)
      order[n++] = i;
  return order;
}
