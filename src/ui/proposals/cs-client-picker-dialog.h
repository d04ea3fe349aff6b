/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-session.h"

G_BEGIN_DECLS

/* Whom a proposal is for: a client, a contact of the ledger (which becomes a client), or a new client. Signal
 * "picked" (CsUuid *: the client), after which it closes. */
#define CS_TYPE_CLIENT_PICKER_DIALOG (cs_client_picker_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CsClientPickerDialog, cs_client_picker_dialog, CS, CLIENT_PICKER_DIALOG, AdwDialog)

CsClientPickerDialog *cs_client_picker_dialog_new (CsSession *session);
/* Signal "contact-picked" (string: the contact's id at the ledger) instead. */
CsClientPickerDialog *cs_client_picker_dialog_new_to_link (CsSession *session, const char *client_name);

G_END_DECLS
