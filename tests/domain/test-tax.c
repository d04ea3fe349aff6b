/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-tax.h"

static const CsCurrency nzd = { "NZD" };

static CsDecimal
decimal (const char *text)
{
  CsDecimal parsed = { 0 };

  g_assert_true (cs_decimal_parse (text, &parsed, NULL));
  return parsed;
}

static CsLineAmounts
line (const char *quantity, const char *price, const char *rate)
{
  return (CsLineAmounts){ decimal (quantity), decimal (price), decimal (rate) };
}

static void
assert_money (CsMoney money, const char *text)
{
  g_autofree char *actual = cs_money_to_string (money);

  g_assert_cmpstr (actual, ==, text);
}

static void
assert_line (CsLineAmounts amounts, CsTaxMode mode, const char *amount, const char *tax)
{
  CsLineResult result;
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_tax_compute_line (&amounts, mode, nzd, &result, &error));
  g_assert_no_error (error);
  assert_money (result.line, amount);
  assert_money (result.tax, tax);
}

/* Xero's own full sample, 12.5 % inclusive (xero-accounting.md 6.5). */
static void
test_worked_example (void)
{
  const CsLineAmounts lines[] = { line ("1", "177.00", "12.5"), line ("1", "-79.00", "12.5") };
  CsTotals totals;
  g_autoptr (GError) error = NULL;

  assert_line (lines[0], CS_TAX_MODE_INCLUSIVE, "177.00", "19.67");
  assert_line (lines[1], CS_TAX_MODE_INCLUSIVE, "-79.00", "-8.78");
  g_assert_true (cs_tax_compute_totals (lines, 2, CS_TAX_MODE_INCLUSIVE, nzd, &totals, &error));
  g_assert_no_error (error);
  assert_money (totals.total, "98.00");
  assert_money (totals.tax, "10.89");
  assert_money (totals.subtotal, "87.11");
}

/* "Rounding is half away from zero per line, 2.165 → 2.17" (xero-accounting.md 6.5). */
static void
test_half_away_from_zero (void)
{
  assert_line (line ("1", "2.165", "0"), CS_TAX_MODE_EXCLUSIVE, "2.17", "0.00");
  assert_line (line ("1", "-2.165", "0"), CS_TAX_MODE_EXCLUSIVE, "-2.17", "0.00");
  assert_line (line ("1", "0.10", "15"), CS_TAX_MODE_EXCLUSIVE, "0.10", "0.02"); /* 0.015 */
  assert_line (line ("1", "-0.10", "15"), CS_TAX_MODE_EXCLUSIVE, "-0.10", "-0.02");
  assert_line (line ("1", "0.30", "15"), CS_TAX_MODE_EXCLUSIVE, "0.30", "0.05"); /* 0.045 */
}

/* Tax is on the rounded line, not on the exact product. */
static void
test_tax_of_the_rounded_line (void)
{
  assert_line (line ("2.5", "120.125", "15"), CS_TAX_MODE_EXCLUSIVE, "300.31", "45.05");
  assert_line (line ("3", "0.3333", "10"), CS_TAX_MODE_EXCLUSIVE, "1.00", "0.10");
  assert_line (line ("1", "33.3333", "15"), CS_TAX_MODE_EXCLUSIVE, "33.33", "5.00");
  assert_line (line ("1", "115", "15"), CS_TAX_MODE_INCLUSIVE, "115.00", "15.00");
  assert_line (line ("1", "100", "15"), CS_TAX_MODE_NO_TAX, "100.00", "0.00");
  assert_line (line ("1", "100", "12.3456"), CS_TAX_MODE_EXCLUSIVE, "100.00", "12.35");
}

/* Sum of rounded taxes, not tax of the sum: three lines of 0.03 at 15 % have no tax, together they would. */
static void
test_totals_sum_rounded_lines (void)
{
  const CsLineAmounts lines[]
      = { line ("1", "0.03", "15"), line ("1", "0.03", "15"), line ("1", "0.03", "15") };
  const CsLineAmounts thirds[] = { line ("1", "33.335", "15"), line ("1", "33.335", "15") };
  CsTotals totals;

  g_assert_true (cs_tax_compute_totals (lines, 3, CS_TAX_MODE_EXCLUSIVE, nzd, &totals, NULL));
  assert_money (totals.subtotal, "0.09");
  assert_money (totals.tax, "0.00");
  assert_money (totals.total, "0.09");
  g_assert_true (cs_tax_compute_totals (thirds, 2, CS_TAX_MODE_EXCLUSIVE, nzd, &totals, NULL));
  assert_money (totals.subtotal, "66.68");
  assert_money (totals.tax, "10.00");
  assert_money (totals.total, "76.68");
  g_assert_true (cs_tax_compute_totals (NULL, 0, CS_TAX_MODE_EXCLUSIVE, nzd, &totals, NULL));
  g_assert_true (cs_money_equal (totals.total, cs_money_zero (nzd)));
}

static void
test_minor_units (void)
{
  const CsLineAmounts amounts = line ("1", "105", "10");
  const CsLineAmounts dinar = line ("1", "1.0005", "0");
  CsLineResult result;

  g_assert_true (cs_tax_compute_line (&amounts, CS_TAX_MODE_EXCLUSIVE, (CsCurrency){ "JPY" }, &result, NULL));
  assert_money (result.line, "105");
  assert_money (result.tax, "11"); /* 10.5 */
  g_assert_true (cs_tax_compute_line (&dinar, CS_TAX_MODE_NO_TAX, (CsCurrency){ "KWD" }, &result, NULL));
  assert_money (result.line, "1.001");
}

/* In every mode: total = subtotal + tax, and with tax inside, total = the lines as priced. */
static void
test_sums_always_fit (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (15);

  for (int i = 0; i < 5000; i++)
    {
      CsLineAmounts lines[8];
      gsize n = (gsize)g_rand_int_range (rand, 0, 9);
      CsTaxMode mode = (CsTaxMode)g_rand_int_range (rand, 0, 3);
      CsTotals totals;
      gint64 priced = 0, tax = 0;

      for (gsize k = 0; k < n; k++)
        {
          CsLineResult result;

          lines[k] = (CsLineAmounts){ { g_rand_int_range (rand, -100000, 1000000) },
                                      { g_rand_int_range (rand, -1000000, 10000000) },
                                      { g_rand_int_range (rand, 0, 300000) } };
          g_assert_true (cs_tax_compute_line (&lines[k], mode, nzd, &result, NULL));
          priced += result.line.minor;
          tax += result.tax.minor;
        }
      g_assert_true (cs_tax_compute_totals (lines, n, mode, nzd, &totals, NULL));
      g_assert_cmpint (totals.tax.minor, ==, tax);
      g_assert_cmpint (totals.total.minor, ==, totals.subtotal.minor + tax);
      g_assert_cmpint (mode == CS_TAX_MODE_INCLUSIVE ? totals.total.minor : totals.subtotal.minor, ==,
                       priced);
    }
}

static void
test_refusals (void)
{
  const CsDecimal most = { G_MAXINT64 };
  const struct
  {
    CsLineAmounts amounts;
    CsDomainError code;
  } cases[] = {
    { { CS_DECIMAL (1), CS_DECIMAL (1), { -1 } }, CS_DOMAIN_ERROR_INVALID },
    { { CS_DECIMAL (1), CS_DECIMAL (1), most }, CS_DOMAIN_ERROR_RANGE },
    { { most, most, CS_DECIMAL (15) }, CS_DOMAIN_ERROR_RANGE },
    { { CS_DECIMAL (900), most, CS_DECIMAL (90000) }, CS_DOMAIN_ERROR_RANGE },
  };
  CsLineAmounts lines[200];

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CsLineResult result = { { 77, nzd }, { 77, nzd } };
      g_autoptr (GError) error = NULL;

      g_assert_false (cs_tax_compute_line (&cases[i].amounts, CS_TAX_MODE_EXCLUSIVE, nzd, &result, &error));
      g_assert_error (error, CS_DOMAIN_ERROR, (int)cases[i].code);
      g_assert_cmpint (result.line.minor, ==, 77);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    lines[i] = (CsLineAmounts){ CS_DECIMAL (1), most, CS_DECIMAL (0) };
  for (CsTaxMode mode = CS_TAX_MODE_EXCLUSIVE; mode <= CS_TAX_MODE_NO_TAX; mode++)
    {
      CsTotals totals = { { 77, nzd }, { 77, nzd }, { 77, nzd } };
      g_autoptr (GError) error = NULL;

      g_assert_false (cs_tax_compute_totals (lines, G_N_ELEMENTS (lines), mode, nzd, &totals, &error));
      g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_RANGE);
      g_assert_cmpint (totals.total.minor, ==, 77);
    }
}

static void
test_words (void)
{
  CsTaxMode mode;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (cs_tax_mode_to_string (CS_TAX_MODE_EXCLUSIVE), ==, "Exclusive");
  g_assert_cmpstr (cs_tax_mode_to_string (CS_TAX_MODE_INCLUSIVE), ==, "Inclusive");
  g_assert_cmpstr (cs_tax_mode_to_string (CS_TAX_MODE_NO_TAX), ==, "NoTax");
  g_assert_true (cs_tax_mode_parse ("NoTax", &mode, &error));
  g_assert_cmpint (mode, ==, CS_TAX_MODE_NO_TAX);
  g_assert_false (cs_tax_mode_parse ("NOTAX", &mode, &error));
  g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX);
  g_clear_error (&error);
  g_assert_false (cs_tax_mode_parse (NULL, &mode, &error));
  g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tax/rounding/xero-6-5-worked-example", test_worked_example);
  g_test_add_func ("/tax/rounding/xero-6-5-half-away-from-zero", test_half_away_from_zero);
  g_test_add_func ("/tax/rounding/xero-6-5-tax-of-the-rounded-line", test_tax_of_the_rounded_line);
  g_test_add_func ("/tax/totals/xero-6-5-sum-of-rounded-lines", test_totals_sum_rounded_lines);
  g_test_add_func ("/tax/rounding/minor-unit-of-the-currency", test_minor_units);
  g_test_add_func ("/tax/totals/U-15-sums-always-fit", test_sums_always_fit);
  g_test_add_func ("/tax/refusals", test_refusals);
  g_test_add_func ("/tax/words-are-the-ledgers", test_words);
  return g_test_run ();
}
