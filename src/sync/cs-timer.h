/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-date.h"
#include "cs-future.h"

G_BEGIN_DECLS

/* What time it is, and how to wait until it is later: as the machine says, or as a simulation does. */
typedef struct
{
  const CsClock *clock;                                     /* unowned: outlives every session */
  DexFuture *(*wait_until) (gint64 wake_ms, gpointer data); /* (nullable): the machine's */
  gpointer data;
} CsTimer;

gint64 cs_timer_now_ms (const CsTimer *timer);
DexFuture *
cs_timer_wait_until (const CsTimer *timer, gint64 wake_ms, gint64 longest_ms) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
