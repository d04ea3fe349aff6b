/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-client-contacts.h"

#include "sandbox-clients.h"
#include "sandbox-practice-routes.h"

#define LINKS_MAX 10 /* contacts that one call may link (xpm 4, row 12) */

/* What the element says of the person; a missing one keeps what is there. FALSE: the reply says why. */
gboolean
sandbox_client_contact_take (const SandboxPracticeCall *call,
                             const xmlNode *node,
                             SandboxClientContact *contact)
{
  const struct
  {
    const char *element;
    char **text;
  } texts[] = {
    { "Name", &contact->name },           { "Salutation", &contact->salutation },
    { "Addressee", &contact->addressee }, { "Mobile", &contact->mobile },
    { "Email", &contact->email },         { "Phone", &contact->phone },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *value = sandbox_xml_dup (node, texts[i].element);

      if (value != NULL)
        g_set_str (texts[i].text, value);
    }
  if (contact->name != NULL && *contact->name != '\0')
    return TRUE;
  sandbox_practice_error (call, "The contact name is required");
  return FALSE;
}

static SandboxContactLink *
find_link (const SandboxClient *client, const SandboxClientContact *contact)
{
  for (guint i = 0; i < client->links->len; i++)
    {
      SandboxContactLink *link = client->links->pdata[i];

      if (g_str_equal (link->contact, contact->id))
        return link;
    }
  return NULL;
}

/* Position and IsPrimary belong to the link; of several primary ones the last is (xpm 5.1, 5.3). */
void
sandbox_client_contact_connect (SandboxClient *client,
                                const SandboxClientContact *contact,
                                const xmlNode *node)
{
  SandboxContactLink *link = find_link (client, contact);
  g_autofree char *position = sandbox_xml_dup (node, "Position");
  g_autofree char *primary = sandbox_xml_dup (node, "IsPrimary");

  if (link == NULL)
    {
      link = sandbox_shape_add_part (&sandbox_contact_link_shape, client->links);
      sandbox_id_copy (link->contact, contact->id);
    }
  if (position != NULL)
    g_set_str (&link->position, position);
  if (primary == NULL)
    return;
  if (g_ascii_strcasecmp (primary, "Yes") == 0)
    for (guint i = 0; i < client->links->len; i++)
      ((SandboxContactLink *)client->links->pdata[i])->primary = FALSE;
  link->primary = g_ascii_strcasecmp (primary, "Yes") == 0;
}

static void
write_contact (const SandboxPracticeCall *call,
               const SandboxClientContact *contact,
               const SandboxContactLink *link,
               SandboxXml *xml)
{
  sandbox_xml_open (xml, "Contact");
  sandbox_client_contact_members (contact, xml);
  if (link != NULL)
    {
      sandbox_xml_yes_no (xml, "IsPrimary", link->primary);
      sandbox_xml_text (xml, "Position", link->position);
    }
  sandbox_xml_close (xml, "Contact");
}

static void
answer (const SandboxPracticeCall *call, const SandboxClientContact *contact, const SandboxContactLink *link)
{
  SandboxXml xml;

  sandbox_practice_open (call, &xml);
  write_contact (call, contact, link, &xml);
  sandbox_practice_send (call, &xml);
}

/* NULL: the reply says why. */
static SandboxClientContact *
named_contact (const SandboxPracticeCall *call)
{
  SandboxClientContact *contact
      = sandbox_practice_find (call->practice, SANDBOX_PRACTICE_CONTACTS, call->identifier);

  if (contact != NULL && !contact->deleted)
    return contact;
  sandbox_practice_error (call, "Invalid contact identifier");
  return NULL;
}

/* FALSE: the reply says why. `client` is NULL where the query names none. */
static gboolean
queried_client (const SandboxPracticeCall *call, SandboxClient **client)
{
  const char *id = sandbox_request_query (call->request, "clientUuid");

  *client = id != NULL ? sandbox_client_named (call, id) : NULL;
  return id == NULL || *client != NULL;
}

void
sandbox_client_contacts_get (const SandboxPracticeCall *call)
{
  SandboxClient *client;
  SandboxClientContact *contact = named_contact (call);

  if (contact != NULL && queried_client (call, &client))
    answer (call, contact, client != NULL ? find_link (client, contact) : NULL);
}

void
sandbox_client_contacts_add (const SandboxPracticeCall *call)
{
  g_autofree char *id = sandbox_xml_dup (sandbox_xml_child (call->root, "Client"), "UUID");
  SandboxClient *client = sandbox_client_named (call, id);
  SandboxClientContact *contact;

  if (client == NULL)
    return;
  contact = sandbox_practice_make (SANDBOX_PRACTICE_CONTACTS, NULL);
  if (!sandbox_client_contact_take (call, call->root, contact))
    {
      sandbox_practice_discard (SANDBOX_PRACTICE_CONTACTS, contact);
      return;
    }
  sandbox_practice_add (call->practice, SANDBOX_PRACTICE_CONTACTS, contact);
  sandbox_client_contact_connect (client, contact, call->root);
  sandbox_clients_parts_modified (call, client);
  answer (call, contact, find_link (client, contact));
}

/* Whose lists changed with the person. */
static void
touch_clients (const SandboxPracticeCall *call, const SandboxClientContact *contact)
{
  const GPtrArray *clients = call->practice->records[SANDBOX_PRACTICE_CLIENTS];

  for (guint i = 0; i < clients->len; i++)
    if (find_link (clients->pdata[i], contact) != NULL)
      sandbox_clients_parts_modified (call, clients->pdata[i]);
}

void
sandbox_client_contacts_update (const SandboxPracticeCall *call)
{
  const SandboxShape *shape = sandbox_practice_kinds[SANDBOX_PRACTICE_CONTACTS].shape;
  SandboxClientContact *contact = named_contact (call);
  SandboxClientContact *changed;
  SandboxClient *client = NULL;

  if (contact == NULL || !queried_client (call, &client))
    return;
  changed = sandbox_shape_copy (shape, contact);
  if (sandbox_client_contact_take (call, call->root, changed))
    {
      sandbox_shape_swap (shape, contact, changed);
      sandbox_practice_changed (call, SANDBOX_PRACTICE_CONTACTS, contact);
      if (client != NULL && sandbox_xml_child (call->root, "Client") != NULL)
        sandbox_client_contact_connect (client, contact, call->root);
      touch_clients (call, contact);
      answer (call, contact, client != NULL ? find_link (client, contact) : NULL);
    }
  sandbox_shape_free (shape, changed);
}

/* From one client, or, without clientUuid, from all of them (xpm 5.5). */
void
sandbox_client_contacts_delete (const SandboxPracticeCall *call)
{
  SandboxClientContact *contact = named_contact (call);
  SandboxClient *client = NULL;
  SandboxContactLink *link;

  if (contact == NULL || !queried_client (call, &client))
    return;
  if (client != NULL)
    {
      link = find_link (client, contact);
      if (link != NULL && g_ptr_array_remove (client->links, link))
        sandbox_shape_free (&sandbox_contact_link_shape, link);
      sandbox_clients_parts_modified (call, client);
    }
  else
    {
      contact->deleted = TRUE;
      sandbox_practice_changed (call, SANDBOX_PRACTICE_CONTACTS, contact);
      touch_clients (call, contact);
    }
  answer (call, contact, NULL);
}

/* FALSE: the reply says why. */
static gboolean
check_links (const SandboxPracticeCall *call, const xmlNode *contacts)
{
  guint n = 0;

  for (xmlNode *node = sandbox_xml_child (contacts, "Contact"); node != NULL;
       node = sandbox_xml_next (node, "Contact"))
    {
      g_autofree char *id = sandbox_xml_dup (node, "UUID");

      if (++n <= LINKS_MAX && sandbox_practice_find (call->practice, SANDBOX_PRACTICE_CONTACTS, id) != NULL)
        continue;
      sandbox_practice_refuse (call->reply, n > LINKS_MAX ? SOUP_STATUS_BAD_REQUEST : SOUP_STATUS_NOT_FOUND,
                               call->api_method,
                               n > LINKS_MAX ? "At most 10 contacts" : "Invalid contact identifier");
      return FALSE;
    }
  return TRUE;
}

/* Existing people, up to ten. */
void
sandbox_client_contacts_link (const SandboxPracticeCall *call)
{
  const xmlNode *contacts = sandbox_xml_child (call->root, "Contacts");
  SandboxClient *client = sandbox_client_named (call, call->identifier);

  if (client == NULL || !check_links (call, contacts))
    return;
  for (xmlNode *node = sandbox_xml_child (contacts, "Contact"); node != NULL;
       node = sandbox_xml_next (node, "Contact"))
    {
      g_autofree char *id = sandbox_xml_dup (node, "UUID");

      sandbox_client_contact_connect (
          client, sandbox_practice_find (call->practice, SANDBOX_PRACTICE_CONTACTS, id), node);
    }
  sandbox_clients_parts_modified (call, client);
  sandbox_practice_ok (call);
}

void
sandbox_client_contacts_list (const SandboxPracticeCall *call)
{
  GPtrArray *contacts = call->practice->records[SANDBOX_PRACTICE_CONTACTS];
  SandboxPracticePage page;
  SandboxXml xml;
  guint written = 0;

  if (!sandbox_practice_page_read (call, &page))
    return;
  sandbox_practice_open (call, &xml);
  sandbox_xml_open (&xml, "Contacts");
  for (guint i = page.first; page.next == 0 && i < contacts->len; i++)
    {
      const SandboxClientContact *contact = contacts->pdata[i];

      if (contact->deleted)
        continue;
      if (written == page.size)
        page.next = i;
      else
        write_contact (call, contact, NULL, &xml);
      written++;
    }
  sandbox_xml_close (&xml, "Contacts");
  sandbox_practice_page_write (call, &page, "contacts", &xml);
  sandbox_practice_send (call, &xml);
}
