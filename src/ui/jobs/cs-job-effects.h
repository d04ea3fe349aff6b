/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-session.h"

G_BEGIN_DECLS

/* Which jobs accepting a proposal would make in Practice Manager, and what is missing for them: a warning
 * before, not a failure after [U-25]. Hidden while none is connected. */
#define CS_TYPE_JOB_EFFECTS (cs_job_effects_get_type ())
G_DECLARE_FINAL_TYPE (CsJobEffects, cs_job_effects, CS, JOB_EFFECTS, AdwPreferencesGroup)

/* @has_buttons: what is missing can be settled from here. */
void cs_job_effects_show (CsJobEffects *self,
                          CsSession *session,
                          const CsProposal *proposal,
                          gboolean has_buttons);

G_END_DECLS
