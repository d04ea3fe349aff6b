/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Asks what the new practice is called, and then activates app.create-practice with the name. */
#define CS_TYPE_PRACTICE_NAME_DIALOG (cs_practice_name_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CsPracticeNameDialog, cs_practice_name_dialog, CS, PRACTICE_NAME_DIALOG, AdwDialog)

CsPracticeNameDialog *cs_practice_name_dialog_new (void);

G_END_DECLS
