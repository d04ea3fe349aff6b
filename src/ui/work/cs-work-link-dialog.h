/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-session.h"

G_BEGIN_DECLS

/* Which client of Practice Manager is it? By name, unique id, number or pasted address; namesakes are told
 * apart by their ids. Signal "chosen" (string: the unique id). */
#define CS_TYPE_WORK_LINK_DIALOG (cs_work_link_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CsWorkLinkDialog, cs_work_link_dialog, CS, WORK_LINK_DIALOG, AdwDialog)

AdwDialog *cs_work_link_dialog_new (CsSession *session, const char *client_name);

G_END_DECLS
