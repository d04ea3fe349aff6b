/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-detail.h"
#include "cs-follow-up.h"
#include "cs-store-ledger.h"
#include "cs-store-origin.h"

typedef struct
{
  CsLedgerInvoice *invoice; /* (nullable): it is not here */
  CsInvoiceOrigin *origin;
} Content;

struct _CsInvoiceDetail
{
  GObject parent_instance;
  CsSession *session;
  char *remote_id;
  Content *content; /* (nullable): not read yet */
  CsListState state;
  char *problem;
  gboolean is_stale;
  DexFuture *reading;
};

G_DEFINE_FINAL_TYPE (CsInvoiceDetail, cs_invoice_detail, G_TYPE_OBJECT)

static guint changed_signal;

static void
content_free (gpointer data)
{
  Content *content = data;

  g_clear_pointer (&content->invoice, cs_ledger_invoice_free);
  g_clear_pointer (&content->origin, cs_invoice_origin_free);
  g_free (content);
}

static gpointer
read_content (CsStore *store, gpointer data, GError **error)
{
  Content *content = NULL;
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsConnection) connection = cs_store_get_connection (store, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  content = g_new0 (Content, 1);
  if (connection == NULL)
    return content;
  content->invoice = cs_store_get_invoice (store, &connection->id, data, error);
  if (content->invoice != NULL)
    content->origin = cs_store_get_invoice_origin (store, &connection->id, data, error);
  if (content->origin != NULL)
    return content;
  content_free (content);
  return NULL;
}

static void load (CsInvoiceDetail *self);

static void
read_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsInvoiceDetail *self = object;
  g_autoptr (GError) error = NULL;
  Content *content = cs_settled_steal_record (settled, &error);

  dex_clear (&self->reading);
  if (cs_error_is_cancelled (error))
    return;
  if (error == NULL)
    {
      g_clear_pointer (&self->content, content_free);
      self->content = content;
    }
  self->state = error == NULL ? CS_LIST_READY : CS_LIST_FAILED;
  g_set_str (&self->problem, error != NULL ? error->message : "");
  g_signal_emit (self, changed_signal, 0);
  if (self->is_stale)
    load (self);
}

static void
load (CsInvoiceDetail *self)
{
  self->is_stale = self->reading != NULL;
  if (self->reading == NULL)
    self->reading = cs_follow_up (
        cs_session_read (self->session, read_content, g_strdup (self->remote_id), g_free, content_free), self,
        read_cb, NULL, NULL);
}

static void
session_changed_cb (CsInvoiceDetail *self, guint changes)
{
  if ((changes & (CS_CHANGE_INVOICES | CS_CHANGE_CONNECTION | CS_CHANGE_CLIENTS | CS_CHANGE_PROPOSALS)) != 0)
    load (self);
}

static void
cs_invoice_detail_dispose (GObject *object)
{
  CsInvoiceDetail *self = CS_INVOICE_DETAIL (object);

  dex_clear (&self->reading);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_invoice_detail_parent_class)->dispose (object);
}

static void
cs_invoice_detail_finalize (GObject *object)
{
  CsInvoiceDetail *self = CS_INVOICE_DETAIL (object);

  g_clear_pointer (&self->remote_id, g_free);
  g_clear_pointer (&self->problem, g_free);
  g_clear_pointer (&self->content, content_free);
  G_OBJECT_CLASS (cs_invoice_detail_parent_class)->finalize (object);
}

static void
cs_invoice_detail_class_init (CsInvoiceDetailClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = cs_invoice_detail_dispose;
  object_class->finalize = cs_invoice_detail_finalize;
  changed_signal = g_signal_new ("changed", CS_TYPE_INVOICE_DETAIL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
cs_invoice_detail_init (CsInvoiceDetail *self)
{
  self->problem = g_strdup ("");
}

/** cs_invoice_detail_new: Returns: (transfer full): the invoice of this remote id, which reads itself */
CsInvoiceDetail *
cs_invoice_detail_new (CsSession *session, const char *remote_id)
{
  CsInvoiceDetail *self = g_object_new (CS_TYPE_INVOICE_DETAIL, NULL);

  self->session = g_object_ref (session);
  self->remote_id = g_strdup (remote_id);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  load (self);
  return self;
}

/** cs_invoice_detail_get_remote_id: Returns: (transfer none): whose detail it is */
const char *
cs_invoice_detail_get_remote_id (CsInvoiceDetail *self)
{
  g_return_val_if_fail (CS_IS_INVOICE_DETAIL (self), "");

  return self->remote_id;
}

/** cs_invoice_detail_get: Returns: (transfer none) (nullable): valid until "changed" */
const CsLedgerInvoice *
cs_invoice_detail_get (CsInvoiceDetail *self)
{
  g_return_val_if_fail (CS_IS_INVOICE_DETAIL (self), NULL);

  return self->content != NULL ? self->content->invoice : NULL;
}

/** cs_invoice_detail_get_origin: Returns: (transfer none) (nullable): whose it is and what made it; valid
 * until "changed" */
const CsInvoiceOrigin *
cs_invoice_detail_get_origin (CsInvoiceDetail *self)
{
  g_return_val_if_fail (CS_IS_INVOICE_DETAIL (self), NULL);

  return self->content != NULL ? self->content->origin : NULL;
}

/** cs_invoice_detail_get_state: Returns: whether it was read */
CsListState
cs_invoice_detail_get_state (CsInvoiceDetail *self)
{
  g_return_val_if_fail (CS_IS_INVOICE_DETAIL (self), CS_LIST_FAILED);

  return self->state;
}

/** cs_invoice_detail_get_problem: Returns: (transfer none): why it was not read, "" when it was */
const char *
cs_invoice_detail_get_problem (CsInvoiceDetail *self)
{
  g_return_val_if_fail (CS_IS_INVOICE_DETAIL (self), "");

  return self->problem;
}
