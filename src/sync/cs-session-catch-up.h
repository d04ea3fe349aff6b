/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-catch-up.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* Invoices of past days, for a person to bill or skip [U-11, B-08]. @seen: as the
 * person saw them; copied. */
DexFuture *cs_session_list_catch_up (CsSession *session) G_GNUC_WARN_UNUSED_RESULT; /* cs_await_array */
DexFuture *cs_session_bill_catch_up (CsSession *session,
                                     const CsPlannedSeen *seen,
                                     guint n_seen,
                                     CsCatchUpDating dating) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *
cs_session_undo_bill_catch_up (CsSession *session, const CsUuid *ids, guint n_ids) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_session_skip_planned (CsSession *session,
                                    const CsPlannedSeen *seen,
                                    guint n_seen,
                                    const char *reason) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *
cs_session_undo_skip (CsSession *session, const CsUuid *ids, guint n_ids) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
