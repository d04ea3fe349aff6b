/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-pacer.h"

#define MINUTE_MS G_GINT64_CONSTANT (60000)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)
#define DAY_SMALL 1000
#define DAY_LARGE 5000
/* A rate needs some time to be one. */
#define RATE_MIN_MS (10 * MINUTE_MS)

/**
 * cs_pacer_init:
 * @pacer: (out caller-allocates): a pacer, one for each connection
 *
 * Nothing sent, nothing in flight, nothing known of what is left.
 */
void
cs_pacer_init (CsPacer *pacer)
{
  *pacer = (CsPacer){ .minute_remaining = -1,
                      .day_remaining = -1,
                      .app_minute_remaining = -1,
                      .day_most = -1,
                      .push_due_ms = CS_PACER_NO_PUSH };
}

/* The @nth of the sends that are remembered, oldest first. */
static gint64
get_sent_ms (const CsPacer *pacer, guint nth)
{
  guint oldest = (pacer->ring_at + CS_PACER_MINUTE_MAX - pacer->n_sent) % CS_PACER_MINUTE_MAX;

  return pacer->sent_ms[(oldest + nth) % CS_PACER_MINUTE_MAX];
}

/* A clock that was set back by more than a minute leaves sends in the future: those are of another time. */
static gboolean
is_in_minute (gint64 sent_ms, gint64 now_ms)
{
  return sent_ms > now_ms - MINUTE_MS && sent_ms < now_ms + MINUTE_MS;
}

static guint
count_sent_since (const CsPacer *pacer, gint64 since_ms)
{
  guint n = 0;

  for (guint i = 0; i < pacer->n_sent; i++)
    if (get_sent_ms (pacer, i) > since_ms)
      n++;
  return n;
}

/* By our own count: when the minute has room for one more under @limit. */
static gint64
get_own_wake_ms (const CsPacer *pacer, guint limit, gint64 now_ms)
{
  gint64 wake_ms = now_ms;
  guint n = 0;

  for (guint i = 0; i < pacer->n_sent; i++)
    if (is_in_minute (get_sent_ms (pacer, i), now_ms))
      n++;
  for (guint i = 0; i < pacer->n_sent && n >= limit; i++)
    if (is_in_minute (get_sent_ms (pacer, i), now_ms))
      {
        wake_ms = get_sent_ms (pacer, i) + MINUTE_MS;
        n--;
      }
  return wake_ms;
}

/* By the tenant's own word: what it said was left, less what went since, plus what has left the minute since.
 * The word is a minute old at most. */
static gint64
get_header_wake_ms (const CsPacer *pacer, int reserve, gint64 now_ms)
{
  gint64 stale_ms = pacer->header_ms + MINUTE_MS;
  int left = pacer->minute_remaining;

  if (pacer->minute_remaining < 0 || now_ms >= stale_ms || pacer->header_ms > now_ms)
    return now_ms;
  left -= (int)count_sent_since (pacer, pacer->header_ms);
  if (left > reserve)
    return now_ms;
  for (guint i = 0; i < pacer->n_sent; i++)
    {
      gint64 leaves_ms = get_sent_ms (pacer, i) + MINUTE_MS;

      if (leaves_ms <= pacer->header_ms || leaves_ms >= stale_ms)
        continue;
      left++;
      if (left > reserve)
        return MAX (leaves_ms, now_ms);
    }
  return stale_ms;
}

/* What was said by a clock that has been set back since, by more than a minute, was said for another time. */
static gint64
get_not_before_ms (const CsPacer *pacer, gint64 now_ms)
{
  return pacer->asked_ms < now_ms + MINUTE_MS ? pacer->not_before_ms : 0;
}

/* The day's calls are gone when the tenant says so. It also says how long for, by Retry-After; where it did
 * not, one call an hour asks again, which is cheaper than to wait out a day that may be nearly over. */
static gint64
get_day_wake_ms (const CsPacer *pacer, int reserve, gint64 now_ms)
{
  gint64 wake_ms = pacer->header_ms + HOUR_MS;
  int left = pacer->day_remaining;

  if (left < 0 || pacer->header_ms > now_ms || now_ms >= pacer->header_ms + DAY_MS)
    return now_ms;
  if (pacer->not_before_ms > pacer->header_ms)
    wake_ms = pacer->not_before_ms;
  left -= (int)count_sent_since (pacer, pacer->header_ms);
  return left > reserve || now_ms >= wake_ms ? now_ms : wake_ms;
}

/* Xero sells two allowances, 5,000 a day and 1,000 (xero-accounting.md 3.1); no header names them, so it is
 * told by the most that was ever left. 0: not known yet. */
static guint
get_day_limit (const CsPacer *pacer)
{
  if (pacer->day_most < 0 || pacer->header_ms == 0)
    return 0;
  if (pacer->day_most <= DAY_SMALL)
    return DAY_SMALL;
  return (guint)MAX (pacer->day_most, DAY_LARGE);
}

static int
get_day_reserve (const CsPacer *pacer)
{
  return MAX ((int)get_day_limit (pacer) / 20, CS_PACER_DAY_RESERVE_MIN);
}

/* All organisations that share the app's client id share this; no desk knows the others, so all stop early.
 */
static gint64
get_app_wake_ms (const CsPacer *pacer, int reserve, gint64 now_ms)
{
  gint64 stale_ms = pacer->app_header_ms + MINUTE_MS;

  if (pacer->app_minute_remaining < 0 || now_ms >= stale_ms || pacer->app_header_ms > now_ms)
    return now_ms;
  return pacer->app_minute_remaining - (int)count_sent_since (pacer, pacer->app_header_ms) > reserve
             ? now_ms
             : stale_ms;
}

/* What is kept back of a minute costs every long read that share of its time, so the whole of it is kept only
 * while a push is at hand, or will be before what is sent now has left the minute. One is kept always, for
 * what nobody could foresee. */
static int
get_minute_reserve (const CsPacer *pacer, gint64 now_ms)
{
  return pacer->push_due_ms <= now_ms + MINUTE_MS ? CS_PACER_PUSH_RESERVE : CS_PACER_QUIET_RESERVE;
}

static gint64
get_wake_ms (const CsPacer *pacer, gboolean is_push, gint64 now_ms)
{
  const int reserve = is_push ? 0 : get_minute_reserve (pacer, now_ms);
  gint64 wake_ms = MAX (now_ms, get_not_before_ms (pacer, now_ms));

  if (pacer->is_open)
    return wake_ms;
  wake_ms = MAX (wake_ms, get_own_wake_ms (pacer, (guint)(CS_PACER_MINUTE_MAX - reserve), now_ms));
  wake_ms = MAX (wake_ms, get_header_wake_ms (pacer, reserve, now_ms));
  wake_ms = MAX (wake_ms, get_app_wake_ms (pacer, is_push ? 0 : CS_PACER_APP_RESERVE, now_ms));
  return MAX (wake_ms, get_day_wake_ms (pacer, is_push ? 0 : get_day_reserve (pacer), now_ms));
}

/**
 * cs_pacer_ask:
 * @pacer: a pacer
 * @is_push: whether the call would write; reads leave %CS_PACER_PUSH_RESERVE calls of the minute free while a
 * push is at hand (cs_pacer_expect_push()), else %CS_PACER_QUIET_RESERVE, and of the day always a twentieth,
 * at least %CS_PACER_DAY_RESERVE_MIN, so that a pull cannot starve a push (design.md section 5, "Pace")
 * @now_ms: the time
 * @wake_ms: (out) (optional): with %CS_PACE_WAIT, when to ask again, later than @now_ms; else @now_ms
 *
 * Whether a call may go: Xero's own limits are 5 in flight and 60 in any minute for each organisation
 * (xero-accounting.md section 3.1).
 *
 * Returns: whether to go, to wait until @wake_ms, or to wait for an answer to come in
 */
CsPace
cs_pacer_ask (const CsPacer *pacer, gboolean is_push, gint64 now_ms, gint64 *wake_ms)
{
  gint64 wake = 0;

  g_assert (pacer != NULL);

  wake = get_wake_ms (pacer, is_push, now_ms);
  if (wake_ms != NULL)
    *wake_ms = wake;
  if (wake > now_ms)
    return CS_PACE_WAIT;
  return pacer->in_flight >= CS_PACER_IN_FLIGHT_MAX ? CS_PACE_IN_FLIGHT_FULL : CS_PACE_GO;
}

static void
count_hour (CsPacer *pacer, gint64 now_ms)
{
  gint64 hour = now_ms / HOUR_MS;
  CsPacerHour *slot = &pacer->hours[hour % CS_PACER_HOURS];

  if (slot->hour != hour)
    *slot = (CsPacerHour){ .hour = hour };
  slot->n_sent++;
}

/* In the @n_hours before @now_ms, the one that runs among them. */
static guint
count_hours (const CsPacer *pacer, gint64 n_hours, gint64 now_ms)
{
  gint64 hour = now_ms / HOUR_MS;
  guint n = 0;

  for (gsize i = 0; i < CS_PACER_HOURS; i++)
    if (pacer->hours[i].hour > hour - n_hours && pacer->hours[i].hour <= hour)
      n += pacer->hours[i].n_sent;
  return n;
}

/**
 * cs_pacer_sent:
 * @pacer: a pacer that said %CS_PACE_GO
 * @now_ms: the time
 *
 * A call goes out. Each needs its cs_pacer_answered(), however it ends.
 */
void
cs_pacer_sent (CsPacer *pacer, gint64 now_ms)
{
  g_assert (pacer->in_flight < CS_PACER_IN_FLIGHT_MAX);

  pacer->sent_ms[pacer->ring_at] = now_ms;
  pacer->ring_at = (pacer->ring_at + 1) % CS_PACER_MINUTE_MAX;
  pacer->n_sent = MIN (pacer->n_sent + 1, CS_PACER_MINUTE_MAX);
  pacer->in_flight++;
  if (pacer->first_ms == 0)
    pacer->first_ms = now_ms;
  count_hour (pacer, now_ms);
}

/**
 * cs_pacer_answered:
 * @pacer: a pacer
 * @word: what the answer said of the allowance; nothing, where no answer came
 * @now_ms: the time
 *
 * A call has ended.
 */
void
cs_pacer_answered (CsPacer *pacer, const CsPacerWord *word, gint64 now_ms)
{
  g_assert (pacer->in_flight > 0);

  pacer->in_flight--;
  if (word->minute_remaining >= 0 || word->day_remaining >= 0)
    {
      pacer->minute_remaining = MAX (word->minute_remaining, -1);
      pacer->day_remaining = MAX (word->day_remaining, -1);
      pacer->day_most = MAX (pacer->day_most, word->day_remaining);
      pacer->header_ms = now_ms;
    }
  if (word->app_minute_remaining >= 0)
    {
      pacer->app_minute_remaining = word->app_minute_remaining;
      pacer->app_header_ms = now_ms;
    }
  if (word->retry_after_ms > 0)
    {
      pacer->not_before_ms
          = MAX (get_not_before_ms (pacer, now_ms), now_ms + MIN (word->retry_after_ms, DAY_MS));
      pacer->asked_ms = now_ms;
    }
}

/**
 * cs_pacer_expect_push:
 * @pacer: a pacer
 * @due_ms: when the next push may want to go; a moment that is over: now; %CS_PACER_NO_PUSH: none is known of
 *
 * Tells how much of a minute reads leave free from here on.
 */
void
cs_pacer_expect_push (CsPacer *pacer, gint64 due_ms)
{
  g_assert (pacer != NULL);

  pacer->push_due_ms = due_ms;
}

/* By what went in the last hours, less what is kept back. The day's window rolls: what would last for longer
 * than a day lasts. */
static gint64
get_forecast_ms (const CsPacer *pacer, gint64 now_ms)
{
  const gint64 span_ms = CLAMP (now_ms - pacer->first_ms, RATE_MIN_MS, HOUR_MS + now_ms % HOUR_MS);
  const gint64 n_sent = count_hours (pacer, 2, now_ms);
  const gint64 left = pacer->day_remaining - get_day_reserve (pacer);

  if (pacer->day_remaining < 0 || n_sent == 0)
    return 0;
  if (left <= 0)
    return now_ms;
  return left * span_ms / n_sent < DAY_MS ? now_ms + left * span_ms / n_sent : 0;
}

/**
 * cs_pacer_read:
 * @pacer: a pacer
 * @now_ms: the time
 *
 * Returns: what a meter shows [B-21]
 */
CsPacerReading
cs_pacer_read (const CsPacer *pacer, gint64 now_ms)
{
  CsPacerReading reading = { .minute_remaining = -1, .day_remaining = -1 };
  gint64 wake_ms = 0;

  g_assert (pacer != NULL);

  for (guint i = 0; i < pacer->n_sent; i++)
    if (is_in_minute (get_sent_ms (pacer, i), now_ms))
      reading.minute_used++;
  if (pacer->header_ms != 0 && now_ms - pacer->header_ms < MINUTE_MS)
    reading.minute_remaining = pacer->minute_remaining;
  if (pacer->header_ms != 0 && now_ms - pacer->header_ms < DAY_MS)
    reading.day_remaining = pacer->day_remaining;
  reading.minute_reserved = (guint)get_minute_reserve (pacer, now_ms);
  reading.day_used = count_hours (pacer, 24, now_ms);
  reading.day_limit = get_day_limit (pacer);
  reading.day_reserved = (guint)get_day_reserve (pacer);
  reading.forecast_ms = get_forecast_ms (pacer, now_ms);
  wake_ms = get_wake_ms (pacer, FALSE, now_ms);
  reading.parked_until_ms = wake_ms > now_ms ? wake_ms : 0;
  return reading;
}
