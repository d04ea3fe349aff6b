/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-money.h"
#include "cs-fixed.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * cs_currency_parse:
 * @code: (nullable): three capital letters, "NZD"
 * @currency: (out): the currency; unchanged on failure
 * @error: return location
 *
 * Takes any code of the right form: a ledger may know currencies that we do not.
 *
 * Returns: whether it is one; else %CS_DOMAIN_ERROR_CURRENCY
 */
gboolean
cs_currency_parse (const char *code, CsCurrency *currency, GError **error)
{
  g_assert (currency != NULL);

  if (code == NULL || strlen (code) != 3 || !g_ascii_isupper (code[0]) || !g_ascii_isupper (code[1])
      || !g_ascii_isupper (code[2]))
    {
      g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_CURRENCY,
                           _ ("A currency is three capital letters, such as NZD"));
      return FALSE;
    }
  memcpy (currency->code, code, sizeof currency->code);
  return TRUE;
}

/**
 * cs_currency_equal:
 * @a: a currency
 * @b: another
 *
 * Returns: whether they are the same
 */
gboolean
cs_currency_equal (CsCurrency a, CsCurrency b)
{
  return strncmp (a.code, b.code, sizeof a.code) == 0;
}

#define CODE(a, b, c) ((guint32)(a) << 16 | (guint32)(b) << 8 | (guint32)(c))

/**
 * cs_currency_get_digits:
 * @currency: a currency
 *
 * Asked for each amount of a ledger.
 *
 * Returns: the decimal places of its minor unit: 0 for JPY, 3 for KWD, 2 for most
 */
guint
cs_currency_get_digits (CsCurrency currency)
{
  /* ISO 4217: the currencies whose minor unit is not a hundredth. */
  switch (CODE ((guchar)currency.code[0], (guchar)currency.code[1], (guchar)currency.code[2]))
    {
    case CODE ('B', 'I', 'F'):
    case CODE ('C', 'L', 'P'):
    case CODE ('D', 'J', 'F'):
    case CODE ('G', 'N', 'F'):
    case CODE ('I', 'S', 'K'):
    case CODE ('J', 'P', 'Y'):
    case CODE ('K', 'M', 'F'):
    case CODE ('K', 'R', 'W'):
    case CODE ('P', 'Y', 'G'):
    case CODE ('R', 'W', 'F'):
    case CODE ('U', 'G', 'X'):
    case CODE ('U', 'Y', 'I'):
    case CODE ('V', 'N', 'D'):
    case CODE ('V', 'U', 'V'):
    case CODE ('X', 'A', 'F'):
    case CODE ('X', 'O', 'F'):
    case CODE ('X', 'P', 'F'):
      return 0;
    case CODE ('B', 'H', 'D'):
    case CODE ('I', 'Q', 'D'):
    case CODE ('J', 'O', 'D'):
    case CODE ('K', 'W', 'D'):
    case CODE ('L', 'Y', 'D'):
    case CODE ('O', 'M', 'R'):
    case CODE ('T', 'N', 'D'):
      return 3;
    case CODE ('C', 'L', 'F'):
    case CODE ('U', 'Y', 'W'):
      return 4;
    default:
      return 2;
    }
}

/**
 * cs_money_zero:
 * @currency: a currency
 *
 * Returns: nothing, in @currency
 */
CsMoney
cs_money_zero (CsCurrency currency)
{
  return (CsMoney){ 0, currency };
}

/**
 * cs_money_parse:
 * @text: (nullable): an amount in canonical form, without the currency: "1200.50"
 * @currency: its currency
 * @money: (out): the amount; unchanged on failure
 * @error: return location
 *
 * Reads an amount exactly. More places than the currency has are %CS_DOMAIN_ERROR_RANGE unless they are
 * noughts.
 *
 * Returns: whether it could be read; else %CS_DOMAIN_ERROR_SYNTAX or %CS_DOMAIN_ERROR_RANGE
 */
gboolean
cs_money_parse (const char *text, CsCurrency currency, CsMoney *money, GError **error)
{
  gint64 minor;

  g_assert (money != NULL);

  if (!cs_fixed_parse (text, cs_currency_get_digits (currency), &minor, error))
    return FALSE;
  *money = (CsMoney){ minor, currency };
  return TRUE;
}

/**
 * cs_money_to_string:
 * @money: an amount
 *
 * Canonical text with all of the currency's places and without its code: "1200.50", "1200" for yen. What a
 * person reads is ui's affair. At most %CS_MONEY_FORMAT_CANONICAL_MAX bytes.
 *
 * Returns: (transfer full): the text
 */
char *
cs_money_to_string (CsMoney money)
{
  guint digits = cs_currency_get_digits (money.currency);

  return cs_fixed_to_string (money.minor, digits, digits);
}

/**
 * cs_money_print:
 * @money: an amount
 * @text: where there is room for it
 * @size: (out): how long it is
 *
 * Returns: (transfer none): where in @text that begins which cs_money_to_string() gives
 */
const char *
cs_money_print (CsMoney money, char text[CS_DECIMAL_TEXT_MAX], gsize *size)
{
  guint digits = cs_currency_get_digits (money.currency);

  return cs_fixed_print (money.minor, digits, digits, text, size);
}

static gboolean
check_same_currency (CsMoney a, CsMoney b, GError **error)
{
  if (cs_currency_equal (a.currency, b.currency))
    return TRUE;
  g_set_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_CURRENCY,
               _ ("Amounts in %.3s and %.3s cannot be added up"), a.currency.code, b.currency.code);
  return FALSE;
}

/**
 * cs_money_add:
 * @a: an amount
 * @b: another
 * @sum: (out): @a + @b; unchanged on failure; may be one of them
 * @error: return location
 *
 * Returns: whether it could be done; else %CS_DOMAIN_ERROR_CURRENCY for two currencies or
 *   %CS_DOMAIN_ERROR_RANGE for a sum too large, never a wrap (design.md section 3)
 */
gboolean
cs_money_add (CsMoney a, CsMoney b, CsMoney *sum, GError **error)
{
  gint64 minor;

  g_assert (sum != NULL);

  if (!check_same_currency (a, b, error)
      || !cs_fixed_narrow ((__int128)a.minor + (__int128)b.minor, &minor, error))
    return FALSE;
  *sum = (CsMoney){ minor, a.currency };
  return TRUE;
}

/**
 * cs_money_subtract:
 * @a: an amount
 * @b: what to take from it
 * @difference: (out): @a - @b; unchanged on failure; may be one of them
 * @error: return location
 *
 * Returns: whether it could be done; else as cs_money_add()
 */
gboolean
cs_money_subtract (CsMoney a, CsMoney b, CsMoney *difference, GError **error)
{
  gint64 minor;

  g_assert (difference != NULL);

  if (!check_same_currency (a, b, error)
      || !cs_fixed_narrow ((__int128)a.minor - (__int128)b.minor, &minor, error))
    return FALSE;
  *difference = (CsMoney){ minor, a.currency };
  return TRUE;
}

/**
 * cs_money_equal:
 * @a: an amount
 * @b: another
 *
 * Returns: whether amount and currency are the same: no money in NZD is not no money in AUD
 */
gboolean
cs_money_equal (CsMoney a, CsMoney b)
{
  return a.minor == b.minor && cs_currency_equal (a.currency, b.currency);
}

/**
 * cs_money_is_zero:
 * @money: an amount
 *
 * Returns: whether it is nothing
 */
gboolean
cs_money_is_zero (CsMoney money)
{
  return money.minor == 0;
}

/**
 * cs_money_from_product:
 * @quantity: how many
 * @unit_price: for each, in @currency
 * @currency: the currency of the price
 * @amount: (out): their product, rounded once to the currency's minor unit; unchanged on failure
 * @error: return location
 *
 * The amount of a line, half away from zero (xero-accounting.md section 6.5).
 *
 * Returns: whether it fits; else %CS_DOMAIN_ERROR_RANGE
 */
gboolean
cs_money_from_product (CsDecimal quantity,
                       CsDecimal unit_price,
                       CsCurrency currency,
                       CsMoney *amount,
                       GError **error)
{
  __int128 product = (__int128)quantity.units * (__int128)unit_price.units;
  gint64 scale
      = CS_DECIMAL_ONE * CS_DECIMAL_ONE / cs_fixed_get_power_of_ten (cs_currency_get_digits (currency));
  gint64 minor;

  g_assert (amount != NULL);

  if (!cs_fixed_narrow (cs_fixed_divide (product, scale), &minor, error))
    return FALSE;
  *amount = (CsMoney){ minor, currency };
  return TRUE;
}

/**
 * cs_money_share:
 * @amount: an amount
 * @numerator: of the share
 * @denominator: of the share
 * @share: (out): @amount × @numerator ÷ @denominator, rounded once; unchanged on failure; may be @amount
 * @error: return location
 *
 * A part of an amount, half away from zero to the minor unit (xero-accounting.md section 6.5).
 *
 * Returns: whether it could be done; else %CS_DOMAIN_ERROR_INVALID for a denominator of nought or
 *   %CS_DOMAIN_ERROR_RANGE
 */
gboolean
cs_money_share (CsMoney amount, gint64 numerator, gint64 denominator, CsMoney *share, GError **error)
{
  __int128 product = (__int128)amount.minor * (__int128)numerator;
  __int128 divisor = denominator;
  gint64 minor;

  g_assert (share != NULL);

  if (denominator == 0)
    {
      g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_INVALID,
                           _ ("An amount cannot be divided by nought"));
      return FALSE;
    }
  if (divisor < 0)
    {
      divisor = -divisor;
      product = -product;
    }
  if (!cs_fixed_narrow (cs_fixed_divide (product, divisor), &minor, error))
    return FALSE;
  *share = (CsMoney){ minor, amount.currency };
  return TRUE;
}
