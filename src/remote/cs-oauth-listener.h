/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-future.h"
#include "cs-remote-error.h"

G_BEGIN_DECLS

/* Waits on the loopback interface for the browser to come back with the code; answers nothing else. Private.
 */
typedef struct _CsOauthListener CsOauthListener;
/* The first of @ports that is free on both loopback families; PORT_TAKEN when none is. */
CsOauthListener *
cs_oauth_listener_new (const guint16 *ports, gsize n_ports, const char *state, GError **error);
void cs_oauth_listener_free (CsOauthListener *listener); /* closes it */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsOauthListener, cs_oauth_listener_free)
const char *cs_oauth_listener_get_redirect_uri (CsOauthListener *listener);
/* The code (string); DECLINED, BAD_CLIENT, BAD_REPLY. Dropping it does not close the listener. */
DexFuture *cs_oauth_listener_wait (CsOauthListener *listener) G_GNUC_WARN_UNUSED_RESULT;
void cs_oauth_listener_close (CsOauthListener *listener);

G_END_DECLS
