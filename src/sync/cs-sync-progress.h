/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How far a pull is, and what the ledger's allowance looks like: figures for whoever shows them. */

typedef enum
{
  CS_SYNC_STAGE_IDLE,
  CS_SYNC_STAGE_SETTINGS, /* organisation, accounts, tax rates and the other short lists */
  CS_SYNC_STAGE_READING,  /* the records of a full read; its end is known */
  CS_SYNC_STAGE_CHANGES,  /* what changed since the last time; its end is not known beforehand */
  CS_SYNC_STAGE_CHECKING, /* counts, and what a list of changes does not show */
} CsSyncStage;

typedef struct
{
  CsSyncStage stage;
  guint done;       /* records stored by this pull */
  guint expected;   /* as far as the ledger told; 0: not known */
  guint per_second; /* records, over the last while; 0: not known yet */
  gint64 left_ms;   /* at that rate; -1: not known */
} CsSyncProgress;

/* The calls of one organisation [B-21]. */
typedef struct
{
  guint minute_used; /* by this desk, in the last sixty seconds */
  guint minute_limit;
  int minute_remaining;   /* as the ledger last said; -1: it has said nothing within the minute */
  guint day_used;         /* by this desk since it was opened, in the last 24 hours */
  guint day_limit;        /* 0: not known yet */
  int day_remaining;      /* as the ledger last said, for all who use this connection; -1: not known */
  guint minute_reserved;  /* kept back for what is sent */
  guint day_reserved;     /* likewise */
  gint64 forecast_ms;     /* when reads would run out of today's calls at this rate; 0: they will not */
  gint64 parked_until_ms; /* no read goes before; 0: they go */
} CsMeter;

G_END_DECLS
