/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-column-titles.h"

/** cs_column_titles_get: Returns: (transfer none): the row of titles of @header */
GtkWidget *
cs_column_titles_get (GtkColumnView *header)
{
  return gtk_widget_get_first_child (GTK_WIDGET (header));
}

/** cs_column_titles_find: Returns: (transfer none) (nullable): the place of @column in @sheet */
CsColumnPlace *
cs_column_titles_find (CsColumnSheet *sheet, GtkColumnViewColumn *column)
{
  const CsCells *cells = cs_cells_get (column);

  for (guint i = 0; i < sheet->places->len; i++)
    {
      CsColumnPlace *place = &g_array_index (sheet->places, CsColumnPlace, i);

      if (place->cells == cells)
        return place;
    }
  g_return_val_if_reached (NULL);
}

/** cs_column_titles_count: tells @sheet in which order its columns stand. */
void
cs_column_titles_count (GtkColumnView *header, CsColumnSheet *sheet)
{
  GListModel *columns = gtk_column_view_get_columns (header);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      CsColumnPlace *place = cs_column_titles_find (sheet, column);

      if (place != NULL)
        place->position = i;
    }
}

typedef void (*TitleFunc) (GtkWidget *title,
                           GtkColumnViewColumn *column,
                           CsColumnPlace *place,
                           gpointer data);

static void
for_each_title (GtkColumnView *header, CsColumnSheet *sheet, TitleFunc call, gpointer data)
{
  GListModel *columns = gtk_column_view_get_columns (header);
  GtkWidget *title = gtk_widget_get_first_child (cs_column_titles_get (header));

  for (guint i = 0; i < g_list_model_get_n_items (columns) && title != NULL; i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      CsColumnPlace *place = cs_column_titles_find (sheet, column);

      if (place != NULL)
        call (title, column, place, data);
      title = gtk_widget_get_next_sibling (title);
    }
}

/* Numbers end at the edge of their column, and so do the words over them: the arrow of what is sorted by goes
 * before them, or the room that is kept for it would stand between the two edges. */
static void
align_texts (GtkWidget *widget)
{
  GtkWidget *box = gtk_widget_get_parent (widget);

  if (GTK_IS_LABEL (widget))
    {
      gtk_label_set_xalign (GTK_LABEL (widget), 1);
      if (GTK_IS_BOX (box))
        {
          gtk_box_reorder_child_after (GTK_BOX (box), widget, gtk_widget_get_last_child (box));
          gtk_widget_set_halign (box, GTK_ALIGN_END);
        }
    }
  else if (GTK_IS_INSCRIPTION (widget))
    gtk_inscription_set_xalign (GTK_INSCRIPTION (widget), 1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget), *next; child != NULL; child = next)
    {
      next = gtk_widget_get_next_sibling (child);
      align_texts (child);
    }
}

/* A person who has set how wide it is may have set it to less. */
static void
set_up (GtkWidget *title, GtkColumnViewColumn *column, CsColumnPlace *place, gpointer paint)
{
  guint characters = place->cells->characters;
  int wanted = characters > 0 ? cs_cell_paint_get_width (paint, characters) : place->wanted;

  gtk_widget_set_size_request (title, gtk_column_view_column_get_fixed_width (column) < 0 ? wanted : -1, -1);
  if (place->cells->kind == CS_CELL_NUMBER)
    align_texts (title);
}

/** cs_column_titles_set_up: has each be as wide as its cells want, and stand where they do. */
void
cs_column_titles_set_up (GtkColumnView *header, CsColumnSheet *sheet)
{
  for_each_title (header, sheet, set_up, sheet->paint);
}

static void
take_place (GtkWidget *title, GtkColumnViewColumn *column, CsColumnPlace *place, gpointer header)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, 0, 0);
  int fixed = gtk_column_view_column_get_fixed_width (column);

  if (place->is_visible && !gtk_widget_compute_bounds (title, header, &bounds))
    g_warn_if_reached ();
  place->x = (int)bounds.origin.x;
  place->width = (int)bounds.size.width;
  /* A title stands over the next one where its words need more. */
  if (fixed >= 0 && !gtk_column_view_column_get_expand (column))
    place->width = MIN (place->width, fixed);
}

/** cs_column_titles_take_places: once @header has its place. Returns: whether a column is elsewhere now */
gboolean
cs_column_titles_take_places (GtkColumnView *header, CsColumnSheet *sheet)
{
  gsize size = sheet->places->len * sizeof (CsColumnPlace);
  g_autofree CsColumnPlace *before = g_memdup2 (sheet->places->data, size);

  for_each_title (header, sheet, take_place, header);
  return before != NULL && memcmp (before, sheet->places->data, size) != 0;
}
