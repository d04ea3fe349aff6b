/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-month-chart.h"
#include "cs-chart.h"
#include "cs-format.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define PLOT_HEIGHT 96
#define LABEL_HEIGHT 18
#define MONTH_WIDTH_LEAST 20
#define LINE 1.5f

/* The drawing alone. */
#define CS_TYPE_MONTH_PLOT (cs_month_plot_get_type ())
G_DECLARE_FINAL_TYPE (CsMonthPlot, cs_month_plot, CS, MONTH_PLOT, GtkWidget)

struct _CsMonthPlot
{
  GtkWidget parent_instance;
  GArray *months;
  int at; /* the chosen month; -1: none */
};

G_DEFINE_FINAL_TYPE (CsMonthPlot, cs_month_plot, GTK_TYPE_WIDGET)

struct _CsMonthChart
{
  GtkBox parent_instance;
  CsMonthPlot *plot;
  GtkLabel *caption;
};

G_DEFINE_FINAL_TYPE (CsMonthChart, cs_month_chart, GTK_TYPE_BOX)

static char *
format_month (CsDate month, const char *format)
{
  int year, number, day;
  g_autoptr (GDateTime) time = NULL;

  cs_date_get_parts (month, &year, &number, &day);
  time = g_date_time_new_utc (year, number, day, 0, 0, 0);
  return g_date_time_format (time, format);
}

/** cs_month_words: Returns: (transfer full): the month in words */
char *
cs_month_words (CsDate month)
{
  /* Translators: a month and its year, as for strftime: "October 2026". */
  return format_month (month, _ ("%OB %Y"));
}

static const CsInvoiceMonth *
get_month (CsMonthPlot *plot, int at)
{
  return at >= 0 && at < (int)plot->months->len ? &g_array_index (plot->months, CsInvoiceMonth, at) : NULL;
}

/* Time runs with the writing. */
static int
get_month_at (CsMonthPlot *plot, double x)
{
  int width = gtk_widget_get_width (GTK_WIDGET (plot));

  if (gtk_widget_get_direction (GTK_WIDGET (plot)) == GTK_TEXT_DIR_RTL)
    x = width - x;
  return width > 0 && plot->months->len > 0
             ? CLAMP ((int)(x * plot->months->len / width), 0, (int)plot->months->len - 1)
             : -1;
}

static gint64
get_ceiling (CsMonthPlot *plot)
{
  gint64 most = 0;

  for (guint i = 0; i < plot->months->len; i++)
    {
      const CsInvoiceMonth *month = &g_array_index (plot->months, CsInvoiceMonth, i);

      most = MAX (most, MAX (month->billed.minor, month->received.minor));
    }
  return cs_chart_ceiling (most);
}

static void
append_outline (GtkSnapshot *snapshot, const graphene_rect_t *bounds, const GdkRGBA *colour)
{
  GskRoundedRect outline;
  const float widths[] = { LINE, LINE, LINE, LINE };
  const GdkRGBA colours[] = { *colour, *colour, *colour, *colour };

  gsk_rounded_rect_init_from_rect (&outline, bounds, 0);
  gtk_snapshot_append_border (snapshot, &outline, widths, colours);
}

static void
append_label (CsMonthPlot *plot, GtkSnapshot *snapshot, const CsInvoiceMonth *month, double x, double width)
{
  g_autofree char *text = format_month (month->month, "%b");
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (plot), text);
  PangoAttrList *attributes = pango_attr_list_new ();
  GdkRGBA colour;

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.75));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_width (layout, (int)(width * PANGO_SCALE));
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  gtk_widget_get_color (GTK_WIDGET (plot), &colour);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)x, PLOT_HEIGHT + 3));
  gtk_snapshot_append_layout (snapshot, layout, &colour);
  gtk_snapshot_restore (snapshot);
}

static void
append_month (CsMonthPlot *plot, GtkSnapshot *snapshot, guint at, gint64 ceiling)
{
  const CsInvoiceMonth *month = get_month (plot, (int)at);
  double width = (double)gtk_widget_get_width (GTK_WIDGET (plot)) / plot->months->len;
  gboolean is_mirrored = gtk_widget_get_direction (GTK_WIDGET (plot)) == GTK_TEXT_DIR_RTL;
  double x = width * (is_mirrored ? plot->months->len - 1 - at : at);
  float column = (float)CLAMP (width / 2 - 4, 3, 16);
  float billed = (float)cs_chart_height (month->billed.minor, ceiling, PLOT_HEIGHT);
  float received = (float)cs_chart_height (month->received.minor, ceiling, PLOT_HEIGHT);
  float left = (float)(x + width / 2) - column - 1;
  GdkRGBA *accent = adw_style_manager_get_accent_color_rgba (adw_style_manager_get_default ());
  GdkRGBA ink;

  gtk_widget_get_color (GTK_WIDGET (plot), &ink);
  if ((int)at == plot->at)
    {
      GdkRGBA light = ink;

      light.alpha = 0.1f;
      gtk_snapshot_append_color (snapshot, &light,
                                 &GRAPHENE_RECT_INIT ((float)x, 0, (float)width, PLOT_HEIGHT));
    }
  if (billed > 0)
    append_outline (snapshot, &GRAPHENE_RECT_INIT (left, PLOT_HEIGHT - billed, column, billed), &ink);
  if (received > 0)
    gtk_snapshot_append_color (
        snapshot, accent, &GRAPHENE_RECT_INIT (left + column + 2, PLOT_HEIGHT - received, column, received));
  append_label (plot, snapshot, month, x, width);
  gdk_rgba_free (accent);
}

static void
cs_month_plot_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CsMonthPlot *plot = CS_MONTH_PLOT (widget);
  gint64 ceiling = get_ceiling (plot);
  GdkRGBA line;

  for (guint i = 0; i < plot->months->len; i++)
    append_month (plot, snapshot, i, ceiling);
  gtk_widget_get_color (widget, &line);
  line.alpha = 0.4f;
  gtk_snapshot_append_color (snapshot, &line,
                             &GRAPHENE_RECT_INIT (0, PLOT_HEIGHT, (float)gtk_widget_get_width (widget), 1));
}

static void
cs_month_plot_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? PLOT_HEIGHT + LABEL_HEIGHT
                                                                : MONTH_WIDTH_LEAST * CS_CHART_MONTHS;
}

static void
cs_month_plot_finalize (GObject *object)
{
  g_array_unref (CS_MONTH_PLOT (object)->months);
  G_OBJECT_CLASS (cs_month_plot_parent_class)->finalize (object);
}

static void
cs_month_plot_class_init (CsMonthPlotClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = cs_month_plot_finalize;
  widget_class->snapshot = cs_month_plot_snapshot;
  widget_class->measure = cs_month_plot_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "monthplot");
}

static void
cs_month_plot_init (CsMonthPlot *plot)
{
  plot->months = g_array_new (FALSE, FALSE, sizeof (CsInvoiceMonth));
  plot->at = -1;
  gtk_widget_set_focusable (GTK_WIDGET (plot), TRUE);
}

/* --- the chart --- */

static char *
describe (const CsInvoiceMonth *month)
{
  g_autofree char *name = cs_month_words (month->month);
  g_autofree char *billed = cs_format_money_with_currency (month->billed);
  g_autofree char *received = cs_format_money_with_currency (month->received);

  /* Translators: a month, and two amounts. */
  return g_strdup_printf (_ ("%1$s: %2$s billed, %3$s received"), name, billed, received);
}

static void
choose (CsMonthChart *self, int at, gboolean by_keyboard)
{
  const CsInvoiceMonth *month = get_month (self->plot, at);
  g_autofree char *words = month != NULL ? describe (month) : NULL;

  self->plot->at = month != NULL ? at : -1;
  gtk_widget_queue_draw (GTK_WIDGET (self->plot));
  if (words == NULL)
    return;
  gtk_label_set_text (self->caption, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->plot), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words,
                                  -1);
  if (by_keyboard)
    gtk_accessible_announce (GTK_ACCESSIBLE (self->plot), words, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
motion_cb (CsMonthChart *self, double x, double y)
{
  choose (self, get_month_at (self->plot, x), FALSE);
}

static gboolean
key_cb (CsMonthChart *self, guint key)
{
  gboolean is_mirrored = gtk_widget_get_direction (GTK_WIDGET (self->plot)) == GTK_TEXT_DIR_RTL;
  int last = (int)self->plot->months->len - 1;
  int at = self->plot->at < 0 ? last : self->plot->at;

  switch (key)
    {
    case GDK_KEY_Left:
      at += is_mirrored ? 1 : -1;
      break;
    case GDK_KEY_Right:
      at += is_mirrored ? -1 : 1;
      break;
    case GDK_KEY_Home:
      at = 0;
      break;
    case GDK_KEY_End:
      at = last;
      break;
    default:
      return GDK_EVENT_PROPAGATE;
    }
  choose (self, CLAMP (at, 0, last), TRUE);
  return GDK_EVENT_STOP;
}

static void
focus_cb (CsMonthChart *self)
{
  if (self->plot->at < 0)
    choose (self, (int)self->plot->months->len - 1, TRUE);
}

static void
cs_month_chart_class_init (CsMonthChartClass *class)
{
}

static void
add_controllers (CsMonthChart *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (focus_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->plot), motion);
  gtk_widget_add_controller (GTK_WIDGET (self->plot), key);
  gtk_widget_add_controller (GTK_WIDGET (self->plot), focus);
}

static void
cs_month_chart_init (CsMonthChart *self)
{
  GtkWidget *plot = g_object_new (CS_TYPE_MONTH_PLOT, NULL);
  GtkWidget *caption = gtk_label_new (NULL);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 3);
  self->plot = CS_MONTH_PLOT (plot);
  self->caption = GTK_LABEL (caption);
  gtk_label_set_xalign (self->caption, 0);
  gtk_label_set_wrap (self->caption, TRUE);
  gtk_widget_add_css_class (caption, "caption");
  gtk_widget_add_css_class (caption, "numeric");
  gtk_accessible_update_property (GTK_ACCESSIBLE (plot), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Billed and received by month"), -1);
  gtk_box_append (GTK_BOX (self), plot);
  gtk_box_append (GTK_BOX (self), caption);
  add_controllers (self);
}

/** cs_month_chart_new: Returns: (transfer floating): a chart without a month yet */
GtkWidget *
cs_month_chart_new (void)
{
  return g_object_new (CS_TYPE_MONTH_CHART, NULL);
}

/** cs_month_chart_set: @months: of #CsInvoiceMonth, without gaps, as cs_chart_fill_months() makes them. */
void
cs_month_chart_set (CsMonthChart *self, const GArray *months)
{
  g_return_if_fail (CS_IS_MONTH_CHART (self) && months != NULL);

  g_array_set_size (self->plot->months, 0);
  g_array_append_vals (self->plot->months, months->data, months->len);
  choose (self, self->plot->at >= 0 ? self->plot->at : (int)months->len - 1, FALSE);
}
