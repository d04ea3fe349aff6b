/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-time.h"

#include <stdio.h>
#include <string.h>

gint64
sandbox_clock_now_ms (const SandboxClock *clock)
{
  return g_get_real_time () / 1000 + clock->offset_ms;
}

static int
day_of_ms (gint64 ms)
{
  gint64 day = ms / SANDBOX_DAY_MS;

  return (int)(ms % SANDBOX_DAY_MS < 0 ? day - 1 : day);
}

int
sandbox_clock_today (const SandboxClock *clock)
{
  return day_of_ms (sandbox_clock_now_ms (clock));
}

void
sandbox_clock_set_ms (SandboxClock *clock, gint64 now_ms)
{
  clock->offset_ms = now_ms - g_get_real_time () / 1000;
}

/* Days since 1970-01-01 in the proleptic Gregorian calendar, by eras of 400 years. */
int
sandbox_day_from_ymd (int year, int month, int day)
{
  int shifted = month <= 2 ? year - 1 : year;
  int era = (shifted >= 0 ? shifted : shifted - 399) / 400;
  int year_of_era = shifted - era * 400;
  int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return era * 146097 + day_of_era - 719468;
}

static void
ymd_from_day (int day, int *year, int *month, int *day_of_month)
{
  int shifted = day + 719468;
  int era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  int day_of_era = shifted - era * 146097;
  int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int month_from_march = (5 * day_of_year + 2) / 153;

  *day_of_month = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  *month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  *year = year_of_era + era * 400 + (*month <= 2);
}

static gboolean
parse_number (const char **text, guint digits, int *value)
{
  *value = 0;
  for (guint i = 0; i < digits; i++, (*text)++)
    {
      if (!g_ascii_isdigit (**text))
        return FALSE;
      *value = *value * 10 + (**text - '0');
    }
  return TRUE;
}

static gboolean
parse_calendar (const char **text, int *day)
{
  int year, month, day_of_month;

  if (!parse_number (text, 4, &year) || *(*text)++ != '-' || !parse_number (text, 2, &month)
      || *(*text)++ != '-' || !parse_number (text, 2, &day_of_month)
      || !g_date_valid_dmy ((GDateDay)day_of_month, (GDateMonth)month, (GDateYear)year))
    return FALSE;
  *day = sandbox_day_from_ymd (year, month, day_of_month);
  return TRUE;
}

/* "2026-11-21", the same with a time, or "/Date(ms+0000)/" (xero-accounting 6.1). */
gboolean
sandbox_day_parse (const char *text, int *day)
{
  gint64 ms;

  if (text == NULL)
    return FALSE;
  if (sscanf (text, "/Date(%" G_GINT64_FORMAT, &ms) == 1)
    {
      *day = day_of_ms (ms);
      return TRUE;
    }
  return strlen (text) >= 10 && parse_calendar (&text, day)
         && (*text == '\0' || *text == 'T' || *text == ' ');
}

void
sandbox_day_append (GString *out, int day)
{
  int year, month, day_of_month;

  ymd_from_day (day, &year, &month, &day_of_month);
  g_string_append_printf (out, "%04d-%02d-%02d", year, month, day_of_month);
}

/* A time without zone is UTC, which is what If-Modified-Since carries (xero-accounting 5.3); a fraction is
 * dropped. */
gboolean
sandbox_instant_parse (const char *text, gint64 *ms)
{
  int day, hour = 0, minute = 0, second = 0;

  if (text == NULL || strlen (text) < 10 || !parse_calendar (&text, &day))
    return FALSE;
  if (*text == 'T' || *text == ' ')
    {
      text++;
      if (!parse_number (&text, 2, &hour) || *text++ != ':' || !parse_number (&text, 2, &minute))
        return FALSE;
      if (*text == ':')
        {
          text++;
          if (!parse_number (&text, 2, &second))
            return FALSE;
        }
      if (*text == '.')
        for (text++; g_ascii_isdigit (*text);)
          text++;
      if (*text == 'Z')
        text++;
    }
  if (*text != '\0')
    return FALSE;
  *ms = day * SANDBOX_DAY_MS + ((hour * 60 + minute) * 60 + second) * (gint64)1000;
  return TRUE;
}

/* To the second and without a zone: callers add what their member wants. */
void
sandbox_instant_append (GString *out, gint64 ms)
{
  int day = day_of_ms (ms);
  int seconds = (int)((ms - day * SANDBOX_DAY_MS) / 1000);

  sandbox_day_append (out, day);
  g_string_append_printf (out, "T%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
}
