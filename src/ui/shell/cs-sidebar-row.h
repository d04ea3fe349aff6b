/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One page in the sidebar: icon, name, and how many things there need a person. */
#define CS_TYPE_SIDEBAR_ROW (cs_sidebar_row_get_type ())
G_DECLARE_FINAL_TYPE (CsSidebarRow, cs_sidebar_row, CS, SIDEBAR_ROW, GtkListBoxRow)

GtkWidget *cs_sidebar_row_new (const char *page, const char *title, const char *icon_name);
const char *cs_sidebar_row_get_page (CsSidebarRow *self);
void cs_sidebar_row_set_count (CsSidebarRow *self, guint count);

G_END_DECLS
