/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-records.h"

G_BEGIN_DECLS

typedef enum
{
  CS_TYPED_DECIMAL, /* a quantity */
  CS_TYPED_PRICE,   /* at least the currency's minor units are shown */
  CS_TYPED_WHOLE,   /* within limits */
  CS_TYPED_DATE,    /* may be empty */
} CsTypedKind;

/* An entry row that understands what a person types ("1,200", "=3*400", "tomorrow"), shows what it understood
 * beside it, and writes it tidily on leaving. Signal "value-changed", for a valid value only. */
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
