/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-connect.h"

G_BEGIN_DECLS

/* The connection wizard: one thought a page. It shows what CsConnect decides. */
#define CS_TYPE_CONNECT_DIALOG (cs_connect_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CsConnectDialog, cs_connect_dialog, CS, CONNECT_DIALOG, AdwDialog)

CsConnectDialog *cs_connect_dialog_new (CsSession *session, CsConnectTo to);

G_END_DECLS
