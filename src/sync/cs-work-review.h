/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-work-match.h"
#include "cs-work.h"

G_BEGIN_DECLS

/* Who is the same on both sides, and who is only there: what a person says to that [K-2, K-3]. Each needs a
 * connection, past or present. */

/* Of CsWorkNew, by name, as a record. */
DexFuture *cs_work_review_new (CsWork *work) G_GNUC_WARN_UNUSED_RESULT;
/* Leads of those @remote_ids (of char *); resolves to a guint as a record: how many were made. */
DexFuture *cs_work_add_some (CsWork *work, const GPtrArray *remote_ids) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *
cs_work_leave_out (CsWork *work, const char *remote_id, gboolean is_left_out) G_GNUC_WARN_UNUSED_RESULT;
/* Of CsWorkMatch, best first, as a record: whom somebody of that name and address may be there. */
DexFuture *cs_work_list_matches (CsWork *work, const char *name, const char *email) G_GNUC_WARN_UNUSED_RESULT;
/* Whether an import of a contact failed because a person must be asked first [K-3]. */
gboolean cs_work_match_is_needed (const GError *error);
/* what was refused there is sent again. */
DexFuture *cs_work_give_again (CsWork *work, const CsUuid *client_id) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
