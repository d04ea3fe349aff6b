/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-job-list.h"
#include "cs-job-setup.h"
#include "cs-store-jobs.h"

static char *
name_all (const GPtrArray *entries, const GPtrArray *ids)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? "\n" : "", cs_work_entries_name (entries, ids->pdata[i]));
  return g_string_free_and_steal (names);
}

static CsNamedJob *
name_job (CsJob *job, const CsWorkLists *lists)
{
  CsNamedJob *named = cs_named_job_new (job);
  const CsJobRoles *roles = job->planned->roles;

  g_free (named->templates);
  named->templates = name_all (lists->templates, job->planned->template_ids);
  g_set_str (&named->category, *job->there->category != '\0'
                                   ? job->there->category
                                   : cs_work_entries_name (lists->categories, job->planned->category_id));
  g_set_str (&named->manager, cs_work_entries_name (lists->staff, roles->manager_id));
  g_set_str (&named->partner, cs_work_entries_name (lists->staff, roles->partner_id));
  g_free (named->staff);
  named->staff = name_all (lists->staff, roles->staff_ids);
  return named;
}

static gpointer
read_jobs (CsStore *store, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) jobs = cs_store_list_jobs (store, error);
  g_autoptr (CsWorkLists) lists = jobs != NULL ? cs_work_lists_read (store, error) : NULL;
  GPtrArray *named;

  if (lists == NULL)
    return NULL;
  named = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_named_job_free);
  g_ptr_array_set_free_func (jobs, NULL);
  for (guint i = 0; i < jobs->len; i++)
    g_ptr_array_add (named, name_job (jobs->pdata[i], lists));
  return named;
}

static const CsRecordSource source
    = { CS_CHANGE_JOBS | CS_CHANGE_CLIENTS | CS_CHANGE_PROPOSALS | CS_CHANGE_WORK, read_jobs,
        cs_job_item_new };

/** cs_job_list_new: Returns: (transfer full): the jobs of @session's practice */
CsRecordList *
cs_job_list_new (CsSession *session)
{
  return cs_record_list_new (session, &source);
}
