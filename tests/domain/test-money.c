/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-money.h"

#include <locale.h>
#include <string.h>

static CsCurrency
currency (const char *code)
{
  CsCurrency parsed = { "" };
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_currency_parse (code, &parsed, &error));
  g_assert_no_error (error);
  return parsed;
}

static void
test_decimal_round_trip (void)
{
  static const struct
  {
    const char *text;
    gint64 units;
    const char *shortest;
    const char *two_places;
  } cases[] = {
    { "12", 120000, "12", "12.00" },
    { "0", 0, "0", "0.00" },
    { "-0.5", -5000, "-0.5", "-0.50" },
    { "-0", 0, "0", "0.00" },
    { "1.2345", 12345, "1.2345", "1.2345" },
    { "15.0000", 150000, "15", "15.00" },
    { "15.00000000", 150000, "15", "15.00" },
    { "0.0001", 1, "0.0001", "0.0001" },
    { "120.125", 1201250, "120.125", "120.125" },
    { "922337203685477.5807", G_MAXINT64, "922337203685477.5807", "922337203685477.5807" },
    { "-922337203685477.5808", G_MININT64, "-922337203685477.5808", "-922337203685477.5808" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CsDecimal decimal = { 77 };
      g_autoptr (GError) error = NULL;
      g_autofree char *shortest = NULL;
      g_autofree char *two_places = NULL;

      g_assert_true (cs_decimal_parse (cases[i].text, &decimal, &error));
      g_assert_no_error (error);
      g_assert_cmpint (decimal.units, ==, cases[i].units);
      shortest = cs_decimal_to_string (decimal, 0);
      g_assert_cmpstr (shortest, ==, cases[i].shortest);
      two_places = cs_decimal_to_string (decimal, 2);
      g_assert_cmpstr (two_places, ==, cases[i].two_places);
    }
}

static void
test_decimal_refuses (void)
{
  static const struct
  {
    const char *text;
    CsDomainError code;
  } cases[] = {
    { NULL, CS_DOMAIN_ERROR_SYNTAX },
    { "", CS_DOMAIN_ERROR_SYNTAX },
    { "-", CS_DOMAIN_ERROR_SYNTAX },
    { "1e3", CS_DOMAIN_ERROR_SYNTAX },
    { ".5", CS_DOMAIN_ERROR_SYNTAX },
    { "1.", CS_DOMAIN_ERROR_SYNTAX },
    { "+1", CS_DOMAIN_ERROR_SYNTAX },
    { "--1", CS_DOMAIN_ERROR_SYNTAX },
    { " 1", CS_DOMAIN_ERROR_SYNTAX },
    { "1 ", CS_DOMAIN_ERROR_SYNTAX },
    { "1,000", CS_DOMAIN_ERROR_SYNTAX },
    { "01", CS_DOMAIN_ERROR_SYNTAX },
    { "1.2.3", CS_DOMAIN_ERROR_SYNTAX },
    { "NaN", CS_DOMAIN_ERROR_SYNTAX },
    { "0x10", CS_DOMAIN_ERROR_SYNTAX },
    { "\xd9\xa1", CS_DOMAIN_ERROR_SYNTAX },
    { "1.23456", CS_DOMAIN_ERROR_RANGE },
    { "0.00001", CS_DOMAIN_ERROR_RANGE },
    { "922337203685477.5808", CS_DOMAIN_ERROR_RANGE },
    { "-922337203685477.5809", CS_DOMAIN_ERROR_RANGE },
    { "99999999999999999999999999", CS_DOMAIN_ERROR_RANGE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CsDecimal decimal = { 77 };
      g_autoptr (GError) error = NULL;

      g_assert_false (cs_decimal_parse (cases[i].text, &decimal, &error));
      g_assert_error (error, CS_DOMAIN_ERROR, (int)cases[i].code);
      g_assert_cmpint (decimal.units, ==, 77);
    }
}

static void
test_decimal_any_round_trips (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261121);

  for (int i = 0; i < 20000; i++)
    {
      guint shift = (guint)g_rand_int_range (rand, 0, 63);
      CsDecimal in = { (gint64)(((guint64)g_rand_int (rand) << 32) | g_rand_int (rand)) >> shift };
      CsDecimal out = { 0 };
      g_autofree char *text = cs_decimal_to_string (in, (guint)g_rand_int_range (rand, 0, 5));

      g_assert_true (cs_decimal_parse (text, &out, NULL));
      g_assert_cmpint (in.units, ==, out.units);
    }
}

/* Short numbers are read another way than long ones: the digits alone say what each comes to. */
static void
test_decimal_of_any_length (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261130);

  for (int i = 0; i < 20000; i++)
    {
      guint n_digits = (guint)g_rand_int_range (rand, 1, 15);
      guint n_places = (guint)g_rand_int_range (rand, 0, CS_DECIMAL_PLACES + 1);
      gboolean is_negative = g_rand_boolean (rand);
      g_autoptr (GString) digits = g_string_new (is_negative ? "-" : "");
      g_autoptr (GString) text = NULL;
      CsDecimal out = { 0 };
      gint64 expected = 0;

      for (guint n = 0; n < n_digits + n_places; n++)
        g_string_append_c (digits,
                           (char)g_rand_int_range (rand, n == 0 && n_digits > 1 ? '1' : '0', '9' + 1));
      text = g_string_new (digits->str);
      if (n_places > 0)
        g_string_insert_c (text, (gssize)(n_digits + is_negative), '.');
      for (guint n = n_places; n < CS_DECIMAL_PLACES; n++)
        g_string_append_c (digits, '0');
      for (guint n = (guint)g_rand_int_range (rand, 0, 3); n > 0 && n_places > 0; n--)
        g_string_append_c (text, '0');
      g_assert_true (g_ascii_string_to_signed (digits->str, 10, G_MININT64, G_MAXINT64, &expected, NULL));
      g_assert_true (cs_decimal_parse (text->str, &out, NULL));
      g_assert_cmpint (out.units, ==, expected);
    }
}

static void
test_decimal_round (void)
{
  g_assert_cmpint (cs_decimal_round ((CsDecimal){ 21650 }, 2).units, ==, 21700);
  g_assert_cmpint (cs_decimal_round ((CsDecimal){ -21650 }, 2).units, ==, -21700);
  g_assert_cmpint (cs_decimal_round ((CsDecimal){ 21649 }, 2).units, ==, 21600);
  g_assert_cmpint (cs_decimal_round ((CsDecimal){ 5000 }, 0).units, ==, 10000);
  g_assert_cmpint (cs_decimal_round ((CsDecimal){ 12345 }, 4).units, ==, 12345);
  g_assert_cmpint (cs_decimal_round ((CsDecimal){ G_MAXINT64 }, 0).units, ==, G_MAXINT64 - 5807);
  g_assert_cmpint (cs_decimal_round ((CsDecimal){ G_MININT64 }, 0).units, ==, G_MININT64 + 5808);
  g_assert_cmpint (cs_decimal_compare (CS_DECIMAL (1), CS_DECIMAL (2)), <, 0);
  g_assert_cmpint (cs_decimal_compare (CS_DECIMAL (2), CS_DECIMAL (2)), ==, 0);
  g_assert_cmpint (cs_decimal_compare (CS_DECIMAL (2), CS_DECIMAL (-2)), >, 0);
}

static void
test_currency (void)
{
  static const char *const wrong[] = { NULL, "", "NZ", "NZDX", "nzd", "N1D", "N\xc3\x9c" };

  g_assert_cmpuint (cs_currency_get_digits (currency ("NZD")), ==, 2);
  g_assert_cmpuint (cs_currency_get_digits (currency ("JPY")), ==, 0);
  g_assert_cmpuint (cs_currency_get_digits (currency ("KWD")), ==, 3);
  g_assert_cmpuint (cs_currency_get_digits (currency ("CLF")), ==, 4);
  g_assert_cmpuint (cs_currency_get_digits (currency ("ABC")), ==, 2);
  g_assert_true (cs_currency_equal (currency ("AUD"), currency ("AUD")));
  g_assert_false (cs_currency_equal (currency ("AUD"), currency ("AUE")));
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      CsCurrency parsed;
      g_autoptr (GError) error = NULL;

      g_assert_false (cs_currency_parse (wrong[i], &parsed, &error));
      g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_CURRENCY);
    }
}

/* ISO 4217's list, by places; beside them, currencies of hundredths between which they stand. */
static void
test_currency_digits (void)
{
  static const struct
  {
    guint digits;
    const char *codes;
  } cases[] = {
    { 0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF" },
    { 3, "BHD IQD JOD KWD LYD OMR TND" },
    { 4, "CLF UYW" },
    { 2,
      "AAA AED AUD BGN BIA BZD CAD CHF CLA CLG CNY DKK DZD EUR GBP GTQ HKD ILS INR IRR JMD KES KZT LKR MAD "
      "MGA MRU NZD PEN PLN QAR RON SAR SGD SLE THB TOP TWD UAH USD UYU VES WST XCD XAA XPG YER ZAR ZZZ" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) codes = g_strsplit (cases[i].codes, " ", -1);

      for (gsize j = 0; codes[j] != NULL; j++)
        {
          g_test_message ("%s", codes[j]);
          g_assert_cmpuint (cs_currency_get_digits (currency (codes[j])), ==, cases[i].digits);
        }
    }
}

static void
test_money_text (void)
{
  static const struct
  {
    const char *text;
    const char *code;
    gint64 minor;
    const char *canonical;
  } cases[] = {
    { "1200.50", "NZD", 120050, "1200.50" },
    { "1200.5", "NZD", 120050, "1200.50" },
    { "46", "NZD", 4600, "46.00" },
    { "46.0000", "NZD", 4600, "46.00" },
    { "-8.78", "NZD", -878, "-8.78" },
    { "-0.01", "NZD", -1, "-0.01" },
    { "1200", "JPY", 1200, "1200" },
    { "1200.00", "JPY", 1200, "1200" },
    { "1.234", "KWD", 1234, "1.234" },
    { "1.2", "KWD", 1200, "1.200" },
    { "92233720368547758.07", "USD", G_MAXINT64, "92233720368547758.07" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CsMoney money;
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      g_assert_true (cs_money_parse (cases[i].text, currency (cases[i].code), &money, &error));
      g_assert_no_error (error);
      g_assert_cmpint (money.minor, ==, cases[i].minor);
      text = cs_money_to_string (money);
      g_assert_cmpstr (text, ==, cases[i].canonical);
      g_assert_cmpuint (strlen (text), <, CS_MONEY_FORMAT_CANONICAL_MAX);
    }
}

static void
test_money_refuses (void)
{
  static const struct
  {
    const char *text;
    const char *code;
    CsDomainError reason;
  } cases[] = {
    { "1.005", "NZD", CS_DOMAIN_ERROR_RANGE },
    { "1.5", "JPY", CS_DOMAIN_ERROR_RANGE },
    { "1.2345", "KWD", CS_DOMAIN_ERROR_RANGE },
    { "20.350000000000001", "NZD", CS_DOMAIN_ERROR_RANGE },
    { "1e2", "NZD", CS_DOMAIN_ERROR_SYNTAX },
    { NULL, "NZD", CS_DOMAIN_ERROR_SYNTAX },
    { "92233720368547758.08", "NZD", CS_DOMAIN_ERROR_RANGE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CsMoney money = { 77, currency ("AUD") };
      g_autoptr (GError) error = NULL;

      g_assert_false (cs_money_parse (cases[i].text, currency (cases[i].code), &money, &error));
      g_assert_error (error, CS_DOMAIN_ERROR, (int)cases[i].reason);
      g_assert_cmpint (money.minor, ==, 77);
    }
}

static void
test_money_sums (void)
{
  const CsMoney five = { 500, currency ("NZD") };
  const CsMoney two = { 200, currency ("NZD") };
  const CsMoney most = { G_MAXINT64, currency ("NZD") };
  const CsMoney least = { G_MININT64, currency ("NZD") };
  const CsMoney foreign = { 200, currency ("AUD") };
  CsMoney result = { 77, currency ("NZD") };
  g_autoptr (GError) error = NULL;

  g_assert_false (cs_money_add (five, foreign, &result, &error));
  g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_CURRENCY);
  g_clear_error (&error);
  g_assert_false (cs_money_subtract (five, foreign, &result, &error));
  g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_CURRENCY);
  g_clear_error (&error);
  g_assert_false (cs_money_add (most, two, &result, &error));
  g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_RANGE);
  g_clear_error (&error);
  g_assert_false (cs_money_subtract (least, two, &result, &error));
  g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_RANGE);
  g_clear_error (&error);
  g_assert_cmpint (result.minor, ==, 77);

  g_assert_true (cs_money_add (five, two, &result, &error));
  g_assert_cmpint (result.minor, ==, 700);
  g_assert_true (cs_money_subtract (two, five, &result, &error));
  g_assert_cmpint (result.minor, ==, -300);
  g_assert_no_error (error);
  g_assert_false (cs_money_equal (two, foreign));
  g_assert_true (cs_money_equal (two, two));
  g_assert_true (cs_money_is_zero (cs_money_zero (currency ("NZD"))));
  g_assert_false (cs_money_is_zero (two));
}

static void
test_money_product (void)
{
  static const struct
  {
    gint64 quantity;
    gint64 price;
    const char *code;
    gint64 minor;
  } cases[] = {
    { 10000, 21650, "NZD", 217 },     { -10000, 21650, "NZD", -217 }, { 10000, 21649, "NZD", 216 },
    { 25000, 1201250, "NZD", 30031 }, /* 2.5 × 120.125 = 300.3125 */
    { 30000, 1, "NZD", 0 },           { 10000, 50, "NZD", 1 },        { 10000, 49, "NZD", 0 },
    { 10000, 5000, "JPY", 1 },        { 10000, 5, "KWD", 1 },         { 1, 1, "NZD", 0 },
  };
  CsMoney amount = { 77, currency ("NZD") };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_true (cs_money_from_product ((CsDecimal){ cases[i].quantity }, (CsDecimal){ cases[i].price },
                                            currency (cases[i].code), &amount, &error));
      g_assert_no_error (error);
      g_assert_cmpint (amount.minor, ==, cases[i].minor);
    }
  amount.minor = 77;
  g_assert_false (cs_money_from_product ((CsDecimal){ G_MAXINT64 }, (CsDecimal){ G_MAXINT64 },
                                         currency ("NZD"), &amount, &error));
  g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_RANGE);
  g_assert_cmpint (amount.minor, ==, 77);
}

/* Whatever the numbers, the share is the nearest whole number, and of two that are as near the one farther
 * from 0. */
static void
test_money_share_is_nearest (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (65);

  for (int i = 0; i < 20000; i++)
    {
      gint64 amount = g_rand_int_range (rand, -100000, 100000);
      gint64 numerator = g_rand_int_range (rand, -500, 500);
      gint64 denominator = g_rand_int_range (rand, 1, 100) * (g_rand_boolean (rand) ? 1 : -1);
      gint64 product = amount * numerator * (denominator < 0 ? -1 : 1);
      CsMoney share;
      gint64 off;

      g_assert_true (
          cs_money_share ((CsMoney){ amount, currency ("NZD") }, numerator, denominator, &share, NULL));
      off = 2 * (share.minor * ABS (denominator) - product);
      g_assert_cmpint (ABS (off), <=, ABS (denominator));
      if (ABS (off) == ABS (denominator))
        g_assert_true ((off > 0) == (product > 0));
    }
}

static void
test_money_share_refuses (void)
{
  CsMoney share = { 77, currency ("NZD") };
  g_autoptr (GError) error = NULL;

  g_assert_false (cs_money_share ((CsMoney){ 1, currency ("NZD") }, 1, 0, &share, &error));
  g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (cs_money_share ((CsMoney){ G_MAXINT64, currency ("NZD") }, 2, 1, &share, &error));
  g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_RANGE);
  g_clear_error (&error);
  g_assert_false (cs_money_share ((CsMoney){ G_MININT64, currency ("NZD") }, 1, -1, &share, &error));
  g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_RANGE);
  g_assert_cmpint (share.minor, ==, 77);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decimal/canonical-round-trip", test_decimal_round_trip);
  g_test_add_func ("/decimal/refuses-what-is-not-canonical", test_decimal_refuses);
  g_test_add_func ("/decimal/any-value-round-trips", test_decimal_any_round_trips);
  g_test_add_func ("/decimal/of-any-length", test_decimal_of_any_length);
  g_test_add_func ("/decimal/rounds-half-away-from-zero", test_decimal_round);
  g_test_add_func ("/money/currency-codes-and-digits", test_currency);
  g_test_add_func ("/money/currencies-have-the-digits-of-iso-4217", test_currency_digits);
  g_test_add_func ("/money/canonical-round-trip", test_money_text);
  g_test_add_func ("/money/refuses-more-places-than-the-currency", test_money_refuses);
  g_test_add_func ("/money/two-currencies-or-overflow-are-errors", test_money_sums);
  g_test_add_func ("/money/product-rounds-once", test_money_product);
  g_test_add_func ("/money/share-is-nearest-half-away-from-zero", test_money_share_is_nearest);
  g_test_add_func ("/money/share-refuses-nought-and-overflow", test_money_share_refuses);
  return g_test_run ();
}
