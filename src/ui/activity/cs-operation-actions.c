/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-operation-actions.h"

#include "cs-activity-page.h"
#include "cs-client-picker-dialog.h"
#include "cs-follow-up.h"
#include "cs-operation-adopt.h"
#include "cs-operation-cancel.h"
#include "cs-operation-words.h"
#include "cs-toast.h"

#include <glib/gi18n-lib.h>

typedef enum
{
  BUTTON_CONNECT = 1 << 0,
  BUTTON_ADOPT = 1 << 1,
  BUTTON_OPEN_FOUND = 1 << 2,
  BUTTON_RETRY = 1 << 3,
  BUTTON_RENUMBER = 1 << 4,
  BUTTON_LINK = 1 << 5,
  BUTTON_OPEN_CONTACT = 1 << 6,
  BUTTON_OPEN = 1 << 7,
  BUTTON_CANCEL = 1 << 8,
} Button;

static const struct
{
  Button button;
  const char *label;
  const char *action; /* with the row's id, but for the window's own */
} BUTTONS[] = {
  { BUTTON_CONNECT, N_ ("_Connect…"), "win.connect" },
  { BUTTON_ADOPT, N_ ("It _is this one…"), "operation.adopt" },
  { BUTTON_OPEN_FOUND, N_ ("_Open in Xero"), "operation.open" },
  { BUTTON_RETRY, N_ ("_Try again"), "operation.retry" },
  { BUTTON_RENUMBER, N_ ("Use the _next number"), "operation.renumber" },
  { BUTTON_LINK, N_ ("_Link to a contact…"), "operation.link" },
  { BUTTON_OPEN_CONTACT, N_ ("_Open contact in Xero"), "operation.open" },
  { BUTTON_OPEN, N_ ("_Open in Xero"), "operation.open" },
  { BUTTON_CANCEL, N_ ("_Don’t send"), "operation.cancel" },
};

static guint
choose_buttons (const CsOperation *operation, CsSession *session)
{
  gboolean is_blocked = operation->state == CS_JOURNAL_BLOCKED;
  guint buttons = 0;

  if (cs_operation_words_needs_connection (operation, session))
    buttons |= BUTTON_CONNECT;
  if (is_blocked || operation->state == CS_JOURNAL_WAITING)
    buttons |= BUTTON_RETRY;
  if (cs_operation_may_be_adopted (operation))
    buttons |= BUTTON_ADOPT;
  if (is_blocked && operation->found != NULL)
    buttons |= BUTTON_OPEN_FOUND;
  if (cs_operation_is_number_taken (operation))
    buttons |= BUTTON_RENUMBER;
  if (is_blocked && !operation->is_invoice)
    buttons |= BUTTON_LINK;
  if (cs_operation_words_names_contact (operation))
    buttons |= BUTTON_OPEN_CONTACT;
  else if (operation->state == CS_JOURNAL_DONE && *operation->remote_id != '\0')
    buttons |= BUTTON_OPEN;
  if (cs_operation_can_cancel (operation))
    buttons |= BUTTON_CANCEL;
  return buttons;
}

static GtkWidget *
make_button (const char *label, const char *action, const char *id)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ (label));

  if (!g_str_has_prefix (action, "win."))
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

/**
 * cs_operation_actions_fill:
 * @box: where the buttons go, on an activity page
 * @operation: what they are about
 * @session: its practice
 *
 * A box that has them already is left alone, so that the focus stays where it is.
 */
void
cs_operation_actions_fill (AdwWrapBox *box, const CsOperation *operation, CsSession *session)
{
  guint buttons = choose_buttons (operation, session);
  g_autofree char *id = cs_uuid_to_string (&operation->id);
  g_autofree char *key = g_strdup_printf ("%s %x", id, buttons);
  GtkWidget *child;

  if (g_strcmp0 (g_object_get_data (G_OBJECT (box), "cs-buttons"), key) == 0)
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    adw_wrap_box_remove (box, child);
  for (gsize i = 0; i < G_N_ELEMENTS (BUTTONS); i++)
    {
      if ((buttons & BUTTONS[i].button) == 0)
        continue;
      child = make_button (BUTTONS[i].label, BUTTONS[i].action, id);
      if (BUTTONS[i].button == ((buttons & BUTTON_ADOPT) != 0 ? BUTTON_ADOPT : BUTTON_RETRY))
        gtk_widget_add_css_class (child, "suggested-action");
      adw_wrap_box_append (box, child);
    }
  g_object_set_data_full (G_OBJECT (box), "cs-buttons", g_steal_pointer (&key), g_free);
  gtk_widget_set_visible (GTK_WIDGET (box), buttons != 0);
}

/* --- what they do --- */

static void
done_cb (gpointer object, DexFuture *settled, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!cs_settled_check (settled, &error))
    cs_show_error (object, error);
}

static const CsOperation *
find (GtkWidget *page, GVariant *parameter)
{
  CsJournalItem *item
      = cs_activity_page_find (CS_ACTIVITY_PAGE (page), g_variant_get_string (parameter, NULL));

  return item != NULL ? cs_journal_item_get (item) : NULL;
}

static void
act_retry (GtkWidget *page, const char *action, GVariant *parameter)
{
  const CsOperation *operation = find (page, parameter);

  if (operation != NULL)
    cs_follow_up_to_the_end (cs_session_retry_journal (cs_activity_page_get_session (CS_ACTIVITY_PAGE (page)),
                                                       &operation->id,
                                                       g_str_equal (action, "operation.renumber")),
                             page, done_cb, NULL, NULL);
}

static void
act_cancel (GtkWidget *page, const char *action, GVariant *parameter)
{
  const CsOperation *operation = find (page, parameter);

  if (operation != NULL)
    cs_operation_cancel (page, cs_activity_page_get_session (CS_ACTIVITY_PAGE (page)), operation);
}

static void
act_adopt (GtkWidget *page, const char *action, GVariant *parameter)
{
  const CsOperation *operation = find (page, parameter);

  if (operation != NULL)
    cs_operation_adopt (page, cs_activity_page_get_session (CS_ACTIVITY_PAGE (page)), operation);
}

/* What it became; of what is blocked, what is in its way: an invoice of its number, or its contact. */
static char *
dup_link (CsSession *session, const CsOperation *operation)
{
  if (operation->found != NULL)
    return cs_session_get_invoice_link (session, operation->found->remote_id);
  if (operation->state == CS_JOURNAL_BLOCKED)
    return cs_session_get_contact_link (session, operation->contact_id);
  return operation->is_invoice ? cs_session_get_invoice_link (session, operation->remote_id)
                               : cs_session_get_contact_link (session, operation->remote_id);
}

static void
act_open (GtkWidget *page, const char *action, GVariant *parameter)
{
  const CsOperation *operation = find (page, parameter);
  g_autofree char *link = operation != NULL
                              ? dup_link (cs_activity_page_get_session (CS_ACTIVITY_PAGE (page)), operation)
                              : NULL;

  if (link != NULL)
    gtk_widget_activate_action (page, "win.open-uri", "s", link);
}

static void
contact_picked_cb (GtkWidget *page, const char *contact_id, AdwDialog *dialog)
{
  const CsUuid *client_id = g_object_get_data (G_OBJECT (dialog), "cs-client");

  cs_follow_up_to_the_end (
      cs_session_link_client (cs_activity_page_get_session (CS_ACTIVITY_PAGE (page)), client_id, contact_id),
      page, done_cb, NULL, NULL);
}

static void
act_link (GtkWidget *page, const char *action, GVariant *parameter)
{
  const CsOperation *operation = find (page, parameter);
  CsClientPickerDialog *dialog;

  if (operation == NULL || operation->is_invoice)
    return;
  dialog = cs_client_picker_dialog_new_to_link (cs_activity_page_get_session (CS_ACTIVITY_PAGE (page)),
                                                operation->title);
  g_object_set_data_full (G_OBJECT (dialog), "cs-client",
                          g_memdup2 (&operation->subject_id, sizeof operation->subject_id), g_free);
  g_signal_connect_object (dialog, "contact-picked", G_CALLBACK (contact_picked_cb), page, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), page);
}

static void
act_details (GtkWidget *page, const char *action, GVariant *parameter)
{
  CsUuid id;

  if (cs_uuid_parse (g_variant_get_string (parameter, NULL), &id, NULL))
    cs_activity_page_show (CS_ACTIVITY_PAGE (page), &id);
}

static void
act_copy (GtkWidget *page, const char *action, GVariant *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (page), g_variant_get_string (parameter, NULL));
  cs_toast (page, _ ("Copied"));
}

/** cs_operation_actions_install: gives @page_class, an activity page's, the actions. */
void
cs_operation_actions_install (GtkWidgetClass *page_class)
{
  gtk_widget_class_install_action (page_class, "operation.retry", "s", act_retry);
  gtk_widget_class_install_action (page_class, "operation.renumber", "s", act_retry);
  gtk_widget_class_install_action (page_class, "operation.adopt", "s", act_adopt);
  gtk_widget_class_install_action (page_class, "operation.cancel", "s", act_cancel);
  gtk_widget_class_install_action (page_class, "operation.open", "s", act_open);
  gtk_widget_class_install_action (page_class, "operation.link", "s", act_link);
  gtk_widget_class_install_action (page_class, "operation.details", "s", act_details);
  gtk_widget_class_install_action (page_class, "operation.copy", "s", act_copy);
}
