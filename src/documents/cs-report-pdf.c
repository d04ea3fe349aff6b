/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-report-pdf.h"

#include <cairo-pdf.h>

struct _CsReportPdf
{
  CsReport *report;
  GOutputStream *stream;
  GError *failure; /* (nullable): the first of @stream */
  cairo_surface_t *surface;
  cairo_t *cairo;
  GPtrArray *rows; /* of the page that is being filled */
  guint page;
};

static cairo_status_t
write_cb (void *data, const unsigned char *bytes, unsigned int size)
{
  CsReportPdf *pdf = data;

  if (pdf->failure != NULL)
    return CAIRO_STATUS_WRITE_ERROR;
  return g_output_stream_write_all (pdf->stream, bytes, size, NULL, NULL, &pdf->failure)
             ? CAIRO_STATUS_SUCCESS
             : CAIRO_STATUS_WRITE_ERROR;
}

/**
 * cs_report_pdf_new:
 * @report: (transfer full): what is around the rows
 * @stream: where it goes; written to from here until cs_report_pdf_finish(), and not closed
 *
 * Returns: (transfer full): a PDF without a row yet
 */
CsReportPdf *
cs_report_pdf_new (CsReport *report, GOutputStream *stream)
{
  CsReportPdf *pdf = NULL;
  CsPaper paper;

  g_return_val_if_fail (report != NULL && G_IS_OUTPUT_STREAM (stream), NULL);

  pdf = g_new0 (CsReportPdf, 1);
  pdf->report = report;
  pdf->stream = g_object_ref (stream);
  pdf->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  paper = cs_report_get_paper (report);
  pdf->surface = cairo_pdf_surface_create_for_stream (write_cb, pdf, paper.width, paper.height);
  cairo_pdf_surface_set_metadata (pdf->surface, CAIRO_PDF_METADATA_TITLE, cs_report_get_title (report));
  cairo_pdf_surface_set_metadata (pdf->surface, CAIRO_PDF_METADATA_CREATOR, "Countersign");
  pdf->cairo = cairo_create (pdf->surface);
  return pdf;
}

/** cs_report_pdf_free: @pdf: (transfer full) (nullable): one that is finished, or given up */
void
cs_report_pdf_free (CsReportPdf *pdf)
{
  if (pdf == NULL)
    return;
  /* What was not finished is not written on as it goes. */
  if (pdf->failure == NULL)
    g_set_error_literal (&pdf->failure, G_IO_ERROR, G_IO_ERROR_CLOSED, "Given up");
  cairo_destroy (pdf->cairo);
  cairo_surface_destroy (pdf->surface);
  g_ptr_array_unref (pdf->rows);
  g_object_unref (pdf->stream);
  g_error_free (pdf->failure);
  cs_report_free (pdf->report);
  g_free (pdf);
}

static gboolean
check (CsReportPdf *pdf, GError **error)
{
  cairo_status_t status = cairo_status (pdf->cairo);

  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (pdf->surface);
  if (pdf->failure != NULL)
    g_propagate_error (error, g_error_copy (pdf->failure));
  else if (status != CAIRO_STATUS_SUCCESS)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, cairo_status_to_string (status));
  return pdf->failure == NULL && status == CAIRO_STATUS_SUCCESS;
}

static void
end_page (CsReportPdf *pdf)
{
  cs_report_draw_page (pdf->report, pdf->cairo, pdf->rows, pdf->page, 0);
  cairo_show_page (pdf->cairo);
  g_ptr_array_set_size (pdf->rows, 0);
  pdf->page++;
}

/**
 * cs_report_pdf_add_row:
 * @pdf: a PDF
 * @cells: (transfer full): as cs_report_draw_page() takes a row
 * @error: what went wrong with the stream
 *
 * Returns: whether all that was to be written by now is
 */
gboolean
cs_report_pdf_add_row (CsReportPdf *pdf, GStrv cells, GError **error)
{
  g_return_val_if_fail (pdf != NULL && cells != NULL, FALSE);

  if (pdf->rows->len == cs_report_get_capacity (pdf->report, pdf->page))
    end_page (pdf);
  g_ptr_array_add (pdf->rows, cells);
  return check (pdf, error);
}

/** cs_report_pdf_finish: Returns: whether the whole PDF is in the stream */
gboolean
cs_report_pdf_finish (CsReportPdf *pdf, GError **error)
{
  g_return_val_if_fail (pdf != NULL, FALSE);

  if (pdf->rows->len > 0 || pdf->page == 0)
    end_page (pdf);
  cairo_surface_finish (pdf->surface);
  return check (pdf, error);
}
