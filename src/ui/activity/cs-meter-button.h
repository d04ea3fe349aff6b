/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-session.h"

G_BEGIN_DECLS

/* The call meter [B-21]: how much of the minute's and the day's allowance is used, what is kept for sending,
 * and whether it will last. */
#define CS_TYPE_METER_BUTTON (cs_meter_button_get_type ())
G_DECLARE_FINAL_TYPE (CsMeterButton, cs_meter_button, CS, METER_BUTTON, AdwBin)

GtkWidget *cs_meter_button_new (CsSession *session);

G_END_DECLS
