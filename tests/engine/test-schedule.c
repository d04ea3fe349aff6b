/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-schedule-engine.h"

/* Zones with an hour, half an hour, nothing, and a day to lose. */
static const char *const zone_names[] = { "Pacific/Auckland",
                                          "Australia/Sydney",
                                          "Australia/Lord_Howe",
                                          "Europe/London",
                                          "America/Toronto",
                                          "Africa/Johannesburg",
                                          "Pacific/Apia",
                                          "Asia/Singapore",
                                          "Pacific/Chatham",
                                          "America/Sao_Paulo",
                                          "UTC" };

#define MINUTE_MS G_GINT64_CONSTANT (60000)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

static GTimeZone *
open_zone (const char *name)
{
  GTimeZone *zone = g_time_zone_new_identifier (name);

  g_assert_nonnull (zone);
  return zone;
}

static gint64
at (const char *text)
{
  g_autoptr (GError) error = NULL;
  gint64 instant_ms = 0;

  cs_instant_parse (text, &instant_ms, &error);
  g_assert_no_error (error);
  return instant_ms;
}

static void
assert_slot (GTimeZone *zone, CsDate date, int minutes, const char *expected)
{
  g_autofree char *slot = cs_instant_to_string (cs_schedule_get_slot_ms (date, minutes, zone));

  g_assert_cmpstr (slot, ==, expected);
}

/* 27 September 2026: Auckland's clocks go from 02:00 to 03:00; 5 April 2026: from 03:00 back to 02:00. */
static void
test_slots (void)
{
  g_autoptr (GTimeZone) auckland = open_zone ("Pacific/Auckland");
  g_autoptr (GTimeZone) lord_howe = open_zone ("Australia/Lord_Howe");
  g_autoptr (GTimeZone) apia = open_zone ("Pacific/Apia");

  assert_slot (auckland, cs_date_from_parts (2026, 9, 26), 150, "2026-09-25T14:30:00.000Z");
  assert_slot (auckland, cs_date_from_parts (2026, 9, 27), 119, "2026-09-26T13:59:00.000Z");
  assert_slot (auckland, cs_date_from_parts (2026, 9, 27), 150, "2026-09-26T14:00:00.000Z");
  assert_slot (auckland, cs_date_from_parts (2026, 9, 27), 180, "2026-09-26T14:00:00.000Z");
  assert_slot (auckland, cs_date_from_parts (2026, 4, 5), 150, "2026-04-04T13:30:00.000Z");
  assert_slot (auckland, cs_date_from_parts (2026, 4, 5), 180, "2026-04-04T15:00:00.000Z");
  /* Half an hour: 02:00 becomes 02:30 on 4 October 2026. */
  assert_slot (lord_howe, cs_date_from_parts (2026, 10, 4), 135, "2026-10-03T15:30:00.000Z");
  /* 30 December 2011 did not take place. */
  assert_slot (apia, cs_date_from_parts (2011, 12, 30), 720, "2011-12-30T10:00:00.000Z");
}

static guint
count_rounds (const CsSchedule *schedule, GTimeZone *zone, gint64 from_ms, gint64 to_ms, gint64 step_ms)
{
  gint64 last_ms = from_ms;
  guint n = 0;

  for (gint64 now_ms = from_ms; now_ms < to_ms; now_ms += step_ms)
    if (cs_schedule_next_push_ms (schedule, now_ms, zone, last_ms) <= now_ms)
      {
        last_ms = now_ms;
        n++;
      }
  return n;
}

/* What a person with a clock on the wall would count: each time that it shows an hour it never showed. */
static guint
count_new_hours (GTimeZone *zone, gint64 from_ms, gint64 to_ms, gint64 step_ms)
{
  gint64 latest = -1;
  guint n = 0;

  for (gint64 now_ms = from_ms; now_ms < to_ms; now_ms += step_ms)
    {
      gint64 seconds = now_ms / 1000;
      gint64 hour = (seconds
                     + g_time_zone_get_offset (
                         zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds)))
                    / 3600;

      n += latest >= 0 && hour > latest;
      latest = MAX (latest, hour);
    }
  return n;
}

/* Two years, every zone, looked at every half hour: a round each day, at whatever time of the day, also in
 * the hour that clocks leave out or show twice [K-5]. */
static void
test_daily_years (void)
{
  static const int times[] = { 0, 30, 90, 120, 150, 165, 180, 17 * 60, 1439 };

  for (gsize i = 0; i < G_N_ELEMENTS (zone_names) * G_N_ELEMENTS (times); i++)
    {
      g_autoptr (GTimeZone) zone = open_zone (zone_names[i / G_N_ELEMENTS (times)]);
      int minutes = times[i % G_N_ELEMENTS (times)];
      CsSchedule schedule = { .push_when = CS_PUSH_DAILY, .push_at = minutes };
      CsDate first = cs_date_from_parts (2026, 1, 1);
      CsDate last = cs_date_from_parts (2028, 1, 1);
      gint64 from_ms = cs_schedule_get_slot_ms (first, minutes, zone);
      gint64 to_ms = cs_schedule_get_slot_ms (last, minutes, zone) + MINUTE_MS;

      g_assert_cmpuint (count_rounds (&schedule, zone, from_ms, to_ms, 30 * MINUTE_MS), ==,
                        (guint)(last.days - first.days));
    }
}

/* An hour left out, or shown twice, has one round [K-5]. */
static void
test_hourly_year (void)
{
  for (gsize z = 0; z < G_N_ELEMENTS (zone_names); z++)
    {
      g_autoptr (GTimeZone) zone = open_zone (zone_names[z]);
      CsSchedule schedule = { .push_when = CS_PUSH_HOURLY };
      gint64 from_ms = cs_schedule_get_slot_ms (cs_date_from_parts (2026, 1, 1), 0, zone);
      gint64 to_ms = cs_schedule_get_slot_ms (cs_date_from_parts (2027, 1, 1), 0, zone) + MINUTE_MS;
      guint n = count_rounds (&schedule, zone, from_ms, to_ms, 15 * MINUTE_MS);

      g_assert_cmpuint (n, ==, count_new_hours (zone, from_ms, to_ms, 15 * MINUTE_MS));
      g_assert_cmpuint (n, >=, 365 * 24 - 1);
    }
}

/* What was slept over runs once, and at once [U-10, B-08]. */
static void
test_slept_over (void)
{
  g_autoptr (GTimeZone) zone = open_zone ("Pacific/Auckland");
  CsSchedule daily = { .push_when = CS_PUSH_DAILY, .push_at = 17 * 60 };
  CsSchedule hourly = { .push_when = CS_PUSH_HOURLY };
  gint64 last_ms = at ("2026-08-01T05:00:00.000Z");
  gint64 now_ms = at ("2026-11-22T09:10:00.000Z");

  g_assert_cmpint (cs_schedule_next_push_ms (&daily, now_ms, zone, last_ms), <=, now_ms);
  g_assert_cmpint (cs_schedule_next_push_ms (&hourly, now_ms, zone, last_ms), <=, now_ms);
  g_assert_cmpint (cs_schedule_next_push_ms (&daily, now_ms, zone, now_ms), ==,
                   at ("2026-11-23T04:00:00.000Z"));
  g_assert_cmpint (cs_schedule_next_push_ms (&hourly, now_ms, zone, now_ms), ==,
                   at ("2026-11-22T10:00:00.000Z"));
}

/* The clock said 2030 for a while: the round that it dated so holds up none of the rounds before 2030, and
 * lets nothing go that waits for one, nor for a person. A second is what a clock is put right by each day. */
static void
test_wrong_clock (void)
{
  g_autoptr (GTimeZone) zone = open_zone ("Europe/London");
  CsSchedule schedule = { .push_when = CS_PUSH_DAILY, .push_at = 9 * 60 };
  CsSchedule by_hand = { .push_when = CS_PUSH_BY_HAND };
  gint64 ahead_ms = at ("2030-01-01T00:00:00.000Z");
  gint64 now_ms = at ("2026-11-22T10:00:00.000Z");

  g_assert_cmpint (cs_schedule_next_push_ms (&schedule, now_ms, zone, ahead_ms), <=, now_ms);
  g_assert_cmpint (cs_schedule_next_push_ms (&schedule, now_ms, zone, now_ms), ==,
                   at ("2026-11-23T09:00:00.000Z"));
  g_assert_cmpint (cs_schedule_next_push_ms (&schedule, now_ms, zone, now_ms + 1000), ==,
                   at ("2026-11-23T09:00:00.000Z"));
  schedule.pushed_ms = by_hand.pushed_ms = ahead_ms;
  g_assert_false (cs_schedule_lets_go (&schedule, now_ms - HOUR_MS, now_ms));
  g_assert_false (cs_schedule_lets_go (&by_hand, now_ms - HOUR_MS, now_ms));
}

static void
test_by_hand_and_at_once (void)
{
  g_autoptr (GTimeZone) zone = open_zone ("UTC");
  CsSchedule by_hand = { .push_when = CS_PUSH_BY_HAND, .pushed_ms = 1000 };
  CsSchedule at_once = { .push_when = CS_PUSH_IMMEDIATELY };

  g_assert_cmpint (cs_schedule_next_push_ms (&by_hand, 5000, zone, 0), ==, CS_SCHEDULE_NEVER_MS);
  g_assert_cmpint (cs_schedule_next_push_ms (&at_once, 5000, zone, 4999), ==, 5000);
  g_assert_true (cs_schedule_lets_go (&at_once, 6000, 6000));
  g_assert_true (cs_schedule_lets_go (&by_hand, 1000, 6000));
  g_assert_false (cs_schedule_lets_go (&by_hand, 1001, 6000));
}

/* Never read: due. Read: at the next 02:00. */
static void
test_daily_read (void)
{
  g_autoptr (GTimeZone) zone = open_zone ("Australia/Sydney");
  CsSchedule schedule = { .pull_at = 120 };
  gint64 now_ms = at ("2026-11-22T09:00:00.000Z");

  g_assert_cmpint (cs_schedule_next_pull_ms (&schedule, now_ms, zone, 0), <=, now_ms);
  g_assert_cmpint (cs_schedule_next_pull_ms (&schedule, now_ms, zone, now_ms - HOUR_MS), ==,
                   at ("2026-11-22T15:00:00.000Z"));
  g_assert_cmpint (cs_schedule_next_pull_ms (&schedule, now_ms + DAY_MS, zone, now_ms), <=, now_ms + DAY_MS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/schedule/slots-K-5", test_slots);
  g_test_add_func ("/engine/schedule/daily-years-K-5", test_daily_years);
  g_test_add_func ("/engine/schedule/hourly-year-K-5", test_hourly_year);
  g_test_add_func ("/engine/schedule/slept-over-B-08", test_slept_over);
  g_test_add_func ("/engine/schedule/wrong-clock", test_wrong_clock);
  g_test_add_func ("/engine/schedule/by-hand-and-at-once-K-5", test_by_hand_and_at_once);
  g_test_add_func ("/engine/schedule/daily-read", test_daily_read);
  return g_test_run ();
}
