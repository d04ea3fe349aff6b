/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-meter-button.h"

#include "cs-format.h"
#include "cs-sync-progress.h"

#include <glib/gi18n-lib.h>

#define REFRESH_MS 1000

struct _CsMeterButton
{
  AdwBin parent_instance;
  GtkWidget *popover;
  GtkLabel *minute_label;
  GtkLevelBar *minute_bar;
  GtkLabel *day_label;
  GtkLevelBar *day_bar;
  GtkLabel *reserved_label;
  GtkLabel *forecast_label;

  CsSession *session;
  guint timer; /* while the popover is open */
};

G_DEFINE_FINAL_TYPE (CsMeterButton, cs_meter_button, ADW_TYPE_BIN)

/* Words say it all; the bar only helps. */
static void
show_one (GtkLabel *label, GtkLevelBar *bar, guint used, guint limit)
{
  g_autofree char *words = NULL;

  if (limit == 0)
    words = g_strdup_printf (ngettext ("%u used", "%u used", used), used);
  else
    /* Translators: calls that were made, and calls that are allowed. */
    words = g_strdup_printf (_ ("%1$u of %2$u used"), used, limit);
  gtk_label_set_text (label, words);
  gtk_level_bar_set_max_value (bar, MAX (limit, 1));
  gtk_level_bar_set_value (bar, MIN (used, limit));
  gtk_widget_set_visible (GTK_WIDGET (bar), limit > 0);
}

/* What Xero said counts what other programs of this connection used, too. */
static guint
count_used (guint own, guint limit, int remaining)
{
  if (remaining < 0 || (guint)remaining > limit)
    return own;
  return MAX (own, limit - (guint)remaining);
}

static char *
describe_forecast (CsMeterButton *self, const CsMeter *meter)
{
  GTimeZone *zone = cs_session_get_time_zone (self->session);
  g_autofree char *at = NULL;

  if (meter->parked_until_ms > 0)
    {
      at = cs_format_time_of_day (meter->parked_until_ms, zone);
      /* Translators: %s is a time of the day. */
      return g_strdup_printf (_ ("Reading waits until %s."), at);
    }
  if (meter->forecast_ms > 0)
    {
      at = cs_format_time_of_day (meter->forecast_ms, zone);
      /* Translators: %s is a time of the day. */
      return g_strdup_printf (
          _ ("At this rate today’s calls are used up at %s; then reading waits, and what you "
             "send still goes."),
          at);
    }
  return g_strdup (_ ("At this rate they last."));
}

static void
show (CsMeterButton *self, const CsMeter *meter)
{
  g_autofree char *forecast = describe_forecast (self, meter);
  g_autofree char *reserved
      = g_strdup_printf (ngettext ("%u call of today is kept back for what you send.",
                                   "%u calls of today are kept back for what you send.", meter->day_reserved),
                         meter->day_reserved);

  show_one (self->minute_label, self->minute_bar,
            count_used (meter->minute_used, meter->minute_limit, meter->minute_remaining),
            meter->minute_limit);
  show_one (self->day_label, self->day_bar,
            count_used (meter->day_used, meter->day_limit, meter->day_remaining), meter->day_limit);
  gtk_label_set_text (self->reserved_label, reserved);
  gtk_widget_set_visible (GTK_WIDGET (self->reserved_label), meter->day_reserved > 0);
  gtk_label_set_text (self->forecast_label, forecast);
}

static gboolean
refresh_cb (gpointer data)
{
  CsMeterButton *self = data;
  CsMeter meter = { 0 };

  if (cs_session_get_meter (self->session, &meter))
    show (self, &meter);
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

/* Without a connection there is no allowance. */
static void
follow (CsMeterButton *self)
{
  CsMeter meter = { 0 };

  gtk_widget_set_visible (GTK_WIDGET (self), cs_session_get_meter (self->session, &meter));
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
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/activity/cs-meter-button.ui");
  gtk_widget_class_bind_template_child (widget_class, CsMeterButton, popover);
  gtk_widget_class_bind_template_child (widget_class, CsMeterButton, minute_label);
  gtk_widget_class_bind_template_child (widget_class, CsMeterButton, minute_bar);
  gtk_widget_class_bind_template_child (widget_class, CsMeterButton, day_label);
  gtk_widget_class_bind_template_child (widget_class, CsMeterButton, day_bar);
  gtk_widget_class_bind_template_child (widget_class, CsMeterButton, reserved_label);
  gtk_widget_class_bind_template_child (widget_class, CsMeterButton, forecast_label);
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
  follow (self);
  return GTK_WIDGET (self);
}
