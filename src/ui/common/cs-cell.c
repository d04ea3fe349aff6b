/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-cell.h"

#define CELLS "cs-cells"

/** cs_cells_column_new: Returns: (transfer full): a column @title of @cells */
GtkColumnViewColumn *
cs_cells_column_new (const char *title, const CsCells *cells)
{
  GtkColumnViewColumn *column = gtk_column_view_column_new (title, NULL);

  g_object_set_data_full (G_OBJECT (column), CELLS, g_memdup2 (cells, sizeof *cells), g_free);
  return column;
}

/** cs_cells_get: Returns: (transfer none): what @column shows; as long as that lives */
const CsCells *
cs_cells_get (GtkColumnViewColumn *column)
{
  return g_object_get_data (G_OBJECT (column), CELLS);
}

/** cs_cell_forget_layout: it is laid out anew when it is drawn next. */
void
cs_cell_forget_layout (CsCell *self)
{
  g_clear_object (&self->words.layout);
  g_clear_object (&self->beside.layout);
}

/** cs_cell_clear: it shows nothing. */
void
cs_cell_clear (CsCell *self)
{
  g_clear_pointer (&self->words.text, g_free);
  g_clear_pointer (&self->beside.text, g_free);
  cs_cell_forget_layout (self);
  self->pill = (CsPill){ NULL, NULL, NULL };
  self->is_strong = FALSE;
}

/** cs_cell_fill: has it show what @cells say of @item. */
void
cs_cell_fill (CsCell *self, const CsCells *cells, gpointer item)
{
  cs_cell_clear (self);
  if (cells->pill != NULL)
    {
      self->pill = cells->pill (item, cells->data, &self->words.text);
      if (self->words.text == NULL)
        self->words.text = g_strdup (self->pill.word);
    }
  else
    self->words.text = cells->text (item, cells->data);
  if (cells->beside != NULL)
    self->beside.text = cells->beside (item, cells->data);
  self->is_strong = cells->is_strong != NULL && cells->is_strong (item);
}

/** cs_cell_is_cut: Returns: whether it had less room than its words when it was drawn last */
gboolean
cs_cell_is_cut (const CsCell *self)
{
  return self->words.layout != NULL && self->words.room < self->words.natural;
}

static void
append (GString *words, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  if (words->len > 0)
    g_string_append (words, ", ");
  g_string_append (words, text);
}

/** cs_cell_append_words: adds what it says to @words. */
void
cs_cell_append_words (const CsCell *self, GString *words)
{
  append (words, self->words.text);
  append (words, self->beside.text);
}
