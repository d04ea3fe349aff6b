/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-token-reply.h"

#include "cs-http-check.h"
#include "cs-pkce.h"
#include "cs-secret.h"
#include "cs-small-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define EXPIRES_S_DEFAULT 1800
#define EXPIRES_S_MAX (24 * 3600)
#define TOKEN_CHARACTERS_MAX 8192

static JsonObject *
root_object (JsonNode *root)
{
  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
}

static gboolean
is_one_of (const char *text, const char *const *words)
{
  return text != NULL && g_strv_contains (words, text);
}

/* RFC 6749 section 5.2. By the word, not by the status: any 4xx for "sign in" was others' mistake (style.md
 * 3.5-5). */
static void
explain_token_error (const CsHttpResponse *response, CsHttpExplanation *explanation)
{
  static const char *const gone[] = { "invalid_grant", NULL };
  static const char *const client[]
      = { "invalid_client", "unauthorized_client", "invalid_scope", "unsupported_grant_type", NULL };
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object;
  const char *code;
  const char *description;

  explanation->token_stale = FALSE;
  if (!cs_http_response_is_json (response))
    return;
  root = cs_small_json_parse (response->body, NULL);
  object = root_object (root);
  if (object == NULL)
    return;
  code = cs_small_json_get_string (object, "error");
  if (is_one_of (code, gone))
    explanation->code = CS_REMOTE_ERROR_SIGN_IN_NEEDED;
  else if (is_one_of (code, client))
    explanation->code = CS_REMOTE_ERROR_BAD_CLIENT;
  description = cs_small_json_get_string (object, "error_description");
  if (code != NULL && description != NULL)
    explanation->words = g_strdup_printf ("%s: %s", code, description);
  else
    explanation->words = g_strdup (code != NULL ? code : description);
}

/**
 * cs_token_request_new:
 * @url: the endpoint
 * @route: what the record calls it; static
 * @form: (transfer full): the form; wiped when the request is
 *
 * Returns: (transfer full): the request
 */
CsHttpRequest *
cs_token_request_new (const char *url, const char *route, char *form)
{
  CsHttpRequest *request = cs_http_request_new ("POST", route);

  request->service = "Xero";
  request->url = g_strdup (url);
  request->body = cs_secret_bytes_new_take (form, strlen (form));
  request->content_type = "application/x-www-form-urlencoded";
  request->unpaced = TRUE;
  request->anonymous = TRUE;
  /* A lost answer may be asked for again (2.4, grace): there is no doubt to be probed. */
  request->is_write = FALSE;
  request->explain = explain_token_error;
  return request;
}

/* What goes into a header, or a form, must be plain. */
static gboolean
is_token (const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  if (length == 0 || length > TOKEN_CHARACTERS_MAX)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (text[i]))
      return FALSE;
  return TRUE;
}

/* For display alone: OpenID Connect Core 3.1.3.7 rule 6 lets who got it over TLS from the token endpoint read
 * it without checking the signature (xero-accounting.md 2.4). */
static char *
read_login_name (const char *id_token)
{
  g_auto (GStrv) parts = id_token != NULL ? g_strsplit (id_token, ".", 4) : NULL;
  g_autofree guint8 *payload = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonObject *claims;
  const char *name;
  gsize size = 0;

  if (parts == NULL || g_strv_length (parts) != 3 || parts[1][0] == '\0')
    return NULL;
  payload = cs_base64url_decode (parts[1], &size);
  bytes = g_bytes_new (payload, size);
  root = cs_small_json_parse (bytes, NULL);
  claims = root_object (root);
  if (claims == NULL)
    return NULL;
  name = cs_small_json_get_string (claims, "email");
  if (name == NULL)
    name = cs_small_json_get_string (claims, "preferred_username");
  return name != NULL ? cs_http_clean_words (name) : NULL;
}

static GError *
bad_reply (const char *words)
{
  return cs_remote_error_new (CS_REMOTE_ERROR_BAD_REPLY,
                              _ ("Xero’s answer to the sign-in can’t be understood."), words,
                              _ ("Try again."));
}

/* Every path out of here that returns NULL sets the error (style.md 3.5-4). */
static gboolean
read_members (JsonObject *object, const CsTokens *previous, CsTokens *tokens, gint64 now_ms, GError **error)
{
  const char *type = cs_small_json_get_string (object, "token_type");
  const char *access = cs_small_json_get_string (object, "access_token");
  const char *refresh = cs_small_json_get_string (object, "refresh_token");
  const char *scope = cs_small_json_get_string (object, "scope");
  gint64 expires_s = cs_small_json_get_integer (object, "expires_in", EXPIRES_S_DEFAULT);

  if (type == NULL || g_ascii_strcasecmp (type, "Bearer") != 0 || !is_token (access)
      || (refresh != NULL && !is_token (refresh)) || expires_s <= 0)
    {
      g_propagate_error (error, bad_reply (NULL));
      return FALSE;
    }
  if (refresh == NULL && (previous == NULL || previous->refresh_token == NULL))
    {
      g_propagate_error (
          error, cs_remote_error_new (CS_REMOTE_ERROR_BAD_CLIENT, _ ("Xero gave no lasting permission."),
                                      NULL, _ ("The list of scopes must have offline_access in it.")));
      return FALSE;
    }
  tokens->access_token = g_strdup (access);
  tokens->refresh_token = g_strdup (refresh != NULL ? refresh : previous->refresh_token);
  tokens->scope = g_strdup (scope != NULL ? scope : (previous != NULL ? previous->scope : NULL));
  tokens->rotated_ms = now_ms;
  tokens->expires_ms = now_ms + MIN (expires_s, EXPIRES_S_MAX) * 1000;
  return TRUE;
}

/**
 * cs_token_reply_parse:
 * @body: the answer
 * @client_id: whose it is
 * @previous: (nullable): what was refreshed
 * @now_ms: when
 * @error: what is missing; never quotes the answer (style.md 3.5-2)
 *
 * Returns: (transfer full) (nullable): the tokens; expiry as a moment
 */
CsTokens *
cs_token_reply_parse (GBytes *body,
                      const char *client_id,
                      const CsTokens *previous,
                      gint64 now_ms,
                      GError **error)
{
  g_autoptr (JsonNode) root = cs_small_json_parse (body, NULL);
  g_autoptr (CsTokens) tokens = cs_tokens_new ();
  JsonObject *object = root_object (root);

  if (object == NULL)
    {
      g_propagate_error (error, bad_reply (NULL));
      return NULL;
    }
  if (!read_members (object, previous, tokens, now_ms, error))
    return NULL;
  tokens->client_id = g_strdup (client_id);
  tokens->login_name = read_login_name (cs_small_json_get_string (object, "id_token"));
  if (previous != NULL)
    {
      if (tokens->login_name == NULL)
        tokens->login_name = g_strdup (previous->login_name);
      if (g_strcmp0 (previous->refresh_token, tokens->refresh_token) != 0)
        tokens->previous_refresh_token = g_strdup (previous->refresh_token);
    }
  return g_steal_pointer (&tokens);
}
