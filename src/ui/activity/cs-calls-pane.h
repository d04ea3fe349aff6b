/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-session.h"

G_BEGIN_DECLS

/* The newest calls to the ledger. */
#define CS_TYPE_CALLS_PANE (cs_calls_pane_get_type ())
G_DECLARE_FINAL_TYPE (CsCallsPane, cs_calls_pane, CS, CALLS_PANE, AdwBin)

GtkWidget *cs_calls_pane_new (CsSession *session);

G_END_DECLS
