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
GtkWidget *cs_agreement_rows_new_operation (const CsOperation *operation,
                                            const CsPlannedInvoice *planned,
                                            CsSession *session);
GtkWidget *cs_agreement_rows_new_planned (const CsPlannedInvoice *planned);
GtkWidget *cs_agreement_rows_new_missed (const CsPlannedInvoice *planned);
GtkWidget *cs_agreement_rows_new_series (const CsPreviewSeries *series, GPtrArray *planned, guint start);

GtkWidget *cs_agreement_rows_new_line (const CsProposal *proposal,
                                       const CsProposalLine *line,
                                       CsLedgerLists *lists,
                                       CsDate today);

G_END_DECLS
