/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CS_SHARE_BAR_PARTS_MAX 8

/* A bar of parts side by side, each darker than the one before, in the accent colour: told apart in grey,
 * too. Signal "part-clicked" (uint). It is a picture: what it says stands in words beside it. */
#define CS_TYPE_SHARE_BAR (cs_share_bar_get_type ())
G_DECLARE_FINAL_TYPE (CsShareBar, cs_share_bar, CS, SHARE_BAR, GtkWidget)

GtkWidget *cs_share_bar_new (void);
void cs_share_bar_set (CsShareBar *self, const gint64 *parts, guint n_parts);
void cs_share_bar_set_chosen (CsShareBar *self, int part); /* -1: none, all are as strong */
gboolean cs_share_bar_get_part_at (CsShareBar *self, double x, guint *part);
GtkWidget *cs_share_bar_new_swatch (guint part, guint n_parts); /* the colour of that part */

G_END_DECLS
