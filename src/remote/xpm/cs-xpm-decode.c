/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xpm-private.h"

#include <string.h>

/* The allow list [X-10, K-14]: what is not named here is never read, nor written. */
const CsXpmFieldName cs_xpm_field_names[CS_WORK_N_FIELDS] = {
  [CS_WORK_FIELD_NAME] = { "Name", "Name", FALSE },
  [CS_WORK_FIELD_EMAIL] = { "Email", "Email", FALSE },
  [CS_WORK_FIELD_PHONE] = { "Phone", "Phone", FALSE },
  [CS_WORK_FIELD_FAX] = { "Fax", "Fax", FALSE },
  [CS_WORK_FIELD_WEBSITE] = { "Website", "WebSite", FALSE },
  [CS_WORK_FIELD_ADDRESS] = { "Address", "Address", FALSE },
  [CS_WORK_FIELD_CITY] = { "City", "City", FALSE },
  [CS_WORK_FIELD_REGION] = { "Region", "Region", FALSE },
  [CS_WORK_FIELD_POST_CODE] = { "PostCode", "PostCode", FALSE },
  [CS_WORK_FIELD_COUNTRY] = { "Country", "Country", FALSE },
  [CS_WORK_FIELD_POSTAL_ADDRESS] = { "PostalAddress", "PostalAddress", FALSE },
  [CS_WORK_FIELD_POSTAL_CITY] = { "PostalCity", "PostalCity", FALSE },
  [CS_WORK_FIELD_POSTAL_REGION] = { "PostalRegion", "PostalRegion", FALSE },
  [CS_WORK_FIELD_POSTAL_POST_CODE] = { "PostalPostCode", "PostalPostCode", FALSE },
  [CS_WORK_FIELD_POSTAL_COUNTRY] = { "PostalCountry", "PostalCountry", FALSE },
  [CS_WORK_FIELD_FIRST_NAME] = { "FirstName", "FirstName", FALSE },
  [CS_WORK_FIELD_LAST_NAME] = { "LastName", "LastName", FALSE },
  [CS_WORK_FIELD_OTHER_NAME] = { "OtherName", "OtherName", FALSE },
  [CS_WORK_FIELD_REFERRAL_SOURCE] = { "ReferralSource", "ReferralSource", FALSE },
  [CS_WORK_FIELD_EXPORT_CODE] = { "ExportCode", "ExportCode", FALSE },
  [CS_WORK_FIELD_PARTNER] = { "AccountManager", "AccountManagerUUID", TRUE },
  [CS_WORK_FIELD_MANAGER] = { "JobManager", "JobManagerUUID", TRUE },
};

/** cs_xpm_read_text: Returns: (transfer full): the tidied text of the child @name, "" where it is not there
 * (1.4) */
char *
cs_xpm_read_text (const CsXmlElement *element, const char *name)
{
  g_autofree char *text = cs_xml_dup_text (element, name);

  return cs_work_value_tidy (text);
}

/** cs_xpm_read_id: Returns: (transfer full): the id in the child @name, in lower case (1.4) */
char *
cs_xpm_read_id (const CsXmlElement *element, const char *name)
{
  g_autofree char *text = cs_xpm_read_text (element, name);

  return g_ascii_strdown (text, -1);
}

/* Yes and No, true and false: by object (1.4, pitfall 4). */
static CsTristate
read_tristate (const CsXmlElement *element, const char *name)
{
  g_autofree char *text = cs_xpm_read_text (element, name);

  if (g_ascii_strcasecmp (text, "Yes") == 0 || g_ascii_strcasecmp (text, "true") == 0)
    return CS_TRISTATE_YES;
  if (g_ascii_strcasecmp (text, "No") == 0 || g_ascii_strcasecmp (text, "false") == 0)
    return CS_TRISTATE_NO;
  return CS_TRISTATE_UNKNOWN;
}

/** cs_xpm_read_truth: Returns: whether the child @name says yes */
gboolean
cs_xpm_read_truth (const CsXmlElement *element, const char *name)
{
  return read_tristate (element, name) == CS_TRISTATE_YES;
}

/** cs_xpm_read_date: Returns: the day in the child @name, with or without a time (1.4); not set when there is
 * none */
CsDate
cs_xpm_read_date (const CsXmlElement *element, const char *name)
{
  g_autofree char *text = cs_xpm_read_text (element, name);
  CsDate date = CS_DATE_NONE;

  if (strlen (text) > 10)
    text[10] = '\0';
  if (!cs_date_parse (text, &date, NULL))
    return CS_DATE_NONE;
  return date;
}

/** cs_xpm_decode_contact: Returns: (transfer full) (nullable): a contact; %NULL for one that was deleted */
CsWorkContact *
cs_xpm_decode_contact (const CsXmlElement *element)
{
  g_autoptr (CsWorkContact) contact = g_new0 (CsWorkContact, 1);

  contact->remote_id = cs_xpm_read_id (element, "UUID");
  contact->name = cs_xpm_read_text (element, "Name");
  contact->email = cs_xpm_read_text (element, "Email");
  contact->phone = cs_xpm_read_text (element, "Phone");
  contact->mobile = cs_xpm_read_text (element, "Mobile");
  contact->position = cs_xpm_read_text (element, "Position");
  contact->is_primary = cs_xpm_read_truth (element, "IsPrimary");
  if (contact->remote_id[0] == '\0' || cs_xpm_read_truth (element, "IsDeleted"))
    return NULL;
  return g_steal_pointer (&contact);
}

/**
 * cs_xpm_decode_client:
 * @element: a Client of any call that has its own fields (5.1)
 * @error: BAD_REPLY: it has no id
 *
 * Returns: (transfer full) (nullable): the client
 */
CsWorkClient *
cs_xpm_decode_client (const CsXmlElement *element, GError **error)
{
  g_autoptr (CsWorkClient) client = cs_work_client_new ();
  g_autofree char *address = cs_xpm_read_text (element, "WebUrl");
  const CsXmlElement *child;
  CsXmlIterator iterator;

  g_free (client->remote_id);
  client->remote_id = cs_xpm_read_id (element, "UUID");
  if (client->remote_id[0] == '\0')
    {
      g_propagate_error (error, cs_xpm_bad_reply (NULL));
      return NULL;
    }
  g_free (client->web_id);
  client->web_id = cs_xpm_read_web_id (address, "Client");
  for (gsize i = 0; i < CS_WORK_N_FIELDS; i++)
    {
      const CsXpmFieldName *name = &cs_xpm_field_names[i];

      client->fields->values[i] = name->is_person
                                      ? cs_xpm_read_id (cs_xml_get_child (element, name->read), "UUID")
                                      : cs_xpm_read_text (element, name->read);
    }
  client->is_prospect = read_tristate (element, "IsProspect");
  client->is_archived = cs_xpm_read_truth (element, "IsArchived");
  client->is_deleted = cs_xpm_read_truth (element, "IsDeleted");
  cs_xml_iterator_init (&iterator, cs_xml_get_child (element, "Contacts"), "Contact");
  while ((child = cs_xml_iterator_next (&iterator)) != NULL)
    {
      CsWorkContact *contact = cs_xpm_decode_contact (child);

      if (contact != NULL)
        g_ptr_array_add (client->contacts, contact);
    }
  return g_steal_pointer (&client);
}

/** cs_xpm_decode_one_client: Returns: (transfer full) (nullable): the client that an answer is about, with
 * its number on the web, which in XML stands beside it (1.3); else as cs_xpm_decode_client() */
CsWorkClient *
cs_xpm_decode_one_client (const CsXmlElement *response, GError **error)
{
  g_autofree char *address = cs_xpm_read_text (response, "WebUrl");
  CsWorkClient *client = cs_xpm_decode_client (cs_xml_get_child (response, "Client"), error);

  if (client != NULL && client->web_id[0] == '\0')
    {
      g_free (client->web_id);
      client->web_id = cs_xpm_read_web_id (address, "Client");
    }
  return client;
}

/** cs_xpm_decode_entry: Returns: (transfer full) (nullable): of a short list (section 6); %NULL without an id
 */
CsWorkEntry *
cs_xpm_decode_entry (const CsXmlElement *element)
{
  g_autoptr (CsWorkEntry) entry = g_new0 (CsWorkEntry, 1);

  entry->remote_id = cs_xpm_read_id (element, "UUID");
  entry->name = cs_xpm_read_text (element, "Name");
  entry->email = cs_xpm_read_text (element, "Email");
  return entry->remote_id[0] != '\0' ? g_steal_pointer (&entry) : NULL;
}
