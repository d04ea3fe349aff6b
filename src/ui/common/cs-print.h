/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cs-report.h"

G_BEGIN_DECLS

/* How a report is made once the paper is known. (transfer full) */
typedef CsReport *(*CsPrintReportFunc) (CsPaper paper, gpointer data);

/* Prints by the desktop's dialog. @rows: (transfer full) of GStrv, all of the report's. */
void cs_print (GtkWidget *from,
               const char *job_name,
               GPtrArray *rows,
               CsPrintReportFunc make_report,
               gpointer data,
               GDestroyNotify free_data);

G_END_DECLS
