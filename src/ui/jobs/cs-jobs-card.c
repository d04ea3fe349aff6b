/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-jobs-card.h"

#include "cs-follow-up.h"
#include "cs-format.h"
#include "cs-job-list.h"
#include "cs-job-words.h"
#include "cs-rows.h"
#include "cs-session-jobs.h"
#include "cs-toast.h"
#include "cs-work.h"

#include <glib/gi18n-lib.h>

struct _CsJobsCard
{
  AdwPreferencesGroup parent_instance;
  GtkListBox *rows;
  GtkWidget *plan_button;

  CsSession *session;
  CsRecordList *list;
  CsUuid client_id; /* none: of a proposal */
  CsUuid proposal_id;
  guint update; /* idle */
};

G_DEFINE_FINAL_TYPE (CsJobsCard, cs_jobs_card, ADW_TYPE_PREFERENCES_GROUP)

static gboolean
is_of_proposal (CsJobsCard *self)
{
  return !cs_uuid_is_none (&self->proposal_id);
}

static gboolean
is_ours (CsJobsCard *self, const CsJob *job)
{
  return is_of_proposal (self) ? cs_uuid_equal (&job->planned->proposal_id, &self->proposal_id)
                               : cs_uuid_equal (&job->client_id, &self->client_id);
}

static void
add_job (CsJobsCard *self, const CsJob *job)
{
  CsDate due = cs_job_words_get_due (job);
  g_autofree char *day = cs_format_date (due);
  /* Translators: %s is a date. */
  g_autofree char *words = cs_date_is_set (due) ? g_strdup_printf (_ ("due %s"), day) : g_strdup ("");
  const char *number = cs_job_words_is_there (job) ? job->there->number : job->proposal_number;
  g_autofree char *subtitle = *words != '\0' ? g_strdup_printf ("%s · %s", number, words) : g_strdup (number);
  g_autofree char *id = cs_uuid_to_string (&job->planned->id);
  g_autofree char *action = g_strdup_printf ("win.show-job::%s", id);
  GtkWidget *row = cs_rows_new (job->planned->name, *job->problem != '\0' ? job->problem : subtitle);

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  cs_rows_add_pill (row, cs_pill_for_job (job));
  cs_rows_set_action (row, action);
  gtk_list_box_append (self->rows, row);
}

static gboolean
update_cb (gpointer data)
{
  CsJobsCard *self = data;
  gboolean is_connected = cs_work_is_connected (cs_session_get_work (self->session));
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  guint n_shown = 0;

  self->update = 0;
  cs_rows_clear (self->rows);
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (CsJobItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), i);
      const CsJob *job = cs_job_item_get (item)->job;

      if (!is_ours (self, job))
        continue;
      add_job (self, job);
      n_shown++;
    }
  gtk_widget_set_visible (self->plan_button, is_of_proposal (self) && is_connected);
  gtk_widget_set_visible (GTK_WIDGET (self), n_shown > 0 || is_connected);
  return G_SOURCE_REMOVE;
}

/* Many change in one go. */
static void
queue_update (CsJobsCard *self)
{
  if (self->update == 0 && self->session != NULL)
    self->update = g_idle_add (update_cb, self);
}

static void
watch_items (CsJobsCard *self, guint position, guint removed, guint added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (CsJobItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      g_signal_handlers_disconnect_by_func (item, queue_update, self);
      g_signal_connect_object (item, "changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
    }
  queue_update (self);
}

static void
session_changed_cb (CsJobsCard *self, guint changes)
{
  if ((changes & (CS_CHANGE_CONNECTION | CS_CHANGE_WORK)) != 0)
    queue_update (self);
}

/* --- planning what was linked only afterwards --- */

static void
planned_cb (gpointer object, DexFuture *settled, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (cs_settled_check (settled, &error))
    cs_toast (object, _ ("Jobs are planned by what is linked now"));
  else
    cs_show_error (object, error);
}

static void
plan_cb (CsJobsCard *self)
{
  if (self->session != NULL)
    cs_follow_up_to_the_end (cs_session_plan_jobs (self->session, &self->proposal_id), self, planned_cb, NULL,
                             NULL);
}

/* --- the object --- */

static void
cs_jobs_card_dispose (GObject *object)
{
  CsJobsCard *self = CS_JOBS_CARD (object);

  g_clear_handle_id (&self->update, g_source_remove);
  g_clear_object (&self->list);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_jobs_card_parent_class)->dispose (object);
}

static void
cs_jobs_card_class_init (CsJobsCardClass *class)
{
  G_OBJECT_CLASS (class)->dispose = cs_jobs_card_dispose;
}

static GtkWidget *
make_placeholder (void)
{
  GtkWidget *label = gtk_label_new (_ ("None yet"));

  gtk_widget_set_margin_top (label, 12);
  gtk_widget_set_margin_bottom (label, 12);
  gtk_widget_add_css_class (label, "dimmed");
  return label;
}

static void
cs_jobs_card_init (CsJobsCard *self)
{
  GtkWidget *list = gtk_list_box_new ();

  self->rows = GTK_LIST_BOX (list);
  gtk_list_box_set_selection_mode (self->rows, GTK_SELECTION_NONE);
  gtk_list_box_set_placeholder (self->rows, make_placeholder ());
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Jobs"), -1);
  self->plan_button = gtk_button_new_with_mnemonic (_ ("_Plan anew"));
  gtk_widget_set_tooltip_text (
      self->plan_button, _ ("Plan jobs for services that were linked to templates after the acceptance"));
  gtk_widget_set_valign (self->plan_button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->plan_button, "flat");
  g_signal_connect_object (self->plan_button, "clicked", G_CALLBACK (plan_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Jobs"));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), self->plan_button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), list);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
set_up (CsJobsCard *self, CsSession *session)
{
  if (self->session == NULL)
    {
      self->session = g_object_ref (session);
      self->list = cs_job_list_new (session);
      g_signal_connect_object (self->list, "items-changed", G_CALLBACK (watch_items), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
    }
  queue_update (self);
}

/** cs_jobs_card_set_client: shows the jobs of the client of this id; the session stays the first one. */
void
cs_jobs_card_set_client (CsJobsCard *self, CsSession *session, const CsUuid *client_id)
{
  g_return_if_fail (CS_IS_JOBS_CARD (self) && client_id != NULL);

  self->client_id = *client_id;
  self->proposal_id = CS_UUID_NONE;
  set_up (self, session);
}

/** cs_jobs_card_set_proposal: shows the jobs of the accepted proposal of this id, and lets more be planned.
 */
void
cs_jobs_card_set_proposal (CsJobsCard *self, CsSession *session, const CsUuid *proposal_id)
{
  g_return_if_fail (CS_IS_JOBS_CARD (self) && proposal_id != NULL);

  self->proposal_id = *proposal_id;
  set_up (self, session);
}
