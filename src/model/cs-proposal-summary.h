/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-records.h"

G_BEGIN_DECLS

/* A proposal as a row of a list: with its sums. */
typedef struct
{
  CsProposal *proposal;
  CsMoney upfront; /* with tax */
  CsMoney monthly;
  gboolean needs_person; /* something of it is blocked, or waits for what is */
} CsProposalSummary;

CsProposalSummary *cs_proposal_summary_new (CsProposal *proposal); /* (transfer full) @proposal */
void cs_proposal_summary_free (CsProposalSummary *summary);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsProposalSummary, cs_proposal_summary_free)

G_END_DECLS
