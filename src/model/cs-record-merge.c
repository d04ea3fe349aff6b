/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-record-merge.h"

#define NOWHERE G_MAXUINT

/* For each item of @fresh its place in @old, or NOWHERE. */
static guint *
find_old_places (GPtrArray *old, GPtrArray *fresh)
{
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  guint *old_places = g_new (guint, MAX (fresh->len, 1));

  for (guint i = 0; i < old->len; i++)
    g_hash_table_insert (places, (gpointer)cs_record_get_id (old->pdata[i]), GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < fresh->len; i++)
    {
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (places, cs_record_get_id (fresh->pdata[i])));

      old_places[i] = place == 0 ? NOWHERE : place - 1;
    }
  return old_places;
}

/* The longest run of items that keep their order, by patience sorting: they stay, all else moves round them.
 */
static void
keep_longest_order (guint *old_places, guint n_fresh, gboolean *stays)
{
  g_autofree guint *tails
      = g_new (guint, MAX (n_fresh, 1)); /* by length − 1: the item that ends such a run */
  g_autofree guint *previous = g_new (guint, MAX (n_fresh, 1));
  guint length = 0;

  for (guint i = 0; i < n_fresh; i++)
    {
      guint low = 0, high = length;

      if (old_places[i] == NOWHERE)
        continue;
      while (low < high)
        {
          guint middle = (low + high) / 2;

          if (old_places[tails[middle]] < old_places[i])
            low = middle + 1;
          else
            high = middle;
        }
      previous[i] = low > 0 ? tails[low - 1] : NOWHERE;
      tails[low] = i;
      length = MAX (length, low + 1);
    }
  for (guint i = length > 0 ? tails[length - 1] : NOWHERE; i != NOWHERE; i = previous[i])
    stays[i] = TRUE;
}

static GArray *
list_steps (guint n_old, guint n_fresh, const guint *old_places, const gboolean *stays)
{
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (CsMergeStep));
  guint next_old = 0, next_fresh = 0;

  while (next_old < n_old || next_fresh < n_fresh)
    {
      guint kept = next_fresh;
      CsMergeStep step = { next_fresh, 0, 0 };

      while (kept < n_fresh && !stays[kept])
        kept++;
      step.added = kept - next_fresh;
      step.removed = (kept < n_fresh ? old_places[kept] : n_old) - next_old;
      if (step.added > 0 || step.removed > 0)
        g_array_append_val (steps, step);
      next_fresh = kept + 1;
      next_old += step.removed + 1;
      if (kept >= n_fresh)
        break;
    }
  return steps;
}

/**
 * cs_record_merge:
 * @old: of #CsRecord, what is shown now
 * @fresh: of #CsRecord, what was just read; changed in place
 *
 * Returns: (transfer full): the steps
 */
GArray *
cs_record_merge (GPtrArray *old, GPtrArray *fresh)
{
  g_autofree guint *old_places = find_old_places (old, fresh);
  g_autofree gboolean *stays = g_new0 (gboolean, MAX (fresh->len, 1));

  keep_longest_order (old_places, fresh->len, stays);
  for (guint i = 0; i < fresh->len; i++)
    if (old_places[i] != NOWHERE)
      {
        g_autoptr (GObject) read = fresh->pdata[i];
        CsRecord *known = old->pdata[old_places[i]];

        fresh->pdata[i] = g_object_ref (known);
        cs_record_adopt (known, CS_RECORD (read));
      }
  return list_steps (old->len, fresh->len, old_places, stays);
}
