/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-cell.h"
#include "cs-follow.h"
#include "cs-state-pill.h"

typedef struct
{
  CsCellKind kind;
  guint characters;
  CsCellText text;
  CsCellPill pill; /* (nullable): else it is a cell of text */
  gpointer data;
  CsCellIs is_strong; /* (nullable): none is */
} Column;

static void
fill (GtkListItem *cell, gpointer item)
{
  const Column *column = g_object_get_data (G_OBJECT (cell), "cs-column");
  GtkWidget *child = gtk_list_item_get_child (cell);
  g_autofree char *text = NULL;

  if (column->pill != NULL)
    {
      CsPill pill = column->pill (item, column->data, &text);

      cs_state_pill_set_words (CS_STATE_PILL (child), pill, text);
      return;
    }
  text = column->text (item, column->data);
  gtk_inscription_set_text (GTK_INSCRIPTION (child), text);
  if (column->is_strong == NULL)
    return;
  if (column->is_strong (item))
    gtk_widget_add_css_class (child, "strong");
  else
    gtk_widget_remove_css_class (child, "strong");
}

static void
setup_cb (GtkListItemFactory *factory, GtkColumnViewCell *cell, gpointer data)
{
  const Column *column = data;
  GtkWidget *child;

  g_object_set_data (G_OBJECT (cell), "cs-column", data);
  if (column->pill != NULL)
    {
      gtk_column_view_cell_set_child (cell, cs_state_pill_new ());
      return;
    }
  child = gtk_inscription_new (NULL);
  /* As high as one line, so that it never breaks into two. */
  gtk_widget_set_valign (child, GTK_ALIGN_CENTER);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (child), column->characters);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (child), column->characters);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (child), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  if (column->kind == CS_CELL_NUMBER)
    {
      gtk_inscription_set_xalign (GTK_INSCRIPTION (child), 1);
      gtk_widget_add_css_class (child, "numeric");
    }
  gtk_column_view_cell_set_child (cell, child);
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *cell, gpointer data)
{
  cs_follow_bind (cell, fill);
}

static void
unbind_cb (GtkListItemFactory *factory, GtkListItem *cell, gpointer data)
{
  cs_follow_unbind (cell);
}

static GtkColumnViewColumn *
make_column (const char *title, Column column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Column *kept = g_memdup2 (&column, sizeof column);

  g_object_set_data_full (G_OBJECT (factory), "cs-column", kept, g_free);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), kept);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), kept);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), kept);
  return gtk_column_view_column_new (title, factory);
}

/** cs_cell_column_new: Returns: (transfer full): a column of texts, @characters wide at least */
GtkColumnViewColumn *
cs_cell_column_new (const char *title, CsCellKind kind, guint characters, CsCellText text, gpointer data)
{
  return make_column (title, (Column){ kind, characters, text, NULL, data, NULL });
}

/** cs_cell_pill_column_new: Returns: (transfer full): a column of states */
GtkColumnViewColumn *
cs_cell_pill_column_new (const char *title, CsCellPill pill, gpointer data)
{
  return make_column (title, (Column){ CS_CELL_TEXT, 0, NULL, pill, data, NULL });
}

/** cs_cell_column_set_strong: before a cell is made of @column, of texts. */
void
cs_cell_column_set_strong (GtkColumnViewColumn *column, CsCellIs is_strong)
{
  Column *kept = g_object_get_data (G_OBJECT (gtk_column_view_column_get_factory (column)), "cs-column");

  kept->is_strong = is_strong;
}

static void
align_texts (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    {
      gtk_label_set_xalign (GTK_LABEL (widget), 1);
      gtk_widget_set_hexpand (widget, TRUE);
    }
  else if (GTK_IS_INSCRIPTION (widget))
    gtk_inscription_set_xalign (GTK_INSCRIPTION (widget), 1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    align_texts (child);
}

/**
 * cs_cell_align_headers:
 * @view: a column view with all its columns
 *
 * GTK has no property for it, so the header's own widgets are asked: they stand in the order of the columns.
 */
void
cs_cell_align_headers (GtkColumnView *view)
{
  GListModel *columns = gtk_column_view_get_columns (view);
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (view));
  GtkWidget *title = header != NULL ? gtk_widget_get_first_child (header) : NULL;

  for (guint i = 0; i < g_list_model_get_n_items (columns) && title != NULL; i++)
    {
      g_autoptr (GtkColumnViewColumn) shown = g_list_model_get_item (columns, i);
      GtkListItemFactory *factory = gtk_column_view_column_get_factory (shown);
      const Column *column = g_object_get_data (G_OBJECT (factory), "cs-column");

      if (column != NULL && column->kind == CS_CELL_NUMBER)
        align_texts (title);
      title = gtk_widget_get_next_sibling (title);
    }
}
