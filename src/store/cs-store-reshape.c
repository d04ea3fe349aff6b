/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"

#include <glib/gi18n-lib.h>

/* What becomes of planned invoices when what shapes them changes, here or at the organisation. */

/* Of CsUuid. */
static GArray *
list_ids (CsStore *store, const char *statement, const CsUuid *id, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CsUuid));
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (store->sql, statement);

  if (id != NULL)
    cs_sql_bind_uuid (row, id);
  while (cs_sql_next (row, error))
    {
      CsUuid found = cs_sql_read_uuid (row);

      g_array_append_val (ids, found);
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&ids);
}

/* What is against sending an invoice as it is. */
typedef struct
{
  CsOutcome outcome; /* NONE: nothing */
  char *words;       /* of the shape: its parameter, which model words */
  char *found_id;    /* what the ledger has under its number, "" */
} Obstacle;

static void
obstacle_clear (Obstacle *obstacle)
{
  g_free (obstacle->words);
  g_free (obstacle->found_id);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Obstacle, obstacle_clear)

#define OBSTACLE_INIT { CS_OUTCOME_NONE, g_strdup (""), g_strdup ("") }

/* Of what the mirror has under its number: what may be it is a person's decision, and so is what surely is
 * not; but by other buttons. */
static gboolean
find_number (CsStore *store,
             const CsJournalEntry *entry,
             const CsPlannedInvoice *planned,
             Obstacle *obstacle,
             GError **error)
{
  CsFoundKind kind = CS_FOUND_EQUAL;

  if (!cs_store_load_number_found (store, entry, planned, &kind, &obstacle->found_id, error))
    return FALSE;
  if (kind == CS_FOUND_EQUAL)
    {
      g_set_str (&obstacle->found_id, ""); /* it is sent: the ledger refuses it then, and a probe tells */
      return TRUE;
    }
  obstacle->outcome = kind == CS_FOUND_ANOTHERS ? CS_OUTCOME_NUMBER_TAKEN : CS_OUTCOME_DIFFERENT;
  g_set_str (&obstacle->words,
             kind == CS_FOUND_ANOTHERS
                 ? _ ("The ledger has another invoice of this number. Use the next number.")
                 : _ ("The ledger has an invoice of this number that differs from what was planned."));
  return TRUE;
}

/* The first of it. */
static gboolean
find_obstacle (CsStore *store,
               const CsJournalEntry *entry,
               const CsPlannedInvoice *planned,
               const CsShapeFacts *facts,
               Obstacle *obstacle,
               GError **error)
{
  g_autoptr (GArray) violations = cs_shape_check (planned, &facts->world);
  const CsShapeViolation *first = NULL;

  if (violations->len == 0)
    return find_number (store, entry, planned, obstacle, error);
  first = &g_array_index (violations, CsShapeViolation, 0);
  obstacle->outcome = first->outcome;
  g_set_str (&obstacle->words, first->parameter);
  return TRUE;
}

static gboolean
write_state (CsStore *store,
             const CsJournalEntry *entry,
             CsJournalState state,
             const Obstacle *obstacle,
             GError **error)
{
  CsJournalChange change = { .expected = entry->state,
                             .state = state,
                             .generation = entry->generation,
                             .outcome_code = cs_outcome_to_string (obstacle->outcome),
                             .outcome_message = obstacle->words,
                             .found_id = obstacle->found_id };

  return cs_store_write_journal_change (store, entry, &change, error);
}

/* An invoice that the organisation would surely not take as it is stays here, blocked, and nothing is sent;
 * what is kept beside the code is its parameter, which model words. */
gboolean
cs_store_write_shape_checked (CsStore *store,
                              const CsJournalEntry *entry,
                              gboolean *was_blocked,
                              GError **error)
{
  g_autoptr (CsPlannedInvoice) planned = cs_store_load_planned (store, &entry->subject_id, error);
  g_autoptr (CsShapeFacts) facts = planned != NULL ? cs_store_load_shape_facts (store, error) : NULL;
  g_auto (Obstacle) obstacle = OBSTACLE_INIT;

  *was_blocked = FALSE;
  if (facts == NULL || !find_obstacle (store, entry, planned, facts, &obstacle, error))
    return FALSE;
  if (obstacle.outcome == CS_OUTCOME_NONE)
    return TRUE;
  *was_blocked = TRUE;
  return write_state (store, entry, CS_JOURNAL_BLOCKED, &obstacle, error);
}

/* Mended */

static gboolean
update_line (CsStore *store,
             const CsPlannedInvoice *planned,
             guint position,
             const CsResolvedShape *shape,
             GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql,
      "UPDATE planned_line SET account_code = ?, tracking = ? WHERE planned_id = ? AND position = ?");

  cs_sql_bind_text (row, shape->account_code);
  cs_sql_bind_text (row, shape->tracking);
  cs_sql_bind_uuid (row, &planned->id);
  cs_sql_bind_integer (row, position);
  return cs_sql_run (row, error);
}

/* @due follows the day that it is billed on, which is another than its own where a person said so [U-11]. */
static gboolean
update_head (CsStore *store,
             const CsPlannedInvoice *planned,
             const CsResolvedShape *shape,
             CsDate due,
             GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql,
      "UPDATE planned_invoice SET due = iif (billed_on IS NULL, ?1, due),"
      " billed_due = iif (billed_on IS NULL, NULL, ?1), authorise = ?2, theme_id = ?3 WHERE id = ?4");

  cs_sql_bind_date (row, due);
  cs_sql_bind_boolean (row, shape->authorise);
  cs_sql_bind_text (row, shape->theme_id);
  cs_sql_bind_uuid (row, &planned->id);
  return cs_sql_run (row, error);
}

/* As its levels say now. It keeps its lines, its date and its number, which a person has seen. */
static gboolean
write_reshaped (CsStore *store, const CsPlannedInvoice *planned, GError **error)
{
  g_autoptr (CsProposal) proposal = cs_store_load_proposal (store, &planned->proposal_id, error);

  if (proposal == NULL)
    return FALSE;
  for (guint i = 0; i < planned->lines->len; i++)
    {
      const CsPlannedLine *line = g_ptr_array_index (planned->lines, i);
      const CsProposalLine *agreed = cs_proposal_find_line (proposal, &line->line_id);
      g_autoptr (CsResolvedShape) shape = cs_proposal_resolve_line (proposal, agreed);
      CsDate due = cs_terms_get_due (shape->terms, planned->date);

      if (agreed == NULL || !cs_date_is_set (due))
        continue;
      if ((i == 0 && !update_head (store, planned, shape, due, error))
          || !update_line (store, planned, i, shape, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
mend_row (CsStore *store, const CsUuid *id, const CsShapeFacts *facts, GError **error)
{
  g_autoptr (CsJournalEntry) entry = cs_store_load_journal (store, id, error);
  g_autoptr (CsPlannedInvoice) before = NULL;
  g_autoptr (CsPlannedInvoice) planned = NULL;
  g_auto (Obstacle) obstacle = OBSTACLE_INIT;

  before = entry != NULL ? cs_store_load_planned (store, &entry->subject_id, error) : NULL;
  if (before == NULL || !write_reshaped (store, before, error))
    return FALSE;
  planned = cs_store_load_planned (store, &before->id, error);
  if (planned == NULL || !find_obstacle (store, entry, planned, facts, &obstacle, error))
    return FALSE;
  if (obstacle.outcome == CS_OUTCOME_NONE)
    return write_state (store, entry, CS_JOURNAL_QUEUED, &obstacle, error);
  if (g_str_equal (entry->outcome_code, cs_outcome_to_string (obstacle.outcome))
      && g_str_equal (entry->outcome_message, obstacle.words))
    return TRUE;
  return write_state (store, entry, CS_JOURNAL_BLOCKED, &obstacle, error);
}

/* Something changed, here or at the organisation: what was blocked only for its shape goes on where that
 * mended it. */
gboolean
cs_store_write_shapes_mended (CsStore *store, GError **error)
{
  g_autoptr (GArray) ids
      = list_ids (store,
                  "SELECT id FROM journal WHERE state = 'blocked' AND kind = 'invoice.create'"
                  " AND outcome_code IN ('account-unusable', 'tax-unusable', 'theme-gone', 'tracking-gone',"
                  "  'locked-period', 'locked-here') ORDER BY created_ms, id",
                  NULL, error);
  g_autoptr (CsShapeFacts) facts = NULL;

  if (ids == NULL || ids->len == 0)
    return ids != NULL;
  facts = cs_store_load_shape_facts (store, error);
  if (facts == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!mend_row (store, &g_array_index (ids, CsUuid, i), facts, error))
      return FALSE;
  return TRUE;
}

/* Refused for its contact, which is archived, and the client has another one by now, as the ledger merged the
 * two or a person said so: nothing was made, so it is written anew and goes. */
gboolean
cs_store_write_moved_mended (CsStore *store, const CsUuid *connection_id, GError **error)
{
  g_auto (Obstacle) none = OBSTACLE_INIT;
  g_autoptr (GArray) ids
      = list_ids (store,
                  "SELECT j.id FROM journal j JOIN proposal p ON p.id = j.proposal_id"
                  " JOIN link l ON l.kind = 'client' AND l.local_id = p.client_id"
                  "  AND l.connection_id = j.connection_id WHERE j.state = 'blocked'"
                  " AND j.kind = 'invoice.create' AND j.outcome_code = 'archived-contact'"
                  " AND j.sent_contact <> '' AND j.sent_contact <> l.remote_id AND j.connection_id = ?"
                  " ORDER BY j.created_ms, j.id",
                  connection_id, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (CsJournalEntry) entry
          = cs_store_load_journal (store, &g_array_index (ids, CsUuid, i), error);

      if (entry == NULL || !write_state (store, entry, CS_JOURNAL_QUEUED, &none, error))
        return FALSE;
    }
  return ids != NULL;
}

/* Planned anew */

/* What was released, or ever had a number, stays as it is, and so does what a person decided on [U-11]. */
gboolean
cs_store_write_proposal_replanned (CsStore *store, const CsUuid *proposal_id, GError **error)
{
  g_autoptr (CsProposal) proposal = cs_store_load_proposal (store, proposal_id, error);
  g_autoptr (CsSqlStatement) horizon
      = cs_sql_prepare (store->sql, "SELECT planned_until FROM proposal WHERE id = ?");
  g_autoptr (CsSqlStatement) drop = cs_sql_prepare (
      store->sql, "DELETE FROM planned_invoice WHERE proposal_id = ? AND journal_id IS NULL AND number = ''"
                  " AND skipped_ms = 0 AND billed_on IS NULL");
  CsDate until;

  if (proposal == NULL || proposal->acceptance == NULL)
    return proposal != NULL;
  cs_sql_bind_uuid (horizon, proposal_id);
  cs_sql_bind_uuid (drop, proposal_id);
  if (!cs_sql_next (horizon, error))
    return !cs_sql_has_failed (horizon);
  until = cs_sql_read_date (horizon);
  return !cs_date_is_set (until)
         || (cs_sql_run (drop, error)
             && cs_store_write_plan (store, proposal, proposal->acceptance->accepted_on, until, error));
}

/* The practice's shape changed, or that of one client: what is not on its way yet is planned as it says. */
gboolean
cs_store_write_replanned (CsStore *store, const CsUuid *client_id, GError **error)
{
  g_autoptr (GArray) ids = list_ids (
      store,
      client_id != NULL ? "SELECT id FROM proposal WHERE state = 'active' AND client_id = ? ORDER BY rid"
                        : "SELECT id FROM proposal WHERE state = 'active' ORDER BY rid",
      client_id, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!cs_store_write_proposal_replanned (store, &g_array_index (ids, CsUuid, i), error))
      return FALSE;
  return ids != NULL && cs_store_write_shapes_mended (store, error);
}
