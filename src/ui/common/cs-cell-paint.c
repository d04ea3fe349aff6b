/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-cell-paint.h"

#include <adwaita.h>

/* As data/style.css has them for .pill-state: pixels. */
#define PILL_PADDING 9
#define PILL_PADDING_HIGH 1
#define PILL_ICON_SIZE 12
#define PILL_ICON_SPACE 4
#define PILL_TEXT_SCALE 0.85
#define PILL_TEXT_WEIGHT 600
#define PILL_OPACITY 0.1
#define BESIDE_SPACE 12
/* Of a link, to both sides of the room for its words. */
#define BUTTON_PADDING 4
#define ICON_SIZE 16
#define DIMMED 0.4
/* A cell's own, as libadwaita has it for a column view. */
#define CELL_PADDING 6

typedef enum
{
  COLOR_LINK,
  COLOR_PLAIN, /* of a pill */
  COLOR_ACCENT,
  COLOR_SUCCESS,
  COLOR_WARNING,
  COLOR_ERROR,
  N_COLORS
} Color;

static const char *const CLASSES[N_COLORS] = { "", "", "accent", "success", "warning", "error" };

typedef enum
{
  LETTERS_PLAIN,
  LETTERS_NUMBER,
  LETTERS_PILL,
  N_LETTERS
} Letters;

struct _CsCellPaint
{
  GtkWidget *parent;                    /* unowned: it owns this */
  GtkWidget *probes[N_COLORS];          /* children of it */
  GHashTable *icons;                    /* by name and size */
  PangoAttrList *letters[N_LETTERS][2]; /* the second: bold */
  int height;
  int character_width;
};

static GtkWidget *
make_probe (GtkWidget *parent, Color color)
{
  GtkWidget *probe = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (probe, color == COLOR_LINK ? "cell-link" : "pill-state");
  if (*CLASSES[color] != '\0')
    gtk_widget_add_css_class (probe, CLASSES[color]);
  gtk_widget_set_parent (probe, parent);
  gtk_widget_set_child_visible (probe, FALSE);
  return probe;
}

static PangoAttrList *
make_letters (Letters letters, gboolean is_bold)
{
  PangoAttrList *list = pango_attr_list_new ();

  if (letters == LETTERS_NUMBER)
    pango_attr_list_insert (list, pango_attr_font_features_new ("tnum"));
  if (letters == LETTERS_PILL)
    pango_attr_list_insert (list, pango_attr_scale_new (PILL_TEXT_SCALE));
  if (letters == LETTERS_PILL)
    pango_attr_list_insert (list, pango_attr_weight_new ((PangoWeight)PILL_TEXT_WEIGHT));
  else if (is_bold)
    pango_attr_list_insert (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  return list;
}

/** cs_cell_paint_new: Returns: (transfer full): what cells in @parent (unowned) are drawn with */
CsCellPaint *
cs_cell_paint_new (GtkWidget *parent)
{
  CsCellPaint *self = g_new0 (CsCellPaint, 1);

  self->parent = parent;
  self->icons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  for (int i = 0; i < N_COLORS; i++)
    self->probes[i] = make_probe (parent, (Color)i);
  for (int i = 0; i < N_LETTERS; i++)
    for (int bold = 0; bold < 2; bold++)
      self->letters[i][bold] = make_letters ((Letters)i, bold == 1);
  return self;
}

/** cs_cell_paint_free: before its parent goes. */
void
cs_cell_paint_free (CsCellPaint *self)
{
  for (int i = 0; i < N_COLORS; i++)
    g_clear_pointer (&self->probes[i], gtk_widget_unparent);
  for (int i = 0; i < N_LETTERS; i++)
    for (int bold = 0; bold < 2; bold++)
      pango_attr_list_unref (self->letters[i][bold]);
  g_hash_table_unref (self->icons);
  g_free (self);
}

/** cs_cell_paint_restyle: what it measured and looked up is asked for again. */
void
cs_cell_paint_restyle (CsCellPaint *self)
{
  g_hash_table_remove_all (self->icons);
  self->height = 0;
}

static void
measure_letters (CsCellPaint *self)
{
  PangoContext *context = gtk_widget_get_pango_context (self->parent);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);

  self->height = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));
  self->character_width = MAX (pango_font_metrics_get_approximate_char_width (metrics),
                               pango_font_metrics_get_approximate_digit_width (metrics));
  pango_font_metrics_unref (metrics);
}

/** cs_cell_paint_get_height: Returns: how high a line of cells is at least */
int
cs_cell_paint_get_height (CsCellPaint *self)
{
  if (self->height == 0)
    measure_letters (self);
  return MAX (self->height, ICON_SIZE);
}

/** cs_cell_paint_get_width: Returns: how wide a cell of so many characters is */
int
cs_cell_paint_get_width (CsCellPaint *self, guint n_characters)
{
  if (self->height == 0)
    measure_letters (self);
  return PANGO_PIXELS_CEIL (self->character_width * (int)n_characters) + 2 * CELL_PADDING;
}

static GtkIconPaintable *
get_icon (CsCellPaint *self, const char *name, int size)
{
  g_autofree char *key = g_strdup_printf ("%s %d", name, size);
  GtkIconPaintable *icon = g_hash_table_lookup (self->icons, key);

  if (icon != NULL)
    return icon;
  icon = gtk_icon_theme_lookup_icon (gtk_icon_theme_get_for_display (gtk_widget_get_display (self->parent)),
                                     name, NULL, size, gtk_widget_get_scale_factor (self->parent),
                                     gtk_widget_get_direction (self->parent), 0);
  g_hash_table_insert (self->icons, g_steal_pointer (&key), icon);
  return icon;
}

static void
lay_out (CsCellPaint *self, CsCellWords *words, Letters letters, gboolean is_bold)
{
  if (words->layout != NULL)
    return;
  words->layout = gtk_widget_create_pango_layout (self->parent, words->text);
  pango_layout_set_attributes (words->layout, self->letters[letters][is_bold]);
  pango_layout_set_single_paragraph_mode (words->layout, TRUE);
  pango_layout_set_ellipsize (words->layout, PANGO_ELLIPSIZE_END);
  pango_layout_get_pixel_size (words->layout, &words->natural, &words->height);
  words->room = G_MAXINT;
}

/* Cut where it needs more than so many pixels. Returns: how many it takes */
static int
fit (CsCellWords *words, int room)
{
  int before = MIN (words->room, words->natural);
  int after = MIN (MAX (room, 0), words->natural);

  words->room = room;
  if (before != after)
    pango_layout_set_width (words->layout, after < words->natural ? after * PANGO_SCALE : -1);
  return after;
}

/* Of the cell being drawn. */
typedef struct
{
  CsCellPaint *paint;
  GtkSnapshot *snapshot;
  int width;
  int height;
  gboolean is_rtl;
} Canvas;

/* Where something stands that begins so far from the start of the cell. */
static float
get_x (const Canvas *canvas, int start, int width)
{
  return (float)(canvas->is_rtl ? canvas->width - start - width : start);
}

static void
draw_words (const Canvas *canvas, const CsCellWords *words, int start, int width, const GdkRGBA *color)
{
  float y = (float)((canvas->height - words->height) / 2);

  gtk_snapshot_save (canvas->snapshot);
  gtk_snapshot_translate (canvas->snapshot, &GRAPHENE_POINT_INIT (get_x (canvas, start, width), y));
  gtk_snapshot_append_layout (canvas->snapshot, words->layout, color);
  gtk_snapshot_restore (canvas->snapshot);
}

static void
draw_icon (const Canvas *canvas, const char *name, int start, int size, const GdkRGBA *color)
{
  GtkIconPaintable *icon = get_icon (canvas->paint, name, size);
  /* Its parts for errors, warnings and successes, too: the pill says by its own colour which it is. */
  GdkRGBA colors[] = { *color, *color, *color, *color };
  float y = (float)((canvas->height - size) / 2);

  gtk_snapshot_save (canvas->snapshot);
  gtk_snapshot_translate (canvas->snapshot, &GRAPHENE_POINT_INIT (get_x (canvas, start, size), y));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), canvas->snapshot, size, size,
                                            colors, G_N_ELEMENTS (colors));
  gtk_snapshot_restore (canvas->snapshot);
}

static GdkRGBA
get_color (CsCellPaint *self, Color color)
{
  GdkRGBA rgba;

  gtk_widget_get_color (self->probes[color], &rgba);
  return rgba;
}

static Color
find_color (const char *style)
{
  for (int i = COLOR_ACCENT; i < N_COLORS; i++)
    if (g_str_equal (CLASSES[i], style))
      return (Color)i;
  return COLOR_PLAIN;
}

static void
draw_pill_shape (const Canvas *canvas, int start, int width, int height, GdkRGBA color)
{
  gboolean is_outlined = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
  GskRoundedRect shape;

  gsk_rounded_rect_init_from_rect (&shape,
                                   &GRAPHENE_RECT_INIT (get_x (canvas, start, width),
                                                        (float)((canvas->height - height) / 2), (float)width,
                                                        (float)height),
                                   (float)height / 2);
  if (is_outlined)
    {
      gtk_snapshot_append_border (canvas->snapshot, &shape, (float[4]){ 1, 1, 1, 1 },
                                  (GdkRGBA[4]){ color, color, color, color });
      return;
    }
  color.alpha *= PILL_OPACITY;
  gtk_snapshot_push_rounded_clip (canvas->snapshot, &shape);
  gtk_snapshot_append_color (canvas->snapshot, &color, &shape.bounds);
  gtk_snapshot_pop (canvas->snapshot);
}

/* Of a pill and what is beside it, from the start of the cell. */
typedef struct
{
  int pill_width;
  int words_width;
  int beside;
  int beside_width;
} PillPlaces;

static PillPlaces
place_pill (CsCellPaint *self, CsCell *cell, int width)
{
  PillPlaces at = { 0 };
  int around = 2 * PILL_PADDING + PILL_ICON_SIZE + PILL_ICON_SPACE;
  int room = width - 2 * CELL_PADDING;

  lay_out (self, &cell->words, LETTERS_PILL, FALSE);
  at.words_width = fit (&cell->words, room - around);
  at.pill_width = around + at.words_width;
  at.beside = CELL_PADDING + at.pill_width + BESIDE_SPACE;
  if (cell->beside.text == NULL)
    return at;
  lay_out (self, &cell->beside, LETTERS_PLAIN, FALSE);
  at.beside_width = fit (&cell->beside, width - CELL_PADDING - at.beside);
  return at;
}

static int
draw_pill (const Canvas *canvas, CsCell *cell)
{
  CsCellPaint *self = canvas->paint;
  GdkRGBA color = get_color (self, find_color (cell->pill.style));
  PillPlaces at = place_pill (self, cell, canvas->width);
  int wanted = at.pill_width - at.words_width + cell->words.natural;

  draw_pill_shape (canvas, CELL_PADDING, at.pill_width, cell->words.height + 2 * PILL_PADDING_HIGH, color);
  draw_icon (canvas, cell->pill.icon_name, CELL_PADDING + PILL_PADDING, PILL_ICON_SIZE, &color);
  draw_words (canvas, &cell->words, CELL_PADDING + PILL_PADDING + PILL_ICON_SIZE + PILL_ICON_SPACE,
              at.words_width, &color);
  if (cell->beside.text == NULL)
    return wanted;
  gtk_widget_get_color (self->parent, &color);
  draw_words (canvas, &cell->beside, at.beside, at.beside_width, &color);
  return wanted + BESIDE_SPACE + cell->beside.natural + PILL_PADDING;
}

static int
draw_text (const Canvas *canvas, CsCell *cell, CsCellKind kind)
{
  CsCellPaint *self = canvas->paint;
  int room = canvas->width - 2 * CELL_PADDING;
  GdkRGBA color;
  int width;

  lay_out (self, &cell->words, kind == CS_CELL_NUMBER ? LETTERS_NUMBER : LETTERS_PLAIN, cell->is_strong);
  width = fit (&cell->words, room);
  if (kind == CS_CELL_LINK)
    color = get_color (self, COLOR_LINK);
  else
    gtk_widget_get_color (self->parent, &color);
  draw_words (canvas, &cell->words,
              kind == CS_CELL_NUMBER ? canvas->width - CELL_PADDING - width : CELL_PADDING, width, &color);
  return cell->words.natural;
}

static int
draw_icon_alone (const Canvas *canvas, const CsCell *cell)
{
  GdkRGBA color;

  if (g_str_equal (cell->pill.style, "accent"))
    color = get_color (canvas->paint, COLOR_LINK);
  else
    {
      gtk_widget_get_color (canvas->paint->parent, &color);
      if (!adw_style_manager_get_high_contrast (adw_style_manager_get_default ()))
        color.alpha *= DIMMED;
    }
  draw_icon (canvas, cell->pill.icon_name, (canvas->width - ICON_SIZE) / 2, ICON_SIZE, &color);
  return ICON_SIZE;
}

/** cs_cell_paint_draw: draws @cell. Returns: how wide it would like to be */
int
cs_cell_paint_draw (CsCellPaint *self,
                    CsCell *cell,
                    const CsCells *cells,
                    GtkSnapshot *snapshot,
                    int width,
                    int height)
{
  gboolean is_rtl = gtk_widget_get_direction (self->parent) == GTK_TEXT_DIR_RTL;
  Canvas canvas = { self, snapshot, width, height, is_rtl };
  int wanted = 0;

  if (cells->kind == CS_CELL_ICON)
    wanted = cell->pill.icon_name != NULL ? draw_icon_alone (&canvas, cell) : 0;
  else if (cell->words.text == NULL || *cell->words.text == '\0')
    return 0;
  else if (cells->kind == CS_CELL_PILL)
    wanted = draw_pill (&canvas, cell);
  else
    wanted = draw_text (&canvas, cell, cells->kind);
  return wanted + 2 * CELL_PADDING;
}

/* What of a cell can be pressed, from its start: all of it, or what is beside a pill. */
static GtkAllocation
find_pressed (CsCellPaint *self, CsCell *cell, CsCellKind kind, int width, int height)
{
  GtkAllocation place = { CELL_PADDING, 0, width - 2 * CELL_PADDING, height };
  PillPlaces at;

  if (kind == CS_CELL_LINK)
    {
      place.x -= BUTTON_PADDING;
      place.width += 2 * BUTTON_PADDING;
    }
  if (kind != CS_CELL_PILL || cell->beside.text == NULL)
    return place;
  at = place_pill (self, cell, width);
  place.x = at.beside - BESIDE_SPACE / 2;
  place.width = at.beside_width + BESIDE_SPACE;
  return place;
}

/** cs_cell_paint_allocate: puts @widget over the drawing of @cell, or over what is beside its pill. */
void
cs_cell_paint_allocate (CsCellPaint *self,
                        CsCell *cell,
                        const CsCells *cells,
                        GtkWidget *widget,
                        int x,
                        int width,
                        int height)
{
  gboolean is_rtl = gtk_widget_get_direction (self->parent) == GTK_TEXT_DIR_RTL;
  GtkAllocation place = find_pressed (self, cell, cells->kind, width, height);
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  if (minimum > place.width)
    {
      place.x -= (minimum - place.width) / 2;
      place.width = minimum;
    }
  if (is_rtl)
    place.x = width - place.x - place.width;
  place.x += x;
  gtk_widget_size_allocate (widget, &place, -1);
}
