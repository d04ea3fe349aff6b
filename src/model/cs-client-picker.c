/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-client-picker.h"
#include "cs-store-clients.h"
#include "cs-store-ledger.h"

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const CsContactChoice *const *first = a;
  const CsContactChoice *const *second = b;
  int order = g_utf8_collate ((*first)->name, (*second)->name);

  return order != 0 ? order : g_strcmp0 ((*first)->unique_id, (*second)->unique_id);
}

static void
add_clients (GPtrArray *choices, GPtrArray *clients, GHashTable *linked)
{
  for (guint i = 0; i < clients->len; i++)
    {
      CsClient *client = clients->pdata[i];

      if (*client->remote_contact_id != '\0')
        g_hash_table_add (linked, client->remote_contact_id);
      if (client->state != CS_CLIENT_ARCHIVED)
        g_ptr_array_add (choices, cs_contact_choice_new_from_client (client));
    }
}

static gboolean
add_contacts (GPtrArray *choices, CsStore *store, GHashTable *linked, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsConnection) connection = cs_store_get_connection (store, &failure);
  g_autoptr (GPtrArray) contacts = NULL;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (connection == NULL)
    return TRUE;
  contacts = cs_store_list_contacts (store, &connection->id, error);
  for (guint i = 0; contacts != NULL && i < contacts->len; i++)
    {
      CsLedgerContact *contact = contacts->pdata[i];

      if (!contact->is_archived && !g_hash_table_contains (linked, contact->remote_id))
        g_ptr_array_add (choices, cs_contact_choice_new_from_contact (contact));
    }
  return contacts != NULL;
}

static gpointer
read_choices (CsStore *store, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) clients = cs_store_list_clients (store, error);
  g_autoptr (GHashTable) linked = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) choices = NULL;

  if (clients == NULL)
    return NULL;
  choices = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_contact_choice_free);
  add_clients (choices, clients, linked);
  if (!add_contacts (choices, store, linked, error))
    return NULL;
  cs_contact_choices_mark_shared_names (choices);
  g_ptr_array_sort (choices, compare_names);
  return g_steal_pointer (&choices);
}

static const CsRecordSource source
    = { CS_CHANGE_CLIENTS | CS_CHANGE_LEDGER | CS_CHANGE_CONNECTION, read_choices, cs_contact_item_new };

/** cs_client_picker_new: Returns: (transfer full): whom a proposal can be for */
CsRecordList *
cs_client_picker_new (CsSession *session)
{
  return cs_record_list_new (session, &source);
}
