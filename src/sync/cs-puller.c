/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-session-private.h"

#include "cs-store-ledger.h"

/* How far back from the cursor a delta asks again: the ledger compares to the second
 * (xero-accounting.md 5.3). */
#define OVERLAP_MS G_GINT64_CONSTANT (1000)
/* A bound on the loop: 1,000 pages of 1,000 is more than any organisation may serve in one result set. */
#define PAGES_MAX 1000u

typedef gboolean (*SavePage) (CsStore *store,
                              const CsUuid *connection_id,
                              GPtrArray *records,
                              const CsCursor *cursor,
                              GError **error);

typedef struct
{
  const char *kind;
  CsLedgerKind ledger_kind;
  SavePage save;
  CsChange change;
} Kind;

static const Kind kinds[] = {
  { "contacts", CS_LEDGER_KIND_CONTACTS, cs_store_save_contacts, CS_CHANGE_LEDGER },
  { "invoices", CS_LEDGER_KIND_INVOICES, cs_store_save_invoices, CS_CHANGE_INVOICES },
};

/* One job for the writer thread: a page with its cursor, a whole small list, or a mark. */
typedef struct
{
  CsUuid connection_id;
  const Kind *kind;
  CsCursor cursor;
  GPtrArray *records;
  CsLedgerOrganisation *organisation;
  gboolean (*save_list) (CsStore *store, const CsUuid *connection_id, GPtrArray *records, GError **error);
  gint64 synced_ms;
} Job;

static Job *
job_new (CsSession *session)
{
  Job *job = g_new0 (Job, 1);

  job->connection_id = session->connection->id;
  return job;
}

static void
job_free (Job *job)
{
  g_clear_pointer (&job->records, g_ptr_array_unref);
  g_clear_pointer (&job->organisation, cs_ledger_organisation_free);
  g_free (job);
}

static gpointer
get_cursor_job (CsStore *store, gpointer data, GError **error)
{
  Job *job = data;
  g_autofree CsCursor *cursor = g_new0 (CsCursor, 1);

  if (!cs_store_get_cursor (store, &job->connection_id, job->kind->kind, cursor, error))
    return NULL;
  return g_steal_pointer (&cursor);
}

static gpointer
save_page_job (CsStore *store, gpointer data, GError **error)
{
  Job *job = data;

  job->kind->save (store, &job->connection_id, job->records, &job->cursor, error);
  return NULL;
}

static gpointer
save_list_job (CsStore *store, gpointer data, GError **error)
{
  Job *job = data;

  job->save_list (store, &job->connection_id, job->records, error);
  return NULL;
}

static gpointer
save_organisation_job (CsStore *store, gpointer data, GError **error)
{
  Job *job = data;

  cs_store_save_organisation (store, &job->connection_id, job->organisation, error);
  return NULL;
}

static gpointer
mark_synced_job (CsStore *store, gpointer data, GError **error)
{
  Job *job = data;

  cs_store_mark_synced (store, &job->connection_id, job->synced_ms, error);
  return NULL;
}

/* Disconnected, connected anew or closing: the pull ends with the page in hand. */
static gboolean
is_wanted (CsSession *session, CsLedger *ledger, GError **error)
{
  if (!session->is_closing && session->link != NULL && cs_remote_link_get_ledger (session->link) == ledger)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The connection is gone");
  return FALSE;
}

static gboolean
write_job (CsSession *session, CsDatabaseFunc func, Job *job, GError **error)
{
  return cs_await (cs_session_write (session, func, job, (GDestroyNotify)job_free, NULL), error);
}

/* Records in the order of their last change, asking again from the last one seen rather than by page number:
 * a record that is edited meanwhile moves to the end, and no other is skipped (xero-accounting.md 5.2, page
 * drift). Only a page that lies within one second needs the next page's number. */
static gboolean
pull_kind (CsSession *session, CsLedger *ledger, const Kind *kind, GError **error)
{
  g_autofree CsCursor *cursor = NULL;
  Job *cursor_job = job_new (session);
  gint64 since_ms = 0;
  guint page_number = 1;

  cursor_job->kind = kind;
  cursor = cs_await_record (
      cs_session_write (session, get_cursor_job, cursor_job, (GDestroyNotify)job_free, g_free), error);
  if (cursor == NULL)
    return FALSE;
  since_ms = cursor->high_water_ms > 0 ? cursor->high_water_ms - OVERLAP_MS : 0;

  for (guint n_pages = 0; n_pages < PAGES_MAX; n_pages++)
    {
      const CsLedgerQuery query = { .kind = kind->ledger_kind,
                                    .modified_since_ms = since_ms,
                                    .page = page_number,
                                    .from = CS_DATE_NONE,
                                    .before = CS_DATE_NONE };
      g_autoptr (CsLedgerPage) page = cs_await_record (cs_ledger_read_page (ledger, &query), error);
      gboolean is_last = FALSE;
      gint64 next_ms = 0;
      Job *job = NULL;

      if (page == NULL || !is_wanted (session, ledger, error))
        return FALSE;
      is_last = page->records->len == 0 || page_number >= page->page_count;
      next_ms = page->high_water_ms - OVERLAP_MS;
      cursor->high_water_ms = MAX (cursor->high_water_ms, page->high_water_ms);
      cursor->page = is_last ? 0 : page_number;
      cs_session_set_progress (session, session->progress + page->records->len);

      job = job_new (session);
      job->kind = kind;
      job->cursor = *cursor;
      job->records = g_steal_pointer (&page->records);
      if (!write_job (session, save_page_job, job, error))
        return FALSE;
      cs_session_emit_changed (session, kind->change);
      if (is_last)
        return TRUE;
      page_number = next_ms > since_ms ? 1 : page_number + 1;
      since_ms = MAX (since_ms, next_ms);
    }
  g_set_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_TOO_LARGE,
               _ ("Xero sent more than %u pages (%s) in one go. Nothing was lost; the next refresh goes on "
                  "from there."),
               PAGES_MAX, kind->kind);
  return FALSE;
}

static gboolean
pull_list (CsSession *session,
           CsLedger *ledger,
           DexFuture *future,
           gboolean (*save) (CsStore *store, const CsUuid *connection_id, GPtrArray *records, GError **error),
           GError **error)
{
  g_autoptr (GPtrArray) records = cs_await_array (future, error);
  Job *job = NULL;

  if (records == NULL || !is_wanted (session, ledger, error))
    return FALSE;
  job = job_new (session);
  job->records = g_steal_pointer (&records);
  job->save_list = save;
  return write_job (session, save_list_job, job, error);
}

static gboolean
pull_organisation (CsSession *session, CsLedger *ledger, GError **error)
{
  g_autoptr (CsLedgerOrganisation) organisation
      = cs_await_record (cs_ledger_get_organisation (ledger), error);
  Job *job = NULL;

  if (organisation == NULL || !is_wanted (session, ledger, error))
    return FALSE;
  job = job_new (session);
  job->organisation = g_steal_pointer (&organisation);
  return write_job (session, save_organisation_job, job, error);
}

static gboolean
pull_everything (CsSession *session, CsLedger *ledger, GError **error)
{
  Job *job = NULL;

  if (!pull_organisation (session, ledger, error)
      || !pull_list (session, ledger, cs_ledger_read_list (ledger, CS_LEDGER_LIST_ACCOUNTS),
                     cs_store_save_accounts, error)
      || !pull_list (session, ledger, cs_ledger_read_list (ledger, CS_LEDGER_LIST_TAX_RATES),
                     cs_store_save_tax_rates, error)
      || !cs_await (cs_session_refresh_copies (session), error))
    return FALSE;
  cs_session_emit_changed (session, CS_CHANGE_LEDGER | CS_CHANGE_SETTINGS);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (!pull_kind (session, ledger, &kinds[i], error))
      return FALSE;

  if (!is_wanted (session, ledger, error))
    return FALSE;
  job = job_new (session);
  job->synced_ms = cs_clock_now_ms (session->options->clock);
  if (!write_job (session, mark_synced_job, job, error)
      || !cs_await (cs_session_refresh_copies (session), error))
    return FALSE;
  cs_session_wake (session); /* a restored file may send from now on */
  return TRUE;
}

static DexFuture *
pull_fiber (gpointer data)
{
  CsSession *session = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsLedger) ledger = NULL;
  gboolean is_done = FALSE;

  if (session->link == NULL)
    return dex_future_new_reject (CS_REMOTE_ERROR, CS_REMOTE_ERROR_SIGN_IN_NEEDED, "%s",
                                  _ ("This practice is not connected to Xero. Connect it first."));
  ledger = cs_ledger_ref (cs_remote_link_get_ledger (session->link));
  cs_session_set_progress (session, 0);
  cs_session_set_activity (session, CS_ACTIVITY_PULLING);
  is_done = pull_everything (session, ledger, &error);
  cs_session_set_activity (session, CS_ACTIVITY_IDLE);
  if (!cs_error_is_cancelled (error))
    cs_session_report (session, error);
  cs_session_emit_changed (session, CS_CHANGE_CONNECTION);
  return is_done ? dex_future_new_for_boolean (TRUE) : cs_future_new_take_error (g_steal_pointer (&error));
}

/**
 * cs_puller_run:
 * @session: an open session
 *
 * Organisation, accounts, tax rates, then contacts and invoices since the cursors. Each page is one
 * transaction with its cursor, so a pull that is cut short goes on where it was (design.md section 6,
 * "Pull").
 *
 * Returns: (transfer full): resolves when everything is stored; rejects with CS_REMOTE_ERROR or
 * CS_STORE_ERROR
 */
DexFuture *
cs_puller_run (CsSession *session)
{
  return cs_spawn (pull_fiber, g_object_ref (session), g_object_unref);
}
