/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-identity.h"
#include "sandbox-secrets.h"

#include <string.h>

#define USER_ID "5a1e0c7d-0000-4000-8000-000000000001"
#define VERIFIER_MIN 43
#define VERIFIER_MAX 128

static void
refuse (SandboxReply *reply, const char *error)
{
  g_autofree char *body = g_strdup_printf ("{\"error\":\"%s\"}", error);

  sandbox_reply_set (reply, SOUP_STATUS_BAD_REQUEST, "application/json; charset=UTF-8", body);
}

static char *
base64url (const guchar *data, gsize length)
{
  g_autofree char *text = g_base64_encode (data, length);

  g_strdelimit (g_strdelimit (text, "+", '-'), "/", '_');
  text[strcspn (text, "=")] = '\0';
  return g_steal_pointer (&text);
}

/* S256: base64url of the digest's bytes, not of its hex text (xero-accounting 14.3). */
static gboolean
verifier_fits (const char *verifier, const char *challenge)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guchar digest[32];
  gsize length = sizeof digest;
  g_autofree char *text = NULL;

  if (verifier == NULL || strlen (verifier) < VERIFIER_MIN || strlen (verifier) > VERIFIER_MAX)
    return FALSE;
  g_checksum_update (checksum, (const guchar *)verifier, -1);
  g_checksum_get_digest (checksum, digest, &length);
  text = base64url (digest, length);
  return strcmp (text, challenge) == 0;
}

static void
write_scope_array (SandboxJson *json, const char *scopes)
{
  g_auto (GStrv) list = g_strsplit (scopes, " ", -1);

  sandbox_json_open (json, "scope", '[');
  for (guint i = 0; list[i] != NULL; i++)
    sandbox_json_string (json, NULL, list[i]);
  sandbox_json_close (json, ']');
}

static void
write_common_claims (SandboxJson *json, const char *audience, gint64 now_ms)
{
  sandbox_json_string (json, "iss", "https://identity.xero.com");
  sandbox_json_string (json, "aud", audience);
  sandbox_json_integer (json, "nbf", now_ms / 1000);
  sandbox_json_integer (json, "iat", now_ms / 1000);
  sandbox_json_integer (json, "exp", now_ms / 1000 + SANDBOX_ACCESS_SECONDS);
  sandbox_json_string (json, "sub", USER_ID);
  sandbox_json_string (json, "xero_userid", USER_ID);
}

/* Of a JWT's shape; the signature is noise, as nobody can check it without Xero's keys. */
static char *
seal_token (SandboxJson *claims)
{
  static const char header[] = "{\"alg\":\"RS256\",\"kid\":\"SANDBOX\",\"typ\":\"JWT\"}";
  g_autofree char *head = base64url ((const guchar *)header, sizeof header - 1);
  g_autofree char *payload = base64url ((const guchar *)claims->text->str, claims->text->len);
  g_autofree char *signature = sandbox_random_text (64);

  return g_strjoin (".", head, payload, signature, NULL);
}

static char *
make_access_token (const SandboxWorld *world, const SandboxGrant *grant, gint64 now_ms)
{
  g_autofree char *id = sandbox_random_text (16);
  g_auto (SandboxJson) json = { NULL };

  sandbox_json_init (&json);
  sandbox_json_open (&json, NULL, '{');
  write_common_claims (&json, "https://identity.xero.com/resources", now_ms);
  sandbox_json_string (&json, "client_id", grant->client_id);
  sandbox_json_string (&json, "jti", id);
  if (world->assumptions[SANDBOX_ASSUME_EVENT_ID_IN_TOKEN])
    sandbox_json_string (&json, "authentication_event_id", grant->event_id);
  write_scope_array (&json, grant->scopes);
  sandbox_json_close (&json, '}');
  return seal_token (&json);
}

static char *
make_id_token (const SandboxGrant *grant, gint64 now_ms)
{
  g_auto (SandboxJson) json = { NULL };

  sandbox_json_init (&json);
  sandbox_json_open (&json, NULL, '{');
  write_common_claims (&json, grant->client_id, now_ms);
  sandbox_json_integer (&json, "auth_time", grant->authorised_ms / 1000);
  sandbox_json_string (&json, "email", "mia@kauri.example");
  sandbox_json_string (&json, "preferred_username", "mia@kauri.example");
  sandbox_json_string (&json, "given_name", "Mia");
  sandbox_json_string (&json, "family_name", "Tamihana");
  sandbox_json_string (&json, "global_session_id", grant->event_id);
  sandbox_json_close (&json, '}');
  return seal_token (&json);
}

static void
keep_token (SandboxIdentity *identity,
            const char *secret,
            const char *client_id,
            gboolean refresh,
            gint64 now_ms)
{
  g_autofree char *hash = sandbox_hash (secret);

  sandbox_identity_add_token (identity, hash, client_id, refresh, now_ms);
}

static void
reply_with_tokens (SandboxWorld *world, const SandboxGrant *grant, SandboxReply *reply)
{
  gint64 now_ms = sandbox_clock_now_ms (&world->clock);
  g_autofree char *access = make_access_token (world, grant, now_ms);
  g_autofree char *id = make_id_token (grant, now_ms);
  g_autofree char *refresh = sandbox_random_text (32);
  g_auto (SandboxJson) json = { NULL };

  keep_token (world->identity, access, grant->client_id, FALSE, now_ms);
  sandbox_secrets_add (world, "access_token", access);
  sandbox_json_init (&json);
  sandbox_json_open (&json, NULL, '{');
  if (sandbox_scopes_have (grant->scopes, "openid"))
    {
      sandbox_secrets_add (world, "id_token", id);
      sandbox_json_string (&json, "id_token", id);
    }
  sandbox_json_string (&json, "access_token", access);
  sandbox_json_integer (&json, "expires_in", SANDBOX_ACCESS_SECONDS);
  sandbox_json_string (&json, "token_type", "Bearer");
  if (sandbox_scopes_have (grant->scopes, "offline_access"))
    {
      keep_token (world->identity, refresh, grant->client_id, TRUE, now_ms);
      sandbox_secrets_add (world, "refresh_token", refresh);
      sandbox_json_string (&json, "refresh_token", refresh);
    }
  sandbox_json_string (&json, "scope", grant->scopes);
  sandbox_json_close (&json, '}');
  sandbox_reply_json (reply, SOUP_STATUS_OK, &json);
  sandbox_reply_header (reply, "Cache-Control", "no-store");
  reply->changed = TRUE;
}

/* A code works once: whatever comes of the exchange, it is gone. */
static void
exchange_code (SandboxWorld *world, GHashTable *form, SandboxReply *reply)
{
  SandboxIdentity *identity = world->identity;
  const char *code = g_hash_table_lookup (form, "code");
  const char *client_id = g_hash_table_lookup (form, "client_id");
  const char *redirect_uri = g_hash_table_lookup (form, "redirect_uri");
  g_autoptr (SandboxConsent) consent = NULL;
  SandboxGrant *grant;

  if (code != NULL)
    {
      consent = g_hash_table_lookup (identity->consents, code);
      if (consent != NULL && consent->is_code)
        g_hash_table_steal (identity->consents, code);
      else
        consent = NULL;
    }
  if (consent == NULL || sandbox_clock_now_ms (&world->clock) > consent->expires_ms
      || g_strcmp0 (client_id, consent->client_id) != 0
      || g_strcmp0 (redirect_uri, consent->redirect_uri) != 0
      || !verifier_fits (g_hash_table_lookup (form, "code_verifier"), consent->challenge))
    {
      refuse (reply, "invalid_grant");
      return;
    }
  grant = sandbox_identity_add_grant (identity, consent->client_id, consent->scopes, consent->event_id,
                                      sandbox_clock_now_ms (&world->clock));
  reply_with_tokens (world, grant, reply);
}

/* Each refresh gives a new refresh token; the old one works for 30 minutes more, for an answer that was lost.
 */
static void
refresh (SandboxWorld *world, GHashTable *form, SandboxReply *reply)
{
  const char *secret = g_hash_table_lookup (form, "refresh_token");
  const char *client_id = g_hash_table_lookup (form, "client_id");
  g_autofree char *hash = sandbox_hash (secret != NULL ? secret : "");
  SandboxToken *token = g_hash_table_lookup (world->identity->tokens, hash);
  SandboxGrant *grant
      = token != NULL ? g_hash_table_lookup (world->identity->grants, token->client_id) : NULL;
  gint64 now_ms = sandbox_clock_now_ms (&world->clock);

  if (grant == NULL || !token->refresh || g_strcmp0 (client_id, token->client_id) != 0
      || now_ms - token->issued_ms > SANDBOX_UNUSED_MS
      || (token->rotated_ms != 0 && now_ms - token->rotated_ms > SANDBOX_GRACE_MS))
    {
      refuse (reply, "invalid_grant");
      return;
    }
  if (token->rotated_ms == 0)
    token->rotated_ms = now_ms;
  g_hash_table_add (world->identity->changed_tokens, g_strdup (token->hash));
  reply_with_tokens (world, grant, reply);
}

/* What a client sends is a secret as much as what it is given. */
static void
remember_form (SandboxWorld *world, GHashTable *form)
{
  static const char *const kinds[] = { "code", "code_verifier", "refresh_token" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    sandbox_secrets_add (world, kinds[i], g_hash_table_lookup (form, kinds[i]));
}

void
sandbox_token_issue (SandboxWorld *world, const SandboxRequest *request, SandboxReply *reply)
{
  g_autoptr (GHashTable) form = soup_form_decode (request->body);
  const char *type = g_hash_table_lookup (form, "grant_type");

  remember_form (world, form);
  if (g_strcmp0 (g_hash_table_lookup (form, "client_id"), world->identity->client_id) != 0)
    refuse (reply, "invalid_client");
  else if (g_strcmp0 (type, "authorization_code") == 0)
    exchange_code (world, form, reply);
  else if (g_strcmp0 (type, "refresh_token") == 0)
    refresh (world, form, reply);
  else
    refuse (reply, "unsupported_grant_type");
}

/* A token that is not known is no error (RFC 7009 2.2). */
void
sandbox_token_revoke (SandboxWorld *world, const SandboxRequest *request, SandboxReply *reply)
{
  g_autoptr (GHashTable) form = soup_form_decode (request->body);
  const char *secret = g_hash_table_lookup (form, "token");
  g_autofree char *hash = sandbox_hash (secret != NULL ? secret : "");
  SandboxToken *token = g_hash_table_lookup (world->identity->tokens, hash);

  sandbox_secrets_add (world, "refresh_token", secret);
  if (g_strcmp0 (g_hash_table_lookup (form, "client_id"), world->identity->client_id) != 0
      || !world->assumptions[SANDBOX_ASSUME_REVOKE_WITHOUT_SECRET])
    {
      refuse (reply, "invalid_client");
      return;
    }
  if (token != NULL)
    {
      sandbox_identity_revoke (world->identity, token->client_id);
      reply->changed = TRUE;
    }
  sandbox_reply_set (reply, SOUP_STATUS_OK, "application/json; charset=UTF-8", "");
}
