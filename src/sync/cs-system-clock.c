/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-system-clock.h"

typedef struct
{
  CsClock clock;
  gint64 offset_ms;
} SystemClock;

static gint64
now_ms (const CsClock *clock)
{
  const SystemClock *self = clock->data;

  return g_get_real_time () / 1000 + self->offset_ms;
}

/**
 * cs_system_clock_new:
 * @offset_ms: how far ahead of the computer's clock it is
 *
 * Returns: (transfer full): a clock that runs
 */
CsClock *
cs_system_clock_new (gint64 offset_ms)
{
  SystemClock *self = g_new0 (SystemClock, 1);

  self->offset_ms = offset_ms;
  self->clock.now_ms = now_ms;
  self->clock.data = self;
  return &self->clock;
}

void
cs_system_clock_free (CsClock *clock)
{
  if (clock != NULL)
    g_free (clock->data);
}
