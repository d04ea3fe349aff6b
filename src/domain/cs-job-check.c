/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-job-check.h"

/** cs_job_warning_free: frees the warning. */
void
cs_job_warning_free (CsJobWarning *warning)
{
  if (warning == NULL)
    return;
  g_free (warning->subject);
  g_free (warning);
}

static void
warn (GPtrArray *warnings, CsJobWarningKind kind, const CsUuid *line_id, const char *subject)
{
  CsJobWarning *warning = g_new0 (CsJobWarning, 1);

  warning->kind = kind;
  warning->line_id = line_id != NULL ? *line_id : CS_UUID_NONE;
  warning->subject = g_strdup (subject);
  g_ptr_array_add (warnings, warning);
}

/* Ids are compared whatever their case (xpm.md 1.4). */
static gboolean
is_known (const GPtrArray *entries, const char *id)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const CsWorkEntry *entry = g_ptr_array_index (entries, i);

      if (g_ascii_strcasecmp (entry->remote_id, id) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
check_service (GPtrArray *warnings, const CsJobService *service, const CsJobFacts *facts)
{
  if (service->template_ids->len == 0)
    warn (warnings, CS_JOB_WARNING_NO_TEMPLATE, &service->line_id, service->name);
  for (guint i = 0; i < service->template_ids->len; i++)
    {
      const char *id = g_ptr_array_index (service->template_ids, i);

      if (facts->templates == NULL)
        warn (warnings, CS_JOB_WARNING_TEMPLATE_UNKNOWN, &service->line_id, service->name);
      else if (!is_known (facts->templates, id))
        warn (warnings, CS_JOB_WARNING_TEMPLATE_GONE, &service->line_id, service->name);
    }
}

static void
check_category (GPtrArray *warnings, const CsJobRule *rule, const CsUuid *line_id, const CsJobFacts *facts)
{
  if (rule->category_id[0] != '\0' && facts->categories != NULL
      && !is_known (facts->categories, rule->category_id))
    warn (warnings, CS_JOB_WARNING_CATEGORY_GONE, line_id, rule->category_id);
}

static void
check_person (GPtrArray *warnings, const char *id, const CsJobFacts *facts)
{
  if (id[0] != '\0' && facts->staff != NULL && !is_known (facts->staff, id))
    warn (warnings, CS_JOB_WARNING_STAFF_GONE, NULL, id);
}

/**
 * cs_job_check:
 * @services: of #CsJobService, the proposal's
 * @rule: the practice's
 * @roles: who is to work on the jobs
 * @facts: what is known there
 *
 * Returns: (transfer full): of #CsJobWarning, services first; empty when each job will be whole [U-25]
 */
GPtrArray *
cs_job_check (const GPtrArray *services,
              const CsJobRule *rule,
              const CsJobRoles *roles,
              const CsJobFacts *facts)
{
  GPtrArray *warnings = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_job_warning_free);

  g_return_val_if_fail (services != NULL && rule != NULL && roles != NULL && facts != NULL, warnings);

  for (guint i = 0; i < services->len; i++)
    {
      const CsJobService *service = g_ptr_array_index (services, i);

      check_service (warnings, service, facts);
      if (service->rule != NULL)
        check_category (warnings, service->rule, &service->line_id, facts);
    }
  check_category (warnings, rule, NULL, facts);
  if (roles->manager_id[0] == '\0')
    warn (warnings, CS_JOB_WARNING_NO_MANAGER, NULL, "");
  check_person (warnings, roles->manager_id, facts);
  check_person (warnings, roles->partner_id, facts);
  for (guint i = 0; i < roles->staff_ids->len; i++)
    check_person (warnings, g_ptr_array_index (roles->staff_ids, i), facts);
  for (guint i = 0; facts->unlinked != NULL && i < facts->unlinked->len; i++)
    warn (warnings, CS_JOB_WARNING_STAFF_UNLINKED, NULL, g_ptr_array_index (facts->unlinked, i));
  if (facts->n_namesakes > 0)
    warn (warnings, CS_JOB_WARNING_NAMESAKES, NULL, "");
  else if (facts->is_client_stuck)
    warn (warnings, CS_JOB_WARNING_CLIENT_UNLINKED, NULL, "");
  return warnings;
}
