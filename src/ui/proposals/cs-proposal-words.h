/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-ledger-lists.h"
#include "cs-proposal-editor.h"

G_BEGIN_DECLS

/* What domain says in codes, for a person. (transfer full) */
char *cs_proposal_words_missing (const char *code);      /* "Service 2: choose an account" */
guint cs_proposal_words_missing_line (const char *code); /* counted from 1; 0: no line's */
char *cs_proposal_words_line (const CsProposal *proposal,
                              const CsProposalLine *line,
                              CsLedgerLists *lists); /* "2 × 575.00 · 200 Sales · …" */
char *cs_proposal_words_line_amount (const CsProposal *proposal, const CsProposalLine *line);
char *
cs_proposal_words_totals (const CsTotals *totals, CsTaxMode mode); /* "Subtotal 1,000.00 · Tax 150.00" */
const char *cs_proposal_words_method (CsAcceptanceMethod method);  /* (transfer none) */

G_END_DECLS
