/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-push-row.h"

#include "cs-push-answer.h"
#include "cs-schedule-engine.h"
#include "cs-session-schedule.h"
#include "cs-store-clients.h"

/* Longer waits for a permit are slept in the loop, where a hold can end meanwhile, not in the row. */
#define PERMIT_WAIT_MS G_GINT64_CONSTANT (1000)

/* One job for the writer thread. */
typedef struct
{
  CsUuid id;
  CsUuid connection_id;
  CsJournalRow row;
  CsJournalState expected;
  GBytes *bytes;
  CsPracticeLock *lock; /* unowned */
  gint64 epoch;
  gboolean is_contact;
  gboolean adopted;
  CsOutcome code;
  char *message;
  char *correlation_id;
  char *remote_id;
  CsLedgerContact *contact;
  CsLedgerInvoice *invoice;
} RowJob;

static void
row_job_free (RowJob *job)
{
  g_clear_pointer (&job->bytes, g_bytes_unref);
  g_clear_pointer (&job->contact, cs_ledger_contact_free);
  g_clear_pointer (&job->invoice, cs_ledger_invoice_free);
  g_free (job->message);
  g_free (job->correlation_id);
  g_free (job->remote_id);
  g_free (job);
}

static RowJob *
row_job_new (CsSession *session, const CsJournalEntry *entry)
{
  RowJob *job = g_new0 (RowJob, 1);

  job->id = entry->id;
  job->connection_id = entry->connection_id;
  job->is_contact = g_str_equal (entry->kind, CS_JOURNAL_KIND_CONTACT);
  job->lock = session->lock;
  job->epoch = session->epoch;
  return job;
}

static gpointer
run_row_job (CsSession *session, CsDatabaseFunc func, RowJob *job, GDestroyNotify free_result, GError **error)
{
  return cs_await_record (cs_session_write (session, func, job, (GDestroyNotify)row_job_free, free_result),
                          error);
}

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

typedef struct
{
  CsPlannedInvoice *planned;
  CsClient *client;
} Push;

static void
push_free (Push *push)
{
  g_clear_pointer (&push->planned, cs_planned_invoice_free);
  g_clear_pointer (&push->client, cs_client_free);
  g_free (push);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Push, push_free)

static gpointer
load_push_job (CsStore *store, gpointer data, GError **error)
{
  RowJob *job = data;
  g_autoptr (Push) push = g_new0 (Push, 1);

  if (job->is_contact)
    {
      g_autoptr (CsJournalEntry) entry = cs_store_get_journal (store, &job->id, error);

      if (entry == NULL)
        return NULL;
      push->client = cs_store_get_client (store, &entry->subject_id, error);
      return push->client != NULL ? g_steal_pointer (&push) : NULL;
    }
  if (!cs_store_load_invoice_push (store, &job->id, &push->planned, &push->client, error))
    return NULL;
  return g_steal_pointer (&push);
}

static GBytes *
encode (CsSession *session, CsLedger *ledger, const CsJournalEntry *entry, const Push *push, GError **error)
{
  if (entry->frozen != NULL)
    return g_bytes_ref (entry->frozen);
  if (g_str_equal (entry->kind, CS_JOURNAL_KIND_CONTACT))
    return cs_ledger_encode_contact (ledger, push->client, session->settings->push_email, error);
  return cs_ledger_encode_invoice (ledger, push->planned, entry->number, push->client->remote_contact_id,
                                   error);
}

/* --- what the store is told --- */

static gpointer
change_job (CsStore *store, gpointer data, GError **error)
{
  RowJob *job = data;
  CsJournalChange change = {
    .expected = job->expected,
    .state = job->row.state,
    .generation = job->row.generation,
    .attempts = job->row.attempts,
    .next_ms = job->row.next_ms,
    .keep_frozen = job->row.has_frozen_bytes,
    .outcome_code = cs_outcome_to_string (job->code),
    .outcome_message = job->message,
    .correlation_id = job->correlation_id,
  };

  cs_store_change_journal (store, &job->id, &change, error);
  return NULL;
}

/* The epoch is checked on the thread that commits, just before: a holder that woke under an old one stops
 * here. */
static gpointer
freeze_job (CsStore *store, gpointer data, GError **error)
{
  RowJob *job = data;

  if (cs_practice_lock_check (job->lock, error))
    cs_store_freeze_journal (store, &job->id, job->expected, job->row.generation, job->bytes, job->epoch,
                             error);
  return NULL;
}

static gpointer
finish_job (CsStore *store, gpointer data, GError **error)
{
  RowJob *job = data;

  if (job->is_contact)
    cs_store_finish_contact (store, &job->id, job->contact, job->adopted, job->correlation_id, error);
  else
    cs_store_finish_invoice (store, &job->id, job->invoice, job->adopted, job->correlation_id, error);
  return NULL;
}

static gpointer
is_linked_job (CsStore *store, gpointer data, GError **error)
{
  RowJob *job = data;
  gboolean is_linked = FALSE;

  if (!cs_store_is_remote_linked (store, &job->connection_id, job->remote_id, &is_linked, error))
    return NULL;
  return g_memdup2 (&is_linked, sizeof is_linked);
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
  RowJob *job = NULL;
  gboolean is_done = FALSE;

  if (!cs_journal_apply (row, answer->event, cs_clock_now_ms (session->options->clock),
                         answer->failure.retry_after_ms, g_random_double (), error))
    return FALSE;

  is_done = row->state == CS_JOURNAL_DONE;
  job = row_job_new (session, entry);
  job->expected = from;
  job->row = *row;
  job->code = answer->code;
  job->message = g_strdup (answer->error != NULL ? answer->error->message : NULL);
  job->correlation_id = g_strdup (answer->failure.correlation_id);
  job->adopted = answer->event == CS_EVENT_PROBE_EQUAL;
  job->contact = g_steal_pointer (&answer->contact);
  job->invoice = g_steal_pointer (&answer->invoice);
  run_row_job (session, is_done ? finish_job : change_job, job, NULL, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  cs_session_emit_changed (session, CS_CHANGE_JOURNAL | CS_CHANGE_PROPOSALS
                                        | (is_done ? CS_CHANGE_INVOICES | CS_CHANGE_CLIENTS : 0));
  return TRUE;
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
    cs_session_report (session, failure);
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
freeze (CsSession *session, const CsJournalEntry *entry, GBytes *bytes, CsJournalRow *row, GError **error)
{
  g_autoptr (GError) failure = NULL;
  RowJob *job = NULL;

  if (!cs_journal_apply (row, CS_EVENT_FROZEN, cs_clock_now_ms (session->options->clock), 0, 0, error))
    return FALSE;
  job = row_job_new (session, entry);
  job->expected = entry->state;
  job->row = *row;
  job->bytes = g_bytes_ref (bytes);
  run_row_job (session, freeze_job, job, NULL, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  row->epoch = session->epoch;
  cs_session_emit_changed (session, CS_CHANGE_JOURNAL);
  return TRUE;
}

static gboolean
transmit (CsSession *session,
          CsLedger *ledger,
          const CsJournalEntry *entry,
          GBytes *bytes,
          CsJournalRow *row,
          GError **error)
{
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
  cs_session_report (session, answer.error);
  return apply (session, entry, CS_JOURNAL_SENDING, row, &answer, error);
}

/* A good token first and the bytes, so that between the commit of *sending* and the first byte lies nothing
 * that can wait; then freeze, then send. */
static gboolean
send_row (CsSession *session, CsRemoteLink *link, const CsJournalEntry *entry, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (Push) push
      = run_row_job (session, load_push_job, row_job_new (session, entry), (GDestroyNotify)push_free, error);
  CsLedger *ledger = cs_remote_link_get_ledger (link);
  g_autoptr (GBytes) bytes = NULL;
  CsJournalRow row = cs_push_row_read (entry);

  if (push == NULL)
    return FALSE;
  if ((bytes = encode (session, ledger, entry, push, &failure)) == NULL)
    return park_unsent (session, entry, g_steal_pointer (&failure), CS_EVENT_REFUSED, error);
  if (!cs_await (cs_ledger_prepare (ledger), &failure))
    {
      CsJournalEvent event = is_about_signing_in (failure) ? CS_EVENT_SIGN_IN_NEEDED : CS_EVENT_NOT_SENT;

      return park_unsent (session, entry, g_steal_pointer (&failure), event, error);
    }
  return freeze (session, entry, bytes, &row, error) && transmit (session, ledger, entry, bytes, &row, error);
}

/* --- probing --- */

/* What was found must be beyond doubt the one we meant, or a person decides (design.md section 6). */
static gboolean
invoice_equals_plan (const CsLedgerInvoice *found, const CsPlannedInvoice *planned, const CsClient *client)
{
  return found->is_sales && found->status != CS_LEDGER_VOIDED && found->status != CS_LEDGER_DELETED
         && g_ascii_strcasecmp (found->contact_id, client->remote_contact_id) == 0
         && cs_date_compare (found->date, planned->date) == 0
         && cs_money_equal (found->total, planned->totals.total);
}

/* Whether what was found may be adopted: only what is beyond doubt ours and linked to nothing else. */
static gboolean
judge_found (CsSession *session,
             const CsJournalEntry *entry,
             const char *remote_id,
             gboolean equals,
             CsPushAnswer *answer,
             GError **error)
{
  RowJob *job = row_job_new (session, entry);
  g_autofree gboolean *is_linked = NULL;

  job->remote_id = g_strdup (remote_id);
  is_linked = run_row_job (session, is_linked_job, job, g_free, error);
  if (is_linked == NULL)
    return FALSE;
  if (equals && !*is_linked)
    {
      answer->event = CS_EVENT_PROBE_EQUAL;
      return TRUE;
    }
  answer->event = CS_EVENT_PROBE_DIFFERENT;
  answer->code = CS_OUTCOME_DIFFERENT;
  answer->error = g_error_new_literal (CS_REMOTE_ERROR, CS_REMOTE_ERROR_REFUSED,
                                       *is_linked ? _ ("Xero holds a record with this number that belongs to "
                                                       "something else here. Use the next number.")
                                                  : _ ("Xero holds a record with this number that differs "
                                                       "from ours. Look at it in Xero; if it is not "
                                                       "this one, use the next number."));
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
       const Push *push,
       CsPushAnswer *answer,
       GError **error)
{
  if (answer->contact != NULL)
    return judge_found (session, entry, answer->contact->remote_id,
                        g_str_equal (answer->contact->name, push->client->name), answer, error);
  if (answer->invoice != NULL)
    return judge_found (session, entry, answer->invoice->remote_id,
                        invoice_equals_plan (answer->invoice, push->planned, push->client), answer, error);

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
  g_autoptr (Push) push
      = run_row_job (session, load_push_job, row_job_new (session, entry), (GDestroyNotify)push_free, error);
  CsLedger *ledger = cs_remote_link_get_ledger (link);
  g_auto (CsPushAnswer) answer = { .event = CS_EVENT_PROBE_FAILED };
  CsJournalRow row = cs_push_row_read (entry);

  if (push == NULL)
    return FALSE;
  if (g_str_equal (entry->kind, CS_JOURNAL_KIND_CONTACT))
    answer.contact = cs_await_record (cs_ledger_find_contact (ledger, entry->number), &answer.error);
  else
    answer.invoice = cs_await_record (cs_ledger_find_invoice (ledger, entry->number), &answer.error);

  cs_session_report (session, answer.error);
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

  return entry->state == CS_JOURNAL_QUEUED && entry->generation == 0 && !entry->push_asked
         && ready_ms <= cs_clock_now_ms (session->options->clock)
         && !cs_schedule_lets_go (session->schedule, ready_ms);
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
