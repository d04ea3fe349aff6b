/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-billing-skip.h"

#include "cs-follow-up.h"
#include "cs-format.h"
#include "cs-session-catch-up.h"
#include "cs-toast.h"

#include <glib/gi18n-lib.h>

#define REASON_CHARACTERS_MAX 300

typedef struct
{
  GtkWidget *from;
  CsSession *session;
  CsPlannedSeen seen;  /* what the dialog says */
  char *done;          /* what the toast says */
  GtkEditable *reason; /* (nullable) unowned: the dialog's */
} Skip;

static void
skip_free (gpointer data)
{
  Skip *skip = data;

  g_object_unref (skip->from);
  g_object_unref (skip->session);
  g_free (skip->done);
  g_free (skip);
}

static void
skip_closed (gpointer data, GClosure *closure)
{
  skip_free (data);
}

static Skip *
skip_copy (const Skip *skip)
{
  Skip *copy = g_memdup2 (skip, sizeof *skip);

  g_object_ref (copy->from);
  g_object_ref (copy->session);
  copy->done = g_strdup (skip->done);
  copy->reason = NULL;
  return copy;
}

static void
undone_cb (gpointer from, DexFuture *settled, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (cs_settled_check (settled, &error))
    cs_toast (from, _ ("It is planned again"));
  else
    cs_show_error (from, error);
}

static void
undo (GtkWidget *from, gpointer data)
{
  const Skip *skip = data;

  cs_follow_up_to_the_end (cs_session_undo_skip (skip->session, &skip->seen.id, 1), from, undone_cb, NULL,
                           NULL);
}

static void
skipped_cb (gpointer from, DexFuture *settled, gpointer data)
{
  const Skip *skip = data;
  g_autoptr (GError) error = NULL;

  if (cs_settled_check (settled, &error))
    cs_toast_undo_by (from, skip->done, undo, skip_copy (skip), skip_free);
  else
    cs_show_error (from, error);
}

static void
answered_cb (AdwAlertDialog *dialog, const char *response, gpointer data)
{
  const Skip *skip = data;
  g_autofree char *reason = g_strstrip (g_strdup (gtk_editable_get_text (skip->reason)));

  if (g_str_equal (response, "skip") && *reason != '\0')
    cs_follow_up_to_the_end (cs_session_skip_planned (skip->session, &skip->seen, 1, reason), skip->from,
                             skipped_cb, skip_copy (skip), skip_free);
}

static void
reason_changed_cb (GtkEditable *reason, AdwAlertDialog *dialog)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (reason)));

  adw_alert_dialog_set_response_enabled (dialog, "skip", *text != '\0');
}

static GtkWidget *
make_reason_list (AdwAlertDialog *dialog, Skip *skip)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row = adw_entry_row_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Reason"), -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("R_eason"));
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  adw_entry_row_set_max_length (ADW_ENTRY_ROW (row), REASON_CHARACTERS_MAX);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_object (row, "changed", G_CALLBACK (reason_changed_cb), dialog, 0);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  skip->reason = GTK_EDITABLE (row);
  return list;
}

/** cs_billing_skip: asks why @planned is not billed; @from: where the person asked for it, and the toast is
 * said */
void
cs_billing_skip (GtkWidget *from, CsSession *session, const CsPlannedInvoice *planned)
{
  g_autofree char *date = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *body = NULL;
  AdwAlertDialog *dialog;
  Skip *skip;

  g_return_if_fail (GTK_IS_WIDGET (from) && CS_IS_SESSION (session) && planned != NULL);

  date = cs_format_date (planned->date);
  amount = cs_format_money_with_currency (planned->totals.total);
  /* Translators: a date, an amount. */
  body = g_strdup_printf (
      _ ("The invoice of %1$s for %2$s will not be sent, now or later. Others follow as planned."), date,
      amount);
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_ ("Skip this invoice?"), body));
  adw_alert_dialog_add_responses (dialog, "close", _ ("_Cancel"), "skip", _ ("_Skip"), NULL);
  adw_alert_dialog_set_default_response (dialog, "skip");
  adw_alert_dialog_set_response_enabled (dialog, "skip", FALSE);
  skip = g_new0 (Skip, 1);
  skip->from = g_object_ref (from);
  skip->session = g_object_ref (session);
  skip->seen = cs_planned_invoice_get_seen (planned);
  /* Translators: %s is a date. */
  skip->done = g_strdup_printf (_ ("The invoice of %s will not be sent"), date);
  adw_alert_dialog_set_extra_child (dialog, make_reason_list (dialog, skip));
  adw_dialog_set_focus (ADW_DIALOG (dialog), GTK_WIDGET (skip->reason));
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered_cb), skip, skip_closed, 0);
  adw_dialog_present (ADW_DIALOG (dialog), from);
}
