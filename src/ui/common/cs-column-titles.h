/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-column-row.h"

G_BEGIN_DECLS

/* Where columns are and how wide: GTK has no property for it, so the widgets of a GtkColumnView's header are
 * asked, which stand in the order of its columns. Those are of cs_cells_column_new(). */
GtkWidget *cs_column_titles_get (GtkColumnView *header); /* (transfer none): the row of them */
CsColumnPlace *
cs_column_titles_find (CsColumnSheet *sheet, GtkColumnViewColumn *column); /* (transfer none) (nullable) */
void cs_column_titles_count (GtkColumnView *header, CsColumnSheet *sheet); /* their positions */
/* Each as wide as its cells want, over numbers where those stand. */
void cs_column_titles_set_up (GtkColumnView *header, CsColumnSheet *sheet);
gboolean
cs_column_titles_take_places (GtkColumnView *header, CsColumnSheet *sheet); /* TRUE: they are elsewhere */

G_END_DECLS
