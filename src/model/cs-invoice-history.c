/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-history.h"
#include "cs-follow-up.h"
#include "cs-session-invoice.h"

#define KEPT "cs-invoice-histories"

typedef struct
{
  GPtrArray *notes;
  gint64 read_ms;
} Kept;

struct _CsInvoiceHistory
{
  GObject parent_instance;
  CsSession *session;
  char *remote_id;
  GPtrArray *notes; /* (nullable): never read */
  gint64 read_ms;
  CsListState state;
  char *problem;
  DexFuture *reading;
};

G_DEFINE_FINAL_TYPE (CsInvoiceHistory, cs_invoice_history, G_TYPE_OBJECT)

static guint changed_signal;

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_ptr_array_unref (kept->notes);
  g_free (kept);
}

/* They go with the session: nothing of one practice is told in another. */
static GHashTable *
get_kept (CsSession *session)
{
  GHashTable *all = g_object_get_data (G_OBJECT (session), KEPT);

  if (all == NULL)
    {
      all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, kept_free);
      g_object_set_data_full (G_OBJECT (session), KEPT, all, (GDestroyNotify)g_hash_table_unref);
    }
  return all;
}

static void
keep (CsInvoiceHistory *self)
{
  GHashTable *all = get_kept (self->session);
  Kept *kept = g_new0 (Kept, 1);

  if (g_hash_table_size (all) >= CS_INVOICE_HISTORIES_MAX)
    g_hash_table_remove_all (all);
  kept->notes = g_ptr_array_ref (self->notes);
  kept->read_ms = self->read_ms;
  g_hash_table_insert (all, g_strdup (self->remote_id), kept);
}

static void
read_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsInvoiceHistory *self = object;
  g_autoptr (GError) error = NULL;
  GPtrArray *notes = cs_settled_dup_array (settled, &error);

  dex_clear (&self->reading);
  if (cs_error_is_cancelled (error))
    return;
  if (notes != NULL)
    {
      g_clear_pointer (&self->notes, g_ptr_array_unref);
      self->notes = notes;
      self->read_ms = cs_clock_now_ms (cs_session_get_clock (self->session));
      keep (self);
    }
  self->state = error == NULL ? CS_LIST_READY : CS_LIST_FAILED;
  g_set_str (&self->problem, error != NULL ? error->message : "");
  g_signal_emit (self, changed_signal, 0);
}

static void
cs_invoice_history_dispose (GObject *object)
{
  CsInvoiceHistory *self = CS_INVOICE_HISTORY (object);

  dex_clear (&self->reading);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_invoice_history_parent_class)->dispose (object);
}

static void
cs_invoice_history_finalize (GObject *object)
{
  CsInvoiceHistory *self = CS_INVOICE_HISTORY (object);

  g_clear_pointer (&self->notes, g_ptr_array_unref);
  g_clear_pointer (&self->problem, g_free);
  g_clear_pointer (&self->remote_id, g_free);
  G_OBJECT_CLASS (cs_invoice_history_parent_class)->finalize (object);
}

static void
cs_invoice_history_class_init (CsInvoiceHistoryClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = cs_invoice_history_dispose;
  object_class->finalize = cs_invoice_history_finalize;
  changed_signal = g_signal_new ("changed", CS_TYPE_INVOICE_HISTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
cs_invoice_history_init (CsInvoiceHistory *self)
{
  self->problem = g_strdup ("");
}

/** cs_invoice_history_new: Returns: (transfer full): the history of the invoice of this remote id, as it was
 * last read; asks nobody until cs_invoice_history_load() */
CsInvoiceHistory *
cs_invoice_history_new (CsSession *session, const char *remote_id)
{
  CsInvoiceHistory *self = g_object_new (CS_TYPE_INVOICE_HISTORY, NULL);
  const Kept *kept = g_hash_table_lookup (get_kept (session), remote_id);

  self->session = g_object_ref (session);
  self->remote_id = g_strdup (remote_id);
  if (kept != NULL)
    {
      self->notes = g_ptr_array_ref (kept->notes);
      self->read_ms = kept->read_ms;
      self->state = CS_LIST_READY;
    }
  return self;
}

/** cs_invoice_history_load: asks the ledger; what is known stays until it has answered. */
void
cs_invoice_history_load (CsInvoiceHistory *self)
{
  g_return_if_fail (CS_IS_INVOICE_HISTORY (self));

  if (self->reading != NULL)
    return;
  self->reading = cs_follow_up (cs_session_read_invoice_history (self->session, self->remote_id), self,
                                read_cb, NULL, NULL);
  g_signal_emit (self, changed_signal, 0);
}

/** cs_invoice_history_is_loading: Returns: whether the ledger is being asked */
gboolean
cs_invoice_history_is_loading (CsInvoiceHistory *self)
{
  g_return_val_if_fail (CS_IS_INVOICE_HISTORY (self), FALSE);

  return self->reading != NULL;
}

/** cs_invoice_history_get_notes: Returns: (transfer none) (nullable): of #CsLedgerNote, the newest first;
 * valid until "changed" */
GPtrArray *
cs_invoice_history_get_notes (CsInvoiceHistory *self)
{
  g_return_val_if_fail (CS_IS_INVOICE_HISTORY (self), NULL);

  return self->notes;
}

/** cs_invoice_history_get_read_ms: Returns: when the notes were read, UTC milliseconds; 0: never */
gint64
cs_invoice_history_get_read_ms (CsInvoiceHistory *self)
{
  g_return_val_if_fail (CS_IS_INVOICE_HISTORY (self), 0);

  return self->read_ms;
}

/** cs_invoice_history_get_problem: Returns: (transfer none): why the last try failed, "" when it did not */
const char *
cs_invoice_history_get_problem (CsInvoiceHistory *self)
{
  g_return_val_if_fail (CS_IS_INVOICE_HISTORY (self), "");

  return self->problem;
}
