/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"

/* Series of invoice numbers: the practice's own, which its settings hold, and others beside it. Taken and
 * given back inside the caller's transaction, so that a failure leaves no gap. */

typedef struct
{
  char *prefix;
  gint64 next;
  gboolean is_practice;
} Series;

static void
series_clear (Series *series)
{
  g_free (series->prefix);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Series, series_clear)

/* @prefix: "" is the practice's. */
static gboolean
load_series (CsStore *store, const char *prefix, Series *series, GError **error)
{
  g_autoptr (CsSettings) settings = cs_store_load_settings (store, error);
  g_autoptr (CsSqlStatement) row = NULL;

  if (settings == NULL)
    return FALSE;
  series->is_practice = *prefix == '\0' || g_ascii_strcasecmp (prefix, settings->number_prefix) == 0;
  series->prefix = g_strdup (series->is_practice ? settings->number_prefix : prefix);
  series->next = series->is_practice ? settings->number_next : 1;
  if (series->is_practice)
    return TRUE;
  row = cs_sql_prepare (store->sql, "SELECT next FROM number_series WHERE prefix = ?");
  cs_sql_bind_text (row, prefix);
  if (cs_sql_next (row, error))
    series->next = cs_sql_read_integer (row);
  return !cs_sql_has_failed (row);
}

static gboolean
write_series (CsStore *store, const Series *series, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, series->is_practice
                      ? "UPDATE settings SET number_next = ?1"
                      : "INSERT OR REPLACE INTO number_series (next, prefix) VALUES (?1, ?2)");

  cs_sql_bind_integer (row, series->next);
  if (!series->is_practice)
    cs_sql_bind_text (row, series->prefix);
  return cs_sql_run (row, error);
}

static char *
format_number (const Series *series, gint64 number)
{
  CsSettings settings = { .number_prefix = series->prefix };

  return cs_settings_format_number (&settings, number);
}

/* By an invoice of ours, or by one that the ledger has. */
static gboolean
is_number_used (CsStore *store, const char *number, gboolean *is_used, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT 1 FROM planned_invoice WHERE number = ?1 COLLATE NOCASE AND number <> ''"
                  " UNION ALL SELECT 1 FROM ledger_invoice WHERE connection_id = " CS_SQL_LEDGER
                  "  AND number = ?1 COLLATE NOCASE AND is_sales = 1 AND status <> 'DELETED' LIMIT 1");

  cs_sql_bind_text (row, number);
  *is_used = cs_sql_next (row, error);
  return !cs_sql_has_failed (row);
}

/* The next from series->next on that nothing has: after a person moved the series back, some have. */
static gboolean
find_free (CsStore *store, Series *series, char **number, gint64 *serial, GError **error)
{
  gboolean is_used = TRUE;

  for (gint64 next = series->next; is_used; next++)
    {
      g_free (*number);
      *number = format_number (series, next);
      *serial = next;
      if (!is_number_used (store, *number, &is_used, error))
        return FALSE;
    }
  series->next = *serial + 1;
  return TRUE;
}

/* @prefix: what the number begins with; "": the practice's series. */
gboolean
cs_store_take_number (CsStore *store, const char *prefix, char **number, gint64 *serial, GError **error)
{
  g_auto (Series) series = { 0 };

  return load_series (store, prefix, &series, error) && find_free (store, &series, number, serial, error)
         && write_series (store, &series, error);
}

gboolean
cs_store_give_back_number (CsStore *store,
                           const char *prefix,
                           const char *number,
                           gint64 serial,
                           gboolean *was_given_back,
                           GError **error)
{
  g_auto (Series) series = { 0 };
  g_autofree char *last = NULL;

  if (!load_series (store, prefix, &series, error))
    return FALSE;
  last = format_number (&series, series.next - 1);
  *was_given_back = serial > 0 && serial == series.next - 1 && g_str_equal (last, number);
  series.next = serial;
  return !*was_given_back || write_series (store, &series, error);
}

/**
 * cs_store_list_next_numbers:
 * @store: a store
 * @series: what the numbers begin with; "": the practice's series
 * @count: how many
 * @error: return location
 *
 * Returns: (transfer full) (element-type utf8) (nullable): what the next invoices would be numbered; none is
 *   taken
 */
GPtrArray *
cs_store_list_next_numbers (CsStore *store, const char *series, guint count, GError **error)
{
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  g_auto (Series) found = { 0 };

  g_return_val_if_fail (store != NULL && series != NULL, NULL);

  if (!load_series (store, series, &found, error))
    return NULL;
  for (guint i = 0; i < count; i++)
    {
      g_autofree char *number = NULL;
      gint64 serial = 0;

      if (!find_free (store, &found, &number, &serial, error))
        return NULL;
      g_ptr_array_add (numbers, g_steal_pointer (&number));
    }
  return g_steal_pointer (&numbers);
}

static gboolean
take_serial (CsStore *store, const char *statement, gint64 *serial, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (store->sql, statement);

  if (!cs_sql_next (row, error))
    {
      if (!cs_sql_has_failed (row))
        cs_sql_set_error (store->sql, SQLITE_CORRUPT, error);
      return FALSE;
    }
  *serial = cs_sql_read_integer (row);
  return cs_sql_run (row, error);
}

gboolean
cs_store_take_client_serial (CsStore *store, gint64 *serial, GError **error)
{
  return take_serial (store, "UPDATE practice SET client_next = client_next + 1 RETURNING client_next - 1",
                      serial, error);
}

gboolean
cs_store_take_proposal_serial (CsStore *store, gint64 *serial, GError **error)
{
  return take_serial (store,
                      "UPDATE practice SET proposal_next = proposal_next + 1 RETURNING proposal_next - 1",
                      serial, error);
}
