/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-member-page.h"

#include "cs-code-row.h"
#include "cs-follow-up.h"
#include "cs-session-jobs.h"

#include <glib/gi18n-lib.h>

struct _CsMemberPage
{
  AdwNavigationPage parent_instance;
  GtkEditable *name_row;
  GtkEditable *email_row;
  AdwSwitchRow *access_row;
  CsCodeRow *staff_row;
  GtkEditable *staff_id_row;
  AdwSwitchRow *manages_row;
  AdwSwitchRow *partner_row;
  AdwSwitchRow *works_row;
  GtkWidget *delete_button;
  GtkLabel *error_label;

  CsSession *session;
  CsMember *member;
  gboolean has_list; /* of staff: else the id is typed */
  gboolean is_saving;
};

G_DEFINE_FINAL_TYPE (CsMemberPage, cs_member_page, ADW_TYPE_NAVIGATION_PAGE)

static void
show_error (CsMemberPage *self, const char *words)
{
  gtk_label_set_text (self->error_label, words);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), *words != '\0');
}

static char *
dup_text (GtkEditable *editable)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (editable)));
}

static void
done_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsMemberPage *self = object;
  g_autoptr (GError) error = NULL;
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);

  self->is_saving = FALSE;
  if (!cs_settled_check (settled, &error))
    show_error (self, error->message);
  else if (dialog != NULL)
    adw_preferences_dialog_pop_subpage (ADW_PREFERENCES_DIALOG (dialog));
}

static void
save_cb (CsMemberPage *self)
{
  g_autofree char *name = dup_text (self->name_row);
  g_autofree char *email = dup_text (self->email_row);
  g_autofree char *staff_id = dup_text (self->staff_id_row);

  if (self->is_saving)
    return;
  self->is_saving = TRUE;
  show_error (self, "");
  g_set_str (&self->member->name, name);
  g_set_str (&self->member->email, email);
  g_set_str (&self->member->staff_id, self->has_list ? cs_code_row_get_code (self->staff_row) : staff_id);
  self->member->has_access = adw_switch_row_get_active (self->access_row);
  self->member->manages = adw_switch_row_get_active (self->manages_row);
  self->member->is_partner = adw_switch_row_get_active (self->partner_row);
  self->member->works = adw_switch_row_get_active (self->works_row);
  cs_follow_up_to_the_end (cs_session_save_member (self->session, self->member), self, done_cb, NULL, NULL);
}

static void
delete_cb (CsMemberPage *self)
{
  if (self->is_saving)
    return;
  self->is_saving = TRUE;
  cs_follow_up_to_the_end (cs_session_delete_member (self->session, &self->member->id), self, done_cb, NULL,
                           NULL);
}

static void
cs_member_page_dispose (GObject *object)
{
  CsMemberPage *self = CS_MEMBER_PAGE (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->member, cs_member_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_MEMBER_PAGE);
  G_OBJECT_CLASS (cs_member_page_parent_class)->dispose (object);
}

static void
cs_member_page_class_init (CsMemberPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_member_page_dispose;
  g_type_ensure (CS_TYPE_CODE_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/jobs/cs-member-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CsMemberPage, name_row);
  gtk_widget_class_bind_template_child (widget_class, CsMemberPage, email_row);
  gtk_widget_class_bind_template_child (widget_class, CsMemberPage, access_row);
  gtk_widget_class_bind_template_child (widget_class, CsMemberPage, staff_row);
  gtk_widget_class_bind_template_child (widget_class, CsMemberPage, staff_id_row);
  gtk_widget_class_bind_template_child (widget_class, CsMemberPage, manages_row);
  gtk_widget_class_bind_template_child (widget_class, CsMemberPage, partner_row);
  gtk_widget_class_bind_template_child (widget_class, CsMemberPage, works_row);
  gtk_widget_class_bind_template_child (widget_class, CsMemberPage, delete_button);
  gtk_widget_class_bind_template_child (widget_class, CsMemberPage, error_label);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, delete_cb);
}

static void
cs_member_page_init (CsMemberPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
fill_staff (CsMemberPage *self, const GPtrArray *staff)
{
  gboolean is_listed = *self->member->staff_id == '\0';

  self->has_list = staff != NULL;
  gtk_widget_set_visible (GTK_WIDGET (self->staff_row), self->has_list);
  gtk_widget_set_visible (GTK_WIDGET (self->staff_id_row), !self->has_list);
  gtk_editable_set_text (self->staff_id_row, self->member->staff_id);
  cs_code_row_begin (self->staff_row);
  for (guint i = 0; self->has_list && i < staff->len; i++)
    {
      const CsWorkEntry *entry = staff->pdata[i];

      cs_code_row_add (self->staff_row, entry->remote_id, entry->name);
      is_listed |= g_str_equal (entry->remote_id, self->member->staff_id);
    }
  if (!is_listed)
    {
      g_autofree char *label
          = g_strdup_printf (_ ("%s (not in Practice Manager’s list)"), self->member->staff_id);

      cs_code_row_add (self->staff_row, self->member->staff_id, label);
    }
  cs_code_row_end (self->staff_row, self->member->staff_id);
}

/** cs_member_page_new: Returns: (transfer floating): @member, to be changed */
AdwNavigationPage *
cs_member_page_new (CsSession *session, const CsMember *member, const GPtrArray *staff)
{
  CsMemberPage *self = g_object_new (CS_TYPE_MEMBER_PAGE, NULL);

  self->session = g_object_ref (session);
  self->member = cs_member_copy (member);
  if (*member->name != '\0')
    adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), member->name);
  gtk_editable_set_text (self->name_row, member->name);
  gtk_editable_set_text (self->email_row, member->email);
  adw_switch_row_set_active (self->access_row, member->has_access);
  adw_switch_row_set_active (self->manages_row, member->manages);
  adw_switch_row_set_active (self->partner_row, member->is_partner);
  adw_switch_row_set_active (self->works_row, member->works);
  gtk_widget_set_visible (self->delete_button, !cs_uuid_is_none (&member->id));
  fill_staff (self, staff);
  return ADW_NAVIGATION_PAGE (self);
}
