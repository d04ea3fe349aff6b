/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-records.h"

G_BEGIN_DECLS

/* What its services of one rhythm come to, with tax. */
typedef struct
{
  CsBillingRhythm rhythm;
  CsMoney total;
} CsProposalSum;

/* Of CsProposalSum. A draft may hold amounts that overflow: the editor says so, a sum need not. */
GArray *cs_proposal_sum_up (const CsProposal *proposal);
gboolean cs_proposal_is_too_large (const CsProposal *proposal); /* a sum is left out for that */

/* A proposal as a row of a list: with its sums. */
typedef struct
{
  CsProposal *proposal;
  GArray *sums;          /* of CsProposalSum, once first, then the more frequent; none of zero */
  gboolean needs_person; /* something of it is blocked, or waits for what is */
} CsProposalSummary;

CsProposalSummary *cs_proposal_summary_new (CsProposal *proposal); /* (transfer full) @proposal */
void cs_proposal_summary_free (CsProposalSummary *summary);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsProposalSummary, cs_proposal_summary_free)

G_END_DECLS
