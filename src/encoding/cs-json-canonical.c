/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-json.h"
#include "cs-json-text.h"

#include <string.h>
#include <yyjson.h>

/* By code point, which is the order of UTF-8's bytes. */
static int
compare_names (gconstpointer a, gconstpointer b)
{
  yyjson_val *x = *(yyjson_val *const *)a;
  yyjson_val *y = *(yyjson_val *const *)b;
  gsize x_size = yyjson_get_len (x);
  gsize y_size = yyjson_get_len (y);
  int order = memcmp (yyjson_get_str (x), yyjson_get_str (y), MIN (x_size, y_size));

  return order != 0 ? order : (x_size > y_size) - (x_size < y_size);
}

static gboolean append_value (GString *json, yyjson_val *value, GError **error);

static gboolean
append_object (GString *json, yyjson_val *object, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  yyjson_obj_iter iterator = yyjson_obj_iter_with (object);
  yyjson_val *name;

  while ((name = yyjson_obj_iter_next (&iterator)) != NULL)
    g_ptr_array_add (names, name);
  g_ptr_array_sort (names, compare_names);

  g_string_append_c (json, '{');
  for (guint i = 0; i < names->len; i++)
    {
      name = g_ptr_array_index (names, i);
      if (i > 0 && compare_names (&names->pdata[i - 1], &names->pdata[i]) == 0)
        {
          g_set_error_literal (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_SHAPE,
                               "An object has two members of one name");
          return FALSE;
        }
      if (i > 0)
        g_string_append_c (json, ',');
      cs_json_append_quoted (json, yyjson_get_str (name), yyjson_get_len (name));
      g_string_append_c (json, ':');
      if (!append_value (json, yyjson_obj_iter_get_val (name), error))
        return FALSE;
    }
  g_string_append_c (json, '}');
  return TRUE;
}

static gboolean
append_array (GString *json, yyjson_val *array, GError **error)
{
  yyjson_arr_iter iterator = yyjson_arr_iter_with (array);
  yyjson_val *value;
  gboolean is_first = TRUE;

  g_string_append_c (json, '[');
  while ((value = yyjson_arr_iter_next (&iterator)) != NULL)
    {
      if (!is_first)
        g_string_append_c (json, ',');
      is_first = FALSE;
      if (!append_value (json, value, error))
        return FALSE;
    }
  g_string_append_c (json, ']');
  return TRUE;
}

/* Calls itself once a level; the depth was bounded when the document was read. */
static gboolean
append_value (GString *json, yyjson_val *value, GError **error)
{
  if (yyjson_is_obj (value))
    return append_object (json, value, error);
  if (yyjson_is_arr (value))
    return append_array (json, value, error);
  if (yyjson_is_str (value))
    cs_json_append_quoted (json, yyjson_get_str (value), yyjson_get_len (value));
  else if (yyjson_is_raw (value))
    g_string_append_len (json, yyjson_get_raw (value), (gssize)yyjson_get_len (value));
  else if (yyjson_is_bool (value))
    g_string_append (json, yyjson_get_bool (value) ? "true" : "false");
  else
    g_string_append (json, "null");
  return TRUE;
}

/**
 * cs_json_canonicalise:
 * @json: JSON in UTF-8
 * @error: return location
 *
 * The one way to write a document, for freezing and hashing (design.md section 3, "Proposal"): members sorted
 * by code point, no blanks, the fewest escapes, numbers as their own text, so that 1.0 and 1.00 stay
 * different. A member that is there twice is refused, since it would be read in two ways.
 *
 * Returns: (transfer full) (nullable): the canonical form; %NULL with an error of cs_json_document_parse() or
 *   %CS_ENCODING_ERROR_SHAPE
 */
GBytes *
cs_json_canonicalise (GBytes *json, GError **error)
{
  g_autoptr (CsJsonDocument) document = cs_json_document_parse (json, error);
  g_autoptr (GString) canonical = NULL;

  if (document == NULL)
    return NULL;
  canonical = g_string_sized_new (g_bytes_get_size (json));
  if (!append_value (canonical, (yyjson_val *)cs_json_document_get_root (document), error))
    return NULL;
  return g_string_free_to_bytes (g_steal_pointer (&canonical));
}

/**
 * cs_sha256_hex:
 * @data: (array length=size) (nullable): bytes
 * @size: how many
 *
 * Returns: (transfer full): their SHA-256, in lower-case hexadecimal
 */
char *
cs_sha256_hex (gconstpointer data, gsize size)
{
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, size > 0 ? data : (gconstpointer) "", size);
}
