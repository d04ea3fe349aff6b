/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-chart.h"

static CsCurrency
currency (const char *code)
{
  CsCurrency value;

  g_assert_true (cs_currency_parse (code, &value, NULL));
  return value;
}

/* Whatever the parts: all of the length is given out, and what is there can be seen. */
static void
test_shares (void)
{
  for (guint round = 0; round < 5000; round++)
    {
      gint64 parts[5];
      guint shares[5];
      guint length = (guint)g_test_rand_int_range (5, 1000);
      guint sum = 0;
      gboolean is_empty = TRUE;

      for (guint i = 0; i < 5; i++)
        {
          parts[i] = g_test_rand_bit () ? 0 : (gint64)g_test_rand_int_range (-5, 5);
          if (g_test_rand_bit () && parts[i] > 0)
            parts[i] = G_MAXINT64 / 5;
          is_empty = is_empty && parts[i] <= 0;
        }
      cs_chart_share (parts, 5, length, shares);
      for (guint i = 0; i < 5; i++)
        {
          sum += shares[i];
          g_assert_true ((shares[i] > 0) == (parts[i] > 0));
        }
      g_assert_cmpuint (sum, ==, is_empty ? 0 : length);
    }
}

static void
test_shares_are_in_proportion (void)
{
  const gint64 parts[] = { 50000, 25000, 0, 25000 };
  guint shares[4];

  cs_chart_share (parts, 4, 200, shares);
  g_assert_cmpuint (shares[0], ==, 100);
  g_assert_cmpuint (shares[1], ==, 50);
  g_assert_cmpuint (shares[2], ==, 0);
  g_assert_cmpuint (shares[3], ==, 50);
}

static void
test_ceiling (void)
{
  g_assert_cmpint (cs_chart_ceiling (0), ==, 1);
  g_assert_cmpint (cs_chart_ceiling (-7), ==, 1);
  g_assert_cmpint (cs_chart_ceiling (1), ==, 1);
  g_assert_cmpint (cs_chart_ceiling (3), ==, 5);
  g_assert_cmpint (cs_chart_ceiling (50), ==, 50);
  g_assert_cmpint (cs_chart_ceiling (51), ==, 100);
  g_assert_cmpint (cs_chart_ceiling (123456), ==, 200000);
  g_assert_cmpint (cs_chart_ceiling (G_MAXINT64), ==, G_MAXINT64);
}

static void
test_height (void)
{
  g_assert_cmpuint (cs_chart_height (0, 100, 60), ==, 0);
  g_assert_cmpuint (cs_chart_height (-3, 100, 60), ==, 0);
  g_assert_cmpuint (cs_chart_height (1, 1000000, 60), ==, 1);
  g_assert_cmpuint (cs_chart_height (50, 100, 60), ==, 30);
  g_assert_cmpuint (cs_chart_height (G_MAXINT64, G_MAXINT64, 60), ==, 60);
}

/* Twelve months to today's, over the turn of a year, without a gap, one currency. */
static void
test_months (void)
{
  g_autoptr (GArray) months = g_array_new (FALSE, FALSE, sizeof (CsInvoiceMonth));
  g_autoptr (GArray) filled = NULL;
  CsInvoiceMonth known[] = {
    { cs_date_from_parts (2025, 2, 1), currency ("NZD"), { 1, currency ("NZD") }, { 2, currency ("NZD") } },
    { cs_date_from_parts (2025, 3, 1), currency ("NZD"), { 3, currency ("NZD") }, { 4, currency ("NZD") } },
    { cs_date_from_parts (2025, 12, 1), currency ("AUD"), { 5, currency ("AUD") }, { 6, currency ("AUD") } },
    { cs_date_from_parts (2026, 2, 1), currency ("NZD"), { 7, currency ("NZD") }, { 8, currency ("NZD") } },
  };

  g_array_append_vals (months, known, G_N_ELEMENTS (known));
  filled = cs_chart_fill_months (months, currency ("NZD"), cs_date_from_parts (2026, 2, 28), CS_CHART_MONTHS);
  g_assert_cmpuint (filled->len, ==, 12);
  for (guint i = 0; i < filled->len; i++)
    {
      const CsInvoiceMonth *month = &g_array_index (filled, CsInvoiceMonth, i);
      gint64 billed = i == 0 ? 3 : i == 11 ? 7 : 0;

      g_assert_cmpint (month->month.days, ==,
                       cs_date_from_parts (2025 + (2 + (int)i) / 12, (2 + (int)i) % 12 + 1, 1).days);
      g_assert_cmpint (month->billed.minor, ==, billed);
      g_assert_cmpint (month->received.minor, ==, billed > 0 ? billed + 1 : 0);
      g_assert_cmpstr (month->billed.currency.code, ==, "NZD");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/chart/shares", test_shares);
  g_test_add_func ("/domain/chart/shares-are-in-proportion", test_shares_are_in_proportion);
  g_test_add_func ("/domain/chart/ceiling", test_ceiling);
  g_test_add_func ("/domain/chart/height", test_height);
  g_test_add_func ("/domain/chart/months", test_months);
  return g_test_run ();
}
