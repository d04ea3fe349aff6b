/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-clients.h"
#include "sandbox-practice-routes.h"

/* Groups of clients (xpm 5.8). */

static void
write_plain (const SandboxGroup *group, SandboxXml *xml)
{
  sandbox_xml_text (xml, "UUID", group->id);
  sandbox_xml_text (xml, "Name", group->name);
  sandbox_xml_yes_no (xml, "Taxable", group->taxable);
}

static void
write_streamed (const SandboxPracticeStream *stream, gconstpointer record, SandboxXml *xml)
{
  sandbox_xml_open (xml, "Group");
  write_plain (record, xml);
  sandbox_xml_close (xml, "Group");
}

static gboolean
is_there (const SandboxPracticeStream *stream, gconstpointer record)
{
  return !((const SandboxGroup *)record)->gone;
}

void
sandbox_client_groups_list (const SandboxPracticeCall *call)
{
  SandboxPracticeStream stream = { .records = call->practice->records[SANDBOX_PRACTICE_GROUPS],
                                   .element = "Groups",
                                   .keep = is_there,
                                   .write = write_streamed };

  sandbox_practice_stream (call, &stream);
}

static void
answer (const SandboxPracticeCall *call, const SandboxGroup *group)
{
  SandboxXml xml;

  sandbox_practice_open (call, &xml);
  sandbox_xml_open (&xml, "Group");
  write_plain (group, &xml);
  sandbox_xml_open (&xml, "Clients");
  for (guint i = 0; i < group->members->len; i++)
    {
      const SandboxMember *member = group->members->pdata[i];
      const SandboxClient *client = sandbox_practice_client (call->practice, member->client);

      sandbox_xml_open (&xml, "Client");
      sandbox_xml_text (&xml, "UUID", member->client);
      sandbox_xml_text (&xml, "Name", client != NULL ? client->name : "");
      sandbox_xml_close (&xml, "Client");
    }
  sandbox_xml_close (&xml, "Clients");
  sandbox_xml_close (&xml, "Group");
  sandbox_practice_send (call, &xml);
}

/* NULL: the reply says so. */
static SandboxGroup *
named_group (const SandboxPracticeCall *call, const char *id)
{
  SandboxGroup *group = sandbox_practice_find (call->practice, SANDBOX_PRACTICE_GROUPS, id);

  if (group != NULL && !group->gone)
    return group;
  sandbox_practice_error (call, "Invalid client group identifier");
  return NULL;
}

void
sandbox_client_groups_get (const SandboxPracticeCall *call)
{
  const SandboxGroup *group = named_group (call, call->identifier);

  if (group != NULL)
    answer (call, group);
}

static guint
find_member (const SandboxGroup *group, const SandboxClient *client)
{
  guint i = 0;

  while (i < group->members->len
         && !g_str_equal (((SandboxMember *)group->members->pdata[i])->client, client->id))
    i++;
  return i;
}

static void
set_member (SandboxGroup *group, const SandboxClient *client, gboolean is_member)
{
  guint i = find_member (group, client);
  SandboxMember *member;

  if (is_member && i == group->members->len)
    {
      member = sandbox_shape_add_part (&sandbox_member_shape, group->members);
      sandbox_id_copy (member->client, client->id);
    }
  else if (!is_member && i < group->members->len)
    sandbox_shape_free (&sandbox_member_shape, g_ptr_array_remove_index (group->members, i));
}

void
sandbox_client_groups_add (const SandboxPracticeCall *call)
{
  g_autofree char *name = sandbox_xml_dup (call->root, "Name");
  g_autofree char *taxable = sandbox_xml_dup (call->root, "Taxable");
  g_autofree char *id = sandbox_practice_body_id (call, "ClientUUID");
  SandboxClient *client = sandbox_client_named (call, id);
  SandboxGroup *group;

  if (client == NULL)
    return;
  if (name == NULL || *name == '\0')
    {
      sandbox_practice_error (call, "The client group name is required");
      return;
    }
  group = sandbox_practice_make (SANDBOX_PRACTICE_GROUPS, NULL);
  group->name = g_steal_pointer (&name);
  group->taxable = g_strcmp0 (taxable, "Yes") == 0;
  set_member (group, client, TRUE);
  sandbox_practice_add (call->practice, SANDBOX_PRACTICE_GROUPS, group);
  sandbox_clients_parts_modified (call, client);
  answer (call, group);
}

/* FALSE: the reply says why; a bad one of several leaves all as it was. */
static gboolean
check_members (const SandboxPracticeCall *call)
{
  for (xmlNode *node = call->root->children; node != NULL; node = node->next)
    if (sandbox_xml_is (node, "add") || sandbox_xml_is (node, "remove"))
      {
        g_autofree char *id = sandbox_xml_dup_attribute (node, "uuid");

        if (sandbox_client_named (call, id) == NULL)
          return FALSE;
      }
  return TRUE;
}

void
sandbox_client_groups_members (const SandboxPracticeCall *call)
{
  g_autofree char *id = sandbox_practice_body_id (call, "UUID");
  SandboxGroup *group = named_group (call, id);

  if (group == NULL || !check_members (call))
    return;
  for (xmlNode *node = call->root->children; node != NULL; node = node->next)
    if (sandbox_xml_is (node, "add") || sandbox_xml_is (node, "remove"))
      {
        g_autofree char *member = sandbox_xml_dup_attribute (node, "uuid");
        SandboxClient *client = sandbox_practice_client (call->practice, member);

        set_member (group, client, sandbox_xml_is (node, "add"));
        sandbox_clients_parts_modified (call, client);
      }
  sandbox_practice_group_members (call->practice);
  sandbox_practice_changed (call, SANDBOX_PRACTICE_GROUPS, group);
  answer (call, group);
}

void
sandbox_client_groups_delete (const SandboxPracticeCall *call)
{
  g_autofree char *id = sandbox_practice_body_id (call, "UUID");
  SandboxGroup *group = named_group (call, id);

  if (group == NULL)
    return;
  group->gone = TRUE;
  sandbox_practice_group_members (call->practice);
  sandbox_practice_changed (call, SANDBOX_PRACTICE_GROUPS, group);
  sandbox_practice_ok (call);
}
