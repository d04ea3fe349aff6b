/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-job.h"
#include "cs-store.h"

G_BEGIN_DECLS

/* Jobs: how the practice makes them, who works on them, and how far each is. */

CsJobSettings *cs_store_get_job_settings (CsStore *store, GError **error);
gboolean cs_store_save_job_settings (CsStore *store, const CsJobSettings *settings, GError **error);

/* Of CsWorkService, by name: what was linked, and each service that a proposal names. */
GPtrArray *cs_store_list_services (CsStore *store, GError **error);
gboolean cs_store_save_service (CsStore *store, const CsWorkService *service, GError **error);

/* Of CsMember, by name; staff ids are those of the practice manager that is connected, or was last. */
GPtrArray *cs_store_list_members (CsStore *store, GError **error);
gboolean cs_store_save_member (CsStore *store, CsMember *member, GError **error); /* fills in its id */
gboolean cs_store_delete_member (CsStore *store, const CsUuid *id, GError **error);
/* By e-mail, where exactly one of the staff has it and neither is linked [J-03]. */
gboolean cs_store_link_staff (CsStore *store, guint *n_linked, GError **error);

/* What acceptance today would make, and what would be missing then [U-25]. Arrays of CsPlannedJob and
 * CsJobWarning; both are empty where there is no practice manager. */
gboolean cs_store_foresee_jobs (CsStore *store,
                                const CsProposal *proposal,
                                CsDate today,
                                GPtrArray **jobs,
                                GPtrArray **warnings,
                                GError **error);
gboolean cs_store_count_namesakes (CsStore *store,
                                   const CsUuid *connection_id,
                                   const char *name,
                                   guint *n,
                                   GError **error);
/* By what is linked now; what was planned before stays as it was. */
gboolean cs_store_plan_jobs (CsStore *store, const CsUuid *proposal_id, guint *n_planned, GError **error);

GPtrArray *cs_store_list_jobs (CsStore *store, GError **error); /* of CsJob, without their descriptions */
CsJob *cs_store_get_job (CsStore *store, const CsUuid *id, GError **error);
GPtrArray *cs_store_get_job_steps (CsStore *store, const CsUuid *id, GError **error); /* of CsJobStep */

/* For the runner. @next_ms: -1: not before somebody says so. */
#define CS_JOB_NEVER G_GINT64_CONSTANT (-1)
GArray *cs_store_list_due_jobs (CsStore *store, CsDate today, guint limit, GError **error); /* of CsUuid */
/* Of CsUuid: those of which a call waits for later than @now_ms, after it surely was not made. */
GArray *cs_store_list_waiting_jobs (CsStore *store,
                                    const CsUuid *connection_id,
                                    gint64 now_ms,
                                    guint limit,
                                    GError **error);
/* Before the first of its calls: of whom and what it is made is of that practice manager. */
gboolean cs_store_fit_job (CsStore *store,
                           CsJob *job,
                           const CsUuid *connection_id,
                           gboolean is_wanted, /* by a person who was told what can't be told here */
                           GError **error);
gboolean cs_store_keep_job_back (CsStore *store,
                                 const CsUuid *id,
                                 const GError *trouble,
                                 gboolean *is_news,
                                 GError **error);
gboolean
cs_store_get_next_job (CsStore *store, const CsUuid *manager_id, CsUuid *id, gint64 *next_ms, GError **error);
gboolean cs_store_get_job_hold (CsStore *store, const CsUuid *id, gint64 *hold_until_ms, GError **error);
/* Another job's saga may have made its client, which is not linked yet: it must not be made twice. */
gboolean cs_store_is_client_in_doubt (CsStore *store,
                                      const CsUuid *id,
                                      int client_kind,
                                      gboolean *is_in_doubt,
                                      GError **error);
gint64 cs_store_get_job_known_ms (CsStore *store, const CsUuid *id, GError **error); /* -1 with @error */
gint64 cs_store_get_restored_ms (CsStore *store, GError **error);                    /* -1 with @error */
typedef struct
{
  CsJobState state;
  gint64 next_ms;
  const char *problem;
  const CsUuid *connection_id; /* where it goes, unless it has begun elsewhere */
  const CsWorkJob *there;      /* (nullable): as it was just read */
} CsJobProgress;
gboolean cs_store_write_job (CsStore *store,
                             const CsUuid *id,
                             const GPtrArray *steps,
                             const CsJobProgress *progress,
                             GError **error);
/* Numbers of those that are there and not completed, and when the first of them was planned. */
GPtrArray *
cs_store_list_live_jobs (CsStore *store, const CsUuid *connection_id, gint64 *first_ms, GError **error);
/* What is there now of the jobs that are ours; others are not kept. */
gboolean cs_store_write_jobs_read (CsStore *store,
                                   const CsUuid *connection_id,
                                   const GPtrArray *jobs,
                                   guint *n_changed,
                                   GError **error);

G_END_DECLS
