/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-debtor-list.h"

#include "cs-follow-up.h"
#include "cs-invoice-mirror.h"

struct _CsDebtorList
{
  GObject parent_instance;
  CsSession *session;
  CsInvoiceMirror *mirror;
  CsInvoiceFilter *scope;
  CsDate today;

  CsRecordList *rows;
  GPtrArray *gathered; /* (nullable): of CsDebtor: of the scope, in no order */
  GPtrArray *shown;    /* of CsDebtor: as the rows */
  guint n_contacts;
  guint n_shown;
  CsDebtorColumn sort;
  gboolean is_descending;
  char *search;
  CsListState state;
  char *problem;

  DexFuture *reading;
  gboolean is_followed;
  gboolean is_stale;    /* what was gathered is of another ledger, or day */
  gboolean reads_again; /* something changed while it was under way */
};

enum
{
  PROP_STATE = 1,
  N_PROPERTIES
};
static GParamSpec *properties[N_PROPERTIES];

static guint shown_signal;

G_DEFINE_FINAL_TYPE (CsDebtorList, cs_debtor_list, G_TYPE_OBJECT)

static void read_rows (CsDebtorList *self);

/* --- on the reader thread --- */

typedef struct
{
  CsInvoiceSnapshot *snapshot; /* (nullable): what was gathered is still true */
  GPtrArray *gathered;         /* (nullable): else */
  CsInvoiceFilter *scope;
  CsDate today;
  CsDebtorOrder order;
  char *search;
} Question;

typedef struct
{
  GPtrArray *gathered;
  GPtrArray *shown;
  GPtrArray *items;
  guint n_contacts;
  guint n_shown;
} Answer;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_clear_pointer (&question->snapshot, cs_invoice_snapshot_unref);
  g_clear_pointer (&question->gathered, g_ptr_array_unref);
  cs_invoice_filter_free (question->scope);
  g_free (question->search);
  g_free (question);
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_clear_pointer (&answer->gathered, g_ptr_array_unref);
  g_clear_pointer (&answer->shown, g_ptr_array_unref);
  g_clear_pointer (&answer->items, g_ptr_array_unref);
  g_free (answer);
}

/* Somebody who owes in two currencies is one contact. */
static guint
count_contacts (const GPtrArray *debtors)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < debtors->len; i++)
    if (!((CsDebtor *)debtors->pdata[i])->is_total)
      g_hash_table_add (ids, ((CsDebtor *)debtors->pdata[i])->contact_id);
  return g_hash_table_size (ids);
}

static gpointer
read_job (CsStore *store, gpointer data, GError **error)
{
  const Question *question = data;
  Answer *answer = g_new0 (Answer, 1);
  CsInvoiceLook look = { question->scope, NULL, NULL, NULL, question->today };

  answer->gathered = question->gathered != NULL
                         ? g_ptr_array_ref (question->gathered)
                         : cs_invoice_table_list_debtors (question->snapshot->table, &look);
  answer->shown = cs_debtors_arrange (answer->gathered, &question->order);
  answer->items = g_ptr_array_new_full (answer->shown->len, g_object_unref);
  for (guint i = 0; i < answer->shown->len; i++)
    g_ptr_array_add (answer->items, cs_debtor_item_new (answer->shown->pdata[i]));
  answer->n_contacts = count_contacts (answer->gathered);
  answer->n_shown = count_contacts (answer->shown);
  return answer;
}

/* --- on the main thread --- */

static void
set_state (CsDebtorList *self, CsListState state, const char *problem)
{
  gboolean has_news = g_set_str (&self->problem, problem);

  if (self->state == state && !has_news)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
take (CsDebtorList *self, Answer *answer)
{
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  self->shown = g_steal_pointer (&answer->shown);
  self->n_contacts = answer->n_contacts;
  self->n_shown = answer->n_shown;
  cs_record_list_take (self->rows, g_steal_pointer (&answer->items));
  set_state (self, CS_LIST_READY, "");
  g_signal_emit (self, shown_signal, 0);
}

static void
read_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsDebtorList *self = object;
  g_autoptr (GError) error = NULL;
  Answer *answer = cs_settled_steal_record (settled, &error);

  dex_clear (&self->reading);
  if (answer != NULL)
    {
      g_clear_pointer (&self->gathered, g_ptr_array_unref);
      self->gathered = g_ptr_array_ref (answer->gathered);
    }
  else
    self->is_stale = TRUE;
  if (answer != NULL && !self->reads_again)
    take (self, answer);
  else if (error != NULL && !cs_error_is_cancelled (error))
    set_state (self, CS_LIST_FAILED, error->message);
  g_clear_pointer (&answer, answer_free);
  if (self->reads_again)
    read_rows (self);
}

static Question *
ask (CsDebtorList *self, CsInvoiceSnapshot *snapshot)
{
  Question *question = g_new0 (Question, 1);
  const CsConnection *connection = cs_session_get_connection (self->session);

  question->today = self->today = cs_session_get_today (self->session);
  question->scope = cs_invoice_filter_copy (self->scope);
  if (self->is_stale || self->gathered == NULL)
    question->snapshot = cs_invoice_snapshot_ref (snapshot);
  else
    question->gathered = g_ptr_array_ref (self->gathered);
  question->search = g_strdup (self->search);
  question->order = (CsDebtorOrder){ self->sort, self->is_descending, { "" }, question->search };
  if (connection != NULL)
    question->order.first = connection->currency;
  return question;
}

static void
read_rows (CsDebtorList *self)
{
  CsInvoiceSnapshot *snapshot = cs_invoice_mirror_get_snapshot (self->mirror);

  self->reads_again = self->reading != NULL;
  /* Before the invoices are in memory there is nothing to gather: the mirror tells when they are. */
  if (self->reading != NULL || !self->is_followed || snapshot == NULL)
    return;
  self->reading = cs_follow_up (
      cs_session_read (self->session, read_job, ask (self, snapshot), question_free, answer_free), self,
      read_cb, NULL, NULL);
  self->is_stale = FALSE;
}

static void
gather_anew (CsDebtorList *self)
{
  self->is_stale = TRUE;
  read_rows (self);
}

static void
mirror_changed_cb (CsDebtorList *self)
{
  const char *problem = cs_invoice_mirror_get_problem (self->mirror);

  if (*problem != '\0')
    set_state (self, CS_LIST_FAILED, problem);
  else
    gather_anew (self);
}

static void
cs_debtor_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_STATE)
    g_value_set_int (value, (int)CS_DEBTOR_LIST (object)->state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
cs_debtor_list_dispose (GObject *object)
{
  CsDebtorList *self = CS_DEBTOR_LIST (object);

  dex_clear (&self->reading);
  g_clear_object (&self->mirror);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_debtor_list_parent_class)->dispose (object);
}

static void
cs_debtor_list_finalize (GObject *object)
{
  CsDebtorList *self = CS_DEBTOR_LIST (object);

  g_clear_object (&self->rows);
  g_clear_pointer (&self->scope, cs_invoice_filter_free);
  g_clear_pointer (&self->gathered, g_ptr_array_unref);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_free (self->search);
  g_free (self->problem);
  G_OBJECT_CLASS (cs_debtor_list_parent_class)->finalize (object);
}

static void
cs_debtor_list_class_init (CsDebtorListClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = cs_debtor_list_get_property;
  object_class->dispose = cs_debtor_list_dispose;
  object_class->finalize = cs_debtor_list_finalize;
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, CS_LIST_LOADING, CS_LIST_FAILED,
                                             CS_LIST_LOADING, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  shown_signal
      = g_signal_new ("shown", CS_TYPE_DEBTOR_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cs_debtor_list_init (CsDebtorList *self)
{
  self->rows = cs_record_list_new (NULL, NULL);
  self->shown = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_debtor_unref);
  self->sort = CS_DEBTOR_COLUMN_OWED;
  self->is_descending = TRUE;
  self->search = g_strdup ("");
  self->problem = g_strdup ("");
}

/** cs_debtor_list_new: Returns: (transfer full): who owes what in @scope (copied), not followed yet */
CsDebtorList *
cs_debtor_list_new (CsSession *session, const CsInvoiceFilter *scope)
{
  CsDebtorList *self;

  g_return_val_if_fail (CS_IS_SESSION (session) && scope->scope != CS_INVOICE_SCOPE_PROPOSAL, NULL);

  self = g_object_new (CS_TYPE_DEBTOR_LIST, NULL);
  self->session = g_object_ref (session);
  self->scope = cs_invoice_filter_copy (scope);
  self->mirror = cs_invoice_mirror_get (session);
  g_signal_connect_object (self->mirror, "changed", G_CALLBACK (mirror_changed_cb), self, G_CONNECT_SWAPPED);
  cs_invoice_mirror_begin (self->mirror);
  return self;
}

/** cs_debtor_list_set_is_followed: whether somebody looks at it; what changed meanwhile is read then. */
void
cs_debtor_list_set_is_followed (CsDebtorList *self, gboolean is_followed)
{
  g_return_if_fail (CS_IS_DEBTOR_LIST (self));

  if (self->is_followed == is_followed)
    return;
  self->is_followed = is_followed;
  if (!is_followed)
    return;
  if (cs_date_compare (self->today, cs_session_get_today (self->session)) != 0)
    self->is_stale = TRUE;
  read_rows (self);
}

/** cs_debtor_list_get_rows: Returns: (transfer none): a list of #CsDebtorItem */
GListModel *
cs_debtor_list_get_rows (CsDebtorList *self)
{
  g_return_val_if_fail (CS_IS_DEBTOR_LIST (self), NULL);

  return G_LIST_MODEL (self->rows);
}

/** cs_debtor_list_get_state: Returns: whether there is something to show */
CsListState
cs_debtor_list_get_state (CsDebtorList *self)
{
  g_return_val_if_fail (CS_IS_DEBTOR_LIST (self), CS_LIST_FAILED);

  return self->state;
}

/** cs_debtor_list_get_problem: Returns: (transfer none): why the last read failed, "" when it did not */
const char *
cs_debtor_list_get_problem (CsDebtorList *self)
{
  g_return_val_if_fail (CS_IS_DEBTOR_LIST (self), "");

  return self->problem;
}

/** cs_debtor_list_get_n_contacts: Returns: how many owe something */
guint
cs_debtor_list_get_n_contacts (CsDebtorList *self)
{
  g_return_val_if_fail (CS_IS_DEBTOR_LIST (self), 0);

  return self->n_contacts;
}

/** cs_debtor_list_get_n_shown: Returns: how many of them are listed */
guint
cs_debtor_list_get_n_shown (CsDebtorList *self)
{
  g_return_val_if_fail (CS_IS_DEBTOR_LIST (self), 0);

  return self->n_shown;
}

/** cs_debtor_list_get_shown: Returns: (transfer none) (element-type CsDebtor): what the rows say, in their
 * order; whoever holds it keeps it as it is now */
GPtrArray *
cs_debtor_list_get_shown (CsDebtorList *self)
{
  g_return_val_if_fail (CS_IS_DEBTOR_LIST (self), NULL);

  return self->shown;
}

/** cs_debtor_list_set_order: lists them by @sort within their currency. */
void
cs_debtor_list_set_order (CsDebtorList *self, CsDebtorColumn sort, gboolean is_descending)
{
  g_return_if_fail (CS_IS_DEBTOR_LIST (self));

  if (self->sort == sort && self->is_descending == is_descending)
    return;
  self->sort = sort;
  self->is_descending = is_descending;
  read_rows (self);
}

/** cs_debtor_list_get_order: as last set; by what is owed, the most first, before that */
void
cs_debtor_list_get_order (CsDebtorList *self, CsDebtorColumn *sort, gboolean *is_descending)
{
  g_return_if_fail (CS_IS_DEBTOR_LIST (self));

  *sort = self->sort;
  *is_descending = self->is_descending;
}

/** cs_debtor_list_set_search: lists those alone whose names have these words. */
void
cs_debtor_list_set_search (CsDebtorList *self, const char *search)
{
  g_return_if_fail (CS_IS_DEBTOR_LIST (self) && search != NULL);

  if (g_set_str (&self->search, search))
    read_rows (self);
}

/** cs_debtor_list_get_search: Returns: (transfer none): as last set */
const char *
cs_debtor_list_get_search (CsDebtorList *self)
{
  g_return_val_if_fail (CS_IS_DEBTOR_LIST (self), "");

  return self->search;
}

/** cs_debtor_list_reload: reads the ledger's invoices again. */
void
cs_debtor_list_reload (CsDebtorList *self)
{
  g_return_if_fail (CS_IS_DEBTOR_LIST (self));

  cs_invoice_mirror_reload (self->mirror);
}

/** cs_debtor_list_look_at_clock: what was current yesterday is overdue today (K-9): asks again on another
 * day.
 */
void
cs_debtor_list_look_at_clock (CsDebtorList *self)
{
  g_return_if_fail (CS_IS_DEBTOR_LIST (self));

  if (self->is_followed && cs_date_compare (self->today, cs_session_get_today (self->session)) != 0)
    gather_anew (self);
}
