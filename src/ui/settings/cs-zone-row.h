/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-session.h"

G_BEGIN_DECLS

/* Whose day counts: the practice's time zone, and a word where the organisation has another. */
#define CS_TYPE_ZONE_ROW (cs_zone_row_get_type ())
G_DECLARE_FINAL_TYPE (CsZoneRow, cs_zone_row, CS, ZONE_ROW, AdwComboRow)

void
cs_zone_row_set_up (CsZoneRow *self, CsSession *session); /* shows what is set, and listens for the rest */
const char *cs_zone_row_get_zone (CsZoneRow *self);       /* IANA */

G_END_DECLS
