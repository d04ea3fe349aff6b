/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-practice-lock.h"
#include "cs-store-private.h"

#include <glib/gi18n-lib.h>

/* What a restored or copied file does not know: which invoices left since it was copied (design.md section
 * 4). Until a pull has shown them, no invoice is sent, and what is journalled is looked for first. */

gboolean
cs_store_load_restored (CsStore *store, gboolean *is_restored, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (store->sql, "SELECT restored_epoch > 0 FROM practice");

  *is_restored = cs_sql_next (row, error) && cs_sql_read_boolean (row);
  return !cs_sql_has_failed (row);
}

gboolean
cs_store_write_restored (CsStore *store, gint64 epoch, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "UPDATE practice SET restored_epoch = ?, restored_ms = ?");

  cs_sql_bind_integer (row, epoch);
  cs_sql_bind_integer (row, cs_store_now_ms (store));
  return cs_sql_run (row, error);
}

/**
 * cs_store_needs_pull_before_sending:
 * @store: a store
 * @needs_pull: (out): whether the file was found to be restored or copied and no pull went well since
 * @error: return location
 *
 * While it does, cs_store_freeze_journal() refuses invoices. cs_store_mark_synced() ends it.
 *
 * Returns: whether it could be told
 */
gboolean
cs_store_needs_pull_before_sending (CsStore *store, gboolean *needs_pull, GError **error)
{
  g_return_val_if_fail (store != NULL && needs_pull != NULL, FALSE);

  return cs_store_load_restored (store, needs_pull, error);
}

/* The highest number of our series that the ledger has, 0 for none: what came after the prefix must be
 * digits, at most as many as fit. */
static gboolean
load_highest (CsStore *store,
              const CsUuid *connection_id,
              const char *prefix,
              gint64 *highest,
              GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT ifnull (max (cast (digits AS INTEGER)), 0) FROM"
                                    " (SELECT substr (number, length (?2) + 1) AS digits FROM ledger_invoice"
                                    "  WHERE connection_id = ?1 AND is_sales = 1"
                                    "  AND substr (number, 1, length (?2)) = ?2 COLLATE NOCASE)"
                                    " WHERE length (digits) BETWEEN 1 AND 15 AND digits NOT GLOB '*[^0-9]*'");

  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, prefix);
  if (!cs_sql_next (row, error))
    return FALSE;
  *highest = cs_sql_read_integer (row);
  return TRUE;
}

static gboolean
advance_series (CsStore *store, const CsUuid *connection_id, CsJsonBuilder *details, GError **error)
{
  g_autoptr (CsSettings) settings = cs_store_load_settings (store, error);
  gint64 highest = 0;

  if (settings == NULL || !load_highest (store, connection_id, settings->number_prefix, &highest, error))
    return FALSE;
  cs_json_builder_set_integer (details, "number_next", MAX (settings->number_next, highest + 1));
  if (highest < settings->number_next)
    return TRUE;
  settings->number_next = highest + 1;
  return cs_store_write_settings (store, settings, error);
}

/* A pull of @connection_id went well: the mirror shows what left since the file was copied. */
gboolean
cs_store_write_pulled (CsStore *store, const CsUuid *connection_id, GError **error)
{
  g_autoptr (CsJsonBuilder) details = NULL;
  g_autoptr (CsSqlStatement) row = NULL;
  gboolean is_restored = FALSE;
  CsUuid ledger_id;

  if (!cs_store_write_changes_mended (store, connection_id, error)
      || !cs_store_write_moved_mended (store, connection_id, error)
      || !cs_store_load_restored (store, &is_restored, error)
      || !cs_store_load_ledger_id (store, &ledger_id, error))
    return FALSE;
  if (!is_restored || !cs_uuid_equal (&ledger_id, connection_id))
    return TRUE;
  details = cs_audit_details_new ();
  row = cs_sql_prepare (store->sql, "UPDATE practice SET restored_epoch = 0");
  return advance_series (store, connection_id, details, error) && cs_sql_run (row, error)
         && cs_store_write_audit (store, "practice.caught-up", "", details, error);
}

/* On its day; in a practice that was restored, on any day that its plan doesn't bill: the proposal may have
 * been accepted on another day in what the restore took away, for the first time, or once more after it was
 * taken back, which it can't be when something of it was sent before. And nothing here is linked to it,
 * nor is it what another row of the proposal, whose answer was lost, will find under its own number: two
 * lines of one proposal may each bill the same amount on one day. What has its own number is judged by that:
 * cs_store_load_number_found(). */
#define ON_ITS_DAY_AND_NOT_LINKED                                                                            \
  " WHERE j.id = ?1 AND j.reference_decided = 0 AND p.reference <> ''"                                       \
  " AND i.number <> j.number COLLATE NOCASE"                                                                 \
  " AND i.is_sales = 1 AND i.status NOT IN ('VOIDED', 'DELETED')"                                            \
  " AND (i.date = ifnull (p.billed_on, p.date) OR (i.date NOT IN (SELECT date FROM planned_invoice WHERE "   \
  "proposal_id = o.id)"                                                                                      \
  "  AND EXISTS (SELECT 1 FROM agreement a, practice WHERE a.proposal_id = o.id"                             \
  "   AND restored_ms > 0 AND (a.frozen_ms >= restored_ms OR NOT EXISTS (SELECT 1 FROM journal b"            \
  "    WHERE b.proposal_id = o.id AND b.kind = j.kind AND b.state = 'done'"                                  \
  "    AND b.finished_ms < restored_ms)))))"                                                                 \
  " AND NOT EXISTS (SELECT 1 FROM link k WHERE k.connection_id = i.connection_id"                            \
  "  AND k.remote_id = i.remote_id AND k.kind = 'invoice')"                                                  \
  " AND NOT EXISTS (SELECT 1 FROM journal k WHERE k.connection_id = i.connection_id"                         \
  "  AND k.remote_id = i.remote_id)"                                                                         \
  " AND NOT EXISTS (SELECT 1 FROM journal k JOIN planned_invoice q ON q.id = k.subject_id"                   \
  "  WHERE k.connection_id = i.connection_id AND k.id <> j.id AND k.kind = j.kind"                           \
  "  AND k.state NOT IN ('done', 'cancelled') AND k.number = i.number AND i.number <> ''"                    \
  "  AND q.proposal_id = o.id AND ifnull (q.billed_on, q.date) = i.date"                                     \
  "  AND q.currency = i.currency AND q.total_minor = i.total_minor)"                                         \
  " ORDER BY i.date = ifnull (p.billed_on, p.date) DESC, i.date, i.number LIMIT 1"

/* What the ledger has of this invoice's: same client, reference and amount. */
static const char find_same[]
    = "SELECT iif (i.number <> '', i.number, i.remote_id), p.reference FROM journal j"
      " JOIN planned_invoice p ON p.id = j.subject_id"
      " JOIN proposal o ON o.id = p.proposal_id"
      " JOIN link l ON l.kind = 'client' AND l.local_id = o.client_id AND l.connection_id = j.connection_id"
      " JOIN ledger_invoice i ON i.connection_id = j.connection_id AND i.contact_id = l.remote_id"
      " AND i.reference = p.reference AND i.currency = p.currency"
      " AND i.total_minor = p.total_minor" ON_ITS_DAY_AND_NOT_LINKED;

/* In a practice that was restored the reference is enough: people may have changed the amount of what was
 * sent and forgotten, and the client may have got another contact since. CROSS: the practice is looked at
 * first, or each push of one that was not restored reads the whole mirror. */
static const char find_after_restore[]
    = "SELECT iif (i.number <> '', i.number, i.remote_id), p.reference FROM practice q"
      " CROSS JOIN journal j ON q.restored_ms > 0"
      " JOIN planned_invoice p ON p.id = j.subject_id"
      " JOIN proposal o ON o.id = p.proposal_id"
      " JOIN ledger_invoice i ON i.connection_id = j.connection_id"
      " AND i.reference = p.reference AND i.reference <> ''" ON_ITS_DAY_AND_NOT_LINKED;

/* Whether one was found; its number and our reference. */
static gboolean
find_by_reference (CsStore *store,
                   const char *statement,
                   const CsUuid *journal_id,
                   char **number,
                   char **reference,
                   gboolean *was_found,
                   GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (store->sql, statement);

  cs_sql_bind_uuid (row, journal_id);
  *was_found = cs_sql_next (row, error);
  if (!*was_found)
    return !cs_sql_has_failed (row);
  cs_sql_read_text (row, number);
  cs_sql_read_text (row, reference);
  return TRUE;
}

/* Whether the ledger may have this invoice already; then it is blocked, for a person to decide. */
gboolean
cs_store_write_found_by_reference (CsStore *store,
                                   const CsJournalEntry *entry,
                                   gboolean *was_found,
                                   GError **error)
{
  g_autofree char *number = NULL;
  g_autofree char *reference = NULL;
  g_autofree char *words = NULL;
  CsJournalChange change;

  if (!find_by_reference (store, find_same, &entry->id, &number, &reference, was_found, error)
      || (!*was_found
          && !find_by_reference (store, find_after_restore, &entry->id, &number, &reference, was_found,
                                 error)))
    return FALSE;
  if (!*was_found)
    return TRUE;
  words = g_strdup_printf (
      /* Translators: the first is an invoice's number, the second a proposal's. */
      _ ("The ledger already has invoice %s with the reference %s. If that is this invoice, choose “Don’t "
         "send”. Choose “Try again” only if both are wanted."),
      number, reference);
  change = (CsJournalChange){ .expected = entry->state,
                              .state = CS_JOURNAL_BLOCKED,
                              .generation = entry->generation,
                              .attempts = entry->attempts,
                              .keep_frozen = entry->frozen != NULL,
                              .outcome_code = cs_outcome_to_string (CS_OUTCOME_FOUND_BY_REFERENCE),
                              .outcome_message = words };
  return cs_store_write_journal_change (store, entry, &change, error);
}
