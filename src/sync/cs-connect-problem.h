/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-connect.h"
#include "cs-http.h"

G_BEGIN_DECLS

/* What a wrong turn was, by what remote said of it; and what to say that no error's words hold. Private to
 * sync. */

/* @signs: of the exchange that failed. */
CsConnectProblem cs_connect_problem_of (const GError *error, const CsHttpSigns *signs);

/* Whether the two clocks are more than five minutes apart; by what the remote's Date said. */
gboolean cs_connect_clock_is_wrong (const CsHttpSigns *signs);
char *cs_connect_clock_words (const CsHttpSigns *signs, gint64 now_ms, GTimeZone *zone);

/* What was asked for and not granted, a line each in plain words; NULL when nothing is missing. */
char *cs_connect_missing_scopes (const char *granted);
char *cs_connect_missing_work_scopes (const char *granted);
gboolean cs_connect_scopes_are_broad (const char *granted); /* of Practice Manager: everything in one */
/* What the role must be allowed and is not, the same way; approving only where the practice approves.
 * @actions: of CsXeroAction. */
char *cs_connect_missing_rights (GPtrArray *actions, gboolean approves);

G_END_DECLS
