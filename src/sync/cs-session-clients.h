/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-session.h"

G_BEGIN_DECLS

/* Many clients at once, all or none; CS_CHANGE_CLIENTS. @clients: of CsClient, copied. Resolves to a
 * GPtrArray of CsClient (cs_await_record), as saved and in that order. */
DexFuture *cs_session_save_clients (CsSession *session, GPtrArray *clients) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
