/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-decimal.h"
#include "cs-fixed.h"

/* By hand: clang-format takes the name in G_DEFINE_QUARK for a subtraction. */
GQuark
cs_domain_error_quark (void)
{
  return g_quark_from_static_string ("cs-domain-error-quark");
}

/**
 * cs_decimal_parse:
 * @text: (nullable): a number in canonical form, as files and remotes write it: "12", "-0.5", "15.0000"
 * @decimal: (out): the number; unchanged on failure
 * @error: return location
 *
 * Reads a number exactly. Noughts beyond the fourth place are allowed, other digits there are
 * %CS_DOMAIN_ERROR_RANGE, and exponents, ".5", "1." and blanks are %CS_DOMAIN_ERROR_SYNTAX
 * (design.md section 3, "Money, tax, time"). For what a person types see cs_decimal_parse_typed().
 *
 * Returns: whether it could be read
 */
gboolean
cs_decimal_parse (const char *text, CsDecimal *decimal, GError **error)
{
  g_assert (decimal != NULL);

  return cs_fixed_parse (text, CS_DECIMAL_PLACES, &decimal->units, error);
}

/**
 * cs_decimal_to_string:
 * @decimal: a number
 * @places_min: decimals that are written even if they are noughts, at most %CS_DECIMAL_PLACES
 *
 * The shortest exact text with at least @places_min decimals: 1.5, 120.125, 7.00. Canonical, never localised.
 *
 * Returns: (transfer full): the text
 */
char *
cs_decimal_to_string (CsDecimal decimal, guint places_min)
{
  return cs_fixed_to_string (decimal.units, CS_DECIMAL_PLACES, places_min);
}

/**
 * cs_decimal_print:
 * @decimal: a number
 * @places_min: as for cs_decimal_to_string()
 * @text: where there is room for it
 * @size: (out): how long it is
 *
 * Returns: (transfer none): where in @text the same text begins
 */
const char *
cs_decimal_print (CsDecimal decimal, guint places_min, char text[CS_DECIMAL_TEXT_MAX], gsize *size)
{
  return cs_fixed_print (decimal.units, CS_DECIMAL_PLACES, places_min, text, size);
}

/**
 * cs_decimal_compare:
 * @a: a number
 * @b: another
 *
 * Returns: less than, equal to or greater than nought, as @a is to @b
 */
int
cs_decimal_compare (CsDecimal a, CsDecimal b)
{
  return (a.units > b.units) - (a.units < b.units);
}

/**
 * cs_decimal_round:
 * @decimal: a number
 * @places: decimal places to keep, at most %CS_DECIMAL_PLACES
 *
 * Rounds half away from zero (xero-accounting.md section 6.5: unit prices are rounded before the line is
 * computed). At the very ends of the range, where that would not fit, it rounds towards zero.
 *
 * Returns: the rounded number
 */
CsDecimal
cs_decimal_round (CsDecimal decimal, guint places)
{
  gint64 step;
  __int128 rounded;

  g_assert (places <= CS_DECIMAL_PLACES);

  step = cs_fixed_get_power_of_ten (CS_DECIMAL_PLACES - places);
  rounded = cs_fixed_divide (decimal.units, step) * step;
  if (rounded < G_MININT64 || rounded > G_MAXINT64)
    return (CsDecimal){ decimal.units - decimal.units % step };
  return (CsDecimal){ (gint64)rounded };
}
