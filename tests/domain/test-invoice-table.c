/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of all invoices keeps what it was given, whatever its columns have room for (V-12, K-9, K-10). */
#include "cs-invoice-table.h"

#include <string.h>

#define N_ROWS 400

typedef struct
{
  CsInvoiceFacts facts[N_ROWS];
  guint n;
} Rows;

static const CsCurrency dollars = { "CAD" };

/* Most are like a practice's own; some are at, or beyond, the edge of what a column holds. */
static gint64
draw_total (GRand *rand)
{
  static const gint64 edges[] = { 0,
                                  1,
                                  -1,
                                  G_MAXINT32 - 1,
                                  G_MAXINT32,
                                  (gint64)G_MAXINT32 + 1,
                                  G_MININT32,
                                  G_MININT32 + 1,
                                  (gint64)G_MININT32 - 1,
                                  G_GINT64_CONSTANT (999999999999),
                                  G_GINT64_CONSTANT (-999999999999) };

  return g_rand_boolean (rand) ? g_rand_int_range (rand, 1, 5000000)
                               : edges[g_rand_int_range (rand, 0, G_N_ELEMENTS (edges))];
}

static CsDate
draw_date (GRand *rand)
{
  static const int years[] = { 1, 1899, 1919, 1920, 1969, 2098, 2099, 2100, 9999 };
  int year = g_rand_boolean (rand) ? g_rand_int_range (rand, 2020, 2028)
                                   : years[g_rand_int_range (rand, 0, G_N_ELEMENTS (years))];

  return g_rand_int_range (rand, 0, 12) == 0
             ? CS_DATE_NONE
             : cs_date_from_parts (year, g_rand_int_range (rand, 1, 13), g_rand_int_range (rand, 1, 29));
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const CsInvoiceFacts *x = a;
  const CsInvoiceFacts *y = b;

  return x->date.days != y->date.days ? (x->date.days > y->date.days ? -1 : 1)
                                      : (x->key > y->key) - (x->key < y->key);
}

static CsInvoiceFacts
draw_facts (GRand *rand, guint32 key, CsDate date)
{
  gint64 total = draw_total (rand);
  gint64 balance = g_rand_boolean (rand) ? total : g_rand_boolean (rand) ? total / 2 : 0;
  CsInvoiceFacts facts = { .key = key,
                           .status = balance > 0 ? CS_LEDGER_AUTHORISED : CS_LEDGER_PAID,
                           .date = date,
                           .due = draw_date (rand),
                           .contact_id = key % 2 == 0 ? "even" : "odd",
                           .contact_name = key % 2 == 0 ? "Even" : "Odd",
                           .total = { total, dollars },
                           .balance = { balance, dollars } };

  return facts;
}

static void
draw_rows (Rows *rows, GRand *rand, guint n)
{
  rows->n = n;
  for (guint i = 0; i < n; i++)
    rows->facts[i] = draw_facts (rand, i + 1, draw_date (rand));
  qsort (rows->facts, n, sizeof *rows->facts, compare_newest_first);
}

static CsInvoiceTable *
fill (const Rows *rows)
{
  CsInvoiceTable *table = cs_invoice_table_new (0);

  for (guint i = 0; i < rows->n; i++)
    cs_invoice_table_append (table, &rows->facts[i]);
  cs_invoice_table_finish (table);
  return table;
}

/* Each row's own sums: what it came to, what is owed, and whether that is overdue today. */
static void
assert_has (CsInvoiceTable *table, const Rows *rows, CsDate today)
{
  g_autoptr (CsInvoiceFilter) filter = cs_invoice_filter_new ();
  g_autoptr (CsRowSet) pinned = cs_row_set_new ();
  g_autoptr (CsInvoiceOrder) overdue = NULL;
  CsInvoiceLook look = { .filter = filter, .pinned = pinned, .today = today };
  guint n_overdue = 0;

  filter->shown = CS_INVOICES_OVERDUE;
  overdue = cs_invoice_table_select (table, &look, NULL, G_MAXUINT);
  g_assert_cmpuint (cs_invoice_table_get_n (table), ==, rows->n);
  for (guint i = 0; i < rows->n; i++)
    {
      const CsInvoiceFacts *facts = &rows->facts[i];
      g_autoptr (CsRowSet) one = cs_row_set_new_from (&facts->key, 1);
      g_autoptr (GArray) sums = cs_invoice_table_sum_set (table, one);
      const CsInvoiceSelected *sum = &g_array_index (sums, CsInvoiceSelected, 0);

      g_assert_cmpuint (cs_invoice_table_get_key (table, i), ==, facts->key);
      g_assert_cmpint (cs_invoice_table_get_date (table, i).days, ==, facts->date.days);
      g_assert_cmpuint (cs_invoice_table_find (table, facts->key, facts->date), ==, i);
      g_assert_cmpint (sum->total.minor, ==, facts->total.minor);
      g_assert_cmpint (sum->balance.minor, ==, facts->balance.minor);
      if (facts->status != CS_LEDGER_AUTHORISED || !cs_date_is_set (facts->due)
          || facts->due.days >= today.days)
        continue;
      g_assert_cmpuint (n_overdue, <, overdue->n);
      g_assert_cmpuint (cs_invoice_order_get (overdue, n_overdue++), ==, i);
    }
  g_assert_cmpuint (n_overdue, ==, overdue->n);
}

static void
test_keeps_what_it_is_given (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  static const int years[] = { 1, 1920, 2026, 2099, 2100, 9999 };

  for (gsize i = 0; i < G_N_ELEMENTS (years); i++)
    {
      g_autoptr (CsInvoiceTable) table = NULL;
      Rows rows;

      draw_rows (&rows, rand, N_ROWS);
      table = fill (&rows);
      for (int day = 1; day <= 28; day += 9)
        assert_has (table, &rows, cs_date_from_parts (years[i], 6, day));
    }
}

/* The days of some rows are read again: other amounts, another day of falling due, one of them gone. */
static void
change_days (Rows *rows, Rows *fresh, GArray *days, GRand *rand)
{
  Rows after = { .n = 0 };
  gint32 last = G_MAXINT32;

  for (guint i = 0; i < rows->n; i++)
    {
      CsInvoiceFacts facts = rows->facts[i];

      if (facts.date.days != last && g_rand_int_range (rand, 0, 4) == 0)
        g_array_append_val (days, facts.date.days);
      last = facts.date.days;
      if (days->len > 0 && g_array_index (days, gint32, days->len - 1) == last)
        {
          if (g_rand_int_range (rand, 0, 5) == 0)
            continue;
          facts = draw_facts (rand, facts.key, facts.date);
          fresh->facts[fresh->n++] = facts;
        }
      after.facts[after.n++] = facts;
    }
  *rows = after;
}

static void
test_replaces_days (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);

  for (guint round = 0; round < 20; round++)
    {
      g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (gint32));
      g_autoptr (CsInvoiceTable) table = NULL, fresh_table = NULL, next = NULL;
      Rows rows;
      Rows fresh = { .n = 0 };

      draw_rows (&rows, rand, N_ROWS / 2);
      table = fill (&rows);
      change_days (&rows, &fresh, days, rand);
      fresh_table = fill (&fresh);
      next = cs_invoice_table_replace_days (table, days, fresh_table);
      assert_has (next, &rows, cs_date_from_parts (2026, 6, 30));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/invoice-table/V-05/V-13/K-9/keeps-what-it-is-given", test_keeps_what_it_is_given);
  g_test_add_func ("/invoice-table/V-13/V-19/K-9/replaces-days", test_replaces_days);
  return g_test_run ();
}
