/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-list.h"
#include "cs-store-ledger.h"

static gpointer
read_invoices (CsStore *store, gpointer data, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsConnection) connection = cs_store_get_connection (store, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (connection == NULL)
    return g_ptr_array_new ();
  return cs_store_list_invoices (store, &connection->id, error);
}

static const CsRecordSource source
    = { CS_CHANGE_INVOICES | CS_CHANGE_CONNECTION, read_invoices, cs_invoice_item_new };

/** cs_invoice_list_new: Returns: (transfer full): the invoices of @session's practice */
CsRecordList *
cs_invoice_list_new (CsSession *session)
{
  return cs_record_list_new (session, &source);
}
