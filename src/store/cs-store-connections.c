/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"
#include "cs-store-work.h"

#include <glib/gi18n-lib.h>

static const char *const state_words[] = {
  [CS_CONNECTION_CONNECTED] = "connected",
  [CS_CONNECTION_SIGN_IN_NEEDED] = "sign-in-needed",
  [CS_CONNECTION_DISCONNECTED] = "disconnected",
};

static CsConnectionState
parse_state (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (state_words); i++)
    if (g_str_equal (word, state_words[i]))
      return (CsConnectionState)i;
  return CS_CONNECTION_DISCONNECTED; /* the table allows no other word */
}

/* A tenant keeps the id that it had, so that links and mirror are found again. */
static gboolean
load_known_id (CsStore *store, const CsConnection *connection, CsUuid *id, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT id FROM connection WHERE system = ? AND tenant_id = ?");

  cs_sql_bind_text (row, connection->system);
  cs_sql_bind_text (row, connection->tenant_id);
  *id = cs_sql_next (row, error) ? cs_sql_read_uuid (row) : CS_UUID_NONE;
  return !cs_sql_has_failed (row);
}

static gboolean
write_connection (CsStore *store, const CsConnection *connection, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql,
      "INSERT INTO connection (id, grant_id, system, tenant_id, tenant_name, short_code, remote_id, "
      "login_name,"
      " client_id, scopes, currency, state, connected_ms, synced_ms)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
      " ON CONFLICT (id) DO UPDATE SET grant_id = excluded.grant_id, tenant_name = excluded.tenant_name,"
      " short_code = excluded.short_code, remote_id = excluded.remote_id, login_name = excluded.login_name,"
      " client_id = excluded.client_id, scopes = excluded.scopes,"
      " currency = CASE excluded.currency WHEN '' THEN currency ELSE excluded.currency END,"
      " state = excluded.state, connected_ms = excluded.connected_ms,"
      " synced_ms = max (synced_ms, excluded.synced_ms)");

  cs_sql_bind_uuid (row, &connection->id);
  cs_sql_bind_uuid (row, &connection->grant_id);
  cs_sql_bind_text (row, connection->system);
  cs_sql_bind_text (row, connection->tenant_id);
  cs_sql_bind_text (row, connection->tenant_name);
  cs_sql_bind_text (row, connection->short_code);
  cs_sql_bind_text (row, connection->remote_id);
  cs_sql_bind_text (row, connection->login_name);
  cs_sql_bind_text (row, connection->client_id);
  cs_sql_bind_text (row, connection->scopes);
  cs_sql_bind_currency (row, connection->currency);
  cs_sql_bind_text (row, state_words[connection->state]);
  cs_sql_bind_integer (row, connection->connected_ms);
  cs_sql_bind_integer (row, connection->synced_ms);
  return cs_sql_run (row, error);
}

static gboolean
is_work (const CsConnection *connection)
{
  return g_strcmp0 (connection->system, CS_WORK_SYSTEM) == 0;
}

/* One ledger at a time, and beside it one practice manager. */
static gboolean
write_others_disconnected (CsStore *store, const CsConnection *connection, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "UPDATE connection SET state = 'disconnected' WHERE id <> ?"
                                    " AND (system = '" CS_WORK_SYSTEM "') = ?");

  if (connection->state == CS_CONNECTION_DISCONNECTED)
    return TRUE;
  cs_sql_bind_uuid (row, &connection->id);
  cs_sql_bind_boolean (row, is_work (connection));
  return cs_sql_run (row, error);
}

/* Invoices never go to a practice manager. */
static gboolean
take_unassigned (CsStore *store, const CsUuid *id, CsConnectionState state, GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;

  if (state == CS_CONNECTION_DISCONNECTED)
    return TRUE;
  row = cs_sql_prepare (store->sql, "SELECT system = '" CS_WORK_SYSTEM "' FROM connection WHERE id = ?");
  cs_sql_bind_uuid (row, id);
  if (!cs_sql_next (row, error))
    return !cs_sql_has_failed (row);
  return cs_sql_read_boolean (row) || cs_store_write_unassigned (store, id, error);
}

static gboolean
write_saved_audit (CsStore *store, const CsConnection *connection, GError **error)
{
  g_autoptr (CsJsonBuilder) details = cs_audit_details_new ();

  cs_json_builder_set_string (details, "system", connection->system);
  cs_json_builder_set_string (details, "tenant_id", connection->tenant_id);
  cs_json_builder_set_string (details, "tenant_name", connection->tenant_name);
  cs_json_builder_set_string (details, "login_name", connection->login_name);
  cs_json_builder_set_string (details, "state", state_words[connection->state]);
  return cs_store_write_audit_id (store, "connection.saved", &connection->id, details, error);
}

/* --- signing in --- */

static gboolean
delete_sign_in (CsStore *store, const CsUuid *grant_id, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (store->sql, "DELETE FROM signing_in WHERE grant_id = ?");

  cs_sql_bind_uuid (row, grant_id);
  return cs_sql_run (row, error);
}

/** cs_store_begin_sign_in: Returns: whether it is noted that tokens of @grant_id may be kept */
gboolean
cs_store_begin_sign_in (CsStore *store, const CsUuid *grant_id, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && grant_id != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL || !cs_store_check_claim (store, error))
    return FALSE;
  row = cs_sql_prepare (store->sql, "INSERT OR REPLACE INTO signing_in (grant_id, since_ms) VALUES (?, ?)");
  cs_sql_bind_uuid (row, grant_id);
  cs_sql_bind_integer (row, cs_store_now_ms (store));
  return cs_sql_run (row, error) && cs_sql_commit (transaction, error);
}

/** cs_store_end_sign_in: Returns: whether it is noted that none of its tokens are kept any more */
gboolean
cs_store_end_sign_in (CsStore *store, const CsUuid *grant_id, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;

  g_return_val_if_fail (store != NULL && grant_id != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  return transaction != NULL && cs_store_check_claim (store, error) && delete_sign_in (store, grant_id, error)
         && cs_sql_commit (transaction, error);
}

/** cs_store_list_sign_ins: Returns: (transfer full) (element-type CsUuid) (nullable): those that were begun,
 * not ended, and are used by no connection */
GArray *
cs_store_list_sign_ins (CsStore *store, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CsUuid));
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL, NULL);

  row = cs_sql_prepare (store->sql, "SELECT grant_id FROM signing_in s WHERE NOT EXISTS"
                                    " (SELECT 1 FROM connection c WHERE c.grant_id = s.grant_id)");
  while (cs_sql_next (row, error))
    {
      CsUuid id = cs_sql_read_uuid (row);

      g_array_append_val (ids, id);
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&ids);
}

/**
 * cs_store_save_connection:
 * @store: a store
 * @connection: its id is filled in, and the moment when it has none
 * @error: return location
 *
 * A tenant that was connected before keeps its connection id. Any other tenant is disconnected: one
 * ledger at a time, and beside it one practice manager. What was accepted while nothing was connected is now
 * to be sent to this one.
 *
 * Returns: whether it was saved; else %CS_STORE_ERROR_INVALID without system or tenant, or what the file said
 */
gboolean
cs_store_save_connection (CsStore *store, CsConnection *connection, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  CsConnection copy;
  CsUuid known;

  g_return_val_if_fail (store != NULL && connection != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL || !load_known_id (store, connection, &known, error))
    return FALSE;
  copy = *connection; /* the strings stay the caller's */
  if (!cs_uuid_is_none (&known))
    copy.id = known;
  else if (cs_uuid_is_none (&copy.id))
    copy.id = cs_store_new_uuid (store);
  if (copy.connected_ms == 0)
    copy.connected_ms = cs_store_now_ms (store);
  if (!write_connection (store, &copy, error) || !write_others_disconnected (store, &copy, error)
      || !take_unassigned (store, &copy.id, copy.state, error) || !write_saved_audit (store, &copy, error)
      || !delete_sign_in (store, &copy.grant_id, error) || !cs_sql_commit (transaction, error))
    return FALSE;
  connection->id = copy.id;
  connection->connected_ms = copy.connected_ms;
  return TRUE;
}

#define CONNECTION_COLUMNS                                                                                   \
  "SELECT id, grant_id, system, tenant_id, tenant_name, short_code, remote_id, login_name,"                  \
  " client_id, scopes, currency, state, connected_ms, synced_ms FROM connection"

static CsConnection *
read_connection (CsSqlStatement *row, GError **error)
{
  g_autoptr (CsConnection) connection = NULL;

  if (!cs_sql_next (row, error))
    return NULL;
  connection = cs_connection_new ();
  connection->id = cs_sql_read_uuid (row);
  connection->grant_id = cs_sql_read_uuid (row);
  cs_sql_read_text (row, &connection->system);
  cs_sql_read_text (row, &connection->tenant_id);
  cs_sql_read_text (row, &connection->tenant_name);
  cs_sql_read_text (row, &connection->short_code);
  cs_sql_read_text (row, &connection->remote_id);
  cs_sql_read_text (row, &connection->login_name);
  cs_sql_read_text (row, &connection->client_id);
  cs_sql_read_text (row, &connection->scopes);
  connection->currency = cs_sql_read_currency (row);
  connection->state = parse_state (cs_sql_peek_text (row));
  connection->connected_ms = cs_sql_read_integer (row);
  connection->synced_ms = cs_sql_read_integer (row);
  return g_steal_pointer (&connection);
}

/**
 * cs_store_get_connection:
 * @store: a store
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the one ledger, which may be disconnected; %NULL without error when
 * none ever was connected
 */
CsConnection *
cs_store_get_connection (CsStore *store, GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL, NULL);

  row = cs_sql_prepare (store->sql, CONNECTION_COLUMNS " WHERE id = " CS_SQL_LEDGER);
  return read_connection (row, error);
}

/**
 * cs_store_get_work_connection:
 * @store: a store
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the one practice manager, which may be disconnected; %NULL without
 * error when none ever was connected
 */
CsConnection *
cs_store_get_work_connection (CsStore *store, GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL, NULL);

  row = cs_sql_prepare (store->sql,
                        CONNECTION_COLUMNS " WHERE system = '" CS_WORK_SYSTEM "'"
                                           " ORDER BY state = 'disconnected', connected_ms DESC, id LIMIT 1");
  return read_connection (row, error);
}

/* Where new rows go: none while nothing is connected. */
gboolean
cs_store_load_ledger_id (CsStore *store, CsUuid *connection_id, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT id FROM connection WHERE id = " CS_SQL_LEDGER " AND state <> 'disconnected'");

  *connection_id = cs_sql_next (row, error) ? cs_sql_read_uuid (row) : CS_UUID_NONE;
  return !cs_sql_has_failed (row);
}

static gboolean
set_unknown (GError **error)
{
  g_set_error_literal (error, CS_STORE_ERROR, CS_STORE_ERROR_NOT_FOUND, _ ("There is no such connection."));
  return FALSE;
}

/**
 * cs_store_set_connection_state:
 * @store: a store
 * @id: a connection
 * @state: its state; links and mirror are kept whatever it is
 * @error: return location
 *
 * Returns: whether it was saved; else %CS_STORE_ERROR_NOT_FOUND or what the file said
 */
gboolean
cs_store_set_connection_state (CsStore *store, const CsUuid *id, CsConnectionState state, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsSqlStatement) row = NULL;
  g_autoptr (CsJsonBuilder) details = NULL;

  g_return_val_if_fail (store != NULL && id != NULL && (gsize)state < G_N_ELEMENTS (state_words), FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL)
    return FALSE;
  row = cs_sql_prepare (store->sql, "UPDATE connection SET state = ? WHERE id = ?");
  cs_sql_bind_text (row, state_words[state]);
  cs_sql_bind_uuid (row, id);
  if (!cs_sql_run (row, error))
    return FALSE;
  if (cs_sql_count_changes (store->sql) == 0)
    return set_unknown (error);
  details = cs_audit_details_new ();
  cs_json_builder_set_string (details, "state", state_words[state]);
  return take_unassigned (store, id, state, error)
         && cs_store_write_audit_id (store, "connection.state", id, details, error)
         && cs_sql_commit (transaction, error);
}

static gboolean
load_connected_by (CsStore *store, const CsUuid *grant_id, CsUuid *id, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT id FROM connection WHERE grant_id IS ? AND state = 'connected'");

  cs_sql_bind_uuid (row, grant_id);
  *id = cs_sql_next (row, error) ? cs_sql_read_uuid (row) : CS_UUID_NONE;
  return !cs_sql_has_failed (row);
}

/**
 * cs_store_lose_grant:
 * @store: a store
 * @grant_id: a login that the remote does not take any more
 * @error: return location
 *
 * That is known later than it happens: meanwhile a person may have signed in anew, or disconnected.
 *
 * Returns: whether what is connected by it, if anything still is, now needs a sign-in
 */
gboolean
cs_store_lose_grant (CsStore *store, const CsUuid *grant_id, GError **error)
{
  CsUuid id;

  g_return_val_if_fail (store != NULL && grant_id != NULL, FALSE);

  /* Whoever writes is one, so nobody comes in between. */
  return load_connected_by (store, grant_id, &id, error)
         && (cs_uuid_is_none (&id)
             || cs_store_set_connection_state (store, &id, CS_CONNECTION_SIGN_IN_NEEDED, error));
}

/**
 * cs_store_mark_synced:
 * @store: a store
 * @connection_id: a connection
 * @synced_ms: when the pull that went well ended
 * @error: return location
 *
 * After a restore, the first one of the ledger also moves our number series past what the mirror shows of it,
 * and lets invoices go again (design.md section 4).
 *
 * Returns: whether it was saved; else %CS_STORE_ERROR_NOT_FOUND or what the file said
 */
gboolean
cs_store_mark_synced (CsStore *store, const CsUuid *connection_id, gint64 synced_ms, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL || !cs_store_check_claim (store, error))
    return FALSE;
  row = cs_sql_prepare (store->sql, "UPDATE connection SET synced_ms = ? WHERE id = ?");
  cs_sql_bind_integer (row, synced_ms);
  cs_sql_bind_uuid (row, connection_id);
  if (!cs_sql_run (row, error))
    return FALSE;
  if (cs_sql_count_changes (store->sql) == 0)
    return set_unknown (error);
  return cs_store_write_pulled (store, connection_id, error) && cs_store_write_shapes_mended (store, error)
         && cs_sql_commit (transaction, error);
}

/** cs_cursor_clear: frees what @cursor holds; it is noughts afterwards. */
void
cs_cursor_clear (CsCursor *cursor)
{
  g_free (cursor->plan);
  *cursor = (CsCursor){ 0 };
}

/**
 * cs_store_get_cursor:
 * @store: a store
 * @connection_id: a connection
 * @kind: "contacts", "invoices" …
 * @cursor: (out): how far the pull got; noughts when it never ran; cs_cursor_clear()
 * @error: return location
 *
 * Returns: whether it could be read
 */
gboolean
cs_store_get_cursor (CsStore *store,
                     const CsUuid *connection_id,
                     const char *kind,
                     CsCursor *cursor,
                     GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL && kind != NULL && cursor != NULL, FALSE);

  row = cs_sql_prepare (
      store->sql,
      "SELECT high_water_ms, page, run, full_ms, plan FROM cursor WHERE connection_id = ? AND kind = ?");
  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, kind);
  *cursor = (CsCursor){ 0 };
  if (cs_sql_next (row, error))
    {
      cursor->high_water_ms = cs_sql_read_integer (row);
      cursor->page = (guint)cs_sql_read_integer (row);
      cursor->run = cs_sql_read_integer (row);
      cursor->full_ms = cs_sql_read_integer (row);
      cs_sql_read_text (row, &cursor->plan);
      if (*cursor->plan == '\0')
        g_clear_pointer (&cursor->plan, g_free);
    }
  return !cs_sql_has_failed (row);
}

/* Inside the transaction that stores the page, and nowhere else. */
gboolean
cs_store_write_cursor (CsStore *store,
                       const CsUuid *connection_id,
                       const char *kind,
                       const CsCursor *cursor,
                       GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql,
      "INSERT OR REPLACE INTO cursor (connection_id, kind, high_water_ms, page, run, full_ms, plan)"
      " VALUES (?, ?, ?, ?, ?, ?, ?)");

  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, kind);
  cs_sql_bind_integer (row, cursor->high_water_ms);
  cs_sql_bind_integer (row, cursor->page);
  cs_sql_bind_integer (row, cursor->run);
  cs_sql_bind_integer (row, cursor->full_ms);
  cs_sql_bind_text (row, cursor->plan);
  return cs_store_check_claim (store, error) && cs_sql_run (row, error);
}
