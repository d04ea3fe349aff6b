/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-store.h"

G_BEGIN_DECLS

/* Inserts (id none) or updates; number, id, revision and times are filled in. STALE when the revision is old.
 */
gboolean cs_store_save_client (CsStore *store, CsClient *client, GError **error);
gboolean cs_store_save_clients (CsStore *store, GPtrArray *clients, GError **error); /* all or none */
CsClient *cs_store_get_client (CsStore *store, const CsUuid *id, GError **error);
GPtrArray *cs_store_list_clients (CsStore *store, GError **error); /* of CsClient, by name */
/* The client linked to this contact, made from it when there is none [C-02]. */
CsClient *cs_store_import_contact (CsStore *store,
                                   const CsUuid *connection_id,
                                   const char *remote_contact_id,
                                   const char *work_id, /* (nullable): what a person said [K-3]; "": none */
                                   GError **error);
/* Of CsLedgerContact, at most twenty, best first [K-4]: what a person may link the client to. */
GPtrArray *cs_store_list_candidates (CsStore *store, const CsUuid *client_id, GError **error);
gboolean cs_store_link_client (CsStore *store,
                               const CsUuid *client_id,
                               const CsUuid *connection_id,
                               const char *remote_contact_id,
                               const char *how,
                               GError **error);
gboolean cs_store_archive_client (CsStore *store, const CsUuid *id, GError **error);

G_END_DECLS
