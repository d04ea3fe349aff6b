/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-client-set.h"
#include "cs-vocabulary.h"

static const char *const kind_words[] = {
  [CS_CLIENT_SET_GROUP] = "group",
  [CS_CLIENT_SET_PERSON] = "person",
};
static const CsVocabulary kinds = CS_VOCABULARY ("set of clients", kind_words);

/** cs_client_set_new: Returns: (transfer full): a set of @kind without a name, an id or members */
CsClientSet *
cs_client_set_new (CsClientSetKind kind)
{
  CsClientSet *set = g_new0 (CsClientSet, 1);

  set->kind = kind;
  set->name = g_strdup ("");
  set->email = g_strdup ("");
  set->phone = g_strdup ("");
  set->client_ids = g_array_new (FALSE, FALSE, sizeof (CsUuid));
  return set;
}

/** cs_client_set_copy: Returns: (transfer full): the same, sharing nothing with @set */
CsClientSet *
cs_client_set_copy (const CsClientSet *set)
{
  CsClientSet *copy;

  g_return_val_if_fail (set != NULL, NULL);

  copy = g_memdup2 (set, sizeof *set);
  copy->name = g_strdup (set->name);
  copy->email = g_strdup (set->email);
  copy->phone = g_strdup (set->phone);
  copy->client_ids = g_array_copy (set->client_ids);
  return copy;
}

/** cs_client_set_free: @set: (nullable) (transfer full) */
void
cs_client_set_free (CsClientSet *set)
{
  if (set == NULL)
    return;
  g_free (set->name);
  g_free (set->email);
  g_free (set->phone);
  g_array_unref (set->client_ids);
  g_free (set);
}

static gboolean
find (const CsClientSet *set, const CsUuid *client_id, guint *position)
{
  for (guint i = 0; i < set->client_ids->len; i++)
    if (cs_uuid_equal (&g_array_index (set->client_ids, CsUuid, i), client_id))
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

/** cs_client_set_has: Returns: whether the client is a member */
gboolean
cs_client_set_has (const CsClientSet *set, const CsUuid *client_id)
{
  guint position;

  g_return_val_if_fail (set != NULL && client_id != NULL, FALSE);

  return find (set, client_id, &position);
}

/** cs_client_set_put: makes the client a member, or none; nothing happens where it is so already. */
void
cs_client_set_put (CsClientSet *set, const CsUuid *client_id, gboolean is_member)
{
  guint position;
  gboolean was_member;

  g_return_if_fail (set != NULL && client_id != NULL);

  was_member = find (set, client_id, &position);
  if (is_member && !was_member)
    g_array_append_val (set->client_ids, *client_id);
  else if (!is_member && was_member)
    g_array_remove_index (set->client_ids, position);
}

/** cs_client_set_kind_to_string: Returns: the word that a file keeps for it; never translated */
const char *
cs_client_set_kind_to_string (CsClientSetKind kind)
{
  return cs_vocabulary_get_word (&kinds, kind);
}

/** cs_client_set_kind_parse: Returns: whether @text is such a word; else %CS_DOMAIN_ERROR_SYNTAX */
gboolean
cs_client_set_kind_parse (const char *text, CsClientSetKind *kind, GError **error)
{
  guint value;

  if (!cs_vocabulary_parse (&kinds, text, &value, error))
    return FALSE;
  *kind = (CsClientSetKind)value;
  return TRUE;
}
