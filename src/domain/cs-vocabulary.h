/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The words that files keep for the values of an enumeration, in its order; never translated. */
typedef struct
{
  const char *kind; /* what such a word stands for: "invoice status" */
  const char *const *words;
  guint n_words;
} CsVocabulary;

/* @words: an array, and not a pointer to one */
#define CS_VOCABULARY(kind, words) { kind, words, G_N_ELEMENTS (words) }

const char *cs_vocabulary_get_word (const CsVocabulary *vocabulary, guint value);
gboolean cs_vocabulary_parse (const CsVocabulary *vocabulary, const char *text, guint *value, GError **error);

G_END_DECLS
