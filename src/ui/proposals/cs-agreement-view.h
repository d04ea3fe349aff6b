/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-proposal-editor.h"

G_BEGIN_DECLS

/* An accepted proposal: who agreed to what, and how far its invoices are. */
#define CS_TYPE_AGREEMENT_VIEW (cs_agreement_view_get_type ())
G_DECLARE_FINAL_TYPE (CsAgreementView, cs_agreement_view, CS, AGREEMENT_VIEW, AdwBin)

void cs_agreement_view_focus_undo (CsAgreementView *self);
GtkWidget *cs_agreement_view_new (CsProposalEditor *editor);

G_END_DECLS
