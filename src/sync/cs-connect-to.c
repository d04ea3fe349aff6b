/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-connect-private.h"

#include "cs-store-clients.h"
#include "cs-store-journal.h"
#include "cs-work-private.h"
#include "cs-xero-actions.h"

/* Connecting is the same whatever is connected; what is not stands here. */

static gboolean
is_work (CsConnect *connect)
{
  return connect->to == CS_CONNECT_TO_WORK;
}

const CsHosts *
cs_connect_get_hosts (CsConnect *connect)
{
  return is_work (connect) ? connect->session->work->hosts : connect->session->hosts;
}

const CsConnection *
cs_connect_get_known (CsConnect *connect)
{
  return is_work (connect) ? connect->session->work->connection : connect->session->connection;
}

const char *
cs_connect_get_system (CsConnect *connect)
{
  return is_work (connect) ? CS_WORK_SYSTEM : "xero";
}

const char *
cs_connect_get_scopes (CsConnect *connect)
{
  if (!is_work (connect))
    return CS_XERO_SCOPES;
  return connect->is_broad ? CS_XPM_SCOPES_BROAD : CS_XPM_SCOPES;
}

char *
cs_connect_find_missing_scopes (CsConnect *connect, const char *granted)
{
  return is_work (connect) ? cs_connect_missing_work_scopes (granted) : cs_connect_missing_scopes (granted);
}

DexFuture *
cs_connect_list_remote (CsConnect *connect, CsHttp *http)
{
  const CsHosts *hosts = cs_connect_get_hosts (connect);

  return is_work (connect) ? cs_xero_list_practices (http, hosts) : cs_xero_list_tenants (http, hosts);
}

void
cs_connect_update_link (CsConnect *connect)
{
  if (is_work (connect))
    cs_work_update_link (connect->session->work);
  else
    cs_session_update_link (connect->session);
}

DexFuture *
cs_connect_read (CsConnect *connect)
{
  return is_work (connect) ? cs_work_pull_now (connect->session->work)
                           : cs_session_pull_now (connect->session);
}

CsRemoteLink *
cs_connect_get_live_link (CsConnect *connect)
{
  return is_work (connect) ? connect->session->work->link : connect->session->link;
}

/* --- what is linked already --- */

/* Links and pushes: what a person would lose sight of in another organisation. */
static gpointer
find_ledger_mapping (CsStore *store, GError **error)
{
  g_autoptr (GPtrArray) clients = cs_store_list_clients (store, error);
  g_autoptr (GPtrArray) journal = clients != NULL ? cs_store_list_journal (store, NULL, error) : NULL;
  guint mappings = 0;

  if (journal == NULL)
    return NULL;
  for (guint i = 0; i < clients->len; i++)
    mappings += *((const CsClient *)g_ptr_array_index (clients, i))->remote_contact_id != '\0';
  for (guint i = 0; i < journal->len; i++)
    mappings += ((const CsJournalEntry *)g_ptr_array_index (journal, i))->state != CS_JOURNAL_CANCELLED;
  return mappings > 0 ? g_strdup ("mapped") : NULL;
}

static gpointer
find_work_mapping (CsStore *store, GError **error)
{
  g_autoptr (CsConnection) connection = cs_store_get_work_connection (store, error);
  guint links = 0;

  if (connection == NULL || !cs_store_count_work_links (store, &connection->id, &links, error))
    return NULL;
  return links > 0 ? g_strdup ("mapped") : NULL;
}

gpointer
cs_connect_find_mapping (CsStore *store, gpointer data, GError **error)
{
  return GPOINTER_TO_INT (data) ? find_work_mapping (store, error) : find_ledger_mapping (store, error);
}

/* --- may this login do what is needed --- */

/* Asked before the first invoice is refused for it (xero-accounting.md 11). */
static gboolean
may_invoice (const CsConnectStep *step, CsRemoteLink *link, const CsXeroTenant *tenant, GError **error)
{
  CsConnect *connect = step->connect;
  g_autoptr (GPtrArray) actions = NULL;
  g_autofree char *words = NULL;

  cs_remote_link_set_tenant (link, tenant->tenant_id);
  actions = cs_await_array (cs_xero_list_actions (cs_remote_link_get_xero (link)), error);
  if (actions == NULL || !cs_connect_is_wanted (step, error))
    return FALSE;
  words = cs_connect_missing_rights (actions, connect->session->settings->authorise);
  if (words != NULL)
    cs_connect_fail (connect, CS_CONNECT_PROBLEM_NO_RIGHTS, words);
  return words == NULL;
}

/* The privilege may be taken away again after the consent, and is then a 403 (xpm.md 2.4). The staff are few,
 * and whoever may connect may list them. */
static gboolean
may_read_practice (const CsConnectStep *step, CsRemoteLink *link, const CsXeroTenant *tenant, GError **error)
{
  g_autoptr (CsXpmEntries) staff = NULL;
  GError *local = NULL;

  cs_remote_link_set_practice (link, tenant->tenant_id);
  staff = cs_await_record (cs_xpm_read_list (cs_remote_link_get_xpm (link), CS_XPM_LIST_STAFF), &local);
  if (staff != NULL)
    return cs_connect_is_wanted (step, error);
  if (g_error_matches (local, CS_REMOTE_ERROR, CS_REMOTE_ERROR_FORBIDDEN)
      && cs_connect_is_wanted (step, NULL))
    {
      cs_connect_fail (step->connect, CS_CONNECT_PROBLEM_NO_PRIVILEGE, local->message);
      g_clear_error (&local);
      return FALSE;
    }
  g_propagate_error (error, local);
  return FALSE;
}

gboolean
cs_connect_vet (const CsConnectStep *step, CsRemoteLink *link, const CsXeroTenant *tenant, GError **error)
{
  return is_work (step->connect) ? may_read_practice (step, link, tenant, error)
                                 : may_invoice (step, link, tenant, error);
}
