/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"

#include <glib/gi18n-lib.h>

#define MS_PER_SECOND G_GINT64_CONSTANT (1000)

/* The last day for which the ledger's books are closed. */
static gboolean
load_period_lock (CsStore *store, CsDate *lock, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT nullif (max (ifnull (period_lock, -2147483648), ifnull (year_lock, -2147483648)),"
                  " -2147483648) FROM ledger_organisation WHERE connection_id = " CS_SQL_LEDGER);

  *lock = cs_sql_next (row, error) ? cs_sql_read_date (row) : CS_DATE_NONE;
  return !cs_sql_has_failed (row);
}

static gboolean
is_closed (CsDate date, CsDate lock)
{
  return cs_date_is_set (lock) && cs_date_compare (date, lock) <= 0;
}

static CsCatchUpItem *
load_item (CsStore *store, const CsUuid *id, CsDate lock, GError **error)
{
  g_autoptr (CsCatchUpItem) item = g_new0 (CsCatchUpItem, 1);
  g_autoptr (CsSqlStatement) row = NULL;

  item->planned = cs_store_load_planned (store, id, error);
  if (item->planned == NULL)
    return NULL;
  item->is_closed = is_closed (item->planned->date, lock);
  row = cs_sql_prepare (store->sql, "SELECT p.number, p.title, p.client_id, c.name FROM proposal p"
                                    " JOIN client c ON c.id = p.client_id WHERE p.id = ?");
  cs_sql_bind_uuid (row, &item->planned->proposal_id);
  if (!cs_sql_next (row, error))
    return cs_sql_has_failed (row)
               ? NULL
               : (cs_store_refuse (error, CS_STORE_ERROR_NOT_FOUND, _ ("There is no such proposal.")), NULL);
  cs_sql_read_text (row, &item->proposal_number);
  cs_sql_read_text (row, &item->proposal_title);
  item->client_id = cs_sql_read_uuid (row);
  cs_sql_read_text (row, &item->client_name);
  return g_steal_pointer (&item);
}

/**
 * cs_store_list_catch_up:
 * @store: a store
 * @today: in the practice's zone
 * @error: return location
 *
 * What cs_store_release_due() would release by itself is not among them, nor what was skipped.
 *
 * Returns: (transfer full) (element-type CsCatchUpItem) (nullable): invoices of past days that wait for a
 *   person [U-11], by date
 */
GPtrArray *
cs_store_list_catch_up (CsStore *store, CsDate today, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_catch_up_item_free);
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (GArray) ids = NULL;
  CsDate lock = CS_DATE_NONE;

  g_return_val_if_fail (store != NULL && cs_date_is_set (today), NULL);

  transaction = cs_sql_begin_read (store->sql, error);
  if (transaction == NULL || !load_period_lock (store, &lock, error))
    return NULL;
  ids = cs_store_load_open (store, today, FALSE, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      CsCatchUpItem *item = load_item (store, &g_array_index (ids, CsUuid, i), lock, error);

      if (item == NULL)
        return NULL;
      g_ptr_array_add (items, item);
    }
  return ids != NULL ? g_steal_pointer (&items) : NULL;
}

/**
 * cs_store_count_catch_up:
 * @store: a store
 * @today: in the practice's zone
 * @n: (out): how many invoices of past days wait for a person [U-11]
 * @error: return location
 *
 * Returns: whether they could be counted
 */
gboolean
cs_store_count_catch_up (CsStore *store, CsDate today, guint *n, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (GArray) ids = NULL;

  g_return_val_if_fail (store != NULL && cs_date_is_set (today) && n != NULL, FALSE);

  transaction = cs_sql_begin_read (store->sql, error);
  ids = transaction != NULL ? cs_store_load_open (store, today, FALSE, error) : NULL;
  if (ids == NULL)
    return FALSE;
  *n = ids->len;
  return TRUE;
}

/* Whether it is still as the list showed it. */
static gboolean
check_waits (CsStore *store, const CsPlannedInvoice *planned, gboolean is_skipped, GError **error)
{
  g_autoptr (CsProposal) proposal = cs_store_load_proposal (store, &planned->proposal_id, error);

  if (proposal == NULL)
    return FALSE;
  if (proposal->state != CS_PROPOSAL_ACTIVE)
    return cs_store_refuse (error, CS_STORE_ERROR_STATE,
                            _ ("This proposal is not active, so nothing of it is billed."));
  if (!cs_uuid_is_none (&planned->journal_id))
    return cs_store_refuse (error, CS_STORE_ERROR_STATE, _ ("This invoice was released before."));
  if (is_skipped != (planned->skipped_ms > 0))
    return cs_store_refuse (error, CS_STORE_ERROR_STATE,
                            is_skipped ? _ ("This invoice was not skipped.")
                                       : _ ("This invoice was skipped. Take that back first."));
  return TRUE;
}

/* What was billed or skipped stood apart from what was said about its services meanwhile [U-13]. */
static gboolean
follow_words (CsStore *store, const CsUuid *ids, guint n_ids, GError **error)
{
  for (guint i = 0; i < n_ids; i++)
    {
      g_autoptr (CsSqlStatement) row
          = cs_sql_prepare (store->sql, "SELECT proposal_id FROM planned_invoice WHERE id = ?");
      CsUuid proposal_id;

      cs_sql_bind_uuid (row, &ids[i]);
      if (!cs_sql_next (row, error))
        {
          if (cs_sql_has_failed (row))
            return FALSE;
          continue; /* planned anew with the one before */
        }
      proposal_id = cs_sql_read_uuid (row);
      if (!cs_store_write_proposal_replanned (store, &proposal_id, error)
          || !cs_store_write_due_held (store, &proposal_id, error))
        return FALSE;
    }
  return TRUE;
}

/* Billing */

/* Under another day, as many days to pay as before. */
static gboolean
write_billed_on (CsStore *store, const CsPlannedInvoice *planned, CsDate chosen, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "UPDATE planned_invoice SET billed_on = ?, billed_due = ? WHERE id = ?");

  if (cs_date_compare (planned->date, chosen) == 0)
    return TRUE;
  cs_sql_bind_date (row, chosen);
  cs_sql_bind_date (row, cs_date_add_days (chosen, planned->due.days - planned->date.days));
  cs_sql_bind_uuid (row, &planned->id);
  return cs_sql_run (row, error);
}

static gboolean
refuse_closed (const CsPlannedInvoice *planned, CsDate lock, GError **error)
{
  g_autofree char *date = cs_date_to_string (planned->date);
  g_autofree char *until = cs_date_to_string (lock);

  g_set_error (
      error, CS_STORE_ERROR, CS_STORE_ERROR_INVALID,
      /* Translators: two dates. */
      _ ("The ledger’s books are closed up to %2$s, so nothing can be billed on %1$s. Bill it today, "
         "or skip it."),
      date, until);
  return FALSE;
}

static gboolean
bill_one (CsStore *store,
          const CsPlannedSeen *seen,
          CsCatchUpDating dating,
          CsDate today,
          CsDate lock,
          gint64 hold_until_ms,
          GError **error)
{
  g_autoptr (CsPlannedInvoice) planned = cs_store_load_planned_seen (store, seen, error);
  gboolean was_released = FALSE;
  CsDate chosen = CS_DATE_NONE;

  if (planned == NULL || !check_waits (store, planned, FALSE, error))
    return FALSE;
  if (cs_date_compare (planned->date, today) > 0)
    return cs_store_refuse (error, CS_STORE_ERROR_STATE, _ ("The day of this invoice is still to come."));
  if (!cs_catch_up_choose_date (planned->date, today, lock, dating, &chosen, NULL))
    return refuse_closed (planned, lock, error);
  return write_billed_on (store, planned, chosen, error)
         && cs_store_write_released (store, &seen->id, hold_until_ms, &was_released, error);
}

/**
 * cs_store_bill_catch_up:
 * @store: a store
 * @seen: (array length=n_seen): planned invoices of past days, as the person saw them
 * @n_seen: how many
 * @dating: under which date
 * @today: in the practice's zone
 * @error: return location
 *
 * A person's decision, which can be taken back for as long as an acceptance can: they are journalled and
 * held. The period of a line stays what it was, whatever the date of its invoice [U-12]. All of them or none.
 *
 * Returns: whether they are journalled; else %CS_STORE_ERROR_STATE when one was billed or skipped meanwhile,
 *   %CS_STORE_ERROR_STALE when one comes to another amount by now, %CS_STORE_ERROR_INVALID when its date lies
 * in a closed period, or what the file said
 */
gboolean
cs_store_bill_catch_up (CsStore *store,
                        const CsPlannedSeen *seen,
                        guint n_seen,
                        CsCatchUpDating dating,
                        CsDate today,
                        GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsSettings) settings = NULL;
  CsDate lock = CS_DATE_NONE;
  gint64 hold_until_ms;

  g_return_val_if_fail (store != NULL && (seen != NULL || n_seen == 0) && cs_date_is_set (today), FALSE);

  transaction = cs_sql_begin (store->sql, error);
  settings = transaction != NULL ? cs_store_load_settings (store, error) : NULL;
  if (settings == NULL || !load_period_lock (store, &lock, error))
    return FALSE;
  hold_until_ms = cs_store_now_ms (store) + settings->hold_seconds * MS_PER_SECOND;
  for (guint i = 0; i < n_seen; i++)
    if (!bill_one (store, &seen[i], dating, today, lock, hold_until_ms, error))
      return FALSE;
  return cs_sql_commit (transaction, error);
}

/* Taking that back: as if nobody had decided, but for the audit chain. */

/* As an acceptance that is undone: what was tried, or may have been sent by a copy of this file, is not taken
 * back, as nobody would look for it. */
static gboolean
check_held (CsStore *store, const CsPlannedInvoice *planned, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT count(*) FROM journal j, practice p WHERE j.id = ? AND j.state = 'held'"
                  " AND j.generation = 0 AND NOT (j.probe_first = 1 AND j.created_ms <= p.restored_ms)");

  if (cs_uuid_is_none (&planned->journal_id))
    return cs_store_refuse (error, CS_STORE_ERROR_STATE,
                            _ ("At least one of these invoices was taken back before, so none is taken back "
                               "now. Look at them once more under Activity."));
  cs_sql_bind_uuid (row, &planned->journal_id);
  if (!cs_sql_next (row, error))
    return FALSE;
  return cs_sql_read_integer (row) > 0
         || cs_store_refuse (error, CS_STORE_ERROR_STATE,
                             _ ("These invoices are on their way to Xero by now. Cancel or credit them "
                                "under Activity instead."));
}

/* A number that another was given after stays with its invoice, for when it is billed after all. */
static gboolean
write_number_back (CsStore *store, const CsPlannedInvoice *planned, GError **error)
{
  g_autoptr (CsSqlStatement) given
      = cs_sql_prepare (store->sql, "SELECT number_serial FROM planned_invoice WHERE id = ?");
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "UPDATE planned_invoice SET number = '', number_serial = 0 WHERE id = ?");
  gboolean was_given_back = FALSE;

  cs_sql_bind_uuid (given, &planned->id);
  if (!cs_sql_next (given, error)
      || !cs_store_give_back_number (store, planned->series, planned->number, cs_sql_read_integer (given),
                                     &was_given_back, error))
    return FALSE;
  cs_sql_bind_uuid (row, &planned->id);
  return !was_given_back || cs_sql_run (row, error);
}

/* The contact's row stays: it is of the acceptance. */
static gboolean
write_unbilled (CsStore *store, const CsUuid *id, GError **error)
{
  g_autoptr (CsPlannedInvoice) planned = cs_store_load_planned (store, id, error);
  g_autoptr (CsSqlStatement) note = cs_sql_prepare (
      store->sql, "UPDATE planned_invoice SET journal_id = NULL, billed_on = NULL, billed_due = NULL"
                  " WHERE id = ?");
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (store->sql, "DELETE FROM journal WHERE id = ?");
  g_autoptr (CsJsonBuilder) details = NULL;
  g_autofree char *date = NULL;

  if (planned == NULL || !check_held (store, planned, error))
    return FALSE;
  cs_sql_bind_uuid (note, id);
  cs_sql_bind_uuid (row, &planned->journal_id);
  date = cs_date_to_string (planned->date);
  details = cs_audit_details_new ();
  cs_json_builder_set_string (details, "number", planned->number);
  cs_json_builder_set_string (details, "date", date);
  return cs_sql_run (note, error) && cs_sql_run (row, error) && write_number_back (store, planned, error)
         && cs_store_write_audit_id (store, "invoice.release-undone", id, details, error);
}

/**
 * cs_store_undo_bill_catch_up:
 * @store: a store
 * @ids: (array length=n_ids): planned invoices that cs_store_bill_catch_up() journalled, in that order
 * @n_ids: how many
 * @error: return location
 *
 * They wait for a person again, and the numbers that were given last are given back. Audited. All of them or
 * none.
 *
 * Returns: whether they do; else %CS_STORE_ERROR_STATE when one of them is not held any more, or what the
 * file said
 */
gboolean
cs_store_undo_bill_catch_up (CsStore *store, const CsUuid *ids, guint n_ids, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;

  g_return_val_if_fail (store != NULL && (ids != NULL || n_ids == 0), FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL)
    return FALSE;
  for (guint i = n_ids; i > 0; i--)
    if (!write_unbilled (store, &ids[i - 1], error))
      return FALSE;
  return follow_words (store, ids, n_ids, error) && cs_sql_commit (transaction, error);
}

/* Skipping: of past days and of days to come. */

/* @skipped_ms: 0: it is not skipped any more. */
static gboolean
write_skip (CsStore *store,
            const CsPlannedInvoice *planned, /* (nullable): not to be had, and @error says why */
            gint64 skipped_ms,
            const char *reason,
            GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "UPDATE planned_invoice SET skipped_ms = ?, skip_reason = ? WHERE id = ?");
  g_autoptr (CsJsonBuilder) details = NULL;
  g_autofree char *date = NULL;

  if (planned == NULL || !check_waits (store, planned, skipped_ms == 0, error))
    return FALSE;
  cs_sql_bind_integer (row, skipped_ms);
  cs_sql_bind_text (row, reason);
  cs_sql_bind_uuid (row, &planned->id);
  details = cs_audit_details_new ();
  date = cs_date_to_string (planned->date);
  cs_json_builder_set_string (details, "date", date);
  cs_json_builder_set_string (details, "reason", skipped_ms > 0 ? reason : planned->skip_reason);
  return cs_sql_run (row, error)
         && cs_store_write_audit_id (store, skipped_ms > 0 ? "invoice.skipped" : "invoice.skip-undone",
                                     &planned->id, details, error);
}

/**
 * cs_store_skip_planned:
 * @store: a store
 * @seen: (array length=n_seen): planned invoices, of past days or of days to come, as the person saw them
 * @n_seen: how many
 * @reason: why, in a person's words
 * @error: return location
 *
 * They are not billed, and say why; audited, and undone by cs_store_undo_skip(). All of them or none.
 *
 * Returns: whether they are skipped; else %CS_STORE_ERROR_INVALID without a reason, %CS_STORE_ERROR_STATE
 * when one was billed or skipped meanwhile, %CS_STORE_ERROR_STALE when one comes to another amount by now, or
 * what the file said
 */
gboolean
cs_store_skip_planned (CsStore *store,
                       const CsPlannedSeen *seen,
                       guint n_seen,
                       const char *reason,
                       GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  gint64 now_ms;

  g_return_val_if_fail (store != NULL && (seen != NULL || n_seen == 0) && reason != NULL, FALSE);

  if (*reason == '\0')
    return cs_store_refuse (error, CS_STORE_ERROR_INVALID, _ ("Say why it is not billed."));
  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL)
    return FALSE;
  now_ms = MAX (cs_store_now_ms (store), 1);
  for (guint i = 0; i < n_seen; i++)
    {
      g_autoptr (CsPlannedInvoice) planned = cs_store_load_planned_seen (store, &seen[i], error);

      if (!write_skip (store, planned, now_ms, reason, error))
        return FALSE;
    }
  return cs_sql_commit (transaction, error);
}

/**
 * cs_store_undo_skip:
 * @store: a store
 * @ids: (array length=n_ids): planned invoices that were skipped
 * @n_ids: how many
 * @error: return location
 *
 * Those of past days wait for a person again, the others go on their day; today's is held, so that it can be
 * taken back. Audited.
 *
 * Returns: whether they do; else %CS_STORE_ERROR_STATE or what the file said
 */
gboolean
cs_store_undo_skip (CsStore *store, const CsUuid *ids, guint n_ids, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;

  g_return_val_if_fail (store != NULL && (ids != NULL || n_ids == 0), FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL)
    return FALSE;
  for (guint i = 0; i < n_ids; i++)
    {
      g_autoptr (CsPlannedInvoice) planned = cs_store_load_planned (store, &ids[i], error);

      if (!write_skip (store, planned, 0, "", error))
        return FALSE;
    }
  return follow_words (store, ids, n_ids, error) && cs_sql_commit (transaction, error);
}
