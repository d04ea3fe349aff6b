/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-fixed.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* With the most places behind them they are far from what 64 bits hold. */
#define SHORT_DIGITS_MAX 12

/**
 * cs_fixed_get_power_of_ten:
 * @places: 0 to %CS_FIXED_PLACES_MAX
 *
 * Returns: ten to the power of @places
 */
gint64
cs_fixed_get_power_of_ten (guint places)
{
  static const gint64 powers[] = { 1, 10, 100, 1000, 10000 };

  g_assert (places < G_N_ELEMENTS (powers));
  return powers[places];
}

static gboolean
append_digit (gint64 *units, char digit, gboolean is_negative)
{
  int value = digit - '0';

  if (__builtin_mul_overflow (*units, (gint64)10, units))
    return FALSE;
  /* Built up on its own side of zero, so that the smallest number can be read, too. */
  return is_negative ? !__builtin_sub_overflow (*units, (gint64)value, units)
                     : !__builtin_add_overflow (*units, (gint64)value, units);
}

/* -?(0|[1-9][0-9]*)(\.[0-9]+)? */
static gboolean
has_number_syntax (const char *text)
{
  if (*text == '-')
    text++;
  if (!g_ascii_isdigit (*text) || (*text == '0' && g_ascii_isdigit (text[1])))
    return FALSE;
  while (g_ascii_isdigit (*text))
    text++;
  if (*text == '.')
    {
      text++;
      if (!g_ascii_isdigit (*text))
        return FALSE;
      while (g_ascii_isdigit (*text))
        text++;
    }
  return *text == '\0';
}

static gboolean
is_digit (char c)
{
  return (guchar)(c - '0') <= 9;
}

/* Nearly all that a ledger sends: so short that nothing can overflow, and with nothing to complain of. FALSE:
 * something else, which may be a number, too. */
static gboolean
parse_short (const char *text, guint places, gint64 *units)
{
  const char *p = *text == '-' ? text + 1 : text;
  const char *first = p;
  gint64 parsed = 0;
  guint n_places = 0;

  if (!is_digit (*p) || (*p == '0' && is_digit (p[1])))
    return FALSE;
  for (; is_digit (*p) && p - first < SHORT_DIGITS_MAX; p++)
    parsed = parsed * 10 + (*p - '0');
  if (*p == '.')
    {
      p++;
      if (!is_digit (*p))
        return FALSE;
      for (; n_places < places && is_digit (*p); n_places++, p++)
        parsed = parsed * 10 + (*p - '0');
      while (*p == '0')
        p++;
    }
  if (*p != '\0')
    return FALSE;
  parsed *= cs_fixed_get_power_of_ten (places - n_places);
  *units = first != text ? -parsed : parsed;
  return TRUE;
}

/**
 * cs_fixed_parse:
 * @text: (nullable): a number in canonical form: "12", "-0.5", "15.0000"
 * @places: how many decimal places a unit has
 * @units: (out): @text in units of 10^-@places; unchanged on failure
 * @error: return location
 *
 * Reads a number exactly. Places beyond @places are allowed as long as they are noughts.
 * Exponents, blanks, grouping, a leading plus and leading noughts are not canonical.
 *
 * Returns: whether it could be read; else %CS_DOMAIN_ERROR_SYNTAX or %CS_DOMAIN_ERROR_RANGE
 */
gboolean
cs_fixed_parse (const char *text, guint places, gint64 *units, GError **error)
{
  gboolean is_negative, fits = TRUE;
  gint64 parsed = 0;
  const char *p;

  g_assert (units != NULL);

  if (text != NULL && parse_short (text, places, units))
    return TRUE;
  if (text == NULL || !has_number_syntax (text))
    {
      g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX, _ ("This is not a number"));
      return FALSE;
    }

  is_negative = *text == '-';
  for (p = is_negative ? text + 1 : text; g_ascii_isdigit (*p); p++)
    fits = fits && append_digit (&parsed, *p, is_negative);
  if (*p == '.')
    p++;
  for (guint i = 0; i < places; i++)
    fits = fits && append_digit (&parsed, *p != '\0' ? *p++ : '0', is_negative);
  while (*p == '0')
    p++;
  if (*p != '\0')
    {
      g_set_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_RANGE,
                   g_dngettext (GETTEXT_PACKAGE, "This number has more than %'u decimal place",
                                "This number has more than %'u decimal places", places),
                   places);
      return FALSE;
    }
  if (!fits)
    {
      g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_RANGE, _ ("This number is too large"));
      return FALSE;
    }

  *units = parsed;
  return TRUE;
}

/**
 * cs_fixed_print:
 * @units: a number in units of 10^-@places
 * @places: how many decimal places a unit has
 * @places_min: how many decimals are written even if they are noughts
 * @text: (array fixed-size=32): where there is room for it
 * @size: (out): how long it is
 *
 * The shortest exact text with at least @places_min decimals, in canonical form. Amounts are written by the
 * hundred thousand, and printf() would be most of what that costs.
 *
 * Returns: (transfer none): where in @text it begins; it ends with a nought byte
 */
const char *
cs_fixed_print (gint64 units, guint places, guint places_min, char text[CS_DECIMAL_TEXT_MAX], gsize *size)
{
  char *end = text + CS_DECIMAL_TEXT_MAX - 1;
  char *at = end;
  guint64 magnitude = units < 0 ? -(guint64)units : (guint64)units;
  guint n_digits = 0;

  g_assert (places_min <= places && places <= CS_FIXED_PLACES_MAX);

  for (; places > places_min && magnitude % 10 == 0; places--)
    magnitude /= 10;
  *at = '\0';
  for (; magnitude > 0 || n_digits <= places; magnitude /= 10)
    {
      if (n_digits > 0 && n_digits == places)
        *--at = '.';
      *--at = (char)('0' + magnitude % 10);
      n_digits++;
    }
  if (units < 0)
    *--at = '-';
  *size = (gsize)(end - at);
  return at;
}

/** cs_fixed_to_string: Returns: (transfer full): what cs_fixed_print() writes */
char *
cs_fixed_to_string (gint64 units, guint places, guint places_min)
{
  char text[CS_DECIMAL_TEXT_MAX];
  gsize size;

  return g_strdup (cs_fixed_print (units, places, places_min, text, &size));
}

/**
 * cs_fixed_divide:
 * @numerator: any number whose double still fits in 128 bits
 * @denominator: greater than nought
 *
 * The one rounding rule of this program: half away from zero, as the ledger does it
 * (xero-accounting.md section 6.5).
 *
 * Returns: the rounded quotient
 */
__int128
cs_fixed_divide (__int128 numerator, __int128 denominator)
{
  __int128 quotient, remainder;

  g_assert (denominator > 0);

  quotient = numerator / denominator;
  remainder = numerator % denominator;
  if (remainder < 0)
    remainder = -remainder;
  if (remainder >= denominator - remainder)
    quotient += numerator < 0 ? -1 : 1;
  return quotient;
}

/**
 * cs_fixed_narrow:
 * @wide: a result in 128 bits
 * @units: (out): the same in 64 bits; unchanged on failure
 * @error: return location
 *
 * Returns: whether @wide fits; else %CS_DOMAIN_ERROR_RANGE
 */
gboolean
cs_fixed_narrow (__int128 wide, gint64 *units, GError **error)
{
  if (wide < G_MININT64 || wide > G_MAXINT64)
    {
      g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_RANGE, _ ("This amount is too large"));
      return FALSE;
    }
  *units = (gint64)wide;
  return TRUE;
}
