/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What this person's desk remembers, in GSettings. Where the schema isn't installed (a bare build), nothing
 * is remembered and the defaults hold: that is no reason not to start. */
void cs_desk_settings_restore_window (GtkWindow *window);
void cs_desk_settings_remember_window (GtkWindow *window);
char *cs_desk_settings_dup_last_page (void);
void cs_desk_settings_set_last_page (const char *page);
gboolean cs_desk_settings_get_jobs_as_board (void);
void cs_desk_settings_set_jobs_as_board (gboolean as_board);
char *cs_desk_settings_dup_jobs_columns (void);
void cs_desk_settings_set_jobs_columns (const char *columns);
char *cs_desk_settings_dup_jobs_order (gboolean *is_descending);
void cs_desk_settings_set_jobs_order (const char *order, gboolean is_descending);
guint cs_desk_settings_get_refresh_seconds (void);

G_END_DECLS
