/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-secret.h"
#include "cs-vault.h"

/** cs_tokens_new: Returns: (transfer full): no tokens yet */
CsTokens *
cs_tokens_new (void)
{
  return g_new0 (CsTokens, 1);
}

/** cs_tokens_copy: Returns: (transfer full): a copy of @tokens */
CsTokens *
cs_tokens_copy (const CsTokens *tokens)
{
  CsTokens *copy;

  g_return_val_if_fail (tokens != NULL, NULL);

  copy = cs_tokens_new ();
  *copy = *tokens;
  copy->access_token = g_strdup (tokens->access_token);
  copy->refresh_token = g_strdup (tokens->refresh_token);
  copy->previous_refresh_token = g_strdup (tokens->previous_refresh_token);
  copy->scope = g_strdup (tokens->scope);
  copy->login_name = g_strdup (tokens->login_name);
  copy->client_id = g_strdup (tokens->client_id);
  return copy;
}

/** cs_tokens_free: wipes and frees. */
void
cs_tokens_free (CsTokens *tokens)
{
  if (tokens == NULL)
    return;
  cs_secret_free (tokens->access_token);
  cs_secret_free (tokens->refresh_token);
  cs_secret_free (tokens->previous_refresh_token);
  g_free (tokens->scope);
  g_free (tokens->login_name);
  g_free (tokens->client_id);
  g_free (tokens);
}
