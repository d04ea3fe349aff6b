/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-audit-dialog.h"
#include "cs-follow-up.h"
#include "cs-toast.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define REASON_LENGTH_MAX 500

typedef struct
{
  GtkWidget *from;
  CsSession *session;
  GtkEditable *reason;
} Accept;

static void
accept_free (gpointer data, GClosure *closure)
{
  Accept *accept = data;

  g_object_unref (accept->from);
  g_object_unref (accept->session);
  g_object_unref (accept->reason);
  g_free (accept);
}

static void
done_cb (gpointer object, DexFuture *settled, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!cs_settled_check (settled, &error))
    cs_show_error (object, error);
}

static void
answered_cb (AdwAlertDialog *dialog, const char *response, gpointer data)
{
  Accept *accept = data;

  if (g_str_equal (response, "accept"))
    cs_follow_up_to_the_end (
        cs_session_accept_audit (accept->session, gtk_editable_get_text (accept->reason)), accept->from,
        done_cb, NULL, NULL);
}

static void
reason_changed_cb (GtkEditable *reason, AdwAlertDialog *dialog)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (reason)));

  adw_alert_dialog_set_response_enabled (dialog, "accept", *text != '\0');
}

static GtkWidget *
make_reason_group (GtkWidget *row)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Reason"));
  adw_entry_row_set_max_length (ADW_ENTRY_ROW (row), REASON_LENGTH_MAX);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return group;
}

/**
 * cs_audit_dialog_present:
 * @from: where the person asked for it
 * @session: the practice whose chain doesn't fit
 *
 * Says what the audit chain is and what to compare it with, and takes the reason for which it is accepted.
 */
void
cs_audit_dialog_present (GtkWidget *from, CsSession *session)
{
  AdwDialog *dialog;
  GtkWidget *row;
  Accept *accept;

  g_return_if_fail (GTK_IS_WIDGET (from) && CS_IS_SESSION (session));

  dialog = adw_alert_dialog_new (
      _ ("Accept the audit chain as it is?"),
      _ ("Whatever is done here is written into a chain, each row of which fits the one before it. Somebody "
         "or something changed this file from outside, or put another in its place. That can’t be mended, as "
         "nobody knows how it was: compare the practice with a backup and with Xero.\n\nIf you know why, say "
         "so. What doesn’t fit now is then accepted under your name, and only what is changed later is "
         "told."));
  row = adw_entry_row_new ();
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), make_reason_group (row));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "close", _ ("_Back"), "accept", _ ("_Accept"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "accept", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_response_enabled (ADW_ALERT_DIALOG (dialog), "accept", FALSE);
  g_signal_connect_object (row, "changed", G_CALLBACK (reason_changed_cb), dialog, 0);
  accept = g_new0 (Accept, 1);
  accept->from = g_object_ref (from);
  accept->session = g_object_ref (session);
  accept->reason = g_object_ref (GTK_EDITABLE (row));
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered_cb), accept, accept_free, 0);
  adw_dialog_present (dialog, from);
}
