/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-cell.h"

G_BEGIN_DECLS

/* A list in columns that a person chooses from any of their headers, moves, widens and sorts by:
 * GtkColumnView's own headers over a GtkListView whose rows draw their cells. What the order is, the list
 * knows; the header only says and asks. Signal "activate" (guint position), as GtkListView's. */
#define CS_TYPE_COLUMNS (cs_columns_get_type ())
G_DECLARE_FINAL_TYPE (CsColumns, cs_columns, CS, COLUMNS, GtkWidget)

GtkWidget *cs_columns_new (GtkSelectionModel *selection, const char *label); /* (transfer floating) */
/* @column: (transfer full), of cs_cells_column_new(). @menu_label: what it is called in the headers' menu;
 * NULL: it is always shown. All of them before the list is shown. */
void cs_columns_append (CsColumns *self,
                        GtkColumnViewColumn *column,
                        const char *id,
                        const char *menu_label,
                        gboolean sorts);
void cs_columns_set_single_click_activate (CsColumns *self, gboolean is_single);
void cs_columns_scroll_to (CsColumns *self, guint position, GtkListScrollFlags flags);

/* "pin number:120 !type": the columns in their order, with the width that a person gave, or hidden. */
char *cs_columns_to_string (CsColumns *self);
void cs_columns_apply (CsColumns *self, const char *text);                   /* what it does not name stays */
void cs_columns_watch (CsColumns *self, GCallback changed, gpointer object); /* swapped; once it is done */

void cs_columns_show_sort (CsColumns *self, const char *id, gboolean is_descending);
const char *cs_columns_get_sort (CsColumns *self, gboolean *is_descending); /* NULL: nobody asked */
GtkSorter *cs_columns_get_sorter (CsColumns *self);                         /* "changed": somebody asked */
GtkColumnView *cs_columns_get_header (CsColumns *self);                     /* without a row */

G_END_DECLS
