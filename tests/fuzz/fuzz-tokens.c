/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-pkce.h"
#include "cs-token-reply.h"
#include "fuzz.h"

#include <string.h>

/* What a token endpoint answers: tokens, or an error that quotes nothing of the answer, which may be a
 * secret. */
#define MARK "qzxqzxqzx"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) body = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsTokens) tokens = cs_token_reply_parse (body, "client", NULL, 0, &error);
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autofree guint8 *decoded = NULL;
  gsize decoded_size = 0;

  fuzz_assert_told (tokens, error);
  g_assert_true (error == NULL || strstr (error->message, MARK) == NULL);
  decoded = cs_base64url_decode (text, &decoded_size);
  g_assert_true (decoded == NULL || decoded_size <= size);
  return 0;
}
