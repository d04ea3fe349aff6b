/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-pull-plan.h"

G_BEGIN_DECLS

/* Kept as numbers: never renumbered, only added to. */
typedef enum
{
  CS_PULL_PHASE_DONE,
  CS_PULL_PHASE_GLANCE,
  CS_PULL_PHASE_BEFORE, /* what changed since the cursor, so that the cursor is of the moment at which SCAN
                           begins */
  CS_PULL_PHASE_SCAN,
  CS_PULL_PHASE_DELTA,
  CS_PULL_PHASE_COUNT,
  CS_PULL_PHASE_COMPARE,
} CsPullPhase;

/* How often counts may differ before it is said. */
#define CS_PULL_TRIES_MAX 5u

/* Beyond every range; as CS_DATE_NONE is kept. */
#define CS_PULL_NO_BOUND ((gint64)G_MININT32)

typedef struct
{
  gint64 from; /* days; by last change: seconds */
  gint64 before;
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
} CsPullRange;

struct _CsPullPlan
{
  CsPullTraits traits;
  CsPullPhase phase;
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
  guint n_again; /* how often what slipped was read again */
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

CsPullRange *cs_pull_plan_get_range (const CsPullPlan *plan, guint index);

G_END_DECLS
