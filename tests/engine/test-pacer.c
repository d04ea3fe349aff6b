/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-pacer.h"

#define START G_GINT64_CONSTANT (1795219200000)
#define MINUTE_MS 60000

static void
answer (CsPacer *pacer, int minute_remaining, int day_remaining, gint64 retry_after_ms, gint64 now_ms)
{
  const CsPacerWord word = { minute_remaining, day_remaining, -1, retry_after_ms };

  cs_pacer_answered (pacer, &word, now_ms);
}

static void
send (CsPacer *pacer, gint64 now_ms)
{
  cs_pacer_sent (pacer, now_ms);
  answer (pacer, -1, -1, 0, now_ms);
}

static void
assert_pace (const CsPacer *pacer, gboolean is_push, gint64 now_ms, CsPace pace, gint64 wake_ms)
{
  gint64 wake = -1;

  g_assert_cmpint ((int)cs_pacer_ask (pacer, is_push, now_ms, &wake), ==, (int)pace);
  g_assert_cmpint (wake, ==, wake_ms);
}

static void
test_in_flight (void)
{
  CsPacer pacer;

  cs_pacer_init (&pacer);
  for (int i = 0; i < CS_PACER_IN_FLIGHT_MAX; i++)
    {
      assert_pace (&pacer, FALSE, START, CS_PACE_GO, START);
      cs_pacer_sent (&pacer, START);
    }
  assert_pace (&pacer, TRUE, START, CS_PACE_IN_FLIGHT_FULL, START);
  answer (&pacer, -1, -1, 0, START);
  assert_pace (&pacer, TRUE, START, CS_PACE_GO, START);
}

static void
test_rolling_minute (void)
{
  CsPacer pacer;

  cs_pacer_init (&pacer);
  cs_pacer_expect_push (&pacer, START);
  for (int i = 0; i < CS_PACER_MINUTE_MAX - CS_PACER_PUSH_RESERVE; i++)
    send (&pacer, START + i);
  /* A read leaves the reserve, a write may use it. */
  assert_pace (&pacer, FALSE, START + 1000, CS_PACE_WAIT, START + MINUTE_MS);
  for (int i = 0; i < CS_PACER_PUSH_RESERVE; i++)
    {
      assert_pace (&pacer, TRUE, START + 1000, CS_PACE_GO, START + 1000);
      send (&pacer, START + 1000);
    }
  assert_pace (&pacer, TRUE, START + 1000, CS_PACE_WAIT, START + MINUTE_MS);
  assert_pace (&pacer, FALSE, START + 1000, CS_PACE_WAIT, START + MINUTE_MS + CS_PACER_PUSH_RESERVE);
  /* The window rolls: it does not open all at once. */
  assert_pace (&pacer, TRUE, START + MINUTE_MS, CS_PACE_GO, START + MINUTE_MS);
  send (&pacer, START + MINUTE_MS);
  assert_pace (&pacer, TRUE, START + MINUTE_MS, CS_PACE_WAIT, START + MINUTE_MS + 1);
}

/* The reserve is for what is at hand: a read without a push in sight uses all of the minute but one call. */
static void
test_reserve (void)
{
  const gint64 later = START + 10000;
  CsPacer pacer;

  cs_pacer_init (&pacer);
  for (int i = 0; i < CS_PACER_MINUTE_MAX - CS_PACER_PUSH_RESERVE; i++)
    send (&pacer, START);
  assert_pace (&pacer, FALSE, later, CS_PACE_GO, later);
  g_assert_cmpuint (cs_pacer_read (&pacer, later).minute_reserved, ==, CS_PACER_QUIET_RESERVE);

  /* At hand, overdue, or due before what is sent now has left the minute. */
  for (int i = -1; i <= 1; i++)
    {
      cs_pacer_expect_push (&pacer, later + i * MINUTE_MS);
      assert_pace (&pacer, FALSE, later, CS_PACE_WAIT, START + MINUTE_MS);
      assert_pace (&pacer, TRUE, later, CS_PACE_GO, later);
      g_assert_cmpuint (cs_pacer_read (&pacer, later).minute_reserved, ==, CS_PACER_PUSH_RESERVE);
      g_assert_cmpint (cs_pacer_read (&pacer, later).parked_until_ms, ==, START + MINUTE_MS);
    }
  cs_pacer_expect_push (&pacer, later + MINUTE_MS + 1);
  assert_pace (&pacer, FALSE, later, CS_PACE_GO, later);
  assert_pace (&pacer, FALSE, later + 1, CS_PACE_WAIT, START + MINUTE_MS);

  cs_pacer_expect_push (&pacer, CS_PACER_NO_PUSH);
  for (int i = CS_PACER_PUSH_RESERVE; i > CS_PACER_QUIET_RESERVE; i--)
    send (&pacer, START);
  assert_pace (&pacer, FALSE, later, CS_PACE_WAIT, START + MINUTE_MS);
  assert_pace (&pacer, TRUE, later, CS_PACE_GO, later);
  g_assert_cmpint (cs_pacer_read (&pacer, later).parked_until_ms, ==, START + MINUTE_MS);
}

static void
test_retry_after (void)
{
  CsPacer pacer;

  cs_pacer_init (&pacer);
  cs_pacer_sent (&pacer, START);
  answer (&pacer, -1, -1, 30000, START + 10);
  assert_pace (&pacer, TRUE, START + 10, CS_PACE_WAIT, START + 30010);
  assert_pace (&pacer, TRUE, START + 30009, CS_PACE_WAIT, START + 30010);
  assert_pace (&pacer, TRUE, START + 30010, CS_PACE_GO, START + 30010);
  /* A shorter wish does not shorten a longer one. */
  cs_pacer_sent (&pacer, START + 40000);
  answer (&pacer, -1, -1, 50000, START + 40000);
  cs_pacer_sent (&pacer, START + 40000);
  answer (&pacer, -1, -1, 1000, START + 40000);
  assert_pace (&pacer, TRUE, START + 50000, CS_PACE_WAIT, START + 90000);
}

/* Another desk uses the same allowance: the tenant's own word counts. */
static void
test_minute_header (void)
{
  CsPacer pacer;

  cs_pacer_init (&pacer);
  cs_pacer_expect_push (&pacer, START);
  cs_pacer_sent (&pacer, START);
  answer (&pacer, 2, 4000, 0, START + 100);
  assert_pace (&pacer, FALSE, START + 200, CS_PACE_WAIT, START + 100 + MINUTE_MS);
  assert_pace (&pacer, TRUE, START + 200, CS_PACE_GO, START + 200);
  send (&pacer, START + 200);
  send (&pacer, START + 300);
  /* None left; the first of ours leaves the minute first. */
  assert_pace (&pacer, TRUE, START + 400, CS_PACE_WAIT, START + MINUTE_MS);
  assert_pace (&pacer, TRUE, START + MINUTE_MS, CS_PACE_GO, START + MINUTE_MS);
  /* And the word is a minute old at most. */
  assert_pace (&pacer, FALSE, START + 100 + MINUTE_MS, CS_PACE_GO, START + 100 + MINUTE_MS);
}

static void
test_day (void)
{
  CsPacer pacer;

  cs_pacer_init (&pacer);
  cs_pacer_sent (&pacer, START);
  answer (&pacer, 50, CS_PACER_DAY_RESERVE_MIN + 30, 0, START);
  assert_pace (&pacer, FALSE, START + 1, CS_PACE_WAIT, START + 60 * MINUTE_MS);
  assert_pace (&pacer, TRUE, START + 1, CS_PACE_GO, START + 1);

  /* Gone: until the tenant's own moment, however far. */
  cs_pacer_sent (&pacer, START + 1);
  answer (&pacer, 50, 0, 40000 * 1000, START + 1);
  assert_pace (&pacer, TRUE, START + 2, CS_PACE_WAIT, START + 1 + 40000 * 1000);
  assert_pace (&pacer, TRUE, START + 1 + 40000 * 1000, CS_PACE_GO, START + 1 + 40000 * 1000);
}

/* The app's own minute is shared by all its organisations. */
static void
test_app_minute (void)
{
  const CsPacerWord word = { 59, 4000, CS_PACER_APP_RESERVE, 0 };
  CsPacer pacer;

  cs_pacer_init (&pacer);
  cs_pacer_sent (&pacer, START);
  cs_pacer_answered (&pacer, &word, START);
  assert_pace (&pacer, FALSE, START + 1, CS_PACE_WAIT, START + MINUTE_MS);
  assert_pace (&pacer, TRUE, START + 1, CS_PACE_GO, START + 1);
  assert_pace (&pacer, FALSE, START + MINUTE_MS, CS_PACE_GO, START + MINUTE_MS);
}

static void
test_tier (void)
{
  CsPacer pacer;

  cs_pacer_init (&pacer);
  g_assert_cmpuint (cs_pacer_read (&pacer, START).day_limit, ==, 0);
  cs_pacer_sent (&pacer, START);
  answer (&pacer, 59, 999, 0, START);
  g_assert_cmpuint (cs_pacer_read (&pacer, START).day_limit, ==, 1000);
  g_assert_cmpuint (cs_pacer_read (&pacer, START).day_reserved, ==, 50);
  /* A large allowance that was nearly used up shows itself when the day's window rolls. */
  cs_pacer_sent (&pacer, START);
  answer (&pacer, 58, 1500, 0, START);
  g_assert_cmpuint (cs_pacer_read (&pacer, START).day_limit, ==, 5000);
  g_assert_cmpuint (cs_pacer_read (&pacer, START).day_reserved, ==, 250);
  /* And is not forgotten when it shrinks again. */
  cs_pacer_sent (&pacer, START + 1);
  answer (&pacer, 57, 251, 0, START + 1);
  g_assert_cmpuint (cs_pacer_read (&pacer, START + 1).day_limit, ==, 5000);
  assert_pace (&pacer, FALSE, START + 2, CS_PACE_GO, START + 2);
  cs_pacer_sent (&pacer, START + 2);
  answer (&pacer, 56, 250, 0, START + 2);
  assert_pace (&pacer, FALSE, START + 3, CS_PACE_WAIT, START + 2 + 60 * MINUTE_MS);
  assert_pace (&pacer, TRUE, START + 3, CS_PACE_GO, START + 3);
}

static void
test_meter (void)
{
  CsPacer pacer;
  CsPacerReading reading;
  gint64 now_ms = START;
  int left = 1000;

  /* Ten calls a minute for half an hour, on the small tier. */
  cs_pacer_init (&pacer);
  for (int i = 0; i < 300; i++, now_ms += MINUTE_MS / 10)
    {
      cs_pacer_sent (&pacer, now_ms);
      answer (&pacer, 49, --left, 0, now_ms);
    }
  reading = cs_pacer_read (&pacer, now_ms);
  g_assert_cmpuint (reading.minute_used, ==, 9); /* the tenth is sixty seconds ago */
  g_assert_cmpuint (reading.day_used, ==, 300);
  g_assert_cmpint (reading.day_remaining, ==, 700);
  g_assert_cmpint (reading.parked_until_ms, ==, 0);
  /* 650 that reads may have, at ten a minute. */
  g_assert_cmpint (reading.forecast_ms, ==, now_ms + 65 * MINUTE_MS);
  /* A quiet hour or two, and they last. */
  g_assert_cmpint (cs_pacer_read (&pacer, now_ms + 3 * 60 * MINUTE_MS).forecast_ms, ==, 0);
  g_assert_cmpuint (cs_pacer_read (&pacer, now_ms + 25 * 60 * MINUTE_MS).day_used, ==, 0);

  cs_pacer_sent (&pacer, now_ms);
  answer (&pacer, 49, 50, 0, now_ms);
  reading = cs_pacer_read (&pacer, now_ms);
  g_assert_cmpint (reading.forecast_ms, ==, now_ms);
  g_assert_cmpint (reading.parked_until_ms, ==, now_ms + 60 * MINUTE_MS);
}

/* A benchmark's: five in flight is all that is left of the limits, and what the tenant asks for. */
static void
test_open (void)
{
  CsPacer pacer;

  cs_pacer_init (&pacer);
  pacer.is_open = TRUE;
  for (int i = 0; i < 1000; i++)
    {
      assert_pace (&pacer, FALSE, START, CS_PACE_GO, START);
      cs_pacer_sent (&pacer, START);
      answer (&pacer, 0, 0, 0, START);
    }
  cs_pacer_sent (&pacer, START);
  answer (&pacer, 0, 0, 1000, START);
  assert_pace (&pacer, FALSE, START, CS_PACE_WAIT, START + 1000);
}

static void
test_clock_set_back (void)
{
  CsPacer pacer;

  cs_pacer_init (&pacer);
  for (int i = 0; i < CS_PACER_MINUTE_MAX; i++)
    send (&pacer, START);
  assert_pace (&pacer, TRUE, START - 24 * 60 * MINUTE_MS, CS_PACE_GO, START - 24 * 60 * MINUTE_MS);
}

/* A tenant that counts as Xero does: 5 in flight and 60 in any minute, over random work with random answers.
 * Nothing is ever refused, and who waits until the moment given may then go, or is told a later one. */
static void
test_never_refused (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (60);
  g_autoptr (GArray) sent = g_array_new (FALSE, FALSE, sizeof (gint64));
  CsPacer pacer;
  gint64 now_ms = START;
  guint in_flight = 0, oldest = 0, n_waits = 0;

  cs_pacer_init (&pacer);
  for (int i = 0; i < 200000; i++)
    {
      gboolean is_push = g_rand_int_range (rand, 0, 4) == 0;
      gint64 wake_ms = 0;
      CsPace pace;
      guint reserve;

      if (g_rand_int_range (rand, 0, 50) == 0)
        cs_pacer_expect_push (&pacer, g_rand_boolean (rand) ? now_ms + g_rand_int_range (rand, -60000, 120000)
                                                            : CS_PACER_NO_PUSH);
      reserve = pacer.push_due_ms <= now_ms + MINUTE_MS ? CS_PACER_PUSH_RESERVE : CS_PACER_QUIET_RESERVE;
      pace = cs_pacer_ask (&pacer, is_push, now_ms, &wake_ms);
      while (oldest < sent->len && g_array_index (sent, gint64, oldest) <= now_ms - MINUTE_MS)
        oldest++;
      if (pace == CS_PACE_GO)
        {
          cs_pacer_sent (&pacer, now_ms);
          g_array_append_val (sent, now_ms);
          in_flight++;
          g_assert_cmpuint (in_flight, <=, 5);
          g_assert_cmpuint (sent->len - oldest, <=, is_push ? 60 : 60 - reserve);
        }
      else if (pace == CS_PACE_WAIT)
        {
          g_assert_cmpint (wake_ms, >, now_ms);
          g_assert_cmpint (wake_ms, <=, now_ms + MINUTE_MS);
          now_ms = wake_ms;
          n_waits++;
        }
      if (in_flight > 0 && (pace == CS_PACE_IN_FLIGHT_FULL || g_rand_boolean (rand)))
        {
          in_flight--;
          answer (&pacer, g_rand_boolean (rand) ? (int)(60 - MIN (60, sent->len - oldest)) : -1, 4000, 0,
                  now_ms);
        }
      now_ms += g_rand_int_range (rand, 0, 300);
    }
  g_assert_cmpuint (n_waits, >, 100);
  /* Close to what is allowed, too: a pacer that is afraid would also pass the rest. */
  g_assert_cmpint ((gint64)sent->len * MINUTE_MS / (now_ms - START), >=, 50);
}

/* Asked to wait for a minute by a clock that was two hours ahead: put right, nothing is waited for. */
static void
test_retry_after_set_back (void)
{
  CsPacer pacer;
  gint64 wake_ms = 0;

  cs_pacer_init (&pacer);
  cs_pacer_sent (&pacer, START);
  answer (&pacer, -1, -1, MINUTE_MS, START);
  g_assert_cmpint (cs_pacer_ask (&pacer, TRUE, START + 1000, &wake_ms), ==, CS_PACE_WAIT);
  g_assert_cmpint (wake_ms, ==, START + MINUTE_MS);
  g_assert_cmpint (cs_pacer_ask (&pacer, TRUE, START - 120 * MINUTE_MS, &wake_ms), ==, CS_PACE_GO);
  /* By less than it was to wait, it waits as long as it did then. */
  g_assert_cmpint (cs_pacer_ask (&pacer, TRUE, START - 1000, &wake_ms), ==, CS_PACE_WAIT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pacer/five-in-flight", test_in_flight);
  g_test_add_func ("/pacer/sixty-in-any-minute", test_rolling_minute);
  g_test_add_func ("/pacer/P14-reserve-while-a-push-is-at-hand", test_reserve);
  g_test_add_func ("/pacer/retry-after-is-obeyed", test_retry_after);
  g_test_add_func ("/pacer/B-21-minute-header", test_minute_header);
  g_test_add_func ("/pacer/B-21-day-header", test_day);
  g_test_add_func ("/pacer/app-minute", test_app_minute);
  g_test_add_func ("/pacer/B-21-tier-and-reserve", test_tier);
  g_test_add_func ("/pacer/B-21-meter-and-forecast", test_meter);
  g_test_add_func ("/pacer/open-for-benchmarks", test_open);
  g_test_add_func ("/pacer/clock-set-back", test_clock_set_back);
  g_test_add_func ("/pacer/retry-after-of-a-wrong-clock", test_retry_after_set_back);
  g_test_add_func ("/pacer/never-refused-and-not-afraid", test_never_refused);
  return g_test_run ();
}
