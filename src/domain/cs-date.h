/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A calendar date, without time or zone: days since 1970-01-01. Invoice and due dates are of this kind. */
typedef struct
{
  gint32 days;
} CsDate;

#define CS_DATE_NONE ((CsDate){ G_MININT32 })

gboolean cs_date_is_set (CsDate date);
CsDate cs_date_from_parts (int year, int month, int day);
void cs_date_get_parts (CsDate date, int *year, int *month, int *day);
gboolean cs_date_parse (const char *text, CsDate *date, GError **error); /* YYYY-MM-DD */
char *cs_date_to_string (CsDate date);                                   /* YYYY-MM-DD, "" when not set */
CsDate cs_date_add_days (CsDate date, int days);
CsDate
cs_date_add_months (CsDate date, int months, int day_of_month); /* 29–31: the month's last where short */
guint cs_date_get_days_in_month (int year, int month);
int cs_date_compare (CsDate a, CsDate b);
CsDate cs_date_from_instant (gint64 instant_ms, GTimeZone *zone);
CsDate cs_date_from_utc_milliseconds (gint64 milliseconds);

/* Instants are milliseconds since 1970 in UTC, named *_ms. "2026-11-20T03:14:15.926Z" */
gboolean cs_instant_parse (const char *text, gint64 *instant_ms, GError **error);
char *cs_instant_to_string (gint64 instant_ms);

/* The one clock, handed to whoever needs the time. */
typedef struct _CsClock CsClock;
struct _CsClock
{
  gint64 (*now_ms) (const CsClock *clock);
  gpointer data;
};
gint64 cs_clock_now_ms (const CsClock *clock);
CsDate cs_clock_today (const CsClock *clock, GTimeZone *zone);

G_END_DECLS
