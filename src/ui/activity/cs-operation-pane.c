/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-operation-pane.h"
#include "cs-call-row.h"
#include "cs-follow-up.h"
#include "cs-format.h"
#include "cs-operation-actions.h"
#include "cs-operation-words.h"
#include "cs-request-item.h"
#include "cs-rows.h"
#include "cs-state-pill.h"

#include <glib/gi18n-lib.h>

struct _CsOperationPane
{
  AdwBin parent_instance;
  AdwWindowTitle *title;
  GtkLabel *client_label;
  CsStatePill *pill;
  GtkLabel *outcome_label;
  GtkLabel *advice_label;
  AdwWrapBox *buttons;
  GtkListBox *facts;
  AdwExpanderRow *calls_row;
  AdwExpanderRow *details_row;
  GtkWidget *attempts_row;
  GtkWidget *correlation_row;

  CsSession *session;
  CsJournalItem *item;
  GPtrArray *call_rows; /* unowned */
  DexFuture *reading;
  gboolean is_stale; /* more was called while we read */
};

G_DEFINE_FINAL_TYPE (CsOperationPane, cs_operation_pane, ADW_TYPE_BIN)

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
  add_moment (self, operation->state == CS_JOURNAL_DONE ? C_ ("when", "Sent") : _ ("Last tried"),
              operation->sent_ms);
  add_moment (self, _ ("Finished"), operation->finished_ms);
  gtk_list_box_append (self->facts, cs_rows_new_property (_ ("By"), operation->actor));
}

static void
show_details (CsOperationPane *self, const CsOperation *operation)
{
  g_autofree char *attempts = g_strdup_printf ("%'u", operation->attempts);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->attempts_row), attempts);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->correlation_row),
                               *operation->correlation_id != '\0' ? operation->correlation_id : "–");
}

/* --- its calls --- */

static void read_calls (CsOperationPane *self);

static void
add_call (CsOperationPane *self, const CsRequest *request)
{
  GtkWidget *call = g_object_new (CS_TYPE_CALL_ROW, NULL);
  GtkWidget *row = gtk_list_box_row_new ();
  g_autofree char *label = cs_call_row_describe (request);

  cs_call_row_show (CS_CALL_ROW (call), request, self->session);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), call);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  adw_expander_row_add_row (self->calls_row, row);
  g_ptr_array_add (self->call_rows, row);
}

static void
show_calls (CsOperationPane *self, GPtrArray *requests)
{
  g_autofree char *count
      = g_strdup_printf (ngettext ("%'u call to Xero", "%'u calls to Xero", requests->len), requests->len);

  for (guint i = 0; i < self->call_rows->len; i++)
    adw_expander_row_remove (self->calls_row, self->call_rows->pdata[i]);
  g_ptr_array_set_size (self->call_rows, 0);
  for (guint i = 0; i < requests->len; i++)
    add_call (self, requests->pdata[i]);
  adw_expander_row_set_subtitle (self->calls_row, count);
  gtk_widget_set_visible (GTK_WIDGET (self->calls_row), requests->len > 0);
}

/* What can't be read is not shown: the calls are beside the point of the page. */
static void
calls_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsOperationPane *self = object;
  g_autoptr (GPtrArray) requests = cs_settled_steal_record (settled, NULL);

  dex_clear (&self->reading);
  if (requests != NULL && requests->len != self->call_rows->len)
    show_calls (self, requests);
  if (self->is_stale)
    read_calls (self);
}

static void
read_calls (CsOperationPane *self)
{
  self->is_stale = self->reading != NULL;
  if (self->reading == NULL)
    self->reading
        = cs_follow_up (cs_request_list_read_of (self->session, &cs_journal_item_get (self->item)->id), self,
                        calls_cb, NULL, NULL);
}

static void
session_changed_cb (CsOperationPane *self, guint changes)
{
  if ((changes & CS_CHANGE_REQUESTS) != 0)
    read_calls (self);
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
  cs_operation_actions_fill (self->buttons, operation, self->session);
}

static void
cs_operation_pane_dispose (GObject *object)
{
  CsOperationPane *self = CS_OPERATION_PANE (object);

  dex_clear (&self->reading);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_OPERATION_PANE);
  g_clear_pointer (&self->call_rows, g_ptr_array_unref);
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
  gtk_widget_class_bind_template_child (widget_class, CsOperationPane, facts);
  gtk_widget_class_bind_template_child (widget_class, CsOperationPane, calls_row);
  gtk_widget_class_bind_template_child (widget_class, CsOperationPane, details_row);
}

static void
cs_operation_pane_init (CsOperationPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->call_rows = g_ptr_array_new ();
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
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  show (self);
  read_calls (self);
  return GTK_WIDGET (self);
}
