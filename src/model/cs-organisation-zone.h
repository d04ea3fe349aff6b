/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-session.h"

G_BEGIN_DECLS

/* The zone of the organisation, in the ledger's own word: resolves to it (cs_settled_steal_record, g_free);
 * "none" where nothing was read yet. */
DexFuture *cs_organisation_zone_read (CsSession *session) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
