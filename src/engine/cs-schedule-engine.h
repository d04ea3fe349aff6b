/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-date.h"
#include "cs-schedule.h"

G_BEGIN_DECLS

/* When the next round is due, decided and nothing done: schedule, time and zone in, moment out. Whole years
 * run in a test. All moments are UTC milliseconds. */

#define CS_SCHEDULE_NEVER_MS G_MAXINT64

/* The first moment at which the zone's clock shows @minutes or more on @date. */
gint64 cs_schedule_get_slot_ms (CsDate date, int minutes, GTimeZone *zone);

/* When the next round of pushes begins; not after @now_ms: now. Never where a person pushes by hand. */
gint64
cs_schedule_next_push_ms (const CsSchedule *schedule, gint64 now_ms, GTimeZone *zone, gint64 last_push_ms);
/* The same for the daily full read. */
gint64
cs_schedule_next_pull_ms (const CsSchedule *schedule, gint64 now_ms, GTimeZone *zone, gint64 last_pull_ms);
/* Whether what became ready at @ready_ms belongs to the round that last began. */
gboolean cs_schedule_lets_go (const CsSchedule *schedule, gint64 ready_ms, gint64 now_ms);

G_END_DECLS
