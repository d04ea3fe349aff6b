/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Proof key for code exchange (RFC 7636, S256) and the state of one sign-in. Private to remote. */
typedef struct
{
  char *verifier;  /* secret: 43 characters */
  char *challenge; /* base64url(SHA-256(verifier)) */
  char *state;     /* 256 random bits */
} CsPkce;

CsPkce *cs_pkce_new (GError **error);
void cs_pkce_free (CsPkce *pkce);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsPkce, cs_pkce_free)

char *cs_pkce_challenge (const char *verifier);
char *cs_base64url_encode (const guint8 *data, gsize size);
guint8 *cs_base64url_decode (const char *text, gsize *size);

G_END_DECLS
