/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-call.h"

/* Who may do what: grants, tokens, connections (xero-accounting 2). The doors are in sandbox-authorise.c (the
 * consent page), sandbox-token.c (tokens) and sandbox-connections.c. Tokens are kept as hashes, so that the
 * state file holds no secret. */

#define SANDBOX_ACCESS_SECONDS 1800
#define SANDBOX_GRACE_MS ((gint64)30 * 60 * 1000) /* an old refresh token, after it was rotated */
#define SANDBOX_UNUSED_MS (60 * SANDBOX_DAY_MS)   /* a refresh token that nobody used */
#define SANDBOX_CODE_MS ((gint64)5 * 60 * 1000)
#define SANDBOX_CONSENT_MS ((gint64)10 * 60 * 1000)

#define SANDBOX_CLIENT_ID_DEFAULT "DEMO0000000000000000000000000000"

typedef struct
{
  char *client_id;
  char *scopes;   /* space separated; they add up over consents (xero-accounting 2.4) */
  char *event_id; /* of the last consent */
  gint64 authorised_ms;
} SandboxGrant;

typedef struct
{
  char *hash;
  char *client_id;
  gboolean refresh;
  gint64 issued_ms;
  gint64 rotated_ms; /* 0: it has not been used */
} SandboxToken;

typedef struct
{
  char *id;
  char *client_id;
  char *tenant_id;
  char *event_id;
  gint64 created_ms;
  gint64 updated_ms;
} SandboxConnection;

/* A consent page that is open, then the code that it led to. */
typedef struct
{
  char *id; /* of the page; then the code */
  gboolean is_code;
  char *client_id;
  char *redirect_uri;
  char *scopes;
  char *state;
  char *challenge;
  char *event_id;
  gint64 expires_ms;
} SandboxConsent;

struct _SandboxIdentity
{
  char *client_id;
  GPtrArray *redirect_uris;
  GHashTable *grants; /* client id → SandboxGrant */
  GHashTable *tokens; /* hash → SandboxToken */
  GPtrArray *connections;
  GHashTable *consents;       /* id → SandboxConsent */
  GHashTable *changed_tokens; /* a set of hashes that the state file lacks */
  gboolean changed;           /* more than tokens has changed since it was written */
};

SandboxIdentity *sandbox_identity_new (void);
void sandbox_identity_free (SandboxIdentity *self);

SandboxGrant *sandbox_identity_add_grant (SandboxIdentity *self,
                                          const char *client_id,
                                          const char *scopes,
                                          const char *event_id,
                                          gint64 now_ms);
SandboxToken *sandbox_identity_add_token (SandboxIdentity *self,
                                          const char *hash,
                                          const char *client_id,
                                          gboolean refresh,
                                          gint64 issued_ms);
SandboxConnection *sandbox_identity_connect (SandboxIdentity *self,
                                             const char *client_id,
                                             const char *tenant_id,
                                             const char *event_id,
                                             gint64 now_ms);
SandboxConsent *sandbox_consent_new (const char *id);
void sandbox_consent_free (SandboxConsent *consent);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxConsent, sandbox_consent_free)
void sandbox_identity_revoke (SandboxIdentity *self, const char *client_id);
gboolean sandbox_scopes_have (const char *scopes, const char *scope);
char *sandbox_random_text (gsize bytes);
char *sandbox_hash (const char *secret);

/* NULL: the reply is the refusal. */
SandboxGrant *
sandbox_identity_bearer (SandboxWorld *world, const SandboxRequest *request, SandboxReply *reply);
gboolean sandbox_identity_reaches (SandboxIdentity *self, const char *client_id, const char *tenant_id);

void sandbox_authorise_page (SandboxWorld *world, const SandboxRequest *request, SandboxReply *reply);
void sandbox_authorise_decision (SandboxWorld *world, const SandboxRequest *request, SandboxReply *reply);
void sandbox_token_issue (SandboxWorld *world, const SandboxRequest *request, SandboxReply *reply);
void sandbox_token_revoke (SandboxWorld *world, const SandboxRequest *request, SandboxReply *reply);
void sandbox_connections (SandboxWorld *world, const SandboxRequest *request, SandboxReply *reply);
