/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"

/* What is kept beside the invoices, brought up to date by what the transaction noted of them
 * (cs-migration-delta.c). */

/* Grouped by what tells most apart first, which is what sorting costs. */
#define SUMMED(contact, by)                                                                                  \
  "INSERT INTO ledger_invoice_sum (connection_id, contact_id, currency, state, due, n, total_minor,"         \
  "  balance_minor)"                                                                                         \
  " SELECT connection_id, " contact ", currency, state, due, sum (sign) AS moved,"                           \
  "  sum (sign * total_minor) AS total, sum (sign * balance_minor) AS balance FROM invoice_delta"            \
  " GROUP BY " by "due, state, currency, connection_id"                                                      \
  " HAVING moved <> 0 OR total <> 0 OR balance <> 0"                                                         \
  " ON CONFLICT DO UPDATE SET n = n + excluded.n, total_minor = total_minor + excluded.total_minor,"         \
  "  balance_minor = balance_minor + excluded.balance_minor"
#define EMPTIED(contact)                                                                                     \
  "DELETE FROM ledger_invoice_sum WHERE (connection_id, contact_id, currency, state, due) IN"                \
  " (SELECT connection_id, " contact ", currency, state, due FROM invoice_delta WHERE sign = -1) AND n = 0"

/* A row as it was before the transaction, or, when it is new, as it first was (bare columns are those of the
 * least sequence), beside what it is now. */
#define WAS_AND_IS                                                                                           \
  " FROM (SELECT rid, sign, number, reference, min (sequence) FROM invoice_delta GROUP BY rid) AS was"       \
  " LEFT JOIN ledger_invoice AS now ON now.rid = was.rid AND now.is_sales = 1"
#define SAME_TEXT "(was.sign = -1 AND was.number = now.number AND was.reference = now.reference)"

/* Most pages bring what is new and take nothing away: then what was noted is what is. */
typedef enum
{
  ALWAYS,
  IF_ANY_WAS_TAKEN,
  IF_NONE_WAS_TAKEN,
} When;

static const struct
{
  When when;
  const char *statement;
} steps[] = {
  { ALWAYS, SUMMED ("contact_id", "contact_id, ") },
  { ALWAYS, SUMMED ("'*'", "") },
  { IF_ANY_WAS_TAKEN, EMPTIED ("contact_id") },
  { IF_ANY_WAS_TAKEN, EMPTIED ("'*'") },
  /* The index holds no text of its own: it is told what to take out. */
  { IF_ANY_WAS_TAKEN, "INSERT INTO invoice_text (invoice_text, rowid, number, reference)"
                      " SELECT 'delete', was.rid, was.number, was.reference" WAS_AND_IS
                      " WHERE was.sign = -1 AND (now.rid IS NULL OR NOT " SAME_TEXT ")" },
  { IF_ANY_WAS_TAKEN,
    "INSERT INTO invoice_text (rowid, number, reference)"
    " SELECT now.rid, now.number, now.reference" WAS_AND_IS " WHERE now.rid IS NOT NULL AND NOT " SAME_TEXT },
  { IF_NONE_WAS_TAKEN, "INSERT INTO invoice_text (rowid, number, reference)"
                       " SELECT rid, number, reference FROM invoice_delta" },
  { ALWAYS, "DELETE FROM invoice_delta" },
};

static gboolean
load_delta (CsStore *store, gboolean *is_any, gboolean *is_any_taken, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT count (*) > 0, ifnull (min (sign), 1) < 0 FROM invoice_delta");

  if (cs_sql_next (row, error))
    {
      *is_any = cs_sql_read_boolean (row);
      *is_any_taken = cs_sql_read_boolean (row);
    }
  return !cs_sql_has_failed (row);
}

/* Part of every transaction, before its alerts. */
gboolean
cs_store_write_kept (CsStore *store, GError **error)
{
  gboolean is_any = FALSE;
  gboolean is_any_taken = FALSE;

  if (!load_delta (store, &is_any, &is_any_taken, error))
    return FALSE;
  for (gsize i = 0; is_any && i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (CsSqlStatement) row = NULL;

      if (steps[i].when != ALWAYS && (steps[i].when == IF_ANY_WAS_TAKEN) != is_any_taken)
        continue;
      row = cs_sql_prepare (store->sql, steps[i].statement);
      if (!cs_sql_run (row, error))
        return FALSE;
    }
  return TRUE;
}
