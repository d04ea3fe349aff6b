/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Exact decimals: a whole number and how many places it has. A double never holds money here
 * (xero-accounting 6.4). */

__extension__ typedef __int128 SandboxWide;

/* Places by member (xero-accounting 6.3). */
#define SANDBOX_MONEY_PLACES 2
#define SANDBOX_FINE_PLACES 4 /* unit price, quantity, percentages */

gboolean sandbox_decimal_parse (const char *text, guint places, gint64 *value);
void sandbox_decimal_append (GString *out, gint64 value, guint places);
gint64 sandbox_decimal_round (gint64 value, guint from_places, guint to_places);
gint64 sandbox_divide_half_away (SandboxWide numerator, SandboxWide divisor);
