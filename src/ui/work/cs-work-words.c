/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-work-words.h"

/** cs_work_words_field: Returns: what @field, of those that have a place here, is called */
const char *
cs_work_words_field (CsWorkField field)
{
  if (field == CS_WORK_FIELD_NAME)
    return _ ("Name");
  if (field == CS_WORK_FIELD_EMAIL)
    return _ ("E-mail");
  return field == CS_WORK_FIELD_PHONE ? _ ("Phone") : cs_work_field_to_string (field);
}

/** cs_work_words_promotion: Returns: (transfer full): what became of the first acceptance there; "" where
 * there is nothing to say [K-13] */
char *
cs_work_words_promotion (const char *outcome, const char *message)
{
  if (g_str_equal (outcome, "waiting"))
    return g_strdup (_ ("It is told there that this is a client now."));
  if (g_str_equal (outcome, "done"))
    return g_strdup (_ ("It is a client there, too: that was read back."));
  if (g_str_equal (outcome, "not-kept"))
    return g_strdup (_ ("That was written there, but it didn’t stick: change it there by hand."));
  if (g_str_equal (outcome, "not-reported"))
    return g_strdup (_ ("Practice Manager doesn’t tell who is a prospect: look there."));
  if (g_str_equal (outcome, "refused"))
    return g_strdup (message);
  return g_strdup ("");
}

/** cs_work_words_promotion_needs_person: Returns: whether somebody has to look there */
gboolean
cs_work_words_promotion_needs_person (const char *outcome)
{
  return g_str_equal (outcome, "not-kept") || g_str_equal (outcome, "not-reported")
         || g_str_equal (outcome, "refused");
}

/** cs_work_words_match: Returns: what of the two is the same [K-4] */
const char *
cs_work_words_match (CsMatch match)
{
  switch (match)
    {
    case CS_MATCH_STORED_ID:
      return _ ("The same unique id");
    case CS_MATCH_EMAIL_AND_NAME:
      return _ ("The same name and e-mail address");
    case CS_MATCH_NAME:
      return _ ("The same name");
    case CS_MATCH_EMAIL:
      return _ ("The same e-mail address");
    case CS_MATCH_SIMILAR_NAME:
      return _ ("About the same name");
    case CS_MATCH_NONE:
    default:
      return "";
    }
}
