/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "cs-paper.h"

G_BEGIN_DECLS

/* A table on pages: a title and what the table holds in words, headings and a number on each page, rows of
 * one height, sums among them. Cells are words that a person reads; what does not fit ends in an ellipsis. A
 * report is used on one thread at a time. */
typedef struct _CsReport CsReport;

typedef struct _cairo cairo_t; /* as in cairo.h, which who draws nothing need not have */

typedef struct
{
  const char *title;
  double width;       /* of the table, beside the other columns' */
  gboolean is_number; /* stands at the right, in figures of one width */
} CsReportColumn;

typedef struct
{
  const char *title;
  const char *about;             /* which rows these are, in words */
  const char *footnote;          /* at the foot of each page: of when it is */
  const CsReportColumn *columns; /* copied, words and all */
  guint n_columns;
} CsReportHead;

CsReport *cs_report_new (const CsReportHead *head, CsPaper paper);
void cs_report_free (CsReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsReport, cs_report_free)
CsPaper cs_report_get_paper (const CsReport *report);
const char *cs_report_get_title (const CsReport *report);
guint cs_report_get_first_row (const CsReport *report, guint page);

/* How many rows the page of this number, from 0, holds; and how many pages @n_rows take. */
guint cs_report_get_capacity (const CsReport *report, guint page);
guint cs_report_count_pages (const CsReport *report, guint n_rows);

/* @rows: of GStrv, those of this page alone, a cell a column; fewer cells are a sum's words and its value,
 * none a gap. @n_pages: 0 where it is not known yet. */
void cs_report_draw_page (CsReport *report, cairo_t *cairo, const GPtrArray *rows, guint page, guint n_pages);

G_END_DECLS
