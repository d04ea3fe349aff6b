/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-job.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* What there is to choose from at the practice manager, by name. A list of NULL is not known: there is no
 * practice manager, or the key may not list it. */
typedef struct
{
  GPtrArray *templates;  /* (nullable): of CsWorkEntry */
  GPtrArray *categories; /* (nullable): of CsWorkEntry */
  GPtrArray *staff;      /* (nullable): of CsWorkEntry */
} CsWorkLists;
CsWorkLists *cs_work_lists_read (CsStore *store, GError **error);
void cs_work_lists_free (CsWorkLists *lists);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsWorkLists, cs_work_lists_free)
const char *cs_work_entries_name (const GPtrArray *entries, const char *id); /* (transfer none): else @id */

/* How the practice makes jobs, and who works on them. */
typedef struct
{
  CsJobSettings *settings;
  GPtrArray *services; /* of CsWorkService, by name */
  GPtrArray *members;  /* of CsMember, by name */
  CsWorkLists *lists;
} CsJobSetup;
void cs_job_setup_free (CsJobSetup *setup);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsJobSetup, cs_job_setup_free)
DexFuture *cs_job_setup_read (CsSession *session) G_GNUC_WARN_UNUSED_RESULT; /* CsJobSetup */

/* What accepting a proposal today would make there, and what is missing [U-25]. */
typedef struct
{
  GPtrArray *jobs;     /* of CsPlannedJob */
  GPtrArray *warnings; /* of CsJobWarning */
  CsWorkLists *lists;
} CsJobForecast;
void cs_job_forecast_free (CsJobForecast *forecast);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsJobForecast, cs_job_forecast_free)
CsJobForecast *cs_job_forecast_new (CsStore *store, const CsProposal *proposal, CsDate today, GError **error);
DexFuture *cs_job_forecast_read (CsSession *session, const CsProposal *proposal) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
