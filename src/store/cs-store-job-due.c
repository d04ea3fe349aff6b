/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-jobs.h"

#include "cs-store-private.h"
#include "cs-store-work.h"

#include <glib/gi18n-lib.h>

/* Jobs whose day has come, and those that could not be let go then. */

/* How many of them are tried again in one look, and how soon each. */
#define TRIED_AGAIN_MAX 10
#define TRY_AGAIN_MS G_GINT64_CONSTANT (30000)

static gboolean
read_ids (CsSqlStatement *row, GArray *ids, GError **error)
{
  while (cs_sql_next (row, error))
    {
      CsUuid id = cs_sql_read_uuid (row);

      g_array_append_val (ids, id);
    }
  return !cs_sql_has_failed (row);
}

/**
 * cs_store_list_due_jobs:
 * @store: a store
 * @today: in the practice's zone
 * @limit: of those that were not kept back before
 * @error: return location
 *
 * Planned jobs that go by themselves up to @today, the earliest first; then a few of those that were kept
 * back, so that they never take the others' places.
 *
 * Returns: (transfer full) (element-type CsUuid) (nullable): their ids
 */
GArray *
cs_store_list_due_jobs (CsStore *store, CsDate today, guint limit, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CsUuid));
  g_autoptr (CsSqlStatement) row = NULL;
  g_autoptr (CsSqlStatement) kept = NULL;

  g_return_val_if_fail (store != NULL, NULL);

  row = cs_sql_prepare (store->sql,
                        "SELECT id FROM job WHERE state = 'planned' AND release_day IS NOT NULL"
                        " AND release_day <= ? AND problem = '' ORDER BY release_day, rid LIMIT ?");
  cs_sql_bind_date (row, today);
  cs_sql_bind_integer (row, limit);
  if (!read_ids (row, ids, error))
    return NULL;
  /* A moment that lies ahead was noted by a clock that was. */
  kept = cs_sql_prepare (store->sql, "SELECT id FROM job WHERE state = 'planned' AND problem <> ''"
                                     " AND release_day <= ?1 AND tried_ms NOT BETWEEN ?2 - ?3 + 1 AND ?2"
                                     " ORDER BY tried_ms, rid LIMIT ?4");
  cs_sql_bind_date (kept, today);
  cs_sql_bind_integer (kept, cs_store_now_ms (store));
  cs_sql_bind_integer (kept, TRY_AGAIN_MS);
  cs_sql_bind_integer (kept, TRIED_AGAIN_MAX);
  return read_ids (kept, ids, error) ? g_steal_pointer (&ids) : NULL;
}

/** cs_store_list_waiting_jobs: Returns: (transfer full) (element-type CsUuid) (nullable): at most @limit, the
 * earliest first */
GArray *
cs_store_list_waiting_jobs (CsStore *store,
                            const CsUuid *connection_id,
                            gint64 now_ms,
                            guint limit,
                            GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CsUuid));
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL, NULL);

  row = cs_sql_prepare (store->sql,
                        "SELECT id FROM job WHERE next_ms > ? AND connection_id = ? AND EXISTS"
                        " (SELECT 1 FROM job_step s WHERE s.job_id = job.id AND s.state = 'waiting')"
                        " ORDER BY next_ms, rid LIMIT ?");
  cs_sql_bind_integer (row, now_ms);
  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_integer (row, limit);
  return read_ids (row, ids, error) ? g_steal_pointer (&ids) : NULL;
}

/**
 * cs_store_keep_job_back:
 * @store: a store
 * @id: a planned job that could not be let go
 * @trouble: why
 * @is_news: (out): whether a person is told something new
 * @error: return location
 *
 * The job says so, and an alert of its proposal; both are gone once it is let go, left out or made no more.
 *
 * Returns: whether the others can go on; else @trouble concerns them, too, or what the file said
 */
gboolean
cs_store_keep_job_back (CsStore *store,
                        const CsUuid *id,
                        const GError *trouble,
                        gboolean *is_news,
                        GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsSqlStatement) row = NULL;
  g_autoptr (CsSqlStatement) tried = NULL;

  g_return_val_if_fail (store != NULL && id != NULL && trouble != NULL && is_news != NULL, FALSE);

  if (!cs_store_concerns_one (trouble))
    {
      g_propagate_error (error, g_error_copy (trouble));
      return FALSE;
    }
  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL || !cs_store_check_claim (store, error))
    return FALSE;
  row = cs_sql_prepare (store->sql, "UPDATE job SET problem = ?1 WHERE id = ?2 AND state = 'planned'"
                                    " AND problem <> ?1");
  cs_sql_bind_text (row, trouble->message);
  cs_sql_bind_uuid (row, id);
  if (!cs_sql_run (row, error))
    return FALSE;
  *is_news = cs_sql_count_changes (store->sql) > 0;
  tried = cs_sql_prepare (store->sql, "UPDATE job SET tried_ms = ? WHERE id = ? AND state = 'planned'");
  cs_sql_bind_integer (tried, cs_store_now_ms (store));
  cs_sql_bind_uuid (tried, id);
  return cs_sql_run (tried, error) && cs_sql_commit (transaction, error);
}

/* --- another practice --- */

typedef enum
{
  FITS,
  CANT_BE_TOLD, /* the list was not read, or the key may not read it; nor was it chosen there */
  IS_ANOTHERS,
} Fit;

static gboolean
has_entry (const GPtrArray *entries, const char *id)
{
  for (guint i = 0; i < entries->len; i++)
    if (g_ascii_strcasecmp (((const CsWorkEntry *)g_ptr_array_index (entries, i))->remote_id, id) == 0)
      return TRUE;
  return FALSE;
}

/* Where lists can't be read, ids are pasted: one that was chosen while that practice was connected is its
 * own. */
static gboolean
load_is_chosen (CsStore *store,
                const CsUuid *connection_id,
                const char *list,
                const char *id,
                gboolean *is_chosen,
                GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;

  if (g_str_equal (list, "templates"))
    row = cs_sql_prepare (store->sql, "SELECT EXISTS (SELECT 1 FROM work_service s, json_each (s.templates) t"
                                      " WHERE s.saved_for = ?1 AND t.value = ?2)");
  else if (g_str_equal (list, "categories"))
    row = cs_sql_prepare (store->sql,
                          "SELECT EXISTS (SELECT 1 FROM work_service WHERE saved_for = ?1 AND rule <> ''"
                          "  AND json_extract (rule, '$.category') = ?2)"
                          " OR EXISTS (SELECT 1 FROM job_settings WHERE saved_for = ?1"
                          "  AND json_extract (rule, '$.category') = ?2)");
  else
    row = cs_sql_prepare (store->sql, "SELECT EXISTS (SELECT 1 FROM link WHERE kind = 'member'"
                                      " AND connection_id = ?1 AND remote_id = ?2)");
  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, id);
  if (!cs_sql_next (row, error))
    return FALSE;
  *is_chosen = cs_sql_read_boolean (row);
  return TRUE;
}

/* Whether all of @ids, where they are set, are in a list of it. */
static gboolean
judge_ids (CsStore *store,
           const CsUuid *connection_id,
           const char *list,
           const GPtrArray *ids,
           Fit *fit,
           GError **error)
{
  gboolean may_not_list = FALSE;
  g_autoptr (GPtrArray) entries
      = cs_store_list_work_entries (store, connection_id, list, &may_not_list, error);

  if (entries == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);

      gboolean is_chosen = FALSE;

      if (id[0] == '\0' || has_entry (entries, id))
        continue;
      if (!may_not_list && entries->len > 0)
        *fit = IS_ANOTHERS;
      else if (!load_is_chosen (store, connection_id, list, id, &is_chosen, error))
        return FALSE;
      else if (!is_chosen)
        *fit = MAX (*fit, CANT_BE_TOLD);
    }
  return TRUE;
}

static gboolean
judge_job (CsStore *store, const CsUuid *connection_id, const CsPlannedJob *job, Fit *fit, GError **error)
{
  g_autoptr (GPtrArray) categories = g_ptr_array_new ();
  g_autoptr (GPtrArray) staff = g_ptr_array_new ();

  *fit = FITS;
  g_ptr_array_add (categories, job->category_id);
  g_ptr_array_add (staff, job->roles->manager_id);
  g_ptr_array_add (staff, job->roles->partner_id);
  for (guint i = 0; i < job->roles->staff_ids->len; i++)
    g_ptr_array_add (staff, g_ptr_array_index (job->roles->staff_ids, i));
  return judge_ids (store, connection_id, "templates", job->template_ids, fit, error)
         && judge_ids (store, connection_id, "categories", categories, fit, error)
         && judge_ids (store, connection_id, "staff", staff, fit, error);
}

static gboolean
may_be_anothers (CsStore *store, const CsUuid *connection_id, gboolean *may_be, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT EXISTS (SELECT 1 FROM connection WHERE system = '" CS_WORK_SYSTEM "' AND id <> ?)");

  cs_sql_bind_uuid (row, connection_id);
  if (!cs_sql_next (row, error))
    return FALSE;
  *may_be = cs_sql_read_boolean (row);
  return TRUE;
}

static gboolean
write_ids (CsStore *store, const CsPlannedJob *job, GError **error)
{
  g_autofree char *templates = cs_store_build_texts (job->template_ids);
  g_autofree char *staff = cs_store_build_texts (job->roles->staff_ids);
  g_autoptr (CsSqlTransaction) transaction = cs_sql_begin (store->sql, error);
  g_autoptr (CsSqlStatement) row = NULL;

  if (transaction == NULL || !cs_store_check_claim (store, error))
    return FALSE;
  row = cs_sql_prepare (store->sql, "UPDATE job SET category_id = ?, templates = ?, manager_id = ?,"
                                    " partner_id = ?, staff = ? WHERE id = ? AND state = 'planned'");
  cs_sql_bind_text (row, job->category_id);
  cs_sql_bind_text (row, templates);
  cs_sql_bind_text (row, job->roles->manager_id);
  cs_sql_bind_text (row, job->roles->partner_id);
  cs_sql_bind_text (row, staff);
  cs_sql_bind_uuid (row, &job->id);
  return cs_sql_run (row, error) && cs_store_write_audit_id (store, "job.planned-anew", &job->id, NULL, error)
         && cs_sql_commit (transaction, error);
}

static void
take_ids (CsPlannedJob *job, const CsPlannedJob *anew)
{
  g_set_str (&job->category_id, anew->category_id);
  g_ptr_array_set_size (job->template_ids, 0);
  for (guint i = 0; i < anew->template_ids->len; i++)
    g_ptr_array_add (job->template_ids, g_strdup (g_ptr_array_index (anew->template_ids, i)));
  cs_job_roles_free (job->roles);
  job->roles = cs_job_roles_copy (anew->roles);
}

static gboolean
refuse_misfit (Fit fit, GError **error)
{
  return cs_store_refuse (
      error, CS_STORE_ERROR_STATE,
      fit == IS_ANOTHERS
          ? _ ("Its templates, category or staff are not those of the Practice Manager practice that is "
               "connected. Choose them anew for its service and the team, or don’t make this job.")
          : _ ("Whether its templates, category and staff are those of the Practice Manager practice that is "
               "connected can’t be told. If they are, make it now."));
}

/**
 * cs_store_fit_job:
 * @store: a store
 * @job: planned, nothing of it begun; what it is made of may change
 * @connection_id: the practice manager that it is to go to
 * @is_wanted: whether a person says so who was told if anything can't be told
 * @error: return location
 *
 * Templates, categories and staff are one practice's own: what was planned while another was connected is
 * planned anew, by what its service is linked to now; its name and dates stay [U-23].
 *
 * Returns: whether it may go there; else %CS_STORE_ERROR_STATE with words for a person
 */
gboolean
cs_store_fit_job (CsStore *store, CsJob *job, const CsUuid *connection_id, gboolean is_wanted, GError **error)
{
  g_autoptr (CsPlannedJob) anew = NULL;
  gboolean may_be = FALSE;
  Fit fit = FITS;

  g_return_val_if_fail (store != NULL && job != NULL && connection_id != NULL, FALSE);

  if (!may_be_anothers (store, connection_id, &may_be, error))
    return FALSE;
  if (!may_be)
    return TRUE;
  if (!judge_job (store, connection_id, job->planned, &fit, error))
    return FALSE;
  if (fit == FITS)
    return TRUE;
  anew = cs_store_load_job_anew (store, job->planned, error);
  if (anew == NULL || !judge_job (store, connection_id, anew, &fit, error))
    return FALSE;
  if (fit == IS_ANOTHERS || (fit == CANT_BE_TOLD && !is_wanted))
    return refuse_misfit (fit, error);
  if (!write_ids (store, anew, error))
    return FALSE;
  take_ids (job->planned, anew);
  return TRUE;
}
