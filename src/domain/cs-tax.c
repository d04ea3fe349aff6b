/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-tax.h"

#include <glib/gi18n-lib.h>

static const char *const tax_mode_words[] = {
  [CS_TAX_MODE_EXCLUSIVE] = "Exclusive",
  [CS_TAX_MODE_INCLUSIVE] = "Inclusive",
  [CS_TAX_MODE_NO_TAX] = "NoTax",
};

/**
 * cs_tax_compute_line:
 * @line: quantity, price and rate (in percent)
 * @mode: whether the price is without tax, with it, or untaxed
 * @currency: the document's
 * @result: (out): the line's amount as the ledger shows it, and the tax on or in it; unchanged on failure
 * @error: return location
 *
 * Computes as Xero does, rounding each line by itself, half away from zero (xero-accounting.md section 6.5).
 *
 * Returns: whether it could be computed; else %CS_DOMAIN_ERROR_INVALID for a rate below nought or
 *   %CS_DOMAIN_ERROR_RANGE for an amount too large
 */
gboolean
cs_tax_compute_line (const CsLineAmounts *line,
                     CsTaxMode mode,
                     CsCurrency currency,
                     CsLineResult *result,
                     GError **error)
{
  const gint64 hundred = 100 * CS_DECIMAL_ONE;
  CsLineResult computed;
  gint64 whole;

  g_assert (line != NULL && result != NULL);

  if (line->tax_rate.units < 0)
    {
      g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_INVALID,
                           _ ("A tax rate cannot be below nought"));
      return FALSE;
    }
  if (__builtin_add_overflow (hundred, line->tax_rate.units, &whole))
    {
      g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_RANGE, _ ("This tax rate is too large"));
      return FALSE;
    }
  if (!cs_money_from_product (line->quantity, line->unit_price, currency, &computed.line, error))
    return FALSE;

  computed.tax = cs_money_zero (currency);
  switch (mode)
    {
    case CS_TAX_MODE_EXCLUSIVE:
      if (!cs_money_share (computed.line, line->tax_rate.units, hundred, &computed.tax, error))
        return FALSE;
      break;
    case CS_TAX_MODE_INCLUSIVE:
      if (!cs_money_share (computed.line, line->tax_rate.units, whole, &computed.tax, error))
        return FALSE;
      break;
    case CS_TAX_MODE_NO_TAX:
      break;
    default:
      g_assert_not_reached ();
    }
  *result = computed;
  return TRUE;
}

/**
 * cs_tax_compute_totals:
 * @lines: (array length=n_lines) (nullable): the lines; %NULL if there are none
 * @n_lines: how many
 * @mode: for all of them
 * @currency: the document's
 * @totals: (out): their totals; unchanged on failure
 * @error: return location
 *
 * Sums of rounded lines, as Xero does it: the total that we show is the one that the ledger will show
 * (xero-accounting.md section 6.5; design.md section 3; U-15).
 *
 * Returns: whether they could be computed; else as cs_tax_compute_line()
 */
gboolean
cs_tax_compute_totals (const CsLineAmounts *lines,
                       gsize n_lines,
                       CsTaxMode mode,
                       CsCurrency currency,
                       CsTotals *totals,
                       GError **error)
{
  CsMoney lines_sum = cs_money_zero (currency);
  CsTotals computed = { lines_sum, lines_sum, lines_sum };

  g_assert (totals != NULL && (lines != NULL || n_lines == 0));

  for (gsize i = 0; i < n_lines; i++)
    {
      CsLineResult result;

      if (!cs_tax_compute_line (&lines[i], mode, currency, &result, error)
          || !cs_money_add (lines_sum, result.line, &lines_sum, error)
          || !cs_money_add (computed.tax, result.tax, &computed.tax, error))
        return FALSE;
    }

  computed.subtotal = lines_sum;
  if (mode == CS_TAX_MODE_INCLUSIVE
      && !cs_money_subtract (lines_sum, computed.tax, &computed.subtotal, error))
    return FALSE;
  if (!cs_money_add (computed.subtotal, computed.tax, &computed.total, error))
    return FALSE;
  *totals = computed;
  return TRUE;
}

/**
 * cs_tax_mode_to_string:
 * @mode: a mode
 *
 * Returns: the ledger's own word for it: Exclusive, Inclusive or NoTax
 */
const char *
cs_tax_mode_to_string (CsTaxMode mode)
{
  g_assert ((gsize)mode < G_N_ELEMENTS (tax_mode_words));
  return tax_mode_words[mode];
}

/**
 * cs_tax_mode_parse:
 * @text: (nullable): a word of cs_tax_mode_to_string()
 * @mode: (out): the mode; unchanged on failure
 * @error: return location
 *
 * Returns: whether it is one; else %CS_DOMAIN_ERROR_SYNTAX
 */
gboolean
cs_tax_mode_parse (const char *text, CsTaxMode *mode, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tax_mode_words); i++)
    if (g_strcmp0 (text, tax_mode_words[i]) == 0)
      {
        *mode = (CsTaxMode)i;
        return TRUE;
      }
  g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX,
                       "The tax mode is none of Exclusive, Inclusive and NoTax");
  return FALSE;
}
