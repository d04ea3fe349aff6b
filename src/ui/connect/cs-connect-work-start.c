/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-connect-work-start.h"

struct _CsConnectWorkStart
{
  AdwBin parent_instance;
  AdwSwitchRow *broad_row;
};

enum
{
  SIGNAL_OWN_APP,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CsConnectWorkStart, cs_connect_work_start, ADW_TYPE_BIN)

static void
on_own_app (CsConnectWorkStart *self)
{
  g_signal_emit (self, signals[SIGNAL_OWN_APP], 0);
}

static void
cs_connect_work_start_dispose (GObject *object)
{
  /* Before the template lets go of what is in it, or that would be unparented a second time. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), CS_TYPE_CONNECT_WORK_START);
  G_OBJECT_CLASS (cs_connect_work_start_parent_class)->dispose (object);
}

static void
cs_connect_work_start_class_init (CsConnectWorkStartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_connect_work_start_dispose;
  signals[SIGNAL_OWN_APP] = g_signal_new ("own-app", CS_TYPE_CONNECT_WORK_START, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/connect/cs-connect-work-start.ui");
  gtk_widget_class_bind_template_child (widget_class, CsConnectWorkStart, broad_row);
  gtk_widget_class_bind_template_callback (widget_class, on_own_app);
}

static void
cs_connect_work_start_init (CsConnectWorkStart *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** cs_connect_work_start_set_is_broad: shows whether everything is asked for in one */
void
cs_connect_work_start_set_is_broad (CsConnectWorkStart *self, gboolean is_broad)
{
  g_return_if_fail (CS_IS_CONNECT_WORK_START (self));

  adw_switch_row_set_active (self->broad_row, is_broad);
}

/** cs_connect_work_start_is_broad: Returns: whether the person wants everything asked for in one */
gboolean
cs_connect_work_start_is_broad (CsConnectWorkStart *self)
{
  g_return_val_if_fail (CS_IS_CONNECT_WORK_START (self), FALSE);

  return adw_switch_row_get_active (self->broad_row);
}
