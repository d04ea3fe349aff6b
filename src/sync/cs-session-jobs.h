/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-job.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* Jobs: how they are made, and what a person says about one. Each resolves once it is on disk;
 * CS_CHANGE_JOBS. */
DexFuture *
cs_session_save_job_settings (CsSession *session, const CsJobSettings *settings) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *
cs_session_save_service (CsSession *session, const CsWorkService *service) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_session_save_member (CsSession *session, const CsMember *member) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_session_delete_member (CsSession *session, const CsUuid *id) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_session_link_staff (CsSession *session) G_GNUC_WARN_UNUSED_RESULT; /* by e-mail [J-03] */
DexFuture *cs_session_plan_jobs (CsSession *session, const CsUuid *proposal_id) G_GNUC_WARN_UNUSED_RESULT;

DexFuture *cs_session_deploy_job (CsSession *session, const CsUuid *id) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_session_retry_job (CsSession *session, const CsUuid *id) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_session_cancel_job (CsSession *session, const CsUuid *id) G_GNUC_WARN_UNUSED_RESULT;

/* What became of one that is there; nothing where Practice Manager can't be asked. */
DexFuture *cs_session_read_job (CsSession *session, const char *number) G_GNUC_WARN_UNUSED_RESULT;

/* In the browser: NULL where it has no page. (transfer full) */
char *cs_session_get_job_link (CsSession *session, const CsWorkJob *job);

G_END_DECLS
