/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-operation-cancel.h"
#include "cs-follow-up.h"
#include "cs-operation-words.h"
#include "cs-toast.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GtkWidget *from;
  CsSession *session;
  CsUuid id;
  CsPlannedSeen seen; /* of an invoice */
  char *done;         /* (nullable): what the toast says, which takes it back */
} Cancel;

static void
cancel_free (gpointer data)
{
  Cancel *cancel = data;

  g_object_unref (cancel->from);
  g_object_unref (cancel->session);
  g_free (cancel->done);
  g_free (cancel);
}

static void
cancel_closed (gpointer data, GClosure *closure)
{
  cancel_free (data);
}

static Cancel *
cancel_copy (const Cancel *cancel)
{
  Cancel *copy = g_memdup2 (cancel, sizeof *cancel);

  g_object_ref (copy->from);
  g_object_ref (copy->session);
  copy->done = g_strdup (cancel->done);
  return copy;
}

static Cancel *
cancel_new (GtkWidget *from, CsSession *session, const CsOperation *operation)
{
  Cancel *cancel = g_new0 (Cancel, 1);
  g_autofree char *title = cs_operation_words_title (operation);

  cancel->from = g_object_ref (from);
  cancel->session = g_object_ref (session);
  cancel->id = operation->id;
  cancel->seen = (CsPlannedSeen){ operation->subject_id, operation->amount };
  /* One that was tried is not put back as it was: it would go anew. */
  if (operation->is_invoice && operation->state == CS_JOURNAL_HELD && operation->sent_ms == 0)
    /* Translators: %s is "Invoice CS-0001". */
    cancel->done = g_strdup_printf (_ ("%s won’t be sent"), title);
  return cancel;
}

static void
undone_cb (gpointer from, DexFuture *settled, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (cs_settled_check (settled, &error))
    cs_toast (from, _ ("It is held again, and goes after that"));
  else
    cs_show_error (from, error);
}

static void
undo (GtkWidget *from, gpointer data)
{
  const Cancel *cancel = data;

  cs_follow_up_to_the_end (cs_session_release_planned (cancel->session, &cancel->seen), from, undone_cb, NULL,
                           NULL);
}

static void
done_cb (gpointer from, DexFuture *settled, gpointer data)
{
  const Cancel *cancel = data;
  g_autoptr (GError) error = NULL;
  g_autofree CsUuid *cancelled = cs_settled_steal_record (settled, &error);

  if (error != NULL)
    {
      cs_show_error (from, error);
      return;
    }
  if (cancelled == NULL || cancel->done == NULL)
    return;
  cs_toast_dismiss (from); /* "Accepted, and held" may be there still, and would stand before it */
  cs_toast_undo_by (from, cancel->done, undo, cancel_copy (cancel), cancel_free);
}

/* @cancel: (transfer full) */
static void
run (Cancel *cancel)
{
  cs_follow_up_to_the_end (cs_session_cancel_journal (cancel->session, &cancel->id), cancel->from, done_cb,
                           cancel, cancel_free);
}

static void
answered_cb (AdwAlertDialog *dialog, const char *response, gpointer data)
{
  if (g_str_equal (response, "cancel-it"))
    run (cancel_copy (data));
}

/**
 * cs_operation_cancel:
 * @from: where the person asked for it
 * @session: the practice
 * @operation: what should not be sent
 *
 * Cancels it; asks first where invoices hang on it. An invoice that was held still can be put back.
 */
void
cs_operation_cancel (GtkWidget *from, CsSession *session, const CsOperation *operation)
{
  g_autofree char *words = NULL;
  AdwDialog *dialog;

  g_return_if_fail (GTK_IS_WIDGET (from) && operation != NULL);

  if (operation->n_waiting == 0)
    {
      run (cancel_new (from, session, operation));
      return;
    }
  words = g_strdup_printf (ngettext ("%'u invoice waits for this contact and will not be sent either.",
                                     "%'u invoices wait for this contact and will not be sent either.",
                                     operation->n_waiting),
                           operation->n_waiting);
  dialog = adw_alert_dialog_new (_ ("Don’t send the contact?"), words);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "close", _ ("_Back"), "cancel-it",
                                  _ ("_Don’t send"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "cancel-it", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "close");
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered_cb), cancel_new (from, session, operation),
                         cancel_closed, 0);
  adw_dialog_present (dialog, from);
}
