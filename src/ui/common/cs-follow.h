/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What stands in a list for a CsRecord: filled when it is bound, and again as the record says "changed"; but
 * only while it is on screen, else once it comes there. GTK keeps some two hundred rows at hand beside the
 * few that are seen. */
typedef void (*CsFollowFill) (GtkListItem *list_item, gpointer item);
void cs_follow_bind (GtkListItem *list_item, CsFollowFill fill);
void cs_follow_unbind (GtkListItem *list_item);

/* A tooltip of what is filled often: it costs nothing until somebody points there. */
void cs_follow_set_tooltip (GtkWidget *widget, const char *text);

G_END_DECLS
