/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-window-private.h"

#include "cs-activity-page.h"
#include "cs-clients-page.h"
#include "cs-desk-settings.h"
#include "cs-invoices-page.h"
#include "cs-jobs-page.h"
#include "cs-proposals-page.h"
#include "cs-session-schedule.h"
#include "cs-toast.h"
#include "cs-work.h"

G_DEFINE_FINAL_TYPE (CsWindow, cs_window, ADW_TYPE_APPLICATION_WINDOW)

typedef GtkWidget *(*PageFunc) (CsSession *session);

static GtkWidget *
make_proposals (CsSession *session)
{
  return GTK_WIDGET (cs_proposals_page_new (session));
}

static GtkWidget *
make_clients (CsSession *session)
{
  return GTK_WIDGET (cs_clients_page_new (session));
}

static GtkWidget *
make_invoices (CsSession *session)
{
  return GTK_WIDGET (cs_invoices_page_new (session));
}

static GtkWidget *
make_activity (CsSession *session)
{
  return GTK_WIDGET (cs_activity_page_new (session));
}

static GtkWidget *
make_jobs (CsSession *session)
{
  return GTK_WIDGET (cs_jobs_page_new (session));
}

static const struct
{
  const char *name;
  const char *title;
  PageFunc make;
  gboolean counts; /* it tells the sidebar of how many things that need a person */
} PAGES[] = {
  { "proposals", N_ ("Proposals"), make_proposals, FALSE },
  { "clients", N_ ("Clients"), make_clients, FALSE },
  { "invoices", N_ ("Invoices"), make_invoices, FALSE },
  { "activity", N_ ("Activity"), make_activity, TRUE },
  { "jobs", N_ ("Jobs"), make_jobs, TRUE },
};

static int
find_page (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (PAGES); i++)
    if (g_strcmp0 (PAGES[i].name, name) == 0)
      return (int)i;
  return -1;
}

/* There are no jobs without a practice manager. */
static gboolean
is_offered (CsWindow *self, const char *page)
{
  return find_page (page) >= 0 && self->session != NULL
         && (g_strcmp0 (page, "jobs") != 0
             || cs_work_get_connection (cs_session_get_work (self->session)) != NULL);
}

static void
on_blocked_changed (CsWindow *self, GParamSpec *pspec, GObject *page)
{
  guint count = 0;

  g_object_get (page, "n-blocked", &count, NULL);
  cs_sidebar_set_badge (self->sidebar,
                        gtk_stack_page_get_name (gtk_stack_get_page (self->pages, GTK_WIDGET (page))), count);
}

GtkWidget *
cs_window_get_page (CsWindow *self, const char *page)
{
  int index = find_page (page);
  GtkWidget *widget;

  g_assert (CS_IS_WINDOW (self));

  if (index < 0 || self->session == NULL)
    return NULL;
  widget = gtk_stack_get_child_by_name (self->pages, page);
  if (widget != NULL)
    return widget;
  widget = PAGES[index].make (self->session);
  gtk_stack_add_named (self->pages, widget, page);
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (widget), "n-blocked") != NULL)
    {
      g_signal_connect_object (widget, "notify::n-blocked", G_CALLBACK (on_blocked_changed), self,
                               G_CONNECT_SWAPPED);
      on_blocked_changed (self, NULL, G_OBJECT (widget));
    }
  return widget;
}

const char *
cs_window_get_page_name (CsWindow *self)
{
  const char *name = gtk_stack_get_visible_child_name (self->pages);

  return name != NULL ? name : PAGES[0].name;
}

/* --- what buttons start --- */

typedef struct
{
  GWeakRef window;
  char *done;
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_weak_ref_clear (&run->window);
  g_free (run->done);
  g_free (run);
}

static DexFuture *
run_ended (DexFuture *future, gpointer data)
{
  Run *run = data;
  g_autoptr (CsWindow) self = g_weak_ref_get (&run->window);
  g_autoptr (GError) error = NULL;

  if (self == NULL)
    return NULL;
  if (dex_future_get_value (future, &error) == NULL)
    {
      if (!cs_error_is_cancelled (error))
        cs_show_error (GTK_WIDGET (self->pages), error);
    }
  else if (run->done != NULL)
    cs_window_say (self, run->done);
  return NULL;
}

static void
forget_ended_runs (CsWindow *self)
{
  for (guint i = self->runs->len; i > 0; i--)
    if (dex_future_get_status (g_ptr_array_index (self->runs, i - 1)) != DEX_FUTURE_STATUS_PENDING)
      g_ptr_array_remove_index_fast (self->runs, i - 1);
}

void
cs_window_run (CsWindow *self, DexFuture *future, const char *done)
{
  Run *run = g_new0 (Run, 1);

  g_assert (CS_IS_WINDOW (self));

  forget_ended_runs (self);
  g_weak_ref_init (&run->window, self);
  run->done = g_strdup (done);
  g_ptr_array_add (self->runs, dex_future_finally (future, run_ended, run, run_free));
}

/* --- the practice --- */

/* Coming back from Xero's own window, people expect to see what they did there. Nobody asked by hand, so
 * nothing is said: the health row tells how it went. */
static void
on_is_active (CsWindow *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 age_us = (gint64)cs_desk_settings_get_refresh_seconds () * G_USEC_PER_SEC;

  if (!gtk_window_is_active (GTK_WINDOW (self)) || self->session == NULL
      || (self->came_back != 0 && now - self->came_back < age_us))
    return;
  self->came_back = now;
  cs_session_came_back (self->session);
}

/* A page that counts is made while nobody waits for it; any other when it is shown first, as it takes memory
 * that who never goes there need not give. */
static gboolean
make_counting_pages (gpointer data)
{
  CsWindow *self = data;

  for (gsize i = 0; i < G_N_ELEMENTS (PAGES); i++)
    if (PAGES[i].counts && is_offered (self, PAGES[i].name)
        && gtk_stack_get_child_by_name (self->pages, PAGES[i].name) == NULL)
      {
        cs_window_get_page (self, PAGES[i].name);
        return G_SOURCE_CONTINUE;
      }
  return G_SOURCE_REMOVE;
}

static void
make_counting_pages_later (CsWindow *self)
{
  g_idle_add_full (G_PRIORITY_LOW, make_counting_pages, g_object_ref (self), g_object_unref);
}

static void
on_session_changed (CsWindow *self, guint change)
{
  if (change & CS_CHANGE_CONNECTION)
    cs_window_update_actions (self);
  if (change & (CS_CHANGE_CONNECTION | CS_CHANGE_WORK))
    make_counting_pages_later (self);
}

static void
drop_pages (CsWindow *self)
{
  GtkWidget *page;

  while ((page = gtk_widget_get_first_child (GTK_WIDGET (self->pages))) != NULL)
    gtk_stack_remove (self->pages, page);
  cs_sidebar_set_badge (self->sidebar, "activity", 0);
  cs_sidebar_set_badge (self->sidebar, "jobs", 0);
}

static gboolean
cs_window_close_request (GtkWindow *window)
{
  /* The application closes the practice first, and then the window: a write is never lost. */
  gtk_widget_activate_action (GTK_WIDGET (window), "app.quit", NULL);
  return GDK_EVENT_STOP;
}

/* What had the focus may be gone, made anew meanwhile, or on a page that another one has covered: then no key
 * leads anywhere, and whoever has no mouse is lost. Looked at once all that is on its way has happened. */
static gboolean
keep_focus (gpointer data)
{
  CsWindow *self = data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  self->focus_source = 0;
  if (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self)) != NULL
      || (focus != NULL && gtk_widget_get_mapped (focus)))
    return G_SOURCE_REMOVE;
  /* What is covered would go on looking for the next place within itself. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_child_focus (GTK_WIDGET (self->content), GTK_DIR_TAB_FORWARD);
  return G_SOURCE_REMOVE;
}

static void
look_after_focus (CsWindow *self)
{
  if (self->focus_source == 0)
    self->focus_source = g_idle_add_full (G_PRIORITY_LOW, keep_focus, self, NULL);
}

static gboolean
dialog_may_go (gpointer data)
{
  return G_SOURCE_REMOVE;
}

/* Without animations a dialog is taken down while it still closes, and libadwaita then speaks of its sheet
 * once more. Who closes by a key or the mouse holds it so long, as GTK holds whatever an event was sent to; a
 * screen reader that presses the button does not: then it is gone, and a critical message the least that
 * comes of it. */
static void
dialog_closed_cb (AdwDialog *dialog)
{
  g_idle_add_full (G_PRIORITY_HIGH, dialog_may_go, g_object_ref (dialog), g_object_unref);
}

/* A dialog keeps the window's keys from its own: help is wanted there most. */
static void
on_visible_dialog (CsWindow *self)
{
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self));
  GtkEventController *keys;

  look_after_focus (self);
  if (dialog == NULL || g_object_get_data (G_OBJECT (dialog), "cs-help-key") != NULL)
    return;
  g_signal_connect (dialog, "closed", G_CALLBACK (dialog_closed_cb), NULL);
  keys = gtk_shortcut_controller_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_F1, 0), gtk_named_action_new ("win.help")));
  gtk_widget_add_controller (GTK_WIDGET (dialog), keys);
  g_object_set_data (G_OBJECT (dialog), "cs-help-key", keys);
}

static void
cs_window_dispose (GObject *object)
{
  CsWindow *self = CS_WINDOW (object);

  g_clear_handle_id (&self->focus_source, g_source_remove);
  g_clear_pointer (&self->runs, g_ptr_array_unref);
  g_clear_object (&self->signals);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_WINDOW);
  self->opening_page = NULL;
  self->problem_page = NULL;
  G_OBJECT_CLASS (cs_window_parent_class)->dispose (object);
}

static void
cs_window_class_init (CsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_SIDEBAR);

  G_OBJECT_CLASS (klass)->dispose = cs_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = cs_window_close_request;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/countersign/Countersign/ui/shell/cs-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CsWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, CsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, CsWindow, split);
  gtk_widget_class_bind_template_child (widget_class, CsWindow, content);
  gtk_widget_class_bind_template_child (widget_class, CsWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, CsWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, CsWindow, demo_banner);
  cs_window_install_actions (widget_class);
}

static void
cs_window_init (CsWindow *self)
{
  self->runs = g_ptr_array_new_with_free_func (dex_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  if (IS_DEVELOPMENT)
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
  g_signal_connect (self, "notify::visible-dialog", G_CALLBACK (on_visible_dialog), NULL);
  g_signal_connect (self, "notify::focus-widget", G_CALLBACK (look_after_focus), NULL);
  self->signals = g_signal_group_new (CS_TYPE_SESSION);
  g_signal_group_connect_swapped (self->signals, "changed", G_CALLBACK (on_session_changed), self);
  g_signal_group_connect_swapped (self->signals, "notify::link-state", G_CALLBACK (cs_window_update_actions),
                                  self);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (on_is_active), NULL);
  cs_window_update_actions (self);
}

/**
 * cs_window_new:
 * @application: who the window belongs to
 *
 * Returns: (transfer none): the window, sized as it was last, not shown yet
 */
CsWindow *
cs_window_new (AdwApplication *application)
{
  CsWindow *self = g_object_new (CS_TYPE_WINDOW, "application", application, NULL);

  cs_desk_settings_restore_window (GTK_WINDOW (self));
  return self;
}

/**
 * cs_window_show_practice:
 * @self: the window
 *
 * Shows the practice that is open, as it was left, in place of what was waited for.
 */
void
cs_window_show_practice (CsWindow *self)
{
  g_return_if_fail (CS_IS_WINDOW (self) && self->session != NULL);

  gtk_stack_set_visible_child_name (self->stack, "practice");
}

/**
 * cs_window_set_session:
 * @self: the window
 * @session: (nullable): an open practice
 *
 * Shows @session, or lets go of the one that is shown.
 */
void
cs_window_set_session (CsWindow *self, CsSession *session)
{
  g_autofree char *last = NULL;

  g_return_if_fail (CS_IS_WINDOW (self));
  g_return_if_fail (session == NULL || CS_IS_SESSION (session));

  if (self->session == session)
    return;
  g_ptr_array_set_size (self->runs, 0);
  drop_pages (self);
  g_set_object (&self->session, session);
  g_signal_group_set_target (self->signals, session);
  cs_sidebar_set_session (self->sidebar, session);
  cs_window_update_actions (self);
  if (session == NULL)
    return;
  adw_banner_set_revealed (self->demo_banner, cs_session_get_practice (session)->is_demo);
  /* Before the sidebar is seen: the focus goes to its first row otherwise, and so the first page is shown. */
  last = cs_desk_settings_dup_last_page ();
  cs_window_show_page (self, is_offered (self, last) ? last : PAGES[0].name);
  gtk_stack_set_visible_child_name (self->stack, "practice");
  make_counting_pages_later (self);
}

/**
 * cs_window_show_page:
 * @self: the window
 * @page: proposals, clients, invoices, activity or jobs
 *
 * Shows a page of the practice.
 */
void
cs_window_show_page (CsWindow *self, const char *page)
{
  GtkWidget *widget;

  g_return_if_fail (CS_IS_WINDOW (self));

  widget = is_offered (self, page) ? cs_window_get_page (self, page) : NULL;
  if (widget == NULL)
    return;
  gtk_stack_set_visible_child (self->pages, widget);
  look_after_focus (self);
  adw_navigation_page_set_title (self->content, _ (PAGES[find_page (page)].title));
  cs_sidebar_select (self->sidebar, page);
  adw_navigation_split_view_set_show_content (self->split, TRUE);
  cs_desk_settings_set_last_page (page);
}

/**
 * cs_window_flush:
 * @self: the window
 *
 * Takes the focus away, upon which a field gives what was typed to its page, and has the page write it.
 *
 * Returns: (transfer full): resolves when every edit is on disk; rejects when one can't be written
 */
DexFuture *
cs_window_flush (CsWindow *self)
{
  GtkWidget *page;

  g_return_val_if_fail (CS_IS_WINDOW (self), NULL);

  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  page = self->session != NULL ? gtk_stack_get_child_by_name (self->pages, "proposals") : NULL;
  return page != NULL ? cs_proposals_page_flush (CS_PROPOSALS_PAGE (page))
                      : dex_future_new_for_boolean (TRUE);
}

/**
 * cs_window_say:
 * @self: the window
 * @text: plain text
 *
 * Says something that went well, in a toast.
 */
void
cs_window_say (CsWindow *self, const char *text)
{
  g_return_if_fail (CS_IS_WINDOW (self));

  cs_toast (GTK_WIDGET (self), text);
}

/**
 * cs_window_offer:
 * @self: the window
 * @text: plain text: what happened
 * @button: what can be done
 * @action: which action that is
 *
 * Says something that waits for a person, at the foot of the window until cs_window_end_offer(). Nobody can
 * close it by mistake, as a toast.
 */
void
cs_window_offer (CsWindow *self, const char *text, const char *button, const char *action)
{
  g_return_if_fail (CS_IS_WINDOW (self));

  if (self->offer_banner == NULL)
    {
      GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (self->demo_banner), ADW_TYPE_TOOLBAR_VIEW);

      self->offer_banner = g_object_new (ADW_TYPE_BANNER, "use-markup", FALSE, "accessible-role",
                                         GTK_ACCESSIBLE_ROLE_GROUP, NULL);
      adw_toolbar_view_add_bottom_bar (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (self->offer_banner));
    }
  adw_banner_set_title (self->offer_banner, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->offer_banner), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  -1);
  adw_banner_set_button_label (self->offer_banner, button);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->offer_banner), action);
  adw_banner_set_revealed (self->offer_banner, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->offer_banner), TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

/** cs_window_end_offer: takes away what cs_window_offer() said, if anything. */
void
cs_window_end_offer (CsWindow *self)
{
  g_return_if_fail (CS_IS_WINDOW (self));

  /* Folded up alone it would be there for a screen reader. */
  if (self->offer_banner != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->offer_banner), FALSE);
}
