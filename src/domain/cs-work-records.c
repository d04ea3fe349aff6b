/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-work-records.h"

/** cs_work_contact_new: Returns: (transfer full): a contact with empty strings */
CsWorkContact *
cs_work_contact_new (void)
{
  CsWorkContact *contact = g_new0 (CsWorkContact, 1);

  contact->remote_id = g_strdup ("");
  contact->name = g_strdup ("");
  contact->email = g_strdup ("");
  contact->phone = g_strdup ("");
  contact->mobile = g_strdup ("");
  contact->position = g_strdup ("");
  return contact;
}

/** cs_work_contact_free: frees the contact. */
void
cs_work_contact_free (CsWorkContact *contact)
{
  if (contact == NULL)
    return;
  g_free (contact->remote_id);
  g_free (contact->name);
  g_free (contact->email);
  g_free (contact->phone);
  g_free (contact->mobile);
  g_free (contact->position);
  g_free (contact);
}

/** cs_work_client_new: Returns: (transfer full): a client that holds no field, and no contacts */
CsWorkClient *
cs_work_client_new (void)
{
  CsWorkClient *client = g_new0 (CsWorkClient, 1);

  client->remote_id = g_strdup ("");
  client->web_id = g_strdup ("");
  client->fields = cs_work_fields_new ();
  client->contacts = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_work_contact_free);
  return client;
}

/** cs_work_client_free: frees the client. */
void
cs_work_client_free (CsWorkClient *client)
{
  if (client == NULL)
    return;
  g_free (client->remote_id);
  g_free (client->web_id);
  cs_work_fields_free (client->fields);
  g_ptr_array_unref (client->contacts);
  g_free (client);
}

/** cs_work_client_get: Returns: (transfer none): the value of @field, "" where it holds none */
const char *
cs_work_client_get (const CsWorkClient *client, CsWorkField field)
{
  g_return_val_if_fail (client != NULL && (gsize)field < CS_WORK_N_FIELDS, "");

  return client->fields->values[field] != NULL ? client->fields->values[field] : "";
}

/** cs_work_entry_new: Returns: (transfer full): an entry with empty strings */
CsWorkEntry *
cs_work_entry_new (void)
{
  CsWorkEntry *entry = g_new0 (CsWorkEntry, 1);

  entry->remote_id = g_strdup ("");
  entry->name = g_strdup ("");
  entry->email = g_strdup ("");
  return entry;
}

/** cs_work_entry_free: frees the entry. */
void
cs_work_entry_free (CsWorkEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->remote_id);
  g_free (entry->name);
  g_free (entry->email);
  g_free (entry);
}

/** cs_work_task_new: Returns: (transfer full): a task with empty strings */
CsWorkTask *
cs_work_task_new (void)
{
  CsWorkTask *task = g_new0 (CsWorkTask, 1);

  task->remote_id = g_strdup ("");
  task->task_id = g_strdup ("");
  task->name = g_strdup ("");
  return task;
}

/** cs_work_task_free: frees the task. */
void
cs_work_task_free (CsWorkTask *task)
{
  if (task == NULL)
    return;
  g_free (task->remote_id);
  g_free (task->task_id);
  g_free (task->name);
  g_free (task);
}

/** cs_work_milestone_new: Returns: (transfer full): a milestone without a date */
CsWorkMilestone *
cs_work_milestone_new (void)
{
  CsWorkMilestone *milestone = g_new0 (CsWorkMilestone, 1);

  milestone->description = g_strdup ("");
  milestone->date = CS_DATE_NONE;
  return milestone;
}

/** cs_work_milestone_free: frees the milestone. */
void
cs_work_milestone_free (CsWorkMilestone *milestone)
{
  if (milestone == NULL)
    return;
  g_free (milestone->description);
  g_free (milestone);
}

/** cs_work_job_new: Returns: (transfer full): a job with empty strings and lists, and no dates */
CsWorkJob *
cs_work_job_new (void)
{
  CsWorkJob *job = g_new0 (CsWorkJob, 1);
  char **const texts[] = { &job->number,      &job->remote_id, &job->web_address, &job->name,
                           &job->description, &job->client_id, &job->client_name, &job->client_order_number,
                           &job->state,       &job->category,  &job->manager_id,  &job->partner_id };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_strdup ("");
  job->start = CS_DATE_NONE;
  job->due = CS_DATE_NONE;
  job->completed = CS_DATE_NONE;
  job->staff_ids = g_ptr_array_new_with_free_func (g_free);
  job->tasks = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_work_task_free);
  job->milestones = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_work_milestone_free);
  return job;
}

/** cs_work_job_free: frees the job. */
void
cs_work_job_free (CsWorkJob *job)
{
  if (job == NULL)
    return;
  g_free (job->number);
  g_free (job->remote_id);
  g_free (job->web_address);
  g_free (job->name);
  g_free (job->description);
  g_free (job->client_id);
  g_free (job->client_name);
  g_free (job->client_order_number);
  g_free (job->state);
  g_free (job->category);
  g_free (job->manager_id);
  g_free (job->partner_id);
  g_ptr_array_unref (job->staff_ids);
  g_ptr_array_unref (job->tasks);
  g_ptr_array_unref (job->milestones);
  g_free (job);
}
