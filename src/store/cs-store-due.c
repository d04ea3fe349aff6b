/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"

#include <glib/gi18n-lib.h>

#define MS_PER_SECOND G_GINT64_CONSTANT (1000)

/* What the plans bill, as its days come. */

static CsDate
get_horizon (CsDate today)
{
  return cs_date_add_months (today, CS_PLAN_MONTHS, 0);
}

typedef gboolean (*PlanFunc) (CsStore *store, const CsProposal *proposal, CsDate until, GError **error);

static gboolean
plan_invoices (CsStore *store, const CsProposal *proposal, CsDate until, GError **error)
{
  return cs_store_write_plan (store, proposal, proposal->acceptance->accepted_on, until, error);
}

static gboolean
plan_jobs (CsStore *store, const CsProposal *proposal, CsDate until, GError **error)
{
  return cs_store_write_job_plan (store, proposal, proposal->acceptance->accepted_on, until, NULL, error);
}

/* FALSE: it concerns the file, and the rest would fare no better. */
gboolean
cs_store_concerns_one (const GError *failure)
{
  return failure->domain != CS_STORE_ERROR || failure->code == CS_STORE_ERROR_INVALID
         || failure->code == CS_STORE_ERROR_STATE || failure->code == CS_STORE_ERROR_NOT_FOUND;
}

/* The end of what was tried since SAVEPOINT part: all of it or nothing. What concerns that alone, not the
 * file, goes to @trouble, for the rest to go on. Takes @failure (nullable). */
static gboolean
end_part (CsStore *store, GError *failure, GError **trouble, GError **error)
{
  g_autoptr (GError) owned = failure;

  if (failure == NULL)
    return cs_sql_execute (store->sql, "RELEASE part", error);
  if (!cs_store_concerns_one (failure))
    {
      g_propagate_error (error, g_steal_pointer (&owned));
      return FALSE;
    }
  if (*trouble == NULL)
    *trouble = g_steal_pointer (&owned);
  return cs_sql_execute (store->sql, "ROLLBACK TO part; RELEASE part", error);
}

static gboolean
plan_or_note (CsStore *store,
              const CsProposal *proposal,
              CsDate until,
              PlanFunc func,
              GError **trouble,
              GError **error)
{
  GError *failure = NULL;

  if (!cs_sql_execute (store->sql, "SAVEPOINT part", error))
    return FALSE;
  func (store, proposal, until, &failure);
  return end_part (store, failure, trouble, error);
}

/* What an alert names; gone with its cause. */
static gboolean
write_trouble (CsStore *store, const CsUuid *proposal_id, const GError *trouble, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = trouble != NULL
            ? cs_sql_prepare (store->sql,
                              "INSERT INTO plan_trouble (proposal_id, message) VALUES (?1, ?2) ON CONFLICT"
                              " DO UPDATE SET message = excluded.message, is_kept_back = 0"
                              " WHERE message <> excluded.message OR is_kept_back")
            : cs_sql_prepare (store->sql, "DELETE FROM plan_trouble WHERE proposal_id = ?1");

  cs_sql_bind_uuid (row, proposal_id);
  if (trouble != NULL)
    cs_sql_bind_text (row, trouble->message);
  return cs_sql_run (row, error);
}

/* Neither what can't be planned of one proposal keeps the others, nor its jobs its invoices. */
gboolean
cs_store_write_topped_up (CsStore *store, const CsUuid *proposal_id, CsDate horizon, GError **error)
{
  g_autoptr (CsProposal) proposal = cs_store_load_proposal (store, proposal_id, error);
  g_autoptr (GError) trouble = NULL;

  if (proposal == NULL || proposal->acceptance == NULL)
    return proposal != NULL;
  return plan_or_note (store, proposal, horizon, plan_invoices, &trouble, error)
         && plan_or_note (store, proposal, horizon, plan_jobs, &trouble, error)
         && write_trouble (store, proposal_id, trouble, error);
}

/* Plans of active proposals are kept a year ahead. Those of which something is kept back are looked at anew
 * each time, so that an alert goes with its cause. */
static gboolean
top_up (CsStore *store, CsDate today, GError **error)
{
  CsDate horizon = get_horizon (today);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CsUuid));
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql,
      "SELECT id FROM proposal WHERE state = 'active'"
      " AND (planned_until < ? OR id IN (SELECT proposal_id FROM plan_trouble WHERE is_kept_back))");

  cs_sql_bind_date (row, horizon);
  while (cs_sql_next (row, error))
    {
      CsUuid id = cs_sql_read_uuid (row);

      g_array_append_val (ids, id);
    }
  if (cs_sql_has_failed (row))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!cs_store_write_topped_up (store, &g_array_index (ids, CsUuid, i), horizon, error))
      return FALSE;
  return TRUE;
}

/* What is due */

/* The last day on which somebody looked; none before the first look. */
static gboolean
load_last_look (CsStore *store, CsDate *last, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (store->sql, "SELECT last_due_day FROM practice");

  *last = cs_sql_next (row, error) ? cs_sql_read_date (row) : CS_DATE_NONE;
  return !cs_sql_has_failed (row);
}

static gboolean
write_last_look (CsStore *store, CsDate today, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "UPDATE practice SET last_due_day = ?1 WHERE last_due_day IS NOT ?1");

  cs_sql_bind_date (row, today);
  return cs_sql_run (row, error);
}

GArray *
cs_store_load_open (CsStore *store, CsDate today, gboolean by_itself, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CsUuid));
  g_autoptr (GTimeZone) zone = cs_store_load_zone (store, error);
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT i.id, i.date, a.frozen_ms FROM planned_invoice i"
                  " JOIN proposal p ON p.id = i.proposal_id JOIN agreement a ON a.proposal_id = p.id"
                  " WHERE i.journal_id IS NULL AND i.skipped_ms = 0 AND i.date <= ? AND p.state = 'active' "
                  "ORDER BY i.date, p.rid");
  CsDate last;

  if (zone == NULL || !load_last_look (store, &last, error))
    return NULL;
  cs_sql_bind_date (row, today);
  while (cs_sql_next (row, error))
    {
      CsUuid id = cs_sql_read_uuid (row);
      CsDate date = cs_sql_read_date (row);
      CsDate accepted = cs_date_from_instant (cs_sql_read_integer (row), zone);

      if (cs_catch_up_goes_by_itself (date, accepted, last, today) == by_itself)
        g_array_append_val (ids, id);
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&ids);
}

/* Releasing */

/* Nothing of a proposal leaves before the hold on its acceptance ends, as it could not be undone then. */
static gboolean
load_hold_end (CsStore *store, const CsUuid *planned_id, gint64 *hold_until_ms, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT a.hold_until_ms FROM planned_invoice i JOIN acceptance a"
                                    " ON a.proposal_id = i.proposal_id WHERE i.id = ?");

  cs_sql_bind_uuid (row, planned_id);
  if (cs_sql_next (row, error))
    {
      gint64 hold_end_ms = cs_sql_read_integer (row);

      *hold_until_ms = MAX (*hold_until_ms, hold_end_ms);
    }
  return !cs_sql_has_failed (row);
}

gboolean
cs_store_write_released (CsStore *store,
                         const CsUuid *planned_id,
                         gint64 hold_until_ms,
                         gboolean *was_released,
                         GError **error)
{
  g_autoptr (CsPlannedInvoice) planned = NULL;
  g_autoptr (CsJsonBuilder) details = NULL;
  g_autofree char *date = NULL;

  if (!load_hold_end (store, planned_id, &hold_until_ms, error)
      || !cs_store_write_release (store, planned_id, hold_until_ms, was_released, error))
    return FALSE;
  if (!*was_released)
    return TRUE;
  planned = cs_store_load_planned (store, planned_id, error);
  if (planned == NULL)
    return FALSE;
  date = cs_date_to_string (planned->date);
  details = cs_audit_details_new ();
  cs_json_builder_set_string (details, "number", planned->number);
  cs_json_builder_set_string (details, "date", date);
  return cs_store_write_audit_id (store, "invoice.released", planned_id, details, error);
}

static gboolean
is_of (CsStore *store, const CsUuid *planned_id, const CsUuid *proposal_id, gboolean *is_its, GError **error)
{
  g_autoptr (CsPlannedInvoice) planned = cs_store_load_planned (store, planned_id, error);

  *is_its = planned != NULL && cs_uuid_equal (&planned->proposal_id, proposal_id);
  return planned != NULL;
}

gboolean
cs_store_write_due_held (CsStore *store, const CsUuid *proposal_id, GError **error)
{
  g_autoptr (CsSettings) settings = cs_store_load_settings (store, error);
  g_autoptr (GTimeZone) zone = settings != NULL ? cs_store_load_zone (store, error) : NULL;
  g_autoptr (GArray) ids
      = zone != NULL ? cs_store_load_open (store, cs_clock_today (store->clock, zone), TRUE, error) : NULL;

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      const CsUuid *id = &g_array_index (ids, CsUuid, i);
      gboolean is_its = FALSE, was_released = FALSE;

      if (!is_of (store, id, proposal_id, &is_its, error)
          || (is_its
              && !cs_store_write_released (store, id,
                                           cs_store_now_ms (store) + settings->hold_seconds * MS_PER_SECOND,
                                           &was_released, error)))
        return FALSE;
    }
  return ids != NULL;
}

/* Beside what else is in the way of its proposal. */
static gboolean
write_kept_back (CsStore *store, const CsUuid *planned_id, const GError *trouble, GError **error)
{
  g_autoptr (CsPlannedInvoice) planned = cs_store_load_planned (store, planned_id, error);
  g_autofree char *date = planned != NULL ? cs_date_to_string (planned->date) : NULL;
  g_autofree char *words = NULL;
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "INSERT INTO plan_trouble (proposal_id, message, is_kept_back)"
                                    " VALUES (?1, ?2, 1) ON CONFLICT DO UPDATE SET is_kept_back = 1,"
                                    " message = message || ' ' || excluded.message");

  if (planned == NULL)
    return FALSE;
  /* Translators: the first is a date, the second says why. */
  words = g_strdup_printf (_ ("The invoice of %s is kept back: %s"), date, trouble->message);
  cs_sql_bind_uuid (row, &planned->proposal_id);
  cs_sql_bind_text (row, words);
  return cs_sql_run (row, error);
}

/* One that can't be let go keeps back no other. */
static gboolean
release_or_note (CsStore *store, const CsUuid *planned_id, guint *n_released, GError **error)
{
  g_autoptr (GError) trouble = NULL;
  GError *failure = NULL;
  gboolean was_released = FALSE;

  if (!cs_sql_execute (store->sql, "SAVEPOINT part", error))
    return FALSE;
  cs_store_write_released (store, planned_id, cs_store_now_ms (store), &was_released, &failure);
  if (!end_part (store, failure, &trouble, error))
    return FALSE;
  if (trouble != NULL)
    return write_kept_back (store, planned_id, trouble, error);
  *n_released += was_released ? 1 : 0;
  return TRUE;
}

/**
 * cs_store_release_due:
 * @store: a store
 * @today: in the practice's zone
 * @n_released: (out) (optional): how many
 * @error: return location
 *
 * Journals what active proposals bill on @today, and what became due while nobody looked, unless that was
 * more than a week ago: N runs are as one [U-10]. What is older is catch-up, for a person to release [U-11];
 * so is what lay in the past when its proposal was accepted. Plans are topped up to a year ahead on the way.
 * Each that can't be released is told by name, tried again as long as its day lasts, and keeps back no other.
 *
 * Returns: whether it went well
 */
gboolean
cs_store_release_due (CsStore *store, CsDate today, guint *n_released, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (GArray) ids = NULL;
  guint n = 0;

  g_return_val_if_fail (store != NULL && cs_date_is_set (today), FALSE);

  if (n_released != NULL)
    *n_released = 0;
  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL || !top_up (store, today, error))
    return FALSE;
  ids = cs_store_load_open (store, today, TRUE, error);
  if (ids == NULL || !write_last_look (store, today, error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!release_or_note (store, &g_array_index (ids, CsUuid, i), &n, error))
      return FALSE;
  if (!cs_sql_commit (transaction, error))
    return FALSE;
  if (n_released != NULL)
    *n_released = n;
  return TRUE;
}

static gboolean
check_releasable (CsStore *store, const CsPlannedSeen *seen, GError **error)
{
  g_autoptr (CsPlannedInvoice) planned = cs_store_load_planned_seen (store, seen, error);
  g_autoptr (CsProposal) proposal = NULL;

  if (planned == NULL)
    return FALSE;
  if (planned->skipped_ms > 0)
    return cs_store_refuse (error, CS_STORE_ERROR_STATE,
                            _ ("This invoice was skipped. Take that back first."));
  proposal = cs_store_load_proposal (store, &planned->proposal_id, error);
  if (proposal == NULL)
    return FALSE;
  return proposal->state == CS_PROPOSAL_ACTIVE
         || cs_store_refuse (error, CS_STORE_ERROR_STATE,
                             _ ("This proposal is not active, so nothing of it is billed."));
}

/**
 * cs_store_release_planned:
 * @store: a store
 * @seen: a planned invoice, most often one whose day has passed [U-11], as the person saw it
 * @error: return location
 *
 * A person's decision, which can be taken back for as long as an acceptance can. What was released and then
 * cancelled may be released again; it keeps its number.
 *
 * Returns: whether it is journalled; else %CS_STORE_ERROR_STATE when it was before or its proposal is not
 * active, %CS_STORE_ERROR_STALE when it comes to another amount by now, %CS_STORE_ERROR_NOT_FOUND or what the
 * file said
 */
gboolean
cs_store_release_planned (CsStore *store, const CsPlannedSeen *seen, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsSettings) settings = NULL;
  gboolean was_released = FALSE;

  g_return_val_if_fail (store != NULL && seen != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL || !check_releasable (store, seen, error))
    return FALSE;
  settings = cs_store_load_settings (store, error);
  if (settings == NULL
      || !cs_store_write_released (store, &seen->id,
                                   cs_store_now_ms (store) + settings->hold_seconds * MS_PER_SECOND,
                                   &was_released, error))
    return FALSE;
  if (!was_released)
    return cs_store_refuse (error, CS_STORE_ERROR_STATE, _ ("This invoice was released before."));
  return cs_sql_commit (transaction, error);
}
