/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-proposal-editor-private.h"

/* What shapes the invoices of a proposal and of its services is kept at once, so that it can be undone. */

typedef struct
{
  CsProposalLine *line; /* (nullable): the proposal itself; compared by address alone */
  CsShape *before;
  CsDecimal rate_before; /* of its tax */
  CsShape *after;        /* (nullable) until it was saved */
} Shaped;

static void
shaped_clear (gpointer data)
{
  Shaped *shaped = data;

  g_clear_pointer (&shaped->before, cs_shape_free);
  g_clear_pointer (&shaped->after, cs_shape_free);
}

/* --- what is said now --- */

static CsShape *
make_shape (CsProposalEditor *self, const CsProposalLine *line)
{
  const CsProposal *proposal = self->proposal;
  CsShape *shape;

  if (line != NULL)
    {
      shape = line->shape != NULL ? cs_shape_copy (line->shape) : cs_shape_new ();
      g_set_str (&shape->values[CS_SHAPE_ACCOUNT], line->account_code);
      g_set_str (&shape->values[CS_SHAPE_TAX], line->tax_type);
      return shape;
    }
  shape = cs_shape_new ();
  shape->values[CS_SHAPE_TERMS] = cs_terms_to_string ((CsTerms){ proposal->terms_kind, proposal->due_days });
  if (!proposal->inherits_status)
    g_set_str (&shape->values[CS_SHAPE_STATUS], proposal->authorise ? CS_SHAPE_AUTHORISED : CS_SHAPE_DRAFT);
  return shape;
}

static void
take_line_shape (CsProposalLine *line, const CsShape *shape, CsDecimal rate)
{
  g_set_str (&line->account_code, shape->values[CS_SHAPE_ACCOUNT]);
  if (g_set_str (&line->tax_type, shape->values[CS_SHAPE_TAX]))
    line->tax_rate = rate;
  cs_shape_free (line->shape);
  line->shape = cs_shape_copy (shape);
  /* Those two are beside it. */
  g_clear_pointer (&line->shape->values[CS_SHAPE_ACCOUNT], g_free);
  g_clear_pointer (&line->shape->values[CS_SHAPE_TAX], g_free);
}

static void
take_shape (CsProposal *proposal, const CsShape *shape)
{
  const char *status = shape->values[CS_SHAPE_STATUS];
  CsTerms terms = { CS_TERMS_INHERITED, 0 };

  cs_terms_parse (shape->values[CS_SHAPE_TERMS], &terms, NULL);
  proposal->terms_kind = terms.kind;
  if (terms.kind != CS_TERMS_INHERITED)
    proposal->due_days = terms.number;
  proposal->inherits_status = status == NULL;
  proposal->authorise = g_strcmp0 (status, CS_SHAPE_AUTHORISED) == 0;
}

/* --- what was said before --- */

static Shaped *
find_shaped (CsProposalEditor *self, const CsProposalLine *line)
{
  for (guint i = 0; i < self->shaped->len; i++)
    if (g_array_index (self->shaped, Shaped, i).line == line)
      return &g_array_index (self->shaped, Shaped, i);
  return NULL;
}

void
cs_proposal_editor_forget_shapes (CsProposalEditor *self)
{
  g_clear_pointer (&self->shaped, g_array_unref);
  self->is_shaped = FALSE;
}

/**
 * cs_proposal_editor_note_shape:
 * @self: the editor
 * @line: (nullable): a service of it; %NULL: the proposal's own
 *
 * A person is about to edit what shapes its invoices. What is edited until the next save is undone as one.
 */
void
cs_proposal_editor_note_shape (CsProposalEditor *self, CsProposalLine *line)
{
  Shaped shaped = { .line = line };

  g_return_if_fail (CS_IS_PROPOSAL_EDITOR (self) && self->proposal != NULL);

  if (self->is_shaped)
    cs_proposal_editor_forget_shapes (self);
  if (self->shaped == NULL)
    {
      self->shaped = g_array_new (FALSE, FALSE, sizeof (Shaped));
      g_array_set_clear_func (self->shaped, shaped_clear);
    }
  if (find_shaped (self, line) != NULL)
    return;
  shaped.before = make_shape (self, line);
  if (line != NULL)
    shaped.rate_before = line->tax_rate;
  g_array_append_val (self->shaped, shaped);
}

gboolean
cs_proposal_editor_settle_shapes (CsProposalEditor *self)
{
  gboolean is_other = FALSE;

  if (self->shaped == NULL || self->is_shaped)
    return FALSE;
  for (guint i = 0; i < self->shaped->len; i++)
    {
      Shaped *shaped = &g_array_index (self->shaped, Shaped, i);

      shaped->after = make_shape (self, shaped->line);
      is_other |= !cs_shape_equal (shaped->before, shaped->after);
    }
  if (!is_other)
    {
      cs_proposal_editor_forget_shapes (self);
      return FALSE;
    }
  self->is_shaped = TRUE;
  self->shaping++;
  return TRUE;
}

static gboolean
is_as_saved (CsProposalEditor *self)
{
  for (guint i = 0; i < self->shaped->len; i++)
    {
      const Shaped *shaped = &g_array_index (self->shaped, Shaped, i);
      g_autoptr (CsShape) now = make_shape (self, shaped->line);

      if (!cs_shape_equal (now, shaped->after))
        return FALSE;
    }
  return TRUE;
}

/**
 * cs_proposal_editor_restore_shapes:
 * @self: the editor
 * @shaping: which save, of "shaped"
 *
 * What shapes its invoices is again as it was before that save, which is itself an edit.
 *
 * Returns: whether it is; %FALSE where it was changed since, or is agreed by now, and nothing is done
 */
gboolean
cs_proposal_editor_restore_shapes (CsProposalEditor *self, guint shaping)
{
  g_return_val_if_fail (CS_IS_PROPOSAL_EDITOR (self), FALSE);

  if (!cs_proposal_editor_is_draft (self) || !self->is_shaped || self->shaping != shaping
      || !is_as_saved (self))
    return FALSE;
  for (guint i = 0; i < self->shaped->len; i++)
    {
      const Shaped *shaped = &g_array_index (self->shaped, Shaped, i);

      if (shaped->line != NULL)
        take_line_shape (shaped->line, shaped->before, shaped->rate_before);
      else
        take_shape (self->proposal, shaped->before);
    }
  cs_proposal_editor_forget_shapes (self);
  cs_proposal_editor_touch (self);
  return TRUE;
}
