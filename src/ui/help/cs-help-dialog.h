/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The help: a list of topics that can be searched, and the one that is read. */
#define CS_TYPE_HELP_DIALOG (cs_help_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CsHelpDialog, cs_help_dialog, CS, HELP_DIALOG, AdwDialog)

CsHelpDialog *cs_help_dialog_new (const char *subject);

G_END_DECLS
