/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-deployer.h"

#include "cs-store-clients.h"
#include "cs-store-work.h"

#include <glib/gi18n-lib.h>

/* What of the deployment runs on the writer's thread: the file and the engine, and no network. */

/* Released in one go at most: the rest follows at the next look. */
#define RELEASED_MAX 100u

void
cs_deploy_look_free (CsDeployLook *look)
{
  if (look == NULL)
    return;
  g_clear_pointer (&look->job, cs_job_free);
  g_clear_pointer (&look->kept, g_ptr_array_unref);
  g_clear_pointer (&look->steps, g_array_unref);
  g_clear_pointer (&look->client, cs_client_free);
  g_free (look->client_id);
  g_free (look);
}

void
cs_deploy_news_free (CsDeployNews *news)
{
  g_clear_pointer (&news->frozen, g_bytes_unref);
  g_clear_pointer (&news->there, cs_work_job_free);
  g_free (news->message);
  g_free (news->correlation_id);
  cs_work_client_free (news->made_client);
  g_free (news);
}

/* --- the two views of a step --- */

static CsDeployStep
read_step (const CsJobStep *kept)
{
  return (CsDeployStep){
    .kind = (CsDeployKind)kept->kind,
    .index = kept->index,
    .row = { .state = kept->state,
             .generation = kept->generation,
             .attempts = kept->attempts,
             .next_ms = kept->next_ms,
             .epoch = kept->epoch,
             .has_frozen_bytes = kept->frozen != NULL },
    .has_baseline = kept->has_baseline,
    .baseline = kept->baseline,
  };
}

static GArray *
read_steps (const GPtrArray *kept)
{
  GArray *steps = g_array_new (FALSE, TRUE, sizeof (CsDeployStep));

  for (guint i = 0; i < kept->len; i++)
    {
      CsDeployStep step = read_step (g_ptr_array_index (kept, i));

      g_array_append_val (steps, step);
    }
  return steps;
}

static void
keep_step (const CsDeployStep *step, CsJobStep *kept)
{
  kept->kind = (int)step->kind;
  kept->index = step->index;
  kept->state = step->row.state;
  kept->generation = step->row.generation;
  kept->attempts = step->row.attempts;
  kept->next_ms = step->row.next_ms;
  kept->epoch = step->row.epoch;
  kept->has_baseline = step->has_baseline;
  kept->baseline = step->baseline;
  if (!step->row.has_frozen_bytes)
    g_clear_pointer (&kept->frozen, g_bytes_unref);
}

static void
keep_steps (const GArray *steps, GPtrArray *kept)
{
  for (guint i = 0; i < steps->len; i++)
    keep_step (&g_array_index (steps, CsDeployStep, i), g_ptr_array_index (kept, i));
}

/* --- how the whole stands --- */

static CsJobState
get_state (const GArray *steps, const CsWorkJob *there)
{
  switch (cs_deployment_get_state (steps))
    {
    case CS_DEPLOYMENT_LIVE:
      return cs_date_is_set (there->completed) ? CS_JOB_COMPLETED : CS_JOB_LIVE;
    case CS_DEPLOYMENT_INCOMPLETE:
      return CS_JOB_INCOMPLETE;
    case CS_DEPLOYMENT_BLOCKED:
      return CS_JOB_BLOCKED;
    case CS_DEPLOYMENT_CANCELLED:
      return CS_JOB_CANCELLED;
    case CS_DEPLOYMENT_PLANNED:
    case CS_DEPLOYMENT_DEPLOYING:
    default:
      return CS_JOB_DEPLOYING;
    }
}

static gint64
get_next_ms (const GArray *steps, gint64 epoch, gint64 now_ms)
{
  guint index = 0;
  gint64 wake_ms = 0;

  switch (cs_deployment_next (steps, epoch, now_ms, &index, &wake_ms))
    {
    case CS_DEPLOY_NOTHING:
      return CS_JOB_NEVER;
    case CS_DEPLOY_WAIT:
      return MAX (wake_ms, 0); /* 0: something was on the wire when the file was written */
    case CS_DEPLOY_RELEASE:
    case CS_DEPLOY_READ:
    case CS_DEPLOY_SEND:
    case CS_DEPLOY_PROBE:
    default:
      return now_ms;
    }
}

static const char *
get_problem (const GPtrArray *kept)
{
  for (guint i = 0; i < kept->len; i++)
    {
      const CsJobStep *step = g_ptr_array_index (kept, i);

      if (step->state == CS_JOURNAL_BLOCKED)
        return step->message;
    }
  return "";
}

static gboolean
write_job (CsStore *store,
           const CsDeployNews *news,
           const CsJob *job,
           const GArray *steps,
           GPtrArray *kept,
           GError **error)
{
  CsJobProgress progress = { .there = news->there, .connection_id = &news->connection_id };

  keep_steps (steps, kept);
  progress.state = get_state (steps, news->there != NULL ? news->there : job->there);
  progress.next_ms = get_next_ms (steps, news->epoch, news->now_ms);
  progress.problem = get_problem (kept);
  return cs_store_write_job (store, &news->id, kept, &progress, error);
}

/* --- letting go --- */

static gboolean
release (CsStore *store, const CsDeployNews *news, gboolean is_wanted, GError **error)
{
  g_autoptr (CsJob) job = cs_store_get_job (store, &news->id, error);
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_job_step_free);
  g_autoptr (GArray) steps = NULL;
  g_autofree char *client_id = NULL;
  gint64 hold_until_ms = 0;
  gint64 known_ms;

  if (job == NULL || !cs_store_fit_job (store, job, &news->connection_id, is_wanted, error)
      || !cs_store_get_job_hold (store, &news->id, &hold_until_ms, error))
    return FALSE;
  known_ms = cs_store_get_job_known_ms (store, &news->id, error);
  client_id = cs_store_get_work_link (store, &job->client_id, &news->connection_id, error);
  if (known_ms < 0 || client_id == NULL)
    return FALSE;
  steps = cs_deployment_new (job->planned, client_id[0] == '\0', hold_until_ms);
  for (guint i = 0; i < steps->len; i++)
    {
      CsJobStep *step = cs_job_step_new ();

      step->known_ms = known_ms;
      g_ptr_array_add (kept, step);
    }
  return write_job (store, news, job, steps, kept, error);
}

/* What is in doubt is left to settle, and what is blocked to a person. */
static gboolean
feed_waiting (CsStore *store, const CsDeployNews *news, const CsUuid *id, GError **error)
{
  g_autoptr (CsJob) job = cs_store_get_job (store, id, error);
  g_autoptr (GPtrArray) kept = job != NULL ? cs_store_get_job_steps (store, id, error) : NULL;
  g_autoptr (GArray) steps = kept != NULL ? read_steps (kept) : NULL;
  CsDeployNews its = *news;

  if (steps == NULL)
    return FALSE;
  for (guint i = 0; i < steps->len; i++)
    if (g_array_index (steps, CsDeployStep, i).row.state == CS_JOURNAL_WAITING
        && !cs_deployment_apply (steps, i, CS_EVENT_PERSON_RETRY, news->now_ms, 0, 0, error))
      return FALSE;
  its.id = *id;
  return write_job (store, &its, job, steps, kept, error);
}

static gboolean
retry_waiting (CsStore *store, const CsDeployNews *news, GError **error)
{
  g_autoptr (GArray) ids
      = cs_store_list_waiting_jobs (store, &news->connection_id, news->now_ms, RELEASED_MAX, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!feed_waiting (store, news, &g_array_index (ids, CsUuid, i), error))
      return FALSE;
  return ids != NULL;
}

/* One that can't be let go keeps back no other. */
gpointer
cs_deploy_release_due (CsStore *store, gpointer data, GError **error)
{
  CsDeployNews *news = data;
  CsDate today = { .days = (gint32)news->index };
  g_autoptr (GArray) ids = NULL;
  CsDeployReleased released = { 0 };

  if (news->retries_waiting && !retry_waiting (store, news, error))
    return NULL;
  ids = cs_store_list_due_jobs (store, today, RELEASED_MAX, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (GError) trouble = NULL;
      gboolean is_news = FALSE;

      news->id = g_array_index (ids, CsUuid, i);
      if (release (store, news, FALSE, &trouble))
        released.n++;
      else if (cs_store_keep_job_back (store, &news->id, trouble, &is_news, error))
        released.n_kept_back += is_news ? 1 : 0;
      else
        return NULL;
    }
  return ids != NULL ? g_memdup2 (&released, sizeof released) : NULL;
}

/* --- a look --- */

static gboolean
load_client (CsStore *store, const CsDeployNews *news, CsDeployLook *look, GError **error)
{
  CsWorkSettings settings;

  look->client_id = cs_store_get_work_link (store, &look->job->client_id, &news->connection_id, error);
  if (look->client_id == NULL || !cs_store_get_work_settings (store, &settings, error))
    return FALSE;
  look->may_add_client = settings.direction == CS_WORK_SYNC_TO || settings.direction == CS_WORK_SYNC_BOTH;
  if (!cs_store_is_client_in_doubt (store, &news->id, CS_DEPLOY_CLIENT, &look->is_client_in_doubt, error))
    return FALSE;
  look->client = cs_store_get_client (store, &look->job->client_id, error);
  return look->client != NULL
         && (look->client_id[0] != '\0'
             || cs_store_count_namesakes (store, &news->connection_id, look->client->name, &look->n_namesakes,
                                          error));
}

gpointer
cs_deploy_load (CsStore *store, gpointer data, GError **error)
{
  const CsDeployNews *news = data;
  g_autoptr (CsDeployLook) look = g_new0 (CsDeployLook, 1);

  look->job = cs_store_get_job (store, &news->id, error);
  look->kept = look->job != NULL ? cs_store_get_job_steps (store, &news->id, error) : NULL;
  look->restored_ms = look->kept != NULL ? cs_store_get_restored_ms (store, error) : -1;
  if (look->restored_ms < 0 || !load_client (store, news, look, error))
    return NULL;
  look->steps = read_steps (look->kept);
  look->action = cs_deployment_next (look->steps, news->epoch, news->now_ms, &look->index, &look->wake_ms);
  return g_steal_pointer (&look);
}

/* --- what happened --- */

/* A job that was made just now holds nothing that an older file could have forgotten. */
static void
know_the_rest (GPtrArray *kept, gint64 now_ms)
{
  for (guint i = 0; i < kept->len; i++)
    ((CsJobStep *)g_ptr_array_index (kept, i))->known_ms = now_ms;
}

static gboolean
apply (const CsDeployNews *news, GArray *steps, GPtrArray *kept, GError **error)
{
  CsJobStep *step = g_ptr_array_index (kept, news->index);
  CsDeployStep *row = &g_array_index (steps, CsDeployStep, news->index);

  if (news->has_parts)
    {
      cs_deployment_set_baseline (steps, news->index, news->n_parts);
      return TRUE;
    }
  if (news->is_settled
      && !cs_deployment_apply (steps, news->index, CS_EVENT_FROZEN, news->now_ms, 0, 0, error))
    return FALSE;
  if (!cs_deployment_apply (steps, news->index, news->event, news->now_ms, news->retry_after_ms, news->jitter,
                            error))
    return FALSE;
  if (news->event == CS_EVENT_FROZEN)
    {
      row->row.epoch = news->epoch;
      g_clear_pointer (&step->frozen, g_bytes_unref);
      step->frozen = g_bytes_ref (news->frozen);
    }
  g_set_str (&step->message, news->message != NULL ? news->message : "");
  g_set_str (&step->correlation_id, news->correlation_id != NULL ? news->correlation_id : "");
  step->known_ms = news->now_ms;
  if (news->event == CS_EVENT_ACCEPTED && row->kind == CS_DEPLOY_JOB)
    know_the_rest (kept, news->now_ms);
  return TRUE;
}

/* What was answered is known at once: it doesn't wait for clients to be read again. */
static gboolean
know_client (CsStore *store, const CsJob *job, const CsDeployNews *news, GError **error)
{
  g_autoptr (GPtrArray) clients = g_ptr_array_new ();

  g_ptr_array_add (clients, news->made_client);
  return cs_store_write_work_clients (store, &news->connection_id, clients, 0, error)
         && cs_store_link_work_client (store, &job->client_id, &news->connection_id,
                                       news->made_client->remote_id, "job", NULL, error);
}

static gboolean
tell (CsStore *store, const CsDeployNews *news, GError **error)
{
  g_autoptr (CsJob) job = cs_store_get_job (store, &news->id, error);
  g_autoptr (GPtrArray) kept = job != NULL ? cs_store_get_job_steps (store, &news->id, error) : NULL;
  g_autoptr (GArray) steps = kept != NULL ? read_steps (kept) : NULL;

  if (steps == NULL || !apply (news, steps, kept, error))
    return FALSE;
  if (news->made_client != NULL && !know_client (store, job, news, error))
    return FALSE;
  return write_job (store, news, job, steps, kept, error);
}

/* The epoch is checked on the thread that commits, just before: a holder that woke under an old one stops
 * here. */
gpointer
cs_deploy_tell (CsStore *store, gpointer data, GError **error)
{
  const CsDeployNews *news = data;

  if (news->event != CS_EVENT_FROZEN || cs_practice_lock_check (news->lock, error))
    tell (store, news, error);
  return NULL;
}

/* --- what a person wants --- */

gpointer
cs_deploy_go (CsStore *store, gpointer data, GError **error)
{
  const CsDeployNews *news = data;
  g_autoptr (GPtrArray) kept = cs_store_get_job_steps (store, &news->id, error);

  if (kept != NULL && kept->len == 0)
    release (store, news, TRUE, error);
  return NULL;
}

/* What can't take it is left as it is. */
static void
feed_all (GArray *steps, CsJournalEvent event, gint64 now_ms)
{
  for (guint i = 0; i < steps->len; i++)
    cs_deployment_apply (steps, i, event, now_ms, 0, 0, NULL);
}

static void
feed_person (CsStore *store, const CsDeployNews *news, CsJournalEvent event, GError **error)
{
  g_autoptr (CsJob) job = cs_store_get_job (store, &news->id, error);
  g_autoptr (GPtrArray) kept = job != NULL ? cs_store_get_job_steps (store, &news->id, error) : NULL;
  g_autoptr (GArray) steps = kept != NULL ? read_steps (kept) : NULL;

  if (steps == NULL)
    return;
  if (kept->len == 0 && event == CS_EVENT_PERSON_CANCEL)
    {
      CsJobProgress progress = { CS_JOB_CANCELLED, CS_JOB_NEVER, "", NULL, NULL };

      cs_store_write_job (store, &news->id, kept, &progress, error);
      return;
    }
  feed_all (steps, event, news->now_ms);
  write_job (store, news, job, steps, kept, error);
}

gpointer
cs_deploy_retry (CsStore *store, gpointer data, GError **error)
{
  feed_person (store, data, CS_EVENT_PERSON_RETRY, error);
  return NULL;
}

gpointer
cs_deploy_cancel (CsStore *store, gpointer data, GError **error)
{
  feed_person (store, data, CS_EVENT_PERSON_CANCEL, error);
  return NULL;
}
