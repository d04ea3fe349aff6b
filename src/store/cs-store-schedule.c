/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"

#include <glib/gi18n-lib.h>

static CsSchedule *
load_schedule (CsStore *store, GError **error)
{
  g_autoptr (CsSchedule) schedule = cs_schedule_new ();
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT push_when, push_at, pull_at, pushed_ms, pulled_ms, chosen_ms FROM schedule");

  if (!cs_sql_next (row, error))
    return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&schedule);
  if (!cs_push_when_parse (cs_sql_peek_text (row), &schedule->push_when, error))
    return NULL;
  schedule->push_at = (int)cs_sql_read_integer (row);
  schedule->pull_at = (int)cs_sql_read_integer (row);
  schedule->pushed_ms = cs_sql_read_integer (row);
  schedule->pulled_ms = cs_sql_read_integer (row);
  schedule->chosen_ms = cs_sql_read_integer (row);
  return g_steal_pointer (&schedule);
}

static gboolean
write_schedule (CsStore *store, const CsSchedule *schedule, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql,
      "INSERT OR REPLACE INTO schedule (practice_id, push_when, push_at, pull_at, pushed_ms, pulled_ms,"
      " chosen_ms) SELECT id, ?, ?, ?, ?, ?, ? FROM practice");

  cs_sql_bind_text (row, cs_push_when_to_string (schedule->push_when));
  cs_sql_bind_integer (row, schedule->push_at);
  cs_sql_bind_integer (row, schedule->pull_at);
  cs_sql_bind_integer (row, schedule->pushed_ms);
  cs_sql_bind_integer (row, schedule->pulled_ms);
  cs_sql_bind_integer (row, schedule->chosen_ms);
  return cs_sql_run (row, error);
}

/**
 * cs_store_get_schedule:
 * @store: a store
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the practice's schedule
 */
CsSchedule *
cs_store_get_schedule (CsStore *store, GError **error)
{
  g_return_val_if_fail (store != NULL, NULL);

  return load_schedule (store, error);
}

static CsJsonBuilder *
describe (const CsSchedule *schedule)
{
  CsJsonBuilder *details = cs_audit_details_new ();

  cs_json_builder_set_string (details, "push_when", cs_push_when_to_string (schedule->push_when));
  cs_json_builder_set_integer (details, "push_at", schedule->push_at);
  cs_json_builder_set_integer (details, "pull_at", schedule->pull_at);
  return details;
}

/**
 * cs_store_save_schedule:
 * @store: a store
 * @schedule: what a person chose; where it stands is not looked at
 * @error: return location
 *
 * Audited. Where the way of pushing or its time changed, its rounds are counted from now on: "daily at
 * 17:00", chosen in the morning, sends nothing before five, whatever was queued by then.
 *
 * Returns: whether it is saved; else %CS_STORE_ERROR_INVALID or what the file said
 */
gboolean
cs_store_save_schedule (CsStore *store, const CsSchedule *schedule, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsSchedule) before = NULL;
  g_autoptr (CsJsonBuilder) details = NULL;
  CsSchedule after;

  g_return_val_if_fail (store != NULL && schedule != NULL, FALSE);

  if (!cs_schedule_validate (schedule, NULL))
    return cs_store_refuse (error, CS_STORE_ERROR_INVALID,
                            _ ("A time of the day lies between 00:00 and 23:59."));
  transaction = cs_sql_begin (store->sql, error);
  before = transaction != NULL ? load_schedule (store, error) : NULL;
  if (before == NULL)
    return FALSE;
  after = *schedule;
  after.pulled_ms = before->pulled_ms;
  after.pushed_ms = before->pushed_ms;
  after.chosen_ms = after.push_when == before->push_when && after.push_at == before->push_at
                        ? before->chosen_ms
                        : cs_store_now_ms (store);
  details = describe (&after);
  return write_schedule (store, &after, error)
         && cs_store_write_audit (store, "schedule.saved", "", details, error)
         && cs_sql_commit (transaction, error);
}

static gboolean
mark (CsStore *store, gint64 pushed_ms, gint64 pulled_ms, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = cs_sql_begin (store->sql, error);
  g_autoptr (CsSchedule) schedule = transaction != NULL ? load_schedule (store, error) : NULL;

  if (schedule == NULL)
    return FALSE;
  if (pushed_ms > 0)
    cs_schedule_begin_round (schedule, pushed_ms);
  if (pulled_ms > 0)
    schedule->pulled_ms = pulled_ms;
  return write_schedule (store, schedule, error) && cs_sql_commit (transaction, error);
}

/** cs_store_mark_pushed: @pushed_ms: when the round began. Returns: whether it is noted */
gboolean
cs_store_mark_pushed (CsStore *store, gint64 pushed_ms, GError **error)
{
  g_return_val_if_fail (store != NULL && pushed_ms > 0, FALSE);

  return mark (store, pushed_ms, 0, error);
}

/** cs_store_mark_pulled: @pulled_ms: when the daily read began. Returns: whether it is noted */
gboolean
cs_store_mark_pulled (CsStore *store, gint64 pulled_ms, GError **error)
{
  g_return_val_if_fail (store != NULL && pulled_ms > 0, FALSE);

  return mark (store, 0, pulled_ms, error);
}
