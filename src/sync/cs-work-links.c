/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-work-links.h"

#include "cs-work-private.h"

typedef struct
{
  CsWork *work;
  CsUuid connection_id;
  CsUuid client_id;
  char *text; /* what is searched, or the record there */
  CsWorkField field;
  gboolean is_chosen; /* theirs, or: again */
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_object_unref (order->work);
  g_free (order->text);
  g_free (order);
}

DexFuture *
cs_work_refuse_without (void)
{
  return dex_future_new_reject (CS_REMOTE_ERROR, CS_REMOTE_ERROR_SIGN_IN_NEEDED, "%s",
                                _ ("Practice Manager is not connected."));
}

static gboolean
may_order (CsWork *work)
{
  return work->session != NULL && work->connection != NULL;
}

static Order *
order_new (CsWork *work, const CsUuid *client_id, const char *text)
{
  Order *order = g_new0 (Order, 1);

  order->work = g_object_ref (work);
  order->connection_id = work->connection->id;
  order->client_id = client_id != NULL ? *client_id : CS_UUID_NONE;
  order->text = g_strdup (text);
  return order;
}

/* --- seeing --- */

static void
difference_free (gpointer data)
{
  CsWorkDifference *difference = data;

  g_free (difference->ours);
  g_free (difference->theirs);
  g_free (difference);
}

/** cs_work_view_free: frees the record. */
void
cs_work_view_free (CsWorkView *view)
{
  if (view == NULL)
    return;
  g_free (view->remote_id);
  g_clear_pointer (&view->client, cs_work_client_free);
  g_clear_pointer (&view->differences, g_ptr_array_unref);
  g_free (view->promotion);
  g_free (view->message);
  g_free (view->refusal);
  g_free (view);
}

static gboolean
load_differences (CsStore *store, const Order *order, CsWorkView *view, GError **error)
{
  g_autoptr (GPtrArray) conflicts
      = cs_store_list_work_conflicts (store, &order->client_id, &order->connection_id, error);

  view->differences = g_ptr_array_new_with_free_func (difference_free);
  for (guint i = 0; conflicts != NULL && i < conflicts->len; i++)
    {
      const CsWorkConflict *conflict = g_ptr_array_index (conflicts, i);
      CsWorkDifference *difference = g_new0 (CsWorkDifference, 1);

      difference->field = conflict->field;
      difference->ours = g_strdup (conflict->ours);
      difference->theirs = g_strdup (conflict->theirs);
      g_ptr_array_add (view->differences, difference);
    }
  return conflicts != NULL;
}

static gpointer
read_view_job (CsStore *store, gpointer data, GError **error)
{
  const Order *order = data;
  g_autoptr (CsWorkView) view = g_new0 (CsWorkView, 1);
  g_autoptr (GError) local = NULL;

  view->remote_id = cs_store_get_work_link (store, &order->client_id, &order->connection_id, error);
  if (view->remote_id == NULL || !load_differences (store, order, view, error)
      || !cs_store_get_work_promotion (store, &order->client_id, &view->promotion, &view->message, error))
    return NULL;
  view->refusal = cs_store_get_work_refusal (store, &order->client_id, &order->connection_id, error);
  if (view->refusal == NULL)
    return NULL;
  if (*view->remote_id != '\0')
    view->client = cs_store_get_work_client (store, &order->connection_id, view->remote_id, &local);
  if (local != NULL && !g_error_matches (local, CS_STORE_ERROR, CS_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return g_steal_pointer (&view);
}

/** cs_work_read_view: Returns: (transfer full): of #CsWorkView: what is known of the client there */
DexFuture *
cs_work_read_view (CsWork *work, const CsUuid *client_id)
{
  g_return_val_if_fail (CS_IS_WORK (work) && client_id != NULL, NULL);

  if (!may_order (work))
    return cs_work_refuse_without ();
  return cs_session_read (work->session, read_view_job, order_new (work, client_id, ""), order_free,
                          (GDestroyNotify)cs_work_view_free);
}

/* --- linking --- */

static gpointer
link_job (CsStore *store, gpointer data, GError **error)
{
  const Order *order = data;
  g_autofree char *former = NULL;

  if (*order->text != '\0')
    return cs_store_link_work_client (store, &order->client_id, &order->connection_id, order->text, NULL,
                                      &former, error)
               ? g_steal_pointer (&former)
               : NULL;
  former = cs_store_get_work_link (store, &order->client_id, &order->connection_id, error);
  if (former == NULL || !cs_store_unlink_work_client (store, &order->client_id, &order->connection_id, error))
    return NULL;
  return g_steal_pointer (&former);
}

/* Its number is told when it is read alone, and by it the page is found. No matter if that fails. */
static void
learn_number (CsWork *work, const char *remote_id)
{
  if (*remote_id != '\0' && work->link != NULL)
    cs_work_client_free (cs_work_learn_client (work, remote_id, NULL));
}

static DexFuture *
link_fiber (gpointer data)
{
  const Order *order = data;
  CsWork *work = order->work;
  GError *error = NULL;
  char *former;

  learn_number (work, order->text);
  if (!may_order (work))
    return cs_work_refuse_without ();
  former = cs_await_record (cs_session_write (work->session, link_job,
                                              order_new (work, &order->client_id, order->text), order_free,
                                              g_free),
                            &error);
  if (former == NULL)
    return cs_future_new_take_error (error);
  cs_session_emit_changed (work->session, CS_CHANGE_WORK | CS_CHANGE_CLIENTS | CS_CHANGE_ALERTS);
  return cs_future_new_for_record (former, g_free);
}

/** cs_work_link_client: Returns: (transfer full): links the client to @remote_id, "": to nothing; resolves to
 * what it was linked to before, "", as a record */
DexFuture *
cs_work_link_client (CsWork *work, const CsUuid *client_id, const char *remote_id)
{
  g_return_val_if_fail (CS_IS_WORK (work) && client_id != NULL && remote_id != NULL, NULL);

  if (!may_order (work))
    return cs_work_refuse_without ();
  return cs_spawn_to_the_end (link_fiber, order_new (work, client_id, remote_id), order_free);
}

/* --- settling --- */

static DexFuture *
told_cb (DexFuture *done, gpointer data)
{
  CsWork *work = data;

  if (work->session != NULL)
    cs_session_emit_changed (work->session, CS_CHANGE_WORK | CS_CHANGE_CLIENTS | CS_CHANGE_ALERTS);
  return dex_ref (done);
}

static DexFuture *
run_order (Order *order, CsDatabaseFunc func, GDestroyNotify free_result)
{
  CsWork *work = order->work;

  return dex_future_then (cs_session_write (work->session, func, order, order_free, free_result), told_cb,
                          g_object_ref (work), g_object_unref);
}

static gpointer
settle_job (CsStore *store, gpointer data, GError **error)
{
  const Order *order = data;

  cs_store_settle_work_conflict (store, &order->client_id, &order->connection_id, order->field,
                                 order->is_chosen, error);
  return NULL;
}

/** cs_work_settle: Returns: (transfer full): resolves once what a person decided is on disk; what is kept of
 * ours goes there with the next reading, or at the next look */
DexFuture *
cs_work_settle (CsWork *work, const CsUuid *client_id, CsWorkField field, gboolean takes_theirs)
{
  Order *order;

  g_return_val_if_fail (CS_IS_WORK (work) && client_id != NULL, NULL);

  if (!may_order (work))
    return cs_work_refuse_without ();
  order = order_new (work, client_id, "");
  order->field = field;
  order->is_chosen = takes_theirs;
  return run_order (order, settle_job, NULL);
}

static gpointer
settle_promotion_job (CsStore *store, gpointer data, GError **error)
{
  const Order *order = data;

  cs_store_finish_work_promotion (store, &order->client_id, order->is_chosen ? "waiting" : "seen", "", error);
  return NULL;
}

static DexFuture *
given_cb (DexFuture *done, gpointer data)
{
  cs_work_give_by_itself (data);
  return dex_ref (done);
}

/** cs_work_settle_promotion: Returns: (transfer full): a person looked at a lead that was accepted, or wants
 * it tried @again [K-13] */
DexFuture *
cs_work_settle_promotion (CsWork *work, const CsUuid *client_id, gboolean again)
{
  Order *order;

  g_return_val_if_fail (CS_IS_WORK (work) && client_id != NULL, NULL);

  if (!may_order (work))
    return cs_work_refuse_without ();
  order = order_new (work, client_id, "");
  order->is_chosen = again;
  return dex_future_then (run_order (order, settle_promotion_job, NULL), given_cb, g_object_ref (work),
                          g_object_unref);
}

/* --- leads --- */

static gpointer
add_job (CsStore *store, gpointer data, GError **error)
{
  const Order *order = data;

  return cs_store_add_work_client (store, &order->connection_id, order->text, error);
}

/** cs_work_add_client: Returns: (transfer full): of #CsClient: the one that is linked to it, made as a lead
 * when there is none [X-02, K-2] */
DexFuture *
cs_work_add_client (CsWork *work, const char *remote_id)
{
  g_return_val_if_fail (CS_IS_WORK (work) && remote_id != NULL, NULL);

  if (!may_order (work))
    return cs_work_refuse_without ();
  return run_order (order_new (work, NULL, remote_id), add_job, (GDestroyNotify)cs_client_free);
}

static gpointer
list_new_job (CsStore *store, gpointer data, GError **error)
{
  const Order *order = data;

  return cs_store_list_new_work_clients (store, &order->connection_id, error);
}

/** cs_work_list_new: Returns: (transfer full): an array of #CsWorkEntry as a record, by name: those that are
 * only there */
DexFuture *
cs_work_list_new (CsWork *work)
{
  g_return_val_if_fail (CS_IS_WORK (work), NULL);

  if (!may_order (work))
    return cs_work_refuse_without ();
  return cs_session_read (work->session, list_new_job, order_new (work, NULL, ""), order_free,
                          (GDestroyNotify)g_ptr_array_unref);
}
