/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-practice-demo.h"

#include "sandbox-decimal.h"
#include "sandbox-demo.h"
#include "sandbox-jobs.h"

#include <string.h>

#define CLIENTS_MAX 20000
#define JOBS_MAX 50000
#define CLIENTS_SHARED 22 /* of the demo: as many contacts of the Xero organisation are clients, too */
#define JOBS_DEMO 40
#define CLIENTS_BRANCH 4
#define JOBS_DAYS 1000
#define CLIENT_DAYS 900
#define NOTE_WORDS 90

typedef struct
{
  SandboxPractice *practice;
  GRand *random;
  int today;
  gboolean large; /* as full as a real practice's: some 3,300 bytes for each client */
} Maker;

static guint
below (Maker *maker, guint limit)
{
  return (guint)g_rand_int_range (maker->random, 0, (gint32)limit);
}

static gpointer
make (Maker *maker, SandboxPracticeList list)
{
  SandboxId id;

  sandbox_demo_random_id (maker->random, id);
  return sandbox_practice_make (list, id);
}

static const char *
any_id (Maker *maker, SandboxPracticeList list)
{
  const GPtrArray *records = maker->practice->records[list];

  return ((SandboxRecord *)records->pdata[below (maker, records->len)])->id;
}

static void
add_template_parts (Maker *maker, const SandboxDemoTemplate *demo, SandboxTemplate *template)
{
  g_auto (GStrv) tasks = g_strsplit (demo->tasks != NULL ? demo->tasks : "", " ", -1);
  g_auto (GStrv) milestones = g_strsplit (demo->milestones != NULL ? demo->milestones : "", "|", -1);

  for (guint i = 0; tasks[i] != NULL; i++)
    {
      SandboxTemplateTask *task = sandbox_shape_add_part (&sandbox_template_task_shape, template->tasks);
      char *rest;

      sandbox_id_copy (task->base, maker->practice->task_ids[g_ascii_strtoull (tasks[i], &rest, 10)]);
      task->minutes = 10 * g_ascii_strtoll (rest + 1, NULL, 10);
    }
  for (guint i = 0; milestones[i] != NULL; i++)
    {
      SandboxTemplateMilestone *milestone
          = sandbox_shape_add_part (&sandbox_template_milestone_shape, template->milestones);
      char *rest;

      milestone->days = g_ascii_strtoll (milestones[i], &rest, 10);
      milestone->description = g_strdup (rest + 1);
    }
}

/* What every practice has, an empty one, too. */
static void
add_settings (Maker *maker)
{
  for (guint i = 0; sandbox_demo_staff[i].name != NULL; i++)
    {
      SandboxStaff *staff = make (maker, SANDBOX_PRACTICE_STAFF);

      staff->name = g_strdup (sandbox_demo_staff[i].name);
      staff->email = g_strdup (sandbox_demo_staff[i].email);
      staff->phone = g_strdup (sandbox_demo_staff[i].phone);
      sandbox_practice_add (maker->practice, SANDBOX_PRACTICE_STAFF, staff);
    }
  for (guint i = 0; sandbox_demo_categories[i] != NULL; i++)
    {
      SandboxCategory *category = make (maker, SANDBOX_PRACTICE_CATEGORIES);

      category->name = g_strdup (sandbox_demo_categories[i]);
      sandbox_practice_add (maker->practice, SANDBOX_PRACTICE_CATEGORIES, category);
    }
  for (guint i = 0; sandbox_demo_templates[i].name != NULL; i++)
    {
      SandboxTemplate *template = make (maker, SANDBOX_PRACTICE_TEMPLATES);

      template->name = g_strdup (sandbox_demo_templates[i].name);
      add_template_parts (maker, &sandbox_demo_templates[i], template);
      sandbox_practice_add (maker->practice, SANDBOX_PRACTICE_TEMPLATES, template);
    }
}

static void
add_contact (Maker *maker, SandboxClient *client, const char *name, const char *position, gboolean primary)
{
  SandboxClientContact *contact = make (maker, SANDBOX_PRACTICE_CONTACTS);
  SandboxContactLink *link = sandbox_shape_add_part (&sandbox_contact_link_shape, client->links);

  contact->name = g_strdup (name);
  contact->salutation = g_strndup (name, strcspn (name, " "));
  contact->email = primary ? g_strdup (client->text[SANDBOX_CLIENT_EMAIL]) : NULL;
  contact->mobile = g_strdup_printf ("021 555 %04u", below (maker, 10000));
  sandbox_practice_add (maker->practice, SANDBOX_PRACTICE_CONTACTS, contact);
  sandbox_id_copy (link->contact, contact->id);
  link->position = g_strdup (position);
  link->primary = primary;
}

static void
set_text (SandboxClient *client, SandboxClientText which, char *value)
{
  g_free (client->text[which]);
  client->text[which] = value;
}

static void
fill_addresses (Maker *maker, SandboxClient *client, const char *city)
{
  set_text (client, SANDBOX_CLIENT_ADDRESS,
            g_strdup_printf ("%u Totara Street\nFloor %u", 1 + below (maker, 200), 1 + below (maker, 9)));
  set_text (client, SANDBOX_CLIENT_CITY, g_strdup (city));
  set_text (client, SANDBOX_CLIENT_POST_CODE, g_strdup_printf ("%04u", 1000 + below (maker, 8999)));
  set_text (client, SANDBOX_CLIENT_COUNTRY, g_strdup ("New Zealand"));
  if (maker->large || below (maker, 3) > 0)
    {
      set_text (client, SANDBOX_CLIENT_POSTAL_ADDRESS,
                g_strdup_printf ("PO Box %u", 100 + below (maker, 9000)));
      set_text (client, SANDBOX_CLIENT_POSTAL_CITY, g_strdup (city));
      set_text (client, SANDBOX_CLIENT_POSTAL_POST_CODE,
                g_strdup_printf ("%04u", 1000 + below (maker, 8999)));
      set_text (client, SANDBOX_CLIENT_POSTAL_COUNTRY, g_strdup ("New Zealand"));
    }
  set_text (client, SANDBOX_CLIENT_PHONE, g_strdup_printf ("+64 4 555 %04u", below (maker, 10000)));
}

static void
fill_tax (Maker *maker, SandboxClient *client, gboolean is_trust)
{
  set_text (
      client, SANDBOX_CLIENT_TAX_NUMBER,
      g_strdup_printf ("%03u-%03u-%03u", 10 + below (maker, 120), below (maker, 1000), below (maker, 1000)));
  set_text (client, SANDBOX_CLIENT_BUSINESS_NUMBER,
            g_strdup_printf ("94290%08u", (guint)client->number * 7 % 100000000));
  set_text (client, SANDBOX_CLIENT_BUSINESS_STRUCTURE, g_strdup (is_trust ? "Trust" : "Company"));
  set_text (client, SANDBOX_CLIENT_BALANCE_MONTH, g_strdup (below (maker, 4) > 0 ? "3" : "6"));
  set_text (client, SANDBOX_CLIENT_PREPARE_GST, g_strdup ("Yes"));
  set_text (client, SANDBOX_CLIENT_GST_REGISTERED, g_strdup ("Yes"));
  set_text (client, SANDBOX_CLIENT_GST_PERIOD, g_strdup ("2 Monthly"));
  set_text (client, SANDBOX_CLIENT_GST_BASIS, g_strdup ("Payment"));
}

static void
add_note (Maker *maker, SandboxClient *client)
{
  SandboxJobNote *note = sandbox_shape_add_part (&sandbox_job_note_shape, client->notes);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < NOTE_WORDS; i++)
    g_string_append (text, i % 7 == 6 ? "to the office by post. " : "papers came ");
  sandbox_demo_random_id (maker->random, note->id);
  note->title = g_strdup ("Telephone note");
  note->text = g_string_free (g_steal_pointer (&text), FALSE);
  note->created_by = g_strdup ("Mere Tane");
  note->day = maker->today - (int)below (maker, CLIENT_DAYS);
}

static SandboxClient *
add_client (Maker *maker,
            const char *name,
            const char *first_name,
            const char *last_name,
            const char *city,
            guint n)
{
  SandboxClient *client = make (maker, SANDBOX_PRACTICE_CLIENTS);
  g_autofree char *person = g_strdup_printf ("%s %s", first_name, last_name);

  client->number = maker->practice->next_client++;
  client->name = g_strdup (name);
  if (strstr (name, "No Email") == NULL)
    set_text (client, SANDBOX_CLIENT_EMAIL, sandbox_demo_email (name, n));
  fill_addresses (maker, client, city);
  fill_tax (maker, client, strstr (name, "Trust") != NULL);
  if (n % 5 == 0)
    set_text (client, SANDBOX_CLIENT_DATE_OF_BIRTH, g_strdup ("1971-04-09"));
  if (maker->large || n % 3 == 0)
    {
      set_text (client, SANDBOX_CLIENT_EXPORT_CODE, g_strdup_printf ("X%05u", n));
      set_text (client, SANDBOX_CLIENT_WEBSITE, g_strdup_printf ("www.client%u.example", n));
      add_note (maker, client);
    }
  sandbox_id_copy (client->account_manager, any_id (maker, SANDBOX_PRACTICE_STAFF));
  sandbox_id_copy (client->job_manager, any_id (maker, SANDBOX_PRACTICE_STAFF));
  add_contact (maker, client, person, "Director", TRUE);
  if (maker->large || n % 4 == 1)
    add_contact (maker, client, "Pat Holm", "Accounts", FALSE);
  client->modified_ms = (maker->today - 1 - (int)below (maker, CLIENT_DAYS)) * SANDBOX_DAY_MS;
  sandbox_practice_add (maker->practice, SANDBOX_PRACTICE_CLIENTS, client);
  return client;
}

/* As the Xero organisation has them, then those that it has not. */
static void
add_demo_clients (Maker *maker)
{
  for (guint i = 0; i < CLIENTS_SHARED; i++)
    {
      const SandboxDemoName *name = &sandbox_demo_names_nz[i];
      SandboxClient *client
          = add_client (maker, name->name, name->first_name, name->last_name, name->city, i);

      if (i == 0)
        add_contact (maker, client, "<a href=x>R&D", "\"Head\" of R&D", FALSE);
      if (i == 1) /* indented, as in the documents' own sample (xpm 1.4) */
        set_text (client, SANDBOX_CLIENT_POSTAL_ADDRESS, g_strdup ("Private Bag 7\n        Level 2"));
    }
  for (guint i = 0; sandbox_demo_clients[i].name != NULL; i++)
    {
      const SandboxDemoClient *demo = &sandbox_demo_clients[i];
      SandboxClient *client = add_client (maker, demo->name, demo->first_name, demo->last_name, "Wellington",
                                          CLIENTS_SHARED + i);

      client->prospect = demo->prospect;
      client->archived = demo->archived;
      client->deleted = demo->deleted;
    }
}

static void
add_many_clients (Maker *maker, guint n)
{
  guint n_names = 0;

  while (sandbox_demo_names_nz[n_names].name != NULL)
    n_names++;
  for (guint i = 0; i < n; i++)
    {
      const SandboxDemoName *model = &sandbox_demo_names_nz[i % n_names];
      g_autofree char *name = g_strdup_printf ("%s %s Holdings %u", model->city, model->last_name, i);
      SandboxClient *client = add_client (maker, name, model->first_name, model->last_name, model->city, i);

      client->prospect = i % 50 == 17;
      client->archived = i % 20 == 7;
      client->deleted = i % 100 == 63;
    }
}

/* Families and their companies: every tenth client has two others beside it. */
static void
add_groups (Maker *maker)
{
  const GPtrArray *clients = maker->practice->records[SANDBOX_PRACTICE_CLIENTS];

  for (guint i = 0; i + 3 < clients->len; i += 10)
    {
      SandboxGroup *group = make (maker, SANDBOX_PRACTICE_GROUPS);

      group->name = g_strdup_printf ("Family %u", i / 10 + 1);
      for (guint j = 0; j < 3; j++)
        {
          SandboxMember *member = sandbox_shape_add_part (&sandbox_member_shape, group->members);

          sandbox_id_copy (member->client, ((SandboxClient *)clients->pdata[i + j])->id);
        }
      sandbox_practice_add (maker->practice, SANDBOX_PRACTICE_GROUPS, group);
    }
}

static void
staff_job (Maker *maker, SandboxJob *job)
{
  SandboxAssignment *assignment = sandbox_shape_add_part (&sandbox_assignment_shape, job->assigned);

  sandbox_id_copy (assignment->staff, any_id (maker, SANDBOX_PRACTICE_STAFF));
  sandbox_id_copy (job->manager, any_id (maker, SANDBOX_PRACTICE_STAFF));
  sandbox_id_copy (job->partner, any_id (maker, SANDBOX_PRACTICE_STAFF));
}

/* Of the work before Countersign: three years of it, most of it done. */
static void
add_job (Maker *maker, guint n, guint of)
{
  const GPtrArray *templates = maker->practice->records[SANDBOX_PRACTICE_TEMPLATES];
  const SandboxTemplate *template = templates->pdata[below (maker, templates->len)];
  SandboxJob *job = make (maker, SANDBOX_PRACTICE_JOBS);
  guint age = (guint)((guint64)(of - 1 - n) * JOBS_DAYS / of);

  job->number = sandbox_practice_take_job_number (maker->practice);
  job->created_day = maker->today - (int)age;
  job->start_day = job->created_day + 3;
  job->due_day = job->start_day + 20 + (int)below (maker, 60);
  job->name = g_strdup_printf ("%s %u", template->name, 2026 - age / 365);
  job->description = g_strdup ("Rolled over from last year");
  job->order_number = n % 3 == 0 ? g_strdup_printf ("OLD-%05u", n) : NULL;
  job->budget = n % 4 == 0 ? -1 : (gint64)(5 + below (maker, 40)) * 10000;
  sandbox_id_copy (job->client, any_id (maker, SANDBOX_PRACTICE_CLIENTS));
  sandbox_id_copy (job->category, any_id (maker, SANDBOX_PRACTICE_CATEGORIES));
  sandbox_job_set_state (job,
                         &sandbox_job_states[age > 200 ? 3 + (below (maker, 20) == 0) : below (maker, 4)],
                         MIN (job->due_day, maker->today));
  staff_job (maker, job);
  sandbox_job_apply_template (maker->practice, job, template, FALSE, maker->random);
  sandbox_practice_add (maker->practice, SANDBOX_PRACTICE_JOBS, job);
}

static void
fill (SandboxPractice *practice, guint seed, int today, guint n_clients, guint n_jobs, gboolean demo)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed + 1000);
  Maker maker = { practice, random, today, n_clients > CLIENTS_BRANCH };

  practice->filling = TRUE;
  add_settings (&maker);
  if (demo)
    add_demo_clients (&maker);
  add_many_clients (&maker, n_clients);
  if (practice->records[SANDBOX_PRACTICE_CLIENTS]->len > 0)
    for (guint i = 0; i < n_jobs; i++)
      add_job (&maker, i, n_jobs);
  add_groups (&maker);
  practice->filling = FALSE;
  sandbox_practice_group_members (practice);
}

/* CLIENTS:JOBS; FALSE: it is not that, or too many. */
static gboolean
read_size (const char *size, gint64 *clients, gint64 *jobs)
{
  g_auto (GStrv) parts = g_strsplit (size, ":", 2);

  return g_strv_length (parts) == 2 && sandbox_decimal_parse (parts[0], 0, clients)
         && sandbox_decimal_parse (parts[1], 0, jobs) && *clients >= 0 && *clients <= CLIENTS_MAX
         && *jobs >= 0 && *jobs <= JOBS_MAX;
}

gboolean
sandbox_practice_demo_fill (GPtrArray *practices, const char *size, guint seed, int today, GError **error)
{
  gboolean demo = g_str_equal (size, "demo");
  gint64 clients = 0;
  gint64 jobs = demo ? JOBS_DEMO : 0;

  if (!demo && !g_str_equal (size, "empty") && !read_size (size, &clients, &jobs))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "The practice must be demo, empty or CLIENTS:JOBS, up to %d:%d", CLIENTS_MAX, JOBS_MAX);
      return FALSE;
    }
  fill (practices->pdata[0], seed, today, (guint)clients, (guint)jobs, demo);
  fill (practices->pdata[1], seed + 1, today, demo ? CLIENTS_BRANCH : 0, demo ? 2 : 0, FALSE);
  return TRUE;
}
