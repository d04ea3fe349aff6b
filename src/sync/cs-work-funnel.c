/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-work-funnel.h"

#include "cs-store-work.h"

/* Batches that may wait for the disk before the reading does. */
#define BATCHES_MAX 2

struct _CsWorkFunnel
{
  gatomicrefcount references;
  CsUuid connection_id;
  gint64 run;
  GMutex mutex;
  GCond cond;
  guint n_waiting;  /* batches that are not on disk yet */
  gboolean is_shut; /* nobody takes any more */
  GError *error;    /* (nullable): of the disk */
  /* The main thread's own. */
  CsSession *session; /* unowned; NULL once shut */
  void (*landed) (guint n_records, gpointer data);
  gpointer landed_data;
  DexPromise *drained; /* (nullable) */
};

CsWorkFunnel *
cs_work_funnel_new (CsSession *session, const CsUuid *connection_id, gint64 run)
{
  CsWorkFunnel *funnel = g_new0 (CsWorkFunnel, 1);

  g_atomic_ref_count_init (&funnel->references);
  g_mutex_init (&funnel->mutex);
  g_cond_init (&funnel->cond);
  funnel->session = session;
  funnel->connection_id = *connection_id;
  funnel->run = run;
  return funnel;
}

CsWorkFunnel *
cs_work_funnel_ref (CsWorkFunnel *funnel)
{
  g_atomic_ref_count_inc (&funnel->references);
  return funnel;
}

void
cs_work_funnel_unref (gpointer data)
{
  CsWorkFunnel *funnel = data;

  if (!g_atomic_ref_count_dec (&funnel->references))
    return;
  g_mutex_clear (&funnel->mutex);
  g_cond_clear (&funnel->cond);
  g_clear_error (&funnel->error);
  dex_clear (&funnel->drained);
  g_free (funnel);
}

void
cs_work_funnel_set_landed (CsWorkFunnel *funnel, void (*landed) (guint n_records, gpointer), gpointer data)
{
  funnel->landed = landed;
  funnel->landed_data = data;
}

/* The worker must not wait for somebody who has gone. */
void
cs_work_funnel_shut (CsWorkFunnel *funnel)
{
  g_mutex_lock (&funnel->mutex);
  funnel->is_shut = TRUE;
  g_cond_broadcast (&funnel->cond);
  g_mutex_unlock (&funnel->mutex);
  funnel->session = NULL;
  funnel->landed = NULL;
  cs_work_funnel_unref (funnel);
}

typedef struct
{
  CsWorkFunnel *funnel;
  GPtrArray *clients;
} Batch;

static void
batch_free (gpointer data)
{
  Batch *batch = data;

  cs_work_funnel_unref (batch->funnel);
  g_ptr_array_unref (batch->clients);
  g_free (batch);
}

static gpointer
write_batch_job (CsStore *store, gpointer data, GError **error)
{
  const Batch *batch = data;

  cs_store_write_work_clients (store, &batch->funnel->connection_id, batch->clients, batch->funnel->run,
                               error);
  return NULL;
}

typedef struct
{
  CsWorkFunnel *funnel;
  guint n_records;
} Landing;

static void
landing_free (gpointer data)
{
  Landing *landing = data;

  cs_work_funnel_unref (landing->funnel);
  g_free (landing);
}

static DexFuture *
batch_landed_cb (DexFuture *done, gpointer data)
{
  const Landing *landing = data;
  CsWorkFunnel *funnel = landing->funnel;
  g_autoptr (GError) error = NULL;
  gboolean is_drained;

  dex_future_get_value (done, &error);
  g_mutex_lock (&funnel->mutex);
  funnel->n_waiting--;
  if (error != NULL && funnel->error == NULL)
    funnel->error = g_steal_pointer (&error);
  is_drained = funnel->n_waiting == 0;
  g_cond_broadcast (&funnel->cond);
  g_mutex_unlock (&funnel->mutex);
  if (funnel->landed != NULL)
    funnel->landed (landing->n_records, funnel->landed_data);
  if (is_drained && funnel->drained != NULL && dex_future_is_pending (DEX_FUTURE (funnel->drained)))
    dex_promise_resolve_boolean (funnel->drained, TRUE);
  return dex_ref (done);
}

static gboolean
land_batch (gpointer data)
{
  Batch *batch = data;
  CsSession *session = batch->funnel->session;
  Landing *landing;

  if (session == NULL)
    {
      batch_free (batch);
      return G_SOURCE_REMOVE;
    }
  landing = g_new0 (Landing, 1);
  landing->funnel = cs_work_funnel_ref (batch->funnel);
  landing->n_records = batch->clients->len;
  dex_future_disown (dex_future_finally (cs_session_write (session, write_batch_job, batch, batch_free, NULL),
                                         batch_landed_cb, landing, landing_free));
  return G_SOURCE_REMOVE;
}

gboolean
cs_work_funnel_take (GPtrArray *records, gpointer data, GError **error)
{
  CsWorkFunnel *funnel = data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&funnel->mutex);
  Batch *batch;

  while (funnel->n_waiting >= BATCHES_MAX && !funnel->is_shut && funnel->error == NULL)
    g_cond_wait (&funnel->cond, &funnel->mutex);
  if (funnel->error != NULL)
    {
      g_propagate_error (error, g_error_copy (funnel->error));
      return FALSE;
    }
  if (funnel->is_shut)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The pull was stopped");
      return FALSE;
    }
  funnel->n_waiting++;
  batch = g_new0 (Batch, 1);
  batch->funnel = cs_work_funnel_ref (funnel);
  batch->clients = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_work_client_free);
  g_ptr_array_extend_and_steal (batch->clients, g_ptr_array_ref (records));
  g_idle_add_full (G_PRIORITY_DEFAULT, land_batch, batch, NULL);
  return TRUE;
}

gboolean
cs_work_funnel_drain (CsWorkFunnel *funnel, GError **error)
{
  gboolean is_drained;

  g_mutex_lock (&funnel->mutex);
  is_drained = funnel->n_waiting == 0;
  g_mutex_unlock (&funnel->mutex);
  if (!is_drained)
    {
      dex_clear (&funnel->drained);
      funnel->drained = dex_promise_new ();
      if (!cs_await (dex_ref (funnel->drained), error))
        return FALSE;
    }
  if (funnel->error == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (funnel->error));
  return FALSE;
}
