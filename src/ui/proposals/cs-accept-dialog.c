/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-accept-dialog.h"
#include "cs-effects.h"
#include "cs-follow-up.h"
#include "cs-job-effects.h"
#include "cs-proposal-words.h"
#include "cs-typed-row.h"

#include <glib/gi18n-lib.h>

struct _CsAcceptDialog
{
  AdwDialog parent_instance;
  GtkWidget *accept_button;
  GtkEditable *signatory_row;
  GtkEditable *capacity_row;
  CsTypedRow *date_row;
  AdwComboRow *method_row;
  GtkEditable *note_row;
  GtkLabel *problem_label;
  AdwPreferencesGroup *effects_group;
  CsEffects *effects;
  CsJobEffects *job_effects;

  CsProposalEditor *editor;
  gboolean is_accepting;
};

G_DEFINE_FINAL_TYPE (CsAcceptDialog, cs_accept_dialog, ADW_TYPE_DIALOG)

static guint accepted_signal;

static void
show_problem (CsAcceptDialog *self, const char *problem)
{
  gtk_label_set_text (self->problem_label, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), problem != NULL);
  if (problem != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), problem, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static char *
dup_entry (GtkEditable *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (entry)));
}

static void
check_cb (CsAcceptDialog *self)
{
  CsDate date = cs_typed_row_get_date (self->date_row);
  g_autofree char *signatory = dup_entry (self->signatory_row);
  gboolean is_dated = cs_typed_row_is_valid (self->date_row) && cs_date_is_set (date);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsPreview) preview = NULL;

  if (self->editor == NULL)
    return;
  if (is_dated)
    preview = cs_proposal_editor_preview (self->editor, date, &error);
  cs_effects_show (self->effects, preview,
                   error != NULL ? error->message
                                 : _ ("Say when it was accepted, to see what will be written"));
  gtk_widget_set_sensitive (self->accept_button, *signatory != '\0' && is_dated && !self->is_accepting);
  gtk_widget_set_tooltip_text (self->accept_button, *signatory == '\0' ? _ ("Say who accepted") : NULL);
}

static void
cancel_cb (CsAcceptDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
accepted_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsAcceptDialog *self = object;
  g_autoptr (GError) error = NULL;

  self->is_accepting = FALSE;
  if (!cs_settled_check (settled, &error))
    {
      show_problem (self, error->message);
      check_cb (self);
      return;
    }
  g_signal_emit (self, accepted_signal, 0);
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
accept_cb (CsAcceptDialog *self)
{
  g_autoptr (CsAcceptance) acceptance = cs_acceptance_new ();
  CsSession *session = cs_proposal_editor_get_session (self->editor);
  g_autofree char *signatory = dup_entry (self->signatory_row);
  g_autofree char *capacity = dup_entry (self->capacity_row);
  g_autofree char *note = dup_entry (self->note_row);

  if (self->is_accepting)
    return;
  self->is_accepting = TRUE;
  show_problem (self, NULL);
  g_set_str (&acceptance->signatory, signatory);
  g_set_str (&acceptance->capacity, capacity);
  g_set_str (&acceptance->note, note);
  acceptance->method = (CsAcceptanceMethod)adw_combo_row_get_selected (self->method_row);
  acceptance->accepted_on = cs_typed_row_get_date (self->date_row);
  acceptance->accepted_ms = cs_clock_now_ms (cs_session_get_clock (session));
  g_set_str (&acceptance->actor, cs_session_get_settings (session)->actor);
  check_cb (self);
  cs_follow_up_to_the_end (cs_proposal_editor_accept (self->editor, acceptance), self, accepted_cb, NULL,
                           NULL);
}

static void
cs_accept_dialog_dispose (GObject *object)
{
  CsAcceptDialog *self = CS_ACCEPT_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_ACCEPT_DIALOG);
  g_clear_object (&self->editor);
  G_OBJECT_CLASS (cs_accept_dialog_parent_class)->dispose (object);
}

static void
cs_accept_dialog_class_init (CsAcceptDialogClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_accept_dialog_dispose;
  accepted_signal = g_signal_new ("accepted", CS_TYPE_ACCEPT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  g_type_ensure (CS_TYPE_EFFECTS);
  g_type_ensure (CS_TYPE_JOB_EFFECTS);
  g_type_ensure (CS_TYPE_TYPED_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/proposals/cs-accept-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CsAcceptDialog, accept_button);
  gtk_widget_class_bind_template_child (widget_class, CsAcceptDialog, signatory_row);
  gtk_widget_class_bind_template_child (widget_class, CsAcceptDialog, capacity_row);
  gtk_widget_class_bind_template_child (widget_class, CsAcceptDialog, date_row);
  gtk_widget_class_bind_template_child (widget_class, CsAcceptDialog, method_row);
  gtk_widget_class_bind_template_child (widget_class, CsAcceptDialog, note_row);
  gtk_widget_class_bind_template_child (widget_class, CsAcceptDialog, problem_label);
  gtk_widget_class_bind_template_child (widget_class, CsAcceptDialog, effects_group);
  gtk_widget_class_bind_template_child (widget_class, CsAcceptDialog, effects);
  gtk_widget_class_bind_template_child (widget_class, CsAcceptDialog, job_effects);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, accept_cb);
}

static void
cs_accept_dialog_init (CsAcceptDialog *self)
{
  g_autoptr (GtkStringList) methods = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = CS_ACCEPTANCE_IN_PERSON; i <= CS_ACCEPTANCE_ONLINE; i++)
    gtk_string_list_append (methods, cs_proposal_words_method ((CsAcceptanceMethod)i));
  adw_combo_row_set_model (self->method_row, G_LIST_MODEL (methods));
  cs_typed_row_set_kind (self->date_row, CS_TYPED_DATE);
  adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->signatory_row));
}

static char *
describe_hold (int seconds)
{
  int minutes = seconds / 60;

  if (minutes > 1 && seconds % 60 == 0)
    return g_strdup_printf (ngettext ("It is held for %'d minute first, so that you can undo it.",
                                      "It is held for %'d minutes first, so that you can undo it.",
                                      (gulong)minutes),
                            minutes);
  return g_strdup_printf (ngettext ("It is held for %'d second first, so that you can undo it.",
                                    "It is held for %'d seconds first, so that you can undo it.",
                                    (gulong)seconds),
                          seconds);
}

static void
show_hold (CsAcceptDialog *self, CsSession *session)
{
  g_autofree char *words = describe_hold (cs_session_get_settings (session)->hold_seconds);
  CsLinkState link = cs_session_get_link_state (session);
  gboolean is_linked = link != CS_LINK_NONE && link != CS_LINK_DISCONNECTED;

  adw_preferences_group_set_description (
      self->effects_group, is_linked ? words : _ ("Xero is disconnected: it goes once you connect."));
}

/** cs_accept_dialog_new: Returns: (transfer floating): asks about the acceptance of @editor's proposal */
CsAcceptDialog *
cs_accept_dialog_new (CsProposalEditor *editor)
{
  CsAcceptDialog *self = g_object_new (CS_TYPE_ACCEPT_DIALOG, NULL);
  CsSession *session = cs_proposal_editor_get_session (editor);
  const CsClient *client = cs_proposal_editor_get_client (editor);
  CsDate today = cs_session_get_today (session);

  cs_typed_row_set_today (self->date_row, today);
  cs_typed_row_set_date (self->date_row, today);
  if (client != NULL)
    gtk_editable_set_text (self->signatory_row, client->contact_name);
  self->editor = g_object_ref (editor);
  /* Another window may change it, or what shapes it: what is pressed for is what is shown. */
  g_signal_connect_object (editor, "edited", G_CALLBACK (check_cb), self, G_CONNECT_SWAPPED);
  show_hold (self, session);
  cs_job_effects_show (self->job_effects, session, cs_proposal_editor_get (editor), FALSE);
  check_cb (self);
  return self;
}
