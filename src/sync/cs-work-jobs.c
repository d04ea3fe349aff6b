/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-work-private.h"

#include "cs-session-jobs.h"
#include "cs-store-jobs.h"

/* What became of our jobs at the practice manager: its list, a year of it a call, of which ours are kept. */

#define MS_PER_DAY G_GINT64_CONSTANT (86400000)

/* The worker may still be at it when nobody waits any more: each holds it. */
typedef struct
{
  CsUuid connection_id;
  GPtrArray *jobs;    /* of CsWorkJob */
  GHashTable *wanted; /* of char * */
} Reading;

static void
reading_clear (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->jobs, g_ptr_array_unref);
  g_clear_pointer (&reading->wanted, g_hash_table_unref);
}

static void
reading_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, reading_clear);
}

static Reading *
reading_new (const CsUuid *connection_id)
{
  Reading *reading = g_atomic_rc_box_new0 (Reading);

  reading->connection_id = *connection_id;
  reading->jobs = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_work_job_free);
  return reading;
}

typedef struct
{
  GPtrArray *numbers;
  gint64 first_ms;
} Live;

static void
live_free (Live *live)
{
  g_clear_pointer (&live->numbers, g_ptr_array_unref);
  g_free (live);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Live, live_free)

static gpointer
list_live_job (CsStore *store, gpointer data, GError **error)
{
  g_autoptr (Live) live = g_new0 (Live, 1);

  live->numbers = cs_store_list_live_jobs (store, data, &live->first_ms, error);
  return live->numbers != NULL ? g_steal_pointer (&live) : NULL;
}

static gpointer
write_read_job (CsStore *store, gpointer data, GError **error)
{
  const Reading *reading = data;
  guint n_changed = 0;

  cs_store_write_jobs_read (store, &reading->connection_id, reading->jobs, &n_changed, error);
  return NULL;
}

/* On the worker: of forty thousand jobs only ours are held. */
static gboolean
take_batch (GPtrArray *records, gpointer data, GError **error)
{
  Reading *reading = data;

  for (guint i = records->len; i > 0; i--)
    {
      const CsWorkJob *job = g_ptr_array_index (records, i - 1);

      if (g_hash_table_contains (reading->wanted, job->number))
        g_ptr_array_add (reading->jobs, g_ptr_array_steal_index_fast (records, i - 1));
    }
  return TRUE;
}

static gboolean
write_reading (CsSession *session, Reading *reading, GError **error)
{
  if (!cs_await (cs_session_write (session, write_read_job, reading, reading_unref, NULL), error))
    return FALSE;
  cs_session_emit_changed (session, CS_CHANGE_JOBS);
  return TRUE;
}

/* A window: the list by the day on which a job was made there, which our clock may not agree with. */
static gboolean
read_window (CsWork *work,
             CsRemoteLink *link,
             const CsUuid *connection_id,
             const Live *live,
             CsDate from,
             CsDate to,
             GError **error)
{
  Reading *reading = reading_new (connection_id);
  g_autofree CsXpmStreamed *streamed = NULL;

  reading->wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < live->numbers->len; i++)
    g_hash_table_add (reading->wanted, g_strdup (g_ptr_array_index (live->numbers, i)));
  streamed = cs_await_record (cs_xpm_read_jobs (cs_remote_link_get_xpm (link), from, to, take_batch,
                                                g_atomic_rc_box_acquire (reading), reading_unref),
                              error);
  if (streamed == NULL)
    {
      reading_unref (reading);
      return FALSE;
    }
  return write_reading (work->session, reading, error);
}

gboolean
cs_work_read_jobs (CsWork *work, CsRemoteLink *link, const CsUuid *connection_id, GError **error)
{
  CsSession *session = work->session;
  g_autoptr (Live) live = cs_await_record (cs_session_write (session, list_live_job,
                                                             g_memdup2 (connection_id, sizeof *connection_id),
                                                             g_free, (GDestroyNotify)live_free),
                                           error);
  CsDate from, to;

  if (live == NULL)
    return FALSE;
  if (live->numbers->len == 0)
    return TRUE;
  from = cs_date_from_instant (live->first_ms - MS_PER_DAY, session->zone);
  to = cs_date_add_days (cs_session_get_today (session), 1);
  while (cs_date_compare (from, to) <= 0)
    {
      CsDate end = cs_xpm_get_window_end (from, to);

      if (!read_window (work, link, connection_id, live, from, end, error))
        return FALSE;
      from = cs_date_add_days (end, 1);
    }
  return TRUE;
}

/* --- one of them --- */

typedef struct
{
  CsSession *session;
  char *number;
} One;

static void
one_free (gpointer data)
{
  One *one = data;

  g_object_unref (one->session);
  g_free (one->number);
  g_free (one);
}

static DexFuture *
read_one_fiber (gpointer data)
{
  const One *one = data;
  CsWork *work = one->session->work;
  g_autoptr (CsRemoteLink) link
      = cs_work_get_link (work) != NULL ? cs_remote_link_ref (cs_work_get_link (work)) : NULL;
  CsUuid connection_id = work->connection != NULL ? work->connection->id : CS_UUID_NONE;
  Reading *reading;
  CsWorkJob *job;
  GError *error = NULL;

  if (link == NULL || cs_remote_link_get_xpm (link) == NULL)
    return dex_future_new_for_boolean (FALSE);
  job = cs_await_record (cs_xpm_get_job (cs_remote_link_get_xpm (link), one->number), &error);
  if (job == NULL)
    return cs_future_new_take_error (error);
  reading = reading_new (&connection_id);
  g_ptr_array_add (reading->jobs, job);
  if (!write_reading (one->session, reading, &error))
    return cs_future_new_take_error (error);
  return dex_future_new_for_boolean (TRUE);
}

/** cs_session_read_job: Returns: (transfer full): resolves once what became of the job of this @number is
 * stored; FALSE: Practice Manager is not connected; rejects with what it, or the network, said */
DexFuture *
cs_session_read_job (CsSession *session, const char *number)
{
  One *one;

  g_return_val_if_fail (CS_IS_SESSION (session) && number != NULL, NULL);

  one = g_new0 (One, 1);
  one->session = g_object_ref (session);
  one->number = g_strdup (number);
  return cs_spawn (read_one_fiber, one, one_free);
}
