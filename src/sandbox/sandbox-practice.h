/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-practice-records.h"

/* One tenant of Practice Manager: its records, and who may connect it. */

typedef enum
{
  SANDBOX_PRIVILEGE_GRANTED,
  SANDBOX_PRIVILEGE_MISSING,
  SANDBOX_PRIVILEGE_TICKED, /* the box is ticked and does nothing, until it is unticked and ticked (xpm 2.4)
                             */
  SANDBOX_PRIVILEGES
} SandboxPrivilege;

extern const char *const sandbox_privilege_names[]; /* ended by NULL */

typedef struct
{
  char *id;
  char *name;                                 /* on the consent page; the API does not tell it (xpm 2.3) */
  GPtrArray *records[SANDBOX_PRACTICE_LISTS]; /* each in the order in which it was made; none ever leaves */
  GPtrArray *pending[SANDBOX_PRACTICE_LISTS]; /* lent: those that the state file lacks */
  GHashTable *by_id[SANDBOX_PRACTICE_LISTS];
  GHashTable *jobs_by_number; /* folded number → job */
  GHashTable *jobs_by_client; /* client id → GPtrArray of jobs, lent */
  GHashTable *groups_by_client;
  SandboxId *task_ids;       /* beside sandbox_base_tasks */
  SandboxId *definition_ids; /* beside sandbox_field_definitions */
  gint64 next_client;
  gint64 next_job;
  gint64 writes; /* PUT, POST and DELETE that reached the socket */
  SandboxPrivilege privilege;
  gboolean filling; /* the seed is at work: nothing is to be kept */
} SandboxPractice;

SandboxPractice *sandbox_practice_new (const char *id, const char *name, gint64 first_client);
void sandbox_practice_free (SandboxPractice *self);

gpointer sandbox_practice_make (SandboxPracticeList list, const char *id);
void sandbox_practice_discard (SandboxPracticeList list, gpointer record);
void sandbox_practice_add (SandboxPractice *self, SandboxPracticeList list, gpointer record);
void sandbox_practice_touch (SandboxPractice *self, SandboxPracticeList list, gpointer record);
gpointer sandbox_practice_find (const SandboxPractice *self, SandboxPracticeList list, const char *id);
void sandbox_practice_group_members (SandboxPractice *self);
void sandbox_practice_renumber (SandboxPractice *self, SandboxJob *job, const char *number);

SandboxClient *sandbox_practice_client (const SandboxPractice *self, const char *id);
SandboxJob *sandbox_practice_job (const SandboxPractice *self, const char *number);
const char *sandbox_practice_staff_name (const SandboxPractice *self, const char *id);
GPtrArray *sandbox_practice_jobs_of (const SandboxPractice *self, const char *client);
char *sandbox_practice_take_job_number (SandboxPractice *self);
int sandbox_practice_base_task (const SandboxPractice *self, const char *id);
int sandbox_practice_definition (const SandboxPractice *self, const char *id);
