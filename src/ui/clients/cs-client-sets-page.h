/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-client-set.h"
#include "cs-list-pane.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* The groups of a practice, or the people behind its clients. */
#define CS_TYPE_CLIENT_SETS_PAGE (cs_client_sets_page_get_type ())
G_DECLARE_FINAL_TYPE (CsClientSetsPage, cs_client_sets_page, CS, CLIENT_SETS_PAGE, AdwBin)

GtkWidget *cs_client_sets_page_new (CsSession *session, CsClientSetKind kind);
CsListPane *cs_client_sets_page_get_pane (CsClientSetsPage *self);
void cs_client_sets_page_show (CsClientSetsPage *self, const CsUuid *id);
void cs_client_sets_page_create (CsClientSetsPage *self);

G_END_DECLS
