/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-column-row.h"

#include "cs-column-cell.h"

#define POINTER_MS 40
#define KEY_FLAGS (GTK_STATE_FLAG_FOCUSED | GTK_STATE_FLAG_FOCUS_WITHIN)
#define VISIT_FLAGS (KEY_FLAGS | GTK_STATE_FLAG_PRELIGHT)

struct _CsColumnRow
{
  GtkWidget parent_instance;
  CsColumnSheet *sheet; /* unowned */
  gpointer item;        /* (nullable) (owned) */
  CsCell *cells;        /* one a column */
  guint n_cells;
  GtkWidget **widgets; /* (nullable): children over the cells, while the pointer or the keyboard is here */
  CsColumnCell **accessible; /* (nullable): once somebody has asked for them */
  GtkWidget *list_item;      /* (nullable): unowned: the parent */
  guint visit;               /* of the pointer or the keyboard, which comes or goes */
  GtkListItem *holder;       /* unowned: it owns this */
  gboolean is_unseen;        /* it was out of sight when it should have been drawn */
  gboolean is_stale;         /* the cells show what the item said before */
  gboolean is_unsaid;        /* so do the words for a screen reader */
};

static void cs_column_row_accessible_init (GtkAccessibleInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CsColumnRow,
                               cs_column_row,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_ACCESSIBLE, cs_column_row_accessible_init))

static CsColumnPlace *
get_place (CsColumnRow *self, guint column)
{
  return &g_array_index (self->sheet->places, CsColumnPlace, column);
}

static gboolean
is_in_sight (CsColumnRow *self)
{
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (GTK_WIDGET (self), self->sheet->viewport, &bounds)
         && bounds.origin.y < (float)gtk_widget_get_height (self->sheet->viewport)
         && bounds.origin.y + bounds.size.height > 0;
}

static void
draw_cell (CsColumnRow *self, guint column, GtkSnapshot *snapshot, int height)
{
  CsColumnPlace *place = get_place (self, column);
  int wanted;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)place->x, 0));
  wanted = cs_cell_paint_draw (self->sheet->paint, &self->cells[column], place->cells, snapshot, place->width,
                               height);
  gtk_snapshot_restore (snapshot);
  if (place->cells->characters > 0 || wanted <= place->wanted)
    return;
  place->wanted = wanted;
  self->sheet->widen (self->sheet->data);
}

static void
fill_cells (CsColumnRow *self)
{
  if (!self->is_stale || self->item == NULL)
    return;
  self->is_stale = FALSE;
  for (guint i = 0; i < self->n_cells; i++)
    if (get_place (self, i)->is_visible)
      cs_cell_fill (&self->cells[i], get_place (self, i)->cells, self->item);
}

static gboolean
has_widget (CsColumnRow *self, guint column)
{
  return self->widgets != NULL && self->widgets[column] != NULL;
}

static void
cs_column_row_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CsColumnRow *self = CS_COLUMN_ROW (widget);
  int height = gtk_widget_get_height (widget);

  self->is_unseen = !is_in_sight (self);
  if (!self->is_unseen)
    fill_cells (self);
  for (guint i = 0; i < self->n_cells && !self->is_unseen; i++)
    if (get_place (self, i)->is_visible)
      draw_cell (self, i, snapshot, height);
  GTK_WIDGET_CLASS (cs_column_row_parent_class)->snapshot (widget, snapshot);
}

static void
cs_column_row_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  CsColumnRow *self = CS_COLUMN_ROW (widget);

  /* As high without its widgets as with them. */
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? cs_cell_paint_get_height (self->sheet->paint) : 0;
  *natural = *minimum;
}

static void
cs_column_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CsColumnRow *self = CS_COLUMN_ROW (widget);

  for (guint i = 0; i < self->n_cells; i++)
    if (has_widget (self, i))
      cs_cell_paint_allocate (self->sheet->paint, &self->cells[i], get_place (self, i)->cells,
                              self->widgets[i], get_place (self, i)->x, get_place (self, i)->width, height);
}

/* --- what there is to press, where the pointer or the keyboard is --- */

static void
take_away_widgets (CsColumnRow *self)
{
  for (guint i = 0; self->widgets != NULL && i < self->n_cells; i++)
    g_clear_pointer (&self->widgets[i], gtk_widget_unparent);
  g_clear_pointer (&self->widgets, g_free);
}

static void
show_in_widgets (CsColumnRow *self)
{
  if (self->widgets == NULL)
    return;
  for (guint i = 0; i < self->n_cells; i++)
    if (has_widget (self, i))
      get_place (self, i)->cells->show (self->widgets[i], self->item, get_place (self, i)->cells->data);
  gtk_widget_queue_allocate (GTK_WIDGET (self)); /* what they lie over may be elsewhere */
}

/* Where only the pointer is, keys pass by: an arrow comes to the row, and not into it. */
static void
let_keys_in (CsColumnRow *self)
{
  gboolean has_keys = (gtk_widget_get_state_flags (self->list_item) & KEY_FLAGS) != 0;

  for (guint i = 0; i < self->n_cells; i++)
    if (has_widget (self, i))
      gtk_widget_set_can_focus (self->widgets[i], has_keys);
}

static void
put_widgets (CsColumnRow *self)
{
  self->widgets = g_new0 (GtkWidget *, self->n_cells);
  for (guint i = 0; i < self->n_cells; i++)
    {
      const CsColumnPlace *place = get_place (self, i);

      if (!place->is_visible || place->cells->make == NULL)
        continue;
      self->widgets[i] = place->cells->make (place->cells->data);
      gtk_widget_set_parent (self->widgets[i], GTK_WIDGET (self));
    }
  let_keys_in (self);
  show_in_widgets (self);
}

static gboolean
is_visited (CsColumnRow *self)
{
  return (gtk_widget_get_state_flags (self->list_item) & VISIT_FLAGS) != 0;
}

static gboolean
visit_cb (gpointer data)
{
  CsColumnRow *self = data;
  gboolean is_here = self->item != NULL && is_visited (self);

  self->visit = 0;
  if (is_here == (self->widgets != NULL))
    return G_SOURCE_REMOVE;
  if (is_here)
    put_widgets (self);
  else
    take_away_widgets (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

/* A pointer under which a list is scrolled visits many rows, and means none of them; a key means its row. */
static void
flags_changed_cb (CsColumnRow *self, GtkStateFlags before)
{
  GtkStateFlags changed = before ^ gtk_widget_get_state_flags (self->list_item);
  gboolean is_meant = (changed & KEY_FLAGS) != 0;

  if ((changed & VISIT_FLAGS) == 0)
    return;
  if (is_meant)
    cs_column_row_catch_up (self);
  let_keys_in (self);
  g_clear_handle_id (&self->visit, g_source_remove);
  if (is_visited (self) != (self->widgets != NULL))
    self->visit = is_meant ? g_idle_add (visit_cb, self) : g_timeout_add (POINTER_MS, visit_cb, self);
}

/** cs_column_row_visit: whoever comes by a key finds at once what there is to press. */
void
cs_column_row_visit (CsColumnRow *self)
{
  g_clear_handle_id (&self->visit, g_source_remove);
  if (self->list_item != NULL)
    (void)visit_cb (self);
}

static void
parent_changed_cb (CsColumnRow *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));

  if (self->list_item != NULL)
    g_signal_handlers_disconnect_by_func (self->list_item, flags_changed_cb, self);
  g_clear_handle_id (&self->visit, g_source_remove);
  g_set_weak_pointer (&self->list_item, parent);
  if (parent == NULL)
    return;
  g_object_set (parent, "accessible-role", GTK_ACCESSIBLE_ROLE_ROW, NULL);
  g_signal_connect_object (parent, "state-flags-changed", G_CALLBACK (flags_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/* --- for screen readers --- */

#define NO_COLUMN G_MAXUINT

/* The shown column that stands next to @column, or the first for NO_COLUMN; NO_COLUMN: it was the last. */
static guint
find_next (CsColumnRow *self, guint column)
{
  guint least = column == NO_COLUMN ? 0 : get_place (self, column)->position + 1;
  guint found = NO_COLUMN;

  for (guint i = 0; i < self->n_cells; i++)
    if (get_place (self, i)->is_visible && get_place (self, i)->position >= least
        && (found == NO_COLUMN || get_place (self, i)->position < get_place (self, found)->position))
      found = i;
  return found;
}

/** cs_column_row_dup_accessible_after: Returns: (transfer full) (nullable): of the shown column that stands
 * after @column; after the last, what there is to press */
GtkAccessible *
cs_column_row_dup_accessible_after (CsColumnRow *self, guint column)
{
  GtkWidget *widget = gtk_widget_get_first_child (GTK_WIDGET (self));
  guint next = find_next (self, column);

  if (next != NO_COLUMN)
    return GTK_ACCESSIBLE (g_object_ref (self->accessible[next]));
  while (widget != NULL && !gtk_widget_get_visible (widget))
    widget = gtk_widget_get_next_sibling (widget);
  return widget != NULL ? GTK_ACCESSIBLE (g_object_ref (widget)) : NULL;
}

static void
say (CsColumnRow *self)
{
  for (guint i = 0; self->accessible != NULL && i < self->n_cells; i++)
    {
      const CsCells *cells = get_place (self, i)->cells;
      g_autoptr (GString) words = g_string_new (NULL);
      g_autofree char *note
          = cells->note != NULL && self->item != NULL ? cells->note (self->item, cells->data) : NULL;

      cs_cell_append_words (&self->cells[i], words);
      cs_column_cell_say (self->accessible[i], words->str, note);
    }
}

static GtkAccessible *
get_first_accessible_child (GtkAccessible *accessible)
{
  CsColumnRow *self = CS_COLUMN_ROW (accessible);

  if (self->accessible == NULL)
    {
      self->accessible = g_new0 (CsColumnCell *, self->n_cells);
      for (guint i = 0; i < self->n_cells; i++)
        self->accessible[i] = cs_column_cell_new (self, i);
      fill_cells (self);
      say (self);
    }
  return cs_column_row_dup_accessible_after (self, NO_COLUMN);
}

static void
cs_column_row_accessible_init (GtkAccessibleInterface *interface)
{
  interface->get_first_accessible_child = get_first_accessible_child;
}

/** cs_column_row_get_bounds: Returns: whether the cell of @column is shown, and where, in pixels of the row
 */
gboolean
cs_column_row_get_bounds (CsColumnRow *self, guint column, int *x, int *y, int *width, int *height)
{
  const CsColumnPlace *place = get_place (self, column);

  *x = place->x;
  *y = 0;
  *width = place->width;
  *height = gtk_widget_get_height (GTK_WIDGET (self));
  return place->is_visible;
}

/* What the cell has no room for, and what there is to say beside it. */
static char *
describe_cell (CsColumnRow *self, guint column)
{
  const CsCells *cells = get_place (self, column)->cells;
  const CsCell *cell = &self->cells[column];
  g_autofree char *note = cells->note != NULL ? cells->note (self->item, cells->data) : NULL;

  if (!cs_cell_is_cut (cell))
    return g_steal_pointer (&note);
  return note != NULL ? g_strconcat (cell->words.text, "\n", note, NULL) : g_strdup (cell->words.text);
}

static gboolean
cs_column_row_query_tooltip (GtkWidget *widget, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip)
{
  CsColumnRow *self = CS_COLUMN_ROW (widget);

  for (guint i = 0; i < self->n_cells && self->item != NULL && !by_keyboard; i++)
    {
      const CsColumnPlace *place = get_place (self, i);
      g_autofree char *text = NULL;

      if (!place->is_visible || x < place->x || x >= place->x + place->width)
        continue;
      text = describe_cell (self, i);
      gtk_tooltip_set_text (tooltip, text);
      return text != NULL;
    }
  return FALSE;
}

static void
cs_column_row_clear (CsColumnRow *self)
{
  for (guint i = 0; i < self->n_cells; i++)
    cs_cell_clear (&self->cells[i]);
  g_clear_object (&self->item);
}

static void
cs_column_row_dispose (GObject *object)
{
  CsColumnRow *self = CS_COLUMN_ROW (object);

  g_clear_handle_id (&self->visit, g_source_remove);
  g_clear_weak_pointer (&self->list_item);
  take_away_widgets (self);
  for (guint i = 0; self->accessible != NULL && i < self->n_cells; i++)
    {
      cs_column_cell_part (self->accessible[i]);
      g_object_unref (self->accessible[i]);
    }
  g_clear_pointer (&self->accessible, g_free);
  cs_column_row_clear (self);
  G_OBJECT_CLASS (cs_column_row_parent_class)->dispose (object);
}

static void
cs_column_row_finalize (GObject *object)
{
  g_free (CS_COLUMN_ROW (object)->cells);
  G_OBJECT_CLASS (cs_column_row_parent_class)->finalize (object);
}

static void
cs_column_row_class_init (CsColumnRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_column_row_dispose;
  G_OBJECT_CLASS (class)->finalize = cs_column_row_finalize;
  widget_class->snapshot = cs_column_row_snapshot;
  widget_class->measure = cs_column_row_measure;
  widget_class->size_allocate = cs_column_row_size_allocate;
  widget_class->query_tooltip = cs_column_row_query_tooltip;
}

static void
cs_column_row_init (CsColumnRow *self)
{
  g_signal_connect (self, "notify::parent", G_CALLBACK (parent_changed_cb), NULL);
}

/** cs_column_row_new: Returns: (transfer floating): a row of the columns of @sheet (unowned), for @holder
 * (unowned), whose child it becomes */
GtkWidget *
cs_column_row_new (CsColumnSheet *sheet, GtkListItem *holder)
{
  CsColumnRow *self = g_object_new (CS_TYPE_COLUMN_ROW, NULL);

  self->sheet = sheet;
  self->holder = holder;
  self->n_cells = sheet->places->len;
  self->cells = g_new0 (CsCell, self->n_cells);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  return GTK_WIDGET (self);
}

/** cs_column_row_take: shows what the columns say of @item (nullable): as soon as it is drawn, and to a
 * screen reader once there is time, but where the keyboard is, at once. */
void
cs_column_row_take (CsColumnRow *self, gpointer item)
{
  g_return_if_fail (CS_IS_COLUMN_ROW (self));

  g_set_object ((GObject **)&self->item, item);
  self->is_stale = self->is_unsaid = TRUE;
  if (self->widgets != NULL)
    cs_column_row_catch_up (self);
  else
    self->sheet->is_late (self->sheet->data);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/** cs_column_row_drop: it shows nobody any more, until the next is taken. */
void
cs_column_row_drop (CsColumnRow *self)
{
  g_clear_object (&self->item);
}

static char *
describe (CsColumnRow *self)
{
  GString *words = g_string_new (NULL);

  for (guint i = find_next (self, NO_COLUMN); i != NO_COLUMN; i = find_next (self, i))
    cs_cell_append_words (&self->cells[i], words);
  return g_string_free_and_steal (words);
}

/** cs_column_row_catch_up: says what it shows, too. Returns: whether there was something to do */
gboolean
cs_column_row_catch_up (CsColumnRow *self)
{
  g_autofree char *words = NULL;

  if (!self->is_unsaid || self->item == NULL)
    return FALSE;
  fill_cells (self);
  self->is_unsaid = FALSE;
  words = describe (self);
  gtk_list_item_set_accessible_label (self->holder, words);
  say (self);
  show_in_widgets (self);
  return TRUE;
}

/** cs_column_row_refill: other columns are to be seen. */
void
cs_column_row_refill (CsColumnRow *self)
{
  gboolean is_visited = self->widgets != NULL;

  if (self->item == NULL)
    return;
  take_away_widgets (self);
  cs_column_row_take (self, self->item);
  if (is_visited)
    put_widgets (self);
}

/** cs_column_row_place: its columns are elsewhere, or others. */
void
cs_column_row_place (CsColumnRow *self)
{
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/** cs_column_row_restyle: its letters or colours are others. */
void
cs_column_row_restyle (CsColumnRow *self)
{
  for (guint i = 0; i < self->n_cells; i++)
    cs_cell_forget_layout (&self->cells[i]);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/** cs_column_row_look_again: draws it now if it was out of sight. */
void
cs_column_row_look_again (CsColumnRow *self)
{
  if (self->is_unseen)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}
