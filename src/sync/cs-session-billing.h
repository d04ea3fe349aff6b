/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-billing-change.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* Pause, resume and stop a service that was agreed [U-13]. */
DexFuture *cs_session_change_billing (CsSession *session,
                                      const CsUuid *line_id,
                                      const CsUuid *seen, /* its last change as it was seen */
                                      const CsBillingChange *change)
    G_GNUC_WARN_UNUSED_RESULT; /* cs_await_record: of CsBillingChange */
DexFuture *
cs_session_take_back_billing (CsSession *session, const CsUuid *change_id) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
