/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-desk-run.h"

#include <glib/gi18n-lib.h>

/* A ledger that keeps saying "later" must not hold the practice for ever. */
#define PUSH_PATIENCE_MS G_GINT64_CONSTANT (300000)

typedef struct
{
  CsSession *session;
  CsDeskMode mode;
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
judge_journal (CsSession *session, CsDeskReport *report)
{
  const guint *n = report->journal.n;
  guint n_left
      = n[CS_JOURNAL_QUEUED] + n[CS_JOURNAL_SENDING] + n[CS_JOURNAL_DOUBTFUL] + n[CS_JOURNAL_WAITING];
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
push (CsSession *session, CsDeskReport *report)
{
  g_autoptr (GError) error = NULL;
  g_autofree CsJournalCounts *counts
      = cs_await_record (cs_session_run_push (session, PUSH_PATIENCE_MS), &error);

  if (counts == NULL)
    {
      take_outcome (report, cs_desk_outcome_from_error (error), error->message);
      return FALSE;
    }
  report->journal = *counts;
  return TRUE;
}

static void
pull_and_push (CsSession *session, CsDeskMode mode, CsDeskReport *report)
{
  /* A restored file sends nothing before it has read the ledger (design.md section 4). */
  gboolean was_restored = cs_session_get_was_restored (session);
  DexFuture *pull = mode != CS_DESK_PUSH || was_restored ? cs_session_pull_now (session) : NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_counted = mode != CS_DESK_PULL && push (session, report);

  if (pull != NULL && !cs_await (pull, &error))
    take_outcome (report, cs_desk_outcome_from_error (error), error->message);
  if (is_counted && was_restored)
    is_counted = push (session, report);
  if (is_counted)
    judge_journal (session, report);
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
    pull_and_push (session, run->mode, report);
  if (run->mode == CS_DESK_PULL || report->outcome != CS_DESK_DONE)
    {
      g_autofree CsJournalCounts *counts = cs_await_record (cs_session_count_journal (session), NULL);

      if (counts != NULL)
        report->journal = *counts;
    }
  report->synced_ms = cs_session_get_synced_ms (session);
  return cs_future_new_for_record (report, (GDestroyNotify)cs_desk_report_free);
}

/**
 * cs_desk_run:
 * @session: an open session
 * @mode: what to do
 *
 * Returns: (transfer full): of #CsDeskReport
 */
DexFuture *
cs_desk_run (CsSession *session, CsDeskMode mode)
{
  Run *run = NULL;

  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  run = g_new0 (Run, 1);
  run->session = g_object_ref (session);
  run->mode = mode;
  return cs_spawn (run_fiber, run, (GDestroyNotify)run_free);
}
