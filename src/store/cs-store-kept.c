/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-arena.h"

/* What is kept beside the invoices, brought up to date by what the transaction noted of them
 * (cs-migration-delta.c). */

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

/* --- the sums --- */

/* What the kept sums call all contacts together: see cs-migration-sums.c. */
#define ALL_CONTACTS "*"

/* What the transaction moves in one row of the sums. By hand, since SQLite sorts all that was noted to group
 * it, twice, which was half of what is kept beside the invoices cost. */
typedef struct
{
  CsUuid connection_id;
  const char *contact_id;
  const char *currency;
  const char *state;
  gint64 due;
  gint64 n;
  gint64 total_minor;
  gint64 balance_minor;
} Moved;

typedef struct
{
  CsArena *texts;
  GHashTable *rows; /* of #Moved, each its own key */
  gboolean is_any;
  gboolean is_any_taken;
} Sums;

static void
sums_clear (Sums *sums)
{
  g_clear_pointer (&sums->rows, g_hash_table_unref);
  g_clear_pointer (&sums->texts, cs_arena_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sums, sums_clear)

static guint
moved_hash (gconstpointer data)
{
  const Moved *moved = data;

  /* Few have the same in these two and not in the others. */
  return g_str_hash (moved->contact_id) * 31 + (guint)moved->due;
}

static gboolean
moved_equal (gconstpointer a, gconstpointer b)
{
  const Moved *x = a;
  const Moved *y = b;

  return x->due == y->due && strcmp (x->contact_id, y->contact_id) == 0 && strcmp (x->state, y->state) == 0
         && strcmp (x->currency, y->currency) == 0 && cs_uuid_equal (&x->connection_id, &y->connection_id);
}

static const char *
keep_text (Sums *sums, const char *text)
{
  return cs_arena_dup_text (sums->texts, text, strlen (text));
}

/* FALSE without an error: it does not fit. */
static gboolean
add_moved (Sums *sums, const Moved *moved)
{
  Moved *row = g_hash_table_lookup (sums->rows, moved);

  if (row == NULL)
    {
      row = cs_arena_new_array (sums->texts, Moved, 1);
      *row = *moved;
      row->contact_id = keep_text (sums, moved->contact_id);
      row->currency = keep_text (sums, moved->currency);
      row->state = keep_text (sums, moved->state);
      g_hash_table_add (sums->rows, row);
      return TRUE;
    }
  row->n += moved->n;
  return !__builtin_add_overflow (row->total_minor, moved->total_minor, &row->total_minor)
         && !__builtin_add_overflow (row->balance_minor, moved->balance_minor, &row->balance_minor);
}

static gboolean
refuse_overflow (GError **error)
{
  return cs_store_refuse (error, CS_STORE_ERROR_INVALID, _ ("The sums of these invoices are too large"));
}

/* What was noted, by contact. */
static gboolean
load_delta (CsStore *store, Sums *sums, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT connection_id, contact_id, currency, state, due, sign,"
                                    " sign * total_minor, sign * balance_minor FROM invoice_delta");

  while (cs_sql_next (row, error))
    {
      Moved moved = { .connection_id = cs_sql_read_uuid (row) };

      if (!sums->is_any)
        {
          sums->is_any = TRUE;
          sums->texts = cs_arena_new ();
          sums->rows = g_hash_table_new (moved_hash, moved_equal);
        }
      moved.contact_id = cs_sql_peek_text (row);
      moved.currency = cs_sql_peek_text (row);
      moved.state = cs_sql_peek_text (row);
      moved.due = cs_sql_read_integer (row);
      moved.n = cs_sql_read_integer (row);
      moved.total_minor = cs_sql_read_integer (row);
      moved.balance_minor = cs_sql_read_integer (row);
      sums->is_any_taken = sums->is_any_taken || moved.n < 0;
      if (!add_moved (sums, &moved))
        return refuse_overflow (error);
    }
  return !cs_sql_has_failed (row);
}

static gboolean
write_moved (CsStore *store, const Moved *moved, GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;

  if (moved->n == 0 && moved->total_minor == 0 && moved->balance_minor == 0)
    return TRUE;
  row = cs_sql_prepare (
      store->sql,
      "INSERT INTO ledger_invoice_sum (connection_id, contact_id, currency, state, due, n, total_minor,"
      "  balance_minor) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
      " ON CONFLICT DO UPDATE SET n = n + excluded.n, total_minor = total_minor + excluded.total_minor,"
      "  balance_minor = balance_minor + excluded.balance_minor");
  cs_sql_bind_borrowed_uuid (row, &moved->connection_id);
  cs_sql_bind_borrowed_text (row, moved->contact_id, -1);
  cs_sql_bind_borrowed_text (row, moved->currency, -1);
  cs_sql_bind_borrowed_text (row, moved->state, -1);
  cs_sql_bind_integer (row, moved->due);
  cs_sql_bind_integer (row, moved->n);
  cs_sql_bind_integer (row, moved->total_minor);
  cs_sql_bind_integer (row, moved->balance_minor);
  return cs_sql_run (row, error);
}

/* Those of the contacts, and then those of all contacts, which are what theirs come to. */
static gboolean
write_sums (CsStore *store, Sums *sums, GError **error)
{
  g_autoptr (GPtrArray) rows = g_hash_table_get_keys_as_ptr_array (sums->rows);

  g_hash_table_remove_all (sums->rows);
  for (guint i = 0; i < rows->len; i++)
    {
      const Moved *moved = g_ptr_array_index (rows, i);
      Moved of_all = *moved;

      of_all.contact_id = ALL_CONTACTS;
      if (!add_moved (sums, &of_all))
        return refuse_overflow (error);
      if (!write_moved (store, moved, error))
        return FALSE;
    }
  g_clear_pointer (&rows, g_ptr_array_unref);
  rows = g_hash_table_get_keys_as_ptr_array (sums->rows);
  for (guint i = 0; i < rows->len; i++)
    if (!write_moved (store, g_ptr_array_index (rows, i), error))
      return FALSE;
  return TRUE;
}

/* Part of every transaction, before its alerts. */
gboolean
cs_store_write_kept (CsStore *store, GError **error)
{
  g_auto (Sums) sums = { 0 };

  if (!load_delta (store, &sums, error) || (sums.is_any && !write_sums (store, &sums, error)))
    return FALSE;
  for (gsize i = 0; sums.is_any && i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (CsSqlStatement) row = NULL;

      if (steps[i].when != ALWAYS && (steps[i].when == IF_ANY_WAS_TAKEN) != sums.is_any_taken)
        continue;
      row = cs_sql_prepare (store->sql, steps[i].statement);
      if (!cs_sql_run (row, error))
        return FALSE;
    }
  return TRUE;
}
