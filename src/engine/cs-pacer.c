/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-pacer.h"

#define MINUTE_MS G_GINT64_CONSTANT (60000)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

/**
 * cs_pacer_init:
 * @pacer: (out caller-allocates): a pacer, one for each connection
 *
 * Nothing sent, nothing in flight, nothing known of what is left.
 */
void
cs_pacer_init (CsPacer *pacer)
{
  *pacer = (CsPacer){ .minute_remaining = -1, .day_remaining = -1 };
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

/**
 * cs_pacer_ask:
 * @pacer: a pacer
 * @is_push: whether the call would write; reads leave %CS_PACER_PUSH_RESERVE calls free, of the minute and of
 * the day, so that a pull cannot starve a push (design.md section 5, "Pace")
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
  const int reserve = is_push ? 0 : CS_PACER_PUSH_RESERVE;
  gint64 wake = now_ms;

  g_assert (pacer != NULL);

  wake = MAX (wake, pacer->not_before_ms);
  wake = MAX (wake, get_own_wake_ms (pacer, (guint)(CS_PACER_MINUTE_MAX - reserve), now_ms));
  wake = MAX (wake, get_header_wake_ms (pacer, reserve, now_ms));
  wake = MAX (wake, get_day_wake_ms (pacer, reserve, now_ms));
  if (wake_ms != NULL)
    *wake_ms = wake;
  if (wake > now_ms)
    return CS_PACE_WAIT;
  return pacer->in_flight >= CS_PACER_IN_FLIGHT_MAX ? CS_PACE_IN_FLIGHT_FULL : CS_PACE_GO;
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
}

/**
 * cs_pacer_answered:
 * @pacer: a pacer
 * @minute_remaining: as the answer's header said; -1 if it did not, or if no answer came
 * @day_remaining: likewise
 * @retry_after_ms: how long the tenant asked us to wait; 0 if it did not
 * @now_ms: the time
 *
 * A call has ended.
 */
void
cs_pacer_answered (CsPacer *pacer,
                   int minute_remaining,
                   int day_remaining,
                   gint64 retry_after_ms,
                   gint64 now_ms)
{
  g_assert (pacer->in_flight > 0);

  pacer->in_flight--;
  if (minute_remaining >= 0 || day_remaining >= 0)
    {
      pacer->minute_remaining = MAX (minute_remaining, -1);
      pacer->day_remaining = MAX (day_remaining, -1);
      pacer->header_ms = now_ms;
    }
  if (retry_after_ms > 0)
    pacer->not_before_ms = MAX (pacer->not_before_ms, now_ms + MIN (retry_after_ms, DAY_MS));
}
