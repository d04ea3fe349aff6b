/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-requests.h"

#include "cs-store-private.h"

static gboolean
write_request (CsStore *store, const CsRequest *request, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "INSERT INTO request (at_ms, method, route, status, elapsed_ms, bytes,"
                                    " correlation_id, journal_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");

  cs_sql_bind_integer (row, request->at_ms);
  cs_sql_bind_text (row, request->method);
  cs_sql_bind_text (row, request->route);
  cs_sql_bind_integer (row, request->status);
  cs_sql_bind_integer (row, request->elapsed_ms);
  cs_sql_bind_integer (row, request->bytes);
  cs_sql_bind_text (row, request->correlation_id);
  cs_sql_bind_uuid (row, &request->journal_id);
  return cs_sql_run (row, error);
}

static gboolean
forget_oldest (CsStore *store, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "DELETE FROM request WHERE sequence <= (SELECT max(sequence) FROM request) - ?");

  cs_sql_bind_integer (row, CS_STORE_REQUESTS_MAX);
  return cs_sql_run (row, error);
}

/**
 * cs_store_add_requests:
 * @store: a store
 * @requests: of #CsRequest, in the order in which they ended
 * @error: return location
 *
 * Writes them down in one transaction, and forgets the oldest beyond %CS_STORE_REQUESTS_MAX.
 *
 * Returns: whether it went well; else what the file said
 */
gboolean
cs_store_add_requests (CsStore *store, GPtrArray *requests, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;

  g_return_val_if_fail (store != NULL && requests != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL)
    return FALSE;
  for (guint i = 0; i < requests->len; i++)
    if (!write_request (store, requests->pdata[i], error))
      return FALSE;
  return forget_oldest (store, error) && cs_sql_commit (transaction, error);
}

static CsRequest *
read_request (CsSqlStatement *row)
{
  CsRequest *request = g_new0 (CsRequest, 1);

  request->sequence = cs_sql_read_integer (row);
  request->at_ms = cs_sql_read_integer (row);
  cs_sql_read_text (row, &request->method);
  cs_sql_read_text (row, &request->route);
  request->status = (guint)cs_sql_read_integer (row);
  request->elapsed_ms = cs_sql_read_integer (row);
  request->bytes = cs_sql_read_integer (row);
  cs_sql_read_text (row, &request->correlation_id);
  request->journal_id = cs_sql_read_uuid (row);
  return request;
}

#define REQUEST_COLUMNS                                                                                      \
  "SELECT sequence, at_ms, method, route, status, elapsed_ms, bytes, correlation_id, journal_id FROM "       \
  "request"

/**
 * cs_store_list_requests:
 * @store: a store
 * @journal_id: (nullable): the row of the journal that they were made for; %NULL: all calls
 * @limit: at most so many
 * @error: return location
 *
 * Returns: (transfer full): of #CsRequest, newest first
 */
GPtrArray *
cs_store_list_requests (CsStore *store, const CsUuid *journal_id, guint limit, GError **error)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_request_free);
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL, NULL);

  if (journal_id == NULL)
    row = cs_sql_prepare (store->sql, REQUEST_COLUMNS " ORDER BY sequence DESC LIMIT ?");
  else
    {
      row = cs_sql_prepare (store->sql,
                            REQUEST_COLUMNS " WHERE journal_id = ? ORDER BY sequence DESC LIMIT ?");
      cs_sql_bind_uuid (row, journal_id);
    }
  cs_sql_bind_integer (row, limit);
  while (cs_sql_next (row, error))
    g_ptr_array_add (requests, read_request (row));
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&requests);
}
