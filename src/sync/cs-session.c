/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-session-private.h"

#include "cs-link-state.h"
#include "cs-store-schedule.h"
#include "cs-work-private.h"

/* Longer than a stumble may last, so that the one look more decides it. */
#define LOOK_SOON_SECONDS 15

enum
{
  PROP_0,
  PROP_LINK_STATE,
  PROP_ACTIVITY,
  PROP_PROGRESS,
  PROP_SYNCED_MS,
  PROP_LAST_PROBLEM,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CsSession, cs_session, G_TYPE_OBJECT)

/* --- what is kept at hand --- */

typedef struct
{
  CsSettings *settings;
  CsConnection *connection;
  CsSchedule *schedule;
  CsConnection *work_connection;
  CsWorkSettings work_settings;
} Copies;

static void
copies_free (Copies *copies)
{
  g_clear_pointer (&copies->settings, cs_settings_free);
  g_clear_pointer (&copies->connection, cs_connection_free);
  g_clear_pointer (&copies->schedule, cs_schedule_free);
  g_clear_pointer (&copies->work_connection, cs_connection_free);
  g_free (copies);
}

static gpointer
read_copies (CsStore *store, gpointer data, GError **error)
{
  Copies *copies = g_new0 (Copies, 1);
  g_autoptr (GError) local = NULL;

  copies->settings = cs_store_get_settings (store, &local);
  if (local == NULL)
    copies->connection = cs_store_get_connection (store, &local);
  if (local == NULL)
    copies->schedule = cs_store_get_schedule (store, &local);
  if (local == NULL)
    copies->work_connection = cs_store_get_work_connection (store, &local);
  if (local == NULL)
    cs_store_get_work_settings (store, &copies->work_settings, &local);
  if (local != NULL)
    {
      copies_free (copies);
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  cs_store_set_actor (store, copies->settings->actor);
  return copies;
}

static DexFuture *
refresh_copies_fiber (gpointer data)
{
  CsSession *session = data;
  g_autoptr (GError) error = NULL;
  Copies *copies = cs_await_record (
      cs_database_run (session->writer, read_copies, NULL, NULL, (GDestroyNotify)copies_free), &error);
  g_autoptr (GTimeZone) zone = NULL;

  if (copies == NULL)
    return cs_future_new_take_error (g_steal_pointer (&error));
  g_clear_pointer (&session->settings, cs_settings_free);
  g_clear_pointer (&session->connection, cs_connection_free);
  g_clear_pointer (&session->schedule, cs_schedule_free);
  session->schedule = g_steal_pointer (&copies->schedule);
  session->settings = g_steal_pointer (&copies->settings);
  session->connection = g_steal_pointer (&copies->connection);
  if (session->work == NULL)
    session->work = cs_work_new (session);
  cs_work_take_copies (session->work, g_steal_pointer (&copies->work_connection), &copies->work_settings);
  copies_free (copies);
  zone = g_time_zone_new_identifier (session->settings->time_zone);
  g_clear_pointer (&session->zone, g_time_zone_unref);
  session->zone = zone != NULL ? g_steal_pointer (&zone) : g_time_zone_new_local ();
  g_object_notify_by_pspec (G_OBJECT (session), properties[PROP_SYNCED_MS]);
  return dex_future_new_for_boolean (TRUE);
}

DexFuture *
cs_session_refresh_copies (CsSession *session)
{
  return cs_spawn_to_the_end (refresh_copies_fiber, g_object_ref (session), g_object_unref);
}

static CsRemoteLink *
make_link (CsSession *session, const CsConnection *connection)
{
  const CsSessionOptions *options = session->options;
  g_autofree char *grant_id = cs_uuid_to_string (&connection->grant_id);
  CsRemoteLink *link = NULL;

  if (options->ledger_func != NULL)
    {
      g_autoptr (CsLedger) ledger = options->ledger_func (connection, options->simulation_data);

      return cs_remote_link_new_for_ledger (ledger, &session->timer);
    }
  link
      = cs_remote_link_new (session->hosts, grant_id, connection->client_id, session->vault, &session->timer);
  cs_remote_link_set_tenant (link, connection->tenant_id);
  cs_remote_link_set_log (link, session->requests);
  if (options->is_unpaced)
    cs_remote_link_open_pace (link);
  return link;
}

void
cs_session_update_link (CsSession *session)
{
  const CsConnection *connection = session->connection;

  g_clear_pointer (&session->link, cs_remote_link_unref);
  session->unwell_since_ms = 0;
  if (connection == NULL)
    {
      cs_session_set_link_state (session, CS_LINK_NONE);
      return;
    }
  if (connection->state == CS_CONNECTION_DISCONNECTED)
    {
      cs_session_set_link_state (session, CS_LINK_DISCONNECTED);
      return;
    }
  session->link = make_link (session, connection);
  session->retry_waiting = TRUE;
  cs_session_set_link_state (session, connection->state == CS_CONNECTION_SIGN_IN_NEEDED
                                          ? CS_LINK_SIGN_IN_NEEDED
                                          : CS_LINK_CONNECTED);
}

DexFuture *
cs_session_write (CsSession *session,
                  CsDatabaseFunc func,
                  gpointer data,
                  GDestroyNotify free_data,
                  GDestroyNotify free_result)
{
  return cs_database_run (session->writer, func, data, free_data, free_result);
}

/**
 * cs_session_read:
 * @session: an open session
 * @func: runs on the reader thread with a read-only store
 * @data: (transfer full): for @func
 * @free_data: (nullable): frees @data
 * @free_result: (nullable): frees what @func answers
 *
 * Returns: (transfer full): @func's record, for cs_await_record()
 */
DexFuture *
cs_session_read (CsSession *session,
                 CsStoreFunc func,
                 gpointer data,
                 GDestroyNotify free_data,
                 GDestroyNotify free_result)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  return cs_database_run (session->reader, func, data, free_data, free_result);
}

/**
 * cs_session_read_whole:
 * @session: an open session
 * @func: runs on a thread beside the reader's with a read-only store, and may take seconds
 * @data: (transfer full): for @func
 * @free_data: (nullable): frees @data
 * @free_result: (nullable): frees what @func answers
 *
 * Returns: (transfer full): @func's record, for cs_await_record()
 */
DexFuture *
cs_session_read_whole (CsSession *session,
                       CsStoreFunc func,
                       gpointer data,
                       GDestroyNotify free_data,
                       GDestroyNotify free_result)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  return cs_database_run (session->whole_reader, func, data, free_data, free_result);
}

/* --- what the window hears --- */

void
cs_session_emit_changed (CsSession *session, CsChange change)
{
  /* Alerts are a reading of these; the store keeps them in the same transaction. */
  if ((change & (CS_CHANGE_JOURNAL | CS_CHANGE_PROPOSALS | CS_CHANGE_CONNECTION | CS_CHANGE_JOBS)) != 0)
    change |= CS_CHANGE_ALERTS;
  g_signal_emit (session, signals[SIGNAL_CHANGED], 0, (guint)change);
}

void
cs_session_set_activity (CsSession *session, CsActivity activity)
{
  if (session->activity == activity)
    return;
  session->activity = activity;
  g_object_notify_by_pspec (G_OBJECT (session), properties[PROP_ACTIVITY]);
}

/* Told even where nothing but the rate changed: who calls this takes care not to do so too often. */
void
cs_session_set_sync_progress (CsSession *session, const CsSyncProgress *progress)
{
  session->sync_progress = *progress;
  g_object_notify_by_pspec (G_OBJECT (session), properties[PROP_PROGRESS]);
}

void
cs_session_set_link_state (CsSession *session, CsLinkState link_state)
{
  if (session->link_state == link_state)
    return;
  session->link_state = link_state;
  g_object_notify_by_pspec (G_OBJECT (session), properties[PROP_LINK_STATE]);
}

static gpointer
lose_grant_job (CsStore *store, gpointer data, GError **error)
{
  cs_store_lose_grant (store, data, error);
  return NULL;
}

/* Told once it is on disk: who looks sooner finds nothing, and would not look again. */
static DexFuture *
lost_grant_kept_cb (DexFuture *kept, gpointer data)
{
  cs_session_emit_changed (data, CS_CHANGE_CONNECTION);
  return dex_ref (kept);
}

static gboolean
is_made_for (const CsRemoteLink *link, const CsConnection *connection)
{
  CsGrant *grant = cs_remote_link_get_grant ((CsRemoteLink *)link);
  g_autofree char *grant_id = cs_uuid_to_string (&connection->grant_id);

  return grant == NULL || g_str_equal (cs_grant_get_id (grant), grant_id);
}

/* Kept with the connection, so that the next start does not present a dead token once more. */
void
cs_session_remember_lost_grant (CsSession *session, const CsRemoteLink *link, CsConnection *connection)
{
  if (connection == NULL || connection->state == CS_CONNECTION_SIGN_IN_NEEDED
      || !is_made_for (link, connection))
    return;
  connection->state = CS_CONNECTION_SIGN_IN_NEEDED;
  dex_future_disown (
      dex_future_then (cs_session_write (session, lose_grant_job,
                                         g_memdup2 (&connection->grant_id, sizeof (CsUuid)), g_free, NULL),
                       lost_grant_kept_cb, g_object_ref (session), g_object_unref));
}

static gboolean
soon_cb (gpointer data)
{
  CsSession *session = data;

  session->soon_timer = 0;
  if (session->unwell_since_ms != 0)
    cs_session_pull_by_itself (session);
  if (session->work != NULL)
    cs_work_look_again (session->work);
  return G_SOURCE_REMOVE;
}

/* Where nobody looks by a timer (a command, a simulation), nobody looks sooner either. */
void
cs_session_look_soon (CsSession *session)
{
  if (session->pull_timer != 0 && session->soon_timer == 0)
    session->soon_timer = g_timeout_add_seconds (LOOK_SOON_SECONDS, soon_cb, session);
}

void
cs_session_report (CsSession *session, const CsRemoteLink *link, const GError *error)
{
  if (link != NULL && link != session->link)
    return;
  if (g_set_str (&session->last_problem, error != NULL ? error->message : ""))
    g_object_notify_by_pspec (G_OBJECT (session), properties[PROP_LAST_PROBLEM]);
  if (link == NULL)
    return;
  cs_session_set_link_state (session, cs_link_state_after (session->link_state, error,
                                                           cs_timer_now_ms (&session->timer),
                                                           &session->unwell_since_ms));
  if (session->unwell_since_ms != 0 && session->link_state != CS_LINK_UNWELL)
    cs_session_look_soon (session);
  if (session->link_state == CS_LINK_SIGN_IN_NEEDED)
    cs_session_remember_lost_grant (session, link, session->connection);
}

void
cs_session_wake (CsSession *session)
{
  if (session->wake != NULL && dex_future_is_pending (DEX_FUTURE (session->wake)))
    dex_promise_resolve_boolean (session->wake, TRUE);
}

/* --- the object --- */

static void
cs_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CsSession *session = CS_SESSION (object);

  switch (id)
    {
    case PROP_LINK_STATE:
      g_value_set_int (value, session->link_state);
      break;
    case PROP_ACTIVITY:
      g_value_set_int (value, session->activity);
      break;
    case PROP_PROGRESS:
      g_value_set_uint (value, session->sync_progress.done);
      break;
    case PROP_SYNCED_MS:
      g_value_set_int64 (value, cs_session_get_synced_ms (session));
      break;
    case PROP_LAST_PROBLEM:
      g_value_set_string (value, session->last_problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
cs_session_dispose (GObject *object)
{
  CsSession *session = CS_SESSION (object);

  session->is_closing = TRUE;
  g_clear_handle_id (&session->pull_timer, g_source_remove);
  g_clear_handle_id (&session->soon_timer, g_source_remove);
  g_clear_pointer (&session->wake_watch, cs_wake_watch_free);
  dex_clear (&session->pull);
  dex_clear (&session->pull_stop);
  dex_clear (&session->pusher);
  dex_clear (&session->closing);
  dex_clear (&session->wake);
  dex_clear (&session->look.rested);
  g_clear_pointer (&session->link, cs_remote_link_unref);
  if (session->work != NULL)
    cs_work_close (session->work);
  g_clear_object (&session->work);
  G_OBJECT_CLASS (cs_session_parent_class)->dispose (object);
}

static void
cs_session_finalize (GObject *object)
{
  CsSession *session = CS_SESSION (object);

  if (session->requests != NULL)
    cs_request_log_close (session->requests);
  g_clear_pointer (&session->requests, cs_request_log_unref);
  g_clear_pointer (&session->reader, cs_database_free);
  g_clear_pointer (&session->whole_reader, cs_database_free);
  g_clear_pointer (&session->writer, cs_database_free);
  g_clear_pointer (&session->lock, cs_practice_lock_release);
  g_clear_pointer (&session->vault, cs_vault_unref);
  g_clear_pointer (&session->hosts, cs_hosts_free);
  g_clear_pointer (&session->settings, cs_settings_free);
  g_clear_pointer (&session->connection, cs_connection_free);
  g_clear_pointer (&session->schedule, cs_schedule_free);
  g_clear_pointer (&session->zone, g_time_zone_unref);
  g_clear_pointer (&session->practice, cs_practice_entry_free);
  g_clear_pointer (&session->options, cs_session_options_free);
  g_free (session->last_problem);
  G_OBJECT_CLASS (cs_session_parent_class)->finalize (object);
}

static void
cs_session_class_init (CsSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = cs_session_get_property;
  object_class->dispose = cs_session_dispose;
  object_class->finalize = cs_session_finalize;

  properties[PROP_LINK_STATE]
      = g_param_spec_int ("link-state", NULL, NULL, CS_LINK_NONE, CS_LINK_DISCONNECTED, CS_LINK_NONE, flags);
  properties[PROP_ACTIVITY] = g_param_spec_int ("activity", NULL, NULL, CS_ACTIVITY_IDLE, CS_ACTIVITY_PUSHING,
                                                CS_ACTIVITY_IDLE, flags);
  properties[PROP_PROGRESS] = g_param_spec_uint ("progress", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_SYNCED_MS] = g_param_spec_int64 ("synced-ms", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_LAST_PROBLEM] = g_param_spec_string ("last-problem", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", CS_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
cs_session_init (CsSession *session)
{
  session->last_problem = g_strdup ("");
  session->sync_progress.left_ms = -1;
}

/** cs_session_options_free: frees @options; the clock is not the options' own. */
void
cs_session_options_free (CsSessionOptions *options)
{
  g_free (options->sandbox_address);
  g_free (options->build_client_id);
  g_clear_pointer (&options->ahead, cs_session_ahead_unref);
  g_free (options);
}

/* --- getters --- */

const CsPracticeEntry *
cs_session_get_practice (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);
  return session->practice;
}

const CsClock *
cs_session_get_clock (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);
  return session->options->clock;
}

GTimeZone *
cs_session_get_time_zone (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);
  return session->zone;
}

/** cs_session_get_today: Returns: the calendar date now in the practice's zone */
CsDate
cs_session_get_today (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), CS_DATE_NONE);
  return cs_clock_today (session->options->clock, session->zone);
}

CsLinkState
cs_session_get_link_state (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), CS_LINK_NONE);
  return session->link_state;
}

/** cs_session_get_next_look_ms: Returns: when the ledger is asked again by itself, UTC milliseconds; 0: it
 * isn't
 */
gint64
cs_session_get_next_look_ms (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), 0);
  return session->next_look_ms;
}

CsActivity
cs_session_get_activity (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), CS_ACTIVITY_IDLE);
  return session->activity;
}

/** cs_session_get_progress: Returns: records read so far by the running pull */
guint
cs_session_get_progress (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), 0);
  return session->sync_progress.done;
}

/** cs_session_get_synced_ms: Returns: when the last whole pull ended, UTC milliseconds; 0: never */
gint64
cs_session_get_synced_ms (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), 0);
  return session->connection != NULL ? session->connection->synced_ms : 0;
}

const char *
cs_session_get_last_problem (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), "");
  return session->last_problem;
}

/** cs_session_get_connection: Returns: (transfer none) (nullable): as last read; re-read it on "changed" */
const CsConnection *
cs_session_get_connection (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);
  return session->connection;
}

const CsSettings *
cs_session_get_settings (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);
  return session->settings;
}

gboolean
cs_session_get_was_restored (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), FALSE);
  return session->was_restored;
}
