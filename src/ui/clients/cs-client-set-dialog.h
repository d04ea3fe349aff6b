/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-client-set.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* Asks for a group or a person, and who belongs to it. Signal "saved" (CsClientSet). */
#define CS_TYPE_CLIENT_SET_DIALOG (cs_client_set_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CsClientSetDialog, cs_client_set_dialog, CS, CLIENT_SET_DIALOG, AdwDialog)

CsClientSetDialog *cs_client_set_dialog_new (CsSession *session, const CsClientSet *set);

G_END_DECLS
