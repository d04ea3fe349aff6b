/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-jobs.h"

#include "sandbox-clients.h"
#include "sandbox-practice-routes.h"

#include <string.h>

/* FALSE: the reply says why. A day that the element must be. */
static gboolean
take_day (const SandboxPracticeCall *call, const char *element, const char *refusal, int *day)
{
  g_autofree char *text = sandbox_xml_dup (call->root, element);

  if (sandbox_practice_read_day (text, day))
    return TRUE;
  sandbox_practice_error (call, refusal);
  return FALSE;
}

static gboolean
take_budget (const SandboxPracticeCall *call, SandboxJob *job)
{
  g_autofree char *text = sandbox_xml_dup (call->root, "Budget");

  if (text == NULL || *text == '\0' || sandbox_decimal_parse (text, SANDBOX_MONEY_PLACES, &job->budget))
    return TRUE;
  sandbox_practice_error (call, "Invalid budget");
  return FALSE;
}

static gboolean
take_category (const SandboxPracticeCall *call, SandboxJob *job)
{
  g_autofree char *id = sandbox_practice_body_id (call, "CategoryUUID");
  const SandboxCategory *category
      = id != NULL ? sandbox_practice_find (call->practice, SANDBOX_PRACTICE_CATEGORIES, id) : NULL;

  if (id == NULL)
    return TRUE;
  if (category == NULL || category->gone)
    {
      sandbox_practice_error (call, "Invalid job category identifier");
      return FALSE;
    }
  sandbox_id_copy (job->category, category->id);
  return TRUE;
}

static gboolean
take_contact (const SandboxPracticeCall *call, const SandboxClient *client, SandboxJob *job)
{
  g_autofree char *id = sandbox_practice_body_id (call, "ContactUUID");

  if (id == NULL)
    return TRUE;
  for (guint i = 0; i < client->links->len; i++)
    if (g_ascii_strcasecmp (((SandboxContactLink *)client->links->pdata[i])->contact, id) == 0)
      {
        sandbox_id_copy (job->contact, ((SandboxContactLink *)client->links->pdata[i])->contact);
        return TRUE;
      }
  sandbox_practice_error (call, "Invalid contact identifier");
  return FALSE;
}

/* NULL with no reply: the body names none. */
static const SandboxTemplate *
find_template (const SandboxPracticeCall *call, gboolean *good)
{
  g_autofree char *id = sandbox_practice_body_id (call, "TemplateUUID");
  const SandboxTemplate *template
      = id != NULL ? sandbox_practice_find (call->practice, SANDBOX_PRACTICE_TEMPLATES, id) : NULL;

  *good = id == NULL || (template != NULL && !template->gone);
  if (!*good)
    sandbox_practice_error (call, "Invalid job template identifier");
  return *good ? template : NULL;
}

/* The same for a new and for a changed job; what is missing keeps what is there. */
static gboolean
take_members (const SandboxPracticeCall *call, SandboxJob *job)
{
  g_autofree char *name = sandbox_xml_dup (call->root, "Name");
  g_autofree char *description = sandbox_xml_dup (call->root, "Description");
  g_autofree char *order_number = sandbox_xml_dup (call->root, "ClientNumber");

  if (name == NULL || *name == '\0')
    {
      sandbox_practice_error (call, "The job name is required");
      return FALSE;
    }
  g_set_str (&job->name, name);
  if (description != NULL)
    g_set_str (&job->description, description);
  if (order_number != NULL)
    g_set_str (&job->order_number, order_number);
  return take_day (call, "StartDate", "Invalid start date", &job->start_day)
         && take_day (call, "DueDate", "Invalid due date", &job->due_day) && take_budget (call, job)
         && take_category (call, job);
}

/* Its own number or the next of the sequence. FALSE: the reply says that it is taken. */
static gboolean
take_number (const SandboxPracticeCall *call, SandboxJob *job)
{
  g_autofree char *number = sandbox_practice_body_id (call, "ID");
  gboolean taken = sandbox_practice_job (call->practice, number) != NULL;

  if (taken && sandbox_practice_assumes (call, SANDBOX_ASSUME_TAKEN_JOB_NUMBER_REFUSED))
    {
      sandbox_practice_error (call, "A job with this identifier already exists");
      return FALSE;
    }
  job->number = number != NULL && !taken ? g_steal_pointer (&number)
                                         : sandbox_practice_take_job_number (call->practice);
  return TRUE;
}

static void
discard (SandboxJob *job)
{
  sandbox_practice_discard (SANDBOX_PRACTICE_JOBS, job);
}

/* The same body again is one more job: there is nothing by which XPM would know it (xpm 7.1). Manager,
 * partner, staff and state are passed over. */
void
sandbox_jobs_add (const SandboxPracticeCall *call)
{
  g_autofree char *client_id = sandbox_practice_body_id (call, "ClientUUID");
  gboolean good = FALSE;
  SandboxClient *client = sandbox_client_named (call, client_id);
  const SandboxTemplate *template = client != NULL ? find_template (call, &good) : NULL;
  SandboxJob *job;

  if (!good)
    return;
  job = sandbox_practice_make (SANDBOX_PRACTICE_JOBS, NULL);
  job->budget = -1;
  sandbox_id_copy (job->client, client->id);
  if (!take_members (call, job) || !take_contact (call, client, job) || !take_number (call, job))
    {
      discard (job);
      return;
    }
  job->state = g_strdup (sandbox_job_states[0].code);
  job->created_day = sandbox_practice_today (call);
  job->by_api = TRUE;
  if (template != NULL)
    sandbox_job_apply_template (call->practice, job, template, FALSE, NULL);
  sandbox_practice_add (call->practice, SANDBOX_PRACTICE_JOBS, job);
  call->reply->changed = TRUE;
  sandbox_job_answer (call, job);
}

/* The client stays as it is (xpm 7.4). */
void
sandbox_jobs_update (const SandboxPracticeCall *call)
{
  const SandboxShape *shape = sandbox_practice_kinds[SANDBOX_PRACTICE_JOBS].shape;
  SandboxJob *job = sandbox_job_in_body (call, "ID");
  SandboxJob *changed = job != NULL ? sandbox_shape_copy (shape, job) : NULL;

  if (job == NULL)
    return;
  if (take_members (call, changed))
    {
      sandbox_shape_swap (shape, job, changed);
      sandbox_practice_changed (call, SANDBOX_PRACTICE_JOBS, job);
      sandbox_job_answer (call, job);
    }
  sandbox_shape_free (shape, changed);
}

void
sandbox_job_set_state (SandboxJob *job, const SandboxJobState *state, int today)
{
  g_set_str (&job->state, state->code);
  if (!g_str_equal (state->code, "COMPLETED"))
    job->completed_day = SANDBOX_NO_DAY;
  else if (job->completed_day == SANDBOX_NO_DAY)
    job->completed_day = today;
}

/* By its interface code, not by the name that is read (xpm 7.3). */
void
sandbox_jobs_state (const SandboxPracticeCall *call)
{
  SandboxJob *job = sandbox_job_in_body (call, "ID");
  g_autofree char *code = sandbox_xml_dup (call->root, "State");
  const SandboxJobState *state = sandbox_job_state (code);

  if (job == NULL)
    return;
  if (state == NULL)
    {
      sandbox_practice_error (call, "Invalid state code");
      return;
    }
  sandbox_job_set_state (job, state, sandbox_practice_today (call));
  sandbox_practice_changed (call, SANDBOX_PRACTICE_JOBS, job);
  sandbox_job_answer (call, job);
}

void
sandbox_jobs_delete (const SandboxPracticeCall *call)
{
  SandboxJob *job = sandbox_job_in_body (call, "ID");

  if (job == NULL)
    return;
  job->deleted = TRUE;
  sandbox_practice_renumber (call->practice, job, NULL);
  sandbox_practice_changed (call, SANDBOX_PRACTICE_JOBS, job);
  sandbox_practice_ok (call);
}

/* AppendExisting adds the minutes to a task of the same base that is there; AddNew, the default, adds tasks
 * (xpm 7.4). */
void
sandbox_jobs_apply_template (const SandboxPracticeCall *call)
{
  SandboxJob *job = sandbox_job_in_body (call, "ID");
  g_autofree char *mode = sandbox_xml_dup (call->root, "TaskMode");
  gboolean append = g_strcmp0 (mode, "AppendExisting") == 0;
  gboolean good = FALSE;
  const SandboxTemplate *template = job != NULL ? find_template (call, &good) : NULL;

  if (!good)
    return;
  if (template == NULL || (mode != NULL && *mode != '\0' && !append && !g_str_equal (mode, "AddNew")))
    {
      sandbox_practice_error (call,
                              template == NULL ? "Invalid job template identifier" : "Invalid task mode");
      return;
    }
  sandbox_job_apply_template (call->practice, job, template, append, NULL);
  sandbox_practice_changed (call, SANDBOX_PRACTICE_JOBS, job);
  sandbox_job_answer (call, job);
}

void
sandbox_jobs_note (const SandboxPracticeCall *call)
{
  SandboxJob *job = sandbox_job_in_body (call, "Job");
  g_autofree char *title = sandbox_xml_dup (call->root, "Title");
  SandboxJobNote *note;

  if (job == NULL)
    return;
  if (title == NULL || *title == '\0')
    {
      sandbox_practice_error (call, "The note title is required");
      return;
    }
  note = sandbox_shape_add_part (&sandbox_job_note_shape, job->notes);
  sandbox_id_random (note->id);
  note->title = g_steal_pointer (&title);
  note->text = sandbox_xml_dup (call->root, "Text");
  note->folder = sandbox_xml_dup (call->root, "Folder");
  note->created_by = g_strdup ("Mia Tamihana");
  note->day = sandbox_practice_today (call);
  sandbox_practice_changed (call, SANDBOX_PRACTICE_JOBS, job);
  sandbox_job_answer (call, job);
}
