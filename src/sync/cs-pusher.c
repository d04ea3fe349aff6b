/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-push-row.h"

#include "cs-deployer.h"
#include "cs-store-proposals.h"

/* The loop looks again after this long at the latest: the day may have turned, the machine may have slept. */
#define LOOK_AGAIN_MS G_GINT64_CONSTANT (60000)
/* How often in a row the journal is read again at once because it changed under us. */
#define STALE_MAX 3u

static gpointer
list_unfinished_job (CsStore *store, gpointer data, GError **error)
{
  return cs_store_list_unfinished (store, NULL, error);
}

static gpointer
release_due_job (CsStore *store, gpointer data, GError **error)
{
  CsDate *today = data;
  guint n_released = 0;

  if (!cs_store_release_due (store, *today, &n_released, error))
    return NULL;
  return g_memdup2 (&n_released, sizeof n_released);
}

static gboolean
release_due (CsSession *session, GError **error)
{
  CsDate today = cs_session_get_today (session);
  g_autofree guint *n_released = cs_await_record (
      cs_session_write (session, release_due_job, g_memdup2 (&today, sizeof today), g_free, g_free), error);

  if (n_released == NULL)
    return FALSE;
  if (*n_released > 0)
    cs_session_emit_changed (session, CS_CHANGE_JOURNAL | CS_CHANGE_PROPOSALS | CS_CHANGE_SETTINGS);
  return TRUE;
}

static gpointer
needs_pull_job (CsStore *store, gpointer data, GError **error)
{
  gboolean needs_pull = FALSE;

  if (!cs_store_needs_pull_before_sending (store, &needs_pull, error))
    return NULL;
  return g_memdup2 (&needs_pull, sizeof needs_pull);
}

/* After a restored backup nothing leaves until the ledger has been read again: what was sent since the backup
 * was made is there, and only there (design.md section 4). */
static gboolean
check_may_send (CsSession *session, CsPushRound *round, GError **error)
{
  g_autofree gboolean *needs_pull = NULL;

  round->may_send = TRUE;
  if (!session->was_restored)
    return TRUE;
  needs_pull = cs_await_record (cs_session_write (session, needs_pull_job, NULL, NULL, g_free), error);
  if (needs_pull == NULL)
    return FALSE;
  round->may_send = !*needs_pull;
  if (*needs_pull && session->link != NULL
      && (session->link_state == CS_LINK_CONNECTED || session->link_state == CS_LINK_UNWELL))
    dex_future_disown (cs_session_pull_now (session));
  return TRUE;
}

/* Reads leave room in the minute for what goes now, or soon. */
static void
expect_pushes (CsSession *session, GPtrArray *entries)
{
  gint64 due_ms = G_MAXINT64;

  if (session->link == NULL)
    return;
  for (guint i = 0; i < entries->len; i++)
    due_ms = MIN (due_ms, cs_push_row_get_due_ms (session, g_ptr_array_index (entries, i)));
  cs_remote_link_expect_push (session->link, due_ms);
}

/* What concerns the file or the lock ends the look; what concerns one row must not keep the others. */
static gboolean
ends_look (const GError *error)
{
  return cs_error_is_cancelled (error) || g_error_matches (error, CS_STORE_ERROR, CS_STORE_ERROR_EPOCH)
         || g_error_matches (error, CS_STORE_ERROR, CS_STORE_ERROR_FULL)
         || g_error_matches (error, CS_STORE_ERROR, CS_STORE_ERROR_DAMAGED)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

/* Whether the look goes on after it, whose first failure is kept; @failure: (transfer full) (nullable) */
static gboolean
keep_first (GError *failure, GError **first)
{
  gboolean ends = failure != NULL && ends_look (failure);

  if (ends)
    g_clear_error (first);
  if (*first == NULL)
    *first = failure;
  else
    g_clear_error (&failure);
  return !ends;
}

static gboolean
take_steps (CsSession *session, GPtrArray *entries, CsPushRound *round, GError **error)
{
  g_autoptr (GError) first = NULL;
  gboolean retry_waiting = session->retry_waiting;

  session->retry_waiting = FALSE;
  for (guint i = 0; i < entries->len && !session->is_closing; i++)
    {
      const CsJournalEntry *entry = g_ptr_array_index (entries, i);
      g_autoptr (GError) failure = NULL;
      gboolean went_well;

      if (retry_waiting && entry->state == CS_JOURNAL_WAITING)
        {
          round->is_moved = TRUE;
          went_well = cs_push_row_feed (session, entry, CS_EVENT_PERSON_RETRY, &failure);
        }
      else
        went_well = cs_push_row_step (session, entry, round, &failure);
      if (!went_well && !keep_first (g_steal_pointer (&failure), &first))
        break;
    }
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

/* Once through the journal, oldest first; then the jobs and what is to be told, which a row that keeps
 * failing must not hold back either. */
static gboolean
take_all (CsSession *session, GPtrArray *entries, CsPushRound *round, GError **error)
{
  g_autoptr (GError) first = NULL;
  GError *failure = NULL;
  gboolean is_on;

  take_steps (session, entries, round, &failure);
  is_on = keep_first (g_steal_pointer (&failure), &first);
  if (is_on)
    {
      gboolean rows_moved = round->is_moved;

      round->is_moved = FALSE;
      cs_deployer_look (session, round, &failure);
      round->jobs_moved = round->is_moved;
      round->is_moved = round->is_moved || rows_moved;
      is_on = keep_first (g_steal_pointer (&failure), &first);
    }
  if (is_on)
    {
      cs_session_look_at_conditions (session, round->parked_until_ms, &failure);
      keep_first (g_steal_pointer (&failure), &first);
    }
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

static gboolean
look_once (CsSession *session, CsPushRound *round, GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;

  if (!release_due (session, error) || !cs_session_begin_round (session, &round->wake_ms, error)
      || !check_may_send (session, round, error))
    return FALSE;
  entries = cs_await_record (
      cs_session_write (session, list_unfinished_job, NULL, NULL, (GDestroyNotify)g_ptr_array_unref), error);
  if (entries == NULL)
    return FALSE;
  expect_pushes (session, entries);
  return take_all (session, entries, round, error);
}

static void
sleep_until (CsSession *session, gint64 wake_ms)
{
  DexFuture *timer = cs_timer_wait_until (&session->timer, wake_ms, LOOK_AGAIN_MS);

  /* A time-out rejects by design: it only says that it is time. */
  cs_await (dex_future_first (dex_ref (session->wake), timer, NULL), NULL);
}

/* That a look was cancelled says only that one call was (its link was let go of, a sign-in was given up): the
 * loop ends with the session, or when the session drops it, and with nothing else. */
static gboolean
goes_on (CsSession *session)
{
  return !session->is_closing && cs_is_waited_for ();
}

static DexFuture *
pusher_fiber (gpointer data)
{
  CsSession *session = data;
  guint n_stale = 0;

  while (goes_on (session))
    {
      g_autoptr (GError) error = NULL;
      CsPushRound round
          = { .wake_ms = cs_clock_now_ms (session->options->clock) + LOOK_AGAIN_MS, .may_send = TRUE };

      /* A fresh one before looking, so that what changes while we look wakes us again. */
      dex_clear (&session->wake);
      session->wake = dex_promise_new ();
      cs_session_look_begins (session);
      if (look_once (session, &round, &error))
        n_stale = 0;
      else
        {
          /* A person may have changed the row while we looked: read it again, but not for ever. Jobs that
           * moved go on at once: they come to their end, whatever keeps a row. */
          gboolean is_stale
              = g_error_matches (error, CS_STORE_ERROR, CS_STORE_ERROR_STATE) && ++n_stale < STALE_MAX;

          round.is_moved = is_stale || round.jobs_moved;
          if (!is_stale && !cs_error_is_cancelled (error))
            cs_session_report (session, NULL, error);
        }
      if (session->activity == CS_ACTIVITY_PUSHING)
        cs_session_set_activity (session, CS_ACTIVITY_IDLE);
      if (!round.is_moved)
        cs_session_look_ends (session, round.wake_ms);
      if (!round.is_moved && goes_on (session))
        sleep_until (session, round.wake_ms);
    }
  return dex_future_new_for_boolean (TRUE);
}

/**
 * cs_pusher_run:
 * @session: an open session; the loop holds it until it is closing
 *
 * The loop that brings every row of the journal to rest: it asks the engine for the next step, does it, and
 * tells the engine how it went. Writes go one at a time, as the ledger dislikes parallel ones
 * (xero-accounting.md 15).
 *
 * Returns: (transfer full): resolves when the session is closing
 */
DexFuture *
cs_pusher_run (CsSession *session)
{
  return cs_spawn (pusher_fiber, g_object_ref (session), g_object_unref);
}
