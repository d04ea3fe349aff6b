/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-print.h"
#include "cs-toast.h"

typedef struct
{
  GWeakRef from;
  GPtrArray *rows;
  CsPrintReportFunc make_report;
  gpointer data;
  GDestroyNotify free_data;
  CsReport *report; /* once the paper is known */
  guint n_pages;
} Job;

static void
job_free (gpointer data, GClosure *closure)
{
  Job *job = data;

  g_weak_ref_clear (&job->from);
  g_ptr_array_unref (job->rows);
  cs_report_free (job->report);
  if (job->free_data != NULL)
    job->free_data (job->data);
  g_free (job);
}

/* The printer's own margins are outside the area that we are given, so ours are none. */
static void
begin_cb (GtkPrintOperation *operation, GtkPrintContext *context, gpointer data)
{
  Job *job = data;
  CsPaper paper = { gtk_print_context_get_width (context), gtk_print_context_get_height (context), 0 };

  g_clear_pointer (&job->report, cs_report_free);
  job->report = job->make_report (paper, job->data);
  job->n_pages = cs_report_count_pages (job->report, job->rows->len);
  gtk_print_operation_set_n_pages (operation, (int)job->n_pages);
}

static void
draw_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer data)
{
  Job *job = data;
  guint first = cs_report_get_first_row (job->report, (guint)page);
  guint n
      = MIN (cs_report_get_capacity (job->report, (guint)page), job->rows->len - MIN (first, job->rows->len));
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  for (guint i = first; i < first + n; i++)
    g_ptr_array_add (rows, job->rows->pdata[i]);
  cs_report_draw_page (job->report, gtk_print_context_get_cairo_context (context), rows, (guint)page,
                       job->n_pages);
}

static void
done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, gpointer data)
{
  Job *job = data;
  g_autoptr (GtkWidget) from = g_weak_ref_get (&job->from);
  g_autoptr (GError) error = NULL;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR || from == NULL)
    return;
  gtk_print_operation_get_error (operation, &error);
  cs_show_error (from, error);
}

/**
 * cs_print:
 * @from: any widget of the window
 * @job_name: what the queue of the printer calls it
 * @rows: (transfer full) (element-type GStrv): as cs_report_draw_page() takes them
 * @make_report: what is around the rows, once the paper is known
 * @data: (transfer full): for @make_report
 * @free_data: (nullable): frees @data
 */
void
cs_print (GtkWidget *from,
          const char *job_name,
          GPtrArray *rows,
          CsPrintReportFunc make_report,
          gpointer data,
          GDestroyNotify free_data)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  GtkRoot *root = gtk_widget_get_root (from);
  g_autoptr (GError) error = NULL;
  Job *job = g_new0 (Job, 1);

  g_weak_ref_init (&job->from, from);
  job->rows = rows;
  job->make_report = make_report;
  job->data = data;
  job->free_data = free_data;
  gtk_print_operation_set_job_name (operation, job_name);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_cb), job);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_cb), job);
  g_signal_connect_data (operation, "done", G_CALLBACK (done_cb), job, job_free, G_CONNECT_DEFAULT);
  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                               GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, &error)
      == GTK_PRINT_OPERATION_RESULT_ERROR)
    cs_show_error (from, error);
}
