/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A few rows of texts in columns, for popovers and for what a drawing shows: read, not worked on. The last
 * column is of numbers. Text is never markup. */
GtkWidget *cs_table_new (const char *const *headings); /* (nullable) @headings; NULL-terminated */
void cs_table_add_row (GtkWidget *table, gboolean is_strong, ...) G_GNUC_NULL_TERMINATED; /* texts */
void cs_table_align_numbers (GtkWidget *table); /* all but the first column are numbers */

G_END_DECLS
