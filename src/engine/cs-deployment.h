/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-job-plan.h"
#include "cs-journal-engine.h"

G_BEGIN_DECLS

/* The saga that makes a job at a practice manager, decided and nothing done: client → job → further templates
 * → roles [J-01, J-02, J-04]. Each step is a row of the journal and moves as one; what is added here is their
 * order, and what a probe must have seen, since the remote has no key against doing anything twice
 * (xpm.md 7.1). */
typedef enum
{
  CS_DEPLOY_CLIENT,
  CS_DEPLOY_JOB,      /* with its first template */
  CS_DEPLOY_TEMPLATE, /* @index: which of the job's, from 1 */
  CS_DEPLOY_MANAGER,
  CS_DEPLOY_PARTNER,
  CS_DEPLOY_STAFF, /* @index: which of the staff, from 0 */
} CsDeployKind;

typedef struct
{
  CsDeployKind kind;
  guint index;
  CsJournalRow row;
  gboolean has_baseline; /* of a template: the job was read before the first byte left */
  guint baseline;        /* tasks and milestones that it had then */
} CsDeployStep;

typedef enum
{
  CS_DEPLOY_NOTHING, /* all is done, or waits for a person */
  CS_DEPLOY_WAIT,    /* until @wake_ms, or for an answer */
  CS_DEPLOY_RELEASE,
  CS_DEPLOY_READ, /* read the job for the step's baseline: cs_deployment_set_baseline() */
  CS_DEPLOY_SEND, /* commit *sending* under the epoch, then send */
  CS_DEPLOY_PROBE,
} CsDeployAction;

typedef enum
{
  CS_DEPLOYMENT_PLANNED,
  CS_DEPLOYMENT_DEPLOYING,
  CS_DEPLOYMENT_LIVE,
  CS_DEPLOYMENT_INCOMPLETE, /* the job is there, and something of it needs a person */
  CS_DEPLOYMENT_BLOCKED,    /* there is no job, and that needs a person */
  CS_DEPLOYMENT_CANCELLED,
} CsDeploymentState;

/* After doubt the remote may be at work for a while, and what it does then nobody can undo. */
#define CS_DEPLOY_DOUBT_MS G_GINT64_CONSTANT (30000)

GArray *cs_deployment_new (const CsPlannedJob *job, gboolean needs_client, gint64 hold_until_ms);
CsDeployAction
cs_deployment_next (const GArray *steps, gint64 current_epoch, gint64 now_ms, guint *index, gint64 *wake_ms);
void cs_deployment_set_baseline (GArray *steps, guint index, guint n_parts);
gboolean cs_deployment_apply (GArray *steps,
                              guint index,
                              CsJournalEvent event,
                              gint64 now_ms,
                              gint64 retry_after_ms,
                              double jitter,
                              GError **error);
CsDeploymentState cs_deployment_get_state (const GArray *steps);

/* What a probe saw, as an event. */
CsJournalEvent cs_deployment_judge_job (CsJobProbe probe);
CsJournalEvent cs_deployment_judge_template (const CsDeployStep *step, guint n_parts);
CsJournalEvent
cs_deployment_judge_role (const CsDeployStep *step, const CsPlannedJob *planned, const CsWorkJob *job);

G_END_DECLS
