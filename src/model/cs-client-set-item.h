/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-client-set.h"
#include "cs-record-list.h"

G_BEGIN_DECLS

/* A group of clients, or a person behind clients. */
#define CS_TYPE_CLIENT_SET_ITEM (cs_client_set_item_get_type ())
G_DECLARE_FINAL_TYPE (CsClientSetItem, cs_client_set_item, CS, CLIENT_SET_ITEM, GObject)

CsRecord *cs_client_set_item_new (gpointer set); /* (transfer full) @set, a CsClientSet */
const CsClientSet *cs_client_set_item_get (CsClientSetItem *self);
gboolean cs_client_set_item_matches (CsClientSetItem *self, const char *query);

CsRecordList *cs_client_set_list_new (CsSession *session, CsClientSetKind kind);

G_END_DECLS
