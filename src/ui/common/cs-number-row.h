/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A row with a small whole number, in place of AdwSpinRow: up to libadwaita 1.7 at least that one is not on
 * the accessibility bus at all, so that a screen reader passes over it. Properties "adjustment" and "value".
 */
#define CS_TYPE_NUMBER_ROW (cs_number_row_get_type ())
G_DECLARE_FINAL_TYPE (CsNumberRow, cs_number_row, CS, NUMBER_ROW, AdwActionRow)

int cs_number_row_get_value (CsNumberRow *self);
void cs_number_row_set_value (CsNumberRow *self, int value);
GtkAdjustment *cs_number_row_get_adjustment (CsNumberRow *self);

G_END_DECLS
