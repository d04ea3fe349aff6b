/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-future.h"

#include <gio/gio.h>

struct _CsBox
{
  gatomicrefcount references;
  gpointer data;
  GDestroyNotify free_func;
};

G_DEFINE_BOXED_TYPE (CsBox, cs_box, cs_box_ref, cs_box_unref)

/**
 * cs_box_new:
 * @data: (transfer full) (nullable): a record
 * @free_func: (nullable): frees @data
 *
 * Returns: (transfer full): a counted reference to the record, which a #GValue and so a future can hold
 */
CsBox *
cs_box_new (gpointer data, GDestroyNotify free_func)
{
  CsBox *box = g_new0 (CsBox, 1);

  g_atomic_ref_count_init (&box->references);
  box->data = data;
  box->free_func = free_func;
  return box;
}

/** cs_box_ref: Returns: (transfer full): @box */
CsBox *
cs_box_ref (CsBox *box)
{
  g_return_val_if_fail (box != NULL, NULL);

  g_atomic_ref_count_inc (&box->references);
  return box;
}

/** cs_box_unref: frees the record with the last reference. */
void
cs_box_unref (CsBox *box)
{
  g_return_if_fail (box != NULL);

  if (!g_atomic_ref_count_dec (&box->references))
    return;
  if (box->data != NULL && box->free_func != NULL)
    box->free_func (box->data);
  g_free (box);
}

/** cs_box_steal: Returns: (transfer full) (nullable): the record; the box is empty afterwards */
gpointer
cs_box_steal (CsBox *box)
{
  g_return_val_if_fail (box != NULL, NULL);

  return g_steal_pointer (&box->data);
}

/**
 * cs_future_new_for_record:
 * @data: (transfer full) (nullable): the answer; %NULL means "none"
 * @free_func: frees @data
 *
 * Returns: (transfer full): a resolved future for cs_await_record()
 */
DexFuture *
cs_future_new_for_record (gpointer data, GDestroyNotify free_func)
{
  GValue value = G_VALUE_INIT;
  DexFuture *future;

  g_value_init (&value, CS_TYPE_BOX);
  g_value_take_boxed (&value, cs_box_new (data, free_func));
  future = dex_future_new_for_value (&value);
  g_value_unset (&value);
  return future;
}

/** cs_future_new_for_array: Returns: (transfer full): a future resolved with @array (transfer full) */
DexFuture *
cs_future_new_for_array (GPtrArray *array)
{
  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, array);
}

/** cs_future_new_take_error: Returns: (transfer full): a future rejected with @error (transfer full) */
DexFuture *
cs_future_new_take_error (GError *error)
{
  g_assert (error != NULL);

  return dex_future_new_for_error (error);
}

/**
 * cs_error_is_cancelled:
 * @error: (nullable): an error
 *
 * Two domains mean "stopped": inside a fiber libdex's own, outside GIO's.
 *
 * Returns: whether @error says that somebody stopped the work
 */
gboolean
cs_error_is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
         || g_error_matches (error, DEX_ERROR, DEX_ERROR_FIBER_CANCELLED);
}
