/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-record-list.h"
#include "cs-request.h"

G_BEGIN_DECLS

/* A call that was made to the outside. */
#define CS_TYPE_REQUEST_ITEM (cs_request_item_get_type ())
G_DECLARE_FINAL_TYPE (CsRequestItem, cs_request_item, CS, REQUEST_ITEM, GObject)

CsRecord *cs_request_item_new (gpointer request); /* (transfer full) @request, a CsRequest */
const CsRequest *cs_request_item_get (CsRequestItem *self);

/* So many calls are listed; the store keeps more. */
#define CS_REQUEST_LIST_MAX 1000
CsRecordList *cs_request_list_new (CsSession *session); /* newest first */
/* Those made for one row of the journal: resolves to a GPtrArray of CsRequest, newest first. */
DexFuture *cs_request_list_read_of (CsSession *session, const CsUuid *journal_id) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
