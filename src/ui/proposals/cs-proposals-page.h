/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-session.h"

G_BEGIN_DECLS

/* The proposals, newest first, and one to edit or to follow. */
#define CS_TYPE_PROPOSALS_PAGE (cs_proposals_page_get_type ())
G_DECLARE_FINAL_TYPE (CsProposalsPage, cs_proposals_page, CS, PROPOSALS_PAGE, AdwBin)

GtkWidget *cs_proposals_page_new (CsSession *session);
void cs_proposals_page_show (CsProposalsPage *self, const CsUuid *id);
void
cs_proposals_page_create (CsProposalsPage *self, const CsUuid *client_id); /* (nullable): asks for whom */
void cs_proposals_page_focus_search (CsProposalsPage *self);
/* Resolves when what was typed is on disk: to be awaited before the session closes. */
DexFuture *cs_proposals_page_flush (CsProposalsPage *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
