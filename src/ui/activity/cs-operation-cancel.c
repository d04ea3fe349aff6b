/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-operation-cancel.h"
#include "cs-follow-up.h"
#include "cs-toast.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GtkWidget *from;
  CsSession *session;
  CsUuid id;
} Cancel;

static void
cancel_free (gpointer data, GClosure *closure)
{
  Cancel *cancel = data;

  g_object_unref (cancel->from);
  g_object_unref (cancel->session);
  g_free (cancel);
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
  Cancel *cancel = data;

  if (g_str_equal (response, "cancel-it"))
    cs_follow_up_to_the_end (cs_session_cancel_journal (cancel->session, &cancel->id), cancel->from, done_cb,
                             NULL, NULL);
}

/**
 * cs_operation_cancel:
 * @from: where the person asked for it
 * @session: the practice
 * @operation: what should not be sent
 *
 * Cancels it; asks first where invoices hang on it.
 */
void
cs_operation_cancel (GtkWidget *from, CsSession *session, const CsOperation *operation)
{
  g_autofree char *words = NULL;
  AdwDialog *dialog;
  Cancel *cancel;

  g_return_if_fail (GTK_IS_WIDGET (from) && operation != NULL);

  if (operation->n_waiting == 0)
    {
      cs_follow_up_to_the_end (cs_session_cancel_journal (session, &operation->id), from, done_cb, NULL,
                               NULL);
      return;
    }
  words = g_strdup_printf (ngettext ("%u invoice waits for this contact and will not be sent either.",
                                     "%u invoices wait for this contact and will not be sent either.",
                                     operation->n_waiting),
                           operation->n_waiting);
  dialog = adw_alert_dialog_new (_ ("Don’t send the contact?"), words);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "close", _ ("_Back"), "cancel-it",
                                  _ ("_Don’t send"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "cancel-it", ADW_RESPONSE_DESTRUCTIVE);
  cancel = g_new0 (Cancel, 1);
  cancel->from = g_object_ref (from);
  cancel->session = g_object_ref (session);
  cancel->id = operation->id;
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered_cb), cancel, cancel_free, 0);
  adw_dialog_present (dialog, from);
}
