/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-desk-run.h"

#include <glib/gi18n-lib.h>

#include "cs-session-schedule.h"
#include "cs-store.h"

/* A ledger that keeps saying "later" must not hold the practice for ever. */
#define PUSH_PATIENCE_MS G_GINT64_CONSTANT (300000)

typedef struct
{
  CsSession *session;
  CsDeskMode mode;
  gboolean is_scheduled; /* nobody asked: what the schedule lets go, and the daily read of everything */
} Run;

static void
run_free (Run *run)
{
  g_object_unref (run->session);
  g_free (run);
}

static void
take_outcome (CsDeskReport *report, CsDeskOutcome outcome, const char *problem)
{
  /* The first thing that went wrong is what a person should read. */
  if (report->outcome != CS_DESK_DONE || outcome == CS_DESK_DONE)
    return;
  report->outcome = outcome;
  g_set_str (&report->problem, problem);
}

static void
judge_journal (CsSession *session, gboolean is_asked, CsDeskReport *report)
{
  const guint *n = report->journal.n;
  /* What is queued may wait for its hour. */
  guint n_left = (is_asked ? n[CS_JOURNAL_QUEUED] : 0) + n[CS_JOURNAL_SENDING] + n[CS_JOURNAL_DOUBTFUL]
                 + n[CS_JOURNAL_WAITING];
  const char *last = cs_session_get_last_problem (session);

  if (n[CS_JOURNAL_BLOCKED] > 0)
    take_outcome (
        report, CS_DESK_NEEDS_PERSON,
        _ ("Something that should be sent needs a person: open Countersign and look under Activity."));
  else if (n_left > 0)
    take_outcome (report,
                  cs_session_get_link_state (session) == CS_LINK_SIGN_IN_NEEDED
                          || cs_session_get_link_state (session) == CS_LINK_VAULT_LOCKED
                      ? CS_DESK_NEEDS_PERSON
                      : CS_DESK_UNREACHABLE,
                  *last != '\0' ? last : _ ("Not all of it could be sent yet. It is tried again later."));
}

static gboolean
push (CsSession *session, gboolean is_asked, CsDeskReport *report)
{
  g_autoptr (GError) error = NULL;
  g_autofree CsJournalCounts *counts
      = cs_await_record (cs_session_run_push (session, PUSH_PATIENCE_MS, is_asked), &error);

  if (counts == NULL)
    {
      take_outcome (report, cs_desk_outcome_from_error (error), error->message);
      return FALSE;
    }
  report->journal = *counts;
  return TRUE;
}

static DexFuture *
pull (const Run *run)
{
  if (run->is_scheduled)
    return cs_session_run_daily_pull (run->session);
  cs_session_expect_all (run->session);
  return cs_session_pull_now (run->session);
}

static void
pull_and_push (const Run *run, CsDeskReport *report)
{
  CsSession *session = run->session;
  /* A restored file sends nothing before it has read the ledger (design.md section 4). */
  gboolean was_restored = cs_session_get_was_restored (session);
  DexFuture *pulling = run->mode != CS_DESK_PUSH || was_restored ? pull (run) : NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_counted = run->mode != CS_DESK_PULL && push (session, !run->is_scheduled, report);

  if (pulling != NULL && !cs_await (pulling, &error))
    take_outcome (report, cs_desk_outcome_from_error (error), error->message);
  if (is_counted && was_restored)
    is_counted = push (session, !run->is_scheduled, report);
  if (is_counted)
    judge_journal (session, !run->is_scheduled, report);
}

/* Whether the chain is still the one that the keyring remembers. */
static void
note_audit (CsSession *session, CsDeskReport *report)
{
  g_autoptr (GError) error = NULL;

  if (!cs_await (cs_session_note_audit (session), &error)
      && g_error_matches (error, CS_STORE_ERROR, CS_STORE_ERROR_DAMAGED))
    take_outcome (report, CS_DESK_NEEDS_PERSON, error->message);
}

static DexFuture *
run_fiber (gpointer data)
{
  Run *run = data;
  CsSession *session = run->session;
  CsDeskReport *report = cs_desk_report_new (run->mode);
  CsLinkState link_state = cs_session_get_link_state (session);

  if (link_state == CS_LINK_NONE || link_state == CS_LINK_DISCONNECTED)
    take_outcome (report, CS_DESK_NEEDS_PERSON,
                  _ ("This practice is not connected to Xero. Open Countersign and connect it."));
  else
    {
      pull_and_push (run, report);
      note_audit (session, report);
    }
  if (run->mode == CS_DESK_PULL || report->outcome != CS_DESK_DONE)
    {
      g_autofree CsJournalCounts *counts = cs_await_record (cs_session_count_journal (session), NULL);

      if (counts != NULL)
        report->journal = *counts;
    }
  report->synced_ms = cs_session_get_synced_ms (session);
  return cs_future_new_for_record (report, (GDestroyNotify)cs_desk_report_free);
}

static DexFuture *
start (CsSession *session, CsDeskMode mode, gboolean is_scheduled)
{
  Run *run = g_new0 (Run, 1);

  run->session = g_object_ref (session);
  run->mode = mode;
  run->is_scheduled = is_scheduled;
  return cs_spawn (run_fiber, run, (GDestroyNotify)run_free);
}

/**
 * cs_desk_run:
 * @session: an open session
 * @mode: what a person asked for [K-15]
 *
 * Returns: (transfer full): of #CsDeskReport
 */
DexFuture *
cs_desk_run (CsSession *session, CsDeskMode mode)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  return start (session, mode, FALSE);
}

/**
 * cs_desk_run_scheduled:
 * @session: an open session
 * @mode: with CS_DESK_SYNC and CS_DESK_PULL, the daily read of everything
 *
 * What nobody asked for: of what is queued, only what the schedule lets go is sent [K-5].
 *
 * Returns: (transfer full): of #CsDeskReport
 */
DexFuture *
cs_desk_run_scheduled (CsSession *session, CsDeskMode mode)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  return start (session, mode, TRUE);
}
