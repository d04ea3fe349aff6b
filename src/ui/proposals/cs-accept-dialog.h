/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-proposal-editor.h"

G_BEGIN_DECLS

/* Who accepted, as what, when and how; and once more exactly what will be written. Signal "accepted". */
#define CS_TYPE_ACCEPT_DIALOG (cs_accept_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CsAcceptDialog, cs_accept_dialog, CS, ACCEPT_DIALOG, AdwDialog)

CsAcceptDialog *cs_accept_dialog_new (CsProposalEditor *editor);

G_END_DECLS
