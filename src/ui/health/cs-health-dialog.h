/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-session.h"

G_BEGIN_DECLS

/* How the connection to Xero is: with whom, as whom, until when, what it may do, what is left of the
 * allowance. */
#define CS_TYPE_HEALTH_DIALOG (cs_health_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CsHealthDialog, cs_health_dialog, CS, HEALTH_DIALOG, AdwDialog)

CsHealthDialog *cs_health_dialog_new (CsSession *session);

G_END_DECLS
