/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"
#include "cs-store-review.h"

#include <string.h>

/* What is kept and what is in memory, held against the plain rules over plain rows, on random books. */

#define STEPS 25
#define FILTERS 40
#define PLAN "EXPLAIN QUERY PLAN " /* a statement is known by its place: no text made at run time */

static const char *const currencies[] = { "NZD", "AUD", "JPY" };
static const char *const names[] = { "Kauri Plumbing", "Huia Café", "Tūī & Sons" };

static CsLedgerInvoice *
make_random (GRand *rand, guint index, gint64 updated_ms)
{
  static const int days[] = { -400, -91, -90, -61, -60, -31, -30, -2, -1, 0, 1, 2, 30 };
  CsDate today = FIXTURE_TODAY;
  CsCurrency currency = { "" };
  g_autofree char *remote_id = g_strdup_printf ("00000000-0000-0000-0000-%012u", index);
  g_autofree char *number = g_strdup_printf ("INV-%04u", index % 7 == 0 ? index / 7 : index);
  CsLedgerInvoice *invoice = make_invoice (remote_id, number, FIXTURE_TODAY, 0);
  guint contact = (guint)g_rand_int_range (rand, 0, 4);

  g_assert_true (cs_currency_parse (currencies[g_rand_int_range (rand, 0, 3)], &currency, NULL));
  invoice->is_sales = g_rand_int_range (rand, 0, 12) != 0;
  invoice->status
      = (CsLedgerStatus)(g_rand_boolean (rand) ? CS_LEDGER_AUTHORISED : g_rand_int_range (rand, 0, 6));
  invoice->date = g_rand_int_range (rand, 0, 20) == 0
                      ? CS_DATE_NONE
                      : cs_date_add_days (today, g_rand_int_range (rand, -70, 5));
  invoice->due = g_rand_int_range (rand, 0, 8) == 0
                     ? CS_DATE_NONE
                     : cs_date_add_days (today, days[g_rand_int_range (rand, 0, G_N_ELEMENTS (days))]);
  invoice->total
      = (CsMoney){ g_rand_int_range (rand, 0, 50) * 1000 + g_rand_int_range (rand, 0, 2) * 50, currency };
  invoice->balance = (CsMoney){ 0, currency };
  if (invoice->status != CS_LEDGER_PAID && g_rand_int_range (rand, 0, 4) != 0)
    invoice->balance.minor = g_rand_boolean (rand) ? invoice->total.minor : invoice->total.minor / 3;
  invoice->subtotal = invoice->tax = invoice->credited = (CsMoney){ 0, currency };
  invoice->paid = (CsMoney){ invoice->total.minor - invoice->balance.minor, currency };
  g_set_str (&invoice->reference, g_rand_int_range (rand, 0, 3) == 0 ? "PROP-014 50%_x" : "");
  g_free (invoice->contact_id);
  invoice->contact_id = g_strdup_printf ("contact-%u", contact);
  /* A contact is renamed in the ledger, and its older invoices keep the name. */
  g_set_str (&invoice->contact_name, names[(contact + (guint)g_rand_int_range (rand, 0, 2)) % 3]);
  invoice->updated_ms = updated_ms;
  return invoice;
}

static void
save_all (Practice *practice, const CsUuid *connection_id, GRand *rand, guint n)
{
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_invoice_free);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (page, make_random (rand, i, 1));
  g_assert_true (cs_store_save_invoices (practice->store, connection_id, page, NULL, NULL));
}

static void
save_random (Practice *practice, const CsUuid *connection_id, GRand *rand, guint step)
{
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_invoice_free);
  guint n = (guint)g_rand_int_range (rand, 0, 12);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (page, make_random (rand, (guint)g_rand_int_range (rand, 0, 190), step + 1));
  g_assert_true (cs_store_save_invoices (practice->store, connection_id, page, NULL, NULL));
}

static gboolean
is_pinned (Practice *practice, guint32 key)
{
  g_autofree char *text = g_strdup_printf (
      "SELECT count(*) FROM invoice_pin JOIN ledger_invoice USING (id) WHERE rid = %u", key);

  return practice_query (practice, text) > 0;
}

static void
pin_random (Practice *practice, const CsUuid *connection_id, GRand *rand)
{
  g_autofree char *remote_id
      = g_strdup_printf ("00000000-0000-0000-0000-%012d", g_rand_int_range (rand, 0, 190));

  g_assert_true (cs_store_pin_invoice (practice->store, connection_id, remote_id,
                                       g_rand_int_range (rand, 0, 4) != 0, NULL));
}

static CsInvoiceFilter *
make_filter (GRand *rand)
{
  static const char *const searches[]
      = { "",   "0",   "",    "inv",  "inv-00", "4",     "02",   "prop",   "cafe",   "huia 01",      "50% ",
          "_x", "tui", "330", "16.5", "zzz",    "16.66", "0.00", "inv-01", "inv-02", "inv-011 kauri" };
  CsInvoiceFilter *filter = cs_invoice_filter_new ();

  filter->shown = (CsInvoicesShown)g_rand_int_range (rand, 0, CS_INVOICES_SHOWN_N);
  filter->is_descending = g_rand_boolean (rand);
  g_set_str (&filter->search, searches[g_rand_int_range (rand, 0, G_N_ELEMENTS (searches))]);
  if (g_rand_int_range (rand, 0, 4) == 0)
    filter->ageing = (CsAgeing)g_rand_int_range (rand, 0, CS_AGEING_N);
  if (g_rand_int_range (rand, 0, 3) == 0)
    filter->from = cs_date_add_days (FIXTURE_TODAY, g_rand_int_range (rand, -60, 0));
  if (g_rand_int_range (rand, 0, 3) == 0)
    filter->to = cs_date_add_days (FIXTURE_TODAY, g_rand_int_range (rand, -60, 0));
  if (g_rand_int_range (rand, 0, 3) == 0)
    {
      const char *ids[] = { "contact-1", "contact-3", NULL };

      filter->scope = CS_INVOICE_SCOPE_CONTACTS;
      g_strfreev (filter->contact_ids);
      filter->contact_ids = g_strdupv ((char **)ids);
    }
  return filter;
}

typedef struct
{
  GPtrArray *invoices; /* newest first */
  GArray *keys;
  CsRowSet *pinned;
} Plain;

static Plain
read_plain (Practice *practice, const CsUuid *connection_id)
{
  Plain plain = { cs_store_list_invoices (practice->store, connection_id, NULL),
                  g_array_new (FALSE, FALSE, sizeof (guint32)), cs_row_set_new () };

  g_assert_nonnull (plain.invoices);
  for (guint i = 0; i < plain.invoices->len; i++)
    {
      const CsLedgerInvoice *invoice = plain.invoices->pdata[i];
      guint32 key = 0;

      g_assert_true (
          cs_store_get_invoice_key (practice->store, connection_id, invoice->remote_id, &key, NULL));
      g_array_append_val (plain.keys, key);
      if (is_pinned (practice, key))
        cs_row_set_add (plain.pinned, key);
    }
  return plain;
}

static void
plain_clear (Plain *plain)
{
  g_ptr_array_unref (plain->invoices);
  g_array_unref (plain->keys);
  cs_row_set_free (plain->pinned);
}

/* How often the first rows of a search were found, and in which way: each must have been tried. */
static struct
{
  guint n_begun;
  guint n_whole;
  guint n_numbered;
  guint n_refused;
} firsts;

/* P7: the first rows of a search are those of all that it finds; by number alone, some of these, in order. */
static void
check_found_first (Practice *practice,
                   const CsUuid *connection_id,
                   const CsInvoiceTable *table,
                   const CsInvoiceLook *look,
                   const guint32 *permutation)
{
  static const guint limits[] = { 1, 20, 100 };
  guint limit = limits[firsts.n_begun % G_N_ELEMENTS (limits)];
  g_autoptr (CsInvoiceOrder) all = cs_invoice_table_select (table, look, permutation, G_MAXUINT);
  g_auto (CsInvoiceFirst) first = { 0 };
  guint at = 0;

  g_assert_true (cs_store_find_first_invoices (practice->store, connection_id, table, look, permutation,
                                               limit, &first, NULL));
  firsts.n_refused += first.order == NULL;
  if (first.order == NULL)
    return;
  firsts.n_begun += !first.has_gaps && !first.is_whole;
  firsts.n_whole += first.is_whole;
  firsts.n_numbered += first.has_gaps;
  g_assert_true (first.order->n <= limit && first.order->n == first.entries->len);
  g_assert_true (!first.is_whole || first.order->n == all->n);
  for (guint i = 0; i < first.order->n; i++, at++)
    {
      guint position = cs_invoice_order_get (first.order, i);

      while (first.has_gaps && at < all->n && cs_invoice_order_get (all, at) != position)
        at++;
      if (at >= all->n || cs_invoice_order_get (all, at) != position)
        g_error ("%s: row %u of %u found first is another", look->filter->search, i, first.order->n);
      g_assert_cmpuint (((CsInvoiceEntry *)first.entries->pdata[i])->key, ==,
                        cs_invoice_table_get_key (table, position));
    }
  g_assert_true (first.is_whole || first.has_gaps || first.order->n == limit || all->n > first.order->n);
}

static void
check_selection (Practice *practice,
                 const CsUuid *connection_id,
                 const Plain *plain,
                 const CsInvoiceTable *table,
                 const CsInvoiceFilter *filter)
{
  g_autoptr (CsInvoiceFound) found = cs_invoice_found_new (filter->search);
  gboolean is_whole = FALSE;
  g_autoptr (GArray) pinned_at = cs_invoice_table_find_set (table, plain->pinned);
  CsInvoiceLook look
      = { filter, plain->pinned, NULL, found, FIXTURE_TODAY, filter->ageing ? NULL : pinned_at };
  g_autoptr (CsInvoiceOrder) order = NULL;
  g_autofree guint32 *by_total = cs_invoice_table_sort (table, CS_INVOICE_COLUMN_TOTAL, TRUE, plain->pinned);
  g_autofree char *text = cs_invoice_filter_to_string (filter);
  guint n = 0;

  g_assert_true (cs_store_find_invoices (practice->store, connection_id, found, 100000, &is_whole, NULL));
  g_assert_true (is_whole);
  order = cs_invoice_table_select (table, &look, NULL, G_MAXUINT);
  check_found_first (practice, connection_id, table, &look, NULL);
  check_found_first (practice, connection_id, table, &look, by_total);
  for (guint i = 0; i < plain->invoices->len; i++)
    {
      guint at = filter->is_descending ? i : plain->invoices->len - 1 - i;
      guint32 key = g_array_index (plain->keys, guint32, at);

      if (!cs_invoice_filter_matches (filter, plain->invoices->pdata[at], cs_row_set_has (plain->pinned, key),
                                      FIXTURE_TODAY))
        continue;
      if (n >= order->n || cs_invoice_table_get_key (table, cs_invoice_order_get (order, n)) != key)
        g_error ("%s: row %u of %u is another than %s", text, n, order->n,
                 ((CsLedgerInvoice *)plain->invoices->pdata[at])->number);
      n++;
    }
  g_assert_cmpuint (n, ==, order->n);
}

static void
assert_totals (const CsInvoiceSums *a, const CsInvoiceSums *b)
{
  g_assert_cmpuint (a->totals->len, ==, b->totals->len);
  for (guint i = 0; i < a->totals->len; i++)
    {
      const CsInvoiceTotals *x = &g_array_index (a->totals, CsInvoiceTotals, i);
      const CsInvoiceTotals *y = &g_array_index (b->totals, CsInvoiceTotals, i);

      g_assert_cmpstr (x->currency.code, ==, y->currency.code);
      g_assert_cmpuint (x->n_unpaid, ==, y->n_unpaid);
      g_assert_cmpint (x->unpaid.minor, ==, y->unpaid.minor);
      g_assert_cmpint (x->part_paid.minor, ==, y->part_paid.minor);
      g_assert_cmpuint (x->n_paid, ==, y->n_paid);
      g_assert_cmpint (x->paid.minor, ==, y->paid.minor);
    }
  g_assert_cmpuint (a->ages->len, ==, b->ages->len);
  for (guint i = 0; i < a->ages->len; i++)
    for (gsize ageing = 0; ageing < CS_AGEING_N; ageing++)
      {
        const CsInvoiceAges *x = &g_array_index (a->ages, CsInvoiceAges, i);
        const CsInvoiceAges *y = &g_array_index (b->ages, CsInvoiceAges, i);

        g_assert_cmpuint (x->n[ageing], ==, y->n[ageing]);
        g_assert_cmpint (x->balance[ageing].minor, ==, y->balance[ageing].minor);
      }
  for (gsize i = 0; i < CS_INVOICES_SHOWN_N; i++)
    if (i != CS_INVOICES_PINNED)
      g_assert_cmpuint (a->n[i], ==, b->n[i]);
}

static void
assert_months (const CsInvoiceSums *a, const CsInvoiceSums *b)
{
  guint n = 0;

  for (guint i = 0; i < b->months->len; i++)
    {
      const CsInvoiceMonth *y = &g_array_index (b->months, CsInvoiceMonth, i);
      const CsInvoiceMonth *x = n < a->months->len ? &g_array_index (a->months, CsInvoiceMonth, n) : NULL;

      if (y->billed.minor == 0)
        continue;
      g_assert (x != NULL);
      g_assert_cmpint (x->month.days, ==, y->month.days);
      g_assert_cmpstr (x->currency.code, ==, y->currency.code);
      g_assert_cmpint (x->billed.minor, ==, y->billed.minor);
      n++;
    }
  g_assert_cmpuint (n, ==, a->months->len);
}

static void
check_sums (Practice *practice,
            const CsUuid *connection_id,
            const Plain *plain,
            const CsInvoiceTable *table,
            const CsInvoiceFilter *filter)
{
  CsInvoiceLook look = { filter, plain->pinned, NULL, NULL, FIXTURE_TODAY };
  g_autoptr (CsInvoiceFilter) scope = cs_invoice_filter_copy (filter);
  g_autoptr (CsInvoiceSums) wanted = cs_invoice_sums_new ();
  g_autoptr (CsInvoiceSums) kept
      = cs_store_get_invoice_sums (practice->store, connection_id, filter, FIXTURE_TODAY, NULL);
  g_autoptr (CsInvoiceSums) summed = cs_invoice_table_sum (table, &look);

  scope->shown = CS_INVOICES_ALL;
  scope->ageing = CS_AGEING_ANY;
  scope->from = scope->to = CS_DATE_NONE;
  g_set_str (&scope->search, "");
  for (guint i = 0; i < plain->invoices->len; i++)
    {
      const CsLedgerInvoice *invoice = plain->invoices->pdata[i];
      CsInvoiceView view
          = cs_ledger_status_to_view (invoice->status, invoice->balance, invoice->due, FIXTURE_TODAY);

      if (cs_invoice_filter_matches (scope, invoice, FALSE, FIXTURE_TODAY))
        cs_invoice_sums_add (wanted, view,
                             cs_row_set_has (plain->pinned, g_array_index (plain->keys, guint32, i)),
                             invoice->date, cs_ageing_of (view, invoice->due, FIXTURE_TODAY), invoice->total,
                             invoice->balance);
    }
  cs_invoice_sums_finish (wanted);
  assert_totals (kept, wanted);
  assert_totals (summed, wanted);
  assert_months (summed, wanted);
  g_assert_cmpuint (summed->n[CS_INVOICES_PINNED], ==, wanted->n[CS_INVOICES_PINNED]);
}

/* V-05 by plain SQL, too: no code of ours between the rows and the figure. */
static void
check_by_sql (Practice *practice)
{
  g_assert_cmpint (
      practice_query (practice,
                      "SELECT count(*) FROM (SELECT connection_id, contact_id, currency, state, due, n,"
                      " total_minor, balance_minor FROM ledger_invoice_sum WHERE contact_id <> '*'"
                      " EXCEPT SELECT connection_id, contact_id, currency,"
                      " iif (status = 'AUTHORISED', iif (balance_minor > 0, 'UNPAID', 'PAID'), status),"
                      " iif (status = 'AUTHORISED' AND balance_minor > 0, ifnull (due, 2147483647), 0),"
                      " count(*), sum (total_minor), sum (balance_minor) FROM ledger_invoice"
                      " WHERE is_sales = 1 GROUP BY 1, 2, 3, 4, 5)"),
      ==, 0);
  g_assert_cmpint (practice_query (practice,
                                   "SELECT (SELECT sum (n) FROM ledger_invoice_sum WHERE contact_id = '*')"
                                   " = (SELECT count(*) FROM ledger_invoice WHERE is_sales = 1)"
                                   " AND (SELECT sum (n) FROM ledger_invoice_sum WHERE contact_id <> '*')"
                                   " = (SELECT count(*) FROM ledger_invoice WHERE is_sales = 1)"),
                   ==, 1);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM invoice_delta"), ==, 0);
}

/* P6, V-03, K-9: what an index has in order is the beginning of the same list, before the table is read. */
static void
check_before_table (Practice *practice, const CsUuid *connection_id, const Plain *plain, guint step)
{
  static const guint limits[] = { 1, 20, 1000 };
  const char *ids[] = { "contact-1", NULL };
  guint limit = limits[step % G_N_ELEMENTS (limits)];

  for (gsize i = 0; i < 2 * CS_INVOICES_SHOWN_N; i++)
    {
      g_autoptr (CsInvoiceFilter) filter
          = i % 2 == 0 ? cs_invoice_filter_new () : cs_invoice_filter_new_for_contacts (ids);
      g_autoptr (GPtrArray) entries = NULL;
      guint n = 0;

      filter->shown = (CsInvoicesShown)(i / 2);
      if (!cs_store_can_read_first (filter))
        continue;
      entries
          = cs_store_read_first_invoices (practice->store, connection_id, filter, FIXTURE_TODAY, limit, NULL);
      g_assert_nonnull (entries);
      for (guint at = 0; at < plain->invoices->len && n < limit; at++)
        if (cs_invoice_filter_matches (filter, plain->invoices->pdata[at], FALSE, FIXTURE_TODAY))
          {
            g_assert_cmpuint (n, <, entries->len);
            g_assert_cmpuint (((CsInvoiceEntry *)entries->pdata[n++])->key, ==,
                              g_array_index (plain->keys, guint32, at));
          }
      g_assert_cmpuint (n, ==, entries->len);
    }
}

static void
test_random (Practice *practice, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261122);
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  g_autoptr (CsInvoiceReading) reading = NULL;
  guint n_mended = 0;

  /* Before anything was read from the ledger. */
  reading = cs_store_read_invoice_table (practice->store, &connection_id, NULL, 0, NULL);
  g_assert_cmpuint (cs_invoice_table_get_n (reading->table), ==, 0);
  for (guint step = 0; step < STEPS; step++)
    {
      CsInvoiceReading *next;
      Plain plain;

      if (step == 0)
        save_all (practice, &connection_id, rand, 150);
      else
        save_random (practice, &connection_id, rand, step);
      pin_random (practice, &connection_id, rand);
      next = cs_store_read_invoice_table (practice->store, &connection_id,
                                          reading != NULL ? reading->table : NULL,
                                          reading != NULL ? reading->sequence : 0, NULL);
      g_assert_nonnull (next);
      n_mended += next->changed != NULL;
      cs_invoice_reading_free (reading);
      reading = next;
      plain = read_plain (practice, &connection_id);
      g_assert_cmpuint (cs_invoice_table_get_n (reading->table), ==, plain.invoices->len);
      check_by_sql (practice);
      check_before_table (practice, &connection_id, &plain, step);
      for (guint i = 0; i < FILTERS; i++)
        {
          g_autoptr (CsInvoiceFilter) filter = make_filter (rand);

          check_selection (practice, &connection_id, &plain, reading->table, filter);
          if (i % 10 == 0)
            check_sums (practice, &connection_id, &plain, reading->table, filter);
        }
      plain_clear (&plain);
    }
  g_assert_cmpuint (n_mended, ==, STEPS);
}

/* The first so many of a selection are the first of the whole of it. */
static void
check_first (const CsInvoiceTable *table, const Plain *plain, const CsInvoiceFilter *filter, guint limit)
{
  CsInvoiceLook look = { filter, plain->pinned, NULL, NULL, FIXTURE_TODAY };
  g_autoptr (CsInvoiceOrder) whole = cs_invoice_table_select (table, &look, NULL, G_MAXUINT);
  g_autoptr (CsInvoiceOrder) first = cs_invoice_table_select (table, &look, NULL, limit);

  g_assert_cmpuint (first->n, ==, MIN (limit, whole->n));
  for (guint i = 0; i < first->n; i++)
    g_assert_cmpuint (cs_invoice_order_get (first, i), ==, cs_invoice_order_get (whole, i));
}

/* V-07, V-08: the same over more rows than are looked at in one go. */
static void
test_many (Practice *practice, gconstpointer data)
{
  static const guint limits[] = { 0, 1, 100, 1024, 1500 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261201);
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  g_autoptr (CsInvoiceReading) reading = NULL;
  Plain plain;

  memset (&firsts, 0, sizeof firsts);
  save_all (practice, &connection_id, rand, 2600);
  for (guint i = 0; i < 60; i++)
    pin_random (practice, &connection_id, rand);
  reading = cs_store_read_invoice_table (practice->store, &connection_id, NULL, 0, NULL);
  plain = read_plain (practice, &connection_id);
  g_assert_cmpuint (plain.invoices->len, >, 2048);
  for (guint i = 0; i < 4 * FILTERS; i++)
    {
      g_autoptr (CsInvoiceFilter) filter = make_filter (rand);

      check_selection (practice, &connection_id, &plain, reading->table, filter);
      check_first (reading->table, &plain, filter, limits[i % G_N_ELEMENTS (limits)]);
    }
  g_assert_cmpuint (MIN (firsts.n_begun, firsts.n_whole), >, 5);
  g_assert_cmpuint (MIN (firsts.n_numbered, firsts.n_refused), >, 5);
  plain_clear (&plain);
}

/* V-09: a pin is on the ledger's invoice, not on our copy of it. */
static void
test_pins_survive (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_invoice_free);
  g_autoptr (GArray) pinned = NULL;
  g_autoptr (GArray) again = NULL;
  g_autoptr (GArray) others = NULL;
  CsUuid same;
  CsUuid other;

  g_ptr_array_add (page, make_invoice ("invoice-1", "INV-1", FIXTURE_TODAY, 100));
  g_assert_true (cs_store_save_invoices (practice->store, &connection_id, page, NULL, NULL));
  g_assert_true (cs_store_pin_invoice (practice->store, &connection_id, "invoice-1", TRUE, NULL));
  g_assert_true (cs_store_pin_invoice (practice->store, &connection_id, "invoice-1", TRUE, NULL));
  g_assert_true (cs_store_pin_invoice (practice->store, &connection_id, "not-here-yet", TRUE, NULL));
  pinned = cs_store_list_pinned (practice->store, &connection_id, NULL);
  g_assert_cmpuint (pinned->len, ==, 1);
  /* Another organisation, and the first one again. */
  other = practice_connect (practice, "tenant-2");
  others = cs_store_list_pinned (practice->store, &other, NULL);
  g_assert_cmpuint (others->len, ==, 0);
  same = practice_connect (practice, "tenant-1");
  practice_reopen (practice);
  again = cs_store_list_pinned (practice->store, &same, NULL);
  g_assert_cmpuint (again->len, ==, 1);
  /* It is pinned the moment it arrives. */
  g_ptr_array_add (page, make_invoice ("not-here-yet", "INV-2", FIXTURE_TODAY, 100));
  g_assert_true (cs_store_save_invoices (practice->store, &same, page, NULL, NULL));
  g_array_unref (g_steal_pointer (&again));
  again = cs_store_list_pinned (practice->store, &same, NULL);
  g_assert_cmpuint (again->len, ==, 2);
  g_assert_true (cs_store_pin_invoice (practice->store, &same, "invoice-1", FALSE, NULL));
  g_assert_true (cs_store_pin_invoice (practice->store, &same, "invoice-1", FALSE, NULL));
  g_array_unref (g_steal_pointer (&again));
  again = cs_store_list_pinned (practice->store, &same, NULL);
  g_assert_cmpuint (again->len, ==, 1);
  practice_assert_sound (practice);
}

/* No list is sorted, and no table read through, where an index has the answer (performance.md section 3). */
static void
test_plans (Practice *practice, gconstpointer data)
{
  static const struct
  {
    const char *query;
    const char *index;
  } plans[] = {
    { PLAN
      "SELECT rid FROM ledger_invoice INDEXED BY ledger_invoice_unpaid WHERE connection_id = ? AND is_sales "
      "= 1"
      " AND status = 'AUTHORISED' AND balance_minor > 0 AND (due >= ? OR due IS NULL)"
      " ORDER BY date DESC, number DESC, rid LIMIT 100",
      "ledger_invoice_unpaid" },
    { PLAN "SELECT rid FROM ledger_invoice WHERE connection_id = ? AND is_sales = 1 ORDER BY number COLLATE "
           "NOCASE ASC,"
           " rid",
      "ledger_invoice_number" },
    { PLAN
      "SELECT rid FROM ledger_invoice INDEXED BY ledger_invoice_newest WHERE connection_id = ? AND is_sales "
      "= 1"
      " AND date IS ? ORDER BY number DESC, rid",
      "ledger_invoice_newest" },
    { PLAN "SELECT n FROM ledger_invoice_sum WHERE connection_id = ? AND contact_id = ? AND currency = ?"
           " AND (state, due) > ('UNPAID', ?)",
      "PRIMARY KEY (connection_id=? AND contact_id=? AND currency=? AND (state,due)>(?,?))" },
    { PLAN
      "SELECT sum (n) FROM ledger_invoice_sum WHERE connection_id = ? AND contact_id = ? AND currency = ?"
      " AND state = 'UNPAID' AND due <= ?",
      "PRIMARY KEY (connection_id=? AND contact_id=? AND currency=? AND state=? AND due<?)" },
    { PLAN
      "SELECT date, currency, sum (total_minor) FROM ledger_settlement INDEXED BY ledger_settlement_received"
      " WHERE connection_id = ? AND date >= ? AND is_received = 1 AND status NOT IN ('DELETED', 'VOIDED')"
      " GROUP BY date, currency",
      "COVERING INDEX ledger_settlement_received" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (plans); i++)
    {
      g_autoptr (CsSqlStatement) row = cs_sql_prepare (practice->store->sql, plans[i].query);
      g_autoptr (GString) plan = g_string_new (NULL);

      while (cs_sql_next (row, NULL))
        {
          cs_sql_read_integer (row);
          cs_sql_read_integer (row);
          cs_sql_read_integer (row);
          g_string_append_printf (plan, "%s\n", cs_sql_peek_text (row));
        }
      g_assert_false (cs_sql_has_failed (row));
      if (strstr (plan->str, plans[i].index) == NULL || strstr (plan->str, "TEMP B-TREE") != NULL)
        g_error ("%s\n%s", plans[i].query, plan->str);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TEST ("/review/V-05/V-10/V-14/K-9/K-10/random-books", test_random);
  ADD_TEST ("/review/V-07/V-08/many-rows", test_many);
  ADD_TEST ("/review/V-09/pins-survive", test_pins_survive);
  ADD_TEST ("/review/plans", test_plans);
  return g_test_run ();
}
