/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-review.h"

#include "cs-follow-up.h"
#include "cs-invoice-match.h"
#include "cs-store-ledger.h"
#include "cs-store-review.h"

struct _CsInvoiceReview
{
  GObject parent_instance;
  CsSession *session;
  CsInvoiceFilter *filter;
  GPtrArray *rows; /* of CsInvoiceRow */
  CsInvoiceSums *sums;
  CsListState state;
  char *problem;
  DexFuture *reading;
  gboolean is_stale; /* something changed while a read was under way */
};

enum
{
  PROP_0,
  PROP_STATE,
  PROP_FILTER,
  PROP_SUMS,
  N_PROPERTIES
};
static GParamSpec *properties[N_PROPERTIES];
static guint shown_signal;

static GType
cs_invoice_review_get_item_type (GListModel *model)
{
  return CS_TYPE_INVOICE_ROW;
}

static guint
cs_invoice_review_get_n_items (GListModel *model)
{
  return CS_INVOICE_REVIEW (model)->rows->len;
}

static gpointer
cs_invoice_review_get_item (GListModel *model, guint position)
{
  CsInvoiceReview *self = CS_INVOICE_REVIEW (model);

  return position < self->rows->len ? g_object_ref (self->rows->pdata[position]) : NULL;
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

typedef struct
{
  CsInvoiceFilter *filter;
  CsDate today;
} Question;

typedef struct
{
  GPtrArray *entries; /* of CsInvoiceEntry */
  CsInvoiceSums *sums;
} Answer;

static void
question_free (gpointer data)
{
  Question *question = data;

  cs_invoice_filter_free (question->filter);
  g_free (question);
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_clear_pointer (&answer->entries, g_ptr_array_unref);
  cs_invoice_sums_free (answer->sums);
  g_free (answer);
}

static void
add_entry (const Question *question, Answer *answer, CsInvoiceEntry *entry)
{
  const CsLedgerInvoice *invoice = entry->invoice;
  CsInvoiceView view
      = cs_ledger_status_to_view (invoice->status, invoice->balance, invoice->due, question->today);

  cs_invoice_sums_add (answer->sums, view, entry->is_pinned, invoice->date,
                       cs_ageing_of (view, invoice->due, question->today), invoice->total, invoice->balance);
  if (cs_invoice_filter_matches (question->filter, invoice, entry->is_pinned, question->today))
    g_ptr_array_add (answer->entries, entry);
  else
    cs_invoice_entry_free (entry);
}

static gpointer
read_job (CsStore *store, gpointer data, GError **error)
{
  Question *question = data;
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsConnection) connection = cs_store_get_connection (store, &failure);
  g_autoptr (GPtrArray) all = NULL;
  Answer *answer;

  if (connection != NULL)
    all = cs_store_list_invoice_entries (store, &connection->id, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  answer = g_new0 (Answer, 1);
  answer->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_invoice_entry_free);
  answer->sums = cs_invoice_sums_new ();
  for (guint i = 0; all != NULL && i < all->len; i++)
    add_entry (question, answer, all->pdata[i]);
  if (all != NULL)
    {
      g_ptr_array_set_free_func (all, NULL);
      g_ptr_array_set_size (all, 0);
    }
  cs_invoice_sums_finish (answer->sums);
  return answer;
}

static void
set_state (CsInvoiceReview *self, CsListState state, const char *problem)
{
  gboolean is_news = g_set_str (&self->problem, problem);

  if (self->state == state && !is_news)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
take_answer (CsInvoiceReview *self, Answer *answer)
{
  guint n_before = self->rows->len;

  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < answer->entries->len; i++)
    {
      CsInvoiceEntry *entry = answer->entries->pdata[i];
      CsInvoiceRow *row = cs_invoice_row_new (i, entry->key);

      cs_invoice_row_take (row, entry->key, entry, FALSE);
      g_ptr_array_add (self->rows, row);
    }
  g_ptr_array_set_free_func (answer->entries, NULL);
  g_ptr_array_set_size (answer->entries, 0);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->rows->len);
  cs_invoice_sums_free (self->sums);
  self->sums = g_steal_pointer (&answer->sums);
  set_state (self, CS_LIST_READY, "");
  g_signal_emit (self, shown_signal, 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUMS]);
}

static void
read_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsInvoiceReview *self = object;
  g_autoptr (GError) error = NULL;
  Answer *answer = cs_settled_steal_record (settled, &error);

  dex_clear (&self->reading);
  if (answer != NULL)
    {
      take_answer (self, answer);
      answer_free (answer);
    }
  else if (error != NULL && !cs_error_is_cancelled (error))
    set_state (self, CS_LIST_FAILED, error->message);
  if (self->is_stale)
    cs_invoice_review_reload (self);
}

static void
session_changed_cb (CsInvoiceReview *self, guint changes)
{
  if ((changes & (CS_CHANGE_INVOICES | CS_CHANGE_CONNECTION | CS_CHANGE_PINS)) != 0)
    cs_invoice_review_reload (self);
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
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
cs_invoice_review_dispose (GObject *object)
{
  CsInvoiceReview *self = CS_INVOICE_REVIEW (object);

  dex_clear (&self->reading);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_invoice_review_parent_class)->dispose (object);
}

static void
cs_invoice_review_finalize (GObject *object)
{
  CsInvoiceReview *self = CS_INVOICE_REVIEW (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
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
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  shown_signal = g_signal_new ("shown", CS_TYPE_INVOICE_REVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
}

static void
cs_invoice_review_init (CsInvoiceReview *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
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
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  cs_invoice_review_reload (self);
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
  g_return_if_fail (CS_IS_INVOICE_REVIEW (self) && filter != NULL);

  if (cs_invoice_filter_equal (self->filter, filter))
    return;
  cs_invoice_filter_free (self->filter);
  self->filter = cs_invoice_filter_copy (filter);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILTER]);
  cs_invoice_review_reload (self);
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

/** cs_invoice_review_reload: reads again. */
void
cs_invoice_review_reload (CsInvoiceReview *self)
{
  Question *question;

  g_return_if_fail (CS_IS_INVOICE_REVIEW (self));

  self->is_stale = self->reading != NULL;
  if (self->reading != NULL)
    return;
  question = g_new0 (Question, 1);
  question->filter = cs_invoice_filter_copy (self->filter);
  question->today = cs_session_get_today (self->session);
  self->reading
      = cs_follow_up (cs_session_read (self->session, read_job, question, question_free, answer_free), self,
                      read_cb, NULL, NULL);
}

/** cs_invoice_review_get_sums: Returns: (transfer none): of the whole scope, until "notify::sums" */
const CsInvoiceSums *
cs_invoice_review_get_sums (CsInvoiceReview *self)
{
  g_return_val_if_fail (CS_IS_INVOICE_REVIEW (self), NULL);

  return self->sums;
}

/** cs_invoice_review_copy_keys: Returns: (transfer full) (element-type guint32): what is shown, in order */
GArray *
cs_invoice_review_copy_keys (CsInvoiceReview *self)
{
  GArray *keys;

  g_return_val_if_fail (CS_IS_INVOICE_REVIEW (self), NULL);

  keys = g_array_sized_new (FALSE, FALSE, sizeof (guint32), self->rows->len);
  for (guint i = 0; i < self->rows->len; i++)
    {
      guint32 key = cs_invoice_row_get_key (self->rows->pdata[i]);

      g_array_append_val (keys, key);
    }
  return keys;
}

static gpointer
read_keys_job (CsStore *store, gpointer data, GError **error)
{
  GArray *keys = data;

  return cs_store_get_invoice_entries (store, (const guint32 *)(gpointer)keys->data, keys->len, error);
}

/**
 * cs_invoice_review_read:
 * @self: a review
 * @keys: (array length=n_keys): of its rows
 * @n_keys: how many
 *
 * Returns: (transfer full): of a #GPtrArray of #CsInvoiceEntry in this order (cs_await_record())
 */
DexFuture *
cs_invoice_review_read (CsInvoiceReview *self, const guint32 *keys, gsize n_keys)
{
  GArray *copy;

  g_return_val_if_fail (CS_IS_INVOICE_REVIEW (self) && (keys != NULL || n_keys == 0), NULL);

  copy = g_array_sized_new (FALSE, FALSE, sizeof (guint32), (guint)n_keys);
  g_array_append_vals (copy, keys, (guint)n_keys);
  return cs_session_read (self->session, read_keys_job, copy, (GDestroyNotify)g_array_unref,
                          (GDestroyNotify)g_ptr_array_unref);
}
