/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-job-plan.h"

#include "cs-work-fields.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How many one plan makes anew: far beyond what a practice does for a client in a year. */
#define JOBS_MAX 2000
#define NAME_CHARACTERS_MAX 250

/* What is at hand while one proposal is planned. */
typedef struct
{
  const CsProposal *proposal;
  const GPtrArray *services; /* of CsJobService */
  const CsJobRoles *roles;
  GHashTable *made; /* (nullable): of CsUuid: which are there already */
  CsBillingAnchors anchors;
  CsDate until;
  GPtrArray *jobs; /* of CsPlannedJob */
  guint n_new;     /* of them */
} Planning;

static char *
list_services (const Planning *planning)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < planning->services->len; i++)
    {
      const CsJobService *service = g_ptr_array_index (planning->services, i);

      g_string_append_printf (text, "%s- %s", i > 0 ? "\n" : "", service->name);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* One pass over the pattern: what a value says is never taken for a placeholder. */
static char *
expand (const Planning *planning, const CsPlannedJob *job, const char *service, const char *pattern)
{
  g_autofree char *services = list_services (planning);
  g_autofree char *start = cs_date_to_string (job->period.start);
  g_autofree char *end = cs_date_to_string (job->period.end);
  g_autofree char *year = g_strndup (start, 4);
  const char *const words[][2] = {
    { "{client}", planning->proposal->client_name },
    { "{service}", service != NULL ? service : planning->proposal->title },
    { "{services}", services },
    { "{proposal}", planning->proposal->number },
    { "{title}", planning->proposal->title },
    { "{start}", start },
    { "{end}", end },
    { "{year}", year },
  };
  g_autoptr (GString) text = g_string_new (NULL);

  while (*pattern != '\0')
    {
      gsize found = 0;

      while (found < G_N_ELEMENTS (words) && !g_str_has_prefix (pattern, words[found][0]))
        found++;
      if (found == G_N_ELEMENTS (words))
        g_string_append_c (text, *pattern++);
      else
        {
          g_string_append (text, words[found][1] != NULL ? words[found][1] : "");
          pattern += strlen (words[found][0]);
        }
    }
  return cs_work_value_tidy (text->str);
}

/* A name is one line, and no longer than a remote may take. */
static char *
build_name (const Planning *planning, const CsPlannedJob *job, const char *service, const char *pattern)
{
  g_autofree char *text = expand (planning, job, service, pattern);

  g_strdelimit (text, "\n\r\t", ' ');
  if (text[0] == '\0')
    return g_strdup (planning->proposal->number);
  return g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), NAME_CHARACTERS_MAX));
}

/**
 * cs_job_get_id:
 * @proposal: a proposal
 * @line_id: its service; none: the job of all its services
 * @period_start: of the period that it is made for, %CS_DATE_NONE for one that is made once
 *
 * Returns: the identity of that job: two plans give the same
 */
CsUuid
cs_job_get_id (const CsProposal *proposal, const CsUuid *line_id, CsDate period_start)
{
  g_autoptr (GByteArray) name = g_byte_array_new ();
  gint32 days = GINT32_TO_BE (period_start.days);

  g_byte_array_append (name, proposal->id.bytes, sizeof proposal->id.bytes);
  g_byte_array_append (name, line_id->bytes, sizeof line_id->bytes);
  g_byte_array_append (name, (const guint8 *)&days, sizeof days);
  return cs_uuid_from_name ("job", name->data, name->len);
}

static char *
get_key (const CsUuid *id)
{
  g_autoptr (GString) key = g_string_new ("CS-");

  for (gsize i = 0; i < 6; i++)
    g_string_append_printf (key, "%02X", id->bytes[i]);
  return g_string_free (g_steal_pointer (&key), FALSE);
}

static gboolean
set_dates (const Planning *planning, const CsJobRule *rule, CsPlannedJob *job, GError **error)
{
  CsDate from = job->period.start;

  if (rule->start == CS_JOB_START_FIXED)
    from = rule->start_date;
  else if (rule->start == CS_JOB_START_PROPOSAL && rule->repeat == CS_JOB_REPEAT_ONCE
           && cs_date_is_set (planning->anchors.proposal_start))
    from = planning->anchors.proposal_start;
  else if (rule->repeat == CS_JOB_REPEAT_ONCE)
    from = planning->anchors.acceptance;
  job->start = cs_date_add_days (from, rule->start_days);
  if (rule->due == CS_JOB_DUE_AFTER_START && cs_date_is_set (job->start))
    job->due = cs_date_add_days (job->start, rule->due_days);
  else if (rule->due == CS_JOB_DUE_PERIOD_END)
    job->due = job->period.end;
  else if (rule->due == CS_JOB_DUE_FIXED)
    job->due = rule->due_date;
  if (!cs_date_is_set (job->start) || (rule->due != CS_JOB_DUE_TEMPLATE && !cs_date_is_set (job->due)))
    {
      g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_RANGE,
                           _ ("The dates of a job are beyond the calendar."));
      return FALSE;
    }
  /* A fixed day or a period's end may lie before a late start. */
  if (cs_date_is_set (job->due) && cs_date_compare (job->due, job->start) < 0)
    job->due = job->start;
  return TRUE;
}

/* What the lines come to for one period, without tax. @line: (nullable): one alone. */
static gboolean
set_budget (const Planning *planning, const CsProposalLine *line, CsPlannedJob *job, GError **error)
{
  const CsProposal *proposal = planning->proposal;
  g_autoptr (GArray) amounts = g_array_new (FALSE, FALSE, sizeof (CsLineAmounts));
  CsTotals totals;

  for (guint i = 0; i < planning->services->len; i++)
    {
      const CsJobService *service = g_ptr_array_index (planning->services, i);
      const CsProposalLine *found = cs_proposal_find_line (proposal, &service->line_id);

      if (found != NULL && (line == NULL || found == line))
        {
          CsLineAmounts one = { found->quantity, found->unit_price, found->tax_rate };

          g_array_append_val (amounts, one);
        }
    }
  if (!cs_tax_compute_totals ((const CsLineAmounts *)(gpointer)amounts->data, amounts->len,
                              proposal->tax_mode, proposal->currency, &totals, error))
    return FALSE;
  job->has_budget = TRUE;
  if (proposal->tax_mode != CS_TAX_MODE_INCLUSIVE)
    job->budget = totals.subtotal;
  else
    return cs_money_subtract (totals.total, totals.tax, &job->budget, error);
  return TRUE;
}

static void
add_templates (CsPlannedJob *job, const GPtrArray *template_ids)
{
  for (guint i = 0; i < template_ids->len; i++)
    if (!g_ptr_array_find_with_equal_func (job->template_ids, g_ptr_array_index (template_ids, i),
                                           g_str_equal, NULL))
      g_ptr_array_add (job->template_ids, g_strdup (g_ptr_array_index (template_ids, i)));
}

/* Two jobs of one proposal that start on one day never share a name: people could not tell them apart. */
static void
make_unique (const Planning *planning, CsPlannedJob *job)
{
  g_autofree char *wanted = g_strdup (job->name);

  for (guint n = 2, i = 0; i < planning->jobs->len; i++)
    {
      const CsPlannedJob *other = g_ptr_array_index (planning->jobs, i);

      if (cs_date_compare (other->start, job->start) != 0 || !g_str_equal (other->name, job->name))
        continue;
      g_free (job->name);
      job->name = g_strdup_printf ("%s (%u)", wanted, n++);
      i = G_MAXUINT; /* from the first again */
    }
}

/* What was made before is a matter of the years that a proposal lasts, and must not keep it from going on. */
static gboolean
count_new (Planning *planning, const CsPlannedJob *job, GError **error)
{
  if (planning->made != NULL && g_hash_table_contains (planning->made, &job->id))
    return TRUE;
  if (planning->n_new >= JOBS_MAX)
    {
      g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_RANGE,
                           _ ("This proposal would make too many jobs."));
      return FALSE;
    }
  planning->n_new++;
  return TRUE;
}

/* @service: (nullable): one alone; else all of the proposal's. */
static gboolean
add_job (Planning *planning,
         const CsJobService *service,
         const CsJobRule *rule,
         const CsBillingPeriod *period,
         GError **error)
{
  const CsProposal *proposal = planning->proposal;
  const char *name = service != NULL ? service->name : NULL;
  g_autoptr (CsPlannedJob) job = cs_planned_job_new ();
  g_autofree char *description = NULL;

  job->proposal_id = proposal->id;
  job->line_id = service != NULL ? service->line_id : CS_UUID_NONE;
  job->period = *period;
  job->id = cs_job_get_id (proposal, &job->line_id,
                           rule->repeat == CS_JOB_REPEAT_ONCE ? CS_DATE_NONE : period->start);
  if (!count_new (planning, job, error))
    return FALSE;
  g_free (job->key);
  job->key = get_key (&job->id);
  g_set_str (&job->client_order_number, proposal->number);
  g_set_str (&job->category_id, rule->category_id);
  cs_job_roles_free (job->roles);
  job->roles = cs_job_roles_copy (planning->roles);
  if (!set_dates (planning, rule, job, error))
    return FALSE;
  if (rule->with_budget
      && !set_budget (planning, service != NULL ? cs_proposal_find_line (proposal, &service->line_id) : NULL,
                      job, error))
    return FALSE;
  g_free (job->name);
  job->name = build_name (planning, job, name, rule->name);
  description = expand (planning, job, name, rule->description);
  g_free (job->description);
  job->description = g_strconcat (description, description[0] != '\0' ? "\n" : "", job->key, NULL);
  for (guint i = 0; i < planning->services->len; i++)
    {
      const CsJobService *other = g_ptr_array_index (planning->services, i);

      if (service == NULL || other == service)
        add_templates (job, other->template_ids);
    }
  make_unique (planning, job);
  g_ptr_array_add (planning->jobs, g_steal_pointer (&job));
  return TRUE;
}

static CsBillingPeriod
get_first_period (const Planning *planning, const CsProposalLine *line)
{
  CsBillingPeriod period = { .start = planning->anchors.acceptance, .end = planning->anchors.acceptance };

  if (line != NULL)
    cs_billing_rule_get_period (&line->billing, &planning->anchors, 0, &period);
  return period;
}

/* A job that is made once still belongs to the service's first period. */
static gboolean
plan_service (Planning *planning, const CsJobService *service, const CsJobRule *rule, GError **error)
{
  const CsProposalLine *line = cs_proposal_find_line (planning->proposal, &service->line_id);
  CsBillingPeriod first = get_first_period (planning, line);
  g_autoptr (GArray) periods = NULL;
  g_autoptr (GArray) gaps = NULL;

  if (rule->repeat == CS_JOB_REPEAT_ONCE || line == NULL || line->billing.unit == CS_BILLING_UNIT_ONCE)
    return add_job (planning, service, rule, &first, error);
  periods = cs_billing_rule_list_periods (&line->billing, &planning->anchors, planning->until);
  gaps = cs_billing_changes_list_gaps (line->changes);
  for (guint i = 0; i < periods->len; i++)
    {
      const CsBillingPeriod *period = &g_array_index (periods, CsBillingPeriod, i);

      /* As with invoices, what lies before acceptance is a person's to decide [U-11], and what is paused or
       * stopped is left out [U-13]. */
      if (cs_date_compare (period->end, planning->anchors.acceptance) >= 0
          && cs_billing_gaps_find (gaps, period->invoice_date) == NULL
          && !add_job (planning, service, rule, period, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * cs_job_plan:
 * @proposal: an accepted proposal, or one that is to be looked at
 * @services: of #CsJobService, its lines in order; those without a template make no job of their own, but
 * belong to the proposal's
 * @rule: the practice's, valid
 * @roles: who works on them
 * @accepted_on: in the practice's zone
 * @until: up to which day periods of jobs that repeat are planned
 * @made: (nullable) (element-type CsUuid CsUuid): the ids of those that are there already: they are in the
 * plan like the others, and don't count against its bound
 * @error: return location
 *
 * Which jobs acceptance makes [J-01, P-07]: from the rules and the anchors alone, so that two plans are
 * equal, ids included. Services whose own rule says so, and all where the practice's does, get a job each;
 * the rest share one.
 *
 * Returns: (transfer full) (nullable): of #CsPlannedJob; none where no service has a template; %NULL with
 * %CS_DOMAIN_ERROR_RANGE
 */
GPtrArray *
cs_job_plan (const CsProposal *proposal,
             const GPtrArray *services,
             const CsJobRule *rule,
             const CsJobRoles *roles,
             CsDate accepted_on,
             CsDate until,
             GHashTable *made,
             GError **error)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_planned_job_free);
  g_autoptr (GPtrArray) shared = g_ptr_array_new ();
  Planning planning = { proposal, services, roles, made, { accepted_on, CS_DATE_NONE }, until, jobs, 0 };
  gboolean has_template = FALSE;

  g_return_val_if_fail (proposal != NULL && services != NULL && rule != NULL && roles != NULL, NULL);
  g_return_val_if_fail (cs_date_is_set (accepted_on), NULL);

  planning.anchors.proposal_start = proposal->start;
  for (guint i = 0; i < services->len; i++)
    {
      CsJobService *service = g_ptr_array_index (services, i);
      const CsJobRule *own = service->rule != NULL ? service->rule : rule;

      if (own->scope == CS_JOB_SCOPE_PROPOSAL)
        {
          g_ptr_array_add (shared, service);
          has_template |= service->template_ids->len > 0;
        }
      else if (service->template_ids->len > 0 && !plan_service (&planning, service, own, error))
        return NULL;
    }
  if (has_template)
    {
      CsBillingPeriod first = get_first_period (&planning, NULL);

      planning.services = shared;
      if (!add_job (&planning, NULL, rule, &first, error))
        return NULL;
    }
  return g_steal_pointer (&jobs);
}

static gboolean
has_key (const CsWorkJob *job, const char *key)
{
  return strstr (job->description, key) != NULL;
}

/* The same order number, name and start, in a job that bears no key of another of ours. */
static gboolean
looks_alike (const CsPlannedJob *planned, const CsWorkJob *job)
{
  return g_str_equal (job->client_order_number, planned->client_order_number)
         && cs_work_value_equal (job->name, planned->name)
         && cs_date_compare (job->start, planned->start) == 0 && strstr (job->description, "CS-") == NULL;
}

/**
 * cs_job_probe:
 * @planned: what we would create, or may have created
 * @jobs: of #CsWorkJob: all of its client
 * @index: (out): which was found
 *
 * Practice Manager has no key against doing twice (xpm.md 7.1), and the order number is shared by all jobs of
 * a proposal [U-24]. So the key in the description decides; a job without it that has our number, name and
 * start may be ours with an edited description, which only a person can tell.
 *
 * Returns: whether it is there
 */
CsJobProbe
cs_job_probe (const CsPlannedJob *planned, const GPtrArray *jobs, guint *index)
{
  guint n_found = 0;
  gboolean is_alike = FALSE;

  g_return_val_if_fail (planned != NULL && planned->key[0] != '\0' && jobs != NULL && index != NULL,
                        CS_JOB_PROBE_DIFFERENT);

  for (guint i = 0; i < jobs->len; i++)
    {
      const CsWorkJob *job = g_ptr_array_index (jobs, i);

      if (has_key (job, planned->key))
        {
          n_found++;
          *index = i;
        }
      else
        is_alike |= looks_alike (planned, job);
    }
  if (n_found == 1)
    return CS_JOB_PROBE_FOUND;
  return n_found > 1 || is_alike ? CS_JOB_PROBE_DIFFERENT : CS_JOB_PROBE_ABSENT;
}
