/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-small-json.h"
#include "cs-json.h"
#include "cs-json-text.h"

/**
 * cs_small_json_parse:
 * @bytes: JSON in UTF-8, without money in it
 * @error: return location; its message never quotes the content, which may hold a token
 *
 * Reads one of the small answers: tokens, connections, command-line output (design.md section 5).
 *
 * Returns: (transfer full) (nullable): its root; %NULL with %CS_ENCODING_ERROR_SYNTAX, or
 * %CS_ENCODING_ERROR_LIMIT beyond %CS_SMALL_JSON_BYTES_MAX or %CS_JSON_DEPTH_MAX
 */
JsonNode *
cs_small_json_parse (GBytes *bytes, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  JsonNode *root;

  if (size > CS_SMALL_JSON_BYTES_MAX)
    {
      g_set_error (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_LIMIT, "This answer is larger than %u bytes",
                   CS_SMALL_JSON_BYTES_MAX);
      return NULL;
    }
  if (!cs_json_check_depth (text, size, error))
    return NULL;
  json_parser_set_strict (parser, TRUE);
  root = size > 0 && g_utf8_validate_len (text, size, NULL)
                 && json_parser_load_from_data (parser, text, (gssize)size, NULL)
             ? json_parser_steal_root (parser)
             : NULL;
  if (root == NULL)
    g_set_error_literal (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_SYNTAX, "This answer is not JSON");
  return root;
}

static JsonNode *
find (JsonObject *object, const char *member, GType type)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type ? node
                                                                                                 : NULL;
}

/**
 * cs_small_json_get_string:
 * @object: (nullable): an object
 * @member: a name
 *
 * Returns: (transfer none) (nullable): the member's text, which lives as long as @object; %NULL when it is
 * absent or not text
 */
const char *
cs_small_json_get_string (JsonObject *object, const char *member)
{
  JsonNode *node = find (object, member, G_TYPE_STRING);

  return node != NULL ? json_node_get_string (node) : NULL;
}

/**
 * cs_small_json_get_integer:
 * @object: (nullable): an object
 * @member: a name
 * @fallback: what to return when the member is absent or no whole number
 *
 * Returns: the number
 */
gint64
cs_small_json_get_integer (JsonObject *object, const char *member, gint64 fallback)
{
  JsonNode *node = find (object, member, G_TYPE_INT64);

  return node != NULL ? json_node_get_int (node) : fallback;
}
