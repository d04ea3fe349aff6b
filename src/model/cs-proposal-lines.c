/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-proposal-editor-private.h"

/** cs_proposal_editor_add_line: Returns: (transfer none): a new last line, with the practice's account and
 * tax */
CsProposalLine *
cs_proposal_editor_add_line (CsProposalEditor *self, gboolean is_monthly)
{
  CsProposal *proposal = cs_proposal_editor_edit (self);
  const CsProposalLine *last;
  g_autoptr (CsResolvedShape) shape = NULL;
  CsProposalLine *line;

  g_return_val_if_fail (proposal != NULL, NULL);

  shape = cs_proposal_resolve (proposal);
  last = proposal->lines->len > 0 ? proposal->lines->pdata[proposal->lines->len - 1] : NULL;
  line = cs_proposal_line_new ();
  line->quantity = CS_DECIMAL (1);
  g_set_str (&line->account_code, last != NULL ? last->account_code : "");
  g_set_str (&line->tax_type, last != NULL ? last->tax_type : shape->tax_type);
  line->tax_rate = last != NULL ? last->tax_rate : CS_DECIMAL (0);
  line->billing
      = is_monthly ? cs_billing_rule_monthly (proposal->designated_day) : cs_billing_rule_upfront ();
  g_ptr_array_add (proposal->lines, line);
  cs_proposal_editor_touch (self);
  return line;
}

/** cs_proposal_editor_remove_line: takes a line away; cs_proposal_editor_restore_line() brings it back. */
void
cs_proposal_editor_remove_line (CsProposalEditor *self, guint index)
{
  CsProposal *proposal = cs_proposal_editor_edit (self);

  g_return_if_fail (proposal != NULL && index < proposal->lines->len);

  cs_proposal_editor_forget_shapes (self);
  g_clear_pointer (&self->removed_line, cs_proposal_line_free);
  self->removed_line = cs_proposal_line_copy (proposal->lines->pdata[index]);
  self->removed_index = index;
  g_ptr_array_remove_index (proposal->lines, index);
  cs_proposal_editor_touch (self);
}

/** cs_proposal_editor_restore_line: Returns: whether there was a line to bring back */
gboolean
cs_proposal_editor_restore_line (CsProposalEditor *self)
{
  g_return_val_if_fail (CS_IS_PROPOSAL_EDITOR (self), FALSE);

  if (self->removed_line == NULL || !cs_proposal_editor_is_draft (self))
    return FALSE;
  g_ptr_array_insert (self->proposal->lines, (int)MIN (self->removed_index, self->proposal->lines->len),
                      g_steal_pointer (&self->removed_line));
  cs_proposal_editor_touch (self);
  return TRUE;
}

/** cs_proposal_editor_move_line: the order is that of the invoice. */
void
cs_proposal_editor_move_line (CsProposalEditor *self, guint from, guint to)
{
  CsProposal *proposal = cs_proposal_editor_edit (self);

  g_return_if_fail (proposal != NULL && from < proposal->lines->len && to < proposal->lines->len);

  g_ptr_array_insert (proposal->lines, (int)to, g_ptr_array_steal_index (proposal->lines, from));
  cs_proposal_editor_touch (self);
}

/** cs_proposal_editor_set_designated_day: what recurs by months or years is invoiced on that day [P-05]. */
void
cs_proposal_editor_set_designated_day (CsProposalEditor *self, guint day)
{
  CsProposal *proposal = cs_proposal_editor_edit (self);

  g_return_if_fail (proposal != NULL && day >= 1 && day <= 31);

  proposal->designated_day = day;
  for (guint i = 0; i < proposal->lines->len; i++)
    {
      CsProposalLine *line = proposal->lines->pdata[i];

      if (line->billing.unit == CS_BILLING_UNIT_MONTHS || line->billing.unit == CS_BILLING_UNIT_YEARS)
        line->billing.designated_day = day;
    }
  cs_proposal_editor_touch (self);
}

/** cs_proposal_editor_preview: Returns: (transfer full) (nullable): what accepting it on that day would do */
CsPreview *
cs_proposal_editor_preview (CsProposalEditor *self, CsDate accepted_on, GError **error)
{
  CsPreviewFacts facts;

  g_return_val_if_fail (CS_IS_PROPOSAL_EDITOR (self) && self->proposal != NULL, NULL);

  facts = (CsPreviewFacts){ self->facts != NULL ? &self->facts->world : NULL, self->numbers,
                            self->client_numbers };
  return cs_preview_new (self->proposal, self->client, self->known, cs_session_get_settings (self->session),
                         &facts, accepted_on, cs_session_get_today (self->session), error);
}

/**
 * cs_proposal_create:
 * @session: the practice
 * @client_id: whom it is for
 *
 * Returns: (transfer full): resolves to the #CsProposal as saved: a draft, as the practice usually bills
 */
DexFuture *
cs_proposal_create (CsSession *session, const CsUuid *client_id)
{
  const CsSettings *settings = cs_session_get_settings (session);
  const CsConnection *connection = cs_session_get_connection (session);
  g_autoptr (CsProposal) proposal = cs_proposal_new ();

  proposal->client_id = *client_id;
  proposal->state = CS_PROPOSAL_DRAFT;
  proposal->currency = connection != NULL ? connection->currency : settings->currency;
  proposal->tax_mode = settings->tax_mode;
  proposal->designated_day = settings->designated_day;
  proposal->due_days = settings->due_days;
  proposal->authorise = settings->authorise;
  /* As the client, or else the practice, has it, for as long as nobody says otherwise here. */
  proposal->terms_kind = CS_TERMS_INHERITED;
  proposal->inherits_status = TRUE;
  return cs_session_save_proposal (session, proposal);
}
