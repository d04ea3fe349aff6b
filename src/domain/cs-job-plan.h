/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-proposal.h"
#include "cs-work-records.h"

G_BEGIN_DECLS

typedef enum
{
  CS_JOB_SCOPE_PROPOSAL, /* one job for all services of a proposal */
  CS_JOB_SCOPE_SERVICE,  /* one for each */
} CsJobScope;

typedef enum
{
  CS_JOB_REPEAT_ONCE,
  CS_JOB_REPEAT_WITH_BILLING, /* a job for each period of the service's billing rule */
} CsJobRepeat;

typedef enum
{
  CS_JOB_START_ACCEPTANCE, /* or the period's start, for one that repeats */
  CS_JOB_START_PROPOSAL,   /* the proposal's own start */
  CS_JOB_START_FIXED,
} CsJobStart;

typedef enum
{
  CS_JOB_DUE_AFTER_START, /* start + N days */
  CS_JOB_DUE_PERIOD_END,
  CS_JOB_DUE_FIXED,
  CS_JOB_DUE_TEMPLATE, /* none is sent: as the template says */
} CsJobDue;

/* How jobs are made: the practice's, or a service's own. */
typedef struct
{
  CsJobScope scope;
  CsJobRepeat repeat;
  char *name;        /* pattern: {client} {service} {services} {proposal} {title} {start} {end} {year} */
  char *description; /* pattern, as the name */
  char *category_id; /* "": none */
  CsJobStart start;
  int start_days; /* after that day */
  CsDate start_date;
  CsJobDue due;
  int due_days;
  CsDate due_date;
  gboolean with_budget;
} CsJobRule;

CsJobRule *cs_job_rule_new (void);
CsJobRule *cs_job_rule_copy (const CsJobRule *rule);
void cs_job_rule_free (CsJobRule *rule);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsJobRule, cs_job_rule_free)
gboolean cs_job_rule_validate (const CsJobRule *rule, GError **error);

/* Who works on it, by the ids of the staff there; "" and empty: nobody. */
typedef struct
{
  char *manager_id;
  char *partner_id;
  GPtrArray *staff_ids; /* of char * */
} CsJobRoles;
CsJobRoles *cs_job_roles_new (void);
CsJobRoles *cs_job_roles_copy (const CsJobRoles *roles);
void cs_job_roles_free (CsJobRoles *roles);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsJobRoles, cs_job_roles_free)

/* What a line of the proposal has of its own: none, one or several templates [P-08, J-02]. */
typedef struct
{
  CsUuid line_id;
  char *name;              /* the service's, for names of jobs */
  GPtrArray *template_ids; /* of char *; empty: it makes no job of its own */
  CsJobRule *rule;         /* (nullable): the practice's */
} CsJobService;
CsJobService *cs_job_service_new (void);
void cs_job_service_free (CsJobService *service);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsJobService, cs_job_service_free)

typedef struct
{
  CsUuid id; /* from the proposal, the line and the period: the same plan, the same id */
  CsUuid proposal_id;
  CsUuid line_id; /* none: of the whole proposal */
  CsBillingPeriod period;
  char *name;
  char *description;         /* its last line holds the key that a probe looks for */
  char *key;                 /* "CS-1A2B3C4D5E6F": unlike any other job's */
  char *client_order_number; /* the invoice's reference [U-24] */
  CsDate start;
  CsDate due; /* CS_DATE_NONE: as the template says */
  char *category_id;
  GPtrArray *template_ids; /* of char *, in order, each once */
  CsJobRoles *roles;
  CsMoney budget; /* without tax */
  gboolean has_budget;
} CsPlannedJob;
CsPlannedJob *cs_planned_job_new (void);
void cs_planned_job_free (CsPlannedJob *job);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsPlannedJob, cs_planned_job_free)

CsUuid cs_job_get_id (const CsProposal *proposal, const CsUuid *line_id, CsDate period_start);
GPtrArray *cs_job_plan (const CsProposal *proposal,
                        const GPtrArray *services,
                        const CsJobRule *rule,
                        const CsJobRoles *roles,
                        CsDate accepted_on,
                        CsDate until,
                        GHashTable *made,
                        GError **error);

/* What a probe found among the jobs of a client. */
typedef enum
{
  CS_JOB_PROBE_ABSENT,
  CS_JOB_PROBE_FOUND,
  CS_JOB_PROBE_DIFFERENT, /* something that may be ours, or several that are: a person decides */
} CsJobProbe;
CsJobProbe cs_job_probe (const CsPlannedJob *planned, const GPtrArray *jobs, guint *index);

G_END_DECLS
