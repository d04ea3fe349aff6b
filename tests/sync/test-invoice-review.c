/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-fixture.h"

#include "cs-invoice-match.h"
#include "cs-invoice-review.h"
#include "cs-session-review.h"

/* A review over a real file that a real pull filled, with the list that looks at it stood in for: it holds
 * the rows of one screen, as GTK does, and counts what it is told and what it has to ask for. */

#define SCREEN 30
/* In one of them the first rows are there before the others. */
#define STARTS_MAX 40

typedef struct
{
  SandboxFixture *fixture;
  CsSession *session;
  CsInvoiceReview *review;
  CsInvoiceFilter *filter;
  GPtrArray *held;
  guint n_items;
  guint n_told;  /* items-changed */
  guint n_moved; /* of these, not at the end */
  guint n_asked; /* get_item */
  guint n_shown;
} Fixture;

static void
items_changed_cb (Fixture *fixture, guint position, guint removed, guint added)
{
  fixture->n_told++;
  if (position + removed != fixture->n_items)
    fixture->n_moved++;
  fixture->n_items += added - removed;
}

static void
shown_cb (Fixture *fixture)
{
  fixture->n_shown++;
}

/* As far as the list reaches, and no row twice. */
static void
hold_screen (Fixture *fixture)
{
  g_ptr_array_set_size (fixture->held, (int)MIN (fixture->held->len, fixture->n_items));
  while (fixture->held->len < MIN (SCREEN, fixture->n_items))
    {
      fixture->n_asked++;
      g_ptr_array_add (fixture->held,
                       g_list_model_get_item (G_LIST_MODEL (fixture->review), fixture->held->len));
    }
}

static gboolean
is_read (gpointer data)
{
  Fixture *fixture = data;

  hold_screen (fixture);
  for (guint i = 0; i < fixture->held->len; i++)
    if (cs_invoice_row_get (fixture->held->pdata[i]) == NULL)
      return FALSE;
  return cs_invoice_review_get_state (fixture->review) == CS_LIST_READY
         && cs_invoice_review_get_sums (fixture->review)->n[CS_INVOICES_ALL] > 0
         && !cs_invoice_review_get_is_partial (fixture->review);
}

/* At rest: the first rows come before the table, whose coming shows the list once more. */
static gboolean
has_table (gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (CsRowSet) first = cs_row_set_new ();
  g_autoptr (GArray) sums = NULL;

  if (!is_read (data))
    return FALSE;
  cs_row_set_add (first, cs_invoice_review_get_key (fixture->review, 0));
  sums = cs_invoice_review_sum_chosen (fixture->review, first);
  return sums->len > 0;
}

static gboolean
was_shown (gpointer data)
{
  return ((Fixture *)data)->n_shown > 0 && is_read (data);
}

static void
show (Fixture *fixture, CsInvoicesShown shown, const char *search)
{
  fixture->filter->shown = shown;
  g_set_str (&fixture->filter->search, search);
  fixture->n_told = fixture->n_moved = fixture->n_asked = fixture->n_shown = 0;
  cs_invoice_review_set_filter (fixture->review, fixture->filter);
  g_assert_true (test_wait_until (was_shown, fixture));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->fixture = sandbox_fixture_new (data != NULL ? data : "demo");
  fixture->session = sandbox_fixture_open (fixture->fixture);
  sandbox_fixture_connect (fixture->fixture, fixture->session);
  fixture->filter = cs_invoice_filter_new ();
  fixture->review = cs_invoice_review_new (fixture->session, fixture->filter);
  fixture->held = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect_swapped (fixture->review, "items-changed", G_CALLBACK (items_changed_cb), fixture);
  g_signal_connect_swapped (fixture->review, "shown", G_CALLBACK (shown_cb), fixture);
  g_assert_true (test_wait_until (has_table, fixture));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (fixture->review, fixture);
  g_ptr_array_unref (fixture->held);
  g_object_unref (fixture->review);
  cs_invoice_filter_free (fixture->filter);
  sandbox_fixture_close (fixture->session);
  sandbox_fixture_free (fixture->fixture);
}

/* Every row that is shown is what the view is for, by the rules, and as many as its badge says. */
static void
assert_view (Fixture *fixture)
{
  CsDate today = cs_session_get_today (fixture->session);
  const CsInvoiceSums *sums = cs_invoice_review_get_sums (fixture->review);
  CsDate last = { G_MAXINT32 };

  g_assert_cmpuint (fixture->n_items, ==, sums->n[fixture->filter->shown]);
  for (guint i = 0; i < fixture->held->len; i++)
    {
      const CsInvoiceEntry *entry = cs_invoice_row_get_entry (fixture->held->pdata[i]);

      g_assert_true (cs_invoice_filter_matches (fixture->filter, entry->invoice, entry->is_pinned, today));
      /* V-04 */
      g_assert_cmpint (entry->invoice->date.days, <=, last.days);
      last = entry->invoice->date;
    }
}

/* A switch tells the end of the list alone, asks for no row that is held, and keeps each place's object. */
static void
test_switch (Fixture *fixture, gconstpointer data)
{
  static const CsInvoicesShown views[]
      = { CS_INVOICES_ALL, CS_INVOICES_OVERDUE, CS_INVOICES_PAID, CS_INVOICES_OPEN, CS_INVOICES_UNPAID };
  gpointer first = fixture->held->pdata[0];

  /* V-03 */
  g_assert_cmpint (cs_invoice_review_get_filter (fixture->review)->shown, ==, CS_INVOICES_OPEN);
  assert_view (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (views); i++)
    {
      guint n_held = fixture->held->len;
      guint n_before = fixture->n_items;

      show (fixture, views[i], "");
      assert_view (fixture);
      g_assert_cmpuint (fixture->n_shown, ==, 1);
      g_assert_cmpuint (fixture->n_told, ==, fixture->n_items == n_before ? 0 : 1);
      g_assert_cmpuint (fixture->n_moved, ==, 0);
      g_assert_cmpuint (fixture->n_asked, ==, fixture->held->len > n_held ? fixture->held->len - n_held : 0);
      g_assert_true (fixture->held->pdata[0] == first);
    }
}

/* V-06: each box is the sum of the list that it opens. */
static void
test_boxes (Fixture *fixture, gconstpointer data)
{
  const CsInvoiceSums *sums = cs_invoice_review_get_sums (fixture->review);
  static const CsInvoicesShown views[] = { CS_INVOICES_UNPAID, CS_INVOICES_PAID };

  for (gsize i = 0; i < G_N_ELEMENTS (views); i++)
    {
      g_autoptr (GArray) keys = NULL;
      g_autoptr (CsRowSet) all = NULL;
      g_autoptr (GArray) chosen = NULL;

      show (fixture, views[i], "");
      sums = cs_invoice_review_get_sums (fixture->review);
      keys = cs_invoice_review_copy_keys (fixture->review);
      all = cs_row_set_new_from ((const guint32 *)(gpointer)keys->data, keys->len);
      chosen = cs_invoice_review_sum_chosen (fixture->review, all);
      g_assert_cmpuint (keys->len, >, 0);
      for (guint k = 0; k < chosen->len; k++)
        {
          const CsInvoiceSelected *sum = &g_array_index (chosen, CsInvoiceSelected, k);

          for (guint t = 0; t < sums->totals->len; t++)
            {
              const CsInvoiceTotals *totals = &g_array_index (sums->totals, CsInvoiceTotals, t);

              if (!cs_currency_equal (totals->currency, sum->currency))
                continue;
              g_assert_cmpint (views[i] == CS_INVOICES_PAID ? sum->total.minor : sum->balance.minor, ==,
                               views[i] == CS_INVOICES_PAID ? totals->paid.minor : totals->unpaid.minor);
            }
        }
    }
}

static gboolean
is_pinned (gpointer data)
{
  return cs_invoice_review_get_sums (((Fixture *)data)->review)->n[CS_INVOICES_PINNED] == 1;
}

/* V-07, V-09, V-14 */
static void
test_search_and_pin (Fixture *fixture, gconstpointer data)
{
  g_autofree char *number = NULL;
  g_autofree char *id = NULL;
  const char *ids[2] = { NULL, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree guint32 *key = NULL;

  show (fixture, CS_INVOICES_UNPAID, "");
  number = g_strdup (cs_invoice_row_get (fixture->held->pdata[3])->number);
  id = g_strdup (cs_invoice_row_get (fixture->held->pdata[3])->remote_id);
  show (fixture, CS_INVOICES_ALL, number);
  g_assert_cmpuint (fixture->n_items, ==, 1);
  g_assert_cmpstr (cs_record_get_id (fixture->held->pdata[0]), ==, id);
  key = test_await_record (cs_invoice_review_look_up (fixture->review, id), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (*key, ==, cs_invoice_review_get_key (fixture->review, 0));
  g_assert_cmpuint (cs_invoice_review_find (fixture->review, *key), ==, 0);
  ids[0] = id;
  g_assert_true (test_await (cs_session_pin_invoices (fixture->session, ids, TRUE), &error));
  g_assert_true (test_wait_until (is_pinned, fixture));
  show (fixture, CS_INVOICES_PINNED, "");
  g_assert_cmpuint (fixture->n_items, ==, 1);
  g_assert_true (cs_invoice_row_get_entry (fixture->held->pdata[0])->is_pinned);
}

typedef struct
{
  Fixture *fixture;
  guint n_paid;
} Wanted;

static gboolean
is_paid (gpointer data)
{
  const Wanted *wanted = data;

  return cs_invoice_review_get_sums (wanted->fixture->review)->n[CS_INVOICES_PAID] == wanted->n_paid;
}

/* V-19: what is paid in Xero is so here after the next reading, and is marked; V-18: nothing was written
 * there. */
static void
test_real_time (Fixture *fixture, gconstpointer data)
{
  Wanted wanted = { fixture, 0 };
  const CsLedgerInvoice *invoice;
  g_autofree char *number = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *payment = NULL;
  g_autoptr (GError) error = NULL;

  show (fixture, CS_INVOICES_UNPAID, "");
  invoice = cs_invoice_row_get (fixture->held->pdata[0]);
  g_assert_false (cs_invoice_row_get_is_news (fixture->held->pdata[0]));
  number = g_strdup (invoice->number);
  amount = cs_money_to_string (invoice->balance);
  payment = g_strdup_printf ("{\"invoice\":\"%s\",\"amount\":\"%s\"}", number, amount);
  wanted.n_paid = cs_invoice_review_get_sums (fixture->review)->n[CS_INVOICES_PAID] + 1;
  sandbox_fixture_post (fixture->fixture, "/sandbox/payments", payment);
  g_assert_true (test_await (cs_session_pull_now (fixture->session), &error));
  g_assert_no_error (error);
  g_assert_true (test_wait_until (is_paid, &wanted));
  show (fixture, CS_INVOICES_PAID, number);
  g_assert_cmpuint (fixture->n_items, ==, 1);
  g_assert_true (cs_money_is_zero (cs_invoice_row_get (fixture->held->pdata[0])->balance));
  g_assert_true (cs_invoice_row_get_is_news (fixture->held->pdata[0]));
  g_assert_cmpuint (sandbox_fixture_count_created (fixture->fixture, "created_invoices", NULL, NULL), ==, 0);
  g_assert_cmpuint (sandbox_fixture_count_created (fixture->fixture, "created_contacts", NULL, NULL), ==, 0);
}

static gboolean
is_summed (gpointer data)
{
  Wanted *wanted = data;

  return cs_invoice_review_get_sums (wanted->fixture->review)->n[CS_INVOICES_ALL] == wanted->n_paid;
}

static guint
count_of (Fixture *fixture, const char *const *contact_ids)
{
  Wanted wanted = { fixture, 0 };

  cs_invoice_filter_free (fixture->filter);
  fixture->filter = cs_invoice_filter_new_for_contacts (contact_ids);
  show (fixture, CS_INVOICES_ALL, "");
  /* The badge of the scope, and not of all there is. */
  wanted.n_paid = fixture->n_items;
  g_assert_true (test_wait_until (is_summed, &wanted));
  return fixture->n_items;
}

/* K-12, V-05: what a group or a person has is what its clients have together. */
static void
test_contacts (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  guint n_first, n_second;

  show (fixture, CS_INVOICES_ALL, "");
  first = g_strdup (cs_invoice_row_get (fixture->held->pdata[0])->contact_id);
  for (guint i = 1; i < fixture->held->len && second == NULL; i++)
    if (g_strcmp0 (cs_invoice_row_get (fixture->held->pdata[i])->contact_id, first) != 0)
      second = g_strdup (cs_invoice_row_get (fixture->held->pdata[i])->contact_id);
  g_assert_nonnull (second);
  n_first = count_of (fixture, (const char *const[]){ first, NULL });
  n_second = count_of (fixture, (const char *const[]){ second, NULL });
  g_assert_cmpuint (count_of (fixture, (const char *const[]){ first, second, NULL }), ==, n_first + n_second);
}

typedef struct
{
  CsInvoiceReview *review;
  guint n;            /* of all there are */
  gboolean had_first; /* rows, and not all of them */
} Start;

/* Whoever looks at the count, whenever, sees the right one or none. */
static void
assert_count (Start *start)
{
  guint n_listed = g_list_model_get_n_items (G_LIST_MODEL (start->review));
  guint n = 0;

  if (n_listed > 0 && n_listed < start->n)
    start->had_first = TRUE;
  if (cs_invoice_review_count (start->review, &n))
    g_assert_cmpuint (n, ==, start->n);
}

static gboolean
is_counted (gpointer data)
{
  guint n = 0;

  return cs_invoice_review_count (((Start *)data)->review, &n);
}

static gboolean
is_whole (gpointer data)
{
  Start *start = data;

  return g_list_model_get_n_items (G_LIST_MODEL (start->review)) == start->n;
}

static void
start_again (Fixture *fixture, Start *start)
{
  guint n = 0;

  sandbox_fixture_close (fixture->session);
  fixture->session = sandbox_fixture_open (fixture->fixture);
  start->review = cs_invoice_review_new (fixture->session, fixture->filter);
  g_assert_false (cs_invoice_review_count (start->review, &n));
  g_signal_connect_swapped (start->review, "shown", G_CALLBACK (assert_count), start);
  g_signal_connect_swapped (start->review, "notify", G_CALLBACK (assert_count), start);
  g_assert_true (test_wait_until (is_counted, start));
  g_assert_true (test_wait_until (is_whole, start));
  g_object_unref (start->review);
}

/* A practice that is opened shows its first rows before it knows the others, but counts all of them. Now and
 * then it knows all at once. */
static void
test_count_at_start (Fixture *fixture, gconstpointer data)
{
  Start start = { NULL, 0, FALSE };

  if (fixture->filter->shown != CS_INVOICES_ALL)
    show (fixture, CS_INVOICES_ALL, "");
  start.n = fixture->n_items;
  for (guint i = 0; i < STARTS_MAX && !start.had_first; i++)
    start_again (fixture, &start);
  g_assert_true (start.had_first);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/invoice-review/V-03/V-04/switch", test_switch);
  g_test_add ("/invoice-review/count-at-start", Fixture, "count:600", set_up, test_count_at_start, tear_down);
  ADD ("/invoice-review/V-05/V-06/boxes", test_boxes);
  ADD ("/invoice-review/V-07/V-09/V-14/search-and-pin", test_search_and_pin);
  ADD ("/invoice-review/V-18/V-19/real-time", test_real_time);
  ADD ("/invoice-review/K-12/V-05/contacts", test_contacts);
  return g_test_run ();
}
