/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"

#include <glib/gi18n-lib.h>

#define MS_PER_SECOND G_GINT64_CONSTANT (1000)

gboolean
cs_store_load_acceptance (CsStore *store, CsProposal *proposal, GError **error)
{
  g_autoptr (CsAcceptance) acceptance = cs_acceptance_new ();
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql,
      "SELECT signatory, capacity, method, note, accepted_ms, accepted_on, actor, agreement_sha256,"
      " hold_until_ms FROM acceptance WHERE proposal_id = ?");

  cs_sql_bind_uuid (row, &proposal->id);
  if (!cs_sql_next (row, error))
    return !cs_sql_has_failed (row);
  cs_sql_read_text (row, &acceptance->signatory);
  cs_sql_read_text (row, &acceptance->capacity);
  if (!cs_acceptance_method_parse (cs_sql_peek_text (row), &acceptance->method, error))
    return FALSE;
  cs_sql_read_text (row, &acceptance->note);
  acceptance->accepted_ms = cs_sql_read_integer (row);
  acceptance->accepted_on = cs_sql_read_date (row);
  cs_sql_read_text (row, &acceptance->actor);
  cs_sql_read_text (row, &acceptance->agreement_sha256);
  acceptance->hold_until_ms = cs_sql_read_integer (row);
  proposal->acceptance = g_steal_pointer (&acceptance);
  return TRUE;
}

/* Accepting */

typedef struct
{
  CsProposal *proposal;
  CsClient *client;
  CsAcceptance *acceptance;
  GBytes *agreement;
  gint64 hold_until_ms;
} Deal;

static void
deal_clear (Deal *deal)
{
  g_clear_pointer (&deal->proposal, cs_proposal_free);
  g_clear_pointer (&deal->client, cs_client_free);
  g_clear_pointer (&deal->acceptance, cs_acceptance_free);
  g_clear_pointer (&deal->agreement, g_bytes_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Deal, deal_clear)

static gboolean
check_complete (const CsProposal *proposal, GError **error)
{
  g_autoptr (GPtrArray) missing = cs_proposal_list_missing (proposal);
  g_autofree char *list = NULL;

  if (missing->len == 0)
    return TRUE;
  g_ptr_array_add (missing, NULL);
  list = g_strjoinv (", ", (char **)missing->pdata);
  g_set_error (error, CS_STORE_ERROR, CS_STORE_ERROR_INVALID,
               _ ("The proposal cannot be accepted yet. Still missing: %s."), list);
  return FALSE;
}

/* What is agreed on a day to come can be accepted when that has come: its invoices would be dated ahead. */
static gboolean
check_day (CsStore *store, CsDate accepted_on, GError **error)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autofree char *day = NULL;

  if (!cs_date_is_set (accepted_on))
    return cs_store_refuse (error, CS_STORE_ERROR_INVALID, _ ("Say on which day it was accepted."));
  zone = cs_store_load_zone (store, error);
  if (zone == NULL)
    return FALSE;
  if (cs_date_compare (accepted_on, cs_clock_today (store->clock, zone)) <= 0)
    return TRUE;
  day = cs_date_to_string (accepted_on);
  g_set_error (error, CS_STORE_ERROR, CS_STORE_ERROR_INVALID,
               /* Translators: %s is a date. */
               _ ("It cannot have been accepted on %s, which is still to come. Say when it was accepted."),
               day);
  return FALSE;
}

static gboolean
check_acceptable (CsStore *store, const Deal *deal, GError **error)
{
  if (deal->proposal->state != CS_PROPOSAL_DRAFT && deal->proposal->state != CS_PROPOSAL_AWAITING)
    return cs_store_refuse (error, CS_STORE_ERROR_STATE,
                            _ ("This proposal was accepted, or closed, before."));
  if (deal->acceptance->seen_revision != 0 && deal->acceptance->seen_revision != deal->proposal->revision)
    return cs_store_refuse (
        error, CS_STORE_ERROR_STALE,
        _ ("The proposal was changed meanwhile. Look at it again before it is accepted."));
  if (*deal->acceptance->signatory == '\0')
    return cs_store_refuse (error, CS_STORE_ERROR_INVALID, _ ("Say who accepted."));
  return check_day (store, deal->acceptance->accepted_on, error) && check_complete (deal->proposal, error);
}

static gboolean
prepare_deal (CsStore *store, const CsUuid *id, const CsAcceptance *acceptance, Deal *deal, GError **error)
{
  g_autoptr (CsSettings) settings = cs_store_load_settings (store, error);
  g_autoptr (GError) local = NULL;

  deal->proposal = settings != NULL ? cs_store_load_proposal (store, id, error) : NULL;
  if (deal->proposal == NULL)
    return FALSE;
  deal->hold_until_ms = cs_store_now_ms (store) + settings->hold_seconds * MS_PER_SECOND;
  deal->acceptance = cs_acceptance_copy (acceptance);
  if (deal->acceptance->accepted_ms == 0)
    deal->acceptance->accepted_ms = cs_store_now_ms (store);
  if (*deal->acceptance->actor == '\0')
    g_set_str (&deal->acceptance->actor, store->actor);
  if (!check_acceptable (store, deal, error))
    return FALSE;
  if (!cs_settings_validate_prefix (settings->number_prefix, &local))
    return cs_store_refuse (error, CS_STORE_ERROR_INVALID, local->message);
  deal->client = cs_store_load_client (store, &deal->proposal->client_id, NULL, error);
  if (deal->client == NULL)
    return FALSE;
  if (deal->client->state == CS_CLIENT_ARCHIVED)
    return cs_store_refuse (error, CS_STORE_ERROR_INVALID,
                            _ ("The client is archived. Bring the client back first."));
  return TRUE;
}

static gboolean
write_agreement (CsStore *store, Deal *deal, GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;
  g_autofree char *text = NULL;
  gsize size = 0;
  gconstpointer data;

  deal->agreement = cs_agreement_build (deal->proposal, deal->client, deal->acceptance, error);
  if (deal->agreement == NULL)
    return FALSE;
  data = g_bytes_get_data (deal->agreement, &size);
  g_free (deal->acceptance->agreement_sha256);
  deal->acceptance->agreement_sha256 = cs_sha256_hex (data, size);
  text = g_strndup (data, size);
  row = cs_sql_prepare (
      store->sql, "INSERT INTO agreement (proposal_id, canonical, sha256, frozen_ms) VALUES (?, ?, ?, ?)");
  cs_sql_bind_uuid (row, &deal->proposal->id);
  cs_sql_bind_text (row, text);
  cs_sql_bind_text (row, deal->acceptance->agreement_sha256);
  cs_sql_bind_integer (row, cs_store_now_ms (store));
  return cs_sql_run (row, error);
}

static gboolean
write_acceptance (CsStore *store, const Deal *deal, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql,
      "INSERT INTO acceptance (proposal_id, signatory, capacity, method, note, accepted_ms, accepted_on,"
      " actor, agreement_sha256, hold_until_ms, state_before, made_client_active)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

  cs_sql_bind_uuid (row, &deal->proposal->id);
  cs_sql_bind_text (row, deal->acceptance->signatory);
  cs_sql_bind_text (row, deal->acceptance->capacity);
  cs_sql_bind_text (row, cs_acceptance_method_to_string (deal->acceptance->method));
  cs_sql_bind_text (row, deal->acceptance->note);
  cs_sql_bind_integer (row, deal->acceptance->accepted_ms);
  cs_sql_bind_date (row, deal->acceptance->accepted_on);
  cs_sql_bind_text (row, deal->acceptance->actor);
  cs_sql_bind_text (row, deal->acceptance->agreement_sha256);
  cs_sql_bind_integer (row, deal->hold_until_ms);
  cs_sql_bind_text (row, cs_proposal_state_to_string (deal->proposal->state));
  cs_sql_bind_boolean (row, deal->client->state == CS_CLIENT_LEAD);
  return cs_sql_run (row, error);
}

/* What lay in the past on that day already is catch-up, which nothing releases by itself [U-11]. */
static GArray *
list_due_at_acceptance (CsStore *store, const Deal *deal, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CsUuid));
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT id FROM planned_invoice WHERE proposal_id = ? AND date = ? ORDER BY place, id");

  cs_sql_bind_uuid (row, &deal->proposal->id);
  cs_sql_bind_date (row, deal->acceptance->accepted_on);
  while (cs_sql_next (row, error))
    {
      CsUuid id = cs_sql_read_uuid (row);

      g_array_append_val (ids, id);
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&ids);
}

/* The contact, if the client has none, even when no invoice is due yet; and the invoices that are. */
static gboolean
write_rows (CsStore *store, const Deal *deal, GError **error)
{
  g_autoptr (GArray) due = list_due_at_acceptance (store, deal, error);
  CsUuid connection_id, contact_row_id;

  if (due == NULL || !cs_store_load_ledger_id (store, &connection_id, error)
      || !cs_store_write_link_at_acceptance (store, deal->client, &connection_id, error)
      || !cs_store_write_contact_row (store, deal->client, &deal->proposal->id, &connection_id,
                                      deal->hold_until_ms, &contact_row_id, error)
      || (!cs_uuid_is_none (&contact_row_id) && !cs_store_check_client_name (deal->client, error)))
    return FALSE;
  for (guint i = 0; i < due->len; i++)
    {
      gboolean was_released = FALSE;

      if (!cs_store_write_release (store, &g_array_index (due, CsUuid, i), deal->hold_until_ms, &was_released,
                                   error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_accepted_audit (CsStore *store, const Deal *deal, GError **error)
{
  g_autoptr (CsJsonBuilder) details = cs_audit_details_new ();
  g_autofree char *accepted_on = cs_date_to_string (deal->acceptance->accepted_on);

  cs_json_builder_set_string (details, "number", deal->proposal->number);
  cs_json_builder_set_string (details, "client", deal->client->number);
  cs_json_builder_set_string (details, "signatory", deal->acceptance->signatory);
  cs_json_builder_set_string (details, "capacity", deal->acceptance->capacity);
  cs_json_builder_set_string (details, "method", cs_acceptance_method_to_string (deal->acceptance->method));
  cs_json_builder_set_string (details, "accepted_on", accepted_on);
  cs_json_builder_set_string (details, "agreement_sha256", deal->acceptance->agreement_sha256);
  return cs_store_write_audit_id (store, "proposal.accepted", &deal->proposal->id, details, error);
}

static gboolean
write_deal (CsStore *store, Deal *deal, GError **error)
{
  CsDate accepted_on = deal->acceptance->accepted_on;

  return write_agreement (store, deal, error) && write_acceptance (store, deal, error)
         && cs_store_write_engagement (store, deal->proposal, error)
         && cs_store_write_proposal_state (store, &deal->proposal->id, CS_PROPOSAL_ACTIVE, error)
         && (deal->client->state != CS_CLIENT_LEAD
             || (cs_store_write_client_state (store, &deal->client->id, CS_CLIENT_ACTIVE, error)
                 && cs_store_write_promotion (store, &deal->client->id, deal->hold_until_ms, error)))
         && cs_store_write_plan (store, deal->proposal, accepted_on,
                                 cs_date_add_months (accepted_on, CS_PLAN_MONTHS, 0), error)
         && cs_store_write_job_plan (store, deal->proposal, accepted_on,
                                     cs_date_add_months (accepted_on, CS_PLAN_MONTHS, 0), NULL, error)
         && write_rows (store, deal, error) && write_accepted_audit (store, deal, error);
}

/**
 * cs_store_accept_proposal:
 * @store: a store
 * @proposal_id: a proposal that is a draft or awaiting
 * @acceptance: who, when and how; its hash is not looked at
 * @error: return location
 *
 * Design.md sections 3 and 6, in one transaction: the agreement is frozen as canonical JSON with its SHA-256,
 * a lead becomes active, the invoices of a year are planned [U-10], and what is to be written now is
 * journalled and held: the contact, unless the client is linked [I-08, I-09], or is now, to the one contact
 * of the mirror that it is by exact e-mail and name [K-4], and the invoices of the day of acceptance [I-04],
 * which wait for it. With nothing connected, the rows wait for a connection.
 *
 * Returns: whether it was accepted; else %CS_STORE_ERROR_STATE when it was before, %CS_STORE_ERROR_STALE when
 * it was changed since it was seen, %CS_STORE_ERROR_INVALID
 * when something is missing or the day is still to come, %CS_STORE_ERROR_NOT_FOUND or what the file said
 */
gboolean
cs_store_accept_proposal (CsStore *store,
                          const CsUuid *proposal_id,
                          const CsAcceptance *acceptance,
                          GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_auto (Deal) deal = { 0 };

  g_return_val_if_fail (store != NULL && proposal_id != NULL && acceptance != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  return transaction != NULL && prepare_deal (store, proposal_id, acceptance, &deal, error)
         && write_deal (store, &deal, error) && cs_sql_commit (transaction, error);
}

/**
 * cs_store_release_acceptance:
 * @store: a store
 * @proposal_id: a proposal that was accepted
 * @error: return location
 *
 * Ends the hold now: what is held may be sent at once.
 *
 * Returns: whether it was accepted at all; else %CS_STORE_ERROR_STATE or what the file said
 */
gboolean
cs_store_release_acceptance (CsStore *store, const CsUuid *proposal_id, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsSqlStatement) hold = NULL;
  g_autoptr (CsSqlStatement) rows = NULL;
  g_autoptr (CsSqlStatement) jobs = NULL;
  g_autoptr (CsSqlStatement) looks = NULL;
  gint64 now_ms;

  g_return_val_if_fail (store != NULL && proposal_id != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL)
    return FALSE;
  now_ms = cs_store_now_ms (store);
  hold = cs_sql_prepare (
      store->sql, "UPDATE acceptance SET hold_until_ms = min (hold_until_ms, ?) WHERE proposal_id = ?");
  cs_sql_bind_integer (hold, now_ms);
  cs_sql_bind_uuid (hold, proposal_id);
  if (!cs_sql_run (hold, error))
    return FALSE;
  if (cs_sql_count_changes (store->sql) == 0)
    return cs_store_refuse (error, CS_STORE_ERROR_STATE, _ ("This proposal was not accepted."));
  rows = cs_sql_prepare (store->sql,
                         "UPDATE journal SET hold_until_ms = min (hold_until_ms, ?), push_asked = 1"
                         " WHERE proposal_id = ? AND state = 'held'");
  cs_sql_bind_integer (rows, now_ms);
  cs_sql_bind_uuid (rows, proposal_id);
  jobs = cs_sql_prepare (store->sql, "UPDATE job_step SET next_ms = min (next_ms, ?1) WHERE state = 'held'"
                                     " AND job_id IN (SELECT id FROM job WHERE proposal_id = ?2)");
  cs_sql_bind_integer (jobs, now_ms);
  cs_sql_bind_uuid (jobs, proposal_id);
  looks = cs_sql_prepare (store->sql, "UPDATE job SET next_ms = min (next_ms, ?) WHERE proposal_id = ?"
                                      " AND next_ms IS NOT NULL AND state = 'deploying'");
  cs_sql_bind_integer (looks, now_ms);
  cs_sql_bind_uuid (looks, proposal_id);
  return cs_sql_run (rows, error) && cs_sql_run (jobs, error) && cs_sql_run (looks, error)
         && cs_store_write_audit_id (store, "proposal.released", proposal_id, NULL, error)
         && cs_sql_commit (transaction, error);
}
