/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A push that somebody waits for: the agent's and the command line's. */
#include "config.h"

#include "cs-work-private.h"

#include "cs-desk-status.h"

/* Nothing to do for this long counts as at rest: what waits longer is the next run's. */
#define AT_REST_MS G_GINT64_CONSTANT (30000)

/* --- where the pusher is --- */

void
cs_session_look_begins (CsSession *session)
{
  session->look.n_begun++;
}

void
cs_session_look_ends (CsSession *session, gint64 wake_ms)
{
  g_autoptr (DexPromise) rested = g_steal_pointer (&session->look.rested);

  session->look.n_rested = session->look.n_begun;
  session->look.wake_ms = wake_ms;
  if (rested != NULL)
    dex_promise_resolve_boolean (rested, TRUE);
  if (session->work != NULL && !session->options->is_commanded)
    cs_work_give_by_itself (session->work);
}

/* --- counting --- */

static gpointer
count_job (CsStore *store, gpointer data, GError **error)
{
  g_autofree CsJournalCounts *counts = g_new0 (CsJournalCounts, 1);

  return cs_desk_count_journal (store, counts, error) ? g_steal_pointer (&counts) : NULL;
}

/** cs_session_count_journal: Returns: (transfer full): of #CsJournalCounts, as stored now */
DexFuture *
cs_session_count_journal (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  return cs_session_write (session, count_job, NULL, NULL, g_free);
}

/* --- pushing --- */

typedef struct
{
  CsSession *session;
  gint64 deadline_ms;
  gboolean is_asked; /* by a person: the schedule does not count */
} Run;

static void
run_free (Run *run)
{
  g_object_unref (run->session);
  g_free (run);
}

/* Waits for the end of a look that began after the look numbered @after; FALSE: there will be none. */
static gboolean
wait_for_rest (Run *run, guint after)
{
  CsSession *session = run->session;

  while (session->look.n_rested <= after)
    {
      gint64 left_ms = run->deadline_ms - cs_timer_now_ms (&session->timer);

      if (session->is_closing || left_ms <= 0)
        return FALSE;
      if (session->look.rested == NULL)
        session->look.rested = dex_promise_new ();
      /* A time-out rejects by design; the loop's own end means that nobody will look any more. */
      cs_await (dex_future_first (dex_ref (session->look.rested), dex_ref (session->pusher),
                                  cs_timer_wait_until (&session->timer, run->deadline_ms, left_ms), NULL),
                NULL);
      if (session->pusher == NULL || !dex_future_is_pending (session->pusher))
        return FALSE;
    }
  return TRUE;
}

/* What waits a moment (a back-off, the end of a hold, the ledger's minute) is waited for; what waits for the
 * network, a person or another day is not. */
static gboolean
is_at_rest (const Run *run)
{
  const CsSession *session = run->session;

  return session->link == NULL
         || (session->link_state != CS_LINK_CONNECTED && session->link_state != CS_LINK_UNWELL)
         || session->look.wake_ms > cs_timer_now_ms (&session->timer) + AT_REST_MS;
}

static DexFuture *
run_push_fiber (gpointer data)
{
  Run *run = data;
  CsSession *session = run->session;
  guint after = session->look.n_begun;
  g_autoptr (GError) error = NULL;
  CsJournalCounts *counts = NULL;

  if (session->pusher == NULL && !session->is_closing)
    session->pusher = cs_pusher_run (session);
  if (!run->is_asked)
    cs_session_wake (session);
  else if (!cs_await (cs_session_push_now (session), &error))
    return cs_future_new_take_error (g_steal_pointer (&error));
  while (session->pusher != NULL && wait_for_rest (run, after) && !is_at_rest (run))
    after = session->look.n_begun;
  counts = cs_await_record (cs_session_count_journal (session), &error);
  if (counts == NULL)
    return cs_future_new_take_error (g_steal_pointer (&error));
  return cs_future_new_for_record (counts, g_free);
}

/**
 * cs_session_run_push:
 * @session: an open session
 * @patience_ms: how long to wait at most
 * @is_asked: by a person, as *Push now*; else only what the schedule lets go is sent
 *
 * The push that somebody waits for [K-15]: it ends when all is sent, or when what is left waits for a
 * person, the network, or longer than half a minute.
 *
 * Returns: (transfer full): of #CsJournalCounts; CS_STORE_ERROR when they could not be read
 */
DexFuture *
cs_session_run_push (CsSession *session, gint64 patience_ms, gboolean is_asked)
{
  Run *run = NULL;

  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  run = g_new0 (Run, 1);
  run->session = g_object_ref (session);
  run->is_asked = is_asked;
  run->deadline_ms = cs_timer_now_ms (&session->timer) + patience_ms;
  return cs_spawn (run_push_fiber, run, (GDestroyNotify)run_free);
}
