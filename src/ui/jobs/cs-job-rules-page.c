/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-job-rules-page.h"

#include "cs-follow-up.h"
#include "cs-job-rule-group.h"
#include "cs-job-setup.h"
#include "cs-job-service-page.h"
#include "cs-job-words.h"
#include "cs-rows.h"
#include "cs-session-jobs.h"

#include <glib/gi18n-lib.h>

#define SAVE_AFTER_MS 600

struct _CsJobRulesPage
{
  AdwNavigationPage parent_instance;
  AdwSwitchRow *by_itself_row;
  GtkListBox *services;
  CsJobRuleGroup *rule_group;

  CsSession *session;
  DexFuture *reading;
  guint timer;
  gboolean is_filled;
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (CsJobRulesPage, cs_job_rules_page, ADW_TYPE_NAVIGATION_PAGE)

/* --- saving --- */

static void
saved_cb (gpointer object, DexFuture *settled, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!cs_settled_check (settled, &error))
    cs_job_rule_group_show_error (CS_JOB_RULES_PAGE (object)->rule_group, error->message);
}

static void
save (CsJobRulesPage *self)
{
  g_autoptr (CsJobSettings) settings = NULL;
  CsJobRule *rule = cs_job_rule_group_make (self->rule_group);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (rule == NULL)
    return;
  settings = cs_job_settings_new ();
  cs_job_rule_free (settings->rule);
  settings->rule = rule;
  settings->goes_by_itself = adw_switch_row_get_active (self->by_itself_row);
  cs_follow_up_to_the_end (cs_session_save_job_settings (self->session, settings), self, saved_cb, NULL,
                           NULL);
}

static gboolean
on_timer (gpointer data)
{
  CsJobRulesPage *self = data;

  self->timer = 0;
  save (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (CsJobRulesPage *self)
{
  if (!self->is_filled || self->is_filling)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (SAVE_AFTER_MS, on_timer, self);
}

/* --- reading --- */

static void
open_service (CsJobRulesPage *self, GtkListBoxRow *row)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);
  const char *name = g_object_get_data (G_OBJECT (row), "cs-service");

  if (dialog != NULL)
    adw_preferences_dialog_push_subpage (ADW_PREFERENCES_DIALOG (dialog),
                                         cs_job_service_page_new (self->session, name));
}

static char *
describe_service (const CsWorkService *service, const CsWorkLists *lists)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < service->template_ids->len; i++)
    cs_job_words_add_line (words, cs_work_entries_name (lists->templates, service->template_ids->pdata[i]));
  if (service->template_ids->len == 0)
    cs_job_words_add_line (words, _ ("No template: it makes no job"));
  if (service->rule != NULL)
    cs_job_words_add_line (words, _ ("With rules of its own"));
  return g_string_free_and_steal (words);
}

static void
show_services (CsJobRulesPage *self, const CsJobSetup *setup)
{
  cs_rows_clear (self->services);
  for (guint i = 0; i < setup->services->len; i++)
    {
      const CsWorkService *service = setup->services->pdata[i];
      g_autofree char *words = describe_service (service, setup->lists);
      GtkWidget *row = cs_rows_new (service->name, words);
      GtkWidget *arrow = g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic", "accessible-role",
                                       GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data_full (G_OBJECT (row), "cs-service", g_strdup (service->name), g_free);
      gtk_list_box_append (self->services, row);
    }
}

/* What is being typed is newer than what is on disk. */
static void
read_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsJobRulesPage *self = object;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsJobSetup) setup = cs_settled_steal_record (settled, &error);

  dex_clear (&self->reading);
  if (setup == NULL)
    {
      if (error != NULL && !cs_error_is_cancelled (error))
        cs_job_rule_group_show_error (self->rule_group, error->message);
      return;
    }
  show_services (self, setup);
  if (self->is_filled)
    return;
  self->is_filling = TRUE;
  adw_switch_row_set_active (self->by_itself_row, setup->settings->goes_by_itself);
  cs_job_rule_group_fill (self->rule_group, setup->settings->rule, setup->lists,
                          cs_session_get_today (self->session));
  self->is_filling = FALSE;
  self->is_filled = TRUE;
}

static void
read_setup (CsJobRulesPage *self)
{
  dex_clear (&self->reading);
  self->reading = cs_follow_up (cs_job_setup_read (self->session), self, read_cb, NULL, NULL);
}

static void
session_changed_cb (CsJobRulesPage *self, guint changes)
{
  if ((changes & (CS_CHANGE_JOBS | CS_CHANGE_WORK | CS_CHANGE_PROPOSALS)) != 0)
    read_setup (self);
}

/* --- the object --- */

static void
cs_job_rules_page_dispose (GObject *object)
{
  CsJobRulesPage *self = CS_JOB_RULES_PAGE (object);

  /* What was typed last must not be lost. */
  if (self->timer != 0)
    save (self);
  dex_clear (&self->reading);
  self->is_filling = TRUE;
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_JOB_RULES_PAGE);
  G_OBJECT_CLASS (cs_job_rules_page_parent_class)->dispose (object);
}

static void
cs_job_rules_page_class_init (CsJobRulesPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_job_rules_page_dispose;
  g_type_ensure (CS_TYPE_JOB_RULE_GROUP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/jobs/cs-job-rules-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CsJobRulesPage, by_itself_row);
  gtk_widget_class_bind_template_child (widget_class, CsJobRulesPage, services);
  gtk_widget_class_bind_template_child (widget_class, CsJobRulesPage, rule_group);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
cs_job_rules_page_init (CsJobRulesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->services, "row-activated", G_CALLBACK (open_service), self,
                           G_CONNECT_SWAPPED);
}

/** cs_job_rules_page_new: Returns: (transfer floating): how @session's practice makes jobs */
AdwNavigationPage *
cs_job_rules_page_new (CsSession *session)
{
  CsJobRulesPage *self = g_object_new (CS_TYPE_JOB_RULES_PAGE, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  read_setup (self);
  return ADW_NAVIGATION_PAGE (self);
}
