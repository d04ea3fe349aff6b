/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"

#include <glib/gi18n-lib.h>

/* The causes are the rows of the view alert_source (cs-migration-audit.c, cs-migration-schedule.c), which is
 * nothing but a reading of the journal and its neighbours. Before each commit that touched them, open alerts
 * are brought to equal it. */

/* How long a settled alert can still be looked at. */
#define KEEP_SETTLED_MS (90 * G_GINT64_CONSTANT (86400000))

/* Keeping them equal to their causes */

static gboolean
load_is_due (CsStore *store, gboolean *is_due, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (store->sql, "SELECT is_due FROM alert_look");

  *is_due = cs_sql_next (row, error) && cs_sql_read_boolean (row);
  return !cs_sql_has_failed (row);
}

static gboolean
write_settled (CsStore *store, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "UPDATE alert SET settled_ms = max (?, 1) WHERE settled_ms = 0 AND NOT EXISTS"
                  " (SELECT 1 FROM alert_source c WHERE c.code = alert.code AND c.cause = alert.cause)");

  cs_sql_bind_integer (row, cs_store_now_ms (store));
  return cs_sql_run (row, error);
}

/* An alert keeps its moment while what it says changes: one invoice more, an older one gone. */
static gboolean
write_renewed (CsStore *store, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "UPDATE alert SET subject_id = c.subject_id, parameters = c.parameters"
                                    " FROM alert_source c WHERE c.code = alert.code AND c.cause = alert.cause"
                                    " AND alert.settled_ms = 0 AND (alert.parameters <> c.parameters"
                                    "  OR alert.subject_id IS NOT c.subject_id)");

  return cs_sql_run (row, error);
}

typedef struct
{
  char *code;
  char *cause;
  char *subject_kind;
  CsUuid subject_id;
  char *parameters;
} Cause;

static void
cause_free (Cause *cause)
{
  g_free (cause->code);
  g_free (cause->cause);
  g_free (cause->subject_kind);
  g_free (cause->parameters);
  g_free (cause);
}

static GPtrArray *
list_new_causes (CsStore *store, GError **error)
{
  g_autoptr (GPtrArray) causes = g_ptr_array_new_with_free_func ((GDestroyNotify)cause_free);
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql,
      "SELECT code, cause, subject_kind, subject_id, parameters FROM alert_source c WHERE NOT EXISTS"
      " (SELECT 1 FROM alert a WHERE a.settled_ms = 0 AND a.code = c.code AND a.cause = c.cause)"
      " ORDER BY oldest, code, cause");

  while (cs_sql_next (row, error))
    {
      Cause *cause = g_new0 (Cause, 1);

      g_ptr_array_add (causes, cause);
      cs_sql_read_text (row, &cause->code);
      cs_sql_read_text (row, &cause->cause);
      cs_sql_read_text (row, &cause->subject_kind);
      cause->subject_id = cs_sql_read_uuid (row);
      cs_sql_read_text (row, &cause->parameters);
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&causes);
}

static gboolean
write_raised (CsStore *store, const Cause *cause, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "INSERT INTO alert (id, code, cause, subject_kind, subject_id, parameters, raised_ms)"
                  " VALUES (?, ?, ?, ?, ?, ?, ?)");
  CsUuid id = cs_store_new_uuid (store);

  cs_sql_bind_uuid (row, &id);
  cs_sql_bind_text (row, cause->code);
  cs_sql_bind_text (row, cause->cause);
  cs_sql_bind_text (row, cause->subject_kind);
  cs_sql_bind_uuid (row, &cause->subject_id);
  cs_sql_bind_text (row, cause->parameters);
  cs_sql_bind_integer (row, cs_store_now_ms (store));
  return cs_sql_run (row, error);
}

static gboolean
write_looked (CsStore *store, GError **error)
{
  g_autoptr (CsSqlStatement) prune
      = cs_sql_prepare (store->sql, "DELETE FROM alert WHERE settled_ms > 0 AND settled_ms < ?");
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (store->sql, "UPDATE alert_look SET is_due = 0");

  cs_sql_bind_integer (prune, cs_store_now_ms (store) - KEEP_SETTLED_MS);
  return cs_sql_run (prune, error) && cs_sql_run (row, error);
}

/* Part of every transaction, its last. */
gboolean
cs_store_write_alerts (CsStore *store, GError **error)
{
  g_autoptr (GPtrArray) causes = NULL;
  gboolean is_due = FALSE;

  if (!load_is_due (store, &is_due, error))
    return FALSE;
  if (!is_due)
    return TRUE;
  if (!write_settled (store, error) || !write_renewed (store, error)
      || (causes = list_new_causes (store, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < causes->len; i++)
    if (!write_raised (store, g_ptr_array_index (causes, i), error))
      return FALSE;
  return write_looked (store, error);
}

/* A file from before there were alerts has its causes looked at now. */
gboolean
cs_store_watch_alerts (CsStore *store, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  gboolean is_due = FALSE;

  if (!load_is_due (store, &is_due, error))
    return FALSE;
  if (!is_due)
    return TRUE;
  transaction = cs_sql_begin (store->sql, error);
  return transaction != NULL && cs_sql_commit (transaction, error);
}

/* Reading */

static gboolean
load_parameters (CsStore *store, CsAlert *alert, GError **error)
{
  g_autoptr (GStrvBuilder) parameters = g_strv_builder_new ();
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT p.key, p.value FROM alert a, json_each (a.parameters) p WHERE a.id = ?");

  cs_sql_bind_uuid (row, &alert->id);
  while (cs_sql_next (row, error))
    {
      g_strv_builder_add (parameters, cs_sql_peek_text (row));
      g_strv_builder_add (parameters, cs_sql_peek_text (row));
    }
  g_strfreev (alert->parameters);
  alert->parameters = g_strv_builder_end (parameters);
  return !cs_sql_has_failed (row);
}

/**
 * cs_store_list_alerts:
 * @store: a store
 * @error: return location
 *
 * Returns: (transfer full) (element-type CsAlert) (nullable): the open ones, newest first
 */
GPtrArray *
cs_store_list_alerts (CsStore *store, GError **error)
{
  g_autoptr (GPtrArray) alerts = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_alert_free);
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL, NULL);

  transaction = cs_sql_begin_read (store->sql, error);
  if (transaction == NULL)
    return NULL;
  row = cs_sql_prepare (store->sql, "SELECT id, code, subject_kind, subject_id, raised_ms FROM alert"
                                    " WHERE settled_ms = 0 ORDER BY raised_ms DESC, rid DESC");
  while (cs_sql_next (row, error))
    {
      CsAlert *alert = cs_alert_new ();

      g_ptr_array_add (alerts, alert);
      alert->id = cs_sql_read_uuid (row);
      if (!cs_alert_code_parse (cs_sql_peek_text (row), &alert->code, error))
        return NULL;
      cs_sql_read_text (row, &alert->subject_kind);
      alert->subject_id = cs_sql_read_uuid (row);
      alert->raised_ms = cs_sql_read_integer (row);
      if (!load_parameters (store, alert, error))
        return NULL;
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&alerts);
}

/* What is said from outside */

static gboolean
write_condition (CsStore *store, const char *code, gint64 since_ms, gint64 until_ms, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "INSERT INTO alert_condition (code, since_ms, until_ms) VALUES (?, ?, ?) ON CONFLICT (code)"
                  " DO UPDATE SET until_ms = excluded.until_ms WHERE until_ms <> excluded.until_ms");

  cs_sql_bind_text (row, code);
  cs_sql_bind_integer (row, since_ms);
  cs_sql_bind_integer (row, until_ms);
  return cs_sql_run (row, error);
}

static gboolean
delete_condition (CsStore *store, const char *code, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (store->sql, "DELETE FROM alert_condition WHERE code = ?");

  cs_sql_bind_text (row, code);
  return cs_sql_run (row, error);
}

/**
 * cs_store_set_condition:
 * @store: a store
 * @code: %CS_ALERT_KEYRING or %CS_ALERT_DAY_LIMIT
 * @holds: whether it is so
 * @since_ms: since when; the first word counts
 * @until_ms: when it ends by itself; 0 when nobody knows
 * @error: return location
 *
 * Returns: whether it is noted
 */
gboolean
cs_store_set_condition (CsStore *store,
                        CsAlertCode code,
                        gboolean holds,
                        gint64 since_ms,
                        gint64 until_ms,
                        GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  const char *word = cs_alert_code_to_string (code);

  g_return_val_if_fail (store != NULL, FALSE);
  g_return_val_if_fail (code == CS_ALERT_KEYRING || code == CS_ALERT_DAY_LIMIT, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  return transaction != NULL
         && (holds ? write_condition (store, word, since_ms, until_ms, error)
                   : delete_condition (store, word, error))
         && cs_sql_commit (transaction, error);
}

static gboolean
write_seen (CsStore *store, const CsUuid *journal_id, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "UPDATE journal SET is_seen = 1 WHERE id = ? AND is_seen = 0");

  cs_sql_bind_uuid (row, journal_id);
  store->n_journal_changes++;
  return cs_sql_run (row, error);
}

/**
 * cs_store_mark_seen:
 * @store: a store
 * @alert_id: an open %CS_ALERT_CHANGED
 * @error: return location
 *
 * A person saw what the ledger made of it; that is all that can be done about it here [I-13]. Audited.
 *
 * Returns: whether it is closed; else %CS_STORE_ERROR_STATE for one that closes by itself,
 *   %CS_STORE_ERROR_NOT_FOUND when it is closed already, or what the file said
 */
gboolean
cs_store_mark_seen (CsStore *store, const CsUuid *alert_id, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsSqlStatement) row = NULL;
  CsUuid journal_id;

  g_return_val_if_fail (store != NULL && alert_id != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL)
    return FALSE;
  row = cs_sql_prepare (store->sql,
                        "SELECT code = 'changed', subject_id FROM alert WHERE id = ? AND settled_ms = 0");
  cs_sql_bind_uuid (row, alert_id);
  if (!cs_sql_next (row, error))
    return cs_sql_has_failed (row)
               ? FALSE
               : cs_store_refuse (error, CS_STORE_ERROR_NOT_FOUND, _ ("That was settled in the meantime."));
  if (!cs_sql_read_boolean (row))
    return cs_store_refuse (error, CS_STORE_ERROR_STATE,
                            _ ("This goes away by itself once what causes it is mended."));
  journal_id = cs_sql_read_uuid (row);
  return write_seen (store, &journal_id, error)
         && cs_store_write_audit_id (store, "journal.seen", &journal_id, NULL, error)
         && cs_sql_commit (transaction, error);
}

/* Whether the mirror has it as we sent it by now, or voided, so that nobody need look any more. */
static gboolean
load_is_mended (CsStore *store,
                const CsUuid *connection_id,
                const char *remote_id,
                gboolean *is_mended,
                GError **error)
{
  CsUuid mirror_id = cs_store_get_mirror_id ("ledger-invoice", connection_id, remote_id);
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT 1 FROM ledger_invoice i JOIN journal j ON j.connection_id = i.connection_id"
                  " AND j.remote_id = i.remote_id AND j.remote_id <> '' WHERE i.id = ?"
                  " AND (i.status IN ('VOIDED', 'DELETED')"
                  "  OR (i.total_minor = j.amount_minor AND i.currency = j.currency))");

  cs_sql_bind_uuid (row, &mirror_id);
  *is_mended = cs_sql_next (row, error);
  return !cs_sql_has_failed (row);
}

gboolean
cs_store_write_changes_mended (CsStore *store, const CsUuid *connection_id, GError **error)
{
  g_autoptr (GPtrArray) remote_ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CsUuid));
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT id, remote_id FROM journal"
                  " WHERE outcome_code IN ('changed-by-ledger', 'linked-elsewhere') AND state = 'done'"
                  " AND is_seen = 0 AND kind = 'invoice.create' AND connection_id = ?");

  cs_sql_bind_uuid (row, connection_id);
  while (cs_sql_next (row, error))
    {
      CsUuid id = cs_sql_read_uuid (row);

      g_array_append_val (ids, id);
      g_ptr_array_add (remote_ids, g_strdup (cs_sql_peek_text (row)));
    }
  if (cs_sql_has_failed (row))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      gboolean is_mended = FALSE;

      if (!load_is_mended (store, connection_id, g_ptr_array_index (remote_ids, i), &is_mended, error)
          || (is_mended && !write_seen (store, &g_array_index (ids, CsUuid, i), error)))
        return FALSE;
    }
  return TRUE;
}
