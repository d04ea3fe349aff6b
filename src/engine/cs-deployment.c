/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-deployment.h"

static void
add_step (GArray *steps, CsDeployKind kind, guint index, gint64 hold_until_ms)
{
  CsDeployStep step
      = { .kind = kind, .index = index, .row = { .state = CS_JOURNAL_HELD, .next_ms = hold_until_ms } };

  g_array_append_val (steps, step);
}

/**
 * cs_deployment_new:
 * @job: what is to be made
 * @needs_client: whether its client is not there yet
 * @hold_until_ms: until when a person may take it back
 *
 * Returns: (transfer full): of #CsDeployStep, in their order: as few calls as the remote allows, since the
 * first template goes along with the job and each role is a call of its own (xpm.md 7.2)
 */
GArray *
cs_deployment_new (const CsPlannedJob *job, gboolean needs_client, gint64 hold_until_ms)
{
  GArray *steps = g_array_new (FALSE, TRUE, sizeof (CsDeployStep));

  g_return_val_if_fail (job != NULL, steps);

  if (needs_client)
    add_step (steps, CS_DEPLOY_CLIENT, 0, hold_until_ms);
  add_step (steps, CS_DEPLOY_JOB, 0, hold_until_ms);
  for (guint i = 1; i < job->template_ids->len; i++)
    add_step (steps, CS_DEPLOY_TEMPLATE, i, hold_until_ms);
  if (job->roles->manager_id[0] != '\0')
    add_step (steps, CS_DEPLOY_MANAGER, 0, hold_until_ms);
  if (job->roles->partner_id[0] != '\0')
    add_step (steps, CS_DEPLOY_PARTNER, 0, hold_until_ms);
  for (guint i = 0; i < job->roles->staff_ids->len; i++)
    add_step (steps, CS_DEPLOY_STAFF, i, hold_until_ms);
  return steps;
}

static const CsDeployStep *
get_step (const GArray *steps, guint index)
{
  return &g_array_index (steps, CsDeployStep, index);
}

static gboolean
is_done (const GArray *steps, CsDeployKind kind)
{
  for (guint i = 0; i < steps->len; i++)
    if (get_step (steps, i)->kind == kind && get_step (steps, i)->row.state != CS_JOURNAL_DONE)
      return FALSE;
  return TRUE;
}

/* Nothing of it can be there later than now. */
static gboolean
is_at_rest (CsJournalState state)
{
  return state == CS_JOURNAL_DONE || state == CS_JOURNAL_BLOCKED || state == CS_JOURNAL_CANCELLED;
}

/* Templates are told apart by how many parts the job has, so one at a time, in their order; one that was
 * refused does not hold up the others. */
static gboolean
may_apply_template (const GArray *steps, guint index)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const CsDeployStep *other = get_step (steps, i);
      gboolean is_in_the_air
          = other->row.state == CS_JOURNAL_SENDING || other->row.state == CS_JOURNAL_DOUBTFUL;

      if (i == index || other->kind != CS_DEPLOY_TEMPLATE)
        continue;
      if (is_in_the_air || (i < index && !is_at_rest (other->row.state)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_dependencies (const GArray *steps, guint index)
{
  switch (get_step (steps, index)->kind)
    {
    case CS_DEPLOY_CLIENT:
      return TRUE;
    case CS_DEPLOY_JOB:
      return is_done (steps, CS_DEPLOY_CLIENT);
    case CS_DEPLOY_TEMPLATE:
      return is_done (steps, CS_DEPLOY_JOB) && may_apply_template (steps, index);
    case CS_DEPLOY_MANAGER:
    case CS_DEPLOY_PARTNER:
    case CS_DEPLOY_STAFF:
      return is_done (steps, CS_DEPLOY_JOB);
    default:
      g_assert_not_reached ();
    }
}

static CsDeployAction
get_action (const GArray *steps, guint index, gint64 epoch, gint64 now_ms)
{
  const CsDeployStep *step = get_step (steps, index);

  switch (cs_journal_next_step (&step->row, has_dependencies (steps, index), epoch, now_ms))
    {
    case CS_STEP_RELEASE:
      return CS_DEPLOY_RELEASE;
    case CS_STEP_FREEZE:
      return step->kind == CS_DEPLOY_TEMPLATE && !step->has_baseline ? CS_DEPLOY_READ : CS_DEPLOY_SEND;
    case CS_STEP_PROBE:
      return CS_DEPLOY_PROBE;
    case CS_STEP_WAIT:
      return CS_DEPLOY_WAIT;
    case CS_STEP_NOTHING:
    default:
      return CS_DEPLOY_NOTHING;
    }
}

static gboolean
is_in_flight (const GArray *steps)
{
  for (guint i = 0; i < steps->len; i++)
    if (get_step (steps, i)->row.state == CS_JOURNAL_SENDING)
      return TRUE;
  return FALSE;
}

/**
 * cs_deployment_next:
 * @steps: of #CsDeployStep
 * @current_epoch: of the lock that we hold
 * @now_ms: the time
 * @index: (out): of the step that it is about, where there is one
 * @wake_ms: (out): with %CS_DEPLOY_WAIT: when to ask again; 0: an answer is awaited first
 *
 * One call of a job is in flight at a time. A step that a process which is gone was sending first takes
 * %CS_EVENT_RESTARTED: see cs_journal_is_orphaned().
 *
 * Returns: what to do now
 */
CsDeployAction
cs_deployment_next (const GArray *steps, gint64 current_epoch, gint64 now_ms, guint *index, gint64 *wake_ms)
{
  CsDeployAction result = CS_DEPLOY_NOTHING;

  g_return_val_if_fail (steps != NULL && index != NULL && wake_ms != NULL, CS_DEPLOY_NOTHING);

  *wake_ms = 0;
  if (is_in_flight (steps))
    return CS_DEPLOY_WAIT;
  for (guint i = 0; i < steps->len; i++)
    {
      CsDeployAction action = get_action (steps, i, current_epoch, now_ms);
      gint64 next_ms = get_step (steps, i)->row.next_ms;

      if (action == CS_DEPLOY_NOTHING)
        continue;
      if (action != CS_DEPLOY_WAIT)
        {
          *index = i;
          return action;
        }
      *wake_ms = result == CS_DEPLOY_WAIT ? MIN (*wake_ms, next_ms) : next_ms;
      result = CS_DEPLOY_WAIT;
    }
  return result;
}

/** cs_deployment_set_baseline: the job has @n_parts tasks and milestones, just read for the template at
 * @index. */
void
cs_deployment_set_baseline (GArray *steps, guint index, guint n_parts)
{
  CsDeployStep *step;

  g_return_if_fail (steps != NULL && index < steps->len);

  step = &g_array_index (steps, CsDeployStep, index);
  g_return_if_fail (step->kind == CS_DEPLOY_TEMPLATE);
  step->has_baseline = TRUE;
  step->baseline = n_parts;
}

/* Once a template is on its way, what was counted for another counts no more. */
static void
forget_other_baselines (GArray *steps, guint index)
{
  for (guint i = 0; i < steps->len; i++)
    if (i != index)
      g_array_index (steps, CsDeployStep, i).has_baseline = FALSE;
}

/* A template's baseline counts for the bytes that were sent after it, and for none that are sent anew. */
static void
forget_baseline (CsDeployStep *step)
{
  if (step->row.state == CS_JOURNAL_QUEUED || step->row.state == CS_JOURNAL_WAITING
      || step->row.state == CS_JOURNAL_BLOCKED)
    step->has_baseline = FALSE;
}

/* The job can't be taken back in part: what hangs on it goes with it. */
static void
cancel_the_rest (GArray *steps, gint64 now_ms)
{
  for (guint i = 0; i < steps->len; i++)
    cs_journal_apply (&g_array_index (steps, CsDeployStep, i).row, CS_EVENT_PERSON_CANCEL, now_ms, 0, 0,
                      NULL);
}

/**
 * cs_deployment_apply:
 * @steps: of #CsDeployStep; unchanged on failure
 * @index: which of them
 * @event: what happened to it
 * @now_ms: the time
 * @retry_after_ms: what the remote asked for, 0 if nothing
 * @jitter: 0 to 1, drawn by the caller
 * @error: return location
 *
 * As cs_journal_apply(). Doubt is left to settle for longer, since a probe that comes too soon would make a
 * second job. A job or client that a person cancels takes along what waits for it.
 *
 * Returns: whether the step can take that event; else %CS_DOMAIN_ERROR_STATE
 */
gboolean
cs_deployment_apply (GArray *steps,
                     guint index,
                     CsJournalEvent event,
                     gint64 now_ms,
                     gint64 retry_after_ms,
                     double jitter,
                     GError **error)
{
  CsDeployStep *step;
  gint64 wait_ms = retry_after_ms;

  g_return_val_if_fail (steps != NULL && index < steps->len, FALSE);

  step = &g_array_index (steps, CsDeployStep, index);
  if (event == CS_EVENT_FROZEN && step->kind == CS_DEPLOY_TEMPLATE && !step->has_baseline)
    {
      g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_STATE,
                           "A template can't be applied before its job was read");
      return FALSE;
    }
  if (event == CS_EVENT_UNKNOWN || event == CS_EVENT_RESTARTED || event == CS_EVENT_RESTORED)
    wait_ms = MAX (wait_ms, CS_DEPLOY_DOUBT_MS);
  /* Nobody's impatience makes the remote finish sooner. */
  if (event == CS_EVENT_PERSON_RETRY && step->row.state == CS_JOURNAL_DOUBTFUL)
    return TRUE;
  if (!cs_journal_apply (&step->row, event, now_ms, wait_ms, jitter, error))
    return FALSE;
  forget_baseline (step);
  if (event == CS_EVENT_FROZEN && step->kind == CS_DEPLOY_TEMPLATE)
    forget_other_baselines (steps, index);
  if (event == CS_EVENT_PERSON_CANCEL && (step->kind == CS_DEPLOY_JOB || step->kind == CS_DEPLOY_CLIENT))
    cancel_the_rest (steps, now_ms);
  return TRUE;
}

/** cs_deployment_get_state: Returns: how the whole stands, for a person */
CsDeploymentState
cs_deployment_get_state (const GArray *steps)
{
  guint n_done = 0;
  guint n_begun = 0;
  guint n_blocked = 0;
  guint n_cancelled = 0;
  gboolean has_job;

  g_return_val_if_fail (steps != NULL, CS_DEPLOYMENT_PLANNED);

  for (guint i = 0; i < steps->len; i++)
    {
      CsJournalState state = get_step (steps, i)->row.state;

      n_done += state == CS_JOURNAL_DONE ? 1 : 0;
      n_blocked += state == CS_JOURNAL_BLOCKED ? 1 : 0;
      n_cancelled += state == CS_JOURNAL_CANCELLED ? 1 : 0;
      n_begun += state != CS_JOURNAL_HELD && state != CS_JOURNAL_QUEUED ? 1 : 0;
    }
  has_job = is_done (steps, CS_DEPLOY_JOB);
  if (n_blocked > 0)
    return has_job ? CS_DEPLOYMENT_INCOMPLETE : CS_DEPLOYMENT_BLOCKED;
  if (has_job && n_done + n_cancelled == steps->len)
    return CS_DEPLOYMENT_LIVE;
  if (n_cancelled > 0 && !has_job)
    return CS_DEPLOYMENT_CANCELLED;
  return n_begun > 0 ? CS_DEPLOYMENT_DEPLOYING : CS_DEPLOYMENT_PLANNED;
}

/** cs_deployment_judge_job: Returns: the event for what cs_job_probe() found */
CsJournalEvent
cs_deployment_judge_job (CsJobProbe probe)
{
  switch (probe)
    {
    case CS_JOB_PROBE_ABSENT:
      return CS_EVENT_PROBE_ABSENT;
    case CS_JOB_PROBE_FOUND:
      return CS_EVENT_PROBE_EQUAL;
    case CS_JOB_PROBE_DIFFERENT:
    default:
      return CS_EVENT_PROBE_DIFFERENT;
    }
}

/**
 * cs_deployment_judge_template:
 * @step: a template in doubt
 * @n_parts: tasks and milestones that the job has now
 *
 * A job does not say which templates made it (xpm.md 7.4). More parts than before the call: it was applied.
 * Without a count from before, as in a restored file, only a person can tell.
 *
 * Returns: the event
 */
CsJournalEvent
cs_deployment_judge_template (const CsDeployStep *step, guint n_parts)
{
  g_return_val_if_fail (step != NULL && step->kind == CS_DEPLOY_TEMPLATE, CS_EVENT_PROBE_DIFFERENT);

  if (!step->has_baseline)
    return CS_EVENT_PROBE_DIFFERENT;
  return n_parts > step->baseline ? CS_EVENT_PROBE_EQUAL : CS_EVENT_PROBE_ABSENT;
}

static CsJournalEvent
judge_person (const char *wanted, const char *found)
{
  if (g_ascii_strcasecmp (wanted, found) == 0)
    return CS_EVENT_PROBE_EQUAL;
  return found[0] == '\0' ? CS_EVENT_PROBE_ABSENT : CS_EVENT_PROBE_DIFFERENT;
}

/**
 * cs_deployment_judge_role:
 * @step: a role in doubt
 * @planned: who was to have it
 * @job: as it was just read
 *
 * Returns: the event; a manager or partner that somebody else chose meanwhile is left to a person
 */
CsJournalEvent
cs_deployment_judge_role (const CsDeployStep *step, const CsPlannedJob *planned, const CsWorkJob *job)
{
  const char *wanted;

  g_return_val_if_fail (step != NULL && planned != NULL && job != NULL, CS_EVENT_PROBE_DIFFERENT);

  if (step->kind == CS_DEPLOY_MANAGER)
    return judge_person (planned->roles->manager_id, job->manager_id);
  if (step->kind == CS_DEPLOY_PARTNER)
    return judge_person (planned->roles->partner_id, job->partner_id);
  g_return_val_if_fail (step->index < planned->roles->staff_ids->len, CS_EVENT_PROBE_DIFFERENT);
  wanted = g_ptr_array_index (planned->roles->staff_ids, step->index);
  for (guint i = 0; i < job->staff_ids->len; i++)
    if (g_ascii_strcasecmp (wanted, g_ptr_array_index (job->staff_ids, i)) == 0)
      return CS_EVENT_PROBE_EQUAL;
  return CS_EVENT_PROBE_ABSENT;
}
