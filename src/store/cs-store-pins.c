/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"
#include "cs-store-review.h"

/**
 * cs_store_pin_invoice:
 * @store: a store
 * @connection_id: the ledger
 * @remote_id: an invoice's id there
 * @is_pinned: whether it is pinned from now on
 * @error: return location
 *
 * What is pinned already keeps its time; what is not needs no unpinning. Both are no error (V-09).
 *
 * Returns: whether it is so now; else what the file said
 */
gboolean
cs_store_pin_invoice (CsStore *store,
                      const CsUuid *connection_id,
                      const char *remote_id,
                      gboolean is_pinned,
                      GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsSqlStatement) row = NULL;
  CsUuid id;

  g_return_val_if_fail (store != NULL && connection_id != NULL && remote_id != NULL && *remote_id != '\0',
                        FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL)
    return FALSE;
  id = cs_store_get_mirror_id ("ledger-invoice", connection_id, remote_id);
  row = is_pinned
            ? cs_sql_prepare (store->sql, "INSERT OR IGNORE INTO invoice_pin (id, connection_id, remote_id,"
                                          " pinned_ms, pinned_by) VALUES (?, ?, ?, ?, ?)")
            : cs_sql_prepare (store->sql, "DELETE FROM invoice_pin WHERE id = ?");
  cs_sql_bind_uuid (row, &id);
  if (is_pinned)
    {
      cs_sql_bind_uuid (row, connection_id);
      cs_sql_bind_text (row, remote_id);
      cs_sql_bind_integer (row, cs_store_now_ms (store));
      cs_sql_bind_text (row, store->actor);
    }
  return cs_sql_run (row, error)
         && cs_store_write_audit_id (store, is_pinned ? "invoice.pinned" : "invoice.unpinned", &id, NULL,
                                     error)
         && cs_sql_commit (transaction, error);
}

/**
 * cs_store_list_pinned:
 * @store: a store
 * @connection_id: the ledger
 * @error: return location
 *
 * Returns: (transfer full) (element-type guint32) (nullable): the keys of pinned invoices, ascending; pins on
 * what is not here are kept, and not in it
 */
GArray *
cs_store_list_pinned (CsStore *store, const CsUuid *connection_id, GError **error)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL, NULL);

  row = cs_sql_prepare (store->sql, "SELECT invoice.rid FROM invoice_pin AS pin"
                                    " JOIN ledger_invoice AS invoice ON invoice.id = pin.id"
                                    " WHERE pin.connection_id = ? ORDER BY invoice.rid");
  cs_sql_bind_uuid (row, connection_id);
  while (cs_sql_next (row, error))
    {
      guint32 key = (guint32)cs_sql_read_integer (row);

      g_array_append_val (keys, key);
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&keys);
}

/**
 * cs_store_get_remembered:
 * @store: a store
 * @name: of what
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what was remembered last, "" when nothing was
 */
char *
cs_store_get_remembered (CsStore *store, const char *name, GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;
  char *value = NULL;

  g_return_val_if_fail (store != NULL && name != NULL, NULL);

  row = cs_sql_prepare (store->sql, "SELECT value FROM remembered WHERE name = ?");
  cs_sql_bind_text (row, name);
  if (cs_sql_next (row, error))
    cs_sql_read_text (row, &value);
  else if (!cs_sql_has_failed (row))
    value = g_strdup ("");
  return value;
}

/**
 * cs_store_remember:
 * @store: a store
 * @name: of what
 * @value: how the window was left; not audited, since nobody's books depend on it
 * @error: return location
 *
 * Returns: whether it is kept; else what the file said
 */
gboolean
cs_store_remember (CsStore *store, const char *name, const char *value, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && name != NULL && value != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL)
    return FALSE;
  row = cs_sql_prepare (store->sql, "INSERT OR REPLACE INTO remembered (name, value) VALUES (?, ?)");
  cs_sql_bind_text (row, name);
  cs_sql_bind_text (row, value);
  return cs_sql_run (row, error) && cs_sql_commit (transaction, error);
}
