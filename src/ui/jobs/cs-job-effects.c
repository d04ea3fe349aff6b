/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-job-effects.h"

#include "cs-follow-up.h"
#include "cs-format.h"
#include "cs-job-setup.h"
#include "cs-job-words.h"
#include "cs-rows.h"
#include "cs-work.h"

#include <glib/gi18n-lib.h>

#define READ_AFTER_MS 300 /* not at each letter that is typed */

struct _CsJobEffects
{
  AdwPreferencesGroup parent_instance;
  GtkListBox *rows;

  CsSession *session;
  CsProposal *proposal; /* (nullable): a copy, as it was last shown */
  gboolean has_buttons;
  char *print; /* (nullable): what the rows say */
  DexFuture *reading;
  guint timer;
};

G_DEFINE_FINAL_TYPE (CsJobEffects, cs_job_effects, ADW_TYPE_PREFERENCES_GROUP)

static GtkWidget *
add_row (CsJobEffects *self, const char *icon, const char *title, const char *subtitle)
{
  GtkWidget *row = cs_rows_new (title, subtitle);
  GtkWidget *image = g_object_new (GTK_TYPE_IMAGE, "icon-name", icon, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  gtk_list_box_append (self->rows, row);
  return row;
}

static char *
join_names (const GPtrArray *ids, const GPtrArray *entries)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", cs_work_entries_name (entries, ids->pdata[i]));
  return g_string_free_and_steal (names);
}

static char *
describe_job (const CsPlannedJob *job, const CsWorkLists *lists)
{
  g_autofree char *due = cs_format_date (job->due);
  g_autofree char *templates = join_names (job->template_ids, lists->templates);
  g_autofree char *staff = join_names (job->roles->staff_ids, lists->staff);
  /* Translators: %s is a date. */
  g_autofree char *due_line = *due != '\0' ? g_strdup_printf (_ ("due %s"), due) : NULL;
  /* Translators: %s are names of people. */
  g_autofree char *staff_line = *staff != '\0' ? g_strdup_printf (_ ("Staff: %s"), staff) : NULL;
  /* Translators: %s are names of job templates. */
  g_autofree char *templates_line = g_strdup_printf (_ ("Templates: %s"), templates);
  const char *lines[] = { templates_line, due_line != NULL ? due_line : staff_line,
                          due_line != NULL ? staff_line : NULL, NULL };

  return g_strjoinv ("\n", (char **)lines);
}

static void
add_job (CsJobEffects *self, const CsPlannedJob *job, const CsWorkLists *lists)
{
  g_autofree char *subtitle = describe_job (job, lists);

  add_row (self, "cs-jobs-symbolic", job->name, subtitle);
}

/* --- what is missing --- */

static void
add_button (CsJobEffects *self, GtkWidget *row, const char *label, const char *action, const char *target)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  if (target != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_warning (CsJobEffects *self, const CsJobWarning *warning)
{
  g_autofree char *words = cs_job_words_warning (warning);
  g_autofree char *client = cs_uuid_to_string (&self->proposal->client_id);
  GtkWidget *row = add_row (self, "dialog-warning-symbolic", words, cs_job_words_advice (warning));

  if (!self->has_buttons)
    return;
  switch (warning->kind)
    {
    case CS_JOB_WARNING_NO_TEMPLATE:
    case CS_JOB_WARNING_TEMPLATE_GONE:
    case CS_JOB_WARNING_TEMPLATE_UNKNOWN:
      if (*warning->subject != '\0')
        add_button (self, row, _ ("_Link…"), "win.show-job-rules", warning->subject);
      break;
    case CS_JOB_WARNING_CATEGORY_GONE:
      add_button (self, row, _ ("_Change…"), "win.show-job-rules", "");
      break;
    case CS_JOB_WARNING_CLIENT_UNLINKED:
      add_button (self, row, _ ("_Change…"), "win.show-work", NULL);
      break;
    case CS_JOB_WARNING_NAMESAKES:
      add_button (self, row, _ ("Show _client"), "win.show-client", client);
      break;
    case CS_JOB_WARNING_NO_MANAGER:
    case CS_JOB_WARNING_STAFF_UNLINKED:
    case CS_JOB_WARNING_STAFF_GONE:
    default:
      add_button (self, row, _ ("_Team…"), "win.show-team", NULL);
      break;
    }
}

/* --- reading --- */

/* All that the rows would say. */
static char *
make_print (CsJobEffects *self, const CsJobForecast *forecast)
{
  GString *print = g_string_new (NULL);
  g_autofree char *client = cs_uuid_to_string (&self->proposal->client_id);

  for (guint i = 0; i < forecast->jobs->len; i++)
    {
      const CsPlannedJob *job = forecast->jobs->pdata[i];
      g_autofree char *subtitle = describe_job (job, forecast->lists);

      g_string_append_printf (print, "%s\n%s\n", job->name, subtitle);
    }
  for (guint i = 0; i < forecast->warnings->len; i++)
    {
      const CsJobWarning *warning = forecast->warnings->pdata[i];
      g_autofree char *words = cs_job_words_warning (warning);

      g_string_append_printf (print, "%d %s\n", (int)warning->kind, words);
    }
  g_string_append_printf (print, "%s %d", client, self->has_buttons);
  return g_string_free_and_steal (print);
}

static void
read_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsJobEffects *self = object;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsJobForecast) forecast = cs_settled_steal_record (settled, &error);
  g_autofree char *print = forecast != NULL ? make_print (self, forecast) : NULL;

  dex_clear (&self->reading);
  if (cs_error_is_cancelled (error))
    return;
  /* A proposal is saved while it is written: a button that stays keeps the focus, and is there when it is
   * pressed. */
  if (!g_set_str (&self->print, print) && print != NULL)
    return;
  cs_rows_clear (self->rows);
  if (forecast == NULL)
    {
      add_row (self, "dialog-warning-symbolic", _ ("Which jobs it would make can’t be told"),
               error != NULL ? error->message : "");
      return;
    }
  for (guint i = 0; i < forecast->jobs->len; i++)
    add_job (self, forecast->jobs->pdata[i], forecast->lists);
  if (forecast->jobs->len == 0)
    add_row (self, "cs-jobs-symbolic", _ ("No job"), NULL);
  for (guint i = 0; i < forecast->warnings->len; i++)
    add_warning (self, forecast->warnings->pdata[i]);
}

static gboolean
on_timer (gpointer data)
{
  CsJobEffects *self = data;

  self->timer = 0;
  dex_clear (&self->reading);
  self->reading
      = cs_follow_up (cs_job_forecast_read (self->session, self->proposal), self, read_cb, NULL, NULL);
  return G_SOURCE_REMOVE;
}

static void
update (CsJobEffects *self)
{
  gboolean is_connected = cs_work_is_connected (cs_session_get_work (self->session));

  gtk_widget_set_visible (GTK_WIDGET (self), is_connected);
  if (is_connected && self->timer == 0)
    self->timer = g_timeout_add (READ_AFTER_MS, on_timer, self);
}

static void
session_changed_cb (CsJobEffects *self, guint changes)
{
  if ((changes & (CS_CHANGE_JOBS | CS_CHANGE_WORK | CS_CHANGE_CONNECTION)) != 0)
    update (self);
}

/* --- the object --- */

static void
cs_job_effects_dispose (GObject *object)
{
  CsJobEffects *self = CS_JOB_EFFECTS (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  dex_clear (&self->reading);
  g_clear_object (&self->session);
  g_clear_pointer (&self->proposal, cs_proposal_free);
  g_clear_pointer (&self->print, g_free);
  G_OBJECT_CLASS (cs_job_effects_parent_class)->dispose (object);
}

static void
cs_job_effects_class_init (CsJobEffectsClass *class)
{
  G_OBJECT_CLASS (class)->dispose = cs_job_effects_dispose;
}

static void
cs_job_effects_init (CsJobEffects *self)
{
  GtkWidget *list = gtk_list_box_new ();

  self->rows = GTK_LIST_BOX (list);
  gtk_list_box_set_selection_mode (self->rows, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Jobs that this will make"), -1);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Jobs in Practice Manager"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), list);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * cs_job_effects_show:
 * @self: the group
 * @session: the practice, always the same
 * @proposal: as it stands
 * @has_buttons: whether what is missing can be settled from here
 *
 * Shows what accepting @proposal today would make.
 */
void
cs_job_effects_show (CsJobEffects *self, CsSession *session, const CsProposal *proposal, gboolean has_buttons)
{
  g_return_if_fail (CS_IS_JOB_EFFECTS (self) && proposal != NULL);

  if (self->session == NULL)
    {
      self->session = g_object_ref (session);
      g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
    }
  g_clear_pointer (&self->proposal, cs_proposal_free);
  self->proposal = cs_proposal_copy (proposal);
  self->has_buttons = has_buttons;
  update (self);
}
