/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-store.h"

G_BEGIN_DECLS

/* Invoices of past days, which a person bills or skips, each for itself or all at once [U-11, B-08]. */
GPtrArray *
cs_store_list_catch_up (CsStore *store, CsDate today, GError **error); /* of CsCatchUpItem, by date */
gboolean cs_store_count_catch_up (CsStore *store, CsDate today, guint *n, GError **error);

/* All of them or none. What was billed or skipped in the meantime is STATE, what comes to another amount than
 * was seen STALE, a closed period INVALID. */
gboolean cs_store_bill_catch_up (CsStore *store,
                                 const CsPlannedSeen *seen,
                                 guint n_seen,
                                 CsCatchUpDating dating,
                                 CsDate today,
                                 GError **error);
gboolean cs_store_undo_bill_catch_up (CsStore *store, const CsUuid *ids, guint n_ids, GError **error);
/* Of days to come, too: waived. */
gboolean cs_store_skip_planned (CsStore *store,
                                const CsPlannedSeen *seen,
                                guint n_seen,
                                const char *reason, /* not "" */
                                GError **error);
gboolean cs_store_undo_skip (CsStore *store, const CsUuid *ids, guint n_ids, GError **error);

G_END_DECLS
