/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-work.h"

#include "cs-store-private.h"

static gboolean
read_settings (CsSqlStatement *row, CsWorkSettings *settings, GError **error)
{
  if (!cs_work_sync_parse (cs_sql_peek_text (row), &settings->direction, error)
      || !cs_work_level_parse (cs_sql_peek_text (row), &settings->level, error)
      || !cs_work_import_parse (cs_sql_peek_text (row), &settings->import, error))
    return FALSE;
  settings->allows_ledger_import = cs_sql_read_boolean (row);
  return TRUE;
}

/**
 * cs_store_get_work_settings:
 * @store: a store
 * @settings: (out): the practice's; before anybody chose: from there, everything, to pick from (K-1, K-2)
 * @error: return location
 *
 * Returns: whether they could be read; else what the file said
 */
gboolean
cs_store_get_work_settings (CsStore *store, CsWorkSettings *settings, GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && settings != NULL, FALSE);

  *settings = (CsWorkSettings){ CS_WORK_SYNC_FROM, CS_WORK_LEVEL_EVERYTHING, CS_WORK_IMPORT_PICK, FALSE };
  row = cs_sql_prepare (store->sql,
                        "SELECT direction, level, import, allows_ledger_import FROM work_settings");
  if (!cs_sql_next (row, error))
    return !cs_sql_has_failed (row);
  return read_settings (row, settings, error);
}

static gboolean
write_settings (CsStore *store, const CsWorkSettings *settings, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "INSERT INTO work_settings (id, direction, level, import, allows_ledger_import)"
                  " VALUES (1, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET direction = excluded.direction,"
                  " level = excluded.level, import = excluded.import,"
                  " allows_ledger_import = excluded.allows_ledger_import");

  cs_sql_bind_text (row, cs_work_sync_to_string (settings->direction));
  cs_sql_bind_text (row, cs_work_level_to_string (settings->level));
  cs_sql_bind_text (row, cs_work_import_to_string (settings->import));
  cs_sql_bind_boolean (row, settings->allows_ledger_import);
  return cs_sql_run (row, error);
}

/* Whether somebody is asked about those that are only there may be another word now. */
static gboolean
write_asked (CsStore *store, GError **error)
{
  GError *local = NULL;
  g_autoptr (CsConnection) manager = cs_store_get_work_connection (store, &local);

  if (local == NULL)
    return manager == NULL || cs_store_write_only_there (store, &manager->id, error);
  g_propagate_error (error, local);
  return FALSE;
}

/** cs_store_save_work_settings: Returns: whether they were saved, with an audit row; else what the file said
 */
gboolean
cs_store_save_work_settings (CsStore *store, const CsWorkSettings *settings, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsJsonBuilder) details = NULL;

  g_return_val_if_fail (store != NULL && settings != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL || !write_settings (store, settings, error))
    return FALSE;
  details = cs_audit_details_new ();
  cs_json_builder_set_string (details, "direction", cs_work_sync_to_string (settings->direction));
  cs_json_builder_set_string (details, "level", cs_work_level_to_string (settings->level));
  cs_json_builder_set_string (details, "import", cs_work_import_to_string (settings->import));
  cs_json_builder_set_string (details, "ledger_import", settings->allows_ledger_import ? "yes" : "no");
  return cs_store_write_audit (store, "work-settings.saved", "", details, error) && write_asked (store, error)
         && cs_sql_commit (transaction, error);
}

/**
 * cs_store_may_import_from_ledger:
 * @store: a store
 * @may: (out): FALSE while a practice manager is connected and nobody allowed both
 * @error: return location
 *
 * Two sources of clients make every client twice [X-08, K-3].
 *
 * Returns: whether it could be told; else what the file said
 */
gboolean
cs_store_may_import_from_ledger (CsStore *store, gboolean *may, GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && may != NULL, FALSE);

  row = cs_sql_prepare (store->sql,
                        "SELECT EXISTS (SELECT 1 FROM work_settings WHERE allows_ledger_import = 1)"
                        " OR NOT EXISTS (SELECT 1 FROM connection WHERE system = '" CS_WORK_SYSTEM "'"
                        " AND state <> 'disconnected')");
  if (!cs_sql_next (row, error))
    return FALSE;
  *may = cs_sql_read_boolean (row);
  return TRUE;
}

static gboolean
write_entry (CsStore *store,
             const CsUuid *connection_id,
             const char *list,
             const CsWorkEntry *entry,
             guint position,
             GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "INSERT OR REPLACE INTO work_entry (connection_id, list, remote_id, position, name, email)"
                  " VALUES (?, ?, ?, ?, ?, ?)");

  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, list);
  cs_sql_bind_text (row, entry->remote_id);
  cs_sql_bind_integer (row, position);
  cs_sql_bind_text (row, entry->name);
  cs_sql_bind_text (row, entry->email);
  return cs_sql_run (row, error);
}

static gboolean
write_list (CsStore *store,
            const CsUuid *connection_id,
            const char *list,
            gboolean may_not_list,
            GError **error)
{
  g_autoptr (CsSqlStatement) old
      = cs_sql_prepare (store->sql, "DELETE FROM work_entry WHERE connection_id = ? AND list = ?");
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "INSERT OR REPLACE INTO work_list (connection_id, list, may_not_list, read_ms)"
                  " VALUES (?, ?, ?, ?)");

  cs_sql_bind_uuid (old, connection_id);
  cs_sql_bind_text (old, list);
  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, list);
  cs_sql_bind_boolean (row, may_not_list);
  cs_sql_bind_integer (row, cs_store_now_ms (store));
  return cs_sql_run (old, error) && cs_sql_run (row, error);
}

/**
 * cs_store_write_work_list:
 * @store: a store
 * @connection_id: the practice manager
 * @list: "staff", "templates", "categories", "groups" or "states"
 * @entries: (nullable): of #CsWorkEntry, as just read; %NULL: the key may not list them (xpm.md 2.2)
 * @error: return location
 *
 * Returns: whether they are what is known now, in one transaction; else what the file said
 */
gboolean
cs_store_write_work_list (CsStore *store,
                          const CsUuid *connection_id,
                          const char *list,
                          const GPtrArray *entries,
                          GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL && list != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL || !write_list (store, connection_id, list, entries == NULL, error))
    return FALSE;
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    if (!write_entry (store, connection_id, list, g_ptr_array_index (entries, i), i, error))
      return FALSE;
  return cs_sql_commit (transaction, error);
}

/**
 * cs_store_list_work_entries:
 * @store: a store
 * @connection_id: the practice manager
 * @list: as in cs_store_write_work_list()
 * @may_not_list: (out): the key may not: ids can be pasted
 * @error: return location
 *
 * Returns: (transfer full): of #CsWorkEntry, in the remote's order
 */
GPtrArray *
cs_store_list_work_entries (CsStore *store,
                            const CsUuid *connection_id,
                            const char *list,
                            gboolean *may_not_list,
                            GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_work_entry_free);
  g_autoptr (CsSqlStatement) head = NULL;
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL && list != NULL && may_not_list != NULL, NULL);

  head = cs_sql_prepare (store->sql,
                         "SELECT may_not_list FROM work_list WHERE connection_id = ? AND list = ?");
  cs_sql_bind_uuid (head, connection_id);
  cs_sql_bind_text (head, list);
  *may_not_list = cs_sql_next (head, error) && cs_sql_read_boolean (head);
  if (cs_sql_has_failed (head))
    return NULL;
  row = cs_sql_prepare (store->sql, "SELECT remote_id, name, email FROM work_entry"
                                    " WHERE connection_id = ? AND list = ? ORDER BY position, remote_id");
  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, list);
  while (cs_sql_next (row, error))
    {
      CsWorkEntry *entry = cs_work_entry_new ();

      cs_sql_read_text (row, &entry->remote_id);
      cs_sql_read_text (row, &entry->name);
      cs_sql_read_text (row, &entry->email);
      g_ptr_array_add (entries, entry);
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&entries);
}
