/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-schedule-engine.h"

#define MS_PER_SECOND G_GINT64_CONSTANT (1000)
#define SECONDS_PER_MINUTE 60
#define SECONDS_PER_HOUR 3600
#define SECONDS_PER_DAY 86400
/* A clock that is put right by no more than this was not wrong. */
#define AHEAD_MAX_MS (SECONDS_PER_HOUR * MS_PER_SECOND)

static int
get_offset (GTimeZone *zone, gint64 seconds)
{
  return g_time_zone_get_offset (zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds));
}

/* The first second after @before whose offset is not @before's, at most at @after, whose offset differs. */
static gint64
find_change (GTimeZone *zone, gint64 before, gint64 after)
{
  int offset = get_offset (zone, before);

  while (after - before > 1)
    {
      gint64 middle = before + (after - before) / 2;

      if (get_offset (zone, middle) == offset)
        before = middle;
      else
        after = middle;
    }
  return after;
}

/* Clocks change at most once within two days, so what they show a day before and a day after is all there is
 * to know: an hour that comes twice counts when it first comes, one that is left out counts when the clock
 * jumps over it. */
static gint64
resolve (gint64 wall_seconds, GTimeZone *zone)
{
  gint64 before = wall_seconds - SECONDS_PER_DAY;
  gint64 after = wall_seconds + SECONDS_PER_DAY;
  int offset_before = get_offset (zone, before);
  int offset_after = get_offset (zone, after);

  if (get_offset (zone, wall_seconds - offset_before) == offset_before)
    return wall_seconds - offset_before;
  if (get_offset (zone, wall_seconds - offset_after) == offset_after)
    return wall_seconds - offset_after;
  return find_change (zone, before, after);
}

/**
 * cs_schedule_get_slot_ms:
 * @date: a day of the practice's
 * @minutes: after midnight
 * @zone: the practice's
 *
 * Returns: the first moment at which a clock in @zone shows that time of that day, or, where it leaves that
 * time out, at which it jumps over it
 */
gint64
cs_schedule_get_slot_ms (CsDate date, int minutes, GTimeZone *zone)
{
  g_assert (zone != NULL && cs_date_is_set (date));

  return resolve ((gint64)date.days * SECONDS_PER_DAY + minutes * SECONDS_PER_MINUTE, zone) * MS_PER_SECOND;
}

/* The last slot of a daily time that is not after @now_ms, and the first that is. */
static void
get_daily_slots (int minutes, gint64 now_ms, GTimeZone *zone, gint64 *last_ms, gint64 *next_ms)
{
  CsDate today = cs_date_from_instant (now_ms, zone);

  *last_ms = 0;
  *next_ms = 0;
  /* Yesterday's has passed, since the clock shows today; a day that a zone left out has its slot where the
   * next begins. */
  for (int i = -1; *next_ms == 0; i++)
    {
      gint64 slot_ms = cs_schedule_get_slot_ms (cs_date_add_days (today, i), minutes, zone);

      if (slot_ms > now_ms)
        *next_ms = slot_ms;
      else
        *last_ms = slot_ms;
    }
}

/* The same for full hours. An hour that comes twice has one slot. */
static void
get_hourly_slots (gint64 now_ms, GTimeZone *zone, gint64 *last_ms, gint64 *next_ms)
{
  gint64 now_seconds = now_ms / MS_PER_SECOND;
  gint64 wall_seconds = now_seconds + get_offset (zone, now_seconds);
  gint64 hour = wall_seconds / SECONDS_PER_HOUR; /* its slot has passed, since the clock shows it */

  *last_ms = 0;
  *next_ms = 0;
  for (; *next_ms == 0; hour++)
    {
      gint64 slot_ms = resolve (hour * SECONDS_PER_HOUR, zone) * MS_PER_SECOND;

      if (slot_ms > now_ms)
        *next_ms = slot_ms;
      else
        *last_ms = slot_ms;
    }
}

/* Due where a slot has passed since the last round, however many did: what was slept over runs once. When a
 * round was that a wrong clock dated ahead nobody knows; so one begins now, which is dated by the right one,
 * lest all were held up until that date. */
static gint64
choose (gint64 last_slot_ms, gint64 next_slot_ms, gint64 last_round_ms, gint64 now_ms)
{
  return last_round_ms < last_slot_ms || last_round_ms > now_ms + AHEAD_MAX_MS ? last_slot_ms : next_slot_ms;
}

/**
 * cs_schedule_next_push_ms:
 * @schedule: when pushes go
 * @now_ms: the time
 * @zone: the practice's
 * @last_push_ms: when the last round began, or the schedule was chosen
 *
 * The practice's clock decides [K-5]: an hour that is left out or comes twice where clocks change has one
 * round, and rounds that were slept over are as one.
 *
 * Returns: when the next round begins; at or before @now_ms: it is due; %CS_SCHEDULE_NEVER_MS by hand
 */
gint64
cs_schedule_next_push_ms (const CsSchedule *schedule, gint64 now_ms, GTimeZone *zone, gint64 last_push_ms)
{
  gint64 last_ms = 0;
  gint64 next_ms = 0;

  g_assert (schedule != NULL && zone != NULL);

  switch (schedule->push_when)
    {
    case CS_PUSH_HOURLY:
      get_hourly_slots (now_ms, zone, &last_ms, &next_ms);
      break;
    case CS_PUSH_DAILY:
      get_daily_slots (schedule->push_at, now_ms, zone, &last_ms, &next_ms);
      break;
    case CS_PUSH_BY_HAND:
      return CS_SCHEDULE_NEVER_MS;
    case CS_PUSH_IMMEDIATELY:
    default:
      return now_ms;
    }
  return choose (last_ms, next_ms, last_push_ms, now_ms);
}

/**
 * cs_schedule_next_pull_ms:
 * @schedule: when the daily read goes
 * @now_ms: the time
 * @zone: the practice's
 * @last_pull_ms: when the last one began that went well; 0: never, so it is due
 *
 * Returns: when the next daily full read begins; at or before @now_ms: it is due
 */
gint64
cs_schedule_next_pull_ms (const CsSchedule *schedule, gint64 now_ms, GTimeZone *zone, gint64 last_pull_ms)
{
  gint64 last_ms = 0;
  gint64 next_ms = 0;

  g_assert (schedule != NULL && zone != NULL);

  get_daily_slots (schedule->pull_at, now_ms, zone, &last_ms, &next_ms);
  return choose (last_ms, next_ms, last_pull_ms, now_ms);
}

/**
 * cs_schedule_lets_go:
 * @schedule: when pushes go, and when the last round began
 * @ready_ms: when what is queued became ready: its hold's end
 * @now_ms: the time
 *
 * A round takes what was ready when it began, and keeps it however long it takes; what became ready later
 * waits for the next. One that is dated ahead, by a clock that was wrong, says nothing of what was ready.
 *
 * Returns: whether it may go now
 */
gboolean
cs_schedule_lets_go (const CsSchedule *schedule, gint64 ready_ms, gint64 now_ms)
{
  return schedule->push_when == CS_PUSH_IMMEDIATELY
         || (ready_ms <= schedule->pushed_ms && schedule->pushed_ms <= now_ms);
}
