/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-call-row.h"

#include "cs-format.h"
#include "cs-request-words.h"
#include "cs-state-pill.h"

#include <glib/gi18n-lib.h>

struct _CsCallRow
{
  AdwBin parent_instance;
  GtkLabel *what_label;
  GtkLabel *ago_label;
  GtkLabel *cost_label;
  CsStatePill *pill;
  GtkWidget *copy_button;
};

G_DEFINE_FINAL_TYPE (CsCallRow, cs_call_row, ADW_TYPE_BIN)

static void
cs_call_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CS_TYPE_CALL_ROW);
  G_OBJECT_CLASS (cs_call_row_parent_class)->dispose (object);
}

static void
cs_call_row_class_init (CsCallRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_call_row_dispose;
  g_type_ensure (CS_TYPE_STATE_PILL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/activity/cs-call-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CsCallRow, what_label);
  gtk_widget_class_bind_template_child (widget_class, CsCallRow, ago_label);
  gtk_widget_class_bind_template_child (widget_class, CsCallRow, cost_label);
  gtk_widget_class_bind_template_child (widget_class, CsCallRow, pill);
  gtk_widget_class_bind_template_child (widget_class, CsCallRow, copy_button);
}

static void
cs_call_row_init (CsCallRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_copy (CsCallRow *self, const CsRequest *request)
{
  gboolean has_id = *request->correlation_id != '\0';
  g_autofree char *tooltip = g_strdup_printf (_ ("Copy Xero’s correlation id: %s"), request->correlation_id);

  /* Its place stays, so that the rows stand under one another. */
  gtk_widget_set_sensitive (self->copy_button, has_id);
  gtk_widget_set_opacity (self->copy_button, has_id ? 1 : 0);
  if (!has_id)
    return;
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->copy_button), "s", request->correlation_id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->copy_button), "operation.copy");
  gtk_widget_set_tooltip_text (self->copy_button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->copy_button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip,
                                  -1);
}

/** cs_call_row_show: shows @request; on an activity page, which can copy. */
void
cs_call_row_show (CsCallRow *self, const CsRequest *request, CsSession *session)
{
  g_autofree char *route = cs_request_words_route (request);
  g_autofree char *cost = cs_request_words_cost (request);
  g_autofree char *status = request->status > 0 ? g_strdup_printf ("%u", request->status) : NULL;
  g_autofree char *line = g_strjoin (" · ", route, cost, status, NULL);
  g_autofree char *ago = cs_format_ago (request->at_ms, cs_clock_now_ms (cs_session_get_clock (session)));
  g_autofree char *moment = cs_format_moment (request->at_ms, cs_session_get_time_zone (session));

  g_return_if_fail (CS_IS_CALL_ROW (self));

  gtk_label_set_text (self->what_label, cs_request_words_what (request));
  gtk_label_set_text (self->ago_label, ago);
  gtk_label_set_text (self->cost_label, line);
  cs_state_pill_set (self->pill, cs_request_words_answer (request));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->ago_label), moment);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->cost_label), line);
  show_copy (self, request);
}

/** cs_call_row_describe: Returns: (transfer full): all that its row says, in one line */
char *
cs_call_row_describe (const CsRequest *request)
{
  g_autofree char *route = cs_request_words_route (request);
  g_autofree char *cost = cs_request_words_cost (request);

  return g_strjoin (", ", cs_request_words_what (request), cs_request_words_answer (request).word, route,
                    cost, NULL);
}
