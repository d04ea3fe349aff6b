/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-records.h"

G_BEGIN_DECLS

/* How values read to a person, and how what a person types is read. Canonical text, for files and the wire,
 * is domain's. Every answer is (transfer full). */
typedef struct
{
  char *decimal_point;
  char *thousands_separator;
  char *grouping; /* as in localeconv(): sizes of groups from the right */
} CsNumberFormat;

const CsNumberFormat *
cs_number_format_get_default (void); /* of the locale, which doesn't change while we run */
char *cs_number_format_units (const CsNumberFormat *format, gint64 units, guint digits);

char *cs_format_money (CsMoney money);                         /* "1,380.00" */
char *cs_format_money_with_currency (CsMoney money);           /* "NZD 1,380.00" */
char *cs_format_balance (CsMoney money);                       /* nothing owed is a quiet dash */
char *cs_format_decimal (CsDecimal decimal, guint places_min); /* "2", "1,200.50" */
char *cs_format_percent (CsDecimal percent);                   /* "15%" */

char *cs_format_date (CsDate date);                     /* "14 Dec 2026"; "" when not set */
char *cs_format_date_short (CsDate date, CsDate today); /* without the year where it is this one */
char *cs_format_overdue (CsDate due, CsDate today);     /* "12 days overdue" */
char *cs_format_due (CsDate due, CsDate today);         /* "due in 3 days", "due today", "12 days overdue" */
char *cs_format_ago (gint64 instant_ms, gint64 now_ms); /* "2 days ago" */
char *cs_format_in (gint64 instant_ms, gint64 now_ms);  /* "in 5 minutes", "now" */
char *cs_format_seconds (int seconds);                  /* "12 s", "10 min" */
char *cs_format_moment (gint64 instant_ms, GTimeZone *zone);      /* "20 Nov 2026, 16:14:15 NZDT" */
char *cs_format_time_of_day (gint64 instant_ms, GTimeZone *zone); /* "09:12" */

gboolean cs_parse_typed_decimal (const char *text, CsDecimal *decimal, GError **error);
/* "2026-12-14", "14/12", "14 Dec", "tomorrow", "+14"; without a year the nearest. */
gboolean cs_parse_typed_date (const char *text, CsDate today, CsDate *date, GError **error);
gboolean cs_parse_typed_date_ordered (const char *text,
                                      CsDate today,
                                      gboolean month_first,
                                      CsDate *date,
                                      GError **error);

G_END_DECLS
