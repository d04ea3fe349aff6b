/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-billing-change.h"
#include "cs-decimal.h"
#include "cs-vocabulary.h"

#include <glib/gi18n-lib.h>

static const char *const kind_words[]
    = { [CS_BILLING_PAUSE] = "pause", [CS_BILLING_RESUME] = "resume", [CS_BILLING_STOP] = "stop" };
static const CsVocabulary kinds = CS_VOCABULARY ("change of billing", kind_words);

/** cs_billing_change_kind_to_string: Returns: (transfer none): as it is stored; never translated */
const char *
cs_billing_change_kind_to_string (CsBillingChangeKind kind)
{
  return cs_vocabulary_get_word (&kinds, kind);
}

/** cs_billing_change_kind_parse: Returns: whether @text is one; else %CS_DOMAIN_ERROR_INVALID */
gboolean
cs_billing_change_kind_parse (const char *text, CsBillingChangeKind *kind, GError **error)
{
  guint value;

  if (!cs_vocabulary_parse (&kinds, text, &value, error))
    return FALSE;
  *kind = (CsBillingChangeKind)value;
  return TRUE;
}

/**
 * cs_billing_change_new:
 * @kind: what is said
 * @from: the first day that it counts for
 * @until: of a pause, the first day that is billed again, or %CS_DATE_NONE
 * @reason: why
 *
 * Returns: (transfer full): a change without identity, as nobody has said it yet
 */
CsBillingChange *
cs_billing_change_new (CsBillingChangeKind kind, CsDate from, CsDate until, const char *reason)
{
  CsBillingChange *change = g_new0 (CsBillingChange, 1);

  change->id = CS_UUID_NONE;
  change->kind = kind;
  change->from = from;
  change->until = until;
  change->reason = g_strdup (reason);
  change->actor = g_strdup ("");
  return change;
}

/** cs_billing_change_copy: Returns: (transfer full): the same, sharing nothing with @change */
CsBillingChange *
cs_billing_change_copy (const CsBillingChange *change)
{
  CsBillingChange *copy = g_memdup2 (change, sizeof *change);

  copy->reason = g_strdup (change->reason);
  copy->actor = g_strdup (change->actor);
  return copy;
}

/** cs_billing_change_free: @change: (transfer full) (nullable) */
void
cs_billing_change_free (CsBillingChange *change)
{
  if (change == NULL)
    return;
  g_free (change->reason);
  g_free (change->actor);
  g_free (change);
}

/** cs_billing_changes_get_last: Returns: the identity of what was said last; %CS_UUID_NONE: nothing was */
CsUuid
cs_billing_changes_get_last (const GPtrArray *changes)
{
  const CsBillingChange *last = NULL;

  if (changes == NULL || changes->len == 0)
    return CS_UUID_NONE;
  last = g_ptr_array_index (changes, changes->len - 1);
  return last->id;
}

static gboolean
reaches_beyond (const CsBillingGap *gap, CsDate date)
{
  return !cs_date_is_set (gap->until) || cs_date_compare (gap->until, date) > 0;
}

/* Only what holds on that day: what begins later was said for its own sake. */
static void
end_gaps (GArray *gaps, CsDate date)
{
  for (guint i = gaps->len; i > 0; i--)
    {
      CsBillingGap *gap = &g_array_index (gaps, CsBillingGap, i - 1);

      if (cs_date_compare (gap->from, date) > 0 || !reaches_beyond (gap, date))
        continue;
      if (cs_date_compare (gap->from, date) == 0)
        g_array_remove_index (gaps, i - 1);
      else
        gap->until = date;
    }
}

/**
 * cs_billing_changes_list_gaps:
 * @changes: (nullable) (element-type CsBillingChange): about one service, as they were said
 *
 * A resumption ends what holds on its day; a pause or stop that begins later stays, until it is resumed
 * itself.
 *
 * Returns: (transfer full) (element-type CsBillingGap): which days are left out; they may overlap. Valid as
 *   long as @changes
 */
GArray *
cs_billing_changes_list_gaps (const GPtrArray *changes)
{
  GArray *gaps = g_array_new (FALSE, FALSE, sizeof (CsBillingGap));

  for (guint i = 0; changes != NULL && i < changes->len; i++)
    {
      const CsBillingChange *change = g_ptr_array_index (changes, i);
      CsBillingGap gap = { change->from, CS_DATE_NONE, change };

      if (change->kind == CS_BILLING_PAUSE)
        gap.until = change->until;
      if (change->kind == CS_BILLING_RESUME)
        end_gaps (gaps, change->from);
      else
        g_array_append_val (gaps, gap);
    }
  return gaps;
}

/** cs_billing_gaps_find: Returns: (nullable): the gap that @date lies in; the one for good before others */
const CsBillingGap *
cs_billing_gaps_find (const GArray *gaps, CsDate date)
{
  const CsBillingGap *found = NULL;

  for (guint i = 0; i < gaps->len; i++)
    {
      const CsBillingGap *gap = &g_array_index (gaps, CsBillingGap, i);

      if (cs_date_compare (gap->from, date) <= 0 && reaches_beyond (gap, date)
          && (found == NULL || gap->change->kind == CS_BILLING_STOP))
        found = gap;
    }
  return found;
}

/** cs_billing_gaps_find_next: Returns: (nullable): the first gap that begins after @date */
const CsBillingGap *
cs_billing_gaps_find_next (const GArray *gaps, CsDate date)
{
  const CsBillingGap *found = NULL;

  for (guint i = 0; i < gaps->len; i++)
    {
      const CsBillingGap *gap = &g_array_index (gaps, CsBillingGap, i);

      if (cs_date_compare (gap->from, date) > 0
          && (found == NULL || cs_date_compare (gap->from, found->from) < 0))
        found = gap;
    }
  return found;
}

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_INVALID, message);
  return FALSE;
}

/**
 * cs_billing_changes_check:
 * @changes: (nullable) (element-type CsBillingChange): what was said before
 * @change: what is to be said
 * @error: return location
 *
 * Returns: whether @change says something that can be followed and that was not so before; else
 *   %CS_DOMAIN_ERROR_INVALID, for a person to read
 */
gboolean
cs_billing_changes_check (const GPtrArray *changes, const CsBillingChange *change, GError **error)
{
  g_autoptr (GArray) gaps = cs_billing_changes_list_gaps (changes);
  const CsBillingGap *gap = NULL;

  g_assert (change != NULL);

  if (!cs_date_is_set (change->from))
    return refuse (error, _ ("Say from which day on."));
  gap = cs_billing_gaps_find (gaps, change->from);
  if (cs_date_is_set (change->until) && cs_date_compare (change->until, change->from) <= 0)
    return refuse (error, _ ("The day on which billing goes on lies after the one on which it pauses."));
  if (change->kind == CS_BILLING_RESUME && gap == NULL)
    return refuse (error, _ ("Nothing is paused or stopped on that day."));
  if (change->kind != CS_BILLING_RESUME && gap != NULL && gap->change->kind == CS_BILLING_STOP)
    return refuse (error, _ ("This service is stopped on that day already."));
  if (change->kind == CS_BILLING_PAUSE && gap != NULL)
    return refuse (error, _ ("This service is paused on that day already. Resume it first."));
  if (*change->reason == '\0')
    return refuse (error, _ ("Say why."));
  return TRUE;
}

/**
 * cs_billing_changes_foresee:
 * @rule: of the service
 * @anchors: what its dates are measured from
 * @changes: (nullable) (element-type CsBillingChange): what was said before
 * @change: what is to be said; need not be complete
 * @until: the last day to look at
 *
 * Returns: (transfer full) (element-type CsBillingPeriod): the periods since the acceptance that @change
 *   changes, oldest first: it leaves them out, or, a resumption, bills them again
 */
GArray *
cs_billing_changes_foresee (const CsBillingRule *rule,
                            const CsBillingAnchors *anchors,
                            const GPtrArray *changes,
                            const CsBillingChange *change,
                            CsDate until)
{
  g_autoptr (GPtrArray) said = g_ptr_array_new ();
  g_autoptr (GArray) before = cs_billing_changes_list_gaps (changes);
  g_autoptr (GArray) after = NULL;
  GArray *periods = cs_billing_rule_list_periods (rule, anchors, until);

  for (guint i = 0; changes != NULL && i < changes->len; i++)
    g_ptr_array_add (said, changes->pdata[i]);
  g_ptr_array_add (said, (gpointer)change);
  after = cs_billing_changes_list_gaps (said);
  for (guint i = periods->len; i > 0; i--)
    {
      CsDate date = g_array_index (periods, CsBillingPeriod, i - 1).invoice_date;
      gboolean was_out = cs_billing_gaps_find (before, date) != NULL;

      if (was_out == (cs_billing_gaps_find (after, date) != NULL)
          || cs_date_compare (date, anchors->acceptance) < 0)
        g_array_remove_index (periods, i - 1);
    }
  return periods;
}
