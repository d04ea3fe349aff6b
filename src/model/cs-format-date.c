/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-format.h"

#include <glib/gi18n-lib.h>

#define SECOND_MS G_GINT64_CONSTANT (1000)
#define MINUTE_MS (60 * SECOND_MS)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)
#define DAYS_TOLD_MAX 60 /* further away a date says more than a count */
#define SECONDS_A_MINUTE 60
#define SECONDS_FEW 120 /* fewer are counted one by one */

static char *
format_with (CsDate date, const char *pattern)
{
  g_autoptr (GDateTime) moment = NULL;
  int year, month, day;

  if (!cs_date_is_set (date))
    return g_strdup ("");
  cs_date_get_parts (date, &year, &month, &day);
  moment = g_date_time_new_utc (year, month, day, 0, 0, 0);
  return moment != NULL ? g_date_time_format (moment, pattern) : cs_date_to_string (date);
}

/** cs_format_date: Returns: (transfer full): "14 Dec 2026", "" when not set */
char *
cs_format_date (CsDate date)
{
  /* Translators: a date with the month's short name, for g_date_time_format(): day, month, year. */
  return format_with (date, C_ ("date", "%-d %b %Y"));
}

/** cs_format_date_short: Returns: (transfer full): "14 Dec", with the year where that is not @today's */
char *
cs_format_date_short (CsDate date, CsDate today)
{
  int year, this_year, month, day;

  if (!cs_date_is_set (date))
    return g_strdup ("");
  cs_date_get_parts (date, &year, &month, &day);
  cs_date_get_parts (today, &this_year, &month, &day);
  if (year != this_year)
    return cs_format_date (date);
  /* Translators: a date of this year, for g_date_time_format(): day, month. */
  return format_with (date, C_ ("date", "%-d %b"));
}

/** cs_format_overdue: Returns: (transfer full): "12 days overdue" */
char *
cs_format_overdue (CsDate due, CsDate today)
{
  int days = today.days - due.days;

  return g_strdup_printf (ngettext ("%'d day overdue", "%'d days overdue", (gulong)days), days);
}

/** cs_format_due: Returns: (transfer full): how far away @due is, in words; "" when not set */
char *
cs_format_due (CsDate due, CsDate today)
{
  g_autofree char *date = NULL;
  int days = 0;

  if (!cs_date_is_set (due))
    return g_strdup ("");
  days = due.days - today.days;
  if (days < 0)
    return cs_format_overdue (due, today);
  if (days == 0)
    return g_strdup (_ ("Due today"));
  if (days <= DAYS_TOLD_MAX)
    return g_strdup_printf (ngettext ("Due in %'d day", "Due in %'d days", (gulong)days), days);
  date = cs_format_date (due);
  /* Translators: %s is a date. */
  return g_strdup_printf (_ ("Due on %s"), date);
}

static char *
format_count (const char *pattern, gint64 count)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  /* Every pattern comes from one of the ngettext() calls below. */
  return g_strdup_printf (pattern, (int)count);
#pragma GCC diagnostic pop
}

/** cs_format_ago: Returns: (transfer full): "2 days ago" */
char *
cs_format_ago (gint64 instant_ms, gint64 now_ms)
{
  gint64 past = now_ms - instant_ms;

  if (past < MINUTE_MS)
    return g_strdup (_ ("Just now"));
  if (past < HOUR_MS)
    return format_count (ngettext ("%'d minute ago", "%'d minutes ago", (gulong)(past / MINUTE_MS)),
                         past / MINUTE_MS);
  if (past < DAY_MS)
    return format_count (ngettext ("%'d hour ago", "%'d hours ago", (gulong)(past / HOUR_MS)),
                         past / HOUR_MS);
  return format_count (ngettext ("%'d day ago", "%'d days ago", (gulong)(past / DAY_MS)), past / DAY_MS);
}

/** cs_format_in: Returns: (transfer full): "in 5 minutes" */
char *
cs_format_in (gint64 instant_ms, gint64 now_ms)
{
  gint64 left = instant_ms - now_ms;

  if (left <= 0)
    return g_strdup (_ ("now"));
  if (left < MINUTE_MS)
    {
      gint64 seconds = (left + SECOND_MS - 1) / SECOND_MS;

      return format_count (ngettext ("in %'d second", "in %'d seconds", (gulong)seconds), seconds);
    }
  if (left < HOUR_MS)
    return format_count (ngettext ("in %'d minute", "in %'d minutes", (gulong)(left / MINUTE_MS)),
                         left / MINUTE_MS);
  if (left < DAY_MS)
    return format_count (ngettext ("in %'d hour", "in %'d hours", (gulong)(left / HOUR_MS)), left / HOUR_MS);
  return format_count (ngettext ("in %'d day", "in %'d days", (gulong)(left / DAY_MS)), left / DAY_MS);
}

/** cs_format_seconds: Returns: (transfer full): "12 s", or "10 min" where nobody counts them */
char *
cs_format_seconds (int seconds)
{
  if (seconds >= SECONDS_FEW)
    /* Translators: a count of minutes, short. The space must not break. */
    return g_strdup_printf (C_ ("minutes", "%d\xc2\xa0min"),
                            (seconds + SECONDS_A_MINUTE - 1) / SECONDS_A_MINUTE);
  /* Translators: a count of seconds, short. The space must not break. */
  return g_strdup_printf (C_ ("seconds", "%d\xc2\xa0s"), seconds);
}

static char *
format_instant (gint64 instant_ms, GTimeZone *zone, const char *pattern)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (instant_ms / SECOND_MS);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return local != NULL ? g_date_time_format (local, pattern) : g_strdup ("");
}

/** cs_format_moment: Returns: (transfer full): the exact moment, zone included */
char *
cs_format_moment (gint64 instant_ms, GTimeZone *zone)
{
  /* Translators: an exact moment with its time zone, for g_date_time_format(). */
  return format_instant (instant_ms, zone, C_ ("moment", "%-d %b %Y, %H:%M:%S %Z"));
}

/** cs_format_time_of_day: Returns: (transfer full): "09:12" */
char *
cs_format_time_of_day (gint64 instant_ms, GTimeZone *zone)
{
  /* Translators: a time of the day, for g_date_time_format(). */
  return format_instant (instant_ms, zone, C_ ("time", "%H:%M"));
}
