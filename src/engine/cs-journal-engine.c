/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-journal-engine.h"
#include "cs-decimal.h"

/* After doubt the remote may still be at work: a probe that comes too soon would find nothing and send twice.
 */
#define PROBE_DELAY_MS G_GINT64_CONSTANT (2000)
/* What a remote may ask for at most: Xero's day. */
#define RETRY_AFTER_MAX_MS G_GINT64_CONSTANT (86400000)
/* No row is told to wait longer than this. */
#define WAIT_MAX_MS (RETRY_AFTER_MAX_MS + PROBE_DELAY_MS)

G_STATIC_ASSERT (CS_BACKOFF_MAX_MS <= RETRY_AFTER_MAX_MS);

/* What an event does. NO marks a pair that cannot be. */
typedef enum
{
  NO,
  RELEASE,
  SEND,
  FINISH,
  BLOCK,
  WAIT,
  DOUBT,
  DOUBT_TAKEN,
  PROBE_AGAIN,
  PROBE_SOON,
  SEND_ANEW,
  TRY_NOW,
  MEND,
  CANCEL,
} Action;

/* The whole machine (design.md sections 4 and 6). What it must keep:
 * - sending is entered by FROZEN alone, and only where surely nothing is at the ledger;
 * - doubtful is left by a probe alone;
 * - done and cancelled are left by nothing.
 * A row can also turn out unsendable before any byte has left; then REFUSED, NOT_SENT and SIGN_IN_NEEDED may
 * come to a queued or waiting row. */
static const Action actions[][CS_EVENT_PERSON_CANCEL + 1] = {
  [CS_JOURNAL_HELD] = {
    [CS_EVENT_HOLD_ENDED] = RELEASE,
    [CS_EVENT_PERSON_CANCEL] = CANCEL,
  },
  [CS_JOURNAL_QUEUED] = {
    [CS_EVENT_FROZEN] = SEND,
    [CS_EVENT_REFUSED] = BLOCK,
    [CS_EVENT_NOT_SENT] = WAIT,
    [CS_EVENT_SIGN_IN_NEEDED] = WAIT,
    [CS_EVENT_RESTORED] = DOUBT,
    [CS_EVENT_PERSON_CANCEL] = CANCEL,
  },
  [CS_JOURNAL_SENDING] = {
    [CS_EVENT_ACCEPTED] = FINISH,
    [CS_EVENT_REFUSED] = BLOCK,
    [CS_EVENT_OUTDATED] = SEND_ANEW,
    [CS_EVENT_TAKEN] = DOUBT_TAKEN,
    [CS_EVENT_NOT_SENT] = WAIT,
    [CS_EVENT_UNKNOWN] = DOUBT,
    [CS_EVENT_SIGN_IN_NEEDED] = WAIT,
    [CS_EVENT_RESTARTED] = DOUBT,
  },
  [CS_JOURNAL_DOUBTFUL] = {
    [CS_EVENT_PROBE_ABSENT] = SEND_ANEW,
    [CS_EVENT_PROBE_EQUAL] = FINISH,
    [CS_EVENT_PROBE_DIFFERENT] = BLOCK,
    [CS_EVENT_PROBE_FAILED] = PROBE_AGAIN,
    [CS_EVENT_PERSON_RETRY] = PROBE_SOON,
  },
  [CS_JOURNAL_WAITING] = {
    [CS_EVENT_FROZEN] = SEND,
    [CS_EVENT_REFUSED] = BLOCK,
    [CS_EVENT_NOT_SENT] = WAIT,
    [CS_EVENT_SIGN_IN_NEEDED] = WAIT,
    [CS_EVENT_RESTORED] = DOUBT,
    [CS_EVENT_PERSON_RETRY] = TRY_NOW,
    [CS_EVENT_PERSON_CANCEL] = CANCEL,
  },
  [CS_JOURNAL_BLOCKED] = {
    [CS_EVENT_PERSON_RETRY] = MEND,
    [CS_EVENT_PERSON_ADOPT] = FINISH,
    [CS_EVENT_PERSON_CANCEL] = CANCEL,
  },
  [CS_JOURNAL_DONE] = { NO },
  [CS_JOURNAL_CANCELLED] = { NO },
};

static const char *const event_words[] = {
  [CS_EVENT_HOLD_ENDED] = "the end of its hold",
  [CS_EVENT_FROZEN] = "being sent",
  [CS_EVENT_ACCEPTED] = "an acceptance",
  [CS_EVENT_REFUSED] = "a refusal",
  [CS_EVENT_OUTDATED] = "a refusal of what is out of date",
  [CS_EVENT_TAKEN] = "a refusal of its number",
  [CS_EVENT_NOT_SENT] = "a failure to send",
  [CS_EVENT_UNKNOWN] = "an unknown outcome",
  [CS_EVENT_SIGN_IN_NEEDED] = "a missing sign-in",
  [CS_EVENT_PROBE_ABSENT] = "an empty probe",
  [CS_EVENT_PROBE_EQUAL] = "an equal probe",
  [CS_EVENT_PROBE_DIFFERENT] = "a different probe",
  [CS_EVENT_PROBE_FAILED] = "a failed probe",
  [CS_EVENT_RESTARTED] = "a restart",
  [CS_EVENT_RESTORED] = "a restored file",
  [CS_EVENT_PERSON_RETRY] = "being tried again",
  [CS_EVENT_PERSON_ADOPT] = "being what the ledger has",
  [CS_EVENT_PERSON_CANCEL] = "being cancelled",
};

static void
settle (CsJournalRow *row, CsJournalState state)
{
  row->state = state;
  row->was_taken = FALSE;
  row->attempts = 0;
  row->next_ms = 0;
}

static void
fail (CsJournalRow *row, CsJournalState state, gint64 next_ms)
{
  row->state = state;
  row->attempts = row->attempts < G_MAXUINT ? row->attempts + 1 : row->attempts;
  row->next_ms = next_ms;
}

/* An empty probe or a mended refusal: the next bytes are others, and so is the idempotency key. The failures
 * in a row are kept, so that a remote that never answers is asked ever more slowly. */
static void
queue_anew (CsJournalRow *row, gint64 now_ms)
{
  row->state = CS_JOURNAL_QUEUED;
  row->has_frozen_bytes = FALSE;
  row->next_ms = now_ms;
}

static void
start_sending (CsJournalRow *row)
{
  if (!row->has_frozen_bytes)
    {
      row->generation++;
      row->has_frozen_bytes = TRUE;
    }
  row->state = CS_JOURNAL_SENDING;
}

/**
 * cs_journal_apply:
 * @row: a row; unchanged on failure
 * @event: what happened to it
 * @now_ms: the time
 * @retry_after_ms: what the remote asked for, 0 if nothing; obeyed up to a day
 * @jitter: 0 to 1, drawn by the caller
 * @error: return location
 *
 * Moves a row on (design.md sections 4 and 6, B-02). %CS_EVENT_FROZEN gives a new generation only where no
 * bytes are frozen: a row that was surely not sent goes out again as the same bytes under the same key. The
 * epoch is the caller's to set, in the transaction that commits *sending*. The end of a hold may be applied
 * early, when a person says so; %CS_EVENT_PERSON_RETRY also lets a waiting row go at once.
 *
 * Returns: whether this state can take that event; else %CS_DOMAIN_ERROR_STATE
 */
gboolean
cs_journal_apply (CsJournalRow *row,
                  CsJournalEvent event,
                  gint64 now_ms,
                  gint64 retry_after_ms,
                  double jitter,
                  GError **error)
{
  gint64 asked_ms = CLAMP (retry_after_ms, 0, RETRY_AFTER_MAX_MS);
  gint64 backoff_ms;

  g_assert (row != NULL && (gsize)row->state < G_N_ELEMENTS (actions));
  g_assert ((gsize)event < G_N_ELEMENTS (event_words));

  backoff_ms = cs_backoff_ms (row->attempts, jitter);
  switch (actions[row->state][event])
    {
    case NO:
      g_set_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_STATE, "What is %s cannot take %s",
                   cs_journal_state_to_string (row->state), event_words[event]);
      return FALSE;
    case RELEASE:
      settle (row, CS_JOURNAL_QUEUED);
      break;
    case SEND:
      start_sending (row);
      break;
    case FINISH:
      settle (row, CS_JOURNAL_DONE);
      break;
    case BLOCK:
      settle (row, CS_JOURNAL_BLOCKED);
      break;
    case WAIT:
      fail (row, CS_JOURNAL_WAITING, now_ms + MAX (asked_ms, backoff_ms));
      break;
    case DOUBT:
      fail (row, CS_JOURNAL_DOUBTFUL, now_ms + MAX (asked_ms, PROBE_DELAY_MS + backoff_ms));
      break;
    case DOUBT_TAKEN:
      fail (row, CS_JOURNAL_DOUBTFUL, now_ms);
      row->was_taken = TRUE;
      break;
    case PROBE_AGAIN:
      fail (row, CS_JOURNAL_DOUBTFUL, now_ms + MAX (asked_ms, backoff_ms));
      break;
    case PROBE_SOON:
      /* Not at once: the remote may still be at work on it. */
      row->next_ms = MIN (row->next_ms, now_ms + PROBE_DELAY_MS);
      break;
    case SEND_ANEW:
      /* What is taken, but not by what we look for, would be refused again. */
      if (row->was_taken)
        settle (row, CS_JOURNAL_BLOCKED);
      else
        queue_anew (row, now_ms);
      break;
    case TRY_NOW:
      row->next_ms = now_ms;
      break;
    case MEND:
      row->attempts = 0;
      queue_anew (row, now_ms);
      break;
    case CANCEL:
      settle (row, CS_JOURNAL_CANCELLED);
      break;
    default:
      g_assert_not_reached ();
    }
  return TRUE;
}

/**
 * cs_journal_has_waited:
 * @next_ms: until when something was told to wait
 * @now_ms: the time
 *
 * A moment that is further off than any wait was reckoned by a clock that was ahead then, and has been put
 * right since: that must not park anything for ever.
 *
 * Returns: whether it may go on
 */
gboolean
cs_journal_has_waited (gint64 next_ms, gint64 now_ms)
{
  return now_ms >= next_ms || next_ms - now_ms > WAIT_MAX_MS;
}

/* A hold is left alone, since it is a person's time to think again, and a person can end it. */
static gboolean
has_come (const CsJournalRow *row, gint64 now_ms)
{
  return row->state == CS_JOURNAL_HELD ? now_ms >= row->next_ms
                                       : cs_journal_has_waited (row->next_ms, now_ms);
}

/**
 * cs_journal_next_step:
 * @row: a row
 * @dependencies_done: whether every row that it waits for is done
 * @current_epoch: of the lock that we hold
 * @now_ms: the time
 *
 * What to do with a row now. A row in *sending* is in flight, or, if cs_journal_is_orphaned() under
 * @current_epoch, first takes %CS_EVENT_RESTARTED: in neither case is there a step. %CS_STEP_FREEZE of a row
 * that has frozen bytes means: commit *sending* and send those bytes again.
 *
 * Returns: the step
 */
CsJournalStep
cs_journal_next_step (const CsJournalRow *row,
                      gboolean dependencies_done,
                      gint64 current_epoch,
                      gint64 now_ms)
{
  gboolean is_due;

  g_assert (row != NULL);

  is_due = has_come (row, now_ms);
  switch (row->state)
    {
    case CS_JOURNAL_HELD:
      return is_due ? CS_STEP_RELEASE : CS_STEP_WAIT;
    case CS_JOURNAL_QUEUED:
    case CS_JOURNAL_WAITING:
      if (!dependencies_done)
        return CS_STEP_NOTHING;
      return is_due ? CS_STEP_FREEZE : CS_STEP_WAIT;
    case CS_JOURNAL_DOUBTFUL:
      return is_due ? CS_STEP_PROBE : CS_STEP_WAIT;
    case CS_JOURNAL_SENDING:
    case CS_JOURNAL_BLOCKED:
    case CS_JOURNAL_DONE:
    case CS_JOURNAL_CANCELLED:
      return CS_STEP_NOTHING;
    default:
      g_assert_not_reached ();
    }
}

/**
 * cs_journal_is_orphaned:
 * @row: a row
 * @current_epoch: of the lock that we hold
 *
 * Returns: whether @row was being sent by a process that is gone, so that %CS_EVENT_RESTARTED is due
 */
gboolean
cs_journal_is_orphaned (const CsJournalRow *row, gint64 current_epoch)
{
  return row->state == CS_JOURNAL_SENDING && row->epoch != current_epoch;
}
