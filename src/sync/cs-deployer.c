/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-deployer.h"

#include "cs-work-private.h"

#include <glib/gi18n-lib.h>

/* Steps of one job that are taken before the invoices have their turn again. */
#define STEPS_MAX 12u
/* Longer waits for a permit are slept in the loop. */
#define PERMIT_WAIT_MS G_GINT64_CONSTANT (1000)

/* How long a job leaves another the time to find the client that it may have made. */
#define CLIENT_WAIT_MS G_GINT64_CONSTANT (5000)

/* One job, while its steps are taken. */
typedef struct
{
  CsSession *session;
  CsRemoteLink *link;
  CsXpm *xpm;
  CsUuid connection_id;
  CsUuid id;
} Deploying;

static CsDeployNews *
news_new (CsSession *session, const CsUuid *connection_id, const CsUuid *id)
{
  CsDeployNews *news = g_new0 (CsDeployNews, 1);

  news->connection_id = *connection_id;
  news->id = *id;
  news->now_ms = cs_clock_now_ms (session->options->clock);
  news->epoch = session->epoch;
  news->lock = session->lock;
  news->jitter = g_random_double ();
  return news;
}

static CsDeployNews *
make_news (const Deploying *deploying, const CsDeployLook *look, CsJournalEvent event)
{
  CsDeployNews *news = news_new (deploying->session, &deploying->connection_id, &deploying->id);

  news->index = look->index;
  news->event = event;
  return news;
}

static gboolean
tell (const Deploying *deploying, CsDeployNews *news, GError **error)
{
  g_autoptr (GError) failure = NULL;

  cs_await_record (
      cs_session_write (deploying->session, cs_deploy_tell, news, (GDestroyNotify)cs_deploy_news_free, NULL),
      &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  cs_session_emit_changed (deploying->session, CS_CHANGE_JOBS);
  return TRUE;
}

static gboolean
tell_event (const Deploying *deploying, const CsDeployLook *look, CsJournalEvent event, GError **error)
{
  return tell (deploying, make_news (deploying, look, event), error);
}

static gboolean
tell_refused (const Deploying *deploying, const CsDeployLook *look, const char *words, GError **error)
{
  CsDeployNews *news = make_news (deploying, look, CS_EVENT_REFUSED);

  news->message = g_strdup (words);
  return tell (deploying, news, error);
}

/* The one table from what the pipeline says to what the saga hears: whatever is not surely "no" is doubt. */
static CsJournalEvent
read_error (const GError *error)
{
  if (error->domain != CS_REMOTE_ERROR)
    return CS_EVENT_UNKNOWN;
  switch ((CsRemoteError)error->code)
    {
    case CS_REMOTE_ERROR_UNREACHABLE:
    case CS_REMOTE_ERROR_UNTRUSTED:
    case CS_REMOTE_ERROR_TRY_LATER:
    case CS_REMOTE_ERROR_USED_UP:
      return CS_EVENT_NOT_SENT;
    case CS_REMOTE_ERROR_REFUSED:
    case CS_REMOTE_ERROR_NOT_FOUND:
      return CS_EVENT_REFUSED;
    case CS_REMOTE_ERROR_FORBIDDEN:
    case CS_REMOTE_ERROR_SIGN_IN_NEEDED:
    case CS_REMOTE_ERROR_VAULT_LOCKED:
    case CS_REMOTE_ERROR_VAULT_ABSENT:
    case CS_REMOTE_ERROR_VAULT_FAILED:
      return CS_EVENT_SIGN_IN_NEEDED;
    case CS_REMOTE_ERROR_UNKNOWN_OUTCOME:
    case CS_REMOTE_ERROR_BAD_REPLY:
    case CS_REMOTE_ERROR_TOO_LARGE:
    case CS_REMOTE_ERROR_TOO_MANY:
    case CS_REMOTE_ERROR_DECLINED:
    case CS_REMOTE_ERROR_TIMED_OUT:
    case CS_REMOTE_ERROR_PORT_TAKEN:
    case CS_REMOTE_ERROR_BAD_CLIENT:
    default:
      return CS_EVENT_UNKNOWN;
    }
}

static const CsDeployStep *
get_step (const CsDeployLook *look)
{
  return &g_array_index (look->steps, CsDeployStep, look->index);
}

static const CsJobStep *
get_kept (const CsDeployLook *look)
{
  return g_ptr_array_index (look->kept, look->index);
}

/* --- sending --- */

static const char *
get_text (const GPtrArray *texts, guint index)
{
  return g_ptr_array_index (texts, index);
}

static GBytes *
encode (const CsDeployLook *look, CsXpmOperation *operation)
{
  const CsDeployStep *step = get_step (look);
  const CsPlannedJob *job = look->job->planned;
  const char *number = look->job->there->number;
  g_autoptr (CsWorkFields) fields = NULL;

  *operation = CS_XPM_ASSIGN;
  switch (step->kind)
    {
    case CS_DEPLOY_CLIENT:
      *operation = CS_XPM_ADD_CLIENT;
      fields = cs_work_fields_of_client (look->client);
      return cs_xpm_encode_client (fields, NULL);
    case CS_DEPLOY_JOB:
      *operation = CS_XPM_ADD_JOB;
      return cs_xpm_encode_job (job, look->client_id);
    case CS_DEPLOY_TEMPLATE:
      *operation = CS_XPM_APPLY_TEMPLATE;
      return cs_xpm_encode_template (number, get_text (job->template_ids, step->index));
    case CS_DEPLOY_MANAGER:
      return cs_xpm_encode_assignment (number, CS_XPM_ROLE_MANAGER, job->roles->manager_id);
    case CS_DEPLOY_PARTNER:
      return cs_xpm_encode_assignment (number, CS_XPM_ROLE_PARTNER, job->roles->partner_id);
    case CS_DEPLOY_STAFF:
      return cs_xpm_encode_assignment (number, CS_XPM_ROLE_STAFF,
                                       get_text (job->roles->staff_ids, step->index));
    default:
      g_assert_not_reached ();
    }
}

static gboolean
freeze (const Deploying *deploying, const CsDeployLook *look, GBytes *bytes, GError **error)
{
  CsDeployNews *news = make_news (deploying, look, CS_EVENT_FROZEN);

  news->frozen = g_bytes_ref (bytes);
  return tell (deploying, news, error);
}

/* What came back, for the file. */
static void
take_answer (CsDeployNews *news, CsXpmOperation operation, gpointer answer)
{
  if (operation == CS_XPM_ADD_JOB)
    news->there = answer;
  else if (operation == CS_XPM_ADD_CLIENT)
    news->made_client = answer;
}

static gboolean
transmit (const Deploying *deploying,
          const CsDeployLook *look,
          CsXpmOperation operation,
          GBytes *bytes,
          GError **error)
{
  CsRemoteFailure failure = { 0 };
  g_autoptr (GError) problem = NULL;
  gboolean has_record = operation == CS_XPM_ADD_JOB || operation == CS_XPM_ADD_CLIENT;
  DexFuture *sent = cs_xpm_send (deploying->xpm, operation, bytes, &failure);
  CsDeployNews *news;
  gpointer answer = NULL;

  if (has_record)
    answer = cs_await_record (sent, &problem);
  else
    cs_await (sent, &problem);
  cs_work_report (deploying->session->work, deploying->link, problem);
  news = make_news (deploying, look, problem != NULL ? read_error (problem) : CS_EVENT_ACCEPTED);
  news->retry_after_ms = failure.retry_after_ms;
  news->correlation_id = g_strdup (failure.correlation_id);
  news->message = g_strdup (problem != NULL ? problem->message : NULL);
  if (problem == NULL)
    take_answer (news, operation, answer);
  cs_remote_failure_clear (&failure);
  return tell (deploying, news, error);
}

/* A client that somebody linked meanwhile need not be made; one that may be there already is a person's to
 * find. */
static gboolean
needs_no_sending (const Deploying *deploying, const CsDeployLook *look, gboolean *result, GError **error)
{
  CsDeployNews *news;

  if (get_step (look)->kind != CS_DEPLOY_CLIENT)
    return FALSE;
  if (look->client_id[0] != '\0')
    {
      news = make_news (deploying, look, CS_EVENT_ACCEPTED);
      news->is_settled = TRUE;
      *result = tell (deploying, news, error);
      return TRUE;
    }
  if (look->is_client_in_doubt)
    {
      news = make_news (deploying, look, CS_EVENT_NOT_SENT);
      news->retry_after_ms = CLIENT_WAIT_MS;
      *result = tell (deploying, news, error);
    }
  else if (!look->may_add_client)
    *result
        = tell_refused (deploying, look,
                        _ ("The client is not linked to Practice Manager, and clients don’t travel there. "
                           "Link the client, or change which way clients travel, and try again."),
                        error);
  else if (look->n_namesakes > 0)
    *result = tell_refused (deploying, look,
                            _ ("Practice Manager has a client of this name already. Link the client to the "
                               "right one, and try again."),
                            error);
  else
    return FALSE;
  return TRUE;
}

/* Nothing was sent of it yet, as far as the file knows; but the file is older than that. */
static gboolean
may_be_forgotten (const CsDeployLook *look)
{
  return get_step (look)->row.generation == 0 && look->restored_ms > 0
         && get_kept (look)->known_ms <= look->restored_ms;
}

static gboolean
send_step (const Deploying *deploying, const CsDeployLook *look, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  CsXpmOperation operation = CS_XPM_ASSIGN;
  gboolean result = TRUE;

  if (may_be_forgotten (look))
    return tell_event (deploying, look, CS_EVENT_RESTORED, error);
  if (needs_no_sending (deploying, look, &result, error))
    return result;
  bytes = encode (look, &operation);
  if (get_kept (look)->frozen != NULL)
    {
      g_bytes_unref (bytes);
      bytes = g_bytes_ref (get_kept (look)->frozen);
    }
  return freeze (deploying, look, bytes, error) && transmit (deploying, look, operation, bytes, error);
}

/* --- looking --- */

static guint
count_parts (const CsWorkJob *job)
{
  return job->tasks->len + job->milestones->len;
}

/* Why a look failed is the connection's affair: the step's own words stay. */
static gboolean
look_failed (const Deploying *deploying, const CsDeployLook *look, const GError *problem, GError **error)
{
  CsDeployNews *news = make_news (
      deploying, look, look->action == CS_DEPLOY_PROBE ? CS_EVENT_PROBE_FAILED : read_error (problem));

  cs_work_report (deploying->session->work, deploying->link, problem);
  if (news->event == CS_EVENT_UNKNOWN)
    news->event = CS_EVENT_NOT_SENT; /* reading changes nothing */
  news->message = g_strdup (look->action == CS_DEPLOY_PROBE ? get_kept (look)->message : problem->message);
  return tell (deploying, news, error);
}

static gboolean
read_baseline (const Deploying *deploying, const CsDeployLook *look, GError **error)
{
  g_autoptr (GError) problem = NULL;
  CsWorkJob *job = cs_await_record (cs_xpm_get_job (deploying->xpm, look->job->there->number), &problem);
  CsDeployNews *news;

  if (job == NULL)
    return look_failed (deploying, look, problem, error);
  news = make_news (deploying, look, CS_EVENT_HOLD_ENDED); /* not told: only what was counted */
  news->has_parts = TRUE;
  news->n_parts = count_parts (job);
  news->there = job;
  return tell (deploying, news, error);
}

static gboolean
probe_client (const Deploying *deploying, const CsDeployLook *look, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GPtrArray) clients
      = cs_await_array (cs_xpm_search_clients (deploying->xpm, look->client->name), &problem);
  guint found = 0;
  guint n_found = 0;
  CsDeployNews *news;

  if (clients == NULL)
    return look_failed (deploying, look, problem, error);
  for (guint i = 0; i < clients->len; i++)
    {
      const CsWorkClient *client = g_ptr_array_index (clients, i);

      if (!cs_work_value_equal (cs_work_client_get (client, CS_WORK_FIELD_NAME), look->client->name))
        continue;
      found = i;
      n_found++;
    }
  news = make_news (deploying, look,
                    n_found == 0   ? CS_EVENT_PROBE_ABSENT
                    : n_found == 1 ? CS_EVENT_PROBE_EQUAL
                                   : CS_EVENT_PROBE_DIFFERENT);
  if (n_found == 1)
    news->made_client = g_ptr_array_steal_index (clients, found);
  if (n_found > 1)
    news->message = g_strdup (_ ("Practice Manager has several clients of this name. Link the client to the "
                                 "right one, and try again."));
  return tell (deploying, news, error);
}

static gboolean
probe_job (const Deploying *deploying, const CsDeployLook *look, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GPtrArray) jobs
      = cs_await_array (cs_xpm_list_client_jobs (deploying->xpm, look->client_id), &problem);
  CsDeployNews *news;
  CsJobProbe probe;
  guint index = 0;

  if (jobs == NULL)
    return look_failed (deploying, look, problem, error);
  probe = cs_job_probe (look->job->planned, jobs, &index);
  news = make_news (deploying, look, cs_deployment_judge_job (probe));
  if (probe == CS_JOB_PROBE_DIFFERENT)
    news->message = g_strdup (_ ("Practice Manager has a job that may be this one already. Look at it there; "
                                 "if it is not this one, try again."));
  if (probe == CS_JOB_PROBE_FOUND)
    {
      const CsWorkJob *found = g_ptr_array_index (jobs, index);

      news->there = cs_await_record (cs_xpm_get_job (deploying->xpm, found->number), &problem);
      if (news->there == NULL)
        {
          cs_deploy_news_free (news);
          return look_failed (deploying, look, problem, error);
        }
    }
  return tell (deploying, news, error);
}

static gboolean
probe_part (const Deploying *deploying, const CsDeployLook *look, GError **error)
{
  g_autoptr (GError) problem = NULL;
  const CsDeployStep *step = get_step (look);
  CsWorkJob *job = cs_await_record (cs_xpm_get_job (deploying->xpm, look->job->there->number), &problem);
  CsDeployNews *news;

  if (job == NULL)
    return look_failed (deploying, look, problem, error);
  news = make_news (deploying, look,
                    step->kind == CS_DEPLOY_TEMPLATE
                        ? cs_deployment_judge_template (step, count_parts (job))
                        : cs_deployment_judge_role (step, look->job->planned, job));
  if (news->event == CS_EVENT_PROBE_DIFFERENT)
    news->message = g_strdup (
        step->kind == CS_DEPLOY_TEMPLATE
            ? _ ("Whether the job has this template already can’t be told. Look at it in Practice Manager, "
                 "then try again or leave it out.")
            : _ ("Somebody else was chosen for this job in Practice Manager. Look at it there, then try "
                 "again "
                 "or leave it as it is."));
  news->there = job;
  return tell (deploying, news, error);
}

static gboolean
probe_step (const Deploying *deploying, const CsDeployLook *look, GError **error)
{
  if (get_step (look)->kind == CS_DEPLOY_CLIENT)
    return probe_client (deploying, look, error);
  if (get_step (look)->kind == CS_DEPLOY_JOB)
    return probe_job (deploying, look, error);
  return probe_part (deploying, look, error);
}

/* --- one job --- */

/* Jobs go one at a time: whatever is *sending* when we look was left so by a process that is gone, or by an
 * answer that could not be stored. */
static gboolean
find_orphan (CsDeployLook *look)
{
  for (guint i = 0; i < look->steps->len; i++)
    if (g_array_index (look->steps, CsDeployStep, i).row.state == CS_JOURNAL_SENDING)
      {
        look->index = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
take_step (const Deploying *deploying, CsDeployLook *look, gboolean *is_moved, GError **error)
{
  *is_moved = TRUE;
  if (find_orphan (look))
    return tell_event (deploying, look, CS_EVENT_RESTARTED, error);
  switch (look->action)
    {
    case CS_DEPLOY_RELEASE:
      return tell_event (deploying, look, CS_EVENT_HOLD_ENDED, error);
    case CS_DEPLOY_READ:
      return read_baseline (deploying, look, error);
    case CS_DEPLOY_SEND:
      return send_step (deploying, look, error);
    case CS_DEPLOY_PROBE:
      return probe_step (deploying, look, error);
    case CS_DEPLOY_WAIT:
    case CS_DEPLOY_NOTHING:
    default:
      *is_moved = FALSE;
      return TRUE;
    }
}

static gboolean
drive (const Deploying *deploying, CsPushRound *round, GError **error)
{
  CsSession *session = deploying->session;

  for (guint i = 0; i < STEPS_MAX && !session->is_closing; i++)
    {
      g_autoptr (CsDeployLook) look = cs_await_record (
          cs_session_write (session, cs_deploy_load,
                            news_new (session, &deploying->connection_id, &deploying->id),
                            (GDestroyNotify)cs_deploy_news_free, (GDestroyNotify)cs_deploy_look_free),
          error);
      gboolean is_moved = FALSE;

      if (look == NULL || !take_step (deploying, look, &is_moved, error))
        return FALSE;
      round->is_moved |= is_moved;
      if (!is_moved)
        return TRUE;
    }
  return TRUE;
}

/* --- a look at all --- */

typedef struct
{
  CsUuid connection_id;
  CsUuid id;
  gint64 next_ms;
} Next;

static gpointer
get_next_job (CsStore *store, gpointer data, GError **error)
{
  Next next = { .connection_id = *(const CsUuid *)data };

  return cs_store_get_next_job (store, &next.connection_id, &next.id, &next.next_ms, error)
             ? g_memdup2 (&next, sizeof next)
             : NULL;
}

static gboolean
can_call (CsSession *session, CsRemoteLink *link, CsPushRound *round)
{
  CsLinkState state = cs_work_get_link_state (session->work);
  gint64 permit_ms;

  if (!round->may_send || link == NULL || link != cs_work_get_link (session->work)
      || cs_remote_link_get_xpm (link) == NULL || state == CS_LINK_SIGN_IN_NEEDED
      || state == CS_LINK_VAULT_LOCKED)
    return FALSE;
  permit_ms = cs_remote_link_get_push_permit_ms (link);
  if (permit_ms <= cs_clock_now_ms (session->options->clock) + PERMIT_WAIT_MS)
    return TRUE;
  round->wake_ms = MIN (round->wake_ms, permit_ms);
  return FALSE;
}

static gboolean
release_due (CsSession *session,
             CsRemoteLink *link,
             const CsUuid *connection_id,
             CsPushRound *round,
             GError **error)
{
  CsDeployNews *news = news_new (session, connection_id, &CS_UUID_NONE);
  g_autofree CsDeployReleased *released = NULL;

  /* Signed in again, or asked to by a person. */
  news->retries_waiting = session->retry_jobs && can_call (session, link, round);
  session->retry_jobs &= !news->retries_waiting;
  news->index = (guint)cs_session_get_today (session).days;
  released = cs_await_record (
      cs_session_write (session, cs_deploy_release_due, news, (GDestroyNotify)cs_deploy_news_free, g_free),
      error);
  if (released == NULL)
    return FALSE;
  round->is_moved |= released->n > 0;
  if (released->n + released->n_kept_back > 0)
    cs_session_emit_changed (session, CS_CHANGE_JOBS);
  return TRUE;
}

/**
 * cs_deployer_look:
 * @session: an open session
 * @round: what this look has found so far
 * @error: return location
 *
 * Lets go of the jobs whose day has come, and takes a few steps of the one that is due first. Invoices have
 * their turn between jobs.
 *
 * Returns: whether all is as it should be now; what Practice Manager refused is no error here: the job tells
 */
gboolean
cs_deployer_look (CsSession *session, CsPushRound *round, GError **error)
{
  const CsConnection *connection = cs_work_get_connection (session->work);
  /* It may be dropped, or another take its place, while we wait. */
  CsRemoteLink *now = cs_work_get_link (session->work);
  g_autoptr (CsRemoteLink) link = now != NULL ? cs_remote_link_ref (now) : NULL;
  g_autofree Next *next = NULL;
  g_autoptr (GError) problem = NULL;
  Deploying deploying;

  if (connection == NULL || connection->state == CS_CONNECTION_DISCONNECTED)
    return TRUE;
  deploying = (Deploying){ .session = session, .connection_id = connection->id };
  if (!release_due (session, link, &deploying.connection_id, round, error))
    return FALSE;
  next = cs_await_record (cs_session_write (session, get_next_job,
                                            g_memdup2 (&deploying.connection_id, sizeof (CsUuid)), g_free,
                                            g_free),
                          &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (next == NULL)
    return TRUE;
  if (!cs_journal_has_waited (next->next_ms, cs_clock_now_ms (session->options->clock)))
    {
      round->wake_ms = MIN (round->wake_ms, next->next_ms);
      return TRUE;
    }
  if (!can_call (session, link, round))
    return TRUE;
  deploying.link = link;
  deploying.xpm = cs_remote_link_get_xpm (link);
  deploying.id = next->id;
  cs_session_set_activity (session, CS_ACTIVITY_PUSHING);
  return drive (&deploying, round, error);
}
