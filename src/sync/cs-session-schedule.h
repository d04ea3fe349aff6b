/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-schedule.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* When the session pushes and pulls by itself [K-5]. */
const CsSchedule *cs_session_get_schedule (CsSession *session); /* as last read; never NULL once open */
DexFuture *
cs_session_save_schedule (CsSession *session, const CsSchedule *schedule) G_GNUC_WARN_UNUSED_RESULT;
/* When the next round of pushes begins by itself, UTC milliseconds; at or before now: whenever something is
 * ready; G_MAXINT64: never, as a person pushes by hand. */
gint64 cs_session_get_next_push_ms (CsSession *session);
gint64 cs_session_get_next_pull_ms (CsSession *session); /* of the daily full read */
DexFuture *cs_session_run_daily_pull (CsSession *session) G_GNUC_WARN_UNUSED_RESULT; /* now */
/* A person looks at the window again: what is here is brought up to date, unless it just was. */
void cs_session_came_back (CsSession *session);

G_END_DECLS
