/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-money.h"
#include "cs-fixed.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define TYPED_BYTES_MAX 100
#define MINUS_SIGN "\xe2\x88\x92"

typedef struct
{
  const char *p;
  const char *decimal_point;
  const char *thousands_separator;
} Typed;

static gboolean
refuse_syntax (GError **error)
{
  g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX, _ ("This is not a number"));
  return FALSE;
}

static gboolean
take (Typed *typed, const char *wanted)
{
  if (*wanted == '\0' || !g_str_has_prefix (typed->p, wanted))
    return FALSE;
  typed->p += strlen (wanted);
  return TRUE;
}

static gboolean
is_blank_separator (const char *separator)
{
  return g_str_equal (separator, " ") || g_str_equal (separator, "\xc2\xa0")
         || g_str_equal (separator, "\xe2\x80\xaf");
}

/* Where a locale groups by some sort of blank, people type any of them. */
static gboolean
take_separator (Typed *typed)
{
  if (is_blank_separator (typed->thousands_separator))
    return take (typed, " ") || take (typed, "\xc2\xa0") || take (typed, "\xe2\x80\xaf");
  return take (typed, typed->thousands_separator);
}

static void
skip_blanks (Typed *typed)
{
  while (take (typed, " ") || take (typed, "\t") || take (typed, "\xc2\xa0"))
    ;
}

static gsize
take_digits (Typed *typed, GString *digits)
{
  gsize n = 0;

  for (; g_ascii_isdigit (*typed->p); typed->p++, n++)
    g_string_append_c (digits, *typed->p);
  return n;
}

/* Digits in groups: the last of three, those before of two or three (1,00,000 is a lakh), the first of up to
 * three. So "1,2" is no number where the comma groups: whoever typed it may have meant one and a fifth. */
static gboolean
take_whole (Typed *typed, GString *number)
{
  gsize n = take_digits (typed, number);
  gboolean is_first = TRUE;
  const char *before = typed->p;

  while (n > 0 && take_separator (typed))
    {
      gsize n_next;

      if (!g_ascii_isdigit (*typed->p) && is_blank_separator (typed->thousands_separator))
        {
          typed->p = before; /* a blank before an operator, or at the end */
          break;
        }
      if (n > 3 || (!is_first && n < 2))
        return FALSE;
      n_next = take_digits (typed, number);
      if (n_next < 2 || n_next > 3)
        return FALSE;
      n = n_next;
      is_first = FALSE;
      before = typed->p;
    }
  return is_first || n == 3;
}

static gboolean
take_number (Typed *typed, CsDecimal *number, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize n_whole, n_fraction = 0, n_noughts;

  skip_blanks (typed);
  if (take (typed, "-") || take (typed, MINUS_SIGN))
    g_string_append_c (text, '-');
  n_noughts = text->len;
  if (!take_whole (typed, text))
    return refuse_syntax (error);
  n_whole = text->len - n_noughts;
  while (text->len > n_noughts && text->str[n_noughts] == '0')
    g_string_erase (text, (gssize)n_noughts, 1);
  if (text->len == n_noughts)
    g_string_append_c (text, '0');
  if (take (typed, typed->decimal_point))
    {
      g_string_append_c (text, '.');
      n_fraction = take_digits (typed, text);
      if (n_fraction == 0)
        g_string_append_c (text, '0');
    }
  if (n_whole + n_fraction == 0)
    return refuse_syntax (error);
  skip_blanks (typed);
  return cs_decimal_parse (text->str, number, error);
}

/* Number, then any of × ÷ and numbers, each result rounded to four places. */
static gboolean
take_product (Typed *typed, CsDecimal *product, GError **error)
{
  if (!take_number (typed, product, error))
    return FALSE;
  while (TRUE)
    {
      gboolean is_division = FALSE;
      CsDecimal factor;
      __int128 wide;

      if (!take (typed, "*") && !take (typed, "\xc3\x97"))
        {
          is_division = take (typed, "/") || take (typed, "\xc3\xb7");
          if (!is_division)
            return TRUE;
        }
      if (!take_number (typed, &factor, error))
        return FALSE;
      if (is_division && factor.units == 0)
        {
          g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_INVALID,
                               _ ("A number cannot be divided by nought"));
          return FALSE;
        }
      wide = product->units;
      if (!is_division)
        wide = cs_fixed_divide (wide * factor.units, CS_DECIMAL_ONE);
      else if (factor.units > 0)
        wide = cs_fixed_divide (wide * CS_DECIMAL_ONE, factor.units);
      else
        wide = cs_fixed_divide (-wide * CS_DECIMAL_ONE, -(__int128)factor.units);
      if (!cs_fixed_narrow (wide, &product->units, error))
        return FALSE;
    }
}

static gboolean
take_sum (Typed *typed, CsDecimal *sum, GError **error)
{
  if (!take_product (typed, sum, error))
    return FALSE;
  while (TRUE)
    {
      gboolean is_plus = take (typed, "+");
      CsDecimal term;
      __int128 wide;

      if (!is_plus && !take (typed, "-") && !take (typed, MINUS_SIGN))
        return TRUE;
      if (!take_product (typed, &term, error))
        return FALSE;
      wide = is_plus ? (__int128)sum->units + term.units : (__int128)sum->units - term.units;
      if (!cs_fixed_narrow (wide, &sum->units, error))
        return FALSE;
    }
}

/**
 * cs_decimal_parse_typed:
 * @text: (nullable): what a person typed: "1,200", "1200.5", "=3*400"
 * @decimal_point: (nullable): the locale's; %NULL for "."
 * @thousands_separator: (nullable): the locale's; %NULL or "" for none
 * @decimal: (out): the number; unchanged on failure
 * @error: return location; its message is for a person to read
 *
 * Reads a number with the locale's signs, exactly, or after "=" a sum of products (+ - * /, no brackets),
 * each step rounded to four places, half away from zero. Grouping that could be meant otherwise is refused
 * rather than guessed.
 *
 * Returns: whether it could be read; else %CS_DOMAIN_ERROR_SYNTAX, %CS_DOMAIN_ERROR_RANGE or, for a division
 * by nought, %CS_DOMAIN_ERROR_INVALID
 */
gboolean
cs_decimal_parse_typed (const char *text,
                        const char *decimal_point,
                        const char *thousands_separator,
                        CsDecimal *decimal,
                        GError **error)
{
  Typed typed = {
    .p = text != NULL ? text : "",
    .decimal_point = decimal_point != NULL && *decimal_point != '\0' ? decimal_point : ".",
    .thousands_separator = thousands_separator != NULL ? thousands_separator : "",
  };
  CsDecimal parsed;

  g_assert (decimal != NULL);

  if (strnlen (typed.p, TYPED_BYTES_MAX + 1) > TYPED_BYTES_MAX)
    {
      g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_RANGE, _ ("This number is too long"));
      return FALSE;
    }
  skip_blanks (&typed);
  if (take (&typed, "=") ? !take_sum (&typed, &parsed, error) : !take_number (&typed, &parsed, error))
    return FALSE;
  if (*typed.p != '\0')
    return refuse_syntax (error);
  *decimal = parsed;
  return TRUE;
}
