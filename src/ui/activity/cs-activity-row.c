/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-activity-list.h"

#include "cs-alert-item.h"
#include "cs-format.h"
#include "cs-journal-item.h"
#include "cs-list-row.h"
#include "cs-need-card.h"
#include "cs-operation-words.h"

#include <glib/gi18n-lib.h>

/* --- rows --- */

/* When, for what is over; how it goes on, for the rest. */
static char *
describe (const CsOperation *operation, CsSession *session)
{
  if (cs_operation_get_group (operation) == CS_OPERATION_OVER)
    return cs_format_ago (cs_operation_get_moved_ms (operation),
                          cs_clock_now_ms (cs_session_get_clock (session)));
  return cs_operation_words_outcome (operation, session);
}

static void
fill_row (CsListRow *row, const CsOperation *operation, CsSession *session)
{
  g_autofree char *title = cs_operation_words_title (operation);
  g_autofree char *how = describe (operation, session);
  g_autofree char *amount = operation->is_invoice ? cs_format_money (operation->amount) : g_strdup ("");
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", operation->title, how);

  cs_list_row_set_texts (row, title, subtitle, amount);
  cs_list_row_set_pill (row, cs_pill_for_operation (operation), NULL);
}

/* A row that becomes a card, or is one no more, gets another child. */
static GtkWidget *
ensure_child (GtkListItem *list_item, GType type)
{
  GtkWidget *child = gtk_list_item_get_child (list_item);

  if (child != NULL && G_TYPE_CHECK_INSTANCE_TYPE (child, type))
    return child;
  child = g_object_new (type, NULL);
  gtk_list_item_set_child (list_item, child);
  return child;
}

static void
fill_alert (GtkListItem *list_item, const CsAlert *alert, CsSession *session)
{
  GtkWidget *child = ensure_child (list_item, CS_TYPE_NEED_CARD);
  g_autofree char *label = NULL;
  g_autofree char *moment = cs_format_moment (alert->raised_ms, cs_session_get_time_zone (session));

  cs_need_card_show_alert (CS_NEED_CARD (child), alert, session);
  label = cs_need_card_describe (CS_NEED_CARD (child));
  gtk_list_item_set_accessible_label (list_item, label);
  gtk_list_item_set_accessible_description (list_item, moment);
}

static void
fill_operation (GtkListItem *list_item, const CsOperation *operation, CsSession *session)
{
  gboolean needs_person = cs_operation_get_group (operation) == CS_OPERATION_NEEDS_YOU;
  GtkWidget *child = ensure_child (list_item, needs_person ? CS_TYPE_NEED_CARD : CS_TYPE_LIST_ROW);
  g_autofree char *label = NULL;
  g_autofree char *moments = cs_operation_words_moments (operation, session);

  if (needs_person)
    {
      cs_need_card_show_operation (CS_NEED_CARD (child), operation, session);
      label = cs_need_card_describe (CS_NEED_CARD (child));
    }
  else
    {
      fill_row (CS_LIST_ROW (child), operation, session);
      gtk_widget_set_tooltip_text (child, moments);
      label = cs_list_row_describe (CS_LIST_ROW (child));
    }
  gtk_list_item_set_accessible_label (list_item, label);
  gtk_list_item_set_accessible_description (list_item, moments);
}

static void
fill (GtkListItem *list_item, gpointer item)
{
  CsSession *session = g_object_get_data (G_OBJECT (list_item), "cs-session");

  if (CS_IS_ALERT_ITEM (item))
    fill_alert (list_item, cs_alert_item_get (item), session);
  else
    fill_operation (list_item, cs_journal_item_get (item), session);
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *list_item, gpointer session)
{
  g_object_set_data (G_OBJECT (list_item), "cs-session", session);
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *list_item, gpointer session)
{
  gpointer item = gtk_list_item_get_item (list_item);

  fill (list_item, item);
  g_signal_connect_object (item, "changed", G_CALLBACK (fill), list_item, G_CONNECT_SWAPPED);
}

static void
unbind_cb (GtkListItemFactory *factory, GtkListItem *list_item, gpointer session)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (list_item), fill, list_item);
}

/** cs_activity_row_factory_new: Returns: (transfer full): makes the rows of an activity list */
GtkListItemFactory *
cs_activity_row_factory_new (CsSession *session)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), session);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), session);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), session);
  return factory;
}

/* --- what stands over a group --- */

static const char *
name_group (CsOperationGroup group)
{
  switch (group)
    {
    case CS_OPERATION_NEEDS_YOU:
      return _ ("Needs you");
    case CS_OPERATION_WAITING:
      return _ ("Waiting");
    case CS_OPERATION_GOING:
      return _ ("Going out");
    case CS_OPERATION_OVER:
    default:
      return _ ("Done");
    }
}

static void
show_count (GtkListHeader *header)
{
  GtkWidget *box = gtk_list_header_get_child (header);
  g_autofree char *count = g_strdup_printf ("%'u", gtk_list_header_get_n_items (header));

  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (box)), count);
}

static void
header_setup_cb (GtkListItemFactory *factory, GtkListHeader *header)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *count = gtk_label_new (NULL);

  gtk_widget_add_css_class (box, "group-header");
  gtk_widget_add_css_class (name, "caption-heading");
  gtk_widget_add_css_class (count, "caption");
  gtk_widget_add_css_class (count, "dimmed");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), count);
  gtk_list_header_set_child (header, box);
  g_signal_connect (header, "notify::n-items", G_CALLBACK (show_count), NULL);
}

static void
show_name (GtkListHeader *header)
{
  gpointer item = gtk_list_header_get_item (header);

  if (item != NULL)
    gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (gtk_list_header_get_child (header))),
                        name_group (cs_activity_list_get_shown_group (item)));
}

/* A group of one that goes on as a whole is the same section by another name. */
static void
header_bind_cb (GtkListItemFactory *factory, GtkListHeader *header)
{
  gpointer item = gtk_list_header_get_item (header);

  show_name (header);
  show_count (header);
  if (item != NULL)
    g_signal_connect_object (item, "changed", G_CALLBACK (show_name), header, G_CONNECT_SWAPPED);
}

static void
header_unbind_cb (GtkListItemFactory *factory, GtkListHeader *header)
{
  gpointer item = gtk_list_header_get_item (header);

  if (item != NULL)
    g_signal_handlers_disconnect_by_func (item, show_name, header);
}

/** cs_activity_header_factory_new: Returns: (transfer full): names the groups, and counts them */
GtkListItemFactory *
cs_activity_header_factory_new (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (header_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (header_bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (header_unbind_cb), NULL);
  return factory;
}
