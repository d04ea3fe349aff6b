/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-sign-in.h"

#include "cs-http-check.h"
#include "cs-oauth-listener.h"
#include "cs-pkce.h"
#include "cs-secret.h"
#include "cs-token-reply.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

/* Fixed and registered: Xero matches the redirect address exactly, port included (xero-accounting.md 2.3). */
static const guint16 ports_default[] = { 8742, 18742, 28742 };

struct _CsSignIn
{
  gatomicrefcount references;
  CsHosts *hosts;
  char *client_id;
  char *scopes;
  CsHttp *http;
  const CsClock *clock;
  guint16 *ports;
  gsize n_ports;
  CsPkce *pkce;
  CsOauthListener *listener;
  char *address;
  char *redirect_uri;
};

typedef struct
{
  CsSignIn *sign_in;
  guint seconds;
} Wait;

/**
 * cs_sign_in_new:
 * @hosts: where to
 * @client_id: the app registration
 * @scopes: blank-separated
 * @http: sends the code exchange
 * @clock: (transfer none): outlives the object
 *
 * Returns: (transfer full): one attempt to sign in, not listening yet
 */
CsSignIn *
cs_sign_in_new (const CsHosts *hosts,
                const char *client_id,
                const char *scopes,
                CsHttp *http,
                const CsClock *clock)
{
  CsSignIn *sign_in;

  g_return_val_if_fail (hosts != NULL && client_id != NULL && scopes != NULL, NULL);
  g_return_val_if_fail (http != NULL && clock != NULL, NULL);

  sign_in = g_new0 (CsSignIn, 1);
  g_atomic_ref_count_init (&sign_in->references);
  sign_in->hosts = cs_hosts_copy (hosts);
  sign_in->client_id = g_strdup (client_id);
  sign_in->scopes = g_strdup (scopes);
  sign_in->http = cs_http_ref (http);
  sign_in->clock = clock;
  cs_sign_in_set_ports (sign_in, ports_default, G_N_ELEMENTS (ports_default));
  return sign_in;
}

/** cs_sign_in_ref: Returns: (transfer full): @sign_in */
CsSignIn *
cs_sign_in_ref (CsSignIn *sign_in)
{
  g_return_val_if_fail (sign_in != NULL, NULL);

  g_atomic_ref_count_inc (&sign_in->references);
  return sign_in;
}

/** cs_sign_in_unref: the last one closes the listener. */
void
cs_sign_in_unref (CsSignIn *sign_in)
{
  g_return_if_fail (sign_in != NULL);

  if (!g_atomic_ref_count_dec (&sign_in->references))
    return;
  cs_oauth_listener_free (sign_in->listener);
  cs_hosts_free (sign_in->hosts);
  g_free (sign_in->client_id);
  g_free (sign_in->scopes);
  cs_http_unref (sign_in->http);
  g_free (sign_in->ports);
  cs_pkce_free (sign_in->pkce);
  cs_secret_free (sign_in->address);
  g_free (sign_in->redirect_uri);
  g_free (sign_in);
}

/** cs_sign_in_set_ports: tried in this order; before cs_sign_in_listen(). */
void
cs_sign_in_set_ports (CsSignIn *sign_in, const guint16 *ports, gsize n_ports)
{
  g_return_if_fail (sign_in != NULL && ports != NULL && n_ports > 0);

  g_free (sign_in->ports);
  sign_in->ports = g_memdup2 (ports, n_ports * sizeof *ports);
  sign_in->n_ports = n_ports;
}

/* xero-accounting.md 2.2. Each value is escaped; the whole never is. */
static char *
build_address (const CsSignIn *sign_in)
{
  g_autofree char *query
      = soup_form_encode ("response_type", "code", "client_id", sign_in->client_id, "redirect_uri",
                          sign_in->redirect_uri, "scope", sign_in->scopes, "state", sign_in->pkce->state,
                          "code_challenge", sign_in->pkce->challenge, "code_challenge_method", "S256", NULL);
  g_autoptr (GString) escaped = g_string_new (query);

  /* A form's "+" for a blank is right in a query, too, but the scopes are documented with %20. */
  g_string_replace (escaped, "+", "%20", 0);
  return g_strdup_printf ("%s?%s", sign_in->hosts->authorise_url, escaped->str);
}

/**
 * cs_sign_in_listen:
 * @sign_in: the attempt
 * @error: PORT_TAKEN when none of the ports is free
 *
 * Draws verifier and state, and opens the listener, so that the browser may be sent off afterwards.
 *
 * Returns: whether it listens
 */
gboolean
cs_sign_in_listen (CsSignIn *sign_in, GError **error)
{
  g_return_val_if_fail (sign_in != NULL, FALSE);

  if (sign_in->listener != NULL)
    return TRUE;
  if (sign_in->pkce == NULL)
    sign_in->pkce = cs_pkce_new (error);
  if (sign_in->pkce == NULL)
    return FALSE;
  sign_in->listener = cs_oauth_listener_new (sign_in->ports, sign_in->n_ports, sign_in->pkce->state, error);
  if (sign_in->listener == NULL)
    return FALSE;
  sign_in->redirect_uri = g_strdup (cs_oauth_listener_get_redirect_uri (sign_in->listener));
  sign_in->address = build_address (sign_in);
  return TRUE;
}

/** cs_sign_in_get_address: Returns: (nullable): for the browser, and to copy; after cs_sign_in_listen() */
const char *
cs_sign_in_get_address (CsSignIn *sign_in)
{
  g_return_val_if_fail (sign_in != NULL, NULL);

  return sign_in->address;
}

/** cs_sign_in_get_redirect_uri: Returns: (nullable): what must be registered; after cs_sign_in_listen() */
const char *
cs_sign_in_get_redirect_uri (CsSignIn *sign_in)
{
  g_return_val_if_fail (sign_in != NULL, NULL);

  return sign_in->redirect_uri;
}

/* Only a refused *refresh* says that the grant is gone; a code that came too late or twice is just that. */
static GError *
refused_code (GError *cause)
{
  g_autoptr (GError) owned = cause;

  if (!g_error_matches (cause, CS_REMOTE_ERROR, CS_REMOTE_ERROR_SIGN_IN_NEEDED))
    return g_steal_pointer (&owned);
  return cs_remote_error_new (CS_REMOTE_ERROR_REFUSED, _ ("Xero no longer accepts this sign-in."), NULL,
                              _ ("It came too late, or was used before. Start it again."));
}

/* xero-accounting.md 2.4: form-encoded, no secret, no Authorization header. */
static CsTokens *
exchange_code (CsSignIn *sign_in, const char *code, GError **error)
{
  char *form = soup_form_encode ("grant_type", "authorization_code", "client_id", sign_in->client_id, "code",
                                 code, "redirect_uri", sign_in->redirect_uri, "code_verifier",
                                 sign_in->pkce->verifier, NULL);
  CsHttpRequest *request = cs_token_request_new (sign_in->hosts->token_url, "/connect/token (code)", form);
  g_autoptr (CsHttpResponse) response = NULL;
  GError *cause = NULL;

  response = cs_await_record (cs_http_send (sign_in->http, request), &cause);
  if (response == NULL)
    {
      g_propagate_error (error, refused_code (cause));
      return NULL;
    }
  return cs_token_reply_parse (response->body, sign_in->client_id, NULL, cs_clock_now_ms (sign_in->clock),
                               error);
}

static GError *
timed_out (const CsSignIn *sign_in)
{
  /* Xero shows its own error page for an address that is not registered, and we see nothing (2.3). */
  g_autofree char *advice
      = g_strdup_printf (_ ("Start again. If Xero showed an error page, register this redirect "
                            "address with the app: %s"),
                         sign_in->redirect_uri);

  return cs_remote_error_new (CS_REMOTE_ERROR_TIMED_OUT, _ ("Nobody came back from the browser in time."),
                              NULL, advice);
}

static CsTokens *
wait_for_tokens (Wait *wait, GError **error)
{
  CsSignIn *sign_in = wait->sign_in;
  CS_AUTO_SECRET char *code = NULL;
  GError *failed = NULL;

  code = cs_await_string (dex_future_first (cs_oauth_listener_wait (sign_in->listener),
                                            dex_timeout_new_seconds ((int)wait->seconds), NULL),
                          &failed);
  cs_oauth_listener_close (sign_in->listener);
  if (code == NULL && g_error_matches (failed, DEX_ERROR, DEX_ERROR_TIMED_OUT))
    {
      g_clear_error (&failed);
      failed = timed_out (sign_in);
    }
  if (code == NULL)
    {
      g_propagate_error (error, failed);
      return NULL;
    }
  return exchange_code (sign_in, code, error);
}

static DexFuture *
wait_fiber (gpointer data)
{
  GError *error = NULL;
  CsTokens *tokens = wait_for_tokens (data, &error);

  if (tokens == NULL)
    return cs_future_new_take_error (error);
  return cs_future_new_for_record (tokens, (GDestroyNotify)cs_tokens_free);
}

static void
wait_free (gpointer data)
{
  Wait *wait = data;

  cs_sign_in_unref (wait->sign_in);
  g_free (wait);
}

/**
 * cs_sign_in_wait:
 * @sign_in: an attempt that listens
 * @seconds: how long a person may take
 *
 * Returns: (transfer full): of #CsTokens, not yet in any vault; dropping it closes the listener
 */
DexFuture *
cs_sign_in_wait (CsSignIn *sign_in, guint seconds)
{
  Wait *wait;

  g_return_val_if_fail (sign_in != NULL && sign_in->listener != NULL, NULL);

  wait = g_new0 (Wait, 1);
  wait->sign_in = cs_sign_in_ref (sign_in);
  wait->seconds = MIN (seconds, G_MAXINT);
  return cs_spawn (wait_fiber, wait, wait_free);
}
