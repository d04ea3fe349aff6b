/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-billing.h"

G_BEGIN_DECLS

/* How often a service is billed, in rows for whoever takes them: what is usual to choose from, and for all
 * else a number and a unit. What the rows say is billed, also while it is being put together. Signal
 * "edited": a person says something else. */
#define CS_TYPE_RHYTHM_ROWS (cs_rhythm_rows_get_type ())
G_DECLARE_FINAL_TYPE (CsRhythmRows, cs_rhythm_rows, CS, RHYTHM_ROWS, GObject)

CsRhythmRows *cs_rhythm_rows_new (void);
GPtrArray *cs_rhythm_rows_get_widgets (CsRhythmRows *self);
void cs_rhythm_rows_fill (CsRhythmRows *self, CsBillingRhythm rhythm);
CsBillingRhythm cs_rhythm_rows_get (CsRhythmRows *self);

G_END_DECLS
