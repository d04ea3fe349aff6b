/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work off the main thread: its answers come back on the thread that waits, in order, to whoever still waits.
 * A fiber may be dropped at any moment, the one in which another thread has its answer ready included: that
 * is how a page is closed while the database answers it. */
#include "cs-future.h"
#include "cs-worker.h"

#include <gio/gio.h>

#define DROPS 20000u

/* --- a thread that answers, as the database does --- */

typedef struct
{
  GThread *thread;
  GAsyncQueue *jobs; /* of DexPromise; itself: the end */
  CsMailbox *answers;
  GThread *owner;
} Answerer;

static gpointer
answer_thread (gpointer data)
{
  Answerer *answerer = data;
  DexPromise *promise = NULL;

  while ((promise = g_async_queue_pop (answerer->jobs)) != data)
    {
      cs_mailbox_post (answerer->answers, promise, cs_future_new_for_record (g_strdup ("answer"), g_free));
      dex_unref (promise);
    }
  return NULL;
}

static Answerer *
answerer_new (void)
{
  Answerer *answerer = g_new0 (Answerer, 1);

  answerer->jobs = g_async_queue_new ();
  answerer->answers = cs_mailbox_new ();
  answerer->owner = g_thread_self ();
  answerer->thread = g_thread_new ("answerer", answer_thread, answerer);
  return answerer;
}

static void
answerer_free (Answerer *answerer)
{
  g_async_queue_push (answerer->jobs, answerer);
  g_thread_join (answerer->thread);
  cs_mailbox_free (answerer->answers);
  g_async_queue_unref (answerer->jobs);
  g_free (answerer);
}

static DexFuture *
ask (Answerer *answerer)
{
  DexPromise *promise = dex_promise_new ();

  g_async_queue_push (answerer->jobs, dex_ref (promise));
  return DEX_FUTURE (promise);
}

static guint n_answered;

static DexFuture *
ask_three_times_fiber (gpointer data)
{
  Answerer *answerer = data;

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *answer = cs_await_record (ask (answerer), &error);

      if (answer == NULL)
        return cs_future_new_take_error (g_steal_pointer (&error));
      g_assert_true (g_thread_self () == answerer->owner);
      g_assert_cmpstr (answer, ==, "answer");
    }
  n_answered++;
  return dex_future_new_for_boolean (TRUE);
}

static void
wait_for (DexFuture *future)
{
  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
}

/* Most fibers are dropped, after as much of the loop as chance will have it; some are kept, and must all end.
 */
static void
test_dropped_fibers (void)
{
  Answerer *answerer = answerer_new ();
  guint n_kept = 0;

  n_answered = 0;
  for (guint i = 0; i < DROPS; i++)
    {
      g_autoptr (DexFuture) first = cs_spawn (ask_three_times_fiber, answerer, NULL);
      g_autoptr (DexFuture) second = cs_spawn (ask_three_times_fiber, answerer, NULL);

      for (gint n = g_test_rand_int_range (0, 12); n > 0; n--)
        g_main_context_iteration (NULL, FALSE);
      if (g_test_rand_int_range (0, 8) != 0)
        continue;
      wait_for (first);
      g_assert_true (dex_future_is_resolved (first));
      n_kept++;
    }
  g_assert_cmpuint (n_kept, >, 0);
  g_assert_cmpuint (n_answered, >=, n_kept);

  /* The loop is sound: whoever asks now is answered. */
  {
    g_autoptr (DexFuture) last = cs_spawn (ask_three_times_fiber, answerer, NULL);

    wait_for (last);
    g_assert_true (dex_future_is_resolved (last));
  }
  answerer_free (answerer);
}

static void
test_answers_keep_their_order (void)
{
  Answerer *answerer = answerer_new ();
  g_autoptr (GPtrArray) futures = g_ptr_array_new_with_free_func (dex_unref);

  for (guint i = 0; i < 500; i++)
    g_ptr_array_add (futures, ask (answerer));
  wait_for (g_ptr_array_index (futures, futures->len - 1));
  for (guint i = 0; i < futures->len; i++)
    g_assert_true (dex_future_is_resolved (g_ptr_array_index (futures, i)));
  answerer_free (answerer);
}

/* Closing without a loop: what was asked is answered all the same, and nothing leaks. */
static void
test_freed_mailbox_delivers (void)
{
  Answerer *answerer = answerer_new ();
  g_autoptr (DexFuture) future = ask (answerer);

  answerer_free (answerer);
  g_assert_true (dex_future_is_resolved (future));
}

/* --- single pieces of work --- */

static DexFuture *
work (gpointer data)
{
  GThread **seen = data;

  *seen = g_thread_self ();
  return cs_future_new_for_record (g_strdup ("done"), g_free);
}

static DexFuture *
fail (gpointer data)
{
  return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_FAILED, "no");
}

static DexFuture *
run_both_fiber (gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *record = cs_await_record (cs_run_on_worker (work, data, NULL), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (record, ==, "done");
  g_assert_false (cs_await (cs_run_on_worker (fail, NULL, NULL), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  return dex_future_new_for_boolean (TRUE);
}

static void
test_worker_answers (void)
{
  GThread *seen = NULL;
  g_autoptr (DexFuture) future = cs_spawn (run_both_fiber, &seen, NULL);

  wait_for (future);
  g_assert_true (dex_future_is_resolved (future));
  g_assert_true (seen != NULL && seen != g_thread_self ());
}

static void
count_free (gpointer data)
{
  g_atomic_int_inc ((gint *)data);
}

static DexFuture *
do_nothing (gpointer data)
{
  return dex_future_new_for_boolean (TRUE);
}

/* Nobody waits: the work is done, and what it was given is freed, once. */
static void
test_dropped_work_is_done (void)
{
  gint n_freed = 0;

  for (gint i = 0; i < 200; i++)
    dex_unref (cs_run_on_worker (do_nothing, &n_freed, count_free));
  while (g_atomic_int_get (&n_freed) < 200)
    g_main_context_iteration (NULL, FALSE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (n_freed, ==, 200);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/worker/dropped-fibers", test_dropped_fibers);
  g_test_add_func ("/worker/answers-keep-their-order", test_answers_keep_their_order);
  g_test_add_func ("/worker/freed-mailbox-delivers", test_freed_mailbox_delivers);
  g_test_add_func ("/worker/answers", test_worker_answers);
  g_test_add_func ("/worker/dropped-work-is-done", test_dropped_work_is_done);
  return g_test_run ();
}
