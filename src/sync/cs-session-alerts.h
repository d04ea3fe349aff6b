/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-alert.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* What only a person can settle. Listed by cs_store_list_alerts() in a cs_session_read(), again on
 * CS_CHANGE_ALERTS. */
/* "Seen": of a CS_ALERT_CHANGED; the others close when their cause is gone. */
DexFuture *cs_session_mark_seen (CsSession *session, const CsUuid *alert_id) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
