/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-proposal-summary.h"

/** cs_proposal_sum_up: Returns: (transfer full) (element-type CsProposalSum): what is billed how often */
GArray *
cs_proposal_sum_up (const CsProposal *proposal)
{
  GArray *sums = g_array_new (FALSE, FALSE, sizeof (CsProposalSum));
  g_autoptr (GArray) rhythms = cs_proposal_list_rhythms (proposal);

  for (guint i = 0; i < rhythms->len; i++)
    {
      CsProposalSum sum = { .rhythm = g_array_index (rhythms, CsBillingRhythm, i) };
      CsTotals totals = { 0 };

      if (!cs_proposal_compute_totals (proposal, sum.rhythm, &totals, NULL)
          || cs_money_is_zero (totals.total))
        continue;
      sum.total = totals.total;
      g_array_append_val (sums, sum);
    }
  return sums;
}

static gboolean
has_sound_lines (const CsProposal *proposal)
{
  for (guint i = 0; i < proposal->lines->len; i++)
    {
      const CsProposalLine *line = g_ptr_array_index (proposal->lines, i);
      const CsLineAmounts amounts = { line->quantity, line->unit_price, line->tax_rate };
      CsLineResult result;

      if (!cs_tax_compute_line (&amounts, proposal->tax_mode, proposal->currency, &result, NULL))
        return FALSE;
    }
  return TRUE;
}

/** cs_proposal_is_too_large: Returns: whether what is billed in one rhythm comes to more than money can hold;
 * not where one line alone does, which is said of that line
 */
gboolean
cs_proposal_is_too_large (const CsProposal *proposal)
{
  g_autoptr (GArray) rhythms = cs_proposal_list_rhythms (proposal);
  CsTotals totals = { 0 };

  for (guint i = 0; i < rhythms->len; i++)
    if (!cs_proposal_compute_totals (proposal, g_array_index (rhythms, CsBillingRhythm, i), &totals, NULL))
      return has_sound_lines (proposal);
  return FALSE;
}

/** cs_proposal_summary_new: Returns: (transfer full): @proposal (transfer full) and its sums */
CsProposalSummary *
cs_proposal_summary_new (CsProposal *proposal)
{
  CsProposalSummary *summary = g_new0 (CsProposalSummary, 1);

  summary->proposal = proposal;
  summary->sums = cs_proposal_sum_up (proposal);
  return summary;
}

/** cs_proposal_summary_free: */
void
cs_proposal_summary_free (CsProposalSummary *summary)
{
  if (summary == NULL)
    return;
  g_clear_pointer (&summary->sums, g_array_unref);
  g_clear_pointer (&summary->proposal, cs_proposal_free);
  g_free (summary);
}
