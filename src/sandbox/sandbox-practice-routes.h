/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-practice-call.h"

/* Practice Manager's endpoints that are served (xpm 4): a new one is a line in sandbox-practice-routes.c and
 * a function here. */

typedef enum
{
  SANDBOX_FAMILY_CLIENT,
  SANDBOX_FAMILY_JOB,
  SANDBOX_FAMILY_STAFF,
  SANDBOX_FAMILY_BROAD,
  SANDBOX_FAMILIES
} SandboxFamily;

typedef struct
{
  const char *method;
  const char *path; /* after the version; a star is an identifier */
  SandboxFamily family;
  SandboxPracticeHandler serve;
  const char *root;  /* of the body; NULL: it has none */
  gboolean for_jobs; /* what granular scopes may open, too (xpm 2.2) */
} SandboxRoute;

extern const SandboxRoute sandbox_practice_routes[];
extern const guint sandbox_n_practice_routes;

/* sandbox-clients.c */
void sandbox_clients_list (const SandboxPracticeCall *call);
void sandbox_clients_paged_list (const SandboxPracticeCall *call);
void sandbox_clients_search (const SandboxPracticeCall *call);
void sandbox_clients_get (const SandboxPracticeCall *call);

/* sandbox-clients-write.c */
void sandbox_clients_add (const SandboxPracticeCall *call);
void sandbox_clients_update (const SandboxPracticeCall *call);
void sandbox_clients_archive (const SandboxPracticeCall *call);
void sandbox_clients_delete (const SandboxPracticeCall *call);

/* sandbox-client-contacts.c */
void sandbox_client_contacts_list (const SandboxPracticeCall *call);
void sandbox_client_contacts_get (const SandboxPracticeCall *call);
void sandbox_client_contacts_add (const SandboxPracticeCall *call);
void sandbox_client_contacts_update (const SandboxPracticeCall *call);
void sandbox_client_contacts_delete (const SandboxPracticeCall *call);
void sandbox_client_contacts_link (const SandboxPracticeCall *call);

/* sandbox-client-groups.c */
void sandbox_client_groups_list (const SandboxPracticeCall *call);
void sandbox_client_groups_get (const SandboxPracticeCall *call);
void sandbox_client_groups_add (const SandboxPracticeCall *call);
void sandbox_client_groups_members (const SandboxPracticeCall *call);
void sandbox_client_groups_delete (const SandboxPracticeCall *call);

/* sandbox-custom-fields.c */
void sandbox_custom_fields_definitions (const SandboxPracticeCall *call);
void sandbox_custom_fields_get (const SandboxPracticeCall *call);
void sandbox_custom_fields_update (const SandboxPracticeCall *call);

/* sandbox-practice-settings.c */
void sandbox_practice_staff_list (const SandboxPracticeCall *call);
void sandbox_practice_staff_get (const SandboxPracticeCall *call);
void sandbox_practice_templates (const SandboxPracticeCall *call);
void sandbox_practice_categories (const SandboxPracticeCall *call);
void sandbox_practice_states (const SandboxPracticeCall *call);
void sandbox_practice_tasks (const SandboxPracticeCall *call);

/* sandbox-jobs.c */
void sandbox_jobs_list (const SandboxPracticeCall *call);
void sandbox_jobs_current (const SandboxPracticeCall *call);
void sandbox_jobs_of_client (const SandboxPracticeCall *call);
void sandbox_jobs_get (const SandboxPracticeCall *call);

/* sandbox-jobs-write.c */
void sandbox_jobs_add (const SandboxPracticeCall *call);
void sandbox_jobs_update (const SandboxPracticeCall *call);
void sandbox_jobs_state (const SandboxPracticeCall *call);
void sandbox_jobs_delete (const SandboxPracticeCall *call);
void sandbox_jobs_apply_template (const SandboxPracticeCall *call);
void sandbox_jobs_note (const SandboxPracticeCall *call);

/* sandbox-jobs-assign.c */
void sandbox_jobs_assign (const SandboxPracticeCall *call);

/* sandbox-job-tasks.c */
void sandbox_job_tasks_add (const SandboxPracticeCall *call);
void sandbox_job_tasks_update (const SandboxPracticeCall *call);
void sandbox_job_tasks_complete (const SandboxPracticeCall *call);
void sandbox_job_tasks_reopen (const SandboxPracticeCall *call);
