/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cs-pill.h"

G_BEGIN_DECLS

/* A row of two lines: what and how much, then of whom and in which state. Text is never markup. */
#define CS_TYPE_LIST_ROW (cs_list_row_get_type ())
G_DECLARE_FINAL_TYPE (CsListRow, cs_list_row, CS, LIST_ROW, GtkBox)

void cs_list_row_set_texts (CsListRow *self, const char *title, const char *subtitle, const char *amount);
void cs_list_row_set_pill (CsListRow *self,
                           CsPill pill,
                           const char *words); /* (nullable) @words: the pill's own; "" hides it */
void
cs_list_row_set_badge (CsListRow *self, const char *badge, const char *tooltip); /* "Xero"; "" hides it */
char *
cs_list_row_describe (CsListRow *self); /* all of it in one line, for a screen reader; (transfer full) */

/* Fills @row from @item (CsRecord): when it comes on screen and whenever the item changes. */
typedef void (*CsListRowBind) (CsListRow *row, gpointer item, gpointer data);
GtkListItemFactory *cs_list_row_factory_new (CsListRowBind bind, gpointer data);

G_END_DECLS
