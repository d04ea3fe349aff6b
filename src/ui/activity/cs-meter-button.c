/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-meter-button.h"

#include "cs-meter-box.h"
#include "cs-work.h"

#define REFRESH_MS 1000

struct _CsMeterButton
{
  AdwBin parent_instance;
  GtkWidget *popover;
  CsMeterBox *ledger_box;
  CsMeterBox *work_box;

  CsSession *session;
  guint timer; /* while the popover is open */
};

G_DEFINE_FINAL_TYPE (CsMeterButton, cs_meter_button, ADW_TYPE_BIN)

static gboolean
is_there (CsMeterBox *box, gboolean is_known, const CsMeter *meter, GTimeZone *zone)
{
  gtk_widget_set_visible (GTK_WIDGET (box), is_known);
  if (is_known)
    cs_meter_box_show (box, meter, zone);
  return is_known;
}

/* Without a connection there is no allowance. */
static gboolean
refresh (CsMeterButton *self)
{
  GTimeZone *zone = cs_session_get_time_zone (self->session);
  CsMeter ledger = { 0 }, work = { 0 };
  gboolean has_ledger
      = is_there (self->ledger_box, cs_session_get_meter (self->session, &ledger), &ledger, zone);
  gboolean has_work = is_there (self->work_box,
                                cs_work_get_meter (cs_session_get_work (self->session), &work), &work, zone);

  return has_ledger || has_work;
}

static gboolean
refresh_cb (gpointer data)
{
  (void)refresh (data);
  return G_SOURCE_CONTINUE;
}

static void
opened_cb (CsMeterButton *self)
{
  refresh_cb (self);
  if (self->timer == 0)
    self->timer = g_timeout_add (REFRESH_MS, refresh_cb, self);
}

static void
closed_cb (CsMeterButton *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
}

static void
follow (CsMeterButton *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), refresh (self));
}

static void
cs_meter_button_dispose (GObject *object)
{
  CsMeterButton *self = CS_METER_BUTTON (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  /* Before the template lets go of what is in it, or that would be unparented a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_METER_BUTTON);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_meter_button_parent_class)->dispose (object);
}

static void
cs_meter_button_class_init (CsMeterButtonClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_meter_button_dispose;
  g_type_ensure (CS_TYPE_METER_BOX);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/activity/cs-meter-button.ui");
  gtk_widget_class_bind_template_child (widget_class, CsMeterButton, popover);
  gtk_widget_class_bind_template_child (widget_class, CsMeterButton, ledger_box);
  gtk_widget_class_bind_template_child (widget_class, CsMeterButton, work_box);
}

static void
cs_meter_button_init (CsMeterButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->popover, "map", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->popover, "unmap", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
}

/** cs_meter_button_new: Returns: (transfer floating): a button that tells of @session's calls */
GtkWidget *
cs_meter_button_new (CsSession *session)
{
  CsMeterButton *self = g_object_new (CS_TYPE_METER_BUTTON, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::link-state", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cs_session_get_work (session), "notify::link-state", G_CALLBACK (follow), self,
                           G_CONNECT_SWAPPED);
  follow (self);
  return GTK_WIDGET (self);
}
