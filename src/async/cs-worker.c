/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-worker.h"

#include <gio/gio.h>

/* Passes what @outcome was settled with on to @promise. */
static void
settle (DexPromise *promise, DexFuture *outcome)
{
  GError *error = NULL;
  const GValue *value = dex_future_get_value (outcome, &error);

  if (value != NULL)
    dex_promise_resolve (promise, value);
  else
    dex_promise_reject (promise, error);
}

/* --- one piece of work --- */

typedef struct
{
  CsWorkerFunc func;
  gpointer data;
  GDestroyNotify free_data;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  if (work->free_data != NULL)
    work->free_data (work->data);
  g_free (work);
}

static void
run_work (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Work *work = task_data;

  g_task_return_pointer (task, work->func (work->data), dex_unref);
}

static void
work_is_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DexPromise) promise = data;
  g_autoptr (DexFuture) outcome = g_task_propagate_pointer (G_TASK (result), NULL);

  settle (promise, outcome);
}

/**
 * cs_run_on_worker:
 * @func: runs on a worker thread, to its end even when nobody waits for the answer any more
 * @data: (transfer full): for @func
 * @free_data: (nullable): frees @data, on either thread
 *
 * Returns: (transfer full): what @func answered, settled on the calling thread
 */
DexFuture *
cs_run_on_worker (CsWorkerFunc func, gpointer data, GDestroyNotify free_data)
{
  DexPromise *promise = dex_promise_new ();
  g_autoptr (GTask) task = g_task_new (NULL, NULL, work_is_done, dex_ref (promise));
  Work *work = g_new (Work, 1);

  *work = (Work){ func, data, free_data };
  g_task_set_static_name (task, "cs_run_on_worker");
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, run_work);
  return DEX_FUTURE (promise);
}

/* --- a mailbox --- */

typedef struct
{
  DexPromise *promise;
  DexFuture *outcome;
} Letter;

struct _CsMailbox
{
  GSource source;
  GMutex lock; /* guards letters */
  GQueue letters;
};

static void
letter_deliver (Letter *letter)
{
  settle (letter->promise, letter->outcome);
  dex_unref (letter->promise);
  dex_unref (letter->outcome);
  g_free (letter);
}

static void
deliver_all (CsMailbox *mailbox)
{
  GQueue letters = G_QUEUE_INIT;
  Letter *letter = NULL;

  g_mutex_lock (&mailbox->lock);
  letters = mailbox->letters;
  g_queue_init (&mailbox->letters);
  g_mutex_unlock (&mailbox->lock);

  while ((letter = g_queue_pop_head (&letters)) != NULL)
    letter_deliver (letter);
}

static gboolean
mailbox_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  g_source_set_ready_time (source, -1); /* before looking: a letter posted meanwhile wakes us again */
  deliver_all ((CsMailbox *)source);
  return G_SOURCE_CONTINUE;
}

static void
mailbox_finalize (GSource *source)
{
  CsMailbox *mailbox = (CsMailbox *)source;

  g_assert (g_queue_is_empty (&mailbox->letters));
  g_mutex_clear (&mailbox->lock);
}

static GSourceFuncs mailbox_funcs = { .dispatch = mailbox_dispatch, .finalize = mailbox_finalize };

/** cs_mailbox_new: Returns: (transfer full): a mailbox that is emptied on the calling thread */
CsMailbox *
cs_mailbox_new (void)
{
  GSource *source = g_source_new (&mailbox_funcs, sizeof (CsMailbox));
  CsMailbox *mailbox = (CsMailbox *)source;
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  g_mutex_init (&mailbox->lock);
  g_queue_init (&mailbox->letters);
  g_source_set_static_name (source, "cs_mailbox");
  g_source_attach (source, context);
  return mailbox;
}

/**
 * cs_mailbox_post:
 * @mailbox: a mailbox
 * @promise: what somebody on the mailbox's thread awaits
 * @outcome: (transfer full): a settled future, which @promise is settled with
 *
 * From any thread. Promises are settled in the order in which they were posted.
 */
void
cs_mailbox_post (CsMailbox *mailbox, DexPromise *promise, DexFuture *outcome)
{
  Letter *letter = NULL;

  g_return_if_fail (mailbox != NULL && promise != NULL && outcome != NULL);

  letter = g_new (Letter, 1);
  *letter = (Letter){ dex_ref (promise), outcome };
  g_mutex_lock (&mailbox->lock);
  g_queue_push_tail (&mailbox->letters, letter);
  g_mutex_unlock (&mailbox->lock);
  g_source_set_ready_time (&mailbox->source, 0);
}

/** cs_mailbox_free: on the mailbox's thread, once nobody posts any more; settles what is left. */
void
cs_mailbox_free (CsMailbox *mailbox)
{
  g_return_if_fail (mailbox != NULL);

  g_source_destroy (&mailbox->source);
  deliver_all (mailbox);
  g_source_unref (&mailbox->source);
}
