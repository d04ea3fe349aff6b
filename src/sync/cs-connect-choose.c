/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-connect-private.h"

/* Which organisation: may it be, may this login do there what is needed; then saved, and read for the first
 * time.
 */

static gpointer
save_connection_job (CsStore *store, gpointer data, GError **error)
{
  cs_store_save_connection (store, data, error);
  return NULL;
}

static CsConnection *
make_connection (CsConnect *connect, const CsXeroTenant *tenant)
{
  CsConnection *connection = cs_connection_new ();

  connection->grant_id = connect->grant_id;
  g_set_str (&connection->system, cs_connect_get_system (connect));
  g_set_str (&connection->tenant_id, tenant->tenant_id);
  g_set_str (&connection->tenant_name, tenant->tenant_name);
  g_set_str (&connection->remote_id, tenant->connection_id);
  g_set_str (&connection->login_name, connect->tokens->login_name != NULL ? connect->tokens->login_name : "");
  g_set_str (&connection->client_id, connect->client_id);
  g_set_str (&connection->scopes, connect->tokens->scope != NULL ? connect->tokens->scope : "");
  connection->currency = connect->session->settings->currency;
  connection->state = CS_CONNECTION_CONNECTED;
  connection->connected_ms = cs_clock_now_ms (connect->session->options->clock);
  return connection;
}

/* [U-23] Links and numbers belong to the organisation they were made in. FALSE: said, or @error. */
static gboolean
may_be_connected (const CsConnectStep *step, const CsXeroTenant *tenant, GError **error)
{
  CsConnect *connect = step->connect;
  CsSession *session = connect->session;
  const CsConnection *before = cs_connect_get_known (connect);
  GError *failed = NULL;
  g_autofree char *mapping = NULL;
  g_autofree char *words = NULL;

  if (before == NULL || g_strcmp0 (before->tenant_id, tenant->tenant_id) == 0)
    return TRUE;
  mapping
      = cs_await_record (cs_session_read (session, cs_connect_find_mapping,
                                          GINT_TO_POINTER (connect->to == CS_CONNECT_TO_WORK), NULL, g_free),
                         &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, failed);
      return FALSE;
    }
  if (!cs_connect_is_wanted (step, error))
    return FALSE;
  if (mapping == NULL)
    return TRUE;
  if (connect->to == CS_CONNECT_TO_WORK)
    cs_connect_fail (connect, CS_CONNECT_PROBLEM_OTHER_PRACTICE, "");
  else
    {
      words
          = g_strdup_printf (_ ("This practice was connected to %s before, and its clients and invoices are "
                                "linked there. You chose %s."),
                             before->tenant_name, tenant->tenant_name);
      cs_connect_fail (connect, CS_CONNECT_PROBLEM_OTHER_ORGANISATION, words);
    }
  return FALSE;
}

static gboolean
save_choice (CsConnect *connect, const CsXeroTenant *tenant, GError **error)
{
  CsSession *session = connect->session;
  const CsConnection *known = cs_connect_get_known (connect);
  CsRemoteLink *live = cs_connect_get_live_link (connect);
  g_autoptr (CsRemoteLink) link = live != NULL ? cs_remote_link_ref (live) : NULL;
  gboolean had_grant = known != NULL;
  CsUuid before = had_grant ? known->grant_id : CS_UUID_NONE;

  if (!cs_await (cs_session_write (session, save_connection_job, make_connection (connect, tenant),
                                   (GDestroyNotify)cs_connection_free, NULL),
                 error)
      || !cs_await (cs_session_refresh_copies (session), error))
    return FALSE;
  cs_connect_update_link (connect);
  /* Only forgotten here: revoking it would take the new grant's organisations with it. */
  if (had_grant && !cs_uuid_equal (&before, &connect->grant_id))
    cs_session_let_go (session, link, connect->to == CS_CONNECT_TO_WORK, &before, NULL);
  cs_session_emit_changed (session,
                           CS_CHANGE_CONNECTION | (connect->to == CS_CONNECT_TO_WORK ? CS_CHANGE_WORK : 0));
  cs_session_wake (session);
  return TRUE;
}

typedef struct
{
  CsConnect *connect;
  GPtrArray *remote;
  guint index;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_object_unref (saving->connect);
  g_ptr_array_unref (saving->remote);
  g_free (saving);
}

/* Once begun it ends, whoever still looks: the file and what is at hand must agree. */
static DexFuture *
save_fiber (gpointer data)
{
  Saving *saving = data;
  GError *error = NULL;

  if (!save_choice (saving->connect, g_ptr_array_index (saving->remote, saving->index), &error))
    return cs_future_new_take_error (error);
  return dex_future_new_for_boolean (TRUE);
}

/* The connection is there: whatever comes now is no reason to sign in once more, but for a refusal. */
static DexFuture *
read_fiber (gpointer data)
{
  const CsConnectStep *step = data;
  CsConnect *connect = step->connect;
  CsRemoteLink *live = cs_connect_get_live_link (connect);
  g_autoptr (CsRemoteLink) link = live != NULL ? cs_remote_link_ref (live) : NULL;
  GError *error = NULL;

  if (cs_await (cs_connect_read (connect), &error) && cs_connect_is_wanted (step, &error))
    {
      cs_connect_set_stage (connect, CS_CONNECT_DONE);
      return dex_future_new_for_boolean (TRUE);
    }
  if (g_error_matches (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_FORBIDDEN))
    return cs_connect_end_step (step, error, link != NULL ? cs_remote_link_get_http (link) : NULL);
  if (!cs_error_is_cancelled (error) && cs_connect_is_wanted (step, NULL))
    cs_connect_fail (connect, CS_CONNECT_PROBLEM_FIRST_READ, error->message);
  return cs_future_new_take_error (error);
}

static DexFuture *
save (const CsConnectStep *step)
{
  Saving *saving = g_new0 (Saving, 1);

  saving->connect = g_object_ref (step->connect);
  saving->remote = g_ptr_array_ref (step->connect->remote);
  saving->index = step->index;
  return cs_spawn_to_the_end (save_fiber, saving, saving_free);
}

static DexFuture *
choose_fiber (gpointer data)
{
  const CsConnectStep *step = data;
  CsConnect *connect = step->connect;
  g_autoptr (GPtrArray) remote = NULL;
  g_autoptr (CsRemoteLink) link = NULL;
  const CsXeroTenant *tenant = NULL;
  GError *error = NULL;

  /* A fiber begins a turn of the loop after it was asked for. */
  if (!cs_connect_is_wanted (step, &error))
    return cs_connect_end_step (step, error, NULL);
  remote = g_ptr_array_ref (connect->remote); /* these may be dropped while we wait */
  link = cs_remote_link_ref (connect->link);
  tenant = g_ptr_array_index (remote, step->index);
  if (!may_be_connected (step, tenant, &error) || !cs_connect_vet (step, link, tenant, &error))
    return error != NULL ? cs_connect_end_step (step, error, cs_remote_link_get_http (link))
                         : dex_future_new_for_boolean (FALSE);
  cs_connect_set_stage (connect, CS_CONNECT_SAVING);
  if (!cs_await (save (step), &error))
    return cs_connect_end_step (step, error, NULL);
  cs_connect_set_stage (connect, CS_CONNECT_IMPORTING);
  return read_fiber (data);
}

/** cs_connect_choose: @index of cs_connect_get_tenants(); stores the connection and starts the first import.
 */
void
cs_connect_choose (CsConnect *connect, guint index)
{
  g_return_if_fail (CS_IS_CONNECT (connect));
  g_return_if_fail (connect->remote != NULL && index < connect->remote->len);

  cs_connect_set_stage (connect, CS_CONNECT_VETTING);
  cs_connect_run_step (connect, choose_fiber, index);
}

/** cs_connect_can_choose_again: Returns: whether a failed choice may be made otherwise, without the browser
 */
gboolean
cs_connect_can_choose_again (CsConnect *connect)
{
  g_return_val_if_fail (CS_IS_CONNECT (connect), FALSE);

  return connect->stage == CS_CONNECT_FAILED && connect->tokens != NULL && connect->link != NULL
         && connect->remote != NULL && connect->remote->len > 0;
}

/** cs_connect_choose_again: back to CHOOSING, where cs_connect_can_choose_again() */
void
cs_connect_choose_again (CsConnect *connect)
{
  g_return_if_fail (CS_IS_CONNECT (connect));
  g_return_if_fail (cs_connect_can_choose_again (connect));

  cs_connect_stop_step (connect);
  cs_connect_clear_problem (connect);
  cs_connect_set_stage (connect, CS_CONNECT_CHOOSING);
}

/** cs_connect_read_again: after FIRST_READ, starts the first import once more */
void
cs_connect_read_again (CsConnect *connect)
{
  g_return_if_fail (CS_IS_CONNECT (connect));

  cs_connect_stop_step (connect);
  cs_connect_clear_problem (connect);
  cs_connect_set_stage (connect, CS_CONNECT_IMPORTING);
  cs_connect_run_step (connect, read_fiber, 0);
}
