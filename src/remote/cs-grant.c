/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-grant.h"

#include "cs-http-check.h"
#include "cs-secret.h"
#include "cs-token-reply.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

/* xero-accounting.md 2.7 rule 5, and 2.4 on the grace that an old refresh token has. */
#define REFRESH_BEFORE_MS (60 * 1000)
#define GRACE_MS (30 * 60 * 1000)

struct _CsGrant
{
  gatomicrefcount references;
  CsHosts *hosts;
  char *grant_id;
  char *client_id;
  CsVault *vault;
  CsHttp *http;
  const CsClock *clock;
  CsTokens *tokens;  /* (nullable): as in the vault */
  CsTokens *unsaved; /* (nullable): rotated, but the vault did not take them: not used until it does */
  char *refused;     /* (nullable): the refresh token that the remote refused for good */
  DexFuture *flight; /* (nullable): what everybody awaits while one is in the air */
  gboolean is_forgotten;
};

typedef struct
{
  CsGrant *grant;
  gboolean stale;
} Flight;

/**
 * cs_grant_new:
 * @hosts: where to
 * @grant_id: which login, in the vault
 * @client_id: the app registration
 * @vault: keeps the tokens
 * @http: sends the refreshes; may be the one that this grant authorises
 * @clock: (transfer none): outlives the object
 *
 * Returns: (transfer full): the keeper of one login's tokens, none read yet
 */
CsGrant *
cs_grant_new (const CsHosts *hosts,
              const char *grant_id,
              const char *client_id,
              CsVault *vault,
              CsHttp *http,
              const CsClock *clock)
{
  CsGrant *grant;

  g_return_val_if_fail (hosts != NULL && grant_id != NULL && client_id != NULL, NULL);
  g_return_val_if_fail (vault != NULL && http != NULL && clock != NULL, NULL);

  grant = g_new0 (CsGrant, 1);
  g_atomic_ref_count_init (&grant->references);
  grant->hosts = cs_hosts_copy (hosts);
  grant->grant_id = g_strdup (grant_id);
  grant->client_id = g_strdup (client_id);
  grant->vault = cs_vault_ref (vault);
  grant->http = cs_http_ref (http);
  grant->clock = clock;
  return grant;
}

/** cs_grant_ref: Returns: (transfer full): @grant */
CsGrant *
cs_grant_ref (CsGrant *grant)
{
  g_return_val_if_fail (grant != NULL, NULL);

  g_atomic_ref_count_inc (&grant->references);
  return grant;
}

/** cs_grant_unref: wipes the tokens from memory with the last reference. */
void
cs_grant_unref (CsGrant *grant)
{
  g_return_if_fail (grant != NULL);

  if (!g_atomic_ref_count_dec (&grant->references))
    return;
  cs_hosts_free (grant->hosts);
  g_free (grant->grant_id);
  g_free (grant->client_id);
  cs_vault_unref (grant->vault);
  cs_http_unref (grant->http);
  cs_tokens_free (grant->tokens);
  cs_tokens_free (grant->unsaved);
  cs_secret_free (grant->refused);
  dex_clear (&grant->flight);
  g_free (grant);
}

static void
take_tokens (CsGrant *grant, CsTokens *tokens)
{
  cs_tokens_free (grant->tokens);
  grant->tokens = tokens;
}

/** cs_grant_set_tokens: fresh from a sign-in, and in the vault already. */
void
cs_grant_set_tokens (CsGrant *grant, const CsTokens *tokens)
{
  g_return_if_fail (grant != NULL && tokens != NULL);

  take_tokens (grant, cs_tokens_copy (tokens));
  g_clear_pointer (&grant->unsaved, cs_tokens_free);
  cs_secret_clear (&grant->refused);
}

/* Whatever its access token says, an old grant is renewed at the first chance [U-22]. */
static gboolean
is_old (const CsGrant *grant, const CsTokens *tokens)
{
  return tokens->rotated_ms > 0 && cs_clock_now_ms (grant->clock) - tokens->rotated_ms >= CS_GRANT_OLD_MS;
}

static gboolean
is_fresh (const CsGrant *grant, const CsTokens *tokens)
{
  return tokens != NULL && tokens->access_token != NULL && !is_old (grant, tokens)
         && tokens->expires_ms - cs_clock_now_ms (grant->clock) > REFRESH_BEFORE_MS;
}

static GError *
sign_in_needed (void)
{
  return cs_remote_error_new (CS_REMOTE_ERROR_SIGN_IN_NEEDED,
                              _ ("The permission given to Countersign has ended."), NULL,
                              _ ("Sign in to Xero again."));
}

/* The new pair is in the vault before anybody uses it [U-22]; if the vault won't, it is kept until it will.
 */
static gboolean
save (CsGrant *grant, GError **error)
{
  /* Nobody would ever look for them again. */
  if (grant->is_forgotten)
    {
      g_propagate_error (error, sign_in_needed ());
      return FALSE;
    }
  if (!cs_await (cs_vault_store (grant->vault, grant->grant_id, grant->unsaved), error))
    return FALSE;
  /* A sign-in may have come in between; its tokens are newer. */
  if (grant->unsaved != NULL)
    take_tokens (grant, g_steal_pointer (&grant->unsaved));
  return TRUE;
}

/* One POST. A broken network says so and changes nothing: the same refresh token is tried the next time
 * (2.7-4). */
static CsTokens *
post_refresh (CsGrant *grant, const char *refresh_token, const CsTokens *previous, GError **error)
{
  char *form = soup_form_encode ("grant_type", "refresh_token", "client_id", grant->client_id,
                                 "refresh_token", refresh_token, NULL);
  CsHttpRequest *request = cs_token_request_new (grant->hosts->token_url, "/connect/token (refresh)", form);
  g_autoptr (CsHttpResponse) response = cs_await_record (cs_http_send (grant->http, request), error);

  if (response == NULL)
    return NULL;
  return cs_token_reply_parse (response->body, grant->client_id, previous, cs_clock_now_ms (grant->clock),
                               error);
}

/* TRUE: refreshed and saved. @gone: the remote refused this very token for good. */
static gboolean
refresh_with (CsGrant *grant,
              const char *refresh_token,
              const CsTokens *previous,
              gboolean *gone,
              GError **error)
{
  GError *failed = NULL;
  CsTokens *fresh = post_refresh (grant, refresh_token, previous, &failed);

  *gone = g_error_matches (failed, CS_REMOTE_ERROR, CS_REMOTE_ERROR_SIGN_IN_NEEDED);
  if (fresh == NULL)
    {
      g_propagate_error (error, failed);
      return FALSE;
    }
  g_clear_pointer (&grant->unsaved, cs_tokens_free);
  grant->unsaved = fresh;
  return save (grant, error);
}

static gboolean
has_usable_previous (const CsGrant *grant, const CsTokens *tokens)
{
  return tokens->previous_refresh_token != NULL
         && cs_clock_now_ms (grant->clock) - tokens->rotated_ms < GRACE_MS;
}

/* What the vault holds, where that is not what the remote has just refused: another process may have rotated.
 */
static gboolean
use_newer_of_vault (CsGrant *grant, const char *refused, gboolean *is_newer, GError **error)
{
  GError *failed = NULL;
  g_autoptr (CsTokens) kept = cs_await_record (cs_vault_lookup (grant->vault, grant->grant_id), &failed);

  *is_newer = kept != NULL && g_strcmp0 (kept->refresh_token, refused) != 0;
  if (*is_newer)
    take_tokens (grant, g_steal_pointer (&kept));
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, failed);
  return FALSE;
}

static void
remember_refused (CsGrant *grant, const char *refresh_token)
{
  CS_AUTO_SECRET char *copy = g_strdup (refresh_token);

  cs_secret_clear (&grant->refused);
  grant->refused = g_steal_pointer (&copy);
}

/* invalid_grant is not the end yet (2.7-4): the vault's newer pair, then the previous token's grace. */
static gboolean
recover (CsGrant *grant, const char *refused, GError **error)
{
  gboolean is_newer = FALSE;
  gboolean gone = FALSE;
  g_autoptr (CsTokens) tokens = NULL;

  if (!use_newer_of_vault (grant, refused, &is_newer, error))
    return FALSE;
  if (is_newer && is_fresh (grant, grant->tokens))
    return TRUE;
  tokens = cs_tokens_copy (grant->tokens);
  if (is_newer)
    {
      if (refresh_with (grant, tokens->refresh_token, tokens, &gone, error))
        return TRUE;
      if (!gone)
        return FALSE;
      g_clear_error (error);
    }
  if (has_usable_previous (grant, tokens) && g_strcmp0 (tokens->previous_refresh_token, refused) != 0)
    {
      if (refresh_with (grant, tokens->previous_refresh_token, tokens, &gone, error))
        return TRUE;
      if (!gone)
        return FALSE;
      g_clear_error (error);
    }
  remember_refused (grant, tokens->refresh_token);
  g_propagate_error (error, sign_in_needed ());
  return FALSE;
}

static gboolean
refresh (CsGrant *grant, GError **error)
{
  g_autoptr (CsTokens) tokens = cs_tokens_copy (grant->tokens);
  gboolean gone = FALSE;

  if (refresh_with (grant, tokens->refresh_token, tokens, &gone, error))
    return TRUE;
  if (!gone)
    return FALSE;
  g_clear_error (error);
  return recover (grant, tokens->refresh_token, error);
}

/* Tokens of some kind in memory, and a look at whether a refused grant was renewed by somebody else. */
static gboolean
load (CsGrant *grant, GError **error)
{
  gboolean is_newer = FALSE;

  if (grant->is_forgotten)
    {
      g_propagate_error (error, sign_in_needed ());
      return FALSE;
    }
  if (grant->unsaved != NULL && !save (grant, error))
    return FALSE;
  if (grant->tokens != NULL && grant->refused == NULL)
    return TRUE;
  if (!use_newer_of_vault (grant, grant->refused, &is_newer, error))
    return FALSE;
  if (is_newer)
    {
      cs_secret_clear (&grant->refused);
      return TRUE;
    }
  g_propagate_error (error, sign_in_needed ());
  return FALSE;
}

static char *
fly (CsGrant *grant, gboolean stale, GError **error)
{
  gboolean was_unsaved = grant->unsaved != NULL;

  if (!load (grant, error))
    return NULL;
  if ((!is_fresh (grant, grant->tokens) || (stale && !was_unsaved)) && !refresh (grant, error))
    return NULL;
  return g_strdup (grant->tokens->access_token);
}

static DexFuture *
flight_fiber (gpointer data)
{
  Flight *flight = data;
  GError *error = NULL;
  char *token = fly (flight->grant, flight->stale, &error);

  dex_clear (&flight->grant->flight);
  if (token == NULL)
    return cs_future_new_take_error (error);
  return dex_future_new_take_string (token);
}

static void
flight_free (gpointer data)
{
  Flight *flight = data;

  cs_grant_unref (flight->grant);
  g_free (flight);
}

/**
 * cs_grant_get_access_token:
 * @grant: the grant
 * @stale: the last one met a 401
 *
 * Whoever asks while a refresh is in the air awaits that one; it goes on though nobody waits, since a rotated
 * token must be caught (style.md section 8, habit 13).
 *
 * Returns: (transfer full): of the token. SIGN_IN_NEEDED only when a refresh was refused or there is nothing
 * to refresh; a broken network is TRY_LATER or UNREACHABLE
 */
DexFuture *
cs_grant_get_access_token (CsGrant *grant, gboolean stale)
{
  Flight *flight;

  g_return_val_if_fail (grant != NULL, NULL);

  if (grant->flight == NULL && !stale && !grant->is_forgotten && grant->refused == NULL
      && grant->unsaved == NULL && is_fresh (grant, grant->tokens))
    return dex_future_new_for_string (grant->tokens->access_token);
  if (grant->flight == NULL)
    {
      flight = g_new0 (Flight, 1);
      flight->grant = cs_grant_ref (grant);
      flight->stale = stale;
      grant->flight = cs_spawn_to_the_end (flight_fiber, flight, flight_free);
    }
  return dex_future_first (dex_ref (grant->flight), NULL);
}

/** cs_grant_get_id: Returns: (transfer none): which login, in the vault */
const char *
cs_grant_get_id (CsGrant *grant)
{
  g_return_val_if_fail (grant != NULL, NULL);

  return grant->grant_id;
}

/** cs_grant_get_rotated_ms: Returns: when the refresh token was last exchanged; 0 before any was read */
gint64
cs_grant_get_rotated_ms (CsGrant *grant)
{
  g_return_val_if_fail (grant != NULL, 0);

  return grant->tokens != NULL ? grant->tokens->rotated_ms : 0;
}

static DexFuture *
read_rotated_fiber (gpointer data)
{
  CsGrant *grant = data;
  g_autoptr (CsTokens) kept = NULL;
  GError *error = NULL;

  if (grant->tokens != NULL)
    return dex_future_new_for_int64 (grant->tokens->rotated_ms);
  kept = cs_await_record (cs_vault_lookup (grant->vault, grant->grant_id), &error);
  if (error != NULL)
    return cs_future_new_take_error (error);
  return dex_future_new_for_int64 (kept != NULL ? kept->rotated_ms : 0);
}

/** cs_grant_read_rotated_ms: Returns: (transfer full): of the same as int64, read in the vault if need be; 0
 * when there are no tokens; VAULT_LOCKED, VAULT_ABSENT */
DexFuture *
cs_grant_read_rotated_ms (CsGrant *grant)
{
  g_return_val_if_fail (grant != NULL, NULL);

  return cs_spawn (read_rotated_fiber, cs_grant_ref (grant), (GDestroyNotify)cs_grant_unref);
}

/** cs_grant_authorise: a #CsHttpAuthorise whose data is a #CsGrant. */
DexFuture *
cs_grant_authorise (gboolean stale, gpointer data)
{
  return cs_grant_get_access_token (data, stale);
}

static GError *
not_revoked (GError *cause)
{
  g_autoptr (GError) owned = cause;

  if (cs_error_is_cancelled (cause))
    return g_steal_pointer (&owned);
  return cs_remote_error_new (
      (CsRemoteError)(cause->domain == CS_REMOTE_ERROR ? cause->code : CS_REMOTE_ERROR_TRY_LATER),
      _ ("Xero couldn’t be told to end the permission."), NULL,
      _ ("Try again, or remove Countersign in Xero under Connected apps."));
}

/* xero-accounting.md 2.4, revocation: for PKCE the client id goes into the body. It kills all of this
 * person's connections to the app, so it is only for when no other tenant uses them. */
static gboolean
end_grant (CsGrant *grant, GError **error)
{
  g_autoptr (CsHttpResponse) response = NULL;
  CsHttpRequest *request;
  GError *failed = NULL;
  char *form;

  if (grant->tokens == NULL)
    take_tokens (grant, cs_await_record (cs_vault_lookup (grant->vault, grant->grant_id), &failed));
  if (failed != NULL)
    {
      g_propagate_error (error, failed);
      return FALSE;
    }
  if (grant->tokens != NULL)
    {
      form = soup_form_encode (
          "client_id", grant->client_id, "token",
          grant->unsaved != NULL ? grant->unsaved->refresh_token : grant->tokens->refresh_token, NULL);
      request = cs_token_request_new (grant->hosts->revocation_url, "/connect/revocation", form);
      response = cs_await_record (cs_http_send (grant->http, request), &failed);
      /* Refused as unknown: it is gone already. */
      if (response == NULL && !g_error_matches (failed, CS_REMOTE_ERROR, CS_REMOTE_ERROR_SIGN_IN_NEEDED))
        {
          g_propagate_error (error, not_revoked (failed));
          return FALSE;
        }
      g_clear_error (&failed);
    }
  g_clear_pointer (&grant->tokens, cs_tokens_free);
  g_clear_pointer (&grant->unsaved, cs_tokens_free);
  return cs_await (cs_vault_clear (grant->vault, grant->grant_id), error);
}

static DexFuture *
revoke_fiber (gpointer data)
{
  CsGrant *grant = data;
  GError *error = NULL;

  if (grant->flight != NULL)
    cs_await (dex_ref (grant->flight), NULL);
  if (!end_grant (grant, &error))
    return cs_future_new_take_error (error);
  return dex_future_new_for_boolean (TRUE);
}

/**
 * cs_grant_revoke:
 * @grant: the grant
 *
 * Returns: (transfer full): resolves once Xero has ended the grant and the vault has forgotten it
 */
DexFuture *
cs_grant_revoke (CsGrant *grant)
{
  g_return_val_if_fail (grant != NULL, NULL);

  return cs_spawn (revoke_fiber, cs_grant_ref (grant), (GDestroyNotify)cs_grant_unref);
}

/**
 * cs_grant_forget:
 * @grant: the grant
 *
 * For a login that another takes the place of, or that is given up. Whoever still asks with it is told to
 * sign in; a refresh that comes back later is thrown away, as what it brings would lie in the keyring for
 * ever.
 *
 * Returns: (transfer full): resolves when the vault has forgotten it; an error when the keyring would not
 */
DexFuture *
cs_grant_forget (CsGrant *grant)
{
  g_return_val_if_fail (grant != NULL, NULL);

  grant->is_forgotten = TRUE;
  /* Behind whatever was on its way there: the keyring takes one after the other. */
  return cs_vault_clear (grant->vault, grant->grant_id);
}
