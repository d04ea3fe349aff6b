/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xpm-private.h"

static gint64
read_minutes (const CsXmlElement *element, const char *name)
{
  g_autofree char *text = cs_xpm_read_text (element, name);
  CsDecimal minutes = { 0 };

  return cs_decimal_parse (text, &minutes, NULL) ? minutes.units / CS_DECIMAL_ONE : 0;
}

static void
decode_tasks (const CsXmlElement *element, CsWorkJob *job)
{
  const CsXmlElement *child;
  CsXmlIterator iterator;

  cs_xml_iterator_init (&iterator, cs_xml_get_child (element, "Tasks"), "Task");
  while ((child = cs_xml_iterator_next (&iterator)) != NULL)
    {
      CsWorkTask *task = g_new0 (CsWorkTask, 1);

      task->remote_id = cs_xpm_read_id (child, "UUID");
      task->task_id = cs_xpm_read_id (child, "TaskUUID");
      task->name = cs_xpm_read_text (child, "Name");
      task->estimated_minutes = read_minutes (child, "EstimatedMinutes");
      task->actual_minutes = read_minutes (child, "ActualMinutes");
      task->is_completed = cs_xpm_read_truth (child, "Completed");
      g_ptr_array_add (job->tasks, task);
    }
}

static void
decode_milestones (const CsXmlElement *element, CsWorkJob *job)
{
  const CsXmlElement *child;
  CsXmlIterator iterator;

  cs_xml_iterator_init (&iterator, cs_xml_get_child (element, "Milestones"), "Milestone");
  while ((child = cs_xml_iterator_next (&iterator)) != NULL)
    {
      CsWorkMilestone *milestone = g_new0 (CsWorkMilestone, 1);

      milestone->description = cs_xpm_read_text (child, "Description");
      milestone->date = cs_xpm_read_date (child, "Date");
      milestone->is_completed = cs_xpm_read_truth (child, "Completed");
      g_ptr_array_add (job->milestones, milestone);
    }
}

static void
decode_people (const CsXmlElement *element, CsWorkJob *job)
{
  const CsXmlElement *child;
  CsXmlIterator iterator;

  job->manager_id = cs_xpm_read_id (cs_xml_get_child (element, "Manager"), "UUID");
  job->partner_id = cs_xpm_read_id (cs_xml_get_child (element, "Partner"), "UUID");
  cs_xml_iterator_init (&iterator, cs_xml_get_child (element, "Assigned"), "Staff");
  while ((child = cs_xml_iterator_next (&iterator)) != NULL)
    {
      g_autofree char *id = cs_xpm_read_id (child, "UUID");

      if (id[0] != '\0')
        g_ptr_array_add (job->staff_ids, g_steal_pointer (&id));
    }
}

/**
 * cs_xpm_decode_job:
 * @element: a Job (xpm.md 7.1)
 * @error: BAD_REPLY: it has no number
 *
 * Returns: (transfer full) (nullable): the job
 */
CsWorkJob *
cs_xpm_decode_job (const CsXmlElement *element, GError **error)
{
  g_autoptr (CsWorkJob) job = g_new0 (CsWorkJob, 1);
  g_autofree char *budget = cs_xpm_read_text (element, "Budget");
  const CsXmlElement *client = cs_xml_get_child (element, "Client");

  job->number = cs_xpm_read_text (element, "ID");
  job->remote_id = cs_xpm_read_id (element, "UUID");
  job->web_address = cs_xpm_read_text (element, "WebUrl");
  if (!cs_xpm_is_web_address (job->web_address))
    g_set_str (&job->web_address, "");
  job->name = cs_xpm_read_text (element, "Name");
  job->description = cs_xpm_read_text (element, "Description");
  job->client_id = cs_xpm_read_id (client, "UUID");
  job->client_name = cs_xpm_read_text (client, "Name");
  job->client_order_number = cs_xpm_read_text (element, "ClientOrderNumber");
  job->state = cs_xpm_read_text (element, "State");
  job->category = cs_xpm_read_text (element, "Type");
  job->has_budget = cs_decimal_parse (budget, &job->budget, NULL);
  job->start = cs_xpm_read_date (element, "StartDate");
  job->due = cs_xpm_read_date (element, "DueDate");
  job->completed = cs_xpm_read_date (element, "CompletedDate");
  job->staff_ids = g_ptr_array_new_with_free_func (g_free);
  job->tasks = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_work_task_free);
  job->milestones = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_work_milestone_free);
  decode_people (element, job);
  decode_tasks (element, job);
  decode_milestones (element, job);
  if (job->number[0] == '\0')
    {
      g_propagate_error (error, cs_xpm_bad_reply (NULL));
      return NULL;
    }
  return g_steal_pointer (&job);
}
