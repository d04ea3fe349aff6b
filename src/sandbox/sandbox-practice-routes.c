/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-practice-routes.h"

#define CLIENT SANDBOX_FAMILY_CLIENT
#define JOB SANDBOX_FAMILY_JOB
#define STAFF SANDBOX_FAMILY_STAFF
#define BROAD SANDBOX_FAMILY_BROAD

const SandboxRoute sandbox_practice_routes[] = {
  { "GET", "client.api/list", CLIENT, sandbox_clients_list },
  { "GET", "client.api/paged-list", CLIENT, sandbox_clients_paged_list },
  { "GET", "client.api/search", CLIENT, sandbox_clients_search },
  { "GET", "client.api/get/*", CLIENT, sandbox_clients_get },
  { "POST", "client.api/add", CLIENT, sandbox_clients_add, "Client" },
  { "PUT", "client.api/update", CLIENT, sandbox_clients_update, "Client" },
  { "PUT", "client.api/archive", CLIENT, sandbox_clients_archive, "Client" },
  { "POST", "client.api/delete", CLIENT, sandbox_clients_delete, "Client" },
  { "GET", "client.api/contacts", CLIENT, sandbox_client_contacts_list },
  { "GET", "client.api/contact/*", CLIENT, sandbox_client_contacts_get },
  { "POST", "client.api/contact", CLIENT, sandbox_client_contacts_add, "Contact" },
  { "PUT", "client.api/contact/*", CLIENT, sandbox_client_contacts_update, "Contact" },
  { "DELETE", "client.api/contact/*", CLIENT, sandbox_client_contacts_delete },
  { "POST", "client.api/client/*/contacts", CLIENT, sandbox_client_contacts_link, "Client" },
  { "GET", "client.api/get/*/customfield", CLIENT, sandbox_custom_fields_get },
  { "PUT", "client.api/update/*/customfield", CLIENT, sandbox_custom_fields_update, "CustomFields" },
  { "GET", "customfield.api/definition", BROAD, sandbox_custom_fields_definitions },
  { "GET", "clientgroup.api/list", CLIENT, sandbox_client_groups_list },
  { "GET", "clientgroup.api/get/*", CLIENT, sandbox_client_groups_get },
  { "POST", "clientgroup.api/add", CLIENT, sandbox_client_groups_add, "Group" },
  { "PUT", "clientgroup.api/members", CLIENT, sandbox_client_groups_members, "Group" },
  { "POST", "clientgroup.api/delete", CLIENT, sandbox_client_groups_delete, "Group" },
  { "GET", "staff.api/list", STAFF, sandbox_practice_staff_list },
  { "GET", "staff.api/get/*", STAFF, sandbox_practice_staff_get },
  { "GET", "template.api/list", BROAD, sandbox_practice_templates, NULL, TRUE },
  { "GET", "category.api/list", BROAD, sandbox_practice_categories, NULL, TRUE },
  { "GET", "task.api/list", BROAD, sandbox_practice_tasks, NULL, TRUE },
  { "GET", "jobstate.api/list", JOB, sandbox_practice_states },
  { "GET", "job.api/list", JOB, sandbox_jobs_list },
  { "GET", "job.api/current", JOB, sandbox_jobs_current },
  { "GET", "job.api/client/*", JOB, sandbox_jobs_of_client },
  { "GET", "job.api/get/*", JOB, sandbox_jobs_get },
  { "POST", "job.api/add", JOB, sandbox_jobs_add, "Job" },
  { "PUT", "job.api/update", JOB, sandbox_jobs_update, "Job" },
  { "PUT", "job.api/assign", JOB, sandbox_jobs_assign, "Job" },
  { "PUT", "job.api/state", JOB, sandbox_jobs_state, "Job" },
  { "POST", "job.api/applytemplate", JOB, sandbox_jobs_apply_template, "Job" },
  { "POST", "job.api/delete", JOB, sandbox_jobs_delete, "Job" },
  { "POST", "job.api/note", JOB, sandbox_jobs_note, "Note" },
  { "POST", "job.api/task", JOB, sandbox_job_tasks_add, "Task" },
  { "PUT", "job.api/task", JOB, sandbox_job_tasks_update, "Task" },
  { "PUT", "job.api/task/*/complete", JOB, sandbox_job_tasks_complete },
  { "PUT", "job.api/task/*/reopen", JOB, sandbox_job_tasks_reopen },
};

const guint sandbox_n_practice_routes = G_N_ELEMENTS (sandbox_practice_routes);
