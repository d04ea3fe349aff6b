/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-client-set.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* Groups of clients and people behind clients. Nothing here leaves the machine. */

/* CS_CHANGE_CLIENTS; resolves to the CsClientSet as saved; also after it was deleted, which undoes that. */
DexFuture *cs_session_save_client_set (CsSession *session, const CsClientSet *set) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_session_delete_client_set (CsSession *session, const CsUuid *id) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
