/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-request-log.h"

#include "cs-store-requests.h"

/* How long a call waits for others to be written with it. */
#define BATCH_MS 500

struct _CsRequestLog
{
  grefcount references;
  CsDatabase *writer; /* (unowned) (nullable): none once closed */
  void (*written) (gpointer data);
  gpointer data;
  GPtrArray *batch; /* of CsRequest */
  CsUuid operation;
  guint timer;
};

/**
 * cs_request_log_new:
 * @writer: (transfer none): where it is written, until the log is closed
 * @written: called after each batch, until the log is closed
 * @data: for @written
 *
 * Returns: (transfer full): an empty log
 */
CsRequestLog *
cs_request_log_new (CsDatabase *writer, void (*written) (gpointer data), gpointer data)
{
  CsRequestLog *log = g_new0 (CsRequestLog, 1);

  g_ref_count_init (&log->references);
  log->writer = writer;
  log->written = written;
  log->data = data;
  log->batch = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_request_free);
  return log;
}

/** cs_request_log_ref: Returns: (transfer full): @log */
CsRequestLog *
cs_request_log_ref (CsRequestLog *log)
{
  g_return_val_if_fail (log != NULL, NULL);

  g_ref_count_inc (&log->references);
  return log;
}

/** cs_request_log_unref: */
void
cs_request_log_unref (CsRequestLog *log)
{
  g_return_if_fail (log != NULL);

  if (!g_ref_count_dec (&log->references))
    return;
  g_clear_handle_id (&log->timer, g_source_remove);
  g_ptr_array_unref (log->batch);
  g_free (log);
}

static gpointer
add_requests_job (CsStore *store, gpointer data, GError **error)
{
  cs_store_add_requests (store, data, error);
  return NULL;
}

static DexFuture *
written_cb (DexFuture *done, gpointer data)
{
  CsRequestLog *log = data;
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (done, &error) == NULL)
    g_debug ("calls could not be written down: %s", error->message);
  else if (log->writer != NULL)
    log->written (log->data);
  return NULL;
}

static void
write_batch (CsRequestLog *log)
{
  GPtrArray *batch = NULL;

  g_clear_handle_id (&log->timer, g_source_remove);
  if (log->writer == NULL || log->batch->len == 0)
    return;
  batch = g_steal_pointer (&log->batch);
  log->batch = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_request_free);
  dex_future_disown (dex_future_finally (
      cs_database_run (log->writer, add_requests_job, batch, (GDestroyNotify)g_ptr_array_unref, NULL),
      written_cb, cs_request_log_ref (log), (GDestroyNotify)cs_request_log_unref));
}

static gboolean
timer_cb (gpointer data)
{
  CsRequestLog *log = data;

  log->timer = 0;
  write_batch (log);
  return G_SOURCE_REMOVE;
}

/** cs_request_log_set_operation: @journal_id (nullable) is the row that writes and probes are for. */
void
cs_request_log_set_operation (CsRequestLog *log, const CsUuid *journal_id)
{
  g_return_if_fail (log != NULL);

  log->operation = journal_id != NULL ? *journal_id : (CsUuid){ 0 };
}

/** cs_request_log_add: keeps what @record tells; written within half a second. */
void
cs_request_log_add (CsRequestLog *log, const CsHttpRecord *record)
{
  CsRequest request = {
    .at_ms = record->at_ms,
    .method = (char *)record->method,
    .route = (char *)record->route,
    .status = record->status,
    .elapsed_ms = record->elapsed_ms,
    .bytes = (gint64)record->bytes,
    .correlation_id = (char *)record->correlation_id,
  };

  g_return_if_fail (log != NULL);

  if (log->writer == NULL)
    return;
  /* A reading may run beside the row in hand: only what is sent for a row is the row's. */
  if (record->is_push)
    request.journal_id = log->operation;
  g_ptr_array_add (log->batch, cs_request_copy (&request));
  if (log->timer == 0)
    log->timer = g_timeout_add (BATCH_MS, timer_cb, log);
}

/** cs_request_log_close: the last batch goes to the writer, and nothing after it. */
void
cs_request_log_close (CsRequestLog *log)
{
  g_return_if_fail (log != NULL);

  write_batch (log);
  log->writer = NULL;
}
