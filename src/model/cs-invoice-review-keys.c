/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-review-private.h"

#include "cs-store-connections.h"

/* Which invoices stand where, and what chosen ones come to. */

guint32
cs_review_get_key (CsInvoiceReview *self, guint position)
{
  if (self->order != NULL)
    return cs_invoice_table_get_key (self->snapshot->table, cs_invoice_order_get (self->order, position));
  return g_array_index (self->first_keys, guint32, position);
}

/** cs_invoice_review_get_key: Returns: which invoice stands at @position */
guint32
cs_invoice_review_get_key (CsInvoiceReview *self, guint position)
{
  g_return_val_if_fail (CS_IS_INVOICE_REVIEW (self) && position < self->n, 0);

  return cs_review_get_key (self, position);
}

/** cs_invoice_review_find: Returns: where the invoice of @key stands; %G_MAXUINT: it is not shown */
guint
cs_invoice_review_find (CsInvoiceReview *self, guint32 key)
{
  g_return_val_if_fail (CS_IS_INVOICE_REVIEW (self), G_MAXUINT);

  for (guint i = 0; i < self->n; i++)
    if (cs_review_get_key (self, i) == key)
      return i;
  return G_MAXUINT;
}

/**
 * cs_invoice_review_sum_chosen:
 * @self: a review
 * @keys: of rows, shown or not
 *
 * Returns: (transfer full) (element-type CsInvoiceSelected): what they come to, a currency at a time
 */
GArray *
cs_invoice_review_sum_chosen (CsInvoiceReview *self, const CsRowSet *keys)
{
  g_return_val_if_fail (CS_IS_INVOICE_REVIEW (self) && keys != NULL, NULL);

  if (self->snapshot == NULL)
    return g_array_new (FALSE, FALSE, sizeof (CsInvoiceSelected));
  return cs_invoice_table_sum_set (self->snapshot->table, keys);
}

/** cs_invoice_review_keep_shown: Returns: (transfer full): those of @keys that are shown, in order
 * (element-type guint32) */
GArray *
cs_invoice_review_keep_shown (CsInvoiceReview *self, const CsRowSet *keys)
{
  GArray *shown;

  g_return_val_if_fail (CS_IS_INVOICE_REVIEW (self) && keys != NULL, NULL);

  shown = g_array_sized_new (FALSE, FALSE, sizeof (guint32), MIN (self->n, keys->count));
  for (guint i = 0; i < self->n && shown->len < keys->count; i++)
    {
      guint32 key = cs_review_get_key (self, i);

      if (cs_row_set_has (keys, key))
        g_array_append_val (shown, key);
    }
  return shown;
}

/** cs_invoice_review_copy_keys: Returns: (transfer full) (element-type guint32): what is shown, in order */
GArray *
cs_invoice_review_copy_keys (CsInvoiceReview *self)
{
  GArray *keys;

  g_return_val_if_fail (CS_IS_INVOICE_REVIEW (self), NULL);

  keys = g_array_sized_new (FALSE, FALSE, sizeof (guint32), self->n);
  for (guint i = 0; i < self->n; i++)
    {
      guint32 key = cs_review_get_key (self, i);

      g_array_append_val (keys, key);
    }
  return keys;
}

static gpointer
look_up_job (CsStore *store, gpointer data, GError **error)
{
  g_autofree guint32 *key = g_new0 (guint32, 1);
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsConnection) connection = cs_store_get_connection (store, &failure);

  if (connection != NULL && cs_store_get_invoice_key (store, &connection->id, data, key, &failure))
    return g_steal_pointer (&key);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

/**
 * cs_invoice_review_look_up:
 * @self: a review
 * @remote_id: an invoice's id at the ledger
 *
 * Returns: (transfer full): of the key of its row, a #guint32 (cs_await_record()); %CS_STORE_ERROR_NOT_FOUND
 * when there is none
 */
DexFuture *
cs_invoice_review_look_up (CsInvoiceReview *self, const char *remote_id)
{
  g_return_val_if_fail (CS_IS_INVOICE_REVIEW (self) && remote_id != NULL, NULL);

  return cs_session_read (self->session, look_up_job, g_strdup (remote_id), g_free, g_free);
}

static gpointer
read_keys_job (CsStore *store, gpointer data, GError **error)
{
  GArray *keys = data;

  return cs_store_get_invoice_entries (store, (const guint32 *)(gpointer)keys->data, keys->len, error);
}

/**
 * cs_invoice_review_read:
 * @self: a review
 * @keys: (array length=n_keys): of its rows
 * @n_keys: how many
 *
 * Returns: (transfer full): of a #GPtrArray of #CsInvoiceEntry in this order (cs_await_record())
 */
DexFuture *
cs_invoice_review_read (CsInvoiceReview *self, const guint32 *keys, gsize n_keys)
{
  GArray *copy;

  g_return_val_if_fail (CS_IS_INVOICE_REVIEW (self) && (keys != NULL || n_keys == 0), NULL);

  copy = g_array_sized_new (FALSE, FALSE, sizeof (guint32), (guint)n_keys);
  g_array_append_vals (copy, keys, (guint)n_keys);
  return cs_session_read (self->session, read_keys_job, copy, (GDestroyNotify)g_array_unref,
                          (GDestroyNotify)g_ptr_array_unref);
}

/**
 * cs_invoice_review_count:
 * @self: a review
 * @n: (out): how many invoices it asks for; as long as that is not known, how many were found by now
 *
 * All that a view has is counted before they are listed: the store keeps count. Of what is searched for, or
 * narrowed by dates, the list alone knows.
 *
 * Returns: whether that is known
 */
gboolean
cs_invoice_review_count (CsInvoiceReview *self, guint *n)
{
  guint n_kept;

  g_return_val_if_fail (CS_IS_INVOICE_REVIEW (self) && n != NULL, FALSE);

  *n = self->n;
  if (self->state == CS_LIST_READY && !self->is_partial)
    return TRUE;
  n_kept = self->sums->n[self->filter->shown];
  if (!self->has_sums || n_kept < self->n || cs_invoice_filter_is_narrowed (self->filter))
    return FALSE;
  *n = n_kept;
  return TRUE;
}
