/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-columns.h"

#include <string.h>

/* A person who drags the edge of a column has not finished. */
#define SETTLE_MS 800
#define WIDTH_MIN 20
#define WIDTH_MAX 2000
#define SETTLING "cs-settling"

/* Whoever wants to know of a change, once it is done. */
typedef struct
{
  CsColumns *view; /* unowned: it owns this */
  GClosure *closure;
  guint source;
} Settling;

static void
settling_free (gpointer data)
{
  Settling *settling = data;

  g_clear_handle_id (&settling->source, g_source_remove);
  g_closure_unref (settling->closure);
  g_free (settling);
}

static gboolean
settled_cb (gpointer data)
{
  Settling *settling = data;
  g_auto (GValue) view = G_VALUE_INIT;

  settling->source = 0;
  if (gtk_widget_get_root (GTK_WIDGET (settling->view)) == NULL)
    return G_SOURCE_REMOVE;
  g_value_init (&view, CS_TYPE_COLUMNS);
  g_value_set_object (&view, settling->view);
  g_closure_invoke (settling->closure, NULL, 1, &view, NULL);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (CsColumns *view)
{
  Settling *settling = g_object_get_data (G_OBJECT (view), SETTLING);

  if (settling == NULL || gtk_widget_in_destruction (GTK_WIDGET (view)))
    return;
  g_clear_handle_id (&settling->source, g_source_remove);
  settling->source = g_timeout_add (SETTLE_MS, settled_cb, settling);
}

static GtkColumnViewColumn *
find_column (CsColumns *view, const char *id)
{
  GListModel *columns = gtk_column_view_get_columns (cs_columns_get_header (view));

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (g_strcmp0 (gtk_column_view_column_get_id (column), id) == 0)
        return column;
    }
  return NULL;
}

/** cs_columns_to_string: Returns: (transfer full): which are shown, in which order, how wide */
char *
cs_columns_to_string (CsColumns *view)
{
  GListModel *columns = gtk_column_view_get_columns (cs_columns_get_header (view));
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      int width = gtk_column_view_column_get_fixed_width (column);

      g_string_append_printf (text, "%s%s%s", i > 0 ? " " : "",
                              gtk_column_view_column_get_visible (column) ? "" : "!",
                              gtk_column_view_column_get_id (column));
      if (width >= 0)
        g_string_append_printf (text, ":%d", width);
    }
  return g_string_free_and_steal (text);
}

/** cs_columns_apply: as cs_columns_to_string() wrote it; what it does not name stays. */
void
cs_columns_apply (CsColumns *view, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);
  guint place = 0;

  for (gsize i = 0; parts[i] != NULL; i++)
    {
      gboolean is_hidden = *parts[i] == '!';
      char *width = strchr (parts[i], ':');
      GtkColumnViewColumn *column;

      if (width != NULL)
        *width++ = '\0';
      column = find_column (view, parts[i] + (is_hidden ? 1 : 0));
      if (column == NULL)
        continue;
      gtk_column_view_insert_column (cs_columns_get_header (view), place++, column);
      gtk_column_view_column_set_visible (column, !is_hidden);
      if (width != NULL)
        gtk_column_view_column_set_fixed_width (
            column, (int)CLAMP (g_ascii_strtoll (width, NULL, 10), WIDTH_MIN, WIDTH_MAX));
    }
}

/**
 * cs_columns_watch:
 * @view: a column view with all its columns
 * @changed: called with @object and @view once a person has chosen, moved or widened columns
 * @object: its call ends with it
 */
void
cs_columns_watch (CsColumns *view, GCallback changed, gpointer object)
{
  GListModel *columns = gtk_column_view_get_columns (cs_columns_get_header (view));
  Settling *settling = g_new0 (Settling, 1);

  g_return_if_fail (CS_IS_COLUMNS (view) && G_IS_OBJECT (object));

  settling->view = view;
  settling->closure = g_cclosure_new_object_swap (changed, object);
  g_closure_set_marshal (settling->closure, g_cclosure_marshal_VOID__VOID);
  g_closure_ref (settling->closure);
  g_closure_sink (settling->closure);
  g_object_set_data_full (G_OBJECT (view), SETTLING, settling, settling_free);
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      g_signal_connect_object (column, "notify::visible", G_CALLBACK (changed_cb), view, G_CONNECT_SWAPPED);
      g_signal_connect_object (column, "notify::fixed-width", G_CALLBACK (changed_cb), view,
                               G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (columns, "items-changed", G_CALLBACK (changed_cb), view, G_CONNECT_SWAPPED);
}

/** cs_columns_show_sort: lets the header of @id say what the order is. */
void
cs_columns_show_sort (CsColumns *view, const char *id, gboolean is_descending)
{
  gtk_column_view_sort_by_column (cs_columns_get_header (view), find_column (view, id),
                                  is_descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
}

/** cs_columns_get_sort: Returns: (nullable): of which column a person pressed the header */
const char *
cs_columns_get_sort (CsColumns *view, gboolean *is_descending)
{
  GtkSorter *sorter = cs_columns_get_sorter (view);
  GtkColumnViewSorter *columns = sorter != NULL ? GTK_COLUMN_VIEW_SORTER (sorter) : NULL;
  GtkColumnViewColumn *primary
      = columns != NULL ? gtk_column_view_sorter_get_primary_sort_column (columns) : NULL;

  if (primary == NULL)
    return NULL;
  *is_descending = gtk_column_view_sorter_get_primary_sort_order (columns) == GTK_SORT_DESCENDING;
  return gtk_column_view_column_get_id (primary);
}
