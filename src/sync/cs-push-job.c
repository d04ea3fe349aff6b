/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-push-job.h"

#include "cs-store-clients.h"

/* The part of a step that is done on the writer thread. */

static void
job_free (CsPushJob *job)
{
  g_clear_pointer (&job->bytes, g_bytes_unref);
  g_clear_pointer (&job->contact, cs_ledger_contact_free);
  g_clear_pointer (&job->invoice, cs_ledger_invoice_free);
  g_free (job->message);
  g_free (job->correlation_id);
  g_free (job->remote_id);
  g_free (job->contact_id);
  g_free (job);
}

/** cs_push_job_new: Returns: (transfer full): about @entry, with nothing to do yet */
CsPushJob *
cs_push_job_new (CsSession *session, const CsJournalEntry *entry)
{
  CsPushJob *job = g_new0 (CsPushJob, 1);

  job->id = entry->id;
  job->connection_id = entry->connection_id;
  job->is_contact = g_str_equal (entry->kind, CS_JOURNAL_KIND_CONTACT);
  job->lock = session->lock;
  job->epoch = session->epoch;
  return job;
}

/** cs_push_job_run: has the writer thread do @func with @job, which is given away; in a fiber. Returns:
 * (transfer full) (nullable): its answer */
gpointer
cs_push_job_run (CsSession *session,
                 CsDatabaseFunc func,
                 CsPushJob *job,
                 GDestroyNotify free_result,
                 GError **error)
{
  return cs_await_record (cs_session_write (session, func, job, (GDestroyNotify)job_free, free_result),
                          error);
}

/** cs_push_found_free: frees the record. */
void
cs_push_found_free (CsPushFound *found)
{
  if (found == NULL)
    return;
  g_clear_pointer (&found->invoice, cs_ledger_invoice_free);
  g_free (found);
}

/** cs_push_free: frees the record. */
void
cs_push_free (CsPush *push)
{
  g_clear_pointer (&push->planned, cs_planned_invoice_free);
  g_clear_pointer (&push->client, cs_client_free);
  g_free (push);
}

/** cs_push_job_load: Returns: (transfer full): #CsPush: what the row is made of now */
gpointer
cs_push_job_load (CsStore *store, gpointer data, GError **error)
{
  CsPushJob *job = data;
  g_autoptr (CsPush) push = g_new0 (CsPush, 1);

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

/** cs_push_job_change: writes where the engine says the row is, with what a probe found. */
gpointer
cs_push_job_change (CsStore *store, gpointer data, GError **error)
{
  CsPushJob *job = data;
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

  if (job->invoice != NULL)
    cs_store_block_found (store, &job->id, &change, job->invoice, error);
  else
    cs_store_change_journal (store, &job->id, &change, error);
  return NULL;
}

/** cs_push_job_freeze: commits *sending*. The epoch is checked on the thread that commits, just before: a
 * holder that woke under an old one stops here. */
gpointer
cs_push_job_freeze (CsStore *store, gpointer data, GError **error)
{
  CsPushJob *job = data;

  if (cs_practice_lock_check (job->lock, error))
    cs_store_freeze_journal (store, &job->id, job->expected, job->row.generation, job->bytes, job->contact_id,
                             job->epoch, error);
  return NULL;
}

/** cs_push_job_finish: writes the answer, the link and *done*. */
gpointer
cs_push_job_finish (CsStore *store, gpointer data, GError **error)
{
  CsPushJob *job = data;

  if (job->is_contact)
    cs_store_finish_contact (store, &job->id, job->contact, job->adopted, job->correlation_id, error);
  else
    cs_store_finish_invoice (store, &job->id, job->invoice, job->adopted, job->correlation_id, error);
  return NULL;
}

/** cs_push_job_is_linked: Returns: (transfer full): gboolean: whether the record there is something's here */
gpointer
cs_push_job_is_linked (CsStore *store, gpointer data, GError **error)
{
  CsPushJob *job = data;
  gboolean is_linked = FALSE;

  if (!cs_store_is_remote_linked (store, &job->connection_id, job->remote_id, &is_linked, error))
    return NULL;
  return g_memdup2 (&is_linked, sizeof is_linked);
}

/** cs_push_job_judge_found: Returns: (transfer full): #CsPushFound: what a probe found, judged */
gpointer
cs_push_job_judge_found (CsStore *store, gpointer data, GError **error)
{
  CsPushJob *job = data;
  g_autoptr (CsPushFound) found = g_new0 (CsPushFound, 1);

  if (!cs_store_judge_found (store, &job->id, job->invoice, &found->kind, error))
    return NULL;
  found->invoice = g_steal_pointer (&job->invoice);
  return g_steal_pointer (&found);
}
