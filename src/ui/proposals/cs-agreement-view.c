/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-agreement-view.h"
#include "cs-agreement-rows.h"
#include "cs-billing-dialog.h"
#include "cs-billing-skip.h"
#include "cs-client-picker-dialog.h"
#include "cs-follow-up.h"
#include "cs-format.h"
#include "cs-invoices-card.h"
#include "cs-jobs-card.h"
#include "cs-operation-adopt.h"
#include "cs-operation-cancel.h"
#include "cs-operation-words.h"
#include "cs-proposal-words.h"
#include "cs-rows.h"
#include "cs-session-catch-up.h"
#include "cs-state-pill.h"
#include "cs-toast.h"

#include <glib/gi18n-lib.h>

#define TICK_MS 250
#define SECOND_MS 1000
#define SHA256_SHOWN_CHARACTERS 16

struct _CsAgreementView
{
  AdwBin parent_instance;
  AdwBanner *missed_banner;
  GtkLabel *title_label;
  CsStatePill *pill;
  GtkWidget *held_box;
  GtkLabel *held_label;
  GtkWidget *undo_button;
  GtkWidget *send_button;
  GtkLabel *reason_label;
  GtkListBox *written;
  GtkWidget *planned_group;
  GtkListBox *planned;
  CsInvoicesCard *invoices_card;
  CsJobsCard *jobs_card;
  GtkListBox *lines;
  GtkListBox *facts;

  CsProposalEditor *editor;
  CsSession *session;
  CsLedgerLists *lists;
  CsProposalProgress *progress;
  guint tick_source;
  char *lines_shown;   /* (nullable): what the rows of services say */
  char *facts_shown;   /* (nullable): what the rows of the agreement say */
  gboolean wants_undo; /* the keyboard goes there once it can */
};

G_DEFINE_FINAL_TYPE (CsAgreementView, cs_agreement_view, ADW_TYPE_BIN)

/* --- what a person can do
 * ----------------------------------------------------------------------------------- */

static void
done_cb (gpointer object, DexFuture *settled, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!cs_settled_check (settled, &error))
    cs_show_error (object, error);
  else if (data != NULL)
    cs_toast (object, data);
}

static void
act_undo (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsAgreementView *self = CS_AGREEMENT_VIEW (widget);

  cs_toast_dismiss (widget);
  cs_follow_up_to_the_end (
      cs_session_undo_acceptance (self->session, &cs_proposal_editor_get (self->editor)->id),
      gtk_widget_get_parent (widget), done_cb, _ ("The acceptance was undone. Nothing was sent."), NULL);
}

static void
act_send (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsAgreementView *self = CS_AGREEMENT_VIEW (widget);

  cs_toast_dismiss (widget);
  cs_follow_up_to_the_end (
      cs_session_release_acceptance (self->session, &cs_proposal_editor_get (self->editor)->id), self,
      done_cb, _ ("It goes to Xero now"), NULL);
}

static void
act_on_row (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsAgreementView *self = CS_AGREEMENT_VIEW (widget);
  DexFuture *future;
  CsUuid id;

  if (!cs_uuid_parse (g_variant_get_string (parameter, NULL), &id, NULL))
    return;
  if (g_str_equal (action, "agreement.cancel") || g_str_equal (action, "agreement.adopt"))
    {
      const CsOperation *operation = cs_proposal_progress_find (self->progress, &id);

      if (operation != NULL && g_str_equal (action, "agreement.cancel"))
        cs_operation_cancel (widget, self->session, operation);
      else if (operation != NULL && cs_operation_may_be_adopted (operation))
        cs_operation_adopt (widget, self->session, operation);
      return;
    }
  if (g_str_equal (action, "agreement.undo-skip"))
    future = cs_session_undo_skip (self->session, &id, 1);
  else
    future = cs_session_retry_journal (self->session, &id, g_str_equal (action, "agreement.renumber"));
  cs_follow_up_to_the_end (future, self, done_cb, NULL, NULL);
}

/* Of CsDate: the periods of a service that are on their way to the ledger, or there, or were skipped. */
static GArray *
list_settled (CsAgreementView *self, const CsUuid *line_id)
{
  GPtrArray *rows = cs_proposal_progress_get_rows (self->progress);
  GArray *settled = g_array_new (FALSE, FALSE, sizeof (CsDate));

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const CsProgressRow *row = rows->pdata[i];

      if (row->operation == NULL && row->planned->skipped_ms == 0)
        continue;
      for (guint k = 0; k < row->planned->lines->len; k++)
        {
          const CsPlannedLine *line = row->planned->lines->pdata[k];

          if (cs_uuid_equal (&line->line_id, line_id))
            g_array_append_val (settled, line->period.start);
        }
    }
  return settled;
}

static void
act_on_line (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsAgreementView *self = CS_AGREEMENT_VIEW (widget);
  const CsProposal *proposal = cs_proposal_editor_get (self->editor);
  CsUuid id;

  if (proposal == NULL || !cs_proposal_progress_is_loaded (self->progress)
      || !cs_uuid_parse (g_variant_get_string (parameter, NULL), &id, NULL))
    return;
  cs_billing_dialog_present (widget, self->session, proposal, &id, list_settled (self, &id),
                             g_str_equal (action, "agreement.pause")    ? CS_BILLING_PAUSE
                             : g_str_equal (action, "agreement.resume") ? CS_BILLING_RESUME
                                                                        : CS_BILLING_STOP);
}

/* Skip and Send go by what the row says. */
static void
act_on_planned (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsAgreementView *self = CS_AGREEMENT_VIEW (widget);
  GPtrArray *rows = cs_proposal_progress_get_rows (self->progress);
  CsUuid id;

  if (!cs_uuid_parse (g_variant_get_string (parameter, NULL), &id, NULL))
    return;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const CsProgressRow *row = rows->pdata[i];

      if (!cs_uuid_equal (&row->planned->id, &id))
        continue;
      if (g_str_equal (action, "agreement.skip"))
        cs_billing_skip (widget, self->session, row->planned);
      else
        {
          CsPlannedSeen seen = cs_planned_invoice_get_seen (row->planned);

          cs_follow_up_to_the_end (cs_session_release_planned (self->session, &seen), self, done_cb, NULL,
                                   NULL);
        }
      return;
    }
}

static void
contact_picked_cb (CsAgreementView *self, const char *contact_id, AdwDialog *dialog)
{
  const CsProposal *proposal = cs_proposal_editor_get (self->editor);

  if (proposal != NULL)
    cs_follow_up_to_the_end (cs_session_link_client (self->session, &proposal->client_id, contact_id), self,
                             done_cb, _ ("The client was linked"), NULL);
}

static void
act_link (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsAgreementView *self = CS_AGREEMENT_VIEW (widget);
  const CsOperation *operation = cs_proposal_progress_get_contact (self->progress);
  CsClientPickerDialog *dialog;

  if (operation == NULL)
    return;
  dialog = cs_client_picker_dialog_new_to_link (self->session, operation->title);
  g_signal_connect_object (dialog, "contact-picked", G_CALLBACK (contact_picked_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

/* --- what is shown
 * ------------------------------------------------------------------------------------------ */

/* (transfer full): what becomes of what is held; @seconds: until the hold is over */
static char *
describe_hold (gboolean holds_rows, CsProgressUndo undo, int seconds)
{
  g_autofree char *count = cs_format_seconds (seconds);

  if (!holds_rows)
    return undo == CS_PROGRESS_UNDO_POSSIBLE
               /* Translators: %s is a count of seconds, "12 s". */
               ? g_strdup_printf (_ ("Nothing goes to Xero yet. You can undo it for %s."), count)
               : g_strdup (_ ("Nothing goes to Xero now"));
  if (seconds > 0)
    /* Translators: %s is a count of seconds, "12 s". */
    return g_strdup_printf (_ ("Goes to Xero in %s"), count);
  return g_strdup (_ ("Goes to Xero now"));
}

/* A button that can't be pressed says why. */
static void
show_undo (CsAgreementView *self, CsProgressUndo undo)
{
  const char *reason
      = undo == CS_PROGRESS_UNDO_KEPT_BACK
            ? _ ("What was kept from being sent can’t be undone with the rest. “Send after all” "
                 "takes that back, and holds it again.")
            : _ ("It can’t be undone any more: part of it has gone its way already.");

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "agreement.undo", undo == CS_PROGRESS_UNDO_POSSIBLE);
  gtk_widget_set_visible (GTK_WIDGET (self->reason_label), undo != CS_PROGRESS_UNDO_POSSIBLE);
  if (undo == CS_PROGRESS_UNDO_POSSIBLE)
    return;
  if (!g_str_equal (gtk_label_get_text (self->reason_label), reason))
    gtk_label_set_text (self->reason_label, reason);
}

static void
show_hold (CsAgreementView *self)
{
  gint64 until_ms = cs_proposal_progress_get_hold_until_ms (self->progress);
  gint64 left_ms = until_ms - cs_clock_now_ms (cs_session_get_clock (self->session));
  CsProgressUndo undo = cs_proposal_progress_get_undo (self->progress);
  gboolean holds_rows = cs_proposal_progress_holds_rows (self->progress);
  g_autofree char *words
      = describe_hold (holds_rows, undo, (int)((MAX (left_ms, 0) + SECOND_MS - 1) / SECOND_MS));

  gtk_widget_set_visible (self->held_box, until_ms > 0);
  show_undo (self, undo);
  if (until_ms == 0)
    return;
  gtk_widget_set_visible (self->send_button, holds_rows);
  gtk_label_set_text (self->held_label, words);
  if (self->wants_undo && gtk_widget_grab_focus (self->undo_button))
    self->wants_undo = FALSE;
}

static gboolean
tick_cb (gpointer data)
{
  CsAgreementView *self = data;

  show_hold (self);
  if (cs_proposal_progress_get_hold_until_ms (self->progress) > 0)
    return G_SOURCE_CONTINUE;
  self->tick_source = 0;
  return G_SOURCE_REMOVE;
}

/* What waits for a word can be settled all at once elsewhere. */
static void
show_missed (CsAgreementView *self, guint n_missed)
{
  g_autofree char *words
      = g_strdup_printf (ngettext ("%'u invoice of a past day waits for your decision",
                                   "%'u invoices of past days wait for your decision", n_missed),
                         n_missed);

  if (n_missed > 0)
    adw_banner_set_title (self->missed_banner, words);
  adw_banner_set_revealed (self->missed_banner, n_missed > 0);
}

static void
show_rows (CsAgreementView *self)
{
  GPtrArray *rows = cs_proposal_progress_get_rows (self->progress);
  guint n_missed = 0;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    n_missed += ((CsProgressRow *)rows->pdata[i])->needs_word;
  cs_agreement_rows_fill_written (self->written, self->progress, self->session);
  cs_agreement_rows_fill_planned (self->planned, self->progress, cs_proposal_editor_get (self->editor));
  gtk_widget_set_visible (self->planned_group,
                          gtk_widget_get_first_child (GTK_WIDGET (self->planned)) != NULL);
  show_missed (self, n_missed);
}

static void
progress_cb (CsAgreementView *self)
{
  show_rows (self);
  show_hold (self);
  if (self->tick_source == 0 && cs_proposal_progress_get_hold_until_ms (self->progress) > 0)
    self->tick_source = g_timeout_add (TICK_MS, tick_cb, self);
}

static void
moved_cb (CsAgreementView *self, gpointer moved)
{
  const CsOperation *operation = moved;
  CsPill pill = cs_pill_for_operation (operation);
  g_autofree char *title = cs_operation_words_title (operation);
  /* Translators: what was written, and its state: "Invoice CS-0001: Sent". */
  g_autofree char *words = g_strdup_printf (_ ("%1$s: %2$s"), title, pill.word);

  gtk_accessible_announce (GTK_ACCESSIBLE (self), words, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* Rows are made anew only where what they say is new: a menu may be open over one. */
static void
show_lines (CsAgreementView *self, const CsProposal *proposal)
{
  CsDate today = cs_session_get_today (self->session);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GString) words = g_string_new (NULL);

  g_string_append_printf (words, "%d\n", today.days); /* what a menu offers depends on it */
  for (guint i = 0; i < proposal->lines->len; i++)
    {
      const CsProposalLine *line = proposal->lines->pdata[i];
      GtkWidget *row = g_object_ref_sink (cs_agreement_rows_new_line (proposal, line, self->lists, today));

      g_ptr_array_add (rows, row);
      g_string_append_printf (words, "%s\n%s\n", line->description,
                              adw_action_row_get_subtitle (ADW_ACTION_ROW (row)));
    }
  if (g_set_str (&self->lines_shown, words->str))
    {
      cs_rows_clear (self->lines);
      for (guint i = 0; i < rows->len; i++)
        gtk_list_box_append (self->lines, rows->pdata[i]);
    }
}

static void
add_client (CsAgreementView *self, const CsProposal *proposal)
{
  g_autofree char *id = cs_uuid_to_string (&proposal->client_id);
  g_autofree char *action = g_strdup_printf ("win.show-client::%s", id);
  GtkWidget *row = cs_rows_new_property (_ ("Client"), proposal->client_name);

  cs_rows_set_action (row, action);
  gtk_list_box_append (self->facts, row);
}

/* Whoever is in a row must not be thrown out of it by what goes on elsewhere. */
static gboolean
has_new_facts (CsAgreementView *self, const CsProposal *proposal)
{
  const CsAcceptance *acceptance = proposal->acceptance;
  g_autofree char *id = cs_uuid_to_string (&proposal->client_id);
  g_autofree char *words
      = g_strdup_printf ("%s %s %s %" G_GINT64_FORMAT, id, proposal->client_name,
                         acceptance != NULL ? acceptance->agreement_sha256 : "",
                         acceptance != NULL ? acceptance->accepted_ms : G_GINT64_CONSTANT (0));

  return g_set_str (&self->facts_shown, words);
}

static void
show_facts (CsAgreementView *self, const CsProposal *proposal)
{
  const CsAcceptance *acceptance = proposal->acceptance;
  g_autofree char *who = NULL;
  g_autofree char *date = NULL;
  g_autofree char *moment = NULL;
  g_autofree char *hash = NULL;
  GtkWidget *row;

  if (!has_new_facts (self, proposal))
    return;
  cs_rows_clear (self->facts);
  add_client (self, proposal);
  if (acceptance == NULL)
    return;
  who = *acceptance->capacity != '\0'
            ? g_strdup_printf (C_ ("signatory", "%1$s, %2$s"), acceptance->signatory, acceptance->capacity)
            : g_strdup (acceptance->signatory);
  date = cs_format_date (acceptance->accepted_on);
  moment = cs_format_moment (acceptance->accepted_ms, cs_session_get_time_zone (self->session));
  hash = g_strndup (acceptance->agreement_sha256, SHA256_SHOWN_CHARACTERS);
  gtk_list_box_append (self->facts, cs_rows_new_property (_ ("Accepted by"), who));
  row = cs_rows_new_property (_ ("On"), date);
  gtk_widget_set_tooltip_text (row, moment);
  gtk_list_box_append (self->facts, row);
  gtk_list_box_append (self->facts,
                       cs_rows_new_property (_ ("How"), cs_proposal_words_method (acceptance->method)));
  gtk_list_box_append (self->facts, cs_rows_new_property (_ ("Note"), acceptance->note));
  gtk_list_box_append (self->facts, cs_rows_new_property (_ ("Marked by"), acceptance->actor));
  row = cs_rows_new_property (_ ("Fingerprint of what was agreed (SHA-256)"), hash);
  gtk_widget_set_tooltip_text (row, acceptance->agreement_sha256);
  gtk_list_box_append (self->facts, row);
}

static void
show_proposal (CsAgreementView *self)
{
  const CsProposal *proposal = cs_proposal_editor_get (self->editor);
  g_autoptr (CsInvoiceFilter) scope = NULL;

  if (proposal == NULL || cs_proposal_editor_is_draft (self->editor))
    return;
  gtk_label_set_text (self->title_label, *proposal->title != '\0' ? proposal->title : _ ("Untitled"));
  cs_state_pill_set (self->pill, cs_pill_for_proposal (proposal->state));
  show_lines (self, proposal);
  show_facts (self, proposal);
  scope = cs_invoice_filter_new_for_proposal (&proposal->id);
  cs_invoices_card_set (self->invoices_card, self->session, scope, proposal->number);
  cs_jobs_card_set_proposal (self->jobs_card, self->session, &proposal->id);
}

static void
cs_agreement_view_dispose (GObject *object)
{
  CsAgreementView *self = CS_AGREEMENT_VIEW (object);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_AGREEMENT_VIEW);
  g_clear_pointer (&self->lines_shown, g_free);
  g_clear_pointer (&self->facts_shown, g_free);
  g_clear_object (&self->progress);
  g_clear_object (&self->lists);
  g_clear_object (&self->session);
  g_clear_object (&self->editor);
  G_OBJECT_CLASS (cs_agreement_view_parent_class)->dispose (object);
}

static void
cs_agreement_view_class_init (CsAgreementViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_agreement_view_dispose;
  g_type_ensure (CS_TYPE_INVOICES_CARD);
  g_type_ensure (CS_TYPE_JOBS_CARD);
  g_type_ensure (CS_TYPE_STATE_PILL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/proposals/cs-agreement-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CsAgreementView, missed_banner);
  gtk_widget_class_bind_template_child (widget_class, CsAgreementView, title_label);
  gtk_widget_class_bind_template_child (widget_class, CsAgreementView, pill);
  gtk_widget_class_bind_template_child (widget_class, CsAgreementView, held_box);
  gtk_widget_class_bind_template_child (widget_class, CsAgreementView, held_label);
  gtk_widget_class_bind_template_child (widget_class, CsAgreementView, undo_button);
  gtk_widget_class_bind_template_child (widget_class, CsAgreementView, send_button);
  gtk_widget_class_bind_template_child (widget_class, CsAgreementView, reason_label);
  gtk_widget_class_bind_template_child (widget_class, CsAgreementView, written);
  gtk_widget_class_bind_template_child (widget_class, CsAgreementView, planned_group);
  gtk_widget_class_bind_template_child (widget_class, CsAgreementView, planned);
  gtk_widget_class_bind_template_child (widget_class, CsAgreementView, invoices_card);
  gtk_widget_class_bind_template_child (widget_class, CsAgreementView, jobs_card);
  gtk_widget_class_bind_template_child (widget_class, CsAgreementView, lines);
  gtk_widget_class_bind_template_child (widget_class, CsAgreementView, facts);
  gtk_widget_class_install_action (widget_class, "agreement.undo", NULL, act_undo);
  gtk_widget_class_install_action (widget_class, "agreement.send", NULL, act_send);
  gtk_widget_class_install_action (widget_class, "agreement.link", "s", act_link);
  gtk_widget_class_install_action (widget_class, "agreement.retry", "s", act_on_row);
  gtk_widget_class_install_action (widget_class, "agreement.renumber", "s", act_on_row);
  gtk_widget_class_install_action (widget_class, "agreement.adopt", "s", act_on_row);
  gtk_widget_class_install_action (widget_class, "agreement.cancel", "s", act_on_row);
  gtk_widget_class_install_action (widget_class, "agreement.send-planned", "s", act_on_planned);
  gtk_widget_class_install_action (widget_class, "agreement.undo-skip", "s", act_on_row);
  gtk_widget_class_install_action (widget_class, "agreement.skip", "s", act_on_planned);
  gtk_widget_class_install_action (widget_class, "agreement.pause", "s", act_on_line);
  gtk_widget_class_install_action (widget_class, "agreement.resume", "s", act_on_line);
  gtk_widget_class_install_action (widget_class, "agreement.stop", "s", act_on_line);
}

static void
cs_agreement_view_init (CsAgreementView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** cs_agreement_view_new: Returns: (transfer floating): shows @editor's accepted proposal */
GtkWidget *
cs_agreement_view_new (CsProposalEditor *editor)
{
  CsAgreementView *self = g_object_new (CS_TYPE_AGREEMENT_VIEW, NULL);

  self->editor = g_object_ref (editor);
  self->session = g_object_ref (cs_proposal_editor_get_session (editor));
  self->lists = cs_ledger_lists_new (self->session);
  self->progress = cs_proposal_progress_new (self->session, &cs_proposal_editor_get (editor)->id);
  g_signal_connect_object (editor, "edited", G_CALLBACK (show_proposal), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->lists, "changed", G_CALLBACK (show_proposal), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->progress, "changed", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->progress, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  show_proposal (self);
  show_hold (self);
  return GTK_WIDGET (self);
}

/** cs_agreement_view_focus_undo: gives the keyboard to Undo, as soon as there is something to undo. */
void
cs_agreement_view_focus_undo (CsAgreementView *self)
{
  g_return_if_fail (CS_IS_AGREEMENT_VIEW (self));

  self->wants_undo = TRUE;
  show_hold (self);
}
