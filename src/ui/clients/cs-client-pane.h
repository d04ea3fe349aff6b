/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-session.h"

G_BEGIN_DECLS

/* One client: how to reach it, what was proposed, what it owes. */
#define CS_TYPE_CLIENT_PANE (cs_client_pane_get_type ())
G_DECLARE_FINAL_TYPE (CsClientPane, cs_client_pane, CS, CLIENT_PANE, AdwBin)

GtkWidget *cs_client_pane_new (CsSession *session, const CsUuid *id);

G_END_DECLS
