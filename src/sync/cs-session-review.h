/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-saved-view.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* How people look at invoices. Nothing here leaves the machine. */

/* CS_CHANGE_PINS; of the connection that is linked, or was linked last. */
DexFuture *cs_session_pin_invoices (CsSession *session,
                                    const char *const *remote_ids,
                                    gboolean is_pinned) G_GNUC_WARN_UNUSED_RESULT;
/* CS_CHANGE_VIEWS; resolves to the CsSavedView as saved, with its id. */
DexFuture *cs_session_save_view (CsSession *session, const CsSavedView *view) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_session_delete_view (CsSession *session, const CsUuid *id) G_GNUC_WARN_UNUSED_RESULT;
/* Tells nobody: who remembers knows. */
DexFuture *
cs_session_remember (CsSession *session, const char *name, const char *value) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
