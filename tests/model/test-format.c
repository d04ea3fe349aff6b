/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How values read to a person, and how what a person types is understood. */
#include "cs-error-words.h"
#include "cs-format.h"
#include "cs-store.h"
#include "cs-typed-value.h"

#define NBSP "\xc2\xa0"
#define MINUS "\xe2\x88\x92"

static char en_nz_point[] = ".", en_nz_thousands[] = ",";
static char de_de_point[] = ",", de_de_thousands[] = ".";
static char fr_fr_point[] = ",", fr_fr_thousands[] = "\xe2\x80\xaf";
static char threes[] = "\3", indian[] = "\3\2", none[] = "";
static const CsNumberFormat en_nz = { en_nz_point, en_nz_thousands, threes };
static const CsNumberFormat de_de = { de_de_point, de_de_thousands, threes };
static const CsNumberFormat fr_fr = { fr_fr_point, fr_fr_thousands, threes };
static const CsNumberFormat en_in = { en_nz_point, en_nz_thousands, indian };
static const CsNumberFormat plain = { en_nz_point, en_nz_thousands, none };

static void
check_units (const CsNumberFormat *format, gint64 units, guint digits, const char *expected)
{
  g_autofree char *text = cs_number_format_units (format, units, digits);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_numbers (void)
{
  check_units (&en_nz, 4821050, 2, "48,210.50");
  check_units (&de_de, 4821050, 2, "48.210,50");
  check_units (&fr_fr, 4821050, 2,
               "48\xe2\x80\xaf"
               "210,50");
  check_units (&en_in, 1234567890, 2, "1,23,45,678.90");
  check_units (&plain, 4821050, 2, "48210.50");
  check_units (&en_nz, 0, 2, "0.00");
  check_units (&en_nz, 5, 2, "0.05");
  check_units (&en_nz, -5, 2, MINUS "0.05");
  check_units (&en_nz, 100000, 0, "100,000");
  check_units (&en_nz, 999, 0, "999");
  check_units (&en_nz, 1000, 0, "1,000");
  check_units (&en_nz, 1234567, 3, "1,234.567");
  check_units (&en_nz, G_MININT64, 2, MINUS "92,233,720,368,547,758.08");
  check_units (&en_nz, G_MAXINT64, 4, "922,337,203,685,477.5807");
}

static void
test_money (void)
{
  CsMoney money = { 138000, { "NZD" } };
  CsMoney yen = { 1500, { "JPY" } };
  g_autofree char *amount = cs_format_money (money);
  g_autofree char *with_currency = cs_format_money_with_currency (money);
  g_autofree char *whole = cs_format_money (yen);
  g_autofree char *nothing = cs_format_balance (cs_money_zero (money.currency));
  g_autofree char *price = cs_format_decimal ((CsDecimal){ 1201250 }, 2);
  g_autofree char *quantity = cs_format_decimal (CS_DECIMAL (2), 0);
  g_autofree char *percent = cs_format_percent ((CsDecimal){ 125000 });

  g_assert_cmpstr (amount, ==, "1,380.00");
  g_assert_cmpstr (with_currency, ==, "NZD" NBSP "1,380.00");
  g_assert_cmpstr (whole, ==, "1,500");
  g_assert_cmpstr (nothing, ==, "\xe2\x80\x93");
  g_assert_cmpstr (price, ==, "120.125");
  g_assert_cmpstr (quantity, ==, "2");
  g_assert_cmpstr (percent, ==, "12.5%");
}

static void
take (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_dates (void)
{
  CsDate today = cs_date_from_parts (2026, 11, 22);

  take (cs_format_date (cs_date_from_parts (2026, 12, 4)), "4 Dec 2026");
  take (cs_format_date (CS_DATE_NONE), "");
  take (cs_format_date_short (cs_date_from_parts (2026, 12, 4), today), "4 Dec");
  take (cs_format_date_short (cs_date_from_parts (2027, 1, 4), today), "4 Jan 2027");
  take (cs_format_due (cs_date_add_days (today, -1), today), "1 day overdue");
  take (cs_format_due (cs_date_add_days (today, -12), today), "12 days overdue");
  take (cs_format_due (today, today), "Due today");
  take (cs_format_due (cs_date_add_days (today, 1), today), "Due in 1 day");
  take (cs_format_due (cs_date_from_parts (2027, 6, 1), today), "Due on 1 Jun 2027");
  take (cs_format_due (CS_DATE_NONE, today), "");
}

static void
test_times (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (13 * 3600);
  g_autofree char *moment = NULL;
  gint64 now = 0;

  g_assert_true (cs_instant_parse ("2026-11-20T03:14:15.926Z", &now, NULL));
  take (cs_format_ago (now - 59000, now), "Just now");
  take (cs_format_ago (now + 5000, now), "Just now"); /* the ledger's clock may be ahead */
  take (cs_format_ago (now - 60000, now), "1 minute ago");
  take (cs_format_ago (now - 2 * 3600000, now), "2 hours ago");
  take (cs_format_ago (now - G_GINT64_CONSTANT (2) * 86400000, now), "2 days ago");
  take (cs_format_in (now + 12000, now), "in 12 seconds");
  take (cs_format_in (now, now), "now");
  take (cs_format_in (now + 300000, now), "in 5 minutes");
  take (cs_format_time_of_day (now, zone), "16:14");
  moment = cs_format_moment (now, zone);
  g_assert_true (g_str_has_prefix (moment, "20 Nov 2026, 16:14:15 +13"));
  take (cs_format_seconds (12), "12" NBSP "s");
  take (cs_format_seconds (119), "119" NBSP "s");
  take (cs_format_seconds (120), "2" NBSP "min");
  take (cs_format_seconds (599), "10" NBSP "min"); /* never less than is left */
}

static void
check_typed (const char *text, gboolean month_first, const char *expected)
{
  CsDate today = cs_date_from_parts (2026, 11, 22);
  CsDate date = CS_DATE_NONE;
  g_autoptr (GError) error = NULL;
  gboolean is_date = cs_parse_typed_date_ordered (text, today, month_first, &date, &error);
  g_autofree char *read = cs_date_to_string (date);

  if (expected == NULL)
    {
      g_assert_false (is_date);
      g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpstr (read, ==, expected);
}

static void
test_typed_dates (void)
{
  check_typed ("2026-12-14", FALSE, "2026-12-14");
  check_typed ("2026/12/14", TRUE, "2026-12-14");
  check_typed ("1/12", FALSE, "2026-12-01");
  check_typed ("1/12", TRUE, "2027-01-12");
  check_typed ("1.12.", FALSE, "2026-12-01");
  check_typed ("1/2", FALSE, "2027-02-01"); /* the nearest, not this year's */
  check_typed ("1/9", FALSE, "2026-09-01");
  check_typed ("14/12/27", FALSE, "2027-12-14");
  check_typed ("14 Dec", FALSE, "2026-12-14");
  check_typed ("14 december 2027", FALSE, "2027-12-14");
  check_typed ("Dec 14, 2027", FALSE, "2027-12-14");
  check_typed (" Tomorrow ", FALSE, "2026-11-23");
  check_typed ("today", FALSE, "2026-11-22");
  check_typed ("yesterday", FALSE, "2026-11-21");
  check_typed ("+14", FALSE, "2026-12-06");
  check_typed ("29/2", FALSE, NULL); /* in none of the three years */
  check_typed ("31/11", FALSE, NULL);
  check_typed ("13/13", FALSE, NULL);
  check_typed ("", FALSE, NULL);
  check_typed ("14", FALSE, NULL);
  check_typed ("soon", FALSE, NULL);
  check_typed ("1/2/3/4", FALSE, NULL);
  check_typed ("+99999", FALSE, NULL);
}

/* What is written can be typed again. */
static void
test_round_trip (void)
{
  CsDate today = cs_date_from_parts (2026, 11, 22);

  for (int days = 0; days < 800; days += 7)
    {
      CsDate date = cs_date_add_days (today, days);
      CsDate read = CS_DATE_NONE;
      g_autofree char *text = cs_format_date (date);

      g_assert_true (cs_parse_typed_date (text, today, &read, NULL));
      g_assert_cmpint (read.days, ==, date.days);
    }
}

static void
test_typed_numbers (void)
{
  CsDecimal decimal;

  g_assert_true (cs_parse_typed_decimal ("1,200", &decimal, NULL));
  g_assert_cmpint (decimal.units, ==, 12000000);
  g_assert_true (cs_parse_typed_decimal ("1200.5", &decimal, NULL));
  g_assert_cmpint (decimal.units, ==, 12005000);
  g_assert_true (cs_parse_typed_decimal ("=3*400", &decimal, NULL));
  g_assert_cmpint (decimal.units, ==, 12000000);
  g_assert_false (cs_parse_typed_decimal ("a few", &decimal, NULL));
}

static void
type (CsTypedValue *value, const char *text)
{
  for (gsize i = 1; text[i - 1] != '\0'; i++)
    {
      g_autofree char *prefix = g_strndup (text, i);

      cs_typed_value_read (value, prefix);
    }
}

/* Of what can't be read no prefix stays behind: not 1.20 of "1.200,50". */
static void
test_typed_prices (void)
{
  CsTypedValue value;

  cs_typed_value_init (&value);
  value.kind = CS_TYPED_PRICE;
  cs_typed_value_set_decimal (&value, CS_DECIMAL (500));
  type (&value, "1.200,50");
  cs_typed_value_settle (&value);
  g_assert_false (value.is_valid);
  g_assert_cmpint (value.decimal.units, ==, 0);
  g_assert_cmpstr (value.problem, ==, "Write a number such as 1,200.50");
  cs_typed_value_set_decimal (&value, CS_DECIMAL (0)); /* the page is filled again */
  g_assert_false (value.is_valid);
  g_assert_false (cs_typed_value_read (&value, ""));
  type (&value, "1,200.50");
  g_assert_true (value.is_valid);
  g_assert_null (value.problem);
  take (cs_typed_value_write (&value), "1,200.50");
  cs_typed_value_clear (&value);
}

static void
test_typed_terms (void)
{
  CsTypedValue days, start;

  cs_typed_value_init (&days);
  days.kind = CS_TYPED_WHOLE;
  days.most = 365;
  cs_typed_value_set_decimal (&days, CS_DECIMAL (20));
  type (&days, "1x");
  g_assert_false (days.is_valid);
  g_assert_cmpint (days.decimal.units, ==, 20 * CS_DECIMAL_ONE); /* not 1 */
  type (&days, "400");
  g_assert_false (days.is_valid);
  g_assert_cmpint (days.decimal.units, ==, 20 * CS_DECIMAL_ONE);
  cs_typed_value_clear (&days);

  cs_typed_value_init (&start);
  start.kind = CS_TYPED_DATE;
  start.today = cs_date_from_parts (2026, 11, 22);
  type (&start, "1/12/x");
  g_assert_false (start.is_valid);
  g_assert_false (cs_date_is_set (start.date)); /* not the first of December */
  g_assert_true (cs_typed_value_read (&start, ""));
  cs_typed_value_clear (&start);
}

/* A refusal that a person reads has days and money as all else has, also when it comes from another thread.
 */
static void
test_errors (void)
{
  const CsDate date = cs_date_from_parts (2026, 12, 1);
  g_autoptr (GError) changed = NULL;
  g_autoptr (GError) other = g_error_new_literal (CS_STORE_ERROR, CS_STORE_ERROR_STALE, "Read it again.");
  g_autoptr (GError) copy = NULL;
  g_autofree char *words = NULL;
  g_autofree char *other_words = cs_error_words (other);

  cs_store_error_set_changed (&changed, date, (CsMoney){ 4821050, { "NZD" } },
                              (CsMoney){ 123456789, { "NZD" } });
  g_assert_error (changed, CS_STORE_ERROR, CS_STORE_ERROR_STALE);
  copy = g_error_copy (changed);
  words = cs_error_words (copy);
  g_assert_nonnull (strstr (words, "1 Dec 2026"));
  g_assert_nonnull (strstr (words, "NZD" NBSP "48,210.50"));
  g_assert_nonnull (strstr (words, "NZD" NBSP "1,234,567.89"));
  g_assert_null (strstr (words, "2026-12-01"));
  g_assert_cmpstr (other_words, ==, "Read it again.");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/format/numbers", test_numbers);
  g_test_add_func ("/model/format/money", test_money);
  g_test_add_func ("/model/format/dates", test_dates);
  g_test_add_func ("/model/format/times", test_times);
  g_test_add_func ("/model/format/typed-dates", test_typed_dates);
  g_test_add_func ("/model/format/round-trip", test_round_trip);
  g_test_add_func ("/model/format/typed-numbers", test_typed_numbers);
  g_test_add_func ("/model/typed/prices", test_typed_prices);
  g_test_add_func ("/model/typed/terms", test_typed_terms);
  g_test_add_func ("/model/format/errors", test_errors);
  return g_test_run ();
}
