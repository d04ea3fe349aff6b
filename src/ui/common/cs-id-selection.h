/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* At most one row of a list of CsRecord is selected, and it is that record, whatever its position does: a
 * refresh, a search or a new order never selects another. A selected record that is filtered away is selected
 * again once it is back. Property "selected-id" (string, NULL: none). */
#define CS_TYPE_ID_SELECTION (cs_id_selection_get_type ())
G_DECLARE_FINAL_TYPE (CsIdSelection, cs_id_selection, CS, ID_SELECTION, GObject)

CsIdSelection *cs_id_selection_new (GListModel *model); /* (transfer full) @model */
const char *cs_id_selection_get_id (CsIdSelection *self);
void cs_id_selection_set_id (CsIdSelection *self, const char *id); /* may be one that is not there yet */
guint cs_id_selection_get_position (CsIdSelection *self); /* GTK_INVALID_LIST_POSITION: none, or not there */
gpointer cs_id_selection_get_item (CsIdSelection *self);  /* (transfer none) (nullable) */
gboolean cs_id_selection_move (CsIdSelection *self, int by); /* to a neighbour; TRUE when it moved */

G_END_DECLS
