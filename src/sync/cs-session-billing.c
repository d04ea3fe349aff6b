/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-session-billing.h"

#include "cs-session-private.h"
#include "cs-store-billing.h"

#define CHANGE_BILLING (CS_CHANGE_JOURNAL | CS_CHANGE_PROPOSALS | CS_CHANGE_JOBS)

typedef struct
{
  CsUuid line_id;
  CsUuid seen;
  gboolean was_seen;
  CsBillingChange *change;
} Order;

static void
order_free (Order *order)
{
  cs_billing_change_free (order->change);
  g_free (order);
}

typedef struct
{
  CsSession *session;
  Order *order; /* (nullable): handed over */
} Saying;

static void
saying_free (gpointer data)
{
  Saying *saying = data;

  g_clear_pointer (&saying->order, order_free);
  g_object_unref (saying->session);
  g_free (saying);
}

static gpointer
say_job (CsStore *store, gpointer data, GError **error)
{
  const Order *order = data;

  return cs_store_change_billing (store, &order->line_id, order->was_seen ? &order->seen : NULL,
                                  order->change, error);
}

static DexFuture *
say_fiber (gpointer data)
{
  Saying *saying = data;
  GError *error = NULL;
  CsBillingChange *said = cs_await_record (
      cs_session_write (saying->session, say_job, g_steal_pointer (&saying->order),
                        (GDestroyNotify)order_free, (GDestroyNotify)cs_billing_change_free),
      &error);

  if (said == NULL)
    return cs_future_new_take_error (error);
  cs_session_emit_changed (saying->session, CHANGE_BILLING);
  cs_session_wake (saying->session);
  return cs_future_new_for_record (said, (GDestroyNotify)cs_billing_change_free);
}

/** cs_session_change_billing: Returns: (transfer full): of the #CsBillingChange as it is kept, when what is
 * planned follows it; CS_STORE_ERROR_INVALID, saying what is wrong with it, _STALE when something else was
 * said since @seen (nullable: not looked at), _STATE, _NOT_FOUND */
DexFuture *
cs_session_change_billing (CsSession *session,
                           const CsUuid *line_id,
                           const CsUuid *seen,
                           const CsBillingChange *change)
{
  Saying *saying = NULL;

  g_return_val_if_fail (CS_IS_SESSION (session) && line_id != NULL && change != NULL, NULL);

  saying = g_new0 (Saying, 1);
  saying->session = g_object_ref (session);
  saying->order = g_new0 (Order, 1);
  saying->order->line_id = *line_id;
  saying->order->was_seen = seen != NULL;
  saying->order->seen = seen != NULL ? *seen : CS_UUID_NONE;
  saying->order->change = cs_billing_change_copy (change);
  return cs_spawn_to_the_end (say_fiber, saying, saying_free);
}

static gpointer
take_back_job (CsStore *store, gpointer data, GError **error)
{
  cs_store_take_back_billing (store, data, error);
  return NULL;
}

/** cs_session_take_back_billing: Returns: (transfer full): resolves when it is as if that had not been said;
 * CS_STORE_ERROR_STATE when something else was said about that service since */
DexFuture *
cs_session_take_back_billing (CsSession *session, const CsUuid *change_id)
{
  g_return_val_if_fail (CS_IS_SESSION (session) && change_id != NULL, NULL);

  return cs_session_command (session, take_back_job, g_memdup2 (change_id, sizeof *change_id), g_free,
                             CHANGE_BILLING);
}
