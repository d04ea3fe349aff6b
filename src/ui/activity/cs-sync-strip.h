/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-work.h"

G_BEGIN_DECLS

/* How far a long reading is, at which rate, how long it still takes, and Cancel. It stands under a list and
 * rises from there, so that no row is moved by it. */
#define CS_TYPE_SYNC_STRIP (cs_sync_strip_get_type ())
G_DECLARE_FINAL_TYPE (CsSyncStrip, cs_sync_strip, CS, SYNC_STRIP, AdwBin)

GtkWidget *cs_sync_strip_new (CsSession *session);
GtkWidget *cs_sync_strip_new_for_work (CsSession *session);

G_END_DECLS
