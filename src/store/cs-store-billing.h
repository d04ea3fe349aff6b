/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-billing-change.h"
#include "cs-store.h"

G_BEGIN_DECLS

/* What is said about a recurring service after it was agreed: pause, resume, stop [U-13]. What is planned and
 * was not released follows at once; what is on its way stays. */
CsBillingChange *cs_store_change_billing (CsStore *store,
                                          const CsUuid *line_id, /* of an active proposal's service */
                                          const CsUuid *seen,    /* its last change as it was seen */
                                          const CsBillingChange *change,
                                          GError **error);
/* Only the last change about its service can be taken back. */
gboolean cs_store_take_back_billing (CsStore *store, const CsUuid *change_id, GError **error);

G_END_DECLS
