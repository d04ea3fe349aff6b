/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-request.h"
#include "cs-store.h"

G_BEGIN_DECLS

/* The log of calls: what was asked of the outside and how it went. A log, not a record of business: it has no
 * audit rows, and only the newest are kept. */
#define CS_STORE_REQUESTS_MAX 10000

gboolean cs_store_add_requests (CsStore *store, GPtrArray *requests, GError **error); /* of CsRequest */
/* Of CsRequest, newest first. @journal_id: those of one row; NULL: all. @limit: at most so many. */
GPtrArray *cs_store_list_requests (CsStore *store, const CsUuid *journal_id, guint limit, GError **error);

G_END_DECLS
