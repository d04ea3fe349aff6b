/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-job.h"

#include <string.h>

static const char *const state_words[] = {
  [CS_JOB_PLANNED] = "planned",       [CS_JOB_DEPLOYING] = "deploying", [CS_JOB_LIVE] = "live",
  [CS_JOB_INCOMPLETE] = "incomplete", [CS_JOB_BLOCKED] = "blocked",     [CS_JOB_COMPLETED] = "completed",
  [CS_JOB_CANCELLED] = "cancelled",
};

/** cs_job_state_to_string: Returns: (transfer none): the word that is stored, not for a person */
const char *
cs_job_state_to_string (CsJobState state)
{
  g_assert ((gsize)state < G_N_ELEMENTS (state_words));
  return state_words[state];
}

/** cs_job_state_parse: Returns: whether @text is a word of cs_job_state_to_string(); else
 * %CS_DOMAIN_ERROR_INVALID */
gboolean
cs_job_state_parse (const char *text, CsJobState *state, GError **error)
{
  g_return_val_if_fail (state != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (state_words); i++)
    if (g_strcmp0 (text, state_words[i]) == 0)
      {
        *state = (CsJobState)i;
        return TRUE;
      }
  g_set_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_INVALID, "No state of a job: %s", text);
  return FALSE;
}

/** cs_job_new: Returns: (transfer full): a planned one that is nowhere yet */
CsJob *
cs_job_new (void)
{
  CsJob *job = g_new0 (CsJob, 1);

  job->planned = cs_planned_job_new ();
  job->there = cs_work_job_new ();
  job->client_name = g_strdup ("");
  job->proposal_number = g_strdup ("");
  job->problem = g_strdup ("");
  job->release_day = CS_DATE_NONE;
  return job;
}

/** cs_job_free: frees the job. */
void
cs_job_free (CsJob *job)
{
  if (job == NULL)
    return;
  cs_planned_job_free (job->planned);
  cs_work_job_free (job->there);
  g_free (job->client_name);
  g_free (job->proposal_number);
  g_free (job->problem);
  g_free (job);
}

/** cs_job_step_new: Returns: (transfer full): one that is held and was never sent */
CsJobStep *
cs_job_step_new (void)
{
  CsJobStep *step = g_new0 (CsJobStep, 1);

  step->message = g_strdup ("");
  step->correlation_id = g_strdup ("");
  return step;
}

/** cs_job_step_free: frees the step. */
void
cs_job_step_free (CsJobStep *step)
{
  if (step == NULL)
    return;
  g_clear_pointer (&step->frozen, g_bytes_unref);
  g_free (step->message);
  g_free (step->correlation_id);
  g_free (step);
}

/** cs_work_service_new: Returns: (transfer full): one that makes no job */
CsWorkService *
cs_work_service_new (void)
{
  CsWorkService *service = g_new0 (CsWorkService, 1);

  service->name = g_strdup ("");
  service->template_ids = g_ptr_array_new_with_free_func (g_free);
  return service;
}

/** cs_work_service_free: frees the service. */
void
cs_work_service_free (CsWorkService *service)
{
  if (service == NULL)
    return;
  g_free (service->name);
  g_ptr_array_unref (service->template_ids);
  g_clear_pointer (&service->rule, cs_job_rule_free);
  g_free (service);
}

/** cs_work_service_name_of: Returns: (transfer full): what a line of a proposal is called: the first line of
 * its @description, without blanks around it */
char *
cs_work_service_name_of (const char *description)
{
  g_return_val_if_fail (description != NULL, NULL);

  return g_strstrip (g_strndup (description, strcspn (description, "\r\n")));
}

/** cs_member_new: Returns: (transfer full): somebody without a name, who uses this program */
CsMember *
cs_member_new (void)
{
  CsMember *member = g_new0 (CsMember, 1);

  member->name = g_strdup ("");
  member->email = g_strdup ("");
  member->staff_id = g_strdup ("");
  member->has_access = TRUE;
  return member;
}

/** cs_member_copy: Returns: (transfer full): the same, sharing nothing with @member */
CsMember *
cs_member_copy (const CsMember *member)
{
  CsMember *copy;

  g_return_val_if_fail (member != NULL, NULL);

  copy = g_memdup2 (member, sizeof *member);
  copy->name = g_strdup (member->name);
  copy->email = g_strdup (member->email);
  copy->staff_id = g_strdup (member->staff_id);
  return copy;
}

/** cs_member_free: frees the member. */
void
cs_member_free (CsMember *member)
{
  if (member == NULL)
    return;
  g_free (member->name);
  g_free (member->email);
  g_free (member->staff_id);
  g_free (member);
}

/** cs_job_settings_new: Returns: (transfer full): jobs go by themselves, by the rule of cs_job_rule_new() */
CsJobSettings *
cs_job_settings_new (void)
{
  CsJobSettings *settings = g_new0 (CsJobSettings, 1);

  settings->rule = cs_job_rule_new ();
  settings->goes_by_itself = TRUE;
  return settings;
}

/** cs_job_settings_free: frees the settings. */
void
cs_job_settings_free (CsJobSettings *settings)
{
  if (settings == NULL)
    return;
  cs_job_rule_free (settings->rule);
  g_free (settings);
}
