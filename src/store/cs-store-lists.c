/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"

/* Short lists of the ledger that say how an invoice may look. Whole lists replace what was there: options and
 * items may simply vanish (xero-accounting.md 5.3). */

typedef gboolean (*InsertRecord) (CsStore *store,
                                  const CsUuid *connection_id,
                                  gconstpointer record,
                                  GError **error);

static gboolean
replace (CsStore *store,
         const CsUuid *connection_id,
         const char *clear,
         GPtrArray *records,
         InsertRecord insert,
         GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = cs_sql_begin (store->sql, error);
  g_autoptr (CsSqlStatement) row = NULL;

  if (transaction == NULL)
    return FALSE;
  row = cs_sql_prepare (store->sql, clear);
  cs_sql_bind_uuid (row, connection_id);
  if (!cs_sql_run (row, error))
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    if (!insert (store, connection_id, g_ptr_array_index (records, i), error))
      return FALSE;
  return cs_sql_commit (transaction, error);
}

/* Tracking */

static gboolean
insert_option (CsStore *store,
               const CsUuid *connection_id,
               const CsUuid *category_id,
               const CsLedgerTrackingOption *option,
               GError **error)
{
  CsUuid id = cs_store_get_mirror_id ("ledger-tracking-option", connection_id, option->remote_id);
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "INSERT OR REPLACE INTO ledger_tracking_option (id, connection_id,"
                                    " category_id, remote_id, name, is_active) VALUES (?, ?, ?, ?, ?, ?)");

  cs_sql_bind_uuid (row, &id);
  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_uuid (row, category_id);
  cs_sql_bind_text (row, option->remote_id);
  cs_sql_bind_text (row, option->name);
  cs_sql_bind_boolean (row, option->is_active);
  return cs_sql_run (row, error);
}

static gboolean
insert_category (CsStore *store, const CsUuid *connection_id, gconstpointer record, GError **error)
{
  const CsLedgerTrackingCategory *category = record;
  CsUuid id = cs_store_get_mirror_id ("ledger-tracking-category", connection_id, category->remote_id);
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "INSERT OR REPLACE INTO ledger_tracking_category (id, connection_id,"
                                    " remote_id, name, is_active) VALUES (?, ?, ?, ?, ?)");

  cs_sql_bind_uuid (row, &id);
  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, category->remote_id);
  cs_sql_bind_text (row, category->name);
  cs_sql_bind_boolean (row, category->is_active);
  if (!cs_sql_run (row, error))
    return FALSE;
  for (guint i = 0; i < category->options->len; i++)
    if (!insert_option (store, connection_id, &id, g_ptr_array_index (category->options, i), error))
      return FALSE;
  return TRUE;
}

/**
 * cs_store_save_tracking:
 * @store: a store
 * @connection_id: the ledger
 * @categories: (element-type CsLedgerTrackingCategory): all of them, with their options
 * @error: return location
 *
 * Returns: whether they are stored in the place of what was there; else that still is
 */
gboolean
cs_store_save_tracking (CsStore *store, const CsUuid *connection_id, GPtrArray *categories, GError **error)
{
  g_return_val_if_fail (store != NULL && connection_id != NULL && categories != NULL, FALSE);

  return replace (store, connection_id, "DELETE FROM ledger_tracking_category WHERE connection_id = ?",
                  categories, insert_category, error);
}

static gboolean
load_options (CsStore *store, const CsUuid *category_id, CsLedgerTrackingCategory *category, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT remote_id, name, is_active FROM ledger_tracking_option"
                                    " WHERE category_id = ? ORDER BY name COLLATE NOCASE, remote_id");

  cs_sql_bind_uuid (row, category_id);
  while (cs_sql_next (row, error))
    {
      CsLedgerTrackingOption *option = cs_ledger_tracking_option_new ();

      g_ptr_array_add (category->options, option);
      cs_sql_read_text (row, &option->remote_id);
      cs_sql_read_text (row, &option->name);
      option->is_active = cs_sql_read_boolean (row);
    }
  return !cs_sql_has_failed (row);
}

/**
 * cs_store_list_tracking:
 * @store: a store
 * @connection_id: the ledger
 * @error: return location
 *
 * Returns: (transfer full) (element-type CsLedgerTrackingCategory) (nullable): all of them by name, those
 * that are not active too, each with its options
 */
GPtrArray *
cs_store_list_tracking (CsStore *store, const CsUuid *connection_id, GError **error)
{
  g_autoptr (GPtrArray) list
      = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_tracking_category_free);
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL, NULL);

  row = cs_sql_prepare (store->sql, "SELECT id, remote_id, name, is_active FROM ledger_tracking_category"
                                    " WHERE connection_id = ? ORDER BY name COLLATE NOCASE, remote_id");
  cs_sql_bind_uuid (row, connection_id);
  while (cs_sql_next (row, error))
    {
      CsLedgerTrackingCategory *category = cs_ledger_tracking_category_new ();
      CsUuid id = cs_sql_read_uuid (row);

      g_ptr_array_add (list, category);
      cs_sql_read_text (row, &category->remote_id);
      cs_sql_read_text (row, &category->name);
      category->is_active = cs_sql_read_boolean (row);
      if (!load_options (store, &id, category, error))
        return NULL;
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&list);
}

/* Branding themes */

static gboolean
insert_theme (CsStore *store, const CsUuid *connection_id, gconstpointer record, GError **error)
{
  const CsLedgerBrandingTheme *theme = record;
  CsUuid id = cs_store_get_mirror_id ("ledger-branding-theme", connection_id, theme->remote_id);
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "INSERT OR REPLACE INTO ledger_branding_theme (id, connection_id,"
                                    " remote_id, name, sort_order) VALUES (?, ?, ?, ?, ?)");

  cs_sql_bind_uuid (row, &id);
  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, theme->remote_id);
  cs_sql_bind_text (row, theme->name);
  cs_sql_bind_integer (row, theme->sort_order);
  return cs_sql_run (row, error);
}

/**
 * cs_store_save_branding_themes:
 * @store: a store
 * @connection_id: the ledger
 * @themes: (element-type CsLedgerBrandingTheme): all of them
 * @error: return location
 *
 * Returns: whether they are stored in the place of what was there; else that still is
 */
gboolean
cs_store_save_branding_themes (CsStore *store, const CsUuid *connection_id, GPtrArray *themes, GError **error)
{
  g_return_val_if_fail (store != NULL && connection_id != NULL && themes != NULL, FALSE);

  return replace (store, connection_id, "DELETE FROM ledger_branding_theme WHERE connection_id = ?", themes,
                  insert_theme, error);
}

/**
 * cs_store_list_branding_themes:
 * @store: a store
 * @connection_id: the ledger
 * @error: return location
 *
 * Returns: (transfer full) (element-type CsLedgerBrandingTheme) (nullable): all of them in the ledger's
 * order, its default first
 */
GPtrArray *
cs_store_list_branding_themes (CsStore *store, const CsUuid *connection_id, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_branding_theme_free);
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL, NULL);

  row = cs_sql_prepare (store->sql, "SELECT remote_id, name, sort_order FROM ledger_branding_theme"
                                    " WHERE connection_id = ? ORDER BY sort_order, name, remote_id");
  cs_sql_bind_uuid (row, connection_id);
  while (cs_sql_next (row, error))
    {
      CsLedgerBrandingTheme *theme = cs_ledger_branding_theme_new ();

      g_ptr_array_add (list, theme);
      cs_sql_read_text (row, &theme->remote_id);
      cs_sql_read_text (row, &theme->name);
      theme->sort_order = (int)cs_sql_read_integer (row);
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&list);
}

/* Items */

static gboolean
insert_item (CsStore *store, const CsUuid *connection_id, gconstpointer record, GError **error)
{
  const CsLedgerItem *item = record;
  CsUuid id = cs_store_get_mirror_id ("ledger-item", connection_id, item->remote_id);
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "INSERT OR REPLACE INTO ledger_item (id, connection_id, remote_id, code, name, description,"
                  " unit_price, account_code, tax_type, is_sold) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

  cs_sql_bind_uuid (row, &id);
  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, item->remote_id);
  cs_sql_bind_text (row, item->code);
  cs_sql_bind_text (row, item->name);
  cs_sql_bind_text (row, item->description);
  cs_sql_bind_decimal (row, item->unit_price);
  cs_sql_bind_text (row, item->account_code);
  cs_sql_bind_text (row, item->tax_type);
  cs_sql_bind_boolean (row, item->is_sold);
  return cs_sql_run (row, error);
}

/**
 * cs_store_save_items:
 * @store: a store
 * @connection_id: the ledger
 * @items: (element-type CsLedgerItem): all of them
 * @error: return location
 *
 * Returns: whether they are stored in the place of what was there; else that still is
 */
gboolean
cs_store_save_items (CsStore *store, const CsUuid *connection_id, GPtrArray *items, GError **error)
{
  g_return_val_if_fail (store != NULL && connection_id != NULL && items != NULL, FALSE);

  return replace (store, connection_id, "DELETE FROM ledger_item WHERE connection_id = ?", items, insert_item,
                  error);
}

/**
 * cs_store_list_items:
 * @store: a store
 * @connection_id: the ledger
 * @error: return location
 *
 * Returns: (transfer full) (element-type CsLedgerItem) (nullable): all of them, by code
 */
GPtrArray *
cs_store_list_items (CsStore *store, const CsUuid *connection_id, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_item_free);
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL, NULL);

  row = cs_sql_prepare (store->sql, "SELECT remote_id, code, name, description, unit_price, account_code,"
                                    " tax_type, is_sold FROM ledger_item WHERE connection_id = ?"
                                    " ORDER BY code COLLATE NOCASE, remote_id");
  cs_sql_bind_uuid (row, connection_id);
  while (cs_sql_next (row, error))
    {
      CsLedgerItem *item = cs_ledger_item_new ();

      g_ptr_array_add (list, item);
      cs_sql_read_text (row, &item->remote_id);
      cs_sql_read_text (row, &item->code);
      cs_sql_read_text (row, &item->name);
      cs_sql_read_text (row, &item->description);
      item->unit_price = cs_sql_read_decimal (row);
      cs_sql_read_text (row, &item->account_code);
      cs_sql_read_text (row, &item->tax_type);
      item->is_sold = cs_sql_read_boolean (row);
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&list);
}
