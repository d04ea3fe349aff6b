/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-index.h"

#include <string.h>

void
sandbox_index_init (SandboxIndex *self)
{
  self->rows = g_ptr_array_new ();
  self->unsorted = FALSE;
}

void
sandbox_index_clear (SandboxIndex *self)
{
  g_clear_pointer (&self->rows, g_ptr_array_unref);
}

static int
compare (const SandboxRecord *record, gint64 ms, const char *id)
{
  if (record->filed_ms != ms)
    return record->filed_ms < ms ? -1 : 1;
  return strcmp (record->id, id);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const SandboxRecord *y = *(SandboxRecord *const *)b;

  return compare (*(SandboxRecord *const *)a, y->filed_ms, y->id);
}

/* The first row that is not before this key. */
static guint
search (const SandboxIndex *self, gint64 ms, const char *id)
{
  guint low = 0;
  guint high = self->rows->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (compare (self->rows->pdata[middle], ms, id) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* For many at once; sandbox_index_sort() must follow. */
void
sandbox_index_append (SandboxIndex *self, gpointer record)
{
  g_ptr_array_add (self->rows, record);
  self->unsorted = TRUE;
}

void
sandbox_index_file (SandboxIndex *self, gpointer record)
{
  SandboxRecord *row = record;

  row->filed_ms = row->updated_ms;
  g_ptr_array_insert (self->rows, (int)search (self, row->filed_ms, row->id), row);
}

/* After its updated_ms has changed. */
void
sandbox_index_move (SandboxIndex *self, gpointer record)
{
  SandboxRecord *row = record;
  guint place;

  if (row->filed_ms == row->updated_ms)
    return;
  place = search (self, row->filed_ms, row->id);
  g_assert (place < self->rows->len && self->rows->pdata[place] == record);
  g_ptr_array_remove_index (self->rows, place);
  sandbox_index_file (self, record);
}

void
sandbox_index_sort (SandboxIndex *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    ((SandboxRecord *)self->rows->pdata[i])->filed_ms = ((SandboxRecord *)self->rows->pdata[i])->updated_ms;
  g_ptr_array_sort (self->rows, compare_rows);
  self->unsorted = FALSE;
}

/* The first row of that instant or later. */
guint
sandbox_index_from (const SandboxIndex *self, gint64 since_ms)
{
  return search (self, since_ms, "");
}
