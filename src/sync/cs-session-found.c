/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-session-found.h"

#include <glib/gi18n-lib.h>

#include "cs-push-row.h"
#include "cs-session-private.h"

typedef struct
{
  CsSession *session;
  CsRemoteLink *link;
  CsUuid id;
} Adoption;

/* For the writer thread. */
typedef struct
{
  CsUuid id;
  gint64 now_ms;
  CsLedgerInvoice *invoice; /* (nullable) */
} AdoptJob;

static void
adoption_free (gpointer data)
{
  Adoption *adoption = data;

  g_object_unref (adoption->session);
  cs_remote_link_unref (adoption->link);
  g_free (adoption);
}

static void
adopt_job_free (gpointer data)
{
  AdoptJob *job = data;

  g_clear_pointer (&job->invoice, cs_ledger_invoice_free);
  g_free (job);
}

static gpointer
load_job (CsStore *store, gpointer data, GError **error)
{
  return cs_store_get_journal (store, &((AdoptJob *)data)->id, error);
}

/* A person's word goes through the engine like every other event; that the row is done already is no trouble:
 * the store answers for it. */
static gpointer
adopt_job (CsStore *store, gpointer data, GError **error)
{
  const AdoptJob *job = data;
  g_autoptr (CsJournalEntry) entry = cs_store_get_journal (store, &job->id, error);
  CsJournalRow row;

  if (entry == NULL)
    return NULL;
  row = cs_push_row_read (entry);
  if (row.state != CS_JOURNAL_DONE
      && !cs_journal_apply (&row, CS_EVENT_PERSON_ADOPT, job->now_ms, 0, 0, NULL))
    cs_push_row_refuse_person (error);
  else
    cs_store_adopt_found (store, &job->id, job->invoice, error);
  return NULL;
}

static AdoptJob *
adopt_job_new (const Adoption *adoption, CsLedgerInvoice *invoice)
{
  AdoptJob *job = g_new0 (AdoptJob, 1);

  job->id = adoption->id;
  job->now_ms = cs_clock_now_ms (adoption->session->options->clock);
  job->invoice = invoice;
  return job;
}

/* By its id, as it is there at this moment. */
static CsLedgerInvoice *
read_back (const Adoption *adoption, const char *remote_id, GError **error)
{
  const char *const ids[] = { remote_id, NULL };
  CsLedgerQuery query = CS_LEDGER_QUERY_INIT;
  g_autoptr (CsLedgerPage) page = NULL;

  query.kind = CS_LEDGER_KIND_INVOICES;
  query.ids = ids;
  page = cs_await_record (cs_ledger_read_page (cs_remote_link_get_ledger (adoption->link), &query), error);
  if (page == NULL)
    return NULL;
  for (guint i = 0; i < page->records->len; i++)
    if (g_ascii_strcasecmp (((CsLedgerInvoice *)g_ptr_array_index (page->records, i))->remote_id, remote_id)
        == 0)
      return g_ptr_array_steal_index (page->records, i);
  g_set_error_literal (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_NOT_FOUND,
                       _ ("Xero doesn’t have that invoice any more. Try again, and it is looked for."));
  return NULL;
}

static DexFuture *
adopt_fiber (gpointer data)
{
  Adoption *adoption = data;
  CsSession *session = adoption->session;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsJournalEntry) entry
      = cs_await_record (cs_session_write (session, load_job, adopt_job_new (adoption, NULL), adopt_job_free,
                                           (GDestroyNotify)cs_journal_entry_free),
                         &error);
  CsLedgerInvoice *invoice = NULL;

  if (entry == NULL)
    return cs_future_new_take_error (g_steal_pointer (&error));
  if (entry->state == CS_JOURNAL_DONE)
    return dex_future_new_for_boolean (TRUE);
  if (*entry->found_id == '\0')
    {
      cs_push_row_refuse_person (&error);
      return cs_future_new_take_error (g_steal_pointer (&error));
    }
  invoice = read_back (adoption, entry->found_id, &error);
  if (invoice == NULL)
    {
      cs_session_report (session, adoption->link, error);
      return cs_future_new_take_error (g_steal_pointer (&error));
    }
  cs_await_record (
      cs_session_write (session, adopt_job, adopt_job_new (adoption, invoice), adopt_job_free, NULL), &error);
  /* Also where the answer is no: what was read back is to be seen. */
  cs_session_emit_changed (session, CS_CHANGE_JOURNAL | CS_CHANGE_PROPOSALS | CS_CHANGE_INVOICES);
  cs_session_wake (session);
  return error != NULL ? cs_future_new_take_error (g_steal_pointer (&error))
                       : dex_future_new_for_boolean (TRUE);
}

/**
 * cs_session_adopt_found:
 * @session: an open session
 * @journal_id: an invoice that is blocked for what the ledger has under its number
 *
 * Reads that back, and takes it over as this invoice where it is still linked to nothing, a sales invoice and
 * alive. Its figures stand.
 *
 * Returns: (transfer full): resolves when it is done, or was; CS_STORE_ERROR_STATE when the row does not wait
 * for that, CS_STORE_ERROR_INVALID when it is not to be had any more, NOT_FOUND when it is not there, and
 * what the connection says
 */
DexFuture *
cs_session_adopt_found (CsSession *session, const CsUuid *journal_id)
{
  Adoption *adoption = NULL;

  g_return_val_if_fail (CS_IS_SESSION (session) && journal_id != NULL, NULL);

  if (session->link == NULL || cs_remote_link_get_ledger (session->link) == NULL)
    return dex_future_new_reject (CS_REMOTE_ERROR, CS_REMOTE_ERROR_SIGN_IN_NEEDED, "%s",
                                  _ ("Xero is not connected."));
  adoption = g_new0 (Adoption, 1);
  adoption->session = g_object_ref (session);
  adoption->link = cs_remote_link_ref (session->link);
  adoption->id = *journal_id;
  return cs_spawn_to_the_end (adopt_fiber, adoption, adoption_free);
}
