/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-session-private.h"

#include "cs-journal-engine.h"
#include "cs-store-clients.h"
#include "cs-store-journal.h"
#include "cs-store-proposals.h"

/* The loop looks again after this long at the latest: the day may have turned, the machine may have slept. */
#define LOOK_AGAIN_MS G_GINT64_CONSTANT (60000)
/* How often in a row the journal is read again at once because it changed under us. */
#define STALE_MAX 3u

/* What a send or a probe taught us, before the engine says what follows from it. */
typedef struct
{
  CsJournalEvent event;
  CsRemoteFailure failure;
  GError *error;            /* (nullable): its words are kept with the row */
  const char *code;         /* ours: "refused", "unreachable" … */
  CsLedgerContact *contact; /* what was made or found */
  CsLedgerInvoice *invoice;
} Outcome;

static void
outcome_clear (Outcome *outcome)
{
  cs_remote_failure_clear (&outcome->failure);
  g_clear_error (&outcome->error);
  g_clear_pointer (&outcome->contact, cs_ledger_contact_free);
  g_clear_pointer (&outcome->invoice, cs_ledger_invoice_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

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
  CsDate today;
  gboolean push_email;
  gboolean is_contact;
  gboolean adopted;
  char *code;
  char *message;
  char *correlation_id;
  CsLedgerContact *contact;
  CsLedgerInvoice *invoice;
} Job;

static void
job_free (Job *job)
{
  g_clear_pointer (&job->bytes, g_bytes_unref);
  g_clear_pointer (&job->contact, cs_ledger_contact_free);
  g_clear_pointer (&job->invoice, cs_ledger_invoice_free);
  g_free (job->code);
  g_free (job->message);
  g_free (job->correlation_id);
  g_free (job);
}

static Job *
job_new (CsSession *session, const CsJournalEntry *entry)
{
  Job *job = g_new0 (Job, 1);

  job->id = entry->id;
  job->connection_id = entry->connection_id;
  job->is_contact = g_str_equal (entry->kind, CS_JOURNAL_KIND_CONTACT);
  job->lock = session->lock;
  job->epoch = session->epoch;
  job->push_email = session->settings->push_email;
  return job;
}

static gpointer
run_job (CsSession *session, CsDatabaseFunc func, Job *job, GDestroyNotify free_result, GError **error)
{
  return cs_await_record (cs_session_write (session, func, job, (GDestroyNotify)job_free, free_result),
                          error);
}

static CsJournalRow
row_from_entry (const CsJournalEntry *entry)
{
  return (CsJournalRow){
    .state = entry->state,
    .generation = entry->generation,
    .attempts = entry->attempts,
    .next_ms = entry->state == CS_JOURNAL_HELD ? entry->hold_until_ms : entry->next_ms,
    .epoch = entry->epoch,
    .has_frozen_bytes = entry->frozen != NULL,
  };
}

/* What was found must be beyond doubt the one we meant, or a person decides (design.md section 6). */
static gboolean
invoice_equals_plan (const CsLedgerInvoice *found, const CsPlannedInvoice *planned, const CsClient *client)
{
  return found->is_sales && found->status != CS_LEDGER_VOIDED && found->status != CS_LEDGER_DELETED
         && g_ascii_strcasecmp (found->contact_id, client->remote_contact_id) == 0
         && cs_date_compare (found->date, planned->date) == 0
         && cs_money_equal (found->total, planned->totals.total);
}

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
  Job *job = data;
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

static gpointer
is_linked_job (CsStore *store, gpointer data, GError **error)
{
  Job *job = data;
  gboolean is_linked = FALSE;

  if (!cs_store_is_remote_linked (store, &job->connection_id, job->message, &is_linked, error))
    return NULL;
  return g_memdup2 (&is_linked, sizeof is_linked);
}

static gpointer
change_job (CsStore *store, gpointer data, GError **error)
{
  Job *job = data;
  CsJournalChange change = {
    .expected = job->expected,
    .state = job->row.state,
    .generation = job->row.generation,
    .attempts = job->row.attempts,
    .next_ms = job->row.next_ms,
    .keep_frozen = job->row.has_frozen_bytes,
    .outcome_code = job->code,
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
  Job *job = data;

  if (cs_practice_lock_check (job->lock, error))
    cs_store_freeze_journal (store, &job->id, job->expected, job->row.generation, job->bytes, job->epoch,
                             error);
  return NULL;
}

static gpointer
finish_job (CsStore *store, gpointer data, GError **error)
{
  Job *job = data;

  if (job->is_contact)
    cs_store_finish_contact (store, &job->id, job->contact, job->adopted, job->correlation_id, error);
  else
    cs_store_finish_invoice (store, &job->id, job->invoice, job->adopted, job->correlation_id, error);
  return NULL;
}

/* Brings the row to where the engine says it goes, and its words with it. */
static gboolean
apply (CsSession *session,
       const CsJournalEntry *entry,
       CsJournalState from,
       CsJournalRow *row,
       Outcome *outcome,
       GError **error)
{
  Job *job = NULL;
  g_autoptr (GError) local = NULL;

  if (!cs_journal_apply (row, outcome->event, cs_clock_now_ms (session->options->clock),
                         outcome->failure.retry_after_ms, g_random_double (), error))
    return FALSE;

  job = job_new (session, entry);
  job->expected = from;
  job->row = *row;
  job->code = g_strdup (outcome->code);
  job->message = g_strdup (outcome->error != NULL ? outcome->error->message : NULL);
  job->correlation_id = g_strdup (outcome->failure.correlation_id);
  if (row->state == CS_JOURNAL_DONE)
    {
      job->adopted = outcome->event == CS_EVENT_PROBE_EQUAL;
      job->contact = g_steal_pointer (&outcome->contact);
      job->invoice = g_steal_pointer (&outcome->invoice);
      run_job (session, finish_job, job, NULL, &local);
    }
  else
    run_job (session, change_job, job, NULL, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  cs_session_emit_changed (
      session, CS_CHANGE_JOURNAL | CS_CHANGE_PROPOSALS
                   | (row->state == CS_JOURNAL_DONE ? CS_CHANGE_INVOICES | CS_CHANGE_CLIENTS : 0));
  return TRUE;
}

/* The one table from what the pipeline says to what the journal hears. Whatever is not surely "no" is doubt.
 */
static void
outcome_from_error (Outcome *outcome, gboolean is_probe)
{
  CsJournalEvent not_sent = is_probe ? CS_EVENT_PROBE_FAILED : CS_EVENT_NOT_SENT;

  outcome->event = is_probe ? CS_EVENT_PROBE_FAILED : CS_EVENT_UNKNOWN;
  outcome->code = "unknown";
  if (outcome->error->domain != CS_REMOTE_ERROR)
    return;

  switch ((CsRemoteError)outcome->error->code)
    {
    case CS_REMOTE_ERROR_UNREACHABLE:
    case CS_REMOTE_ERROR_UNTRUSTED:
      outcome->event = not_sent;
      outcome->code = "unreachable";
      break;
    case CS_REMOTE_ERROR_TRY_LATER:
      outcome->event = not_sent;
      outcome->code = "busy";
      break;
    case CS_REMOTE_ERROR_REFUSED:
    case CS_REMOTE_ERROR_NOT_FOUND:
    case CS_REMOTE_ERROR_FORBIDDEN:
      outcome->event = is_probe ? CS_EVENT_PROBE_FAILED : CS_EVENT_REFUSED;
      outcome->code = "refused";
      break;
    case CS_REMOTE_ERROR_SIGN_IN_NEEDED:
    case CS_REMOTE_ERROR_VAULT_LOCKED:
    case CS_REMOTE_ERROR_VAULT_ABSENT:
      outcome->event = is_probe ? CS_EVENT_PROBE_FAILED : CS_EVENT_SIGN_IN_NEEDED;
      outcome->code = "sign-in";
      break;
    case CS_REMOTE_ERROR_UNKNOWN_OUTCOME:
    case CS_REMOTE_ERROR_BAD_REPLY:
    case CS_REMOTE_ERROR_TOO_LARGE:
    case CS_REMOTE_ERROR_DECLINED:
    case CS_REMOTE_ERROR_TIMED_OUT:
    case CS_REMOTE_ERROR_PORT_TAKEN:
    case CS_REMOTE_ERROR_BAD_CLIENT:
    default:
      break;
    }
}

static GBytes *
encode (CsSession *session,
        const CsJournalEntry *entry,
        const Push *push,
        gboolean is_contact,
        GError **error)
{
  if (entry->frozen != NULL)
    return g_bytes_ref (entry->frozen);
  if (is_contact)
    return cs_xero_encode_contact (push->client, session->settings->push_email, error);
  return cs_xero_encode_invoice (push->planned, entry->number, push->client->remote_contact_id, error);
}

/* Freezes, commits *sending* under our epoch, and only then sends. */
static gboolean
send_row (CsSession *session, CsXero *xero, const CsJournalEntry *entry, GError **error)
{
  g_autoptr (Push) push
      = run_job (session, load_push_job, job_new (session, entry), (GDestroyNotify)push_free, error);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *id = cs_uuid_to_string (&entry->id);
  g_autofree char *key = NULL;
  g_auto (Outcome) outcome = { 0 };
  CsJournalRow row = row_from_entry (entry);
  gboolean is_contact = g_str_equal (entry->kind, CS_JOURNAL_KIND_CONTACT);
  Job *job = NULL;

  if (push == NULL || (bytes = encode (session, entry, push, is_contact, error)) == NULL
      || !cs_journal_apply (&row, CS_EVENT_FROZEN, cs_clock_now_ms (session->options->clock), 0, 0, error))
    return FALSE;
  job = job_new (session, entry);
  job->expected = entry->state;
  job->row = row;
  job->bytes = g_bytes_ref (bytes);
  run_job (session, freeze_job, job, NULL, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  row.epoch = session->epoch;
  cs_session_emit_changed (session, CS_CHANGE_JOURNAL);

  key = g_strdup_printf ("%s-%u", id, row.generation);
  if (is_contact)
    outcome.contact
        = cs_await_record (cs_xero_create_contact (xero, bytes, key, &outcome.failure), &outcome.error);
  else
    outcome.invoice
        = cs_await_record (cs_xero_create_invoice (xero, bytes, key, &outcome.failure), &outcome.error);

  if (outcome.error == NULL)
    outcome.event = CS_EVENT_ACCEPTED;
  else
    outcome_from_error (&outcome, FALSE);
  cs_session_report (session, outcome.error);
  return apply (session, entry, CS_JOURNAL_SENDING, &row, &outcome, error);
}

static gboolean
is_linked (CsSession *session,
           const CsJournalEntry *entry,
           const char *remote_id,
           gboolean *linked,
           GError **error)
{
  Job *job = job_new (session, entry);
  g_autofree gboolean *answer = NULL;

  job->message = g_strdup (remote_id);
  answer = run_job (session, is_linked_job, job, g_free, error);
  if (answer == NULL)
    return FALSE;
  *linked = *answer;
  return TRUE;
}

/* Whether what was found may be adopted: only what is beyond doubt ours and linked to nothing else. */
static gboolean
judge_found (CsSession *session,
             const CsJournalEntry *entry,
             const char *remote_id,
             gboolean equals,
             Outcome *outcome,
             GError **error)
{
  gboolean linked = FALSE;

  if (!is_linked (session, entry, remote_id, &linked, error))
    return FALSE;
  if (equals && !linked)
    {
      outcome->event = CS_EVENT_PROBE_EQUAL;
      return TRUE;
    }
  outcome->event = CS_EVENT_PROBE_DIFFERENT;
  outcome->code = "different";
  outcome->error = g_error_new_literal (
      CS_REMOTE_ERROR, CS_REMOTE_ERROR_REFUSED,
      linked ? _ ("Xero holds a record with this number that belongs to something else here.")
             : _ ("Xero holds a record with this number that differs from ours."));
  return TRUE;
}

/* By our own number, never by the reference. */
static gboolean
probe_row (CsSession *session, CsXero *xero, const CsJournalEntry *entry, GError **error)
{
  g_autoptr (Push) push
      = run_job (session, load_push_job, job_new (session, entry), (GDestroyNotify)push_free, error);
  g_auto (Outcome) outcome = { .event = CS_EVENT_PROBE_ABSENT };
  CsJournalRow row = row_from_entry (entry);

  if (push == NULL)
    return FALSE;
  if (g_str_equal (entry->kind, CS_JOURNAL_KIND_CONTACT))
    outcome.contact = cs_await_record (cs_xero_find_contact (xero, entry->number), &outcome.error);
  else
    outcome.invoice = cs_await_record (cs_xero_find_invoice (xero, entry->number), &outcome.error);

  if (outcome.error != NULL)
    outcome_from_error (&outcome, TRUE);
  else if (outcome.contact != NULL
           && !judge_found (session, entry, outcome.contact->remote_id,
                            g_str_equal (outcome.contact->name, push->client->name), &outcome, error))
    return FALSE;
  else if (outcome.invoice != NULL
           && !judge_found (session, entry, outcome.invoice->remote_id,
                            invoice_equals_plan (outcome.invoice, push->planned, push->client), &outcome,
                            error))
    return FALSE;
  cs_session_report (session, outcome.event == CS_EVENT_PROBE_FAILED ? outcome.error : NULL);
  return apply (session, entry, CS_JOURNAL_DOUBTFUL, &row, &outcome, error);
}

static gboolean
feed (CsSession *session, const CsJournalEntry *entry, CsJournalEvent event, GError **error)
{
  g_auto (Outcome) outcome = { .event = event };
  CsJournalRow row = row_from_entry (entry);

  return apply (session, entry, entry->state, &row, &outcome, error);
}

/* One step of one row. *did_something: the row moved, so that the journal should be read again. */
static gboolean
step_row (CsSession *session,
          const CsJournalEntry *entry,
          gint64 *wake_ms,
          gboolean *did_something,
          GError **error)
{
  CsJournalRow row = row_from_entry (entry);
  gboolean is_connected = session->link != NULL && session->link_state != CS_LINK_SIGN_IN_NEEDED;
  CsXero *xero = is_connected ? cs_remote_link_get_xero (session->link) : NULL;
  CsJournalStep step = cs_journal_next_step (&row, entry->dependencies_done, session->epoch,
                                             cs_clock_now_ms (session->options->clock));

  if (step == CS_STEP_FREEZE && entry->probe_first)
    step = CS_STEP_PROBE;
  switch (step)
    {
    case CS_STEP_RELEASE:
      *did_something = TRUE;
      return feed (session, entry, CS_EVENT_HOLD_ENDED, error);
    case CS_STEP_WAIT:
      *wake_ms = MIN (*wake_ms, row.next_ms);
      return TRUE;
    case CS_STEP_FREEZE:
    case CS_STEP_PROBE:
      if (xero == NULL || !entry->dependencies_done)
        return TRUE;
      *did_something = TRUE;
      if (step == CS_STEP_PROBE && entry->state != CS_JOURNAL_DOUBTFUL)
        return feed (session, entry, CS_EVENT_RESTORED, error);
      {
        g_autoptr (CsXero) held = cs_xero_ref (xero); /* the link may be dropped while we wait */

        cs_session_set_activity (session, CS_ACTIVITY_PUSHING);
        return step == CS_STEP_FREEZE ? send_row (session, held, entry, error)
                                      : probe_row (session, held, entry, error);
      }
    case CS_STEP_NOTHING:
    default:
      return TRUE;
    }
}

static gpointer
list_unfinished_job (CsStore *store, gpointer data, GError **error)
{
  return cs_store_list_unfinished (store, NULL, error);
}

static gpointer
release_due_job (CsStore *store, gpointer data, GError **error)
{
  Job *job = data;
  guint n_released = 0;

  if (!cs_store_release_due (store, job->today, &n_released, error))
    return NULL;
  return g_memdup2 (&n_released, sizeof n_released);
}

static gboolean
release_due (CsSession *session, GError **error)
{
  Job *job = g_new0 (Job, 1);
  g_autofree guint *n_released = NULL;

  job->today = cs_session_get_today (session);
  n_released = run_job (session, release_due_job, job, g_free, error);
  if (n_released == NULL)
    return FALSE;
  if (*n_released > 0)
    cs_session_emit_changed (session, CS_CHANGE_JOURNAL | CS_CHANGE_PROPOSALS);
  return TRUE;
}

/* Once through the journal, oldest first. */
static gboolean
look_once (CsSession *session, gint64 *wake_ms, gboolean *did_something, GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;

  if (!release_due (session, error))
    return FALSE;
  entries = cs_await_record (
      cs_session_write (session, list_unfinished_job, NULL, NULL, (GDestroyNotify)g_ptr_array_unref), error);
  if (entries == NULL)
    return FALSE;
  for (guint i = 0; i < entries->len && !session->is_closing; i++)
    {
      gboolean moved = FALSE;

      if (!step_row (session, g_ptr_array_index (entries, i), wake_ms, &moved, error))
        return FALSE;
      *did_something = *did_something || moved;
    }
  return TRUE;
}

static DexFuture *
pusher_fiber (gpointer data)
{
  CsSession *session = data;
  guint n_stale = 0;

  while (!session->is_closing)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) woken = NULL;
      gint64 now_ms = cs_clock_now_ms (session->options->clock);
      gint64 wake_ms = now_ms + LOOK_AGAIN_MS;
      gboolean did_something = FALSE;

      /* A fresh one before looking, so that what changes while we look wakes us again. */
      dex_clear (&session->wake);
      session->wake = dex_promise_new ();
      if (!look_once (session, &wake_ms, &did_something, &error))
        {
          if (cs_error_is_cancelled (error))
            return cs_future_new_take_error (g_steal_pointer (&error));
          cs_session_report (session, error);
          /* A person may have changed the row while we looked: read it again. Anything else waits its turn.
           */
          did_something
              = g_error_matches (error, CS_STORE_ERROR, CS_STORE_ERROR_STATE) && ++n_stale < STALE_MAX;
        }
      else
        n_stale = 0;
      if (session->activity == CS_ACTIVITY_PUSHING)
        cs_session_set_activity (session, CS_ACTIVITY_IDLE);
      if (did_something || session->is_closing)
        continue;
      now_ms = cs_clock_now_ms (session->options->clock);
      if (!cs_await (dex_future_first (dex_ref (session->wake),
                                       dex_timeout_new_msec ((int)CLAMP (wake_ms - now_ms, 1, LOOK_AGAIN_MS)),
                                       NULL),
                     &woken)
          && cs_error_is_cancelled (woken))
        return cs_future_new_take_error (g_steal_pointer (&woken));
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
