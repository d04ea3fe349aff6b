/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-chart.h"

/* 128 bits: an amount times a number of pixels. */
__extension__ typedef __int128 Wide;

/**
 * cs_chart_share:
 * @parts: minor units
 * @n_parts: how many
 * @length: pixels, at least @n_parts
 * @shares: (out caller-allocates): @n_parts pixels
 *
 * The parts' shares of a bar. Whatever is there can be seen, and hit with a pointer; the largest gives up
 * what the smallest are given.
 */
void
cs_chart_share (const gint64 *parts, guint n_parts, guint length, guint *shares)
{
  Wide all = 0;
  guint given = 0;
  guint largest = 0;

  g_return_if_fail (parts != NULL && shares != NULL && n_parts > 0 && length >= n_parts);

  for (guint i = 0; i < n_parts; i++)
    {
      all += MAX (parts[i], 0);
      if (parts[i] > parts[largest])
        largest = i;
    }
  for (guint i = 0; i < n_parts; i++)
    {
      shares[i] = all > 0 && parts[i] > 0 ? MAX ((guint)((Wide)parts[i] * length / all), 1) : 0;
      given += shares[i];
    }
  if (all > 0)
    shares[largest] += length - given;
}

/** cs_chart_ceiling: Returns: the top of an axis: the next of 1, 2, 5, 10, 20 … that is not below @most; 1
 * for nothing */
gint64
cs_chart_ceiling (gint64 most)
{
  static const int steps[] = { 2, 5, 10 };
  gint64 power = 1;

  for (;;)
    {
      if (power >= most)
        return power;
      for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
        {
          if (power > G_MAXINT64 / steps[i])
            return most;
          if (power * steps[i] >= most)
            return power * steps[i];
        }
      power *= 10;
    }
}

/** cs_chart_height: Returns: how much of @length @value is, where @ceiling is all of it; one at least for
 * what is more than nothing */
guint
cs_chart_height (gint64 value, gint64 ceiling, guint length)
{
  g_return_val_if_fail (ceiling > 0, 0);

  if (value <= 0)
    return 0;
  return (guint)CLAMP ((Wide)value * length / ceiling, 1, (Wide)length);
}

/** cs_chart_fill_months: Returns: (transfer full): of #CsInvoiceMonth: @n of them, oldest first, without a
 * gap */
GArray *
cs_chart_fill_months (const GArray *months, CsCurrency currency, CsDate today, guint n)
{
  GArray *filled = g_array_new (FALSE, FALSE, sizeof (CsInvoiceMonth));
  int year, month, day;
  CsDate this_month;

  g_return_val_if_fail (months != NULL && cs_date_is_set (today), filled);

  cs_date_get_parts (today, &year, &month, &day);
  this_month = cs_date_from_parts (year, month, 1);
  for (guint i = 0; i < n; i++)
    {
      CsInvoiceMonth one = { cs_date_add_months (this_month, (int)i + 1 - (int)n, 1), currency,
                             cs_money_zero (currency), cs_money_zero (currency) };

      for (guint at = 0; at < months->len; at++)
        {
          const CsInvoiceMonth *known = &g_array_index (months, CsInvoiceMonth, at);

          if (cs_date_compare (known->month, one.month) == 0 && cs_currency_equal (known->currency, currency))
            one = *known;
        }
      g_array_append_val (filled, one);
    }
  return filled;
}
