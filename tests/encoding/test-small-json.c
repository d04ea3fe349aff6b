/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-json.h"
#include "cs-small-json.h"

#include <string.h>

static JsonNode *
parse (const char *text, gsize size, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, size);

  return cs_small_json_parse (bytes, error);
}

static void
test_getters (void)
{
  const char *text = "{\"access_token\":\"abc\",\"expires_in\":1800,\"big\":9007199254740993,\"nothing\":"
                     "null,\"list\":[]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = parse (text, strlen (text), &error);
  JsonObject *object;

  g_assert_no_error (error);
  object = json_node_get_object (root);
  g_assert_cmpstr (cs_small_json_get_string (object, "access_token"), ==, "abc");
  g_assert_cmpint (cs_small_json_get_integer (object, "expires_in", 7), ==, 1800);
  g_assert_cmpint (cs_small_json_get_integer (object, "big", 7), ==, G_GINT64_CONSTANT (9007199254740993));
  g_assert_null (cs_small_json_get_string (object, "expires_in"));
  g_assert_null (cs_small_json_get_string (object, "nothing"));
  g_assert_null (cs_small_json_get_string (object, "list"));
  g_assert_null (cs_small_json_get_string (object, "absent"));
  g_assert_null (cs_small_json_get_string (NULL, "access_token"));
  g_assert_cmpint (cs_small_json_get_integer (object, "access_token", 7), ==, 7);
  g_assert_cmpint (cs_small_json_get_integer (object, "absent", 7), ==, 7);
  g_assert_cmpint (cs_small_json_get_integer (NULL, "expires_in", 7), ==, 7);
}

/* What cannot be read may hold a token: no part of it may reach a log. */
static void
test_never_quotes (void)
{
  static const char *const wrong[] = {
    "{\"access_token\": \"s3cret\"",
    "{\"access_token\": s3cret}",
    "s3cret",
    "<html>s3cret</html>",
    "{\"s3cret\":1,}",
    "'s3cret'",
    "{\"a\":\"s3cret\xff\"}",
    "{\"a\":\"s3cret\"} s3cret",
    "// s3cret\n{}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_null (parse (wrong[i], strlen (wrong[i]), &error));
      g_assert_error (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_SYNTAX);
      g_assert_null (strstr (error->message, "s3cret"));
    }
}

static void
test_bounds (void)
{
  g_autofree char *large = g_strnfill (CS_SMALL_JSON_BYTES_MAX + 1, ' ');
  g_autofree char *deep = g_strnfill (CS_JSON_DEPTH_MAX + 1, '[');
  g_autoptr (GError) error = NULL;

  g_assert_null (parse (large, CS_SMALL_JSON_BYTES_MAX + 1, &error));
  g_assert_error (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_LIMIT);
  g_clear_error (&error);
  g_assert_null (parse (deep, CS_JSON_DEPTH_MAX + 1, &error));
  g_assert_error (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_LIMIT);
  g_clear_error (&error);
  g_assert_null (parse ("", 0, &error));
  g_assert_error (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_SYNTAX);
  g_clear_error (&error);
  g_assert_null (parse ("   ", 3, &error));
  g_assert_error (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_SYNTAX);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/small-json/getters", test_getters);
  g_test_add_func ("/small-json/errors-never-quote", test_never_quotes);
  g_test_add_func ("/small-json/bounds", test_bounds);
  return g_test_run ();
}
