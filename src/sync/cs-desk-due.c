/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-desk-due.h"

#include "cs-journal-engine.h"
#include "cs-schedule-engine.h"
#include "cs-store-connections.h"
#include "cs-store-journal.h"
#include "cs-store-schedule.h"
#include "cs-store-settings.h"
#include "cs-worker.h"

typedef struct
{
  CsPracticeEntry *entry;
  const CsClock *clock;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  cs_practice_entry_free (job->entry);
  g_free (job);
}

/* When the first of @entries could be sent by its own state alone. A row that was being sent when its program
 * ended, or is in doubt, is looked for as soon as possible. */
static gint64
find_ready_ms (GPtrArray *entries, gint64 now_ms)
{
  gint64 ready_ms = CS_DESK_NEVER_MS;

  for (guint i = 0; i < entries->len; i++)
    {
      const CsJournalEntry *entry = g_ptr_array_index (entries, i);

      if (entry->state == CS_JOURNAL_BLOCKED)
        continue;
      if (entry->state == CS_JOURNAL_HELD)
        ready_ms = MIN (ready_ms, entry->hold_until_ms);
      else
        ready_ms = MIN (ready_ms, cs_journal_has_waited (entry->next_ms, now_ms) ? now_ms : entry->next_ms);
    }
  return ready_ms;
}

static gboolean
read_due (CsStore *store, const CsClock *clock, CsDeskDue *due, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CsConnection) connection = cs_store_get_connection (store, &local);
  g_autoptr (CsSettings) settings = local == NULL ? cs_store_get_settings (store, &local) : NULL;
  g_autoptr (GPtrArray) entries = settings != NULL ? cs_store_list_unfinished (store, NULL, &local) : NULL;
  g_autoptr (CsSchedule) schedule = local == NULL ? cs_store_get_schedule (store, &local) : NULL;
  g_autoptr (GTimeZone) zone = NULL;
  gint64 now_ms = cs_clock_now_ms (clock);
  gint64 ready_ms = 0;

  if (entries == NULL || schedule == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  *due = (CsDeskDue){ FALSE, CS_DESK_NEVER_MS, CS_DESK_NEVER_MS };
  if (connection == NULL || connection->state != CS_CONNECTION_CONNECTED)
    return TRUE;
  due->is_connected = TRUE;
  zone = g_time_zone_new_identifier (settings->time_zone);
  if (zone == NULL)
    zone = g_time_zone_new_local ();
  due->pull_ms = cs_schedule_next_pull_ms (schedule, now_ms, zone, schedule->pulled_ms);
  ready_ms = find_ready_ms (entries, now_ms);
  if (ready_ms != CS_DESK_NEVER_MS)
    due->push_ms = MAX (
        ready_ms, cs_schedule_next_push_ms (schedule, now_ms, zone, cs_schedule_get_counted_ms (schedule)));
  return TRUE;
}

static DexFuture *
run_job (gpointer data)
{
  Job *job = data;
  g_autofree char *path = g_build_filename (job->entry->folder, "practice.sqlite", NULL);
  GError *error = NULL;
  g_autoptr (CsStore) store = cs_store_open (path, CS_STORE_READ_ONLY, job->clock, &error);
  g_autofree CsDeskDue *due = g_new0 (CsDeskDue, 1);

  if (store == NULL || !read_due (store, job->clock, due, &error))
    return dex_future_new_for_error (error);
  return cs_future_new_for_record (g_steal_pointer (&due), g_free);
}

/**
 * cs_desk_read_due:
 * @entry: a practice
 * @clock: the time; outlives the future
 *
 * Returns: (transfer full): of #CsDeskDue; CS_STORE_ERROR when its file can't be read
 */
DexFuture *
cs_desk_read_due (const CsPracticeEntry *entry, const CsClock *clock)
{
  Job *job = NULL;

  g_return_val_if_fail (entry != NULL && clock != NULL, NULL);

  job = g_new0 (Job, 1);
  job->entry = cs_practice_entry_copy (entry);
  job->clock = clock;
  return cs_run_on_worker (run_job, job, job_free);
}
