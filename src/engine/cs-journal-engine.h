/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-states.h"

G_BEGIN_DECLS

/* The order of the journal, decided and nothing done: row and event in, next row and next step out. */

typedef struct
{
  CsJournalState state;
  guint generation; /* 0 until first frozen; a new one after an empty probe or a definite refusal */
  guint attempts;   /* sends and probes that failed in a row */
  gint64 next_ms;   /* earliest moment of the next step */
  gint64 epoch;     /* under which it was last sent */
  gboolean has_frozen_bytes;
  gboolean was_taken; /* it is in doubt because of CS_EVENT_TAKEN: an empty probe then settles nothing */
} CsJournalRow;

typedef enum
{
  CS_STEP_NOTHING, /* done, cancelled, blocked, or its dependencies are not done */
  CS_STEP_WAIT,    /* until row->next_ms */
  CS_STEP_RELEASE, /* the hold is over: make it queued */
  CS_STEP_FREEZE,  /* freeze the bytes, set the generation, commit *sending* under the epoch, then send */
  CS_STEP_PROBE,   /* ask the ledger whether it arrived */
} CsJournalStep;

typedef enum
{
  CS_EVENT_HOLD_ENDED,
  CS_EVENT_FROZEN,   /* *sending* is committed */
  CS_EVENT_ACCEPTED, /* the answer says: made */
  CS_EVENT_REFUSED,  /* a definite refusal: a person must act */
  CS_EVENT_OUTDATED, /* a definite refusal of what the bytes name, which is another by now: write them anew */
  CS_EVENT_TAKEN,    /* refused because the number or name is there already: perhaps by us, earlier */
  CS_EVENT_NOT_SENT, /* surely not done: 429, no route, token expired */
  CS_EVENT_UNKNOWN,  /* time-out, cut, 5xx: it may have arrived */
  CS_EVENT_SIGN_IN_NEEDED, /* surely not done; waits for a person to sign in */
  CS_EVENT_PROBE_ABSENT,
  CS_EVENT_PROBE_EQUAL,     /* found, unlinked, equal in contact, date, currency and total */
  CS_EVENT_PROBE_DIFFERENT, /* found, but not ours beyond doubt: a person decides */
  CS_EVENT_PROBE_FAILED,
  CS_EVENT_RESTARTED,     /* found in *sending* at start, or a new epoch */
  CS_EVENT_RESTORED,      /* the file was restored or copied: it may have been sent since */
  CS_EVENT_PERSON_RETRY,  /* of a blocked row: mended; of a waiting or doubtful one: do not wait; of a waiting
                             row: go at once */
  CS_EVENT_PERSON_ADOPT,  /* of a blocked row: what the ledger has is this one */
  CS_EVENT_PERSON_CANCEL, /* of a held, queued, waiting or blocked row */
} CsJournalEvent;

/* @dependencies_done: every row it waits for is done. @current_epoch: of the lock we hold. */
CsJournalStep cs_journal_next_step (const CsJournalRow *row,
                                    gboolean dependencies_done,
                                    gint64 current_epoch,
                                    gint64 now_ms);

/* Found in *sending* under another epoch than ours: CS_EVENT_RESTARTED is due. */
gboolean cs_journal_is_orphaned (const CsJournalRow *row, gint64 current_epoch);

/* @jitter: 0 … 1, drawn by the caller. @retry_after_ms: what the remote asked for, 0 if nothing.
 * FALSE with CS_DOMAIN_ERROR_STATE when this state cannot take that event: nothing is changed then. */
gboolean cs_journal_apply (CsJournalRow *row,
                           CsJournalEvent event,
                           gint64 now_ms,
                           gint64 retry_after_ms,
                           double jitter,
                           GError **error);

/* Whether what was told to wait until @next_ms has waited: a clock may have been ahead when that was
 * reckoned. */
gboolean cs_journal_has_waited (gint64 next_ms, gint64 now_ms);

/* Exponential with full jitter, capped. */
#define CS_BACKOFF_BASE_MS G_GINT64_CONSTANT (1000)
#define CS_BACKOFF_MAX_MS G_GINT64_CONSTANT (600000)
gint64 cs_backoff_ms (guint attempts, double jitter);

G_END_DECLS
