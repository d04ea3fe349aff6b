/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-operation-pane.h"
#include "cs-follow-up.h"
#include "cs-operation-cancel.h"
#include "cs-format.h"
#include "cs-operation-words.h"
#include "cs-rows.h"
#include "cs-state-pill.h"
#include "cs-toast.h"

#include <glib/gi18n-lib.h>

struct _CsOperationPane
{
  AdwBin parent_instance;
  AdwWindowTitle *title;
  GtkLabel *client_label;
  CsStatePill *pill;
  GtkLabel *outcome_label;
  GtkLabel *advice_label;
  GtkWidget *buttons;
  GtkWidget *retry_button;
  GtkWidget *renumber_button;
  GtkWidget *cancel_button;
  GtkWidget *open_button;
  GtkWidget *connect_button;
  GtkListBox *facts;
  AdwExpanderRow *details_row;
  GtkWidget *attempts_row;
  GtkWidget *correlation_row;

  CsSession *session;
  CsJournalItem *item;
};

G_DEFINE_FINAL_TYPE (CsOperationPane, cs_operation_pane, ADW_TYPE_BIN)

static void
done_cb (gpointer object, DexFuture *settled, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!cs_settled_check (settled, &error))
    cs_show_error (object, error);
}

static void
act_retry (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsOperationPane *self = CS_OPERATION_PANE (widget);
  gboolean renumber = g_str_equal (action, "operation.renumber");

  cs_follow_up_to_the_end (
      cs_session_retry_journal (self->session, &cs_journal_item_get (self->item)->id, renumber), self,
      done_cb, NULL, NULL);
}

static void
act_cancel (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsOperationPane *self = CS_OPERATION_PANE (widget);

  cs_operation_cancel (widget, self->session, cs_journal_item_get (self->item));
}

static void
act_open (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsOperationPane *self = CS_OPERATION_PANE (widget);
  const CsOperation *operation = cs_journal_item_get (self->item);
  gboolean is_contact = !operation->is_invoice || operation->state == CS_JOURNAL_BLOCKED;
  const char *id = operation->state == CS_JOURNAL_BLOCKED ? operation->contact_id : operation->remote_id;
  g_autofree char *link = is_contact ? cs_session_get_contact_link (self->session, id)
                                     : cs_session_get_invoice_link (self->session, id);

  if (link != NULL)
    gtk_widget_activate_action (widget, "win.open-uri", "s", link);
}

static void
add_moment (CsOperationPane *self, const char *title, gint64 instant_ms)
{
  g_autofree char *ago = NULL;
  g_autofree char *moment = NULL;
  GtkWidget *row;

  if (instant_ms == 0)
    return;
  ago = cs_format_ago (instant_ms, cs_clock_now_ms (cs_session_get_clock (self->session)));
  moment = cs_format_moment (instant_ms, cs_session_get_time_zone (self->session));
  row = cs_rows_new_property (title, ago);
  gtk_widget_set_tooltip_text (row, moment);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, moment, -1);
  gtk_list_box_append (self->facts, row);
}

static void
show_facts (CsOperationPane *self, const CsOperation *operation)
{
  g_autofree char *amount = cs_format_money_with_currency (operation->amount);
  g_autofree char *proposal_id = cs_uuid_to_string (&operation->proposal_id);
  g_autofree char *action = g_strdup_printf ("win.show-proposal::%s", proposal_id);
  GtkWidget *row;

  cs_rows_clear (self->facts);
  if (operation->is_invoice)
    gtk_list_box_append (self->facts, cs_rows_new_property (_ ("Amount"), amount));
  if (!cs_uuid_is_none (&operation->proposal_id))
    {
      row = cs_rows_new (_ ("The proposal that it comes from"), NULL);
      cs_rows_set_action (row, action);
      gtk_list_box_append (self->facts, row);
    }
  add_moment (self, _ ("Made"), operation->created_ms);
  add_moment (self, operation->state == CS_JOURNAL_DONE ? _ ("Sent") : _ ("Last tried"), operation->sent_ms);
  add_moment (self, _ ("Finished"), operation->finished_ms);
  gtk_list_box_append (self->facts, cs_rows_new_property (_ ("By"), operation->actor));
}

static void
show_details (CsOperationPane *self, const CsOperation *operation)
{
  g_autofree char *attempts = g_strdup_printf ("%u", operation->attempts);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->attempts_row), attempts);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->correlation_row),
                               *operation->correlation_id != '\0' ? operation->correlation_id : "–");
}

static void
show_buttons (CsOperationPane *self, const CsOperation *operation)
{
  gboolean is_blocked = operation->state == CS_JOURNAL_BLOCKED;
  gboolean can_cancel = is_blocked || operation->state == CS_JOURNAL_HELD
                        || operation->state == CS_JOURNAL_QUEUED || operation->state == CS_JOURNAL_WAITING;
  gboolean needs_connection = cs_operation_words_needs_connection (operation, self->session);
  gboolean is_archived = cs_operation_words_names_contact (operation);
  gboolean can_open = is_archived || (operation->state == CS_JOURNAL_DONE && *operation->remote_id != '\0');

  gtk_widget_set_visible (self->retry_button, is_blocked || operation->state == CS_JOURNAL_WAITING);
  gtk_widget_set_visible (self->renumber_button, cs_operation_is_number_taken (operation));
  gtk_widget_set_visible (self->cancel_button, can_cancel);
  gtk_button_set_label (GTK_BUTTON (self->open_button),
                        is_archived ? _ ("_Open contact in Xero") : _ ("_Open in Xero"));
  gtk_widget_set_visible (self->open_button, can_open);
  gtk_widget_set_visible (self->connect_button, needs_connection);
  gtk_widget_set_visible (self->buttons, can_cancel || can_open || needs_connection);
}

static void
show (CsOperationPane *self)
{
  const CsOperation *operation = cs_journal_item_get (self->item);
  g_autofree char *title = cs_operation_words_title (operation);
  g_autofree char *outcome = cs_operation_words_outcome (operation, self->session);

  adw_window_title_set_title (self->title, title);
  gtk_label_set_text (self->client_label, operation->title);
  cs_state_pill_set (self->pill, cs_pill_for_operation (operation));
  gtk_label_set_text (self->outcome_label, outcome);
  gtk_label_set_text (self->advice_label, cs_operation_words_advice (operation));
  gtk_widget_set_visible (GTK_WIDGET (self->advice_label), *cs_operation_words_advice (operation) != '\0');
  show_facts (self, operation);
  show_details (self, operation);
  show_buttons (self, operation);
}

static void
cs_operation_pane_dispose (GObject *object)
{
  CsOperationPane *self = CS_OPERATION_PANE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_OPERATION_PANE);
  g_clear_object (&self->item);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_operation_pane_parent_class)->dispose (object);
}

static void
cs_operation_pane_class_init (CsOperationPaneClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_operation_pane_dispose;
  g_type_ensure (CS_TYPE_STATE_PILL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/activity/cs-operation-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, CsOperationPane, title);
  gtk_widget_class_bind_template_child (widget_class, CsOperationPane, client_label);
  gtk_widget_class_bind_template_child (widget_class, CsOperationPane, pill);
  gtk_widget_class_bind_template_child (widget_class, CsOperationPane, outcome_label);
  gtk_widget_class_bind_template_child (widget_class, CsOperationPane, advice_label);
  gtk_widget_class_bind_template_child (widget_class, CsOperationPane, buttons);
  gtk_widget_class_bind_template_child (widget_class, CsOperationPane, retry_button);
  gtk_widget_class_bind_template_child (widget_class, CsOperationPane, renumber_button);
  gtk_widget_class_bind_template_child (widget_class, CsOperationPane, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, CsOperationPane, open_button);
  gtk_widget_class_bind_template_child (widget_class, CsOperationPane, connect_button);
  gtk_widget_class_bind_template_child (widget_class, CsOperationPane, facts);
  gtk_widget_class_bind_template_child (widget_class, CsOperationPane, details_row);
  gtk_widget_class_install_action (widget_class, "operation.retry", NULL, act_retry);
  gtk_widget_class_install_action (widget_class, "operation.renumber", NULL, act_retry);
  gtk_widget_class_install_action (widget_class, "operation.cancel", NULL, act_cancel);
  gtk_widget_class_install_action (widget_class, "operation.open", NULL, act_open);
}

static void
cs_operation_pane_init (CsOperationPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->attempts_row = cs_rows_new_property (_ ("Attempts that failed in a row"), NULL);
  self->correlation_row = cs_rows_new_property (_ ("Xero’s correlation id"), NULL);
  adw_expander_row_add_row (self->details_row, self->attempts_row);
  adw_expander_row_add_row (self->details_row, self->correlation_row);
}

/** cs_operation_pane_new: Returns: (transfer floating): shows @item, and follows it */
GtkWidget *
cs_operation_pane_new (CsSession *session, CsJournalItem *item)
{
  CsOperationPane *self = g_object_new (CS_TYPE_OPERATION_PANE, NULL);

  self->session = g_object_ref (session);
  self->item = g_object_ref (item);
  g_signal_connect_object (item, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}
