/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-preview.h"
#include "cs-record-list.h"

G_BEGIN_DECLS

typedef enum
{
  CS_SAVE_STATE_SAVED,
  CS_SAVE_STATE_UNSAVED, /* for a moment, while the person types */
  CS_SAVE_STATE_SAVING,
  CS_SAVE_STATE_FAILED, /* the edit is kept here and tried again with the next one */
} CsSaveState;

/* One proposal under edit. It saves itself a moment after the last edit, and at the latest when it is closed;
 * an edit is never lost. Signals: "loaded" (the whole content is new: show it), "edited" (totals, missing and
 * preview are others now), "told" (string: something a person should know), "shaped" (uint: what shapes its
 * invoices was saved, and cs_proposal_editor_restore_shapes() undoes it). Property "save-state". */
#define CS_TYPE_PROPOSAL_EDITOR (cs_proposal_editor_get_type ())
G_DECLARE_FINAL_TYPE (CsProposalEditor, cs_proposal_editor, CS, PROPOSAL_EDITOR, GObject)

CsProposalEditor *cs_proposal_editor_new (CsSession *session, const CsUuid *id);
CsListState cs_proposal_editor_get_state (CsProposalEditor *self);
const char *cs_proposal_editor_get_problem (CsProposalEditor *self);
CsSaveState cs_proposal_editor_get_save_state (CsProposalEditor *self);
CsSession *cs_proposal_editor_get_session (CsProposalEditor *self);
const CsProposal *cs_proposal_editor_get (CsProposalEditor *self);      /* (nullable) until "loaded" */
const CsClient *cs_proposal_editor_get_client (CsProposalEditor *self); /* (nullable) */
gboolean cs_proposal_editor_is_draft (CsProposalEditor *self);          /* may be edited */

/* To edit: change what _edit() gives, then _touch(). */
CsProposal *cs_proposal_editor_edit (CsProposalEditor *self);
void cs_proposal_editor_touch (CsProposalEditor *self);
CsProposalLine *cs_proposal_editor_add_line (CsProposalEditor *self, gboolean is_monthly);
void cs_proposal_editor_remove_line (CsProposalEditor *self, guint index);
gboolean cs_proposal_editor_restore_line (CsProposalEditor *self); /* the line that was removed last */
void cs_proposal_editor_move_line (CsProposalEditor *self, guint from, guint to);
void cs_proposal_editor_set_designated_day (CsProposalEditor *self, guint day);
/* Before what shapes @line's invoices is edited; NULL: the proposal's own. */
void cs_proposal_editor_note_shape (CsProposalEditor *self, CsProposalLine *line);
/* @shaping: of "shaped". FALSE: it was changed since, and nothing is done. */
gboolean cs_proposal_editor_restore_shapes (CsProposalEditor *self, guint shaping);

/* Codes of cs_proposal_list_missing(); "line-price-unread:2", "line-quantity-unread:2", "start-unread",
 * "day-unread"; "total-upfront", "total-recurring" (below zero). */
GPtrArray *cs_proposal_editor_list_missing (CsProposalEditor *self);
void cs_proposal_editor_set_unread (CsProposalEditor *self,
                                    const CsProposalLine *line,
                                    const char *field,
                                    gboolean is_unread);
CsPreview *cs_proposal_editor_preview (CsProposalEditor *self, CsDate accepted_on, GError **error);

/* Resolves when every edit is on disk. */
DexFuture *cs_proposal_editor_flush (CsProposalEditor *self) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *
cs_proposal_editor_accept (CsProposalEditor *self, const CsAcceptance *acceptance) G_GNUC_WARN_UNUSED_RESULT;

/* A new draft for a client, with the practice's usual terms: resolves to the CsProposal. */
DexFuture *cs_proposal_create (CsSession *session, const CsUuid *client_id) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
