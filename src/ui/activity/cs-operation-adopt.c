/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-operation-adopt.h"
#include "cs-follow-up.h"
#include "cs-operation-words.h"
#include "cs-session-found.h"
#include "cs-toast.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GtkWidget *from;
  CsSession *session;
  CsUuid id;
} Adoption;

static void
adoption_free (gpointer data, GClosure *closure)
{
  Adoption *adoption = data;

  g_object_unref (adoption->from);
  g_object_unref (adoption->session);
  g_free (adoption);
}

static void
done_cb (gpointer object, DexFuture *settled, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!cs_settled_check (settled, &error))
    cs_show_error (object, error);
  else
    cs_toast (object, _ ("The invoice in Xero is this one now. Nothing was sent."));
}

static void
answered_cb (AdwAlertDialog *dialog, const char *response, gpointer data)
{
  Adoption *adoption = data;

  if (g_str_equal (response, "adopt"))
    cs_follow_up_to_the_end (cs_session_adopt_found (adoption->session, &adoption->id), adoption->from,
                             done_cb, NULL, NULL);
}

/**
 * cs_operation_adopt:
 * @from: where the person asked for it
 * @session: the practice
 * @operation: a blocked invoice, with what the ledger has under its number
 *
 * Asks first, with both figures: it can't be undone.
 */
void
cs_operation_adopt (GtkWidget *from, CsSession *session, const CsOperation *operation)
{
  g_autofree char *found = NULL;
  g_autofree char *words = NULL;
  AdwDialog *dialog;
  Adoption *adoption;

  g_return_if_fail (GTK_IS_WIDGET (from) && operation != NULL && operation->found != NULL);

  found = cs_operation_words_found (operation);
  words = g_strdup_printf (
      /* Translators: %s is a sentence or two about the invoice there and the one here. */
      _ ("%s\n\nThe invoice in Xero becomes this one. It stays as it is there, with its figures, and nothing "
         "is sent. "
         "This can’t be undone."),
      found);
  dialog = adw_alert_dialog_new (_ ("Is it this invoice?"), words);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "close", _ ("_Back"), "adopt",
                                  _ ("It _is this one"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "adopt", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "close");
  adoption = g_new0 (Adoption, 1);
  adoption->from = g_object_ref (from);
  adoption->session = g_object_ref (session);
  adoption->id = operation->id;
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered_cb), adoption, adoption_free, 0);
  adw_dialog_present (dialog, from);
}
