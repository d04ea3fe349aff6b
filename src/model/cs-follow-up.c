/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-follow-up.h"

/* Counted, since each of its two links may outlive the other. */
typedef struct
{
  grefcount references;
  GWeakRef object;
  CsFollowUp func;
  gpointer data;
  GDestroyNotify free_data;
  DexFuture *settled; /* what came of it */
  DexPromise *turn;   /* resolved on the next turn of the main loop */
} FollowUp;

static FollowUp *
follow_up_ref (FollowUp *follow_up)
{
  g_ref_count_inc (&follow_up->references);
  return follow_up;
}

static void
follow_up_unref (gpointer data)
{
  FollowUp *follow_up = data;

  if (!g_ref_count_dec (&follow_up->references))
    return;
  if (follow_up->free_data != NULL)
    follow_up->free_data (follow_up->data);
  g_weak_ref_clear (&follow_up->object);
  dex_clear (&follow_up->settled);
  dex_clear (&follow_up->turn);
  g_free (follow_up);
}

static gboolean
turn_cb (gpointer data)
{
  dex_promise_resolve_boolean (data, TRUE);
  return G_SOURCE_REMOVE;
}

/* A future that has settled already calls back at once, while the caller still has to keep what we return
 * (libdex 0.10): whoever clears that in @func would clear it too early. So the word is passed on a turn
 * later. */
static DexFuture *
settled_cb (DexFuture *settled, gpointer data)
{
  FollowUp *follow_up = data;

  follow_up->settled = dex_ref (settled);
  follow_up->turn = dex_promise_new ();
  g_idle_add_full (G_PRIORITY_DEFAULT, turn_cb, dex_ref (follow_up->turn), dex_unref);
  return DEX_FUTURE (dex_ref (follow_up->turn));
}

static DexFuture *
tell_cb (DexFuture *turned, gpointer data)
{
  FollowUp *follow_up = data;
  g_autoptr (GObject) object = g_weak_ref_get (&follow_up->object);

  if (object != NULL)
    follow_up->func (object, follow_up->settled, follow_up->data);
  return dex_ref (follow_up->settled);
}

/**
 * cs_follow_up:
 * @future: (transfer full): what is awaited
 * @object: a #GObject; only weakly held
 * @func: called on this thread once @future has settled, on a later turn of the main loop and so never before
 *   this function has returned, unless @object is gone
 * @data: for @func
 * @free_data: (nullable): frees @data
 *
 * Returns: (transfer full): dropping it cancels
 */
DexFuture *
cs_follow_up (DexFuture *future, gpointer object, CsFollowUp func, gpointer data, GDestroyNotify free_data)
{
  FollowUp *follow_up = g_new0 (FollowUp, 1);

  g_ref_count_init (&follow_up->references);
  g_weak_ref_init (&follow_up->object, object);
  follow_up->func = func;
  follow_up->data = data;
  follow_up->free_data = free_data;
  future = dex_future_finally (future, settled_cb, follow_up_ref (follow_up), follow_up_unref);
  return dex_future_finally (future, tell_cb, follow_up, follow_up_unref);
}

/** cs_follow_up_to_the_end: as cs_follow_up(), for what must finish though nobody waits. */
void
cs_follow_up_to_the_end (DexFuture *future,
                         gpointer object,
                         CsFollowUp func,
                         gpointer data,
                         GDestroyNotify free_data)
{
  dex_future_disown (cs_follow_up (future, object, func, data, free_data));
}

/** cs_settled_check: Returns: whether @settled was resolved; else @error is why not */
gboolean
cs_settled_check (DexFuture *settled, GError **error)
{
  return dex_future_get_value (settled, error) != NULL;
}

/** cs_settled_steal_record: Returns: (transfer full) (nullable): the record of a resolved future; %NULL
 * without an error is the answer "none" */
gpointer
cs_settled_steal_record (DexFuture *settled, GError **error)
{
  const GValue *value = dex_future_get_value (settled, error);

  if (value == NULL || !G_VALUE_HOLDS (value, CS_TYPE_BOX) || g_value_get_boxed (value) == NULL)
    return NULL;
  return cs_box_steal (g_value_get_boxed (value));
}

/** cs_settled_dup_array: Returns: (transfer full) (nullable): the array of a resolved future; %NULL with
 * @error */
GPtrArray *
cs_settled_dup_array (DexFuture *settled, GError **error)
{
  const GValue *value = dex_future_get_value (settled, error);

  return value != NULL && G_VALUE_HOLDS (value, G_TYPE_PTR_ARRAY) ? g_value_dup_boxed (value) : NULL;
}
