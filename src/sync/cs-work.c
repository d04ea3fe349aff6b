/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-work-private.h"

#include "cs-link-state.h"

enum
{
  PROP_0,
  PROP_LINK_STATE,
  PROP_IS_PULLING,
  PROP_PROGRESS,
  PROP_LAST_PROBLEM,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CsWork, cs_work, G_TYPE_OBJECT)

/* --- what is kept at hand --- */

void
cs_work_take_copies (CsWork *work, CsConnection *connection, const CsWorkSettings *settings)
{
  g_clear_pointer (&work->connection, cs_connection_free);
  work->connection = connection;
  work->settings = *settings;
}

static void
set_link_state (CsWork *work, CsLinkState link_state)
{
  if (work->link_state == link_state)
    return;
  work->link_state = link_state;
  g_object_notify_by_pspec (G_OBJECT (work), properties[PROP_LINK_STATE]);
}

static CsRemoteLink *
make_link (CsWork *work)
{
  CsSession *session = work->session;
  g_autofree char *grant_id = cs_uuid_to_string (&work->connection->grant_id);
  CsRemoteLink *link = cs_remote_link_new (work->hosts, grant_id, work->connection->client_id, session->vault,
                                           &session->timer);

  cs_remote_link_set_practice (link, work->connection->tenant_id);
  cs_remote_link_set_log (link, session->requests);
  if (session->options->is_unpaced)
    cs_remote_link_open_pace (link);
  return link;
}

void
cs_work_update_link (CsWork *work)
{
  g_clear_pointer (&work->link, cs_remote_link_unref);
  work->unwell_since_ms = 0;
  if (work->connection == NULL || work->hosts == NULL)
    {
      set_link_state (work, CS_LINK_NONE);
      return;
    }
  if (work->connection->state == CS_CONNECTION_DISCONNECTED)
    {
      set_link_state (work, CS_LINK_DISCONNECTED);
      return;
    }
  work->link = make_link (work);
  work->session->retry_jobs = TRUE;
  set_link_state (work, work->connection->state == CS_CONNECTION_SIGN_IN_NEEDED ? CS_LINK_SIGN_IN_NEEDED
                                                                                : CS_LINK_CONNECTED);
}

CsRemoteLink *
cs_work_get_link (CsWork *work)
{
  return work->link;
}

void
cs_work_report (CsWork *work, const CsRemoteLink *link, const GError *error)
{
  if (link != work->link)
    return;
  if (g_set_str (&work->last_problem, error != NULL ? error->message : ""))
    g_object_notify_by_pspec (G_OBJECT (work), properties[PROP_LAST_PROBLEM]);
  if (link == NULL)
    return;
  set_link_state (work, cs_link_state_after (work->link_state, error, cs_timer_now_ms (&work->session->timer),
                                             &work->unwell_since_ms));
  if (work->unwell_since_ms != 0 && work->link_state != CS_LINK_UNWELL)
    cs_session_look_soon (work->session);
  if (work->link_state == CS_LINK_SIGN_IN_NEEDED)
    cs_session_remember_lost_grant (work->session, link, work->connection);
}

void
cs_work_tell_progress (CsWork *work, const CsSyncProgress *progress)
{
  work->progress = *progress;
  g_object_notify_by_pspec (G_OBJECT (work), properties[PROP_PROGRESS]);
}

void
cs_work_tell_pulling (CsWork *work)
{
  g_object_notify_by_pspec (G_OBJECT (work), properties[PROP_IS_PULLING]);
}

/* --- commands --- */

static gpointer
save_settings_job (CsStore *store, gpointer data, GError **error)
{
  cs_store_save_work_settings (store, data, error);
  return NULL;
}

static DexFuture *
refresh_fiber (gpointer data)
{
  CsWork *work = data;
  GError *error = NULL;

  if (!cs_await (cs_session_refresh_copies (work->session), &error))
    return cs_future_new_take_error (error);
  cs_session_emit_changed (work->session, CS_CHANGE_WORK);
  return dex_future_new_for_boolean (TRUE);
}

static DexFuture *
saved_cb (DexFuture *saved, gpointer data)
{
  CsWork *work = data;

  return work->session != NULL ? cs_spawn_to_the_end (refresh_fiber, g_object_ref (work), g_object_unref)
                               : dex_ref (saved);
}

/** cs_work_save_settings: Returns: (transfer full): resolves once @settings (copied) are on disk and at hand
 */
DexFuture *
cs_work_save_settings (CsWork *work, const CsWorkSettings *settings)
{
  g_return_val_if_fail (CS_IS_WORK (work) && settings != NULL, NULL);

  return dex_future_then (cs_session_write (work->session, save_settings_job,
                                            g_memdup2 (settings, sizeof *settings), g_free, NULL),
                          saved_cb, g_object_ref (work), g_object_unref);
}

/** cs_work_get_client_link: Returns: (transfer full) (nullable): the client's page, by the number in its
 * address; a demo's is the sandbox's */
char *
cs_work_get_client_link (CsWork *work, const char *web_id)
{
  g_autofree char *address = NULL;
  const char *path;

  g_return_val_if_fail (CS_IS_WORK (work), NULL);

  if (web_id == NULL || *web_id == '\0')
    return NULL;
  address = cs_xpm_client_link (web_id);
  if (!work->session->practice->is_demo)
    return g_steal_pointer (&address);
  path = strstr (address, "/Client/");
  return path != NULL ? g_strconcat (work->session->options->sandbox_address, path, NULL) : NULL;
}

/* --- the object --- */

static void
cs_work_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CsWork *work = CS_WORK (object);

  switch (id)
    {
    case PROP_LINK_STATE:
      g_value_set_int (value, work->link_state);
      break;
    case PROP_IS_PULLING:
      g_value_set_boolean (value, work->pull != NULL);
      break;
    case PROP_PROGRESS:
      g_value_set_uint (value, work->progress.done);
      break;
    case PROP_LAST_PROBLEM:
      g_value_set_string (value, work->last_problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

void
cs_work_close (CsWork *work)
{
  dex_clear (&work->pull);
  dex_clear (&work->pull_stop);
  dex_clear (&work->giving);
  g_clear_pointer (&work->link, cs_remote_link_unref);
  work->session = NULL;
}

static void
cs_work_finalize (GObject *object)
{
  CsWork *work = CS_WORK (object);

  g_clear_pointer (&work->connection, cs_connection_free);
  g_clear_pointer (&work->hosts, cs_hosts_free);
  g_free (work->last_problem);
  G_OBJECT_CLASS (cs_work_parent_class)->finalize (object);
}

static void
cs_work_class_init (CsWorkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = cs_work_get_property;
  object_class->finalize = cs_work_finalize;
  properties[PROP_LINK_STATE]
      = g_param_spec_int ("link-state", NULL, NULL, CS_LINK_NONE, CS_LINK_DISCONNECTED, CS_LINK_NONE, flags);
  properties[PROP_IS_PULLING] = g_param_spec_boolean ("is-pulling", NULL, NULL, FALSE, flags);
  properties[PROP_PROGRESS] = g_param_spec_uint ("progress", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_LAST_PROBLEM] = g_param_spec_string ("last-problem", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cs_work_init (CsWork *work)
{
  work->last_problem = g_strdup ("");
  work->progress.left_ms = -1;
}

/* As session->hosts, whose failure has been told already. */
static CsHosts *
make_hosts (CsSession *session)
{
  if (!session->practice->is_demo)
    return cs_xpm_hosts_new ();
  return session->options->sandbox_address != NULL
             ? cs_xpm_hosts_new_loopback (session->options->sandbox_address, NULL)
             : NULL;
}

CsWork *
cs_work_new (CsSession *session)
{
  CsWork *work = g_object_new (CS_TYPE_WORK, NULL);

  work->session = session;
  work->hosts = make_hosts (session);
  return work;
}

/* --- getters --- */

/** cs_session_get_work: Returns: (transfer none): the practice manager's side of @session */
CsWork *
cs_session_get_work (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);
  return session->work;
}

CsLinkState
cs_work_get_link_state (CsWork *work)
{
  g_return_val_if_fail (CS_IS_WORK (work), CS_LINK_NONE);
  return work->link_state;
}

/** cs_work_is_connected: Returns: whether clients come from there: also while it can't be reached */
gboolean
cs_work_is_connected (CsWork *work)
{
  g_return_val_if_fail (CS_IS_WORK (work), FALSE);
  return work->link_state != CS_LINK_NONE && work->link_state != CS_LINK_DISCONNECTED;
}

/** cs_work_get_connection: Returns: (transfer none) (nullable): as last read; re-read it on "changed" */
const CsConnection *
cs_work_get_connection (CsWork *work)
{
  g_return_val_if_fail (CS_IS_WORK (work), NULL);
  return work->connection;
}

const CsWorkSettings *
cs_work_get_settings (CsWork *work)
{
  g_return_val_if_fail (CS_IS_WORK (work), NULL);
  return &work->settings;
}

/** cs_work_get_synced_ms: Returns: when the last whole pull ended, UTC milliseconds; 0: never */
gint64
cs_work_get_synced_ms (CsWork *work)
{
  g_return_val_if_fail (CS_IS_WORK (work), 0);
  return work->connection != NULL ? work->connection->synced_ms : 0;
}

const char *
cs_work_get_last_problem (CsWork *work)
{
  g_return_val_if_fail (CS_IS_WORK (work), "");
  return work->last_problem;
}

gboolean
cs_work_is_pulling (CsWork *work)
{
  g_return_val_if_fail (CS_IS_WORK (work), FALSE);
  return work->pull != NULL;
}

/** cs_work_get_sync_progress: Returns: (transfer none): of the pull in the air, or of the last */
const CsSyncProgress *
cs_work_get_sync_progress (CsWork *work)
{
  g_return_val_if_fail (CS_IS_WORK (work), NULL);
  return &work->progress;
}

/** cs_work_get_meter: Returns: whether @meter (out) is filled in: there is a connection [B-21] */
gboolean
cs_work_get_meter (CsWork *work, CsMeter *meter)
{
  g_return_val_if_fail (CS_IS_WORK (work) && meter != NULL, FALSE);

  if (work->link == NULL)
    return FALSE;
  cs_remote_link_get_meter (work->link, meter);
  return TRUE;
}
