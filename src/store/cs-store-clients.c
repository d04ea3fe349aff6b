/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"
#include "cs-store-pull.h"

#include <glib/gi18n-lib.h>

#define CLIENT_COLUMNS                                                                                       \
  "c.id, c.number, c.name, c.contact_name, c.email, c.phone, c.state, c.source, c.created_ms, c.updated_ms," \
  " c.revision, l.connection_id, l.remote_id"

static CsClient *
read_client (CsSqlStatement *row, GError **error)
{
  g_autoptr (CsClient) client = cs_client_new ();

  client->id = cs_sql_read_uuid (row);
  cs_sql_read_text (row, &client->number);
  cs_sql_read_text (row, &client->name);
  cs_sql_read_text (row, &client->contact_name);
  cs_sql_read_text (row, &client->email);
  cs_sql_read_text (row, &client->phone);
  if (!cs_client_state_parse (cs_sql_peek_text (row), &client->state, error)
      || !cs_source_parse (cs_sql_peek_text (row), &client->source, error))
    return NULL;
  client->created_ms = cs_sql_read_integer (row);
  client->updated_ms = cs_sql_read_integer (row);
  client->revision = cs_sql_read_integer (row);
  client->connection_id = cs_sql_read_uuid (row);
  cs_sql_read_text (row, &client->remote_contact_id);
  return g_steal_pointer (&client);
}

static void
set_unknown (GError **error)
{
  g_set_error_literal (error, CS_STORE_ERROR, CS_STORE_ERROR_NOT_FOUND, _ ("There is no such client."));
}

static gboolean
load_gone (CsStore *store, CsClient *client, GError **error)
{
  return *client->remote_contact_id == '\0'
         || cs_store_get_gone (store, &client->connection_id, "contacts", client->remote_contact_id,
                               &client->contact_gone_ms, error);
}

CsClient *
cs_store_load_client (CsStore *store, const CsUuid *id, const CsUuid *connection_id, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT " CLIENT_COLUMNS " FROM client c LEFT JOIN link l ON l.kind = 'client'"
                  " AND l.local_id = c.id AND l.connection_id = ifnull (?, " CS_SQL_LEDGER ")"
                  " WHERE c.id = ?");

  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_uuid (row, id);
  if (cs_sql_next (row, error))
    {
      g_autoptr (CsClient) client = read_client (row, error);

      return client != NULL && load_gone (store, client, error) ? g_steal_pointer (&client) : NULL;
    }
  if (!cs_sql_has_failed (row))
    set_unknown (error);
  return NULL;
}

/**
 * cs_store_get_client:
 * @store: a store
 * @id: a client
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the client with its link to the ledger; %NULL with
 *   %CS_STORE_ERROR_NOT_FOUND or what the file said
 */
CsClient *
cs_store_get_client (CsStore *store, const CsUuid *id, GError **error)
{
  g_return_val_if_fail (store != NULL && id != NULL, NULL);

  return cs_store_load_client (store, id, NULL, error);
}

/* Few contacts are gone, or none: these are looked up, not each client. */
static gboolean
load_all_gone (CsStore *store, GPtrArray *clients, GError **error)
{
  g_autoptr (GHashTable) gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT c.connection_id, c.remote_id, g.noticed_ms FROM ledger_gone g"
                  " CROSS JOIN ledger_contact c ON c.id = g.id WHERE g.connection_id = " CS_SQL_LEDGER);

  while (cs_sql_next (row, error))
    {
      CsUuid connection_id = cs_sql_read_uuid (row);
      g_autofree char *remote_id = NULL;
      g_autofree char *connection = cs_uuid_to_string (&connection_id);
      gint64 noticed_ms;

      cs_sql_read_text (row, &remote_id);
      noticed_ms = cs_sql_read_integer (row);
      g_hash_table_replace (gone, g_strconcat (connection, " ", remote_id, NULL),
                            g_memdup2 (&noticed_ms, sizeof noticed_ms));
    }
  for (guint i = 0; g_hash_table_size (gone) > 0 && i < clients->len; i++)
    {
      CsClient *client = g_ptr_array_index (clients, i);
      g_autofree char *connection = cs_uuid_to_string (&client->connection_id);
      g_autofree char *key = g_strconcat (connection, " ", client->remote_contact_id, NULL);
      const gint64 *noticed_ms = g_hash_table_lookup (gone, key);

      client->contact_gone_ms = noticed_ms != NULL ? *noticed_ms : 0;
    }
  return !cs_sql_has_failed (row);
}

/**
 * cs_store_list_clients:
 * @store: a store
 * @error: return location
 *
 * Returns: (transfer full) (element-type CsClient) (nullable): all of them, archived ones too, by name
 */
GPtrArray *
cs_store_list_clients (CsStore *store, GError **error)
{
  g_autoptr (GPtrArray) clients = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_client_free);
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL, NULL);

  row = cs_sql_prepare (store->sql,
                        "SELECT " CLIENT_COLUMNS " FROM client c LEFT JOIN link l ON l.kind = 'client'"
                        " AND l.local_id = c.id AND l.connection_id = " CS_SQL_LEDGER
                        " ORDER BY c.name COLLATE NOCASE, c.number");
  while (cs_sql_next (row, error))
    {
      CsClient *client = read_client (row, error);

      if (client == NULL)
        return NULL;
      g_ptr_array_add (clients, client);
    }
  return !cs_sql_has_failed (row) && load_all_gone (store, clients, error) ? g_steal_pointer (&clients)
                                                                           : NULL;
}

static void
bind_editable (CsSqlStatement *row, const CsClient *client)
{
  cs_sql_bind_text (row, client->name);
  cs_sql_bind_text (row, client->contact_name);
  cs_sql_bind_text (row, client->email);
  cs_sql_bind_text (row, client->phone);
  cs_sql_bind_text (row, cs_client_state_to_string (client->state));
  cs_sql_bind_text (row, cs_source_to_string (client->source));
}

gboolean
cs_store_write_new_client (CsStore *store, CsClient *client, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql,
      "INSERT INTO client (name, contact_name, email, phone, state, source, id, number, created_ms,"
      " updated_ms, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)");
  gint64 serial = 0;

  if (!cs_store_take_client_serial (store, &serial, error))
    return FALSE;
  g_free (client->number);
  client->number = g_strdup_printf ("CL-%06" G_GINT64_FORMAT, serial);
  client->id = cs_store_new_uuid (store);
  client->created_ms = cs_store_now_ms (store);
  client->updated_ms = client->created_ms;
  client->revision = 1;
  bind_editable (row, client);
  cs_sql_bind_uuid (row, &client->id);
  cs_sql_bind_text (row, client->number);
  cs_sql_bind_integer (row, client->created_ms);
  cs_sql_bind_integer (row, client->updated_ms);
  return cs_sql_run (row, error) && cs_store_write_contact_person (store, client, "", error);
}

gboolean
cs_store_check_client_name (const CsClient *client, GError **error)
{
  g_autoptr (GError) local = NULL;

  return cs_client_validate_name (client->name, &local)
         || cs_store_refuse (error, CS_STORE_ERROR_INVALID, local->message);
}

static gboolean
write_old_client (CsStore *store, CsClient *client, GError **error)
{
  g_autoptr (CsClient) stored = cs_store_load_client (store, &client->id, NULL, error);
  g_autoptr (CsSqlStatement) row = NULL;

  if (stored == NULL)
    return FALSE;
  if (stored->revision != client->revision)
    {
      g_set_error (error, CS_STORE_ERROR, CS_STORE_ERROR_STALE,
                   _ ("%s was changed meanwhile. Look at it again before you save."), stored->name);
      return FALSE;
    }
  /* One that came from a ledger may be as it likes, until a person changes it. */
  if (g_strcmp0 (client->name, stored->name) != 0 && !cs_store_check_client_name (client, error))
    return FALSE;
  g_set_str (&client->number, stored->number);
  client->created_ms = stored->created_ms;
  client->updated_ms = cs_store_now_ms (store);
  client->revision++;
  row = cs_sql_prepare (store->sql,
                        "UPDATE client SET name = ?, contact_name = ?, email = ?, phone = ?, state = ?,"
                        " source = ?, updated_ms = ?, revision = ? WHERE id = ?");
  bind_editable (row, client);
  cs_sql_bind_integer (row, client->updated_ms);
  cs_sql_bind_integer (row, client->revision);
  cs_sql_bind_uuid (row, &client->id);
  return cs_sql_run (row, error)
         && cs_store_write_contact_person (store, client, stored->contact_name, error);
}

/* Takes over what a save filled in; the record stays as it was when the save fails. */
static void
adopt_saved (CsClient *client, CsClient *saved)
{
  g_set_str (&client->number, saved->number);
  client->id = saved->id;
  client->created_ms = saved->created_ms;
  client->updated_ms = saved->updated_ms;
  client->revision = saved->revision;
}

/* In a transaction: cs_store_save_client(), with its audit row. */
gboolean
cs_store_write_client (CsStore *store, CsClient *client, GError **error)
{
  g_autoptr (CsJsonBuilder) details = NULL;
  g_autoptr (CsClient) saved = cs_client_copy (client);
  gboolean is_new = cs_uuid_is_none (&client->id);

  if (is_new ? !cs_store_check_client_name (saved, error) || !cs_store_write_new_client (store, saved, error)
             : !write_old_client (store, saved, error))
    return FALSE;
  details = cs_audit_details_new ();
  cs_json_builder_set_string (details, "number", saved->number);
  cs_json_builder_set_string (details, "name", saved->name);
  cs_json_builder_set_string (details, "state", cs_client_state_to_string (saved->state));
  if (!cs_store_write_audit_id (store, is_new ? "client.created" : "client.saved", &saved->id, details,
                                error))
    return FALSE;
  adopt_saved (client, saved);
  return TRUE;
}

/**
 * cs_store_save_client:
 * @store: a store
 * @client: inserted when its id is none; number, id, revision and times are filled in. Links are not saved
 * here
 * @error: return location
 *
 * Returns: whether it was saved; else %CS_STORE_ERROR_STALE when somebody saved it since,
 * %CS_STORE_ERROR_INVALID with a name that the ledger would not take, %CS_STORE_ERROR_NOT_FOUND or what the
 * file said
 */
gboolean
cs_store_save_client (CsStore *store, CsClient *client, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsClient) saved = NULL;

  g_return_val_if_fail (store != NULL && client != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL)
    return FALSE;
  saved = cs_client_copy (client);
  if (!cs_store_write_client (store, saved, error) || !cs_sql_commit (transaction, error))
    return FALSE;
  adopt_saved (client, saved);
  return TRUE;
}

/**
 * cs_store_save_clients:
 * @store: a store
 * @clients: (element-type CsClient): as for cs_store_save_client(), each of them once
 * @error: return location
 *
 * All of them or none: half a list would be worse than none [U-29].
 *
 * Returns: whether they were saved; else as cs_store_save_client() for the first that was not
 */
gboolean
cs_store_save_clients (CsStore *store, GPtrArray *clients, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (GPtrArray) saved = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_client_free);

  g_return_val_if_fail (store != NULL && clients != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL)
    return FALSE;
  for (guint i = 0; i < clients->len; i++)
    {
      g_ptr_array_add (saved, cs_client_copy (g_ptr_array_index (clients, i)));
      if (!cs_store_write_client (store, g_ptr_array_index (saved, i), error))
        return FALSE;
    }
  if (!cs_sql_commit (transaction, error))
    return FALSE;
  for (guint i = 0; i < clients->len; i++)
    adopt_saved (g_ptr_array_index (clients, i), g_ptr_array_index (saved, i));
  return TRUE;
}

gboolean
cs_store_write_client_state (CsStore *store, const CsUuid *id, CsClientState state, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "UPDATE client SET state = ?, updated_ms = ?, revision = revision + 1 WHERE id = ?");

  cs_sql_bind_text (row, cs_client_state_to_string (state));
  cs_sql_bind_integer (row, cs_store_now_ms (store));
  cs_sql_bind_uuid (row, id);
  if (!cs_sql_run (row, error))
    return FALSE;
  if (cs_sql_count_changes (store->sql) > 0)
    return TRUE;
  set_unknown (error);
  return FALSE;
}

/**
 * cs_store_archive_client:
 * @store: a store
 * @id: a client
 * @error: return location
 *
 * Nothing is deleted, here or at the ledger [U-06].
 *
 * Returns: whether it is archived; else %CS_STORE_ERROR_NOT_FOUND or what the file said
 */
gboolean
cs_store_archive_client (CsStore *store, const CsUuid *id, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;

  g_return_val_if_fail (store != NULL && id != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  return transaction != NULL && cs_store_write_client_state (store, id, CS_CLIENT_ARCHIVED, error)
         && cs_store_write_audit_id (store, "client.archived", id, NULL, error)
         && cs_sql_commit (transaction, error);
}
