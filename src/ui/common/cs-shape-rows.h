/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-ledger-lists.h"
#include "cs-shape.h"

G_BEGIN_DECLS

/* The fields of one level of what shapes an invoice, as rows for a group or an expander. Each says what it
 * inherits. Signal "edited": cs_shape_rows_get() is another now. */
#define CS_TYPE_SHAPE_ROWS (cs_shape_rows_get_type ())
G_DECLARE_FINAL_TYPE (CsShapeRows, cs_shape_rows, CS, SHAPE_ROWS, GObject)

#define CS_SHAPE_FIELD(field) (1u << (field))

CsShapeRows *cs_shape_rows_new (CsLedgerLists *lists, guint fields, gboolean may_inherit);
GPtrArray *cs_shape_rows_get_widgets (CsShapeRows *self); /* (transfer none) of GtkWidget, in order */
/* @inherited: what counts where @shape says nothing; (nullable) where nothing is inherited. */
void cs_shape_rows_fill (CsShapeRows *self, const CsShape *shape, const CsResolvedShape *inherited);
const CsShape *cs_shape_rows_get (CsShapeRows *self);

G_END_DECLS
