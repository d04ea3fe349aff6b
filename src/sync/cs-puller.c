/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-pull-private.h"

#include "cs-store-journal.h"
#include "cs-store-ledger.h"

/* What changes rarely is read with the first pull, with a full one, when a person asks, and when it was last
 * read longer ago than this: the organisation and its lists, and the credits of three kinds. */
#define THOROUGH_EVERY_MS G_GINT64_CONSTANT (3600000)
/* The window is told no oftener. */
#define TELL_EVERY_MS G_GINT64_CONSTANT (100)
#define EMIT_EVERY_MS G_GINT64_CONSTANT (2000)
/* A rate needs some records to be one. */
#define RATE_MIN_MS G_GINT64_CONSTANT (500)

/* --- while it runs --- */

/* Disconnected, connected anew, cancelled or closing: the pull ends with the page in hand. */
gboolean
cs_pull_is_wanted (CsPull *pull, GError **error)
{
  CsSession *session = pull->session;

  if (!session->is_closing && session->pull_stop != NULL
      && dex_future_is_pending (DEX_FUTURE (session->pull_stop)) && session->link != NULL
      && cs_remote_link_get_ledger (session->link) == pull->ledger)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The pull was stopped");
  return FALSE;
}

/* Takes @future; it is settled, or the pull was cancelled. */
static gboolean
wait_for (CsPull *pull, DexFuture *future, GError **error)
{
  if (pull->session->pull_stop != NULL)
    cs_await (dex_future_first (dex_ref (future), dex_ref (pull->session->pull_stop), NULL), NULL);
  return !dex_future_is_pending (future) || cs_pull_is_wanted (pull, error);
}

gpointer
cs_pull_await_record (CsPull *pull, DexFuture *future, GError **error)
{
  g_autoptr (DexFuture) owned = future;

  if (wait_for (pull, owned, error))
    return cs_await_record (dex_ref (owned), error);
  dex_future_disown (g_steal_pointer (&owned)); /* it ends by itself */
  return NULL;
}

GPtrArray *
cs_pull_await_array (CsPull *pull, DexFuture *future, GError **error)
{
  g_autoptr (DexFuture) owned = future;

  if (wait_for (pull, owned, error))
    return cs_await_array (dex_ref (owned), error);
  dex_future_disown (g_steal_pointer (&owned));
  return NULL;
}

gboolean
cs_pull_write (CsPull *pull, CsDatabaseFunc func, gpointer data, GDestroyNotify free_data, GError **error)
{
  if (!cs_pull_drain (pull, error))
    {
      free_data (data);
      return FALSE;
    }
  return cs_await (cs_session_write (pull->session, func, data, free_data, NULL), error);
}

static guint
count_expected (CsPull *pull)
{
  guint n = 0;

  for (gsize i = 0; i < CS_LEDGER_N_KINDS; i++)
    if (pull->readings[i].plan != NULL)
      n += cs_pull_plan_get_expected (pull->readings[i].plan);
  return n;
}

void
cs_pull_add_progress (CsPull *pull, CsSyncStage stage, guint n_records)
{
  CsSyncProgress *progress = &pull->progress;
  gint64 now_ms = cs_timer_now_ms (&pull->session->timer);
  gint64 elapsed_ms = 0;

  if (pull->begun_ms == 0)
    pull->begun_ms = now_ms;
  elapsed_ms = now_ms - pull->begun_ms;
  progress->stage = stage;
  progress->done += n_records;
  progress->expected = count_expected (pull);
  if (elapsed_ms >= RATE_MIN_MS)
    progress->per_second = (guint)((gint64)progress->done * 1000 / elapsed_ms);
  progress->left_ms = progress->per_second > 0 && progress->expected >= progress->done
                          ? (gint64)(progress->expected - progress->done) * 1000 / progress->per_second
                          : -1;
  if (now_ms - pull->told_ms < TELL_EVERY_MS && now_ms >= pull->told_ms)
    return;
  pull->told_ms = now_ms;
  cs_session_set_sync_progress (pull->session, progress);
}

/* Who shows the records reads them again with each change, so they change at a walking pace. */
void
cs_pull_add_changes (CsPull *pull, guint changes)
{
  gint64 now_ms = cs_timer_now_ms (&pull->session->timer);

  pull->changes |= changes;
  if (now_ms - pull->emitted_ms < EMIT_EVERY_MS && now_ms >= pull->emitted_ms)
    return;
  pull->emitted_ms = now_ms;
  cs_session_emit_changed (pull->session, pull->changes);
  pull->changes = 0;
}

/* --- what is read whole --- */

typedef struct
{
  CsUuid connection_id;
  GPtrArray *records;
  CsLedgerOrganisation *organisation;
  gboolean (*save_list) (CsStore *store, const CsUuid *connection_id, GPtrArray *records, GError **error);
  gint64 synced_ms;
} Job;

static Job *
job_new (CsPull *pull)
{
  Job *job = g_new0 (Job, 1);

  job->connection_id = pull->connection_id;
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

/* Whether rows of the journal changed by it. */
static gpointer
mark_synced_job (CsStore *store, gpointer data, GError **error)
{
  Job *job = data;
  guint before = cs_store_count_journal_changes (store);
  gboolean *freed = NULL;

  if (!cs_store_mark_synced (store, &job->connection_id, job->synced_ms, error))
    return NULL;
  freed = g_new0 (gboolean, 1);
  *freed = cs_store_count_journal_changes (store) != before;
  return freed;
}

static gboolean
write_job (CsPull *pull, CsDatabaseFunc func, Job *job, GError **error)
{
  return cs_pull_write (pull, func, job, (GDestroyNotify)job_free, error);
}

typedef struct
{
  CsLedgerListKind kind;
  gboolean is_dispensable; /* a ledger may not have it */
  gboolean (*save) (CsStore *store, const CsUuid *connection_id, GPtrArray *records, GError **error);
} List;

static const List lists[] = {
  { CS_LEDGER_LIST_ACCOUNTS, FALSE, cs_store_save_accounts },
  { CS_LEDGER_LIST_TAX_RATES, FALSE, cs_store_save_tax_rates },
  { CS_LEDGER_LIST_TRACKING, TRUE, cs_store_save_tracking },
  { CS_LEDGER_LIST_BRANDING_THEMES, TRUE, cs_store_save_branding_themes },
  { CS_LEDGER_LIST_ITEMS, TRUE, cs_store_save_items },
};

static gboolean
is_absent (const GError *error)
{
  return g_error_matches (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_REFUSED)
         || g_error_matches (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_FORBIDDEN)
         || g_error_matches (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_NOT_FOUND);
}

/* Takes @future. */
static gboolean
pull_list (CsPull *pull, const List *list, DexFuture *future, GError **error)
{
  g_autoptr (GError) refusal = NULL;
  g_autoptr (GPtrArray) records = cs_pull_await_array (pull, future, &refusal);
  Job *job = NULL;

  if (records == NULL && list->is_dispensable && is_absent (refusal))
    return TRUE;
  if (records == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&refusal));
      return FALSE;
    }
  if (!cs_pull_is_wanted (pull, error))
    return FALSE;
  job = job_new (pull);
  job->records = g_steal_pointer (&records);
  job->save_list = list->save;
  return write_job (pull, save_list_job, job, error);
}

static gboolean
pull_organisation (CsPull *pull, GError **error)
{
  g_autoptr (CsLedgerOrganisation) organisation
      = cs_pull_await_record (pull, cs_ledger_get_organisation (pull->ledger), error);
  Job *job = NULL;

  if (organisation == NULL || !cs_pull_is_wanted (pull, error))
    return FALSE;
  job = job_new (pull);
  job->organisation = g_steal_pointer (&organisation);
  return write_job (pull, save_organisation_job, job, error);
}

static gboolean
is_thorough (CsPull *pull)
{
  gint64 now_ms = cs_timer_now_ms (&pull->session->timer);
  gint64 last_ms = pull->session->thorough_ms;

  return pull->is_full || last_ms == 0 || now_ms - last_ms >= THOROUGH_EVERY_MS || last_ms > now_ms;
}

static gboolean
pull_settings (CsPull *pull, GError **error)
{
  DexFuture *asked[G_N_ELEMENTS (lists)] = { NULL };
  gboolean is_good = TRUE;

  if (!pull->is_thorough)
    return TRUE;
  pull->progress.stage = CS_SYNC_STAGE_SETTINGS;
  cs_session_set_sync_progress (pull->session, &pull->progress);
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    asked[i] = cs_ledger_read_list (pull->ledger, lists[i].kind);
  is_good = pull_organisation (pull, error);
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      is_good = is_good && pull_list (pull, &lists[i], g_steal_pointer (&asked[i]), error);
      if (asked[i] != NULL)
        dex_future_disown (g_steal_pointer (&asked[i]));
    }
  if (!is_good || !cs_await (cs_session_refresh_copies (pull->session), error))
    return FALSE;
  cs_session_emit_changed (pull->session, CS_CHANGE_LEDGER | CS_CHANGE_SETTINGS);
  return TRUE;
}

/* --- the pull --- */

/* What was blocked for something that the ledger has by now goes on: who shows the journal hears of it here,
 * whatever becomes of the sending. */
static gboolean
mark_synced (CsPull *pull, GError **error)
{
  CsSession *session = pull->session;
  g_autofree gboolean *freed = NULL;
  Job *job = NULL;

  if (!cs_pull_drain (pull, error))
    return FALSE;
  job = job_new (pull);
  job->synced_ms = cs_clock_now_ms (session->options->clock);
  freed = cs_await_record (cs_session_write (session, mark_synced_job, job, (GDestroyNotify)job_free, g_free),
                           error);
  if (freed == NULL || !cs_await (cs_session_refresh_copies (session), error))
    return FALSE;
  if (*freed)
    cs_session_emit_changed (session, CS_CHANGE_JOURNAL | CS_CHANGE_PROPOSALS);
  return TRUE;
}

static gboolean
pull_everything (CsPull *pull, GError **error)
{
  CsSession *session = pull->session;
  gint64 begun_ms = cs_timer_now_ms (&session->timer);

  pull->is_thorough = is_thorough (pull);
  if (!cs_pull_start_plans (pull, error) || !cs_pull_glance (pull, error) || !pull_settings (pull, error)
      || !cs_pull_run_plans (pull, error) || !cs_pull_sweep (pull, error) || !cs_pull_follow (pull, error)
      || !cs_pull_is_wanted (pull, error))
    return FALSE;
  if (pull->is_thorough)
    session->thorough_ms = begun_ms;
  if (!mark_synced (pull, error))
    return FALSE;
  cs_session_wake (session); /* a restored file may send from now on */
  return TRUE;
}

static void
pull_clear (CsPull *pull)
{
  cs_pull_clear_flight (pull);
  for (gsize i = 0; i < CS_LEDGER_N_KINDS; i++)
    {
      g_clear_pointer (&pull->readings[i].plan, cs_pull_plan_free);
      cs_cursor_clear (&pull->readings[i].cursor);
    }
  g_clear_pointer (&pull->ledger, cs_ledger_unref);
}

typedef struct
{
  CsSession *session;
  gboolean is_full;
} Start;

static void
start_free (Start *start)
{
  g_object_unref (start->session);
  g_free (start);
}

/* The keyring is open now, as the token came from it. What it says of the chain is no reason to read less. */
static void
note_audit (CsSession *session)
{
  g_autoptr (GError) error = NULL;

  if (!cs_await (cs_session_note_audit (session), &error)
      && g_error_matches (error, CS_STORE_ERROR, CS_STORE_ERROR_DAMAGED))
    cs_session_report (session, NULL, error);
}

static DexFuture *
pull_fiber (gpointer data)
{
  const Start *start = data;
  CsSession *session = start->session;
  CsPull pull = { .session = session, .is_full = start->is_full, .progress = { .left_ms = -1 } };
  const CsSyncProgress nothing = { .left_ms = -1 };
  /* Held to the end, so that no other can be taken for it. */
  g_autoptr (CsRemoteLink) link = session->link != NULL ? cs_remote_link_ref (session->link) : NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_done = FALSE;

  if (link == NULL || session->connection == NULL)
    return dex_future_new_reject (CS_REMOTE_ERROR, CS_REMOTE_ERROR_SIGN_IN_NEEDED, "%s",
                                  _ ("This practice is not connected to Xero. Connect it first."));
  pull.ledger = cs_ledger_ref (cs_remote_link_get_ledger (link));
  pull.connection_id = session->connection->id;
  g_queue_init (&pull.flight);
  g_queue_init (&pull.writing);
  cs_session_set_activity (session, CS_ACTIVITY_PULLING);
  is_done = pull_everything (&pull, &error);
  if (pull.changes != 0)
    cs_session_emit_changed (session, pull.changes);
  pull.progress.stage = CS_SYNC_STAGE_IDLE;
  cs_session_set_sync_progress (session, is_done ? &pull.progress : &nothing);
  pull_clear (&pull);
  cs_session_set_activity (session, CS_ACTIVITY_IDLE);
  if (!cs_error_is_cancelled (error))
    cs_session_report (session, link, error);
  if (is_done)
    note_audit (session);
  cs_session_emit_changed (session, CS_CHANGE_CONNECTION);
  return is_done ? dex_future_new_for_boolean (TRUE) : cs_future_new_take_error (g_steal_pointer (&error));
}

/**
 * cs_puller_run:
 * @session: an open session
 * @is_full: whether all is read anew, whatever the cursors say
 *
 * Organisation and short lists, then all kinds of records as their plans say (cs-pull-plan.h). A page, or
 * some that came together, are one transaction with their cursor and plan, so a pull that is cut short goes
 * on where it was (design.md section 6, "Pull").
 *
 * Returns: (transfer full): resolves when everything is stored; rejects with CS_REMOTE_ERROR,
 * CS_STORE_ERROR, or a cancellation
 */
DexFuture *
cs_puller_run (CsSession *session, gboolean is_full)
{
  Start *start = g_new0 (Start, 1);

  start->session = g_object_ref (session);
  start->is_full = is_full;
  return cs_spawn (pull_fiber, start, (GDestroyNotify)start_free);
}
