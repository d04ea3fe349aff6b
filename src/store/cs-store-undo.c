/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"

#include <glib/gi18n-lib.h>

/* Taking an acceptance back while nothing of it has left. */

/* What was before, as the acceptance remembers it. */
typedef struct
{
  CsProposalState state_before;
  gboolean made_client_active;
} Before;

static gboolean
load_before (CsStore *store, const CsUuid *proposal_id, Before *before, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT state_before, made_client_active FROM acceptance WHERE proposal_id = ?");

  cs_sql_bind_uuid (row, proposal_id);
  if (!cs_sql_next (row, error))
    return cs_sql_has_failed (row)
               ? FALSE
               : cs_store_refuse (error, CS_STORE_ERROR_STATE, _ ("This proposal was not accepted."));
  if (!cs_proposal_state_parse (cs_sql_peek_text (row), &before->state_before, error))
    return FALSE;
  before->made_client_active = cs_sql_read_boolean (row);
  return TRUE;
}

/* A contact that a person mapped meanwhile was not written by us, so it does not stand in the way. An invoice
 * that was tried once, cancelled and is held again was no wrong click: its next acceptance would try it under
 * the same keys. */
static gboolean
check_all_held (CsStore *store, const CsUuid *proposal_id, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT count(*) FROM journal WHERE proposal_id = ?"
                  " AND (state <> 'held' OR (generation > 0 AND kind = 'invoice.create'))"
                  " AND NOT (kind = 'contact.create' AND state = 'done' AND outcome_code = 'linked')");
  g_autoptr (CsSqlStatement) jobs = cs_sql_prepare (
      store->sql, "SELECT count(*) FROM job j JOIN job_step s ON s.job_id = j.id WHERE j.proposal_id = ?"
                  " AND s.state <> 'held'");

  cs_sql_bind_uuid (row, proposal_id);
  cs_sql_bind_uuid (jobs, proposal_id);
  if (!cs_sql_next (row, error) || !cs_sql_next (jobs, error))
    return FALSE;
  if (cs_sql_read_integer (row) == 0 && cs_sql_read_integer (jobs) == 0)
    return TRUE;
  return cs_store_refuse (
      error, CS_STORE_ERROR_STATE,
      _ ("Some of it was sent already, so the acceptance cannot be undone. Credit or void the invoice "
         "instead."));
}

/* A held row of a file that came back may have been released, and sent, after the copy was made. Without the
 * row nobody would look for it, and what is at the ledger would be nobody's. */
static gboolean
check_none_forgotten (CsStore *store, const CsUuid *proposal_id, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT (SELECT count(*) FROM journal j, practice p WHERE j.proposal_id = ?1"
                  " AND j.state = 'held' AND j.probe_first = 1 AND j.created_ms <= p.restored_ms)"
                  " + (SELECT count(*) FROM job j, practice p WHERE j.proposal_id = ?1"
                  " AND j.planned_ms <= p.restored_ms)");

  cs_sql_bind_uuid (row, proposal_id);
  if (!cs_sql_next (row, error))
    return FALSE;
  return cs_sql_read_integer (row) == 0
         || cs_store_refuse (
             error, CS_STORE_ERROR_STATE,
             _ ("This practice was restored from a backup, or copied, and what this proposal sends may have "
                "been sent since. So the acceptance cannot be undone: send it now, and it is looked for in "
                "Xero first, or cancel it in Activity."));
}

typedef struct
{
  char *number;
  char *series;
  gint64 serial;
} Given;

static void
given_free (Given *given)
{
  g_free (given->number);
  g_free (given->series);
  g_free (given);
}

/* The last given first, so that a run of them can all be given back. */
static GPtrArray *
list_given (CsStore *store, const CsUuid *proposal_id, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)given_free);
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT number, number_serial, series FROM planned_invoice WHERE proposal_id = ?"
                  " AND number <> '' ORDER BY number_serial DESC");

  cs_sql_bind_uuid (row, proposal_id);
  while (cs_sql_next (row, error))
    {
      Given *given = g_new0 (Given, 1);

      g_ptr_array_add (list, given);
      cs_sql_read_text (row, &given->number);
      given->serial = cs_sql_read_integer (row);
      cs_sql_read_text (row, &given->series);
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&list);
}

/* A number that others were given after stays unused, and the audit row says so. */
static gboolean
give_back_numbers (CsStore *store, GPtrArray *given, CsJsonBuilder *details, GError **error)
{
  g_autoptr (GPtrArray) unused = g_ptr_array_new ();

  cs_json_builder_name (details, "given_back");
  cs_json_builder_begin_array (details);
  for (guint i = 0; i < given->len; i++)
    {
      const Given *one = g_ptr_array_index (given, i);
      gboolean was_given_back = FALSE;

      if (!cs_store_give_back_number (store, one->series, one->number, one->serial, &was_given_back, error))
        return FALSE;
      if (was_given_back)
        cs_json_builder_string (details, one->number);
      else
        g_ptr_array_add (unused, one->number);
    }
  cs_json_builder_end_array (details);
  cs_json_builder_name (details, "stay_unused");
  cs_json_builder_begin_array (details);
  for (guint i = 0; i < unused->len; i++)
    cs_json_builder_string (details, g_ptr_array_index (unused, i));
  cs_json_builder_end_array (details);
  return TRUE;
}

static gboolean
run_on_proposal (CsStore *store, const char *statement, const CsUuid *proposal_id, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (store->sql, statement);

  cs_sql_bind_uuid (row, proposal_id);
  return cs_sql_run (row, error);
}

/* Rows go altogether: a cancelled one would stand in the way when the proposal is accepted again. Another
 * proposal's invoice may wait for the contact: that row is handed over, under the other's hold. A contact
 * that was tried before is cancelled, as it was: its next try must be of another generation. */
static gboolean
delete_rows (CsStore *store, const CsUuid *proposal_id, GError **error)
{
  return run_on_proposal (store, "DELETE FROM planned_invoice WHERE proposal_id = ?", proposal_id, error)
         && run_on_proposal (store, "DELETE FROM journal WHERE proposal_id = ? AND kind = 'invoice.create'",
                             proposal_id, error)
         && run_on_proposal (
             store,
             "UPDATE journal SET proposal_id = w.proposal_id, hold_until_ms = w.hold_until_ms"
             " FROM (SELECT d.waits_for, j.proposal_id, min (j.hold_until_ms) AS hold_until_ms"
             "       FROM journal_dependency d JOIN journal j ON j.id = d.journal_id"
             "       GROUP BY d.waits_for) AS w"
             " WHERE w.waits_for = journal.id AND journal.proposal_id = ? AND state = 'held'",
             proposal_id, error)
         && run_on_proposal (
             store, "DELETE FROM journal WHERE proposal_id = ? AND state = 'held' AND generation = 0",
             proposal_id, error)
         && run_on_proposal (
             store,
             "UPDATE journal SET proposal_id = NULL, finished_ms = max (finished_ms, sent_ms),"
             " state = iif (state = 'held', 'cancelled', state) WHERE proposal_id = ?",
             proposal_id, error);
}

static gboolean
delete_deal (CsStore *store, const CsUuid *proposal_id, GError **error)
{
  return cs_store_write_jobs_forgotten (store, proposal_id, error)
         && run_on_proposal (store, "DELETE FROM engagement_line WHERE proposal_id = ?", proposal_id, error)
         && run_on_proposal (store, "DELETE FROM acceptance WHERE proposal_id = ?", proposal_id, error)
         && run_on_proposal (store, "DELETE FROM agreement WHERE proposal_id = ?", proposal_id, error)
         && run_on_proposal (store, "UPDATE proposal SET planned_until = NULL WHERE id = ?", proposal_id,
                             error);
}

/* The client's other acceptance, if there is one, is now what made it active. */
static gboolean
hand_over_activity (CsStore *store, const CsUuid *client_id, gboolean *was_handed_over, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql,
      "UPDATE acceptance SET made_client_active = 1 WHERE proposal_id ="
      " (SELECT p.id FROM proposal p JOIN acceptance a ON a.proposal_id = p.id WHERE p.client_id = ?"
      "  ORDER BY a.accepted_ms, p.rid LIMIT 1)");

  cs_sql_bind_uuid (row, client_id);
  if (!cs_sql_run (row, error))
    return FALSE;
  *was_handed_over = cs_sql_count_changes (store->sql) > 0;
  return TRUE;
}

/* A link that an acceptance made goes with it, unless another acceptance needs it. */
static gboolean
delete_link (CsStore *store, const CsUuid *client_id, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "DELETE FROM link WHERE kind = 'client' AND local_id = ?1 AND how = ?2 AND NOT EXISTS"
                  " (SELECT 1 FROM proposal p JOIN acceptance a ON a.proposal_id = p.id"
                  "  WHERE p.client_id = ?1)");

  cs_sql_bind_uuid (row, client_id);
  cs_sql_bind_text (row, CS_LINKED_AT_ACCEPTANCE);
  return cs_sql_run (row, error);
}

static gboolean
restore_client (CsStore *store, const CsUuid *client_id, GError **error)
{
  g_autoptr (CsClient) client = cs_store_load_client (store, client_id, NULL, error);
  gboolean was_handed_over = FALSE;

  if (client == NULL || !hand_over_activity (store, client_id, &was_handed_over, error))
    return FALSE;
  if (was_handed_over || client->state != CS_CLIENT_ACTIVE)
    return TRUE;
  return cs_store_write_client_state (store, client_id, CS_CLIENT_LEAD, error);
}

static gboolean
undo (CsStore *store, const CsProposal *proposal, const Before *before, GError **error)
{
  g_autoptr (CsJsonBuilder) details = cs_audit_details_new ();
  g_autoptr (GPtrArray) given = list_given (store, &proposal->id, error);

  cs_json_builder_set_string (details, "number", proposal->number);
  cs_json_builder_set_string (details, "agreement_sha256", proposal->acceptance->agreement_sha256);
  return given != NULL && delete_rows (store, &proposal->id, error)
         && delete_deal (store, &proposal->id, error) && give_back_numbers (store, given, details, error)
         && cs_store_write_proposal_state (store, &proposal->id, before->state_before, error)
         && delete_link (store, &proposal->client_id, error)
         && (!before->made_client_active
             || (restore_client (store, &proposal->client_id, error)
                 && cs_store_write_promotion_undone (store, &proposal->client_id, error)))
         && cs_store_write_audit_id (store, "proposal.acceptance-undone", &proposal->id, details, error);
}

/**
 * cs_store_undo_acceptance:
 * @store: a store
 * @proposal_id: a proposal that was accepted
 * @error: return location
 *
 * Design.md section 3: a wrong click can be undone while all that it would send is still held. Afterwards it
 * is as if it had not been accepted, but for the audit chain, which keeps both and says which invoice numbers
 * were given back and which stay unused.
 *
 * Returns: whether it was undone; else %CS_STORE_ERROR_STATE, %CS_STORE_ERROR_NOT_FOUND or what the file said
 */
gboolean
cs_store_undo_acceptance (CsStore *store, const CsUuid *proposal_id, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsProposal) proposal = NULL;
  Before before;

  g_return_val_if_fail (store != NULL && proposal_id != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  proposal = transaction != NULL ? cs_store_load_proposal (store, proposal_id, error) : NULL;
  return proposal != NULL && load_before (store, proposal_id, &before, error)
         && check_all_held (store, proposal_id, error) && check_none_forgotten (store, proposal_id, error)
         && undo (store, proposal, &before, error) && cs_sql_commit (transaction, error);
}
