/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-share-bar.h"
#include "cs-chart.h"

#include <adwaita.h>

#define HEIGHT 14
#define SWATCH 12
#define GAP 2
#define ROUNDING 4
#define SHADE_LEAST 0.22
#define FADED 0.35 /* of its strength, while another is chosen */
#define EDGE 1     /* in high contrast, where shades alone don't tell a part from the next */

struct _CsShareBar
{
  GtkWidget parent_instance;
  gint64 parts[CS_SHARE_BAR_PARTS_MAX];
  guint n_parts;
  int chosen;
  int swatch; /* -1: a whole bar */
};

G_DEFINE_FINAL_TYPE (CsShareBar, cs_share_bar, GTK_TYPE_WIDGET)

static guint part_clicked_signal;

static void
get_shade (CsShareBar *self, guint part, GdkRGBA *colour)
{
  GdkRGBA *accent = adw_style_manager_get_accent_color_rgba (adw_style_manager_get_default ());
  double step = self->n_parts > 1 ? (1 - SHADE_LEAST) / (self->n_parts - 1) : 0;

  *colour = *accent;
  colour->alpha = (float)(SHADE_LEAST + step * part);
  if (self->chosen >= 0 && self->chosen != (int)part)
    colour->alpha *= FADED;
  gdk_rgba_free (accent);
}

/* Where each part stands, gaps aside. */
static void
get_shares (CsShareBar *self, guint *shares)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));

  for (guint i = 0; i < self->n_parts; i++)
    shares[i] = 0;
  if (width >= (int)self->n_parts)
    cs_chart_share (self->parts, self->n_parts, (guint)width, shares);
}

static void
append_part (GtkSnapshot *snapshot, double x, double width, double height, const GdkRGBA *colour)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT ((float)x, 0, (float)width, (float)height);

  gtk_snapshot_append_color (snapshot, colour, &bounds);
}

static void
append_edge (CsShareBar *self, GtkSnapshot *snapshot, double x, double width, double height)
{
  float radius = self->swatch >= 0 ? ROUNDING : 0;
  const float widths[] = { EDGE, EDGE, EDGE, EDGE };
  GdkRGBA ink;
  GskRoundedRect outline;

  gtk_widget_get_color (GTK_WIDGET (self), &ink);
  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT ((float)x, 0, (float)width, (float)height),
                                   radius);
  gtk_snapshot_append_border (snapshot, &outline, widths, (const GdkRGBA[]){ ink, ink, ink, ink });
}

static void
cs_share_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CsShareBar *self = CS_SHARE_BAR (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  gboolean is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  guint shares[CS_SHARE_BAR_PARTS_MAX];
  GskRoundedRect round;
  GdkRGBA colour;
  double x = 0;

  gsk_rounded_rect_init_from_rect (&round, &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height), ROUNDING);
  gtk_snapshot_push_rounded_clip (snapshot, &round);
  gtk_widget_get_color (widget, &colour);
  colour.alpha = 0.08f;
  append_part (snapshot, 0, width, height, &colour);
  get_shares (self, shares);
  for (guint i = 0; i < self->n_parts; i++)
    {
      double wide = self->swatch >= 0 ? (i == (guint)self->swatch ? (double)width : 0.0) : (double)shares[i];
      double drawn = self->swatch < 0 && wide > 2 * GAP && x + wide < width ? wide - GAP : wide;

      if (wide <= 0)
        continue;
      get_shade (self, i, &colour);
      append_part (snapshot, is_mirrored ? width - x - drawn : x, drawn, height, &colour);
      if (adw_style_manager_get_high_contrast (adw_style_manager_get_default ()))
        append_edge (self, snapshot, is_mirrored ? width - x - drawn : x, drawn, height);
      x += wide;
    }
  gtk_snapshot_pop (snapshot);
}

static void
cs_share_bar_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  CsShareBar *self = CS_SHARE_BAR (widget);
  int size = self->swatch >= 0 ? SWATCH : HEIGHT;

  *minimum = orientation == GTK_ORIENTATION_VERTICAL || self->swatch >= 0 ? size : CS_SHARE_BAR_PARTS_MAX;
  *natural = *minimum;
}

/** cs_share_bar_get_part_at: Returns: whether there is one at @x: @part (out) */
gboolean
cs_share_bar_get_part_at (CsShareBar *self, double x, guint *part)
{
  guint shares[CS_SHARE_BAR_PARTS_MAX];
  double end = 0;

  g_return_val_if_fail (CS_IS_SHARE_BAR (self) && part != NULL, FALSE);

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    x = gtk_widget_get_width (GTK_WIDGET (self)) - x;
  get_shares (self, shares);
  for (guint i = 0; i < self->n_parts; i++)
    {
      end += shares[i];
      if (x < end)
        {
          *part = i;
          return TRUE;
        }
    }
  return FALSE;
}

static void
released_cb (CsShareBar *self, int n_presses, double x)
{
  guint part;

  if (self->swatch < 0 && cs_share_bar_get_part_at (self, x, &part))
    g_signal_emit (self, part_clicked_signal, 0, part);
}

static void
cs_share_bar_class_init (CsShareBarClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  widget_class->snapshot = cs_share_bar_snapshot;
  widget_class->measure = cs_share_bar_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
  part_clicked_signal = g_signal_new ("part-clicked", CS_TYPE_SHARE_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                      NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
cs_share_bar_init (CsShareBar *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->chosen = -1;
  self->swatch = -1;
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  /* The accent and the contrast are the desktop's, and change while we run. */
  g_signal_connect_object (adw_style_manager_get_default (), "notify::accent-color-rgba",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::high-contrast",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

/** cs_share_bar_new: Returns: (transfer floating): an empty bar */
GtkWidget *
cs_share_bar_new (void)
{
  return g_object_new (CS_TYPE_SHARE_BAR, NULL);
}

/** cs_share_bar_new_swatch: Returns: (transfer floating): a square in the colour that @part of @n_parts has
 */
GtkWidget *
cs_share_bar_new_swatch (guint part, guint n_parts)
{
  CsShareBar *self = g_object_new (CS_TYPE_SHARE_BAR, "halign", GTK_ALIGN_START, "valign", GTK_ALIGN_CENTER,
                                   "can-target", FALSE, NULL);

  g_return_val_if_fail (part < n_parts && n_parts <= CS_SHARE_BAR_PARTS_MAX, GTK_WIDGET (self));

  self->n_parts = n_parts;
  self->swatch = (int)part;
  return GTK_WIDGET (self);
}

/** cs_share_bar_set: @parts: minor units; those below zero take no room. */
void
cs_share_bar_set (CsShareBar *self, const gint64 *parts, guint n_parts)
{
  g_return_if_fail (CS_IS_SHARE_BAR (self) && n_parts <= CS_SHARE_BAR_PARTS_MAX);

  for (guint i = 0; i < n_parts; i++)
    self->parts[i] = parts[i];
  self->n_parts = n_parts;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/** cs_share_bar_set_chosen: @part: the one that stands out; -1: none does. */
void
cs_share_bar_set_chosen (CsShareBar *self, int part)
{
  g_return_if_fail (CS_IS_SHARE_BAR (self));

  self->chosen = part;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
