/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-team-page.h"

#include "cs-follow-up.h"
#include "cs-job-setup.h"
#include "cs-job-words.h"
#include "cs-member-page.h"
#include "cs-rows.h"
#include "cs-session-jobs.h"

#include <glib/gi18n-lib.h>

struct _CsTeamPage
{
  AdwNavigationPage parent_instance;
  GtkListBox *members;
  GtkWidget *link_button;
  GtkLabel *error_label;

  CsSession *session;
  CsJobSetup *setup; /* (nullable): as last read */
  DexFuture *reading;
};

G_DEFINE_FINAL_TYPE (CsTeamPage, cs_team_page, ADW_TYPE_NAVIGATION_PAGE)

static void
show_error (CsTeamPage *self, const char *words)
{
  gtk_label_set_text (self->error_label, words);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), *words != '\0');
}

static void
push_member (CsTeamPage *self, const CsMember *member)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);

  if (dialog != NULL && self->setup != NULL)
    adw_preferences_dialog_push_subpage (
        ADW_PREFERENCES_DIALOG (dialog),
        cs_member_page_new (self->session, member, self->setup->lists->staff));
}

static void
add_cb (CsTeamPage *self)
{
  g_autoptr (CsMember) member = cs_member_new ();

  member->works = TRUE;
  push_member (self, member);
}

static void
open_cb (CsTeamPage *self, GtkListBoxRow *row)
{
  guint index = (guint)gtk_list_box_row_get_index (row);

  if (self->setup != NULL && index < self->setup->members->len)
    push_member (self, self->setup->members->pdata[index]);
}

static void
linked_cb (gpointer object, DexFuture *settled, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!cs_settled_check (settled, &error))
    show_error (object, error->message);
}

static void
link_cb (CsTeamPage *self)
{
  show_error (self, "");
  cs_follow_up_to_the_end (cs_session_link_staff (self->session), self, linked_cb, NULL, NULL);
}

/* --- what is shown --- */

static char *
describe (const CsMember *member, const GPtrArray *staff)
{
  GString *words = g_string_new (member->email);
  g_autofree char *linked = NULL;

  if (*member->staff_id == '\0')
    cs_job_words_add_line (words, _ ("Not linked to the staff in Practice Manager"));
  else
    {
      /* Translators: %s is somebody's name in Practice Manager. */
      linked
          = g_strdup_printf (_ ("In Practice Manager: %s"), cs_work_entries_name (staff, member->staff_id));
      cs_job_words_add_line (words, linked);
    }
  if (member->manages)
    cs_job_words_add_line (words, _ ("Manages the jobs"));
  if (member->is_partner)
    cs_job_words_add_line (words, _ ("Is the partner"));
  if (member->works)
    cs_job_words_add_line (words, _ ("Is assigned to each job"));
  if (!member->has_access)
    cs_job_words_add_line (words, _ ("Doesn’t use this program"));
  return g_string_free_and_steal (words);
}

static void
show (CsTeamPage *self)
{
  gboolean has_unlinked = FALSE;

  cs_rows_clear (self->members);
  for (guint i = 0; i < self->setup->members->len; i++)
    {
      const CsMember *member = self->setup->members->pdata[i];
      g_autofree char *words = describe (member, self->setup->lists->staff);
      GtkWidget *row = cs_rows_new (member->name, words);
      GtkWidget *arrow = g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic", "accessible-role",
                                       GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_list_box_append (self->members, row);
      has_unlinked |= *member->staff_id == '\0' && *member->email != '\0';
    }
  gtk_widget_set_sensitive (self->link_button, has_unlinked);
}

static void
read_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsTeamPage *self = object;
  g_autoptr (GError) error = NULL;
  CsJobSetup *setup = cs_settled_steal_record (settled, &error);

  dex_clear (&self->reading);
  if (setup == NULL)
    {
      if (error != NULL && !cs_error_is_cancelled (error))
        show_error (self, error->message);
      return;
    }
  g_clear_pointer (&self->setup, cs_job_setup_free);
  self->setup = setup;
  show (self);
}

static void
read_setup (CsTeamPage *self)
{
  dex_clear (&self->reading);
  self->reading = cs_follow_up (cs_job_setup_read (self->session), self, read_cb, NULL, NULL);
}

static void
session_changed_cb (CsTeamPage *self, guint changes)
{
  if ((changes & (CS_CHANGE_JOBS | CS_CHANGE_WORK)) != 0)
    read_setup (self);
}

/* --- the object --- */

static void
cs_team_page_dispose (GObject *object)
{
  CsTeamPage *self = CS_TEAM_PAGE (object);

  dex_clear (&self->reading);
  g_clear_pointer (&self->setup, cs_job_setup_free);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_TEAM_PAGE);
  G_OBJECT_CLASS (cs_team_page_parent_class)->dispose (object);
}

static void
cs_team_page_class_init (CsTeamPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_team_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/countersign/Countersign/ui/jobs/cs-team-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CsTeamPage, members);
  gtk_widget_class_bind_template_child (widget_class, CsTeamPage, link_button);
  gtk_widget_class_bind_template_child (widget_class, CsTeamPage, error_label);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, link_cb);
}

static void
cs_team_page_init (CsTeamPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->members, "row-activated", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
}

/** cs_team_page_new: Returns: (transfer floating): who works on the jobs of @session's practice */
AdwNavigationPage *
cs_team_page_new (CsSession *session)
{
  CsTeamPage *self = g_object_new (CS_TYPE_TEAM_PAGE, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  read_setup (self);
  return ADW_NAVIGATION_PAGE (self);
}
