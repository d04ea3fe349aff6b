/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-http-check.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#define WORDS_CHARACTERS_MAX 1000
#define TEXT_BYTES_MAX 4096

/**
 * cs_remote_error_new:
 * @code: what sync decides by
 * @what: what happened, a translated sentence
 * @words: (nullable): the remote's own
 * @advice: (nullable): what to do, a translated sentence
 *
 * Returns: (transfer full): the error
 */
GError *
cs_remote_error_new (CsRemoteError code, const char *what, const char *words, const char *advice)
{
  g_autoptr (GString) text = g_string_new (what);
  g_autofree char *clean = words != NULL ? cs_http_clean_words (words) : NULL;

  if (clean != NULL)
    /* Translators: the words of a remote service, quoted */
    g_string_append_printf (text, _ (" “%s”"), clean);
  if (advice != NULL)
    g_string_append_printf (text, " %s", advice);
  return g_error_new_literal (CS_REMOTE_ERROR, (gint)code, text->str);
}

/** cs_http_clean_words: Returns: (transfer full) (nullable): @words as one bounded line of valid UTF-8 */
char *
cs_http_clean_words (const char *words)
{
  g_autofree char *valid = g_utf8_make_valid (words, -1);
  g_autoptr (GString) line = g_string_new (NULL);
  gboolean is_blank_due = FALSE;
  guint length = 0;

  for (const char *at = valid; *at != '\0' && length < WORDS_CHARACTERS_MAX; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isspace (c) || !g_unichar_isprint (c))
        {
          is_blank_due = line->len > 0;
          continue;
        }
      if (is_blank_due)
        g_string_append_c (line, ' ');
      is_blank_due = FALSE;
      g_string_append_unichar (line, c);
      length++;
    }
  if (length == WORDS_CHARACTERS_MAX)
    g_string_append (line, "…");
  return line->len > 0 ? g_string_free (g_steal_pointer (&line), FALSE) : NULL;
}

static gboolean
is_type (const char *content_type, const char *wanted)
{
  return content_type != NULL && g_ascii_strcasecmp (content_type, wanted) == 0;
}

/** cs_http_response_is_json: Returns: whether the answer says that it is JSON, problem+json included */
gboolean
cs_http_response_is_json (const CsHttpResponse *response)
{
  const char *type = response->content_type;
  gsize length = type != NULL ? strlen (type) : 0;

  return is_type (type, "application/json") || is_type (type, "text/json")
         || (length > 5 && g_ascii_strncasecmp (type, "application/", 12) == 0
             && g_ascii_strcasecmp (type + length - 5, "+json") == 0);
}

/** cs_http_explain_text: a 503 may be a plain sentence (xero-accounting.md 7.1); a page of HTML is not for
 * people. */
void
cs_http_explain_text (const CsHttpResponse *response, CsHttpExplanation *explanation)
{
  gsize size = 0;
  const char *data = response->body != NULL ? g_bytes_get_data (response->body, &size) : NULL;
  g_autofree char *text = NULL;

  if (size == 0 || !is_type (response->content_type, "text/plain"))
    return;
  text = g_strndup (data, MIN (size, TEXT_BYTES_MAX));
  if (strchr (text, '<') == NULL)
    explanation->words = cs_http_clean_words (text);
}

static const char *
service_of (const CsHttpRequest *request)
{
  return request->service != NULL ? request->service : _ ("the service");
}

static GError *
unknown_outcome (const CsHttpRequest *request, const char *words)
{
  /* Translators: %s is "Xero" */
  g_autofree char *what
      = g_strdup_printf (_ ("The connection to %s broke before the answer came."), service_of (request));

  return cs_remote_error_new (CS_REMOTE_ERROR_UNKNOWN_OUTCOME, what, words,
                              _ ("It may have arrived: that’s looked up before anything is sent again."));
}

static GError *
bad_reply (const CsHttpRequest *request)
{
  g_autofree char *what = NULL;

  if (request->is_write)
    return unknown_outcome (request, NULL);
  what = g_strdup_printf (_ ("The answer of %s can’t be understood."), service_of (request));
  return cs_remote_error_new (CS_REMOTE_ERROR_BAD_REPLY, what, NULL,
                              _ ("Try again; if it stays so, a proxy on the way or a newer version of the "
                                 "service may be the cause."));
}

static GError *
try_later (const CsHttpRequest *request, const char *words)
{
  g_autofree char *what = g_strdup_printf (_ ("Just now, %s can’t answer."), service_of (request));

  return cs_remote_error_new (CS_REMOTE_ERROR_TRY_LATER, what, words,
                              _ ("It passes: nothing has to be changed here."));
}

static GError *
too_many_requests (const CsHttpRequest *request, const CsHttpResponse *response, const char *words)
{
  g_autofree char *what = NULL;

  if (response->retry_after_ms > 0)
    /* Translators: %s is "Xero", %d a number of minutes */
    what = g_strdup_printf (_ ("The number of calls that %s allows is used up for the next %d min."),
                            service_of (request), (int)((response->retry_after_ms + 59999) / 60000));
  else
    what = g_strdup_printf (_ ("The number of calls that %s allows is used up for now."),
                            service_of (request));
  return cs_remote_error_new (CS_REMOTE_ERROR_USED_UP, what, words,
                              _ ("It passes: nothing has to be changed here."));
}

static GError *
forbidden (const CsHttpRequest *request, const char *words)
{
  g_autofree char *what = g_strdup_printf (_ ("This isn’t allowed by %s."), service_of (request));

  return cs_remote_error_new (
      CS_REMOTE_ERROR_FORBIDDEN, what, words,
      _ ("Check that the organisation is still connected, that your role there may do "
         "this, and that the app’s registration has the permission."));
}

static GError *
refused (const CsHttpRequest *request, const char *words)
{
  g_autofree char *what = g_strdup_printf (_ ("This was refused by %s."), service_of (request));

  return cs_remote_error_new (CS_REMOTE_ERROR_REFUSED, what, words,
                              _ ("Change what it names and try again."));
}

static GError *
not_found (const CsHttpRequest *request, const char *words)
{
  g_autofree char *what = g_strdup_printf (_ ("There is no such record at %s."), service_of (request));

  return cs_remote_error_new (CS_REMOTE_ERROR_NOT_FOUND, what, words,
                              _ ("It may have been removed there; refresh and look again."));
}

static GError *
sign_in_needed (const CsHttpRequest *request, const char *words)
{
  g_autofree char *what
      = g_strdup_printf (_ ("The permission given to Countersign at %s has ended."), service_of (request));

  return cs_remote_error_new (CS_REMOTE_ERROR_SIGN_IN_NEEDED, what, words, _ ("Sign in again."));
}

static GError *
bad_client (const CsHttpRequest *request, const char *words)
{
  g_autofree char *what
      = g_strdup_printf (_ ("The app registration at %s doesn’t fit."), service_of (request));

  return cs_remote_error_new (CS_REMOTE_ERROR_BAD_CLIENT, what, words,
                              _ ("Check the client id, the redirect addresses and the scopes there."));
}

/* xero-accounting.md 3.1: more than 100,000 records to look through. */
static GError *
too_many (const CsHttpRequest *request, const char *words)
{
  g_autofree char *what
      = g_strdup_printf (_ ("%s has too many records to search them all at once."), service_of (request));

  return cs_remote_error_new (CS_REMOTE_ERROR_TOO_MANY, what, words, _ ("Ask for fewer, by date."));
}

/* What the adapter read in the body goes first. */
static GError *
by_explanation (const CsHttpRequest *request, const CsHttpExplanation *explanation)
{
  if (explanation->code == CS_REMOTE_ERROR_FORBIDDEN)
    return forbidden (request, explanation->words);
  if (explanation->code == CS_REMOTE_ERROR_SIGN_IN_NEEDED)
    return sign_in_needed (request, explanation->words);
  if (explanation->code == CS_REMOTE_ERROR_BAD_CLIENT)
    return bad_client (request, explanation->words);
  if (explanation->code == CS_REMOTE_ERROR_NOT_FOUND)
    return not_found (request, explanation->words);
  if (explanation->code == CS_REMOTE_ERROR_REFUSED)
    return refused (request, explanation->words);
  if (explanation->code == CS_REMOTE_ERROR_TOO_MANY)
    return too_many (request, explanation->words);
  return NULL;
}

/* xero-accounting.md 7.1. A 403, 404 or 429 never asks anybody to sign in (style.md 3.5-5). */
static GError *
by_status (const CsHttpRequest *request, const CsHttpResponse *response, const char *words)
{
  guint status = response->status;

  if (status == 429)
    return too_many_requests (request, response, words);
  if (status == 401 || status == 403 || status == 407)
    return forbidden (request, words);
  if (status == 404 || status == 410)
    return not_found (request, words);
  if (status >= 500 || status == 408)
    return request->is_write ? unknown_outcome (request, words) : try_later (request, words);
  if (status >= 400)
    return refused (request, words);
  return bad_reply (request); /* 1xx and 3xx: a redirect is not followed, the bearer token would go with it */
}

static gboolean
is_acceptable (const CsHttpRequest *request, const CsHttpResponse *response)
{
  if (response->status == 204 || (response->file == NULL && g_bytes_get_size (response->body) == 0))
    return TRUE;
  if (request->accept != NULL && strcmp (request->accept, "application/xml") == 0)
    return is_type (response->content_type, "text/xml")
           || is_type (response->content_type, "application/xml");
  if (request->accept != NULL && strcmp (request->accept, "application/json") != 0)
    return is_type (response->content_type, request->accept);
  return cs_http_response_is_json (response);
}

/**
 * cs_http_check_response:
 * @request: what was asked
 * @response: the answer
 * @token_stale: (out): a 401 that a fresh token may cure
 * @error: what it means
 *
 * Status, content type and the remote's words (design.md section 5, *check*).
 *
 * Returns: whether it is a 2xx of the kind that was asked for
 */
gboolean
cs_http_check_response (const CsHttpRequest *request,
                        const CsHttpResponse *response,
                        gboolean *token_stale,
                        GError **error)
{
  CsHttpExplanation explanation = { .code = -1 };
  GError *found = NULL;

  *token_stale = FALSE;
  if (response->status >= 200 && response->status < 300)
    {
      if (is_acceptable (request, response))
        return TRUE;
      g_propagate_error (error, bad_reply (request));
      return FALSE;
    }
  /* Any 401 may be an old token, unless the adapter knows better. */
  explanation.token_stale = response->status == 401;
  if (request->explain != NULL)
    request->explain (response, &explanation);
  if (explanation.words == NULL)
    cs_http_explain_text (response, &explanation);
  *token_stale = response->status == 401 && explanation.token_stale;
  /* Only a definite refusal may be read in the body: a 5xx stays one whatever it says. */
  if (response->status >= 400 && response->status < 500 && response->status != 429 && response->status != 408)
    found = by_explanation (request, &explanation);
  g_propagate_error (error, found != NULL ? found : by_status (request, response, explanation.words));
  g_free (explanation.words);
  return FALSE;
}

static gboolean
is_timeout (const GError *cause)
{
  return g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT)
         || g_error_matches (cause, DEX_ERROR, DEX_ERROR_TIMED_OUT);
}

static GError *
never_left (const CsHttpRequest *request, const GError *cause)
{
  g_autofree char *what = NULL;

  if (cause->domain == G_TLS_ERROR)
    {
      what = g_strdup_printf (_ ("The connection to %s can’t be trusted, so nothing was sent."),
                              service_of (request));
      return cs_remote_error_new (CS_REMOTE_ERROR_UNTRUSTED, what, cause->message,
                                  _ ("Check this computer’s date and time, and whether something on the "
                                     "network opens encrypted traffic."));
    }
  what = g_strdup_printf (_ ("Can’t reach %s."), service_of (request));
  return cs_remote_error_new (CS_REMOTE_ERROR_UNREACHABLE, what, cause->message,
                              _ ("Check the network connection."));
}

static GError *
too_large (const CsHttpRequest *request)
{
  g_autofree char *what
      = g_strdup_printf (_ ("The answer of %s is larger than can be right."), service_of (request));

  return cs_remote_error_new (CS_REMOTE_ERROR_TOO_LARGE, what, NULL, _ ("Ask for less at once."));
}

/**
 * cs_http_check_transport:
 * @request: what was asked
 * @may_have_left: whether a byte of it may have been sent
 * @cause: (transfer full): why there is no answer
 *
 * A write is UNREACHABLE or UNTRUSTED only where surely nothing was sent; else nobody knows
 * (xero-accounting.md section 4).
 *
 * Returns: (transfer full): what it means
 */
GError *
cs_http_check_transport (const CsHttpRequest *request, gboolean may_have_left, GError *cause)
{
  g_autoptr (GError) owned = cause;

  if (!may_have_left && cause->domain == CS_REMOTE_ERROR)
    return g_steal_pointer (&owned);
  if (!may_have_left && !cs_error_is_cancelled (cause))
    return never_left (request, cause);
  if (cs_error_is_cancelled (cause))
    return g_steal_pointer (&owned);
  if (request->is_write)
    return unknown_outcome (request, NULL);
  if (g_error_matches (cause, CS_REMOTE_ERROR, CS_REMOTE_ERROR_TOO_LARGE))
    return too_large (request);
  if (is_timeout (cause))
    return try_later (request, _ ("No answer in time."));
  if (cause->domain == G_FILE_ERROR || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return cs_remote_error_new (CS_REMOTE_ERROR_USED_UP,
                                _ ("The answer can’t be kept on this computer’s disk."), cause->message,
                                _ ("Make room there, and try again."));
  if (cause->domain == SOUP_SESSION_ERROR)
    return bad_reply (request);
  return try_later (request, _ ("The connection was cut."));
}
