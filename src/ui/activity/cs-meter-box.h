/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cs-session.h"

G_BEGIN_DECLS

/* How many calls one service allows, how many were made, and how long they last at this rate [B-21]. */
#define CS_TYPE_METER_BOX (cs_meter_box_get_type ())
G_DECLARE_FINAL_TYPE (CsMeterBox, cs_meter_box, CS, METER_BOX, GtkBox)

void cs_meter_box_show (CsMeterBox *self, const CsMeter *meter, GTimeZone *zone);

G_END_DECLS
