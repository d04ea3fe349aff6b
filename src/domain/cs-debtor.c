/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-debtor.h"

#include "cs-vocabulary.h"
#include "cs-words.h"

#include <string.h>

static const char *const column_words[] = {
  [CS_DEBTOR_COLUMN_CONTACT] = "contact",     [CS_DEBTOR_COLUMN_OWED] = "owed",
  [CS_DEBTOR_COLUMN_OVERDUE] = "overdue",     [CS_DEBTOR_COLUMN_CURRENT] = "current",
  [CS_DEBTOR_COLUMN_1_30] = "1-30",           [CS_DEBTOR_COLUMN_31_60] = "31-60",
  [CS_DEBTOR_COLUMN_61_90] = "61-90",         [CS_DEBTOR_COLUMN_OVER_90] = "over-90",
  [CS_DEBTOR_COLUMN_N_INVOICES] = "invoices", [CS_DEBTOR_COLUMN_OLDEST] = "oldest",
};
G_STATIC_ASSERT (G_N_ELEMENTS (column_words) == CS_DEBTOR_COLUMN_N);
static const CsVocabulary columns = CS_VOCABULARY ("column of debtors", column_words);

/**
 * cs_debtor_new:
 * @contact_id: a #GRefString, which is held
 * @contact_name: the same
 * @currency: of all that is added
 *
 * Returns: (transfer full): somebody who owes nothing yet
 */
CsDebtor *
cs_debtor_new (char *contact_id, char *contact_name, CsCurrency currency)
{
  CsDebtor *debtor = g_new0 (CsDebtor, 1);

  g_atomic_ref_count_init (&debtor->references);
  debtor->contact_id = g_ref_string_acquire (contact_id);
  debtor->contact_name = g_ref_string_acquire (contact_name);
  cs_invoice_ages_init (&debtor->ages, currency);
  debtor->oldest_due = CS_DATE_NONE;
  return debtor;
}

/** cs_debtor_ref: Returns: (transfer full): the same; on any thread */
CsDebtor *
cs_debtor_ref (CsDebtor *debtor)
{
  g_atomic_ref_count_inc (&debtor->references);
  return debtor;
}

/** cs_debtor_unref: on any thread. */
void
cs_debtor_unref (CsDebtor *debtor)
{
  if (!g_atomic_ref_count_dec (&debtor->references))
    return;
  g_ref_string_release (debtor->contact_id);
  g_ref_string_release (debtor->contact_name);
  g_free (debtor);
}

static void
take_due (CsDebtor *debtor, CsDate due)
{
  if (cs_date_is_set (due)
      && (!cs_date_is_set (debtor->oldest_due) || cs_date_compare (due, debtor->oldest_due) < 0))
    debtor->oldest_due = due;
}

/** cs_debtor_add: an invoice that old, due then (%CS_DATE_NONE: never), of which @minor is owed. */
void
cs_debtor_add (CsDebtor *debtor, CsAgeing ageing, CsDate due, gint64 minor)
{
  cs_invoice_ages_add (&debtor->ages, ageing, 1, minor);
  take_due (debtor, due);
}

/** cs_debtor_get_owed: Returns: all of it */
CsMoney
cs_debtor_get_owed (const CsDebtor *debtor)
{
  return debtor->ages.balance[CS_AGEING_ANY];
}

/** cs_debtor_get_overdue: Returns: what of it was due before today */
CsMoney
cs_debtor_get_overdue (const CsDebtor *debtor)
{
  CsMoney overdue = debtor->ages.balance[CS_AGEING_ANY];

  overdue.minor -= debtor->ages.balance[CS_AGEING_CURRENT].minor;
  return overdue;
}

/** cs_debtor_equal: Returns: whether both say the same of the same contact */
gboolean
cs_debtor_equal (const CsDebtor *a, const CsDebtor *b)
{
  if (a->is_total != b->is_total || cs_date_compare (a->oldest_due, b->oldest_due) != 0
      || !cs_currency_equal (a->ages.currency, b->ages.currency)
      || !g_str_equal (a->contact_id, b->contact_id) || !g_str_equal (a->contact_name, b->contact_name))
    return FALSE;
  for (gsize i = 0; i < CS_AGEING_N; i++)
    if (a->ages.n[i] != b->ages.n[i] || a->ages.balance[i].minor != b->ages.balance[i].minor)
      return FALSE;
  return TRUE;
}

/** cs_debtor_column_to_string: Returns: the word that a file keeps for it; never translated */
const char *
cs_debtor_column_to_string (CsDebtorColumn column)
{
  return cs_vocabulary_get_word (&columns, column);
}

/** cs_debtor_column_parse: Returns: whether @text is such a word; else %CS_DOMAIN_ERROR_SYNTAX */
gboolean
cs_debtor_column_parse (const char *text, CsDebtorColumn *column, GError **error)
{
  guint value = 0;

  if (!cs_vocabulary_parse (&columns, text, &value, error))
    return FALSE;
  *column = (CsDebtorColumn)value;
  return TRUE;
}

/** cs_debtor_column_get_ageing: Returns: the age whose amounts stand in it, or %CS_AGEING_ANY */
CsAgeing
cs_debtor_column_get_ageing (CsDebtorColumn column)
{
  return column >= CS_DEBTOR_COLUMN_CURRENT && column <= CS_DEBTOR_COLUMN_OVER_90
             ? (CsAgeing)(column - CS_DEBTOR_COLUMN_CURRENT + CS_AGEING_CURRENT)
             : CS_AGEING_ANY;
}

/* --- in order --- */

/* A name is folded once, and not for each comparison. */
typedef struct
{
  CsDebtor *debtor;
  char *folded;
} Entry;

static void
entry_clear (gpointer data)
{
  g_free (((Entry *)data)->folded);
}

/* What there is to sort by in that column; never due is due at the end of time. */
static gint64
get_figure (const CsDebtor *debtor, CsDebtorColumn column)
{
  switch (column)
    {
    case CS_DEBTOR_COLUMN_OVERDUE:
      return cs_debtor_get_overdue (debtor).minor;
    case CS_DEBTOR_COLUMN_N_INVOICES:
      return debtor->ages.n[CS_AGEING_ANY];
    case CS_DEBTOR_COLUMN_OLDEST:
      return cs_date_is_set (debtor->oldest_due) ? debtor->oldest_due.days : G_MAXINT64;
    case CS_DEBTOR_COLUMN_CONTACT:
      return 0;
    case CS_DEBTOR_COLUMN_OWED:
    case CS_DEBTOR_COLUMN_CURRENT:
    case CS_DEBTOR_COLUMN_1_30:
    case CS_DEBTOR_COLUMN_31_60:
    case CS_DEBTOR_COLUMN_61_90:
    case CS_DEBTOR_COLUMN_OVER_90:
    default:
      return debtor->ages.balance[cs_debtor_column_get_ageing (column)].minor;
    }
}

static int
compare_currencies (CsCurrency a, CsCurrency b, CsCurrency first)
{
  gboolean is_a_first = cs_currency_equal (a, first);

  if (is_a_first != cs_currency_equal (b, first))
    return is_a_first ? -1 : 1;
  return strcmp (a.code, b.code);
}

/* Those that are the same in what is sorted by stand by name, and then by id, whichever way it goes. */
static int
compare_entries (gconstpointer a, gconstpointer b, gpointer data)
{
  const Entry *x = a;
  const Entry *y = b;
  const CsDebtorOrder *order = data;
  gint64 figure_x = get_figure (x->debtor, order->sort);
  gint64 figure_y = get_figure (y->debtor, order->sort);
  int by_currency = compare_currencies (x->debtor->ages.currency, y->debtor->ages.currency, order->first);
  int by_name = strcmp (x->folded, y->folded);

  if (by_currency != 0)
    return by_currency;
  if (figure_x != figure_y)
    return (figure_x < figure_y) != order->is_descending ? -1 : 1;
  if (by_name != 0)
    return order->sort == CS_DEBTOR_COLUMN_CONTACT && order->is_descending ? -by_name : by_name;
  return strcmp (x->debtor->contact_id, y->debtor->contact_id);
}

static void
add_to_total (CsDebtor *total, const CsDebtor *debtor)
{
  for (int ageing = CS_AGEING_CURRENT; ageing < CS_AGEING_N; ageing++)
    cs_invoice_ages_add (&total->ages, (CsAgeing)ageing, debtor->ages.n[ageing],
                         debtor->ages.balance[ageing].minor);
  take_due (total, debtor->oldest_due);
}

static CsDebtor *
total_new (CsCurrency currency)
{
  char *nobody = g_ref_string_new ("");
  CsDebtor *total = cs_debtor_new (nobody, nobody, currency);

  g_ref_string_release (nobody);
  total->is_total = TRUE;
  return total;
}

/**
 * cs_debtors_arrange:
 * @debtors: (element-type CsDebtor): without totals
 * @order: how
 *
 * Returns: (transfer full) (element-type CsDebtor): those whose names have the words that are searched for,
 * in order; after each currency's what they come to
 */
GPtrArray *
cs_debtors_arrange (const GPtrArray *debtors, const CsDebtorOrder *order)
{
  GPtrArray *rows = g_ptr_array_new_full (debtors->len + 4, (GDestroyNotify)cs_debtor_unref);
  g_autoptr (GArray) entries = g_array_sized_new (FALSE, FALSE, sizeof (Entry), debtors->len);
  CsDebtor *total = NULL;

  g_array_set_clear_func (entries, entry_clear);
  for (guint i = 0; i < debtors->len; i++)
    {
      CsDebtor *debtor = debtors->pdata[i];
      const char *texts[] = { debtor->contact_name };

      if (cs_words_match (order->search, texts, G_N_ELEMENTS (texts)))
        {
          Entry entry = { debtor, cs_words_fold (debtor->contact_name) };

          g_array_append_val (entries, entry);
        }
    }
  g_array_sort_with_data (entries, compare_entries, (gpointer)order);
  for (guint i = 0; i < entries->len; i++)
    {
      CsDebtor *debtor = g_array_index (entries, Entry, i).debtor;

      if (total != NULL && !cs_currency_equal (total->ages.currency, debtor->ages.currency))
        g_ptr_array_add (rows, g_steal_pointer (&total));
      if (total == NULL)
        total = total_new (debtor->ages.currency);
      add_to_total (total, debtor);
      g_ptr_array_add (rows, cs_debtor_ref (debtor));
    }
  if (total != NULL)
    g_ptr_array_add (rows, total);
  return rows;
}
