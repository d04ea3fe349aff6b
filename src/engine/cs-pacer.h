/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* When the next call may go: at most 5 in flight, 60 in any minute, the day's allowance, corrected by the
 * tenant's own headers; calls are kept back for pushes. Pure: the clock is handed in. */
#define CS_PACER_IN_FLIGHT_MAX 5
#define CS_PACER_MINUTE_MAX 60
#define CS_PACER_PUSH_RESERVE 6

typedef struct
{
  gint64 sent_ms[CS_PACER_MINUTE_MAX]; /* ring of the last sends */
  guint n_sent;
  guint ring_at;
  guint in_flight;
  gint64 not_before_ms; /* Retry-After */
  int minute_remaining; /* as the header said; -1: unknown */
  int day_remaining;    /* -1: unknown */
  gint64 header_ms;     /* when it was said */
} CsPacer;

typedef enum
{
  CS_PACE_GO,
  CS_PACE_WAIT, /* until *wake_ms */
  CS_PACE_IN_FLIGHT_FULL,
} CsPace;

void cs_pacer_init (CsPacer *pacer);
CsPace cs_pacer_ask (const CsPacer *pacer, gboolean is_push, gint64 now_ms, gint64 *wake_ms);
void cs_pacer_sent (CsPacer *pacer, gint64 now_ms);
void cs_pacer_answered (CsPacer *pacer,
                        int minute_remaining,
                        int day_remaining,
                        gint64 retry_after_ms,
                        gint64 now_ms);

G_END_DECLS
