/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-practice.h"

#include "sandbox-organisation.h"

const char *const sandbox_privilege_names[] = { "granted", "missing", "ticked", NULL };

G_STATIC_ASSERT (G_N_ELEMENTS (sandbox_privilege_names) == SANDBOX_PRIVILEGES + 1);

/* The same for the same practice, as all that the seed makes. */
static SandboxId *
make_ids (const char *scope, const char *kind, guint n)
{
  SandboxId *ids = g_new0 (SandboxId, n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);
      g_autofree char *id = sandbox_make_id (scope, kind, name);

      sandbox_id_copy (ids[i], id);
    }
  return ids;
}

/* Clients are numbered from `first_client`: web addresses tell the practices of one sandbox apart. */
SandboxPractice *
sandbox_practice_new (const char *id, const char *name, gint64 first_client)
{
  SandboxPractice *self = g_new0 (SandboxPractice, 1);

  self->id = g_strdup (id);
  self->name = g_strdup (name);
  for (guint i = 0; i < SANDBOX_PRACTICE_LISTS; i++)
    {
      self->records[i] = g_ptr_array_new ();
      self->pending[i] = g_ptr_array_new ();
      self->by_id[i] = g_hash_table_new (g_str_hash, g_str_equal);
    }
  self->jobs_by_number = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->jobs_by_client
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
  self->groups_by_client
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
  self->task_ids = make_ids (id, "task", sandbox_n_base_tasks);
  self->definition_ids = make_ids (id, "definition", sandbox_n_field_definitions);
  self->next_client = first_client;
  self->next_job = 1;
  return self;
}

void
sandbox_practice_free (SandboxPractice *self)
{
  g_hash_table_unref (self->groups_by_client);
  g_hash_table_unref (self->jobs_by_client);
  g_hash_table_unref (self->jobs_by_number);
  for (guint i = 0; i < SANDBOX_PRACTICE_LISTS; i++)
    {
      for (guint j = 0; j < self->records[i]->len; j++)
        sandbox_practice_discard ((SandboxPracticeList)i, self->records[i]->pdata[j]);
      g_hash_table_unref (self->by_id[i]);
      g_ptr_array_unref (self->pending[i]);
      g_ptr_array_unref (self->records[i]);
    }
  g_free (self->definition_ids);
  g_free (self->task_ids);
  g_free (self->name);
  g_free (self->id);
  g_free (self);
}

/* NULL: with an id of its own. */
gpointer
sandbox_practice_make (SandboxPracticeList list, const char *id)
{
  SandboxRecord *record = sandbox_shape_new (sandbox_practice_kinds[list].shape);

  if (id != NULL)
    sandbox_id_copy (record->id, id);
  else
    sandbox_id_random (record->id);
  return record;
}

void
sandbox_practice_discard (SandboxPracticeList list, gpointer record)
{
  sandbox_shape_free (sandbox_practice_kinds[list].shape, record);
}

static void
append_to (GHashTable *table, const char *key, gpointer record)
{
  GPtrArray *array = g_hash_table_lookup (table, key);

  if (array == NULL)
    {
      array = g_ptr_array_new ();
      g_hash_table_insert (table, (gpointer)key, array);
    }
  g_ptr_array_add (array, record);
}

void
sandbox_practice_add (SandboxPractice *self, SandboxPracticeList list, gpointer record)
{
  SandboxRecord *head = record;
  SandboxJob *job = record;

  g_ptr_array_add (self->records[list], record);
  g_hash_table_insert (self->by_id[list], head->id, record);
  if (list == SANDBOX_PRACTICE_JOBS)
    {
      if (!job->deleted)
        g_hash_table_insert (self->jobs_by_number, g_utf8_casefold (job->number, -1), job);
      append_to (self->jobs_by_client, job->client, job);
    }
  else if (list == SANDBOX_PRACTICE_GROUPS && !self->filling)
    sandbox_practice_group_members (self);
  sandbox_practice_touch (self, list, record);
}

/* The state file must hold it as it is now. */
void
sandbox_practice_touch (SandboxPractice *self, SandboxPracticeList list, gpointer record)
{
  SandboxRecord *head = record;

  if (self->filling)
    return;
  head->kept = TRUE;
  if (!head->pending)
    g_ptr_array_add (self->pending[list], record);
  head->pending = TRUE;
}

/* After a group or its members have changed. */
void
sandbox_practice_group_members (SandboxPractice *self)
{
  GPtrArray *groups = self->records[SANDBOX_PRACTICE_GROUPS];

  g_hash_table_remove_all (self->groups_by_client);
  for (guint i = 0; i < groups->len; i++)
    {
      const SandboxGroup *group = groups->pdata[i];

      for (guint j = 0; !group->gone && j < group->members->len; j++)
        append_to (self->groups_by_client, ((SandboxMember *)group->members->pdata[j])->client,
                   groups->pdata[i]);
    }
}

/* The table of numbers follows; a deleted job's number is free again. */
void
sandbox_practice_renumber (SandboxPractice *self, SandboxJob *job, const char *number)
{
  g_autofree char *before = g_utf8_casefold (job->number, -1);

  if (g_hash_table_lookup (self->jobs_by_number, before) == job)
    g_hash_table_remove (self->jobs_by_number, before);
  if (number == NULL)
    return;
  g_set_str (&job->number, number);
  g_hash_table_insert (self->jobs_by_number, g_utf8_casefold (number, -1), job);
}

/* Identifiers are compared without case (xpm 1.4). */
gpointer
sandbox_practice_find (const SandboxPractice *self, SandboxPracticeList list, const char *id)
{
  g_autofree char *folded = id != NULL ? g_ascii_strdown (id, -1) : NULL;

  return folded != NULL ? g_hash_table_lookup (self->by_id[list], folded) : NULL;
}

/* A deleted one is found: it is listed. */
SandboxClient *
sandbox_practice_client (const SandboxPractice *self, const char *id)
{
  return sandbox_practice_find (self, SANDBOX_PRACTICE_CLIENTS, id);
}

SandboxJob *
sandbox_practice_job (const SandboxPractice *self, const char *number)
{
  g_autofree char *folded = number != NULL ? g_utf8_casefold (number, -1) : NULL;

  return folded != NULL ? g_hash_table_lookup (self->jobs_by_number, folded) : NULL;
}

const char *
sandbox_practice_staff_name (const SandboxPractice *self, const char *id)
{
  const SandboxStaff *staff = g_hash_table_lookup (self->by_id[SANDBOX_PRACTICE_STAFF], id);

  return staff != NULL ? staff->name : "";
}

/* NULL: it has none. */
GPtrArray *
sandbox_practice_jobs_of (const SandboxPractice *self, const char *client)
{
  return g_hash_table_lookup (self->jobs_by_client, client);
}

/* The next in the sequence that nobody took for a number of their own. */
char *
sandbox_practice_take_job_number (SandboxPractice *self)
{
  g_autofree char *number = NULL;

  do
    {
      g_free (number);
      number = g_strdup_printf ("J%06" G_GINT64_FORMAT, self->next_job++);
    }
  while (sandbox_practice_job (self, number) != NULL);
  return g_steal_pointer (&number);
}

static int
find_id (SandboxId *ids, guint n, const char *id)
{
  for (guint i = 0; id != NULL && i < n; i++)
    if (g_ascii_strcasecmp (ids[i], id) == 0)
      return (int)i;
  return -1;
}

/* -1: there is none of that id. */
int
sandbox_practice_base_task (const SandboxPractice *self, const char *id)
{
  return find_id (self->task_ids, sandbox_n_base_tasks, id);
}

int
sandbox_practice_definition (const SandboxPractice *self, const char *id)
{
  return find_id (self->definition_ids, sandbox_n_field_definitions, id);
}
