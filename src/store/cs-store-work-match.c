/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-work.h"

#include "cs-store-private.h"

/* Who may be the same on both sides, for a person to say [K-3, K-4]: nothing is merged silently. */

#define MATCHES_MAX 20

/* Those that nobody here is linked to. */
#define FREE_THERE                                                                                           \
  " FROM work_client w WHERE w.connection_id = ?1 AND w.is_archived = 0 AND w.is_deleted = 0"                \
  " AND NOT EXISTS (SELECT 1 FROM link l WHERE l.connection_id = w.connection_id"                            \
  "  AND l.remote_id = w.remote_id AND l.kind = 'client')"

static int
compare_matches (gconstpointer a, gconstpointer b)
{
  const CsWorkMatch *x = *(const CsWorkMatch *const *)a;
  const CsWorkMatch *y = *(const CsWorkMatch *const *)b;

  return x->match != y->match ? (int)x->match - (int)y->match : g_strcmp0 (x->remote_id, y->remote_id);
}

static GPtrArray *
list_matches (CsStore *store,
              const CsUuid *connection_id,
              const char *name,
              const char *email,
              GError **error)
{
  g_autoptr (GPtrArray) matches = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_work_match_free);
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT w.remote_id, w.name, w.email" FREE_THERE);

  cs_sql_bind_uuid (row, connection_id);
  while (cs_sql_next (row, error))
    {
      g_autofree char *remote_id = NULL;
      g_autofree char *there = NULL;
      CsMatch match;

      cs_sql_read_text (row, &remote_id);
      cs_sql_read_text (row, &there);
      match = cs_match_record (name, email, "", remote_id, there, cs_sql_peek_text (row));
      if (match == CS_MATCH_NONE)
        continue;
      g_ptr_array_add (matches, g_new0 (CsWorkMatch, 1));
      ((CsWorkMatch *)matches->pdata[matches->len - 1])->match = match;
      ((CsWorkMatch *)matches->pdata[matches->len - 1])->remote_id = g_steal_pointer (&remote_id);
    }
  if (cs_sql_has_failed (row))
    return NULL;
  g_ptr_array_sort (matches, compare_matches);
  if (matches->len > MATCHES_MAX)
    g_ptr_array_set_size (matches, MATCHES_MAX);
  return g_steal_pointer (&matches);
}

/**
 * cs_store_list_work_matches:
 * @store: a store
 * @connection_id: the practice manager
 * @name: of a client here, or of a contact of the ledger
 * @email: its address, ""
 * @error: return location
 *
 * Returns: (transfer full): of #CsWorkMatch: the twenty that it may be best, best first; of those that nobody
 * here is linked to [K-3, K-4]
 */
GPtrArray *
cs_store_list_work_matches (CsStore *store,
                            const CsUuid *connection_id,
                            const char *name,
                            const char *email,
                            GError **error)
{
  g_autoptr (GPtrArray) matches = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL && name != NULL && email != NULL, NULL);

  matches = list_matches (store, connection_id, name, email, error);
  for (guint i = 0; matches != NULL && i < matches->len; i++)
    {
      CsWorkMatch *match = matches->pdata[i];

      match->client = cs_store_get_work_client (store, connection_id, match->remote_id, error);
      if (match->client == NULL)
        return NULL;
    }
  return g_steal_pointer (&matches);
}

/* --- those that are only there --- */

typedef struct
{
  CsUuid id;
  char *name;
  char *email;
} Here;

static void
here_free (gpointer data)
{
  Here *here = data;

  g_free (here->name);
  g_free (here->email);
  g_free (here);
}

/* Clients here that are linked to nobody there, by what may be the same. */
typedef struct
{
  GPtrArray *clients;  /* of Here */
  GHashTable *by_name; /* as cs_match_normalise_name() -> Here */
  GHashTable *by_mail; /* folded -> Here */
} Unlinked;

static void
unlinked_clear (Unlinked *unlinked)
{
  g_clear_pointer (&unlinked->by_name, g_hash_table_unref);
  g_clear_pointer (&unlinked->by_mail, g_hash_table_unref);
  g_clear_pointer (&unlinked->clients, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Unlinked, unlinked_clear)

static char *
fold_email (const char *email)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (email));

  return g_utf8_casefold (trimmed, -1);
}

static void
index_client (Unlinked *unlinked, Here *here)
{
  /* The oldest of several stays. */
  g_hash_table_replace (unlinked->by_name, cs_match_normalise_name (here->name), here);
  g_hash_table_replace (unlinked->by_mail, fold_email (here->email), here);
}

static gboolean
load_unlinked (CsStore *store, const CsUuid *connection_id, Unlinked *unlinked, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT c.id, c.name, c.email FROM client c WHERE c.state <> 'archived' AND NOT EXISTS"
                  " (SELECT 1 FROM link l WHERE l.kind = 'client' AND l.local_id = c.id"
                  "  AND l.connection_id = ?) ORDER BY c.created_ms DESC, c.number DESC");

  unlinked->clients = g_ptr_array_new_with_free_func (here_free);
  unlinked->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  unlinked->by_mail = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  cs_sql_bind_uuid (row, connection_id);
  while (cs_sql_next (row, error))
    {
      Here *here = g_new0 (Here, 1);

      g_ptr_array_add (unlinked->clients, here);
      here->id = cs_sql_read_uuid (row);
      cs_sql_read_text (row, &here->name);
      cs_sql_read_text (row, &here->email);
      index_client (unlinked, here);
    }
  return !cs_sql_has_failed (row);
}

static void
consider (CsWorkNew *only_there, const Here *here)
{
  CsMatch match;

  if (here == NULL)
    return;
  match = cs_match_record (here->name, here->email, "", only_there->entry->remote_id, only_there->entry->name,
                           only_there->entry->email);
  if (match >= only_there->match)
    return;
  only_there->match = match;
  only_there->client_id = here->id;
  g_set_str (&only_there->client_name, here->name);
  g_set_str (&only_there->client_email, here->email);
}

static void
find_here (CsWorkNew *only_there, const Unlinked *unlinked)
{
  g_autofree char *name = cs_match_normalise_name (only_there->entry->name);
  g_autofree char *email = fold_email (only_there->entry->email);

  only_there->match = CS_MATCH_NONE;
  consider (only_there, *name != '\0' ? g_hash_table_lookup (unlinked->by_name, name) : NULL);
  consider (only_there, *email != '\0' ? g_hash_table_lookup (unlinked->by_mail, email) : NULL);
}

/**
 * cs_store_review_new_work_clients:
 * @store: a store
 * @connection_id: the practice manager
 * @error: return location
 *
 * Returns: (transfer full): of #CsWorkNew, by name: those that are only there and that nobody left out, each
 * with whom it may be here [K-2, K-3]
 */
GPtrArray *
cs_store_review_new_work_clients (CsStore *store, const CsUuid *connection_id, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_work_new_free);
  g_autoptr (CsSqlStatement) row = NULL;
  g_auto (Unlinked) unlinked = { 0 };

  g_return_val_if_fail (store != NULL && connection_id != NULL, NULL);

  if (!load_unlinked (store, connection_id, &unlinked, error))
    return NULL;
  row = cs_sql_prepare (store->sql, "SELECT w.remote_id, w.name, w.email" FREE_THERE
                                    " AND w.is_left_out = 0 ORDER BY w.name COLLATE NOCASE, w.remote_id");
  cs_sql_bind_uuid (row, connection_id);
  while (cs_sql_next (row, error))
    {
      CsWorkNew *only_there = g_new0 (CsWorkNew, 1);

      g_ptr_array_add (found, only_there);
      only_there->entry = cs_work_entry_new ();
      cs_sql_read_text (row, &only_there->entry->remote_id);
      cs_sql_read_text (row, &only_there->entry->name);
      cs_sql_read_text (row, &only_there->entry->email);
      find_here (only_there, &unlinked);
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&found);
}

gboolean
cs_store_write_only_there (CsStore *store, const CsUuid *connection_id, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "INSERT INTO work_only_there (connection_id, n) SELECT ?1, CASE WHEN EXISTS"
                  " (SELECT 1 FROM work_settings WHERE import IN ('ask', 'leads'))"
                  " THEN (SELECT count (*)" FREE_THERE " AND w.is_left_out = 0) ELSE 0 END WHERE true"
                  " ON CONFLICT (connection_id) DO UPDATE SET n = excluded.n WHERE n <> excluded.n");

  cs_sql_bind_uuid (row, connection_id);
  return cs_sql_run (row, error);
}

/** cs_store_leave_work_client: Returns: whether it is left out, or no longer, of those to make leads of, with
 * an audit row; else what the file said [K-2] */
gboolean
cs_store_leave_work_client (CsStore *store,
                            const CsUuid *connection_id,
                            const char *remote_id,
                            gboolean is_left_out,
                            GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsSqlStatement) row = NULL;
  g_autoptr (CsJsonBuilder) details = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL && remote_id != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL)
    return FALSE;
  row = cs_sql_prepare (store->sql,
                        "UPDATE work_client SET is_left_out = ? WHERE connection_id = ? AND remote_id = ?");
  cs_sql_bind_boolean (row, is_left_out);
  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, remote_id);
  details = cs_audit_details_new ();
  cs_json_builder_set_string (details, "remote_id", remote_id);
  cs_json_builder_set_string (details, "left_out", is_left_out ? "yes" : "no");
  return cs_sql_run (row, error) && cs_store_write_only_there (store, connection_id, error)
         && cs_store_write_audit_id (store, "work-client.left-out", connection_id, details, error)
         && cs_sql_commit (transaction, error);
}
