/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"

#include <glib/gi18n-lib.h>

#define PLANNED_COLUMNS                                                                                      \
  "id, proposal_id, ifnull (billed_on, date), ifnull (billed_due, due), currency, tax_mode, authorise, "     \
  "reference, subtotal_minor, tax_minor, "                                                                   \
  "total_minor,"                                                                                             \
  " journal_id, number, remote_invoice_id, skipped_ms, skip_reason, theme_id, series, split"

/* Reading */

static gboolean
load_lines (CsStore *store, CsPlannedInvoice *invoice, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql,
      "SELECT line_id, period_index, period_start, period_end, description, quantity, unit_price,"
      " account_code, tax_type, tax_rate, tracking FROM planned_line WHERE planned_id = ? ORDER BY position");

  cs_sql_bind_uuid (row, &invoice->id);
  while (cs_sql_next (row, error))
    {
      CsPlannedLine *line = cs_planned_line_new ();

      g_ptr_array_add (invoice->lines, line);
      line->line_id = cs_sql_read_uuid (row);
      line->period.index = (guint)cs_sql_read_integer (row);
      line->period.start = cs_sql_read_date (row);
      line->period.end = cs_sql_read_date (row);
      line->period.invoice_date = invoice->date;
      cs_sql_read_text (row, &line->description);
      line->quantity = cs_sql_read_decimal (row);
      line->unit_price = cs_sql_read_decimal (row);
      cs_sql_read_text (row, &line->account_code);
      cs_sql_read_text (row, &line->tax_type);
      line->tax_rate = cs_sql_read_decimal (row);
      cs_sql_read_text (row, &line->tracking);
    }
  return !cs_sql_has_failed (row);
}

static CsPlannedInvoice *
read_planned (CsStore *store, CsSqlStatement *row, GError **error)
{
  g_autoptr (CsPlannedInvoice) invoice = cs_planned_invoice_new ();

  invoice->id = cs_sql_read_uuid (row);
  invoice->proposal_id = cs_sql_read_uuid (row);
  invoice->date = cs_sql_read_date (row);
  invoice->due = cs_sql_read_date (row);
  invoice->currency = cs_sql_read_currency (row);
  if (!cs_tax_mode_parse (cs_sql_peek_text (row), &invoice->tax_mode, error))
    return NULL;
  invoice->authorise = cs_sql_read_boolean (row);
  cs_sql_read_text (row, &invoice->reference);
  invoice->totals.subtotal = cs_sql_read_minor (row, invoice->currency);
  invoice->totals.tax = cs_sql_read_minor (row, invoice->currency);
  invoice->totals.total = cs_sql_read_minor (row, invoice->currency);
  invoice->journal_id = cs_sql_read_uuid (row);
  cs_sql_read_text (row, &invoice->number);
  cs_sql_read_text (row, &invoice->remote_invoice_id);
  invoice->skipped_ms = cs_sql_read_integer (row);
  cs_sql_read_text (row, &invoice->skip_reason);
  cs_sql_read_text (row, &invoice->theme_id);
  cs_sql_read_text (row, &invoice->series);
  invoice->split = (CsPlanSplit)cs_sql_read_integer (row);
  return load_lines (store, invoice, error) ? g_steal_pointer (&invoice) : NULL;
}

CsPlannedInvoice *
cs_store_load_planned (CsStore *store, const CsUuid *id, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT " PLANNED_COLUMNS " FROM planned_invoice WHERE id = ?");

  cs_sql_bind_uuid (row, id);
  if (cs_sql_next (row, error))
    return read_planned (store, row, error);
  if (!cs_sql_has_failed (row))
    cs_store_refuse (error, CS_STORE_ERROR_NOT_FOUND, _ ("There is no such planned invoice."));
  return NULL;
}

/* For a person's decision: what it comes to is what that person saw, else STALE. Days and services may have
 * come or gone since, by another window or another change of its shape. */
CsPlannedInvoice *
cs_store_load_planned_seen (CsStore *store, const CsPlannedSeen *seen, GError **error)
{
  g_autoptr (CsPlannedInvoice) planned = cs_store_load_planned (store, &seen->id, error);

  if (planned == NULL || cs_money_equal (planned->totals.total, seen->total))
    return g_steal_pointer (&planned);
  cs_store_error_set_changed (error, planned->date, seen->total, planned->totals.total);
  return NULL;
}

/**
 * cs_store_list_planned:
 * @store: a store
 * @proposal_id: a proposal
 * @error: return location
 *
 * Returns: (transfer full) (element-type CsPlannedInvoice) (nullable): its plan, by date; what was sent
 * carries its number and remote id
 */
GPtrArray *
cs_store_list_planned (CsStore *store, const CsUuid *proposal_id, GError **error)
{
  g_autoptr (GPtrArray) plan = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_planned_invoice_free);
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && proposal_id != NULL, NULL);

  transaction = cs_sql_begin_read (store->sql, error);
  if (transaction == NULL)
    return NULL;
  row = cs_sql_prepare (store->sql, "SELECT " PLANNED_COLUMNS
                                    " FROM planned_invoice WHERE proposal_id = ? ORDER BY date, place, id");
  cs_sql_bind_uuid (row, proposal_id);
  while (cs_sql_next (row, error))
    {
      CsPlannedInvoice *invoice = read_planned (store, row, error);

      if (invoice == NULL)
        return NULL;
      g_ptr_array_add (plan, invoice);
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&plan);
}

/* Planning */

static gboolean
insert_line (CsStore *store, const CsPlannedInvoice *invoice, guint position, GError **error)
{
  const CsPlannedLine *line = g_ptr_array_index (invoice->lines, position);
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql,
      "INSERT INTO planned_line (planned_id, position, line_id, period_index, period_start, period_end,"
      " description, quantity, unit_price, account_code, tax_type, tax_rate, tracking)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

  cs_sql_bind_uuid (row, &invoice->id);
  cs_sql_bind_integer (row, position);
  cs_sql_bind_uuid (row, &line->line_id);
  cs_sql_bind_integer (row, line->period.index);
  cs_sql_bind_date (row, line->period.start);
  cs_sql_bind_date (row, line->period.end);
  cs_sql_bind_text (row, line->description);
  cs_sql_bind_decimal (row, line->quantity);
  cs_sql_bind_decimal (row, line->unit_price);
  cs_sql_bind_text (row, line->account_code);
  cs_sql_bind_text (row, line->tax_type);
  cs_sql_bind_decimal (row, line->tax_rate);
  cs_sql_bind_text (row, line->tracking);
  return cs_sql_run (row, error);
}

static gboolean
insert_invoice (CsStore *store,
                const CsPlannedInvoice *invoice,
                guint place,
                gboolean *was_there,
                GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql,
      "INSERT INTO planned_invoice (id, proposal_id, date, due, currency, tax_mode, authorise, reference,"
      " subtotal_minor, tax_minor, total_minor, theme_id, series, split, place)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
      " ON CONFLICT (id) DO NOTHING");

  cs_sql_bind_uuid (row, &invoice->id);
  cs_sql_bind_uuid (row, &invoice->proposal_id);
  cs_sql_bind_date (row, invoice->date);
  cs_sql_bind_date (row, invoice->due);
  cs_sql_bind_currency (row, invoice->currency);
  cs_sql_bind_text (row, cs_tax_mode_to_string (invoice->tax_mode));
  cs_sql_bind_boolean (row, invoice->authorise);
  cs_sql_bind_text (row, invoice->reference);
  cs_sql_bind_minor (row, invoice->totals.subtotal);
  cs_sql_bind_minor (row, invoice->totals.tax);
  cs_sql_bind_minor (row, invoice->totals.total);
  cs_sql_bind_text (row, invoice->theme_id);
  cs_sql_bind_text (row, invoice->series);
  cs_sql_bind_integer (row, invoice->split);
  cs_sql_bind_integer (row, place);
  if (!cs_sql_run (row, error))
    return FALSE;
  *was_there = cs_sql_count_changes (store->sql) == 0;
  return TRUE;
}

static gboolean
write_planned_until (CsStore *store, const CsUuid *proposal_id, CsDate until, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "UPDATE proposal SET planned_until = ? WHERE id = ?");

  cs_sql_bind_date (row, until);
  cs_sql_bind_uuid (row, proposal_id);
  return cs_sql_run (row, error);
}

/* Of "line period-start": what was planned before, whatever its shape was then. */
static GHashTable *
load_planned_periods (CsStore *store, const CsUuid *proposal_id, GError **error)
{
  g_autoptr (GHashTable) periods = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT l.line_id, l.period_start FROM planned_line l"
                                    " JOIN planned_invoice i ON i.id = l.planned_id WHERE i.proposal_id = ?");

  cs_sql_bind_uuid (row, proposal_id);
  while (cs_sql_next (row, error))
    {
      CsUuid line_id = cs_sql_read_uuid (row);
      CsDate start = cs_sql_read_date (row);
      g_autofree char *id = cs_uuid_to_string (&line_id);

      g_hash_table_add (periods, g_strdup_printf ("%s %d", id, start.days));
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&periods);
}

static gboolean
is_planned (const CsUuid *line_id, CsDate period_start, gconstpointer periods)
{
  g_autofree char *id = cs_uuid_to_string (line_id);
  g_autofree char *key = g_strdup_printf ("%s %d", id, period_start.days);

  return g_hash_table_contains ((GHashTable *)periods, key);
}

/* [U-10]: a period of a line that was planned stays as it was, so that N runs are one run; and the table
 * itself refuses to bill it twice. */
gboolean
cs_store_write_plan (CsStore *store,
                     const CsProposal *proposal,
                     CsDate accepted_on,
                     CsDate until,
                     GError **error)
{
  g_autoptr (GHashTable) periods = load_planned_periods (store, &proposal->id, error);
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) plan = NULL;
  CsDate day = CS_DATE_NONE;
  guint place = 0;

  if (periods == NULL)
    return FALSE;
  plan = cs_proposal_plan_rest (proposal, accepted_on, until, is_planned, periods, &local);
  if (plan == NULL)
    return cs_store_refuse (error, CS_STORE_ERROR_INVALID, local->message);
  for (guint i = 0; i < plan->len; i++)
    {
      const CsPlannedInvoice *invoice = g_ptr_array_index (plan, i);
      gboolean was_there = FALSE;

      place = cs_date_compare (invoice->date, day) == 0 ? place + 1 : 0;
      day = invoice->date;
      if (!insert_invoice (store, invoice, place, &was_there, error))
        return FALSE;
      /* Never: what is planned before has days of its own. Rather told than not billed. */
      if (was_there)
        return cs_store_refuse (error, CS_STORE_ERROR_INVALID,
                                _ ("An invoice of that day was planned before, and takes nothing more."));
      for (guint j = 0; j < invoice->lines->len; j++)
        if (!insert_line (store, invoice, j, error))
          return FALSE;
    }
  return write_planned_until (store, &proposal->id, until, error);
}
