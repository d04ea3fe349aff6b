/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-session-schedule.h"

#include "cs-schedule-engine.h"
#include "cs-session-private.h"
#include "cs-store-schedule.h"

/* Whoever comes back within this finds what was read before. */
#define FRESH_MS G_GINT64_CONSTANT (60000)

/* --- a job that writes, and what follows from it --- */

typedef struct
{
  CsSession *session;
  CsDatabaseFunc func;
  gpointer data;
  GDestroyNotify free_data;
  CsChange change;
} Command;

static void
command_free (Command *command)
{
  if (command->data != NULL && command->free_data != NULL)
    command->free_data (command->data);
  g_object_unref (command->session);
  g_free (command);
}

static DexFuture *
command_fiber (gpointer data)
{
  Command *command = data;
  CsSession *session = command->session;
  g_autoptr (GError) error = NULL;

  if (!cs_await (cs_session_write (session, command->func, g_steal_pointer (&command->data),
                                   command->free_data, NULL),
                 &error)
      || ((command->change & CS_CHANGE_SETTINGS) != 0
          && !cs_await (cs_session_refresh_copies (session), &error)))
    return cs_future_new_take_error (g_steal_pointer (&error));
  cs_session_emit_changed (session, command->change);
  cs_session_wake (session);
  return dex_future_new_for_boolean (TRUE);
}

DexFuture *
cs_session_command (CsSession *session,
                    CsDatabaseFunc func,
                    gpointer data,
                    GDestroyNotify free_data,
                    CsChange change)
{
  Command *command = g_new0 (Command, 1);

  *command = (Command){ g_object_ref (session), func, data, free_data, change };
  return cs_spawn_to_the_end (command_fiber, command, (GDestroyNotify)command_free);
}

/* --- what a person chose --- */

/** cs_session_get_schedule: Returns: (transfer none): as last read; re-read it on CS_CHANGE_SETTINGS */
const CsSchedule *
cs_session_get_schedule (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  return session->schedule;
}

static gpointer
save_schedule_job (CsStore *store, gpointer data, GError **error)
{
  cs_store_save_schedule (store, data, error);
  return NULL;
}

/** cs_session_save_schedule: Returns: (transfer full): resolves when @schedule is stored;
 * CS_STORE_ERROR_INVALID
 */
DexFuture *
cs_session_save_schedule (CsSession *session, const CsSchedule *schedule)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);
  g_return_val_if_fail (schedule != NULL, NULL);

  return cs_session_command (session, save_schedule_job, cs_schedule_copy (schedule),
                             (GDestroyNotify)cs_schedule_free, CS_CHANGE_SETTINGS);
}

gint64
cs_session_get_next_push_ms (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), 0);

  return cs_schedule_next_push_ms (session->schedule, cs_timer_now_ms (&session->timer), session->zone,
                                   cs_schedule_get_counted_ms (session->schedule));
}

gint64
cs_session_get_next_pull_ms (CsSession *session)
{
  gint64 now_ms;
  gint64 last_ms;

  g_return_val_if_fail (CS_IS_SESSION (session), 0);

  now_ms = cs_timer_now_ms (&session->timer);

  /* The import after connecting read everything. */
  last_ms = MAX (session->schedule->pulled_ms,
                 session->connection != NULL ? MIN (session->connection->connected_ms, now_ms) : 0);
  return cs_schedule_next_pull_ms (session->schedule, now_ms, session->zone, last_ms);
}

/* --- rounds of pushes --- */

static gpointer
mark_pushed_job (CsStore *store, gpointer data, GError **error)
{
  const gint64 *pushed_ms = data;

  cs_store_mark_pushed (store, *pushed_ms, error);
  return NULL;
}

/* In a fiber, at each look: when it is time, or a person says so, a round begins, and is written down before
 * anything of it leaves, so that a crash within it does not end it. */
gboolean
cs_session_begin_round (CsSession *session, gint64 *wake_ms, GError **error)
{
  gint64 now_ms = cs_timer_now_ms (&session->timer);
  gint64 next_ms = cs_session_get_next_push_ms (session);

  if (session->schedule->push_when == CS_PUSH_IMMEDIATELY)
    {
      session->push_asked = FALSE;
      return TRUE;
    }
  if (!session->push_asked && next_ms > now_ms)
    {
      *wake_ms = MIN (*wake_ms, next_ms);
      return TRUE;
    }
  if (!cs_await (
          cs_session_write (session, mark_pushed_job, g_memdup2 (&now_ms, sizeof now_ms), g_free, NULL),
          error))
    return FALSE;
  session->push_asked = FALSE;
  cs_schedule_begin_round (session->schedule, now_ms);
  cs_session_emit_changed (session, CS_CHANGE_SETTINGS);
  return TRUE;
}

/* --- pulls --- */

static gpointer
mark_pulled_job (CsStore *store, gpointer data, GError **error)
{
  const gint64 *pulled_ms = data;

  cs_store_mark_pulled (store, *pulled_ms, error);
  return NULL;
}

static DexFuture *
daily_pull_fiber (gpointer data)
{
  CsSession *session = data;
  gint64 now_ms = cs_timer_now_ms (&session->timer);
  g_autoptr (GError) error = NULL;

  if (!cs_await (cs_session_refresh_all (session), &error)
      || !cs_await (cs_session_command (session, mark_pulled_job, g_memdup2 (&now_ms, sizeof now_ms), g_free,
                                        CS_CHANGE_SETTINGS),
                    &error))
    return cs_future_new_take_error (g_steal_pointer (&error));
  return dex_future_new_for_boolean (TRUE);
}

/** cs_session_run_daily_pull: Returns: (transfer full): the daily read of everything; noted when it went well
 */
DexFuture *
cs_session_run_daily_pull (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  return cs_spawn_to_the_end (daily_pull_fiber, g_object_ref (session), g_object_unref);
}

/* The gentle timer's: what changed, or, once a day, everything. A daily read that fails is tried again at the
 * next turn of the timer; what was read of it is kept. */
void
cs_session_pull_by_itself (CsSession *session)
{
  if (session->link == NULL || session->pull != NULL)
    return;
  if (cs_session_get_next_pull_ms (session) <= cs_timer_now_ms (&session->timer))
    dex_future_disown (cs_session_run_daily_pull (session));
  else
    dex_future_disown (cs_session_pull_now (session));
}

/**
 * cs_session_came_back:
 * @session: an open session
 *
 * The window has the focus again, or the machine woke: the pusher looks at once, and what changed at the
 * ledger is read, unless that was done a moment ago.
 */
void
cs_session_came_back (CsSession *session)
{
  g_return_if_fail (CS_IS_SESSION (session));

  cs_session_wake (session);
  if (cs_timer_now_ms (&session->timer) - cs_session_get_synced_ms (session) >= FRESH_MS)
    cs_session_pull_by_itself (session);
}
