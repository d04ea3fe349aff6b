/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xero-private.h"

#include "cs-http-check.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define WORDS_MAX 12
#define DEPTH_MAX 6
#define ELEMENTS_MAX 100
#define HIGH_VOLUME_NUMBER 51

/* Where errors sit, deeper than the element itself (xero-accounting.md 7.2). */
static const char *const nested_lists[]
    = { "LineItems",   "Addresses",   "Phones",       "ContactPersons", "Payments",
        "CreditNotes", "Prepayments", "Overpayments", "Tracking",       "Allocations" };
static const char *const nested_objects[] = { "Contact", "Invoice", "Account" };

static void
add_word (GPtrArray *words, const char *word)
{
  if (word == NULL || word[0] == '\0' || words->len >= WORDS_MAX
      || g_ptr_array_find_with_equal_func (words, word, g_str_equal, NULL))
    return;
  g_ptr_array_add (words, g_strdup (word));
}

/* In results the text may be in Message or Description (7.2). */
static void
collect_own (const CsJsonValue *value, GPtrArray *words)
{
  const CsJsonValue *errors = cs_json_get (value, "ValidationErrors");
  gsize length = MIN (cs_json_get_length (errors), ELEMENTS_MAX);

  for (gsize i = 0; i < length; i++)
    {
      const CsJsonValue *error = cs_json_get_element (errors, i);
      const char *message = cs_json_get_string (error, "Message");

      add_word (words, message != NULL ? message : cs_json_get_string (error, "Description"));
    }
}

static void
collect (const CsJsonValue *value, guint depth, GPtrArray *words)
{
  if (depth > DEPTH_MAX || !cs_json_is_object (value))
    return;
  collect_own (value, words);
  for (gsize i = 0; i < G_N_ELEMENTS (nested_lists); i++)
    {
      const CsJsonValue *list = cs_json_get (value, nested_lists[i]);
      gsize length = MIN (cs_json_get_length (list), ELEMENTS_MAX);

      for (gsize j = 0; j < length; j++)
        collect (cs_json_get_element (list, j), depth + 1, words);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (nested_objects); i++)
    collect (cs_json_get (value, nested_objects[i]), depth + 1, words);
}

static char *
join_words (GPtrArray *words)
{
  if (words->len == 0)
    return NULL;
  g_ptr_array_add (words, NULL);
  return g_strjoinv (" ", (char **)words->pdata);
}

/**
 * cs_xero_collect_words:
 * @value: (nullable): an element of an answer
 *
 * Returns: (transfer full) (nullable): each message once, in their order (xero-accounting.md 7.2)
 */
char *
cs_xero_collect_words (const CsJsonValue *value)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  collect (value, 0, words);
  return join_words (words);
}

/** cs_xero_id_is_set: Xero gives all zeroes to what was not made. */
gboolean
cs_xero_id_is_set (const char *id)
{
  return id != NULL && id[0] != '\0' && strspn (id, "0-") != strlen (id);
}

static const char *
get_loosely (const CsJsonValue *object, const char *member, const char *lower)
{
  const char *text = cs_json_get_string (object, member);

  return text != NULL ? text : cs_json_get_string (object, lower);
}

static char *
collect_elements (const CsJsonValue *root)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  const CsJsonValue *elements = cs_json_get (root, "Elements");
  gsize length = MIN (cs_json_get_length (elements), ELEMENTS_MAX);

  for (gsize i = 0; i < length; i++)
    collect (cs_json_get_element (elements, i), 0, words);
  return join_words (words);
}

/* "insufficient_scope", which Xero's own FAQ spells "insufficent_scope" (7.1). */
static gboolean
lacks_scope (const CsHttpResponse *response, const char *detail)
{
  return (detail != NULL && g_str_has_prefix (detail, "AuthorizationUnsuccessful"))
         || (response->challenge != NULL && strstr (response->challenge, "insuffic") != NULL);
}

/* More than 100,000 rows to search (3.1): ErrorNumber 51. */
static gboolean
is_high_volume (const CsHttpResponse *response, const CsJsonValue *root)
{
  return response->status == 400
         && (cs_json_get_integer (root, "ErrorNumber", 0) == HIGH_VOLUME_NUMBER
             || g_strcmp0 (cs_json_get_string (root, "Type"), "HighVolumeException") == 0);
}

/**
 * cs_xero_explain:
 * @response: a refusal
 * @explanation: (inout): what it means, and Xero's words
 *
 * ValidationException, problem JSON and plain messages (xero-accounting.md 7.1, 7.2).
 */
void
cs_xero_explain (const CsHttpResponse *response, CsHttpExplanation *explanation)
{
  g_autoptr (CsJsonDocument) document = NULL;
  const CsJsonValue *root = NULL;
  const char *detail;

  if (cs_http_response_is_json (response) && g_bytes_get_size (response->body) > 0)
    document = cs_json_document_parse (response->body, NULL);
  if (document != NULL)
    root = cs_json_document_get_root (document);
  detail = get_loosely (root, "Detail", "detail");
  if (response->status == 401 && lacks_scope (response, detail))
    {
      explanation->code = CS_REMOTE_ERROR_FORBIDDEN;
      explanation->token_stale = FALSE;
    }
  if (is_high_volume (response, root))
    explanation->code = CS_REMOTE_ERROR_TOO_MANY;
  explanation->words = collect_elements (root);
  if (explanation->words == NULL)
    explanation->words = g_strdup (detail);
  if (explanation->words == NULL)
    explanation->words = g_strdup (get_loosely (root, "Message", "message"));
  if (explanation->words == NULL)
    explanation->words = g_strdup (get_loosely (root, "Title", "title"));
}

/** cs_xero_unknown_outcome: a write was answered, but not in a way that tells whether it was done. */
GError *
cs_xero_unknown_outcome (void)
{
  return cs_remote_error_new (CS_REMOTE_ERROR_UNKNOWN_OUTCOME,
                              _ ("Xero’s answer doesn’t say whether it was done."), NULL,
                              _ ("It may have arrived: that’s looked up before anything is sent again."));
}

/** cs_xero_bad_reply: what encoding or domain said of it goes in, since it names the path and not the
 * content. */
GError *
cs_xero_bad_reply (GError *cause)
{
  g_autoptr (GError) owned = cause;

  return cs_remote_error_new (CS_REMOTE_ERROR_BAD_REPLY, _ ("Xero’s answer can’t be understood."),
                              cause != NULL ? cause->message : NULL,
                              _ ("Nothing was changed. If it stays so, tell the makers of Countersign."));
}

static gboolean
is_error (const CsJsonValue *element)
{
  const char *status = cs_json_get_string (element, "StatusAttributeString");

  if (status != NULL)
    return g_ascii_strcasecmp (status, "ERROR") == 0;
  return cs_json_get_boolean (element, "HasErrors", FALSE)
         || cs_json_get_boolean (element, "HasValidationErrors", FALSE);
}

static GError *
refused_element (const CsJsonValue *element)
{
  g_autofree char *words = cs_xero_collect_words (element);

  return cs_remote_error_new (CS_REMOTE_ERROR_REFUSED, _ ("Xero didn’t accept this."),
                              words != NULL ? words : cs_json_get_string (element, "Message"),
                              _ ("Change what it names and try again."));
}

/**
 * cs_xero_check_element:
 * @document: a 200, which does not mean saved (xero-accounting.md 7.3)
 * @list: "Invoices"
 * @error: REFUSED with Xero's words, or UNKNOWN_OUTCOME
 *
 * Returns: (nullable): the element that was saved
 */
const CsJsonValue *
cs_xero_check_element (const CsJsonDocument *document, const char *list, GError **error)
{
  const CsJsonValue *elements = cs_json_get (cs_json_document_get_root (document), list);
  const CsJsonValue *element = cs_json_get_element (elements, 0);

  if (cs_json_get_length (elements) != 1 || !cs_json_is_object (element))
    {
      g_propagate_error (error, cs_xero_unknown_outcome ());
      return NULL;
    }
  if (is_error (element))
    {
      g_propagate_error (error, refused_element (element));
      return NULL;
    }
  return element;
}

/**
 * cs_xero_classify_refusal:
 * @words: Xero's own words, as an error carries them
 *
 * Xero has no codes for its rules, only sentences (xero-accounting.md 7.4; the one for a taken number is
 * unconfirmed), so this only chooses which help and which buttons a person sees, and whether to probe first:
 * never whether something was made.
 *
 * Returns: what kind of refusal it is; %CS_OUTCOME_REFUSED when it is none that we know
 */
CsOutcome
cs_xero_classify_refusal (const char *words)
{
  static const struct
  {
    const char *part;
    CsOutcome outcome;
  } known[] = {
    { "Invoice # must be unique", CS_OUTCOME_NUMBER_TAKEN },
    { "already assigned to another contact", CS_OUTCOME_NAME_TAKEN },
    { "Account Number already exists", CS_OUTCOME_NAME_TAKEN },
    { "ContactNumber", CS_OUTCOME_NAME_TAKEN },
    { "Archived contact", CS_OUTCOME_ARCHIVED_CONTACT },
    { "archived", CS_OUTCOME_ARCHIVED_CONTACT },
  };

  g_return_val_if_fail (words != NULL, CS_OUTCOME_REFUSED);

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (strstr (words, known[i].part) != NULL)
      return known[i].outcome;
  return CS_OUTCOME_REFUSED;
}
