/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xpm-private.h"

#define STATUS_CONFLICT 409

typedef struct
{
  CsXpm *xpm;
  char *client_id;
  CsWorkFields *base; /* (nullable) */
  CsWorkFields *ours; /* (nullable) */
  CsWorkSync direction;
  CsWorkLevel level;
} Task;

static void
task_free (gpointer data)
{
  Task *task = data;

  cs_xpm_unref (task->xpm);
  g_free (task->client_id);
  cs_work_fields_free (task->base);
  cs_work_fields_free (task->ours);
  g_free (task);
}

/** cs_xpm_update_free: frees what an update came to. */
void
cs_xpm_update_free (CsXpmUpdate *update)
{
  if (update == NULL)
    return;
  g_clear_pointer (&update->merge, cs_work_merge_free);
  g_clear_pointer (&update->client, cs_work_client_free);
  g_free (update);
}

/* What was to be there, and is not (xpm.md 5.4, step 4). */
static void
compare (CsXpmUpdate *update)
{
  for (gsize i = 0; i < CS_WORK_N_FIELDS; i++)
    {
      update->differs[i]
          = update->merge->outcomes[i] == CS_WORK_OUTCOME_GIVE
            && !cs_work_value_equal (update->merge->there->values[i], update->client->fields->values[i]);
      update->n_differing += update->differs[i] ? 1 : 0;
    }
}

static CsWorkClient *
write_merged (Task *task, const CsWorkMerge *merge, guint *status, GError **error)
{
  g_autoptr (GBytes) body = cs_xpm_encode_client_update (task->client_id, merge->there);
  CsRemoteFailure failure = { 0 };
  CsWorkClient *client
      = cs_await_record (cs_xpm_send (task->xpm, CS_XPM_UPDATE_CLIENT, body, &failure), error);

  *status = failure.status;
  cs_remote_failure_clear (&failure);
  return client;
}

/* Once: read, merge, write, compare. */
static CsXpmUpdate *
update_once (Task *task, guint *status, GError **error)
{
  g_autoptr (CsXpmUpdate) update = g_new0 (CsXpmUpdate, 1);

  *status = 0;
  update->client = cs_await_record (cs_xpm_get_client (task->xpm, task->client_id), error);
  if (update->client == NULL)
    return NULL;
  update->merge
      = cs_work_merge (task->base, task->ours, update->client->fields, task->direction, task->level);
  if (update->merge->n_given == 0)
    return g_steal_pointer (&update);
  cs_work_client_free (update->client);
  update->client = write_merged (task, update->merge, status, error);
  if (update->client == NULL)
    return NULL;
  update->was_written = TRUE;
  compare (update);
  return g_steal_pointer (&update);
}

static DexFuture *
update_fiber (gpointer data)
{
  Task *task = data;
  GError *error = NULL;
  guint status = 0;
  CsXpmUpdate *update = update_once (task, &status, &error);

  /* Somebody else wrote at that moment, perhaps Xero HQ: what they wrote is read, and counts (5.4). */
  if (update == NULL && status == STATUS_CONFLICT)
    {
      g_clear_error (&error);
      update = update_once (task, &status, &error);
    }
  if (update == NULL)
    return cs_future_new_take_error (error);
  return cs_future_new_for_record (update, (GDestroyNotify)cs_xpm_update_free);
}

/**
 * cs_xpm_update_client:
 * @xpm: the practice
 * @client_id: the client's unique id
 * @base: (nullable): what both sides held when they last agreed
 * @ours: what we hold
 * @direction: which way fields travel [K-1]
 * @level: which fields
 *
 * The safe recipe of xpm.md 5.4: there are no versions and no lock, so it reads just before it writes, writes
 * all of our fields as merged, and compares what came of it. Doing it again does no harm.
 *
 * Returns: (transfer full): of #CsXpmUpdate; REFUSED, or UNKNOWN_OUTCOME when it may have been written
 */
DexFuture *
cs_xpm_update_client (CsXpm *xpm,
                      const char *client_id,
                      const CsWorkFields *base,
                      const CsWorkFields *ours,
                      CsWorkSync direction,
                      CsWorkLevel level)
{
  Task *task;

  g_return_val_if_fail (xpm != NULL && client_id != NULL && ours != NULL, NULL);

  task = g_new0 (Task, 1);
  task->xpm = cs_xpm_ref (xpm);
  task->client_id = g_strdup (client_id);
  task->base = base != NULL ? cs_work_fields_copy (base) : NULL;
  task->ours = cs_work_fields_copy (ours);
  task->direction = direction;
  task->level = level;
  return cs_spawn (update_fiber, task, task_free);
}

static gboolean
promote (Task *task, CsXpmPromotion *promotion, GError **error)
{
  g_autoptr (CsWorkClient) before = cs_await_record (cs_xpm_get_client (task->xpm, task->client_id), error);
  g_autoptr (CsWorkClient) answer = NULL;
  g_autoptr (CsWorkClient) after = NULL;
  g_autoptr (GBytes) body = NULL;

  if (before == NULL)
    return FALSE;
  *promotion
      = before->is_prospect == CS_TRISTATE_NO ? CS_XPM_PROMOTION_ALREADY : CS_XPM_PROMOTION_NOT_REPORTED;
  if (before->is_prospect != CS_TRISTATE_YES)
    return TRUE;
  body = cs_xpm_encode_promotion (task->client_id, cs_work_client_get (before, CS_WORK_FIELD_NAME));
  answer = cs_await_record (cs_xpm_send (task->xpm, CS_XPM_UPDATE_CLIENT, body, NULL), error);
  if (answer == NULL)
    return FALSE;
  after = cs_await_record (cs_xpm_get_client (task->xpm, task->client_id), error);
  if (after == NULL)
    return FALSE;
  if (after->is_prospect == CS_TRISTATE_NO)
    *promotion = CS_XPM_PROMOTION_DONE;
  else if (after->is_prospect == CS_TRISTATE_YES)
    *promotion = CS_XPM_PROMOTION_NOT_KEPT;
  return TRUE;
}

static DexFuture *
promote_fiber (gpointer data)
{
  CsXpmPromotion promotion = CS_XPM_PROMOTION_NOT_REPORTED;
  GError *error = NULL;

  if (!promote (data, &promotion, &error))
    return cs_future_new_take_error (error);
  return dex_future_new_for_int64 (promotion);
}

/**
 * cs_xpm_promote_client:
 * @xpm: the practice
 * @client_id: of a lead whose first proposal was accepted
 *
 * X-07, K-13, xpm.md 5.6: written only where the last read said that it is a prospect, and read back.
 *
 * Returns: (transfer full): a #CsXpmPromotion as int64; never success that was not seen
 */
DexFuture *
cs_xpm_promote_client (CsXpm *xpm, const char *client_id)
{
  Task *task;

  g_return_val_if_fail (xpm != NULL && client_id != NULL, NULL);

  task = g_new0 (Task, 1);
  task->xpm = cs_xpm_ref (xpm);
  task->client_id = g_strdup (client_id);
  return cs_spawn (promote_fiber, task, task_free);
}
