/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-jobs.h"

#include "cs-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LINK_MEMBER "member"

/** cs_store_list_members: Returns: (transfer full) (element-type CsMember) (nullable): by name */
GPtrArray *
cs_store_list_members (CsStore *store, GError **error)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_member_free);
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL, NULL);

  row = cs_sql_prepare (
      store->sql, "SELECT m.id, m.name, m.email, m.has_access, m.manages, m.is_partner, m.works,"
                  " ifnull (l.remote_id, '') FROM member m LEFT JOIN link l ON l.kind = '" LINK_MEMBER "'"
                  " AND l.local_id = m.id AND l.connection_id = " CS_STORE_WORK_CONNECTION
                  " ORDER BY m.name COLLATE NOCASE, m.rid");
  while (cs_sql_next (row, error))
    {
      CsMember *member = cs_member_new ();

      g_ptr_array_add (members, member);
      member->id = cs_sql_read_uuid (row);
      cs_sql_read_text (row, &member->name);
      cs_sql_read_text (row, &member->email);
      member->has_access = cs_sql_read_boolean (row);
      member->manages = cs_sql_read_boolean (row);
      member->is_partner = cs_sql_read_boolean (row);
      member->works = cs_sql_read_boolean (row);
      cs_sql_read_text (row, &member->staff_id);
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&members);
}

/* Who manages, or is the partner, takes the place of who did. */
static gboolean
make_room (CsStore *store, const CsMember *member, GError **error)
{
  return (!member->manages
          || cs_sql_execute (store->sql, "UPDATE member SET manages = 0 WHERE manages = 1", error))
         && (!member->is_partner
             || cs_sql_execute (store->sql, "UPDATE member SET is_partner = 0 WHERE is_partner = 1", error));
}

static gboolean
write_member (CsStore *store, const CsMember *member, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "INSERT INTO member (id, name, email, has_access, manages, is_partner, works)"
                  " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
                  " email = excluded.email, has_access = excluded.has_access, manages = excluded.manages,"
                  " is_partner = excluded.is_partner, works = excluded.works");

  cs_sql_bind_uuid (row, &member->id);
  cs_sql_bind_text (row, member->name);
  cs_sql_bind_text (row, member->email);
  cs_sql_bind_boolean (row, member->has_access);
  cs_sql_bind_boolean (row, member->manages);
  cs_sql_bind_boolean (row, member->is_partner);
  cs_sql_bind_boolean (row, member->works);
  return cs_sql_run (row, error);
}

static gboolean
load_connection (CsStore *store, CsUuid *id, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (store->sql, "SELECT " CS_STORE_WORK_CONNECTION);

  if (!cs_sql_next (row, error))
    return FALSE;
  *id = cs_sql_read_uuid (row);
  return TRUE;
}

static gboolean
write_staff_link (CsStore *store, const CsMember *member, const char *how, GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;
  CsUuid connection_id;

  if (!load_connection (store, &connection_id, error))
    return FALSE;
  if (cs_uuid_is_none (&connection_id))
    return TRUE;
  if (member->staff_id[0] != '\0')
    return cs_store_write_link (store, LINK_MEMBER, &member->id, &connection_id, member->staff_id, how,
                                error);
  row = cs_sql_prepare (store->sql, "DELETE FROM link WHERE kind = ? AND local_id = ? AND connection_id = ?");
  cs_sql_bind_text (row, LINK_MEMBER);
  cs_sql_bind_uuid (row, &member->id);
  cs_sql_bind_uuid (row, &connection_id);
  return cs_sql_run (row, error);
}

static gboolean
write_saved_audit (CsStore *store, const char *action, const CsMember *member, GError **error)
{
  g_autoptr (CsJsonBuilder) details = cs_audit_details_new ();

  cs_json_builder_set_string (details, "name", member->name);
  cs_json_builder_set_string (details, "staff", member->staff_id);
  return cs_store_write_audit_id (store, action, &member->id, details, error);
}

/**
 * cs_store_save_member:
 * @store: a store
 * @member: who; without an id: somebody new, whose id is filled in
 * @error: return location
 *
 * With a staff id the member is linked by hand, "" unlinks [J-03].
 *
 * Returns: whether it was saved; else %CS_STORE_ERROR_INVALID without a name, or when that staff record is
 * another member's
 */
gboolean
cs_store_save_member (CsStore *store, CsMember *member, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (store != NULL && member != NULL, FALSE);

  name = g_strstrip (g_strdup (member->name));
  if (name[0] == '\0')
    return cs_store_refuse (error, CS_STORE_ERROR_INVALID, _ ("Enter a name."));
  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL)
    return FALSE;
  if (cs_uuid_is_none (&member->id))
    member->id = cs_store_new_uuid (store);
  return make_room (store, member, error) && write_member (store, member, error)
         && write_staff_link (store, member, "person", error)
         && write_saved_audit (store, "member.saved", member, error) && cs_sql_commit (transaction, error);
}

/** cs_store_delete_member: Returns: whether nobody is of this id any more; jobs that are planned keep who
 * was to work on them */
gboolean
cs_store_delete_member (CsStore *store, const CsUuid *id, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsSqlStatement) links = NULL;
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && id != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL)
    return FALSE;
  links = cs_sql_prepare (store->sql, "DELETE FROM link WHERE kind = ? AND local_id = ?");
  cs_sql_bind_text (links, LINK_MEMBER);
  cs_sql_bind_uuid (links, id);
  row = cs_sql_prepare (store->sql, "DELETE FROM member WHERE id = ?");
  cs_sql_bind_uuid (row, id);
  return cs_sql_run (links, error) && cs_sql_run (row, error)
         && cs_store_write_audit_id (store, "member.deleted", id, NULL, error)
         && cs_sql_commit (transaction, error);
}

/* The one of the staff with that e-mail, "" when there is none or several, or it is somebody's already. */
static gboolean
find_staff (CsStore *store, const CsMember *member, char **staff_id, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT min (e.remote_id), count(*) FROM work_entry e"
                  " WHERE e.connection_id = " CS_STORE_WORK_CONNECTION " AND e.list = 'staff'"
                  " AND e.email = ? COLLATE NOCASE AND NOT EXISTS (SELECT 1 FROM link l"
                  " WHERE l.connection_id = e.connection_id AND l.remote_id = e.remote_id"
                  " AND l.kind = '" LINK_MEMBER "')");

  cs_sql_bind_text (row, member->email);
  if (!cs_sql_next (row, error))
    return FALSE;
  cs_sql_read_text (row, staff_id);
  if (cs_sql_read_integer (row) != 1)
    g_set_str (staff_id, "");
  return TRUE;
}

/**
 * cs_store_link_staff:
 * @store: a store
 * @n_linked: (out): how many were linked
 * @error: return location
 *
 * Members who are not linked, each to the one of the staff with the same e-mail address [J-03].
 *
 * Returns: whether they are; else what the file said
 */
gboolean
cs_store_link_staff (CsStore *store, guint *n_linked, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (GPtrArray) members = NULL;

  g_return_val_if_fail (store != NULL && n_linked != NULL, FALSE);

  *n_linked = 0;
  transaction = cs_sql_begin (store->sql, error);
  members = transaction != NULL ? cs_store_list_members (store, error) : NULL;
  if (members == NULL)
    return FALSE;
  for (guint i = 0; i < members->len; i++)
    {
      CsMember *member = g_ptr_array_index (members, i);

      if (member->staff_id[0] != '\0' || member->email[0] == '\0')
        continue;
      if (!find_staff (store, member, &member->staff_id, error))
        return FALSE;
      if (member->staff_id[0] == '\0')
        continue;
      if (!write_staff_link (store, member, "email", error)
          || !write_saved_audit (store, "member.linked", member, error))
        return FALSE;
      (*n_linked)++;
    }
  return cs_sql_commit (transaction, error);
}
