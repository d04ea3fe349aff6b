/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-date.h"
#include "cs-hosts.h"
#include "cs-http.h"
#include "cs-vault.h"

G_BEGIN_DECLS

/* The token endpoint: form in, JSON out (RFC 6749 sections 4.1.3, 5 and 6; xero-accounting.md 2.4). Private.
 */

/* A form POST without a bearer token, unpaced, whose bytes are wiped. @form: (transfer full): secret. */
CsHttpRequest *cs_token_request_new (const char *url, const char *route, char *form);
/* @previous: (nullable): the tokens that were refreshed: what a refresh leaves out is kept, its refresh token
 * becomes the previous one. */
CsTokens *cs_token_reply_parse (GBytes *body,
                                const char *client_id,
                                const CsTokens *previous,
                                gint64 now_ms,
                                GError **error);

G_END_DECLS
