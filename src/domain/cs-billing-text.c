/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-billing.h"
#include "cs-decimal.h"

#include <string.h>

/* A rule as one canonical line: unit/every/anchor/+delay/end/day=N */
#define N_PARTS 6

static const char *const unit_words[] = {
  [CS_BILLING_UNIT_ONCE] = "once",     [CS_BILLING_UNIT_DAYS] = "days",   [CS_BILLING_UNIT_WEEKS] = "weeks",
  [CS_BILLING_UNIT_MONTHS] = "months", [CS_BILLING_UNIT_YEARS] = "years",
};

/**
 * cs_billing_rule_to_string:
 * @rule: a rule that is valid
 *
 * Canonical text, the same for the same rule, for the store and the frozen agreement:
 * "months/1/acceptance/+0/never/day=1". The anchor is "acceptance", "proposal-start" or "date=2026-07-01";
 * the end is "never", "count=12" or "date=2027-06-30".
 *
 * Returns: (transfer full): the text
 */
char *
cs_billing_rule_to_string (const CsBillingRule *rule)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *anchor_date = NULL;
  g_autofree char *end_date = NULL;

  g_assert (cs_billing_rule_validate (rule, NULL));

  g_string_append_printf (text, "%s/%u/", unit_words[rule->unit], rule->every);
  switch (rule->anchor)
    {
    case CS_BILLING_ANCHOR_ACCEPTANCE:
      g_string_append (text, "acceptance");
      break;
    case CS_BILLING_ANCHOR_PROPOSAL_START:
      g_string_append (text, "proposal-start");
      break;
    case CS_BILLING_ANCHOR_DATE:
      anchor_date = cs_date_to_string (rule->anchor_date);
      g_string_append_printf (text, "date=%s", anchor_date);
      break;
    default:
      g_assert_not_reached ();
    }
  g_string_append_printf (text, "/%+d/", rule->delay_days);
  switch (rule->end)
    {
    case CS_BILLING_END_NEVER:
      g_string_append (text, "never");
      break;
    case CS_BILLING_END_COUNT:
      g_string_append_printf (text, "count=%u", rule->end_count);
      break;
    case CS_BILLING_END_DATE:
      end_date = cs_date_to_string (rule->end_date);
      g_string_append_printf (text, "date=%s", end_date);
      break;
    default:
      g_assert_not_reached ();
    }
  g_string_append_printf (text, "/day=%u", rule->designated_day);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
take_number (const char *text, const char *prefix, guint *number)
{
  guint64 wide;

  if (!g_str_has_prefix (text, prefix)
      || !g_ascii_string_to_unsigned (text + strlen (prefix), 10, 0, G_MAXINT32, &wide, NULL))
    return FALSE;
  *number = (guint)wide;
  return TRUE;
}

static gboolean
take_date (const char *text, CsDate *date)
{
  return g_str_has_prefix (text, "date=") && cs_date_parse (text + strlen ("date="), date, NULL);
}

static gboolean
take_unit (const char *text, CsBillingUnit *unit)
{
  for (gsize i = 0; i < G_N_ELEMENTS (unit_words); i++)
    if (g_str_equal (text, unit_words[i]))
      {
        *unit = (CsBillingUnit)i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
take_anchor (const char *text, CsBillingRule *rule)
{
  if (g_str_equal (text, "acceptance"))
    rule->anchor = CS_BILLING_ANCHOR_ACCEPTANCE;
  else if (g_str_equal (text, "proposal-start"))
    rule->anchor = CS_BILLING_ANCHOR_PROPOSAL_START;
  else
    {
      rule->anchor = CS_BILLING_ANCHOR_DATE;
      return take_date (text, &rule->anchor_date);
    }
  return TRUE;
}

static gboolean
take_end (const char *text, CsBillingRule *rule)
{
  if (g_str_equal (text, "never"))
    rule->end = CS_BILLING_END_NEVER;
  else if (take_number (text, "count=", &rule->end_count))
    rule->end = CS_BILLING_END_COUNT;
  else
    {
      rule->end = CS_BILLING_END_DATE;
      return take_date (text, &rule->end_date);
    }
  return TRUE;
}

static gboolean
take_parts (char **parts, CsBillingRule *rule)
{
  guint delay_days;

  if (!take_unit (parts[0], &rule->unit) || !take_number (parts[1], "", &rule->every)
      || !take_anchor (parts[2], rule) || !take_number (parts[3], "+", &delay_days)
      || !take_end (parts[4], rule) || !take_number (parts[5], "day=", &rule->designated_day))
    return FALSE;
  rule->delay_days = (int)delay_days;
  return TRUE;
}

/**
 * cs_billing_rule_parse:
 * @text: (nullable): what cs_billing_rule_to_string() wrote
 * @rule: (out): the rule; unchanged on failure
 * @error: return location
 *
 * Returns: whether it is a rule; else %CS_DOMAIN_ERROR_SYNTAX if it is not in canonical form, or
 *   %CS_DOMAIN_ERROR_INVALID if it says something that cannot be followed
 */
gboolean
cs_billing_rule_parse (const char *text, CsBillingRule *rule, GError **error)
{
  CsBillingRule parsed = cs_billing_rule_upfront ();
  g_auto (GStrv) parts = NULL;
  g_autofree char *canonical = NULL;

  g_assert (rule != NULL);

  parts = g_strsplit (text != NULL ? text : "", "/", N_PARTS + 1);
  if (g_strv_length (parts) == N_PARTS && take_parts (parts, &parsed))
    {
      if (!cs_billing_rule_validate (&parsed, error))
        return FALSE;
      canonical = cs_billing_rule_to_string (&parsed);
    }
  if (canonical == NULL || !g_str_equal (canonical, text))
    {
      g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX, "This is not a billing rule");
      return FALSE;
    }
  *rule = parsed;
  return TRUE;
}
