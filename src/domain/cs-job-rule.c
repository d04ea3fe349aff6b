/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-job-plan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DAYS_MAX 3660
#define PATTERN_MAX 2000 /* bytes */

/** cs_job_rule_new: Returns: (transfer full): one job a proposal, from acceptance, due thirty days later */
CsJobRule *
cs_job_rule_new (void)
{
  CsJobRule *rule = g_new0 (CsJobRule, 1);

  rule->name = g_strdup ("{title}");
  rule->description = g_strdup ("{proposal}\n{services}");
  rule->category_id = g_strdup ("");
  rule->start_date = CS_DATE_NONE;
  rule->due_date = CS_DATE_NONE;
  rule->due_days = 30;
  return rule;
}

/** cs_job_rule_copy: Returns: (transfer full): the same, sharing nothing with @rule */
CsJobRule *
cs_job_rule_copy (const CsJobRule *rule)
{
  CsJobRule *copy = g_memdup2 (rule, sizeof *rule);

  copy->name = g_strdup (rule->name);
  copy->description = g_strdup (rule->description);
  copy->category_id = g_strdup (rule->category_id);
  return copy;
}

/** cs_job_rule_free: frees the rule. */
void
cs_job_rule_free (CsJobRule *rule)
{
  if (rule == NULL)
    return;
  g_free (rule->name);
  g_free (rule->description);
  g_free (rule->category_id);
  g_free (rule);
}

static gboolean
refuse (GError **error, const char *words)
{
  g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_INVALID, words);
  return FALSE;
}

/**
 * cs_job_rule_validate:
 * @rule: what a person entered
 * @error: what is wrong with it, for that person
 *
 * Returns: whether jobs can be planned by it; else %CS_DOMAIN_ERROR_INVALID
 */
gboolean
cs_job_rule_validate (const CsJobRule *rule, GError **error)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (rule != NULL, FALSE);

  name = g_strstrip (g_strdup (rule->name));
  if (name[0] == '\0')
    return refuse (error, _ ("A job needs a name."));
  if (strlen (rule->name) > PATTERN_MAX || strlen (rule->description) > PATTERN_MAX)
    return refuse (error, _ ("The name or the description of jobs is too long."));
  if (rule->start == CS_JOB_START_FIXED && !cs_date_is_set (rule->start_date))
    return refuse (error, _ ("Enter the day on which jobs start."));
  if (rule->due == CS_JOB_DUE_FIXED && !cs_date_is_set (rule->due_date))
    return refuse (error, _ ("Enter the day on which jobs are due."));
  if (rule->start_days < 0 || rule->start_days > DAYS_MAX || rule->due_days < 0 || rule->due_days > DAYS_MAX)
    return refuse (error, _ ("The number of days must be between 0 and 3,660."));
  if (rule->start == CS_JOB_START_FIXED && rule->due == CS_JOB_DUE_FIXED
      && cs_date_compare (rule->due_date, rule->start_date) < 0)
    return refuse (error, _ ("A job can't be due before it starts."));
  if (rule->repeat == CS_JOB_REPEAT_WITH_BILLING && rule->scope == CS_JOB_SCOPE_PROPOSAL)
    return refuse (error, _ ("Only the job of a single service can be repeated."));
  if (rule->due == CS_JOB_DUE_PERIOD_END && rule->scope == CS_JOB_SCOPE_PROPOSAL)
    return refuse (error, _ ("Only the job of a single service has a period."));
  return TRUE;
}

/** cs_job_roles_new: Returns: (transfer full): nobody */
CsJobRoles *
cs_job_roles_new (void)
{
  CsJobRoles *roles = g_new0 (CsJobRoles, 1);

  roles->manager_id = g_strdup ("");
  roles->partner_id = g_strdup ("");
  roles->staff_ids = g_ptr_array_new_with_free_func (g_free);
  return roles;
}

/** cs_job_roles_copy: Returns: (transfer full): the same, sharing nothing with @roles */
CsJobRoles *
cs_job_roles_copy (const CsJobRoles *roles)
{
  CsJobRoles *copy = cs_job_roles_new ();

  g_set_str (&copy->manager_id, roles->manager_id);
  g_set_str (&copy->partner_id, roles->partner_id);
  for (guint i = 0; i < roles->staff_ids->len; i++)
    g_ptr_array_add (copy->staff_ids, g_strdup (g_ptr_array_index (roles->staff_ids, i)));
  return copy;
}

/** cs_job_roles_free: frees the roles. */
void
cs_job_roles_free (CsJobRoles *roles)
{
  if (roles == NULL)
    return;
  g_free (roles->manager_id);
  g_free (roles->partner_id);
  g_ptr_array_unref (roles->staff_ids);
  g_free (roles);
}

/** cs_job_service_new: Returns: (transfer full): a service without templates */
CsJobService *
cs_job_service_new (void)
{
  CsJobService *service = g_new0 (CsJobService, 1);

  service->name = g_strdup ("");
  service->template_ids = g_ptr_array_new_with_free_func (g_free);
  return service;
}

/** cs_job_service_free: frees the service. */
void
cs_job_service_free (CsJobService *service)
{
  if (service == NULL)
    return;
  g_free (service->name);
  g_ptr_array_unref (service->template_ids);
  g_clear_pointer (&service->rule, cs_job_rule_free);
  g_free (service);
}

/** cs_planned_job_new: Returns: (transfer full): a planned job with empty strings and lists, and no dates */
CsPlannedJob *
cs_planned_job_new (void)
{
  CsPlannedJob *job = g_new0 (CsPlannedJob, 1);

  job->name = g_strdup ("");
  job->description = g_strdup ("");
  job->key = g_strdup ("");
  job->client_order_number = g_strdup ("");
  job->category_id = g_strdup ("");
  job->start = CS_DATE_NONE;
  job->due = CS_DATE_NONE;
  job->template_ids = g_ptr_array_new_with_free_func (g_free);
  job->roles = cs_job_roles_new ();
  return job;
}

/** cs_planned_job_free: frees the planned job. */
void
cs_planned_job_free (CsPlannedJob *job)
{
  if (job == NULL)
    return;
  g_free (job->name);
  g_free (job->description);
  g_free (job->key);
  g_free (job->client_order_number);
  g_free (job->category_id);
  g_ptr_array_unref (job->template_ids);
  cs_job_roles_free (job->roles);
  g_free (job);
}
