/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-date.h"
#include "cs-decimal.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* 0001-01-01 and 9999-12-31: what can be written as YYYY-MM-DD. */
#define DAYS_MIN (-719162)
#define DAYS_MAX 2932896
#define MS_PER_DAY G_GINT64_CONSTANT (86400000)

static gboolean
is_leap_year (int year)
{
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static CsDate
date_from_days (gint64 days)
{
  return days < DAYS_MIN || days > DAYS_MAX ? CS_DATE_NONE : (CsDate){ (gint32)days };
}

/**
 * cs_date_is_set:
 * @date: a date
 *
 * Returns: whether it is a date at all, rather than %CS_DATE_NONE
 */
gboolean
cs_date_is_set (CsDate date)
{
  return date.days != CS_DATE_NONE.days;
}

/**
 * cs_date_get_days_in_month:
 * @year: 1 to 9999
 * @month: 1 to 12
 *
 * Returns: 28 to 31
 */
guint
cs_date_get_days_in_month (int year, int month)
{
  static const guint days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  g_assert (month >= 1 && month <= 12);
  return month == 2 && is_leap_year (year) ? 29 : days[month - 1];
}

/**
 * cs_date_from_parts:
 * @year: 1 to 9999
 * @month: 1 to 12
 * @day: from 1
 *
 * Returns: the date of the Gregorian calendar, or %CS_DATE_NONE if there is no such day
 */
CsDate
cs_date_from_parts (int year, int month, int day)
{
  int y, era, year_of_era, day_of_year, day_of_era;

  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1
      || (guint)day > cs_date_get_days_in_month (year, month))
    return CS_DATE_NONE;

  /* Years that begin in March put the leap day last; 400 of them make an era of 146097 days. */
  y = month <= 2 ? year - 1 : year;
  era = y / 400;
  year_of_era = y % 400;
  day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return (CsDate){ era * 146097 + day_of_era - 719468 };
}

/**
 * cs_date_get_parts:
 * @date: a date that is set
 * @year: (out) (optional): its year
 * @month: (out) (optional): its month, 1 to 12
 * @day: (out) (optional): its day, from 1
 */
void
cs_date_get_parts (CsDate date, int *year, int *month, int *day)
{
  int shifted, era, day_of_era, year_of_era, day_of_year, shifted_month, m;

  g_assert (date.days >= DAYS_MIN && date.days <= DAYS_MAX);

  shifted = date.days + 719468;
  era = shifted / 146097;
  day_of_era = shifted % 146097;
  year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  shifted_month = (5 * day_of_year + 2) / 153;
  m = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  if (year != NULL)
    *year = year_of_era + era * 400 + (m <= 2 ? 1 : 0);
  if (month != NULL)
    *month = m;
  if (day != NULL)
    *day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
}

static gboolean
has_date_syntax (const char *text)
{
  if (text == NULL || strnlen (text, 11) != 10)
    return FALSE;
  for (gsize i = 0; i < 10; i++)
    if (i == 4 || i == 7 ? text[i] != '-' : !g_ascii_isdigit (text[i]))
      return FALSE;
  return TRUE;
}

static int
read_number (const char *digits, gsize n_digits)
{
  int number = 0;

  for (gsize i = 0; i < n_digits; i++)
    number = number * 10 + g_ascii_digit_value (digits[i]);
  return number;
}

/**
 * cs_date_parse:
 * @text: (nullable): YYYY-MM-DD
 * @date: (out): the date; unchanged on failure
 * @error: return location
 *
 * Returns: whether it is a date; else %CS_DOMAIN_ERROR_SYNTAX, or %CS_DOMAIN_ERROR_RANGE for a day that the
 *   calendar does not have
 */
gboolean
cs_date_parse (const char *text, CsDate *date, GError **error)
{
  CsDate parsed;

  g_assert (date != NULL);

  if (!has_date_syntax (text))
    {
      g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX,
                           _ ("A date is written as year, month and day, such as 2026-11-21"));
      return FALSE;
    }
  parsed = cs_date_from_parts (read_number (text, 4), read_number (text + 5, 2), read_number (text + 8, 2));
  if (!cs_date_is_set (parsed))
    {
      g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_RANGE, _ ("There is no such day"));
      return FALSE;
    }
  *date = parsed;
  return TRUE;
}

/* Dates are written by the hundred thousand, and printf() would be most of what that costs. */
static void
write_digits (char *text, int n_digits, int number)
{
  for (int i = n_digits - 1; i >= 0; i--, number /= 10)
    text[i] = (char)('0' + number % 10);
}

/**
 * cs_date_to_string:
 * @date: a date
 *
 * Returns: (transfer full): YYYY-MM-DD, or "" when it is not set
 */
char *
cs_date_to_string (CsDate date)
{
  char text[] = "0000-00-00";
  int year, month, day;

  if (!cs_date_is_set (date))
    return g_strdup ("");
  cs_date_get_parts (date, &year, &month, &day);
  write_digits (text, 4, year);
  write_digits (text + 5, 2, month);
  write_digits (text + 8, 2, day);
  return g_strdup (text);
}

/**
 * cs_date_add_days:
 * @date: a date
 * @days: how many later; may be below nought
 *
 * Returns: the date so many days later, or %CS_DATE_NONE if @date is not set or that is beyond the year 9999
 */
CsDate
cs_date_add_days (CsDate date, int days)
{
  return cs_date_is_set (date) ? date_from_days ((gint64)date.days + days) : CS_DATE_NONE;
}

/**
 * cs_date_add_months:
 * @date: a date
 * @months: how many later; may be below nought
 * @day_of_month: the day wanted in that month, 1 to 31; 0 for the day of @date
 *
 * Where the month is too short, its last day (U-12: 29–31 mean the month's last). To walk month by month,
 * always add to the first date and never to the last result, or the end of February sticks.
 *
 * Returns: the date, or %CS_DATE_NONE if @date is not set or that is beyond the years 1 to 9999
 */
CsDate
cs_date_add_months (CsDate date, int months, int day_of_month)
{
  int year, month, day;
  gint64 months_since_0;

  g_assert (day_of_month >= 0 && day_of_month <= 31);

  if (!cs_date_is_set (date))
    return CS_DATE_NONE;
  cs_date_get_parts (date, &year, &month, &day);
  months_since_0 = (gint64)year * 12 + (month - 1) + months;
  if (months_since_0 < 12 || months_since_0 >= 10000 * 12)
    return CS_DATE_NONE;
  year = (int)(months_since_0 / 12);
  month = (int)(months_since_0 % 12) + 1;
  if (day_of_month > 0)
    day = day_of_month;
  return cs_date_from_parts (year, month, MIN (day, (int)cs_date_get_days_in_month (year, month)));
}

/**
 * cs_date_compare:
 * @a: a date
 * @b: another
 *
 * Returns: less than, equal to or greater than nought, as @a is to @b; a date that is not set comes first
 */
int
cs_date_compare (CsDate a, CsDate b)
{
  return (a.days > b.days) - (a.days < b.days);
}

/**
 * cs_date_from_utc_milliseconds:
 * @milliseconds: since 1970 in UTC
 *
 * For document dates, which Xero puts at midnight in UTC: no zone ever comes in (xero-accounting.md
 * section 6.2).
 *
 * Returns: the calendar day of that moment in UTC, or %CS_DATE_NONE beyond the years 1 to 9999
 */
CsDate
cs_date_from_utc_milliseconds (gint64 milliseconds)
{
  gint64 days = milliseconds / MS_PER_DAY;

  if (milliseconds % MS_PER_DAY < 0)
    days--;
  return date_from_days (days);
}

/**
 * cs_date_from_instant:
 * @instant_ms: a moment, in milliseconds since 1970
 * @zone: the zone whose calendar counts: the practice's
 *
 * Returns: the calendar day there and then, or %CS_DATE_NONE beyond the years 1 to 9999
 */
CsDate
cs_date_from_instant (gint64 instant_ms, GTimeZone *zone)
{
  gint64 seconds = instant_ms / 1000;
  int interval;
  gint64 offset_ms, local_ms;

  g_assert (zone != NULL);

  if (instant_ms % 1000 < 0)
    seconds--;
  interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds);
  offset_ms = (gint64)g_time_zone_get_offset (zone, interval) * 1000;
  if (__builtin_add_overflow (instant_ms, offset_ms, &local_ms))
    return CS_DATE_NONE;
  return cs_date_from_utc_milliseconds (local_ms);
}
