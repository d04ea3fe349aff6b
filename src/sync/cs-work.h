/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-session.h"
#include "cs-work-merge.h"

G_BEGIN_DECLS

/* The practice manager beside the ledger: a connection, a grant, a pace and a pull of its own. Belongs to its
 * session, whose "changed" tells of what is stored (CS_CHANGE_WORK).
 *
 * Properties: "link-state" (int CsLinkState), "is-pulling" (boolean), "progress" (uint: records read so far),
 * "last-problem" (string: "" when the last run went well). */
#define CS_TYPE_WORK (cs_work_get_type ())
G_DECLARE_FINAL_TYPE (CsWork, cs_work, CS, WORK, GObject)

CsWork *cs_session_get_work (CsSession *session); /* never NULL once open */

CsLinkState cs_work_get_link_state (CsWork *work);
gboolean cs_work_is_connected (CsWork *work); /* whatever its health; FALSE: never was, or was disconnected */
const CsConnection *cs_work_get_connection (CsWork *work); /* (nullable) */
const CsWorkSettings *cs_work_get_settings (CsWork *work);
gint64 cs_work_get_synced_ms (CsWork *work);
const char *cs_work_get_last_problem (CsWork *work);
gboolean cs_work_is_pulling (CsWork *work);
const CsSyncProgress *cs_work_get_sync_progress (CsWork *work);
gboolean cs_work_get_meter (CsWork *work, CsMeter *meter); /* FALSE: not connected [B-21] */

DexFuture *cs_work_save_settings (CsWork *work, const CsWorkSettings *settings) G_GNUC_WARN_UNUSED_RESULT;
/* What changed since the last time; now and then everything. */
DexFuture *cs_work_pull_now (CsWork *work) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_work_refresh_all (CsWork *work) G_GNUC_WARN_UNUSED_RESULT;
void cs_work_cancel_pull (CsWork *work);
DexFuture *cs_work_disconnect (CsWork *work) G_GNUC_WARN_UNUSED_RESULT; /* [W-09] */
/* In the browser: NULL while its number is not known. (transfer full) */
char *cs_work_get_client_link (CsWork *work, const char *web_id);

G_END_DECLS
