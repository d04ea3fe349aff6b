/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-calls-pane.h"

#include "cs-call-row.h"
#include "cs-request-item.h"

#include <glib/gi18n-lib.h>

struct _CsCallsPane
{
  AdwBin parent_instance;
  GtkStack *stack;
  AdwStatusPage *failed_page;
  GtkScrolledWindow *scroller;
  GtkLabel *count_label;

  CsSession *session;
  CsRecordList *list;
};

G_DEFINE_FINAL_TYPE (CsCallsPane, cs_calls_pane, ADW_TYPE_BIN)

static const char *
choose_page (CsCallsPane *self, guint n_items)
{
  if (n_items > 0)
    return "content";
  switch (cs_record_list_get_state (self->list))
    {
    case CS_LIST_LOADING:
      return "loading";
    case CS_LIST_FAILED:
      return "failed";
    case CS_LIST_READY:
    default:
      return "empty";
    }
}

static void
update (CsCallsPane *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  g_autofree char *count = NULL;

  if (n_items < CS_REQUEST_LIST_MAX)
    count = g_strdup_printf (ngettext ("%'u call", "%'u calls", n_items), n_items);
  else
    count = g_strdup_printf (ngettext ("The newest %'u call", "The newest %'u calls", n_items), n_items);
  adw_status_page_set_description (self->failed_page, cs_record_list_get_problem (self->list));
  gtk_stack_set_visible_child_name (self->stack, choose_page (self, n_items));
  gtk_label_set_text (self->count_label, count);
  gtk_widget_set_visible (GTK_WIDGET (self->count_label), n_items > 0);
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *list_item, gpointer session)
{
  gtk_list_item_set_child (list_item, g_object_new (CS_TYPE_CALL_ROW, NULL));
  gtk_list_item_set_activatable (list_item, FALSE);
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *list_item, gpointer session)
{
  const CsRequest *request = cs_request_item_get (gtk_list_item_get_item (list_item));
  g_autofree char *label = cs_call_row_describe (request);

  cs_call_row_show (CS_CALL_ROW (gtk_list_item_get_child (list_item)), request, session);
  gtk_list_item_set_accessible_label (list_item, label);
}

static GtkWidget *
make_view (CsCallsPane *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSelectionModel *selection
      = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->list))));
  GtkWidget *view = NULL;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self->session);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self->session);
  view = gtk_list_view_new (selection, factory);
  gtk_list_view_set_show_separators (GTK_LIST_VIEW (view), TRUE);
  gtk_list_view_set_tab_behavior (GTK_LIST_VIEW (view), GTK_LIST_TAB_ITEM);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Calls"), -1);
  return view;
}

static void
cs_calls_pane_dispose (GObject *object)
{
  CsCallsPane *self = CS_CALLS_PANE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_CALLS_PANE);
  g_clear_object (&self->list);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_calls_pane_parent_class)->dispose (object);
}

static void
cs_calls_pane_class_init (CsCallsPaneClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_calls_pane_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/activity/cs-calls-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, CsCallsPane, stack);
  gtk_widget_class_bind_template_child (widget_class, CsCallsPane, failed_page);
  gtk_widget_class_bind_template_child (widget_class, CsCallsPane, scroller);
  gtk_widget_class_bind_template_child (widget_class, CsCallsPane, count_label);
}

static void
cs_calls_pane_init (CsCallsPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** cs_calls_pane_new: Returns: (transfer floating): the newest calls of @session's practice */
GtkWidget *
cs_calls_pane_new (CsSession *session)
{
  CsCallsPane *self = g_object_new (CS_TYPE_CALLS_PANE, NULL);

  self->session = g_object_ref (session);
  self->list = cs_request_list_new (session);
  g_signal_connect_object (self->list, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_child (self->scroller, make_view (self));
  update (self);
  return GTK_WIDGET (self);
}
