/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-table.h"

#define COLUMN_SPACE 18
#define ROW_SPACE 6
#define WIDTH_CHARACTERS_MAX 28
#define ROWS "cs-rows"

static void
attach (GtkWidget *table, const char *text, int column, int row, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), WIDTH_CHARACTERS_MAX);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "numeric");
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_grid_attach (GTK_GRID (table), label, column, row, 1, 1);
}

static int
take_row (GtkWidget *table)
{
  int row = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (table), ROWS));

  g_object_set_data (G_OBJECT (table), ROWS, GINT_TO_POINTER (row + 1));
  return row;
}

/* Numbers stand at the end, under one another. */
static void
align_last (GtkWidget *table, int row, int n_columns)
{
  GtkWidget *last = gtk_grid_get_child_at (GTK_GRID (table), n_columns - 1, row);

  gtk_label_set_xalign (GTK_LABEL (last), 1);
  gtk_widget_set_hexpand (last, TRUE);
}

/** cs_table_new: Returns: (transfer floating): a table without a row yet */
GtkWidget *
cs_table_new (const char *const *headings)
{
  GtkWidget *table
      = g_object_new (GTK_TYPE_GRID, "column-spacing", COLUMN_SPACE, "row-spacing", ROW_SPACE, NULL);
  int n = 0;

  if (headings == NULL)
    return table;
  take_row (table);
  for (; headings[n] != NULL; n++)
    attach (table, headings[n], n, 0, "dimmed");
  align_last (table, 0, n);
  return table;
}

/** cs_table_add_row: adds the texts that follow, up to a NULL; @is_strong: a sum. */
void
cs_table_add_row (GtkWidget *table, gboolean is_strong, ...)
{
  int row = take_row (table);
  int n = 0;
  va_list texts;

  va_start (texts, is_strong);
  for (const char *text = va_arg (texts, const char *); text != NULL; text = va_arg (texts, const char *))
    attach (table, text, n++, row, is_strong ? "heading" : NULL);
  va_end (texts);
  g_return_if_fail (n > 0);
  align_last (table, row, n);
}

/** cs_table_align_numbers: has all columns but the first stand at their end, as numbers do. */
void
cs_table_align_numbers (GtkWidget *table)
{
  for (GtkWidget *cell = gtk_widget_get_first_child (table); cell != NULL;
       cell = gtk_widget_get_next_sibling (cell))
    {
      int column = 0;

      gtk_grid_query_child (GTK_GRID (table), cell, &column, NULL, NULL, NULL);
      if (column > 0)
        gtk_label_set_xalign (GTK_LABEL (cell), 1);
    }
}
