/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"
#include "cs-store-review.h"

#include <glib/gi18n-lib.h>

#define NAME_CHARACTERS_MAX 60

static CsSavedView *
read_view (CsSqlStatement *row, GError **error)
{
  g_autoptr (CsSavedView) view = cs_saved_view_new ();

  view->id = cs_sql_read_uuid (row);
  cs_sql_read_text (row, &view->name);
  g_clear_pointer (&view->filter, cs_invoice_filter_free);
  view->filter = cs_invoice_filter_parse (cs_sql_peek_text (row), error);
  cs_sql_read_text (row, &view->columns);
  return view->filter != NULL ? g_steal_pointer (&view) : NULL;
}

/**
 * cs_store_list_saved_views:
 * @store: a store
 * @error: return location
 *
 * Returns: (transfer full) (element-type CsSavedView) (nullable): what people saved, by name
 */
GPtrArray *
cs_store_list_saved_views (CsStore *store, GError **error)
{
  g_autoptr (GPtrArray) views = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_saved_view_free);
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL, NULL);

  row = cs_sql_prepare (store->sql,
                        "SELECT id, name, filter, columns FROM saved_view ORDER BY name COLLATE NOCASE, id");
  while (cs_sql_next (row, error))
    {
      CsSavedView *view = read_view (row, error);

      if (view == NULL)
        return NULL;
      g_ptr_array_add (views, view);
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&views);
}

static gboolean
is_name_taken (CsStore *store, const CsSavedView *view, gboolean *is_taken, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT 1 FROM saved_view WHERE name = ? COLLATE NOCASE AND id <> ?");

  cs_sql_bind_text (row, view->name);
  cs_sql_bind_uuid (row, &view->id);
  *is_taken = cs_sql_next (row, error);
  return !cs_sql_has_failed (row);
}

static gboolean
write_view (CsStore *store, const CsSavedView *view, GError **error)
{
  g_autofree char *filter = cs_invoice_filter_to_string (view->filter);
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "INSERT INTO saved_view (id, name, filter, columns, created_ms) VALUES (?, ?, ?, ?, ?)"
                  " ON CONFLICT (id) DO UPDATE SET name = excluded.name, filter = excluded.filter,"
                  " columns = excluded.columns");

  cs_sql_bind_uuid (row, &view->id);
  cs_sql_bind_text (row, view->name);
  cs_sql_bind_text (row, filter);
  cs_sql_bind_text (row, view->columns);
  cs_sql_bind_integer (row, cs_store_now_ms (store));
  return cs_sql_run (row, error);
}

/**
 * cs_store_save_view:
 * @store: a store
 * @view: a view with a name; one without an id gets it, one with an id is saved under that, also after it was
 *   deleted: that is how a deletion is undone
 * @error: return location
 *
 * Audited.
 *
 * Returns: whether it is saved; else %CS_STORE_ERROR_INVALID (no name, too long a name, or another view's) or
 * what the file said
 */
gboolean
cs_store_save_view (CsStore *store, CsSavedView *view, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  gboolean is_taken = FALSE;

  g_return_val_if_fail (store != NULL && view != NULL, FALSE);

  g_strstrip (view->name);
  if (*view->name == '\0' || g_utf8_strlen (view->name, -1) > NAME_CHARACTERS_MAX)
    return cs_store_refuse (error, CS_STORE_ERROR_INVALID,
                            _ ("A view needs a name of no more than 60 characters."));
  if (cs_uuid_is_none (&view->id))
    view->id = cs_store_new_uuid (store);
  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL || !is_name_taken (store, view, &is_taken, error))
    return FALSE;
  if (is_taken)
    return cs_store_refuse (error, CS_STORE_ERROR_INVALID, _ ("There is a view of this name already."));
  return write_view (store, view, error)
         && cs_store_write_audit_id (store, "view.saved", &view->id, NULL, error)
         && cs_sql_commit (transaction, error);
}

/**
 * cs_store_delete_view:
 * @store: a store
 * @id: of a saved view
 * @error: return location
 *
 * Audited.
 *
 * Returns: whether it is gone; else %CS_STORE_ERROR_NOT_FOUND or what the file said
 */
gboolean
cs_store_delete_view (CsStore *store, const CsUuid *id, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && id != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL)
    return FALSE;
  row = cs_sql_prepare (store->sql, "DELETE FROM saved_view WHERE id = ?");
  cs_sql_bind_uuid (row, id);
  if (!cs_sql_run (row, error))
    return FALSE;
  if (cs_sql_count_changes (store->sql) == 0)
    return cs_store_refuse (error, CS_STORE_ERROR_NOT_FOUND, _ ("There is no such view any more."));
  return cs_store_write_audit_id (store, "view.deleted", id, NULL, error)
         && cs_sql_commit (transaction, error);
}
