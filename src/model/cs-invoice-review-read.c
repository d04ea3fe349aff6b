/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-review-private.h"

#include "cs-store-connections.h"

/* What a search finds by then is shown before the rest is known: a person who types has not finished. */
#define FOUND_AT_ONCE 8192
/* How far the chart of months goes back. */
#define MONTHS_RECEIVED 24

void
cs_review_question_free (CsReviewQuestion *question)
{
  g_clear_pointer (&question->snapshot, cs_invoice_snapshot_unref);
  cs_invoice_filter_free (question->filter);
  g_clear_pointer (&question->positions, g_array_unref);
  g_free (question);
}

void
cs_review_answer_free (CsReviewAnswer *answer)
{
  g_clear_pointer (&answer->snapshot, cs_invoice_snapshot_unref);
  cs_invoice_order_free (answer->order);
  g_clear_pointer (&answer->positions, g_array_unref);
  g_clear_pointer (&answer->entries, g_ptr_array_unref);
  g_free (answer);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsReviewAnswer, cs_review_answer_free)

/* The table in the order that is wanted; kept until another is, since it takes longer than all the rest. */
static gboolean
ensure_sorted (CsStore *store, CsInvoiceSnapshot *snapshot, const CsInvoiceFilter *filter, GError **error)
{
  g_autoptr (GArray) keys = NULL;

  if (snapshot->sorted != NULL && snapshot->sorted_by == filter->sort
      && snapshot->is_descending == filter->is_descending)
    return TRUE;
  g_clear_pointer (&snapshot->sorted, g_free);
  snapshot->sorted_by = filter->sort;
  snapshot->is_descending = filter->is_descending;
  if (filter->sort == CS_INVOICE_COLUMN_NUMBER || filter->sort == CS_INVOICE_COLUMN_REFERENCE)
    {
      keys = cs_store_order_invoices (store, &snapshot->connection_id, filter->sort, filter->is_descending,
                                      error);
      if (keys == NULL)
        return FALSE;
      snapshot->sorted
          = cs_invoice_table_order_keys (snapshot->table, (const guint32 *)(gpointer)keys->data, keys->len);
    }
  else
    snapshot->sorted
        = cs_invoice_table_sort (snapshot->table, filter->sort, filter->is_descending, snapshot->pinned);
  return TRUE;
}

/* Sets the answer's order where what is shown first is found soonest without the rest. */
static gboolean
find_first (CsStore *store,
            const CsReviewQuestion *question,
            const CsInvoiceLook *look,
            const guint32 *permutation,
            CsReviewAnswer *answer,
            GError **error)
{
  g_auto (CsInvoiceFirst) first = { 0 };

  if (!cs_store_find_first_invoices (store, &question->snapshot->connection_id, question->snapshot->table,
                                     look, permutation, CS_REVIEW_FIRST_ROWS, &first, error))
    return FALSE;
  answer->is_partial = first.order != NULL && !first.is_whole;
  answer->order = g_steal_pointer (&first.order);
  answer->entries = g_steal_pointer (&first.entries);
  return TRUE;
}

static gboolean
find (CsStore *store,
      const CsReviewQuestion *question,
      const CsInvoiceLook *look,
      CsInvoiceFound *found,
      const guint32 *permutation,
      CsReviewAnswer *answer,
      GError **error)
{
  gboolean is_whole = TRUE;

  if (question->is_other && !find_first (store, question, look, permutation, answer, error))
    return FALSE;
  if (answer->order != NULL)
    return TRUE;
  if (!cs_store_find_invoices (store, &question->snapshot->connection_id, found,
                               question->wants_all ? G_MAXINT32 : FOUND_AT_ONCE, &is_whole, error))
    return FALSE;
  answer->is_partial = !is_whole;
  return TRUE;
}

static gboolean
select_rows (CsStore *store, const CsReviewQuestion *question, CsReviewAnswer *answer, GError **error)
{
  CsInvoiceSnapshot *snapshot = question->snapshot;
  const CsInvoiceFilter *filter = question->filter;
  g_autoptr (CsInvoiceFound) found = NULL;
  g_autoptr (CsRowSet) scope = NULL;
  CsInvoiceLook look = { filter, snapshot->pinned, NULL, NULL, question->today, snapshot->pinned_at };
  gboolean is_by_date = filter->sort == CS_INVOICE_COLUMN_DATE || filter->sort == CS_INVOICE_COLUMN_TYPE;
  const guint32 *permutation;

  if (filter->scope == CS_INVOICE_SCOPE_PROPOSAL)
    {
      look.scope = scope
          = cs_store_get_proposal_invoices (store, &snapshot->connection_id, &filter->proposal_id, error);
      if (scope == NULL)
        return FALSE;
    }
  if (!is_by_date && !ensure_sorted (store, snapshot, filter, error))
    return FALSE;
  permutation = is_by_date ? NULL : snapshot->sorted;
  if (*filter->search != '\0')
    {
      look.found = found = cs_invoice_found_new (filter->search);
      if (!find (store, question, &look, found, permutation, answer, error))
        return FALSE;
    }
  if (answer->order == NULL)
    answer->order = cs_invoice_table_select (snapshot->table, &look, permutation, G_MAXUINT);
  return TRUE;
}

static gboolean
read_wanted (CsStore *store, const CsReviewQuestion *question, CsReviewAnswer *answer, GError **error)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (guint32));

  if (answer->entries != NULL)
    return TRUE;
  answer->positions = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < question->positions->len; i++)
    {
      guint position = g_array_index (question->positions, guint, i);
      guint32 key;

      if (position >= answer->order->n)
        continue;
      key = cs_invoice_table_get_key (question->snapshot->table,
                                      cs_invoice_order_get (answer->order, position));
      g_array_append_val (answer->positions, position);
      g_array_append_val (keys, key);
    }
  answer->entries
      = cs_store_get_invoice_entries (store, (const guint32 *)(gpointer)keys->data, keys->len, error);
  return answer->entries != NULL;
}

/* Before the table is read: what an index has in order. */
static gboolean
read_first (CsStore *store, const CsReviewQuestion *question, CsReviewAnswer *answer, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsConnection) connection = cs_store_get_connection (store, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (connection == NULL || !cs_store_can_read_first (question->filter))
    return TRUE;
  answer->is_known = TRUE;
  answer->entries = cs_store_read_first_invoices (store, &connection->id, question->filter, question->today,
                                                  CS_REVIEW_FIRST_ROWS, error);
  /* There may be more, which the table will say once it is read. */
  answer->is_partial = answer->entries != NULL && answer->entries->len == CS_REVIEW_FIRST_ROWS;
  return answer->entries != NULL;
}

gpointer
cs_review_order_job (CsStore *store, gpointer data, GError **error)
{
  const CsReviewQuestion *question = data;
  g_autoptr (CsReviewAnswer) answer = g_new0 (CsReviewAnswer, 1);

  if (question->snapshot == NULL)
    return read_first (store, question, answer, error) ? g_steal_pointer (&answer) : NULL;
  answer->snapshot = cs_invoice_snapshot_ref (question->snapshot);
  if (!select_rows (store, question, answer, error) || !read_wanted (store, question, answer, error))
    return NULL;
  return g_steal_pointer (&answer);
}

static CsDate
get_first_month (CsDate today)
{
  int year, month, day;

  cs_date_get_parts (today, &year, &month, &day);
  return cs_date_add_months (cs_date_from_parts (year, month, 1), 1 - MONTHS_RECEIVED, 1);
}

static CsInvoiceSums *
sum_kept (CsStore *store, const CsReviewQuestion *question, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsConnection) connection = cs_store_get_connection (store, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (connection == NULL || question->filter->scope == CS_INVOICE_SCOPE_PROPOSAL)
    return cs_invoice_sums_new ();
  return cs_store_get_invoice_sums (store, &connection->id, question->filter, question->today, error);
}

gpointer
cs_review_sums_job (CsStore *store, gpointer data, GError **error)
{
  const CsReviewQuestion *question = data;
  CsInvoiceSnapshot *snapshot = question->snapshot;
  g_autoptr (CsInvoiceSums) sums = NULL;
  g_autoptr (CsRowSet) scope = NULL;
  CsInvoiceLook look = { question->filter, NULL, NULL, NULL, question->today };

  if (snapshot == NULL)
    return sum_kept (store, question, error);
  look.pinned = snapshot->pinned;
  if (question->filter->scope == CS_INVOICE_SCOPE_PROPOSAL)
    {
      look.scope = scope = cs_store_get_proposal_invoices (store, &snapshot->connection_id,
                                                           &question->filter->proposal_id, error);
      if (scope == NULL)
        return NULL;
    }
  sums = cs_invoice_table_sum (snapshot->table, &look);
  if (!cs_store_add_received (store, &snapshot->connection_id, question->filter,
                              get_first_month (question->today), sums, error))
    return NULL;
  return g_steal_pointer (&sums);
}
