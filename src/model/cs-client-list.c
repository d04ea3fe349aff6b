/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-client-list.h"
#include "cs-store-clients.h"

static gpointer
read_clients (CsStore *store, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) clients = cs_store_list_clients (store, error);

  if (clients == NULL)
    return NULL;
  for (guint i = clients->len; i > 0; i--)
    if (((CsClient *)clients->pdata[i - 1])->state == CS_CLIENT_ARCHIVED)
      g_ptr_array_remove_index (clients, i - 1);
  return g_steal_pointer (&clients);
}

static const CsRecordSource source = { CS_CHANGE_CLIENTS, read_clients, cs_client_item_new };

/** cs_client_list_new: Returns: (transfer full): the clients of @session's practice */
CsRecordList *
cs_client_list_new (CsSession *session)
{
  return cs_record_list_new (session, &source);
}
