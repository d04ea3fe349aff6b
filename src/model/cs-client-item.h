/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-record.h"
#include "cs-records.h"

G_BEGIN_DECLS

/* A client of the practice. */
#define CS_TYPE_CLIENT_ITEM (cs_client_item_get_type ())
G_DECLARE_FINAL_TYPE (CsClientItem, cs_client_item, CS, CLIENT_ITEM, GObject)

CsRecord *cs_client_item_new (gpointer client); /* (transfer full) @client, a CsClient */
const CsClient *cs_client_item_get (CsClientItem *self);
gboolean cs_client_item_matches (CsClientItem *self, const char *query);

G_END_DECLS
