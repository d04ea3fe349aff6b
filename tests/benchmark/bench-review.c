/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench-books.h"
#include "cs-debtor.h"
#include "cs-store-private.h"
#include "cs-store-review.h"

/* bench-review INVOICES [ROUNDS]   what a page of invoices asks, over as many in the store: the first rows of
 * each saved view, the full list, searches, totals (performance.md section 6, P6, P7, P8). Prints each as a
 * distribution, in milliseconds: median, 99th of a hundred, worst; beside it the processor's time, which
 * other work on the machine lengthens less. */

#define FIRST_ROWS 100
#define ROWS_AT_START 210 /* CS_REVIEW_FIRST_ROWS */

typedef struct
{
  CsStore *store;
  CsUuid connection_id;
  CsInvoiceReading *reading;
  CsRowSet *pinned;
  GArray *pinned_at;
  CsDate today;
  guint n;
  guint n_debtors;
  guint n_by_number;
  guint n_by_index;
  guint rounds;
  GRand *rand;
} Bench;

static double
read_clock (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a;
  double y = *(const double *)b;

  return x < y ? -1 : x > y;
}

typedef void (*Measured) (Bench *bench, gpointer data);

static void
measure (Bench *bench, const char *what, Measured func, gpointer data)
{
  g_autofree double *times = g_new (double, bench->rounds);
  g_autofree double *worked = g_new (double, bench->rounds);

  for (guint i = 0; i < bench->rounds; i++)
    {
      double from = read_clock (CLOCK_MONOTONIC);
      double worked_from = read_clock (CLOCK_THREAD_CPUTIME_ID);

      func (bench, data);
      worked[i] = read_clock (CLOCK_THREAD_CPUTIME_ID) - worked_from;
      times[i] = read_clock (CLOCK_MONOTONIC) - from;
    }
  qsort (times, bench->rounds, sizeof *times, compare);
  qsort (worked, bench->rounds, sizeof *worked, compare);
  printf ("%-52s p50 %9.3f   p99 %9.3f   max %9.3f   of processor p50 %9.3f   p99 %9.3f\n", what,
          times[bench->rounds / 2], times[(bench->rounds * 99) / 100], times[bench->rounds - 1],
          worked[bench->rounds / 2], worked[(bench->rounds * 99) / 100]);
  fflush (stdout);
}

/* --- what is asked --- */

static void
load (Bench *bench, gpointer data)
{
  cs_invoice_reading_free (bench->reading);
  bench->reading = cs_store_read_invoice_table (bench->store, &bench->connection_id, NULL, 0, NULL);
  g_assert_nonnull (bench->reading);
}

static void
mend (Bench *bench, gpointer data)
{
  CsInvoiceReading *next = cs_store_read_invoice_table (
      bench->store, &bench->connection_id, bench->reading->table, bench->reading->sequence, NULL);

  g_assert_nonnull (next);
  cs_invoice_reading_free (bench->reading);
  bench->reading = next;
}

static void
change (Bench *bench)
{
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_invoice_free);

  for (guint i = 0; i < 10; i++)
    {
      guint at = (guint)g_rand_int_range (bench->rand, 0, (gint32)bench->n);
      CsLedgerInvoice *invoice = bench_books_make_invoice (bench->rand, bench->n, at);

      invoice->updated_ms = g_get_real_time ();
      g_ptr_array_add (page, invoice);
    }
  g_assert_true (cs_store_save_invoices (bench->store, &bench->connection_id, page, NULL, NULL));
}

static void
change_and_mend (Bench *bench, gpointer data)
{
  change (bench);
  mend (bench, NULL);
}

typedef struct
{
  CsInvoicesShown shown;
  guint limit;
} View;

static void
read_rows (Bench *bench, const CsInvoiceOrder *order)
{
  guint32 keys[FIRST_ROWS];
  guint n = MIN (order->n, FIRST_ROWS);
  g_autoptr (GPtrArray) entries = NULL;

  for (guint i = 0; i < n; i++)
    keys[i] = cs_invoice_table_get_key (bench->reading->table, cs_invoice_order_get (order, i));
  entries = cs_store_get_invoice_entries (bench->store, keys, n, NULL);
  g_assert_cmpuint (entries->len, ==, n);
}

static void
select_view (Bench *bench, gpointer data)
{
  const View *view = data;
  g_autoptr (CsInvoiceFilter) filter = cs_invoice_filter_new ();
  CsInvoiceLook look = { filter, bench->pinned, NULL, NULL, bench->today, bench->pinned_at };
  g_autoptr (CsInvoiceOrder) order = NULL;

  filter->shown = view->shown;
  order = cs_invoice_table_select (bench->reading->table, &look, NULL, view->limit);
  if (view->limit == FIRST_ROWS)
    read_rows (bench, order);
}

static void
read_first (Bench *bench, gpointer data)
{
  g_autoptr (CsInvoiceFilter) filter = cs_invoice_filter_new ();
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (CsInvoiceSums) sums = NULL;

  filter->shown = ((const View *)data)->shown;
  entries = cs_store_read_first_invoices (bench->store, &bench->connection_id, filter, bench->today,
                                          ((const View *)data)->limit, NULL);
  sums = cs_store_get_invoice_sums (bench->store, &bench->connection_id, filter, bench->today, NULL);
  g_assert_true (entries != NULL && sums != NULL);
}

/* The last letters of a number, or the first. */
typedef struct
{
  guint letters;
  gboolean is_prefix;
} Typed;

static CsInvoiceFilter *
type (Bench *bench, const Typed *typed)
{
  char number[32];
  CsInvoiceFilter *filter = cs_invoice_filter_new ();

  g_snprintf (number, sizeof number, "INV-%07u", (guint)g_rand_int_range (bench->rand, 0, (gint32)bench->n));
  filter->shown = CS_INVOICES_ALL;
  if (typed->is_prefix)
    number[typed->letters] = '\0';
  g_set_str (&filter->search, number + (typed->is_prefix ? 0 : strlen (number) - typed->letters));
  return filter;
}

/* What is shown first, as the page of invoices asks for it: FALSE: the index has to be asked. */
static gboolean
find_first (Bench *bench, const CsInvoiceLook *look)
{
  g_auto (CsInvoiceFirst) first = { 0 };

  g_assert_true (cs_store_find_first_invoices (bench->store, &bench->connection_id, bench->reading->table,
                                               look, NULL, FIRST_ROWS, &first, NULL));
  bench->n_by_number += first.has_gaps;
  return first.order != NULL;
}

static void
search_all (Bench *bench, gpointer data)
{
  g_autoptr (CsInvoiceFilter) filter = type (bench, data);
  g_autoptr (CsInvoiceFound) found = cs_invoice_found_new (filter->search);
  CsInvoiceLook look = { filter, bench->pinned, NULL, found, bench->today };
  g_autoptr (CsInvoiceOrder) order = NULL;
  gboolean is_whole = FALSE;

  g_assert_true (cs_store_find_invoices (bench->store, &bench->connection_id, found, 8192, &is_whole, NULL));
  order = cs_invoice_table_select (bench->reading->table, &look, NULL, G_MAXUINT);
  read_rows (bench, order);
}

static void
search (Bench *bench, gpointer data)
{
  g_autoptr (CsInvoiceFilter) filter = type (bench, data);
  g_autoptr (CsInvoiceFound) found = cs_invoice_found_new (filter->search);
  CsInvoiceLook look = { filter, bench->pinned, NULL, found, bench->today };
  g_autoptr (CsInvoiceOrder) order = NULL;
  gboolean is_whole = FALSE;

  if (find_first (bench, &look))
    return;
  bench->n_by_index++;
  g_assert_true (cs_store_find_invoices (bench->store, &bench->connection_id, found, 8192, &is_whole, NULL));
  order = cs_invoice_table_select (bench->reading->table, &look, NULL, G_MAXUINT);
  read_rows (bench, order);
}

static void
search_by_like (Bench *bench, gpointer data)
{
  char pattern[32];
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      bench->store->sql, "SELECT rid FROM ledger_invoice WHERE connection_id = ? AND is_sales = 1"
                         " AND number LIKE ? ORDER BY date DESC, number DESC LIMIT 100");

  g_snprintf (pattern, sizeof pattern, "%%%05u%%", (guint)g_rand_int_range (bench->rand, 0, 100000));
  cs_sql_bind_uuid (row, &bench->connection_id);
  cs_sql_bind_text (row, pattern);
  while (cs_sql_next (row, NULL))
    cs_sql_read_integer (row);
}

static void
sum_all (Bench *bench, gpointer data)
{
  g_autoptr (CsInvoiceFilter) filter = cs_invoice_filter_new ();
  CsInvoiceLook look = { filter, bench->pinned, NULL, NULL, bench->today };
  g_autoptr (CsInvoiceSums) sums = cs_invoice_table_sum (bench->reading->table, &look);

  g_assert_cmpuint (sums->n[CS_INVOICES_ALL], ==, bench->n);
}

/* Who owes what, since when: gathered alone, which looks at each invoice. */
static void
gather_debtors (Bench *bench, gpointer data)
{
  g_autoptr (CsInvoiceFilter) filter = cs_invoice_filter_new ();
  CsInvoiceLook look = { filter, bench->pinned, NULL, NULL, bench->today };
  g_autoptr (GPtrArray) debtors = cs_invoice_table_list_debtors (bench->reading->table, &look);

  g_assert_cmpuint (debtors->len, >, 0);
}

/* The same, and put in order. */
static void
list_debtors (Bench *bench, gpointer data)
{
  g_autoptr (CsInvoiceFilter) filter = cs_invoice_filter_new ();
  CsInvoiceLook look = { filter, bench->pinned, NULL, NULL, bench->today };
  CsDebtorOrder order = { CS_DEBTOR_COLUMN_OWED, TRUE, { "NZD" }, "" };
  g_autoptr (GPtrArray) debtors = cs_invoice_table_list_debtors (bench->reading->table, &look);
  g_autoptr (GPtrArray) rows = cs_debtors_arrange (debtors, &order);

  g_assert_true (rows->len > debtors->len);
  bench->n_debtors = debtors->len;
}

/* A letter more of a name: no invoice is looked at. */
static void
find_debtors (Bench *bench, gpointer data)
{
  CsDebtorOrder order = { CS_DEBTOR_COLUMN_OWED, TRUE, { "NZD" }, "client 12" };
  g_autoptr (GPtrArray) rows = cs_debtors_arrange (data, &order);

  g_assert_cmpuint (rows->len, >, 0);
}

static void
measure_debtors (Bench *bench)
{
  g_autoptr (CsInvoiceFilter) filter = cs_invoice_filter_new ();
  CsInvoiceLook look = { filter, bench->pinned, NULL, NULL, bench->today };
  g_autoptr (GPtrArray) debtors = cs_invoice_table_list_debtors (bench->reading->table, &look);

  measure (bench, "who owes what, gathered from memory", gather_debtors, NULL);
  measure (bench, "who owes what, from memory, in order", list_debtors, NULL);
  printf ("%-52s %u rows\n", "", bench->n_debtors);
  measure (bench, "who owes what, searched by name", find_debtors, debtors);
}

static void
sum_contact (Bench *bench, gpointer data)
{
  g_autoptr (CsInvoiceFilter) filter = cs_invoice_filter_new ();
  g_autoptr (CsInvoiceSums) sums = NULL;
  char id[64];
  const char *ids[] = { id, NULL };

  g_snprintf (id, sizeof id, "%08x-0000-4000-8000-00000000c0de",
              (guint)g_rand_int_range (bench->rand, 0, BENCH_CONTACTS));
  filter->scope = CS_INVOICE_SCOPE_CONTACTS;
  g_strfreev (filter->contact_ids);
  filter->contact_ids = g_strdupv ((char **)ids);
  sums = cs_store_get_invoice_sums (bench->store, &bench->connection_id, filter, bench->today, NULL);
  g_assert_nonnull (sums);
}

static void
sort_by_total (Bench *bench, gpointer data)
{
  g_free (cs_invoice_table_sort (bench->reading->table, CS_INVOICE_COLUMN_TOTAL, TRUE, bench->pinned));
}

static void
measure_views (Bench *bench)
{
  static const CsInvoicesShown views[]
      = { CS_INVOICES_ALL,    CS_INVOICES_OPEN,   CS_INVOICES_OVERDUE, CS_INVOICES_PAID,
          CS_INVOICES_UNPAID, CS_INVOICES_PINNED, CS_INVOICES_DRAFT };

  bench->pinned_at = cs_invoice_table_find_set (bench->reading->table, bench->pinned);
  for (gsize i = 0; i < G_N_ELEMENTS (views); i++)
    {
      const char *word = cs_invoices_shown_to_string (views[i]);
      View first = { views[i], FIRST_ROWS };
      View full = { views[i], G_MAXUINT };
      g_autofree char *first_name = g_strdup_printf ("P6 %s: first %u rows, from memory", word, FIRST_ROWS);
      g_autofree char *full_name = g_strdup_printf ("P6 %s: full list", word);

      measure (bench, first_name, select_view, &first);
      measure (bench, full_name, select_view, &full);
    }
}

static void
measure_all (Bench *bench)
{
  View open = { CS_INVOICES_OPEN, FIRST_ROWS };
  View all_open = { CS_INVOICES_OPEN, ROWS_AT_START };
  Typed typed[] = { { 3, FALSE }, { 4, FALSE }, { 5, FALSE }, { 7, FALSE },
                    { 4, TRUE },  { 7, TRUE },  { 9, TRUE },  { 11, TRUE } };
  guint rounds = bench->rounds;

  bench->rounds = 3;
  measure (bench, "the table is read", load, NULL);
  printf ("%-52s %.1f bytes an invoice\n", "",
          (double)cs_invoice_table_get_size (bench->reading->table) / bench->n);
  measure (bench, "sorted by total", sort_by_total, NULL);
  measure (bench, "substring by LIKE, sorted by date, first 100", search_by_like, NULL);
  bench->rounds = MIN (rounds, 20);
  measure (bench, "10 invoices written, the table mended", change_and_mend, NULL);
  bench->rounds = rounds;
  measure (bench, "P6 open: first rows and badges, before the table", read_first, &open);
  measure (bench, "   the rows that a start asks for", read_first, &all_open);
  measure_views (bench);
  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autofree char *what
          = g_strdup_printf ("P7 %s %u letters of a number, first %u of all",
                             typed[i].is_prefix ? "first" : "last", typed[i].letters, FIRST_ROWS);
      g_autofree char *all = g_strdup_printf ("%*s then all of them, up to 8192", (int)strlen ("P7"), "");

      bench->n_by_number = bench->n_by_index = 0;
      measure (bench, what, search, &typed[i]);
      printf ("%-52s %u by number, %u by the index of letters\n", "", bench->n_by_number, bench->n_by_index);
      measure (bench, all, search_all, &typed[i]);
    }
  measure (bench, "P8 a contact's totals, kept", sum_contact, NULL);
  measure (bench, "all totals, ages and months, from memory", sum_all, NULL);
  measure_debtors (bench);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("countersign-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "review.sqlite", NULL);
  g_autofree char *clean = g_strdup_printf ("rm -r '%s'", folder);
  Bench bench
      = { .n = argc > 1 ? (guint)atoi (argv[1]) : 100000, .rounds = argc > 2 ? (guint)atoi (argv[2]) : 300 };

  double from = 0;

  bench.rand = g_rand_new_with_seed (5);
  bench.today = bench_books_get_today ();
  bench.pinned = cs_row_set_new ();
  for (guint i = 0; i < 50; i++)
    cs_row_set_add (bench.pinned, (guint32)g_rand_int_range (bench.rand, 1, (gint32)bench.n));
  bench.store = cs_store_open (path, CS_STORE_READ_WRITE, &bench_clock, NULL);
  g_assert_nonnull (bench.store);
  from = read_clock (CLOCK_MONOTONIC);
  bench.connection_id = bench_books_fill (bench.store, bench.rand, bench.n);
  printf ("%u invoices written, ms a thousand: %.1f\n", bench.n,
          (read_clock (CLOCK_MONOTONIC) - from) / bench.n * 1000);
  measure_all (&bench);
  cs_invoice_reading_free (bench.reading);
  cs_row_set_free (bench.pinned);
  g_array_unref (bench.pinned_at);
  cs_store_close (bench.store);
  g_rand_free (bench.rand);
  return system (clean) == 0 ? 0 : 1;
}
