/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-journal-engine.h"
#include "cs-outcome.h"
#include "cs-ledger.h"

G_BEGIN_DECLS

/* What a send or a probe taught us, before the engine says what follows from it. */
typedef struct
{
  CsJournalEvent event;
  CsRemoteFailure failure;
  GError *error; /* (nullable): its words are kept with the row */
  CsOutcome code;
  CsLedgerContact *contact; /* what was made or found */
  CsLedgerInvoice *invoice;
} CsPushAnswer;

void cs_push_answer_clear (CsPushAnswer *answer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CsPushAnswer, cs_push_answer_clear)
void cs_push_answer_read_error (CsPushAnswer *answer, CsLedger *ledger);

G_END_DECLS
