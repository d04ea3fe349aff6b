/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-decimal.h"

G_BEGIN_DECLS

/* Inside this room only: text to scaled integers and back, and the one rounding rule, for decimals and money.
 */
#define CS_FIXED_PLACES_MAX 4

gint64 cs_fixed_get_power_of_ten (guint places);
gboolean cs_fixed_parse (const char *text, guint places, gint64 *units, GError **error);
const char *
cs_fixed_print (gint64 units, guint places, guint places_min, char text[CS_DECIMAL_TEXT_MAX], gsize *size);
char *cs_fixed_to_string (gint64 units, guint places, guint places_min);
__int128 cs_fixed_divide (__int128 numerator, __int128 denominator); /* half away from zero */
gboolean cs_fixed_narrow (__int128 wide, gint64 *units, GError **error);

G_END_DECLS
