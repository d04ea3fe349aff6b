/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-first-run.h"

#include "cs-practice-name-dialog.h"

struct _CsFirstRun
{
  AdwBin parent_instance;
  GtkWidget *connect_button;
  GtkWidget *demo_button;
};

G_DEFINE_FINAL_TYPE (CsFirstRun, cs_first_run, ADW_TYPE_BIN)

static void
on_connect_clicked (CsFirstRun *self)
{
  adw_dialog_present (ADW_DIALOG (cs_practice_name_dialog_new ()), GTK_WIDGET (self));
}

static void
cs_first_run_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CS_TYPE_FIRST_RUN);
  G_OBJECT_CLASS (cs_first_run_parent_class)->dispose (object);
}

static void
cs_first_run_class_init (CsFirstRunClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_first_run_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/countersign/Countersign/ui/shell/cs-first-run.ui");
  gtk_widget_class_bind_template_child (widget_class, CsFirstRun, connect_button);
  gtk_widget_class_bind_template_child (widget_class, CsFirstRun, demo_button);
  gtk_widget_class_bind_template_callback (widget_class, on_connect_clicked);
}

static void
cs_first_run_init (CsFirstRun *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
