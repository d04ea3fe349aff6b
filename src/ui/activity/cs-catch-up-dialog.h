/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-session.h"

G_BEGIN_DECLS

/* Invoices of past days, each with a box to tick: billed under their own day or today's, or skipped with a
 * reason [U-11, B-08]. */
#define CS_TYPE_CATCH_UP_DIALOG (cs_catch_up_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CsCatchUpDialog, cs_catch_up_dialog, CS, CATCH_UP_DIALOG, AdwDialog)

AdwDialog *cs_catch_up_dialog_new (CsSession *session);

G_END_DECLS
