/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-billing-dialog.h"
#include "cs-billing-words.h"
#include "cs-follow-up.h"
#include "cs-toast.h"
#include "cs-typed-row.h"

#include <glib/gi18n-lib.h>

struct _CsBillingDialog
{
  AdwDialog parent_instance;
  GtkWidget *say_button;
  GtkWidget *cancel_button;
  GtkLabel *heading_label;
  GtkLabel *service_label;
  CsTypedRow *from_row;
  CsTypedRow *until_row;
  GtkEditable *reason_row;
  GtkLabel *problem_label;
  GtkLabel *effect_label;
  GtkLabel *stays_label;

  CsSession *session;
  GtkWidget *from; /* where the toast is said */
  CsProposalLine *line;
  CsBillingAnchors anchors;
  GArray *settled; /* of CsDate: starts of periods that are on their way, or were sent */
  CsBillingChangeKind kind;
  gboolean is_saying;
};

G_DEFINE_FINAL_TYPE (CsBillingDialog, cs_billing_dialog, ADW_TYPE_DIALOG)

/* --- what it says --- */

static CsBillingChange *
dup_change (CsBillingDialog *self)
{
  g_autofree char *reason = g_strstrip (g_strdup (gtk_editable_get_text (self->reason_row)));
  CsDate until = self->kind == CS_BILLING_PAUSE ? cs_typed_row_get_date (self->until_row) : CS_DATE_NONE;

  return cs_billing_change_new (self->kind, cs_typed_row_get_date (self->from_row), until, reason);
}

static gboolean
is_readable (CsBillingDialog *self)
{
  return cs_typed_row_is_valid (self->from_row)
         && (self->kind != CS_BILLING_PAUSE || cs_typed_row_is_valid (self->until_row));
}

static void
show_problem (CsBillingDialog *self, const char *problem)
{
  if (g_strcmp0 (problem, gtk_label_get_text (self->problem_label)) == 0)
    return;
  gtk_label_set_text (self->problem_label, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), problem != NULL);
  if (problem != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), problem, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static gboolean
is_settled (CsBillingDialog *self, CsDate start)
{
  for (guint i = 0; i < self->settled->len; i++)
    if (cs_date_compare (g_array_index (self->settled, CsDate, i), start) == 0)
      return TRUE;
  return FALSE;
}

/* What was billed before is so, whatever is said now. */
static void
forget_settled (CsBillingDialog *self, GArray *periods)
{
  for (guint i = periods->len; i > 0; i--)
    if (is_settled (self, g_array_index (periods, CsBillingPeriod, i - 1).start))
      g_array_remove_index (periods, i - 1);
}

static void
show_effect (CsBillingDialog *self, const CsBillingChange *change)
{
  CsDate today = cs_session_get_today (self->session);
  CsDate horizon = cs_date_add_months (cs_date_compare (change->from, today) > 0 ? change->from : today,
                                       CS_PLAN_MONTHS, 0);
  g_autoptr (GArray) periods = cs_billing_changes_foresee (&self->line->billing, &self->anchors,
                                                           self->line->changes, change, horizon);
  g_autofree char *words = NULL;

  forget_settled (self, periods);
  words = cs_billing_words_effect (periods, change, today);
  gtk_label_set_text (self->effect_label, words);
}

/* That a reason is still missing is no mistake, only no end. */
static void
changed_cb (CsBillingDialog *self)
{
  g_autoptr (CsBillingChange) change = NULL;
  g_autoptr (CsBillingChange) with_reason = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_right;

  if (self->session == NULL)
    return;
  change = dup_change (self);
  with_reason = cs_billing_change_copy (change);
  g_set_str (&with_reason->reason, "-");
  is_right = is_readable (self) && cs_billing_changes_check (self->line->changes, with_reason, &error);
  show_problem (self, error != NULL ? error->message : NULL);
  if (is_right)
    show_effect (self, change);
  else
    gtk_label_set_text (self->effect_label, _ ("Say from which day on, to see what it changes"));
  gtk_widget_set_sensitive (self->say_button, is_right && *change->reason != '\0' && !self->is_saying);
  gtk_widget_set_tooltip_text (self->say_button, is_right && *change->reason == '\0' ? _ ("Say why") : NULL);
}

/* --- what it does --- */

typedef struct
{
  CsSession *session;
  CsUuid change_id;
} Undo;

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  g_object_unref (undo->session);
  g_free (undo);
}

static void
undone_cb (gpointer from, DexFuture *settled, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (cs_settled_check (settled, &error))
    cs_toast (from, _ ("Taken back. What was released meanwhile stays, under Activity."));
  else
    cs_show_error (from, error);
}

static void
undo (GtkWidget *from, gpointer data)
{
  Undo *undo = data;

  cs_follow_up_to_the_end (cs_session_take_back_billing (undo->session, &undo->change_id), from, undone_cb,
                           NULL, NULL);
}

/* Once pressed it can't be cancelled any more, and must not look so. */
static void
set_saying (CsBillingDialog *self, gboolean is_saying)
{
  self->is_saying = is_saying;
  adw_dialog_set_can_close (ADW_DIALOG (self), !is_saying);
  gtk_widget_set_sensitive (self->cancel_button, !is_saying);
}

static void
said_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsBillingDialog *self = object;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsBillingChange) said = cs_settled_steal_record (settled, &error);
  g_autofree char *words = NULL;
  Undo *taking_back;

  set_saying (self, FALSE);
  if (said == NULL)
    {
      changed_cb (self);
      show_problem (self, error->message);
      return;
    }
  taking_back = g_new0 (Undo, 1);
  taking_back->session = g_object_ref (self->session);
  taking_back->change_id = said->id;
  words = cs_billing_words_done (said, self->line, cs_session_get_today (self->session));
  cs_toast_undo_by (self->from, words, undo, taking_back, undo_free);
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
say_cb (CsBillingDialog *self)
{
  g_autoptr (CsBillingChange) change = dup_change (self);
  CsUuid seen = cs_billing_changes_get_last (self->line->changes);

  if (self->is_saying)
    return;
  set_saying (self, TRUE);
  changed_cb (self);
  cs_follow_up_to_the_end (cs_session_change_billing (self->session, &self->line->id, &seen, change), self,
                           said_cb, NULL, NULL);
}

/* --- the object --- */

static void
cs_billing_dialog_dispose (GObject *object)
{
  CsBillingDialog *self = CS_BILLING_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_BILLING_DIALOG);
  g_clear_pointer (&self->line, cs_proposal_line_free);
  g_clear_pointer (&self->settled, g_array_unref);
  g_clear_object (&self->session);
  g_clear_object (&self->from);
  G_OBJECT_CLASS (cs_billing_dialog_parent_class)->dispose (object);
}

static void
cs_billing_dialog_class_init (CsBillingDialogClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_billing_dialog_dispose;
  g_type_ensure (CS_TYPE_TYPED_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/proposals/cs-billing-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CsBillingDialog, say_button);
  gtk_widget_class_bind_template_child (widget_class, CsBillingDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, CsBillingDialog, heading_label);
  gtk_widget_class_bind_template_child (widget_class, CsBillingDialog, service_label);
  gtk_widget_class_bind_template_child (widget_class, CsBillingDialog, from_row);
  gtk_widget_class_bind_template_child (widget_class, CsBillingDialog, until_row);
  gtk_widget_class_bind_template_child (widget_class, CsBillingDialog, reason_row);
  gtk_widget_class_bind_template_child (widget_class, CsBillingDialog, problem_label);
  gtk_widget_class_bind_template_child (widget_class, CsBillingDialog, effect_label);
  gtk_widget_class_bind_template_child (widget_class, CsBillingDialog, stays_label);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, say_cb);
}

static void
cs_billing_dialog_init (CsBillingDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cs_typed_row_set_kind (self->from_row, CS_TYPED_DATE);
  cs_typed_row_set_kind (self->until_row, CS_TYPED_DATE);
}

/* A pause that still lasts is resumed today; what only begins later, on its first day. */
static CsDate
suggest_day (CsBillingDialog *self)
{
  CsDate today = cs_session_get_today (self->session);
  g_autoptr (GArray) gaps = cs_billing_changes_list_gaps (self->line->changes);
  const CsBillingGap *next = cs_billing_gaps_find_next (gaps, today);

  if (self->kind == CS_BILLING_RESUME && next != NULL && cs_billing_gaps_find (gaps, today) == NULL)
    return next->from;
  return today;
}

static void
fill (CsBillingDialog *self)
{
  CsDate today = cs_session_get_today (self->session);
  CsBillingVerbs verbs = cs_billing_words_verbs (self->kind);

  adw_dialog_set_title (ADW_DIALOG (self), verbs.heading);
  gtk_label_set_text (self->heading_label, verbs.heading);
  gtk_label_set_text (self->service_label, self->line->description);
  gtk_label_set_text (self->stays_label, verbs.stays);
  gtk_button_set_label (GTK_BUTTON (self->say_button), verbs.button);
  gtk_widget_add_css_class (self->say_button,
                            self->kind == CS_BILLING_STOP ? "destructive-action" : "suggested-action");
  gtk_widget_set_visible (GTK_WIDGET (self->until_row), self->kind == CS_BILLING_PAUSE);
  cs_typed_row_set_today (self->from_row, today);
  cs_typed_row_set_today (self->until_row, today);
  cs_typed_row_set_date (self->from_row, suggest_day (self));
  adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->reason_row));
  changed_cb (self);
}

/** cs_billing_dialog_present: asks about a service of @proposal, which was accepted; @from: where the person
 * asked for it. @settled: (transfer full) (element-type CsDate): starts of its periods that were released */
void
cs_billing_dialog_present (GtkWidget *from,
                           CsSession *session,
                           const CsProposal *proposal,
                           const CsUuid *line_id,
                           GArray *settled,
                           CsBillingChangeKind kind)
{
  g_autoptr (GArray) taken = settled;
  const CsProposalLine *line;
  CsBillingDialog *self;

  g_return_if_fail (GTK_IS_WIDGET (from) && CS_IS_SESSION (session));
  g_return_if_fail (proposal != NULL && proposal->acceptance != NULL && line_id != NULL);

  line = cs_proposal_find_line (proposal, line_id);
  if (line == NULL)
    return;
  self = g_object_new (CS_TYPE_BILLING_DIALOG, NULL);
  self->session = g_object_ref (session);
  self->from = g_object_ref (from);
  self->line = cs_proposal_line_copy (line);
  self->settled = g_steal_pointer (&taken);
  self->anchors = (CsBillingAnchors){ proposal->acceptance->accepted_on, proposal->start };
  self->kind = kind;
  fill (self);
  adw_dialog_present (ADW_DIALOG (self), from);
}
