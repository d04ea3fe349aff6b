/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-store.h"

G_BEGIN_DECLS

/* What only a person can settle. Alerts are raised and settled by the store itself, in the transaction
 * that makes or mends their cause. */
GPtrArray *
cs_store_list_alerts (CsStore *store, GError **error); /* of CsAlert: the open ones, newest first */

/* What the file cannot know: CS_ALERT_KEYRING and CS_ALERT_DAY_LIMIT. @until_ms: when it ends by itself, 0:
 * nobody knows. Saying the same again changes nothing. */
gboolean cs_store_set_condition (CsStore *store,
                                 CsAlertCode code,
                                 gboolean holds,
                                 gint64 since_ms,
                                 gint64 until_ms,
                                 GError **error);
/* "Seen": of CS_ALERT_CHANGED alone; the others close when their cause is gone. */
gboolean cs_store_mark_seen (CsStore *store, const CsUuid *alert_id, GError **error);

G_END_DECLS
