/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-practice-name-dialog.h"

struct _CsPracticeNameDialog
{
  AdwDialog parent_instance;
  GtkEditable *name_row;
  GtkWidget *create_button;
};

G_DEFINE_FINAL_TYPE (CsPracticeNameDialog, cs_practice_name_dialog, ADW_TYPE_DIALOG)

static char *
dup_name (CsPracticeNameDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->name_row)));
}

static void
on_name_changed (CsPracticeNameDialog *self)
{
  g_autofree char *name = dup_name (self);

  gtk_widget_set_sensitive (self->create_button, *name != '\0');
}

static void
on_cancel_clicked (CsPracticeNameDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_create_clicked (CsPracticeNameDialog *self)
{
  g_autofree char *name = dup_name (self);

  if (*name == '\0')
    return;
  /* Before the dialog leaves the window, which is where the action is found. */
  gtk_widget_activate_action (GTK_WIDGET (self), "app.create-practice", "s", name);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
cs_practice_name_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CS_TYPE_PRACTICE_NAME_DIALOG);
  G_OBJECT_CLASS (cs_practice_name_dialog_parent_class)->dispose (object);
}

static void
cs_practice_name_dialog_class_init (CsPracticeNameDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_practice_name_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/shell/cs-practice-name-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CsPracticeNameDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, CsPracticeNameDialog, create_button);
  gtk_widget_class_bind_template_callback (widget_class, on_name_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_create_clicked);
}

static void
cs_practice_name_dialog_init (CsPracticeNameDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * cs_practice_name_dialog_new:
 *
 * Returns: (transfer floating): a dialog to present
 */
CsPracticeNameDialog *
cs_practice_name_dialog_new (void)
{
  return g_object_new (CS_TYPE_PRACTICE_NAME_DIALOG, NULL);
}
