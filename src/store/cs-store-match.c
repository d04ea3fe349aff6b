/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"

/* Which contacts of the ledger a client may be [K-4]. */

#define CANDIDATES_MAX 20

/* Those that nobody else here is, and that can be billed. */
#define FREE_CONTACTS                                                                                        \
  "SELECT remote_id, name, email, contact_number FROM ledger_contact c WHERE connection_id = ?1"             \
  " AND is_archived = 0 AND merged_into = '' AND NOT EXISTS (SELECT 1 FROM link WHERE kind = 'client'"       \
  " AND connection_id = ?1 AND remote_id = c.remote_id AND local_id <> ?2)"

static CsLedgerContact *
read_candidate (CsSqlStatement *row)
{
  CsLedgerContact *contact = cs_ledger_contact_new ();

  cs_sql_read_text (row, &contact->remote_id);
  cs_sql_read_text (row, &contact->name);
  cs_sql_read_text (row, &contact->email);
  cs_sql_read_text (row, &contact->contact_number);
  return contact;
}

/* Its one contact beyond doubt, "" when there is none, or several. The e-mail is compared in SQL first, so
 * that a ledger of a hundred thousand contacts is not walked on each acceptance. One that is another client's
 * is counted, too: where two fit, that is doubt. */
static gboolean
find_same_contact (CsStore *store,
                   const CsClient *client,
                   const CsUuid *connection_id,
                   char **remote_id,
                   GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT remote_id, name, email, contact_number FROM ledger_contact WHERE connection_id = ?"
                  " AND is_archived = 0 AND merged_into = '' AND email <> ''"
                  " AND trim (email) = trim (?) COLLATE NOCASE");
  guint n_found = 0;

  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, client->email);
  while (cs_sql_next (row, error))
    {
      g_autoptr (CsLedgerContact) contact = read_candidate (row);

      if (!cs_match_links_by_itself (cs_match_contact (client->name, client->email, "", contact)))
        continue;
      g_set_str (remote_id, contact->remote_id);
      n_found++;
    }
  if (n_found != 1)
    g_set_str (remote_id, "");
  return !cs_sql_has_failed (row);
}

/* On acceptance: a client without a link is linked to the contact that it is by exact e-mail and name, so
 * that none is made beside it, which the ledger would refuse as the name is taken. */
gboolean
cs_store_write_link_at_acceptance (CsStore *store,
                                   const CsClient *client,
                                   const CsUuid *connection_id,
                                   GError **error)
{
  g_autofree char *remote_id = g_strdup ("");
  CsUuid other;

  if (cs_uuid_is_none (connection_id))
    return TRUE;
  if (!cs_store_load_link (store, CS_LINK_CLIENT, &client->id, connection_id, &remote_id, error))
    return FALSE;
  if (*remote_id != '\0')
    return TRUE;
  if (!find_same_contact (store, client, connection_id, &remote_id, error))
    return FALSE;
  if (*remote_id == '\0')
    return TRUE;
  if (!cs_store_load_linked (store, CS_LINK_CLIENT, connection_id, remote_id, &other, error))
    return FALSE;
  return !cs_uuid_is_none (&other)
         || cs_store_write_client_link (store, &client->id, connection_id, remote_id, CS_LINKED_AT_ACCEPTANCE,
                                        error);
}

typedef struct
{
  CsMatch match;
  CsLedgerContact *contact;
} Candidate;

static void
candidate_clear (gpointer data)
{
  cs_ledger_contact_free (((Candidate *)data)->contact);
}

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *x = a;
  const Candidate *y = b;
  int order = (int)x->match - (int)y->match;

  if (order == 0)
    order = g_utf8_collate (x->contact->name, y->contact->name);
  return order != 0 ? order : g_strcmp0 (x->contact->remote_id, y->contact->remote_id);
}

static GArray *
list_matches (CsStore *store, const CsClient *client, const CsUuid *connection_id, GError **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (store->sql, FREE_CONTACTS);

  g_array_set_clear_func (found, candidate_clear);
  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_uuid (row, &client->id);
  while (cs_sql_next (row, error))
    {
      g_autoptr (CsLedgerContact) contact = read_candidate (row);
      Candidate candidate
          = { cs_match_contact (client->name, client->email, client->remote_contact_id, contact), NULL };

      if (candidate.match == CS_MATCH_NONE)
        continue;
      candidate.contact = g_steal_pointer (&contact);
      g_array_append_val (found, candidate);
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&found);
}

/**
 * cs_store_list_candidates:
 * @store: a store
 * @client_id: a client
 * @error: return location
 *
 * The ladder of K-4 over the ledger's mirror, for a person's choice: active contacts that no other client
 * here is linked to. cs_match_contact() tells what of each matched.
 *
 * Returns: (transfer full) (element-type CsLedgerContact) (nullable): the twenty that fit best, best first;
 * empty without a ledger; %NULL with %CS_STORE_ERROR_NOT_FOUND or what the file said
 */
GPtrArray *
cs_store_list_candidates (CsStore *store, const CsUuid *client_id, GError **error)
{
  g_autoptr (GPtrArray) contacts = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_contact_free);
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsClient) client = NULL;
  g_autoptr (GArray) found = NULL;
  CsUuid connection_id;

  g_return_val_if_fail (store != NULL && client_id != NULL, NULL);

  transaction = cs_sql_begin_read (store->sql, error);
  client = transaction != NULL ? cs_store_load_client (store, client_id, NULL, error) : NULL;
  if (client == NULL || !cs_store_load_ledger_id (store, &connection_id, error))
    return NULL;
  found = list_matches (store, client, &connection_id, error);
  if (found == NULL)
    return NULL;
  g_array_sort (found, compare_candidates);
  for (guint i = 0; i < found->len && i < CANDIDATES_MAX; i++)
    g_ptr_array_add (contacts, g_steal_pointer (&g_array_index (found, Candidate, i).contact));
  return g_steal_pointer (&contacts);
}
