/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-proposal-editor.h"

G_BEGIN_DECLS

/* A draft: whom for, how billed, which services, what it comes to, and what accepting it will do. */
#define CS_TYPE_PROPOSAL_FORM (cs_proposal_form_get_type ())
G_DECLARE_FINAL_TYPE (CsProposalForm, cs_proposal_form, CS, PROPOSAL_FORM, AdwBin)

GtkWidget *cs_proposal_form_new (CsProposalEditor *editor);
void cs_proposal_form_fill (CsProposalForm *self); /* the content is new */
void cs_proposal_form_focus_title (CsProposalForm *self);

G_END_DECLS
