/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* When the next call may go: at most 5 in flight, 60 in any minute, the day's allowance, corrected by the
 * tenant's own headers; calls are kept back for pushes. Pure: the clock is handed in. */
#define CS_PACER_IN_FLIGHT_MAX 5
#define CS_PACER_MINUTE_MAX 60
/* Calls of a minute that reads leave free: while a push is at hand, and while none is known of. */
#define CS_PACER_PUSH_RESERVE 6
#define CS_PACER_QUIET_RESERVE 1
#define CS_PACER_NO_PUSH G_MAXINT64
#define CS_PACER_DAY_RESERVE_MIN 20
/* Of the 10,000 a minute that all organisations of one app share (xero-accounting.md 3.1). */
#define CS_PACER_APP_RESERVE 100
#define CS_PACER_HOURS 25

typedef struct
{
  gint64 hour; /* since 1970 */
  guint n_sent;
} CsPacerHour;

typedef struct
{
  gint64 sent_ms[CS_PACER_MINUTE_MAX]; /* ring of the last sends */
  guint n_sent;
  guint ring_at;
  guint in_flight;
  gint64 not_before_ms;     /* Retry-After */
  gint64 asked_ms;          /* when that was said */
  gint64 push_due_ms;       /* when the next push may want to go; CS_PACER_NO_PUSH: none is known of */
  int minute_remaining;     /* as the header said; -1: unknown */
  int day_remaining;        /* -1: unknown */
  gint64 header_ms;         /* when it was said */
  int app_minute_remaining; /* -1: unknown */
  gint64 app_header_ms;
  int day_most;                      /* the most that was ever said to be left of a day; tells the tier */
  CsPacerHour hours[CS_PACER_HOURS]; /* ring of what went, by the hour */
  gint64 first_ms;                   /* of all sends; 0: none */
  gboolean is_open;                  /* for benchmarks: no limit but the calls in flight */
} CsPacer;

typedef enum
{
  CS_PACE_GO,
  CS_PACE_WAIT, /* until *wake_ms */
  CS_PACE_IN_FLIGHT_FULL,
} CsPace;

/* What an answer said of the allowance; -1 (0 for Retry-After) where it said nothing. */
typedef struct
{
  int minute_remaining;
  int day_remaining;
  int app_minute_remaining;
  gint64 retry_after_ms;
} CsPacerWord;
#define CS_PACER_WORD_NONE { -1, -1, -1, 0 }

/* The meter [B-21]. */
typedef struct
{
  guint minute_used;
  int minute_remaining;
  guint minute_reserved;
  guint day_used;
  guint day_limit;
  int day_remaining;
  guint day_reserved;
  gint64 forecast_ms;     /* when reads would run out of the day's calls; 0: they will not */
  gint64 parked_until_ms; /* 0: a read may go now */
} CsPacerReading;

void cs_pacer_init (CsPacer *pacer);
CsPace cs_pacer_ask (const CsPacer *pacer, gboolean is_push, gint64 now_ms, gint64 *wake_ms);
void cs_pacer_sent (CsPacer *pacer, gint64 now_ms);
void cs_pacer_answered (CsPacer *pacer, const CsPacerWord *word, gint64 now_ms);
void cs_pacer_expect_push (CsPacer *pacer, gint64 due_ms);
CsPacerReading cs_pacer_read (const CsPacer *pacer, gint64 now_ms);

G_END_DECLS
