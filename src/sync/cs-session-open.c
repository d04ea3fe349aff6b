/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-work-private.h"

#define PULL_EVERY_SECONDS 300
#define CLOSE_WAIT_SECONDS 5

/* --- opening --- */

typedef struct
{
  char *folder;
  const CsClock *clock;
  CsSessionAhead *ahead; /* (nullable) */
  CsPracticeLock *lock;  /* handed over to the session */
  gboolean was_restored;
} Opening;

static void
opening_free (Opening *opening)
{
  g_clear_pointer (&opening->lock, cs_practice_lock_release);
  g_clear_pointer (&opening->ahead, cs_session_ahead_unref);
  g_free (opening->folder);
  g_free (opening);
}

static CsStore *
open_writer (gpointer data, GError **error)
{
  Opening *opening = data;
  CsStore *store = NULL;

  if (opening->ahead != NULL)
    store = cs_session_ahead_take_writer (opening->ahead, opening->folder, &opening->lock,
                                          &opening->was_restored);
  return store != NULL ? store
                       : cs_session_open_writer (opening->folder, opening->clock, &opening->lock,
                                                 &opening->was_restored, error);
}

static CsStore *
open_reader (gpointer data, GError **error)
{
  Opening *opening = data;
  CsStore *store
      = opening->ahead != NULL ? cs_session_ahead_take_reader (opening->ahead, opening->folder) : NULL;

  return store != NULL ? store : cs_session_open_reader (opening->folder, opening->clock, error);
}

static Opening *
opening_new (CsSession *session)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->folder = g_strdup (session->practice->folder);
  opening->clock = session->options->clock;
  if (session->options->ahead != NULL)
    opening->ahead = cs_session_ahead_ref (session->options->ahead);
  return opening;
}

static CsHosts *
make_hosts (CsSession *session, GError **error)
{
  if (!session->practice->is_demo)
    return cs_xero_hosts_new ();
  if (session->options->sandbox_address == NULL)
    {
      g_set_error_literal (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_UNREACHABLE,
                           _ ("The demo practice needs its sandbox."));
      return NULL;
    }
  return cs_xero_hosts_new_loopback (session->options->sandbox_address, error);
}

static void
note_next_look (CsSession *session)
{
  session->next_look_ms = cs_timer_now_ms (&session->timer) + PULL_EVERY_SECONDS * G_GINT64_CONSTANT (1000);
}

static gboolean
pull_timer_cb (gpointer data)
{
  CsSession *session = data;

  note_next_look (session);
  cs_session_pull_by_itself (session);
  cs_work_pull_by_itself (session->work);
  return G_SOURCE_CONTINUE;
}

/* What waited for the network goes at once; what the ledger asked to wait for does not. */
static void
woke_cb (CsWake wake, gpointer data)
{
  CsSession *session = data;

  if (wake == CS_WAKE_NETWORK && session->link_state != CS_LINK_OFFLINE)
    return;
  if (session->link_state == CS_LINK_OFFLINE)
    session->retry_waiting = session->retry_jobs = TRUE;
  cs_session_wake (session);
  cs_session_pull_by_itself (session);
}

/* A simulation's databases have no thread, so that a seed replays. */
static const char *
thread_name (CsSession *session, const char *name)
{
  return session->options->ledger_func == NULL ? name : NULL;
}

static void
requests_written_cb (gpointer session)
{
  cs_session_emit_changed (session, CS_CHANGE_REQUESTS);
}

/* --- what a crash left in the keyring --- */

static gpointer
list_sign_ins_job (CsStore *store, gpointer data, GError **error)
{
  return cs_store_list_sign_ins (store, error);
}

gpointer
cs_session_end_sign_in (CsStore *store, gpointer grant_id, GError **error)
{
  cs_store_end_sign_in (store, grant_id, error);
  return NULL;
}

/* Whoever holds the practice's lock is alone with it: what was begun before, and not ended, nobody will end.
 * What can't be removed now is tried again at the next start. */
static DexFuture *
clear_sign_ins_fiber (gpointer data)
{
  CsSession *session = data;
  g_autoptr (GArray) ids = cs_await_record (
      cs_session_write (session, list_sign_ins_job, NULL, NULL, (GDestroyNotify)g_array_unref), NULL);

  for (guint i = 0; ids != NULL && i < ids->len && !session->is_closing; i++)
    {
      const CsUuid *id = &g_array_index (ids, CsUuid, i);
      g_autofree char *name = cs_uuid_to_string (id);

      if (cs_await (cs_vault_clear_unasked (session->vault, name), NULL))
        cs_await (
            cs_session_write (session, cs_session_end_sign_in, g_memdup2 (id, sizeof *id), g_free, NULL),
            NULL);
    }
  return dex_future_new_for_boolean (TRUE);
}

static DexFuture *
open_fiber (gpointer data)
{
  CsSession *session = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = cs_uuid_to_string (&session->practice->id);
  Opening *writing = opening_new (session);

  session->writer
      = cs_database_new (thread_name (session, "writer"), open_writer, writing, (GDestroyNotify)opening_free);
  if ((session->hosts = make_hosts (session, &error)) == NULL
      || !cs_await (cs_database_ready (session->writer), &error))
    return cs_future_new_take_error (g_steal_pointer (&error));
  /* The thread is past opening: what it left here is ours from now on. */
  session->lock = g_steal_pointer (&writing->lock);
  session->epoch = cs_practice_lock_get_epoch (session->lock);
  session->was_restored = writing->was_restored;

  session->reader = cs_database_new (thread_name (session, "reader"), open_reader, opening_new (session),
                                     (GDestroyNotify)opening_free);
  session->whole_reader = cs_database_new (thread_name (session, "whole reader"), open_reader,
                                           opening_new (session), (GDestroyNotify)opening_free);
  session->vault = cs_vault_new (id);
  if (!cs_await (cs_database_ready (session->reader), &error)
      || !cs_await (cs_session_refresh_copies (session), &error))
    return cs_future_new_take_error (g_steal_pointer (&error));

  session->requests = cs_request_log_new (session->writer, requests_written_cb, session);
  cs_session_update_link (session);
  cs_work_update_link (session->work);
  session->wake = dex_promise_new ();
  if (session->options->is_commanded)
    return dex_future_new_take_object (g_object_ref (session));
  session->pusher = cs_pusher_run (session);
  session->pull_timer = g_timeout_add_seconds (PULL_EVERY_SECONDS, pull_timer_cb, session);
  note_next_look (session);
  if (session->options->ledger_func == NULL)
    {
      session->wake_watch = cs_wake_watch_new (woke_cb, session);
      dex_future_disown (cs_spawn_to_the_end (clear_sign_ins_fiber, g_object_ref (session), g_object_unref));
    }
  if (session->link != NULL)
    dex_future_disown (cs_session_pull_now (session));
  cs_work_pull_by_itself (session->work);
  return dex_future_new_take_object (g_object_ref (session));
}

/**
 * cs_session_open:
 * @entry: which practice
 * @options: (transfer full): clock, sandbox, client id
 *
 * Returns: (transfer full): resolves to the #CsSession; rejects with CS_STORE_ERROR (LOCKED, TOO_NEW, DAMAGED
 * …)
 */
DexFuture *
cs_session_open (const CsPracticeEntry *entry, CsSessionOptions *options)
{
  CsSession *session = g_object_new (CS_TYPE_SESSION, NULL);

  g_return_val_if_fail (entry != NULL, NULL);
  g_return_val_if_fail (options != NULL && options->clock != NULL, NULL);

  session->practice = cs_practice_entry_copy (entry);
  session->options = options;
  session->keyring_told = session->day_limit_told = TRUE;
  session->timer = (CsTimer){ options->clock, options->wait_until, options->simulation_data };
  return cs_spawn_to_the_end (open_fiber, session, g_object_unref);
}

/* --- closing --- */

static DexFuture *
close_fiber (gpointer data)
{
  CsSession *session = data;

  if (session->pull != NULL)
    cs_await (dex_future_first (dex_ref (session->pull), dex_timeout_new_seconds (CLOSE_WAIT_SECONDS), NULL),
              NULL);
  dex_clear (&session->pull);
  if (session->work != NULL && session->work->pull != NULL)
    cs_await (
        dex_future_first (dex_ref (session->work->pull), dex_timeout_new_seconds (CLOSE_WAIT_SECONDS), NULL),
        NULL);
  if (session->work != NULL)
    {
      dex_clear (&session->work->pull);
      dex_clear (&session->work->giving);
    }
  if (session->pusher != NULL)
    {
      cs_session_wake (session);
      /* A write on the wire is given a moment to be answered; what isn't is doubtful and probed at the next
       * start. */
      cs_await (
          dex_future_first (dex_ref (session->pusher), dex_timeout_new_seconds (CLOSE_WAIT_SECONDS), NULL),
          NULL);
      dex_clear (&session->pusher);
    }
  g_clear_pointer (&session->link, cs_remote_link_unref);
  if (session->work != NULL)
    g_clear_pointer (&session->work->link, cs_remote_link_unref);
  if (session->reader != NULL)
    cs_await (cs_database_close (session->reader), NULL);
  if (session->whole_reader != NULL)
    cs_await (cs_database_close (session->whole_reader), NULL);
  if (session->requests != NULL)
    cs_request_log_close (session->requests);
  if (session->writer != NULL)
    cs_await (cs_database_close (session->writer), NULL);
  g_clear_pointer (&session->lock, cs_practice_lock_release);
  return dex_future_new_for_boolean (TRUE);
}

/** cs_session_close: Returns: (transfer full): resolves when the file is closed and the lock is free */
DexFuture *
cs_session_close (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  if (session->closing == NULL)
    {
      /* From here on a pull stops after the page in hand, the pusher after the row in hand. */
      session->is_closing = TRUE;
      cs_session_cancel_pull (session);
      if (session->work != NULL)
        cs_work_cancel_pull (session->work);
      g_clear_handle_id (&session->pull_timer, g_source_remove);
      g_clear_pointer (&session->wake_watch, cs_wake_watch_free);
      session->closing = cs_spawn_to_the_end (close_fiber, g_object_ref (session), g_object_unref);
    }
  return dex_ref (session->closing);
}
