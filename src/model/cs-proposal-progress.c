/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-proposal-progress.h"
#include "cs-follow-up.h"
#include "cs-operation-private.h"
#include "cs-store-catch-up.h"
#include "cs-store-proposals.h"

typedef struct
{
  GPtrArray *operations; /* of CsOperation */
  GPtrArray *rows;       /* of CsProgressRow */
  gint64 hold_until_ms;  /* of the acceptance */
} Progress;

typedef struct
{
  CsUuid proposal_id;
  CsDate today;
} Question;

struct _CsProposalProgress
{
  GObject parent_instance;
  CsSession *session;
  CsUuid proposal_id;
  Progress *progress; /* (nullable): not read yet */
  gboolean is_stale;
  DexFuture *reading;
};

G_DEFINE_FINAL_TYPE (CsProposalProgress, cs_proposal_progress, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_MOVED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
row_free (gpointer data)
{
  CsProgressRow *row = data;

  cs_planned_invoice_free (row->planned);
  g_free (row);
}

static void
progress_free (gpointer data)
{
  Progress *progress = data;

  g_clear_pointer (&progress->rows, g_ptr_array_unref);
  g_clear_pointer (&progress->operations, g_ptr_array_unref);
  g_free (progress);
}

static const CsOperation *
find_operation (GPtrArray *operations, const CsUuid *id)
{
  for (guint i = 0; i < operations->len; i++)
    if (cs_uuid_equal (&((CsOperation *)operations->pdata[i])->id, id))
      return operations->pdata[i];
  return NULL;
}

static gboolean
is_missed (GPtrArray *missed, const CsUuid *planned_id)
{
  for (guint i = 0; i < missed->len; i++)
    if (cs_uuid_equal (&((CsCatchUpItem *)missed->pdata[i])->planned->id, planned_id))
      return TRUE;
  return FALSE;
}

static gpointer
read_progress (CsStore *store, gpointer data, GError **error)
{
  const Question *question = data;
  const CsUuid *id = &question->proposal_id;
  g_autoptr (CsProposal) proposal = cs_store_get_proposal (store, id, error);
  g_autoptr (GPtrArray) planned = proposal != NULL ? cs_store_list_planned (store, id, error) : NULL;
  g_autoptr (GPtrArray) operations = planned != NULL ? cs_operation_list (store, id, error) : NULL;
  g_autoptr (GPtrArray) missed
      = operations != NULL ? cs_store_list_catch_up (store, question->today, error) : NULL;
  Progress *progress;

  if (missed == NULL)
    return NULL;
  progress = g_new0 (Progress, 1);
  progress->hold_until_ms = proposal->acceptance != NULL ? proposal->acceptance->hold_until_ms : 0;
  progress->rows = g_ptr_array_new_with_free_func (row_free);
  for (guint i = 0; i < planned->len; i++)
    {
      CsProgressRow *row = g_new0 (CsProgressRow, 1);

      row->planned = planned->pdata[i];
      if (!cs_uuid_is_none (&row->planned->journal_id))
        row->operation = find_operation (operations, &row->planned->journal_id);
      row->needs_word = is_missed (missed, &row->planned->id);
      g_ptr_array_add (progress->rows, row);
    }
  /* Each is its row's now. */
  g_ptr_array_set_free_func (planned, NULL);
  progress->operations = g_steal_pointer (&operations);
  return progress;
}

static gboolean
is_end (CsJournalState state)
{
  return state == CS_JOURNAL_DONE || state == CS_JOURNAL_BLOCKED;
}

static void
tell_moves (CsProposalProgress *self, const Progress *before)
{
  for (guint i = 0; i < self->progress->operations->len; i++)
    {
      CsOperation *operation = self->progress->operations->pdata[i];
      const CsOperation *earlier = find_operation (before->operations, &operation->id);

      if (earlier != NULL && earlier->state != operation->state && is_end (operation->state))
        g_signal_emit (self, signals[SIGNAL_MOVED], 0, operation);
    }
}

static void load (CsProposalProgress *self);

static void
read_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsProposalProgress *self = object;
  g_autoptr (GError) error = NULL;
  Progress *progress = cs_settled_steal_record (settled, &error);
  Progress *before = self->progress;

  dex_clear (&self->reading);
  if (progress == NULL)
    {
      if (error != NULL && !cs_error_is_cancelled (error))
        g_message ("The progress of a proposal was not read: %s", error->message);
      return;
    }
  self->progress = progress;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  if (before != NULL)
    {
      tell_moves (self, before);
      progress_free (before);
    }
  if (self->is_stale)
    load (self);
}

static void
load (CsProposalProgress *self)
{
  Question question = { self->proposal_id, cs_session_get_today (self->session) };

  self->is_stale = self->reading != NULL;
  if (self->reading == NULL)
    self->reading
        = cs_follow_up (cs_session_read (self->session, read_progress, g_memdup2 (&question, sizeof question),
                                         g_free, progress_free),
                        self, read_cb, NULL, NULL);
}

static void
session_changed_cb (CsProposalProgress *self, guint changes)
{
  if ((changes & (CS_CHANGE_JOURNAL | CS_CHANGE_PROPOSALS)) != 0)
    load (self);
}

static void
cs_proposal_progress_dispose (GObject *object)
{
  CsProposalProgress *self = CS_PROPOSAL_PROGRESS (object);

  dex_clear (&self->reading);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_proposal_progress_parent_class)->dispose (object);
}

static void
cs_proposal_progress_finalize (GObject *object)
{
  g_clear_pointer (&CS_PROPOSAL_PROGRESS (object)->progress, progress_free);
  G_OBJECT_CLASS (cs_proposal_progress_parent_class)->finalize (object);
}

static void
cs_proposal_progress_class_init (CsProposalProgressClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = cs_proposal_progress_dispose;
  object_class->finalize = cs_proposal_progress_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", CS_TYPE_PROPOSAL_PROGRESS, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_MOVED] = g_signal_new ("moved", CS_TYPE_PROPOSAL_PROGRESS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
cs_proposal_progress_init (CsProposalProgress *self)
{
}

/** cs_proposal_progress_new: Returns: (transfer full): the progress of this proposal, which reads itself */
CsProposalProgress *
cs_proposal_progress_new (CsSession *session, const CsUuid *proposal_id)
{
  CsProposalProgress *self = g_object_new (CS_TYPE_PROPOSAL_PROGRESS, NULL);

  self->session = g_object_ref (session);
  self->proposal_id = *proposal_id;
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  load (self);
  return self;
}

/** cs_proposal_progress_is_loaded: Returns: whether it was read */
gboolean
cs_proposal_progress_is_loaded (CsProposalProgress *self)
{
  g_return_val_if_fail (CS_IS_PROPOSAL_PROGRESS (self), FALSE);

  return self->progress != NULL;
}

/** cs_proposal_progress_get_rows: Returns: (transfer none) (nullable): valid until "changed" */
GPtrArray *
cs_proposal_progress_get_rows (CsProposalProgress *self)
{
  g_return_val_if_fail (CS_IS_PROPOSAL_PROGRESS (self), NULL);

  return self->progress != NULL ? self->progress->rows : NULL;
}

/** cs_proposal_progress_find: Returns: (transfer none) (nullable): what is written under this id */
const CsOperation *
cs_proposal_progress_find (CsProposalProgress *self, const CsUuid *id)
{
  g_return_val_if_fail (CS_IS_PROPOSAL_PROGRESS (self), NULL);

  return self->progress != NULL ? find_operation (self->progress->operations, id) : NULL;
}

/** cs_proposal_progress_get_contact: Returns: (transfer none) (nullable): the contact that is made for it */
const CsOperation *
cs_proposal_progress_get_contact (CsProposalProgress *self)
{
  g_return_val_if_fail (CS_IS_PROPOSAL_PROGRESS (self), NULL);

  for (guint i = 0; self->progress != NULL && i < self->progress->operations->len; i++)
    if (!((CsOperation *)self->progress->operations->pdata[i])->is_invoice)
      return self->progress->operations->pdata[i];
  return NULL;
}

/* Where only later months are billed no row is held, but the acceptance is all the same. */
static gint64
get_hold_of_acceptance_ms (CsProposalProgress *self)
{
  gint64 until_ms = self->progress != NULL ? self->progress->hold_until_ms : 0;

  return until_ms > cs_clock_now_ms (cs_session_get_clock (self->session)) ? until_ms : 0;
}

/** cs_proposal_progress_holds_rows: Returns: whether something is held that goes once the hold is over */
gboolean
cs_proposal_progress_holds_rows (CsProposalProgress *self)
{
  g_return_val_if_fail (CS_IS_PROPOSAL_PROGRESS (self), FALSE);

  for (guint i = 0; self->progress != NULL && i < self->progress->operations->len; i++)
    if (((CsOperation *)self->progress->operations->pdata[i])->state == CS_JOURNAL_HELD)
      return TRUE;
  return FALSE;
}

/** cs_proposal_progress_get_hold_until_ms: Returns: until when something of it, or its acceptance alone, is
 * held, UTC milliseconds; 0 when nothing is */
gint64
cs_proposal_progress_get_hold_until_ms (CsProposalProgress *self)
{
  gint64 until;

  g_return_val_if_fail (CS_IS_PROPOSAL_PROGRESS (self), 0);

  until = get_hold_of_acceptance_ms (self);
  for (guint i = 0; self->progress != NULL && i < self->progress->operations->len; i++)
    {
      const CsOperation *operation = self->progress->operations->pdata[i];

      if (operation->state == CS_JOURNAL_HELD)
        until = MAX (until, operation->hold_until_ms);
    }
  return until;
}

/* As the store has it: a contact that was linked meanwhile was not written by us; an invoice that was tried
 * or cancelled is no wrong click any more. */
static gboolean
stands_in_the_way (const CsOperation *operation)
{
  if (operation->state == CS_JOURNAL_HELD)
    return operation->is_invoice && operation->sent_ms > 0;
  return operation->is_invoice || operation->outcome != CS_OUTCOME_LINKED;
}

/* Sent after all, it is held again, and in nobody's way. */
static gboolean
is_kept_back (const CsOperation *operation)
{
  return operation->is_invoice && operation->state == CS_JOURNAL_CANCELLED && operation->sent_ms == 0;
}

/** cs_proposal_progress_get_undo: Returns: whether everything is still held, so that the acceptance can be
 * undone; else what stands in the way */
CsProgressUndo
cs_proposal_progress_get_undo (CsProposalProgress *self)
{
  CsProgressUndo undo = CS_PROGRESS_UNDO_POSSIBLE;

  g_return_val_if_fail (CS_IS_PROPOSAL_PROGRESS (self), CS_PROGRESS_UNDO_OVER);

  if (cs_proposal_progress_get_hold_until_ms (self) == 0)
    return CS_PROGRESS_UNDO_OVER;
  for (guint i = 0; i < self->progress->operations->len; i++)
    {
      const CsOperation *operation = self->progress->operations->pdata[i];

      if (!stands_in_the_way (operation))
        continue;
      if (!is_kept_back (operation))
        return CS_PROGRESS_UNDO_TOO_LATE;
      undo = CS_PROGRESS_UNDO_KEPT_BACK;
    }
  return undo;
}
