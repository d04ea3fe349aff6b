/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-timer.h"

/** cs_timer_now_ms: Returns: UTC milliseconds */
gint64
cs_timer_now_ms (const CsTimer *timer)
{
  return cs_clock_now_ms (timer->clock);
}

/**
 * cs_timer_wait_until:
 * @timer: a timer
 * @wake_ms: UTC milliseconds
 * @longest_ms: wait no longer than this: the clock may be set, or the machine sleep, meanwhile
 *
 * Returns: (transfer full): settles when it is time, by a rejection where the machine's own timer is used:
 * that says only that the wait is over, and cs_error_is_cancelled() tells it from being stopped
 */
DexFuture *
cs_timer_wait_until (const CsTimer *timer, gint64 wake_ms, gint64 longest_ms)
{
  gint64 now_ms = cs_timer_now_ms (timer);
  gint64 delay_ms = CLAMP (wake_ms - now_ms, 1, MIN (longest_ms, G_MAXINT));

  if (timer->wait_until != NULL)
    return timer->wait_until (now_ms + delay_ms, timer->data);
  /* libdex 0.10 complains of a timeout that is let go of before its time, unless a set held it. */
  return dex_future_first (dex_timeout_new_msec ((int)delay_ms), NULL);
}
