/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-control-practice.h"

#include "sandbox-jobs.h"

/* What a practice holds, so that a test can count duplicates, and who may connect it. */

/* The one that "practice" names, or the first. NULL: there is none; the reply says so. */
SandboxPractice *
sandbox_control_choose_practice (SandboxWorld *world, const char *id, SandboxReply *reply)
{
  SandboxPractice *practice = id != NULL ? sandbox_world_practice (world, id) : world->practices->pdata[0];

  if (practice == NULL)
    sandbox_reply_not_found (reply);
  return practice;
}

static void
write_order_numbers (const SandboxPractice *practice, SandboxJson *json)
{
  const GPtrArray *jobs = practice->records[SANDBOX_PRACTICE_JOBS];
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer number, count;

  for (guint i = 0; i < jobs->len; i++)
    {
      const SandboxJob *job = jobs->pdata[i];

      if (!job->deleted && job->order_number != NULL && *job->order_number != '\0')
        g_hash_table_insert (
            counts, job->order_number,
            GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, job->order_number)) + 1));
    }
  sandbox_json_open (json, "jobs_by_order_number", '{');
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &number, &count))
    sandbox_json_integer (json, number, GPOINTER_TO_UINT (count));
  sandbox_json_close (json, '}');
}

static void
write_day (SandboxJson *json, const char *name, int day)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (day != SANDBOX_NO_DAY)
    sandbox_day_append (text, day);
  sandbox_json_string (json, name, text->str);
}

static void
write_ids (SandboxJson *json, const char *name, const GPtrArray *assigned)
{
  sandbox_json_open (json, name, '[');
  for (guint i = 0; i < assigned->len; i++)
    sandbox_json_string (json, NULL, ((SandboxAssignment *)assigned->pdata[i])->staff);
  sandbox_json_close (json, ']');
}

static void
write_job (const SandboxPractice *practice, const SandboxJob *job, SandboxJson *json)
{
  const SandboxClient *client = sandbox_practice_client (practice, job->client);

  sandbox_json_open (json, NULL, '{');
  sandbox_json_string (json, "number", job->number);
  sandbox_json_string (json, "id", job->id);
  sandbox_json_string (json, "name", job->name);
  sandbox_json_text (json, "description", job->description);
  sandbox_json_text (json, "order_number", job->order_number);
  sandbox_json_string (json, "client_id", job->client);
  sandbox_json_text (json, "client", client != NULL ? client->name : NULL);
  sandbox_json_string (json, "state", job->state);
  sandbox_json_string (json, "category_id", job->category);
  if (job->budget >= 0)
    sandbox_json_decimal (json, "budget", job->budget, SANDBOX_MONEY_PLACES);
  write_day (json, "start", job->start_day);
  write_day (json, "due", job->due_day);
  sandbox_json_string (json, "manager", job->manager);
  sandbox_json_string (json, "partner", job->partner);
  write_ids (json, "assigned", job->assigned);
  sandbox_json_integer (json, "assignments", sandbox_job_count_assignments (job));
  sandbox_json_integer (json, "tasks", job->tasks->len);
  sandbox_json_integer (json, "milestones", job->milestones->len);
  sandbox_json_integer (json, "notes", job->notes->len);
  sandbox_json_close (json, '}');
}

static void
write_client (const SandboxClient *client, gboolean whole, SandboxJson *json)
{
  sandbox_json_open (json, NULL, '{');
  sandbox_json_string (json, "id", client->id);
  sandbox_json_integer (json, "web_number", client->number);
  sandbox_json_string (json, "name", client->name);
  sandbox_json_text (json, "email", client->text[SANDBOX_CLIENT_EMAIL]);
  sandbox_json_bool (json, "prospect", client->prospect);
  sandbox_json_bool (json, "archived", client->archived);
  sandbox_json_bool (json, "deleted", client->deleted);
  sandbox_json_integer (json, "tax_writes", client->tax_writes);
  sandbox_json_integer (json, "contacts", client->links->len);
  for (guint i = 0; whole && i < SANDBOX_CLIENT_TEXTS; i++)
    sandbox_json_text (json, sandbox_client_rules[i].read, client->text[i]);
  sandbox_json_close (json, '}');
}

typedef struct
{
  guint jobs;
  guint tasks;
  guint milestones;
  guint assignments;
  guint clients;
  gint64 tax_writes;
} Counts;

static Counts
count (const SandboxPractice *practice)
{
  const GPtrArray *jobs = practice->records[SANDBOX_PRACTICE_JOBS];
  const GPtrArray *clients = practice->records[SANDBOX_PRACTICE_CLIENTS];
  Counts counts = { 0 };

  for (guint i = 0; i < jobs->len; i++)
    {
      const SandboxJob *job = jobs->pdata[i];

      if (job->deleted)
        continue;
      counts.jobs++;
      counts.tasks += job->tasks->len;
      counts.milestones += job->milestones->len;
      counts.assignments += sandbox_job_count_assignments (job);
    }
  for (guint i = 0; i < clients->len; i++)
    {
      const SandboxClient *client = clients->pdata[i];

      counts.clients += !client->deleted;
      counts.tax_writes += client->tax_writes;
    }
  return counts;
}

static void
write_counts (const SandboxPractice *practice, SandboxJson *json)
{
  Counts counts = count (practice);

  sandbox_json_integer (json, "clients", counts.clients);
  sandbox_json_integer (json, "contacts", practice->records[SANDBOX_PRACTICE_CONTACTS]->len);
  sandbox_json_integer (json, "jobs", counts.jobs);
  sandbox_json_integer (json, "tasks", counts.tasks);
  sandbox_json_integer (json, "milestones", counts.milestones);
  sandbox_json_integer (json, "assignments", counts.assignments);
  sandbox_json_integer (json, "tax_writes", counts.tax_writes);
  sandbox_json_integer (json, "writes", practice->writes);
}

/* Staff, templates and categories: name, id, whether they are gone. */
static void
write_settings (const SandboxPractice *practice, SandboxJson *json)
{
  const GPtrArray *staff = practice->records[SANDBOX_PRACTICE_STAFF];
  const GPtrArray *templates = practice->records[SANDBOX_PRACTICE_TEMPLATES];
  const GPtrArray *categories = practice->records[SANDBOX_PRACTICE_CATEGORIES];

  sandbox_json_open (json, "staff", '[');
  for (guint i = 0; i < staff->len; i++)
    {
      const SandboxStaff *one = staff->pdata[i];

      sandbox_json_open (json, NULL, '{');
      sandbox_json_string (json, "id", one->id);
      sandbox_json_string (json, "name", one->name);
      sandbox_json_text (json, "email", one->email);
      sandbox_json_bool (json, "gone", one->gone);
      sandbox_json_close (json, '}');
    }
  sandbox_json_close (json, ']');
  sandbox_json_open (json, "templates", '[');
  for (guint i = 0; i < templates->len; i++)
    {
      const SandboxTemplate *one = templates->pdata[i];

      sandbox_json_open (json, NULL, '{');
      sandbox_json_string (json, "id", one->id);
      sandbox_json_string (json, "name", one->name);
      sandbox_json_integer (json, "tasks", one->tasks->len);
      sandbox_json_integer (json, "milestones", one->milestones->len);
      sandbox_json_bool (json, "gone", one->gone);
      sandbox_json_close (json, '}');
    }
  sandbox_json_close (json, ']');
  sandbox_json_open (json, "categories", '[');
  for (guint i = 0; i < categories->len; i++)
    {
      const SandboxCategory *one = categories->pdata[i];

      sandbox_json_open (json, NULL, '{');
      sandbox_json_string (json, "id", one->id);
      sandbox_json_string (json, "name", one->name);
      sandbox_json_bool (json, "gone", one->gone);
      sandbox_json_close (json, '}');
    }
  sandbox_json_close (json, ']');
}

static void
write_made (const SandboxPractice *practice, SandboxJson *json)
{
  const GPtrArray *clients = practice->records[SANDBOX_PRACTICE_CLIENTS];
  const GPtrArray *jobs = practice->records[SANDBOX_PRACTICE_JOBS];

  sandbox_json_open (json, "created_clients", '[');
  for (guint i = 0; i < clients->len; i++)
    if (((SandboxClient *)clients->pdata[i])->by_api)
      write_client (clients->pdata[i], FALSE, json);
  sandbox_json_close (json, ']');
  sandbox_json_open (json, "created_jobs", '[');
  for (guint i = 0; i < jobs->len; i++)
    if (((SandboxJob *)jobs->pdata[i])->by_api && !((SandboxJob *)jobs->pdata[i])->deleted)
      write_job (practice, jobs->pdata[i], json);
  sandbox_json_close (json, ']');
}

static void
write_practices (const SandboxWorld *world, SandboxJson *json)
{
  sandbox_json_open (json, "practices", '[');
  for (guint i = 0; i < world->practices->len; i++)
    {
      const SandboxPractice *practice = world->practices->pdata[i];

      sandbox_json_open (json, NULL, '{');
      sandbox_json_string (json, "id", practice->id);
      sandbox_json_string (json, "name", practice->name);
      sandbox_json_close (json, '}');
    }
  sandbox_json_close (json, ']');
}

static void
write_state (const SandboxWorld *world, const SandboxPractice *practice, SandboxReply *reply)
{
  g_auto (SandboxJson) json = { NULL };

  sandbox_json_init (&json);
  sandbox_json_open (&json, NULL, '{');
  sandbox_json_string (&json, "practice", practice->id);
  sandbox_json_string (&json, "name", practice->name);
  sandbox_json_string (&json, "privilege", sandbox_privilege_names[practice->privilege]);
  write_counts (practice, &json);
  write_practices (world, &json);
  write_settings (practice, &json);
  write_made (practice, &json);
  write_order_numbers (practice, &json);
  sandbox_json_close (&json, '}');
  sandbox_reply_json (reply, SOUP_STATUS_OK, &json);
}

/* practice/clients/ID and practice/jobs/NUMBER. FALSE: it is neither. */
static gboolean
write_one (const SandboxPractice *practice, const char *rest, SandboxReply *reply)
{
  g_auto (GStrv) parts = g_strsplit (rest, "/", 2);
  gboolean is_job = g_strcmp0 (parts[0], "jobs") == 0;
  const SandboxJob *job = is_job ? sandbox_practice_job (practice, parts[1]) : NULL;
  const SandboxClient *client
      = g_strcmp0 (parts[0], "clients") == 0 ? sandbox_practice_client (practice, parts[1]) : NULL;
  g_auto (SandboxJson) json = { NULL };

  if (job == NULL && client == NULL)
    return FALSE;
  sandbox_json_init (&json);
  if (job != NULL)
    write_job (practice, job, &json);
  else
    write_client (client, TRUE, &json);
  sandbox_reply_json (reply, SOUP_STATUS_OK, &json);
  return TRUE;
}

void
sandbox_control_practice_read (SandboxWorld *world,
                               const SandboxRequest *request,
                               const char *rest,
                               SandboxReply *reply)
{
  const SandboxPractice *practice
      = sandbox_control_choose_practice (world, sandbox_request_query (request, "practice"), reply);

  if (practice == NULL)
    return;
  if (*rest == '\0')
    write_state (world, practice, reply);
  else if (!write_one (practice, rest, reply))
    sandbox_reply_not_found (reply);
}

/* {"privilege":"missing"} sets it; {"press":"tick"} and {"press":"untick"} are what a person can do: ticking
 * a box that is ticked and does nothing changes nothing (xpm 2.4). */
static void
set_privilege (SandboxPractice *practice, yyjson_val *root, SandboxReply *reply)
{
  int privilege = sandbox_name_index (sandbox_privilege_names, sandbox_json_get_text (root, "privilege"));
  const char *press = sandbox_json_get_text (root, "press");

  if (g_strcmp0 (press, "untick") == 0)
    privilege = SANDBOX_PRIVILEGE_MISSING;
  else if (g_strcmp0 (press, "tick") == 0)
    privilege = practice->privilege == SANDBOX_PRIVILEGE_TICKED ? SANDBOX_PRIVILEGE_TICKED
                                                                : SANDBOX_PRIVILEGE_GRANTED;
  if (privilege < 0)
    {
      sandbox_control_refuse (reply, SOUP_STATUS_BAD_REQUEST,
                              "privilege must be granted, missing or ticked; press must be tick or untick");
      return;
    }
  practice->privilege = (SandboxPrivilege)privilege;
  sandbox_control_confirm (reply);
}

void
sandbox_control_practice (SandboxWorld *world, yyjson_val *root, const char *rest, SandboxReply *reply)
{
  SandboxPractice *practice
      = sandbox_control_choose_practice (world, sandbox_json_get_text (root, "practice"), reply);
  g_auto (GStrv) parts = g_strsplit (rest, "/", 3);

  if (practice == NULL)
    return;
  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *decoded = g_uri_unescape_string (parts[i], NULL);

      g_free (parts[i]);
      parts[i] = decoded != NULL ? decoded : g_strdup ("");
    }
  if (g_strv_length (parts) == 1 && g_str_equal (parts[0], "privilege"))
    set_privilege (practice, root, reply);
  else if (!sandbox_control_people (world, practice, parts, root, reply))
    sandbox_reply_not_found (reply);
  reply->changed = reply->status == SOUP_STATUS_OK;
}
