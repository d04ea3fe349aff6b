/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-format.h"

#include <glib/gi18n-lib.h>
#include <limits.h>
#include <locale.h>
#include <string.h>

#define DIGITS_MAX 20 /* of a 64-bit number */
#define MINUS "\xe2\x88\x92"
#define DASH "\xe2\x80\x93"

static CsNumberFormat default_format;

static gpointer
read_locale (gpointer unused)
{
  const struct lconv *locale = localeconv ();

  default_format.decimal_point = g_locale_to_utf8 (locale->decimal_point, -1, NULL, NULL, NULL);
  default_format.thousands_separator = g_locale_to_utf8 (locale->thousands_sep, -1, NULL, NULL, NULL);
  default_format.grouping = g_strdup (locale->grouping);
  if (default_format.decimal_point == NULL || *default_format.decimal_point == '\0')
    g_set_str (&default_format.decimal_point, ".");
  /* The C locale groups nothing, and 48210.50 is hard to read. */
  if (default_format.thousands_separator == NULL || *default_format.grouping == '\0')
    {
      g_set_str (&default_format.thousands_separator,
                 g_str_equal (default_format.decimal_point, ".") ? "," : ".");
      g_set_str (&default_format.grouping, "\3");
    }
  return &default_format;
}

/** cs_number_format_get_default: Returns: (transfer none): how the locale writes numbers */
const CsNumberFormat *
cs_number_format_get_default (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, read_locale, NULL);
}

/* The size of the group that ends after @n_done digits from the right, or G_MAXUINT for "all the rest". */
static guint
get_group_size (const char *grouping, guint index)
{
  guint length = (guint)strlen (grouping);
  char size = length == 0 ? CHAR_MAX : grouping[MIN (index, length - 1)];

  return size <= 0 || size == CHAR_MAX ? G_MAXUINT : (guint)size;
}

static void
append_grouped (GString *text, const CsNumberFormat *format, const char *whole)
{
  guint length = (guint)strlen (whole);
  g_autofree gboolean *breaks = g_new0 (gboolean, length + 1); /* before which digit */
  guint at = length;

  for (guint i = 0;; i++)
    {
      guint size = get_group_size (format->grouping, i);

      if (size >= at)
        break;
      at -= size;
      breaks[at] = TRUE;
    }
  for (guint i = 0; i < length; i++)
    {
      if (breaks[i])
        g_string_append (text, format->thousands_separator);
      g_string_append_c (text, whole[i]);
    }
}

/**
 * cs_number_format_units:
 * @format: separators
 * @units: the number, in the smallest unit
 * @digits: how many of its digits are behind the point
 *
 * Returns: (transfer full): the number as a person reads it
 */
char *
cs_number_format_units (const CsNumberFormat *format, gint64 units, guint digits)
{
  guint64 size = units < 0 ? -(guint64)units : (guint64)units;
  char all[DIGITS_MAX + CS_MONEY_FORMAT_CANONICAL_MAX + 1];
  GString *text = g_string_new (units < 0 ? MINUS : NULL);
  g_autofree char *whole = NULL;
  guint length;

  g_assert (format != NULL && digits < CS_MONEY_FORMAT_CANONICAL_MAX);

  g_snprintf (all, sizeof all, "%0*" G_GUINT64_FORMAT, (int)digits + 1, size);
  length = (guint)strlen (all);
  whole = g_strndup (all, length - digits);
  append_grouped (text, format, whole);
  if (digits > 0)
    {
      g_string_append (text, format->decimal_point);
      g_string_append (text, all + length - digits);
    }
  return g_string_free_and_steal (text);
}

/** cs_format_money: Returns: (transfer full): "1,380.00", minor units always shown */
char *
cs_format_money (CsMoney money)
{
  return cs_number_format_units (cs_number_format_get_default (), money.minor,
                                 cs_currency_get_digits (money.currency));
}

/** cs_format_money_with_currency: Returns: (transfer full): "NZD 1,380.00", with a space that does not break
 */
char *
cs_format_money_with_currency (CsMoney money)
{
  g_autofree char *amount = cs_format_money (money);

  /* Translators: a currency's code and an amount. The space must not break. */
  return g_strdup_printf (C_ ("money", "%1$.3s\xc2\xa0%2$s"), money.currency.code, amount);
}

/** cs_format_balance: Returns: (transfer full): as cs_format_money(), nothing as a dash */
char *
cs_format_balance (CsMoney money)
{
  return cs_money_is_zero (money) ? g_strdup (DASH) : cs_format_money (money);
}

/** cs_format_decimal: Returns: (transfer full): @decimal with at least @places_min places, and none in vain
 */
char *
cs_format_decimal (CsDecimal decimal, guint places_min)
{
  gint64 units = decimal.units;
  guint places = CS_DECIMAL_PLACES;

  while (places > places_min && units % 10 == 0)
    {
      units /= 10;
      places--;
    }
  return cs_number_format_units (cs_number_format_get_default (), units, places);
}

/** cs_format_percent: Returns: (transfer full): "15%" */
char *
cs_format_percent (CsDecimal percent)
{
  g_autofree char *number = cs_format_decimal (percent, 0);

  /* Translators: a percentage; %s is the number. */
  return g_strdup_printf (C_ ("percentage", "%s%%"), number);
}

/**
 * cs_parse_typed_decimal:
 * @text: what a person typed: "1,200", "1200.5", "=3*400"
 * @decimal: (out): what was understood
 * @error: return location
 *
 * Returns: whether it is a number
 */
gboolean
cs_parse_typed_decimal (const char *text, CsDecimal *decimal, GError **error)
{
  const CsNumberFormat *format = cs_number_format_get_default ();

  return cs_decimal_parse_typed (text, format->decimal_point, format->thousands_separator, decimal, error);
}
