/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-match.h"

/* What a company is, which people write in several ways or leave out. */
static const char *const company_words[]
    = { "ltd", "limited", "pty", "proprietary", "inc", "incorporated", NULL };

/* What is set above or through a letter: "Ngāti" is also written "Ngati". Marks of scripts in which they are
 * vowels lie elsewhere and stay. */
static gboolean
is_accent (gunichar c)
{
  return c >= 0x0300 && c <= 0x036f;
}

/* These stand inside words: "O'Brien", "A.B.C." */
static gboolean
is_within_word (gunichar c)
{
  return c == '\'' || c == '.' || c == 0x2019 || c == 0x2018;
}

static GString *
spell_in_words (const char *folded)
{
  GString *words = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '&' || c == '+')
        g_string_append (words, " and ");
      else if (is_accent (c) || is_within_word (c))
        continue;
      else if (g_unichar_isalnum (c) || g_unichar_ismark (c))
        g_string_append_unichar (words, c);
      else
        g_string_append_c (words, ' ');
    }
  return words;
}

static char *
trim_valid (const char *text)
{
  return g_strstrip (g_utf8_make_valid (text != NULL ? text : "", -1));
}

/**
 * cs_match_normalise_name:
 * @name: (nullable): a name as somebody wrote it
 *
 * The last rung of the ladder (K-4): case, accents, blanks, punctuation, "&" and "and", and the endings Ltd,
 * Limited, Pty and Inc make no difference. For comparing alone, never for showing or writing.
 *
 * Returns: (transfer full): the words that are left, a blank between them; "" when nothing is left
 */
char *
cs_match_normalise_name (const char *name)
{
  g_autofree char *valid = trim_valid (name);
  g_autofree char *folded = g_utf8_casefold (valid, -1);
  g_autofree char *decomposed = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
  g_autoptr (GString) spelt = spell_in_words (decomposed);
  g_auto (GStrv) parts = g_strsplit (spelt->str, " ", -1);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (gsize i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_ptr_array_add (words, parts[i]);
  while (words->len > 1 && g_strv_contains (company_words, g_ptr_array_index (words, words->len - 1)))
    g_ptr_array_set_size (words, (int)words->len - 1);
  g_ptr_array_add (words, NULL);
  return g_strjoinv (" ", (char **)words->pdata);
}

/* Exact but for blanks around it and the ways in which Unicode can write one and the same letter. */
static gboolean
is_same_name (const char *a, const char *b)
{
  g_autofree char *x = trim_valid (a);
  g_autofree char *y = trim_valid (b);
  g_autofree char *composed_x = g_utf8_normalize (x, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  g_autofree char *composed_y = g_utf8_normalize (y, -1, G_NORMALIZE_DEFAULT_COMPOSE);

  return *composed_x != '\0' && g_str_equal (composed_x, composed_y);
}

/* Nobody means another mailbox by another case. */
static gboolean
is_same_email (const char *a, const char *b)
{
  g_autofree char *x = trim_valid (a);
  g_autofree char *y = trim_valid (b);
  g_autofree char *folded_x = g_utf8_casefold (x, -1);
  g_autofree char *folded_y = g_utf8_casefold (y, -1);

  return *folded_x != '\0' && g_str_equal (folded_x, folded_y);
}

static gboolean
is_similar_name (const char *a, const char *b)
{
  g_autofree char *x = cs_match_normalise_name (a);
  g_autofree char *y = cs_match_normalise_name (b);

  return *x != '\0' && g_str_equal (x, y);
}

/**
 * cs_match_record:
 * @client_name: (nullable): the client's name
 * @client_email: (nullable): the client's e-mail address
 * @stored_remote_id: (nullable): the record that the client is linked to; "" or %NULL if to none
 * @remote_id: of a record that the remote knows; whether it is archived or merged is for the caller to look
 * at
 * @remote_name: its name
 * @remote_email: its e-mail address
 *
 * The ladder of K-4: stored id, exact e-mail and name, exact name, exact e-mail, normalised name. A client
 * that is linked to another record never matches this one in a way that would link by itself.
 *
 * Returns: the highest rung that fits
 */
CsMatch
cs_match_record (const char *client_name,
                 const char *client_email,
                 const char *stored_remote_id,
                 const char *remote_id,
                 const char *remote_name,
                 const char *remote_email)
{
  gboolean is_linked = stored_remote_id != NULL && *stored_remote_id != '\0';
  gboolean same_name, same_email;

  if (is_linked && g_strcmp0 (stored_remote_id, remote_id) == 0)
    return CS_MATCH_STORED_ID;
  same_name = is_same_name (client_name, remote_name);
  same_email = is_same_email (client_email, remote_email);
  if (same_name && same_email && !is_linked)
    return CS_MATCH_EMAIL_AND_NAME;
  if (same_name)
    return CS_MATCH_NAME;
  if (same_email)
    return CS_MATCH_EMAIL;
  return is_similar_name (client_name, remote_name) ? CS_MATCH_SIMILAR_NAME : CS_MATCH_NONE;
}

/** cs_match_contact: Returns: cs_match_record() of a contact of the ledger */
CsMatch
cs_match_contact (const char *client_name,
                  const char *client_email,
                  const char *stored_remote_id,
                  const CsLedgerContact *contact)
{
  g_assert (contact != NULL);

  return cs_match_record (client_name, client_email, stored_remote_id, contact->remote_id, contact->name,
                          contact->email);
}

/**
 * cs_match_links_by_itself:
 * @match: a rung of the ladder
 *
 * Returns: whether it needs no person: only the first two do not (K-4, U-03)
 */
gboolean
cs_match_links_by_itself (CsMatch match)
{
  return match == CS_MATCH_STORED_ID || match == CS_MATCH_EMAIL_AND_NAME;
}
