/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-pull-plan-private.h"

#include <string.h>

/* The first range that is halved: before it there is little, and after today little more. */
#define EPOCH_DAYS 0
#define AHEAD_DAYS 730
#define CENTURY_DAYS 36525
#define FAR_DAYS 3000000
#define DAY_SECONDS 86400
/* How often counts may differ where an edit leaves a record in its range. */
#define TRIES_DATED 3
/* How often ranges from which records slipped are read again. */
#define AGAIN_MAX 4
/* Fifty million records; a ledger that refuses more than that refuses whatever it is asked. */
#define RANGES_MAX 512

static void
add_range (CsPullPlan *plan, gint64 from, gint64 before, gboolean is_due)
{
  const CsPullRange range = { .from = from, .before = before, .is_due = is_due, .is_steady = TRUE };

  g_array_append_val (plan->ranges, range);
}

static void
begin_again (CsPullRange *range)
{
  range->page_count = range->n_stored = range->n_asked = 0;
  range->is_steady = TRUE;
}

static CsDate
get_date (gint64 bound)
{
  return bound == CS_PULL_NO_BOUND ? CS_DATE_NONE : (CsDate){ (gint32)bound };
}

static gint64
get_change_ms (gint64 bound)
{
  return bound == CS_PULL_NO_BOUND ? 0 : bound * 1000;
}

static void
bound_query (const CsPullPlan *plan, const CsPullRange *range, CsPullQuery *query)
{
  if (plan->traits.has_changes)
    {
      query->changed_from_ms = get_change_ms (range->from);
      query->changed_before_ms = get_change_ms (range->before);
      return;
    }
  query->from = get_date (range->from);
  query->before = get_date (range->before);
}

/* --- phases --- */

static void
begin_delta (CsPullPlan *plan, CsPullPhase phase)
{
  plan->phase = phase;
  memset (&plan->delta, 0, sizeof plan->delta);
  plan->delta.since_ms = MAX (plan->cursor_ms - CS_PULL_OVERLAP_MS, 0);
}

static void
begin_scan (CsPullPlan *plan)
{
  plan->phase = CS_PULL_PHASE_SCAN;
  plan->start_ms = plan->cursor_ms;
  if (plan->ranges->len == 0)
    add_range (plan, CS_PULL_NO_BOUND, CS_PULL_NO_BOUND, TRUE);
}

static void
finish (CsPullPlan *plan)
{
  plan->phase = CS_PULL_PHASE_DONE;
  plan->run = 0;
}

static void
begin_count (CsPullPlan *plan)
{
  plan->phase = CS_PULL_PHASE_COUNT;
  for (guint i = 0; i < plan->ranges->len; i++)
    {
      CsPullRange *range = cs_pull_plan_get_range (plan, i);

      /* Nothing changed, not even in number, while it was read: then its own count is as good as a new one.
       */
      range->is_confirmed = range->is_split || (range->is_steady && !plan->has_changed && plan->n_tries == 0);
      range->is_asked = FALSE;
    }
}

static void
begin_compare (CsPullPlan *plan)
{
  plan->phase = CS_PULL_PHASE_COMPARE;
  plan->missing = 0;
  for (guint i = 0; i < plan->ranges->len; i++)
    cs_pull_plan_get_range (plan, i)->is_asked = FALSE;
}

/* An edit takes a record from one range to the last, between two counts, too. */
static gboolean
moves_between_ranges (const CsPullPlan *plan)
{
  return plan->traits.has_changes && plan->ranges->len > 1;
}

/* Counts differ. First what changed is asked for again, since they are of different moments; then the ranges
 * that differ are read again; in the end it is said. */
static void
end_compare (CsPullPlan *plan)
{
  gboolean is_due = FALSE;

  for (guint i = 0; i < plan->ranges->len; i++)
    is_due = is_due || cs_pull_plan_get_range (plan, i)->is_due;
  plan->n_tries++;
  if (!is_due || plan->n_tries > (moves_between_ranges (plan) ? CS_PULL_TRIES_MAX : TRIES_DATED))
    finish (plan);
  else if (plan->n_tries == 2)
    plan->phase = CS_PULL_PHASE_SCAN;
  else
    {
      for (guint i = 0; i < plan->ranges->len; i++)
        cs_pull_plan_get_range (plan, i)->is_due = FALSE;
      begin_delta (plan, CS_PULL_PHASE_DELTA);
    }
}

static gboolean
is_range_read (const CsPullRange *range)
{
  return range->is_split || !range->is_due || (range->page_count > 0 && range->n_stored >= range->page_count);
}

static gboolean
are_all (const CsPullPlan *plan, gboolean (*is_so) (const CsPullRange *range))
{
  for (guint i = 0; i < plan->ranges->len; i++)
    if (!is_so (cs_pull_plan_get_range (plan, i)))
      return FALSE;
  return TRUE;
}

static gboolean
is_confirmed (const CsPullRange *range)
{
  return range->is_confirmed;
}

static gboolean
is_compared (const CsPullRange *range)
{
  return range->is_split || range->is_asked;
}

static void
end_scan (CsPullPlan *plan)
{
  for (guint i = 0; i < plan->ranges->len; i++)
    cs_pull_plan_get_range (plan, i)->is_due = FALSE;
  plan->cursor_ms = MAX (plan->cursor_ms, plan->start_ms);
  begin_delta (plan, CS_PULL_PHASE_DELTA);
}

/* By last change an edit takes a record out of a range that is over, and each one behind it a place forward:
 * past a page, it may be. None comes into such a range, so that where every page told the same number, none
 * left. */
static gboolean
has_slipped (const CsPullPlan *plan, const CsPullRange *range)
{
  return plan->traits.has_changes && !range->is_split && range->is_due && !range->is_steady
         && range->page_count > 1 && range->before != CS_PULL_NO_BOUND
         && range->before * 1000 <= plan->start_ms + CS_PULL_MARGIN_MS;
}

/* FALSE: none is to be read again, or that was done often enough and the counts will tell. */
static gboolean
read_slipped_again (CsPullPlan *plan)
{
  gboolean is_again = FALSE;

  for (guint i = 0; i < plan->ranges->len && plan->n_again < AGAIN_MAX; i++)
    {
      CsPullRange *range = cs_pull_plan_get_range (plan, i);

      if (!has_slipped (plan, range))
        continue;
      begin_again (range);
      is_again = TRUE;
    }
  plan->n_again += is_again;
  return is_again;
}

static void
step (CsPullPlan *plan)
{
  if (plan->n_in_flight > 0)
    return;
  if (plan->phase == CS_PULL_PHASE_SCAN && are_all (plan, is_range_read) && !read_slipped_again (plan))
    end_scan (plan);
  if (plan->phase == CS_PULL_PHASE_COUNT && are_all (plan, is_confirmed))
    begin_compare (plan);
  else if (plan->phase == CS_PULL_PHASE_COMPARE && are_all (plan, is_compared))
    end_compare (plan);
}

/* --- asking --- */

static gboolean
ask_delta (CsPullPlan *plan, CsPullQuery *query)
{
  if (plan->delta.is_asked)
    return FALSE;
  plan->delta.is_asked = TRUE;
  query->modified_since_ms = plan->delta.since_ms;
  query->by_id = plan->delta.page > 0;
  query->page = MAX (plan->delta.page, 1);
  return TRUE;
}

static gboolean
ask_scan (CsPullPlan *plan, CsPullQuery *query)
{
  for (guint i = 0; i < plan->ranges->len; i++)
    {
      CsPullRange *range = cs_pull_plan_get_range (plan, i);

      /* Its first page tells how many there are. */
      if (range->is_split || !range->is_due || range->n_asked >= MAX (range->page_count, 1))
        continue;
      range->n_asked++;
      query->range = i;
      query->page = range->n_asked;
      query->by_id = TRUE;
      bound_query (plan, range, query);
      return TRUE;
    }
  return FALSE;
}

static gboolean
ask_count (CsPullPlan *plan, CsPullQuery *query)
{
  for (guint i = 0; i < plan->ranges->len; i++)
    {
      CsPullRange *range = cs_pull_plan_get_range (plan, i);
      gboolean is_due = plan->phase == CS_PULL_PHASE_COUNT ? !range->is_confirmed : !range->is_split;

      if (range->is_asked || !is_due)
        continue;
      range->is_asked = TRUE;
      query->what = plan->phase == CS_PULL_PHASE_COUNT ? CS_PULL_COUNT : CS_PULL_COMPARE;
      query->range = i;
      query->by_id = query->summary_only = TRUE;
      query->expected = range->item_count;
      query->needs_unseen = !plan->is_first || plan->n_tries > 0;
      bound_query (plan, range, query);
      return TRUE;
    }
  return FALSE;
}

/**
 * cs_pull_plan_next:
 * @plan: a started plan
 * @query: (out caller-allocates): what to ask
 *
 * Each is owed its cs_pull_plan_answered(), cs_pull_plan_split() or cs_pull_plan_compared(), in this order.
 *
 * Returns: %FALSE: nothing may be asked now
 */
gboolean
cs_pull_plan_next (CsPullPlan *plan, CsPullQuery *query)
{
  gboolean is_asked = FALSE;

  g_assert (plan != NULL && query != NULL);

  *query = (CsPullQuery){ .page = 1, .from = CS_DATE_NONE, .before = CS_DATE_NONE };
  switch (plan->phase)
    {
    case CS_PULL_PHASE_GLANCE:
      is_asked = plan->n_in_flight == 0;
      query->newest_first = query->open_only = TRUE;
      break;
    case CS_PULL_PHASE_BEFORE:
    case CS_PULL_PHASE_DELTA:
      is_asked = ask_delta (plan, query);
      break;
    case CS_PULL_PHASE_SCAN:
      is_asked = ask_scan (plan, query);
      break;
    case CS_PULL_PHASE_COUNT:
    case CS_PULL_PHASE_COMPARE:
      is_asked = ask_count (plan, query);
      break;
    case CS_PULL_PHASE_DONE:
    default:
      break;
    }
  plan->n_in_flight += is_asked;
  return is_asked;
}

/* --- answers --- */

/* A moment of the ledger's clock that is surely not after the answer, whoever's clock is wrong. */
static gint64
get_safe_ms (const CsPullAnswer *answer)
{
  gint64 clock_ms = answer->clock_ms > 0 ? MIN (answer->clock_ms, answer->now_ms) : answer->now_ms;

  return MAX (clock_ms - CS_PULL_MARGIN_MS, 1);
}

static void
end_delta (CsPullPlan *plan)
{
  if (plan->phase == CS_PULL_PHASE_BEFORE)
    begin_scan (plan);
  else if (plan->run == 0)
    finish (plan);
  else
    begin_count (plan);
}

/* By id: no edit changes that order, so page may follow page. Some were edited meanwhile and slipped behind;
 * what is surely seen is of before the first page. */
static void
answer_delta_by_id (CsPullPlan *plan, const CsPullAnswer *answer)
{
  gint64 safe_ms = 0;

  plan->delta.high_ms = MAX (plan->delta.high_ms, answer->high_water_ms);
  if (plan->delta.begun_ms == 0)
    plan->delta.begun_ms = get_safe_ms (answer);
  if (answer->n_records > 0 && plan->delta.page < answer->page_count)
    {
      plan->delta.page++;
      return;
    }
  safe_ms = MIN (plan->delta.high_ms, plan->delta.begun_ms);
  plan->delta.page = 0;
  plan->delta.begun_ms = plan->delta.high_ms = 0;
  plan->cursor_ms = MAX (plan->cursor_ms, safe_ms);
  if (safe_ms - CS_PULL_OVERLAP_MS > plan->delta.since_ms)
    plan->delta.since_ms = safe_ms - CS_PULL_OVERLAP_MS;
  else
    end_delta (plan); /* so much within minutes: the next pull asks for it again */
}

/* In the order of the last change, asking again from the last one seen rather than by page number: a record
 * that is edited meanwhile moves to the end, and no other is skipped (xero-accounting.md 5.2, page drift).
 * Where a page lies within one second, that leads nowhere, and it goes by id. */
static void
answer_delta (CsPullPlan *plan, const CsPullAnswer *answer)
{
  gint64 next_ms = answer->high_water_ms - CS_PULL_OVERLAP_MS;

  plan->delta.is_asked = FALSE;
  if (answer->high_water_ms > plan->start_ms)
    plan->has_changed = TRUE;
  if (plan->delta.page > 0)
    {
      answer_delta_by_id (plan, answer);
      return;
    }
  plan->cursor_ms = MAX (plan->cursor_ms, answer->high_water_ms);
  if (answer->n_records == 0 || answer->page_count <= 1)
    end_delta (plan);
  else if (next_ms > plan->delta.since_ms)
    plan->delta.since_ms = next_ms;
  else
    plan->delta.page = 1;
}

static void
answer_scan (CsPullPlan *plan, const CsPullQuery *query, const CsPullAnswer *answer)
{
  CsPullRange *range = cs_pull_plan_get_range (plan, query->range);

  if (range->is_split)
    return;
  if (plan->start_ms == 0)
    plan->start_ms = get_safe_ms (answer);
  if (range->n_stored > 0 && answer->item_count != range->item_count)
    range->is_steady = FALSE;
  range->item_count = answer->item_count;
  range->n_stored = query->page;
  range->page_count = answer->n_records > 0 ? MAX (answer->page_count, 1) : query->page;
}

/**
 * cs_pull_plan_answered:
 * @plan: a plan
 * @query: what was asked: %CS_PULL_READ or %CS_PULL_COUNT
 * @answer: what came
 *
 * What is stored with the page is the plan as it is after this.
 */
void
cs_pull_plan_answered (CsPullPlan *plan, const CsPullQuery *query, const CsPullAnswer *answer)
{
  CsPullRange *range = NULL;

  g_assert (plan != NULL && plan->n_in_flight > 0);

  plan->n_in_flight--;
  if (query->what == CS_PULL_COUNT)
    {
      range = cs_pull_plan_get_range (plan, query->range);
      range->item_count = answer->item_count;
      range->is_confirmed = TRUE;
    }
  else if (plan->phase == CS_PULL_PHASE_GLANCE)
    begin_scan (plan);
  else if (plan->phase == CS_PULL_PHASE_SCAN)
    answer_scan (plan, query, answer);
  else
    answer_delta (plan, answer);
  step (plan);
}

/* The day, or the second, in the middle; FALSE: there is none. */
static gboolean
find_middle (const CsPullPlan *plan, const CsPullRange *range, CsDate today, gint64 *middle)
{
  gint64 unit = plan->traits.has_changes ? DAY_SECONDS : 1;
  gint64 first = range->from != CS_PULL_NO_BOUND ? range->from : EPOCH_DAYS * unit;
  gint64 last = range->before != CS_PULL_NO_BOUND ? range->before : (today.days + AHEAD_DAYS) * unit;

  if (range->from == CS_PULL_NO_BOUND && last <= EPOCH_DAYS * unit)
    first = last - CENTURY_DAYS * unit;
  if (range->before == CS_PULL_NO_BOUND && first >= last - 1)
    last = first + CENTURY_DAYS * unit;
  *middle = first + (last - first) / 2;
  /* Nothing changed before there were computers. */
  return *middle > first && *middle < last && *middle < FAR_DAYS * unit
         && *middle > (plan->traits.has_changes ? 0 : -FAR_DAYS);
}

/**
 * cs_pull_plan_split:
 * @plan: a plan
 * @query: what was refused, because the ledger would have to search too many
 * @today: about where most dates are
 * @run: the number of a full read, should this make one of it: greater than any before
 *
 * A range is asked for in two halves. Where what changed is refused, all is read anew, by ranges.
 *
 * Returns: %FALSE: it cannot be asked for in smaller pieces
 */
gboolean
cs_pull_plan_split (CsPullPlan *plan, const CsPullQuery *query, CsDate today, gint64 run)
{
  CsPullRange range;
  gint64 middle = 0;

  g_assert (plan != NULL && plan->n_in_flight > 0);

  plan->n_in_flight--;
  if (!plan->traits.has_dates && !plan->traits.has_changes)
    return FALSE;
  if (plan->phase == CS_PULL_PHASE_GLANCE || plan->phase == CS_PULL_PHASE_BEFORE)
    {
      begin_scan (plan);
      return TRUE;
    }
  if (plan->phase == CS_PULL_PHASE_DELTA)
    {
      if (plan->run != 0)
        return FALSE;
      plan->run = run;
      plan->was_full = TRUE;
      begin_scan (plan);
      return TRUE;
    }
  range = *cs_pull_plan_get_range (plan, query->range);
  if (!range.is_split)
    {
      if (plan->ranges->len >= RANGES_MAX || !find_middle (plan, &range, today, &middle))
        return FALSE;
      cs_pull_plan_get_range (plan, query->range)->is_split = TRUE;
      cs_pull_plan_get_range (plan, query->range)->is_confirmed = TRUE;
      add_range (plan, range.from, middle, range.is_due);
      add_range (plan, middle, range.before, range.is_due);
    }
  step (plan);
  return TRUE;
}

/**
 * cs_pull_plan_compared:
 * @plan: a plan
 * @query: %CS_PULL_COMPARE
 * @n_mirrored: how many the mirror has in the range, without those that are gone
 * @n_unseen: how many of them this run has not seen, of those that did not change after the cursor
 *
 * The ledger never takes a record away silently; should it do so once, then as many are unseen as the mirror
 * has too many. Anything else is a loss on the way, and a reason to read again. By last change an edit after
 * the ledger's count is in another range there than here: that is neither missing nor gone.
 *
 * Returns: whether the unseen ones are to be marked as gone
 */
gboolean
cs_pull_plan_compared (CsPullPlan *plan, const CsPullQuery *query, guint n_mirrored, guint n_unseen)
{
  CsPullRange *range = NULL;
  gboolean is_gone = FALSE;

  g_assert (plan != NULL && plan->phase == CS_PULL_PHASE_COMPARE && plan->n_in_flight > 0);

  plan->n_in_flight--;
  range = cs_pull_plan_get_range (plan, query->range);
  is_gone = plan->traits.has_marks && n_mirrored > range->item_count
            && plan->n_tries > (moves_between_ranges (plan) ? 1 : 0)
            && n_mirrored - range->item_count == n_unseen;
  /* As many as there should be, and some not seen: a page slipped past them. */
  range->is_due = n_mirrored < range->item_count
                  || (plan->traits.has_marks && !is_gone && (n_mirrored > range->item_count || n_unseen > 0));
  if (range->is_due)
    begin_again (range);
  plan->missing += n_mirrored < range->item_count ? range->item_count - n_mirrored : 0;
  step (plan);
  return is_gone;
}

/**
 * cs_pull_plan_start:
 * @plan: a new plan
 * @is_full: whether all is wanted
 * @run: the number of a new full read, greater than any before
 *
 * A full read that was left half done goes on, wanted or not: until its end the cursor is of before it.
 */
void
cs_pull_plan_start (CsPullPlan *plan, gboolean is_full, gint64 run)
{
  g_assert (plan != NULL && run > 0);

  if (plan->run == 0 && (is_full || plan->cursor_ms == 0))
    {
      plan->run = run;
      plan->is_first = plan->cursor_ms == 0;
      if (!plan->is_first)
        begin_delta (plan, CS_PULL_PHASE_BEFORE);
      else if (plan->traits.is_glanced)
        plan->phase = CS_PULL_PHASE_GLANCE;
      else
        begin_scan (plan);
    }
  else if (plan->run == 0)
    begin_delta (plan, CS_PULL_PHASE_DELTA);
  else if (plan->phase == CS_PULL_PHASE_BEFORE || plan->phase == CS_PULL_PHASE_DELTA)
    begin_delta (plan, plan->phase);
  plan->was_full = plan->run != 0;
  step (plan);
}
