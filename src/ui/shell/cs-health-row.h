/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-health.h"

G_BEGIN_DECLS

/* One connection in the sidebar: how it is, its details, and the one thing to do about it. */
#define CS_TYPE_HEALTH_ROW (cs_health_row_get_type ())
G_DECLARE_FINAL_TYPE (CsHealthRow, cs_health_row, CS, HEALTH_ROW, AdwBin)

/* @name: "Xero"; @details: the action of the row itself. Announces a change of state. */
void cs_health_row_show (CsHealthRow *self, const char *name, const CsHealth *health, const char *details);

G_END_DECLS
