/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-decimal.h"

#define DIGITS_MAX 17 /* what surely fits a gint64 at four places */

/* Half away from zero: Xero's rounding (xero-accounting 6.5). The divisor is positive. */
gint64
sandbox_divide_half_away (SandboxWide numerator, SandboxWide divisor)
{
  SandboxWide magnitude = numerator < 0 ? -numerator : numerator;
  SandboxWide rounded = (2 * magnitude + divisor) / (2 * divisor);

  return (gint64)(numerator < 0 ? -rounded : rounded);
}

static gint64
power_of_ten (guint exponent)
{
  gint64 power = 1;

  while (exponent-- > 0)
    power *= 10;
  return power;
}

gint64
sandbox_decimal_round (gint64 value, guint from_places, guint to_places)
{
  if (from_places <= to_places)
    return value * power_of_ten (to_places - from_places);
  return sandbox_divide_half_away (value, power_of_ten (from_places - to_places));
}

/* Takes plain decimals; an exponent or anything else is refused, as no client of ours has a reason to send
 * one. Digits beyond the places are rounded half away from zero. */
gboolean
sandbox_decimal_parse (const char *text, guint places, gint64 *value)
{
  gboolean negative = FALSE;
  gboolean after_point = FALSE;
  guint digits = 0;
  guint decimals = 0;
  gint64 magnitude = 0;

  if (text == NULL)
    return FALSE;
  if (*text == '-' || *text == '+')
    negative = *text++ == '-';
  for (; *text != '\0'; text++)
    {
      if (*text == '.' && !after_point)
        {
          after_point = TRUE;
          continue;
        }
      if (!g_ascii_isdigit (*text))
        return FALSE;
      digits++;
      if (after_point && decimals > places)
        continue;
      if (magnitude > G_MAXINT64 / 100)
        return FALSE;
      magnitude = magnitude * 10 + (*text - '0');
      decimals += after_point;
    }
  if (digits == 0 || digits > DIGITS_MAX + 10)
    return FALSE;
  if (decimals > places)
    magnitude = sandbox_divide_half_away (magnitude, 10);
  else
    for (; decimals < places; decimals++)
      if (__builtin_mul_overflow (magnitude, 10, &magnitude))
        return FALSE;
  *value = negative ? -magnitude : magnitude;
  return TRUE;
}

void
sandbox_decimal_append (GString *out, gint64 value, guint places)
{
  gint64 power = power_of_ten (places);
  guint64 magnitude = value < 0 ? -(guint64)value : (guint64)value;

  if (value < 0)
    g_string_append_c (out, '-');
  g_string_append_printf (out, "%" G_GUINT64_FORMAT, magnitude / (guint64)power);
  if (places > 0)
    g_string_append_printf (out, ".%0*" G_GUINT64_FORMAT, (int)places, magnitude % (guint64)power);
}
