/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-jobs.h"

#include "sandbox-practice-routes.h"

/* Who works on a job (xpm 7.2): each operation is an element, carried out in the order in which they come. */

static SandboxTask *
find_task (const SandboxJob *job, const char *id)
{
  for (guint i = 0; id != NULL && i < job->tasks->len; i++)
    {
      SandboxTask *task = job->tasks->pdata[i];

      if (g_ascii_strcasecmp (task->id, id) == 0)
        return task;
    }
  return NULL;
}

static void
set_assigned (GPtrArray *assigned, const char *staff, gboolean is_assigned)
{
  SandboxAssignment *assignment = NULL;

  for (guint i = 0; assignment == NULL && i < assigned->len; i++)
    if (g_str_equal (((SandboxAssignment *)assigned->pdata[i])->staff, staff))
      assignment = assigned->pdata[i];
  if (is_assigned && assignment == NULL)
    sandbox_id_copy (
        ((SandboxAssignment *)sandbox_shape_add_part (&sandbox_assignment_shape, assigned))->staff, staff);
  else if (!is_assigned && assignment != NULL && g_ptr_array_remove (assigned, assignment))
    sandbox_shape_free (&sandbox_assignment_shape, assignment);
}

/* NULL: carried out; else what is wrong. */
static const char *
assign_one (const SandboxPracticeCall *call, SandboxJob *job, const xmlNode *node)
{
  g_autofree char *id = sandbox_xml_dup_attribute (node, "uuid");
  g_autofree char *task_id = sandbox_xml_dup_attribute (node, "task-uuid");
  const SandboxStaff *staff = sandbox_practice_find (call->practice, SANDBOX_PRACTICE_STAFF, id);
  SandboxTask *task = find_task (job, task_id);

  if (sandbox_xml_is (node, "remove-manager") || sandbox_xml_is (node, "remove-partner"))
    {
      sandbox_id_copy (sandbox_xml_is (node, "remove-manager") ? job->manager : job->partner, "");
      return NULL;
    }
  if (staff == NULL || staff->gone)
    return sandbox_xml_is (node, "remove") ? "Invalid staff identifier for remove request"
                                           : "Invalid staff identifier for add request";
  if (task_id != NULL && task == NULL)
    return "Invalid task identifier";
  if (sandbox_xml_is (node, "add-manager"))
    sandbox_id_copy (job->manager, staff->id);
  else if (sandbox_xml_is (node, "add-partner"))
    sandbox_id_copy (job->partner, staff->id);
  else
    {
      gboolean add = sandbox_xml_is (node, "add");

      if (task == NULL || add) /* who works on a task works on its job */
        set_assigned (job->assigned, staff->id, add);
      if (task != NULL)
        set_assigned (task->assigned, staff->id, add);
    }
  return NULL;
}

static gboolean
is_operation (const xmlNode *node)
{
  static const char *const names[]
      = { "add", "remove", "add-manager", "remove-manager", "add-partner", "remove-partner" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (sandbox_xml_is (node, names[i]))
      return TRUE;
  return FALSE;
}

/* Whether what came before a bad one stays is unconfirmed. */
void
sandbox_jobs_assign (const SandboxPracticeCall *call)
{
  const SandboxShape *shape = sandbox_practice_kinds[SANDBOX_PRACTICE_JOBS].shape;
  SandboxJob *job = sandbox_job_in_body (call, "ID");
  SandboxJob *changed = job != NULL ? sandbox_shape_copy (shape, job) : NULL;
  const char *refusal = NULL;

  if (job == NULL)
    return;
  for (const xmlNode *node = call->root->children; refusal == NULL && node != NULL; node = node->next)
    if (is_operation (node))
      refusal = assign_one (call, changed, node);
  if (refusal == NULL || !sandbox_practice_assumes (call, SANDBOX_ASSUME_ASSIGN_IS_ALL_OR_NOTHING))
    {
      sandbox_shape_swap (shape, job, changed);
      sandbox_practice_changed (call, SANDBOX_PRACTICE_JOBS, job);
    }
  sandbox_shape_free (shape, changed);
  if (refusal != NULL)
    sandbox_practice_error (call, refusal);
  else
    sandbox_job_answer (call, job);
}

/* On the job and on its tasks, manager and partner, so that a test can count them. */
guint
sandbox_job_count_assignments (const SandboxJob *job)
{
  guint n = job->assigned->len + (*job->manager != '\0') + (*job->partner != '\0');

  for (guint i = 0; i < job->tasks->len; i++)
    n += ((SandboxTask *)job->tasks->pdata[i])->assigned->len;
  return n;
}
