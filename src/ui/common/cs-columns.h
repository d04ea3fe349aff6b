/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Columns that a person chooses from any of their headers, moves, widens and sorts by. What the order is, the
 * list knows; the header only says and asks. */
GtkWidget *cs_columns_new (GtkSelectionModel *selection, const char *label); /* (transfer floating) */
/* @column: (transfer full). @menu_label: what it is called in the headers' menu; NULL: it is always shown. */
void cs_columns_append (GtkColumnView *view,
                        GtkColumnViewColumn *column,
                        const char *id,
                        const char *menu_label,
                        gboolean sorts);

/* "pin number:120 !type": the columns in their order, with the width that a person gave, or hidden. */
char *cs_columns_to_string (GtkColumnView *view);
void cs_columns_apply (GtkColumnView *view, const char *text); /* what it does not name stays */
void
cs_columns_watch (GtkColumnView *view, GCallback changed, gpointer object); /* swapped; once it is done */

void cs_columns_show_sort (GtkColumnView *view, const char *id, gboolean is_descending);
const char *cs_columns_get_sort (GtkColumnView *view, gboolean *is_descending); /* NULL: nobody asked */

G_END_DECLS
