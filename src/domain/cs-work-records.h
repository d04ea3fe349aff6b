/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-date.h"
#include "cs-decimal.h"
#include "cs-work-fields.h"

G_BEGIN_DECLS

/* Mirrors of what a practice manager (Xero Practice Manager) says: clients, people, templates and jobs. The
 * fields that are named here are all that is ever read; a tax number is none of them [X-10, K-14]. */

/* A remote that does not say is not one that says no (xpm.md 5.6). */
typedef enum
{
  CS_TRISTATE_UNKNOWN,
  CS_TRISTATE_NO,
  CS_TRISTATE_YES,
} CsTristate;

typedef struct
{
  char *remote_id;
  char *name;
  char *email;
  char *phone;
  char *mobile;
  char *position;
  gboolean is_primary;
} CsWorkContact;

typedef struct
{
  char *remote_id;
  char *web_id; /* the number in its address, ""; what people know as "XPM ID" */
  CsWorkFields *fields;
  CsTristate is_prospect;
  gboolean is_archived;
  gboolean is_deleted;
  GPtrArray *contacts; /* of CsWorkContact */
} CsWorkClient;

/* A member of the staff, a job template, a category, a client group or a job's state: what is a name and an
 * id. */
typedef struct
{
  char *remote_id;
  char *name;
  char *email; /* of staff; else "" */
} CsWorkEntry;

typedef struct
{
  char *remote_id; /* of the job's task */
  char *task_id;   /* of the task that it was made from */
  char *name;
  gint64 estimated_minutes;
  gint64 actual_minutes;
  gboolean is_completed;
} CsWorkTask;

typedef struct
{
  char *description;
  CsDate date;
  gboolean is_completed;
} CsWorkMilestone;

typedef struct
{
  char *number; /* "J000321": what it is addressed by */
  char *remote_id;
  char *web_address; /* where a person sees it, "" until known */
  char *name;
  char *description;
  char *client_id;
  char *client_name;
  char *client_order_number; /* what the invoice's reference must equal [U-24] */
  char *state;               /* the practice's own word */
  char *category;
  CsDecimal budget;
  gboolean has_budget;
  CsDate start;
  CsDate due;
  CsDate completed;
  char *manager_id;
  char *partner_id;
  GPtrArray *staff_ids;  /* of char * */
  GPtrArray *tasks;      /* of CsWorkTask */
  GPtrArray *milestones; /* of CsWorkMilestone */
} CsWorkJob;

CsWorkContact *cs_work_contact_new (void);
void cs_work_contact_free (CsWorkContact *contact);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsWorkContact, cs_work_contact_free)
CsWorkClient *cs_work_client_new (void);
void cs_work_client_free (CsWorkClient *client);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsWorkClient, cs_work_client_free)
const char *cs_work_client_get (const CsWorkClient *client, CsWorkField field);
CsWorkEntry *cs_work_entry_new (void);
void cs_work_entry_free (CsWorkEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsWorkEntry, cs_work_entry_free)
CsWorkTask *cs_work_task_new (void);
void cs_work_task_free (CsWorkTask *task);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsWorkTask, cs_work_task_free)
CsWorkMilestone *cs_work_milestone_new (void);
void cs_work_milestone_free (CsWorkMilestone *milestone);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsWorkMilestone, cs_work_milestone_free)
CsWorkJob *cs_work_job_new (void);
void cs_work_job_free (CsWorkJob *job);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsWorkJob, cs_work_job_free)

G_END_DECLS
