/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-jobs.h"

#include "sandbox-practice-routes.h"

static void
write_named (const char *element, const char *id, const char *name, SandboxXml *xml)
{
  sandbox_xml_open (xml, element);
  sandbox_xml_text (xml, "UUID", id);
  sandbox_xml_text (xml, "Name", name);
  sandbox_xml_close (xml, element);
}

static void
write_staff (const SandboxPractice *practice, const char *element, const char *id, SandboxXml *xml)
{
  if (*id != '\0')
    write_named (element, id, sandbox_practice_staff_name (practice, id), xml);
}

static void
write_assigned (const SandboxPractice *practice, const GPtrArray *assigned, SandboxXml *xml)
{
  if (assigned->len == 0)
    {
      sandbox_xml_empty (xml, "Assigned");
      return;
    }
  sandbox_xml_open (xml, "Assigned");
  for (guint i = 0; i < assigned->len; i++)
    write_staff (practice, "Staff", ((SandboxAssignment *)assigned->pdata[i])->staff, xml);
  sandbox_xml_close (xml, "Assigned");
}

static void
write_task (const SandboxPractice *practice, const SandboxTask *task, SandboxXml *xml)
{
  int base = sandbox_practice_base_task (practice, task->base);
  const char *name = base >= 0 ? sandbox_base_tasks[base].name : "";
  const char *description = base >= 0 ? sandbox_base_tasks[base].description : "";

  sandbox_xml_open (xml, "Task");
  sandbox_xml_text (xml, "UUID", task->id);
  sandbox_xml_text (xml, "TaskUUID", task->base);
  sandbox_xml_text (xml, "Name", task->label != NULL && *task->label != '\0' ? task->label : name);
  sandbox_xml_text (xml, "Description", task->description != NULL ? task->description : description);
  sandbox_xml_integer (xml, "EstimatedMinutes", task->minutes);
  sandbox_xml_integer (xml, "ActualMinutes", 0);
  sandbox_xml_flag (xml, "Completed", task->completed);
  sandbox_xml_flag (xml, "Billable", base < 0 || sandbox_base_tasks[base].billable);
  if (task->start_day != SANDBOX_NO_DAY)
    sandbox_xml_day (xml, "StartDate", task->start_day);
  if (task->due_day != SANDBOX_NO_DAY)
    sandbox_xml_day (xml, "DueDate", task->due_day);
  if (task->assigned->len > 0)
    write_assigned (practice, task->assigned, xml);
  sandbox_xml_close (xml, "Task");
}

static void
write_milestone (const SandboxMilestone *milestone, SandboxXml *xml)
{
  sandbox_xml_open (xml, "Milestone");
  sandbox_xml_text (xml, "UUID", milestone->id);
  sandbox_xml_day (xml, "Date", milestone->day);
  sandbox_xml_text (xml, "Description", milestone->description);
  sandbox_xml_flag (xml, "Completed", milestone->completed);
  sandbox_xml_empty (xml, "Folder");
  sandbox_xml_close (xml, "Milestone");
}

static void
write_note (const SandboxJobNote *note, SandboxXml *xml)
{
  sandbox_xml_open (xml, "Note");
  sandbox_xml_text (xml, "UUID", note->id);
  sandbox_xml_text (xml, "Title", note->title);
  sandbox_xml_text (xml, "Text", note->text);
  sandbox_xml_text (xml, "Folder", note->folder);
  sandbox_xml_day (xml, "Date", note->day);
  sandbox_xml_text (xml, "CreatedBy", note->created_by);
  sandbox_xml_close (xml, "Note");
}

/* An empty element where there are none. */
static gboolean
open_list (const char *name, const GPtrArray *parts, SandboxXml *xml)
{
  if (parts->len > 0)
    sandbox_xml_open (xml, name);
  else
    sandbox_xml_empty (xml, name);
  return parts->len > 0;
}

static void
write_details (const SandboxPractice *practice, const SandboxJob *job, SandboxXml *xml)
{
  if (open_list ("Tasks", job->tasks, xml))
    {
      for (guint i = 0; i < job->tasks->len; i++)
        write_task (practice, job->tasks->pdata[i], xml);
      sandbox_xml_close (xml, "Tasks");
    }
  if (open_list ("Milestones", job->milestones, xml))
    {
      for (guint i = 0; i < job->milestones->len; i++)
        write_milestone (job->milestones->pdata[i], xml);
      sandbox_xml_close (xml, "Milestones");
    }
  if (open_list ("Notes", job->notes, xml))
    {
      for (guint i = 0; i < job->notes->len; i++)
        write_note (job->notes->pdata[i], xml);
      sandbox_xml_close (xml, "Notes");
    }
}

static void
write_parties (const SandboxPractice *practice, const SandboxJob *job, SandboxXml *xml)
{
  const SandboxClient *client = sandbox_practice_client (practice, job->client);
  const SandboxClientContact *contact
      = *job->contact != '\0' ? sandbox_practice_find (practice, SANDBOX_PRACTICE_CONTACTS, job->contact)
                              : NULL;

  write_named ("Client", job->client, client != NULL ? client->name : "", xml);
  if (contact != NULL)
    write_named ("Contact", contact->id, contact->name, xml);
  sandbox_xml_text (xml, "ClientOrderNumber", job->order_number);
}

/* State and Type are names: what is written is a code and an id (xpm 6, 7.3). */
void
sandbox_job_write (const SandboxPractice *practice, const SandboxJob *job, gboolean detailed, SandboxXml *xml)
{
  const SandboxJobState *state = sandbox_job_state (job->state);
  const SandboxCategory *category
      = *job->category != '\0' ? sandbox_practice_find (practice, SANDBOX_PRACTICE_CATEGORIES, job->category)
                               : NULL;

  sandbox_xml_open (xml, "Job");
  sandbox_xml_text (xml, "ID", job->number);
  sandbox_xml_text (xml, "UUID", job->id);
  sandbox_xml_text (xml, "Name", job->name);
  sandbox_xml_text (xml, "Description", job->description);
  write_parties (practice, job, xml);
  if (job->budget >= 0)
    sandbox_xml_decimal (xml, "Budget", job->budget, SANDBOX_MONEY_PLACES);
  sandbox_xml_text (xml, "State", state != NULL ? state->name : job->state);
  sandbox_xml_text (xml, "Type", category != NULL ? category->name : NULL);
  sandbox_xml_day (xml, "StartDate", job->start_day);
  sandbox_xml_day (xml, "DueDate", job->due_day);
  if (job->completed_day != SANDBOX_NO_DAY)
    sandbox_xml_day (xml, "CompletedDate", job->completed_day);
  write_staff (practice, "Manager", job->manager, xml);
  write_staff (practice, "Partner", job->partner, xml);
  write_assigned (practice, job->assigned, xml);
  if (detailed)
    write_details (practice, job, xml);
  sandbox_xml_close (xml, "Job");
}

void
sandbox_job_answer (const SandboxPracticeCall *call, const SandboxJob *job)
{
  SandboxXml xml;

  sandbox_practice_open (call, &xml);
  sandbox_job_write (call->practice, job, TRUE, &xml);
  sandbox_practice_send (call, &xml);
}

/* NULL: the reply says so. */
SandboxJob *
sandbox_job_named (const SandboxPracticeCall *call, const char *number)
{
  SandboxJob *job = sandbox_practice_job (call->practice, number);

  if (job != NULL)
    return job;
  sandbox_practice_error (call, "Invalid job identifier");
  return NULL;
}

SandboxJob *
sandbox_job_in_body (const SandboxPracticeCall *call, const char *element)
{
  g_autofree char *number = sandbox_xml_dup (call->root, element);

  return sandbox_job_named (call, number);
}

void
sandbox_jobs_get (const SandboxPracticeCall *call)
{
  const SandboxJob *job = sandbox_job_named (call, call->identifier);
  SandboxXml xml;

  if (job == NULL)
    return;
  sandbox_practice_open (call, &xml);
  g_string_append_printf (xml.text, "<WebUrl>https://practicemanager.xero.com/Job/%s/Detail</WebUrl>",
                          job->id);
  sandbox_job_write (call->practice, job, TRUE, &xml);
  sandbox_practice_send (call, &xml);
}

static void
write_streamed (const SandboxPracticeStream *stream, gconstpointer record, SandboxXml *xml)
{
  sandbox_job_write (stream->practice, record, stream->detailed, xml);
}

static gboolean
is_there (const SandboxPracticeStream *stream, gconstpointer record)
{
  return !((const SandboxJob *)record)->deleted;
}

static gboolean
is_current (const SandboxPracticeStream *stream, gconstpointer record)
{
  const SandboxJob *job = record;
  const SandboxJobState *state = sandbox_job_state (job->state);

  return !job->deleted && state != NULL && !state->ends;
}

static gboolean
was_created (const SandboxPracticeStream *stream, gconstpointer record)
{
  const SandboxJob *job = record;

  return !job->deleted && job->created_day >= stream->from && job->created_day <= stream->to;
}

static void
send_list (const SandboxPracticeCall *call, GPtrArray *jobs, SandboxStreamKeep keep, int from, int to)
{
  SandboxPracticeStream stream = { .records = jobs,
                                   .element = "Jobs",
                                   .keep = keep,
                                   .write = write_streamed,
                                   .from = from,
                                   .to = to,
                                   .detailed = sandbox_request_flag (call->request, "detailed") };

  sandbox_practice_stream (call, &stream);
}

/* A year on from a day: 29 February leads to 1 March. */
static int
year_after (int day)
{
  g_autoptr (GDateTime) start = g_date_time_new_from_unix_utc (day * SANDBOX_DAY_MS / 1000);
  g_autoptr (GDateTime) end = g_date_time_add_years (start, 1);

  return (int)(g_date_time_to_unix (end) * 1000 / SANDBOX_DAY_MS);
}

/* By the day on which it was created; both ends, a year at most, or HTTP 400 (xpm 1.2, 7.4). */
void
sandbox_jobs_list (const SandboxPracticeCall *call)
{
  int from, to;

  if (sandbox_practice_read_day (sandbox_request_query (call->request, "from"), &from)
      && sandbox_practice_read_day (sandbox_request_query (call->request, "to"), &to) && from <= to
      && to <= year_after (from))
    send_list (call, call->practice->records[SANDBOX_PRACTICE_JOBS], was_created, from, to);
  else
    sandbox_practice_refuse (call->reply,
                             sandbox_practice_assumes (call, SANDBOX_ASSUME_JOB_WINDOW_IS_400)
                                 ? SOUP_STATUS_BAD_REQUEST
                                 : SOUP_STATUS_OK,
                             call->api_method, "from and to are required, as yyyyMMdd, a year apart at most");
}

void
sandbox_jobs_current (const SandboxPracticeCall *call)
{
  send_list (call, call->practice->records[SANDBOX_PRACTICE_JOBS], is_current, 0, 0);
}

void
sandbox_jobs_of_client (const SandboxPracticeCall *call)
{
  const SandboxClient *client = sandbox_practice_client (call->practice, call->identifier);

  if (client == NULL)
    sandbox_practice_error (call, "Invalid client identifier");
  else
    send_list (call, sandbox_practice_jobs_of (call->practice, client->id), is_there, 0, 0);
}
