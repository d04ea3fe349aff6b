/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-record.h"
#include "cs-proposal-summary.h"

G_BEGIN_DECLS

/* A proposal of the practice. */
#define CS_TYPE_PROPOSAL_ITEM (cs_proposal_item_get_type ())
G_DECLARE_FINAL_TYPE (CsProposalItem, cs_proposal_item, CS, PROPOSAL_ITEM, GObject)

CsRecord *cs_proposal_item_new (gpointer summary); /* (transfer full) @summary, a CsProposalSummary */
const CsProposalSummary *cs_proposal_item_get (CsProposalItem *self);
gboolean cs_proposal_item_matches (CsProposalItem *self, const char *query);

G_END_DECLS
