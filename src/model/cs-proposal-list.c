/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-proposal-list.h"
#include "cs-operation-private.h"
#include "cs-store-proposals.h"

static gboolean
needs_person (GPtrArray *operations, const CsUuid *proposal_id)
{
  for (guint i = 0; i < operations->len; i++)
    {
      const CsOperation *operation = operations->pdata[i];

      if (operation->state == CS_JOURNAL_BLOCKED && cs_uuid_equal (&operation->proposal_id, proposal_id))
        return TRUE;
    }
  return FALSE;
}

static gpointer
read_proposals (CsStore *store, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) proposals = cs_store_list_proposals (store, error);
  g_autoptr (GPtrArray) summaries = NULL;

  g_autoptr (GPtrArray) operations = proposals != NULL ? cs_operation_list (store, NULL, error) : NULL;

  if (operations == NULL)
    return NULL;
  summaries = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_proposal_summary_free);
  for (guint i = 0; i < proposals->len; i++)
    {
      /* The list may come without lines, which the sums need. */
      CsProposalSummary *summary;
      CsProposal *whole = cs_store_get_proposal (store, &((CsProposal *)proposals->pdata[i])->id, error);

      if (whole == NULL)
        return NULL;
      summary = cs_proposal_summary_new (whole);
      summary->needs_person = needs_person (operations, &whole->id);
      g_ptr_array_add (summaries, summary);
    }
  return g_steal_pointer (&summaries);
}

static const CsRecordSource source
    = { CS_CHANGE_PROPOSALS | CS_CHANGE_CLIENTS | CS_CHANGE_JOURNAL, read_proposals, cs_proposal_item_new };

/** cs_proposal_list_new: Returns: (transfer full): the proposals of @session's practice */
CsRecordList *
cs_proposal_list_new (CsSession *session)
{
  return cs_record_list_new (session, &source);
}
