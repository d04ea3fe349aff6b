/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-client-set.h"
#include "cs-store.h"

G_BEGIN_DECLS

/* Groups of clients and people behind clients. */
GPtrArray *cs_store_list_client_sets (CsStore *store, CsClientSetKind kind, GError **error); /* by name */
GPtrArray *cs_store_list_sets_of_client (CsStore *store, const CsUuid *client_id, GError **error);
CsClientSet *cs_store_get_client_set (CsStore *store, const CsUuid *id, GError **error);
GPtrArray *cs_store_list_clients_of_set (CsStore *store, const CsUuid *id, GError **error); /* of CsClient */
gboolean cs_store_save_client_set (CsStore *store, CsClientSet *set, GError **error);
gboolean cs_store_delete_client_set (CsStore *store, const CsUuid *id, GError **error);

G_END_DECLS
