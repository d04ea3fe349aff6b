/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-jobs.h"

#include "cs-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define JOB_COLUMNS                                                                                          \
  "SELECT j.id, j.proposal_id, j.client_id, c.name, p.number, j.line_id, j.period_start, j.period_end,"      \
  " j.name, j.key, j.client_order_number, j.start, j.due, j.category_id, j.templates, j.manager_id,"         \
  " j.partner_id, j.staff, j.budget_minor IS NOT NULL, j.currency, ifnull (j.budget_minor, 0), j.state,"     \
  " j.release_day, j.problem, j.number, j.there, j.description,"                                             \
  " j.state = 'deploying' AND NOT EXISTS (SELECT 1 FROM job_step s WHERE s.job_id = j.id"                    \
  "  AND s.state <> 'held')"                                                                                 \
  " FROM job j JOIN client c ON c.id = j.client_id JOIN proposal p ON p.id = j.proposal_id"

/* --- what a job is there, as kept --- */

static void
add_date (CsJsonBuilder *builder, const char *member, CsDate date)
{
  g_autofree char *text = cs_date_to_string (date);

  if (cs_date_is_set (date))
    cs_json_builder_set_string (builder, member, text);
}

static void
add_parts (CsJsonBuilder *builder, const CsWorkJob *job)
{
  cs_json_builder_name (builder, "tasks");
  cs_json_builder_begin_array (builder);
  for (guint i = 0; i < job->tasks->len; i++)
    {
      const CsWorkTask *task = g_ptr_array_index (job->tasks, i);

      cs_json_builder_begin_object (builder);
      cs_json_builder_set_string (builder, "name", task->name);
      cs_json_builder_set_integer (builder, "estimated", task->estimated_minutes);
      cs_json_builder_set_integer (builder, "actual", task->actual_minutes);
      cs_json_builder_set_boolean (builder, "done", task->is_completed);
      cs_json_builder_end_object (builder);
    }
  cs_json_builder_end_array (builder);
  cs_json_builder_name (builder, "milestones");
  cs_json_builder_begin_array (builder);
  for (guint i = 0; i < job->milestones->len; i++)
    {
      const CsWorkMilestone *milestone = g_ptr_array_index (job->milestones, i);

      cs_json_builder_begin_object (builder);
      cs_json_builder_set_string (builder, "description", milestone->description);
      add_date (builder, "date", milestone->date);
      cs_json_builder_set_boolean (builder, "done", milestone->is_completed);
      cs_json_builder_end_object (builder);
    }
  cs_json_builder_end_array (builder);
}

static char *
build_there (const CsWorkJob *job)
{
  g_autoptr (CsJsonBuilder) builder = cs_json_builder_new ();
  g_autoptr (GBytes) bytes = NULL;

  cs_json_builder_begin_object (builder);
  cs_json_builder_set_string (builder, "id", job->remote_id);
  cs_json_builder_set_string (builder, "address", job->web_address);
  cs_json_builder_set_string (builder, "state", job->state);
  cs_json_builder_set_string (builder, "category", job->category);
  cs_json_builder_set_string (builder, "manager", job->manager_id);
  cs_json_builder_set_string (builder, "partner", job->partner_id);
  add_date (builder, "start", job->start);
  add_date (builder, "due", job->due);
  add_date (builder, "completed", job->completed);
  cs_json_builder_name (builder, "staff");
  cs_json_builder_begin_array (builder);
  for (guint i = 0; i < job->staff_ids->len; i++)
    cs_json_builder_string (builder, g_ptr_array_index (job->staff_ids, i));
  cs_json_builder_end_array (builder);
  add_parts (builder, job);
  cs_json_builder_end_object (builder);
  bytes = cs_json_builder_end (builder);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static gboolean
parse_parts (const CsJsonValue *root, CsWorkJob *job, GError **error)
{
  const CsJsonValue *value;
  CsJsonIterator iterator;

  cs_json_iterator_init (&iterator, cs_json_get (root, "tasks"));
  while ((value = cs_json_iterator_next (&iterator)) != NULL)
    {
      CsWorkTask *task = cs_work_task_new ();

      g_ptr_array_add (job->tasks, task);
      g_set_str (&task->name, cs_json_get_string_or_empty (value, "name"));
      task->estimated_minutes = cs_json_get_integer (value, "estimated", 0);
      task->actual_minutes = cs_json_get_integer (value, "actual", 0);
      task->is_completed = cs_json_get_boolean (value, "done", FALSE);
    }
  cs_json_iterator_init (&iterator, cs_json_get (root, "milestones"));
  while ((value = cs_json_iterator_next (&iterator)) != NULL)
    {
      CsWorkMilestone *milestone = cs_work_milestone_new ();

      g_ptr_array_add (job->milestones, milestone);
      g_set_str (&milestone->description, cs_json_get_string_or_empty (value, "description"));
      milestone->is_completed = cs_json_get_boolean (value, "done", FALSE);
      if (!cs_json_read_date (value, "date", &milestone->date, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
parse_there (const char *text, CsWorkJob *job, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (CsJsonDocument) document = text[0] != '\0' ? cs_json_document_parse (bytes, error) : NULL;
  const CsJsonValue *root;
  const CsJsonValue *value;
  CsJsonIterator iterator;

  if (text[0] == '\0')
    return TRUE;
  if (document == NULL)
    return FALSE;
  root = cs_json_document_get_root (document);
  g_set_str (&job->remote_id, cs_json_get_string_or_empty (root, "id"));
  g_set_str (&job->web_address, cs_json_get_string_or_empty (root, "address"));
  g_set_str (&job->state, cs_json_get_string_or_empty (root, "state"));
  g_set_str (&job->category, cs_json_get_string_or_empty (root, "category"));
  g_set_str (&job->manager_id, cs_json_get_string_or_empty (root, "manager"));
  g_set_str (&job->partner_id, cs_json_get_string_or_empty (root, "partner"));
  cs_json_iterator_init (&iterator, cs_json_get (root, "staff"));
  while ((value = cs_json_iterator_next (&iterator)) != NULL)
    g_ptr_array_add (job->staff_ids, g_strdup (cs_json_value_get_string (value)));
  return cs_json_read_date (root, "start", &job->start, error)
         && cs_json_read_date (root, "due", &job->due, error)
         && cs_json_read_date (root, "completed", &job->completed, error) && parse_parts (root, job, error);
}

/* --- reading --- */

static gboolean
read_plan (CsSqlStatement *row, CsPlannedJob *planned, GError **error)
{
  planned->line_id = cs_sql_read_uuid (row);
  planned->period.start = cs_sql_read_date (row);
  planned->period.end = cs_sql_read_date (row);
  cs_sql_read_text (row, &planned->name);
  cs_sql_read_text (row, &planned->key);
  cs_sql_read_text (row, &planned->client_order_number);
  planned->start = cs_sql_read_date (row);
  planned->due = cs_sql_read_date (row);
  cs_sql_read_text (row, &planned->category_id);
  if (!cs_store_parse_texts (cs_sql_peek_text (row), planned->template_ids, error))
    return FALSE;
  cs_sql_read_text (row, &planned->roles->manager_id);
  cs_sql_read_text (row, &planned->roles->partner_id);
  if (!cs_store_parse_texts (cs_sql_peek_text (row), planned->roles->staff_ids, error))
    return FALSE;
  planned->has_budget = cs_sql_read_boolean (row);
  return TRUE;
}

static CsJob *
read_job (CsSqlStatement *row, GError **error)
{
  g_autoptr (CsJob) job = cs_job_new ();
  CsCurrency currency;

  job->planned->id = cs_sql_read_uuid (row);
  job->planned->proposal_id = cs_sql_read_uuid (row);
  job->client_id = cs_sql_read_uuid (row);
  cs_sql_read_text (row, &job->client_name);
  cs_sql_read_text (row, &job->proposal_number);
  if (!read_plan (row, job->planned, error))
    return NULL;
  currency = cs_sql_read_currency (row);
  job->planned->budget = cs_sql_read_minor (row, currency);
  if (!cs_job_state_parse (cs_sql_peek_text (row), &job->state, error))
    return NULL;
  job->release_day = cs_sql_read_date (row);
  cs_sql_read_text (row, &job->problem);
  cs_sql_read_text (row, &job->there->number);
  if (!parse_there (cs_sql_peek_text (row), job->there, error))
    return NULL;
  cs_sql_read_text (row, &job->planned->description);
  job->is_held = cs_sql_read_boolean (row);
  return g_steal_pointer (&job);
}

/** cs_store_list_jobs: Returns: (transfer full) (element-type CsJob) (nullable): all of them, by start */
GPtrArray *
cs_store_list_jobs (CsStore *store, GError **error)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_job_free);
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL, NULL);

  row = cs_sql_prepare (store->sql, JOB_COLUMNS " ORDER BY j.start, j.rid");
  while (cs_sql_next (row, error))
    {
      CsJob *job = read_job (row, error);

      if (job == NULL)
        return NULL;
      g_ptr_array_add (jobs, job);
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&jobs);
}

/** cs_store_get_job: Returns: (transfer full) (nullable): the job; else %CS_STORE_ERROR_NOT_FOUND */
CsJob *
cs_store_get_job (CsStore *store, const CsUuid *id, GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && id != NULL, NULL);

  row = cs_sql_prepare (store->sql, JOB_COLUMNS " WHERE j.id = ?");
  cs_sql_bind_uuid (row, id);
  if (cs_sql_next (row, error))
    return read_job (row, error);
  if (!cs_sql_has_failed (row))
    cs_store_refuse (error, CS_STORE_ERROR_NOT_FOUND, _ ("There is no such job."));
  return NULL;
}

/** cs_store_get_job_steps: Returns: (transfer full) (element-type CsJobStep) (nullable): the calls of its
 * saga, in order; none before it was let go */
GPtrArray *
cs_store_get_job_steps (CsStore *store, const CsUuid *id, GError **error)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_job_step_free);
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && id != NULL, NULL);

  row = cs_sql_prepare (store->sql, "SELECT kind, part, state, generation, attempts, next_ms, epoch, frozen,"
                                    " has_baseline, baseline, known_ms, message, correlation_id"
                                    " FROM job_step WHERE job_id = ? ORDER BY position");
  cs_sql_bind_uuid (row, id);
  while (cs_sql_next (row, error))
    {
      CsJobStep *step = cs_job_step_new ();

      g_ptr_array_add (steps, step);
      step->kind = (int)cs_sql_read_integer (row);
      step->index = (guint)cs_sql_read_integer (row);
      if (!cs_journal_state_parse (cs_sql_peek_text (row), &step->state, error))
        return NULL;
      step->generation = (guint)cs_sql_read_integer (row);
      step->attempts = (guint)cs_sql_read_integer (row);
      step->next_ms = cs_sql_read_integer (row);
      step->epoch = cs_sql_read_integer (row);
      step->frozen = cs_sql_read_bytes (row);
      step->has_baseline = cs_sql_read_boolean (row);
      step->baseline = (guint)cs_sql_read_integer (row);
      step->known_ms = cs_sql_read_integer (row);
      cs_sql_read_text (row, &step->message);
      cs_sql_read_text (row, &step->correlation_id);
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&steps);
}

/* --- for the runner --- */

/** cs_store_get_next_job: Returns: whether @id (out) is the job that wants to be looked at first at
 * @manager_id, and from @next_ms (out) on; FALSE without error: none does */
gboolean
cs_store_get_next_job (CsStore *store, const CsUuid *manager_id, CsUuid *id, gint64 *next_ms, GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && manager_id != NULL && id != NULL && next_ms != NULL, FALSE);

  row = cs_sql_prepare (store->sql,
                        "SELECT id, next_ms FROM job WHERE next_ms IS NOT NULL AND connection_id = ?"
                        " ORDER BY next_ms, rid LIMIT 1");
  cs_sql_bind_uuid (row, manager_id);
  if (!cs_sql_next (row, error))
    return FALSE;
  *id = cs_sql_read_uuid (row);
  *next_ms = cs_sql_read_integer (row);
  return TRUE;
}

static gboolean
read_number (CsStore *store, const char *statement, const CsUuid *id, gint64 *number, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (store->sql, statement);

  if (id != NULL)
    cs_sql_bind_uuid (row, id);
  if (!cs_sql_next (row, error))
    return !cs_sql_has_failed (row)
           && cs_store_refuse (error, CS_STORE_ERROR_NOT_FOUND, _ ("There is no such job."));
  *number = cs_sql_read_integer (row);
  return TRUE;
}

/** cs_store_get_job_hold: Returns: whether @hold_until_ms (out) is the end of the hold on its acceptance */
gboolean
cs_store_get_job_hold (CsStore *store, const CsUuid *id, gint64 *hold_until_ms, GError **error)
{
  g_return_val_if_fail (store != NULL && id != NULL && hold_until_ms != NULL, FALSE);

  return read_number (store,
                      "SELECT a.hold_until_ms FROM job j JOIN acceptance a ON a.proposal_id = j.proposal_id"
                      " WHERE j.id = ?",
                      id, hold_until_ms, error);
}

/** cs_store_get_job_known_ms: Returns: when it was planned, UTC milliseconds: of no earlier file can it tell
 */
gint64
cs_store_get_job_known_ms (CsStore *store, const CsUuid *id, GError **error)
{
  gint64 known_ms = -1;

  g_return_val_if_fail (store != NULL && id != NULL, -1);

  return read_number (store, "SELECT planned_ms FROM job WHERE id = ?", id, &known_ms, error) ? known_ms : -1;
}

/** cs_store_get_restored_ms: Returns: when the file was last found to be restored or copied; 0: never */
gint64
cs_store_get_restored_ms (CsStore *store, GError **error)
{
  gint64 restored_ms = -1;

  g_return_val_if_fail (store != NULL, -1);

  return read_number (store, "SELECT restored_ms FROM practice", NULL, &restored_ms, error) ? restored_ms
                                                                                            : -1;
}

static gboolean
write_step (CsStore *store, const CsUuid *id, guint position, const CsJobStep *step, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql,
      "INSERT OR REPLACE INTO job_step (job_id, position, kind, part, state, generation, attempts,"
      " next_ms, epoch, frozen, has_baseline, baseline, known_ms, message, correlation_id)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

  cs_sql_bind_uuid (row, id);
  cs_sql_bind_integer (row, position);
  cs_sql_bind_integer (row, step->kind);
  cs_sql_bind_integer (row, step->index);
  cs_sql_bind_text (row, cs_journal_state_to_string (step->state));
  cs_sql_bind_integer (row, step->generation);
  cs_sql_bind_integer (row, step->attempts);
  cs_sql_bind_integer (row, step->next_ms);
  cs_sql_bind_integer (row, step->epoch);
  cs_sql_bind_bytes (row, step->frozen);
  cs_sql_bind_boolean (row, step->has_baseline);
  cs_sql_bind_integer (row, step->baseline);
  cs_sql_bind_integer (row, step->known_ms);
  cs_sql_bind_text (row, step->message);
  cs_sql_bind_text (row, step->correlation_id);
  return cs_sql_run (row, error);
}

static gboolean
write_there (CsStore *store, const CsUuid *id, const CsWorkJob *there, GError **error)
{
  g_autofree char *text = build_there (there);
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "UPDATE job SET number = ?, there = ?, read_ms = ? WHERE id = ?");

  cs_sql_bind_text (row, there->number);
  cs_sql_bind_text (row, text);
  cs_sql_bind_integer (row, cs_store_now_ms (store));
  cs_sql_bind_uuid (row, id);
  return cs_sql_run (row, error);
}

static gboolean
write_progress (CsStore *store, const CsUuid *id, const CsJobProgress *progress, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "UPDATE job SET state = ?1, next_ms = iif (?2 < 0, NULL, ?2), problem = ?3,"
                  " connection_id = ifnull (connection_id, ?4) WHERE id = ?5");

  cs_sql_bind_text (row, cs_job_state_to_string (progress->state));
  cs_sql_bind_integer (row, progress->next_ms);
  cs_sql_bind_text (row, progress->problem);
  cs_sql_bind_uuid (row, progress->connection_id);
  cs_sql_bind_uuid (row, id);
  return cs_sql_run (row, error);
}

/* The first time that it is known to be there. */
static gboolean
write_live_audit (CsStore *store, const CsUuid *id, const CsJobProgress *progress, GError **error)
{
  g_autoptr (CsJsonBuilder) details = NULL;
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (store->sql, "SELECT number = '' FROM job WHERE id = ?");

  cs_sql_bind_uuid (row, id);
  if (!cs_sql_next (row, error))
    return FALSE;
  if (!cs_sql_read_boolean (row))
    return TRUE;
  details = cs_audit_details_new ();
  cs_json_builder_set_string (details, "number", progress->there->number);
  return cs_store_write_audit_id (store, "job.there", id, details, error);
}

/**
 * cs_store_write_job:
 * @store: a store
 * @id: a job
 * @steps: (element-type CsJobStep): all calls of its saga, as they are now
 * @progress: how the whole stands
 * @error: return location
 *
 * In one transaction, and in the caller's where there is one.
 *
 * Returns: whether it is on disk; else %CS_STORE_ERROR_EPOCH when somebody else holds the practice by now
 */
gboolean
cs_store_write_job (CsStore *store,
                    const CsUuid *id,
                    const GPtrArray *steps,
                    const CsJobProgress *progress,
                    GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;

  g_return_val_if_fail (store != NULL && id != NULL && steps != NULL && progress != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL || !cs_store_check_claim (store, error))
    return FALSE;
  for (guint i = 0; i < steps->len; i++)
    if (!write_step (store, id, i, g_ptr_array_index (steps, i), error))
      return FALSE;
  if (!write_progress (store, id, progress, error))
    return FALSE;
  if (progress->there != NULL
      && (!write_there (store, id, progress->there, error) || !write_live_audit (store, id, progress, error)))
    return FALSE;
  return cs_sql_commit (transaction, error);
}

/**
 * cs_store_list_live_jobs:
 * @store: a store
 * @connection_id: the practice manager
 * @first_ms: (out): when the first of them was planned, UTC milliseconds; 0: there is none
 * @error: return location
 *
 * Returns: (transfer full) (element-type utf8) (nullable): numbers of jobs that are there and not completed
 */
GPtrArray *
cs_store_list_live_jobs (CsStore *store, const CsUuid *connection_id, gint64 *first_ms, GError **error)
{
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL && first_ms != NULL, NULL);

  *first_ms = 0;
  row = cs_sql_prepare (store->sql, "SELECT number, planned_ms FROM job WHERE connection_id = ?"
                                    " AND state = 'live' ORDER BY planned_ms");
  cs_sql_bind_uuid (row, connection_id);
  while (cs_sql_next (row, error))
    {
      g_ptr_array_add (numbers, g_strdup (cs_sql_peek_text (row)));
      *first_ms = *first_ms == 0 ? cs_sql_read_integer (row) : *first_ms;
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&numbers);
}

static gboolean
find_by_number (CsStore *store,
                const CsUuid *connection_id,
                const CsWorkJob *there,
                CsUuid *id,
                char **known,
                GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT id, there FROM job WHERE connection_id = ? AND number = ? AND number <> ''");

  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, there->number);
  *id = CS_UUID_NONE;
  if (cs_sql_next (row, error))
    {
      *id = cs_sql_read_uuid (row);
      cs_sql_read_text (row, known);
    }
  return !cs_sql_has_failed (row);
}

/* What was live is completed once it says so there, and live again when that is taken back. */
static gboolean
write_completion (CsStore *store, const CsUuid *id, const CsWorkJob *there, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "UPDATE job SET state = ? WHERE id = ? AND state IN ('live', 'completed')");

  cs_sql_bind_text (row, cs_date_is_set (there->completed) ? "completed" : "live");
  cs_sql_bind_uuid (row, id);
  return cs_sql_run (row, error);
}

/**
 * cs_store_write_jobs_read:
 * @store: a store
 * @connection_id: the practice manager
 * @jobs: (element-type CsWorkJob): as just read there
 * @n_changed: (out): how many of ours are different now
 * @error: return location
 *
 * Returns: whether what is there of our jobs is known now; those of others are not kept
 */
gboolean
cs_store_write_jobs_read (CsStore *store,
                          const CsUuid *connection_id,
                          const GPtrArray *jobs,
                          guint *n_changed,
                          GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL && jobs != NULL && n_changed != NULL, FALSE);

  *n_changed = 0;
  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL)
    return FALSE;
  for (guint i = 0; i < jobs->len; i++)
    {
      const CsWorkJob *there = g_ptr_array_index (jobs, i);
      g_autofree char *known = NULL;
      g_autofree char *now = NULL;
      CsUuid id;

      if (!find_by_number (store, connection_id, there, &id, &known, error))
        return FALSE;
      now = cs_uuid_is_none (&id) ? NULL : build_there (there);
      if (now == NULL || g_str_equal (now, known))
        continue;
      if (!write_there (store, &id, there, error) || !write_completion (store, &id, there, error))
        return FALSE;
      (*n_changed)++;
    }
  return cs_sql_commit (transaction, error);
}
