/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cs-report.h"

G_BEGIN_DECLS

/* A report written as a PDF while its rows come: no more than a page of them is held. Blocks on @stream: for
 * a worker. */
typedef struct _CsReportPdf CsReportPdf;

CsReportPdf *cs_report_pdf_new (CsReport *report, GOutputStream *stream);
void cs_report_pdf_free (CsReportPdf *pdf);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsReportPdf, cs_report_pdf_free)
gboolean cs_report_pdf_add_row (CsReportPdf *pdf, GStrv cells, GError **error); /* takes @cells */
gboolean cs_report_pdf_finish (CsReportPdf *pdf, GError **error);

G_END_DECLS
