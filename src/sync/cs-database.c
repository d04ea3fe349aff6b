/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-database.h"

#include "cs-worker.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#define REST_AFTER_US (2 * G_USEC_PER_SEC)
#define WORTH_GIVING_BACK (1024 * 1024)

struct _CsDatabase
{
  GThread *thread; /* (nullable): without one, @turn does its work on the main thread */
  GSource *turn;   /* (nullable) */
  GAsyncQueue *jobs;
  CsMailbox *answers; /* on their way back to the main thread */
  DexPromise *ready;
  CsDatabaseOpenFunc open;
  gpointer open_data;
  GDestroyNotify free_open_data;
  gboolean is_closed; /* main thread: no job is taken after this */

  /* The rest belongs to the thread that does the work. */
  gboolean is_open;
  CsStore *store;
  GError *open_error; /* why there is no store */
};

typedef struct
{
  CsDatabaseFunc func; /* NULL: the last job, which ends the thread */
  gpointer data;
  GDestroyNotify free_data;
  GDestroyNotify free_result;
  DexPromise *promise;
} Job;

static DexFuture *
run_job (CsStore *store, const GError *open_error, const Job *job)
{
  g_autoptr (GError) error = NULL;
  gpointer record = NULL;

  if (store == NULL)
    return cs_future_new_take_error (g_error_copy (open_error));
  record = job->func (store, job->data, &error);
  g_assert (record == NULL || error == NULL);
  return error != NULL ? cs_future_new_take_error (g_steal_pointer (&error))
                       : cs_future_new_for_record (record, job->free_result);
}

static void
job_free (Job *job)
{
  if (job->free_data != NULL)
    job->free_data (job->data);
  dex_unref (job->promise);
  g_free (job);
}

static void
open_store (CsDatabase *database)
{
  database->store = database->open (database->open_data, &database->open_error);
  database->is_open = TRUE;
  g_assert ((database->store == NULL) == (database->open_error != NULL));
  cs_mailbox_post (database->answers, database->ready,
                   database->store != NULL ? dex_future_new_for_boolean (TRUE)
                                           : cs_future_new_take_error (g_error_copy (database->open_error)));
}

/* FALSE: that was the last. */
static gboolean
do_job (CsDatabase *database, Job *job)
{
  gboolean goes_on = job->func != NULL;
  DexFuture *outcome = NULL;

  if (goes_on)
    outcome = run_job (database->store, database->open_error, job);
  else
    {
      g_clear_pointer (&database->store, cs_store_close);
      outcome = cs_future_new_for_record (NULL, NULL);
    }
  cs_mailbox_post (database->answers, job->promise, outcome);
  job_free (job);
  return goes_on;
}

/* A long read fills the store's memory with what is not asked for again, and leaves holes where its answer
 * grew, which the C library would keep. */
static void
rest (CsDatabase *database)
{
  gsize released = database->store != NULL ? cs_store_release_memory (database->store) : 0;

#ifdef __GLIBC__
  if (released > WORTH_GIVING_BACK)
    malloc_trim (0);
#else
  (void)released;
#endif
}

static Job *
wait_for_job (CsDatabase *database)
{
  Job *job = g_async_queue_timeout_pop (database->jobs, REST_AFTER_US);

  if (job != NULL)
    return job;
  rest (database);
  return g_async_queue_pop (database->jobs);
}

static gpointer
database_thread (gpointer data)
{
  CsDatabase *database = data;

  open_store (database);
  while (do_job (database, wait_for_job (database)))
    ;
  return NULL;
}

/* Without a thread: one step a turn of the loop, so that a simulation meets the same interleavings each time.
 */
static gboolean
turn_cb (gpointer data)
{
  CsDatabase *database = data;
  Job *job = NULL;

  g_source_set_ready_time (database->turn, -1);
  if (!database->is_open)
    open_store (database);
  else if ((job = g_async_queue_try_pop (database->jobs)) != NULL)
    do_job (database, job);
  if (g_async_queue_length (database->jobs) > 0)
    g_source_set_ready_time (database->turn, 0);
  return G_SOURCE_CONTINUE;
}

static gboolean
turn_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

static void
start_turns (CsDatabase *database)
{
  static GSourceFuncs funcs = { .dispatch = turn_dispatch };
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  database->turn = g_source_new (&funcs, sizeof (GSource));
  g_source_set_callback (database->turn, turn_cb, database, NULL);
  g_source_set_ready_time (database->turn, 0);
  g_source_attach (database->turn, context);
}

/* What was never begun is told so; a crashed simulation comes this way. */
static void
stop_turns (CsDatabase *database)
{
  Job *job = NULL;

  g_source_destroy (database->turn);
  g_clear_pointer (&database->turn, g_source_unref);
  if (!database->is_open)
    open_store (database);
  while ((job = g_async_queue_try_pop (database->jobs)) != NULL)
    do_job (database, job);
}

/**
 * cs_database_new:
 * @name: (nullable): of the thread, for debuggers, at most 15 bytes; %NULL: no thread, the work is done on
 * the calling one's loop (a simulation)
 * @open: opens the store where the work is done
 * @data: (transfer full): for @open
 * @free_data: (nullable): frees @data
 *
 * Returns: (transfer full): a running database; see cs_database_ready()
 */
CsDatabase *
cs_database_new (const char *name, CsDatabaseOpenFunc open, gpointer data, GDestroyNotify free_data)
{
  CsDatabase *database = g_new0 (CsDatabase, 1);

  database->jobs = g_async_queue_new ();
  database->answers = cs_mailbox_new ();
  database->ready = dex_promise_new ();
  database->open = open;
  database->open_data = data;
  database->free_open_data = free_data;
  if (name != NULL)
    database->thread = g_thread_new (name, database_thread, database);
  else
    start_turns (database);
  return database;
}

static DexFuture *
push_job (CsDatabase *database, Job *job)
{
  DexFuture *future = DEX_FUTURE (dex_ref (job->promise));

  g_async_queue_push (database->jobs, job);
  if (database->turn != NULL)
    g_source_set_ready_time (database->turn, 0);
  return future;
}

/** cs_database_ready: Returns: (transfer full): resolves once the store is open; rejects with CS_STORE_ERROR
 */
DexFuture *
cs_database_ready (CsDatabase *database)
{
  g_return_val_if_fail (database != NULL, NULL);

  return DEX_FUTURE (dex_ref (database->ready));
}

/** cs_database_refuse_closed: Returns: (transfer full): rejects: what is asked for comes too late */
DexFuture *
cs_database_refuse_closed (void)
{
  return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_CLOSED, "%s", _ ("The practice is closed."));
}

/**
 * cs_database_run:
 * @database: a database
 * @func: runs on the database's thread
 * @data: (transfer full): for @func
 * @free_data: (nullable): frees @data, on either thread
 * @free_result: (nullable): frees the record that @func answers
 *
 * Returns: (transfer full): @func's record, for cs_await_record(); rejects with its error
 */
DexFuture *
cs_database_run (CsDatabase *database,
                 CsDatabaseFunc func,
                 gpointer data,
                 GDestroyNotify free_data,
                 GDestroyNotify free_result)
{
  Job *job = NULL;

  g_return_val_if_fail (database != NULL, NULL);
  g_return_val_if_fail (func != NULL, NULL);

  if (database->is_closed)
    {
      if (free_data != NULL)
        free_data (data);
      return cs_database_refuse_closed ();
    }
  job = g_new0 (Job, 1);
  *job = (Job){ func, data, free_data, free_result, dex_promise_new () };
  return push_job (database, job);
}

/** cs_database_close: Returns: (transfer full): resolves when every job given so far is done and the file is
 * closed */
DexFuture *
cs_database_close (CsDatabase *database)
{
  Job *job = NULL;

  g_return_val_if_fail (database != NULL, NULL);

  if (database->is_closed)
    return dex_future_new_for_boolean (TRUE);
  database->is_closed = TRUE;
  job = g_new0 (Job, 1);
  job->promise = dex_promise_new ();
  return push_job (database, job);
}

/** cs_database_free: closes first when cs_database_close() was not called, and then waits for the thread. */
void
cs_database_free (CsDatabase *database)
{
  g_return_if_fail (database != NULL);

  if (!database->is_closed)
    dex_unref (cs_database_close (database));
  if (database->thread != NULL)
    g_thread_join (database->thread);
  else
    stop_turns (database);
  g_clear_error (&database->open_error);
  cs_mailbox_free (database->answers);
  g_async_queue_unref (database->jobs);
  dex_unref (database->ready);
  if (database->free_open_data != NULL)
    database->free_open_data (database->open_data);
  g_free (database);
}
