/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-schedule.h"
#include "cs-decimal.h"

static const char *const when_words[] = {
  [CS_PUSH_IMMEDIATELY] = "immediately",
  [CS_PUSH_HOURLY] = "hourly",
  [CS_PUSH_DAILY] = "daily",
  [CS_PUSH_BY_HAND] = "by-hand",
};

/**
 * cs_push_when_to_string:
 * @when: when pushes go
 *
 * Returns: the word that the store keeps for it; never translated
 */
const char *
cs_push_when_to_string (CsPushWhen when)
{
  g_assert ((gsize)when < G_N_ELEMENTS (when_words));
  return when_words[when];
}

/**
 * cs_push_when_parse:
 * @text: (nullable): a word of cs_push_when_to_string()
 * @when: (out): what it means; unchanged on failure
 * @error: return location
 *
 * Returns: whether it is one; else %CS_DOMAIN_ERROR_SYNTAX
 */
gboolean
cs_push_when_parse (const char *text, CsPushWhen *when, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (when_words); i++)
    if (g_strcmp0 (text, when_words[i]) == 0)
      {
        *when = (CsPushWhen)i;
        return TRUE;
      }
  g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX, "This is not a known schedule");
  return FALSE;
}

/**
 * cs_schedule_new:
 *
 * Returns: (transfer full): what a practice starts with [K-5]
 */
CsSchedule *
cs_schedule_new (void)
{
  CsSchedule *schedule = g_new0 (CsSchedule, 1);

  schedule->push_when = CS_PUSH_IMMEDIATELY;
  schedule->push_at = CS_SCHEDULE_PUSH_AT_DEFAULT;
  schedule->pull_at = CS_SCHEDULE_PULL_AT_DEFAULT;
  return schedule;
}

/**
 * cs_schedule_copy:
 * @schedule: a schedule
 *
 * Returns: (transfer full): the same
 */
CsSchedule *
cs_schedule_copy (const CsSchedule *schedule)
{
  return g_memdup2 (schedule, sizeof *schedule);
}

/**
 * cs_schedule_free:
 * @schedule: (transfer full) (nullable): a schedule
 */
void
cs_schedule_free (CsSchedule *schedule)
{
  g_free (schedule);
}

static gboolean
is_time_of_day (int minutes)
{
  return minutes >= 0 && minutes < CS_SCHEDULE_MINUTES_IN_DAY;
}

/**
 * cs_schedule_validate:
 * @schedule: a schedule
 * @error: return location
 *
 * Returns: whether its times are times of the day; else %CS_DOMAIN_ERROR_RANGE
 */
gboolean
cs_schedule_validate (const CsSchedule *schedule, GError **error)
{
  if ((gsize)schedule->push_when < G_N_ELEMENTS (when_words) && is_time_of_day (schedule->push_at)
      && is_time_of_day (schedule->pull_at))
    return TRUE;
  g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_RANGE,
                       "A time of the day lies between 00:00 and 23:59");
  return FALSE;
}

gint64
cs_schedule_get_counted_ms (const CsSchedule *schedule)
{
  g_assert (schedule != NULL);
  return MAX (schedule->pushed_ms, schedule->chosen_ms);
}

/** cs_schedule_begin_round: what is ready at @now_ms may go. */
void
cs_schedule_begin_round (CsSchedule *schedule, gint64 now_ms)
{
  g_assert (schedule != NULL);
  schedule->pushed_ms = now_ms;
  schedule->chosen_ms = 0;
}
