/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-typed-value.h"

G_BEGIN_DECLS

/* An entry row that understands what a person types ("1,200", "=3*400", "tomorrow"), shows what it understood
 * beside it, and writes it tidily on leaving. What it does not understand stays as it was typed, marked, and
 * its value does not count. Signal "value-changed", also when it turns invalid. */
#define CS_TYPE_TYPED_ROW (cs_typed_row_get_type ())
G_DECLARE_FINAL_TYPE (CsTypedRow, cs_typed_row, CS, TYPED_ROW, AdwEntryRow)

void cs_typed_row_set_kind (CsTypedRow *self, CsTypedKind kind);
void cs_typed_row_set_limits (CsTypedRow *self, int least, int most);
void cs_typed_row_set_today (CsTypedRow *self, CsDate today);
gboolean cs_typed_row_is_valid (CsTypedRow *self);
void cs_typed_row_set_decimal (CsTypedRow *self, CsDecimal decimal);
CsDecimal cs_typed_row_get_decimal (CsTypedRow *self);
void cs_typed_row_set_whole (CsTypedRow *self, int whole);
int cs_typed_row_get_whole (CsTypedRow *self);
void cs_typed_row_set_date (CsTypedRow *self, CsDate date);
CsDate cs_typed_row_get_date (CsTypedRow *self);

G_END_DECLS
