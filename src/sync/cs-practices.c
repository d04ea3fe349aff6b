/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-practices.h"

#include "cs-worker.h"

typedef struct _Job Job;
typedef CsPracticeEntry *(*JobFunc) (CsRegistry *registry, Job *job, GError **error);

struct _Job
{
  JobFunc run;
  char *data_folder;
  const CsClock *clock;
  char *name;
  CsUuid id;
  CsSessionAhead *ahead; /* (nullable) */
};

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->data_folder);
  g_free (job->name);
  g_clear_pointer (&job->ahead, cs_session_ahead_unref);
  g_free (job);
}

static DexFuture *
run_job (gpointer data)
{
  Job *job = data;
  g_autoptr (CsRegistry) registry = NULL;
  CsPracticeEntry *entry;
  GError *error = NULL;

  registry = cs_registry_open (job->data_folder, job->clock, &error);
  if (registry == NULL)
    return dex_future_new_for_error (error);
  entry = job->run (registry, job, &error);
  if (error != NULL)
    return dex_future_new_for_error (error);
  return cs_future_new_for_record (entry, (GDestroyNotify)cs_practice_entry_free);
}

static Job *
job_new (JobFunc run, const char *data_folder, const CsClock *clock)
{
  Job *job = g_new0 (Job, 1);

  job->run = run;
  job->data_folder = g_strdup (data_folder);
  job->clock = clock;
  return job;
}

static DexFuture *
start (JobFunc run, const char *data_folder, const CsClock *clock, const char *name, const CsUuid *id)
{
  Job *job = job_new (run, data_folder, clock);

  job->name = g_strdup (name);
  if (id != NULL)
    job->id = *id;
  return cs_run_on_worker (run_job, job, job_free);
}

static CsPracticeEntry *
find_last (CsRegistry *registry, Job *job, GError **error)
{
  g_autoptr (GPtrArray) entries = cs_registry_list (registry, error);
  const CsPracticeEntry *entry = entries != NULL && entries->len > 0 ? g_ptr_array_index (entries, 0) : NULL;

  /* A demo waits for its sandbox, and may be thrown away meanwhile. */
  if (entry != NULL && !entry->is_demo && job->ahead != NULL)
    cs_session_ahead_begin (job->ahead, entry);
  return entry != NULL ? cs_practice_entry_copy (entry) : NULL;
}

static CsPracticeEntry *
find_demo (CsRegistry *registry, Job *job, GError **error)
{
  g_autoptr (GPtrArray) entries = cs_registry_list (registry, error);

  if (entries == NULL)
    return NULL;
  for (guint i = 0; i < entries->len; i++)
    {
      const CsPracticeEntry *entry = g_ptr_array_index (entries, i);

      if (entry->is_demo)
        return cs_practice_entry_copy (entry);
    }
  return cs_registry_add (registry, job->name, TRUE, error);
}

static CsPracticeEntry *
create (CsRegistry *registry, Job *job, GError **error)
{
  return cs_registry_add (registry, job->name, FALSE, error);
}

static CsPracticeEntry *
mark_opened (CsRegistry *registry, Job *job, GError **error)
{
  cs_registry_mark_opened (registry, &job->id, error);
  return NULL;
}

static CsPracticeEntry *
rename_practice (CsRegistry *registry, Job *job, GError **error)
{
  cs_registry_rename (registry, &job->id, job->name, error);
  return NULL;
}

static CsPracticeEntry *
remove_practice (CsRegistry *registry, Job *job, GError **error)
{
  cs_registry_remove (registry, &job->id, error);
  return NULL;
}

static DexFuture *
run_list_job (gpointer data)
{
  Job *job = data;
  GError *error = NULL;
  g_autoptr (CsRegistry) registry = cs_registry_open (job->data_folder, job->clock, &error);
  GPtrArray *entries = registry != NULL ? cs_registry_list (registry, &error) : NULL;

  return entries != NULL ? cs_future_new_for_array (entries) : dex_future_new_for_error (error);
}

/**
 * cs_practices_list:
 * @data_folder: where the registry is
 * @clock: the time; outlives the future
 *
 * Returns: (transfer full): a future of the practices, last opened first
 */
DexFuture *
cs_practices_list (const char *data_folder, const CsClock *clock)
{
  Job *job = g_new0 (Job, 1);

  job->data_folder = g_strdup (data_folder);
  job->clock = clock;
  return cs_run_on_worker (run_list_job, job, job_free);
}

/**
 * cs_practices_find_last:
 * @data_folder: where the registry is
 * @clock: the time; outlives the future
 * @ahead: (nullable): begins with that practice's files at once
 *
 * Returns: (transfer full): a future of the practice that was opened last, or of none
 */
DexFuture *
cs_practices_find_last (const char *data_folder, const CsClock *clock, CsSessionAhead *ahead)
{
  Job *job = job_new (find_last, data_folder, clock);

  job->ahead = ahead != NULL ? cs_session_ahead_ref (ahead) : NULL;
  return cs_run_on_worker (run_job, job, job_free);
}

/**
 * cs_practices_find_demo:
 * @data_folder: where the registry is
 * @clock: the time; outlives the future
 * @name: what a new demo is called
 *
 * Returns: (transfer full): a future of the demo practice, which is made if there is none
 */
DexFuture *
cs_practices_find_demo (const char *data_folder, const CsClock *clock, const char *name)
{
  return start (find_demo, data_folder, clock, name, NULL);
}

/**
 * cs_practices_create:
 * @data_folder: where the registry is
 * @clock: the time; outlives the future
 * @name: what the practice is called
 *
 * Returns: (transfer full): a future of the new practice
 */
DexFuture *
cs_practices_create (const char *data_folder, const CsClock *clock, const char *name)
{
  return start (create, data_folder, clock, name, NULL);
}

/**
 * cs_practices_mark_opened:
 * @data_folder: where the registry is
 * @clock: the time; outlives the future
 * @id: the practice
 *
 * Returns: (transfer full): a future that ends when @id is the one to open next time
 */
DexFuture *
cs_practices_mark_opened (const char *data_folder, const CsClock *clock, const CsUuid *id)
{
  return start (mark_opened, data_folder, clock, NULL, id);
}

/**
 * cs_practices_rename:
 * @data_folder: where the registry is
 * @clock: the time; outlives the future
 * @id: the practice
 * @name: what it is called now
 *
 * Returns: (transfer full): a future that ends when the registry knows @name
 */
DexFuture *
cs_practices_rename (const char *data_folder, const CsClock *clock, const CsUuid *id, const char *name)
{
  return start (rename_practice, data_folder, clock, name, id);
}

/**
 * cs_practices_remove:
 * @data_folder: where the registry is
 * @clock: the time; outlives the future
 * @id: the practice
 *
 * Returns: (transfer full): a future that ends when @id is no longer listed; only a demo's folder goes with
 * it
 */
DexFuture *
cs_practices_remove (const char *data_folder, const CsClock *clock, const CsUuid *id)
{
  return start (remove_practice, data_folder, clock, NULL, id);
}
