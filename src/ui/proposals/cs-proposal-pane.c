/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-proposal-pane.h"
#include "cs-accept-dialog.h"
#include "cs-agreement-view.h"
#include "cs-format.h"
#include "cs-proposal-form.h"
#include "cs-proposal-summary.h"
#include "cs-proposal-words.h"
#include "cs-rhythm-words.h"
#include "cs-toast.h"

#include <glib/gi18n-lib.h>

struct _CsProposalPane
{
  AdwBin parent_instance;
  AdwWindowTitle *title;
  GtkWidget *accept_bar;
  GtkLabel *reason_label;
  GtkWidget *accept_button;
  GtkWidget *menu_button;
  GtkStack *stack;
  AdwStatusPage *gone_page;
  AdwBin *content_bin;

  CsProposalEditor *editor;
  gboolean was_accepted; /* just now, here */
};

G_DEFINE_FINAL_TYPE (CsProposalPane, cs_proposal_pane, ADW_TYPE_BIN)

static void
accepted_cb (CsProposalPane *self)
{
  self->was_accepted = TRUE;
  cs_toast (GTK_WIDGET (self), _ ("Accepted, and held for a moment"));
}

static void
act_accept (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsProposalPane *self = CS_PROPOSAL_PANE (widget);
  CsAcceptDialog *dialog = cs_accept_dialog_new (self->editor);

  g_signal_connect_object (dialog, "accepted", G_CALLBACK (accepted_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
act_delete (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsProposalPane *self = CS_PROPOSAL_PANE (widget);
  const CsProposal *proposal = cs_proposal_editor_get (self->editor);
  g_autofree char *id = proposal != NULL ? cs_uuid_to_string (&proposal->id) : NULL;

  if (id != NULL)
    gtk_widget_activate_action (widget, "proposals.delete", "s", id);
}

static const char *
name_save_state (CsSaveState state)
{
  switch (state)
    {
    case CS_SAVE_STATE_UNSAVED:
    case CS_SAVE_STATE_SAVING:
      return _ ("Saving…");
    case CS_SAVE_STATE_FAILED:
      return _ ("Not saved");
    case CS_SAVE_STATE_SAVED:
    default:
      return _ ("Saved");
    }
}

static void
show_title (CsProposalPane *self)
{
  const CsProposal *proposal = cs_proposal_editor_get (self->editor);

  if (proposal == NULL)
    return;
  adw_window_title_set_title (self->title, *proposal->number != '\0' ? proposal->number : _ ("Proposal"));
  adw_window_title_set_subtitle (self->title,
                                 cs_proposal_editor_is_draft (self->editor)
                                     ? name_save_state (cs_proposal_editor_get_save_state (self->editor))
                                     : proposal->client_name);
}

static char *
describe_sum (const CsProposalSum *sum)
{
  g_autofree char *amount = cs_format_money_with_currency (sum->total);

  if (sum->rhythm.unit == CS_BILLING_UNIT_ONCE)
    /* Translators: %s is an amount. */
    return g_strdup_printf (_ ("%s upfront"), amount);
  return cs_rhythm_words_amount (sum->rhythm, amount);
}

/* What it comes to, once it can be accepted. */
static char *
describe_sums (CsProposalPane *self)
{
  const CsProposal *proposal = cs_proposal_editor_get (self->editor);
  g_autoptr (GArray) sums = cs_proposal_sum_up (proposal);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *all = NULL;

  for (guint i = 0; i < sums->len; i++)
    g_ptr_array_add (parts, describe_sum (&g_array_index (sums, CsProposalSum, i)));
  if (parts->len == 0)
    return g_strdup (_ ("Nothing to pay"));
  g_ptr_array_add (parts, NULL);
  /* Translators: between amounts of a list. */
  all = g_strjoinv (_ (", "), (char **)parts->pdata);
  if (proposal->tax_mode == CS_TAX_MODE_NO_TAX)
    return g_steal_pointer (&all);
  /* Translators: %s is one or more amounts, as "NZD 1,380.00 upfront, NZD 345.00 a month". */
  return g_strdup_printf (_ ("%s, including tax"), all);
}

/* The bar says why the button can't be pressed, or what accepting comes to. */
static void
show_accept (CsProposalPane *self)
{
  gboolean is_draft = cs_proposal_editor_is_draft (self->editor);
  g_autoptr (GPtrArray) missing = is_draft ? cs_proposal_editor_list_missing (self->editor) : NULL;
  g_autofree char *words = NULL;

  gtk_widget_set_visible (self->accept_bar, is_draft);
  gtk_widget_set_visible (self->menu_button, is_draft);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "proposal.accept", is_draft && missing->len == 0);
  if (!is_draft)
    return;
  words = missing->len > 0 ? cs_proposal_words_missing (missing->pdata[0]) : describe_sums (self);
  gtk_label_set_text (self->reason_label, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->accept_button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  words, -1);
}

static void
show_content (CsProposalPane *self)
{
  gboolean is_draft = cs_proposal_editor_is_draft (self->editor);
  GtkWidget *child = adw_bin_get_child (self->content_bin);

  if (is_draft && CS_IS_PROPOSAL_FORM (child))
    cs_proposal_form_fill (CS_PROPOSAL_FORM (child));
  else if (is_draft)
    adw_bin_set_child (self->content_bin, cs_proposal_form_new (self->editor));
  else if (!CS_IS_AGREEMENT_VIEW (child))
    adw_bin_set_child (self->content_bin, cs_agreement_view_new (self->editor));
  gtk_stack_set_visible_child_name (self->stack, "content");
  child = adw_bin_get_child (self->content_bin);
  if (!is_draft && self->was_accepted)
    {
      self->was_accepted = FALSE;
      cs_agreement_view_focus_undo (CS_AGREEMENT_VIEW (child));
    }
  if (is_draft && *cs_proposal_editor_get (self->editor)->title == '\0')
    cs_proposal_form_focus_title (CS_PROPOSAL_FORM (child));
}

static void
edited_cb (CsProposalPane *self)
{
  if (cs_proposal_editor_get (self->editor) == NULL)
    return;
  show_title (self);
  show_accept (self);
}

static void
loaded_cb (CsProposalPane *self)
{
  if (cs_proposal_editor_get (self->editor) != NULL)
    {
      show_content (self);
      edited_cb (self);
      return;
    }
  gtk_widget_set_visible (self->accept_bar, FALSE);
  gtk_widget_set_visible (self->menu_button, FALSE);
  adw_status_page_set_description (self->gone_page, cs_proposal_editor_get_problem (self->editor));
  gtk_stack_set_visible_child_name (
      self->stack, cs_proposal_editor_get_state (self->editor) == CS_LIST_LOADING ? "loading" : "gone");
}

static void
told_cb (CsProposalPane *self, const char *words)
{
  cs_toast (GTK_WIDGET (self), words);
}

static void
cs_proposal_pane_dispose (GObject *object)
{
  CsProposalPane *self = CS_PROPOSAL_PANE (object);

  /* Leaving the page is no reason to lose what was typed last. */
  if (self->editor != NULL)
    dex_future_disown (cs_proposal_editor_flush (self->editor));
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_PROPOSAL_PANE);
  g_clear_object (&self->editor);
  G_OBJECT_CLASS (cs_proposal_pane_parent_class)->dispose (object);
}

static void
cs_proposal_pane_class_init (CsProposalPaneClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_proposal_pane_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/proposals/cs-proposal-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, CsProposalPane, title);
  gtk_widget_class_bind_template_child (widget_class, CsProposalPane, accept_bar);
  gtk_widget_class_bind_template_child (widget_class, CsProposalPane, reason_label);
  gtk_widget_class_bind_template_child (widget_class, CsProposalPane, accept_button);
  gtk_widget_class_bind_template_child (widget_class, CsProposalPane, menu_button);
  gtk_widget_class_bind_template_child (widget_class, CsProposalPane, stack);
  gtk_widget_class_bind_template_child (widget_class, CsProposalPane, gone_page);
  gtk_widget_class_bind_template_child (widget_class, CsProposalPane, content_bin);
  gtk_widget_class_install_action (widget_class, "proposal.accept", NULL, act_accept);
  gtk_widget_class_install_action (widget_class, "proposal.delete", NULL, act_delete);
}

/* Whoever looks elsewhere, or closes the window, is done typing for now. */
static void
left_cb (CsProposalPane *self)
{
  if (self->editor != NULL)
    dex_future_disown (cs_proposal_editor_flush (self->editor));
}

static void
cs_proposal_pane_init (CsProposalPane *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

/** cs_proposal_pane_new: Returns: (transfer floating): the proposal of this id */
GtkWidget *
cs_proposal_pane_new (CsSession *session, const CsUuid *id)
{
  CsProposalPane *self = g_object_new (CS_TYPE_PROPOSAL_PANE, NULL);

  self->editor = cs_proposal_editor_new (session, id);
  g_signal_connect_object (self->editor, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "told", G_CALLBACK (told_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "notify::save-state", G_CALLBACK (show_title), self,
                           G_CONNECT_SWAPPED);
  loaded_cb (self);
  return GTK_WIDGET (self);
}

/** cs_proposal_pane_flush: Returns: (transfer full): resolves when every edit is on disk */
DexFuture *
cs_proposal_pane_flush (CsProposalPane *self)
{
  g_return_val_if_fail (CS_IS_PROPOSAL_PANE (self), NULL);

  return cs_proposal_editor_flush (self->editor);
}
