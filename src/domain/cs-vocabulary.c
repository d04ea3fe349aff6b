/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-vocabulary.h"
#include "cs-decimal.h"

/**
 * cs_vocabulary_get_word:
 * @vocabulary: the words of an enumeration
 * @value: one of its values
 *
 * Returns: (transfer none): the word that a file keeps for @value
 */
const char *
cs_vocabulary_get_word (const CsVocabulary *vocabulary, guint value)
{
  g_assert (value < vocabulary->n_words);
  return vocabulary->words[value];
}

/**
 * cs_vocabulary_parse:
 * @vocabulary: the words of an enumeration
 * @text: (nullable): what a file has
 * @value: (out): the value that it stands for; unchanged on failure
 * @error: return location
 *
 * Returns: whether @text is one of the words; else %CS_DOMAIN_ERROR_SYNTAX
 */
gboolean
cs_vocabulary_parse (const CsVocabulary *vocabulary, const char *text, guint *value, GError **error)
{
  for (guint i = 0; i < vocabulary->n_words; i++)
    if (g_strcmp0 (text, vocabulary->words[i]) == 0)
      {
        *value = i;
        return TRUE;
      }
  g_set_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX, "This is not a known %s", vocabulary->kind);
  return FALSE;
}
