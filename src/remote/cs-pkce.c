/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-pkce.h"

#include "cs-remote-error.h"
#include "cs-secret.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/random.h>

#define RANDOM_BYTES 32
#define SHA256_BYTES 32

/** cs_base64url_encode: Returns: (transfer full): RFC 4648 section 5, without padding */
char *
cs_base64url_encode (const guint8 *data, gsize size)
{
  char *text = g_base64_encode (data, size);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return text;
}

/** cs_base64url_decode: Returns: (transfer full): the bytes that @text stands for, padded or not */
guint8 *
cs_base64url_decode (const char *text, gsize *size)
{
  g_autoptr (GString) padded = g_string_new (text);

  g_strdelimit (padded->str, "-", '+');
  g_strdelimit (padded->str, "_", '/');
  while (padded->len % 4 != 0)
    g_string_append_c (padded, '=');
  return g_base64_decode (padded->str, size);
}

/** cs_pkce_challenge: Returns: (transfer full): S256 of @verifier: of the digest's bytes, not of its hex text
 */
char *
cs_pkce_challenge (const char *verifier)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[SHA256_BYTES];
  gsize size = sizeof digest;

  g_checksum_update (checksum, (const guchar *)verifier, (gssize)strlen (verifier));
  g_checksum_get_digest (checksum, digest, &size);
  return cs_base64url_encode (digest, size);
}

static char *
random_text (GError **error)
{
  guint8 bytes[RANDOM_BYTES];
  gsize filled = 0;
  char *text;

  while (filled < sizeof bytes)
    {
      ssize_t got = getrandom (bytes + filled, sizeof bytes - filled, 0);

      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        {
          g_set_error_literal (
              error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_UNTRUSTED,
              _ ("This computer gave no random numbers, so nobody can be signed in safely."));
          return NULL;
        }
      filled += (gsize)got;
    }
  text = cs_base64url_encode (bytes, sizeof bytes);
  explicit_bzero (bytes, sizeof bytes);
  return text;
}

/**
 * cs_pkce_new:
 * @error: the kernel gave no random bytes
 *
 * 32 bytes from getrandom() each for verifier and state (xero-accounting.md 2.2 and 14.3).
 *
 * Returns: (transfer full) (nullable): the secrets of one sign-in
 */
CsPkce *
cs_pkce_new (GError **error)
{
  g_autoptr (CsPkce) pkce = g_new0 (CsPkce, 1);

  pkce->verifier = random_text (error);
  if (pkce->verifier == NULL)
    return NULL;
  pkce->state = random_text (error);
  if (pkce->state == NULL)
    return NULL;
  pkce->challenge = cs_pkce_challenge (pkce->verifier);
  return g_steal_pointer (&pkce);
}

/** cs_pkce_free: wipes and frees. */
void
cs_pkce_free (CsPkce *pkce)
{
  if (pkce == NULL)
    return;
  cs_secret_free (pkce->verifier);
  cs_secret_free (pkce->state);
  g_free (pkce->challenge);
  g_free (pkce);
}
