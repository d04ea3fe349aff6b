/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-date.h"

G_BEGIN_DECLS

/* How one kind of record is read from a ledger: which question comes next, given what came back. Pure: asks
 * nobody, stores nothing, knows no clock.
 *
 * A full read goes: [a glance at the newest open ones] → [what changed since the cursor] → all, by id, page
 * beside page → what changed meanwhile → the ledger's counts → the mirror's. An incremental one is what
 * changed alone. Where counts differ, what changed is asked again, then the range is read again, then it is
 * said. */

/* Of the ledger: a page that was asked for may not yet show what changed within so long before the answer;
 * and how far the two clocks are trusted to agree. */
#define CS_PULL_MARGIN_MS G_GINT64_CONSTANT (300000)
/* Changes are compared to the second (xero-accounting.md 5.3). */
#define CS_PULL_OVERLAP_MS G_GINT64_CONSTANT (1000)

typedef struct
{
  gboolean has_dates;  /* can be asked for by date, where the ledger refuses to search so many */
  gboolean has_marks;  /* the mirror tells what a full read did not see */
  gboolean is_glanced; /* the first read shows the newest open ones first */
  /* Can be asked for by last change, likewise. An edit moves a record to another range, so where ranges are
   * read, the counts tell what slipped past a page. */
  gboolean has_changes;
} CsPullTraits;

typedef enum
{
  CS_PULL_READ,    /* a page, to be stored */
  CS_PULL_COUNT,   /* a page, for its count alone: cs_pull_plan_answered() */
  CS_PULL_COMPARE, /* the mirror's own count: cs_pull_plan_compared() */
} CsPullWhat;

typedef struct
{
  CsPullWhat what;
  guint range; /* the plan's own */
  guint page;
  gint64 modified_since_ms;
  gboolean by_id;
  gboolean newest_first;
  gboolean open_only;
  gboolean summary_only;
  gboolean needs_unseen; /* else the mirror may say 0 without looking, unless it has more than @expected */
  guint expected;        /* the ledger's count, to be compared with */
  CsDate from;
  CsDate before;
  gint64 changed_from_ms;   /* whole seconds; 0: no bound */
  gint64 changed_before_ms; /* likewise */
} CsPullQuery;

typedef struct
{
  guint n_records;
  guint page_count; /* 0: none */
  guint item_count;
  gint64 high_water_ms; /* the newest change among them; 0: none */
  gint64 clock_ms;      /* the ledger's own; 0: not said */
  gint64 now_ms;        /* ours */
} CsPullAnswer;

typedef struct _CsPullPlan CsPullPlan;

/* @stored: (nullable): what cs_pull_plan_to_string() said last: goes on from there. */
CsPullPlan *cs_pull_plan_new (const CsPullTraits *traits, gint64 cursor_ms, const char *stored);
void cs_pull_plan_free (CsPullPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsPullPlan, cs_pull_plan_free)
/* Full where @is_full, where nothing was ever read, or where one was left half done. @run: its number, should
 * it be a new one; greater than any before. */
void cs_pull_plan_start (CsPullPlan *plan, gboolean is_full, gint64 run);

/* FALSE: nothing may be asked until one that was asked is answered; or it is done. */
gboolean cs_pull_plan_next (CsPullPlan *plan, CsPullQuery *query);
/* Answers come in the order of the questions. */
void cs_pull_plan_answered (CsPullPlan *plan, const CsPullQuery *query, const CsPullAnswer *answer);
/* The ledger refuses to search so many. FALSE: there is no smaller question. */
gboolean cs_pull_plan_split (CsPullPlan *plan, const CsPullQuery *query, CsDate today, gint64 run);
/* @n_mirrored: the mirror's records in the range, those known to be gone not among them; @n_unseen: those
 * of them that this run has not seen and that did not change since the cursor. TRUE: those are gone. */
gboolean cs_pull_plan_compared (CsPullPlan *plan, const CsPullQuery *query, guint n_mirrored, guint n_unseen);

gboolean cs_pull_plan_is_done (const CsPullPlan *plan);
gboolean cs_pull_plan_is_full (const CsPullPlan *plan); /* it is, or was */
/* Whatever changed up to then, the full read has or will have; 0: not known, or it is none. */
gint64 cs_pull_plan_get_covered_ms (const CsPullPlan *plan);
gint64 cs_pull_plan_get_cursor_ms (const CsPullPlan *plan);
gint64 cs_pull_plan_get_run (const CsPullPlan *plan);
guint cs_pull_plan_get_expected (const CsPullPlan *plan); /* records, as far as they are known; 0: not */
/* How many the ledger has more than the mirror, after all that was tried. */
guint cs_pull_plan_get_missing (const CsPullPlan *plan);
/* (transfer full): to be stored with each page; "" when nothing is left to go on with. */
char *cs_pull_plan_to_string (const CsPullPlan *plan);

G_END_DECLS
