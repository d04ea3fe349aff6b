/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-jobs.h"

#include "sandbox-demo.h"
#include "sandbox-practice-routes.h"

/* Tasks and milestones: from a template, or one by one (xpm 7.4). */

static void
make_part_id (GRand *random, SandboxId id)
{
  if (random == NULL)
    sandbox_id_random (id);
  else
    sandbox_demo_random_id (random, id);
}

static SandboxTask *
find_by_base (const SandboxJob *job, const char *base)
{
  for (guint i = 0; i < job->tasks->len; i++)
    {
      SandboxTask *task = job->tasks->pdata[i];

      if (g_str_equal (task->base, base))
        return task;
    }
  return NULL;
}

/* `random` is the seed's; NULL takes ids from the machine. */
void
sandbox_job_apply_template (const SandboxPractice *practice,
                            SandboxJob *job,
                            const SandboxTemplate *template,
                            gboolean append_existing,
                            GRand *random)
{
  for (guint i = 0; i < template->tasks->len; i++)
    {
      const SandboxTemplateTask *model = template->tasks->pdata[i];
      SandboxTask *task = append_existing ? find_by_base (job, model->base) : NULL;

      if (task == NULL)
        {
          task = sandbox_shape_add_part (&sandbox_task_shape, job->tasks);
          make_part_id (random, task->id);
          sandbox_id_copy (task->base, model->base);
        }
      task->minutes += model->minutes;
    }
  for (guint i = 0; i < template->milestones->len; i++)
    {
      const SandboxTemplateMilestone *model = template->milestones->pdata[i];
      SandboxMilestone *milestone = sandbox_shape_add_part (&sandbox_milestone_shape, job->milestones);

      make_part_id (random, milestone->id);
      milestone->description = g_strdup (model->description);
      milestone->day = job->start_day + (int)model->days;
    }
}

/* FALSE: the reply says why. */
static gboolean
take_members (const SandboxPracticeCall *call, SandboxTask *task)
{
  g_autofree char *label = sandbox_xml_dup (call->root, "Label");
  g_autofree char *description = sandbox_xml_dup (call->root, "Description");
  g_autofree char *minutes = sandbox_xml_dup (call->root, "EstimatedMinutes");
  g_autofree char *start = sandbox_practice_body_id (call, "StartDate");
  g_autofree char *due = sandbox_practice_body_id (call, "DueDate");

  if ((minutes != NULL && *minutes != '\0' && !sandbox_decimal_parse (minutes, 0, &task->minutes))
      || (start != NULL && !sandbox_practice_read_day (start, &task->start_day))
      || (due != NULL && !sandbox_practice_read_day (due, &task->due_day)))
    {
      sandbox_practice_error (call, "Invalid task");
      return FALSE;
    }
  if (label != NULL)
    g_set_str (&task->label, label);
  if (description != NULL)
    g_set_str (&task->description, description);
  return TRUE;
}

static void
answer_id (const SandboxPracticeCall *call, SandboxJob *job, const char *id)
{
  SandboxXml xml;

  sandbox_practice_changed (call, SANDBOX_PRACTICE_JOBS, job);
  sandbox_practice_open (call, &xml);
  sandbox_xml_text (&xml, "UUID", id);
  sandbox_practice_send (call, &xml);
}

void
sandbox_job_tasks_add (const SandboxPracticeCall *call)
{
  SandboxJob *job = sandbox_job_in_body (call, "Job");
  g_autofree char *base = sandbox_practice_body_id (call, "TaskUUID");
  int index = sandbox_practice_base_task (call->practice, base);
  SandboxTask *task;

  if (job == NULL)
    return;
  if (index < 0)
    {
      sandbox_practice_error (call, "Invalid task identifier");
      return;
    }
  task = sandbox_shape_new (&sandbox_task_shape);
  sandbox_id_random (task->id);
  sandbox_id_copy (task->base, call->practice->task_ids[index]);
  if (!take_members (call, task))
    {
      sandbox_shape_free (&sandbox_task_shape, task);
      return;
    }
  g_ptr_array_add (job->tasks, task);
  answer_id (call, job, task->id);
}

/* NULL: the reply says so. */
static SandboxTask *
named_task (const SandboxPracticeCall *call, const char *id, SandboxJob **owner)
{
  const GPtrArray *jobs = call->practice->records[SANDBOX_PRACTICE_JOBS];

  for (guint i = 0; id != NULL && i < jobs->len; i++)
    {
      SandboxJob *job = jobs->pdata[i];

      for (guint j = 0; !job->deleted && j < job->tasks->len; j++)
        if (g_ascii_strcasecmp (((SandboxTask *)job->tasks->pdata[j])->id, id) == 0)
          {
            *owner = job;
            return job->tasks->pdata[j];
          }
    }
  sandbox_practice_error (call, "Invalid task identifier");
  return NULL;
}

/* By UUID or by TaskUUID: which, the documents and the description disagree on (xpm 7.4). */
void
sandbox_job_tasks_update (const SandboxPracticeCall *call)
{
  g_autofree char *id = sandbox_practice_body_id (
      call, sandbox_practice_assumes (call, SANDBOX_ASSUME_TASK_UPDATE_BY_UUID) ? "UUID" : "TaskUUID");
  SandboxJob *job = NULL;
  SandboxTask *task = named_task (call, id, &job);
  SandboxTask *changed = task != NULL ? sandbox_shape_copy (&sandbox_task_shape, task) : NULL;

  if (task == NULL)
    return;
  if (take_members (call, changed))
    {
      sandbox_shape_swap (&sandbox_task_shape, task, changed);
      answer_id (call, job, task->id);
    }
  sandbox_shape_free (&sandbox_task_shape, changed);
}

static void
set_completed (const SandboxPracticeCall *call, gboolean completed)
{
  SandboxJob *job = NULL;
  SandboxTask *task = named_task (call, call->identifier, &job);

  if (task == NULL)
    return;
  task->completed = completed;
  sandbox_practice_changed (call, SANDBOX_PRACTICE_JOBS, job);
  sandbox_job_answer (call, job);
}

void
sandbox_job_tasks_complete (const SandboxPracticeCall *call)
{
  set_completed (call, TRUE);
}

void
sandbox_job_tasks_reopen (const SandboxPracticeCall *call)
{
  set_completed (call, FALSE);
}
