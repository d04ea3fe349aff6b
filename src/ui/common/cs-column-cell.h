/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-column-row.h"

G_BEGIN_DECLS

/* A drawn cell as a screen reader meets it: it is no widget, and made when somebody asks for it. */
#define CS_TYPE_COLUMN_CELL (cs_column_cell_get_type ())
G_DECLARE_FINAL_TYPE (CsColumnCell, cs_column_cell, CS, COLUMN_CELL, GObject)

CsColumnCell *cs_column_cell_new (CsColumnRow *row, guint column); /* (transfer full); @row: unowned */
void cs_column_cell_part (CsColumnCell *self);                     /* its row is gone */
void cs_column_cell_say (CsColumnCell *self, const char *words, const char *note);

G_END_DECLS
