/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-support.h"

#include "cs-store-private.h"

/**
 * cs_store_get_schema_version:
 * @store: a store
 * @version: (out): how many steps of migration the file has taken
 * @error: return location
 *
 * Returns: whether it could be read
 */
gboolean
cs_store_get_schema_version (CsStore *store, gint64 *version, GError **error)
{
  g_return_val_if_fail (store != NULL && version != NULL, FALSE);

  return cs_sql_read_pragma (store->sql, "PRAGMA user_version", version, error);
}

/** cs_store_get_engine_version: Returns: (transfer none): SQLite's version */
const char *
cs_store_get_engine_version (void)
{
  return sqlite3_libversion ();
}

/** cs_journal_count_free: */
void
cs_journal_count_free (CsJournalCount *count)
{
  if (count == NULL)
    return;
  g_free (count->kind);
  g_free (count->state);
  g_free (count->outcome);
  g_free (count);
}

/** cs_store_count_journal: Returns: (transfer full): of #CsJournalCount, by kind, state and outcome */
GPtrArray *
cs_store_count_journal (CsStore *store, GError **error)
{
  g_autoptr (GPtrArray) counts = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_journal_count_free);
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL, NULL);

  row = cs_sql_prepare (store->sql, "SELECT kind, state, outcome_code, count(*) FROM journal"
                                    " GROUP BY kind, state, outcome_code ORDER BY kind, state, outcome_code");
  while (cs_sql_next (row, error))
    {
      CsJournalCount *count = g_new0 (CsJournalCount, 1);

      cs_sql_read_text (row, &count->kind);
      cs_sql_read_text (row, &count->state);
      cs_sql_read_text (row, &count->outcome);
      count->count = cs_sql_read_integer (row);
      g_ptr_array_add (counts, count);
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&counts);
}
