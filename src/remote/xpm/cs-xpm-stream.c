/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xpm-private.h"

#include "cs-worker.h"

/* A long list on its way from the disk to the caller. */
typedef struct
{
  CsXpm *xpm;
  CsHttpRequest *request;
  const char *list;
  const char *element;
  gpointer (*decode) (const CsXmlElement *, GError **);
  GDestroyNotify free_record;
  CsXpmBatch batch;
  gpointer data;
  GDestroyNotify free_data;
  GInputStream *file;
  gint64 clock_ms;
} Stream;

static void
stream_free (gpointer data)
{
  Stream *stream = data;

  if (stream->free_data != NULL)
    stream->free_data (stream->data);
  g_clear_pointer (&stream->request, cs_http_request_free);
  g_clear_object (&stream->file);
  cs_xpm_unref (stream->xpm);
  g_free (stream);
}

static gssize
read_file (gpointer buffer, gsize size, gpointer data, GError **error)
{
  return g_input_stream_read (data, buffer, size, NULL, error);
}

/* What has been read and not given on, and what the envelope has said so far. */
typedef struct
{
  GPtrArray *records;
  guint n_records;
  char *status;
  char *words;
  gboolean is_response;
} Progress;

static void
progress_clear (Progress *progress)
{
  g_clear_pointer (&progress->records, g_ptr_array_unref);
  g_free (progress->status);
  g_free (progress->words);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Progress, progress_clear)

/* Nothing is given on before the envelope has said that all is well [U-19]. */
static gboolean
give_on (Stream *stream, Progress *progress, GError **error)
{
  g_autoptr (GPtrArray) records = g_steal_pointer (&progress->records);

  progress->records = g_ptr_array_new_with_free_func (stream->free_record);
  if (!cs_xpm_check_status (progress->status, progress->words, FALSE, error))
    return FALSE;
  progress->n_records += records->len;
  return records->len == 0 || stream->batch (records, stream->data, error);
}

static gboolean
take_element (Stream *stream, Progress *progress, const CsXmlElement *element, GError **error)
{
  const char *name = cs_xml_get_name (element);
  gpointer record;

  if (g_str_equal (name, "Status") || g_str_equal (name, "ErrorDescription"))
    {
      char **text = g_str_equal (name, "Status") ? &progress->status : &progress->words;

      g_free (*text);
      *text = cs_xml_dup_content (element);
      return TRUE;
    }
  if (!g_str_equal (name, stream->element))
    return TRUE;
  record = stream->decode (element, error);
  if (record == NULL)
    return FALSE;
  g_ptr_array_add (progress->records, record);
  return progress->records->len < CS_XPM_BATCH || give_on (stream, progress, error);
}

static gboolean
run_stream (Stream *stream, Progress *progress, GError **error)
{
  g_autoptr (CsXmlReader) reader = cs_xml_reader_new (stream->list, read_file, stream->file);
  const CsXmlElement *element;
  GError *failure = NULL;

  while ((element = cs_xml_reader_next (reader, &failure)) != NULL)
    if (!take_element (stream, progress, element, error))
      return FALSE;
  if (failure != NULL)
    {
      g_propagate_error (error, cs_xpm_bad_reply (failure));
      return FALSE;
    }
  return give_on (stream, progress, error);
}

static DexFuture *
stream_on_worker (gpointer data)
{
  Stream *stream = data;
  g_auto (Progress) progress = { .records = g_ptr_array_new_with_free_func (stream->free_record) };
  GError *error = NULL;
  CsXpmStreamed *streamed;

  if (!run_stream (stream, &progress, &error))
    return cs_future_new_take_error (error);
  streamed = g_new0 (CsXpmStreamed, 1);
  streamed->n_records = progress.n_records;
  streamed->clock_ms = stream->clock_ms;
  return cs_future_new_for_record (streamed, g_free);
}

static DexFuture *
stream_fiber (gpointer data)
{
  Stream *stream = data;
  g_autoptr (CsHttpResponse) response = NULL;
  GError *error = NULL;
  Stream *rest;

  response = cs_await_record (cs_http_send (stream->xpm->http, g_steal_pointer (&stream->request)), &error);
  if (response == NULL)
    return cs_future_new_take_error (error);
  if (response->file == NULL || response->file_bytes == 0)
    return cs_future_new_take_error (cs_xpm_bad_reply (NULL));
  rest = g_memdup2 (stream, sizeof *stream);
  rest->xpm = cs_xpm_ref (stream->xpm);
  rest->file = g_steal_pointer (&response->file);
  rest->clock_ms = response->date_ms;
  stream->free_data = NULL;
  return cs_run_on_worker (stream_on_worker, rest, stream_free);
}

static Stream *
stream_new (CsXpm *xpm,
            const char *route,
            char *url,
            CsXpmBatch batch,
            gpointer data,
            GDestroyNotify free_data)
{
  Stream *stream = g_new0 (Stream, 1);

  stream->xpm = cs_xpm_ref (xpm);
  stream->request = cs_xpm_request_new (xpm, "GET", route, url);
  stream->request->is_large = TRUE;
  stream->batch = batch;
  stream->data = data;
  stream->free_data = free_data;
  return stream;
}

/**
 * cs_xpm_read_clients:
 * @xpm: the practice
 * @modified_since_ms: those changed since, by the remote's clock; 0: all of them
 * @batch: takes them, on a worker
 * @data: for @batch
 * @free_data: (nullable): frees @data, on any thread
 *
 * With archived and deleted ones, which is how a deletion is seen (xpm.md 5.2). The answer goes to a file as
 * it comes, and from there to @batch in the memory of one batch.
 *
 * Returns: (transfer full): of #CsXpmStreamed, once @batch has taken the last; only then may a cursor be
 * moved
 */
DexFuture *
cs_xpm_read_clients (CsXpm *xpm,
                     gint64 modified_since_ms,
                     CsXpmBatch batch,
                     gpointer data,
                     GDestroyNotify free_data)
{
  g_autoptr (GDateTime) since = NULL;
  g_autofree char *text = NULL;
  Stream *stream;

  g_return_val_if_fail (xpm != NULL && batch != NULL, NULL);

  since = g_date_time_new_from_unix_utc (modified_since_ms / 1000);
  text = modified_since_ms > 0 && since != NULL
             ? g_date_time_format (since, "&modifiedsince=%Y-%m-%dT%H:%M:%S")
             : g_strdup ("");
  stream = stream_new (xpm, "/client.api/list",
                       g_strdup_printf ("%s/client.api/list?detailed=true%s", xpm->api_url, text), batch,
                       data, free_data);
  stream->list = "Clients";
  stream->element = "Client";
  stream->decode = (gpointer (*) (const CsXmlElement *, GError **))cs_xpm_decode_client;
  stream->free_record = (GDestroyNotify)cs_work_client_free;
  return cs_spawn (stream_fiber, stream, stream_free);
}

/** cs_xpm_get_window_end: Returns: the last day that may be asked for with @from, no later than @to
 * (xpm.md 7.4) */
CsDate
cs_xpm_get_window_end (CsDate from, CsDate to)
{
  CsDate end = cs_date_add_days (from, CS_XPM_JOB_WINDOW_DAYS - 1);

  return cs_date_compare (end, to) < 0 ? end : to;
}

static char *
compact_date (CsDate date)
{
  int year, month, day;

  cs_date_get_parts (date, &year, &month, &day);
  return g_strdup_printf ("%04d%02d%02d", year, month, day);
}

/**
 * cs_xpm_read_jobs:
 * @xpm: the practice
 * @from: made on or after
 * @to: made on or before, no later than cs_xpm_get_window_end()
 * @batch: takes them, on a worker
 * @data: for @batch
 * @free_data: (nullable): frees @data, on any thread
 *
 * Returns: (transfer full): of #CsXpmStreamed, once @batch has taken the last
 */
DexFuture *
cs_xpm_read_jobs (CsXpm *xpm,
                  CsDate from,
                  CsDate to,
                  CsXpmBatch batch,
                  gpointer data,
                  GDestroyNotify free_data)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  Stream *stream;

  g_return_val_if_fail (xpm != NULL && batch != NULL, NULL);
  g_return_val_if_fail (cs_date_is_set (from) && cs_date_is_set (to) && cs_date_compare (from, to) <= 0
                            && cs_date_compare (cs_xpm_get_window_end (from, to), to) == 0,
                        NULL);

  first = compact_date (from);
  last = compact_date (to);
  stream = stream_new (
      xpm, "/job.api/list",
      g_strdup_printf ("%s/job.api/list?from=%s&to=%s&detailed=true", xpm->api_url, first, last), batch, data,
      free_data);
  stream->list = "Jobs";
  stream->element = "Job";
  stream->decode = (gpointer (*) (const CsXmlElement *, GError **))cs_xpm_decode_job;
  stream->free_record = (GDestroyNotify)cs_work_job_free;
  return cs_spawn (stream_fiber, stream, stream_free);
}
