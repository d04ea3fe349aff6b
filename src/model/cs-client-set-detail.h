/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-client-set.h"
#include "cs-detail.h"

G_BEGIN_DECLS

/* One group or person with its clients. */
#define CS_TYPE_CLIENT_SET_DETAIL (cs_client_set_detail_get_type ())
G_DECLARE_FINAL_TYPE (CsClientSetDetail, cs_client_set_detail, CS, CLIENT_SET_DETAIL, CsDetail)

CsClientSetDetail *cs_client_set_detail_new (CsSession *session, const CsUuid *id);
const CsClientSet *cs_client_set_detail_get (CsClientSetDetail *self); /* (nullable); until "changed" */
GPtrArray *cs_client_set_detail_get_clients (CsClientSetDetail *self); /* (nullable) of CsClient; the same */
GStrv cs_client_set_detail_dup_contact_ids (CsClientSetDetail *self);  /* of those in the ledger */

G_END_DECLS
