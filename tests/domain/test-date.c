/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <locale.h>

#include "cs-date.h"
#include "cs-decimal.h"

static CsDate
date (const char *text)
{
  CsDate parsed = CS_DATE_NONE;
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_date_parse (text, &parsed, &error));
  g_assert_no_error (error);
  return parsed;
}

static void
assert_date (CsDate actual, const char *text)
{
  g_autofree char *written = cs_date_to_string (actual);

  g_assert_cmpstr (written, ==, text);
}

/* Every day of ten thousand years, against GLib's own calendar. */
static void
test_calendar (void)
{
  GDate other;
  int n_days = 0;

  g_date_clear (&other, 1);
  g_date_set_dmy (&other, 1, G_DATE_JANUARY, 1);
  for (int days = -719162; days <= 2932896; days++, n_days++)
    {
      int year, month, day;

      cs_date_get_parts ((CsDate){ days }, &year, &month, &day);
      if (year != g_date_get_year (&other) || month != (int)g_date_get_month (&other)
          || day != g_date_get_day (&other) || cs_date_from_parts (year, month, day).days != days)
        g_error ("day %d is not %04d-%02d-%02d", days, year, month, day);
      if (days < 2932896)
        g_date_add_days (&other, 1);
    }
  g_assert_cmpint (n_days, ==, 3652059);
}

static void
test_text (void)
{
  static const struct
  {
    const char *text;
    CsDomainError code;
  } wrong[] = {
    { NULL, CS_DOMAIN_ERROR_SYNTAX },         { "", CS_DOMAIN_ERROR_SYNTAX },
    { "2026-1-1", CS_DOMAIN_ERROR_SYNTAX },   { "2026-01-011", CS_DOMAIN_ERROR_SYNTAX },
    { "26-01-01", CS_DOMAIN_ERROR_SYNTAX },   { "2026/01/01", CS_DOMAIN_ERROR_SYNTAX },
    { "2026-01-0a", CS_DOMAIN_ERROR_SYNTAX }, { "-026-01-01", CS_DOMAIN_ERROR_SYNTAX },
    { "2026-02-29", CS_DOMAIN_ERROR_RANGE },  { "2100-02-29", CS_DOMAIN_ERROR_RANGE },
    { "2026-13-01", CS_DOMAIN_ERROR_RANGE },  { "2026-00-01", CS_DOMAIN_ERROR_RANGE },
    { "2026-04-31", CS_DOMAIN_ERROR_RANGE },  { "2026-04-00", CS_DOMAIN_ERROR_RANGE },
    { "0000-01-01", CS_DOMAIN_ERROR_RANGE },
  };

  g_assert_cmpint (date ("1970-01-01").days, ==, 0);
  g_assert_cmpint (date ("2026-11-21").days, ==, 20778);
  assert_date (date ("2028-02-29"), "2028-02-29");
  assert_date (date ("0001-01-01"), "0001-01-01");
  assert_date (CS_DATE_NONE, "");
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      CsDate parsed = { 77 };
      g_autoptr (GError) error = NULL;

      g_assert_false (cs_date_parse (wrong[i].text, &parsed, &error));
      g_assert_error (error, CS_DOMAIN_ERROR, (int)wrong[i].code);
      g_assert_cmpint (parsed.days, ==, 77);
    }
}

static void
test_add (void)
{
  assert_date (cs_date_add_months (date ("2026-01-31"), 1, 31), "2026-02-28");
  assert_date (cs_date_add_months (date ("2026-01-31"), 2, 31), "2026-03-31");
  assert_date (cs_date_add_months (date ("2028-01-31"), 1, 0), "2028-02-29");
  assert_date (cs_date_add_months (date ("2026-01-15"), -1, 0), "2025-12-15");
  assert_date (cs_date_add_months (date ("2026-01-15"), 23, 1), "2027-12-01");
  assert_date (cs_date_add_days (date ("2026-12-31"), 1), "2027-01-01");
  assert_date (cs_date_add_days (date ("9999-12-31"), 1), "");
  assert_date (cs_date_add_days (date ("0001-01-01"), -1), "");
  assert_date (cs_date_add_days (CS_DATE_NONE, 1), "");
  assert_date (cs_date_add_months (CS_DATE_NONE, 1, 0), "");
  assert_date (cs_date_add_months (date ("9999-12-31"), 1, 0), "");
  assert_date (cs_date_add_months (date ("0001-01-01"), -1, 0), "");
  assert_date (cs_date_add_months (date ("2026-01-01"), G_MAXINT, 0), "");
  assert_date (cs_date_add_months (date ("2026-01-01"), G_MININT, 0), "");
  g_assert_cmpint (cs_date_compare (CS_DATE_NONE, date ("0001-01-01")), <, 0);
  g_assert_cmpint (cs_date_compare (date ("2026-01-02"), date ("2026-01-01")), >, 0);
}

/* A document date is a day at midnight in UTC, and is the same day in every zone (xero-accounting.md 6.2). */
static void
test_document_dates (void)
{
  assert_date (cs_date_from_utc_milliseconds (G_GINT64_CONSTANT (1795219200000)), "2026-11-21");
  assert_date (cs_date_from_utc_milliseconds (G_GINT64_CONSTANT (1795219199999)), "2026-11-20");
  assert_date (cs_date_from_utc_milliseconds (-1), "1969-12-31");
  assert_date (cs_date_from_utc_milliseconds (-86400000), "1969-12-31");
  assert_date (cs_date_from_utc_milliseconds (-86400001), "1969-12-30");
  assert_date (cs_date_from_utc_milliseconds (G_MAXINT64), "");
  assert_date (cs_date_from_utc_milliseconds (G_MININT64), "");
}

/* Today is the practice's: at noon in UTC it is tomorrow in Auckland in summer, and still today in Los
 * Angeles. */
static void
test_zones (void)
{
  g_autoptr (GTimeZone) summer = g_time_zone_new_offset (13 * 3600);
  g_autoptr (GTimeZone) winter = g_time_zone_new_offset (12 * 3600);
  g_autoptr (GTimeZone) west = g_time_zone_new_offset (-8 * 3600);
  gint64 noon_ms;

  g_assert_true (cs_instant_parse ("2026-11-21T11:30:00Z", &noon_ms, NULL));
  assert_date (cs_date_from_instant (noon_ms, summer), "2026-11-22");
  assert_date (cs_date_from_instant (noon_ms, winter), "2026-11-21");
  assert_date (cs_date_from_instant (noon_ms, west), "2026-11-21");
  assert_date (cs_date_from_instant (-1, west), "1969-12-31");
  assert_date (cs_date_from_instant (G_MAXINT64, summer), "");
}

static void
test_instants (void)
{
  static const struct
  {
    const char *text;
    const char *canonical;
  } cases[] = {
    { "2026-11-20T03:14:15.926Z", "2026-11-20T03:14:15.926Z" },
    { "2026-11-20T03:14:15.9265350", "2026-11-20T03:14:15.926Z" },
    { "2015-03-29T23:43:01.097", "2015-03-29T23:43:01.097Z" },
    { "2026-11-21T00:00:00", "2026-11-21T00:00:00.000Z" },
    { "2026-11-21T08:00:00+13:00", "2026-11-20T19:00:00.000Z" },
    { "2026-11-21T20:00:00.5-0800", "2026-11-22T04:00:00.500Z" },
    { "1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z" },
  };
  static const char *const wrong[] = {
    NULL,
    "",
    "2026-11-20",
    "2026-11-20 03:14:15",
    "2026-11-20T24:00:00Z",
    "2026-11-20T03:60:15Z",
    "2026-11-20T03:14:15.Z",
    "2026-11-20T03:14:15ZZ",
    "2026-11-20T03:14",
    "2026-11-20T03:14:15+1",
    "2026-02-30T00:00:00Z",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 instant_ms;
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      g_assert_true (cs_instant_parse (cases[i].text, &instant_ms, &error));
      g_assert_no_error (error);
      text = cs_instant_to_string (instant_ms);
      g_assert_cmpstr (text, ==, cases[i].canonical);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      gint64 instant_ms = 77;
      g_autoptr (GError) error = NULL;

      g_assert_false (cs_instant_parse (wrong[i], &instant_ms, &error));
      g_assert_nonnull (error);
      g_assert_cmpint (instant_ms, ==, 77);
    }
}

static gint64
stopped_now_ms (const CsClock *clock)
{
  return *(const gint64 *)clock->data;
}

static void
test_clock (void)
{
  gint64 now_ms = G_GINT64_CONSTANT (1795219200000);
  const CsClock clock = { stopped_now_ms, &now_ms };
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  g_assert_cmpint (cs_clock_now_ms (&clock), ==, now_ms);
  assert_date (cs_clock_today (&clock, utc), "2026-11-21");
  now_ms -= 1;
  assert_date (cs_clock_today (&clock, utc), "2026-11-20");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/date/every-day-of-the-calendar", test_calendar);
  g_test_add_func ("/date/text", test_text);
  g_test_add_func ("/date/U-12-short-months", test_add);
  g_test_add_func ("/date/xero-6-2-document-dates-have-no-zone", test_document_dates);
  g_test_add_func ("/date/today-is-the-practices", test_zones);
  g_test_add_func ("/instant/xero-6-1-forms", test_instants);
  g_test_add_func ("/clock/is-handed-in", test_clock);
  return g_test_run ();
}
