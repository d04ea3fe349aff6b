/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-session.h"

G_BEGIN_DECLS

/* What a list of clients would do here, row by row, before any of it is done [C-06, U-29]. Signals:
 * "imported" (GPtrArray of CsClient: given to cs_session_save_clients(), they take it back; char *: how many
 * are new, changed and left out, in words); "another": a person wants to choose another file. */
#define CS_TYPE_CLIENT_IMPORT_DIALOG (cs_client_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CsClientImportDialog, cs_client_import_dialog, CS, CLIENT_IMPORT_DIALOG, AdwDialog)

CsClientImportDialog *cs_client_import_dialog_new (CsSession *session, GFile *file);

G_END_DECLS
