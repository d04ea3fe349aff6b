/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"

#include <glib/gi18n-lib.h>

#define DUE_DAYS_MAX 3650

#define PROPOSAL_COLUMNS                                                                                     \
  "p.id, p.number, p.title, p.client_id, ifnull (c.name, ''), p.state, p.currency, p.tax_mode, p.start,"     \
  " p.designated_day, p.due_days, p.authorise, p.created_ms, p.updated_ms, p.revision,"                      \
  " p.terms_kind, p.inherits_status"
#define PROPOSAL_FROM " FROM proposal p LEFT JOIN client c ON c.id = p.client_id"

/* Its columns alone. */
static CsProposal *
read_proposal (CsSqlStatement *row, GError **error)
{
  g_autoptr (CsProposal) proposal = cs_proposal_new ();

  proposal->id = cs_sql_read_uuid (row);
  cs_sql_read_text (row, &proposal->number);
  cs_sql_read_text (row, &proposal->title);
  proposal->client_id = cs_sql_read_uuid (row);
  cs_sql_read_text (row, &proposal->client_name);
  if (!cs_proposal_state_parse (cs_sql_peek_text (row), &proposal->state, error))
    return NULL;
  proposal->currency = cs_sql_read_currency (row);
  if (!cs_tax_mode_parse (cs_sql_peek_text (row), &proposal->tax_mode, error))
    return NULL;
  proposal->start = cs_sql_read_date (row);
  proposal->designated_day = (guint)cs_sql_read_integer (row);
  proposal->due_days = (int)cs_sql_read_integer (row);
  proposal->authorise = cs_sql_read_boolean (row);
  proposal->created_ms = cs_sql_read_integer (row);
  proposal->updated_ms = cs_sql_read_integer (row);
  proposal->revision = cs_sql_read_integer (row);
  proposal->terms_kind = cs_store_parse_terms_kind (cs_sql_peek_text (row));
  proposal->inherits_status = cs_sql_read_boolean (row);
  return g_steal_pointer (&proposal);
}

/* The rest of it. What was accepted is read from what was agreed, not from the draft. */
static gboolean
load_rest (CsStore *store, CsProposal *proposal, GError **error)
{
  return cs_store_load_acceptance (store, proposal, error)
         && cs_store_load_lines (store, proposal, proposal->acceptance != NULL, error)
         && (proposal->acceptance == NULL || cs_store_load_billing_changes (store, proposal, error))
         && cs_store_load_inherited (store, proposal, error);
}

CsProposal *
cs_store_load_proposal (CsStore *store, const CsUuid *id, GError **error)
{
  g_autoptr (CsProposal) proposal = NULL;
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT " PROPOSAL_COLUMNS PROPOSAL_FROM " WHERE p.id = ?");

  cs_sql_bind_uuid (row, id);
  if (!cs_sql_next (row, error))
    {
      if (!cs_sql_has_failed (row))
        cs_store_refuse (error, CS_STORE_ERROR_NOT_FOUND, _ ("There is no such proposal."));
      return NULL;
    }
  proposal = read_proposal (row, error);
  return proposal != NULL && load_rest (store, proposal, error) ? g_steal_pointer (&proposal) : NULL;
}

/**
 * cs_store_get_proposal:
 * @store: a store
 * @id: a proposal
 * @error: return location
 *
 * Returns: (transfer full) (nullable): it, with its lines and, once accepted, its acceptance; %NULL with
 *   %CS_STORE_ERROR_NOT_FOUND or what the file said
 */
CsProposal *
cs_store_get_proposal (CsStore *store, const CsUuid *id, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;

  g_return_val_if_fail (store != NULL && id != NULL, NULL);

  transaction = cs_sql_begin_read (store->sql, error);
  return transaction != NULL ? cs_store_load_proposal (store, id, error) : NULL;
}

/**
 * cs_store_list_proposals:
 * @store: a store
 * @error: return location
 *
 * Returns: (transfer full) (element-type CsProposal) (nullable): all of them, with lines and acceptances,
 * newest first
 */
GPtrArray *
cs_store_list_proposals (CsStore *store, GError **error)
{
  g_autoptr (GPtrArray) proposals = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_proposal_free);
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL, NULL);

  transaction = cs_sql_begin_read (store->sql, error);
  if (transaction == NULL)
    return NULL;
  row = cs_sql_prepare (store->sql,
                        "SELECT " PROPOSAL_COLUMNS PROPOSAL_FROM " ORDER BY p.created_ms DESC, p.rid DESC");
  while (cs_sql_next (row, error))
    {
      CsProposal *proposal = read_proposal (row, error);

      if (proposal == NULL)
        return NULL;
      g_ptr_array_add (proposals, proposal);
      if (!load_rest (store, proposal, error))
        return NULL;
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&proposals);
}

static gboolean
is_editable (CsProposalState state)
{
  return state == CS_PROPOSAL_DRAFT || state == CS_PROPOSAL_AWAITING;
}

static gboolean
check_proposal (const CsProposal *proposal, GError **error)
{
  CsCurrency currency;

  if (!is_editable (proposal->state))
    return cs_store_refuse (error, CS_STORE_ERROR_STATE,
                            _ ("Only a draft, or what awaits acceptance, can be edited."));
  if (!cs_currency_parse (proposal->currency.code, &currency, NULL))
    return cs_store_refuse (error, CS_STORE_ERROR_INVALID,
                            _ ("The currency is written as three letters, such as NZD."));
  if (proposal->designated_day < 1 || proposal->designated_day > 31)
    return cs_store_refuse (error, CS_STORE_ERROR_INVALID,
                            _ ("The invoice day is a day of the month, 1 to 31."));
  if (proposal->due_days < 0 || proposal->due_days > DUE_DAYS_MAX)
    return cs_store_refuse (error, CS_STORE_ERROR_INVALID,
                            _ ("Invoices fall due between 0 and 3650 days after their date."));
  for (guint i = 0; i < proposal->lines->len; i++)
    {
      const CsProposalLine *line = g_ptr_array_index (proposal->lines, i);
      g_autoptr (GError) local = NULL;

      if (!cs_billing_rule_validate (&line->billing, &local)
          || (line->shape != NULL && !cs_shape_validate (line->shape, &local)))
        return cs_store_refuse (error, CS_STORE_ERROR_INVALID, local->message);
    }
  return TRUE;
}

static gboolean
insert_proposal (CsStore *store, CsProposal *proposal, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "INSERT INTO proposal (id, number, title, client_id, state, currency, tax_mode, start,"
                  " designated_day, due_days, authorise, created_ms, updated_ms, terms_kind,"
                  " inherits_status, revision)"
                  " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)");
  gint64 serial = 0;

  if (!cs_store_take_proposal_serial (store, &serial, error))
    return FALSE;
  g_free (proposal->number);
  proposal->number = g_strdup_printf ("PROP-%04" G_GINT64_FORMAT, serial);
  proposal->id = cs_store_new_uuid (store);
  proposal->created_ms = cs_store_now_ms (store);
  proposal->updated_ms = proposal->created_ms;
  proposal->revision = 1;
  cs_sql_bind_uuid (row, &proposal->id);
  cs_sql_bind_text (row, proposal->number);
  cs_sql_bind_text (row, proposal->title);
  cs_sql_bind_uuid (row, &proposal->client_id);
  cs_sql_bind_text (row, cs_proposal_state_to_string (proposal->state));
  cs_sql_bind_currency (row, proposal->currency);
  cs_sql_bind_text (row, cs_tax_mode_to_string (proposal->tax_mode));
  cs_sql_bind_date (row, proposal->start);
  cs_sql_bind_integer (row, proposal->designated_day);
  cs_sql_bind_integer (row, proposal->due_days);
  cs_sql_bind_boolean (row, proposal->authorise);
  cs_sql_bind_integer (row, proposal->created_ms);
  cs_sql_bind_integer (row, proposal->updated_ms);
  cs_sql_bind_text (row, cs_store_terms_kind_to_string (proposal->terms_kind));
  cs_sql_bind_boolean (row, proposal->inherits_status);
  return cs_sql_run (row, error);
}

static gboolean
update_proposal (CsStore *store, CsProposal *proposal, GError **error)
{
  g_autoptr (CsProposal) stored = cs_store_load_proposal (store, &proposal->id, error);
  g_autoptr (CsSqlStatement) row = NULL;

  if (stored == NULL)
    return FALSE;
  if (!is_editable (stored->state))
    return cs_store_refuse (error, CS_STORE_ERROR_STATE,
                            _ ("Only a draft, or what awaits acceptance, can be edited."));
  if (stored->revision != proposal->revision)
    return cs_store_refuse (error, CS_STORE_ERROR_STALE,
                            _ ("The proposal was changed meanwhile. Look at it again before you save."));
  g_set_str (&proposal->number, stored->number);
  proposal->created_ms = stored->created_ms;
  proposal->updated_ms = cs_store_now_ms (store);
  proposal->revision++;
  row = cs_sql_prepare (store->sql,
                        "UPDATE proposal SET title = ?, client_id = ?, state = ?, currency = ?,"
                        " tax_mode = ?, start = ?, designated_day = ?, due_days = ?, authorise = ?,"
                        " updated_ms = ?, terms_kind = ?, inherits_status = ?, revision = ? WHERE id = ?");
  cs_sql_bind_text (row, proposal->title);
  cs_sql_bind_uuid (row, &proposal->client_id);
  cs_sql_bind_text (row, cs_proposal_state_to_string (proposal->state));
  cs_sql_bind_currency (row, proposal->currency);
  cs_sql_bind_text (row, cs_tax_mode_to_string (proposal->tax_mode));
  cs_sql_bind_date (row, proposal->start);
  cs_sql_bind_integer (row, proposal->designated_day);
  cs_sql_bind_integer (row, proposal->due_days);
  cs_sql_bind_boolean (row, proposal->authorise);
  cs_sql_bind_integer (row, proposal->updated_ms);
  cs_sql_bind_text (row, cs_store_terms_kind_to_string (proposal->terms_kind));
  cs_sql_bind_boolean (row, proposal->inherits_status);
  cs_sql_bind_integer (row, proposal->revision);
  cs_sql_bind_uuid (row, &proposal->id);
  return cs_sql_run (row, error);
}

/* Fills in what is new: ids of lines, the name of the client. */
static gboolean
complete (CsStore *store, CsProposal *proposal, GError **error)
{
  for (guint i = 0; i < proposal->lines->len; i++)
    {
      CsProposalLine *line = g_ptr_array_index (proposal->lines, i);

      if (cs_uuid_is_none (&line->id))
        line->id = cs_store_new_uuid (store);
    }
  g_set_str (&proposal->client_name, "");
  if (!cs_uuid_is_none (&proposal->client_id))
    {
      g_autoptr (CsClient) client = cs_store_load_client (store, &proposal->client_id, NULL, error);

      if (client == NULL)
        return FALSE;
      g_set_str (&proposal->client_name, client->name);
    }
  return TRUE;
}

/* The record stays as it was when a save fails. */
static void
adopt_saved (CsProposal *proposal, const CsProposal *saved)
{
  proposal->id = saved->id;
  g_set_str (&proposal->number, saved->number);
  g_set_str (&proposal->client_name, saved->client_name);
  proposal->created_ms = saved->created_ms;
  proposal->updated_ms = saved->updated_ms;
  proposal->revision = saved->revision;
  for (guint i = 0; i < proposal->lines->len; i++)
    {
      CsProposalLine *line = g_ptr_array_index (proposal->lines, i);
      const CsProposalLine *saved_line = g_ptr_array_index (saved->lines, i);

      line->id = saved_line->id;
    }
}

static gboolean
write_saved_audit (CsStore *store, const CsProposal *proposal, const char *action, GError **error)
{
  g_autoptr (CsJsonBuilder) details = cs_audit_details_new ();

  cs_json_builder_set_string (details, "number", proposal->number);
  cs_json_builder_set_string (details, "title", proposal->title);
  cs_json_builder_set_string (details, "state", cs_proposal_state_to_string (proposal->state));
  cs_json_builder_set_integer (details, "lines", proposal->lines->len);
  cs_json_builder_set_integer (details, "revision", proposal->revision);
  return cs_store_write_audit_id (store, action, &proposal->id, details, error);
}

/**
 * cs_store_save_proposal:
 * @store: a store
 * @proposal: inserted when its id is none; number, ids, revision, times and the client's name are filled in
 * @error: return location
 *
 * A draft may be saved with much still missing; what was accepted is frozen.
 *
 * Returns: whether it was saved; else %CS_STORE_ERROR_STATE when it is not (or would not be) a draft or
 * awaiting, %CS_STORE_ERROR_STALE, %CS_STORE_ERROR_INVALID, %CS_STORE_ERROR_NOT_FOUND or what the file said
 */
gboolean
cs_store_save_proposal (CsStore *store, CsProposal *proposal, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsProposal) saved = NULL;
  gboolean is_new;

  g_return_val_if_fail (store != NULL && proposal != NULL, FALSE);

  if (!check_proposal (proposal, error))
    return FALSE;
  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL)
    return FALSE;
  saved = cs_proposal_copy (proposal);
  is_new = cs_uuid_is_none (&proposal->id);
  if (!complete (store, saved, error)
      || !(is_new ? insert_proposal (store, saved, error) : update_proposal (store, saved, error))
      || !cs_store_write_lines (store, saved, error)
      || !write_saved_audit (store, saved, is_new ? "proposal.created" : "proposal.saved", error)
      || !cs_sql_commit (transaction, error))
    return FALSE;
  adopt_saved (proposal, saved);
  return TRUE;
}

/**
 * cs_store_delete_proposal:
 * @store: a store
 * @id: a draft
 * @error: return location
 *
 * Returns: whether it is gone; else %CS_STORE_ERROR_STATE when it is more than a draft,
 *   %CS_STORE_ERROR_NOT_FOUND or what the file said
 */
gboolean
cs_store_delete_proposal (CsStore *store, const CsUuid *id, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsSqlStatement) row = NULL;
  g_autoptr (CsProposal) proposal = NULL;

  g_return_val_if_fail (store != NULL && id != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  proposal = transaction != NULL ? cs_store_load_proposal (store, id, error) : NULL;
  if (proposal == NULL)
    return FALSE;
  if (proposal->state != CS_PROPOSAL_DRAFT)
    return cs_store_refuse (error, CS_STORE_ERROR_STATE, _ ("Only a draft can be deleted."));
  row = cs_sql_prepare (store->sql, "DELETE FROM proposal WHERE id = ?");
  cs_sql_bind_uuid (row, id);
  return cs_sql_run (row, error) && write_saved_audit (store, proposal, "proposal.deleted", error)
         && cs_sql_commit (transaction, error);
}

gboolean
cs_store_write_proposal_state (CsStore *store, const CsUuid *id, CsProposalState state, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "UPDATE proposal SET state = ?, updated_ms = ?, revision = revision + 1 WHERE id = ?");

  cs_sql_bind_text (row, cs_proposal_state_to_string (state));
  cs_sql_bind_integer (row, cs_store_now_ms (store));
  cs_sql_bind_uuid (row, id);
  return cs_sql_run (row, error);
}
