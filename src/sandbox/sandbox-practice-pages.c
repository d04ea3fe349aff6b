/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-pages.h"

#include "sandbox-html.h"

#include <string.h>

gboolean
sandbox_is_practice_page (const char *path)
{
  return g_str_has_suffix (path, "/Detail")
         && (g_str_has_prefix (path, "/Client/") || g_str_has_prefix (path, "/Job/"));
}

static const char *
state_name (const SandboxJob *job)
{
  const SandboxJobState *state = sandbox_job_state (job->state);

  return state != NULL ? state->name : job->state;
}

static void
append_jobs (GString *page, const SandboxPractice *practice, const SandboxClient *client)
{
  const GPtrArray *jobs = sandbox_practice_jobs_of (practice, client->id);

  g_string_append (page, "<table><caption>Jobs</caption><tr><th>Number</th><th>Name</th><th>State</th></tr>");
  for (guint i = 0; jobs != NULL && i < jobs->len; i++)
    {
      const SandboxJob *job = jobs->pdata[i];

      if (job->deleted)
        continue;
      g_string_append (page, "<tr>");
      sandbox_html_cell (page, job->number);
      sandbox_html_cell (page, job->name);
      sandbox_html_cell (page, state_name (job));
      g_string_append (page, "</tr>");
    }
  g_string_append (page, "</table>");
}

/* The tax number stands here in whole, as on Practice Manager's own screens. */
static void
show_client (const SandboxPractice *practice, const SandboxClient *client, SandboxReply *reply)
{
  g_autoptr (GString) page = sandbox_html_new ();

  g_string_append (page, SANDBOX_HTML_NOTICE "<h1>");
  sandbox_html_text (page, client->name);
  g_string_append (page, "</h1><table>");
  sandbox_html_row (page, "Practice", practice->name);
  sandbox_html_row (page, "Status",
                    client->deleted    ? "Deleted"
                    : client->archived ? "Archived"
                    : client->prospect ? "Prospect"
                                       : "Client");
  for (guint i = 0; i < SANDBOX_CLIENT_TEXTS; i++)
    sandbox_html_row (page, sandbox_client_rules[i].read, client->text[i]);
  g_string_append (page, "</table>");
  append_jobs (page, practice, client);
  sandbox_html_reply (reply, SOUP_STATUS_OK, page);
}

static void
append_tasks (GString *page, const SandboxPractice *practice, const SandboxJob *job)
{
  g_string_append (page, "<table><caption>Tasks</caption><tr><th>Task</th><th>Done</th></tr>");
  for (guint i = 0; i < job->tasks->len; i++)
    {
      const SandboxTask *task = job->tasks->pdata[i];
      int base = sandbox_practice_base_task (practice, task->base);

      g_string_append (page, "<tr>");
      sandbox_html_cell (page, task->label != NULL ? task->label
                               : base >= 0         ? sandbox_base_tasks[base].name
                                                   : "");
      sandbox_html_cell (page, task->completed ? "Yes" : "No");
      g_string_append (page, "</tr>");
    }
  g_string_append (page, "</table>");
}

static void
show_job (const SandboxPractice *practice, const SandboxJob *job, SandboxReply *reply)
{
  const SandboxClient *client = sandbox_practice_client (practice, job->client);
  g_autoptr (GString) page = sandbox_html_new ();

  g_string_append (page, SANDBOX_HTML_NOTICE "<h1>Job ");
  sandbox_html_text (page, job->number);
  g_string_append (page, "</h1><table>");
  sandbox_html_row (page, "Practice", practice->name);
  sandbox_html_row (page, "Name", job->name);
  sandbox_html_row (page, "Client", client != NULL ? client->name : NULL);
  sandbox_html_row (page, "Client order number", job->order_number);
  sandbox_html_row (page, "Description", job->description);
  sandbox_html_row (page, "State", state_name (job));
  sandbox_html_row (page, "Manager", sandbox_practice_staff_name (practice, job->manager));
  sandbox_html_row (page, "Partner", sandbox_practice_staff_name (practice, job->partner));
  sandbox_html_day (page, "Start", job->start_day);
  sandbox_html_day (page, "Due", job->due_day);
  sandbox_html_day (page, "Completed", job->completed_day);
  g_string_append (page, "</table>");
  append_tasks (page, practice, job);
  sandbox_html_reply (reply, SOUP_STATUS_OK, page);
}

/* By the number of its web address, which is all that the page has. */
static const SandboxClient *
find_client (const SandboxPractice *practice, const char *number)
{
  const GPtrArray *clients = practice->records[SANDBOX_PRACTICE_CLIENTS];
  gint64 wanted = g_ascii_strtoll (number, NULL, 10);

  for (guint i = 0; i < clients->len; i++)
    if (((SandboxClient *)clients->pdata[i])->number == wanted)
      return clients->pdata[i];
  return NULL;
}

void
sandbox_practice_pages (SandboxWorld *world, const SandboxRequest *request, SandboxReply *reply)
{
  g_auto (GStrv) parts = g_strsplit (request->path + 1, "/", 4);
  gboolean whole = g_strv_length (parts) == 3 && sandbox_request_is_local (request);

  for (guint i = 0; whole && i < world->practices->len; i++)
    {
      const SandboxPractice *practice = world->practices->pdata[i];
      const SandboxClient *client
          = g_str_equal (parts[0], "Client") ? find_client (practice, parts[1]) : NULL;
      const SandboxJob *job
          = client == NULL ? sandbox_practice_find (practice, SANDBOX_PRACTICE_JOBS, parts[1]) : NULL;

      if (client != NULL)
        show_client (practice, client, reply);
      else if (job != NULL && !job->deleted)
        show_job (practice, job, reply);
      else
        continue;
      return;
    }
  sandbox_html_not_found (reply);
}
