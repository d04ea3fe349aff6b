/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"
#include "cs-store-pull.h"

#include <string.h>

/**
 * cs_store_save_cursor:
 * @store: a store
 * @connection_id: the ledger
 * @kind: of what
 * @cursor: how far a read is, where there is no page to be stored with it
 * @error: return location
 *
 * Returns: whether it is stored
 */
gboolean
cs_store_save_cursor (CsStore *store,
                      const CsUuid *connection_id,
                      const char *kind,
                      const CsCursor *cursor,
                      GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL && kind != NULL && cursor != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  return transaction != NULL && cs_store_write_cursor (store, connection_id, kind, cursor, error)
         && cs_sql_commit (transaction, error);
}

/* The texts of one kind. Each binds the connection, and what CONDITION_… has in it. */
typedef struct
{
  const char *kind;
  const char *mirror_kind;  /* of cs_store_get_mirror_id() */
  const char *count;        /* all of them */
  const char *count_part;   /* (nullable): by date, or by last change */
  const char *count_unseen; /* (nullable): with marks */
  const char *mark;
  const char *found;
  const char *count_gone;
  const char *note_gone; /* (nullable): tells who shows them that they are others now */
} Mirror;

#define DATED " AND date >= ?2 AND date < ?3"
#define IN_RANGE " AND (?4 = 1 OR (date >= ?2 AND date < ?3))"
#define CHANGED(column) " AND (?4 = 1 OR (" column " >= ?2 AND " column " < ?3))"
#define UNSEEN " AND seen_run < ?5 AND updated_ms <= ?6"
#define NOT_GONE " AND id NOT IN (SELECT id FROM ledger_gone)"

/* An index each is all that is read: of what is rarer than payments there is one by kind, and payments are
 * what is left of one that has all. */
#define ALL_SETTLEMENTS(dated)                                                                               \
  "SELECT count (*) FROM ledger_settlement INDEXED BY ledger_settlement_contact WHERE connection_id = "      \
  "?1" dated
#define CREDITS(of_kind, dated)                                                                              \
  "SELECT count (*) FROM ledger_settlement INDEXED BY ledger_settlement_credits"                             \
  " WHERE connection_id = ?1 AND kind <> 'payment'" of_kind dated
#define PAYMENTS(dated) "SELECT (" ALL_SETTLEMENTS (dated) ") - (" CREDITS ("", dated) ")"
#define OF_KIND(kind)                                                                                        \
  .count = CREDITS (" AND kind = '" kind "'", ""), .count_part = CREDITS (" AND kind = '" kind "'", DATED)

/* Sales and bills have an index each, which is all that is read. */
#define INVOICES(dated)                                                                                      \
  "SELECT (SELECT count (*) FROM ledger_invoice WHERE connection_id = ?1 AND is_sales = 1" dated ") +"       \
  " (SELECT count (*) FROM ledger_invoice WHERE connection_id = ?1 AND is_sales = 0" dated ")"

/* CROSS JOIN: the few that are marked lead, and each is looked up. Left to itself SQLite walks all invoices.
 */
static const Mirror mirrors[] = {
  { .kind = "contacts",
    .mirror_kind = "ledger-contact",
    .count = "SELECT count (*) FROM ledger_contact WHERE connection_id = ?1",
    .count_part = "SELECT count (*) FROM ledger_contact WHERE connection_id = ?1 AND updated_ms >= ?2 AND "
                  "updated_ms < ?3",
    .count_unseen
    = "SELECT count (*) FROM ledger_contact WHERE connection_id = ?1" CHANGED ("updated_ms") UNSEEN NOT_GONE,
    .mark = "INSERT INTO ledger_gone (id, connection_id, kind, noticed_ms) SELECT id, ?1, 'contacts', ?7"
            " FROM ledger_contact WHERE connection_id = ?1" CHANGED ("updated_ms") UNSEEN NOT_GONE,
    .found
    = "DELETE FROM ledger_gone WHERE connection_id = ?1 AND kind = 'contacts' AND id IN"
      " (SELECT c.id FROM ledger_gone g CROSS JOIN ledger_contact c ON c.id = g.id WHERE c.seen_run >= ?5)",
    .count_gone = "SELECT count (*) FROM ledger_gone g JOIN ledger_contact c ON c.id = g.id"
                  " WHERE g.connection_id = ?1 AND g.kind = 'contacts'" CHANGED ("c.updated_ms") },
  { .kind = "invoices",
    .mirror_kind = "ledger-invoice",
    .count = INVOICES (""),
    .count_part = INVOICES (DATED),
    .count_unseen = "SELECT count (*) FROM ledger_invoice WHERE connection_id = ?1" IN_RANGE UNSEEN NOT_GONE,
    .mark = "INSERT INTO ledger_gone (id, connection_id, kind, noticed_ms) SELECT id, ?1, 'invoices', ?7"
            " FROM ledger_invoice WHERE connection_id = ?1" IN_RANGE UNSEEN NOT_GONE,
    .found
    = "DELETE FROM ledger_gone WHERE connection_id = ?1 AND kind = 'invoices' AND id IN"
      " (SELECT i.id FROM ledger_gone g CROSS JOIN ledger_invoice i ON i.id = g.id WHERE i.seen_run >= ?5)",
    .count_gone = "SELECT count (*) FROM ledger_gone g JOIN ledger_invoice i ON i.id = g.id"
                  " WHERE g.connection_id = ?1 AND g.kind = 'invoices'" IN_RANGE,
    .note_gone = "INSERT INTO invoice_change (rid) SELECT i.rid FROM ledger_gone g JOIN ledger_invoice i"
                 " ON i.id = g.id WHERE g.connection_id = ?1 AND g.kind = 'invoices' AND g.noticed_ms = ?7" },
  { .kind = "payments", .count = PAYMENTS (""), .count_part = PAYMENTS (DATED) },
  { .kind = "credit-notes", OF_KIND ("credit-note") },
  { .kind = "prepayments", OF_KIND ("prepayment") },
  { .kind = "overpayments", OF_KIND ("overpayment") },
};

static const Mirror *
find_mirror (const char *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mirrors); i++)
    if (g_str_equal (mirrors[i].kind, kind))
      return &mirrors[i];
  g_return_val_if_reached (NULL);
}

static guint
count_parameters (const char *text)
{
  guint n = 0;

  for (const char *mark = strchr (text, '?'); mark != NULL; mark = strchr (mark + 1, '?'))
    n = MAX (n, (guint)g_ascii_digit_value (mark[1]));
  return n;
}

static gboolean
is_whole (const CsMirrorRange *range)
{
  return !cs_date_is_set (range->from) && !cs_date_is_set (range->before) && range->changed_from_ms == 0
         && range->changed_before_ms == 0;
}

static gint64
get_lower (const CsMirrorRange *range)
{
  return range->changed_from_ms != 0 ? range->changed_from_ms : range->from.days;
}

static gint64
get_upper (const CsMirrorRange *range)
{
  if (range->changed_before_ms != 0)
    return range->changed_before_ms;
  return cs_date_is_set (range->before) ? range->before.days : G_MAXINT64;
}

/* ?1 connection, ?2 and ?3 dates or moments, ?4 whether there are none, ?5 run, ?6 its end, ?7 now: as many
 * as @text has.
 */
static CsSqlStatement *
prepare (CsStore *store, const char *text, const CsUuid *connection_id, const CsMirrorRange *range)
{
  CsSqlStatement *row = cs_sql_prepare (store->sql, text);
  const gint64 numbers[] = { get_lower (range), get_upper (range),       is_whole (range),
                             range->run,        range->changed_until_ms, cs_store_now_ms (store) };

  cs_sql_bind_uuid (row, connection_id);
  for (guint i = 0; i + 1 < count_parameters (text); i++)
    cs_sql_bind_integer (row, numbers[i]);
  return row;
}

static gboolean
count_rows (CsStore *store,
            const char *text,
            const CsUuid *connection_id,
            const CsMirrorRange *range,
            guint *n,
            GError **error)
{
  g_autoptr (CsSqlStatement) row = prepare (store, text, connection_id, range);

  if (!cs_sql_next (row, error))
    return FALSE;
  *n = (guint)cs_sql_read_integer (row);
  return TRUE;
}

static gboolean
run_on_range (CsStore *store,
              const char *text,
              const CsUuid *connection_id,
              const CsMirrorRange *range,
              GError **error)
{
  g_autoptr (CsSqlStatement) row = prepare (store, text, connection_id, range);

  return cs_sql_run (row, error);
}

/**
 * cs_store_count_mirror:
 * @store: a store
 * @connection_id: the ledger
 * @range: of what
 * @count: (out caller-allocates): how many are here
 * @error: return location
 *
 * What was marked as gone and was seen by the run is not gone any more.
 *
 * Returns: whether they could be counted
 */
gboolean
cs_store_count_mirror (CsStore *store,
                       const CsUuid *connection_id,
                       const CsMirrorRange *range,
                       CsMirrorCount *count,
                       GError **error)
{
  const Mirror *mirror = NULL;
  g_autoptr (CsSqlTransaction) transaction = NULL;
  guint n_gone = 0;

  g_return_val_if_fail (store != NULL && connection_id != NULL && range != NULL && count != NULL, FALSE);

  mirror = find_mirror (range->kind);
  *count = (CsMirrorCount){ 0 };
  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL
      || (mirror->found != NULL && !run_on_range (store, mirror->found, connection_id, range, error))
      || !count_rows (store,
                      is_whole (range) || mirror->count_part == NULL ? mirror->count : mirror->count_part,
                      connection_id, range, &count->n, error)
      || (mirror->count_gone != NULL
          && !count_rows (store, mirror->count_gone, connection_id, range, &n_gone, error)))
    return FALSE;
  count->n -= MIN (n_gone, count->n);
  if (mirror->count_unseen != NULL && (range->needs_unseen || count->n > range->expected)
      && !count_rows (store, mirror->count_unseen, connection_id, range, &count->n_unseen, error))
    return FALSE;
  return cs_sql_commit (transaction, error);
}

/**
 * cs_store_mark_gone:
 * @store: a store
 * @connection_id: the ledger
 * @range: of "contacts" or "invoices"
 * @error: return location
 *
 * What the run has not seen, though it has seen as many as there are: the ledger does not have it any more.
 * Nothing is deleted here; it is shown as not found.
 *
 * Returns: whether they are marked
 */
gboolean
cs_store_mark_gone (CsStore *store, const CsUuid *connection_id, const CsMirrorRange *range, GError **error)
{
  const Mirror *mirror = NULL;
  g_autoptr (CsSqlTransaction) transaction = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL && range != NULL, FALSE);

  mirror = find_mirror (range->kind);
  g_return_val_if_fail (mirror->mark != NULL, FALSE);
  transaction = cs_sql_begin (store->sql, error);
  return transaction != NULL && cs_store_check_claim (store, error)
         && run_on_range (store, mirror->mark, connection_id, range, error)
         && (mirror->note_gone == NULL
             || run_on_range (store, mirror->note_gone, connection_id, range, error))
         && cs_sql_commit (transaction, error);
}

/**
 * cs_store_get_gone:
 * @store: a store
 * @connection_id: the ledger
 * @kind: "contacts" or "invoices"
 * @remote_id: a record's id there
 * @noticed_ms: (out): when a full read first did not find it, UTC milliseconds; 0: it is there
 * @error: return location
 *
 * Returns: whether it could be told
 */
gboolean
cs_store_get_gone (CsStore *store,
                   const CsUuid *connection_id,
                   const char *kind,
                   const char *remote_id,
                   gint64 *noticed_ms,
                   GError **error)
{
  const Mirror *mirror = NULL;
  g_autoptr (CsSqlStatement) row = NULL;
  CsUuid id;

  g_return_val_if_fail (store != NULL && connection_id != NULL && remote_id != NULL && noticed_ms != NULL,
                        FALSE);

  mirror = find_mirror (kind);
  g_return_val_if_fail (mirror->mirror_kind != NULL, FALSE);
  id = cs_store_get_mirror_id (mirror->mirror_kind, connection_id, remote_id);
  row = cs_sql_prepare (store->sql, "SELECT noticed_ms FROM ledger_gone WHERE id = ?");
  cs_sql_bind_uuid (row, &id);
  *noticed_ms = cs_sql_next (row, error) ? cs_sql_read_integer (row) : 0;
  return !cs_sql_has_failed (row);
}

/**
 * cs_store_note_swept:
 * @store: a store
 * @connection_id: the ledger
 * @run: the sweep's number, by which its invoices are marked
 * @error: return location
 *
 * An invoice that is open here and not there was paid, voided or credited in a way that If-Modified-Since
 * does not show (xero-accounting.md 5.4): it goes to those that are read again by id.
 *
 * Returns: whether they are noted
 */
gboolean
cs_store_note_swept (CsStore *store, const CsUuid *connection_id, gint64 run, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL && run > 0, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL || !cs_store_check_claim (store, error))
    return FALSE;
  row = cs_sql_prepare (
      store->sql, "INSERT OR REPLACE INTO ledger_stale_invoice (id, connection_id, remote_id, changed_ms)"
                  " SELECT id, connection_id, remote_id, ?3 FROM ledger_invoice"
                  " WHERE connection_id = ?1 AND status = 'AUTHORISED' AND seen_run < ?2");
  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_integer (row, run);
  cs_sql_bind_integer (row, G_MAXINT64);
  return cs_sql_run (row, error) && cs_sql_commit (transaction, error);
}
