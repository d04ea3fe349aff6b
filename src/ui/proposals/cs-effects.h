/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-preview.h"

G_BEGIN_DECLS

/* "What this will do": one row for each thing that an acceptance writes or plans. */
#define CS_TYPE_EFFECTS (cs_effects_get_type ())
G_DECLARE_FINAL_TYPE (CsEffects, cs_effects, CS, EFFECTS, AdwBin)

void
cs_effects_show (CsEffects *self, const CsPreview *preview, const char *problem); /* one of them is NULL */

G_END_DECLS
