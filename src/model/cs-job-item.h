/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-job.h"
#include "cs-record.h"

G_BEGIN_DECLS

/* A job with the names of what it has only ids of. A name that is not known is its id. */
typedef struct
{
  CsJob *job;
  char *templates; /* one a line */
  char *category;
  char *manager;
  char *partner;
  char *staff; /* one a line */
} CsNamedJob;
CsNamedJob *cs_named_job_new (CsJob *job); /* (transfer full) @job */
void cs_named_job_free (CsNamedJob *named);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsNamedJob, cs_named_job_free)

/* Which jobs are looked at. */
typedef enum
{
  CS_JOB_VIEW_ALL,
  CS_JOB_VIEW_PLANNED,
  CS_JOB_VIEW_DEPLOYING,
  CS_JOB_VIEW_LIVE,
  CS_JOB_VIEW_COMPLETED,
  CS_JOB_VIEW_BLOCKED, /* a person is needed: it is not there, or not whole */
  CS_JOB_N_VIEWS,
} CsJobView;
gboolean cs_job_view_holds (CsJobView view, CsJobState state);

/* What they are in the order of. */
typedef enum
{
  CS_JOB_ORDER_DUE,
  CS_JOB_ORDER_START,
  CS_JOB_ORDER_CLIENT,
  CS_JOB_ORDER_NAME,
  CS_JOB_ORDER_STATE, /* what needs a person first */
  CS_JOB_ORDER_NUMBER,
  CS_JOB_ORDER_PROPOSAL,
  CS_JOB_ORDER_MANAGER,
  CS_JOB_ORDER_BUDGET,
  CS_JOB_ORDER_N,
} CsJobOrder;
const char *cs_job_order_to_string (CsJobOrder order);
gboolean cs_job_order_parse (const char *text, CsJobOrder *order);
int cs_job_order_compare (CsJobOrder order,
                          gboolean is_descending,
                          const CsNamedJob *a,
                          const CsNamedJob *b); /* what has no value last, either way */

/* A job of the practice. */
#define CS_TYPE_JOB_ITEM (cs_job_item_get_type ())
G_DECLARE_FINAL_TYPE (CsJobItem, cs_job_item, CS, JOB_ITEM, GObject)

CsRecord *cs_job_item_new (gpointer named); /* (transfer full) @named, a CsNamedJob */
const CsNamedJob *cs_job_item_get (CsJobItem *self);
gboolean cs_job_item_matches (CsJobItem *self, const char *query);

G_END_DECLS
