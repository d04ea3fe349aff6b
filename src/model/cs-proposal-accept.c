/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-proposal-editor-private.h"

typedef struct
{
  CsProposalEditor *editor;
  CsAcceptance *acceptance;
} Accept;

static void
accept_free (gpointer data)
{
  Accept *accept = data;

  g_clear_object (&accept->editor);
  g_clear_pointer (&accept->acceptance, cs_acceptance_free);
  g_free (accept);
}

static DexFuture *
accept_fiber (gpointer data)
{
  Accept *accept = data;
  GError *error = NULL;

  /* What is accepted is what was on the screen, to the last keystroke, and nothing that another window wrote
   * since. */
  if (!cs_await (cs_proposal_editor_flush (accept->editor), &error))
    return cs_future_new_take_error (error);
  if (accept->acceptance->seen_revision == 0)
    accept->acceptance->seen_revision = accept->editor->proposal->revision;
  if (!cs_await (
          cs_session_accept_proposal (accept->editor->session, &accept->editor->id, accept->acceptance),
          &error))
    return cs_future_new_take_error (error);
  return dex_future_new_true ();
}

/**
 * cs_proposal_editor_accept:
 * @self: the editor
 * @acceptance: who, when, how; copied
 *
 * Returns: (transfer full): resolves when the acceptance is on disk, last edits included;
 *   CS_STORE_ERROR_STALE when another window changed the proposal since
 */
DexFuture *
cs_proposal_editor_accept (CsProposalEditor *self, const CsAcceptance *acceptance)
{
  Accept *accept;

  g_return_val_if_fail (CS_IS_PROPOSAL_EDITOR (self), NULL);

  accept = g_new0 (Accept, 1);
  accept->editor = g_object_ref (self);
  accept->acceptance = cs_acceptance_copy (acceptance);
  /* Else saving the edits gives the number. */
  accept->acceptance->seen_revision
      = self->proposal != NULL && !self->is_dirty && self->saving == NULL ? self->proposal->revision : 0;
  return cs_spawn_to_the_end (accept_fiber, accept, accept_free);
}
