/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-job-plan.h"

G_BEGIN_DECLS

/* What would keep a job from being whole, said in the proposal and not after signing [U-25]. */
typedef enum
{
  CS_JOB_WARNING_NO_TEMPLATE,      /* a service makes no job */
  CS_JOB_WARNING_TEMPLATE_GONE,    /* linked to a template that is not there any more */
  CS_JOB_WARNING_TEMPLATE_UNKNOWN, /* the key may not list templates: nobody can look */
  CS_JOB_WARNING_CATEGORY_GONE,
  CS_JOB_WARNING_NO_MANAGER, /* nobody is to manage the job, or a member without a staff record is */
  CS_JOB_WARNING_STAFF_UNLINKED,
  CS_JOB_WARNING_STAFF_GONE,
  CS_JOB_WARNING_NAMESAKES,       /* the client is not linked, and its name is taken there */
  CS_JOB_WARNING_CLIENT_UNLINKED, /* the client is none there, and may not be made one */
} CsJobWarningKind;

typedef struct
{
  CsJobWarningKind kind;
  CsUuid line_id; /* none: of the whole proposal */
  char *subject;  /* the service, the member or the id that it is about; "" */
} CsJobWarning;
void cs_job_warning_free (CsJobWarning *warning);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsJobWarning, cs_job_warning_free)

/* What is known there. A list of NULL was not read, since the key may not. */
typedef struct
{
  const GPtrArray *templates;  /* (nullable): of CsWorkEntry */
  const GPtrArray *categories; /* (nullable): of CsWorkEntry */
  const GPtrArray *staff;      /* (nullable): of CsWorkEntry */
  const GPtrArray *unlinked;   /* of char *: members who are to work on it and have no staff record */
  guint n_namesakes;           /* clients there of this name, when ours is not linked */
  gboolean is_client_stuck;    /* not linked, and clients don't travel there */
} CsJobFacts;

GPtrArray *cs_job_check (const GPtrArray *services,
                         const CsJobRule *rule,
                         const CsJobRoles *roles,
                         const CsJobFacts *facts);

G_END_DECLS
