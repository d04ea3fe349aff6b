/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cs-invoice-sums.h"

G_BEGIN_DECLS

/* Billed and received by month, two columns each: one filled, one outlined, so that grey tells them apart.
 * The pointer or the arrow keys choose a month, whose amounts stand below and are said aloud. */
#define CS_TYPE_MONTH_CHART (cs_month_chart_get_type ())
G_DECLARE_FINAL_TYPE (CsMonthChart, cs_month_chart, CS, MONTH_CHART, GtkBox)

GtkWidget *cs_month_chart_new (void);
void
cs_month_chart_set (CsMonthChart *self, const GArray *months); /* of CsInvoiceMonth, one currency; copied */
char *cs_month_words (CsDate month);                           /* (transfer full): "October 2026" */

G_END_DECLS
