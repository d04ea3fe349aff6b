/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-desk-report.h"

G_BEGIN_DECLS

/* One run that somebody waits for: what the agent does daily and `countersign sync` at once. Resolves to a
 * CsDeskReport whatever came of it (cs_await_record); rejects only when the session is gone. */
DexFuture *cs_desk_run (CsSession *session, CsDeskMode mode) G_GNUC_WARN_UNUSED_RESULT;
/* The agent's: by the practice's schedule. */
DexFuture *cs_desk_run_scheduled (CsSession *session, CsDeskMode mode) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
