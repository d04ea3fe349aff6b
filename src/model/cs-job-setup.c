/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-job-setup.h"
#include "cs-store-jobs.h"
#include "cs-store-work.h"

/* --- what there is to choose from --- */

static gboolean
read_list (CsStore *store, const CsUuid *connection_id, const char *list, GPtrArray **entries, GError **error)
{
  gboolean may_not_list = FALSE;

  *entries = cs_store_list_work_entries (store, connection_id, list, &may_not_list, error);
  if (*entries == NULL)
    return FALSE;
  if (may_not_list)
    g_clear_pointer (entries, g_ptr_array_unref);
  return TRUE;
}

/** cs_work_lists_read: Returns: (transfer full) (nullable): what was last read of the practice manager that
 * is connected, or was last; all are %NULL where there never was one */
CsWorkLists *
cs_work_lists_read (CsStore *store, GError **error)
{
  g_autoptr (CsWorkLists) lists = g_new0 (CsWorkLists, 1);
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsConnection) connection = cs_store_get_work_connection (store, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (connection != NULL
      && (!read_list (store, &connection->id, "templates", &lists->templates, error)
          || !read_list (store, &connection->id, "categories", &lists->categories, error)
          || !read_list (store, &connection->id, "staff", &lists->staff, error)))
    return NULL;
  return g_steal_pointer (&lists);
}

/** cs_work_lists_free: */
void
cs_work_lists_free (CsWorkLists *lists)
{
  if (lists == NULL)
    return;
  g_clear_pointer (&lists->templates, g_ptr_array_unref);
  g_clear_pointer (&lists->categories, g_ptr_array_unref);
  g_clear_pointer (&lists->staff, g_ptr_array_unref);
  g_free (lists);
}

/** cs_work_entries_name: Returns: (transfer none): what @id is called; @id itself where that is not known */
const char *
cs_work_entries_name (const GPtrArray *entries, const char *id)
{
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    if (g_ascii_strcasecmp (((CsWorkEntry *)entries->pdata[i])->remote_id, id) == 0)
      return ((CsWorkEntry *)entries->pdata[i])->name;
  return id;
}

/* --- how jobs are made --- */

/** cs_job_setup_free: */
void
cs_job_setup_free (CsJobSetup *setup)
{
  if (setup == NULL)
    return;
  g_clear_pointer (&setup->settings, cs_job_settings_free);
  g_clear_pointer (&setup->services, g_ptr_array_unref);
  g_clear_pointer (&setup->members, g_ptr_array_unref);
  g_clear_pointer (&setup->lists, cs_work_lists_free);
  g_free (setup);
}

static gpointer
read_setup (CsStore *store, gpointer data, GError **error)
{
  g_autoptr (CsJobSetup) setup = g_new0 (CsJobSetup, 1);

  if ((setup->settings = cs_store_get_job_settings (store, error)) == NULL
      || (setup->services = cs_store_list_services (store, error)) == NULL
      || (setup->members = cs_store_list_members (store, error)) == NULL
      || (setup->lists = cs_work_lists_read (store, error)) == NULL)
    return NULL;
  return g_steal_pointer (&setup);
}

/** cs_job_setup_read: Returns: (transfer full): resolves to a #CsJobSetup (cs_await_record) */
DexFuture *
cs_job_setup_read (CsSession *session)
{
  return cs_session_read (session, read_setup, NULL, NULL, (GDestroyNotify)cs_job_setup_free);
}

/* --- what acceptance would make --- */

/** cs_job_forecast_free: */
void
cs_job_forecast_free (CsJobForecast *forecast)
{
  if (forecast == NULL)
    return;
  g_clear_pointer (&forecast->jobs, g_ptr_array_unref);
  g_clear_pointer (&forecast->warnings, g_ptr_array_unref);
  g_clear_pointer (&forecast->lists, cs_work_lists_free);
  g_free (forecast);
}

/** cs_job_forecast_new: Returns: (transfer full) (nullable): what accepting @proposal on @today would make;
 * nothing where no practice manager is connected */
CsJobForecast *
cs_job_forecast_new (CsStore *store, const CsProposal *proposal, CsDate today, GError **error)
{
  g_autoptr (CsJobForecast) forecast = g_new0 (CsJobForecast, 1);

  if (!cs_store_foresee_jobs (store, proposal, today, &forecast->jobs, &forecast->warnings, error)
      || (forecast->lists = cs_work_lists_read (store, error)) == NULL)
    return NULL;
  return g_steal_pointer (&forecast);
}

typedef struct
{
  CsProposal *proposal;
  CsDate today;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  cs_proposal_free (question->proposal);
  g_free (question);
}

static gpointer
read_forecast (CsStore *store, gpointer data, GError **error)
{
  const Question *question = data;

  return cs_job_forecast_new (store, question->proposal, question->today, error);
}

/** cs_job_forecast_read: Returns: (transfer full): resolves to the #CsJobForecast of @proposal as it is now
 */
DexFuture *
cs_job_forecast_read (CsSession *session, const CsProposal *proposal)
{
  Question *question = g_new0 (Question, 1);

  question->proposal = cs_proposal_copy (proposal);
  question->today = cs_session_get_today (session);
  return cs_session_read (session, read_forecast, question, question_free,
                          (GDestroyNotify)cs_job_forecast_free);
}
