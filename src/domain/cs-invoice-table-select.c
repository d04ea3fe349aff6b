/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-table-private.h"

#include <string.h>

typedef struct
{
  gint64 first;
  gint64 last;
} Span;

/* A filter, boiled down to what a row's columns are compared with. */
typedef struct
{
  const CsInvoiceTable *table;
  const CsInvoiceLook *look;
  guint states; /* a bit for each State that is shown */
  gint32 due_first;
  gint32 due_last;
  gint32 date_first;
  gint32 date_last;
  guint8 *contacts;                    /* (nullable): the scope's */
  guint8 *named[CS_INVOICE_WORDS_MAX]; /* (nullable): by word: the contacts whose name has it */
  Span *amounts;                       /* (nullable): by currency: what was typed, if it is an amount */
  CsRowSet *part_owed;                 /* positions of which such an amount is owed, a part of the total */
  gboolean fits_nothing;               /* whether what was typed fits an amount of nothing */
  gboolean takes_all;
} Sieve;

/* So many rows at a time go through the columns that are asked about, one column after the other: a column
 * nobody asks about is never read, and what is left of the rows stays in the processor's nearest memory. */
#define BLOCK 1024

typedef struct
{
  guint n;
  guint32 at[BLOCK];
} Block;

/* Each row is written and only those that are kept are counted: there is no branch to guess wrong. */
#define KEEP(block, position, condition)                                                                     \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    guint n_kept = 0;                                                                                        \
                                                                                                             \
    for (guint i = 0; i < (block)->n; i++)                                                                   \
      {                                                                                                      \
        guint32 position = (block)->at[i];                                                                   \
                                                                                                             \
        (block)->at[n_kept] = position;                                                                      \
        n_kept += (condition) ? 1 : 0;                                                                       \
      }                                                                                                      \
    (block)->n = n_kept;                                                                                     \
  }                                                                                                          \
  G_STMT_END

static inline gboolean
is_within (const Span *span, gint64 minor)
{
  return (minor >= span->first) & (minor <= span->last);
}

/** cs_invoice_found_new: Returns: (transfer full): what was @typed, with no rows found for it yet */
CsInvoiceFound *
cs_invoice_found_new (const char *typed)
{
  CsInvoiceFound *found = g_new0 (CsInvoiceFound, 1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;
  guint n_words = 0;

  found->query = cs_invoice_query_new (typed);
  words = g_strsplit_set (found->query->folded, " \t", -1);
  for (gsize i = 0; words[i] != NULL && n_words < CS_INVOICE_WORDS_MAX; i++)
    if (*words[i] != '\0')
      {
        g_strv_builder_add (builder, words[i]);
        found->rows[n_words++] = cs_row_set_new ();
      }
  found->words = g_strv_builder_end (builder);
  return found;
}

/** cs_invoice_found_free: @found: (nullable) (transfer full) */
void
cs_invoice_found_free (CsInvoiceFound *found)
{
  if (found == NULL)
    return;
  cs_invoice_query_free (found->query);
  g_strfreev (found->words);
  for (gsize i = 0; i < CS_INVOICE_WORDS_MAX; i++)
    cs_row_set_free (found->rows[i]);
  g_free (found);
}

/** cs_invoice_order_free: @order: (nullable) (transfer full) */
void
cs_invoice_order_free (CsInvoiceOrder *order)
{
  if (order == NULL)
    return;
  g_free (order->positions);
  g_free (order);
}

guint8 *
cs_invoice_table_find_scope (const CsInvoiceTable *table, const CsInvoiceFilter *filter)
{
  guint8 *contacts;

  if (filter->scope != CS_INVOICE_SCOPE_CONTACTS)
    return NULL;
  contacts = g_new0 (guint8, table->contact_ids->len + 1);
  for (guint i = 0; i < table->contact_ids->len; i++)
    contacts[i] = g_strv_contains ((const char *const *)filter->contact_ids, table->contact_ids->pdata[i]);
  return contacts;
}

static void
find_named (Sieve *sieve, const CsInvoiceFound *found)
{
  const CsInvoiceTable *table = sieve->table;

  for (gsize word = 0; found->words[word] != NULL; word++)
    for (guint i = 0; i < table->folded_names->len; i++)
      {
        if (strstr (table->folded_names->pdata[i], found->words[word]) == NULL)
          continue;
        if (sieve->named[word] == NULL)
          sieve->named[word] = g_new0 (guint8, table->contact_names->len + 1);
        sieve->named[word][i] = TRUE;
      }
}

static void
find_amounts (Sieve *sieve, const CsInvoiceQuery *query)
{
  const CsInvoiceTable *table = sieve->table;

  if (!query->is_amount)
    return;
  sieve->amounts = g_new (Span, table->currencies->len + 1);
  for (guint i = 0; i < table->currencies->len; i++)
    cs_invoice_query_get_span (query, g_array_index (table->currencies, CsCurrency, i),
                               &sieve->amounts[i].first, &sieve->amounts[i].last);
  for (guint i = 0; i < table->currencies->len; i++)
    sieve->fits_nothing |= is_within (&sieve->amounts[i], 0);
  sieve->part_owed = cs_row_set_new ();
  for (guint i = 0; i < table->rare[RARE_BALANCE]->len; i++)
    {
      const Rare *part = &g_array_index (table->rare[RARE_BALANCE], Rare, i);

      if (is_within (&sieve->amounts[CURRENCY_OF (table->flags[part->position])], part->value))
        cs_row_set_add (sieve->part_owed, part->position);
    }
}

static guint
get_states (CsInvoicesShown shown)
{
  switch (shown)
    {
    case CS_INVOICES_ALL:
      return G_MAXUINT;
    case CS_INVOICES_OPEN:
    case CS_INVOICES_OVERDUE:
    case CS_INVOICES_UNPAID:
      return 1u << STATE_UNPAID;
    case CS_INVOICES_PAID:
      return 1u << STATE_PAID | 1u << STATE_SETTLED;
    case CS_INVOICES_PINNED:
      return 1u << STATE_UNPAID | 1u << STATE_PAID | 1u << STATE_SETTLED;
    case CS_INVOICES_DRAFT:
      return 1u << STATE_DRAFT;
    case CS_INVOICES_SUBMITTED:
      return 1u << STATE_SUBMITTED;
    case CS_INVOICES_VOIDED:
      return 1u << STATE_VOIDED;
    case CS_INVOICES_DELETED:
      return 1u << STATE_DELETED;
    default:
      g_assert_not_reached ();
    }
}

/* K-9 as a span of due dates: without one, a row is due at the end of time. */
static void
narrow_due (Sieve *sieve, CsInvoicesShown shown, CsAgeing ageing, gint32 today)
{
  static const gint32 first[] = { G_MININT32, 0, -30, -60, -90, G_MININT32 };
  static const gint32 last[] = { G_MAXINT32, G_MAXINT32, -1, -31, -61, -91 };

  sieve->due_first = G_MININT32;
  sieve->due_last = G_MAXINT32;
  if (shown == CS_INVOICES_OPEN)
    sieve->due_first = today;
  else if (shown == CS_INVOICES_OVERDUE)
    sieve->due_last = today - 1;
  if (ageing == CS_AGEING_ANY)
    return;
  sieve->states &= 1u << STATE_UNPAID;
  if (first[ageing] != G_MININT32)
    sieve->due_first = MAX (sieve->due_first, today + first[ageing]);
  if (last[ageing] != G_MAXINT32)
    sieve->due_last = MIN (sieve->due_last, today + last[ageing]);
}

static void
sieve_init (Sieve *sieve, const CsInvoiceTable *table, const CsInvoiceLook *look)
{
  const CsInvoiceFilter *filter = look->filter;

  *sieve = (Sieve){ .table = table, .look = look };
  sieve->states = get_states (filter->shown);
  narrow_due (sieve, filter->shown, filter->ageing, look->today.days);
  sieve->date_first = cs_date_is_set (filter->from) ? filter->from.days : G_MININT32;
  sieve->date_last = cs_date_is_set (filter->to) ? filter->to.days : G_MAXINT32;
  /* A row without a date is in no span of dates, whichever end is open. */
  if (cs_date_is_set (filter->to) && !cs_date_is_set (filter->from))
    sieve->date_first = G_MININT32 + 1;
  sieve->contacts = cs_invoice_table_find_scope (table, filter);
  if (look->found != NULL)
    {
      find_named (sieve, look->found);
      find_amounts (sieve, look->found->query);
    }
  sieve->takes_all = filter->shown == CS_INVOICES_ALL && !cs_invoice_filter_is_narrowed (filter)
                     && sieve->contacts == NULL && look->scope == NULL;
}

static void
sieve_clear (Sieve *sieve)
{
  g_free (sieve->contacts);
  g_free (sieve->amounts);
  cs_row_set_free (sieve->part_owed);
  for (gsize i = 0; i < CS_INVOICE_WORDS_MAX; i++)
    g_free (sieve->named[i]);
}

static inline gboolean
has_words (const Sieve *sieve, guint position)
{
  const CsInvoiceFound *found = sieve->look->found;
  guint32 key = sieve->table->keys[position];
  gsize word = 0;

  while (found->words[word] != NULL
         && (cs_row_set_has (found->rows[word], key)
             || (sieve->named[word] != NULL && sieve->named[word][sieve->table->contacts[position]] != 0)))
    word++;
  return found->words[word] == NULL;
}

/* Of most invoices nothing is owed, of few a part. */
static inline gboolean
has_amount (const Sieve *sieve, guint position)
{
  const CsInvoiceTable *table = sieve->table;
  guint16 flags = table->flags[position];
  const Span *amount = &sieve->amounts[CURRENCY_OF (flags)];

  return is_within (amount, cs_invoice_table_get_total (table, position))
         | (sieve->fits_nothing && BALANCE_OF (flags) == BALANCE_NOTHING && is_within (amount, 0))
         | cs_row_set_has (sieve->part_owed, position);
}

static void
keep_found (const Sieve *sieve, Block *block)
{
  const CsInvoiceFound *found = sieve->look->found;
  const CsRowSet *rows = found->rows[0];
  const guint32 *keys = sieve->table->keys;

  if (rows == NULL || found->words[1] != NULL || sieve->named[0] != NULL)
    KEEP (block, position,
          has_words (sieve, position) || (sieve->amounts != NULL && has_amount (sieve, position)));
  else if (sieve->amounts != NULL)
    KEEP (block, position, cs_row_set_has (rows, keys[position]) | has_amount (sieve, position));
  else
    KEEP (block, position, cs_row_set_has (rows, keys[position]));
}

static void
keep_taken (const Sieve *sieve, Block *block)
{
  const CsInvoiceTable *table = sieve->table;
  const CsInvoiceLook *look = sieve->look;

  if (sieve->states != G_MAXUINT)
    KEEP (block, position, sieve->states >> STATE_OF (table->flags[position]) & 1);
  if (sieve->due_first != G_MININT32 || sieve->due_last != G_MAXINT32)
    KEEP (block, position,
          cs_invoice_table_get_due (table, position) >= sieve->due_first
              && cs_invoice_table_get_due (table, position) <= sieve->due_last);
  if (sieve->date_first != G_MININT32 || sieve->date_last != G_MAXINT32)
    KEEP (block, position,
          cs_invoice_table_get_days (table, position) >= sieve->date_first
              && cs_invoice_table_get_days (table, position) <= sieve->date_last);
  if (sieve->contacts != NULL)
    KEEP (block, position, sieve->contacts[table->contacts[position]]);
  if (look->filter->shown == CS_INVOICES_PINNED)
    KEEP (block, position, cs_row_set_has (look->pinned, table->keys[position]));
  if (look->scope != NULL)
    KEEP (block, position, cs_row_set_has (look->scope, table->keys[position]));
  if (look->found != NULL)
    keep_found (sieve, block);
}

/* The next rows in the order that is wanted, of all of the table or of these positions of it. */
static void
fill (Block *block, const guint32 *positions, guint n, gboolean is_reversed, guint from)
{
  block->n = MIN (BLOCK, n - from);
  for (guint i = 0; i < block->n; i++)
    {
      guint at = is_reversed ? n - 1 - from - i : from + i;

      block->at[i] = positions != NULL ? positions[at] : at;
    }
}

static void
append (CsInvoiceOrder *order, guint *n_allocated, const Block *block, guint limit)
{
  guint n = MIN (block->n, limit - order->n);

  if (order->n + n > *n_allocated)
    {
      *n_allocated = MAX (order->n + n, *n_allocated * 2);
      order->positions = g_renew (guint32, order->positions, *n_allocated);
    }
  if (n > 0)
    memcpy (order->positions + order->n, block->at, n * sizeof *block->at);
  order->n += n;
}

/**
 * cs_invoice_table_find_set:
 * @table: a finished table
 * @keys: of rows, there or not
 *
 * Returns: (transfer full) (element-type guint32): where those that are there stand, ascending
 */
GArray *
cs_invoice_table_find_set (const CsInvoiceTable *table, const CsRowSet *keys)
{
  GArray *positions = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 i = 0; i < table->n && positions->len < keys->count; i++)
    if (cs_row_set_has (keys, table->keys[i]))
      g_array_append_val (positions, i);
  return positions;
}

/**
 * cs_invoice_table_select:
 * @table: a finished table
 * @look: what is asked for
 * @permutation: (nullable): the positions in the order that is wanted; %NULL: by date, as the filter says
 * @limit: no more than these; G_MAXUINT: all
 *
 * Returns: (transfer full): the positions of what is asked for, in order
 */
CsInvoiceOrder *
cs_invoice_table_select (const CsInvoiceTable *table,
                         const CsInvoiceLook *look,
                         const guint32 *permutation,
                         guint limit)
{
  CsInvoiceOrder *order = g_new0 (CsInvoiceOrder, 1);
  gboolean is_reversed = permutation == NULL && !look->filter->is_descending;
  const guint32 *positions = permutation;
  guint n = table->n;
  Sieve sieve;
  guint n_allocated = 0;

  if (permutation == NULL && look->filter->shown == CS_INVOICES_PINNED && look->pinned_at != NULL)
    {
      positions = (const guint32 *)(gpointer)look->pinned_at->data;
      n = look->pinned_at->len;
    }
  sieve_init (&sieve, table, look);
  if (sieve.takes_all && permutation == NULL && limit >= table->n)
    {
      order->n = table->n;
      order->is_reversed = is_reversed;
      sieve_clear (&sieve);
      return order;
    }
  for (guint from = 0; from < n && order->n < limit; from += BLOCK)
    {
      Block block;

      fill (&block, positions, n, is_reversed, from);
      keep_taken (&sieve, &block);
      append (order, &n_allocated, &block, limit);
    }
  /* None at all is not the same as all of them. */
  order->positions = g_renew (guint32, order->positions, MAX (order->n, 1));
  sieve_clear (&sieve);
  return order;
}
