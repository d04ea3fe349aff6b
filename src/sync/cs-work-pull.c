/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-work-private.h"

#include "cs-store-connections.h"
#include "cs-store-ledger.h"
#include "cs-work-funnel.h"

/* Reading the practice manager: its short lists, then its clients, as they come, in the memory of a few
 * batches. */

/* What changed while the last answer was made has a time before it (xpm.md 5.2). */
#define OVERLAP_MS G_GINT64_CONSTANT (120000)
/* A list of changes does not tell everything: contacts and groups may be missed, deletions end to be told. */
#define FULL_EVERY_MS (G_GINT64_CONSTANT (7) * 24 * 3600 * 1000)
/* once a day by itself. */
#define PULL_EVERY_MS (G_GINT64_CONSTANT (24) * 3600 * 1000)
#define TELL_EVERY_MS G_GINT64_CONSTANT (100)
#define RATE_MIN_MS G_GINT64_CONSTANT (500)

static const struct
{
  CsXpmList list;
  const char *name; /* the store's */
} lists[] = {
  { CS_XPM_LIST_STAFF, "staff" },           { CS_XPM_LIST_TEMPLATES, "templates" },
  { CS_XPM_LIST_CATEGORIES, "categories" }, { CS_XPM_LIST_GROUPS, "groups" },
  { CS_XPM_LIST_STATES, "states" },
};

typedef struct
{
  CsWork *work;
  CsRemoteLink *link;
  CsUuid connection_id;
  gint64 run; /* 0: changes alone */
  gint64 since_ms;
  gint64 begun_ms;
  gint64 told_ms;
  CsSyncProgress progress;
} Pull;

static void
tell (Pull *pull, CsSyncStage stage, guint n_records)
{
  gint64 now_ms = cs_timer_now_ms (&pull->work->session->timer);
  gint64 elapsed_ms = now_ms - pull->begun_ms;
  CsSyncProgress *progress = &pull->progress;

  progress->stage = stage;
  progress->done += n_records;
  if (elapsed_ms >= RATE_MIN_MS)
    progress->per_second = (guint)((gint64)progress->done * 1000 / elapsed_ms);
  progress->left_ms = progress->per_second > 0 && progress->expected > progress->done
                          ? (gint64)(progress->expected - progress->done) * 1000 / progress->per_second
                          : -1;
  if (now_ms - pull->told_ms < TELL_EVERY_MS && now_ms >= pull->told_ms)
    return;
  pull->told_ms = now_ms;
  cs_work_tell_progress (pull->work, progress);
}

/* --- the run --- */

/* Disconnected, connected anew, cancelled or closing. */
static gboolean
is_wanted (const Pull *pull, GError **error)
{
  const CsWork *work = pull->work;

  if (work->session != NULL && !work->session->is_closing && work->pull_stop != NULL
      && dex_future_is_pending (DEX_FUTURE (work->pull_stop)) && work->link == pull->link)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The pull was stopped");
  return FALSE;
}

/* Takes @future, which ends by itself when nobody waits for it any more. */
static gpointer
await_wanted (const Pull *pull, DexFuture *future, GError **error)
{
  g_autoptr (DexFuture) owned = future;

  if (pull->work->pull_stop != NULL)
    cs_await (dex_future_first (dex_ref (owned), dex_ref (pull->work->pull_stop), NULL), NULL);
  if (!is_wanted (pull, error))
    return NULL;
  return cs_await_record (dex_ref (owned), error);
}

typedef struct
{
  CsUuid connection_id;
  const char *list;
  GPtrArray *entries; /* (nullable): the key may not list them */
  gint64 run;
  gint64 clock_ms;
  gint64 synced_ms;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->entries, g_ptr_array_unref);
  g_free (job);
}

static Job *
job_new (const Pull *pull)
{
  Job *job = g_new0 (Job, 1);

  job->connection_id = pull->connection_id;
  job->run = pull->run;
  return job;
}

static gboolean
run_job (const Pull *pull, CsDatabaseFunc func, Job *job, GError **error)
{
  return cs_await (cs_session_write (pull->work->session, func, job, job_free, NULL), error);
}

static gpointer
write_list_job (CsStore *store, gpointer data, GError **error)
{
  const Job *job = data;

  cs_store_write_work_list (store, &job->connection_id, job->list, job->entries, error);
  return NULL;
}

static gboolean
read_lists (Pull *pull, GError **error)
{
  CsXpm *xpm = cs_remote_link_get_xpm (pull->link);

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (CsXpmEntries) entries = await_wanted (pull, cs_xpm_read_list (xpm, lists[i].list), error);
      Job *job;

      if (entries == NULL)
        return FALSE;
      job = job_new (pull);
      job->list = lists[i].name;
      job->entries = entries->may_not_list ? NULL : g_ptr_array_ref (entries->entries);
      if (!run_job (pull, write_list_job, job, error))
        return FALSE;
      tell (pull, CS_SYNC_STAGE_READING, entries->entries->len);
    }
  return TRUE;
}

static gpointer
finish_job (CsStore *store, gpointer data, GError **error)
{
  const Job *job = data;

  CsWorkTaken taken;

  if (cs_store_finish_work_clients (store, &job->connection_id, job->run, job->clock_ms, error)
      && cs_store_take_work_clients (store, &job->connection_id, &taken, error))
    cs_store_mark_synced (store, &job->connection_id, job->synced_ms, error);
  return NULL;
}

static void
on_landed (guint n_records, gpointer data)
{
  Pull *pull = data;

  tell (pull, pull->run != 0 ? CS_SYNC_STAGE_READING : CS_SYNC_STAGE_CHANGES, n_records);
}

static gboolean
read_clients (Pull *pull, GError **error)
{
  g_autoptr (CsWorkFunnel) funnel = cs_work_funnel_new (pull->work->session, &pull->connection_id, pull->run);
  g_autofree CsXpmStreamed *streamed = NULL;
  Job *job;

  cs_work_funnel_set_landed (funnel, on_landed, pull);
  streamed = await_wanted (pull,
                           cs_xpm_read_clients (cs_remote_link_get_xpm (pull->link), pull->since_ms,
                                                cs_work_funnel_take, cs_work_funnel_ref (funnel),
                                                cs_work_funnel_unref),
                           error);
  if (streamed == NULL || !cs_work_funnel_drain (funnel, error) || !is_wanted (pull, error))
    return FALSE;
  job = job_new (pull);
  job->clock_ms = streamed->clock_ms;
  job->synced_ms = cs_timer_now_ms (&pull->work->session->timer);
  return run_job (pull, finish_job, job, error);
}

/* --- where it goes on --- */

typedef struct
{
  gint64 high_water_ms;
  gint64 full_ms;
  gint64 run;
  guint n_known;
} Start;

static gpointer
read_start_job (CsStore *store, gpointer data, GError **error)
{
  g_auto (CsCursor) cursor = { 0 };
  Start *start;
  guint n_known = 0;

  if (!cs_store_get_cursor (store, data, CS_WORK_CURSOR, &cursor, error)
      || !cs_store_count_work_clients (store, data, &n_known, error))
    return NULL;
  start = g_new0 (Start, 1);
  *start = (Start){ cursor.high_water_ms, cursor.full_ms, cursor.run, n_known };
  return start;
}

static gboolean
begin (Pull *pull, gboolean is_full, GError **error)
{
  CsSession *session = pull->work->session;
  g_autofree Start *start
      = cs_await_record (cs_session_write (session, read_start_job,
                                           g_memdup2 (&pull->connection_id, sizeof (CsUuid)), g_free, g_free),
                         error);

  if (start == NULL)
    return FALSE;
  pull->begun_ms = cs_timer_now_ms (&session->timer);
  if (is_full || start->high_water_ms == 0 || pull->begun_ms - start->full_ms >= FULL_EVERY_MS
      || pull->begun_ms < start->full_ms)
    {
      pull->run = start->run + 1;
      pull->progress.expected = start->n_known;
    }
  else
    pull->since_ms = start->high_water_ms - OVERLAP_MS;
  tell (pull, CS_SYNC_STAGE_READING, 0);
  return TRUE;
}

typedef struct
{
  CsWork *work;
  gboolean is_full;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_object_unref (order->work);
  g_free (order);
}

static DexFuture *
pull_fiber (gpointer data)
{
  const Order *order = data;
  CsWork *work = order->work;
  /* What is being given there is answered whoever has gone meanwhile. */
  g_autoptr (CsSession) session = work->session != NULL ? g_object_ref (work->session) : NULL;
  g_autoptr (CsRemoteLink) link = work->link != NULL ? cs_remote_link_ref (work->link) : NULL;
  Pull pull = { .work = work, .link = link, .progress = { .left_ms = -1 } };
  GError *error = NULL;
  gboolean is_good;

  if (link == NULL || session == NULL)
    return dex_future_new_reject (CS_REMOTE_ERROR, CS_REMOTE_ERROR_SIGN_IN_NEEDED, "%s",
                                  _ ("Practice Manager is not connected."));
  pull.connection_id = work->connection->id;
  is_good = begin (&pull, order->is_full, &error) && read_lists (&pull, &error)
            && read_clients (&pull, &error) && cs_work_give (work, link, &error)
            && cs_work_read_jobs (work, link, &pull.connection_id, &error)
            && cs_await (cs_session_refresh_copies (session), &error);
  pull.progress.stage = CS_SYNC_STAGE_IDLE;
  cs_work_tell_progress (work, &pull.progress);
  if (!cs_error_is_cancelled (error))
    cs_work_report (work, link, error);
  cs_session_emit_changed (session, CS_CHANGE_WORK | CS_CHANGE_CLIENTS);
  return is_good ? dex_future_new_for_boolean (TRUE) : cs_future_new_take_error (error);
}

DexFuture *
cs_work_puller_run (CsWork *work, gboolean is_full)
{
  Order *order = g_new0 (Order, 1);

  order->work = g_object_ref (work);
  order->is_full = is_full;
  return cs_spawn (pull_fiber, order, order_free);
}

/* --- the one in the air --- */

typedef struct
{
  CsWork *work;
  DexFuture *pull; /* unowned: to tell it from a later one */
} Flight;

static void
flight_free (gpointer data)
{
  Flight *flight = data;

  g_object_unref (flight->work);
  g_free (flight);
}

static DexFuture *
pull_landed_cb (DexFuture *done, gpointer data)
{
  const Flight *flight = data;

  if (flight->work->pull == flight->pull)
    {
      dex_clear (&flight->work->pull);
      dex_clear (&flight->work->pull_stop);
      cs_work_tell_pulling (flight->work);
    }
  return dex_ref (done);
}

static DexFuture *
start_pull (CsWork *work, gboolean is_full)
{
  Flight *flight;

  if (work->session == NULL || work->session->is_closing)
    return cs_database_refuse_closed ();
  if (work->link_state == CS_LINK_SIGN_IN_NEEDED)
    return dex_future_new_reject (CS_REMOTE_ERROR, CS_REMOTE_ERROR_SIGN_IN_NEEDED, "%s",
                                  _ ("Practice Manager needs you to sign in again."));
  flight = g_new0 (Flight, 1);
  flight->work = g_object_ref (work);
  dex_clear (&work->pull_stop);
  work->pull_stop = dex_promise_new ();
  work->pull_is_full = is_full;
  flight->pull = work->pull
      = dex_future_finally (cs_work_puller_run (work, is_full), pull_landed_cb, flight, flight_free);
  cs_work_tell_pulling (work);
  return dex_ref (work->pull);
}

/** cs_work_pull_now: Returns: (transfer full): the one pull in the air, started if there is none: what
 * changed since the last, or everything where that was a week ago */
DexFuture *
cs_work_pull_now (CsWork *work)
{
  g_return_val_if_fail (CS_IS_WORK (work), NULL);

  return work->pull != NULL ? dex_ref (work->pull) : start_pull (work, FALSE);
}

static DexFuture *
refresh_all_fiber (gpointer data)
{
  CsWork *work = data;

  while (work->pull != NULL && !work->pull_is_full)
    if (!cs_await (dex_ref (work->pull), NULL) && (work->session == NULL || work->session->is_closing))
      break;
  return work->pull != NULL ? dex_ref (work->pull) : start_pull (work, TRUE);
}

/** cs_work_refresh_all: Returns: (transfer full): as cs_work_pull_now(), but all is read anew */
DexFuture *
cs_work_refresh_all (CsWork *work)
{
  g_return_val_if_fail (CS_IS_WORK (work), NULL);

  if (work->pull == NULL)
    return start_pull (work, TRUE);
  return cs_spawn_to_the_end (refresh_all_fiber, g_object_ref (work), g_object_unref);
}

/** cs_work_cancel_pull: the pull in the air, if there is one, ends with a cancellation; what it stored stays
 */
void
cs_work_cancel_pull (CsWork *work)
{
  g_return_if_fail (CS_IS_WORK (work));

  if (work->pull_stop != NULL && dex_future_is_pending (DEX_FUTURE (work->pull_stop)))
    dex_promise_resolve_boolean (work->pull_stop, TRUE);
}

gboolean
cs_work_may_ask (CsWork *work)
{
  return work->link_state == CS_LINK_CONNECTED || work->link_state == CS_LINK_OFFLINE
         || work->link_state == CS_LINK_UNWELL;
}

void
cs_work_look_again (CsWork *work)
{
  if (work->unwell_since_ms != 0 && work->link != NULL && work->pull == NULL && cs_work_may_ask (work))
    dex_future_disown (cs_work_pull_now (work));
}

void
cs_work_pull_by_itself (CsWork *work)
{
  CsSession *session = work->session;
  gint64 now_ms;

  if (session == NULL || work->link == NULL || work->pull != NULL || !cs_work_may_ask (work))
    return;
  now_ms = cs_timer_now_ms (&session->timer);
  /* What doesn't answer is asked until it does, however fresh what was read is. */
  if (work->link_state == CS_LINK_CONNECTED && work->connection->synced_ms <= now_ms
      && now_ms - work->connection->synced_ms < PULL_EVERY_MS)
    {
      cs_work_give_by_itself (work);
      return;
    }
  dex_future_disown (cs_work_pull_now (work));
}
