/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-detail.h"
#include "cs-store-ledger.h"
#include "cs-store-origin.h"

typedef struct
{
  CsLedgerInvoice *invoice; /* (nullable): it is not here */
  CsInvoiceOrigin *origin;
} Content;

struct _CsInvoiceDetail
{
  CsDetail parent_instance;
  char *remote_id;
};

G_DEFINE_FINAL_TYPE (CsInvoiceDetail, cs_invoice_detail, CS_TYPE_DETAIL)

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

static DexFuture *
read_detail (CsDetail *detail, CsSession *session)
{
  CsInvoiceDetail *self = CS_INVOICE_DETAIL (detail);

  return cs_session_read (session, read_content, g_strdup (self->remote_id), g_free, content_free);
}

static void
cs_invoice_detail_finalize (GObject *object)
{
  g_free (CS_INVOICE_DETAIL (object)->remote_id);
  G_OBJECT_CLASS (cs_invoice_detail_parent_class)->finalize (object);
}

static void
cs_invoice_detail_class_init (CsInvoiceDetailClass *class)
{
  CsDetailClass *detail_class = CS_DETAIL_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = cs_invoice_detail_finalize;
  detail_class->changes = CS_CHANGE_INVOICES | CS_CHANGE_CONNECTION | CS_CHANGE_CLIENTS | CS_CHANGE_PROPOSALS;
  detail_class->read = read_detail;
  detail_class->free_content = content_free;
}

static void
cs_invoice_detail_init (CsInvoiceDetail *self)
{
}

/** cs_invoice_detail_new: Returns: (transfer full): the invoice of this remote id, which reads itself */
CsInvoiceDetail *
cs_invoice_detail_new (CsSession *session, const char *remote_id)
{
  CsInvoiceDetail *self = g_object_new (CS_TYPE_INVOICE_DETAIL, NULL);

  self->remote_id = g_strdup (remote_id);
  cs_detail_begin (CS_DETAIL (self), session);
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
  const Content *content;

  g_return_val_if_fail (CS_IS_INVOICE_DETAIL (self), NULL);

  content = cs_detail_get_content (CS_DETAIL (self));
  return content != NULL ? content->invoice : NULL;
}

/** cs_invoice_detail_get_origin: Returns: (transfer none) (nullable): whose it is and what made it; valid
 * until "changed" */
const CsInvoiceOrigin *
cs_invoice_detail_get_origin (CsInvoiceDetail *self)
{
  const Content *content;

  g_return_val_if_fail (CS_IS_INVOICE_DETAIL (self), NULL);

  content = cs_detail_get_content (CS_DETAIL (self));
  return content != NULL ? content->origin : NULL;
}
