/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"
#include "cs-store-work.h"

#include <glib/gi18n-lib.h>

/* What becomes here of what the practice manager says: links that make themselves [K-4], leads [K-2, X-02],
 * and fields that travel [K-1]. */

typedef struct
{
  CsUuid client_id;
  char *remote_id;
} Pair;

static void
pair_free (gpointer data)
{
  Pair *pair = data;

  g_free (pair->remote_id);
  g_free (pair);
}

static GPtrArray *
list_pairs (CsSqlStatement *row, GError **error)
{
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func (pair_free);

  while (cs_sql_next (row, error))
    {
      Pair *pair = g_new0 (Pair, 1);

      g_ptr_array_add (pairs, pair);
      pair->client_id = cs_sql_read_uuid (row);
      cs_sql_read_text (row, &pair->remote_id);
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&pairs);
}

/* --- links that make themselves --- */

/* The same name and the same e-mail address, and neither side has a second one of the kind [K-4, X-16]. */
static gboolean
write_links (CsStore *store, const CsUuid *connection_id, guint *n_linked, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql,
      "SELECT c.id, min (w.remote_id) FROM client c CROSS JOIN work_client w"
      " ON w.connection_id = ?1 AND w.is_archived = 0 AND w.is_deleted = 0 AND w.name = c.name COLLATE NOCASE"
      " AND lower (w.email) = lower (c.email)"
      " WHERE c.email <> '' AND c.state <> 'archived'"
      " AND NOT EXISTS (SELECT 1 FROM link l WHERE l.kind = 'client' AND l.local_id = c.id"
      "  AND l.connection_id = ?1)"
      " AND NOT EXISTS (SELECT 1 FROM link l WHERE l.connection_id = ?1 AND l.remote_id = w.remote_id"
      "  AND l.kind = 'client')"
      " AND NOT EXISTS (SELECT 1 FROM client d WHERE d.name = c.name COLLATE NOCASE"
      "  AND lower (d.email) = lower (c.email) AND d.id <> c.id AND d.state <> 'archived')"
      " GROUP BY c.id HAVING count (*) = 1");
  g_autoptr (GPtrArray) pairs = NULL;

  cs_sql_bind_uuid (row, connection_id);
  pairs = list_pairs (row, error);
  for (guint i = 0; pairs != NULL && i < pairs->len; i++)
    {
      const Pair *pair = g_ptr_array_index (pairs, i);

      if (!cs_store_write_work_link (store, &pair->client_id, connection_id, pair->remote_id,
                                     "email-and-name", NULL, error))
        return FALSE;
      ++*n_linked;
    }
  return pairs != NULL;
}

/* --- leads --- */

static CsClient *
make_lead (const CsWorkClient *work)
{
  CsClient *client = cs_client_new ();

  client->state = CS_CLIENT_LEAD;
  client->source = CS_SOURCE_XPM;
  cs_work_fields_to_client (work->fields, client);
  return client;
}

/* From here on both hold the same. */
static gboolean
write_lead (CsStore *store,
            const CsUuid *connection_id,
            const CsWorkClient *work,
            CsClient *client,
            GError **error)
{
  return cs_store_write_client (store, client, error)
         && cs_store_write_work_link (store, &client->id, connection_id, work->remote_id, "import", NULL,
                                      error)
         && cs_store_write_work_base (store, &client->id, connection_id, work->remote_id, work->fields,
                                      error);
}

/* In a transaction. */
static CsClient *
add_client (CsStore *store, const CsUuid *connection_id, const char *remote_id, GError **error)
{
  g_autoptr (CsWorkClient) work = NULL;
  g_autoptr (CsClient) client = NULL;
  CsUuid known;

  if (!cs_store_load_linked (store, CS_LINK_CLIENT, connection_id, remote_id, &known, error))
    return NULL;
  if (!cs_uuid_is_none (&known))
    return cs_store_load_client (store, &known, NULL, error);
  work = cs_store_get_work_client (store, connection_id, remote_id, error);
  if (work == NULL)
    return NULL;
  client = make_lead (work);
  return write_lead (store, connection_id, work, client, error) ? g_steal_pointer (&client) : NULL;
}

/**
 * cs_store_add_work_client:
 * @store: a store
 * @connection_id: the practice manager
 * @remote_id: the record there
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the client that is linked to it, made as a lead when there is none
 * else %CS_STORE_ERROR_NOT_FOUND, %CS_STORE_ERROR_INVALID with a name that no client may have, or
 * what the file said
 */
CsClient *
cs_store_add_work_client (CsStore *store, const CsUuid *connection_id, const char *remote_id, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsClient) client = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL && remote_id != NULL, NULL);

  transaction = cs_sql_begin (store->sql, error);
  client = transaction != NULL ? add_client (store, connection_id, remote_id, error) : NULL;
  if (client == NULL || !cs_store_write_only_there (store, connection_id, error)
      || !cs_sql_commit (transaction, error))
    return NULL;
  return g_steal_pointer (&client);
}

#define NOT_LINKED                                                                                           \
  " WHERE w.connection_id = ? AND w.is_archived = 0 AND w.is_deleted = 0"                                    \
  " AND NOT EXISTS (SELECT 1 FROM link l WHERE l.connection_id = w.connection_id"                            \
  "  AND l.remote_id = w.remote_id AND l.kind = 'client')"

/** cs_store_count_new_work_clients: Returns: whether @n (out) is how many of them are only there; else what
 * the file said */
gboolean
cs_store_count_new_work_clients (CsStore *store, const CsUuid *connection_id, guint *n, GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL && n != NULL, FALSE);

  row = cs_sql_prepare (store->sql, "SELECT count (*) FROM work_client w" NOT_LINKED);
  cs_sql_bind_uuid (row, connection_id);
  if (!cs_sql_next (row, error))
    return FALSE;
  *n = (guint)cs_sql_read_integer (row);
  return TRUE;
}

/** cs_store_list_new_work_clients: Returns: (transfer full): of #CsWorkEntry, by name: those that are only
 * there, neither archived nor deleted [K-2] */
GPtrArray *
cs_store_list_new_work_clients (CsStore *store, const CsUuid *connection_id, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_work_entry_free);
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL, NULL);

  row = cs_sql_prepare (store->sql, "SELECT w.remote_id, w.name, w.email FROM work_client w" NOT_LINKED
                                    " ORDER BY w.name COLLATE NOCASE, w.remote_id");
  cs_sql_bind_uuid (row, connection_id);
  while (cs_sql_next (row, error))
    {
      CsWorkEntry *entry = cs_work_entry_new ();

      g_ptr_array_add (entries, entry);
      cs_sql_read_text (row, &entry->remote_id);
      cs_sql_read_text (row, &entry->name);
      cs_sql_read_text (row, &entry->email);
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&entries);
}

/* A name that no client may have stays a record to be looked at there. */
static gboolean
write_lead_of (CsStore *store,
               const CsUuid *connection_id,
               const char *remote_id,
               guint *n_created,
               GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CsClient) client = add_client (store, connection_id, remote_id, &local);

  *n_created += client != NULL;
  if (client != NULL || g_error_matches (local, CS_STORE_ERROR, CS_STORE_ERROR_INVALID))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* K-3: of one that may be a client here none is made beside it before a person said so. */
static gboolean
write_leads (CsStore *store, const CsUuid *connection_id, guint *n_created, GError **error)
{
  g_autoptr (GPtrArray) found = cs_store_review_new_work_clients (store, connection_id, error);

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      const CsWorkNew *only_there = found->pdata[i];

      if (only_there->match == CS_MATCH_NONE
          && !write_lead_of (store, connection_id, only_there->entry->remote_id, n_created, error))
        return FALSE;
    }
  return found != NULL;
}

/** cs_store_add_new_work_clients: Returns: whether @n (out) leads were made of those that are only there and
 * surely nobody here [K-2, K-3], in one transaction; else what the file said */
gboolean
cs_store_add_new_work_clients (CsStore *store, const CsUuid *connection_id, guint *n, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL && n != NULL, FALSE);

  *n = 0;
  transaction = cs_sql_begin (store->sql, error);
  return transaction != NULL && write_leads (store, connection_id, n, error)
         && cs_store_write_only_there (store, connection_id, error) && cs_sql_commit (transaction, error);
}

/** cs_store_add_some_work_clients: Returns: whether @n (out) leads were made of those @remote_ids that a
 * person chose [K-2], in one transaction; else what the file said */
gboolean
cs_store_add_some_work_clients (CsStore *store,
                                const CsUuid *connection_id,
                                const GPtrArray *remote_ids,
                                guint *n,
                                GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL && remote_ids != NULL && n != NULL, FALSE);

  *n = 0;
  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL)
    return FALSE;
  for (guint i = 0; i < remote_ids->len; i++)
    if (!write_lead_of (store, connection_id, remote_ids->pdata[i], n, error))
      return FALSE;
  return cs_store_write_only_there (store, connection_id, error) && cs_sql_commit (transaction, error);
}

/* --- fields --- */

static gboolean
write_conflicts (CsStore *store,
                 const Pair *pair,
                 const CsUuid *connection_id,
                 const CsWorkMerge *merge,
                 GError **error)
{
  g_autoptr (CsSqlStatement) old
      = cs_sql_prepare (store->sql, "DELETE FROM work_conflict WHERE client_id = ? AND connection_id = ?");

  cs_sql_bind_uuid (old, &pair->client_id);
  cs_sql_bind_uuid (old, connection_id);
  if (!cs_sql_run (old, error))
    return FALSE;
  for (gsize i = 0; i < CS_WORK_N_FIELDS; i++)
    {
      g_autoptr (CsSqlStatement) row = NULL;

      if (merge->outcomes[i] != CS_WORK_OUTCOME_CONFLICT)
        continue;
      row = cs_sql_prepare (store->sql,
                            "INSERT INTO work_conflict (client_id, connection_id, remote_id, field,"
                            " ours, theirs) VALUES (?, ?, ?, ?, ?, ?)");
      cs_sql_bind_uuid (row, &pair->client_id);
      cs_sql_bind_uuid (row, connection_id);
      cs_sql_bind_text (row, pair->remote_id);
      cs_sql_bind_text (row, cs_work_field_to_string ((CsWorkField)i));
      cs_sql_bind_text (row, merge->here->values[i]);
      cs_sql_bind_text (row, merge->there->values[i]);
      if (!cs_sql_run (row, error))
        return FALSE;
    }
  return TRUE;
}

/* What was given is in the snapshot only once it was written there and read back: until then ours stays apart
 * from it, and is found again. */
static void
keep_given_apart (CsWorkMerge *merge, const CsWorkFields *base)
{
  for (gsize i = 0; i < CS_WORK_N_FIELDS; i++)
    if (merge->outcomes[i] == CS_WORK_OUTCOME_GIVE)
      g_set_str (&merge->base->values[i], base != NULL ? base->values[i] : NULL);
}

static gboolean
write_merge (CsStore *store,
             const Pair *pair,
             const CsUuid *connection_id,
             const CsWorkSettings *settings,
             CsWorkTaken *taken,
             GError **error)
{
  g_autoptr (CsClient) client = cs_store_load_client (store, &pair->client_id, NULL, error);
  g_autoptr (CsWorkClient) work
      = client != NULL ? cs_store_get_work_client (store, connection_id, pair->remote_id, error) : NULL;
  g_autoptr (CsWorkFields) base = NULL;
  g_autoptr (CsWorkFields) ours = NULL;
  g_autoptr (CsWorkMerge) merge = NULL;
  GError *local = NULL;

  if (work == NULL)
    return FALSE;
  base = cs_store_get_work_base (store, &pair->client_id, connection_id, pair->remote_id, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  ours = cs_work_fields_of_client (client);
  merge = cs_work_merge (base, ours, work->fields, settings->direction, settings->level);
  keep_given_apart (merge, base);
  if (!write_conflicts (store, pair, connection_id, merge, error))
    return FALSE;
  taken->n_conflicts += merge->n_conflicts > 0;
  if (merge->n_taken > 0 && cs_work_fields_to_client (merge->here, client))
    {
      if (!cs_store_write_client (store, client, error))
        return FALSE;
      taken->n_taken++;
    }
  return cs_store_write_work_base (store, &pair->client_id, connection_id, pair->remote_id, merge->base,
                                   error);
}

/* Whose snapshot says other than one of the sides does, or that have none yet. */
#define APART                                                                                                \
  " JOIN link l ON c.id = l.local_id"                                                                        \
  " JOIN work_client w ON w.connection_id = l.connection_id AND w.remote_id = l.remote_id"                   \
  " LEFT JOIN work_base b ON b.client_id = c.id AND b.connection_id = l.connection_id"                       \
  "  AND b.remote_id = l.remote_id"                                                                          \
  " WHERE l.kind = 'client' AND l.connection_id = ?1 AND w.is_deleted = 0 AND c.state <> 'archived'"         \
  " AND (b.fields IS NULL OR b.fields ->> '$.name' IS NOT w.name OR b.fields ->> '$.name' IS NOT c.name"     \
  "  OR ifnull (b.fields ->> '$.email', '') <> w.email OR ifnull (b.fields ->> '$.email', '') <> c.email"    \
  "  OR ifnull (b.fields ->> '$.phone', '') <> ifnull (w.fields ->> '$.phone', '')"                          \
  "  OR ifnull (b.fields ->> '$.phone', '') <> c.phone)"

static GPtrArray *
list_apart (CsStore *store, const CsUuid *connection_id, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT c.id, w.remote_id FROM client c" APART);

  cs_sql_bind_uuid (row, connection_id);
  return list_pairs (row, error);
}

static gboolean
write_merges (CsStore *store,
              const CsUuid *connection_id,
              const CsWorkSettings *settings,
              CsWorkTaken *taken,
              GError **error)
{
  g_autoptr (GPtrArray) pairs = NULL;

  if (settings->direction == CS_WORK_SYNC_OFF || settings->level == CS_WORK_LEVEL_NOTHING)
    return TRUE;
  pairs = list_apart (store, connection_id, error);
  for (guint i = 0; pairs != NULL && i < pairs->len; i++)
    if (!write_merge (store, g_ptr_array_index (pairs, i), connection_id, settings, taken, error))
      return FALSE;
  return pairs != NULL;
}

/* What was refused is no matter any more once both say the same, or nothing travels there. */
static gboolean
write_refusals_settled (CsStore *store,
                        const CsUuid *connection_id,
                        const CsWorkSettings *settings,
                        GError **error)
{
  gboolean travels = settings->direction == CS_WORK_SYNC_TO || settings->direction == CS_WORK_SYNC_BOTH;
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "DELETE FROM work_refusal WHERE connection_id = ?1 AND (?2 = 0 OR client_id"
                  " NOT IN (SELECT c.id FROM client c" APART "))");

  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_boolean (row, travels);
  return cs_sql_run (row, error);
}

/**
 * cs_store_take_work_clients:
 * @store: a store
 * @connection_id: the practice manager
 * @taken: (out): what became of it
 * @error: return location
 *
 * After each read: links whoever is the same beyond doubt [K-4], makes leads where the practice wants that
 * [K-2], and brings over what travels this way [K-1]. What both sides changed is left as it is, and is an
 * alert.
 *
 * Returns: whether it was done, in one transaction; else what the file said
 */
gboolean
cs_store_take_work_clients (CsStore *store, const CsUuid *connection_id, CsWorkTaken *taken, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  CsWorkSettings settings;

  g_return_val_if_fail (store != NULL && connection_id != NULL && taken != NULL, FALSE);

  *taken = (CsWorkTaken){ 0 };
  transaction = cs_sql_begin (store->sql, error);
  return transaction != NULL && cs_store_get_work_settings (store, &settings, error)
         && write_links (store, connection_id, &taken->n_linked, error)
         && (settings.import != CS_WORK_IMPORT_LEADS
             || write_leads (store, connection_id, &taken->n_created, error))
         && write_merges (store, connection_id, &settings, taken, error)
         && write_refusals_settled (store, connection_id, &settings, error)
         && cs_store_write_only_there (store, connection_id, error) && cs_sql_commit (transaction, error);
}

/* --- what goes there --- */

/** cs_work_gift_free: frees the record. */
void
cs_work_gift_free (CsWorkGift *gift)
{
  if (gift == NULL)
    return;
  g_free (gift->remote_id);
  g_clear_pointer (&gift->base, cs_work_fields_free);
  g_clear_pointer (&gift->ours, cs_work_fields_free);
  g_free (gift);
}

static CsWorkGift *
load_gift (CsStore *store, const Pair *pair, const CsUuid *connection_id, GError **error)
{
  g_autoptr (CsClient) client = cs_store_load_client (store, &pair->client_id, NULL, error);
  CsWorkGift *gift;
  GError *local = NULL;
  CsWorkFields *base;

  if (client == NULL)
    return NULL;
  base = cs_store_get_work_base (store, &pair->client_id, connection_id, pair->remote_id, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }
  gift = g_new0 (CsWorkGift, 1);
  gift->client_id = pair->client_id;
  gift->remote_id = g_strdup (pair->remote_id);
  gift->base = base;
  gift->ours = cs_work_fields_of_client (client);
  gift->is_active = client->state == CS_CLIENT_ACTIVE;
  return gift;
}

/**
 * cs_store_list_work_gifts:
 * @store: a store
 * @connection_id: the practice manager
 * @error: return location
 *
 * Returns: (transfer full): of #CsWorkGift: active clients that say other than was agreed with it; of a lead
 * nothing goes there before it accepts, and of what was refused nothing before it is changed or a
 * person wants it. Nothing where the direction doesn't carry it
 */
GPtrArray *
cs_store_list_work_gifts (CsStore *store, const CsUuid *connection_id, GError **error)
{
  g_autoptr (GPtrArray) gifts = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_work_gift_free);
  g_autoptr (GPtrArray) pairs = NULL;
  CsWorkSettings settings;

  g_return_val_if_fail (store != NULL && connection_id != NULL, NULL);

  if (!cs_store_get_work_settings (store, &settings, error))
    return NULL;
  if ((settings.direction != CS_WORK_SYNC_TO && settings.direction != CS_WORK_SYNC_BOTH)
      || settings.level == CS_WORK_LEVEL_NOTHING)
    return g_steal_pointer (&gifts);
  pairs = list_apart (store, connection_id, error);
  for (guint i = 0; pairs != NULL && i < pairs->len; i++)
    {
      CsWorkGift *gift = load_gift (store, g_ptr_array_index (pairs, i), connection_id, error);

      gboolean is_refused = FALSE;

      if (gift == NULL
          || !cs_store_load_is_refused (store, &gift->client_id, connection_id, gift->ours, &is_refused,
                                        error))
        {
          cs_work_gift_free (gift);
          return NULL;
        }
      if (gift->is_active && !is_refused)
        g_ptr_array_add (gifts, gift);
      else
        cs_work_gift_free (gift);
    }
  return pairs != NULL ? g_steal_pointer (&gifts) : NULL;
}
