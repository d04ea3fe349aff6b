/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-future.h"
#include "cs-remote-error.h"

G_BEGIN_DECLS

/* One login's tokens. Never printed, never stored anywhere but in the keyring. */
typedef struct
{
  char *access_token;
  char *refresh_token;
  char *previous_refresh_token; /* usable for 30 minutes more when an answer was lost */
  gint64 rotated_ms;
  gint64 expires_ms; /* of the access token */
  char *scope;
  char *login_name; /* the id token's e-mail: for display */
  char *client_id;
} CsTokens;
CsTokens *cs_tokens_new (void);
CsTokens *cs_tokens_copy (const CsTokens *tokens);
void cs_tokens_free (CsTokens *tokens); /* wipes the memory */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsTokens, cs_tokens_free)

/* The keyring, per practice (attributes: practice, grant). A locked or missing keyring is an answer, not a
 * crash. */
typedef struct _CsVault CsVault;
CsVault *cs_vault_new (const char *practice_id);
CsVault *cs_vault_ref (CsVault *vault);
void cs_vault_unref (CsVault *vault);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsVault, cs_vault_unref)
DexFuture *cs_vault_check (CsVault *vault)
    G_GNUC_WARN_UNUSED_RESULT; /* before the browser opens: can it keep a secret? */
DexFuture *
cs_vault_store (CsVault *vault, const char *grant_id, const CsTokens *tokens) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_vault_lookup (CsVault *vault, const char *grant_id)
    G_GNUC_WARN_UNUSED_RESULT; /* CsTokens; NULL: not there, or not opened */
DexFuture *cs_vault_clear (CsVault *vault, const char *grant_id) G_GNUC_WARN_UNUSED_RESULT;
/* Asks nobody to open the keyring: VAULT_LOCKED then. */
DexFuture *cs_vault_clear_unasked (CsVault *vault, const char *grant_id) G_GNUC_WARN_UNUSED_RESULT;

/* What must not be kept beside the data that it vouches for, such as the head of the audit chain. Reading
 * never asks for the keyring to be unlocked. */
DexFuture *cs_vault_replace_note (CsVault *vault, const char *name, const char *expected, const char *text)
    G_GNUC_WARN_UNUSED_RESULT; /* a boolean: whether it was as expected */
DexFuture *
cs_vault_lookup_note (CsVault *vault,
                      const char *name) G_GNUC_WARN_UNUSED_RESULT; /* a string as a record; NULL: none */

G_END_DECLS
