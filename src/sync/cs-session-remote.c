/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-work-private.h"

/* --- remote runs --- */

/** cs_session_push_now: Returns: (transfer full): resolves at once; the loop looks at the journal now, and
 * sends what is queued whatever the schedule says. What is held stays held [K-15] */
DexFuture *
cs_session_push_now (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  if (session->link_state == CS_LINK_VAULT_LOCKED)
    cs_session_set_link_state (session, CS_LINK_CONNECTED);
  session->retry_waiting = session->retry_jobs = TRUE;
  session->push_asked = TRUE;
  cs_session_wake (session);
  return dex_future_new_for_boolean (TRUE);
}

/** cs_session_sync_now: Returns: (transfer full): push looks at once, and resolves when the pull is done
 * [K-15] */
DexFuture *
cs_session_sync_now (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  dex_future_disown (cs_session_push_now (session));
  cs_session_expect_all (session);
  return cs_session_pull_now (session);
}

/* --- disconnecting --- */

static gpointer
mark_disconnected_job (CsStore *store, gpointer data, GError **error)
{
  cs_store_set_connection_state (store, data, CS_CONNECTION_DISCONNECTED, error);
  return NULL;
}

/* This connection is deleted at Xero; the grant is revoked only when no organisation uses it any more, since
 * a revocation takes all of the login's connections to this app with it (xero-accounting.md 2.4). */
static gboolean
tell_xero (CsRemoteLink *link, const char *remote_connection_id, GError **error)
{
  CsHttp *http = cs_remote_link_get_http (link);
  const CsHosts *hosts = cs_remote_link_get_hosts (link);
  g_autoptr (GPtrArray) tenants = NULL;
  g_autoptr (GError) local = NULL;

  if (!cs_await (cs_xero_delete_connection (http, hosts, remote_connection_id), &local)
      && !g_error_matches (local, CS_REMOTE_ERROR, CS_REMOTE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  tenants = cs_await_array (cs_xero_list_connections (http, hosts), error);
  if (tenants == NULL)
    return FALSE;
  return tenants->len > 0 || cs_await (cs_grant_revoke (cs_remote_link_get_grant (link)), error);
}

/* Of which of the two. */
typedef struct
{
  CsSession *session;
  gboolean is_work;
} Goodbye;

static void
goodbye_free (gpointer data)
{
  Goodbye *goodbye = data;

  g_object_unref (goodbye->session);
  g_free (goodbye);
}

/* A pull stops at the next page; a call that is on its way meanwhile comes back to a link that keeps nothing.
 */
gboolean
cs_session_let_go (CsSession *session,
                   CsRemoteLink *link,
                   gboolean is_work,
                   const CsUuid *grant_id,
                   GError **error)
{
  g_autofree char *id = cs_uuid_to_string (grant_id);
  DexFuture *pull = is_work ? session->work->pull : session->pull;
  CsGrant *grant = link != NULL ? cs_remote_link_get_grant (link) : NULL;

  if (is_work)
    cs_work_cancel_pull (session->work);
  else
    cs_session_cancel_pull (session);
  if (pull != NULL)
    cs_await (dex_ref (pull), NULL);
  return cs_await (grant != NULL ? cs_grant_forget (grant) : cs_vault_clear (session->vault, id), error);
}

/* Whatever Xero said, this desk forgets: nothing more is sent, and the tokens go. */
static gboolean
forget (const Goodbye *goodbye, CsRemoteLink *link, const CsConnection *connection, GError **error)
{
  CsSession *session = goodbye->session;

  if (!cs_await (cs_session_write (session, mark_disconnected_job,
                                   g_memdup2 (&connection->id, sizeof connection->id), g_free, NULL),
                 error)
      || !cs_await (cs_session_refresh_copies (session), error))
    return FALSE;
  if (goodbye->is_work)
    cs_work_update_link (session->work);
  else
    cs_session_update_link (session);
  cs_session_emit_changed (session, CS_CHANGE_CONNECTION | (goodbye->is_work ? CS_CHANGE_WORK : 0));
  return cs_session_let_go (session, link, goodbye->is_work, &connection->grant_id, error);
}

static DexFuture *
disconnect_fiber (gpointer data)
{
  const Goodbye *goodbye = data;
  CsSession *session = goodbye->session;
  const CsConnection *known = goodbye->is_work ? session->work->connection : session->connection;
  CsRemoteLink *known_link = goodbye->is_work ? session->work->link : session->link;
  g_autoptr (CsConnection) connection = known != NULL ? cs_connection_copy (known) : NULL;
  g_autoptr (CsRemoteLink) link = known_link != NULL ? cs_remote_link_ref (known_link) : NULL;
  g_autoptr (GError) told = NULL;
  g_autoptr (GError) error = NULL;

  if (connection == NULL)
    return dex_future_new_for_boolean (TRUE);
  if (link != NULL)
    tell_xero (link, connection->remote_id, &told);
  if (!forget (goodbye, link, connection, &error))
    return cs_future_new_take_error (g_steal_pointer (&error));
  if (told != NULL)
    return dex_future_new_reject (
        CS_REMOTE_ERROR, told->domain == CS_REMOTE_ERROR ? told->code : CS_REMOTE_ERROR_UNREACHABLE,
        _ ("This desk is disconnected, but Xero could not be told (%s). Remove Countersign under "
           "Connected apps in Xero."),
        told->message);
  return dex_future_new_for_boolean (TRUE);
}

static DexFuture *
disconnect (CsSession *session, gboolean is_work)
{
  Goodbye *goodbye = g_new0 (Goodbye, 1);

  goodbye->session = g_object_ref (session);
  goodbye->is_work = is_work;
  return cs_spawn_to_the_end (disconnect_fiber, goodbye, goodbye_free);
}

/** cs_session_disconnect: Returns: (transfer full): resolves when this desk has forgotten the grant [W-09];
 * an error says what Xero could not be told, or that the keyring kept the tokens */
DexFuture *
cs_session_disconnect (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  return disconnect (session, FALSE);
}

/** cs_work_disconnect: Returns: (transfer full): as cs_session_disconnect(), of the practice manager; clients
 * keep what they were linked to */
DexFuture *
cs_work_disconnect (CsWork *work)
{
  g_return_val_if_fail (CS_IS_WORK (work), NULL);

  return disconnect (work->session, TRUE);
}

/* --- links to the ledger's own pages --- */

/* A demo's ledger is the sandbox, which shows its records under the same paths as Xero's pages. */
static char *
make_link (CsSession *session, const char *remote_id, char *(*link) (const char *short_code, const char *id))
{
  const CsConnection *connection = session->connection;
  g_autofree char *address = NULL;
  const char *path = NULL;

  if (connection == NULL || *connection->short_code == '\0' || remote_id == NULL || *remote_id == '\0')
    return NULL;
  address = link (connection->short_code, remote_id);
  if (!session->practice->is_demo)
    return g_steal_pointer (&address);
  path = strstr (address, "/app/");
  return path != NULL ? g_strconcat (session->options->sandbox_address, path, NULL) : NULL;
}

/** cs_session_get_invoice_link: Returns: (transfer full) (nullable): the invoice's page at Xero */
char *
cs_session_get_invoice_link (CsSession *session, const char *remote_invoice_id)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  return make_link (session, remote_invoice_id, cs_xero_invoice_link);
}

/** cs_session_get_contact_link: Returns: (transfer full) (nullable): the contact's page at Xero */
char *
cs_session_get_contact_link (CsSession *session, const char *remote_contact_id)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  return make_link (session, remote_contact_id, cs_xero_contact_link);
}
