/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-proposals-page.h"
#include "cs-client-picker-dialog.h"
#include "cs-follow-up.h"
#include "cs-format.h"
#include "cs-list-row.h"
#include "cs-proposal-editor.h"
#include "cs-proposal-list.h"
#include "cs-proposal-pane.h"
#include "cs-rhythm-words.h"
#include "cs-split.h"
#include "cs-toast.h"

#include <glib/gi18n-lib.h>

#define SUMS_MAX 2u

struct _CsProposalsPage
{
  AdwBin parent_instance;
  CsSplit *split;
  CsSession *session;
  CsIdSelection *selection;
  CsProposalPane *pane; /* (nullable) (unowned): the one that is open */
};

G_DEFINE_FINAL_TYPE (CsProposalsPage, cs_proposals_page, ADW_TYPE_BIN)

static char *
count_proposals (guint n_shown, guint n_all)
{
  if (n_shown == n_all)
    return g_strdup_printf (ngettext ("%'u proposal", "%'u proposals", n_all), n_all);
  return g_strdup_printf (ngettext ("%1$'u of %2$'u proposal", "%1$'u of %2$'u proposals", n_all), n_shown,
                          n_all);
}

static gboolean
matches (gpointer item, const char *query)
{
  return cs_proposal_item_matches (item, query);
}

static const CsListPaneWords words = {
  N_ ("Search title, client or number"),
  "cs-proposals-symbolic",
  N_ ("No proposals yet"),
  N_ ("Write one for a client. Once it is accepted, its invoices go to Xero by themselves."),
  N_ ("_New proposal"),
  "win.new-proposal::",
  count_proposals,
  matches,
};

/* As many as leave room for the title; the page of the proposal has all. */
static char *
describe_sums (const CsProposalSummary *summary)
{
  g_autofree char *all = NULL;

  for (guint i = 0; i < MIN (summary->sums->len, SUMS_MAX); i++)
    {
      const CsProposalSum *sum = &g_array_index (summary->sums, CsProposalSum, i);
      g_autofree char *amount = cs_format_money (sum->total);
      g_autofree char *one = cs_rhythm_words_amount (sum->rhythm, amount);
      g_autofree char *before = g_steal_pointer (&all);

      /* Translators: amounts, as "1,380.00" and "345.00 a month". */
      all = before != NULL ? g_strdup_printf (_ ("%1$s + %2$s"), before, one) : g_steal_pointer (&one);
    }
  if (summary->sums->len > SUMS_MAX)
    /* Translators: %s is one or more amounts; there are more of them. */
    return g_strdup_printf (_ ("%s + …"), all);
  return all != NULL ? g_steal_pointer (&all) : cs_format_money (cs_money_zero (summary->proposal->currency));
}

static void
bind_row (CsListRow *row, gpointer item, gpointer data)
{
  const CsProposalSummary *summary = cs_proposal_item_get (item);
  const CsProposal *proposal = summary->proposal;
  g_autofree char *sums = describe_sums (summary);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", proposal->client_name, proposal->number);

  cs_list_row_set_texts (row, *proposal->title != '\0' ? proposal->title : _ ("Untitled"), subtitle, sums);
  cs_list_row_set_pill (
      row, summary->needs_person ? cs_pill_for_person () : cs_pill_for_proposal (proposal->state), NULL);
}

static void
selected_cb (CsProposalsPage *self)
{
  const char *text = cs_id_selection_get_id (self->selection);
  GtkWidget *pane = NULL;
  CsUuid id;

  if (text != NULL && cs_uuid_parse (text, &id, NULL))
    pane = cs_proposal_pane_new (self->session, &id);
  g_set_weak_pointer (&self->pane, pane != NULL ? CS_PROPOSAL_PANE (pane) : NULL);
  cs_split_set_detail (self->split, pane, _ ("Proposal"));
}

static void
created_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsProposalsPage *self = object;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsProposal) proposal = cs_settled_steal_record (settled, &error);

  if (proposal != NULL)
    cs_proposals_page_show (self, &proposal->id);
  else if (error != NULL)
    cs_show_error (GTK_WIDGET (self), error);
}

static void
client_picked_cb (CsProposalsPage *self, gpointer client_id)
{
  cs_follow_up_to_the_end (cs_proposal_create (self->session, client_id), self, created_cb, NULL, NULL);
}

static void
deleted_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsProposalsPage *self = object;
  g_autoptr (GError) error = NULL;

  if (!cs_settled_check (settled, &error))
    cs_show_error (GTK_WIDGET (self), error);
  else
    {
      cs_id_selection_set_id (self->selection, NULL);
      cs_toast (GTK_WIDGET (self), _ ("The draft was deleted"));
    }
}

static void
delete_answered_cb (AdwAlertDialog *dialog, const char *response, gpointer data)
{
  CsProposalsPage *self = data;
  CsUuid id;

  if (g_str_equal (response, "delete")
      && cs_uuid_parse (g_object_get_data (G_OBJECT (dialog), "cs-proposal"), &id, NULL))
    cs_follow_up_to_the_end (cs_session_delete_proposal (self->session, &id), self, deleted_cb, NULL, NULL);
}

static void
act_delete (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (
      _ ("Delete this draft?"), _ ("It was never accepted, and it can’t be brought back.")));

  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "delete", _ ("_Delete"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "cs-proposal", g_variant_dup_string (parameter, NULL), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (delete_answered_cb), widget, 0);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
cs_proposals_page_dispose (GObject *object)
{
  CsProposalsPage *self = CS_PROPOSALS_PAGE (object);

  g_clear_weak_pointer (&self->pane);
  /* Before the template lets go of it, or the bin would unparent it a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_PROPOSALS_PAGE);
  g_clear_object (&self->selection);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_proposals_page_parent_class)->dispose (object);
}

static void
cs_proposals_page_class_init (CsProposalsPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_proposals_page_dispose;
  g_type_ensure (CS_TYPE_SPLIT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/proposals/cs-proposals-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CsProposalsPage, split);
  gtk_widget_class_install_action (widget_class, "proposals.delete", "s", act_delete);
}

static void
cs_proposals_page_init (CsProposalsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static GtkWidget *
make_view (CsProposalsPage *self)
{
  GtkWidget *view = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)),
                                       cs_list_row_factory_new (bind_row, NULL));

  gtk_list_view_set_show_separators (GTK_LIST_VIEW (view), TRUE);
  gtk_list_view_set_tab_behavior (GTK_LIST_VIEW (view), GTK_LIST_TAB_ITEM);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Proposals"), -1);
  return view;
}

/** cs_proposals_page_new: Returns: (transfer floating): the proposals of @session's practice */
GtkWidget *
cs_proposals_page_new (CsSession *session)
{
  CsProposalsPage *self = g_object_new (CS_TYPE_PROPOSALS_PAGE, NULL);
  CsListPane *pane = cs_split_get_pane (self->split);

  self->session = g_object_ref (session);
  cs_split_set_titles (self->split, _ ("Proposals"), _ ("Choose a proposal"), "cs-proposals-symbolic");
  cs_split_set_list_width (self->split, 300, 440, 0.36);
  cs_list_pane_set_up (pane, cs_proposal_list_new (session), &words);
  self->selection = g_object_ref (cs_list_pane_get_selection (pane));
  g_signal_connect_object (self->selection, "notify::selected-id", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  cs_split_set_view (self->split, make_view (self));
  return GTK_WIDGET (self);
}

/** cs_proposals_page_show: opens the proposal of this id. */
void
cs_proposals_page_show (CsProposalsPage *self, const CsUuid *id)
{
  g_autofree char *text = cs_uuid_to_string (id);

  g_return_if_fail (CS_IS_PROPOSALS_PAGE (self));

  cs_id_selection_set_id (self->selection, text);
  cs_split_open (self->split);
}

/** cs_proposals_page_create: starts a draft for @client_id (nullable: asks for whom), and opens it. */
void
cs_proposals_page_create (CsProposalsPage *self, const CsUuid *client_id)
{
  CsClientPickerDialog *dialog;

  g_return_if_fail (CS_IS_PROPOSALS_PAGE (self));

  if (client_id != NULL && !cs_uuid_is_none (client_id))
    {
      client_picked_cb (self, (gpointer)client_id);
      return;
    }
  dialog = cs_client_picker_dialog_new (self->session);
  g_signal_connect_object (dialog, "picked", G_CALLBACK (client_picked_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

/** cs_proposals_page_focus_search: */
void
cs_proposals_page_focus_search (CsProposalsPage *self)
{
  g_return_if_fail (CS_IS_PROPOSALS_PAGE (self));

  cs_list_pane_focus_search (cs_split_get_pane (self->split));
}

/** cs_proposals_page_flush: Returns: (transfer full): resolves when what was typed is on disk */
DexFuture *
cs_proposals_page_flush (CsProposalsPage *self)
{
  g_return_val_if_fail (CS_IS_PROPOSALS_PAGE (self), dex_future_new_true ());

  return self->pane != NULL ? cs_proposal_pane_flush (self->pane) : dex_future_new_true ();
}
