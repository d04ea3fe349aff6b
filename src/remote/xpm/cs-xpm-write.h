/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-job-plan.h"
#include "cs-work-merge.h"
#include "cs-xpm.h"

G_BEGIN_DECLS

/* What changes something at Practice Manager. */

/* The exact bytes that would be sent; frozen before they are. No tax number has a way into them [K-14]. */
GBytes *cs_xpm_encode_client (const CsWorkFields *fields, const CsWorkContact *primary);
GBytes *cs_xpm_encode_client_update (const char *client_id, const CsWorkFields *fields);
GBytes *cs_xpm_encode_promotion (const char *client_id, const char *name);
GBytes *cs_xpm_encode_job (const CsPlannedJob *job, const char *client_id);
GBytes *cs_xpm_encode_template (const char *job_number, const char *template_id);
typedef enum
{
  CS_XPM_ROLE_MANAGER,
  CS_XPM_ROLE_PARTNER,
  CS_XPM_ROLE_STAFF,
} CsXpmRole;
GBytes *cs_xpm_encode_assignment (const char *job_number, CsXpmRole role, const char *staff_id);
GBytes *cs_xpm_encode_state (const char *job_number, const char *interface_code);

typedef enum
{
  CS_XPM_ADD_CLIENT,    /* resolves to CsWorkClient */
  CS_XPM_UPDATE_CLIENT, /* resolves to CsWorkClient */
  CS_XPM_ADD_JOB,       /* resolves to CsWorkJob */
  CS_XPM_APPLY_TEMPLATE,
  CS_XPM_ASSIGN,
  CS_XPM_SET_STATE,
  CS_XPM_N_OPERATIONS
} CsXpmOperation;
DexFuture *cs_xpm_send (CsXpm *xpm, CsXpmOperation operation, GBytes *body, CsRemoteFailure *failure)
    G_GNUC_WARN_UNUSED_RESULT;

/* What a refusal is about, for the words and buttons that a person sees. */
typedef enum
{
  CS_XPM_REFUSAL_OTHER,
  CS_XPM_REFUSAL_CLIENT,
  CS_XPM_REFUSAL_JOB,
  CS_XPM_REFUSAL_TEMPLATE,
  CS_XPM_REFUSAL_STAFF,
  CS_XPM_REFUSAL_STATE,
} CsXpmRefusal;
CsXpmRefusal cs_xpm_classify_refusal (const char *words);

/* Read, merge, write, compare (5.4). */
typedef struct
{
  CsWorkMerge *merge;
  CsWorkClient *client;               /* as it is there now */
  gboolean was_written;               /* FALSE: there was nothing to give */
  gboolean differs[CS_WORK_N_FIELDS]; /* written, and not what is there now: it did not stick */
  guint n_differing;
} CsXpmUpdate;
void cs_xpm_update_free (CsXpmUpdate *update);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsXpmUpdate, cs_xpm_update_free)
DexFuture *cs_xpm_update_client (CsXpm *xpm,
                                 const char *client_id,
                                 const CsWorkFields *base,
                                 const CsWorkFields *ours,
                                 CsWorkSync direction,
                                 CsWorkLevel level) G_GNUC_WARN_UNUSED_RESULT; /* of CsXpmUpdate */

/* X-07, K-13: a lead becomes a client there; never reported without having been read back. */
typedef enum
{
  CS_XPM_PROMOTION_DONE,         /* it says so now */
  CS_XPM_PROMOTION_ALREADY,      /* it said so before: nothing was written */
  CS_XPM_PROMOTION_NOT_REPORTED, /* it does not tell who is a prospect (5.6) */
  CS_XPM_PROMOTION_NOT_KEPT,     /* written, and it is still a prospect: a person has to look */
} CsXpmPromotion;
DexFuture *cs_xpm_promote_client (CsXpm *xpm, const char *client_id) G_GNUC_WARN_UNUSED_RESULT; /* an int64 */

G_END_DECLS
