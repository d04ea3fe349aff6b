/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-meter-box.h"

#include "cs-format.h"

#include <glib/gi18n-lib.h>

struct _CsMeterBox
{
  GtkBox parent_instance;
  GtkLabel *minute_label;
  GtkLevelBar *minute_bar;
  GtkLabel *day_label;
  GtkLevelBar *day_bar;
  GtkLabel *reserved_label;
  GtkLabel *forecast_label;

  char *title;
};

enum
{
  PROP_TITLE = 1, /* whose calls */
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CsMeterBox, cs_meter_box, GTK_TYPE_BOX)

/* Words say it all; the bar only helps. */
static void
show_one (GtkLabel *label, GtkLevelBar *bar, guint used, guint limit)
{
  g_autofree char *words = NULL;

  if (limit == 0)
    words = g_strdup_printf (ngettext ("%'u used", "%'u used", used), used);
  else
    /* Translators: calls that were made, and calls that are allowed. */
    words = g_strdup_printf (_ ("%1$'u of %2$'u used"), used, limit);
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
describe_forecast (const CsMeter *meter, GTimeZone *zone)
{
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

/**
 * cs_meter_box_show:
 * @self: a box
 * @meter: what is known of the calls
 * @zone: the practice's
 *
 * Shows them as they are now.
 */
void
cs_meter_box_show (CsMeterBox *self, const CsMeter *meter, GTimeZone *zone)
{
  g_autofree char *forecast = NULL;
  g_autofree char *reserved = NULL;

  g_return_if_fail (CS_IS_METER_BOX (self) && meter != NULL && zone != NULL);

  forecast = describe_forecast (meter, zone);
  reserved = g_strdup_printf (ngettext ("%'u call of today is kept back for what you send.",
                                        "%'u calls of today are kept back for what you send.",
                                        meter->day_reserved),
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

/* --- the object --- */

static void
cs_meter_box_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  g_value_set_string (value, CS_METER_BOX (object)->title);
}

static void
cs_meter_box_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  g_set_str (&CS_METER_BOX (object)->title, g_value_get_string (value));
}

static void
cs_meter_box_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CS_TYPE_METER_BOX);
  G_OBJECT_CLASS (cs_meter_box_parent_class)->dispose (object);
}

static void
cs_meter_box_finalize (GObject *object)
{
  g_free (CS_METER_BOX (object)->title);
  G_OBJECT_CLASS (cs_meter_box_parent_class)->finalize (object);
}

static void
cs_meter_box_class_init (CsMeterBoxClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = cs_meter_box_get_property;
  object_class->set_property = cs_meter_box_set_property;
  object_class->dispose = cs_meter_box_dispose;
  object_class->finalize = cs_meter_box_finalize;
  properties[PROP_TITLE] = g_param_spec_string (
      "title", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/activity/cs-meter-box.ui");
  gtk_widget_class_bind_template_child (widget_class, CsMeterBox, minute_label);
  gtk_widget_class_bind_template_child (widget_class, CsMeterBox, minute_bar);
  gtk_widget_class_bind_template_child (widget_class, CsMeterBox, day_label);
  gtk_widget_class_bind_template_child (widget_class, CsMeterBox, day_bar);
  gtk_widget_class_bind_template_child (widget_class, CsMeterBox, reserved_label);
  gtk_widget_class_bind_template_child (widget_class, CsMeterBox, forecast_label);
}

static void
cs_meter_box_init (CsMeterBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
