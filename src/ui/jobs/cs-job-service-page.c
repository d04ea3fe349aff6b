/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-job-service-page.h"

#include "cs-follow-up.h"
#include "cs-job-rule-group.h"
#include "cs-job-setup.h"
#include "cs-rows.h"
#include "cs-session-jobs.h"

#include <glib/gi18n-lib.h>

#define SAVE_AFTER_MS 600

struct _CsJobServicePage
{
  AdwNavigationPage parent_instance;
  GtkWidget *templates_group;
  GtkListBox *templates;
  GtkWidget *ids_group;
  GtkEditable *ids_row;
  AdwSwitchRow *own_row;
  CsJobRuleGroup *rule_group;
  GtkLabel *error_label;

  CsSession *session;
  char *name;
  GPtrArray *template_ids; /* of char *, in order */
  gboolean has_list;       /* of templates: else their ids are typed */
  DexFuture *reading;
  guint timer;
  gboolean is_filled;
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (CsJobServicePage, cs_job_service_page, ADW_TYPE_NAVIGATION_PAGE)

static void
show_error (CsJobServicePage *self, const char *words)
{
  gtk_label_set_text (self->error_label, words);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), *words != '\0');
}

/* --- saving --- */

static void
saved_cb (gpointer object, DexFuture *settled, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!cs_settled_check (settled, &error))
    show_error (object, error->message);
}

/* Ids as they are pasted: whatever stands between them. */
static void
collect_typed (CsJobServicePage *self, GPtrArray *ids)
{
  g_auto (GStrv) parts = g_strsplit_set (gtk_editable_get_text (self->ids_row), " ,;\t\n", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0' && !g_ptr_array_find_with_equal_func (ids, parts[i], g_str_equal, NULL))
      g_ptr_array_add (ids, g_strdup (parts[i]));
}

static void
save (CsJobServicePage *self)
{
  g_autoptr (CsWorkService) service = cs_work_service_new ();

  g_clear_handle_id (&self->timer, g_source_remove);
  show_error (self, "");
  if (adw_switch_row_get_active (self->own_row))
    {
      service->rule = cs_job_rule_group_make (self->rule_group);
      if (service->rule == NULL)
        return;
    }
  g_set_str (&service->name, self->name);
  if (!self->has_list)
    collect_typed (self, service->template_ids);
  for (guint i = 0; self->has_list && i < self->template_ids->len; i++)
    g_ptr_array_add (service->template_ids, g_strdup (self->template_ids->pdata[i]));
  cs_follow_up_to_the_end (cs_session_save_service (self->session, service), self, saved_cb, NULL, NULL);
}

static gboolean
on_timer (gpointer data)
{
  CsJobServicePage *self = data;

  self->timer = 0;
  save (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (CsJobServicePage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->rule_group), adw_switch_row_get_active (self->own_row));
  if (!self->is_filled || self->is_filling)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (SAVE_AFTER_MS, on_timer, self);
}

/* --- the templates --- */

static void
toggled_cb (CsJobServicePage *self, GtkCheckButton *check)
{
  const char *id = g_object_get_data (G_OBJECT (check), "cs-template");
  guint index;

  if (self->is_filling)
    return;
  if (g_ptr_array_find_with_equal_func (self->template_ids, id, g_str_equal, &index))
    g_ptr_array_remove_index (self->template_ids, index);
  if (gtk_check_button_get_active (check))
    g_ptr_array_add (self->template_ids, g_strdup (id));
  changed_cb (self);
}

static void
add_template (CsJobServicePage *self, const char *id, const char *name)
{
  GtkWidget *row = cs_rows_new (name, NULL);
  GtkWidget *check = gtk_check_button_new ();

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               g_ptr_array_find_with_equal_func (self->template_ids, id, g_str_equal, NULL));
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (check), "cs-template", g_strdup (id), g_free);
  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  gtk_list_box_append (self->templates, row);
}

/* What is linked and not in the list stays, until somebody takes it out. */
static void
add_unlisted (CsJobServicePage *self, const GPtrArray *templates)
{
  for (guint i = 0; i < self->template_ids->len; i++)
    {
      const char *id = self->template_ids->pdata[i];
      g_autofree char *label = NULL;

      if (cs_work_entries_name (templates, id) != id)
        continue;
      label = g_strdup_printf (_ ("%s (not in Practice Manager’s list)"), id);
      add_template (self, id, label);
    }
}

static void
fill_templates (CsJobServicePage *self, const GPtrArray *templates)
{
  g_autofree char **ids = g_new0 (char *, self->template_ids->len + 1);
  g_autofree char *text = NULL;

  self->has_list = templates != NULL;
  gtk_widget_set_visible (self->templates_group, self->has_list);
  gtk_widget_set_visible (self->ids_group, !self->has_list);
  for (guint i = 0; i < self->template_ids->len; i++)
    ids[i] = self->template_ids->pdata[i];
  text = g_strjoinv (", ", ids);
  gtk_editable_set_text (self->ids_row, text);
  cs_rows_clear (self->templates);
  for (guint i = 0; self->has_list && i < templates->len; i++)
    {
      const CsWorkEntry *entry = templates->pdata[i];

      add_template (self, entry->remote_id, entry->name);
    }
  if (self->has_list)
    add_unlisted (self, templates);
}

/* --- reading --- */

static const CsWorkService *
find_service (const CsJobSetup *setup, const char *name)
{
  g_autofree char *key = g_utf8_casefold (name, -1);

  for (guint i = 0; i < setup->services->len; i++)
    {
      const CsWorkService *service = setup->services->pdata[i];
      g_autofree char *other = g_utf8_casefold (service->name, -1);

      if (g_str_equal (key, other))
        return service;
    }
  return NULL;
}

static void
read_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsJobServicePage *self = object;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsJobSetup) setup = cs_settled_steal_record (settled, &error);
  const CsWorkService *service;
  const CsJobRule *rule;

  dex_clear (&self->reading);
  if (setup == NULL)
    {
      if (error != NULL && !cs_error_is_cancelled (error))
        show_error (self, error->message);
      return;
    }
  service = find_service (setup, self->name);
  rule = service != NULL && service->rule != NULL ? service->rule : setup->settings->rule;
  self->is_filling = TRUE;
  g_ptr_array_set_size (self->template_ids, 0);
  for (guint i = 0; service != NULL && i < service->template_ids->len; i++)
    g_ptr_array_add (self->template_ids, g_strdup (service->template_ids->pdata[i]));
  fill_templates (self, setup->lists->templates);
  adw_switch_row_set_active (self->own_row, service != NULL && service->rule != NULL);
  cs_job_rule_group_fill (self->rule_group, rule, setup->lists, cs_session_get_today (self->session));
  self->is_filling = FALSE;
  self->is_filled = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self->rule_group), adw_switch_row_get_active (self->own_row));
}

/* --- the object --- */

static void
cs_job_service_page_dispose (GObject *object)
{
  CsJobServicePage *self = CS_JOB_SERVICE_PAGE (object);

  /* What was chosen last must not be lost. */
  if (self->timer != 0)
    save (self);
  dex_clear (&self->reading);
  self->is_filling = TRUE;
  self->is_filled = FALSE;
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_JOB_SERVICE_PAGE);
  G_OBJECT_CLASS (cs_job_service_page_parent_class)->dispose (object);
}

static void
cs_job_service_page_finalize (GObject *object)
{
  CsJobServicePage *self = CS_JOB_SERVICE_PAGE (object);

  g_free (self->name);
  g_ptr_array_unref (self->template_ids);
  G_OBJECT_CLASS (cs_job_service_page_parent_class)->finalize (object);
}

static void
cs_job_service_page_class_init (CsJobServicePageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_job_service_page_dispose;
  G_OBJECT_CLASS (class)->finalize = cs_job_service_page_finalize;
  g_type_ensure (CS_TYPE_JOB_RULE_GROUP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/jobs/cs-job-service-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CsJobServicePage, templates_group);
  gtk_widget_class_bind_template_child (widget_class, CsJobServicePage, templates);
  gtk_widget_class_bind_template_child (widget_class, CsJobServicePage, ids_group);
  gtk_widget_class_bind_template_child (widget_class, CsJobServicePage, ids_row);
  gtk_widget_class_bind_template_child (widget_class, CsJobServicePage, own_row);
  gtk_widget_class_bind_template_child (widget_class, CsJobServicePage, rule_group);
  gtk_widget_class_bind_template_child (widget_class, CsJobServicePage, error_label);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
cs_job_service_page_init (CsJobServicePage *self)
{
  self->template_ids = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self->rule_group), FALSE);
  gtk_widget_set_visible (self->ids_group, FALSE);
}

/** cs_job_service_page_new: Returns: (transfer floating): what jobs the service called @name makes */
AdwNavigationPage *
cs_job_service_page_new (CsSession *session, const char *name)
{
  CsJobServicePage *self = g_object_new (CS_TYPE_JOB_SERVICE_PAGE, "title", name, NULL);

  self->session = g_object_ref (session);
  self->name = g_strdup (name);
  self->reading = cs_follow_up (cs_job_setup_read (session), self, read_cb, NULL, NULL);
  return ADW_NAVIGATION_PAGE (self);
}
