/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-jobs.h"

#include "cs-store-private.h"
#include "cs-store-work.h"

#include <glib/gi18n-lib.h>

/* What one plan is made of. */
typedef struct
{
  CsConnection *connection; /* (nullable): no practice manager ever was */
  CsJobSettings *settings;
  GPtrArray *services; /* of CsJobService */
  CsJobRoles *roles;
  GPtrArray *unlinked; /* of char *: who is to work on it and has no staff record */
} Basis;

static void
basis_clear (Basis *basis)
{
  g_clear_pointer (&basis->connection, cs_connection_free);
  g_clear_pointer (&basis->settings, cs_job_settings_free);
  g_clear_pointer (&basis->services, g_ptr_array_unref);
  g_clear_pointer (&basis->roles, cs_job_roles_free);
  g_clear_pointer (&basis->unlinked, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Basis, basis_clear)

static CsJobService *
make_service (const CsProposalLine *line, GHashTable *linked)
{
  CsJobService *service = cs_job_service_new ();
  const CsWorkService *found;
  g_autofree char *key = NULL;

  service->line_id = line->id;
  g_free (service->name);
  service->name = cs_work_service_name_of (line->description);
  key = g_utf8_casefold (service->name, -1);
  found = g_hash_table_lookup (linked, key);
  for (guint i = 0; found != NULL && i < found->template_ids->len; i++)
    g_ptr_array_add (service->template_ids, g_strdup (g_ptr_array_index (found->template_ids, i)));
  if (found != NULL && found->rule != NULL)
    service->rule = cs_job_rule_copy (found->rule);
  return service;
}

static gboolean
load_roles (CsStore *store, Basis *basis, GError **error)
{
  g_autoptr (GPtrArray) members = cs_store_list_members (store, error);

  if (members == NULL)
    return FALSE;
  basis->roles = cs_job_roles_new ();
  basis->unlinked = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < members->len; i++)
    {
      const CsMember *member = g_ptr_array_index (members, i);

      if (!member->manages && !member->is_partner && !member->works)
        continue;
      if (member->staff_id[0] == '\0')
        {
          g_ptr_array_add (basis->unlinked, g_strdup (member->name));
          continue;
        }
      if (member->manages)
        g_set_str (&basis->roles->manager_id, member->staff_id);
      if (member->is_partner)
        g_set_str (&basis->roles->partner_id, member->staff_id);
      if (member->works)
        g_ptr_array_add (basis->roles->staff_ids, g_strdup (member->staff_id));
    }
  return TRUE;
}

static gboolean
load_basis (CsStore *store, const CsProposal *proposal, Basis *basis, GError **error)
{
  g_autoptr (GHashTable) linked = NULL;
  g_autoptr (GError) local = NULL;

  basis->connection = cs_store_get_work_connection (store, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  basis->settings = cs_store_get_job_settings (store, error);
  linked = basis->settings != NULL ? cs_store_load_services (store, error) : NULL;
  if (linked == NULL)
    return FALSE;
  basis->services = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_job_service_free);
  for (guint i = 0; i < proposal->lines->len; i++)
    g_ptr_array_add (basis->services, make_service (g_ptr_array_index (proposal->lines, i), linked));
  return load_roles (store, basis, error);
}

static gboolean
has_a_practice_manager (const Basis *basis)
{
  return basis->connection != NULL && basis->connection->state != CS_CONNECTION_DISCONNECTED;
}

static gboolean
repeats (const Basis *basis, const CsPlannedJob *job)
{
  const CsJobRule *rule = basis->settings->rule;

  for (guint i = 0; i < basis->services->len; i++)
    {
      const CsJobService *service = g_ptr_array_index (basis->services, i);

      if (service->rule != NULL && cs_uuid_equal (&service->line_id, &job->line_id))
        rule = service->rule;
    }
  return rule->repeat == CS_JOB_REPEAT_WITH_BILLING;
}

/* The work of a period that is over is a person's to want [U-11]. */
static gboolean
is_past (const CsPlannedJob *job, CsDate today)
{
  return cs_date_is_set (job->period.end) && cs_date_compare (job->period.end, today) < 0;
}

/* Its proposal's: acceptance, or for one that repeats the beginning of its period. What is made once has a
 * period, too, and doesn't wait for it. */
static CsDate
get_release_day (const Basis *basis, const CsPlannedJob *job, CsDate accepted_on, CsDate today)
{
  if (!basis->settings->goes_by_itself || (repeats (basis, job) && is_past (job, today)))
    return CS_DATE_NONE;
  if (repeats (basis, job) && cs_date_is_set (job->period.start)
      && cs_date_compare (job->period.start, accepted_on) > 0)
    return job->period.start;
  return accepted_on;
}

static void
bind_plan (CsSqlStatement *row, const CsPlannedJob *job)
{
  g_autofree char *templates = cs_store_build_texts (job->template_ids);
  g_autofree char *staff = cs_store_build_texts (job->roles->staff_ids);

  cs_sql_bind_text (row, job->name);
  cs_sql_bind_text (row, job->description);
  cs_sql_bind_text (row, job->key);
  cs_sql_bind_text (row, job->client_order_number);
  cs_sql_bind_date (row, job->start);
  cs_sql_bind_date (row, job->due);
  cs_sql_bind_text (row, job->category_id);
  cs_sql_bind_text (row, templates);
  cs_sql_bind_text (row, job->roles->manager_id);
  cs_sql_bind_text (row, job->roles->partner_id);
  cs_sql_bind_text (row, staff);
}

/* planned_ms: from when on the file can tell that it was made: its identity is known since the acceptance,
 * and a job that was left out meanwhile is no new one. */
static gboolean
insert_job (CsStore *store,
            const CsProposal *proposal,
            const CsPlannedJob *job,
            CsDate release_day,
            gboolean *is_new,
            GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "INSERT INTO job (id, proposal_id, client_id, line_id, period_start, period_end, name,"
                  " description, key, client_order_number, start, due, category_id, templates, manager_id,"
                  " partner_id, staff, budget_minor, currency, state, release_day, planned_ms)"
                  " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, iif (?, ?, NULL), ?,"
                  " 'planned', ?, (SELECT frozen_ms FROM agreement WHERE proposal_id = ?2))"
                  " ON CONFLICT (id) DO NOTHING");

  cs_sql_bind_uuid (row, &job->id);
  cs_sql_bind_uuid (row, &proposal->id);
  cs_sql_bind_uuid (row, &proposal->client_id);
  cs_sql_bind_uuid (row, &job->line_id);
  cs_sql_bind_date (row, job->period.start);
  cs_sql_bind_date (row, job->period.end);
  bind_plan (row, job);
  cs_sql_bind_boolean (row, job->has_budget);
  cs_sql_bind_minor (row, job->budget);
  cs_sql_bind_currency (row, proposal->currency);
  cs_sql_bind_date (row, release_day);
  if (!cs_sql_run (row, error))
    return FALSE;
  *is_new = cs_sql_count_changes (store->sql) > 0;
  return TRUE;
}

static GHashTable *
load_made (CsStore *store, const CsUuid *proposal_id, GError **error)
{
  g_autoptr (GHashTable) made = g_hash_table_new_full (cs_uuid_hash, cs_uuid_equal_func, g_free, NULL);
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (store->sql, "SELECT id FROM job WHERE proposal_id = ?");

  cs_sql_bind_uuid (row, proposal_id);
  while (cs_sql_next (row, error))
    {
      CsUuid id = cs_sql_read_uuid (row);

      g_hash_table_add (made, g_memdup2 (&id, sizeof id));
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&made);
}

static GPtrArray *
make_plan (CsStore *store,
           const CsProposal *proposal,
           const Basis *basis,
           CsDate accepted_on,
           CsDate until,
           GError **error)
{
  g_autoptr (GHashTable) made = load_made (store, &proposal->id, error);
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) jobs = NULL;

  if (made == NULL)
    return NULL;
  jobs = cs_job_plan (proposal, basis->services, basis->settings->rule, basis->roles, accepted_on, until,
                      made, &local);
  if (jobs == NULL)
    cs_store_refuse (error, CS_STORE_ERROR_INVALID, local->message);
  return g_steal_pointer (&jobs);
}

/* J-01: N runs are one run, since the same plan has the same ids. */
gboolean
cs_store_write_job_plan (CsStore *store,
                         const CsProposal *proposal,
                         CsDate accepted_on,
                         CsDate until,
                         guint *n_planned,
                         GError **error)
{
  g_auto (Basis) basis = { 0 };
  g_autoptr (GTimeZone) zone = cs_store_load_zone (store, error);
  g_autoptr (GPtrArray) jobs = NULL;
  CsDate today;
  guint n_new = 0;

  if (zone == NULL || !load_basis (store, proposal, &basis, error))
    return FALSE;
  today = cs_clock_today (store->clock, zone);
  if (has_a_practice_manager (&basis))
    {
      jobs = make_plan (store, proposal, &basis, accepted_on, until, error);
      if (jobs == NULL)
        return FALSE;
    }
  for (guint i = 0; jobs != NULL && i < jobs->len; i++)
    {
      const CsPlannedJob *job = g_ptr_array_index (jobs, i);
      gboolean is_new = FALSE;

      if (!insert_job (store, proposal, job, get_release_day (&basis, job, accepted_on, today), &is_new,
                       error))
        return FALSE;
      n_new += is_new ? 1 : 0;
    }
  if (n_planned != NULL)
    *n_planned = n_new;
  return TRUE;
}

/* A job that repeats, of a period that is left out now, and of which nothing was begun; where the period was
 * billed all the same, its work is due. */
gboolean
cs_store_write_jobs_left_out (CsStore *store,
                              const CsProposal *proposal,
                              const CsProposalLine *line,
                              GError **error)
{
  CsUuid once = cs_job_get_id (proposal, &line->id, CS_DATE_NONE);
  g_autoptr (GArray) gaps = cs_billing_changes_list_gaps (line->changes);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CsUuid));
  g_autoptr (CsSqlStatement) drop = cs_sql_prepare (store->sql, "DELETE FROM job WHERE id = ?");
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql,
      "SELECT id, period_start FROM job WHERE line_id = ?1 AND state = 'planned' AND id <> ?2"
      " AND NOT EXISTS (SELECT 1 FROM job_step WHERE job_id = job.id)"
      " AND NOT EXISTS (SELECT 1 FROM planned_line l JOIN planned_invoice i ON i.id = l.planned_id"
      "  JOIN journal j ON j.id = i.journal_id WHERE l.line_id = job.line_id"
      "  AND l.period_start = job.period_start AND j.state <> 'cancelled')");

  cs_sql_bind_uuid (row, &line->id);
  cs_sql_bind_uuid (row, &once);
  while (cs_sql_next (row, error))
    {
      CsUuid id = cs_sql_read_uuid (row);

      if (cs_billing_gaps_find (gaps, cs_sql_read_date (row)) != NULL)
        g_array_append_val (ids, id);
    }
  if (cs_sql_has_failed (row))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      cs_sql_bind_uuid (drop, &g_array_index (ids, CsUuid, i));
      if (!cs_sql_run (drop, error))
        return FALSE;
    }
  return TRUE;
}

/* What a job would be if it were planned now. */
CsPlannedJob *
cs_store_load_job_anew (CsStore *store, const CsPlannedJob *job, GError **error)
{
  g_autoptr (CsProposal) proposal = cs_store_load_proposal (store, &job->proposal_id, error);
  g_auto (Basis) basis = { 0 };
  g_autoptr (GPtrArray) jobs = NULL;
  CsDate until = job->start;

  if (proposal == NULL || !load_basis (store, proposal, &basis, error))
    return NULL;
  if (cs_date_is_set (job->period.end) && cs_date_compare (job->period.end, until) > 0)
    until = job->period.end;
  if (proposal->acceptance != NULL)
    jobs = make_plan (store, proposal, &basis, proposal->acceptance->accepted_on, until, error);
  for (guint i = 0; jobs != NULL && i < jobs->len; i++)
    if (cs_uuid_equal (&((CsPlannedJob *)g_ptr_array_index (jobs, i))->id, &job->id))
      return g_ptr_array_steal_index (jobs, i);
  if (jobs != NULL || proposal->acceptance == NULL)
    cs_store_refuse (error, CS_STORE_ERROR_STATE,
                     _ ("It was planned for another Practice Manager practice, and its service makes no such "
                        "job any more. Link the service to templates, or don’t make this job."));
  return NULL;
}

/* The acceptance is undone while all is held, so nothing of them is anywhere. */
gboolean
cs_store_write_jobs_forgotten (CsStore *store, const CsUuid *proposal_id, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (store->sql, "DELETE FROM job WHERE proposal_id = ?");

  cs_sql_bind_uuid (row, proposal_id);
  return cs_sql_run (row, error);
}

/**
 * cs_store_plan_jobs:
 * @store: a store
 * @proposal_id: a proposal that was accepted
 * @n_planned: (out): how many jobs are new
 * @error: return location
 *
 * For what was linked to templates after it was accepted, a year ahead of today, as plans are kept. What was
 * planned before stays as it was.
 *
 * Returns: whether they are planned; else %CS_STORE_ERROR_STATE when it was not accepted or is over
 */
gboolean
cs_store_plan_jobs (CsStore *store, const CsUuid *proposal_id, guint *n_planned, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsProposal) proposal = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  CsDate accepted_on, from;

  g_return_val_if_fail (store != NULL && proposal_id != NULL && n_planned != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  proposal = transaction != NULL ? cs_store_load_proposal (store, proposal_id, error) : NULL;
  if (proposal == NULL)
    return FALSE;
  if (proposal->acceptance == NULL || proposal->state != CS_PROPOSAL_ACTIVE)
    return cs_store_refuse (error, CS_STORE_ERROR_STATE,
                            _ ("Jobs are made for a proposal that was accepted and is not over."));
  zone = cs_store_load_zone (store, error);
  if (zone == NULL)
    return FALSE;
  accepted_on = proposal->acceptance->accepted_on;
  from = cs_clock_today (store->clock, zone);
  if (cs_date_compare (from, accepted_on) < 0)
    from = accepted_on;
  return cs_store_write_job_plan (store, proposal, accepted_on, cs_date_add_months (from, CS_PLAN_MONTHS, 0),
                                  n_planned, error)
         && cs_store_write_audit_id (store, "jobs.planned", proposal_id, NULL, error)
         && cs_sql_commit (transaction, error);
}

/**
 * cs_store_is_client_in_doubt:
 * @store: a store
 * @id: a job
 * @client_kind: what a step that makes a client is called by the engine
 * @is_in_doubt: (out): whether such a step of another job of its client was sent, and what came of it is not
 * known, or is left to a person
 * @error: return location
 *
 * Returns: whether it could be told; else what the file said
 */
gboolean
cs_store_is_client_in_doubt (CsStore *store,
                             const CsUuid *id,
                             int client_kind,
                             gboolean *is_in_doubt,
                             GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && id != NULL && is_in_doubt != NULL, FALSE);

  row = cs_sql_prepare (store->sql,
                        "SELECT EXISTS (SELECT 1 FROM job j JOIN job o USING (client_id)"
                        " JOIN job_step s ON s.job_id = o.id WHERE j.id = ?1 AND o.id <> ?1"
                        " AND o.connection_id IS j.connection_id AND s.kind = ?2 AND s.generation > 0"
                        " AND s.state IN ('sending', 'doubtful', 'blocked'))");
  cs_sql_bind_uuid (row, id);
  cs_sql_bind_integer (row, client_kind);
  if (!cs_sql_next (row, error))
    return FALSE;
  *is_in_doubt = cs_sql_read_boolean (row);
  return TRUE;
}

/* --- what is missing --- */

/* Of a list that was never read, or that the key may not read, nothing can be said. */
static gboolean
load_list (CsStore *store, const CsUuid *connection_id, const char *list, GPtrArray **entries, GError **error)
{
  gboolean may_not_list = FALSE;

  *entries = cs_store_list_work_entries (store, connection_id, list, &may_not_list, error);
  if (*entries == NULL)
    return FALSE;
  if (may_not_list)
    g_clear_pointer (entries, g_ptr_array_unref);
  return TRUE;
}

/**
 * cs_store_count_namesakes:
 * @store: a store
 * @connection_id: the practice manager
 * @name: a client's
 * @n: (out): how many clients there have that name, whatever their letters' case
 * @error: return location
 *
 * Returns: whether it could be told; else what the file said
 */
gboolean
cs_store_count_namesakes (CsStore *store,
                          const CsUuid *connection_id,
                          const char *name,
                          guint *n,
                          GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL && name != NULL && n != NULL, FALSE);

  row = cs_sql_prepare (store->sql, "SELECT count(*) FROM work_client WHERE connection_id = ?"
                                    " AND name = ? COLLATE NOCASE AND is_archived = 0 AND is_deleted = 0");
  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, name);
  if (!cs_sql_next (row, error))
    return FALSE;
  *n = (guint)cs_sql_read_integer (row);
  return TRUE;
}

/* Of a client that is linked nobody has to be told; one that is not is looked for by its name, and made there
 * where clients travel there. */
static gboolean
load_client_facts (CsStore *store,
                   const CsUuid *connection_id,
                   const CsProposal *proposal,
                   CsJobFacts *facts,
                   GError **error)
{
  g_autofree char *linked = cs_store_get_work_link (store, &proposal->client_id, connection_id, error);
  CsWorkSettings settings;

  if (linked == NULL)
    return FALSE;
  if (linked[0] != '\0' || proposal->client_name == NULL)
    return TRUE;
  if (!cs_store_get_work_settings (store, &settings, error)
      || !cs_store_count_namesakes (store, connection_id, proposal->client_name, &facts->n_namesakes, error))
    return FALSE;
  facts->is_client_stuck = settings.direction != CS_WORK_SYNC_TO && settings.direction != CS_WORK_SYNC_BOTH;
  return TRUE;
}

/**
 * cs_store_foresee_jobs:
 * @store: a store
 * @proposal: a proposal, as it is now
 * @today: in the practice's zone
 * @jobs: (out) (element-type CsPlannedJob): what accepting it today would make, without those of later
 * periods
 * @warnings: (out) (element-type CsJobWarning): what keeps them from being whole [U-25]
 * @error: return location
 *
 * Returns: whether it could be told; both are empty where no practice manager is connected
 */
gboolean
cs_store_foresee_jobs (CsStore *store,
                       const CsProposal *proposal,
                       CsDate today,
                       GPtrArray **jobs,
                       GPtrArray **warnings,
                       GError **error)
{
  g_auto (Basis) basis = { 0 };
  g_autoptr (GPtrArray) templates = NULL;
  g_autoptr (GPtrArray) categories = NULL;
  g_autoptr (GPtrArray) staff = NULL;
  CsJobFacts facts = { 0 };

  g_return_val_if_fail (store != NULL && proposal != NULL && jobs != NULL && warnings != NULL, FALSE);

  *jobs = NULL;
  *warnings = NULL;
  if (!load_basis (store, proposal, &basis, error))
    return FALSE;
  if (!has_a_practice_manager (&basis))
    {
      *jobs = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_planned_job_free);
      *warnings = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_job_warning_free);
      return TRUE;
    }
  if (!load_list (store, &basis.connection->id, "templates", &templates, error)
      || !load_list (store, &basis.connection->id, "categories", &categories, error)
      || !load_list (store, &basis.connection->id, "staff", &staff, error)
      || !load_client_facts (store, &basis.connection->id, proposal, &facts, error))
    return FALSE;
  *jobs = make_plan (store, proposal, &basis, today, today, error);
  if (*jobs == NULL)
    return FALSE;
  facts.templates = templates;
  facts.categories = categories;
  facts.staff = staff;
  facts.unlinked = basis.unlinked;
  *warnings = cs_job_check (basis.services, basis.settings->rule, basis.roles, &facts);
  return TRUE;
}
