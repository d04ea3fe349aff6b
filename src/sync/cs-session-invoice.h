/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-session.h"

G_BEGIN_DECLS

/* What is read of one invoice at the ledger when a person asks for it. Nothing of it is stored. */
DexFuture *cs_session_read_invoice_history (CsSession *session, const char *remote_id)
    G_GNUC_WARN_UNUSED_RESULT; /* cs_await_array of CsLedgerNote, the newest first */
DexFuture *
cs_session_get_invoice_pdf (CsSession *session,
                            const char *remote_id) G_GNUC_WARN_UNUSED_RESULT; /* GBytes, a record */

G_END_DECLS
