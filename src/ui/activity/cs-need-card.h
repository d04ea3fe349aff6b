/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-alert.h"
#include "cs-operation.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* Something that only a person can settle: what happened, in the ledger's own words where it spoke, what
 * hangs on it, and the buttons that settle it. Text is never markup. */
#define CS_TYPE_NEED_CARD (cs_need_card_get_type ())
G_DECLARE_FINAL_TYPE (CsNeedCard, cs_need_card, CS, NEED_CARD, AdwBin)

void cs_need_card_show_operation (CsNeedCard *self, const CsOperation *operation, CsSession *session);
void cs_need_card_show_alert (CsNeedCard *self, const CsAlert *alert, CsSession *session);
char *cs_need_card_describe (CsNeedCard *self); /* (transfer full): for a screen reader */

G_END_DECLS
