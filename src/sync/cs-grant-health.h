/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-session.h"

G_BEGIN_DECLS

/* How long the permission to use the ledger still lasts, what it covers and what is left of the allowance:
 * for the person who looks, and in time [U-22, B-21]. Moments and counts; never a token. */
typedef struct
{
  gint64 renewed_ms; /* the last time that the permission was renewed; 0: not known */
  gint64 ends_ms;    /* when it ends unless it is renewed before; 0: not known */
  gboolean is_old;   /* past its 50th day: time to sign in again */
  char *country;     /* "NZ"; "" when not read yet */
  int minute_remaining;
  int day_remaining; /* -1: the ledger has not said */
} CsGrantHealth;
void cs_grant_health_free (CsGrantHealth *health);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsGrantHealth, cs_grant_health_free)

/* Asks the keyring if need be; VAULT_LOCKED, VAULT_ABSENT. A record without moments where there is no link.
 */
DexFuture *cs_session_read_grant_health (CsSession *session) G_GNUC_WARN_UNUSED_RESULT; /* CsGrantHealth */
/* What is at hand already: when the permission ends, if that is soon; 0: it isn't, or it isn't known. */
gint64 cs_session_get_grant_warning_ms (CsSession *session);
/* Renews the permission at once and reads what changed. SIGN_IN_NEEDED when it is lost; UNREACHABLE,
 * TRY_LATER … when only the way there is. */
DexFuture *cs_session_renew_grant (CsSession *session) G_GNUC_WARN_UNUSED_RESULT;
/* What a scope lets the program do, in words; NULL for one that needs none. */
const char *cs_grant_scope_words (const char *scope);

G_END_DECLS
