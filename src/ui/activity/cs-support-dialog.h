/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-session.h"

G_BEGIN_DECLS

/* A support bundle, shown as it would be saved, to be copied or saved. */
#define CS_TYPE_SUPPORT_DIALOG (cs_support_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CsSupportDialog, cs_support_dialog, CS, SUPPORT_DIALOG, AdwDialog)

CsSupportDialog *cs_support_dialog_new (CsSession *session);

G_END_DECLS
