/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-push-row.h"

#include "cs-push-answer.h"
#include "cs-push-job.h"
#include "cs-schedule-engine.h"
#include "cs-session-schedule.h"

/* Longer waits for a permit are slept in the loop, where a hold can end meanwhile, not in the row. */
#define PERMIT_WAIT_MS G_GINT64_CONSTANT (1000)

static CsOutcome
get_outcome (const CsJournalEntry *entry)
{
  CsOutcome outcome = CS_OUTCOME_NONE;

  return cs_outcome_parse (entry->outcome_code, &outcome, NULL) ? outcome : CS_OUTCOME_NONE;
}

/** cs_push_row_read: Returns: what the engine needs to know of @entry */
CsJournalRow
cs_push_row_read (const CsJournalEntry *entry)
{
  CsOutcome code = get_outcome (entry);

  return (CsJournalRow){
    .state = entry->state,
    .generation = entry->generation,
    .attempts = entry->attempts,
    .next_ms = entry->state == CS_JOURNAL_HELD ? entry->hold_until_ms : entry->next_ms,
    .epoch = entry->epoch,
    .has_frozen_bytes = entry->frozen != NULL,
    .was_taken = entry->state == CS_JOURNAL_DOUBTFUL
                 && (code == CS_OUTCOME_NUMBER_TAKEN || code == CS_OUTCOME_NAME_TAKEN),
  };
}

/* --- what is pushed --- */

/* Whom the bytes are for; of a contact nobody. */
static const char *
get_contact_id (const CsPush *push)
{
  return push->planned != NULL ? push->client->remote_contact_id : "";
}

/* The client went to another contact since they were frozen. This row was surely not done, or it would be in
 * doubt: so they may be written anew, as a new generation. What Xero says to an invoice for a contact that
 * was merged into another isn't documented; as the loser is archived, it is taken to refuse it as it refuses
 * one for an archived contact (xero-accounting.md 8.5). */
static gboolean
is_outdated (const CsJournalEntry *entry, const CsPush *push)
{
  return entry->frozen != NULL && *entry->sent_contact != '\0'
         && !g_str_equal (entry->sent_contact, get_contact_id (push));
}

/* Whom the bytes that go now are for; "": not known, as an earlier program froze them. */
static const char *
get_sent_contact (const CsJournalEntry *entry, const CsPush *push)
{
  return entry->frozen != NULL && !is_outdated (entry, push) ? entry->sent_contact : get_contact_id (push);
}

static GBytes *
encode (CsSession *session, CsLedger *ledger, const CsJournalEntry *entry, const CsPush *push, GError **error)
{
  if (entry->frozen != NULL && !is_outdated (entry, push))
    return g_bytes_ref (entry->frozen);
  if (g_str_equal (entry->kind, CS_JOURNAL_KIND_CONTACT))
    return cs_ledger_encode_contact (ledger, push->client, session->settings->push_email, error);
  return cs_ledger_encode_invoice (ledger, push->planned, entry->number, push->client->remote_contact_id,
                                   error);
}

/* Brings the row to where the engine says it goes, and its words with it. */
static gboolean
apply (CsSession *session,
       const CsJournalEntry *entry,
       CsJournalState from,
       CsJournalRow *row,
       CsPushAnswer *answer,
       GError **error)
{
  g_autoptr (GError) failure = NULL;
  CsPushJob *job = NULL;
  gboolean is_done = FALSE;

  if (!cs_journal_apply (row, answer->event, cs_clock_now_ms (session->options->clock),
                         answer->failure.retry_after_ms, g_random_double (), error))
    return FALSE;

  is_done = row->state == CS_JOURNAL_DONE;
  job = cs_push_job_new (session, entry);
  job->expected = from;
  job->row = *row;
  job->code = answer->code;
  job->message = g_strdup (answer->error != NULL ? answer->error->message : NULL);
  job->correlation_id = g_strdup (answer->failure.correlation_id);
  job->adopted = answer->event == CS_EVENT_PROBE_EQUAL;
  job->contact = g_steal_pointer (&answer->contact);
  job->invoice = g_steal_pointer (&answer->invoice);
  cs_push_job_run (session, is_done ? cs_push_job_finish : cs_push_job_change, job, NULL, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  cs_session_emit_changed (session, CS_CHANGE_JOURNAL | CS_CHANGE_PROPOSALS
                                        | (is_done ? CS_CHANGE_INVOICES | CS_CHANGE_CLIENTS : 0));
  return TRUE;
}

/** cs_push_row_refuse_person: the row is not what the person saw any more. Returns: FALSE */
gboolean
cs_push_row_refuse_person (GError **error)
{
  g_set_error_literal (error, CS_STORE_ERROR, CS_STORE_ERROR_STATE,
                       _ ("It was changed meanwhile, so look at it once more."));
  return FALSE;
}

/**
 * cs_push_row_feed:
 * @session: an open session
 * @entry: a row, as just read
 * @event: what happened to it, without an answer of the ledger's
 * @error: return location
 *
 * Returns: whether the row was moved; else CS_DOMAIN_ERROR_STATE or CS_STORE_ERROR
 */
gboolean
cs_push_row_feed (CsSession *session, const CsJournalEntry *entry, CsJournalEvent event, GError **error)
{
  g_auto (CsPushAnswer) answer = { .event = event };
  CsJournalRow row = cs_push_row_read (entry);

  return apply (session, entry, entry->state, &row, &answer, error);
}

/* --- sending --- */

/* Before *sending* is committed: nothing has left, so nothing is in doubt, whatever is wrong. */
static gboolean
park_unsent (CsSession *session,
             CsRemoteLink *link,
             const CsJournalEntry *entry,
             GError *failure,
             CsJournalEvent event,
             GError **error)
{
  g_auto (CsPushAnswer) answer = { .event = event, .error = failure };
  CsJournalRow row = cs_push_row_read (entry);

  answer.code = event == CS_EVENT_REFUSED          ? CS_OUTCOME_INVALID
                : event == CS_EVENT_SIGN_IN_NEEDED ? CS_OUTCOME_SIGN_IN
                                                   : CS_OUTCOME_UNREACHABLE;
  if (cs_error_is_cancelled (failure))
    {
      g_propagate_error (error, g_steal_pointer (&answer.error));
      return FALSE;
    }
  if (event != CS_EVENT_REFUSED)
    cs_session_report (session, link, failure);
  return apply (session, entry, entry->state, &row, &answer, error);
}

static gboolean
is_about_signing_in (const GError *failure)
{
  return g_error_matches (failure, CS_REMOTE_ERROR, CS_REMOTE_ERROR_SIGN_IN_NEEDED)
         || g_error_matches (failure, CS_REMOTE_ERROR, CS_REMOTE_ERROR_VAULT_LOCKED)
         || g_error_matches (failure, CS_REMOTE_ERROR, CS_REMOTE_ERROR_VAULT_ABSENT)
         || g_error_matches (failure, CS_REMOTE_ERROR, CS_REMOTE_ERROR_VAULT_FAILED);
}

static gboolean
freeze (CsSession *session,
        const CsJournalEntry *entry,
        GBytes *bytes,
        const CsPush *push,
        CsJournalRow *row,
        GError **error)
{
  g_autoptr (GError) failure = NULL;
  CsPushJob *job = NULL;

  row->has_frozen_bytes = row->has_frozen_bytes && !is_outdated (entry, push);
  if (!cs_journal_apply (row, CS_EVENT_FROZEN, cs_clock_now_ms (session->options->clock), 0, 0, error))
    return FALSE;
  job = cs_push_job_new (session, entry);
  job->expected = entry->state;
  job->row = *row;
  job->bytes = g_bytes_ref (bytes);
  job->contact_id = g_strdup (get_sent_contact (entry, push));
  cs_push_job_run (session, cs_push_job_freeze, job, NULL, &failure);
  if (failure != NULL)
    {
      /* The store may have blocked it, for a person to see. */
      cs_session_emit_changed (session, CS_CHANGE_JOURNAL | CS_CHANGE_PROPOSALS);
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  row->epoch = session->epoch;
  cs_session_emit_changed (session, CS_CHANGE_JOURNAL);
  return TRUE;
}

/* Refused for its contact, so nothing was made: had that been merged into another while the answer was on its
 * way, nobody need be asked. */
static gboolean
read_outdated (CsSession *session,
               const CsJournalEntry *entry,
               const CsPush *push,
               CsPushAnswer *answer,
               GError **error)
{
  g_autoptr (CsPush) now = cs_push_job_run (session, cs_push_job_load, cs_push_job_new (session, entry),
                                            (GDestroyNotify)cs_push_free, error);

  if (now == NULL)
    return FALSE;
  if (*get_sent_contact (entry, push) == '\0'
      || g_str_equal (get_contact_id (now), get_sent_contact (entry, push)))
    return TRUE;
  answer->event = CS_EVENT_OUTDATED;
  answer->code = CS_OUTCOME_NONE;
  g_clear_error (&answer->error);
  return TRUE;
}

static gboolean
transmit (CsSession *session,
          CsRemoteLink *link,
          const CsJournalEntry *entry,
          GBytes *bytes,
          const CsPush *push,
          CsJournalRow *row,
          GError **error)
{
  CsLedger *ledger = cs_remote_link_get_ledger (link);
  g_autofree char *id = cs_uuid_to_string (&entry->id);
  g_autofree char *key = g_strdup_printf ("%s-%u", id, row->generation);
  g_auto (CsPushAnswer) answer = { .event = CS_EVENT_ACCEPTED };

  if (g_str_equal (entry->kind, CS_JOURNAL_KIND_CONTACT))
    answer.contact
        = cs_await_record (cs_ledger_create_contact (ledger, bytes, key, &answer.failure), &answer.error);
  else
    answer.invoice
        = cs_await_record (cs_ledger_create_invoice (ledger, bytes, key, &answer.failure), &answer.error);

  if (answer.error != NULL)
    cs_push_answer_read_error (&answer, ledger);
  cs_session_report (session, link, answer.error);
  if (answer.code == CS_OUTCOME_ARCHIVED_CONTACT && !read_outdated (session, entry, push, &answer, error))
    return FALSE;
  return apply (session, entry, CS_JOURNAL_SENDING, row, &answer, error);
}

/* A good token first and the bytes, so that between the commit of *sending* and the first byte lies nothing
 * that can wait; then freeze, then send. */
static gboolean
send_row (CsSession *session, CsRemoteLink *link, const CsJournalEntry *entry, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsPush) push = cs_push_job_run (session, cs_push_job_load, cs_push_job_new (session, entry),
                                             (GDestroyNotify)cs_push_free, error);
  CsLedger *ledger = cs_remote_link_get_ledger (link);
  g_autoptr (GBytes) bytes = NULL;
  CsJournalRow row = cs_push_row_read (entry);

  if (push == NULL)
    return FALSE;
  if ((bytes = encode (session, ledger, entry, push, &failure)) == NULL)
    return park_unsent (session, link, entry, g_steal_pointer (&failure), CS_EVENT_REFUSED, error);
  if (!cs_await (cs_ledger_prepare (ledger), &failure))
    {
      CsJournalEvent event = is_about_signing_in (failure) ? CS_EVENT_SIGN_IN_NEEDED : CS_EVENT_NOT_SENT;

      return park_unsent (session, link, entry, g_steal_pointer (&failure), event, error);
    }
  return freeze (session, entry, bytes, push, &row, error)
         && transmit (session, link, entry, bytes, push, &row, error);
}

/* --- probing --- */

/* What was found must be beyond doubt the one we meant, and linked to nothing else, or a person decides
 * (design.md section 6). */
static void
read_found (CsPushAnswer *answer, gboolean is_it, const char *words)
{
  answer->event = is_it ? CS_EVENT_PROBE_EQUAL : CS_EVENT_PROBE_DIFFERENT;
  if (is_it)
    return;
  answer->code = CS_OUTCOME_DIFFERENT;
  answer->error = g_error_new_literal (CS_REMOTE_ERROR, CS_REMOTE_ERROR_REFUSED, words);
}

static gboolean
judge_contact (CsSession *session,
               const CsJournalEntry *entry,
               const CsClient *client,
               CsPushAnswer *answer,
               GError **error)
{
  CsPushJob *job = cs_push_job_new (session, entry);
  g_autofree gboolean *is_linked = NULL;

  job->remote_id = g_strdup (answer->contact->remote_id);
  is_linked = cs_push_job_run (session, cs_push_job_is_linked, job, g_free, error);
  if (is_linked == NULL)
    return FALSE;
  read_found (answer, !*is_linked && g_str_equal (answer->contact->name, client->name),
              *is_linked ? _ ("Xero has a contact with this number that belongs to another client here.")
                         : _ ("Xero has a contact with this number under another name. If it is this client, "
                              "link the two."));
  return TRUE;
}

/* What is beside the code is for the log: the words for a person are made of both invoices. */
static gboolean
judge_invoice (CsSession *session, const CsJournalEntry *entry, CsPushAnswer *answer, GError **error)
{
  CsPushJob *job = cs_push_job_new (session, entry);
  g_autoptr (CsPushFound) found = NULL;

  job->invoice = g_steal_pointer (&answer->invoice);
  found = cs_push_job_run (session, cs_push_job_judge_found, job, (GDestroyNotify)cs_push_found_free, error);
  if (found == NULL)
    return FALSE;
  answer->invoice = g_steal_pointer (&found->invoice);
  read_found (answer, found->kind == CS_FOUND_EQUAL,
              found->kind == CS_FOUND_ANOTHERS
                  ? _ ("The ledger has another invoice of this number. Use the next number.")
                  : _ ("The ledger has an invoice of this number that differs from what was planned."));
  return TRUE;
}

/* The row's own reason and words stay. */
static void
keep_words (const CsJournalEntry *entry, CsPushAnswer *answer)
{
  answer->code = get_outcome (entry);
  g_clear_error (&answer->error);
  answer->error = g_error_new_literal (CS_REMOTE_ERROR, CS_REMOTE_ERROR_REFUSED, entry->outcome_message);
}

static gboolean
judge (CsSession *session,
       const CsJournalEntry *entry,
       const CsPush *push,
       CsPushAnswer *answer,
       GError **error)
{
  if (answer->contact != NULL)
    return judge_contact (session, entry, push->client, answer, error);
  if (answer->invoice != NULL)
    return judge_invoice (session, entry, answer, error);

  /* Nothing there. After a refusal of the number or name the refusal's own words stay. */
  answer->event = CS_EVENT_PROBE_ABSENT;
  if (cs_push_row_read (entry).was_taken)
    keep_words (entry, answer);
  return TRUE;
}

/* By our own number, never by the reference. */
static gboolean
probe_row (CsSession *session, CsRemoteLink *link, const CsJournalEntry *entry, GError **error)
{
  g_autoptr (CsPush) push = cs_push_job_run (session, cs_push_job_load, cs_push_job_new (session, entry),
                                             (GDestroyNotify)cs_push_free, error);
  CsLedger *ledger = cs_remote_link_get_ledger (link);
  g_auto (CsPushAnswer) answer = { .event = CS_EVENT_PROBE_FAILED };
  CsJournalRow row = cs_push_row_read (entry);

  if (push == NULL)
    return FALSE;
  if (g_str_equal (entry->kind, CS_JOURNAL_KIND_CONTACT))
    answer.contact = cs_await_record (cs_ledger_find_contact (ledger, entry->number), &answer.error);
  else
    answer.invoice = cs_await_record (cs_ledger_find_invoice (ledger, entry->number), &answer.error);

  cs_session_report (session, link, answer.error);
  if (answer.error != NULL)
    {
      /* Why this look failed is the connection's affair. */
      answer.event = CS_EVENT_PROBE_FAILED;
      keep_words (entry, &answer);
    }
  else if (!judge (session, entry, push, &answer, error))
    return FALSE;
  return apply (session, entry, CS_JOURNAL_DOUBTFUL, &row, &answer, error);
}

/* --- one step --- */

static gboolean
can_call (CsSession *session, CsPushRound *round)
{
  gint64 now_ms = cs_clock_now_ms (session->options->clock);
  gint64 permit_ms = 0;

  if (!round->may_send || session->link == NULL || session->link_state == CS_LINK_SIGN_IN_NEEDED
      || session->link_state == CS_LINK_VAULT_LOCKED)
    return FALSE;
  permit_ms = cs_remote_link_get_push_permit_ms (session->link);
  if (permit_ms <= now_ms + PERMIT_WAIT_MS)
    return TRUE;
  round->wake_ms = MIN (round->wake_ms, permit_ms);
  round->parked_until_ms = MAX (round->parked_until_ms, permit_ms);
  return FALSE;
}

/* Only what was never sent waits for the schedule's round [K-5]: a round that met trouble is gone through
 * with. Ready after now: the clock was put back. */
static gboolean
waits_for_round (CsSession *session, const CsJournalEntry *entry)
{
  gint64 ready_ms = MAX (entry->created_ms, entry->hold_until_ms);
  gint64 now_ms = cs_clock_now_ms (session->options->clock);

  return entry->state == CS_JOURNAL_QUEUED && entry->generation == 0 && !entry->push_asked
         && ready_ms <= now_ms && !cs_schedule_lets_go (session->schedule, ready_ms, now_ms);
}

/**
 * cs_push_row_get_due_ms:
 * @session: an open session
 * @entry: a row that is not at rest, as just read
 *
 * Returns: when it may want to call the ledger, UTC milliseconds, which may be over; G_MAXINT64: not before a
 * person says so
 */
gint64
cs_push_row_get_due_ms (CsSession *session, const CsJournalEntry *entry)
{
  if (entry->state == CS_JOURNAL_BLOCKED)
    return G_MAXINT64;
  return waits_for_round (session, entry) ? cs_session_get_next_push_ms (session)
                                          : cs_push_row_read (entry).next_ms;
}

/**
 * cs_push_row_step:
 * @session: an open session
 * @entry: a row that is not at rest, as just read
 * @round: what this look through the journal has found so far
 * @error: return location
 *
 * Returns: whether the row is as it should be now; else CS_STORE_ERROR, CS_DOMAIN_ERROR_STATE or "cancelled".
 * What the ledger refused is no error here: the row tells it.
 */
gboolean
cs_push_row_step (CsSession *session, const CsJournalEntry *entry, CsPushRound *round, GError **error)
{
  CsJournalRow row = cs_push_row_read (entry);
  CsJournalStep step = cs_journal_next_step (&row, entry->dependencies_done, session->epoch,
                                             cs_clock_now_ms (session->options->clock));
  g_autoptr (CsRemoteLink) link = NULL;

  /* Rows go one at a time: whatever is *sending* when we look was left so by an answer that could not be
   * stored. */
  if (entry->state == CS_JOURNAL_SENDING)
    {
      round->is_moved = TRUE;
      return cs_push_row_feed (session, entry, CS_EVENT_RESTARTED, error);
    }
  if (step == CS_STEP_WAIT)
    round->wake_ms = MIN (round->wake_ms, row.next_ms);
  if (step == CS_STEP_RELEASE)
    {
      round->is_moved = TRUE;
      return cs_push_row_feed (session, entry, CS_EVENT_HOLD_ENDED, error);
    }
  if ((step != CS_STEP_FREEZE && step != CS_STEP_PROBE) || !entry->dependencies_done
      || waits_for_round (session, entry) || !can_call (session, round))
    return TRUE;

  round->is_moved = TRUE;
  if (step == CS_STEP_FREEZE && entry->probe_first)
    return cs_push_row_feed (session, entry, CS_EVENT_RESTORED, error);
  link = cs_remote_link_ref (session->link); /* it may be dropped while we wait */
  cs_session_set_activity (session, CS_ACTIVITY_PUSHING);
  cs_request_log_set_operation (session->requests, &entry->id);
  return step == CS_STEP_FREEZE ? send_row (session, link, entry, error)
                                : probe_row (session, link, entry, error);
}
