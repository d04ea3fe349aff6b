/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-session-jobs.h"

#include "cs-deployer.h"
#include "cs-work-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PAGES_HOST "https://practicemanager.xero.com"

/* --- how they are made --- */

static gpointer
save_settings_job (CsStore *store, gpointer data, GError **error)
{
  cs_store_save_job_settings (store, data, error);
  return NULL;
}

/** cs_session_save_job_settings: Returns: (transfer full): resolves once @settings are stored;
 * %CS_STORE_ERROR_INVALID with words for a person */
DexFuture *
cs_session_save_job_settings (CsSession *session, const CsJobSettings *settings)
{
  CsJobSettings *copy;

  g_return_val_if_fail (CS_IS_SESSION (session) && settings != NULL, NULL);

  copy = cs_job_settings_new ();
  cs_job_rule_free (copy->rule);
  copy->rule = cs_job_rule_copy (settings->rule);
  copy->goes_by_itself = settings->goes_by_itself;
  return cs_session_command (session, save_settings_job, copy, (GDestroyNotify)cs_job_settings_free,
                             CS_CHANGE_JOBS);
}

static gpointer
save_service_job (CsStore *store, gpointer data, GError **error)
{
  cs_store_save_service (store, data, error);
  return NULL;
}

/** cs_session_save_service: Returns: (transfer full): resolves once what @service makes is stored */
DexFuture *
cs_session_save_service (CsSession *session, const CsWorkService *service)
{
  CsWorkService *copy;

  g_return_val_if_fail (CS_IS_SESSION (session) && service != NULL, NULL);

  copy = cs_work_service_new ();
  g_set_str (&copy->name, service->name);
  for (guint i = 0; i < service->template_ids->len; i++)
    g_ptr_array_add (copy->template_ids, g_strdup (g_ptr_array_index (service->template_ids, i)));
  if (service->rule != NULL)
    copy->rule = cs_job_rule_copy (service->rule);
  return cs_session_command (session, save_service_job, copy, (GDestroyNotify)cs_work_service_free,
                             CS_CHANGE_JOBS);
}

static gpointer
save_member_job (CsStore *store, gpointer data, GError **error)
{
  cs_store_save_member (store, data, error);
  return NULL;
}

/** cs_session_save_member: Returns: (transfer full): resolves once @member is stored */
DexFuture *
cs_session_save_member (CsSession *session, const CsMember *member)
{
  g_return_val_if_fail (CS_IS_SESSION (session) && member != NULL, NULL);

  return cs_session_command (session, save_member_job, cs_member_copy (member),
                             (GDestroyNotify)cs_member_free, CS_CHANGE_JOBS);
}

static gpointer
delete_member_job (CsStore *store, gpointer data, GError **error)
{
  cs_store_delete_member (store, data, error);
  return NULL;
}

static DexFuture *
command_on (CsSession *session, CsDatabaseFunc func, const CsUuid *id)
{
  return cs_session_command (session, func, g_memdup2 (id, sizeof *id), g_free, CS_CHANGE_JOBS);
}

/** cs_session_delete_member: Returns: (transfer full): resolves once nobody is of this id */
DexFuture *
cs_session_delete_member (CsSession *session, const CsUuid *id)
{
  g_return_val_if_fail (CS_IS_SESSION (session) && id != NULL, NULL);

  return command_on (session, delete_member_job, id);
}

static gpointer
link_staff_job (CsStore *store, gpointer data, GError **error)
{
  guint n_linked = 0;

  cs_store_link_staff (store, &n_linked, error);
  return NULL;
}

/** cs_session_link_staff: Returns: (transfer full): resolves once members are linked by e-mail [J-03] */
DexFuture *
cs_session_link_staff (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  return cs_session_command (session, link_staff_job, NULL, NULL, CS_CHANGE_JOBS);
}

static gpointer
plan_jobs_job (CsStore *store, gpointer data, GError **error)
{
  guint n_planned = 0;

  cs_store_plan_jobs (store, data, &n_planned, error);
  return NULL;
}

/** cs_session_plan_jobs: Returns: (transfer full): resolves once the jobs of an accepted proposal are planned
 * by what is linked now; %CS_STORE_ERROR_STATE */
DexFuture *
cs_session_plan_jobs (CsSession *session, const CsUuid *proposal_id)
{
  g_return_val_if_fail (CS_IS_SESSION (session) && proposal_id != NULL, NULL);

  return command_on (session, plan_jobs_job, proposal_id);
}

/* --- one of them --- */

static DexFuture *
feed (CsSession *session, CsDatabaseFunc func, const CsUuid *id)
{
  const CsConnection *connection = cs_work_get_connection (session->work);
  CsDeployNews *news;

  if (connection == NULL)
    return cs_future_new_take_error (
        g_error_new_literal (CS_STORE_ERROR, CS_STORE_ERROR_STATE, _ ("Practice Manager is not connected.")));
  news = g_new0 (CsDeployNews, 1);
  news->id = *id;
  news->connection_id = connection->id;
  news->epoch = session->epoch;
  news->now_ms = cs_clock_now_ms (session->options->clock);
  return cs_session_command (session, func, news, (GDestroyNotify)cs_deploy_news_free, CS_CHANGE_JOBS);
}

/** cs_session_deploy_job: Returns: (transfer full): resolves once a planned job is on its way, whatever day
 * it would go by itself; nothing is sent before the hold of its acceptance ends */
DexFuture *
cs_session_deploy_job (CsSession *session, const CsUuid *id)
{
  g_return_val_if_fail (CS_IS_SESSION (session) && id != NULL, NULL);

  return feed (session, cs_deploy_go, id);
}

/** cs_session_retry_job: Returns: (transfer full): resolves once what stood still is tried again */
DexFuture *
cs_session_retry_job (CsSession *session, const CsUuid *id)
{
  g_return_val_if_fail (CS_IS_SESSION (session) && id != NULL, NULL);

  return feed (session, cs_deploy_retry, id);
}

/** cs_session_cancel_job: Returns: (transfer full): resolves once nothing more of it is sent; what is there
 * stays there */
DexFuture *
cs_session_cancel_job (CsSession *session, const CsUuid *id)
{
  g_return_val_if_fail (CS_IS_SESSION (session) && id != NULL, NULL);

  return feed (session, cs_deploy_cancel, id);
}

/** cs_session_get_job_link: Returns: (transfer full) (nullable): its page at Practice Manager; in a demo the
 * sandbox's page of it */
char *
cs_session_get_job_link (CsSession *session, const CsWorkJob *job)
{
  const char *path;

  g_return_val_if_fail (CS_IS_SESSION (session) && job != NULL, NULL);

  if (job->web_address[0] == '\0')
    return NULL;
  path = g_str_has_prefix (job->web_address, PAGES_HOST) ? job->web_address + strlen (PAGES_HOST) : NULL;
  if (path == NULL || !session->practice->is_demo)
    return g_strdup (job->web_address);
  return g_strconcat (session->options->sandbox_address, path, NULL);
}
