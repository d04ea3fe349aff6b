/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-identity.h"

#include "sandbox-secrets.h"

#include <string.h>
#include <sys/random.h>

static void
grant_free (gpointer data)
{
  SandboxGrant *grant = data;

  g_free (grant->client_id);
  g_free (grant->scopes);
  g_free (grant->event_id);
  g_free (grant);
}

static void
token_free (gpointer data)
{
  SandboxToken *token = data;

  g_free (token->hash);
  g_free (token->client_id);
  g_free (token);
}

static void
connection_free (gpointer data)
{
  SandboxConnection *connection = data;

  g_free (connection->id);
  g_free (connection->client_id);
  g_free (connection->tenant_id);
  g_free (connection->event_id);
  g_free (connection);
}

SandboxConsent *
sandbox_consent_new (const char *id)
{
  SandboxConsent *consent = g_new0 (SandboxConsent, 1);

  consent->id = g_strdup (id);
  return consent;
}

void
sandbox_consent_free (SandboxConsent *consent)
{
  g_free (consent->id);
  g_free (consent->client_id);
  g_free (consent->redirect_uri);
  g_free (consent->scopes);
  g_free (consent->state);
  g_free (consent->challenge);
  g_free (consent->event_id);
  g_free (consent);
}

SandboxIdentity *
sandbox_identity_new (void)
{
  static const char *const ports[] = { "8742", "18742", "28742" };
  SandboxIdentity *self = g_new0 (SandboxIdentity, 1);

  self->client_id = g_strdup (SANDBOX_CLIENT_ID_DEFAULT);
  self->redirect_uris = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < G_N_ELEMENTS (ports); i++)
    g_ptr_array_add (self->redirect_uris, g_strdup_printf ("http://localhost:%s/callback", ports[i]));
  self->grants = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, grant_free);
  self->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, token_free);
  self->connections = g_ptr_array_new_with_free_func (connection_free);
  self->changed_tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->consents
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)sandbox_consent_free);
  return self;
}

void
sandbox_identity_free (SandboxIdentity *self)
{
  g_hash_table_unref (self->consents);
  g_hash_table_unref (self->changed_tokens);
  g_ptr_array_unref (self->connections);
  g_hash_table_unref (self->tokens);
  g_hash_table_unref (self->grants);
  g_ptr_array_unref (self->redirect_uris);
  g_free (self->client_id);
  g_free (self);
}

/* base64url without padding. */
char *
sandbox_random_text (gsize bytes)
{
  g_autofree guchar *random = g_malloc (bytes);
  g_autofree char *text = NULL;

  g_assert (getrandom (random, bytes, 0) == (gssize)bytes);
  text = g_base64_encode (random, bytes);
  g_strdelimit (g_strdelimit (text, "+", '-'), "/", '_');
  text[strcspn (text, "=")] = '\0';
  return g_steal_pointer (&text);
}

char *
sandbox_hash (const char *secret)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, secret, -1);
}

gboolean
sandbox_scopes_have (const char *scopes, const char *scope)
{
  g_auto (GStrv) list = g_strsplit (scopes, " ", -1);

  return g_strv_contains ((const char *const *)list, scope);
}

SandboxGrant *
sandbox_identity_add_grant (SandboxIdentity *self,
                            const char *client_id,
                            const char *scopes,
                            const char *event_id,
                            gint64 now_ms)
{
  SandboxGrant *grant = g_hash_table_lookup (self->grants, client_id);
  g_autoptr (GString) sum = g_string_new (grant != NULL ? grant->scopes : "");
  g_auto (GStrv) list = g_strsplit (scopes, " ", -1);

  for (guint i = 0; list[i] != NULL; i++)
    if (*list[i] != '\0' && !sandbox_scopes_have (sum->str, list[i]))
      g_string_append_printf (sum, "%s%s", sum->len > 0 ? " " : "", list[i]);
  if (grant == NULL)
    {
      grant = g_new0 (SandboxGrant, 1);
      grant->client_id = g_strdup (client_id);
      g_hash_table_insert (self->grants, grant->client_id, grant);
    }
  g_set_str (&grant->scopes, sum->str);
  g_set_str (&grant->event_id, event_id);
  grant->authorised_ms = now_ms;
  self->changed = TRUE;
  return grant;
}

SandboxToken *
sandbox_identity_add_token (SandboxIdentity *self,
                            const char *hash,
                            const char *client_id,
                            gboolean refresh,
                            gint64 issued_ms)
{
  SandboxToken *token = g_new0 (SandboxToken, 1);

  token->hash = g_strdup (hash);
  token->client_id = g_strdup (client_id);
  token->refresh = refresh;
  token->issued_ms = issued_ms;
  g_hash_table_replace (self->tokens, token->hash, token);
  g_hash_table_add (self->changed_tokens, g_strdup (hash));
  return token;
}

/* Consent to an organisation that is connected already renews it under the same id. */
SandboxConnection *
sandbox_identity_connect (SandboxIdentity *self,
                          const char *client_id,
                          const char *tenant_id,
                          const char *event_id,
                          gint64 now_ms)
{
  SandboxConnection *connection = NULL;

  for (guint i = 0; connection == NULL && i < self->connections->len; i++)
    {
      SandboxConnection *candidate = self->connections->pdata[i];

      if (g_str_equal (candidate->client_id, client_id) && g_str_equal (candidate->tenant_id, tenant_id))
        connection = candidate;
    }
  if (connection == NULL)
    {
      connection = g_new0 (SandboxConnection, 1);
      connection->id = g_uuid_string_random ();
      connection->client_id = g_strdup (client_id);
      connection->tenant_id = g_strdup (tenant_id);
      connection->created_ms = now_ms;
      g_ptr_array_add (self->connections, connection);
    }
  g_set_str (&connection->event_id, event_id);
  connection->updated_ms = now_ms;
  self->changed = TRUE;
  return connection;
}

static gboolean
token_is_of (gpointer hash, gpointer token, gpointer client_id)
{
  return g_str_equal (((SandboxToken *)token)->client_id, client_id);
}

/* Kills the grant and removes all of the user's connections to the app (xero-accounting 2.4). */
void
sandbox_identity_revoke (SandboxIdentity *self, const char *client_id)
{
  g_autofree char *id = g_strdup (client_id); /* it may be lent by a token that goes now */

  g_hash_table_foreach_remove (self->tokens, token_is_of, id);
  for (guint i = self->connections->len; i > 0; i--)
    if (g_str_equal (((SandboxConnection *)self->connections->pdata[i - 1])->client_id, id))
      g_ptr_array_remove_index (self->connections, i - 1);
  g_hash_table_remove (self->grants, id);
  self->changed = TRUE;
}

static void
refuse_expired (const SandboxToken *token, SandboxReply *reply)
{
  g_autoptr (GDateTime) end
      = g_date_time_new_from_unix_utc (token->issued_ms / 1000 + SANDBOX_ACCESS_SECONDS);
  g_autofree char *when = g_date_time_format (end, "%m/%d/%Y %H:%M:%S");
  g_autofree char *detail = g_strdup_printf ("TokenExpired: token expired at %s", when);

  sandbox_reply_problem (reply, SOUP_STATUS_UNAUTHORIZED, "Unauthorized", detail);
}

SandboxGrant *
sandbox_identity_bearer (SandboxWorld *world, const SandboxRequest *request, SandboxReply *reply)
{
  const char *header = soup_message_headers_get_one (request->headers, "Authorization");
  gboolean is_bearer = header != NULL && g_ascii_strncasecmp (header, "Bearer ", 7) == 0;
  g_autofree char *hash = is_bearer ? sandbox_hash (header + 7) : NULL;
  SandboxToken *token = hash != NULL ? g_hash_table_lookup (world->identity->tokens, hash) : NULL;
  SandboxGrant *grant
      = token != NULL ? g_hash_table_lookup (world->identity->grants, token->client_id) : NULL;
  gint64 age_ms;

  if (is_bearer)
    sandbox_secrets_add (world, "access_token", header + 7);
  if (grant == NULL || token->refresh)
    {
      sandbox_reply_problem (reply, SOUP_STATUS_UNAUTHORIZED, "Unauthorized", "AuthenticationUnsuccessful");
      return NULL;
    }
  age_ms = sandbox_clock_now_ms (&world->clock) - token->issued_ms;
  if (age_ms < SANDBOX_ACCESS_SECONDS * (gint64)1000)
    return grant;
  refuse_expired (token, reply);
  return NULL;
}

gboolean
sandbox_identity_reaches (SandboxIdentity *self, const char *client_id, const char *tenant_id)
{
  for (guint i = 0; i < self->connections->len; i++)
    {
      SandboxConnection *connection = self->connections->pdata[i];

      if (g_str_equal (connection->client_id, client_id)
          && g_ascii_strcasecmp (connection->tenant_id, tenant_id) == 0)
        return TRUE;
    }
  return FALSE;
}
