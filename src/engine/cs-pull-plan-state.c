/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-pull-plan-private.h"

/* What a plan holds, and how it outlives the program. */

#define FORMAT "1"

CsPullRange *
cs_pull_plan_get_range (const CsPullPlan *plan, guint index)
{
  return &g_array_index (plan->ranges, CsPullRange, index);
}

/**
 * cs_pull_plan_to_string:
 * @plan: a plan
 *
 * Counting and comparing are not kept: they begin again with what changed.
 *
 * Returns: (transfer full): for cs_pull_plan_new(); "" when there is nothing to go on with
 */
char *
cs_pull_plan_to_string (const CsPullPlan *plan)
{
  GString *text = NULL;
  CsPullPhase phase = CS_PULL_PHASE_DONE;

  g_assert (plan != NULL);

  if (plan->run == 0)
    return g_strdup ("");
  phase = plan->phase == CS_PULL_PHASE_COUNT || plan->phase == CS_PULL_PHASE_COMPARE ? CS_PULL_PHASE_DELTA
                                                                                     : plan->phase;
  text = g_string_new (FORMAT);
  g_string_append_printf (text, " %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u %d %d", (int)phase,
                          plan->run, plan->start_ms, plan->n_tries, plan->has_changed, plan->is_first);
  for (guint i = 0; i < plan->ranges->len; i++)
    {
      const CsPullRange *range = cs_pull_plan_get_range (plan, i);

      if (!range->is_split)
        g_string_append_printf (text, ";%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u %u %u %d %d",
                                range->from, range->before, range->page_count, range->item_count,
                                range->n_stored, range->is_due, range->is_steady);
    }
  return g_string_free (text, FALSE);
}

/* @n numbers, and nothing else. */
static gboolean
parse_numbers (const char *text, gint64 *numbers, guint n)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  if (g_strv_length (words) != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!g_ascii_string_to_signed (words[i], 10, G_MININT64, G_MAXINT64, &numbers[i], NULL))
      return FALSE;
  return TRUE;
}

static gboolean
parse_range (CsPullPlan *plan, const char *text)
{
  gint64 numbers[7];
  CsPullRange range = { 0 };

  if (!parse_numbers (text, numbers, G_N_ELEMENTS (numbers)) || numbers[2] < 0 || numbers[3] < 0
      || numbers[4] < 0 || numbers[4] > numbers[2])
    return FALSE;
  range.from = numbers[0];
  range.before = numbers[1];
  range.page_count = (guint)numbers[2];
  range.item_count = (guint)numbers[3];
  range.n_stored = range.n_asked = (guint)numbers[4];
  range.is_due = numbers[5] != 0;
  range.is_steady = numbers[6] != 0;
  g_array_append_val (plan->ranges, range);
  return TRUE;
}

static gboolean
parse (CsPullPlan *plan, const char *stored)
{
  g_auto (GStrv) parts = g_strsplit (stored, ";", -1);
  gint64 numbers[7];

  if (parts[0] == NULL || !parse_numbers (parts[0], numbers, G_N_ELEMENTS (numbers)) || numbers[0] != 1
      || numbers[1] <= CS_PULL_PHASE_DONE || numbers[1] > CS_PULL_PHASE_DELTA || numbers[2] <= 0)
    return FALSE;
  plan->phase = (CsPullPhase)numbers[1];
  plan->run = numbers[2];
  plan->start_ms = numbers[3];
  plan->n_tries = (guint)CLAMP (numbers[4], 0, CS_PULL_TRIES_MAX);
  plan->has_changed = numbers[5] != 0;
  plan->is_first = numbers[6] != 0;
  for (guint i = 1; parts[i] != NULL; i++)
    if (!parse_range (plan, parts[i]))
      return FALSE;
  return plan->phase < CS_PULL_PHASE_SCAN || plan->ranges->len > 0;
}

/**
 * cs_pull_plan_new:
 * @traits: of the kind; copied
 * @cursor_ms: the newest change that is stored; 0: nothing was ever read
 * @stored: (nullable): what cs_pull_plan_to_string() said last; what cannot be read is passed over
 *
 * Returns: (transfer full): a plan, to be started
 */
CsPullPlan *
cs_pull_plan_new (const CsPullTraits *traits, gint64 cursor_ms, const char *stored)
{
  CsPullPlan *plan = g_new0 (CsPullPlan, 1);

  plan->traits = *traits;
  plan->cursor_ms = MAX (cursor_ms, 0);
  plan->ranges = g_array_new (FALSE, TRUE, sizeof (CsPullRange));
  if (stored == NULL || *stored == '\0' || parse (plan, stored))
    return plan;
  plan->phase = CS_PULL_PHASE_DONE;
  plan->run = plan->start_ms = 0;
  plan->n_tries = 0;
  g_array_set_size (plan->ranges, 0);
  return plan;
}

/** cs_pull_plan_free: frees @plan. */
void
cs_pull_plan_free (CsPullPlan *plan)
{
  if (plan == NULL)
    return;
  g_array_unref (plan->ranges);
  g_free (plan);
}

/** cs_pull_plan_is_done: Returns: whether nothing is left to ask */
gboolean
cs_pull_plan_is_done (const CsPullPlan *plan)
{
  g_assert (plan != NULL);

  return plan->phase == CS_PULL_PHASE_DONE;
}

/** cs_pull_plan_is_full: Returns: whether this is, or was, a full read */
gboolean
cs_pull_plan_is_full (const CsPullPlan *plan)
{
  g_assert (plan != NULL);

  return plan->was_full;
}

/** cs_pull_plan_get_covered_ms: Returns: the ledger's clock: the full read has or will have what changed
 * before */
gint64
cs_pull_plan_get_covered_ms (const CsPullPlan *plan)
{
  return cs_pull_plan_is_full (plan) ? plan->start_ms : 0;
}

/** cs_pull_plan_get_cursor_ms: Returns: all changes up to here are stored, once the page in hand is */
gint64
cs_pull_plan_get_cursor_ms (const CsPullPlan *plan)
{
  g_assert (plan != NULL);

  return plan->cursor_ms;
}

/** cs_pull_plan_get_run: Returns: what a full read marks its records with; 0: none runs */
gint64
cs_pull_plan_get_run (const CsPullPlan *plan)
{
  g_assert (plan != NULL);

  return plan->run;
}

/** cs_pull_plan_get_expected: Returns: how many records a full read has, as far as the ledger told */
guint
cs_pull_plan_get_expected (const CsPullPlan *plan)
{
  guint n = 0;

  g_assert (plan != NULL);

  for (guint i = 0; i < plan->ranges->len; i++)
    if (!cs_pull_plan_get_range (plan, i)->is_split)
      n += cs_pull_plan_get_range (plan, i)->item_count;
  return n;
}

/** cs_pull_plan_get_missing: Returns: how many the ledger has more than the mirror, when it is done */
guint
cs_pull_plan_get_missing (const CsPullPlan *plan)
{
  g_assert (plan != NULL);

  return plan->missing;
}
