/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-journal-engine.h"
#include "cs-session-private.h"
#include "cs-store-journal.h"

G_BEGIN_DECLS

/* One step of one row of the journal: what the engine says is next, done, and the engine told how it went.
 * Called in a fiber, for one row at a time. */
typedef struct
{
  gint64 wake_ms;         /* when to look again at the latest */
  gboolean is_moved;      /* some row moved: read the journal again */
  gboolean jobs_moved;    /* and so did some job, whatever became of the rows */
  gint64 parked_until_ms; /* until when a row that wanted to go may not; 0: none */
  gboolean may_send;      /* FALSE: nothing leaves in this round; holds still end */
} CsPushRound;

CsJournalRow cs_push_row_read (const CsJournalEntry *entry);
gint64 cs_push_row_get_due_ms (CsSession *session, const CsJournalEntry *entry);
gboolean
cs_push_row_step (CsSession *session, const CsJournalEntry *entry, CsPushRound *round, GError **error);
gboolean
cs_push_row_feed (CsSession *session, const CsJournalEntry *entry, CsJournalEvent event, GError **error);
gboolean cs_push_row_refuse_person (GError **error); /* FALSE, CS_STORE_ERROR_STATE, in words for a person */

G_END_DECLS
