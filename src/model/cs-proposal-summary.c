/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-proposal-summary.h"

static CsMoney
sum_up (const CsProposal *proposal, CsBillingUnit unit)
{
  CsTotals totals = { 0 };

  /* A draft may hold amounts that overflow: the editor says so, a list need not. */
  if (!cs_proposal_compute_totals (proposal, unit, &totals, NULL))
    return cs_money_zero (proposal->currency);
  return totals.total;
}

/** cs_proposal_summary_new: Returns: (transfer full): @proposal (transfer full) and its sums */
CsProposalSummary *
cs_proposal_summary_new (CsProposal *proposal)
{
  CsProposalSummary *summary = g_new0 (CsProposalSummary, 1);

  summary->proposal = proposal;
  summary->upfront = sum_up (proposal, CS_BILLING_UNIT_ONCE);
  summary->monthly = sum_up (proposal, CS_BILLING_UNIT_MONTHS);
  return summary;
}

/** cs_proposal_summary_free: */
void
cs_proposal_summary_free (CsProposalSummary *summary)
{
  if (summary == NULL)
    return;
  g_clear_pointer (&summary->proposal, cs_proposal_free);
  g_free (summary);
}
