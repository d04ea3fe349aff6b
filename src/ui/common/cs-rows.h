/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-pill.h"

G_BEGIN_DECLS

/* Rows of boxed lists for details. Text is never markup. */
GtkWidget *cs_rows_new (const char *title, const char *subtitle);
GtkWidget *
cs_rows_new_property (const char *title, const char *value); /* an empty value is shown as a dash */
void cs_rows_add_amount (GtkWidget *row, const char *amount);
void cs_rows_add_pill (GtkWidget *row, CsPill pill);
/* Makes the row a link: Enter or a click activates @detailed_action. */
void cs_rows_set_action (GtkWidget *row, const char *detailed_action);
GtkWidget *cs_rows_add_button (GtkWidget *row, const char *label, const char *detailed_action);
void cs_rows_clear (GtkListBox *list);

/* Fills a list anew, and keeps of its rows those that are of the same kind: they only say something else.
 * Several times as quick as rows that are made anew, and who is on a row, or has chosen words in it, stays.
 */
typedef struct
{
  GtkListBox *list;
  int position;
} CsRowsFill;

CsRowsFill cs_rows_fill_start (GtkListBox *list);
void cs_rows_fill_property (CsRowsFill *fill, const char *title, const char *value);
void cs_rows_fill_property_link (CsRowsFill *fill,
                                 const char *title,
                                 const char *value,
                                 const char *detailed_action);
void
cs_rows_fill_link (CsRowsFill *fill, const char *title, const char *subtitle, const char *detailed_action);
void cs_rows_fill_amount (CsRowsFill *fill, const char *title, const char *subtitle, const char *amount);
void cs_rows_fill_sum (CsRowsFill *fill, const char *title, const char *amount);
void cs_rows_fill_end (CsRowsFill *fill); /* the rows of before that are left go */

G_END_DECLS
