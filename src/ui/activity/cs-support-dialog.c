/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-support-dialog.h"

#include "cs-follow-up.h"
#include "cs-support-bundle.h"
#include "cs-toast.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _CsSupportDialog
{
  AdwDialog parent_instance;
  GtkStack *stack;
  AdwStatusPage *failed_page;
  GtkTextView *text_view;
  GtkWidget *copy_button;
  GtkWidget *save_button;

  char *text;
  DexFuture *making;
  GCancellable *saving;
};

G_DEFINE_FINAL_TYPE (CsSupportDialog, cs_support_dialog, ADW_TYPE_DIALOG)

static void
made_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsSupportDialog *self = object;
  g_autoptr (GError) error = NULL;

  self->text = cs_settled_steal_record (settled, &error);
  dex_clear (&self->making);
  if (self->text == NULL)
    {
      adw_status_page_set_description (self->failed_page, error != NULL ? error->message : "");
      gtk_stack_set_visible_child_name (self->stack, "failed");
      return;
    }
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text_view), self->text, -1);
  gtk_stack_set_visible_child_name (self->stack, "content");
  gtk_widget_set_sensitive (self->copy_button, TRUE);
  gtk_widget_set_sensitive (self->save_button, TRUE);
}

static void
copy_cb (CsSupportDialog *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->text);
  cs_toast (GTK_WIDGET (self->stack), _ ("Copied"));
}

/* --- saving, by the desktop's own dialog --- */

static void
saved_cb (GObject *file, GAsyncResult *result, gpointer data)
{
  g_autoptr (CsSupportDialog) self = data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (file), result, NULL, &error))
    cs_toast (GTK_WIDGET (self->stack), _ ("Saved"));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    cs_show_error (GTK_WIDGET (self->stack), error);
}

static void
chosen_cb (GObject *chooser, GAsyncResult *result, gpointer data)
{
  g_autoptr (CsSupportDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (chooser), result, &error);

  if (file != NULL)
    g_file_replace_contents_async (file, self->text, strlen (self->text), NULL, FALSE, G_FILE_CREATE_PRIVATE,
                                   self->saving, saved_cb, g_object_ref (self));
  else if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED)
           && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_CANCELLED))
    cs_show_error (GTK_WIDGET (self->stack), error);
}

static void
save_cb (CsSupportDialog *self)
{
  g_autoptr (GtkFileDialog) chooser = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (chooser, _ ("Save the support bundle"));
  gtk_file_dialog_set_initial_name (chooser, "countersign-support.json");
  gtk_file_dialog_save (chooser, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->saving,
                        chosen_cb, g_object_ref (self));
}

static void
cs_support_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (CS_SUPPORT_DIALOG (dialog)->saving);
}

static void
cs_support_dialog_dispose (GObject *object)
{
  CsSupportDialog *self = CS_SUPPORT_DIALOG (object);

  dex_clear (&self->making);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_SUPPORT_DIALOG);
  g_clear_object (&self->saving);
  G_OBJECT_CLASS (cs_support_dialog_parent_class)->dispose (object);
}

static void
cs_support_dialog_finalize (GObject *object)
{
  g_clear_pointer (&CS_SUPPORT_DIALOG (object)->text, g_free);
  G_OBJECT_CLASS (cs_support_dialog_parent_class)->finalize (object);
}

static void
cs_support_dialog_class_init (CsSupportDialogClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_support_dialog_dispose;
  G_OBJECT_CLASS (class)->finalize = cs_support_dialog_finalize;
  ADW_DIALOG_CLASS (class)->closed = cs_support_dialog_closed;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/activity/cs-support-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CsSupportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, CsSupportDialog, failed_page);
  gtk_widget_class_bind_template_child (widget_class, CsSupportDialog, text_view);
  gtk_widget_class_bind_template_child (widget_class, CsSupportDialog, copy_button);
  gtk_widget_class_bind_template_child (widget_class, CsSupportDialog, save_button);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
cs_support_dialog_init (CsSupportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->saving = g_cancellable_new ();
}

/** cs_support_dialog_new: Returns: (transfer floating): gathers what helps to understand @session's practice
 */
CsSupportDialog *
cs_support_dialog_new (CsSession *session)
{
  CsSupportDialog *self = g_object_new (CS_TYPE_SUPPORT_DIALOG, NULL);

  self->making = cs_follow_up (cs_session_make_support_bundle (session), self, made_cb, NULL, NULL);
  return self;
}
