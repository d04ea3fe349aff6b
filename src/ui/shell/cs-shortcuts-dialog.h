/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The keys, on a page of our own: GTK's is on its way out, libadwaita's is newer than the floor. */
#define CS_TYPE_SHORTCUTS_DIALOG (cs_shortcuts_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CsShortcutsDialog, cs_shortcuts_dialog, CS, SHORTCUTS_DIALOG, AdwDialog)

CsShortcutsDialog *cs_shortcuts_dialog_new (void);

G_END_DECLS
