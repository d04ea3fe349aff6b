/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-client-picker.h"
#include "cs-store-clients.h"
#include "cs-store-ledger.h"
#include "cs-store-work.h"

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

/* X-08, K-3: with a practice manager connected clients come from there, and those that are only there can be
 * picked [K-2]. */
static gboolean
add_others (GPtrArray *choices, CsStore *store, GHashTable *linked, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsConnection) work = cs_store_get_work_connection (store, &failure);
  g_autoptr (GPtrArray) entries = NULL;
  gboolean may_import = FALSE;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (!cs_store_may_import_from_ledger (store, &may_import, error)
      || (may_import && !add_contacts (choices, store, linked, error)))
    return FALSE;
  if (work == NULL || work->state == CS_CONNECTION_DISCONNECTED)
    return TRUE;
  entries = cs_store_list_new_work_clients (store, &work->id, error);
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    g_ptr_array_add (choices, cs_contact_choice_new_from_work (entries->pdata[i]));
  return entries != NULL;
}

typedef gboolean (*AddMore) (GPtrArray *choices, CsStore *store, GHashTable *linked, GError **error);

/* The practice's own clients, and what @add_more knows beside them. */
static gpointer
list_choices (CsStore *store, AddMore add_more, GError **error)
{
  g_autoptr (GPtrArray) clients = cs_store_list_clients (store, error);
  g_autoptr (GHashTable) linked = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) choices = NULL;

  if (clients == NULL)
    return NULL;
  choices = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_contact_choice_free);
  add_clients (choices, clients, linked);
  if (!add_more (choices, store, linked, error))
    return NULL;
  cs_contact_choices_mark_shared_names (choices);
  g_ptr_array_sort (choices, compare_names);
  return g_steal_pointer (&choices);
}

/* Whom a client may be linked to at the ledger: contacts, whatever else is connected. */
static gpointer
read_contacts (CsStore *store, gpointer data, GError **error)
{
  return list_choices (store, add_contacts, error);
}

static gpointer
read_choices (CsStore *store, gpointer data, GError **error)
{
  return list_choices (store, add_others, error);
}

static const CsRecordSource source
    = { CS_CHANGE_CLIENTS | CS_CHANGE_LEDGER | CS_CHANGE_CONNECTION | CS_CHANGE_WORK, read_choices,
        cs_contact_item_new };
static const CsRecordSource contacts
    = { CS_CHANGE_CLIENTS | CS_CHANGE_LEDGER | CS_CHANGE_CONNECTION, read_contacts, cs_contact_item_new };

/** cs_client_picker_new: Returns: (transfer full): whom a proposal can be for */
CsRecordList *
cs_client_picker_new (CsSession *session)
{
  return cs_record_list_new (session, &source);
}

/** cs_contact_picker_new: Returns: (transfer full): which of the ledger's contacts a client may be */
CsRecordList *
cs_contact_picker_new (CsSession *session)
{
  return cs_record_list_new (session, &contacts);
}
