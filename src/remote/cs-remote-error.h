/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Our words for what the outside answers. What sync decides by; the message is for a person: it holds the
 * remote's own words where there are any, and what to do. */
#define CS_REMOTE_ERROR (cs_remote_error_quark ())
typedef enum
{
  CS_REMOTE_ERROR_UNREACHABLE,     /* surely not sent: no network, no name, refused connection */
  CS_REMOTE_ERROR_UNTRUSTED,       /* TLS: surely not sent */
  CS_REMOTE_ERROR_TRY_LATER,       /* a read that met 5xx, a time-out or a cut: surely not done */
  CS_REMOTE_ERROR_USED_UP,         /* 429, our own share of the calls, this disk's room: surely not done */
  CS_REMOTE_ERROR_UNKNOWN_OUTCOME, /* a write that met a time-out, a cut or 5xx: it may have arrived */
  CS_REMOTE_ERROR_REFUSED,         /* the remote's rules say no; a person must act */
  CS_REMOTE_ERROR_NOT_FOUND,
  CS_REMOTE_ERROR_FORBIDDEN,      /* 403, or a scope that is missing */
  CS_REMOTE_ERROR_BAD_REPLY,      /* a shape that we do not know */
  CS_REMOTE_ERROR_TOO_LARGE,      /* an answer bigger than we take */
  CS_REMOTE_ERROR_TOO_MANY,       /* the remote refuses to search so many records: ask for fewer */
  CS_REMOTE_ERROR_SIGN_IN_NEEDED, /* the grant is gone: only a refused refresh says so */
  CS_REMOTE_ERROR_DECLINED,       /* the person pressed Cancel at the consent page */
  CS_REMOTE_ERROR_TIMED_OUT,      /* nobody came back from the browser */
  CS_REMOTE_ERROR_PORT_TAKEN,     /* all registered loopback ports are in use */
  CS_REMOTE_ERROR_BAD_CLIENT,   /* invalid_client, unauthorized_client, invalid_scope: the app registration */
  CS_REMOTE_ERROR_VAULT_LOCKED, /* the keyring is locked, or its prompt was dismissed */
  CS_REMOTE_ERROR_VAULT_ABSENT, /* no keyring service */
  CS_REMOTE_ERROR_VAULT_FAILED, /* there is one, but its file can't be used now */
} CsRemoteError;
GQuark cs_remote_error_quark (void);

G_END_DECLS
