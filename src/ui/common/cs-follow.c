/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-follow.h"

/* Of the child of a list item, as long as that lives. */
typedef struct
{
  GtkListItem *list_item; /* holds the child */
  CsFollowFill fill;
  gpointer item;     /* (nullable): what it is bound to */
  gboolean is_stale; /* the item has changed since it was filled */
} Follower;

static Follower *
get_follower (GtkWidget *child)
{
  return g_object_get_data (G_OBJECT (child), "cs-follower");
}

static void
fill (Follower *follower)
{
  follower->is_stale = FALSE;
  follower->fill (follower->list_item, follower->item);
}

static void
mapped_cb (GtkWidget *child)
{
  Follower *follower = get_follower (child);

  if (follower->is_stale && follower->item != NULL)
    fill (follower);
}

static void
changed_cb (GtkWidget *child)
{
  Follower *follower = get_follower (child);

  if (gtk_widget_get_mapped (child))
    fill (follower);
  else
    follower->is_stale = TRUE;
}

static Follower *
ensure_follower (GtkListItem *list_item)
{
  GtkWidget *child = gtk_list_item_get_child (list_item);
  Follower *follower = get_follower (child);

  if (follower == NULL)
    {
      follower = g_new0 (Follower, 1);
      follower->list_item = list_item;
      g_object_set_data_full (G_OBJECT (child), "cs-follower", follower, g_free);
      g_signal_connect (child, "map", G_CALLBACK (mapped_cb), NULL);
    }
  return follower;
}

/**
 * cs_follow_bind:
 * @list_item: that is being bound; it has its child
 * @fill: puts into the child what the item says; called now, and whenever that may have changed
 */
void
cs_follow_bind (GtkListItem *list_item, CsFollowFill fill_func)
{
  Follower *follower;

  g_return_if_fail (GTK_IS_LIST_ITEM (list_item) && fill_func != NULL);

  follower = ensure_follower (list_item);
  follower->fill = fill_func;
  follower->item = gtk_list_item_get_item (list_item);
  g_signal_connect_object (follower->item, "changed", G_CALLBACK (changed_cb),
                           gtk_list_item_get_child (list_item), G_CONNECT_SWAPPED);
  fill (follower);
}

/** cs_follow_unbind: @list_item is being unbound. */
void
cs_follow_unbind (GtkListItem *list_item)
{
  GtkWidget *child;
  Follower *follower;

  g_return_if_fail (GTK_IS_LIST_ITEM (list_item));

  child = gtk_list_item_get_child (list_item);
  follower = get_follower (child);
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (list_item), changed_cb, child);
  follower->item = NULL;
}

static gboolean
query_tooltip_cb (GtkWidget *widget, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip)
{
  const char *text = g_object_get_data (G_OBJECT (widget), "cs-tooltip");

  gtk_tooltip_set_text (tooltip, text);
  return *text != '\0';
}

/**
 * cs_follow_set_tooltip:
 * @widget: a part of what is filled
 * @text: its tooltip and description; "" for none
 *
 * gtk_widget_set_tooltip_text() asks the display where the pointer is, each time.
 */
void
cs_follow_set_tooltip (GtkWidget *widget, const char *text)
{
  g_return_if_fail (GTK_IS_WIDGET (widget) && text != NULL);

  if (!gtk_widget_get_has_tooltip (widget))
    {
      gtk_widget_set_has_tooltip (widget, TRUE);
      g_signal_connect (widget, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
    }
  g_object_set_data_full (G_OBJECT (widget), "cs-tooltip", g_strdup (text), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}
