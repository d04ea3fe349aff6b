/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-activity-list.h"

#include "cs-alert-item.h"
#include "cs-journal-item.h"

/* The sorter asks again once a row has gone from one group to another; many rows that do so at once, once.
 * Until then they stand in the group that they were in: GTK aborts when it comes upon a section, with some
 * other change of the list, that is not the one it was told of (gtk_list_item_manager_ensure_items()). */
typedef struct
{
  GtkSortListModel *sorted; /* unowned: it owns us */
  GtkSorter *sorter;
  GPtrArray *moved; /* of items that are to go to another group */
  guint idle;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_clear_handle_id (&order->idle, g_source_remove);
  g_ptr_array_unref (order->moved);
  g_object_unref (order->sorter);
  g_free (order);
}

/** cs_activity_list_get_group: Returns: to which group @item belongs by now */
CsOperationGroup
cs_activity_list_get_group (gpointer item)
{
  return CS_IS_ALERT_ITEM (item) ? CS_OPERATION_NEEDS_YOU
                                 : cs_operation_get_group (cs_journal_item_get (item));
}

/* One more than the group that @item stands in, as a pointer; %NULL: it was not put anywhere yet. */
static gpointer
get_place (gpointer item)
{
  return g_object_get_data (item, "cs-group");
}

static gpointer
make_place (gpointer item)
{
  return GINT_TO_POINTER ((int)cs_activity_list_get_group (item) + 1);
}

static int
get_order (gpointer item)
{
  return GPOINTER_TO_INT (get_place (item) != NULL ? get_place (item) : make_place (item));
}

/** cs_activity_list_get_shown_group: Returns: in which group @item stands until the list is told of another
 */
CsOperationGroup
cs_activity_list_get_shown_group (gpointer item)
{
  return (CsOperationGroup)(get_order (item) - 1);
}

static void
put_in_place (gpointer item)
{
  g_object_set_data (item, "cs-group", make_place (item));
}

static int
compare_groups (gconstpointer a, gconstpointer b, gpointer data)
{
  return get_order ((gpointer)a) - get_order ((gpointer)b);
}

static gboolean
sort_again_cb (gpointer data)
{
  Order *order = data;
  guint n_items;

  order->idle = 0;
  for (guint i = 0; i < order->moved->len; i++)
    put_in_place (g_ptr_array_index (order->moved, i));
  gtk_sorter_changed (order->sorter, GTK_SORTER_CHANGE_DIFFERENT);
  /* Rows that stand where they stood may be in another section all the same, which nobody has told. */
  n_items = g_list_model_get_n_items (G_LIST_MODEL (order->sorted));
  if (n_items > 0)
    gtk_section_model_sections_changed (GTK_SECTION_MODEL (order->sorted), 0, n_items);
  /* A section of the same rows may go by another name now. */
  for (guint i = 0; i < order->moved->len; i++)
    cs_record_emit_changed (g_ptr_array_index (order->moved, i));
  g_ptr_array_set_size (order->moved, 0);
  return G_SOURCE_REMOVE;
}

static void
item_changed_cb (GObject *item, gpointer data)
{
  Order *order = g_object_get_data (G_OBJECT (data), "cs-order");

  if (order == NULL || get_place (item) == make_place (item))
    return;
  g_ptr_array_add (order->moved, g_object_ref (item));
  if (order->idle == 0)
    order->idle = g_idle_add (sort_again_cb, order);
}

static void
items_changed_cb (GListModel *journal, guint position, guint removed, guint added, gpointer data)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (journal, i);

      /* One that is here again stands, for the sorter, where it stood. */
      if (get_place (item) == NULL)
        put_in_place (item);
      else
        item_changed_cb (item, data);
      g_signal_handlers_disconnect_by_func (item, item_changed_cb, data);
      g_signal_connect_object (item, "changed", G_CALLBACK (item_changed_cb), data, 0);
    }
}

/** cs_activity_list_new: Returns: (transfer full): @alerts and @journal in groups */
GListModel *
cs_activity_list_new (CsRecordList *alerts, CsRecordList *journal)
{
  GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (compare_groups, NULL, NULL));
  GListStore *both = g_list_store_new (G_TYPE_LIST_MODEL);
  GtkSortListModel *sorted
      = gtk_sort_list_model_new (G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (both))), NULL);
  Order *order = g_new0 (Order, 1);

  g_list_store_append (both, alerts);
  g_list_store_append (both, journal);
  gtk_sort_list_model_set_section_sorter (sorted, sorter);
  order->sorted = sorted;
  order->sorter = sorter;
  order->moved = g_ptr_array_new_with_free_func (g_object_unref);
  g_object_set_data_full (G_OBJECT (sorted), "cs-order", order, order_free);
  g_signal_connect_object (journal, "items-changed", G_CALLBACK (items_changed_cb), sorted, 0);
  items_changed_cb (G_LIST_MODEL (journal), 0, 0, g_list_model_get_n_items (G_LIST_MODEL (journal)), sorted);
  return G_LIST_MODEL (sorted);
}
