/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-work.h"

#include "cs-store-connections.h"
#include "cs-store-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* Canonical, so that equal fields are equal text. */
char *
cs_store_build_work_fields (const CsWorkFields *fields, GError **error)
{
  g_autoptr (CsJsonBuilder) builder = cs_json_builder_new ();
  g_autoptr (GBytes) bytes = NULL;

  cs_json_builder_begin_object (builder);
  for (gsize i = 0; i < CS_WORK_N_FIELDS; i++)
    if (fields->values[i] != NULL)
      cs_json_builder_set_string (builder, cs_work_field_to_string ((CsWorkField)i), fields->values[i]);
  cs_json_builder_end_object (builder);
  bytes = cs_json_canonical_end (builder, error);
  return bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) : NULL;
}

static CsWorkFields *
parse_fields (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (CsJsonDocument) document = cs_json_document_parse (bytes, error);
  CsWorkFields *fields;

  if (document == NULL)
    return NULL;
  fields = cs_work_fields_new ();
  for (gsize i = 0; i < CS_WORK_N_FIELDS; i++)
    fields->values[i] = g_strdup (
        cs_json_get_string (cs_json_document_get_root (document), cs_work_field_to_string ((CsWorkField)i)));
  return fields;
}

/* The number in a client's address is known once it was read alone: a list without it does not take it away.
 */
static gboolean
write_client (CsStore *store,
              const CsUuid *connection_id,
              const CsWorkClient *client,
              gint64 run,
              GError **error)
{
  g_autofree char *fields = cs_store_build_work_fields (client->fields, error);
  g_autoptr (CsSqlStatement) row = NULL;

  if (fields == NULL)
    return FALSE;
  row = cs_sql_prepare (
      store->sql, "INSERT INTO work_client (connection_id, remote_id, web_id, name, email, fields, prospect,"
                  " is_archived, is_deleted, run) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                  " ON CONFLICT (connection_id, remote_id) DO UPDATE SET"
                  " web_id = CASE excluded.web_id WHEN '' THEN web_id ELSE excluded.web_id END,"
                  " name = excluded.name, email = excluded.email, fields = excluded.fields,"
                  " prospect = excluded.prospect, is_archived = excluded.is_archived,"
                  " is_deleted = excluded.is_deleted, run = max (run, excluded.run)");
  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, client->remote_id);
  cs_sql_bind_text (row, client->web_id);
  cs_sql_bind_text (row, cs_work_client_get (client, CS_WORK_FIELD_NAME));
  cs_sql_bind_text (row, cs_work_client_get (client, CS_WORK_FIELD_EMAIL));
  cs_sql_bind_text (row, fields);
  cs_sql_bind_integer (row, client->is_prospect);
  cs_sql_bind_boolean (row, client->is_archived);
  cs_sql_bind_boolean (row, client->is_deleted);
  cs_sql_bind_integer (row, run);
  return cs_sql_run (row, error);
}

/**
 * cs_store_write_work_clients:
 * @store: a store
 * @connection_id: the practice manager
 * @clients: of #CsWorkClient: a batch of what was read
 * @run: the number of the full read that it belongs to; 0: it is one of changes
 * @error: return location
 *
 * Returns: whether they are known, in one transaction; else what the file said
 */
gboolean
cs_store_write_work_clients (CsStore *store,
                             const CsUuid *connection_id,
                             const GPtrArray *clients,
                             gint64 run,
                             GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL && clients != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL)
    return FALSE;
  for (guint i = 0; i < clients->len; i++)
    if (!write_client (store, connection_id, g_ptr_array_index (clients, i), run, error))
      return FALSE;
  return cs_sql_commit (transaction, error);
}

/* Deletions are listed for a while only (xpm.md 5.2): what a list of everything lacks is gone, too. */
static gboolean
write_unseen_deleted (CsStore *store, const CsUuid *connection_id, gint64 run, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "UPDATE work_client SET is_deleted = 1"
                                    " WHERE connection_id = ? AND run < ? AND is_deleted = 0");

  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_integer (row, run);
  return run == 0 || cs_sql_run (row, error);
}

/**
 * cs_store_finish_work_clients:
 * @store: a store
 * @connection_id: the practice manager
 * @run: the number of the full read that ended; 0: it was one of changes
 * @clock_ms: the remote's time when it answered: where the next one goes on
 * @error: return location
 *
 * Returns: whether the cursor has moved, in one transaction; else what the file said
 */
gboolean
cs_store_finish_work_clients (CsStore *store,
                              const CsUuid *connection_id,
                              gint64 run,
                              gint64 clock_ms,
                              GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_auto (CsCursor) cursor = { 0 };

  g_return_val_if_fail (store != NULL && connection_id != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL || !cs_store_get_cursor (store, connection_id, CS_WORK_CURSOR, &cursor, error))
    return FALSE;
  cursor.high_water_ms = MAX (cursor.high_water_ms, clock_ms);
  if (run != 0)
    {
      cursor.run = run;
      cursor.full_ms = cs_store_now_ms (store);
    }
  return write_unseen_deleted (store, connection_id, run, error)
         && cs_store_write_cursor (store, connection_id, CS_WORK_CURSOR, &cursor, error)
         && cs_sql_commit (transaction, error);
}

/* Of CS_SQL_WORK_CLIENT. */
CsWorkClient *
cs_store_read_work_client (CsSqlStatement *row, GError **error)
{
  g_autoptr (CsWorkClient) client = cs_work_client_new ();

  cs_sql_read_text (row, &client->remote_id);
  cs_sql_read_text (row, &client->web_id);
  cs_work_fields_free (client->fields);
  client->fields = parse_fields (cs_sql_peek_text (row), error);
  if (client->fields == NULL)
    return NULL;
  client->is_prospect = (CsTristate)cs_sql_read_integer (row);
  client->is_archived = cs_sql_read_boolean (row);
  client->is_deleted = cs_sql_read_boolean (row);
  return g_steal_pointer (&client);
}

/**
 * cs_store_list_work_clients:
 * @store: a store
 * @connection_id: the practice manager
 * @after_name: (nullable): the name of the last one of the page before
 * @after_id: (nullable): its id
 * @limit: at most so many
 * @error: return location
 *
 * What a person may pick from [K-2]; namesakes follow one another, told apart by their ids.
 *
 * Returns: (transfer full): of #CsWorkClient, by name
 */
GPtrArray *
cs_store_list_work_clients (CsStore *store,
                            const CsUuid *connection_id,
                            const char *after_name,
                            const char *after_id,
                            guint limit,
                            GError **error)
{
  g_autoptr (GPtrArray) clients = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_work_client_free);
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL, NULL);

  row = cs_sql_prepare (store->sql,
                        CS_SQL_WORK_CLIENT " WHERE connection_id = ? AND is_archived = 0 AND is_deleted = 0"
                                           " AND (name COLLATE NOCASE, remote_id) > (?, ?)"
                                           " ORDER BY name COLLATE NOCASE, remote_id LIMIT ?");
  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, after_name);
  cs_sql_bind_text (row, after_id);
  cs_sql_bind_integer (row, limit);
  while (cs_sql_next (row, error))
    {
      CsWorkClient *client = cs_store_read_work_client (row, error);

      if (client == NULL)
        return NULL;
      g_ptr_array_add (clients, client);
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&clients);
}

static CsWorkClient *
load_one (CsSqlStatement *row, const CsUuid *connection_id, const char *key, GError **error)
{
  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, key);
  if (cs_sql_next (row, error))
    return cs_store_read_work_client (row, error);
  if (!cs_sql_has_failed (row))
    cs_store_refuse (error, CS_STORE_ERROR_NOT_FOUND,
                     _ ("Practice Manager has no such client, as far as it was read."));
  return NULL;
}

/** cs_store_get_work_client: Returns: (transfer full) (nullable): the client of that unique id; else
 * NOT_FOUND */
CsWorkClient *
cs_store_get_work_client (CsStore *store, const CsUuid *connection_id, const char *remote_id, GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL && remote_id != NULL, NULL);

  row = cs_sql_prepare (store->sql, CS_SQL_WORK_CLIENT " WHERE connection_id = ? AND remote_id = ?");
  return load_one (row, connection_id, remote_id, error);
}

/** cs_store_find_work_client: Returns: (transfer full) (nullable): by the number in its address; else
 * NOT_FOUND */
CsWorkClient *
cs_store_find_work_client (CsStore *store, const CsUuid *connection_id, const char *web_id, GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL && web_id != NULL, NULL);

  row = cs_sql_prepare (store->sql, CS_SQL_WORK_CLIENT
                        " WHERE connection_id = ? AND web_id = ? AND web_id <> '' LIMIT 1");
  return load_one (row, connection_id, web_id, error);
}

static gboolean
write_linked_audit (CsStore *store,
                    const CsUuid *client_id,
                    const CsUuid *connection_id,
                    const char *remote_id,
                    const char *how,
                    GError **error)
{
  g_autoptr (CsJsonBuilder) details = cs_audit_details_new ();
  g_autofree char *connection = cs_uuid_to_string (connection_id);

  cs_json_builder_set_string (details, "connection", connection);
  cs_json_builder_set_string (details, "remote_id", remote_id);
  cs_json_builder_set_string (details, "how", how);
  return cs_store_write_audit_id (store, "client.linked", client_id, details, error);
}

/* In a transaction: cs_store_link_work_client(). */
gboolean
cs_store_write_work_link (CsStore *store,
                          const CsUuid *client_id,
                          const CsUuid *connection_id,
                          const char *remote_id,
                          const char *how,
                          char **former,
                          GError **error)
{
  g_autoptr (CsClient) client = cs_store_load_client (store, client_id, connection_id, error);
  g_autofree char *before = g_strdup ("");

  if (client == NULL || !cs_store_load_link (store, CS_LINK_CLIENT, client_id, connection_id, &before, error)
      || !cs_store_write_link (store, CS_LINK_CLIENT, client_id, connection_id, remote_id, how, error)
      || !cs_store_write_work_refusal_gone (store, client_id, connection_id, error)
      || !write_linked_audit (store, client_id, connection_id, remote_id, how, error))
    return FALSE;
  if (former != NULL)
    *former = g_steal_pointer (&before);
  return TRUE;
}

/**
 * cs_store_link_work_client:
 * @store: a store
 * @client_id: a client
 * @connection_id: the practice manager
 * @remote_id: the record there
 * @how: (nullable): how it was matched; %NULL: by a person
 * @former: (out) (nullable): what it was linked to before, ""
 * @error: return location
 *
 * Links, or links anew. Snapshots belong to client and record, so that linking back to @former undoes
 * it.
 *
 * Returns: whether it was linked; else %CS_STORE_ERROR_NOT_FOUND, or %CS_STORE_ERROR_INVALID when the record
 * belongs to another client
 */
gboolean
cs_store_link_work_client (CsStore *store,
                           const CsUuid *client_id,
                           const CsUuid *connection_id,
                           const char *remote_id,
                           const char *how,
                           char **former,
                           GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autofree char *before = NULL;

  g_return_val_if_fail (store != NULL && client_id != NULL && connection_id != NULL, FALSE);
  g_return_val_if_fail (remote_id != NULL && remote_id[0] != '\0', FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL
      || !cs_store_write_work_link (store, client_id, connection_id, remote_id, how != NULL ? how : "person",
                                    &before, error)
      || !cs_store_write_only_there (store, connection_id, error) || !cs_sql_commit (transaction, error))
    return FALSE;
  if (former != NULL)
    *former = g_steal_pointer (&before);
  return TRUE;
}

/** cs_store_get_work_link: Returns: (transfer full) (nullable): what the client is linked to, ""; %NULL with
 * @error */
char *
cs_store_get_work_link (CsStore *store, const CsUuid *client_id, const CsUuid *connection_id, GError **error)
{
  g_autofree char *remote_id = NULL;

  g_return_val_if_fail (store != NULL && client_id != NULL && connection_id != NULL, NULL);

  if (!cs_store_load_link (store, CS_LINK_CLIENT, client_id, connection_id, &remote_id, error))
    return NULL;
  return g_steal_pointer (&remote_id);
}

static gboolean
count (CsSqlStatement *row, const CsUuid *connection_id, guint *n, GError **error)
{
  cs_sql_bind_uuid (row, connection_id);
  if (!cs_sql_next (row, error))
    return FALSE;
  *n = (guint)cs_sql_read_integer (row);
  return TRUE;
}

/** cs_store_count_work_clients: Returns: whether @n (out) is how many there are, neither archived nor
 * deleted; else what the file said */
gboolean
cs_store_count_work_clients (CsStore *store, const CsUuid *connection_id, guint *n, GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL && n != NULL, FALSE);

  row = cs_sql_prepare (store->sql, "SELECT count (*) FROM work_client WHERE connection_id = ?"
                                    " AND is_archived = 0 AND is_deleted = 0");
  return count (row, connection_id, n, error);
}

/** cs_store_count_work_links: Returns: whether @links (out) is how many clients are linked to that practice
 * manager; else what the file said */
gboolean
cs_store_count_work_links (CsStore *store, const CsUuid *connection_id, guint *links, GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL && links != NULL, FALSE);

  row = cs_sql_prepare (store->sql, "SELECT count (*) FROM link WHERE connection_id = ? AND kind = 'client'");
  return count (row, connection_id, links, error);
}

/**
 * cs_store_get_work_base:
 * @store: a store
 * @client_id: a client
 * @connection_id: the practice manager
 * @remote_id: the record there
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what both held when they last agreed; %NULL without error: they never
 * did
 */
CsWorkFields *
cs_store_get_work_base (CsStore *store,
                        const CsUuid *client_id,
                        const CsUuid *connection_id,
                        const char *remote_id,
                        GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && client_id != NULL && connection_id != NULL && remote_id != NULL,
                        NULL);

  row = cs_sql_prepare (store->sql, "SELECT fields FROM work_base WHERE client_id = ? AND connection_id = ?"
                                    " AND remote_id = ?");
  cs_sql_bind_uuid (row, client_id);
  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, remote_id);
  return cs_sql_next (row, error) ? parse_fields (cs_sql_peek_text (row), error) : NULL;
}

/* In a transaction: cs_store_save_work_base(). */
gboolean
cs_store_write_work_base (CsStore *store,
                          const CsUuid *client_id,
                          const CsUuid *connection_id,
                          const char *remote_id,
                          const CsWorkFields *fields,
                          GError **error)
{
  g_autofree char *text = cs_store_build_work_fields (fields, error);
  g_autoptr (CsSqlStatement) row = NULL;

  if (text == NULL)
    return FALSE;
  row = cs_sql_prepare (store->sql,
                        "INSERT OR REPLACE INTO work_base (client_id, connection_id, remote_id, fields)"
                        " VALUES (?, ?, ?, ?)");
  cs_sql_bind_uuid (row, client_id);
  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, remote_id);
  cs_sql_bind_text (row, text);
  return cs_sql_run (row, error);
}

/** cs_store_save_work_base: Returns: whether @fields is the snapshot now; else what the file said */
gboolean
cs_store_save_work_base (CsStore *store,
                         const CsUuid *client_id,
                         const CsUuid *connection_id,
                         const char *remote_id,
                         const CsWorkFields *fields,
                         GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;

  g_return_val_if_fail (store != NULL && client_id != NULL && connection_id != NULL, FALSE);
  g_return_val_if_fail (remote_id != NULL && fields != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  return transaction != NULL
         && cs_store_write_work_base (store, client_id, connection_id, remote_id, fields, error)
         && cs_sql_commit (transaction, error);
}
