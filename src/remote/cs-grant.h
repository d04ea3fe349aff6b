/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-date.h"
#include "cs-hosts.h"
#include "cs-http.h"
#include "cs-vault.h"

G_BEGIN_DECLS

/* xero-accounting.md 2.4 and 2.7 rule 6: a refresh token that nobody used for 60 days is dead; from the 50th
 * on it is renewed first of all, and a person is warned [U-22]. */
#define CS_GRANT_LIFETIME_MS (G_GINT64_CONSTANT (60) * 24 * 3600 * 1000)
#define CS_GRANT_OLD_MS (G_GINT64_CONSTANT (50) * 24 * 3600 * 1000)

/* Tokens with a keeper: whoever asks at the same time awaits the same refresh; a rotated token is in the
 * vault before it is used, and a lost answer is retried with the old one within 30 minutes [U-22]. */
typedef struct _CsGrant CsGrant;
CsGrant *cs_grant_new (const CsHosts *hosts,
                       const char *grant_id,
                       const char *client_id,
                       CsVault *vault,
                       CsHttp *http,
                       const CsClock *clock);
CsGrant *cs_grant_ref (CsGrant *grant);
void cs_grant_unref (CsGrant *grant);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsGrant, cs_grant_unref)
void
cs_grant_set_tokens (CsGrant *grant, const CsTokens *tokens); /* fresh from a sign-in, already in the vault */
DexFuture *cs_grant_get_access_token (CsGrant *grant, gboolean stale) G_GNUC_WARN_UNUSED_RESULT; /* string */
/* When the refresh token was last exchanged: it ends CS_GRANT_LIFETIME_MS later unless that is done again. */
gint64 cs_grant_get_rotated_ms (CsGrant *grant); /* 0: not known (yet) */
DexFuture *
cs_grant_read_rotated_ms (CsGrant *grant) G_GNUC_WARN_UNUSED_RESULT; /* int64, from the vault if need be */
/* Ends the grant at the remote for all its tenants, then clears the vault. */
DexFuture *cs_grant_revoke (CsGrant *grant) G_GNUC_WARN_UNUSED_RESULT;
const char *cs_grant_get_id (CsGrant *grant); /* in the vault */
/* Nothing of it is kept from here on, whatever is still asked with it; the remote is not told. */
DexFuture *cs_grant_forget (CsGrant *grant) G_GNUC_WARN_UNUSED_RESULT;
/* A CsHttpAuthorise; @data is the CsGrant, which outlives the CsHttp it is given to. */
DexFuture *cs_grant_authorise (gboolean stale, gpointer data) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
