/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-session.h"

G_BEGIN_DECLS

/* A new client, or one to change. Signal "saved" (CsClient *), after which it closes. */
#define CS_TYPE_CLIENT_DIALOG (cs_client_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CsClientDialog, cs_client_dialog, CS, CLIENT_DIALOG, AdwDialog)

CsClientDialog *
cs_client_dialog_new (CsSession *session, const CsClient *client);       /* (nullable) @client: copied */
void cs_client_dialog_set_name (CsClientDialog *self, const char *name); /* what was searched for */

G_END_DECLS
