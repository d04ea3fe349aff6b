/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-session.h"

G_BEGIN_DECLS

/* Of one client: which record of Practice Manager it is, what both sides changed, and what became of its
 * first acceptance there [X-15 to X-17, K-1, K-13]. Hidden while there is no practice manager. */
#define CS_TYPE_WORK_CARD (cs_work_card_get_type ())
G_DECLARE_FINAL_TYPE (CsWorkCard, cs_work_card, CS, WORK_CARD, AdwPreferencesGroup)

void cs_work_card_set (CsWorkCard *self, CsSession *session, const CsClient *client);

G_END_DECLS
