/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xpm-private.h"

#include "cs-http-check.h"
#include "cs-small-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static char
first_byte (GBytes *body)
{
  gsize size;
  const char *data = g_bytes_get_data (body, &size);

  for (gsize i = 0; i < size; i++)
    if (!g_ascii_isspace (data[i]))
      return data[i];
  return '\0';
}

/* The gateway's errors (xpm.md 1.2), and those of the mode that we do not ask for (1.3). */
static char *
read_json_words (GBytes *body)
{
  static const char *const members[]
      = { "Detail", "errorDescription", "ErrorDescription", "Title", "Message" };
  g_autoptr (JsonNode) root = cs_small_json_parse (body, NULL);
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *words = object != NULL ? cs_small_json_get_string (object, members[i]) : NULL;

      if (words != NULL && words[0] != '\0')
        return g_strdup (words);
    }
  return NULL;
}

static char *
read_xml_words (GBytes *body)
{
  g_autoptr (CsXmlDocument) document = cs_xml_document_parse (body, NULL);
  char *words = NULL;

  if (document != NULL)
    words = cs_xml_dup_text (cs_xml_document_get_root (document), "ErrorDescription");
  if (words != NULL && words[0] == '\0')
    g_clear_pointer (&words, g_free);
  return words;
}

/**
 * cs_xpm_explain:
 * @response: a refusal
 * @explanation: (inout): what it means, and Xero's words
 *
 * The algorithm of xpm.md 1.2: XML and JSON by the first byte, whatever the content type says.
 */
void
cs_xpm_explain (const CsHttpResponse *response, CsHttpExplanation *explanation)
{
  char first = first_byte (response->body);

  if (first == '{')
    explanation->words = read_json_words (response->body);
  else if (first == '<')
    explanation->words = read_xml_words (response->body);
  if (response->status != 401)
    return;
  if (explanation->words != NULL && g_str_has_prefix (explanation->words, "AuthorizationUnsuccessful"))
    {
      explanation->code = CS_REMOTE_ERROR_FORBIDDEN;
      explanation->token_stale = FALSE;
    }
  else if (explanation->words != NULL && g_str_has_prefix (explanation->words, "AuthenticationUnsuccessful"))
    /* Counts only if a fresh token meets it too: then the grant is gone. */
    explanation->code = CS_REMOTE_ERROR_SIGN_IN_NEEDED;
}

/** cs_xpm_unknown_outcome: a write was answered, but not in a way that tells whether it was done. */
GError *
cs_xpm_unknown_outcome (void)
{
  return cs_remote_error_new (CS_REMOTE_ERROR_UNKNOWN_OUTCOME,
                              _ ("Practice Manager’s answer doesn’t say whether it was done."), NULL,
                              _ ("It may have arrived: that’s looked up before anything is sent again."));
}

/** cs_xpm_bad_reply: @cause (transfer full) (nullable) names the place and not the content. */
GError *
cs_xpm_bad_reply (GError *cause)
{
  g_autoptr (GError) owned = cause;

  return cs_remote_error_new (CS_REMOTE_ERROR_BAD_REPLY, _ ("Practice Manager’s answer can’t be understood."),
                              cause != NULL ? cause->message : NULL,
                              _ ("Nothing was changed. If it stays so, tell the makers of Countersign."));
}

/**
 * cs_xpm_check_status:
 * @status: (nullable): what the envelope says
 * @words: (nullable): its ErrorDescription
 * @is_write: whether something may have been done
 * @error: REFUSED with Xero's words, or that nobody can tell
 *
 * An answer of 200 means nothing before this [U-19; xpm.md 1.2].
 *
 * Returns: whether it says exactly "OK"
 */
gboolean
cs_xpm_check_status (const char *status, const char *words, gboolean is_write, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (status != NULL ? status : ""));

  if (g_str_equal (trimmed, "OK"))
    return TRUE;
  if (g_ascii_strcasecmp (trimmed, "ERROR") == 0)
    g_propagate_error (error, cs_remote_error_new (CS_REMOTE_ERROR_REFUSED,
                                                   _ ("Practice Manager didn’t accept this."), words,
                                                   _ ("Change what it names and try again.")));
  else
    g_propagate_error (error, is_write ? cs_xpm_unknown_outcome () : cs_xpm_bad_reply (NULL));
  return FALSE;
}

/** cs_xpm_check_envelope: cs_xpm_check_status() of a whole answer, which must be a Response. */
gboolean
cs_xpm_check_envelope (const CsXmlElement *response, gboolean is_write, GError **error)
{
  g_autofree char *status = cs_xml_dup_text (response, "Status");
  g_autofree char *words = cs_xml_dup_text (response, "ErrorDescription");

  if (g_strcmp0 (cs_xml_get_name (response), "Response") != 0)
    g_clear_pointer (&status, g_free);
  return cs_xpm_check_status (status, words, is_write, error);
}

/**
 * cs_xpm_classify_refusal:
 * @words: Xero's own words, as an error carries them
 *
 * Xero has sentences and no codes (xpm.md 1.2): this only chooses which help a person sees.
 *
 * Returns: what it is about
 */
CsXpmRefusal
cs_xpm_classify_refusal (const char *words)
{
  static const struct
  {
    const char *part;
    CsXpmRefusal refusal;
  } known[] = {
    { "template", CS_XPM_REFUSAL_TEMPLATE }, { "staff", CS_XPM_REFUSAL_STAFF },
    { "state", CS_XPM_REFUSAL_STATE },       { "client", CS_XPM_REFUSAL_CLIENT },
    { "job", CS_XPM_REFUSAL_JOB },
  };
  g_autofree char *folded = NULL;

  g_return_val_if_fail (words != NULL, CS_XPM_REFUSAL_OTHER);

  folded = g_utf8_strdown (words, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (strstr (folded, known[i].part) != NULL)
      return known[i].refusal;
  return CS_XPM_REFUSAL_OTHER;
}
