/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-work-page.h"

#include "cs-follow-up.h"
#include "cs-job-rules-page.h"
#include "cs-team-page.h"
#include "cs-health.h"
#include "cs-sync-strip.h"
#include "cs-work-links.h"
#include "cs-work-new-page.h"

struct _CsWorkPage
{
  AdwPreferencesPage parent_instance;
  AdwActionRow *state_row;
  AdwActionRow *problem_row;
  GtkWidget *connect_row;
  GtkWidget *refresh_row;
  GtkWidget *relink_row;
  GtkWidget *disconnect_row;
  AdwPreferencesGroup *strip_group;
  GtkWidget *clients_group;
  GtkWidget *jobs_group;
  AdwComboRow *direction_row;
  AdwComboRow *level_row;
  AdwComboRow *import_row;
  AdwSwitchRow *ledger_row;
  AdwActionRow *new_row;
  GtkLabel *error_label;

  CsSession *session;
  CsWork *work;
  gboolean is_loading;
  guint update; /* idle */
  DexFuture *listing;
};

G_DEFINE_FINAL_TYPE (CsWorkPage, cs_work_page, ADW_TYPE_PREFERENCES_PAGE)

/* The order of the strings in the template is that of CsWorkSync, CsWorkLevel and CsWorkImport. */

static void
show_error (CsWorkPage *self, const char *words)
{
  gtk_label_set_text (self->error_label, words);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), *words != '\0');
}

static void
show_state (CsWorkPage *self)
{
  const CsConnection *connection = cs_work_get_connection (self->work);
  const char *problem = cs_work_get_last_problem (self->work);
  gboolean is_connected = cs_work_is_connected (self->work);
  g_autoptr (CsHealth) health = cs_health_new_for_work (self->session);
  g_autofree char *words = NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state_row),
                                 connection != NULL && *connection->tenant_name != '\0'
                                     ? connection->tenant_name
                                     : _ ("Practice Manager"));
  if (is_connected && *connection->login_name != '\0')
    /* Translators: a state such as "Connected, just now", and who signed in. */
    words = g_strdup_printf (_ ("%1$s\nSigned in as %2$s"), health->words, connection->login_name);
  adw_action_row_set_subtitle (self->state_row, words != NULL ? words : health->words);
  adw_action_row_set_subtitle (self->problem_row, problem);
  gtk_widget_set_visible (GTK_WIDGET (self->problem_row), *problem != '\0');
  gtk_widget_set_visible (self->connect_row, !is_connected);
  gtk_widget_set_visible (self->refresh_row, is_connected);
  gtk_widget_set_sensitive (self->refresh_row, !cs_work_is_pulling (self->work));
  gtk_widget_set_visible (self->relink_row, is_connected);
  gtk_widget_set_visible (self->disconnect_row, is_connected);
  gtk_widget_set_visible (self->clients_group, is_connected);
  gtk_widget_set_visible (self->jobs_group, is_connected);
}

static void
load (CsWorkPage *self)
{
  const CsWorkSettings *settings = cs_work_get_settings (self->work);

  self->is_loading = TRUE;
  adw_combo_row_set_selected (self->direction_row, settings->direction);
  adw_combo_row_set_selected (self->level_row, settings->level);
  adw_combo_row_set_selected (self->import_row, settings->import);
  adw_switch_row_set_active (self->ledger_row, settings->allows_ledger_import);
  gtk_widget_set_sensitive (GTK_WIDGET (self->level_row), settings->direction != CS_WORK_SYNC_OFF);
  self->is_loading = FALSE;
}

static void
on_listed (gpointer object, DexFuture *settled, gpointer data)
{
  CsWorkPage *self = object;
  g_autoptr (GPtrArray) entries = cs_settled_steal_record (settled, NULL);
  guint count = entries != NULL ? entries->len : 0;
  g_autofree char *title
      = g_strdup_printf (ngettext ("%'u client is only there", "%'u clients are only there", count), count);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->new_row), title);
  gtk_widget_set_visible (GTK_WIDGET (self->new_row), count > 0);
}

static void
list_new (CsWorkPage *self)
{
  dex_clear (&self->listing);
  if (cs_work_is_connected (self->work))
    self->listing = cs_follow_up (cs_work_list_new (self->work), self, on_listed, NULL, NULL);
}

static gboolean
update_cb (gpointer data)
{
  CsWorkPage *self = data;

  self->update = 0;
  show_state (self);
  load (self);
  list_new (self);
  return G_SOURCE_REMOVE;
}

/* The signal may come from a fiber, whose stack is small. */
static void
queue_update (CsWorkPage *self)
{
  if (self->update == 0)
    self->update = g_idle_add_full (G_PRIORITY_DEFAULT, update_cb, self, NULL);
}

static void
on_session_changed (CsWorkPage *self, guint change)
{
  if ((change & (CS_CHANGE_WORK | CS_CHANGE_CONNECTION)) != 0)
    queue_update (self);
}

static void
on_saved (gpointer object, DexFuture *settled, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!cs_settled_check (settled, &error))
    show_error (object, error->message);
}

static void
on_changed (CsWorkPage *self)
{
  CsWorkSettings settings;

  if (self->is_loading || self->work == NULL)
    return;
  settings = (CsWorkSettings){ (CsWorkSync)adw_combo_row_get_selected (self->direction_row),
                               (CsWorkLevel)adw_combo_row_get_selected (self->level_row),
                               (CsWorkImport)adw_combo_row_get_selected (self->import_row),
                               adw_switch_row_get_active (self->ledger_row) };
  show_error (self, "");
  cs_follow_up_to_the_end (cs_work_save_settings (self->work, &settings), self, on_saved, NULL, NULL);
}

/* Never two dialogs on one another: the preferences go first. */
static void
go_to (CsWorkPage *self, const char *action)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_DIALOG);
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));

  g_object_ref (window);
  if (dialog != NULL)
    adw_dialog_close (ADW_DIALOG (dialog));
  gtk_widget_activate_action (window, action, NULL);
  g_object_unref (window);
}

static void
on_connect (CsWorkPage *self)
{
  go_to (self, "win.connect-work");
}

static void
on_disconnect (CsWorkPage *self)
{
  go_to (self, "win.disconnect-work");
}

static void
on_refresh (CsWorkPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.refresh-work", NULL);
}

static void
push (CsWorkPage *self, AdwNavigationPage *page)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);

  if (dialog != NULL)
    adw_preferences_dialog_push_subpage (ADW_PREFERENCES_DIALOG (dialog), page);
}

static void
on_jobs (CsWorkPage *self)
{
  push (self, cs_job_rules_page_new (self->session));
}

static void
on_team (CsWorkPage *self)
{
  push (self, cs_team_page_new (self->session));
}

static void
on_make_leads (CsWorkPage *self)
{
  push (self, cs_work_new_page_new (self->session));
}

static void
cs_work_page_dispose (GObject *object)
{
  CsWorkPage *self = CS_WORK_PAGE (object);

  g_clear_handle_id (&self->update, g_source_remove);
  dex_clear (&self->listing);
  g_clear_object (&self->work);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_WORK_PAGE);
  G_OBJECT_CLASS (cs_work_page_parent_class)->dispose (object);
}

static void
cs_work_page_class_init (CsWorkPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_work_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/countersign/Countersign/ui/work/cs-work-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CsWorkPage, state_row);
  gtk_widget_class_bind_template_child (widget_class, CsWorkPage, problem_row);
  gtk_widget_class_bind_template_child (widget_class, CsWorkPage, connect_row);
  gtk_widget_class_bind_template_child (widget_class, CsWorkPage, refresh_row);
  gtk_widget_class_bind_template_child (widget_class, CsWorkPage, relink_row);
  gtk_widget_class_bind_template_child (widget_class, CsWorkPage, disconnect_row);
  gtk_widget_class_bind_template_child (widget_class, CsWorkPage, strip_group);
  gtk_widget_class_bind_template_child (widget_class, CsWorkPage, clients_group);
  gtk_widget_class_bind_template_child (widget_class, CsWorkPage, jobs_group);
  gtk_widget_class_bind_template_child (widget_class, CsWorkPage, direction_row);
  gtk_widget_class_bind_template_child (widget_class, CsWorkPage, level_row);
  gtk_widget_class_bind_template_child (widget_class, CsWorkPage, import_row);
  gtk_widget_class_bind_template_child (widget_class, CsWorkPage, ledger_row);
  gtk_widget_class_bind_template_child (widget_class, CsWorkPage, new_row);
  gtk_widget_class_bind_template_child (widget_class, CsWorkPage, error_label);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_connect);
  gtk_widget_class_bind_template_callback (widget_class, on_disconnect);
  gtk_widget_class_bind_template_callback (widget_class, on_refresh);
  gtk_widget_class_bind_template_callback (widget_class, on_make_leads);
  gtk_widget_class_bind_template_callback (widget_class, on_jobs);
  gtk_widget_class_bind_template_callback (widget_class, on_team);
}

static void
cs_work_page_init (CsWorkPage *self)
{
  self->is_loading = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** cs_work_page_new: Returns: (transfer floating): the practice manager of @session, and what the practice
 * chose of it */
AdwPreferencesPage *
cs_work_page_new (CsSession *session)
{
  CsWorkPage *self = g_object_new (CS_TYPE_WORK_PAGE, NULL);

  self->session = g_object_ref (session);
  self->work = g_object_ref (cs_session_get_work (session));
  adw_preferences_group_add (self->strip_group, cs_sync_strip_new_for_work (session));
  show_state (self);
  load (self);
  list_new (self);
  g_signal_connect_object (session, "changed", G_CALLBACK (on_session_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->work, "notify::is-pulling", G_CALLBACK (queue_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->work, "notify::link-state", G_CALLBACK (queue_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->work, "notify::last-problem", G_CALLBACK (queue_update), self,
                           G_CONNECT_SWAPPED);
  return ADW_PREFERENCES_PAGE (self);
}
