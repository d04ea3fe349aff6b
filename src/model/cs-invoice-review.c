/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-review-private.h"

#include "cs-follow-up.h"
#include "cs-store-connections.h"

/* What was read of rows that are no more on screen is kept up to here, then let go. */
#define ENTRIES_KEPT 1024

enum
{
  PROP_0,
  PROP_STATE,
  PROP_FILTER,
  PROP_SUMS,
  PROP_IS_PARTIAL,
  N_PROPERTIES
};
static GParamSpec *properties[N_PROPERTIES];

enum
{
  SIGNAL_SWITCHING,
  SIGNAL_SHOWN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void read_order (CsInvoiceReview *self, gboolean wants_all);
static void read_sums (CsInvoiceReview *self);

/* --- as a list --- */

static gboolean
is_news (CsInvoiceReview *self, guint32 key)
{
  return self->snapshot != NULL && cs_row_set_has (self->snapshot->news, key);
}

static GType
cs_invoice_review_get_item_type (GListModel *model)
{
  return CS_TYPE_INVOICE_ROW;
}

static guint
cs_invoice_review_get_n_items (GListModel *model)
{
  return CS_INVOICE_REVIEW (model)->n;
}

static void
row_gone_cb (gpointer data, GObject *row)
{
  CsInvoiceReview *self = data;
  GHashTableIter iter;
  gpointer known;

  /* By then it does not know its position any more; there are a few hundred. */
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &known))
    if (known == (gpointer)row)
      {
        g_hash_table_iter_remove (&iter);
        return;
      }
}

static gboolean fetch_cb (gpointer data);

static void
fill (CsInvoiceReview *self, CsInvoiceRow *row)
{
  guint position = cs_invoice_row_get_position (row);
  guint32 key = cs_review_get_key (self, position);
  const CsInvoiceEntry *entry = g_hash_table_lookup (self->entries, GUINT_TO_POINTER (key));

  cs_invoice_row_take (row, key, entry != NULL ? cs_invoice_entry_copy (entry) : NULL, is_news (self, key));
  if (entry != NULL)
    return;
  g_array_append_val (self->missing, position);
  if (self->fetch_source == 0 && self->fetching == NULL)
    self->fetch_source = g_idle_add_full (G_PRIORITY_DEFAULT, fetch_cb, self, NULL);
}

static gpointer
cs_invoice_review_get_item (GListModel *model, guint position)
{
  CsInvoiceReview *self = CS_INVOICE_REVIEW (model);
  CsInvoiceRow *row;

  if (position >= self->n)
    return NULL;
  row = g_hash_table_lookup (self->rows, GUINT_TO_POINTER (position));
  if (row != NULL)
    return g_object_ref (row);
  row = cs_invoice_row_new (position, cs_review_get_key (self, position));
  g_hash_table_insert (self->rows, GUINT_TO_POINTER (position), row);
  g_object_weak_ref (G_OBJECT (row), row_gone_cb, self);
  fill (self, row);
  return row;
}

static void
cs_invoice_review_list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = cs_invoice_review_get_item_type;
  interface->get_n_items = cs_invoice_review_get_n_items;
  interface->get_item = cs_invoice_review_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (CsInvoiceReview,
                               cs_invoice_review,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, cs_invoice_review_list_model_init))

/* --- rows that came on screen and were not read yet --- */

static void
keep_entry (CsInvoiceReview *self, CsInvoiceEntry *entry)
{
  g_hash_table_replace (self->entries, GUINT_TO_POINTER (entry->key), entry);
}

static void
keep_entries (CsInvoiceReview *self, GPtrArray *entries)
{
  if (g_hash_table_size (self->entries) + entries->len > ENTRIES_KEPT)
    g_hash_table_remove_all (self->entries);
  for (guint i = 0; i < entries->len; i++)
    keep_entry (self, entries->pdata[i]);
  g_ptr_array_set_free_func (entries, NULL);
  g_ptr_array_set_size (entries, 0);
}

static void
fetched_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsInvoiceReview *self = object;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = cs_settled_steal_record (settled, &error);
  const GArray *positions = data;

  dex_clear (&self->fetching);
  if (entries != NULL)
    keep_entries (self, entries);
  for (guint i = 0; entries != NULL && i < positions->len; i++)
    {
      guint position = g_array_index (positions, guint, i);
      CsInvoiceRow *row = g_hash_table_lookup (self->rows, GUINT_TO_POINTER (position));

      if (row != NULL && position < self->n)
        fill (self, row);
    }
  if (self->missing->len > 0 && self->fetch_source == 0)
    self->fetch_source = g_idle_add_full (G_PRIORITY_DEFAULT, fetch_cb, self, NULL);
}

/* All that a turn of the loop asked for, in one read. */
static gboolean
fetch_cb (gpointer data)
{
  CsInvoiceReview *self = data;
  GArray *positions = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (guint32));

  self->fetch_source = 0;
  for (guint i = 0; i < self->missing->len; i++)
    {
      guint position = g_array_index (self->missing, guint, i);

      if (position < self->n && g_hash_table_contains (self->rows, GUINT_TO_POINTER (position)))
        {
          guint32 key = cs_review_get_key (self, position);

          g_array_append_val (positions, position);
          g_array_append_val (keys, key);
        }
    }
  g_array_set_size (self->missing, 0);
  if (keys->len > 0)
    self->fetching
        = cs_follow_up (cs_invoice_review_read (self, (const guint32 *)(gpointer)keys->data, keys->len), self,
                        fetched_cb, positions, (GDestroyNotify)g_array_unref);
  else
    g_array_unref (positions);
  return G_SOURCE_REMOVE;
}

/* --- what is shown --- */

static void
set_state (CsInvoiceReview *self, CsListState state, const char *problem)
{
  gboolean has_news = g_set_str (&self->problem, problem);

  if (self->state == state && !has_news)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/* What no row stands for any more was read of another state of the ledger. */
static void
take_entries (CsInvoiceReview *self, CsReviewAnswer *answer)
{
  g_hash_table_remove_all (self->entries);
  g_array_set_size (self->first_keys, 0);
  if (answer->order == NULL)
    for (guint i = 0; i < answer->entries->len; i++)
      {
        guint32 key = ((CsInvoiceEntry *)answer->entries->pdata[i])->key;

        g_array_append_val (self->first_keys, key);
      }
  keep_entries (self, answer->entries);
}

/* Of a list only the end comes and goes: a place stays the place it is, and gets another row. */
static void
take_answer (CsInvoiceReview *self, CsReviewAnswer *answer)
{
  guint n_before = self->n;
  gboolean was_partial = self->is_partial;
  g_autoptr (GPtrArray) rows = NULL;

  if (self->is_other_view)
    g_signal_emit (self, signals[SIGNAL_SWITCHING], 0);
  self->is_other_view = FALSE;
  self->is_partial = answer->is_partial; /* before anybody counts what there is */
  g_clear_pointer (&self->order, cs_invoice_order_free);
  g_clear_pointer (&self->snapshot, cs_invoice_snapshot_unref);
  self->order = g_steal_pointer (&answer->order);
  self->snapshot = g_steal_pointer (&answer->snapshot);
  take_entries (self, answer);
  self->n = self->order != NULL ? self->order->n : self->first_keys->len;
  if (self->n < n_before)
    g_list_model_items_changed (G_LIST_MODEL (self), self->n, n_before - self->n, 0);
  rows = g_hash_table_get_values_as_ptr_array (self->rows);
  for (guint i = 0; i < rows->len; i++)
    if (cs_invoice_row_get_position (rows->pdata[i]) < self->n)
      fill (self, rows->pdata[i]);
  if (self->n > n_before)
    g_list_model_items_changed (G_LIST_MODEL (self), n_before, 0, self->n - n_before);
  g_signal_emit (self, signals[SIGNAL_SHOWN], 0);
  if (self->is_partial != was_partial)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_PARTIAL]);
}

static void
read_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsInvoiceReview *self = object;
  g_autoptr (GError) error = NULL;
  CsReviewAnswer *answer = cs_settled_steal_record (settled, &error);
  gboolean is_current = !self->reads_again;
  gboolean is_partial = answer != NULL && answer->is_partial;
  /* What follows the first rows comes with the table, which tells by itself. */
  gboolean has_table = answer != NULL && answer->order != NULL;

  dex_clear (&self->reading);
  if (answer != NULL && is_current && (answer->order != NULL || answer->is_known))
    {
      take_answer (self, answer);
      set_state (self, CS_LIST_READY, "");
    }
  else if (error != NULL && !cs_error_is_cancelled (error))
    set_state (self, CS_LIST_FAILED, error->message);
  g_clear_pointer (&answer, cs_review_answer_free);
  cs_invoice_mirror_begin (self->mirror);
  if (!is_current)
    read_order (self, FALSE);
  else if (is_partial && has_table)
    read_order (self, TRUE);
}

/* A screen that will be scrolled to its top, or the one that is looked at. */
static GArray *
get_wanted (CsInvoiceReview *self)
{
  GArray *positions = g_array_new (FALSE, FALSE, sizeof (guint));
  GHashTableIter iter;
  gpointer key;

  if (self->is_other_view || g_hash_table_size (self->rows) == 0)
    for (guint i = 0; i < CS_REVIEW_FIRST_ROWS; i++)
      g_array_append_val (positions, i);
  g_hash_table_iter_init (&iter, self->rows);
  while (positions->len < CS_REVIEW_FIRST_ROWS && g_hash_table_iter_next (&iter, &key, NULL))
    {
      guint position = GPOINTER_TO_UINT (key);

      g_array_append_val (positions, position);
    }
  return positions;
}

static CsReviewQuestion *
ask (CsInvoiceReview *self)
{
  CsReviewQuestion *question = g_new0 (CsReviewQuestion, 1);
  CsInvoiceSnapshot *snapshot = cs_invoice_mirror_get_snapshot (self->mirror);

  question->snapshot = snapshot != NULL ? cs_invoice_snapshot_ref (snapshot) : NULL;
  question->filter = cs_invoice_filter_copy (self->filter);
  question->today = self->today = cs_session_get_today (self->session);
  return question;
}

static void
read_order (CsInvoiceReview *self, gboolean wants_all)
{
  CsReviewQuestion *question;

  self->reads_again = self->reading != NULL;
  if (self->reading != NULL)
    return;
  question = ask (self);
  question->positions = get_wanted (self);
  question->wants_all = wants_all;
  question->is_other = self->is_other_view && !wants_all;
  self->reading = cs_follow_up (cs_session_read (self->session, cs_review_order_job, question,
                                                 (GDestroyNotify)cs_review_question_free,
                                                 (GDestroyNotify)cs_review_answer_free),
                                self, read_cb, NULL, NULL);
}

static void
summed_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsInvoiceReview *self = object;
  g_autoptr (GError) error = NULL;
  CsInvoiceSums *sums = cs_settled_steal_record (settled, &error);

  dex_clear (&self->summing);
  if (sums != NULL)
    {
      cs_invoice_sums_free (self->sums);
      self->sums = sums;
      self->has_sums = !self->sums_again;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUMS]);
    }
  else if (error != NULL && !cs_error_is_cancelled (error))
    g_message ("What invoices come to was not read: %s", error->message);
  if (self->sums_again)
    read_sums (self);
}

static void
read_sums (CsInvoiceReview *self)
{
  self->sums_again = self->summing != NULL;
  if (self->summing == NULL)
    self->summing = cs_follow_up (cs_session_read (self->session, cs_review_sums_job, ask (self),
                                                   (GDestroyNotify)cs_review_question_free,
                                                   (GDestroyNotify)cs_invoice_sums_free),
                                  self, summed_cb, NULL, NULL);
}

static void
mirror_changed_cb (CsInvoiceReview *self)
{
  const char *problem = cs_invoice_mirror_get_problem (self->mirror);

  if (*problem != '\0')
    {
      set_state (self, CS_LIST_FAILED, problem);
      return;
    }
  read_order (self, FALSE);
  read_sums (self);
}

/* What was billed by a proposal is known once it was sent. */
static void
session_changed_cb (CsInvoiceReview *self, guint changes)
{
  if (self->filter->scope == CS_INVOICE_SCOPE_PROPOSAL && (changes & CS_CHANGE_JOURNAL) != 0)
    mirror_changed_cb (self);
}

static void
cs_invoice_review_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  CsInvoiceReview *self = CS_INVOICE_REVIEW (object);

  if (id == PROP_STATE)
    g_value_set_int (value, (int)self->state);
  else if (id == PROP_FILTER)
    g_value_set_pointer (value, self->filter);
  else if (id == PROP_SUMS)
    g_value_set_pointer (value, self->sums);
  else if (id == PROP_IS_PARTIAL)
    g_value_set_boolean (value, self->is_partial);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
cs_invoice_review_dispose (GObject *object)
{
  CsInvoiceReview *self = CS_INVOICE_REVIEW (object);
  GHashTableIter iter;
  gpointer row;

  g_clear_handle_id (&self->fetch_source, g_source_remove);
  dex_clear (&self->reading);
  dex_clear (&self->summing);
  dex_clear (&self->fetching);
  /* They may outlive us. */
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    g_object_weak_unref (row, row_gone_cb, self);
  g_hash_table_remove_all (self->rows);
  g_clear_object (&self->mirror);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_invoice_review_parent_class)->dispose (object);
}

static void
cs_invoice_review_finalize (GObject *object)
{
  CsInvoiceReview *self = CS_INVOICE_REVIEW (object);

  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->entries, g_hash_table_unref);
  g_clear_pointer (&self->first_keys, g_array_unref);
  g_clear_pointer (&self->missing, g_array_unref);
  g_clear_pointer (&self->order, cs_invoice_order_free);
  g_clear_pointer (&self->snapshot, cs_invoice_snapshot_unref);
  g_clear_pointer (&self->filter, cs_invoice_filter_free);
  g_clear_pointer (&self->sums, cs_invoice_sums_free);
  g_clear_pointer (&self->problem, g_free);
  G_OBJECT_CLASS (cs_invoice_review_parent_class)->finalize (object);
}

static void
cs_invoice_review_class_init (CsInvoiceReviewClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = cs_invoice_review_get_property;
  object_class->dispose = cs_invoice_review_dispose;
  object_class->finalize = cs_invoice_review_finalize;
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, CS_LIST_LOADING, CS_LIST_FAILED,
                                             CS_LIST_LOADING, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_FILTER]
      = g_param_spec_pointer ("filter", NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUMS]
      = g_param_spec_pointer ("sums", NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_IS_PARTIAL]
      = g_param_spec_boolean ("is-partial", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[SIGNAL_SWITCHING] = g_signal_new ("switching", CS_TYPE_INVOICE_REVIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SHOWN] = g_signal_new ("shown", CS_TYPE_INVOICE_REVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 0);
}

static void
cs_invoice_review_init (CsInvoiceReview *self)
{
  self->rows = g_hash_table_new (NULL, NULL);
  self->entries = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)cs_invoice_entry_free);
  self->first_keys = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->missing = g_array_new (FALSE, FALSE, sizeof (guint));
  self->sums = cs_invoice_sums_new ();
  self->problem = g_strdup ("");
}

/** cs_invoice_review_new: Returns: (transfer full): what @filter (copied) asks for, read at once */
CsInvoiceReview *
cs_invoice_review_new (CsSession *session, const CsInvoiceFilter *filter)
{
  CsInvoiceReview *self = g_object_new (CS_TYPE_INVOICE_REVIEW, NULL);

  self->session = g_object_ref (session);
  self->filter = cs_invoice_filter_copy (filter);
  self->mirror = cs_invoice_mirror_get (session);
  g_signal_connect_object (self->mirror, "changed", G_CALLBACK (mirror_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  read_order (self, FALSE);
  read_sums (self);
  return self;
}

/** cs_invoice_review_get_session: Returns: (transfer none): whose invoices they are */
CsSession *
cs_invoice_review_get_session (CsInvoiceReview *self)
{
  g_return_val_if_fail (CS_IS_INVOICE_REVIEW (self), NULL);

  return self->session;
}

/** cs_invoice_review_set_filter: asks for what @filter (copied) says from now on. */
void
cs_invoice_review_set_filter (CsInvoiceReview *self, const CsInvoiceFilter *filter)
{
  gboolean is_same_scope;

  g_return_if_fail (CS_IS_INVOICE_REVIEW (self) && filter != NULL);

  if (cs_invoice_filter_equal (self->filter, filter))
    return;
  is_same_scope = self->filter->scope == filter->scope
                  && g_strv_equal ((const char *const *)self->filter->contact_ids,
                                   (const char *const *)filter->contact_ids)
                  && cs_uuid_equal (&self->filter->proposal_id, &filter->proposal_id);
  cs_invoice_filter_free (self->filter);
  self->filter = cs_invoice_filter_copy (filter);
  self->is_other_view = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILTER]);
  read_order (self, FALSE);
  if (is_same_scope)
    return;
  self->has_sums = FALSE;
  read_sums (self);
}

/** cs_invoice_review_get_filter: Returns: (transfer none): as last set, until "notify::filter" */
const CsInvoiceFilter *
cs_invoice_review_get_filter (CsInvoiceReview *self)
{
  g_return_val_if_fail (CS_IS_INVOICE_REVIEW (self), NULL);

  return self->filter;
}

/** cs_invoice_review_get_state: Returns: whether there is something to show */
CsListState
cs_invoice_review_get_state (CsInvoiceReview *self)
{
  g_return_val_if_fail (CS_IS_INVOICE_REVIEW (self), CS_LIST_FAILED);

  return self->state;
}

/** cs_invoice_review_get_problem: Returns: (transfer none): why the last read failed, "" when it did not */
const char *
cs_invoice_review_get_problem (CsInvoiceReview *self)
{
  g_return_val_if_fail (CS_IS_INVOICE_REVIEW (self), "");

  return self->problem;
}

/** cs_invoice_review_get_is_partial: Returns: whether more is still being looked for */
gboolean
cs_invoice_review_get_is_partial (CsInvoiceReview *self)
{
  g_return_val_if_fail (CS_IS_INVOICE_REVIEW (self), FALSE);

  return self->is_partial;
}

/** cs_invoice_review_reload: reads the ledger's invoices again. */
void
cs_invoice_review_reload (CsInvoiceReview *self)
{
  g_return_if_fail (CS_IS_INVOICE_REVIEW (self));

  cs_invoice_mirror_reload (self->mirror);
}

/** cs_invoice_review_look_at_clock: what was open yesterday is overdue today (K-9): asks again on another
 * day. */
void
cs_invoice_review_look_at_clock (CsInvoiceReview *self)
{
  g_return_if_fail (CS_IS_INVOICE_REVIEW (self));

  if (cs_date_compare (self->today, cs_session_get_today (self->session)) == 0)
    return;
  read_order (self, FALSE);
  read_sums (self);
}

/** cs_invoice_review_get_sums: Returns: (transfer none): of the whole scope, until "notify::sums" */
const CsInvoiceSums *
cs_invoice_review_get_sums (CsInvoiceReview *self)
{
  g_return_val_if_fail (CS_IS_INVOICE_REVIEW (self), NULL);

  return self->sums;
}
