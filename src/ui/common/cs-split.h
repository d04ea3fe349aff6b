/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-list-pane.h"

G_BEGIN_DECLS

/* A page of records: the list, and the chosen one beside it, or over it where there is no room for both.
 * Property "is-list-narrow" (boolean): no room for columns; told, too, when the list has its place for the
 * first time, so that nothing need be made for a width that it then hasn't. */
#define CS_TYPE_SPLIT (cs_split_get_type ())
G_DECLARE_FINAL_TYPE (CsSplit, cs_split, CS, SPLIT, AdwBin)

CsListPane *cs_split_get_pane (CsSplit *self);
void cs_split_set_list (CsSplit *self, GtkWidget *list); /* and no pane: it opens by itself */
void cs_split_set_titles (CsSplit *self,
                          const char *list_title,
                          const char *choose_title,
                          const char *choose_icon);
/* (transfer none): what is listed; a view's pane tells it by itself. While it is empty, nothing asks to
 * choose. */
void cs_split_set_choice (CsSplit *self, GListModel *listed);
void cs_split_set_list_width (CsSplit *self, int least, int most, double fraction);
void cs_split_set_crowded_fraction (CsSplit *self, double fraction);
void cs_split_set_list_room (CsSplit *self, int narrow, int tight); /* in sp; 720 and 900, else */
/* The list takes the whole page, and the detail comes over it, however much room there is. */
void cs_split_set_list_alone (CsSplit *self, gboolean is_alone);
void cs_split_set_list_only (CsSplit *self, gboolean is_only); /* and nothing comes beside it */
void cs_split_set_view (CsSplit *self, GtkWidget *view); /* of the pane's selection: keys, clicks, Enter */
void cs_split_set_detail (CsSplit *self,
                          GtkWidget *detail,
                          const char *title); /* (nullable) @detail: none chosen */
void cs_split_open (CsSplit *self);           /* the detail comes to the front */
void cs_split_close (CsSplit *self);          /* back to the list */
gboolean cs_split_get_is_list_narrow (CsSplit *self);
gboolean cs_split_get_is_list_tight (CsSplit *self);

G_END_DECLS
