/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"
#include "cs-store-sets.h"

#include <glib/gi18n-lib.h>

#define NAME_CHARACTERS_MAX 255
#define SET_COLUMNS "s.id, s.kind, s.name, s.email, s.phone, s.updated_ms, s.revision"

static CsClientSet *
read_set (CsSqlStatement *row, GError **error)
{
  g_autoptr (CsClientSet) set = cs_client_set_new (CS_CLIENT_SET_GROUP);

  set->id = cs_sql_read_uuid (row);
  if (!cs_client_set_kind_parse (cs_sql_peek_text (row), &set->kind, error))
    return NULL;
  cs_sql_read_text (row, &set->name);
  cs_sql_read_text (row, &set->email);
  cs_sql_read_text (row, &set->phone);
  set->updated_ms = cs_sql_read_integer (row);
  set->revision = cs_sql_read_integer (row);
  return g_steal_pointer (&set);
}

static gboolean
load_members (CsStore *store, CsClientSet *set, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT client_id FROM client_set_member WHERE set_id = ? ORDER BY client_id");

  cs_sql_bind_uuid (row, &set->id);
  while (cs_sql_next (row, error))
    {
      CsUuid client_id = cs_sql_read_uuid (row);

      g_array_append_val (set->client_ids, client_id);
    }
  return !cs_sql_has_failed (row);
}

static GPtrArray *
list_sets (CsStore *store, CsSqlStatement *row, GError **error)
{
  g_autoptr (GPtrArray) sets = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_client_set_free);

  while (cs_sql_next (row, error))
    {
      CsClientSet *set = read_set (row, error);

      if (set == NULL)
        return NULL;
      g_ptr_array_add (sets, set);
    }
  if (cs_sql_has_failed (row))
    return NULL;
  for (guint i = 0; i < sets->len; i++)
    if (!load_members (store, sets->pdata[i], error))
      return NULL;
  return g_steal_pointer (&sets);
}

/**
 * cs_store_list_client_sets:
 * @store: a store
 * @kind: groups or people
 * @error: return location
 *
 * Returns: (transfer full) (element-type CsClientSet) (nullable): all of them with their members, by name
 */
GPtrArray *
cs_store_list_client_sets (CsStore *store, CsClientSetKind kind, GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL, NULL);

  row = cs_sql_prepare (store->sql,
                        "SELECT " SET_COLUMNS " FROM client_set s WHERE s.kind = ?"
                        /* Whose clients are all in the archive is there with them. */
                        " AND (s.kind <> 'person' OR NOT EXISTS (SELECT 1 FROM client_set_member m"
                        "  WHERE m.set_id = s.id) OR EXISTS (SELECT 1 FROM client_set_member m"
                        "  JOIN client c ON c.id = m.client_id WHERE m.set_id = s.id"
                        "  AND c.state <> 'archived')) ORDER BY s.name COLLATE NOCASE");
  cs_sql_bind_text (row, cs_client_set_kind_to_string (kind));
  return list_sets (store, row, error);
}

/**
 * cs_store_list_sets_of_client:
 * @store: a store
 * @client_id: a client
 * @error: return location
 *
 * Returns: (transfer full) (element-type CsClientSet) (nullable): its people, then its groups, by name
 */
GPtrArray *
cs_store_list_sets_of_client (CsStore *store, const CsUuid *client_id, GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && client_id != NULL, NULL);

  row = cs_sql_prepare (store->sql,
                        "SELECT " SET_COLUMNS " FROM client_set_member m JOIN client_set s ON s.id = m.set_id"
                        " WHERE m.client_id = ? ORDER BY s.kind DESC, s.name COLLATE NOCASE");
  cs_sql_bind_uuid (row, client_id);
  return list_sets (store, row, error);
}

static CsClientSet *
load_set (CsStore *store, const CsUuid *id, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT " SET_COLUMNS " FROM client_set s WHERE s.id = ?");
  g_autoptr (GPtrArray) sets = NULL;

  cs_sql_bind_uuid (row, id);
  sets = list_sets (store, row, error);
  if (sets == NULL)
    return NULL;
  if (sets->len > 0)
    return g_ptr_array_steal_index (sets, 0);
  cs_store_refuse (error, CS_STORE_ERROR_NOT_FOUND, _ ("This is not here any more."));
  return NULL;
}

/**
 * cs_store_get_client_set:
 * @store: a store
 * @id: a group or a person
 * @error: return location
 *
 * Returns: (transfer full) (nullable): it, with its members; else %CS_STORE_ERROR_NOT_FOUND or what the file
 * said
 */
CsClientSet *
cs_store_get_client_set (CsStore *store, const CsUuid *id, GError **error)
{
  g_return_val_if_fail (store != NULL && id != NULL, NULL);

  return load_set (store, id, error);
}

/**
 * cs_store_list_clients_of_set:
 * @store: a store
 * @id: a group or a person
 * @error: return location
 *
 * Returns: (transfer full) (element-type CsClient) (nullable): its members with their links, archived ones,
 * too
 */
GPtrArray *
cs_store_list_clients_of_set (CsStore *store, const CsUuid *id, GError **error)
{
  g_autoptr (GPtrArray) clients = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_client_free);
  g_autoptr (CsClientSet) set = NULL;

  g_return_val_if_fail (store != NULL && id != NULL, NULL);

  set = load_set (store, id, error);
  for (guint i = 0; set != NULL && i < set->client_ids->len; i++)
    {
      CsClient *client
          = cs_store_load_client (store, &g_array_index (set->client_ids, CsUuid, i), NULL, error);

      if (client == NULL)
        return NULL;
      g_ptr_array_add (clients, client);
    }
  return set != NULL ? g_steal_pointer (&clients) : NULL;
}

/* --- saving --- */

static gboolean
check_name (CsStore *store, const CsClientSet *set, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT 1 FROM client_set WHERE kind = ? AND name = ? COLLATE NOCASE AND id <> ?");

  if (*set->name == '\0' || g_utf8_strlen (set->name, -1) > NAME_CHARACTERS_MAX)
    return cs_store_refuse (error, CS_STORE_ERROR_INVALID,
                            _ ("It needs a name of no more than 255 characters."));
  cs_sql_bind_text (row, cs_client_set_kind_to_string (set->kind));
  cs_sql_bind_text (row, set->name);
  cs_sql_bind_uuid (row, &set->id);
  if (cs_sql_next (row, error))
    return cs_store_refuse (error, CS_STORE_ERROR_INVALID,
                            set->kind == CS_CLIENT_SET_GROUP ? _ ("There is a group of this name already.")
                                                             : _ ("There is a person of this name already."));
  return !cs_sql_has_failed (row);
}

static gboolean
write_set (CsStore *store, const CsClientSet *set, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "INSERT INTO client_set (id, kind, name, email, phone, updated_ms, revision)"
                  " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
                  " email = excluded.email, phone = excluded.phone, updated_ms = excluded.updated_ms,"
                  " revision = excluded.revision");

  cs_sql_bind_uuid (row, &set->id);
  cs_sql_bind_text (row, cs_client_set_kind_to_string (set->kind));
  cs_sql_bind_text (row, set->name);
  cs_sql_bind_text (row, set->email);
  cs_sql_bind_text (row, set->phone);
  cs_sql_bind_integer (row, set->updated_ms);
  cs_sql_bind_integer (row, set->revision);
  return cs_sql_run (row, error);
}

static gboolean
write_member (CsStore *store, const CsUuid *set_id, const CsUuid *client_id, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "INSERT INTO client_set_member (set_id, client_id) VALUES (?, ?) ON CONFLICT DO NOTHING");

  cs_sql_bind_uuid (row, set_id);
  cs_sql_bind_uuid (row, client_id);
  return cs_sql_run (row, error);
}

static gboolean
write_members (CsStore *store, const CsClientSet *set, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "DELETE FROM client_set_member WHERE set_id = ?");

  cs_sql_bind_uuid (row, &set->id);
  if (!cs_sql_run (row, error))
    return FALSE;
  for (guint i = 0; i < set->client_ids->len; i++)
    if (!write_member (store, &set->id, &g_array_index (set->client_ids, CsUuid, i), error))
      return FALSE;
  return TRUE;
}

/* Who is called otherwise is so at the clients that named that person, too. */
static gboolean
rename_at_clients (CsStore *store, const CsClientSet *set, const char *before, GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;

  if (set->kind != CS_CLIENT_SET_PERSON || g_str_equal (set->name, before))
    return TRUE;
  row = cs_sql_prepare (store->sql,
                        "UPDATE client SET contact_name = ?, updated_ms = ?, revision = revision + 1"
                        " WHERE contact_name = ? COLLATE NOCASE"
                        " AND id IN (SELECT client_id FROM client_set_member WHERE set_id = ?)");
  cs_sql_bind_text (row, set->name);
  cs_sql_bind_integer (row, set->updated_ms);
  cs_sql_bind_text (row, before);
  cs_sql_bind_uuid (row, &set->id);
  return cs_sql_run (row, error);
}

/* One that was deleted meanwhile is made again as it was: that is how a deletion is undone. */
static gboolean
write_known (CsStore *store, CsClientSet *set, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsClientSet) stored = load_set (store, &set->id, &failure);

  if (stored == NULL && !g_error_matches (failure, CS_STORE_ERROR, CS_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (stored != NULL && stored->revision != set->revision)
    {
      g_set_error (error, CS_STORE_ERROR, CS_STORE_ERROR_STALE,
                   _ ("%s was changed meanwhile. Look at it again before you save."), stored->name);
      return FALSE;
    }
  set->revision++;
  return write_set (store, set, error)
         && (stored == NULL || rename_at_clients (store, set, stored->name, error));
}

/**
 * cs_store_save_client_set:
 * @store: a store
 * @set: inserted when its id is none; id, revision and time are filled in. With an id it is saved under that,
 *   also after it was deleted
 * @error: return location
 *
 * Audited. Nothing of it leaves the machine.
 *
 * Returns: whether it was saved; else %CS_STORE_ERROR_INVALID (no name, too long a name, or another's),
 * %CS_STORE_ERROR_STALE when somebody saved it since, or what the file said
 */
gboolean
cs_store_save_client_set (CsStore *store, CsClientSet *set, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsClientSet) saved = NULL;
  gboolean is_new;

  g_return_val_if_fail (store != NULL && set != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL)
    return FALSE;
  saved = cs_client_set_copy (set);
  g_strstrip (saved->name);
  is_new = cs_uuid_is_none (&saved->id);
  if (!check_name (store, saved, error))
    return FALSE;
  saved->updated_ms = cs_store_now_ms (store);
  if (is_new)
    {
      saved->id = cs_store_new_uuid (store);
      saved->revision = 1;
    }
  if ((is_new ? !write_set (store, saved, error) : !write_known (store, saved, error))
      || !write_members (store, saved, error)
      || !cs_store_write_audit_id (store, is_new ? "client-set.created" : "client-set.saved", &saved->id,
                                   NULL, error)
      || !cs_sql_commit (transaction, error))
    return FALSE;
  set->id = saved->id;
  set->revision = saved->revision;
  set->updated_ms = saved->updated_ms;
  g_set_str (&set->name, saved->name);
  return TRUE;
}

/**
 * cs_store_delete_client_set:
 * @store: a store
 * @id: a group or a person
 * @error: return location
 *
 * Audited. Its clients stay as they are, and go on naming the person.
 *
 * Returns: whether it is gone; else %CS_STORE_ERROR_NOT_FOUND or what the file said
 */
gboolean
cs_store_delete_client_set (CsStore *store, const CsUuid *id, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && id != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL)
    return FALSE;
  row = cs_sql_prepare (store->sql, "DELETE FROM client_set WHERE id = ?");
  cs_sql_bind_uuid (row, id);
  if (!cs_sql_run (row, error))
    return FALSE;
  if (cs_sql_count_changes (store->sql) == 0)
    return cs_store_refuse (error, CS_STORE_ERROR_NOT_FOUND, _ ("This is not here any more."));
  return cs_store_write_audit_id (store, "client-set.deleted", id, NULL, error)
         && cs_sql_commit (transaction, error);
}

/* --- the person that a client names --- */

static gboolean
leave_person (CsStore *store, const CsClient *client, const char *name, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "DELETE FROM client_set_member WHERE client_id = ? AND set_id IN"
                  " (SELECT id FROM client_set WHERE kind = 'person' AND name = ? COLLATE NOCASE)");

  cs_sql_bind_uuid (row, &client->id);
  cs_sql_bind_text (row, name);
  return cs_sql_run (row, error);
}

/* Who was made of a client's word alone, and whom no client names any more. */
static gboolean
drop_empty_person (CsStore *store, const char *name, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "DELETE FROM client_set WHERE kind = 'person' AND name = ? COLLATE NOCASE AND revision = 1"
                  " AND email = '' AND id NOT IN (SELECT set_id FROM client_set_member)");

  cs_sql_bind_text (row, name);
  return cs_sql_run (row, error);
}

static gboolean
join_person (CsStore *store, const CsClient *client, GError **error)
{
  g_autoptr (CsClientSet) person = cs_client_set_new (CS_CLIENT_SET_PERSON);
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT id FROM client_set WHERE kind = 'person' AND name = ? COLLATE NOCASE");

  cs_sql_bind_text (row, client->contact_name);
  if (cs_sql_next (row, error))
    person->id = cs_sql_read_uuid (row);
  else if (cs_sql_has_failed (row))
    return FALSE;
  else
    {
      person->id = cs_store_new_uuid (store);
      person->updated_ms = cs_store_now_ms (store);
      person->revision = 1;
      g_set_str (&person->name, client->contact_name);
      if (!write_set (store, person, error))
        return FALSE;
    }
  return write_member (store, &person->id, &client->id, error);
}

gboolean
cs_store_write_contact_person (CsStore *store, const CsClient *client, const char *before, GError **error)
{
  if (g_str_equal (client->contact_name, before))
    return TRUE;
  return (*before == '\0'
          || (leave_person (store, client, before, error) && drop_empty_person (store, before, error)))
         && (*client->contact_name == '\0' || join_person (store, client, error));
}
