/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-work-merge.h"

#include "cs-decimal.h"

#include <glib/gi18n-lib.h>

static const char *const sync_words[] = {
  [CS_WORK_SYNC_OFF] = "off",
  [CS_WORK_SYNC_FROM] = "from",
  [CS_WORK_SYNC_TO] = "to",
  [CS_WORK_SYNC_BOTH] = "both",
};
static const char *const level_words[] = {
  [CS_WORK_LEVEL_NOTHING] = "nothing",
  [CS_WORK_LEVEL_NAME] = "name",
  [CS_WORK_LEVEL_EVERYTHING] = "everything",
};
static const char *const import_words[] = {
  [CS_WORK_IMPORT_PICK] = "pick",
  [CS_WORK_IMPORT_LEADS] = "leads",
  [CS_WORK_IMPORT_ASK] = "ask",
};

static gboolean
parse_word (const char *const *words, guint n_words, const char *text, guint *index, GError **error)
{
  for (guint i = 0; i < n_words; i++)
    if (g_strcmp0 (text, words[i]) == 0)
      {
        *index = i;
        return TRUE;
      }
  g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX,
                       _ ("This is no setting of Practice Manager."));
  return FALSE;
}

/** cs_work_sync_to_string: Returns: (transfer none): the word that the store keeps */
const char *
cs_work_sync_to_string (CsWorkSync sync)
{
  g_return_val_if_fail ((gsize)sync < G_N_ELEMENTS (sync_words), "");

  return sync_words[sync];
}

/** cs_work_sync_parse: Returns: whether @text is such a word; else %CS_DOMAIN_ERROR_SYNTAX */
gboolean
cs_work_sync_parse (const char *text, CsWorkSync *sync, GError **error)
{
  guint index;

  if (!parse_word (sync_words, G_N_ELEMENTS (sync_words), text, &index, error))
    return FALSE;
  *sync = (CsWorkSync)index;
  return TRUE;
}

/** cs_work_level_to_string: Returns: (transfer none): the word that the store keeps */
const char *
cs_work_level_to_string (CsWorkLevel level)
{
  g_return_val_if_fail ((gsize)level < G_N_ELEMENTS (level_words), "");

  return level_words[level];
}

/** cs_work_level_parse: Returns: whether @text is such a word; else %CS_DOMAIN_ERROR_SYNTAX */
gboolean
cs_work_level_parse (const char *text, CsWorkLevel *level, GError **error)
{
  guint index;

  if (!parse_word (level_words, G_N_ELEMENTS (level_words), text, &index, error))
    return FALSE;
  *level = (CsWorkLevel)index;
  return TRUE;
}

/** cs_work_import_to_string: Returns: (transfer none): the word that the store keeps */
const char *
cs_work_import_to_string (CsWorkImport import)
{
  g_return_val_if_fail ((gsize)import < G_N_ELEMENTS (import_words), "");

  return import_words[import];
}

/** cs_work_import_parse: Returns: whether @text is such a word; else %CS_DOMAIN_ERROR_SYNTAX */
gboolean
cs_work_import_parse (const char *text, CsWorkImport *import, GError **error)
{
  guint index;

  if (!parse_word (import_words, G_N_ELEMENTS (import_words), text, &index, error))
    return FALSE;
  *import = (CsWorkImport)index;
  return TRUE;
}

static gboolean
travels (CsWorkLevel level, CsWorkField field)
{
  return level == CS_WORK_LEVEL_EVERYTHING || (level == CS_WORK_LEVEL_NAME && field == CS_WORK_FIELD_NAME);
}

/* The name of a client is never wiped by the other side's having none. */
static gboolean
may_be_wiped (CsWorkField field, const char *by)
{
  g_autofree char *tidy = cs_work_value_tidy (by);

  return field != CS_WORK_FIELD_NAME || tidy[0] != '\0';
}

static CsWorkOutcome
judge (CsWorkField field, const char *base, const char *ours, const char *theirs, CsWorkSync direction)
{
  gboolean changed_here = !cs_work_value_equal (base, ours);
  gboolean changed_there = !cs_work_value_equal (base, theirs);
  gboolean may_take = direction == CS_WORK_SYNC_FROM || direction == CS_WORK_SYNC_BOTH;
  gboolean may_give = direction == CS_WORK_SYNC_TO || direction == CS_WORK_SYNC_BOTH;

  if (cs_work_value_equal (ours, theirs))
    return CS_WORK_OUTCOME_SAME;
  if (changed_here && changed_there && direction == CS_WORK_SYNC_BOTH)
    return CS_WORK_OUTCOME_CONFLICT;
  if (changed_there && may_take && may_be_wiped (field, theirs))
    return CS_WORK_OUTCOME_TAKE;
  if (changed_here && may_give && may_be_wiped (field, ours))
    return CS_WORK_OUTCOME_GIVE;
  return CS_WORK_OUTCOME_APART;
}

static void
merge_field (CsWorkMerge *merge, CsWorkField field, const char *base, const char *ours, const char *theirs)
{
  const char *agreed = ours;

  switch (merge->outcomes[field])
    {
    case CS_WORK_OUTCOME_TAKE:
      agreed = theirs;
      g_set_str (&merge->here->values[field], theirs);
      merge->n_taken++;
      break;
    case CS_WORK_OUTCOME_GIVE:
      g_set_str (&merge->there->values[field], ours);
      merge->n_given++;
      break;
    case CS_WORK_OUTCOME_CONFLICT:
      agreed = base;
      merge->n_conflicts++;
      break;
    case CS_WORK_OUTCOME_APART:
      agreed = base;
      break;
    case CS_WORK_OUTCOME_SAME:
    default:
      break;
    }
  g_set_str (&merge->base->values[field], agreed != NULL ? agreed : "");
}

/**
 * cs_work_merge:
 * @base: (nullable): what both sides held when they last agreed; %NULL: never
 * @ours: ours
 * @theirs: theirs, as just read
 * @direction: which way fields travel [K-1]
 * @level: which fields travel
 *
 * By field, three ways. Two-way: what one side alone changed wins; what both changed to different things is
 * left as it is on both sides and counted, for a person to decide. One way: the side that was chosen wins
 * where it changed something, and what only the other side changed stays as it is on both.
 *
 * Returns: (transfer full): what is to be written here and there, and the new snapshot. A field that one side
 * does not hold (%NULL) stays as it is
 */
CsWorkMerge *
cs_work_merge (const CsWorkFields *base,
               const CsWorkFields *ours,
               const CsWorkFields *theirs,
               CsWorkSync direction,
               CsWorkLevel level)
{
  CsWorkMerge *merge;

  g_return_val_if_fail (ours != NULL && theirs != NULL, NULL);

  merge = g_new0 (CsWorkMerge, 1);
  merge->here = cs_work_fields_copy (ours);
  merge->there = cs_work_fields_copy (theirs);
  merge->base = base != NULL ? cs_work_fields_copy (base) : cs_work_fields_new ();
  for (gsize i = 0; i < CS_WORK_N_FIELDS; i++)
    {
      CsWorkField field = (CsWorkField)i;
      const char *before = base != NULL ? base->values[i] : NULL;

      if (ours->values[i] == NULL || theirs->values[i] == NULL || !travels (level, field))
        continue;
      merge->outcomes[i] = judge (field, before, ours->values[i], theirs->values[i], direction);
      merge_field (merge, field, before, ours->values[i], theirs->values[i]);
    }
  return merge;
}

/** cs_work_merge_free: frees the merge. */
void
cs_work_merge_free (CsWorkMerge *merge)
{
  if (merge == NULL)
    return;
  cs_work_fields_free (merge->here);
  cs_work_fields_free (merge->there);
  cs_work_fields_free (merge->base);
  g_free (merge);
}

/**
 * cs_work_merge_resolve:
 * @merge: a merge
 * @field: one that is in conflict
 * @take_theirs: what a person decided
 *
 * The one way out of a conflict: both sides then hold what was chosen.
 */
void
cs_work_merge_resolve (CsWorkMerge *merge, CsWorkField field, gboolean take_theirs)
{
  g_autofree char *ours = NULL;
  g_autofree char *theirs = NULL;

  g_return_if_fail (merge != NULL && merge->outcomes[field] == CS_WORK_OUTCOME_CONFLICT);

  ours = g_strdup (merge->here->values[field]);
  theirs = g_strdup (merge->there->values[field]);
  merge->n_conflicts--;
  merge->outcomes[field] = take_theirs ? CS_WORK_OUTCOME_TAKE : CS_WORK_OUTCOME_GIVE;
  merge_field (merge, field, NULL, ours, theirs);
}

/** cs_work_fields_of_client: Returns: (transfer full): what of @client has a place there */
CsWorkFields *
cs_work_fields_of_client (const CsClient *client)
{
  CsWorkFields *fields = cs_work_fields_new ();

  g_return_val_if_fail (client != NULL, fields);

  fields->values[CS_WORK_FIELD_NAME] = g_strdup (client->name);
  fields->values[CS_WORK_FIELD_EMAIL] = g_strdup (client->email);
  fields->values[CS_WORK_FIELD_PHONE] = g_strdup (client->phone);
  return fields;
}

/** cs_work_fields_to_client: Returns: whether anything of @client was changed by @fields */
gboolean
cs_work_fields_to_client (const CsWorkFields *fields, CsClient *client)
{
  gboolean was_changed = FALSE;

  g_return_val_if_fail (fields != NULL && client != NULL, FALSE);

  if (fields->values[CS_WORK_FIELD_NAME] != NULL)
    was_changed |= g_set_str (&client->name, fields->values[CS_WORK_FIELD_NAME]);
  if (fields->values[CS_WORK_FIELD_EMAIL] != NULL)
    was_changed |= g_set_str (&client->email, fields->values[CS_WORK_FIELD_EMAIL]);
  if (fields->values[CS_WORK_FIELD_PHONE] != NULL)
    was_changed |= g_set_str (&client->phone, fields->values[CS_WORK_FIELD_PHONE]);
  return was_changed;
}
