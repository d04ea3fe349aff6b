/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-session.h"

G_BEGIN_DECLS

/* The match step of K-3: a contact of Xero beside the clients of Practice Manager that it may be. A person
 * says which it is, or that it is none of them; then it becomes a client here. Signal "imported" (pointer:
 * the CsClient). */
#define CS_TYPE_WORK_MATCH_DIALOG (cs_work_match_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CsWorkMatchDialog, cs_work_match_dialog, CS, WORK_MATCH_DIALOG, AdwDialog)

AdwDialog *
cs_work_match_dialog_new (CsSession *session, const char *contact_id, const char *name, const char *email);

G_END_DECLS
