/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-outcome.h"
#include "cs-decimal.h"

static const char *const outcome_words[] = {
  [CS_OUTCOME_NONE] = "",
  [CS_OUTCOME_REFUSED] = "refused",
  [CS_OUTCOME_NUMBER_TAKEN] = "number-taken",
  [CS_OUTCOME_NAME_TAKEN] = "name-taken",
  [CS_OUTCOME_ARCHIVED_CONTACT] = "archived-contact",
  [CS_OUTCOME_UNREACHABLE] = "unreachable",
  [CS_OUTCOME_BUSY] = "busy",
  [CS_OUTCOME_SIGN_IN] = "sign-in",
  [CS_OUTCOME_UNKNOWN] = "unknown",
  [CS_OUTCOME_DIFFERENT] = "different",
  [CS_OUTCOME_LINKED_ELSEWHERE] = "linked-elsewhere",
  [CS_OUTCOME_CHANGED_BY_LEDGER] = "changed-by-ledger",
  [CS_OUTCOME_DEPENDENCY_CANCELLED] = "dependency-cancelled",
  [CS_OUTCOME_FOUND_BY_REFERENCE] = "found-by-reference",
  [CS_OUTCOME_INVALID] = "invalid",
  [CS_OUTCOME_LINKED] = "linked",
  [CS_OUTCOME_ACCOUNT_UNUSABLE] = "account-unusable",
  [CS_OUTCOME_TAX_UNUSABLE] = "tax-unusable",
  [CS_OUTCOME_THEME_GONE] = "theme-gone",
  [CS_OUTCOME_TRACKING_GONE] = "tracking-gone",
  [CS_OUTCOME_LOCKED_PERIOD] = "locked-period",
  [CS_OUTCOME_LOCKED_HERE] = "locked-here",
};

/** cs_outcome_is_about_shape: Returns: whether the invoice goes on by itself once what shapes it is mended */
gboolean
cs_outcome_is_about_shape (CsOutcome outcome)
{
  return outcome >= CS_OUTCOME_ACCOUNT_UNUSABLE && outcome <= CS_OUTCOME_LOCKED_HERE;
}

/**
 * cs_outcome_to_string:
 * @outcome: an outcome
 *
 * Returns: the word that the store keeps for it, "" for none; never translated
 */
const char *
cs_outcome_to_string (CsOutcome outcome)
{
  g_assert ((gsize)outcome < G_N_ELEMENTS (outcome_words));
  return outcome_words[outcome];
}

/**
 * cs_outcome_parse:
 * @text: (nullable): a word of cs_outcome_to_string(); %NULL is as ""
 * @outcome: (out): what it means; unchanged on failure
 * @error: return location
 *
 * Returns: whether it is one; else %CS_DOMAIN_ERROR_SYNTAX
 */
gboolean
cs_outcome_parse (const char *text, CsOutcome *outcome, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (outcome_words); i++)
    if (g_strcmp0 (text != NULL ? text : "", outcome_words[i]) == 0)
      {
        *outcome = (CsOutcome)i;
        return TRUE;
      }
  g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX, "This is not a known outcome");
  return FALSE;
}
