/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-date.h"
#include "cs-future.h"
#include "cs-practice-entry.h"

G_BEGIN_DECLS

/* When a practice wants a run while nobody has it open: read from its file, without its lock. Moments are UTC
 * milliseconds; CS_DESK_NEVER_MS: not by itself. */
#define CS_DESK_NEVER_MS G_MAXINT64
typedef struct
{
  gboolean is_connected; /* and signed in: else a run could do nothing */
  gint64 pull_ms;        /* the daily read */
  gint64 push_ms;        /* something waits, and may go then */
} CsDeskDue;

DexFuture *cs_desk_read_due (const CsPracticeEntry *entry,
                             const CsClock *clock) G_GNUC_WARN_UNUSED_RESULT; /* CsDeskDue */

G_END_DECLS
