/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-follow-up.h"

typedef struct
{
  GWeakRef object;
  CsFollowUp func;
  gpointer data;
  GDestroyNotify free_data;
} FollowUp;

static void
follow_up_free (gpointer data)
{
  FollowUp *follow_up = data;

  if (follow_up->free_data != NULL)
    follow_up->free_data (follow_up->data);
  g_weak_ref_clear (&follow_up->object);
  g_free (follow_up);
}

static DexFuture *
settled_cb (DexFuture *settled, gpointer data)
{
  FollowUp *follow_up = data;
  g_autoptr (GObject) object = g_weak_ref_get (&follow_up->object);

  if (object != NULL)
    follow_up->func (object, settled, follow_up->data);
  return dex_ref (settled);
}

/**
 * cs_follow_up:
 * @future: (transfer full): what is awaited
 * @object: a #GObject; only weakly held
 * @func: called on this thread once @future has settled, unless @object is gone
 * @data: for @func
 * @free_data: (nullable): frees @data
 *
 * Returns: (transfer full): dropping it cancels
 */
DexFuture *
cs_follow_up (DexFuture *future, gpointer object, CsFollowUp func, gpointer data, GDestroyNotify free_data)
{
  FollowUp *follow_up = g_new0 (FollowUp, 1);

  g_weak_ref_init (&follow_up->object, object);
  follow_up->func = func;
  follow_up->data = data;
  follow_up->free_data = free_data;
  return dex_future_finally (future, settled_cb, follow_up, follow_up_free);
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
