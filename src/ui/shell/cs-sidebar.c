/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-sidebar.h"

#include "cs-health-row.h"
#include "cs-late-menu.h"
#include "cs-sidebar-row.h"
#include "cs-sync-words.h"
#include "cs-work.h"

#define HEALTH_REFRESH_SECONDS 20

struct _CsSidebar
{
  AdwBin parent_instance;
  AdwWindowTitle *title;
  GtkMenuButton *menu_button;
  GMenuModel *main_menu;
  GtkListBox *pages;
  GtkWidget *activity;
  GtkLabel *activity_label;
  GtkProgressBar *activity_bar;
  CsHealthRow *health;
  CsHealthRow *work_health;
  GtkWidget *sync_button;

  CsSession *session;
  GSignalGroup *signals;
  guint timer;
  GSignalGroup *work_signals;
  gboolean is_marking; /* we select the row, nobody else does */
};

G_DEFINE_FINAL_TYPE (CsSidebar, cs_sidebar, ADW_TYPE_BIN)

static CsSidebarRow *
find_row (CsSidebar *self, const char *page)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->pages, i)) != NULL; i++)
    if (g_str_equal (cs_sidebar_row_get_page (CS_SIDEBAR_ROW (row)), page))
      return CS_SIDEBAR_ROW (row);
  return NULL;
}

static void
on_page_activated (CsSidebar *self, GtkListBoxRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "s",
                              cs_sidebar_row_get_page (CS_SIDEBAR_ROW (row)));
}

/* The arrow keys move the highlight, which is always the open page. */
static void
on_page_selected (CsSidebar *self, GtkListBoxRow *row)
{
  if (row != NULL && !self->is_marking)
    on_page_activated (self, row);
}

static gboolean
is_linked (CsSidebar *self)
{
  CsLinkState state = cs_session_get_link_state (self->session);

  return state != CS_LINK_NONE && state != CS_LINK_DISCONNECTED;
}

/* Where the end is known; the words say the rest. */
static void
show_fraction (CsSidebar *self)
{
  double fraction = cs_sync_words_fraction (cs_session_get_sync_progress (self->session));

  gtk_widget_set_visible (GTK_WIDGET (self->activity_bar), fraction >= 0);
  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->activity_bar, fraction);
}

static void
show_health (CsSidebar *self, const CsHealth *health)
{
  /* Of a connection that isn't there nothing can be told: the row leads to making one. */
  cs_health_row_show (self->health, "Xero", health, is_linked (self) ? "win.show-health" : "win.connect");
  gtk_widget_set_visible (self->activity, health->activity != NULL);
  if (health->activity != NULL)
    gtk_label_set_label (self->activity_label, health->activity);
  show_fraction (self);
}

/* A practice without one isn't told of what it hasn't. */
static void
show_work (CsSidebar *self)
{
  CsWork *work = cs_session_get_work (self->session);
  gboolean is_known = cs_work_get_connection (work) != NULL;
  g_autoptr (CsHealth) health = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->work_health), is_known);
  gtk_widget_set_visible (GTK_WIDGET (find_row (self, "jobs")), is_known);
  if (!is_known)
    return;
  health = cs_health_new_for_work (self->session);
  cs_health_row_show (self->work_health, _ ("Practice Manager"), health, "win.show-work");
}

static void
show_title (CsSidebar *self)
{
  const CsSettings *settings = cs_session_get_settings (self->session);
  const CsConnection *connection = cs_session_get_connection (self->session);
  const char *name = settings->practice_name;

  if (name == NULL || *name == '\0')
    name = cs_session_get_practice (self->session)->name;
  adw_window_title_set_title (self->title, name);
  adw_window_title_set_subtitle (
      self->title,
      connection != NULL && g_strcmp0 (connection->tenant_name, name) != 0 ? connection->tenant_name : "");
}

static void
update (CsSidebar *self)
{
  g_autoptr (CsHealth) health = NULL;

  if (self->session == NULL)
    return;
  health = cs_health_new_for_session (self->session);
  show_title (self);
  show_health (self, health);
  show_work (self);
}

static gboolean
on_timer (gpointer data)
{
  update (data);
  return G_SOURCE_CONTINUE;
}

static void
on_session_changed (CsSidebar *self, guint change)
{
  if (change & (CS_CHANGE_CONNECTION | CS_CHANGE_SETTINGS | CS_CHANGE_LEDGER | CS_CHANGE_WORK))
    update (self);
}

static void
cs_sidebar_map (GtkWidget *widget)
{
  CsSidebar *self = CS_SIDEBAR (widget);

  GTK_WIDGET_CLASS (cs_sidebar_parent_class)->map (widget);
  update (self);
  if (self->timer == 0)
    self->timer = g_timeout_add_seconds (HEALTH_REFRESH_SECONDS, on_timer, self);
}

static void
cs_sidebar_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&CS_SIDEBAR (widget)->timer, g_source_remove);
  GTK_WIDGET_CLASS (cs_sidebar_parent_class)->unmap (widget);
}

static void
cs_sidebar_dispose (GObject *object)
{
  CsSidebar *self = CS_SIDEBAR (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->signals);
  g_clear_object (&self->work_signals);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_SIDEBAR);
  G_OBJECT_CLASS (cs_sidebar_parent_class)->dispose (object);
}

static void
cs_sidebar_class_init (CsSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_HEALTH_ROW);
  G_OBJECT_CLASS (klass)->dispose = cs_sidebar_dispose;
  widget_class->map = cs_sidebar_map;
  widget_class->unmap = cs_sidebar_unmap;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/countersign/Countersign/ui/shell/cs-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, CsSidebar, title);
  gtk_widget_class_bind_template_child (widget_class, CsSidebar, menu_button);
  gtk_widget_class_bind_template_child (widget_class, CsSidebar, main_menu);
  gtk_widget_class_bind_template_child (widget_class, CsSidebar, pages);
  gtk_widget_class_bind_template_child (widget_class, CsSidebar, activity);
  gtk_widget_class_bind_template_child (widget_class, CsSidebar, activity_label);
  gtk_widget_class_bind_template_child (widget_class, CsSidebar, activity_bar);
  gtk_widget_class_bind_template_child (widget_class, CsSidebar, health);
  gtk_widget_class_bind_template_child (widget_class, CsSidebar, work_health);
  gtk_widget_class_bind_template_child (widget_class, CsSidebar, sync_button);
  gtk_widget_class_bind_template_callback (widget_class, on_page_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_page_selected);
}

static void
cs_sidebar_init (CsSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cs_late_menu_attach (self->menu_button, self->main_menu);
  gtk_list_box_append (self->pages,
                       cs_sidebar_row_new ("proposals", _ ("Proposals"), "cs-proposals-symbolic"));
  gtk_list_box_append (self->pages, cs_sidebar_row_new ("clients", _ ("Clients"), "cs-clients-symbolic"));
  gtk_list_box_append (self->pages, cs_sidebar_row_new ("invoices", _ ("Invoices"), "cs-invoices-symbolic"));
  gtk_list_box_append (self->pages, cs_sidebar_row_new ("activity", _ ("Activity"), "cs-activity-symbolic"));
  /* Last, so that the others keep their keys: a practice without a practice manager doesn't see it. */
  gtk_list_box_append (self->pages, cs_sidebar_row_new ("jobs", _ ("Jobs"), "cs-jobs-symbolic"));
  gtk_widget_set_visible (GTK_WIDGET (find_row (self, "jobs")), FALSE);

  self->signals = g_signal_group_new (CS_TYPE_SESSION);
  g_signal_group_connect_swapped (self->signals, "changed", G_CALLBACK (on_session_changed), self);
  g_signal_group_connect_swapped (self->signals, "notify", G_CALLBACK (update), self);
  self->work_signals = g_signal_group_new (CS_TYPE_WORK);
  g_signal_group_connect_swapped (self->work_signals, "notify", G_CALLBACK (update), self);
}

/**
 * cs_sidebar_set_session:
 * @self: the sidebar
 * @session: (nullable): the practice to show
 *
 * Shows the name and the connection of @session from now on.
 */
void
cs_sidebar_set_session (CsSidebar *self, CsSession *session)
{
  g_return_if_fail (CS_IS_SIDEBAR (self));

  g_set_object (&self->session, session);
  g_signal_group_set_target (self->signals, session);
  g_signal_group_set_target (self->work_signals, session != NULL ? cs_session_get_work (session) : NULL);
  update (self);
}

/* Who stands on a row and goes to a page by its key stands on that page's row: the arrows go on there. */
static void
follow_with_focus (CsSidebar *self, GtkListBoxRow *row)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (row != NULL && focus != NULL && focus != GTK_WIDGET (row) && GTK_IS_LIST_BOX_ROW (focus)
      && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->pages)))
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

/**
 * cs_sidebar_select:
 * @self: the sidebar
 * @page: the name of the page that is shown
 *
 * Marks the row of @page, without showing it.
 */
void
cs_sidebar_select (CsSidebar *self, const char *page)
{
  GtkListBoxRow *row;

  g_return_if_fail (CS_IS_SIDEBAR (self));

  row = GTK_LIST_BOX_ROW (find_row (self, page));
  self->is_marking = TRUE;
  gtk_list_box_select_row (self->pages, row);
  follow_with_focus (self, row);
  self->is_marking = FALSE;
}

/**
 * cs_sidebar_set_badge:
 * @self: the sidebar
 * @page: the name of a page
 * @count: how many things there need a person
 *
 * Shows @count at the row of @page.
 */
void
cs_sidebar_set_badge (CsSidebar *self, const char *page, guint count)
{
  CsSidebarRow *row;

  g_return_if_fail (CS_IS_SIDEBAR (self));

  row = find_row (self, page);
  if (row != NULL)
    cs_sidebar_row_set_count (row, count);
}
