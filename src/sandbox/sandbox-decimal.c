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

/* By hand, as a page of a thousand invoices has tens of thousands of numbers. */
void
sandbox_decimal_append (GString *out, gint64 value, guint places)
{
  char text[32];
  char *p = text + sizeof text;
  guint64 magnitude = value < 0 ? -(guint64)value : (guint64)value;
  guint written = 0;

  do
    {
      if (places > 0 && written == places)
        *--p = '.';
      *--p = (char)('0' + magnitude % 10);
      magnitude /= 10;
      written++;
    }
  while (magnitude > 0 || written <= places);
  if (value < 0)
    *--p = '-';
  g_string_append_len (out, p, text + sizeof text - p);
}
