/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-session.h"

G_BEGIN_DECLS

/* The jobs of one client, or of one proposal: each leads to itself. Hidden while there is no practice manager
 * and no job. */
#define CS_TYPE_JOBS_CARD (cs_jobs_card_get_type ())
G_DECLARE_FINAL_TYPE (CsJobsCard, cs_jobs_card, CS, JOBS_CARD, AdwPreferencesGroup)

void cs_jobs_card_set_client (CsJobsCard *self, CsSession *session, const CsUuid *client_id);
void cs_jobs_card_set_proposal (CsJobsCard *self, CsSession *session, const CsUuid *proposal_id);

G_END_DECLS
