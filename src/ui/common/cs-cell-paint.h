/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-cell.h"

G_BEGIN_DECLS

/* Colours, icons and letters for drawn cells, as the style sheets have them for widgets: of a parent, which
 * owns a few labels that are never shown and are asked for their colours. */
typedef struct _CsCellPaint CsCellPaint;

CsCellPaint *cs_cell_paint_new (GtkWidget *parent);
void cs_cell_paint_free (CsCellPaint *self);
void cs_cell_paint_restyle (CsCellPaint *self);   /* another font, theme, scale or direction */
int cs_cell_paint_get_height (CsCellPaint *self); /* of a line, in pixels */
int cs_cell_paint_get_width (CsCellPaint *self, guint n_characters); /* of a cell, in pixels */
/* Draws @cell into @width by @height pixels. Returns: how wide it would like to be, in pixels. */
int cs_cell_paint_draw (CsCellPaint *self,
                        CsCell *cell,
                        const CsCells *cells,
                        GtkSnapshot *snapshot,
                        int width,
                        int height);

/* Puts @widget over the drawing of @cell, which begins @x pixels from the left, or over what is beside its
 * pill. */
void cs_cell_paint_allocate (CsCellPaint *self,
                             CsCell *cell,
                             const CsCells *cells,
                             GtkWidget *widget,
                             int x,
                             int width,
                             int height);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsCellPaint, cs_cell_paint_free)

G_END_DECLS
