/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-job-check.h"
#include "cs-states.h"

G_BEGIN_DECLS

/* A job on its way from an accepted proposal to a practice manager. */
typedef enum
{
  CS_JOB_PLANNED,
  CS_JOB_DEPLOYING,
  CS_JOB_LIVE,
  CS_JOB_INCOMPLETE, /* it is there, and something of it needs a person */
  CS_JOB_BLOCKED,    /* it is not there, and that needs a person */
  CS_JOB_COMPLETED,
  CS_JOB_CANCELLED,
} CsJobState;
const char *cs_job_state_to_string (CsJobState state);
gboolean cs_job_state_parse (const char *text, CsJobState *state, GError **error);

typedef struct
{
  CsPlannedJob *planned;
  CsUuid client_id;
  char *client_name;
  char *proposal_number;
  CsJobState state;
  gboolean is_held;   /* begun, and all of it waits for a moment, so that it can be undone */
  CsDate release_day; /* when it goes by itself; CS_DATE_NONE: when a person says so */
  char *problem;      /* what stands in its way, in words for a person; "" */
  CsWorkJob *there;   /* as last read; its number is "" until it is there */
} CsJob;

CsJob *cs_job_new (void);
void cs_job_free (CsJob *job);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsJob, cs_job_free)

/* One call of its saga, as the store keeps it; what it means is the engine's affair. */
typedef struct
{
  int kind;
  guint index;
  CsJournalState state;
  guint generation;
  guint attempts;
  gint64 next_ms;
  gint64 epoch;
  GBytes *frozen; /* (nullable): the bytes that are sent, from the first time on */
  gboolean has_baseline;
  guint baseline;
  gint64 known_ms; /* when it was last certain that the file told the truth about it */
  char *message;   /* the remote's words when it last refused, "" */
  char *correlation_id;
} CsJobStep;

CsJobStep *cs_job_step_new (void);
void cs_job_step_free (CsJobStep *step);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsJobStep, cs_job_step_free)

/* What jobs a service makes: found by the first line of a proposal line's description. */
typedef struct
{
  char *name;
  GPtrArray *template_ids; /* of char *, in order */
  CsJobRule *rule;         /* (nullable): the practice's */
} CsWorkService;

CsWorkService *cs_work_service_new (void);
void cs_work_service_free (CsWorkService *service);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsWorkService, cs_work_service_free)
char *cs_work_service_name_of (const char *description);

/* Somebody of the practice, who may work on jobs without ever using this program [J-05]. */
typedef struct
{
  CsUuid id;
  char *name;
  char *email;
  gboolean has_access; /* uses this program */
  gboolean manages;    /* at most one does */
  gboolean is_partner; /* at most one is */
  gboolean works;      /* is assigned to every job */
  char *staff_id;      /* there, "": not linked */
} CsMember;

CsMember *cs_member_new (void);
CsMember *cs_member_copy (const CsMember *member);
void cs_member_free (CsMember *member);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsMember, cs_member_free)

/* How the practice makes jobs. */
typedef struct
{
  CsJobRule *rule;
  gboolean goes_by_itself; /* on acceptance; else a person says so */
} CsJobSettings;

CsJobSettings *cs_job_settings_new (void);
void cs_job_settings_free (CsJobSettings *settings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsJobSettings, cs_job_settings_free)

G_END_DECLS
