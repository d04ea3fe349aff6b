/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"
#include "cs-store-work.h"

#include <glib/gi18n-lib.h>

/* What a person settles between the two: conflicts [K-1], and leads that were accepted [X-07, K-13]. */

/** cs_work_conflict_free: frees the record. */
void
cs_work_conflict_free (CsWorkConflict *conflict)
{
  if (conflict == NULL)
    return;
  g_free (conflict->remote_id);
  g_free (conflict->ours);
  g_free (conflict->theirs);
  g_free (conflict);
}

/** cs_store_list_work_conflicts: Returns: (transfer full): of #CsWorkConflict of one client, as they were
 * when it was last read */
GPtrArray *
cs_store_list_work_conflicts (CsStore *store,
                              const CsUuid *client_id,
                              const CsUuid *connection_id,
                              GError **error)
{
  g_autoptr (GPtrArray) conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_work_conflict_free);
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && client_id != NULL && connection_id != NULL, NULL);

  row = cs_sql_prepare (store->sql, "SELECT remote_id, field, ours, theirs FROM work_conflict"
                                    " WHERE client_id = ? AND connection_id = ? ORDER BY field");
  cs_sql_bind_uuid (row, client_id);
  cs_sql_bind_uuid (row, connection_id);
  while (cs_sql_next (row, error))
    {
      CsWorkConflict *conflict = g_new0 (CsWorkConflict, 1);

      g_ptr_array_add (conflicts, conflict);
      cs_sql_read_text (row, &conflict->remote_id);
      if (!cs_work_field_parse (cs_sql_peek_text (row), &conflict->field, error))
        return NULL;
      cs_sql_read_text (row, &conflict->ours);
      cs_sql_read_text (row, &conflict->theirs);
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&conflicts);
}

static CsWorkConflict *
find_conflict (const GPtrArray *conflicts, CsWorkField field)
{
  for (guint i = 0; i < conflicts->len; i++)
    {
      CsWorkConflict *conflict = g_ptr_array_index (conflicts, i);

      if (conflict->field == field)
        return conflict;
    }
  return NULL;
}

static gboolean
write_settled (CsStore *store,
               const CsUuid *client_id,
               const CsUuid *connection_id,
               CsWorkField field,
               gboolean takes_theirs,
               GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "DELETE FROM work_conflict WHERE client_id = ? AND connection_id = ? AND field = ?");
  g_autoptr (CsJsonBuilder) details = cs_audit_details_new ();

  cs_sql_bind_uuid (row, client_id);
  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, cs_work_field_to_string (field));
  cs_json_builder_set_string (details, "field", cs_work_field_to_string (field));
  cs_json_builder_set_string (details, "kept", takes_theirs ? "theirs" : "ours");
  return cs_sql_run (row, error)
         && cs_store_write_audit_id (store, "client.conflict-settled", client_id, details, error);
}

/* Theirs is what was agreed from now on: where ours was kept it differs from that, and so it goes there. */
static gboolean
write_choice (CsStore *store,
              const CsUuid *client_id,
              const CsUuid *connection_id,
              const CsWorkConflict *conflict,
              gboolean takes_theirs,
              GError **error)
{
  g_autoptr (CsClient) client = cs_store_load_client (store, client_id, NULL, error);
  g_autoptr (CsWorkFields) base = NULL;
  g_autoptr (CsWorkFields) chosen = cs_work_fields_new ();
  GError *local = NULL;

  if (client == NULL)
    return FALSE;
  base = cs_store_get_work_base (store, client_id, connection_id, conflict->remote_id, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (base == NULL)
    base = cs_work_fields_new ();
  g_set_str (&base->values[conflict->field], conflict->theirs);
  g_set_str (&chosen->values[conflict->field], conflict->theirs);
  if (takes_theirs && cs_work_fields_to_client (chosen, client)
      && !cs_store_write_client (store, client, error))
    return FALSE;
  return cs_store_write_work_base (store, client_id, connection_id, conflict->remote_id, base, error);
}

/**
 * cs_store_settle_work_conflict:
 * @store: a store
 * @client_id: a client
 * @connection_id: the practice manager
 * @field: which both sides changed
 * @takes_theirs: what a person decided
 * @error: return location
 *
 * Returns: whether it is settled, with an audit row; else %CS_STORE_ERROR_NOT_FOUND when it was meanwhile, or
 * what the file said
 */
gboolean
cs_store_settle_work_conflict (CsStore *store,
                               const CsUuid *client_id,
                               const CsUuid *connection_id,
                               CsWorkField field,
                               gboolean takes_theirs,
                               GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;
  const CsWorkConflict *conflict;

  g_return_val_if_fail (store != NULL && client_id != NULL && connection_id != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  conflicts
      = transaction != NULL ? cs_store_list_work_conflicts (store, client_id, connection_id, error) : NULL;
  if (conflicts == NULL)
    return FALSE;
  conflict = find_conflict (conflicts, field);
  if (conflict == NULL)
    return cs_store_refuse (error, CS_STORE_ERROR_NOT_FOUND, _ ("That was settled meanwhile."));
  return write_choice (store, client_id, connection_id, conflict, takes_theirs, error)
         && write_settled (store, client_id, connection_id, field, takes_theirs, error)
         && cs_sql_commit (transaction, error);
}

/* --- leads that were accepted --- */

/* In the transaction of the first acceptance: it is written there once the hold is over. One that isn't
 * linked is made there by its first job. */
gboolean
cs_store_write_promotion (CsStore *store, const CsUuid *client_id, gint64 hold_until_ms, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql,
      "INSERT INTO work_promotion (client_id, state, message, since_ms)"
      " SELECT ?1, 'waiting', '', ?2 WHERE EXISTS (SELECT 1 FROM link l JOIN connection k"
      "  ON k.id = l.connection_id WHERE l.kind = 'client' AND l.local_id = ?1 AND k.system = "
      "'" CS_WORK_SYSTEM "'"
      "  AND k.state <> 'disconnected')"
      " ON CONFLICT (client_id) DO UPDATE SET state = 'waiting', message = '', since_ms = excluded.since_ms");

  cs_sql_bind_uuid (row, client_id);
  cs_sql_bind_integer (row, hold_until_ms);
  return cs_sql_run (row, error);
}

/* The acceptance was undone before its hold was over. */
gboolean
cs_store_write_promotion_undone (CsStore *store, const CsUuid *client_id, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "DELETE FROM work_promotion WHERE client_id = ? AND state = 'waiting'");

  cs_sql_bind_uuid (row, client_id);
  return cs_sql_run (row, error);
}

/** cs_work_promotion_free: frees the record. */
void
cs_work_promotion_free (CsWorkPromotion *promotion)
{
  if (promotion == NULL)
    return;
  g_free (promotion->remote_id);
  g_free (promotion);
}

/** cs_store_list_work_promotions: Returns: (transfer full): of #CsWorkPromotion: the leads that were accepted
 * and whose hold is over at @now_ms */
GPtrArray *
cs_store_list_work_promotions (CsStore *store, const CsUuid *connection_id, gint64 now_ms, GError **error)
{
  g_autoptr (GPtrArray) promotions = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_work_promotion_free);
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL, NULL);

  row = cs_sql_prepare (store->sql,
                        "SELECT p.client_id, l.remote_id FROM work_promotion p JOIN link l"
                        " ON l.kind = 'client' AND l.local_id = p.client_id AND l.connection_id = ?"
                        " WHERE p.state = 'waiting' AND p.since_ms <= ? ORDER BY p.since_ms");
  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_integer (row, now_ms);
  while (cs_sql_next (row, error))
    {
      CsWorkPromotion *promotion = g_new0 (CsWorkPromotion, 1);

      g_ptr_array_add (promotions, promotion);
      promotion->client_id = cs_sql_read_uuid (row);
      cs_sql_read_text (row, &promotion->remote_id);
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&promotions);
}

/**
 * cs_store_finish_work_promotion:
 * @store: a store
 * @client_id: a client
 * @outcome: "done", "not-kept", "not-reported" or "refused", which raise an alert but for the first; "seen":
 * a person has looked
 * @message: the remote's words, ""
 * @error: return location
 *
 * Returns: whether it is kept, with an audit row; else what the file said
 */
gboolean
cs_store_finish_work_promotion (CsStore *store,
                                const CsUuid *client_id,
                                const char *outcome,
                                const char *message,
                                GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsSqlStatement) row = NULL;
  g_autoptr (CsJsonBuilder) details = NULL;

  g_return_val_if_fail (store != NULL && client_id != NULL && outcome != NULL && message != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL)
    return FALSE;
  row = cs_sql_prepare (store->sql, "UPDATE work_promotion SET state = ?, message = ? WHERE client_id = ?");
  cs_sql_bind_text (row, outcome);
  cs_sql_bind_text (row, message);
  cs_sql_bind_uuid (row, client_id);
  details = cs_audit_details_new ();
  cs_json_builder_set_string (details, "outcome", outcome);
  return cs_sql_run (row, error)
         && cs_store_write_audit_id (store, "client.promoted", client_id, details, error)
         && cs_sql_commit (transaction, error);
}

/** cs_store_get_work_promotion: Returns: whether @outcome and @message (out) are what became of the client's
 * first acceptance there, "" where it was never wanted; else what the file said */
gboolean
cs_store_get_work_promotion (CsStore *store,
                             const CsUuid *client_id,
                             char **outcome,
                             char **message,
                             GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && client_id != NULL && outcome != NULL && message != NULL, FALSE);

  row = cs_sql_prepare (store->sql, "SELECT state, message FROM work_promotion WHERE client_id = ?");
  cs_sql_bind_uuid (row, client_id);
  g_set_str (outcome, "");
  g_set_str (message, "");
  if (cs_sql_next (row, error))
    {
      cs_sql_read_text (row, outcome);
      cs_sql_read_text (row, message);
    }
  return !cs_sql_has_failed (row);
}

/** cs_store_unlink_work_client: Returns: whether the client is linked to nothing there any more, with an
 * audit row; its snapshot stays, so that linking it again finds it. Else what the file said */
gboolean
cs_store_unlink_work_client (CsStore *store,
                             const CsUuid *client_id,
                             const CsUuid *connection_id,
                             GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsSqlStatement) row = NULL;
  g_autoptr (CsSqlStatement) conflicts = NULL;

  g_return_val_if_fail (store != NULL && client_id != NULL && connection_id != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL)
    return FALSE;
  row = cs_sql_prepare (store->sql,
                        "DELETE FROM link WHERE kind = 'client' AND local_id = ? AND connection_id = ?");
  cs_sql_bind_uuid (row, client_id);
  cs_sql_bind_uuid (row, connection_id);
  conflicts
      = cs_sql_prepare (store->sql, "DELETE FROM work_conflict WHERE client_id = ? AND connection_id = ?");
  cs_sql_bind_uuid (conflicts, client_id);
  cs_sql_bind_uuid (conflicts, connection_id);
  return cs_sql_run (row, error) && cs_sql_run (conflicts, error)
         && cs_store_write_work_refusal_gone (store, client_id, connection_id, error)
         && cs_store_write_only_there (store, connection_id, error)
         && cs_store_write_audit_id (store, "client.unlinked", client_id, NULL, error)
         && cs_sql_commit (transaction, error);
}
