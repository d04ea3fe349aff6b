/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A set of row keys: a bit for each up to the highest. A million rows are 125 kB. */
typedef struct
{
  guint64 *words;
  gsize n_words;
  guint count;
} CsRowSet;

CsRowSet *cs_row_set_new (void);
CsRowSet *cs_row_set_new_from (const guint32 *keys, gsize n_keys);
CsRowSet *cs_row_set_copy (const CsRowSet *set);
void cs_row_set_free (CsRowSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsRowSet, cs_row_set_free)
gboolean cs_row_set_add (CsRowSet *set, guint32 key);    /* whether it was not in it */
gboolean cs_row_set_remove (CsRowSet *set, guint32 key); /* whether it was in it */
void cs_row_set_clear (CsRowSet *set);

static inline gboolean
cs_row_set_has (const CsRowSet *set, guint32 key)
{
  gsize word = key / 64;

  return word < set->n_words && (set->words[word] >> (key % 64) & 1) != 0;
}

G_END_DECLS
