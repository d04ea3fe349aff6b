/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-operation.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* A planned invoice and how far it got. */
typedef struct
{
  CsPlannedInvoice *planned;
  const CsOperation *operation; /* (nullable): not released yet */
  gboolean needs_word;          /* its day has passed: a person bills or skips it [U-11] */
} CsProgressRow;

/* Whether the acceptance can be undone. */
typedef enum
{
  CS_PROGRESS_UNDO_OVER,      /* nothing is held, nor is the acceptance itself */
  CS_PROGRESS_UNDO_POSSIBLE,  /* all that there is is still held */
  CS_PROGRESS_UNDO_KEPT_BACK, /* a person kept an invoice from being sent: not unless that is taken back */
  CS_PROGRESS_UNDO_TOO_LATE,  /* part of it went its way */
} CsProgressUndo;

/* What an accepted proposal has written, and will. Signals "changed", and "moved" (CsOperation *): one that
 * just came to an end, well or not, to be said aloud. */
#define CS_TYPE_PROPOSAL_PROGRESS (cs_proposal_progress_get_type ())
G_DECLARE_FINAL_TYPE (CsProposalProgress, cs_proposal_progress, CS, PROPOSAL_PROGRESS, GObject)

CsProposalProgress *cs_proposal_progress_new (CsSession *session, const CsUuid *proposal_id);
gboolean cs_proposal_progress_is_loaded (CsProposalProgress *self);
GPtrArray *
cs_proposal_progress_get_rows (CsProposalProgress *self); /* (transfer none) of CsProgressRow, by date */
const CsOperation *cs_proposal_progress_get_contact (CsProposalProgress *self); /* (nullable) */
gint64 cs_proposal_progress_get_hold_until_ms (CsProposalProgress *self);       /* 0: nothing is held */
gboolean cs_proposal_progress_holds_rows (CsProposalProgress *self); /* else only the acceptance itself */
const CsOperation *cs_proposal_progress_find (CsProposalProgress *self, const CsUuid *id); /* (nullable) */
CsProgressUndo cs_proposal_progress_get_undo (CsProposalProgress *self);

G_END_DECLS
