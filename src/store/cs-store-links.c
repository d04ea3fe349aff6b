/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"
#include "cs-store-work.h"

#include <glib/gi18n-lib.h>

gboolean
cs_store_load_link (CsStore *store,
                    const char *kind,
                    const CsUuid *local_id,
                    const CsUuid *connection_id,
                    char **remote_id,
                    GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT remote_id FROM link WHERE kind = ? AND local_id = ? AND connection_id = ?");

  cs_sql_bind_text (row, kind);
  cs_sql_bind_uuid (row, local_id);
  cs_sql_bind_uuid (row, connection_id);
  if (cs_sql_next (row, error))
    cs_sql_read_text (row, remote_id);
  else
    g_set_str (remote_id, "");
  return !cs_sql_has_failed (row);
}

gboolean
cs_store_load_linked (CsStore *store,
                      const char *kind,
                      const CsUuid *connection_id,
                      const char *remote_id,
                      CsUuid *local_id,
                      GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT local_id FROM link WHERE connection_id = ? AND remote_id = ? AND kind = ?");

  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, remote_id);
  cs_sql_bind_text (row, kind);
  *local_id = cs_sql_next (row, error) ? cs_sql_read_uuid (row) : CS_UUID_NONE;
  return !cs_sql_has_failed (row);
}

/* Sets or changes the link of @local_id. What is linked to something else already stays so: INVALID. */
gboolean
cs_store_write_link (CsStore *store,
                     const char *kind,
                     const CsUuid *local_id,
                     const CsUuid *connection_id,
                     const char *remote_id,
                     const char *how,
                     GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;
  CsUuid id = cs_store_new_uuid (store);
  CsUuid other;

  if (!cs_store_load_linked (store, kind, connection_id, remote_id, &other, error))
    return FALSE;
  if (!cs_uuid_is_none (&other) && !cs_uuid_equal (&other, local_id))
    {
      g_set_error_literal (error, CS_STORE_ERROR, CS_STORE_ERROR_INVALID,
                           _ ("That record of the ledger is linked to something else here already."));
      return FALSE;
    }
  row = cs_sql_prepare (
      store->sql, "INSERT INTO link (id, kind, local_id, connection_id, remote_id, how, linked_by, linked_ms)"
                  " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                  " ON CONFLICT (kind, local_id, connection_id) DO UPDATE SET remote_id = excluded.remote_id,"
                  " how = excluded.how, linked_by = excluded.linked_by, linked_ms = excluded.linked_ms");
  cs_sql_bind_uuid (row, &id);
  cs_sql_bind_text (row, kind);
  cs_sql_bind_uuid (row, local_id);
  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, remote_id);
  cs_sql_bind_text (row, how);
  cs_sql_bind_text (row, store->actor);
  cs_sql_bind_integer (row, cs_store_now_ms (store));
  return cs_sql_run (row, error);
}

gboolean
cs_store_write_client_link (CsStore *store,
                            const CsUuid *client_id,
                            const CsUuid *connection_id,
                            const char *remote_contact_id,
                            const char *how,
                            GError **error)
{
  g_autoptr (CsJsonBuilder) details = cs_audit_details_new ();
  g_autofree char *connection = cs_uuid_to_string (connection_id);

  cs_json_builder_set_string (details, "connection", connection);
  cs_json_builder_set_string (details, "remote_id", remote_contact_id);
  cs_json_builder_set_string (details, "how", how);
  return cs_store_write_link (store, CS_LINK_CLIENT, client_id, connection_id, remote_contact_id, how, error)
         && cs_store_write_contact_known (store, client_id, connection_id, remote_contact_id, error)
         && cs_store_write_moved_mended (store, connection_id, error)
         && cs_store_write_audit_id (store, "client.linked", client_id, details, error);
}

/**
 * cs_store_link_client:
 * @store: a store
 * @client_id: a client
 * @connection_id: the ledger
 * @remote_contact_id: the contact's id there
 * @how: how it was matched: "person", "email-and-name" …
 * @error: return location
 *
 * Links, or links anew. A contact that was still to be made for the client is then not made, and what waited
 * for it goes on.
 *
 * Returns: whether it was linked; else %CS_STORE_ERROR_NOT_FOUND, %CS_STORE_ERROR_INVALID when the contact
 *   belongs to another client, %CS_STORE_ERROR_STATE while a contact for this client may be on the wire
 */
gboolean
cs_store_link_client (CsStore *store,
                      const CsUuid *client_id,
                      const CsUuid *connection_id,
                      const char *remote_contact_id,
                      const char *how,
                      GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsClient) client = NULL;

  g_return_val_if_fail (store != NULL && client_id != NULL && connection_id != NULL, FALSE);
  g_return_val_if_fail (remote_contact_id != NULL && *remote_contact_id != '\0', FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL)
    return FALSE;
  client = cs_store_load_client (store, client_id, connection_id, error);
  return client != NULL
         && cs_store_write_client_link (store, client_id, connection_id, remote_contact_id,
                                        how != NULL ? how : "person", error)
         && cs_sql_commit (transaction, error);
}

/* The one local client without a link here that is this contact beyond doubt [K-4]; none when there are
 * several, as that is doubt. */
static gboolean
find_same_client (CsStore *store,
                  const CsUuid *connection_id,
                  const CsLedgerContact *contact,
                  CsUuid *client_id,
                  GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT id, name, email FROM client c WHERE state <> 'archived' AND NOT EXISTS"
                  " (SELECT 1 FROM link WHERE kind = 'client' AND local_id = c.id AND connection_id = ?)"
                  " ORDER BY created_ms, number");
  guint n_found = 0;

  *client_id = CS_UUID_NONE;
  cs_sql_bind_uuid (row, connection_id);
  while (cs_sql_next (row, error))
    {
      CsUuid id = cs_sql_read_uuid (row);
      g_autofree char *name = NULL;
      const char *email = NULL;

      cs_sql_read_text (row, &name);
      email = cs_sql_peek_text (row);
      if (!cs_match_links_by_itself (cs_match_contact (name, email, "", contact)))
        continue;
      *client_id = id;
      n_found++;
    }
  if (n_found > 1)
    *client_id = CS_UUID_NONE;
  return !cs_sql_has_failed (row);
}

static gboolean
write_imported_client (CsStore *store, const CsLedgerContact *contact, CsUuid *id, GError **error)
{
  g_autoptr (CsClient) client = cs_client_new ();
  g_autoptr (CsJsonBuilder) details = cs_audit_details_new ();

  g_set_str (&client->name, contact->name);
  g_set_str (&client->email, contact->email);
  client->source = CS_SOURCE_XERO;
  client->state = CS_CLIENT_LEAD;
  if (!cs_store_write_new_client (store, client, error))
    return FALSE;
  *id = client->id;
  cs_json_builder_set_string (details, "name", client->name);
  cs_json_builder_set_string (details, "source", cs_source_to_string (client->source));
  return cs_store_write_audit_id (store, "client.imported", id, details, error);
}

static gboolean
write_import (CsStore *store,
              const CsUuid *connection_id,
              const char *remote_id,
              CsUuid *client_id,
              GError **error)
{
  g_autoptr (CsLedgerContact) contact = cs_store_load_contact (store, connection_id, remote_id, error);
  const char *how = "email-and-name";

  if (contact == NULL || !find_same_client (store, connection_id, contact, client_id, error))
    return FALSE;
  if (cs_uuid_is_none (client_id))
    {
      how = "import";
      if (!write_imported_client (store, contact, client_id, error))
        return FALSE;
    }
  return cs_store_write_client_link (store, client_id, connection_id, remote_id, how, error);
}

/* The practice manager that is connected; none: there is none. */
static gboolean
load_manager (CsStore *store, CsUuid *manager_id, GError **error)
{
  GError *local = NULL;
  g_autoptr (CsConnection) manager = cs_store_get_work_connection (store, &local);

  *manager_id = manager != NULL && manager->state != CS_CONNECTION_DISCONNECTED ? manager->id : CS_UUID_NONE;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

/* K-3: allowed beside it, but never before a person was shown whom it may be there. */
static gboolean
check_match_step (CsStore *store,
                  const CsUuid *connection_id,
                  const char *remote_id,
                  const CsUuid *manager_id,
                  GError **error)
{
  g_autoptr (CsLedgerContact) contact = cs_store_load_contact (store, connection_id, remote_id, error);
  g_autoptr (GPtrArray) matches
      = contact != NULL ? cs_store_list_work_matches (store, manager_id, contact->name, contact->email, error)
                        : NULL;

  if (matches == NULL)
    return FALSE;
  return matches->len == 0
         || cs_store_refuse (error, CS_STORE_ERROR_STATE,
                             _ ("Practice Manager has clients that this may be. Say first whether it is one "
                                "of them."));
}

/* K-3, X-08 */
static gboolean
check_precedence (CsStore *store,
                  const CsUuid *connection_id,
                  const char *remote_id,
                  const char *work_id,
                  GError **error)
{
  gboolean may = FALSE;
  CsUuid manager_id;

  if (!cs_store_may_import_from_ledger (store, &may, error) || !load_manager (store, &manager_id, error))
    return FALSE;
  if (!may)
    return cs_store_refuse (error, CS_STORE_ERROR_INVALID,
                            _ ("Clients come from Practice Manager while it is connected. Choose the client "
                               "there, or allow import from the ledger beside it in the preferences."));
  return work_id != NULL || cs_uuid_is_none (&manager_id)
         || check_match_step (store, connection_id, remote_id, &manager_id, error);
}

/* What a person said of the match step. */
static gboolean
write_work_answer (CsStore *store, const CsUuid *client_id, const char *work_id, GError **error)
{
  CsUuid manager_id;

  if (work_id == NULL || *work_id == '\0')
    return TRUE;
  return load_manager (store, &manager_id, error)
         && (cs_uuid_is_none (&manager_id)
             || (cs_store_write_work_link (store, client_id, &manager_id, work_id, "person", NULL, error)
                 && cs_store_write_only_there (store, &manager_id, error)));
}

/**
 * cs_store_import_contact:
 * @store: a store
 * @connection_id: the ledger
 * @remote_contact_id: a contact in its mirror
 * @work_id: (nullable): the client of the practice manager that it is, as a person said; "": none of them;
 *   %NULL: nobody was asked
 * @error: return location
 *
 * [C-02]: the client that is linked to the contact; else the one without a link that is it by exact e-mail
 * and name [K-4]; else a new one, made from it.
 *
 * Returns: (transfer full) (nullable): the client, linked; %NULL with %CS_STORE_ERROR_NOT_FOUND when the
 * mirror has no such contact, %CS_STORE_ERROR_INVALID while clients come from a practice manager,
 * %CS_STORE_ERROR_STATE when a person must say first whether it is one of those there [K-3], or what the file
 * said
 */
CsClient *
cs_store_import_contact (CsStore *store,
                         const CsUuid *connection_id,
                         const char *remote_contact_id,
                         const char *work_id,
                         GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsClient) client = NULL;
  CsUuid id = CS_UUID_NONE;

  g_return_val_if_fail (store != NULL && connection_id != NULL && remote_contact_id != NULL, NULL);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL
      || !cs_store_load_linked (store, CS_LINK_CLIENT, connection_id, remote_contact_id, &id, error)
      || (cs_uuid_is_none (&id)
          && (!check_precedence (store, connection_id, remote_contact_id, work_id, error)
              || !write_import (store, connection_id, remote_contact_id, &id, error)
              || !write_work_answer (store, &id, work_id, error))))
    return NULL;
  client = cs_store_load_client (store, &id, connection_id, error);
  if (client == NULL || !cs_sql_commit (transaction, error))
    return NULL;
  return g_steal_pointer (&client);
}
