/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-session.h"

G_BEGIN_DECLS

/* What lasts as long as this is no stumble any more. */
#define CS_LINK_STUMBLE_MS G_GINT64_CONSTANT (10000)

CsLinkState
cs_link_state_after (CsLinkState before, const GError *error, gint64 now_ms, gint64 *unwell_since_ms);

G_END_DECLS
