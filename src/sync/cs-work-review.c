/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-work-review.h"

#include "cs-work-private.h"

typedef struct
{
  CsUuid connection_id;
  CsUuid client_id;
  char *remote_id;
  char *name;
  char *email;
  GPtrArray *remote_ids;
  gboolean is_left_out;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_free (order->remote_id);
  g_free (order->name);
  g_free (order->email);
  g_clear_pointer (&order->remote_ids, g_ptr_array_unref);
  g_free (order);
}

/* (nullable): it is not connected, and never was. */
static Order *
order_new (CsWork *work)
{
  Order *order;

  if (work->session == NULL || work->connection == NULL)
    return NULL;
  order = g_new0 (Order, 1);
  order->connection_id = work->connection->id;
  return order;
}

static DexFuture *
told_cb (DexFuture *done, gpointer data)
{
  CsWork *work = data;

  if (work->session != NULL)
    cs_session_emit_changed (work->session, CS_CHANGE_WORK | CS_CHANGE_CLIENTS | CS_CHANGE_ALERTS);
  return dex_ref (done);
}

static DexFuture *
write_order (CsWork *work, CsDatabaseFunc func, Order *order, GDestroyNotify free_result)
{
  return dex_future_then (cs_session_write (work->session, func, order, order_free, free_result), told_cb,
                          g_object_ref (work), g_object_unref);
}

/* --- those that are only there --- */

static gpointer
review_job (CsStore *store, gpointer data, GError **error)
{
  const Order *order = data;

  return cs_store_review_new_work_clients (store, &order->connection_id, error);
}

/** cs_work_review_new: Returns: (transfer full): of #CsWorkNew as a record: those that are only there, each
 * with whom it may be here [K-2, K-3] */
DexFuture *
cs_work_review_new (CsWork *work)
{
  Order *order;

  g_return_val_if_fail (CS_IS_WORK (work), NULL);

  order = order_new (work);
  if (order == NULL)
    return cs_work_refuse_without ();
  return cs_session_read (work->session, review_job, order, order_free, (GDestroyNotify)g_ptr_array_unref);
}

static gpointer
add_some_job (CsStore *store, gpointer data, GError **error)
{
  const Order *order = data;
  guint n = 0;

  if (!cs_store_add_some_work_clients (store, &order->connection_id, order->remote_ids, &n, error))
    return NULL;
  return g_memdup2 (&n, sizeof n);
}

static gpointer
copy_text (gconstpointer text, gpointer data)
{
  return g_strdup (text);
}

/** cs_work_add_some: Returns: (transfer full): a guint as a record: how many leads were made of those
 * @remote_ids that a person chose [K-2] */
DexFuture *
cs_work_add_some (CsWork *work, const GPtrArray *remote_ids)
{
  Order *order;

  g_return_val_if_fail (CS_IS_WORK (work) && remote_ids != NULL, NULL);

  order = order_new (work);
  if (order == NULL)
    return cs_work_refuse_without ();
  order->remote_ids = g_ptr_array_copy ((GPtrArray *)remote_ids, copy_text, NULL);
  g_ptr_array_set_free_func (order->remote_ids, g_free);
  return write_order (work, add_some_job, order, g_free);
}

static gpointer
leave_out_job (CsStore *store, gpointer data, GError **error)
{
  const Order *order = data;

  cs_store_leave_work_client (store, &order->connection_id, order->remote_id, order->is_left_out, error);
  return NULL;
}

/** cs_work_leave_out: Returns: (transfer full): resolves once nobody is asked about it any more, or is again
 */
DexFuture *
cs_work_leave_out (CsWork *work, const char *remote_id, gboolean is_left_out)
{
  Order *order;

  g_return_val_if_fail (CS_IS_WORK (work) && remote_id != NULL, NULL);

  order = order_new (work);
  if (order == NULL)
    return cs_work_refuse_without ();
  order->remote_id = g_strdup (remote_id);
  order->is_left_out = is_left_out;
  return write_order (work, leave_out_job, order, NULL);
}

/* --- the match step --- */

static gpointer
list_matches_job (CsStore *store, gpointer data, GError **error)
{
  const Order *order = data;

  return cs_store_list_work_matches (store, &order->connection_id, order->name, order->email, error);
}

/** cs_work_list_matches: Returns: (transfer full): of #CsWorkMatch as a record, best first [K-3, K-4] */
DexFuture *
cs_work_list_matches (CsWork *work, const char *name, const char *email)
{
  Order *order;

  g_return_val_if_fail (CS_IS_WORK (work) && name != NULL && email != NULL, NULL);

  order = order_new (work);
  if (order == NULL)
    return cs_work_refuse_without ();
  order->name = g_strdup (name);
  order->email = g_strdup (email);
  return cs_session_read (work->session, list_matches_job, order, order_free,
                          (GDestroyNotify)g_ptr_array_unref);
}

/** cs_work_match_is_needed: Returns: whether @error says that a person must be asked first [K-3] */
gboolean
cs_work_match_is_needed (const GError *error)
{
  return g_error_matches (error, CS_STORE_ERROR, CS_STORE_ERROR_STATE);
}

/* --- what was refused --- */

static gpointer
forget_refusal_job (CsStore *store, gpointer data, GError **error)
{
  const Order *order = data;

  cs_store_forget_work_refusal (store, &order->client_id, &order->connection_id, error);
  return NULL;
}

static DexFuture *
given_cb (DexFuture *done, gpointer data)
{
  cs_work_give_by_itself (data);
  return dex_ref (done);
}

/** cs_work_give_again: Returns: (transfer full): resolves once what was refused there counts as changed here
 * again, and is on its way */
DexFuture *
cs_work_give_again (CsWork *work, const CsUuid *client_id)
{
  Order *order;

  g_return_val_if_fail (CS_IS_WORK (work) && client_id != NULL, NULL);

  order = order_new (work);
  if (order == NULL)
    return cs_work_refuse_without ();
  order->client_id = *client_id;
  return dex_future_then (write_order (work, forget_refusal_job, order, NULL), given_cb, g_object_ref (work),
                          g_object_unref);
}
