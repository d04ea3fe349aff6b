/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-session.h"

G_BEGIN_DECLS

/* The practice's settings. What is valid is saved as it is changed; what isn't says why, where it stands. */
#define CS_TYPE_PREFERENCES_DIALOG (cs_preferences_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CsPreferencesDialog,
                      cs_preferences_dialog,
                      CS,
                      PREFERENCES_DIALOG,
                      AdwPreferencesDialog)

CsPreferencesDialog *cs_preferences_dialog_new (CsSession *session);

G_END_DECLS
