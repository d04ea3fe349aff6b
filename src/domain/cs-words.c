/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-words.h"

#include <string.h>

static char *
fold_letters (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *folded = g_utf8_casefold (valid, -1);
  g_autofree char *split = g_utf8_normalize (folded, -1, G_NORMALIZE_NFKD);
  char *plain = g_malloc (strlen (split) + 1);
  char *end = plain;

  for (const char *at = split; *at != '\0';)
    {
      const char *next = g_utf8_next_char (at);

      if (!g_unichar_ismark (g_utf8_get_char (at)))
        end = mempcpy (end, at, (gsize)(next - at));
      at = next;
    }
  *end = '\0';
  return plain;
}

/** cs_words_fold: Returns: (transfer full): @text without case and accents; of a number, soon */
char *
cs_words_fold (const char *text)
{
  if (text == NULL)
    text = "";
  return g_str_is_ascii (text) ? g_ascii_strdown (text, -1) : fold_letters (text);
}

/**
 * cs_words_match:
 * @query: (nullable): words; each must be found
 * @texts: where
 * @n_texts: how many
 *
 * Returns: whether every word of @query is in some text; an empty query is in all
 */
gboolean
cs_words_match (const char *query, const char *const *texts, gsize n_texts)
{
  g_autofree char *folded = NULL;
  g_autoptr (GString) all = NULL;
  g_auto (GStrv) words = NULL;

  if (query == NULL || *query == '\0')
    return TRUE;
  folded = cs_words_fold (query);
  words = g_strsplit_set (folded, " \t", -1);
  all = g_string_new (NULL);
  for (gsize i = 0; i < n_texts; i++)
    {
      g_autofree char *text = cs_words_fold (texts[i]);

      g_string_append (all, text);
      g_string_append_c (all, '\n');
    }
  for (gsize i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0' && strstr (all->str, words[i]) == NULL)
      return FALSE;
  return TRUE;
}
