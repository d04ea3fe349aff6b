/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-contact-choice.h"

/* Enough of an id to tell two contacts apart by eye. */
#define ID_START_CHARACTERS 8

/** cs_contact_choice_new_from_client: Returns: (transfer full): @client, to choose */
CsContactChoice *
cs_contact_choice_new_from_client (const CsClient *client)
{
  CsContactChoice *choice = g_new0 (CsContactChoice, 1);

  choice->client_id = client->id;
  choice->remote_id = g_strdup (client->remote_contact_id);
  choice->name = g_strdup (client->name);
  choice->email = g_strdup (client->email);
  choice->unique_id = g_strdup (client->number);
  choice->source = client->source;
  return choice;
}

/** cs_contact_choice_new_from_contact: Returns: (transfer full): @contact, to choose and so to import */
CsContactChoice *
cs_contact_choice_new_from_contact (const CsLedgerContact *contact)
{
  CsContactChoice *choice = g_new0 (CsContactChoice, 1);

  choice->remote_id = g_strdup (contact->remote_id);
  choice->name = g_strdup (contact->name);
  choice->email = g_strdup (contact->email);
  choice->unique_id = g_strndup (contact->remote_id, ID_START_CHARACTERS);
  choice->source = CS_SOURCE_XERO;
  return choice;
}

/** cs_contact_choice_new_from_work: Returns: (transfer full): @entry, a client of the practice manager alone,
 * to choose and so to make a lead of [K-2] */
CsContactChoice *
cs_contact_choice_new_from_work (const CsWorkEntry *entry)
{
  CsContactChoice *choice = g_new0 (CsContactChoice, 1);

  choice->remote_id = g_strdup (entry->remote_id);
  choice->name = g_strdup (entry->name);
  choice->email = g_strdup (entry->email);
  choice->unique_id = g_strndup (entry->remote_id, ID_START_CHARACTERS);
  choice->source = CS_SOURCE_XPM;
  return choice;
}

/** cs_contact_choice_free: */
void
cs_contact_choice_free (CsContactChoice *choice)
{
  if (choice == NULL)
    return;
  g_free (choice->remote_id);
  g_free (choice->name);
  g_free (choice->email);
  g_free (choice->unique_id);
  g_free (choice);
}

/** cs_contact_choice_match: Returns: how far @choice may be somebody of that name and e-mail, linked or not
 */
CsMatch
cs_contact_choice_match (const CsContactChoice *choice, const char *name, const char *email)
{
  const CsLedgerContact contact
      = { .remote_id = choice->remote_id, .name = choice->name, .email = choice->email };

  return cs_match_contact (name, email, NULL, &contact);
}

/** cs_contact_choices_mark_shared_names: marks those whose name, by the rule of matching, another has, too.
 */
void
cs_contact_choices_mark_shared_names (GPtrArray *choices)
{
  g_autoptr (GHashTable) first_of_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < choices->len; i++)
    {
      CsContactChoice *choice = choices->pdata[i];
      g_autofree char *name = cs_match_normalise_name (choice->name);
      CsContactChoice *first = g_hash_table_lookup (first_of_name, name);

      choice->shares_name = first != NULL;
      if (first != NULL)
        first->shares_name = TRUE;
      else
        g_hash_table_insert (first_of_name, g_steal_pointer (&name), choice);
    }
}
