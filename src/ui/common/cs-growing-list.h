/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The first rows of a list, and with every frame a few more, until GTK has as many widgets as it ever keeps;
 * then all. GTK makes two hundred rows at once where twenty are seen: a quarter of a second in which nothing
 * moves. The list changes at its end alone, as CsInvoiceReview's does. */
#define CS_TYPE_GROWING_LIST (cs_growing_list_get_type ())
G_DECLARE_FINAL_TYPE (CsGrowingList, cs_growing_list, CS, GROWING_LIST, GObject)

#define CS_GROWING_LIST_FIRST 32     /* of a screen, while nobody knows how high that is */
#define CS_GROWING_LIST_STEP 6       /* in a frame */
#define CS_GROWING_LIST_WIDGETS 210u /* GTK_LIST_VIEW_MAX_LIST_ITEMS, and some beside it */

CsGrowingList *cs_growing_list_new (GListModel *list);                /* (transfer none) @list */
void cs_growing_list_set_view (CsGrowingList *self, GtkWidget *view); /* whose frames it grows with */
void cs_growing_list_start_over (CsGrowingList *self,
                                 guint n_first);     /* before another view shows it; rows of a screen */
void cs_growing_list_finish (CsGrowingList *self);   /* all of it now */
gboolean cs_growing_list_grow (CsGrowingList *self); /* whether there is more */

G_END_DECLS
