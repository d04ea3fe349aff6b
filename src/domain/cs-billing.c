/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-billing.h"
#include "cs-decimal.h"

#include <glib/gi18n-lib.h>

/* Bounds against slips of a hand, far beyond any engagement: three hundred years, and ten years of delay. */
#define COUNT_MAX 100000
#define DELAY_DAYS_MAX 3660

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_INVALID, message);
  return FALSE;
}

/**
 * cs_billing_rule_validate:
 * @rule: a rule
 * @error: return location
 *
 * Returns: whether @rule says something that can be followed; else %CS_DOMAIN_ERROR_INVALID, saying what is
 * wrong
 */
gboolean
cs_billing_rule_validate (const CsBillingRule *rule, GError **error)
{
  g_assert (rule != NULL);

  if ((guint)rule->unit > CS_BILLING_UNIT_YEARS || (guint)rule->anchor > CS_BILLING_ANCHOR_DATE
      || (guint)rule->end > CS_BILLING_END_DATE)
    return refuse (error, _ ("This billing rule is of an unknown kind"));
  if (rule->unit != CS_BILLING_UNIT_ONCE && (rule->every < 1 || rule->every > CS_BILLING_EVERY_MAX))
    return refuse (error, _ ("A recurring service is billed every 1 to 3660 days, weeks, months or years"));
  if (rule->designated_day > 31)
    return refuse (error, _ ("The designated day is one of 1 to 31"));
  if (rule->delay_days < 0 || rule->delay_days > DELAY_DAYS_MAX)
    return refuse (error, _ ("Billing may be delayed by 0 to 3660 days"));
  if (rule->anchor == CS_BILLING_ANCHOR_DATE && !cs_date_is_set (rule->anchor_date))
    return refuse (error, _ ("The date from which to bill is missing"));
  if (rule->end == CS_BILLING_END_COUNT && (rule->end_count < 1 || rule->end_count > COUNT_MAX))
    return refuse (error, _ ("A service is billed at least once"));
  if (rule->end == CS_BILLING_END_DATE && !cs_date_is_set (rule->end_date))
    return refuse (error, _ ("The date until which to bill is missing"));
  return TRUE;
}

/**
 * cs_billing_rule_upfront:
 *
 * Returns: once, on acceptance (I-04)
 */
CsBillingRule
cs_billing_rule_upfront (void)
{
  return (CsBillingRule){
    .unit = CS_BILLING_UNIT_ONCE,
    .every = 1,
    .anchor = CS_BILLING_ANCHOR_ACCEPTANCE,
    .anchor_date = CS_DATE_NONE,
    .end = CS_BILLING_END_NEVER,
    .end_date = CS_DATE_NONE,
  };
}

/**
 * cs_billing_rule_monthly:
 * @designated_day: the practice's designated invoice day, 1 to 31; 0 for the day of the start
 *
 * Returns: each month from the proposal's start (the day of acceptance where it names none), until stopped
 * (P-05, I-05)
 */
CsBillingRule
cs_billing_rule_monthly (guint designated_day)
{
  return cs_billing_rule_recurring (CS_BILLING_MONTHLY, designated_day);
}

/**
 * cs_billing_rule_recurring:
 * @rhythm: how often
 * @designated_day: of months and years, 1 to 31; 0 for the day of the start
 *
 * Returns: from the proposal's start on, until stopped, as cs_billing_rule_monthly() (U-14); once for
 *   %CS_BILLING_ONCE
 */
CsBillingRule
cs_billing_rule_recurring (CsBillingRhythm rhythm, guint designated_day)
{
  CsBillingRule rule = cs_billing_rule_upfront ();

  g_assert (designated_day <= 31);

  if (rhythm.unit == CS_BILLING_UNIT_ONCE)
    return rule;
  rule.unit = rhythm.unit;
  rule.every = rhythm.every;
  rule.anchor = CS_BILLING_ANCHOR_PROPOSAL_START;
  if (rhythm.unit == CS_BILLING_UNIT_MONTHS || rhythm.unit == CS_BILLING_UNIT_YEARS)
    rule.designated_day = designated_day;
  return rule;
}

/** cs_billing_rule_get_rhythm: Returns: how often @rule bills */
CsBillingRhythm
cs_billing_rule_get_rhythm (const CsBillingRule *rule)
{
  return rule->unit == CS_BILLING_UNIT_ONCE ? CS_BILLING_ONCE : (CsBillingRhythm){ rule->unit, rule->every };
}

/** cs_billing_rhythm_compare: Returns: as strcmp(): once before all, then by the length of a period */
int
cs_billing_rhythm_compare (CsBillingRhythm a, CsBillingRhythm b)
{
  static const guint days[] = { [CS_BILLING_UNIT_ONCE] = 0,
                                [CS_BILLING_UNIT_DAYS] = 1,
                                [CS_BILLING_UNIT_WEEKS] = 7,
                                [CS_BILLING_UNIT_MONTHS] = 30,
                                [CS_BILLING_UNIT_YEARS] = 365 };
  guint x = days[a.unit] * a.every;
  guint y = days[b.unit] * b.every;

  return x != y ? (x > y) - (x < y) : (a.unit > b.unit) - (a.unit < b.unit);
}

static CsDate
get_anchor (const CsBillingRule *rule, const CsBillingAnchors *anchors)
{
  CsDate anchor = CS_DATE_NONE;

  switch (rule->anchor)
    {
    case CS_BILLING_ANCHOR_ACCEPTANCE:
      anchor = anchors->acceptance;
      break;
    case CS_BILLING_ANCHOR_PROPOSAL_START:
      anchor = cs_date_is_set (anchors->proposal_start) ? anchors->proposal_start : anchors->acceptance;
      break;
    case CS_BILLING_ANCHOR_DATE:
      anchor = rule->anchor_date;
      break;
    default:
      g_assert_not_reached ();
    }
  return cs_date_add_days (anchor, rule->delay_days);
}

/* Period 0 falls on the first designated day on or after the anchor; the others are counted from there, each
 * with the designated day itself and not with what the month before made of it. */
static CsDate
get_start_by_months (CsDate anchor, guint designated_day, gint64 months)
{
  int year, month, day, wanted;

  cs_date_get_parts (anchor, &year, &month, &day);
  wanted = designated_day > 0 ? (int)designated_day : day;
  if (MIN (wanted, (int)cs_date_get_days_in_month (year, month)) < day)
    months++;
  return months > 10000 * 12 ? CS_DATE_NONE : cs_date_add_months (anchor, (int)months, wanted);
}

static CsDate
get_start_by_days (CsDate anchor, gint64 days)
{
  return days > G_MAXINT32 ? CS_DATE_NONE : cs_date_add_days (anchor, (int)days);
}

/* The start of period @index, as if the rule had no end. */
static CsDate
get_start (const CsBillingRule *rule, CsDate anchor, gint64 index)
{
  gint64 n_units = index * rule->every;

  switch (rule->unit)
    {
    case CS_BILLING_UNIT_ONCE:
      return index == 0 ? anchor : CS_DATE_NONE;
    case CS_BILLING_UNIT_DAYS:
      return get_start_by_days (anchor, n_units);
    case CS_BILLING_UNIT_WEEKS:
      return get_start_by_days (anchor, n_units * 7);
    case CS_BILLING_UNIT_MONTHS:
      return get_start_by_months (anchor, rule->designated_day, n_units);
    case CS_BILLING_UNIT_YEARS:
      return get_start_by_months (anchor, rule->designated_day, n_units * 12);
    default:
      g_assert_not_reached ();
    }
}

/**
 * cs_billing_rule_get_period:
 * @rule: a rule that is valid
 * @anchors: what it is measured from; the acceptance is set
 * @index: 0 for the first period
 * @period: (out): that period; unchanged if there is none
 *
 * Computes one period from the rule and its anchor alone, never from another period or from a last run, so
 * that late, repeated and skipped runs all see the same dates (U-10, U-12). A rule in days or weeks ignores
 * the designated day; one in months or years starts its periods on it, 29–31 meaning the last of a short
 * month. A period starts on its invoice date and ends the day before the next would start. None starts past
 * the rule's end (U-13) or beyond the year 9999.
 *
 * Returns: whether there is such a period
 */
gboolean
cs_billing_rule_get_period (const CsBillingRule *rule,
                            const CsBillingAnchors *anchors,
                            guint index,
                            CsBillingPeriod *period)
{
  CsDate anchor, start, end;

  g_assert (period != NULL && anchors != NULL && cs_date_is_set (anchors->acceptance));
  g_assert (cs_billing_rule_validate (rule, NULL));

  if (rule->end == CS_BILLING_END_COUNT && index >= rule->end_count)
    return FALSE;
  anchor = get_anchor (rule, anchors);
  if (!cs_date_is_set (anchor))
    return FALSE;
  start = get_start (rule, anchor, index);
  if (!cs_date_is_set (start)
      || (rule->end == CS_BILLING_END_DATE && cs_date_compare (start, rule->end_date) > 0))
    return FALSE;

  end = start;
  if (rule->unit != CS_BILLING_UNIT_ONCE)
    {
      end = cs_date_add_days (get_start (rule, anchor, (gint64)index + 1), -1);
      if (!cs_date_is_set (end))
        return FALSE;
    }
  *period = (CsBillingPeriod){ .index = index, .start = start, .end = end, .invoice_date = start };
  return TRUE;
}

/**
 * cs_billing_rule_list_periods:
 * @rule: a rule that is valid
 * @anchors: what it is measured from
 * @until: the last invoice date wanted
 *
 * All periods from the first, past ones too: which of those are billed is a person's decision (U-11).
 *
 * Returns: (transfer full) (element-type CsBillingPeriod): the periods, oldest first
 */
GArray *
cs_billing_rule_list_periods (const CsBillingRule *rule, const CsBillingAnchors *anchors, CsDate until)
{
  GArray *periods = g_array_new (FALSE, FALSE, sizeof (CsBillingPeriod));
  CsBillingPeriod period;

  for (guint i = 0; cs_billing_rule_get_period (rule, anchors, i, &period); i++)
    {
      if (cs_date_compare (period.invoice_date, until) > 0)
        break;
      g_array_append_val (periods, period);
    }
  return periods;
}
