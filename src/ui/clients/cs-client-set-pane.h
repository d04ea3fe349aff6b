/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-client-set.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* One group or person: its clients, and the invoices of all of them [V-05, K-12]. */
#define CS_TYPE_CLIENT_SET_PANE (cs_client_set_pane_get_type ())
G_DECLARE_FINAL_TYPE (CsClientSetPane, cs_client_set_pane, CS, CLIENT_SET_PANE, AdwBin)

GtkWidget *cs_client_set_pane_new (CsSession *session, const CsUuid *id);

G_END_DECLS
