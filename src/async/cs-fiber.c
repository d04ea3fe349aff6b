/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-future.h"

#include <gio/gio.h>

/* Fibers that parse JSON or run SQLite need more than libdex's default of 128 KiB, under ASan the more so. */
#define FIBER_STACK_BYTES (1024u * 1024u)

/* libdex 0.10 (the floor) breaks its queues when a fiber is discarded and, before its turn comes, what it
 * awaited is settled too: the loop stands still, or memory is freed twice. So no fiber of ours is ever
 * discarded. It always runs to its end; to cancel it is to settle a promise that each of its waits also
 * watches. */
typedef struct
{
  DexFiberFunc func;
  gpointer data;
  GDestroyNotify free_func;
  DexPromise *answer;    /* what the caller holds */
  DexPromise *cancelled; /* (nullable): rejected when the caller drops the answer */
} Task;

/* Whose fiber runs. A fiber that waits lets others run, and sets this again when it goes on. */
static _Thread_local Task *current;

static void
answer_dropped_cb (GCancellable *cancellable, gpointer data)
{
  DexPromise *cancelled = data;

  dex_promise_reject (cancelled,
                      g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Nobody waits any more"));
}

static void
task_free (gpointer data)
{
  Task *task = data;

  dex_clear (&task->answer);
  dex_clear (&task->cancelled);
  g_free (task);
}

/* Whether @future (borrowed) is settled now; else the fiber was cancelled. */
static gboolean
wait_for (DexFuture *future, GError **error)
{
  Task *task = current;

  if (!dex_future_is_pending (future))
    return TRUE;
  g_assert (task != NULL); /* only a fiber of cs_spawn() can wait */
  if (task->cancelled == NULL)
    dex_await (dex_ref (future), NULL);
  else if (dex_future_is_pending (DEX_FUTURE (task->cancelled)))
    dex_await (dex_future_first (dex_ref (future), dex_ref (task->cancelled), NULL), NULL);
  current = task;
  if (!dex_future_is_pending (future))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Nobody waits any more");
  return FALSE;
}

static DexFuture *
task_fiber (gpointer data)
{
  Task *task = data;
  g_autoptr (DexFuture) future = NULL;
  const GValue *value = NULL;
  GError *error = NULL;

  current = task;
  future = task->func (task->data);
  g_assert (future != NULL);
  if (wait_for (future, &error))
    value = dex_future_get_value (future, &error);
  current = NULL;
  if (task->free_func != NULL)
    task->free_func (task->data);
  if (value != NULL)
    dex_promise_resolve (task->answer, value);
  else
    dex_promise_reject (task->answer, error);
  return dex_future_new_for_boolean (TRUE);
}

static Task *
task_new (DexFiberFunc func, gpointer data, GDestroyNotify free_func, DexPromise *answer)
{
  Task *task = g_new0 (Task, 1);

  task->func = func;
  task->data = data;
  task->free_func = free_func;
  task->answer = dex_ref (answer);
  return task;
}

static void
task_start (Task *task)
{
  dex_future_disown (dex_scheduler_spawn (NULL, FIBER_STACK_BYTES, task_fiber, task, task_free));
}

/**
 * cs_spawn:
 * @func: runs as a fiber on the calling thread's scheduler; must answer a future
 * @data: (transfer full): for @func
 * @free_func: (nullable): frees @data once @func is over
 *
 * Returns: (transfer full): what @func will answer; dropping it cancels
 */
DexFuture *
cs_spawn (DexFiberFunc func, gpointer data, GDestroyNotify free_func)
{
  DexPromise *answer = dex_promise_new_cancellable ();
  Task *task = task_new (func, data, free_func, answer);

  task->cancelled = dex_promise_new ();
  g_cancellable_connect (dex_promise_get_cancellable (answer), G_CALLBACK (answer_dropped_cb),
                         dex_ref (task->cancelled), dex_unref);
  task_start (task);
  /* A promise hears that it is dropped from a future that watches it. */
  return dex_future_first (DEX_FUTURE (answer), NULL);
}

/** cs_spawn_to_the_end: as cs_spawn(), but dropping the answer does not cancel the work. */
DexFuture *
cs_spawn_to_the_end (DexFiberFunc func, gpointer data, GDestroyNotify free_func)
{
  DexPromise *answer = dex_promise_new ();

  task_start (task_new (func, data, free_func, answer));
  return DEX_FUTURE (answer);
}

/** cs_is_waited_for: Returns: whether the answer of the fiber that runs is still held by somebody. A fiber
 * that is cancelled while what it waits for is settled goes on as if it were not: its next wait fails. */
gboolean
cs_is_waited_for (void)
{
  g_assert (current != NULL); /* only a fiber of cs_spawn() can ask */

  return current->cancelled == NULL || dex_future_is_pending (DEX_FUTURE (current->cancelled));
}

/** cs_await: Returns: whether @future (transfer full) resolved, whatever with */
gboolean
cs_await (DexFuture *future, GError **error)
{
  g_autoptr (DexFuture) owned = future;

  return wait_for (owned, error) && dex_future_get_value (owned, error) != NULL;
}

/* (transfer none) (nullable): its value, which must hold a @type. */
static const GValue *
await_value (DexFuture *future, GType type, GError **error)
{
  const GValue *value = wait_for (future, error) ? dex_future_get_value (future, error) : NULL;

  g_assert (value == NULL || G_VALUE_HOLDS (value, type));
  return value;
}

/** cs_await_boxed: Returns: (transfer full) (nullable): the boxed, %NULL with @error */
gpointer
cs_await_boxed (DexFuture *future, GError **error)
{
  g_autoptr (DexFuture) owned = future;
  const GValue *value = await_value (owned, G_TYPE_BOXED, error);

  return value != NULL ? g_value_dup_boxed (value) : NULL;
}

/** cs_await_array: Returns: (transfer full) (nullable): the array, %NULL with @error */
GPtrArray *
cs_await_array (DexFuture *future, GError **error)
{
  g_autoptr (DexFuture) owned = future;
  /* Not just any boxed: a record taken for an array is memory taken for what it isn't. */
  const GValue *value = await_value (owned, G_TYPE_PTR_ARRAY, error);

  return value != NULL ? g_value_dup_boxed (value) : NULL;
}

/**
 * cs_await_record:
 * @future: (transfer full): of cs_future_new_for_record()
 * @error: why there is no answer
 *
 * Returns: (transfer full) (nullable): the record; %NULL without an error is the answer "none"
 */
gpointer
cs_await_record (DexFuture *future, GError **error)
{
  g_autoptr (CsBox) box = cs_await_boxed (future, error);

  return box != NULL ? cs_box_steal (box) : NULL;
}

/** cs_await_object: Returns: (transfer full) (nullable): the object, %NULL with @error */
gpointer
cs_await_object (DexFuture *future, GError **error)
{
  g_autoptr (DexFuture) owned = future;
  const GValue *value = await_value (owned, G_TYPE_OBJECT, error);

  return value != NULL ? g_value_dup_object (value) : NULL;
}

/** cs_await_string: Returns: (transfer full) (nullable): the text, %NULL with @error */
char *
cs_await_string (DexFuture *future, GError **error)
{
  g_autoptr (DexFuture) owned = future;
  const GValue *value = await_value (owned, G_TYPE_STRING, error);

  return value != NULL ? g_value_dup_string (value) : NULL;
}

/** cs_await_int64: Returns: the number, 0 with @error */
gint64
cs_await_int64 (DexFuture *future, GError **error)
{
  g_autoptr (DexFuture) owned = future;
  const GValue *value = await_value (owned, G_TYPE_INT64, error);

  return value != NULL ? g_value_get_int64 (value) : 0;
}

/** cs_await_boolean: Returns: the answer, %FALSE with @error */
gboolean
cs_await_boolean (DexFuture *future, GError **error)
{
  g_autoptr (DexFuture) owned = future;
  const GValue *value = await_value (owned, G_TYPE_BOOLEAN, error);

  return value != NULL && g_value_get_boolean (value);
}
