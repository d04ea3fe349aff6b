/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-client-set.h"
#include "cs-detail.h"
#include "cs-proposal-summary.h"

G_BEGIN_DECLS

/* One client with its proposals, groups and people. */
#define CS_TYPE_CLIENT_DETAIL (cs_client_detail_get_type ())
G_DECLARE_FINAL_TYPE (CsClientDetail, cs_client_detail, CS, CLIENT_DETAIL, CsDetail)

CsClientDetail *cs_client_detail_new (CsSession *session, const CsUuid *id);
const CsClient *cs_client_detail_get (CsClientDetail *self);      /* (nullable); valid until "changed" */
GPtrArray *cs_client_detail_get_proposals (CsClientDetail *self); /* (transfer none) of CsProposalSummary */
GPtrArray *cs_client_detail_get_sets (CsClientDetail *self);      /* (transfer none) of CsClientSet */

/* What the client has of its own: resolves to the CsShape. */
DexFuture *cs_client_read_shape (CsSession *session, const CsUuid *id) G_GNUC_WARN_UNUSED_RESULT;

/* Takes an archiving back: the client is again what it was. */
DexFuture *
cs_client_restore (CsSession *session, const CsUuid *id, CsClientState state) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
