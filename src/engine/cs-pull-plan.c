/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-pull-plan.h"

#include <string.h>

#define FORMAT "1"
/* The first range that is halved: before it there is little, and after today little more. */
#define EPOCH_DAYS 0
#define AHEAD_DAYS 730
/* Fifty million records; a ledger that refuses more than that refuses whatever it is asked. */
#define RANGES_MAX 512

typedef enum
{
  PHASE_DONE,
  PHASE_GLANCE,
  PHASE_BEFORE, /* what changed since the cursor, so that the cursor is of the moment at which SCAN begins */
  PHASE_SCAN,
  PHASE_DELTA,
  PHASE_COUNT,
  PHASE_COMPARE,
} Phase;

typedef struct
{
  CsDate from;
  CsDate before;
  guint page_count;      /* 0: not known */
  guint item_count;      /* as the ledger last told */
  guint n_stored;        /* pages, from the first on */
  gboolean is_split;     /* two others took its place */
  gboolean is_due;       /* to be read */
  gboolean is_steady;    /* each page told the same item_count */
  gboolean is_confirmed; /* the count is of after the read */

  /* Not stored. */
  guint n_asked; /* pages */
  gboolean is_asked;
} Range;

struct _CsPullPlan
{
  CsPullTraits traits;
  Phase phase;
  gint64 cursor_ms;
  gint64 run;      /* of the full read; 0: an incremental one */
  gint64 start_ms; /* nothing that SCAN misses changed before; 0: not known yet */
  guint n_tries;   /* counts that differed */
  gboolean has_changed;
  gboolean is_first; /* the mirror has nothing that this run has not seen */
  GArray *ranges;

  /* Not stored. */
  guint n_in_flight;
  guint missing;
  gboolean was_full;
  struct
  {
    gint64 since_ms;
    guint page; /* by id; 0: by change */
    gint64 high_ms;
    gint64 begun_ms;
    gboolean is_asked;
  } delta;
};

static Range *
get_range (const CsPullPlan *plan, guint index)
{
  return &g_array_index (plan->ranges, Range, index);
}

static void
add_range (CsPullPlan *plan, CsDate from, CsDate before, gboolean is_due)
{
  const Range range = { .from = from, .before = before, .is_due = is_due, .is_steady = TRUE };

  g_array_append_val (plan->ranges, range);
}

/* --- phases --- */

static void
begin_delta (CsPullPlan *plan, Phase phase)
{
  plan->phase = phase;
  memset (&plan->delta, 0, sizeof plan->delta);
  plan->delta.since_ms = MAX (plan->cursor_ms - CS_PULL_OVERLAP_MS, 0);
}

static void
begin_scan (CsPullPlan *plan)
{
  plan->phase = PHASE_SCAN;
  plan->start_ms = plan->cursor_ms;
  if (plan->ranges->len == 0)
    add_range (plan, CS_DATE_NONE, CS_DATE_NONE, TRUE);
}

static void
finish (CsPullPlan *plan)
{
  plan->phase = PHASE_DONE;
  plan->run = 0;
}

static void
begin_count (CsPullPlan *plan)
{
  plan->phase = PHASE_COUNT;
  for (guint i = 0; i < plan->ranges->len; i++)
    {
      Range *range = get_range (plan, i);

      /* Nothing changed, not even in number, while it was read: then its own count is as good as a new one.
       */
      range->is_confirmed = range->is_split || (range->is_steady && !plan->has_changed && plan->n_tries == 0);
      range->is_asked = FALSE;
    }
}

static void
begin_compare (CsPullPlan *plan)
{
  plan->phase = PHASE_COMPARE;
  plan->missing = 0;
  for (guint i = 0; i < plan->ranges->len; i++)
    get_range (plan, i)->is_asked = FALSE;
}

/* Counts differ. First what changed is asked for again, since they are of different moments; then the ranges
 * that differ are read again; in the end it is said. */
static void
end_compare (CsPullPlan *plan)
{
  gboolean is_due = FALSE;

  for (guint i = 0; i < plan->ranges->len; i++)
    is_due = is_due || get_range (plan, i)->is_due;
  plan->n_tries++;
  if (!is_due || plan->n_tries > 3)
    finish (plan);
  else if (plan->n_tries == 2)
    plan->phase = PHASE_SCAN;
  else
    {
      for (guint i = 0; i < plan->ranges->len; i++)
        get_range (plan, i)->is_due = FALSE;
      begin_delta (plan, PHASE_DELTA);
    }
}

static gboolean
is_range_read (const Range *range)
{
  return range->is_split || !range->is_due || (range->page_count > 0 && range->n_stored >= range->page_count);
}

static gboolean
are_all (const CsPullPlan *plan, gboolean (*is_so) (const Range *range))
{
  for (guint i = 0; i < plan->ranges->len; i++)
    if (!is_so (get_range (plan, i)))
      return FALSE;
  return TRUE;
}

static gboolean
is_confirmed (const Range *range)
{
  return range->is_confirmed;
}

static gboolean
is_compared (const Range *range)
{
  return range->is_split || range->is_asked;
}

static void
end_scan (CsPullPlan *plan)
{
  for (guint i = 0; i < plan->ranges->len; i++)
    get_range (plan, i)->is_due = FALSE;
  plan->cursor_ms = MAX (plan->cursor_ms, plan->start_ms);
  begin_delta (plan, PHASE_DELTA);
}

static void
step (CsPullPlan *plan)
{
  if (plan->n_in_flight > 0)
    return;
  if (plan->phase == PHASE_SCAN && are_all (plan, is_range_read))
    end_scan (plan);
  if (plan->phase == PHASE_COUNT && are_all (plan, is_confirmed))
    begin_compare (plan);
  else if (plan->phase == PHASE_COMPARE && are_all (plan, is_compared))
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
      Range *range = get_range (plan, i);

      /* Its first page tells how many there are. */
      if (range->is_split || !range->is_due || range->n_asked >= MAX (range->page_count, 1))
        continue;
      range->n_asked++;
      query->range = i;
      query->page = range->n_asked;
      query->by_id = TRUE;
      query->from = range->from;
      query->before = range->before;
      return TRUE;
    }
  return FALSE;
}

static gboolean
ask_count (CsPullPlan *plan, CsPullQuery *query)
{
  for (guint i = 0; i < plan->ranges->len; i++)
    {
      Range *range = get_range (plan, i);
      gboolean is_due = plan->phase == PHASE_COUNT ? !range->is_confirmed : !range->is_split;

      if (range->is_asked || !is_due)
        continue;
      range->is_asked = TRUE;
      query->what = plan->phase == PHASE_COUNT ? CS_PULL_COUNT : CS_PULL_COMPARE;
      query->range = i;
      query->by_id = query->summary_only = TRUE;
      query->needs_unseen = !plan->is_first || plan->n_tries > 0;
      query->from = range->from;
      query->before = range->before;
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
    case PHASE_GLANCE:
      is_asked = plan->n_in_flight == 0;
      query->newest_first = query->open_only = TRUE;
      break;
    case PHASE_BEFORE:
    case PHASE_DELTA:
      is_asked = ask_delta (plan, query);
      break;
    case PHASE_SCAN:
      is_asked = ask_scan (plan, query);
      break;
    case PHASE_COUNT:
    case PHASE_COMPARE:
      is_asked = ask_count (plan, query);
      break;
    case PHASE_DONE:
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
  if (plan->phase == PHASE_BEFORE)
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
  Range *range = get_range (plan, query->range);

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
  Range *range = NULL;

  g_assert (plan != NULL && plan->n_in_flight > 0);

  plan->n_in_flight--;
  if (query->what == CS_PULL_COUNT)
    {
      range = get_range (plan, query->range);
      range->item_count = answer->item_count;
      range->is_confirmed = TRUE;
    }
  else if (plan->phase == PHASE_GLANCE)
    begin_scan (plan);
  else if (plan->phase == PHASE_SCAN)
    answer_scan (plan, query, answer);
  else
    answer_delta (plan, answer);
  step (plan);
}

/* The day in the middle; FALSE: there is none. */
static gboolean
find_middle (const Range *range, CsDate today, CsDate *middle)
{
  gint32 first = cs_date_is_set (range->from) ? range->from.days : EPOCH_DAYS;
  gint32 last = cs_date_is_set (range->before) ? range->before.days : today.days + AHEAD_DAYS;

  if (!cs_date_is_set (range->from) && last <= EPOCH_DAYS)
    first = last - 36525; /* a century at a time */
  if (!cs_date_is_set (range->before) && first >= last - 1)
    last = first + 36525;
  middle->days = first + (last - first) / 2;
  return middle->days > first && middle->days < last && middle->days > -3000000 && middle->days < 3000000;
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
  Range range;
  CsDate middle;

  g_assert (plan != NULL && plan->n_in_flight > 0);

  plan->n_in_flight--;
  if (!plan->traits.has_dates)
    return FALSE;
  if (plan->phase == PHASE_GLANCE || plan->phase == PHASE_BEFORE)
    {
      begin_scan (plan);
      return TRUE;
    }
  if (plan->phase == PHASE_DELTA)
    {
      if (plan->run != 0)
        return FALSE;
      plan->run = run;
      plan->was_full = TRUE;
      begin_scan (plan);
      return TRUE;
    }
  range = *get_range (plan, query->range);
  if (!range.is_split)
    {
      if (plan->ranges->len >= RANGES_MAX || !find_middle (&range, today, &middle))
        return FALSE;
      get_range (plan, query->range)->is_split = TRUE;
      get_range (plan, query->range)->is_confirmed = TRUE;
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
 * has too many. Anything else is a loss on the way, and a reason to read again.
 *
 * Returns: whether the unseen ones are to be marked as gone
 */
gboolean
cs_pull_plan_compared (CsPullPlan *plan, const CsPullQuery *query, guint n_mirrored, guint n_unseen)
{
  Range *range = NULL;
  gboolean is_gone = FALSE;

  g_assert (plan != NULL && plan->phase == PHASE_COMPARE && plan->n_in_flight > 0);

  plan->n_in_flight--;
  range = get_range (plan, query->range);
  is_gone = plan->traits.has_marks && n_mirrored > range->item_count && plan->n_tries > 0
            && n_mirrored - range->item_count == n_unseen;
  /* As many as there should be, and some not seen: a page slipped past them. */
  range->is_due = n_mirrored < range->item_count
                  || (plan->traits.has_marks && !is_gone && (n_mirrored > range->item_count || n_unseen > 0));
  if (range->is_due)
    range->page_count = range->n_stored = range->n_asked = 0;
  plan->missing += n_mirrored < range->item_count ? range->item_count - n_mirrored : 0;
  step (plan);
  return is_gone;
}

/* --- the plan --- */

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
  Phase phase = PHASE_DONE;

  g_assert (plan != NULL);

  if (plan->run == 0)
    return g_strdup ("");
  phase = plan->phase == PHASE_COUNT || plan->phase == PHASE_COMPARE ? PHASE_DELTA : plan->phase;
  text = g_string_new (FORMAT);
  g_string_append_printf (text, " %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u %d %d", (int)phase,
                          plan->run, plan->start_ms, plan->n_tries, plan->has_changed, plan->is_first);
  for (guint i = 0; i < plan->ranges->len; i++)
    {
      const Range *range = get_range (plan, i);

      if (!range->is_split)
        g_string_append_printf (text, ";%d %d %u %u %u %d %d", range->from.days, range->before.days,
                                range->page_count, range->item_count, range->n_stored, range->is_due,
                                range->is_steady);
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
  Range range = { 0 };

  if (!parse_numbers (text, numbers, G_N_ELEMENTS (numbers)) || numbers[2] < 0 || numbers[3] < 0
      || numbers[4] < 0 || numbers[4] > numbers[2])
    return FALSE;
  range.from.days = (gint32)numbers[0];
  range.before.days = (gint32)numbers[1];
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
      || numbers[1] <= PHASE_DONE || numbers[1] > PHASE_DELTA || numbers[2] <= 0)
    return FALSE;
  plan->phase = (Phase)numbers[1];
  plan->run = numbers[2];
  plan->start_ms = numbers[3];
  plan->n_tries = (guint)CLAMP (numbers[4], 0, 3);
  plan->has_changed = numbers[5] != 0;
  plan->is_first = numbers[6] != 0;
  for (guint i = 1; parts[i] != NULL; i++)
    if (!parse_range (plan, parts[i]))
      return FALSE;
  return plan->phase < PHASE_SCAN || plan->ranges->len > 0;
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
  plan->ranges = g_array_new (FALSE, TRUE, sizeof (Range));
  if (stored == NULL || *stored == '\0' || parse (plan, stored))
    return plan;
  plan->phase = PHASE_DONE;
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
        begin_delta (plan, PHASE_BEFORE);
      else if (plan->traits.is_glanced)
        plan->phase = PHASE_GLANCE;
      else
        begin_scan (plan);
    }
  else if (plan->run == 0)
    begin_delta (plan, PHASE_DELTA);
  else if (plan->phase == PHASE_BEFORE || plan->phase == PHASE_DELTA)
    begin_delta (plan, plan->phase);
  plan->was_full = plan->run != 0;
  step (plan);
}

/** cs_pull_plan_is_done: Returns: whether nothing is left to ask */
gboolean
cs_pull_plan_is_done (const CsPullPlan *plan)
{
  g_assert (plan != NULL);

  return plan->phase == PHASE_DONE;
}

/** cs_pull_plan_is_full: Returns: whether this is, or was, a full read */
gboolean
cs_pull_plan_is_full (const CsPullPlan *plan)
{
  g_assert (plan != NULL);

  return plan->was_full;
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
    if (!get_range (plan, i)->is_split)
      n += get_range (plan, i)->item_count;
  return n;
}

/** cs_pull_plan_get_missing: Returns: how many the ledger has more than the mirror, when it is done */
guint
cs_pull_plan_get_missing (const CsPullPlan *plan)
{
  g_assert (plan != NULL);

  return plan->missing;
}
