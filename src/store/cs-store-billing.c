/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-billing.h"
#include "cs-store-private.h"

#include <glib/gi18n-lib.h>

/* Reading */

static CsBillingChange *
read_change (CsSqlStatement *row, GError **error)
{
  g_autoptr (CsBillingChange) change
      = cs_billing_change_new (CS_BILLING_PAUSE, CS_DATE_NONE, CS_DATE_NONE, "");

  change->id = cs_sql_read_uuid (row);
  if (!cs_billing_change_kind_parse (cs_sql_peek_text (row), &change->kind, error))
    return NULL;
  change->from = cs_sql_read_date (row);
  change->until = cs_sql_read_date (row);
  cs_sql_read_text (row, &change->reason);
  change->said_ms = cs_sql_read_integer (row);
  cs_sql_read_text (row, &change->actor);
  return g_steal_pointer (&change);
}

gboolean
cs_store_load_billing_changes (CsStore *store, CsProposal *proposal, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT w.line_id, w.id, w.kind, w.from_day, w.until_day, w.reason, w.said_ms, w.actor"
                  " FROM engagement_line e JOIN billing_change w ON w.line_id = e.id WHERE e.proposal_id = ?"
                  " ORDER BY w.line_id, w.rid");

  cs_sql_bind_uuid (row, &proposal->id);
  while (cs_sql_next (row, error))
    {
      CsUuid line_id = cs_sql_read_uuid (row);
      CsProposalLine *line = cs_proposal_find_line (proposal, &line_id);
      CsBillingChange *change = read_change (row, error);

      if (change == NULL)
        return FALSE;
      if (line->changes == NULL)
        line->changes = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_billing_change_free);
      g_ptr_array_add (line->changes, change);
    }
  return !cs_sql_has_failed (row);
}

static CsProposal *
load_proposal_of (CsStore *store, const CsUuid *line_id, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT proposal_id FROM engagement_line WHERE id = ?");
  CsUuid proposal_id;

  cs_sql_bind_uuid (row, line_id);
  if (!cs_sql_next (row, error))
    {
      if (!cs_sql_has_failed (row))
        cs_store_refuse (error, CS_STORE_ERROR_NOT_FOUND, _ ("There is no such service."));
      return NULL;
    }
  proposal_id = cs_sql_read_uuid (row);
  return cs_store_load_proposal (store, &proposal_id, error);
}

/* Following */

static gboolean
load_planned_until (CsStore *store, const CsUuid *proposal_id, CsDate *until, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT planned_until FROM proposal WHERE id = ?");

  cs_sql_bind_uuid (row, proposal_id);
  *until = cs_sql_next (row, error) ? cs_sql_read_date (row) : CS_DATE_NONE;
  return !cs_sql_has_failed (row);
}

/* Plans invoices and jobs as the changes say now. What is due today by that can still be taken back. */
static gboolean
follow (CsStore *store, const CsUuid *line_id, GError **error)
{
  g_autoptr (CsProposal) proposal = load_proposal_of (store, line_id, error);
  CsDate until = CS_DATE_NONE;

  return proposal != NULL && load_planned_until (store, &proposal->id, &until, error)
         && cs_store_write_jobs_left_out (store, proposal, cs_proposal_find_line (proposal, line_id), error)
         && cs_store_write_proposal_replanned (store, &proposal->id, error)
         && (!cs_date_is_set (until) || cs_store_write_topped_up (store, &proposal->id, until, error))
         && cs_store_write_due_held (store, &proposal->id, error);
}

static gboolean
write_audit (CsStore *store,
             const char *action,
             const CsProposal *proposal,
             const CsProposalLine *line,
             const CsBillingChange *change,
             GError **error)
{
  g_autoptr (CsJsonBuilder) details = cs_audit_details_new ();
  g_autofree char *from = cs_date_to_string (change->from);
  g_autofree char *until = cs_date_is_set (change->until) ? cs_date_to_string (change->until) : g_strdup ("");

  cs_json_builder_set_string (details, "number", proposal->number);
  cs_json_builder_set_string (details, "service", line->description);
  cs_json_builder_set_string (details, "change", cs_billing_change_kind_to_string (change->kind));
  cs_json_builder_set_string (details, "from", from);
  cs_json_builder_set_string (details, "until", until);
  cs_json_builder_set_string (details, "reason", change->reason);
  return cs_store_write_audit_id (store, action, &line->id, details, error);
}

/* Saying */

static gboolean
check_line (const CsProposal *proposal, const CsProposalLine *line, GError **error)
{
  if (proposal->state != CS_PROPOSAL_ACTIVE)
    return cs_store_refuse (error, CS_STORE_ERROR_STATE,
                            _ ("This proposal is not active, so nothing of it is billed."));
  if (line->billing.unit == CS_BILLING_UNIT_ONCE)
    return cs_store_refuse (error, CS_STORE_ERROR_INVALID,
                            _ ("This service is billed once. Skip its invoice instead."));
  return TRUE;
}

/* What another window said meanwhile makes another thing of the same words: a day that was to be left out may
 * be billed by now. */
static gboolean
check_seen (const CsProposalLine *line, const CsUuid *seen, GError **error)
{
  CsUuid last = cs_billing_changes_get_last (line->changes);

  return seen == NULL || cs_uuid_equal (seen, &last)
         || cs_store_refuse (
             error, CS_STORE_ERROR_STALE,
             _ ("Something else was said about this service meanwhile, so nothing was changed."
                " Close this and look at it again."));
}

static gboolean
insert_change (CsStore *store, const CsUuid *line_id, const CsBillingChange *change, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql,
      "INSERT INTO billing_change (id, line_id, kind, from_day, until_day, reason, said_ms, actor)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?)");

  cs_sql_bind_uuid (row, &change->id);
  cs_sql_bind_uuid (row, line_id);
  cs_sql_bind_text (row, cs_billing_change_kind_to_string (change->kind));
  cs_sql_bind_date (row, change->from);
  cs_sql_bind_date (row, change->until);
  cs_sql_bind_text (row, change->reason);
  cs_sql_bind_integer (row, change->said_ms);
  cs_sql_bind_text (row, change->actor);
  return cs_sql_run (row, error);
}

/* As it is kept: who said it and when, and nothing that its kind has no use for. */
static CsBillingChange *
complete_change (CsStore *store, const CsBillingChange *change)
{
  CsBillingChange *said = cs_billing_change_copy (change);

  said->id = cs_store_new_uuid (store);
  said->said_ms = cs_store_now_ms (store);
  g_set_str (&said->actor, store->actor);
  g_strstrip (said->reason);
  if (said->kind != CS_BILLING_PAUSE)
    said->until = CS_DATE_NONE;
  return said;
}

/**
 * cs_store_change_billing:
 * @store: a store
 * @line_id: a recurring service of an active proposal
 * @seen: (nullable): the last change about it that the person saw, %CS_UUID_NONE: none; without it what was
 * said meanwhile is not looked at
 * @change: what is said, from which day on, and why; its identity, moment and actor do not count
 * @error: return location
 *
 * A decision of a person, with a reason and audited [U-13]. Periods that lie in a pause or after a stop are
 * neither billed nor made jobs of; what was released before is not taken back, and what a person skipped
 * stays skipped. A resumption from a past day leaves what lies between to a person [U-11]. The frozen
 * agreement stays as it is, and so do the dates of the periods that are left [U-12].
 *
 * Returns: (transfer full) (nullable): the change as it is kept; else %CS_STORE_ERROR_INVALID, saying what is
 *   wrong with it, %CS_STORE_ERROR_STALE when another one was said or taken back since @seen,
 *   %CS_STORE_ERROR_STATE when the proposal is not active, %CS_STORE_ERROR_NOT_FOUND or what
 *   the file said
 */
CsBillingChange *
cs_store_change_billing (CsStore *store,
                         const CsUuid *line_id,
                         const CsUuid *seen,
                         const CsBillingChange *change,
                         GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsProposal) proposal = NULL;
  g_autoptr (CsBillingChange) said = NULL;
  g_autoptr (GError) local = NULL;
  const CsProposalLine *line = NULL;

  g_return_val_if_fail (store != NULL && line_id != NULL && change != NULL, NULL);

  transaction = cs_sql_begin (store->sql, error);
  proposal = transaction != NULL ? load_proposal_of (store, line_id, error) : NULL;
  if (proposal == NULL)
    return NULL;
  line = cs_proposal_find_line (proposal, line_id);
  said = complete_change (store, change);
  if (!check_line (proposal, line, error) || !check_seen (line, seen, error))
    return NULL;
  if (!cs_billing_changes_check (line->changes, said, &local))
    return cs_store_refuse (error, CS_STORE_ERROR_INVALID, local->message), NULL;
  if (!insert_change (store, line_id, said, error) || !follow (store, line_id, error)
      || !write_audit (store, "billing.changed", proposal, line, said, error)
      || !cs_sql_commit (transaction, error))
    return NULL;
  return g_steal_pointer (&said);
}

/* Taking back */

static gboolean
load_line_of (CsStore *store, const CsUuid *change_id, CsUuid *line_id, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT line_id FROM billing_change WHERE id = ?");

  cs_sql_bind_uuid (row, change_id);
  if (cs_sql_next (row, error))
    {
      *line_id = cs_sql_read_uuid (row);
      return TRUE;
    }
  return !cs_sql_has_failed (row)
         && cs_store_refuse (error, CS_STORE_ERROR_STATE, _ ("This was taken back before."));
}

/**
 * cs_store_take_back_billing:
 * @store: a store
 * @change_id: the last change about its service
 * @error: return location
 *
 * As if it had never been said, but audited; what was released or skipped meanwhile stays so.
 *
 * Returns: whether it was taken back; else %CS_STORE_ERROR_STATE when it was before, or when it is not the
 *   last one, or what the file said
 */
gboolean
cs_store_take_back_billing (CsStore *store, const CsUuid *change_id, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsProposal) proposal = NULL;
  g_autoptr (CsSqlStatement) drop = NULL;
  const CsProposalLine *line = NULL;
  const CsBillingChange *last = NULL;
  CsUuid line_id;

  g_return_val_if_fail (store != NULL && change_id != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL || !load_line_of (store, change_id, &line_id, error))
    return FALSE;
  proposal = load_proposal_of (store, &line_id, error);
  if (proposal == NULL)
    return FALSE;
  line = cs_proposal_find_line (proposal, &line_id);
  last = g_ptr_array_index (line->changes, line->changes->len - 1);
  if (!cs_uuid_equal (&last->id, change_id))
    return cs_store_refuse (error, CS_STORE_ERROR_STATE,
                            _ ("Something else was said about this service since."));
  drop = cs_sql_prepare (store->sql, "DELETE FROM billing_change WHERE id = ?");
  cs_sql_bind_uuid (drop, change_id);
  return cs_sql_run (drop, error) && follow (store, &line_id, error)
         && write_audit (store, "billing.taken-back", proposal, line, last, error)
         && cs_sql_commit (transaction, error);
}
