/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The wizard's first page for Practice Manager: what the person must be, and where the privilege is [W-01].
 * Signal "own-app": the practice has an app of its own. */
#define CS_TYPE_CONNECT_WORK_START (cs_connect_work_start_get_type ())
G_DECLARE_FINAL_TYPE (CsConnectWorkStart, cs_connect_work_start, CS, CONNECT_WORK_START, AdwBin)

void cs_connect_work_start_set_is_broad (CsConnectWorkStart *self, gboolean is_broad);
gboolean cs_connect_work_start_is_broad (CsConnectWorkStart *self);

G_END_DECLS
