/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-work.h"

#include "cs-store-private.h"

/* What was changed here and was not taken there: a person is told, and just that is not sent again before it
 * is changed, or somebody wants it [X-18, U-19]. */

gboolean
cs_store_load_is_refused (CsStore *store,
                          const CsUuid *client_id,
                          const CsUuid *connection_id,
                          const CsWorkFields *ours,
                          gboolean *is_refused,
                          GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT 1 FROM work_refusal WHERE client_id = ? AND connection_id = ? AND fields = ?");
  g_autofree char *text = cs_store_build_work_fields (ours, error);

  if (text == NULL)
    return FALSE;
  cs_sql_bind_uuid (row, client_id);
  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, text);
  *is_refused = cs_sql_next (row, error);
  return !cs_sql_has_failed (row);
}

/**
 * cs_store_keep_work_refusal:
 * @store: a store
 * @client_id: a client
 * @connection_id: the practice manager
 * @ours: what was to be changed there
 * @message: why not, in the words of whoever refused it
 * @error: return location
 *
 * Returns: whether it is kept, which raises %CS_ALERT_NOT_TAKEN, with an audit row; else what the file said
 */
gboolean
cs_store_keep_work_refusal (CsStore *store,
                            const CsUuid *client_id,
                            const CsUuid *connection_id,
                            const CsWorkFields *ours,
                            const char *message,
                            GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsSqlStatement) row = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (store != NULL && client_id != NULL && connection_id != NULL, FALSE);
  g_return_val_if_fail (ours != NULL && message != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  text = transaction != NULL ? cs_store_build_work_fields (ours, error) : NULL;
  if (text == NULL)
    return FALSE;
  row = cs_sql_prepare (store->sql,
                        "INSERT OR REPLACE INTO work_refusal (client_id, connection_id, fields, message,"
                        " since_ms) VALUES (?, ?, ?, ?, ?)");
  cs_sql_bind_uuid (row, client_id);
  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, text);
  cs_sql_bind_text (row, message);
  cs_sql_bind_integer (row, cs_store_now_ms (store));
  return cs_sql_run (row, error)
         && cs_store_write_audit_id (store, "client.not-taken", client_id, NULL, error)
         && cs_sql_commit (transaction, error);
}

/* In a transaction: as cs_store_forget_work_refusal(). */
gboolean
cs_store_write_work_refusal_gone (CsStore *store,
                                  const CsUuid *client_id,
                                  const CsUuid *connection_id,
                                  GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "DELETE FROM work_refusal WHERE client_id = ? AND connection_id = ?");

  cs_sql_bind_uuid (row, client_id);
  cs_sql_bind_uuid (row, connection_id);
  return cs_sql_run (row, error);
}

/** cs_store_forget_work_refusal: Returns: whether nothing of the client counts as refused any more: it was
 * taken, or is to be tried again; else what the file said */
gboolean
cs_store_forget_work_refusal (CsStore *store,
                              const CsUuid *client_id,
                              const CsUuid *connection_id,
                              GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;

  g_return_val_if_fail (store != NULL && client_id != NULL && connection_id != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  return transaction != NULL && cs_store_write_work_refusal_gone (store, client_id, connection_id, error)
         && cs_sql_commit (transaction, error);
}

/** cs_store_get_work_refusal: Returns: (transfer full) (nullable): why what was changed here was not taken
 * there, "" where it was; else what the file said */
char *
cs_store_get_work_refusal (CsStore *store,
                           const CsUuid *client_id,
                           const CsUuid *connection_id,
                           GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;
  char *message = NULL;

  g_return_val_if_fail (store != NULL && client_id != NULL && connection_id != NULL, NULL);

  row = cs_sql_prepare (store->sql,
                        "SELECT message FROM work_refusal WHERE client_id = ? AND connection_id = ?");
  cs_sql_bind_uuid (row, client_id);
  cs_sql_bind_uuid (row, connection_id);
  if (cs_sql_next (row, error))
    cs_sql_read_text (row, &message);
  if (cs_sql_has_failed (row))
    return NULL;
  return message != NULL ? message : g_strdup ("");
}
