/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-job-rule-group.h"

#include "cs-code-row.h"
#include "cs-number-row.h"
#include "cs-typed-row.h"

#include <glib/gi18n-lib.h>

/* The strings of each drop-down are in the order of CsJobScope, CsJobRepeat, CsJobStart and CsJobDue. */
struct _CsJobRuleGroup
{
  AdwPreferencesGroup parent_instance;
  AdwComboRow *scope_row;
  AdwComboRow *repeat_row;
  GtkEditable *name_row;
  GtkTextBuffer *description_buffer;
  CsCodeRow *category_row;
  AdwComboRow *start_row;
  CsTypedRow *start_date_row;
  CsNumberRow *start_days_row;
  AdwComboRow *due_row;
  CsNumberRow *due_days_row;
  CsTypedRow *due_date_row;
  AdwSwitchRow *budget_row;
  GtkLabel *error_label;
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (CsJobRuleGroup, cs_job_rule_group, ADW_TYPE_PREFERENCES_GROUP)

static guint edited_signal;

/* Only what counts is asked for. */
static void
show_rows (CsJobRuleGroup *self)
{
  guint due = adw_combo_row_get_selected (self->due_row);

  gtk_widget_set_visible (GTK_WIDGET (self->repeat_row),
                          adw_combo_row_get_selected (self->scope_row) == CS_JOB_SCOPE_SERVICE);
  gtk_widget_set_visible (GTK_WIDGET (self->start_date_row),
                          adw_combo_row_get_selected (self->start_row) == CS_JOB_START_FIXED);
  gtk_widget_set_visible (GTK_WIDGET (self->due_days_row), due == CS_JOB_DUE_AFTER_START);
  gtk_widget_set_visible (GTK_WIDGET (self->due_date_row), due == CS_JOB_DUE_FIXED);
}

static void
changed_cb (CsJobRuleGroup *self)
{
  if (self->is_filling)
    return;
  show_rows (self);
  g_signal_emit (self, edited_signal, 0);
}

static void
cs_job_rule_group_dispose (GObject *object)
{
  CS_JOB_RULE_GROUP (object)->is_filling = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (object), CS_TYPE_JOB_RULE_GROUP);
  G_OBJECT_CLASS (cs_job_rule_group_parent_class)->dispose (object);
}

static void
cs_job_rule_group_class_init (CsJobRuleGroupClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_job_rule_group_dispose;
  edited_signal = g_signal_new ("edited", CS_TYPE_JOB_RULE_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  g_type_ensure (CS_TYPE_CODE_ROW);
  g_type_ensure (CS_TYPE_NUMBER_ROW);
  g_type_ensure (CS_TYPE_TYPED_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/jobs/cs-job-rule-group.ui");
  gtk_widget_class_bind_template_child (widget_class, CsJobRuleGroup, scope_row);
  gtk_widget_class_bind_template_child (widget_class, CsJobRuleGroup, repeat_row);
  gtk_widget_class_bind_template_child (widget_class, CsJobRuleGroup, name_row);
  gtk_widget_class_bind_template_child (widget_class, CsJobRuleGroup, description_buffer);
  gtk_widget_class_bind_template_child (widget_class, CsJobRuleGroup, category_row);
  gtk_widget_class_bind_template_child (widget_class, CsJobRuleGroup, start_row);
  gtk_widget_class_bind_template_child (widget_class, CsJobRuleGroup, start_date_row);
  gtk_widget_class_bind_template_child (widget_class, CsJobRuleGroup, start_days_row);
  gtk_widget_class_bind_template_child (widget_class, CsJobRuleGroup, due_row);
  gtk_widget_class_bind_template_child (widget_class, CsJobRuleGroup, due_days_row);
  gtk_widget_class_bind_template_child (widget_class, CsJobRuleGroup, due_date_row);
  gtk_widget_class_bind_template_child (widget_class, CsJobRuleGroup, budget_row);
  gtk_widget_class_bind_template_child (widget_class, CsJobRuleGroup, error_label);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
cs_job_rule_group_init (CsJobRuleGroup *self)
{
  self->is_filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  cs_typed_row_set_kind (self->start_date_row, CS_TYPED_DATE);
  cs_typed_row_set_kind (self->due_date_row, CS_TYPED_DATE);
  show_rows (self);
  self->is_filling = FALSE;
}

static void
fill_category (CsJobRuleGroup *self, const char *id, const GPtrArray *categories)
{
  gboolean is_listed = *id == '\0';

  cs_code_row_begin (self->category_row);
  for (guint i = 0; categories != NULL && i < categories->len; i++)
    {
      const CsWorkEntry *entry = categories->pdata[i];

      cs_code_row_add (self->category_row, entry->remote_id, entry->name);
      is_listed |= g_str_equal (entry->remote_id, id);
    }
  if (!is_listed)
    {
      /* Translators: %s is an id that is set but isn't in Practice Manager's list. */
      g_autofree char *label = g_strdup_printf (_ ("%s (not in Practice Manager’s list)"), id);

      cs_code_row_add (self->category_row, id, label);
    }
  cs_code_row_end (self->category_row, id);
}

/** cs_job_rule_group_fill: shows @rule; nobody is told. */
void
cs_job_rule_group_fill (CsJobRuleGroup *self, const CsJobRule *rule, const CsWorkLists *lists, CsDate today)
{
  g_return_if_fail (CS_IS_JOB_RULE_GROUP (self) && rule != NULL && lists != NULL);

  self->is_filling = TRUE;
  adw_combo_row_set_selected (self->scope_row, rule->scope);
  adw_combo_row_set_selected (self->repeat_row, rule->repeat);
  gtk_editable_set_text (self->name_row, rule->name);
  gtk_text_buffer_set_text (self->description_buffer, rule->description, -1);
  fill_category (self, rule->category_id, lists->categories);
  adw_combo_row_set_selected (self->start_row, rule->start);
  cs_typed_row_set_today (self->start_date_row, today);
  cs_typed_row_set_date (self->start_date_row, rule->start_date);
  cs_number_row_set_value (self->start_days_row, rule->start_days);
  adw_combo_row_set_selected (self->due_row, rule->due);
  cs_number_row_set_value (self->due_days_row, rule->due_days);
  cs_typed_row_set_today (self->due_date_row, today);
  cs_typed_row_set_date (self->due_date_row, rule->due_date);
  adw_switch_row_set_active (self->budget_row, rule->with_budget);
  show_rows (self);
  self->is_filling = FALSE;
}

static char *
dup_description (CsJobRuleGroup *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->description_buffer, &start, &end);
  return gtk_text_buffer_get_text (self->description_buffer, &start, &end, FALSE);
}

/** cs_job_rule_group_make: Returns: (transfer full) (nullable): the rule that was entered; else says what is
 * wrong with it */
CsJobRule *
cs_job_rule_group_make (CsJobRuleGroup *self)
{
  g_autoptr (CsJobRule) rule = cs_job_rule_new ();
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (CS_IS_JOB_RULE_GROUP (self), NULL);

  rule->scope = (CsJobScope)adw_combo_row_get_selected (self->scope_row);
  rule->repeat = rule->scope == CS_JOB_SCOPE_SERVICE
                     ? (CsJobRepeat)adw_combo_row_get_selected (self->repeat_row)
                     : CS_JOB_REPEAT_ONCE;
  g_set_str (&rule->name, gtk_editable_get_text (self->name_row));
  g_free (rule->description);
  rule->description = dup_description (self);
  g_set_str (&rule->category_id, cs_code_row_get_code (self->category_row));
  rule->start = (CsJobStart)adw_combo_row_get_selected (self->start_row);
  if (rule->start == CS_JOB_START_FIXED && cs_typed_row_is_valid (self->start_date_row))
    rule->start_date = cs_typed_row_get_date (self->start_date_row);
  rule->start_days = cs_number_row_get_value (self->start_days_row);
  rule->due = (CsJobDue)adw_combo_row_get_selected (self->due_row);
  rule->due_days = cs_number_row_get_value (self->due_days_row);
  if (rule->due == CS_JOB_DUE_FIXED && cs_typed_row_is_valid (self->due_date_row))
    rule->due_date = cs_typed_row_get_date (self->due_date_row);
  rule->with_budget = adw_switch_row_get_active (self->budget_row);
  if (!cs_job_rule_validate (rule, &error))
    {
      cs_job_rule_group_show_error (self, error->message);
      return NULL;
    }
  cs_job_rule_group_show_error (self, "");
  return g_steal_pointer (&rule);
}

/** cs_job_rule_group_show_error: says @words, "" for nothing, under the rule. */
void
cs_job_rule_group_show_error (CsJobRuleGroup *self, const char *words)
{
  g_return_if_fail (CS_IS_JOB_RULE_GROUP (self));

  gtk_label_set_text (self->error_label, words);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), *words != '\0');
}
