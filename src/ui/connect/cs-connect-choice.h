/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-connect.h"

G_BEGIN_DECLS

/* The organisations, or practices, that a login shared: one is chosen. */
#define CS_TYPE_CONNECT_CHOICE (cs_connect_choice_get_type ())
G_DECLARE_FINAL_TYPE (CsConnectChoice, cs_connect_choice, CS, CONNECT_CHOICE, AdwPreferencesGroup)

void cs_connect_choice_fill (CsConnectChoice *self, CsConnect *connect);
guint cs_connect_choice_get_chosen (CsConnectChoice *self);

G_END_DECLS
