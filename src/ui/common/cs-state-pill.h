/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cs-pill.h"

G_BEGIN_DECLS

#define CS_TYPE_STATE_PILL (cs_state_pill_get_type ())
G_DECLARE_FINAL_TYPE (CsStatePill, cs_state_pill, CS, STATE_PILL, GtkBox)

GtkWidget *cs_state_pill_new (void);
void cs_state_pill_set (CsStatePill *self, CsPill pill);
void cs_state_pill_set_words (CsStatePill *self, CsPill pill, const char *words); /* "12 days overdue" */

G_END_DECLS
