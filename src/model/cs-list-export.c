/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-list-export.h"

#include <glib/gi18n-lib.h>

#include "cs-export-rows.h"
#include "cs-report-pdf.h"
#include "cs-worker.h"

struct _CsListExport
{
  GObject parent_instance;
  const CsExportKind *kind;
  GObject *source;
  CsExportRead read;
  GArray *keys;
  char *title;
  char *about;
  char *footnote;
  CsCurrency base;
  CsDate today;
  guint n_done;
};

G_DEFINE_FINAL_TYPE (CsListExport, cs_list_export, G_TYPE_OBJECT)

enum
{
  PROP_N_DONE = 1,
  N_PROPERTIES
};
static GParamSpec *properties[N_PROPERTIES];

/* The file that is being written. A worker runs to its end though its answer was dropped, so the one that
 * gives up may meet another: the lock is for that. */
typedef struct
{
  gatomicrefcount references;
  GMutex lock;
  gboolean is_given_up;
  GFile *file;
  const CsExportKind *kind;
  CsExportFormat format;
  CsReport *report; /* until the PDF takes it */
  CsCurrency base;
  CsDate today;
  gboolean was_there;
  GOutputStream *stream;
  CsCsv *csv;
  CsReportPdf *pdf;
  CsExportSums *sums;
} Target;

static Target *
target_ref (Target *target)
{
  g_atomic_ref_count_inc (&target->references);
  return target;
}

static void
target_unref (gpointer data)
{
  Target *target = data;

  if (!g_atomic_ref_count_dec (&target->references))
    return;
  g_clear_pointer (&target->pdf, cs_report_pdf_free);
  g_clear_pointer (&target->csv, cs_csv_free);
  g_clear_pointer (&target->sums, cs_export_sums_free);
  g_clear_pointer (&target->report, cs_report_free);
  g_clear_object (&target->stream);
  g_object_unref (target->file);
  g_mutex_clear (&target->lock);
  g_free (target);
}

typedef struct
{
  Target *target;
  GPtrArray *records;
} Batch;

static void
batch_free (gpointer data)
{
  Batch *batch = data;

  target_unref (batch->target);
  g_ptr_array_unref (batch->records);
  g_free (batch);
}

static gboolean
check_wanted (const Target *target, GError **error)
{
  if (target->is_given_up)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Nobody waits any more");
  return !target->is_given_up;
}

static DexFuture *
settle (gboolean is_good, GError *error)
{
  return is_good ? dex_future_new_for_boolean (TRUE) : cs_future_new_take_error (error);
}

/* One that went while we wrote is left out. */
static gboolean
is_there (const CsExportKind *kind, gconstpointer record)
{
  return kind->is_there == NULL || kind->is_there (record);
}

static gboolean
add_sum (const CsExportKind *kind, CsExportSums *sums, gconstpointer record, GError **error)
{
  return kind->add_sum == NULL || kind->add_sum (sums, record, error);
}

/* (transfer full): of GStrv: what stands below all rows */
static GPtrArray *
make_ends (const CsExportKind *kind, const CsExportSums *sums)
{
  return kind->add_sum != NULL ? cs_export_sums_make_rows (sums)
                               : g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
}

static DexFuture *
open_on_worker (gpointer data)
{
  Target *target = data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&target->lock);
  GError *error = NULL;

  if (!check_wanted (target, &error))
    return cs_future_new_take_error (error);
  target->was_there = g_file_query_exists (target->file, NULL);
  target->stream = G_OUTPUT_STREAM (
      g_file_replace (target->file, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, NULL, &error));
  if (target->stream == NULL)
    return cs_future_new_take_error (error);
  target->sums = cs_export_sums_new ();
  if (target->format == CS_EXPORT_PDF)
    target->pdf = cs_report_pdf_new (g_steal_pointer (&target->report), target->stream);
  else
    {
      target->csv = cs_csv_new ();
      target->kind->add_head (target->csv);
    }
  return dex_future_new_for_boolean (TRUE);
}

static gboolean
flush_csv (Target *target, GError **error)
{
  gboolean is_written = g_output_stream_write_all (target->stream, target->csv->text->str,
                                                   target->csv->text->len, NULL, NULL, error);

  g_string_truncate (target->csv->text, 0);
  return is_written;
}

static gboolean
add_record (Target *target, gconstpointer record, GError **error)
{
  if (target->csv != NULL)
    {
      target->kind->add (target->csv, record, target->today);
      return TRUE;
    }
  return add_sum (target->kind, target->sums, record, error)
         && cs_report_pdf_add_row (target->pdf, target->kind->make_row (record, target->base, target->today),
                                   error);
}

static DexFuture *
add_on_worker (gpointer data)
{
  Batch *batch = data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&batch->target->lock);
  GError *error = NULL;
  gboolean is_good = check_wanted (batch->target, &error);

  for (guint i = 0; i < batch->records->len && is_good; i++)
    if (is_there (batch->target->kind, batch->records->pdata[i]))
      is_good = add_record (batch->target, batch->records->pdata[i], &error);
  if (is_good && batch->target->csv != NULL)
    is_good = flush_csv (batch->target, &error);
  return settle (is_good, error);
}

static DexFuture *
finish_on_worker (gpointer data)
{
  Target *target = data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&target->lock);
  g_autoptr (GPtrArray) rows = make_ends (target->kind, target->sums);
  GError *error = NULL;
  gboolean is_good = check_wanted (target, &error);

  for (guint i = 0; target->pdf != NULL && i < rows->len && is_good; i++)
    is_good = cs_report_pdf_add_row (target->pdf, g_strdupv (rows->pdata[i]), &error);
  if (is_good && target->pdf != NULL)
    is_good = cs_report_pdf_finish (target->pdf, &error);
  /* Only this puts the new file in the place of the old one. */
  if (is_good)
    is_good = g_output_stream_close (target->stream, NULL, &error);
  return settle (is_good, error);
}

/* Closing a replacement that is cancelled leaves the old file as it was. */
static DexFuture *
give_up_on_worker (gpointer data)
{
  Target *target = data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&target->lock);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  target->is_given_up = TRUE;
  if (target->stream == NULL || g_output_stream_is_closed (target->stream))
    return dex_future_new_for_boolean (TRUE);
  g_cancellable_cancel (cancelled);
  g_output_stream_close (target->stream, cancelled, NULL);
  if (!target->was_there)
    g_file_delete (target->file, NULL, NULL);
  return dex_future_new_for_boolean (TRUE);
}

typedef struct
{
  CsListExport *export;
  Target *target; /* (nullable): rows for a printer are wanted, no file */
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_object_unref (run->export);
  g_clear_pointer (&run->target, target_unref);
  g_free (run);
}

static GPtrArray *
read_batch (CsListExport *self, guint first, GError **error)
{
  guint n = MIN (CS_EXPORT_BATCH, self->keys->len - first);

  return cs_await_record (self->read (self->source, &g_array_index (self->keys, guint32, first), n), error);
}

static void
count_done (CsListExport *self, guint n_done)
{
  self->n_done = n_done;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_DONE]);
}

static gboolean
write_all (CsListExport *self, Target *target, GError **error)
{
  if (!cs_await (cs_run_on_worker (open_on_worker, target_ref (target), target_unref), error))
    return FALSE;
  for (guint first = 0; first < self->keys->len; first += CS_EXPORT_BATCH)
    {
      GPtrArray *records = read_batch (self, first, error);
      Batch *batch = NULL;

      if (records == NULL)
        return FALSE;
      batch = g_new0 (Batch, 1);
      batch->target = target_ref (target);
      batch->records = records;
      if (!cs_await (cs_run_on_worker (add_on_worker, batch, batch_free), error))
        return FALSE;
      count_done (self, MIN (first + CS_EXPORT_BATCH, self->keys->len));
    }
  return cs_await (cs_run_on_worker (finish_on_worker, target_ref (target), target_unref), error);
}

static DexFuture *
write_fiber (gpointer data)
{
  Run *run = data;
  GError *error = NULL;

  if (write_all (run->export, run->target, &error))
    return dex_future_new_for_boolean (TRUE);
  /* Also when nobody waits any more: then it goes on by itself. */
  cs_await (cs_run_on_worker (give_up_on_worker, target_ref (run->target), target_unref), NULL);
  return cs_future_new_take_error (error);
}

static DexFuture *
rows_fiber (gpointer data)
{
  Run *run = data;
  CsListExport *self = run->export;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  g_autoptr (CsExportSums) sums = cs_export_sums_new ();
  g_autoptr (GPtrArray) ends = NULL;
  GError *error = NULL;

  for (guint first = 0; first < self->keys->len; first += CS_EXPORT_BATCH)
    {
      g_autoptr (GPtrArray) records = read_batch (self, first, &error);

      for (guint i = 0; records != NULL && error == NULL && i < records->len; i++)
        if (is_there (self->kind, records->pdata[i]) && add_sum (self->kind, sums, records->pdata[i], &error))
          g_ptr_array_add (rows, self->kind->make_row (records->pdata[i], self->base, self->today));
      if (error != NULL)
        return cs_future_new_take_error (error);
      count_done (self, MIN (first + CS_EXPORT_BATCH, self->keys->len));
    }
  ends = make_ends (self->kind, sums);
  for (guint i = 0; i < ends->len; i++)
    g_ptr_array_add (rows, g_strdupv (ends->pdata[i]));
  return cs_future_new_for_array (g_steal_pointer (&rows));
}

/* --- the object --- */

static void
cs_list_export_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_N_DONE)
    g_value_set_uint (value, CS_LIST_EXPORT (object)->n_done);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cs_list_export_finalize (GObject *object)
{
  CsListExport *self = CS_LIST_EXPORT (object);

  g_object_unref (self->source);
  g_array_unref (self->keys);
  g_free (self->title);
  g_free (self->about);
  g_free (self->footnote);
  G_OBJECT_CLASS (cs_list_export_parent_class)->finalize (object);
}

static void
cs_list_export_class_init (CsListExportClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = cs_list_export_get_property;
  object_class->finalize = cs_list_export_finalize;
  properties[PROP_N_DONE]
      = g_param_spec_uint ("n-done", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
cs_list_export_init (CsListExport *self)
{
}

/**
 * cs_list_export_new:
 * @kind: static: of what it is
 * @source: handed to @read, and held
 * @read: answers the rows of some keys
 * @keys: (transfer full) (element-type guint32): which rows, in order
 * @words: copied
 *
 * Returns: (transfer full): an export that has not begun
 */
CsListExport *
cs_list_export_new (const CsExportKind *kind,
                    GObject *source,
                    CsExportRead read,
                    GArray *keys,
                    const CsExportWords *words)
{
  CsListExport *self = g_object_new (CS_TYPE_LIST_EXPORT, NULL);

  self->kind = kind;
  self->source = g_object_ref (source);
  self->read = read;
  self->keys = keys;
  self->title = g_strdup (words->title);
  self->about = g_strdup (words->about);
  self->footnote = g_strdup (words->footnote);
  self->base = words->base;
  self->today = words->today;
  return self;
}

/** cs_list_export_get_kind: Returns: (transfer none): of what it is */
const CsExportKind *
cs_list_export_get_kind (CsListExport *self)
{
  g_return_val_if_fail (CS_IS_LIST_EXPORT (self), NULL);

  return self->kind;
}

/** cs_list_export_get_n_rows: Returns: of how many rows it is */
guint
cs_list_export_get_n_rows (CsListExport *self)
{
  g_return_val_if_fail (CS_IS_LIST_EXPORT (self), 0);

  return self->keys->len;
}

/** cs_list_export_get_n_done: Returns: how many of them are written */
guint
cs_list_export_get_n_done (CsListExport *self)
{
  g_return_val_if_fail (CS_IS_LIST_EXPORT (self), 0);

  return self->n_done;
}

/** cs_list_export_new_report: Returns: (transfer full): what stands around its rows on paper */
CsReport *
cs_list_export_new_report (CsListExport *self, CsPaper paper)
{
  g_return_val_if_fail (CS_IS_LIST_EXPORT (self), NULL);

  return self->kind->new_report (self->title, self->about, self->footnote, paper);
}

static Run *
run_new (CsListExport *self)
{
  Run *run = g_new0 (Run, 1);

  run->export = g_object_ref (self);
  count_done (self, 0);
  return run;
}

/** cs_list_export_write: Returns: (transfer full): resolves once the whole file is in its place; a
 * failure, or dropping the answer, leaves what was there before */
DexFuture *
cs_list_export_write (CsListExport *self, GFile *file, CsExportFormat format, CsPaper paper)
{
  Run *run = NULL;

  g_return_val_if_fail (CS_IS_LIST_EXPORT (self) && G_IS_FILE (file), NULL);

  run = run_new (self);
  run->target = g_new0 (Target, 1);
  g_atomic_ref_count_init (&run->target->references);
  g_mutex_init (&run->target->lock);
  run->target->file = g_object_ref (file);
  run->target->kind = self->kind;
  run->target->format = format;
  run->target->base = self->base;
  run->target->today = self->today;
  if (format == CS_EXPORT_PDF)
    run->target->report = cs_list_export_new_report (self, paper);
  return cs_spawn (write_fiber, run, run_free);
}

/** cs_list_export_make_rows: Returns: (transfer full): an array of GStrv, sums at its end; rejects when
 * there are more than CS_EXPORT_ROWS_PRINT_MAX */
DexFuture *
cs_list_export_make_rows (CsListExport *self)
{
  g_return_val_if_fail (CS_IS_LIST_EXPORT (self), NULL);

  if (self->keys->len > CS_EXPORT_ROWS_PRINT_MAX)
    return dex_future_new_reject (
        CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_RANGE,
        _ ("No more than %'d rows are printed at once. Narrow the list, or export it as a PDF."),
        CS_EXPORT_ROWS_PRINT_MAX);
  return cs_spawn (rows_fiber, run_new (self), run_free);
}
