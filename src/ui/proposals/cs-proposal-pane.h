/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-session.h"

G_BEGIN_DECLS

/* One proposal: a form while it is a draft, the agreement once it is accepted. */
#define CS_TYPE_PROPOSAL_PANE (cs_proposal_pane_get_type ())
G_DECLARE_FINAL_TYPE (CsProposalPane, cs_proposal_pane, CS, PROPOSAL_PANE, AdwBin)

GtkWidget *cs_proposal_pane_new (CsSession *session, const CsUuid *id);
DexFuture *cs_proposal_pane_flush (CsProposalPane *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
