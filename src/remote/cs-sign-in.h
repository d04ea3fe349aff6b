/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-date.h"
#include "cs-grant.h"
#include "cs-hosts.h"
#include "cs-http.h"
#include "cs-vault.h"

G_BEGIN_DECLS

/* Authorisation code with PKCE (S256), state, and a loopback listener on one of the registered fixed ports,
 * on both loopback families. style.md 3.5 is the checklist. */
typedef struct _CsSignIn CsSignIn;
CsSignIn *cs_sign_in_new (const CsHosts *hosts,
                          const char *client_id,
                          const char *scopes,
                          CsHttp *http,
                          const CsClock *clock);
CsSignIn *cs_sign_in_ref (CsSignIn *sign_in);
void cs_sign_in_unref (CsSignIn *sign_in); /* the last one closes the listener */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsSignIn, cs_sign_in_unref)
void cs_sign_in_set_ports (CsSignIn *sign_in,
                           const guint16 *ports,
                           gsize n_ports);                      /* default 8742, 18742, 28742 */
gboolean cs_sign_in_listen (CsSignIn *sign_in, GError **error); /* PORT_TAKEN */
const char *cs_sign_in_get_address (CsSignIn *sign_in);         /* for the browser, and to copy */
const char *cs_sign_in_get_redirect_uri (CsSignIn *sign_in);    /* what must be registered */
/* Waits for the redirect at most @seconds, exchanges the code; CsTokens. DECLINED, TIMED_OUT, BAD_CLIENT … */
DexFuture *cs_sign_in_wait (CsSignIn *sign_in, guint seconds) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
