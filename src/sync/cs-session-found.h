/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-session.h"

G_BEGIN_DECLS

/* A person says of what the ledger has under a blocked invoice's number: it is this one. */
DexFuture *cs_session_adopt_found (CsSession *session, const CsUuid *journal_id) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
