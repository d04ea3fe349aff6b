/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-ledger-lists.h"
#include "cs-preview.h"
#include "cs-proposal-progress.h"

G_BEGIN_DECLS

/* Rows of what an accepted proposal writes. Their buttons activate agreement.retry, agreement.renumber,
 * agreement.adopt and agreement.cancel (s: the journal row), agreement.send-planned, agreement.skip and
 * agreement.undo-skip (s: the planned invoice); menus agreement.pause, agreement.resume and agreement.stop
 * (s: the service). */
void cs_agreement_rows_fill_written (GtkListBox *list, CsProposalProgress *progress, CsSession *session);
void
cs_agreement_rows_fill_planned (GtkListBox *list, CsProposalProgress *progress, const CsProposal *proposal);

GtkWidget *cs_agreement_rows_new_line (const CsProposal *proposal,
                                       const CsProposalLine *line,
                                       CsLedgerLists *lists,
                                       CsDate today);

G_END_DECLS
