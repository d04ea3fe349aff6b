/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-proposal-item.h"
#include "cs-record-list.h"

G_BEGIN_DECLS

/* Of CsProposalItem: every proposal, newest first. */
CsRecordList *cs_proposal_list_new (CsSession *session);

G_END_DECLS
