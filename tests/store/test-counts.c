/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include <string.h>

#include "cs-store-pull.h"

/* What is here is counted after each full read, kind by kind, while everything else waits for the writer: it
 * is counted rightly, and from indexes alone. */

static const struct
{
  const char *cursor;
  const char *kind;
  guint n;
} kinds[] = {
  { "payments", "payment", 7 },
  { "credit-notes", "credit-note", 4 },
  { "prepayments", "prepayment", 2 },
  { "overpayments", "overpayment", 1 },
};

static void
save_settlements (Practice *practice, const CsUuid *connection_id, const char *prefix, CsDate from)
{
  for (gsize kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    {
      g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_settlement_free);
      g_autoptr (GError) error = NULL;

      for (guint i = 0; i < kinds[kind].n; i++)
        {
          CsLedgerSettlement *settlement = cs_ledger_settlement_new ();

          g_set_str (&settlement->kind, kinds[kind].kind);
          g_free (settlement->remote_id);
          settlement->remote_id = g_strdup_printf ("%s-%u", prefix, i); /* the same in each kind */
          settlement->date = i == 0 ? CS_DATE_NONE : cs_date_add_days (from, (gint32)i);
          settlement->total = settlement->remaining = (CsMoney){ 100, { "NZD" } };
          g_ptr_array_add (page, settlement);
        }
      cs_store_save_settlements (practice->store, connection_id, kinds[kind].cursor, page, NULL, &error);
      g_assert_no_error (error);
    }
}

static guint
count (Practice *practice, const CsUuid *connection_id, const CsMirrorRange *range)
{
  CsMirrorCount found;
  g_autoptr (GError) error = NULL;

  cs_store_count_mirror (practice->store, connection_id, range, &found, &error);
  g_assert_no_error (error);
  return found.n;
}

/* Of each kind its own, of each ledger its own, and of a part what is dated within it. */
static void
test_settlements_by_kind (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  CsUuid other_id = practice_connect (practice, "tenant-2");
  CsUuid empty_id = practice_connect (practice, "tenant-3");
  CsMirrorRange all = { .from = CS_DATE_NONE, .before = CS_DATE_NONE, .expected = G_MAXUINT };
  CsMirrorRange part = all;

  save_settlements (practice, &connection_id, "a", FIXTURE_TODAY);
  save_settlements (practice, &connection_id, "b", FIXTURE_TODAY);
  save_settlements (practice, &other_id, "a", cs_date_add_days (FIXTURE_TODAY, 100));
  part.from = cs_date_add_days (FIXTURE_TODAY, 1);
  part.before = cs_date_add_days (FIXTURE_TODAY, 3);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      all.kind = part.kind = kinds[i].cursor;
      g_assert_cmpuint (count (practice, &connection_id, &all), ==, 2 * kinds[i].n);
      g_assert_cmpuint (count (practice, &other_id, &all), ==, kinds[i].n);
      g_assert_cmpuint (count (practice, &empty_id, &all), ==, 0);
      g_assert_cmpuint (count (practice, &connection_id, &part), ==, 2 * MIN (kinds[i].n - 1, 2));
      g_assert_cmpuint (count (practice, &other_id, &part), ==, 0);
    }
}

/* How SQLite goes about @statement, which is one of the store's own. */
static char *
explain (sqlite3 *handle, const char *statement)
{
  g_autofree char *question = g_strconcat ("EXPLAIN QUERY PLAN ", statement, NULL);
  GString *plan = g_string_new (NULL);
  sqlite3_stmt *row = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (handle, question, -1, &row, NULL), ==, SQLITE_OK);
  while (sqlite3_step (row) == SQLITE_ROW)
    g_string_append_printf (plan, "%s\n", (const char *)sqlite3_column_text (row, 3));
  sqlite3_finalize (row);
  return g_string_free (plan, FALSE);
}

/* No row of an invoice or a settlement is read to count it, nor to look whether one that was gone is back. */
static void
test_by_indexes_alone (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  sqlite3 *handle = cs_sql_get_handle (practice->store->sql);
  CsMirrorRange range = { .before = CS_DATE_NONE, .expected = G_MAXUINT };
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i <= G_N_ELEMENTS (kinds); i++)
    for (int is_part = 0; is_part < 2; is_part++)
      {
        range.kind = i < G_N_ELEMENTS (kinds) ? kinds[i].cursor : "invoices";
        range.from = is_part ? FIXTURE_TODAY : CS_DATE_NONE;
        count (practice, &connection_id, &range);
      }
  for (sqlite3_stmt *row = sqlite3_next_stmt (handle, NULL); row != NULL;
       row = sqlite3_next_stmt (handle, row))
    if (strstr (sqlite3_sql (row), "SELECT count (*) FROM ledger_") != NULL
        || strstr (sqlite3_sql (row), "DELETE FROM ledger_gone") != NULL)
      g_ptr_array_add (texts, g_strdup (sqlite3_sql (row)));
  g_assert_cmpuint (texts->len, >=, 10);
  for (guint i = 0; i < texts->len; i++)
    {
      const char *text = g_ptr_array_index (texts, i);
      g_autofree char *plan = explain (handle, text);
      g_auto (GStrv) steps = g_strsplit (plan, "\n", -1);

      for (gsize j = 0; steps[j] != NULL; j++)
        {
          g_test_message ("%s", steps[j]);
          if (strstr (steps[j], "ledger_settlement") != NULL || strstr (steps[j], "ledger_invoice") != NULL)
            g_assert_true (strstr (steps[j], "COVERING INDEX") != NULL
                           || strstr (steps[j], "(id=?)") != NULL);
          g_assert_cmpstr (steps[j], !=, "SCAN i");
          g_assert_null (strstr (steps[j], "SCAN ledger_"));
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TEST ("/store/counts/settlements-by-kind", test_settlements_by_kind);
  ADD_TEST ("/store/counts/by-indexes-alone", test_by_indexes_alone);
  return g_test_run ();
}
