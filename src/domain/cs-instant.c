/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-date.h"
#include "cs-decimal.h"

#include <string.h>

#define MS_PER_SECOND G_GINT64_CONSTANT (1000)
#define MS_PER_MINUTE (60 * MS_PER_SECOND)
#define MS_PER_HOUR (60 * MS_PER_MINUTE)
#define MS_PER_DAY (24 * MS_PER_HOUR)

/* Two digits, at most @max. */
static gboolean
take_pair (const char **p, int max, gint64 *number)
{
  int tens = g_ascii_digit_value ((*p)[0]);
  int ones = tens < 0 ? -1 : g_ascii_digit_value ((*p)[1]);

  if (ones < 0 || tens * 10 + ones > max)
    return FALSE;
  *number = tens * 10 + ones;
  *p += 2;
  return TRUE;
}

static gboolean
take_char (const char **p, char wanted)
{
  if (**p != wanted)
    return FALSE;
  (*p)++;
  return TRUE;
}

/* ".926" or ".9265350": what is finer than a millisecond is cut off. */
static gboolean
take_fraction (const char **p, gint64 *milliseconds)
{
  gint64 scale = 100;

  *milliseconds = 0;
  if (!take_char (p, '.'))
    return TRUE;
  if (!g_ascii_isdigit (**p))
    return FALSE;
  for (; g_ascii_isdigit (**p); (*p)++, scale /= 10)
    *milliseconds += g_ascii_digit_value (**p) * scale;
  return TRUE;
}

/* "", "Z", "+13:00", "-0330" */
static gboolean
take_offset (const char **p, gint64 *offset_ms)
{
  gint64 hours, minutes, sign;

  *offset_ms = 0;
  if (**p == '\0' || take_char (p, 'Z'))
    return TRUE;
  sign = **p == '-' ? -1 : 1;
  if (!take_char (p, '+') && !take_char (p, '-'))
    return FALSE;
  if (!take_pair (p, 23, &hours))
    return FALSE;
  (void)take_char (p, ':');
  if (!take_pair (p, 59, &minutes))
    return FALSE;
  *offset_ms = sign * (hours * MS_PER_HOUR + minutes * MS_PER_MINUTE);
  return TRUE;
}

/* "T03:14:15.926Z": milliseconds since midnight in UTC, which may lie on a day before or after. */
static gboolean
take_time (const char **p, gint64 *time_ms)
{
  gint64 hours, minutes, seconds, milliseconds, offset_ms;

  if (!take_char (p, 'T') || !take_pair (p, 23, &hours) || !take_char (p, ':') || !take_pair (p, 59, &minutes)
      || !take_char (p, ':') || !take_pair (p, 59, &seconds) || !take_fraction (p, &milliseconds)
      || !take_offset (p, &offset_ms))
    return FALSE;
  *time_ms
      = hours * MS_PER_HOUR + minutes * MS_PER_MINUTE + seconds * MS_PER_SECOND + milliseconds - offset_ms;
  return TRUE;
}

/**
 * cs_instant_parse:
 * @text: (nullable): "2026-11-20T03:14:15.926Z"; the fraction may be absent or of any length, and the zone
 * may be absent (then UTC), Z or an offset (xero-accounting.md section 6.1)
 * @instant_ms: (out): milliseconds since 1970 in UTC, finer parts cut off; unchanged on failure
 * @error: return location
 *
 * Returns: whether it is a moment; else %CS_DOMAIN_ERROR_SYNTAX or %CS_DOMAIN_ERROR_RANGE
 */
gboolean
cs_instant_parse (const char *text, gint64 *instant_ms, GError **error)
{
  char day[11] = "";
  CsDate date;
  gint64 time_ms;
  const char *p = text;

  g_assert (instant_ms != NULL);

  if (text != NULL)
    {
      g_strlcpy (day, text, sizeof day);
      p += strlen (day);
    }
  if (!cs_date_parse (day, &date, error))
    return FALSE;
  if (!take_time (&p, &time_ms) || *p != '\0')
    {
      g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX,
                           "A moment is written as 2026-11-20T03:14:15.926Z");
      return FALSE;
    }
  *instant_ms = date.days * MS_PER_DAY + time_ms;
  return TRUE;
}

/**
 * cs_instant_to_string:
 * @instant_ms: milliseconds since 1970 in UTC
 *
 * Returns: (transfer full): "2026-11-20T03:14:15.926Z", or "" beyond the years 1 to 9999
 */
char *
cs_instant_to_string (gint64 instant_ms)
{
  CsDate date = cs_date_from_utc_milliseconds (instant_ms);
  g_autofree char *day = cs_date_to_string (date);
  int ms;

  if (!cs_date_is_set (date))
    return g_strdup ("");
  ms = (int)(instant_ms - date.days * MS_PER_DAY);
  return g_strdup_printf ("%sT%02d:%02d:%02d.%03dZ", day, ms / (int)MS_PER_HOUR, ms / (int)MS_PER_MINUTE % 60,
                          ms / (int)MS_PER_SECOND % 60, ms % (int)MS_PER_SECOND);
}

/**
 * cs_clock_now_ms:
 * @clock: the clock that was handed in
 *
 * Returns: milliseconds since 1970 in UTC
 */
gint64
cs_clock_now_ms (const CsClock *clock)
{
  g_assert (clock != NULL && clock->now_ms != NULL);

  return clock->now_ms (clock);
}

/**
 * cs_clock_today:
 * @clock: the clock that was handed in
 * @zone: the zone whose calendar counts: the practice's
 *
 * Returns: the calendar day there, now
 */
CsDate
cs_clock_today (const CsClock *clock, GTimeZone *zone)
{
  return cs_date_from_instant (cs_clock_now_ms (clock), zone);
}
