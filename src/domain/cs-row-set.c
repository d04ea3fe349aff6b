/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-row-set.h"

#include <string.h>

/** cs_row_set_new: Returns: (transfer full): an empty set */
CsRowSet *
cs_row_set_new (void)
{
  return g_new0 (CsRowSet, 1);
}

/** cs_row_set_new_from: Returns: (transfer full): the set of @keys */
CsRowSet *
cs_row_set_new_from (const guint32 *keys, gsize n_keys)
{
  CsRowSet *set = cs_row_set_new ();

  for (gsize i = 0; i < n_keys; i++)
    cs_row_set_add (set, keys[i]);
  return set;
}

/** cs_row_set_copy: Returns: (transfer full): the same again */
CsRowSet *
cs_row_set_copy (const CsRowSet *set)
{
  CsRowSet *copy = g_memdup2 (set, sizeof *set);

  copy->words = g_memdup2 (set->words, set->n_words * sizeof *set->words);
  return copy;
}

/** cs_row_set_free: @set: (nullable) (transfer full) */
void
cs_row_set_free (CsRowSet *set)
{
  if (set == NULL)
    return;
  g_free (set->words);
  g_free (set);
}

/** cs_row_set_add: Returns: whether @key was not in it */
gboolean
cs_row_set_add (CsRowSet *set, guint32 key)
{
  gsize word = key / 64;
  guint64 bit = G_GUINT64_CONSTANT (1) << (key % 64);

  if (word >= set->n_words)
    {
      gsize n_words = MAX (word + 1, set->n_words * 2);

      set->words = g_renew (guint64, set->words, n_words);
      memset (set->words + set->n_words, 0, (n_words - set->n_words) * sizeof *set->words);
      set->n_words = n_words;
    }
  if ((set->words[word] & bit) != 0)
    return FALSE;
  set->words[word] |= bit;
  set->count++;
  return TRUE;
}

/** cs_row_set_remove: Returns: whether @key was in it */
gboolean
cs_row_set_remove (CsRowSet *set, guint32 key)
{
  if (!cs_row_set_has (set, key))
    return FALSE;
  set->words[key / 64] &= ~(G_GUINT64_CONSTANT (1) << (key % 64));
  set->count--;
  return TRUE;
}

/** cs_row_set_clear: empties it. */
void
cs_row_set_clear (CsRowSet *set)
{
  g_clear_pointer (&set->words, g_free);
  set->n_words = 0;
  set->count = 0;
}
