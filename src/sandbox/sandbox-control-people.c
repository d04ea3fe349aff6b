/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-control-practice.h"

#include "sandbox-jobs.h"

/* People at Practice Manager's own screens. */

static void
confirm_id (SandboxReply *reply, const char *id)
{
  g_auto (SandboxJson) json = { NULL };

  sandbox_json_init (&json);
  sandbox_json_open (&json, NULL, '{');
  sandbox_json_bool (&json, "ok", TRUE);
  sandbox_json_string (&json, "id", id);
  sandbox_json_close (&json, '}');
  sandbox_reply_json (reply, SOUP_STATUS_OK, &json);
}

static void
touch_client (SandboxWorld *world, SandboxPractice *practice, SandboxClient *client)
{
  client->modified_ms = sandbox_clock_now_ms (&world->clock);
  sandbox_practice_touch (practice, SANDBOX_PRACTICE_CLIENTS, client);
}

/* Members by the names of a client's elements; "" empties one. */
static void
edit_client (SandboxClient *client, yyjson_val *root)
{
  const char *name = sandbox_json_get_text (root, "Name");
  yyjson_val *prospect = sandbox_json_get (root, "IsProspect");

  if (name != NULL)
    g_set_str (&client->name, name);
  if (yyjson_is_bool (prospect))
    client->prospect = yyjson_get_bool (prospect);
  for (guint i = 0; i < SANDBOX_CLIENT_TEXTS; i++)
    {
      const char *value = sandbox_json_get_text (root, sandbox_client_rules[i].read);

      if (value != NULL)
        g_set_str (&client->text[i], *value != '\0' ? value : NULL);
    }
}

static SandboxClient *
add_client (SandboxWorld *world, SandboxPractice *practice, SandboxClient *client)
{
  sandbox_id_random (client->id);
  client->number = practice->next_client++;
  client->archived = client->deleted = client->by_api = client->kept = client->pending = FALSE;
  sandbox_practice_add (practice, SANDBOX_PRACTICE_CLIENTS, client);
  touch_client (world, practice, client);
  return client;
}

static void
make_client (SandboxWorld *world, SandboxPractice *practice, yyjson_val *root, SandboxReply *reply)
{
  SandboxClient *client;

  if (sandbox_json_get_text (root, "Name") == NULL)
    {
      sandbox_control_refuse (reply, SOUP_STATUS_BAD_REQUEST, "Name is required");
      return;
    }
  client = sandbox_practice_make (SANDBOX_PRACTICE_CLIENTS, NULL);
  edit_client (client, root);
  confirm_id (reply, add_client (world, practice, client)->id);
}

/* Somebody at the practice adds a person. */
static void
add_contact (SandboxPractice *practice, SandboxClient *client, yyjson_val *root)
{
  SandboxClientContact *contact = sandbox_practice_make (SANDBOX_PRACTICE_CONTACTS, NULL);
  SandboxContactLink *link = sandbox_shape_add_part (&sandbox_contact_link_shape, client->links);
  const char *name = sandbox_json_get_text (root, "name");

  contact->name = g_strdup (name != NULL ? name : "Somebody");
  contact->email = g_strdup (sandbox_json_get_text (root, "email"));
  sandbox_practice_add (practice, SANDBOX_PRACTICE_CONTACTS, contact);
  sandbox_id_copy (link->contact, contact->id);
  link->position = g_strdup (sandbox_json_get_text (root, "position"));
  link->primary = sandbox_json_get_bool (root, "primary");
}

/* The same person entered again, after the first was deleted: another id. */
static void
recreate (SandboxWorld *world, SandboxPractice *practice, SandboxClient *client, SandboxReply *reply)
{
  SandboxClient *copy = sandbox_shape_copy (sandbox_practice_kinds[SANDBOX_PRACTICE_CLIENTS].shape, client);

  client->deleted = TRUE;
  touch_client (world, practice, client);
  confirm_id (reply, add_client (world, practice, copy)->id);
}

static gboolean
change_client (SandboxWorld *world,
               SandboxPractice *practice,
               char **parts,
               yyjson_val *root,
               SandboxReply *reply)
{
  static const char *const actions[]
      = { "edit", "archive", "restore", "delete", "recreate", "contact", NULL };
  SandboxClient *client = sandbox_practice_client (practice, parts[1]);
  int action = sandbox_name_index (actions, parts[2]);

  if (client == NULL || action < 0)
    return FALSE;
  if (action == 4)
    {
      recreate (world, practice, client, reply);
      return TRUE;
    }
  if (action == 0)
    edit_client (client, root);
  else if (action == 5)
    add_contact (practice, client, root);
  else if (action == 3)
    client->deleted = TRUE;
  else
    client->archived = action == 1;
  if (action == 2)
    client->deleted = FALSE;
  touch_client (world, practice, client);
  sandbox_control_confirm (reply);
  return TRUE;
}

static gboolean
change_job (SandboxWorld *world,
            SandboxPractice *practice,
            char **parts,
            yyjson_val *root,
            SandboxReply *reply)
{
  SandboxJob *job = sandbox_practice_job (practice, parts[1]);
  const SandboxJobState *state = sandbox_job_state (sandbox_json_get_text (root, "state"));
  const char *name = sandbox_json_get_text (root, "name");
  const char *order_number = sandbox_json_get_text (root, "order_number");

  if (job == NULL || (!g_str_equal (parts[2], "edit") && !g_str_equal (parts[2], "delete")))
    return FALSE;
  if (name != NULL)
    g_set_str (&job->name, name);
  if (order_number != NULL)
    g_set_str (&job->order_number, order_number);
  if (state != NULL)
    sandbox_job_set_state (job, state, sandbox_clock_today (&world->clock));
  sandbox_day_parse (sandbox_json_get_text (root, "due"), &job->due_day);
  if (g_str_equal (parts[2], "delete"))
    {
      job->deleted = TRUE;
      sandbox_practice_renumber (practice, job, NULL);
    }
  sandbox_practice_touch (practice, SANDBOX_PRACTICE_JOBS, job);
  sandbox_control_confirm (reply);
  return TRUE;
}

/* What staff, templates and categories have alike. */
static char **
name_of (SandboxPracticeList list, gpointer record, gboolean **gone)
{
  if (list == SANDBOX_PRACTICE_STAFF)
    {
      *gone = &((SandboxStaff *)record)->gone;
      return &((SandboxStaff *)record)->name;
    }
  if (list == SANDBOX_PRACTICE_TEMPLATES)
    {
      *gone = &((SandboxTemplate *)record)->gone;
      return &((SandboxTemplate *)record)->name;
    }
  *gone = &((SandboxCategory *)record)->gone;
  return &((SandboxCategory *)record)->name;
}

/* By id, or by name. */
static gpointer
find_setting (SandboxPractice *practice, SandboxPracticeList list, const char *key)
{
  gpointer record = sandbox_practice_find (practice, list, key);
  gboolean *gone;

  for (guint i = 0; record == NULL && i < practice->records[list]->len; i++)
    if (g_str_equal (*name_of (list, practice->records[list]->pdata[i], &gone), key))
      record = practice->records[list]->pdata[i];
  return record;
}

static gboolean
change_setting (SandboxPractice *practice,
                SandboxPracticeList list,
                char **parts,
                yyjson_val *root,
                SandboxReply *reply)
{
  static const char *const actions[] = { "edit", "delete", "restore", NULL };
  gpointer record = find_setting (practice, list, parts[1]);
  int action = sandbox_name_index (actions, parts[2]);
  const char *name = sandbox_json_get_text (root, "name");
  const char *email = sandbox_json_get_text (root, "email");
  gboolean *gone;
  char **text;

  if (record == NULL || action < 0)
    return FALSE;
  text = name_of (list, record, &gone);
  if (name != NULL)
    g_set_str (text, name);
  if (email != NULL && list == SANDBOX_PRACTICE_STAFF)
    g_set_str (&((SandboxStaff *)record)->email, email);
  if (action > 0)
    *gone = action == 1;
  sandbox_practice_touch (practice, list, record);
  sandbox_control_confirm (reply);
  return TRUE;
}

/* KIND/WHICH/ACTION, or clients to add one. */
gboolean
sandbox_control_people (SandboxWorld *world,
                        SandboxPractice *practice,
                        char **parts,
                        yyjson_val *root,
                        SandboxReply *reply)
{
  static const SandboxPracticeList settings[]
      = { SANDBOX_PRACTICE_STAFF, SANDBOX_PRACTICE_TEMPLATES, SANDBOX_PRACTICE_CATEGORIES };

  if (g_strv_length (parts) == 1 && g_str_equal (parts[0], "clients"))
    {
      make_client (world, practice, root, reply);
      return TRUE;
    }
  if (g_strv_length (parts) != 3)
    return FALSE;
  if (g_str_equal (parts[0], "clients"))
    return change_client (world, practice, parts, root, reply);
  if (g_str_equal (parts[0], "jobs"))
    return change_job (world, practice, parts, root, reply);
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (g_str_equal (parts[0], sandbox_practice_kinds[settings[i]].name))
      return change_setting (practice, settings[i], parts, root, reply);
  return FALSE;
}
