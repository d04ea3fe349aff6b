/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-need-card.h"

#include "cs-alert-words.h"
#include "cs-format.h"
#include "cs-operation-actions.h"
#include "cs-operation-words.h"

#include <glib/gi18n-lib.h>

struct _CsNeedCard
{
  AdwBin parent_instance;
  GtkLabel *title_label;
  GtkLabel *ago_label;
  GtkLabel *words_label;
  GtkLabel *advice_label;
  GtkLabel *sum_label;
  AdwWrapBox *buttons;
  GtkMenuButton *more_button;
};

G_DEFINE_FINAL_TYPE (CsNeedCard, cs_need_card, ADW_TYPE_BIN)

static void
cs_need_card_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CS_TYPE_NEED_CARD);
  G_OBJECT_CLASS (cs_need_card_parent_class)->dispose (object);
}

static void
cs_need_card_class_init (CsNeedCardClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_need_card_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/activity/cs-need-card.ui");
  gtk_widget_class_bind_template_child (widget_class, CsNeedCard, title_label);
  gtk_widget_class_bind_template_child (widget_class, CsNeedCard, ago_label);
  gtk_widget_class_bind_template_child (widget_class, CsNeedCard, words_label);
  gtk_widget_class_bind_template_child (widget_class, CsNeedCard, advice_label);
  gtk_widget_class_bind_template_child (widget_class, CsNeedCard, sum_label);
  gtk_widget_class_bind_template_child (widget_class, CsNeedCard, buttons);
  gtk_widget_class_bind_template_child (widget_class, CsNeedCard, more_button);
}

static void
cs_need_card_init (CsNeedCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_or_hide (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), *text != '\0');
}

static void
show_moment (CsNeedCard *self, gint64 instant_ms, CsSession *session)
{
  g_autofree char *ago = cs_format_ago (instant_ms, cs_clock_now_ms (cs_session_get_clock (session)));
  g_autofree char *moment = cs_format_moment (instant_ms, cs_session_get_time_zone (session));

  gtk_label_set_text (self->ago_label, ago);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->ago_label), moment);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->ago_label), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  moment, -1);
}

static char *
describe_sum (const CsOperation *operation)
{
  g_autofree char *amount = NULL;

  if (operation->is_invoice)
    {
      amount = cs_format_money_with_currency (operation->amount);
      return g_steal_pointer (&amount);
    }
  if (operation->n_waiting == 0)
    return g_strdup ("");
  return g_strdup_printf (
      ngettext ("%'u invoice waits for it", "%'u invoices wait for it", operation->n_waiting),
      operation->n_waiting);
}

static void
show_more (CsNeedCard *self, const CsOperation *operation)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autofree char *id = cs_uuid_to_string (&operation->id);
  g_autofree char *details = g_strdup_printf ("operation.details::%s", id);

  g_menu_append (menu, _ ("_Details"), details);
  if (*operation->correlation_id != '\0')
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ ("Copy Xero’s _correlation id"), NULL);

      g_menu_item_set_action_and_target (item, "operation.copy", "s", operation->correlation_id);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (self->more_button, G_MENU_MODEL (menu));
  gtk_widget_set_visible (GTK_WIDGET (self->more_button), TRUE);
}

/** cs_need_card_show_operation: shows @operation, which is blocked, with what mends it. */
void
cs_need_card_show_operation (CsNeedCard *self, const CsOperation *operation, CsSession *session)
{
  g_autofree char *title = cs_operation_words_not_sent (operation);
  g_autofree char *words = cs_operation_words_outcome (operation, session);
  g_autofree char *sum = describe_sum (operation);

  g_return_if_fail (CS_IS_NEED_CARD (self));

  gtk_label_set_text (self->title_label, title);
  show_moment (self, cs_operation_get_moved_ms (operation), session);
  set_or_hide (self->words_label, words);
  set_or_hide (self->advice_label, cs_operation_words_advice (operation));
  set_or_hide (self->sum_label, sum);
  show_more (self, operation);
  cs_operation_actions_fill (self->buttons, operation, session);
}

static void
show_alert_button (CsNeedCard *self, const CsAlert *alert)
{
  CsAlertButton button = cs_alert_words_button (alert);
  gboolean is_own = g_strcmp0 (button.action, "alert.seen") == 0;
  g_autofree char *id = cs_uuid_to_string (is_own ? &alert->id : &alert->subject_id);
  g_autofree char *key = g_strdup_printf ("%s %s", id, button.action != NULL ? button.action : "");
  GtkWidget *child;

  gtk_widget_set_visible (GTK_WIDGET (self->buttons), button.label != NULL);
  if (g_strcmp0 (g_object_get_data (G_OBJECT (self->buttons), "cs-buttons"), key) == 0)
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->buttons))) != NULL)
    adw_wrap_box_remove (self->buttons, child);
  g_object_set_data_full (G_OBJECT (self->buttons), "cs-buttons", g_steal_pointer (&key), g_free);
  if (button.label == NULL)
    return;
  child = gtk_button_new_with_mnemonic (button.label);
  if (!g_str_has_prefix (button.action, "win.") || g_str_equal (button.action, "win.show-client")
      || g_str_equal (button.action, "win.show-proposal"))
    gtk_actionable_set_action_target (GTK_ACTIONABLE (child), "s", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (child), button.action);
  gtk_widget_add_css_class (child, "suggested-action");
  adw_wrap_box_append (self->buttons, child);
}

/** cs_need_card_show_alert: shows @alert, with what settles it. */
void
cs_need_card_show_alert (CsNeedCard *self, const CsAlert *alert, CsSession *session)
{
  g_autofree char *title = cs_alert_words_title (alert);
  g_autofree char *words = cs_alert_words_what (alert, session);

  g_return_if_fail (CS_IS_NEED_CARD (self));

  gtk_label_set_text (self->title_label, title);
  show_moment (self, alert->raised_ms, session);
  set_or_hide (self->words_label, words);
  set_or_hide (self->advice_label, "");
  set_or_hide (self->sum_label, "");
  gtk_widget_set_visible (GTK_WIDGET (self->more_button), FALSE);
  show_alert_button (self, alert);
}

/** cs_need_card_describe: Returns: (transfer full): all that the card says, in one line */
char *
cs_need_card_describe (CsNeedCard *self)
{
  g_return_val_if_fail (CS_IS_NEED_CARD (self), NULL);

  return g_strjoin (", ", gtk_label_get_text (self->title_label), _ ("Needs you"),
                    gtk_label_get_text (self->words_label), gtk_label_get_text (self->ago_label), NULL);
}
