/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-json.h"

#include <locale.h>
#include <string.h>

static void
assert_bytes (GBytes *bytes, const char *expected)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  g_assert_cmpmem (data, size, expected, strlen (expected));
}

static CsDecimal
decimal (const char *text)
{
  CsDecimal parsed = { 0 };

  g_assert_true (cs_decimal_parse (text, &parsed, NULL));
  return parsed;
}

static void
test_document (void)
{
  g_autoptr (CsJsonBuilder) builder = cs_json_builder_new ();
  g_autoptr (GBytes) json = NULL;

  cs_json_builder_begin_object (builder);
  cs_json_builder_set_string (builder, "Type", "ACCREC");
  cs_json_builder_name (builder, "LineItems");
  cs_json_builder_begin_array (builder);
  cs_json_builder_begin_object (builder);
  cs_json_builder_set_decimal (builder, "Quantity", decimal ("1.5000"));
  cs_json_builder_set_decimal (builder, "UnitAmount", decimal ("120.125"));
  cs_json_builder_end_object (builder);
  cs_json_builder_begin_object (builder);
  cs_json_builder_end_object (builder);
  cs_json_builder_end_array (builder);
  cs_json_builder_name (builder, "Empty");
  cs_json_builder_begin_array (builder);
  cs_json_builder_end_array (builder);
  cs_json_builder_set_integer (builder, "n", G_MININT64);
  cs_json_builder_set_boolean (builder, "yes", TRUE);
  cs_json_builder_name (builder, "list");
  cs_json_builder_begin_array (builder);
  cs_json_builder_null (builder);
  cs_json_builder_boolean (builder, FALSE);
  cs_json_builder_string (builder, NULL);
  cs_json_builder_end_array (builder);
  cs_json_builder_end_object (builder);
  json = cs_json_builder_end (builder);
  assert_bytes (
      json, "{\"Type\":\"ACCREC\",\"LineItems\":[{\"Quantity\":1.5,\"UnitAmount\":120.125},{}],\"Empty\":[],"
            "\"n\":-9223372036854775808,\"yes\":true,\"list\":[null,false,null]}");
}

/* json-glib would write 20.350000000000001 (xero-accounting.md 6.4). */
static void
test_money (void)
{
  static const struct
  {
    gint64 minor;
    const char *code;
    const char *json;
  } cases[] = {
    { 2035, "NZD", "20.35" }, { 10, "NZD", "0.10" },    { -1, "NZD", "-0.01" },
    { 100, "JPY", "100" },    { 1234, "KWD", "1.234" }, { G_MAXINT64, "NZD", "92233720368547758.07" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsJsonBuilder) builder = cs_json_builder_new ();
      g_autoptr (GBytes) json = NULL;
      CsMoney money = { cases[i].minor, { "" } };

      g_strlcpy (money.currency.code, cases[i].code, sizeof money.currency.code);
      cs_json_builder_money (builder, money);
      json = cs_json_builder_end (builder);
      assert_bytes (json, cases[i].json);
    }
}

static void
test_text_is_escaped (void)
{
  static const struct
  {
    const char *text;
    const char *json;
  } cases[] = {
    { "", "\"\"" },
    { "a\"b\\c/d", "\"a\\\"b\\\\c/d\"" },
    { "\b\t\n\f\r", "\"\\b\\t\\n\\f\\r\"" },
    { "\x01\x1f\x7f", "\"\\u0001\\u001f\x7f\"" },
    { "Ng\xc4\x81ti \xf0\x9f\x90\x91", "\"Ng\xc4\x81ti \xf0\x9f\x90\x91\"" },
    { "<a href=x>R&D", "\"<a href=x>R&D\"" },
    { "cut \xc4", "\"cut \xef\xbf\xbd\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsJsonBuilder) builder = cs_json_builder_new ();
      g_autoptr (GBytes) json = NULL;

      cs_json_builder_string (builder, cases[i].text);
      json = cs_json_builder_end (builder);
      assert_bytes (json, cases[i].json);
    }
}

/* A byte that is no UTF-8 is replaced wherever it stands: most texts are looked at eight bytes at a time. */
static void
test_text_is_made_valid (void)
{
  for (guint size = 1; size <= 20; size++)
    for (guint at = 0; at < size; at++)
      for (guint byte = 0x80; byte <= 0xff; byte += 0x0f)
        {
          g_autoptr (CsJsonBuilder) builder = cs_json_builder_new ();
          g_autoptr (GBytes) json = NULL;
          g_autofree char *text = g_strnfill (size, 'a');
          g_autofree char *before = g_strnfill (at, 'a');
          g_autofree char *behind = g_strnfill (size - at - 1, 'a');
          g_autofree char *expected = g_strconcat ("\"", before, "\xef\xbf\xbd", behind, "\"", NULL);

          text[at] = (char)byte;
          cs_json_builder_string (builder, text);
          json = cs_json_builder_end (builder);
          assert_bytes (json, expected);
        }
}

/* What is not written as it is is seen wherever it stands, the last eight bytes being looked at twice. */
static void
test_text_is_escaped_anywhere (void)
{
  static const struct
  {
    char byte;
    const char *written;
  } cases[] = { { '"', "\\\"" }, { '\\', "\\\\" }, { '\x1f', "\\u001f" }, { '\n', "\\n" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint size = 1; size <= 20; size++)
      for (guint at = 0; at < size; at++)
        {
          g_autoptr (CsJsonBuilder) builder = cs_json_builder_new ();
          g_autoptr (GBytes) json = NULL;
          g_autofree char *text = g_strnfill (size, 'a');
          g_autofree char *before = g_strnfill (at, 'a');
          g_autofree char *behind = g_strnfill (size - at - 1, 'a');
          g_autofree char *expected = g_strdup_printf ("{\"%s%s%s\":\"%s%s%s\"}", before, cases[i].written,
                                                       behind, before, cases[i].written, behind);

          text[at] = cases[i].byte;
          cs_json_builder_begin_object (builder);
          cs_json_builder_set_string (builder, text, text);
          cs_json_builder_end_object (builder);
          json = cs_json_builder_end (builder);
          assert_bytes (json, expected);
        }
}

/* Any text comes back as it went. */
static void
test_text_round_trips (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (8259);

  for (int i = 0; i < 3000; i++)
    {
      g_autoptr (CsJsonBuilder) builder = cs_json_builder_new ();
      g_autoptr (CsJsonDocument) document = NULL;
      g_autoptr (GBytes) json = NULL;
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GError) error = NULL;

      for (int k = g_rand_int_range (rand, 0, 40); k > 0; k--)
        {
          gunichar c = (gunichar)g_rand_int_range (rand, 1, g_rand_boolean (rand) ? 0x80 : 0x10ffff);

          if (g_unichar_validate (c))
            g_string_append_unichar (text, c);
        }
      cs_json_builder_begin_object (builder);
      cs_json_builder_set_string (builder, "text", text->str);
      cs_json_builder_end_object (builder);
      json = cs_json_builder_end (builder);
      document = cs_json_document_parse (json, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (cs_json_get_string (cs_json_document_get_root (document), "text"), ==, text->str);
    }
}

static void
test_canonical (void)
{
  static const struct
  {
    const char *json;
    const char *canonical;
  } cases[] = {
    { " { \"b\" : 1.0 , \"a\" : [ 1.00 , 1e2, -0 ] } ", "{\"a\":[1.00,1e2,-0],\"b\":1.0}" },
    { "{\"z\":{\"y\":null,\"x\":true},\"\":false}", "{\"\":false,\"z\":{\"x\":true,\"y\":null}}" },
    { "\"\\u0041\\/\\u00e9\\u0000\"", "\"A/\xc3\xa9\\u0000\"" },
    /* By code point, where UTF-16 would turn these two round. */
    { "{\"\xf0\x90\x80\x80\":1,\"\xef\xbf\xbd\":2}", "{\"\xef\xbf\xbd\":2,\"\xf0\x90\x80\x80\":1}" },
    { "{\"ab\":1,\"a\":2,\"a\\u0000\":3,\"B\":4}", "{\"B\":4,\"a\":2,\"a\\u0000\":3,\"ab\":1}" },
    { "92233720368547758070.123456789", "92233720368547758070.123456789" },
    { "[]", "[]" },
    { "{}", "{}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) json = g_bytes_new_static (cases[i].json, strlen (cases[i].json));
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) canonical = cs_json_canonicalise (json, &error);
      g_autoptr (GBytes) again = NULL;

      g_assert_no_error (error);
      assert_bytes (canonical, cases[i].canonical);
      again = cs_json_canonicalise (canonical, &error);
      g_assert_true (g_bytes_equal (canonical, again));
    }
}

static void
test_canonical_refuses (void)
{
  static const struct
  {
    const char *json;
    CsEncodingError code;
  } cases[] = {
    { "{\"a\":1,\"a\":1}", CS_ENCODING_ERROR_SHAPE },
    { "[{\"b\":0,\"a\":1,\"\\u0061\":2}]", CS_ENCODING_ERROR_SHAPE },
    { "{", CS_ENCODING_ERROR_SYNTAX },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) json = g_bytes_new_static (cases[i].json, strlen (cases[i].json));
      g_autoptr (GError) error = NULL;

      g_assert_null (cs_json_canonicalise (json, &error));
      g_assert_error (error, CS_ENCODING_ERROR, (int)cases[i].code);
    }
}

static void
test_hash (void)
{
  g_autofree char *of_nothing = cs_sha256_hex (NULL, 0);
  g_autofree char *of_abc = cs_sha256_hex ("abc", 3);

  g_assert_cmpstr (of_nothing, ==, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  g_assert_cmpstr (of_abc, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/builder/document", test_document);
  g_test_add_func ("/json/builder/xero-6-4-exact-money", test_money);
  g_test_add_func ("/json/builder/text-is-escaped", test_text_is_escaped);
  g_test_add_func ("/json/builder/text-is-made-valid", test_text_is_made_valid);
  g_test_add_func ("/json/builder/text-is-escaped-anywhere", test_text_is_escaped_anywhere);
  g_test_add_func ("/json/builder/text-round-trips", test_text_round_trips);
  g_test_add_func ("/json/canonical/one-way-to-write-it", test_canonical);
  g_test_add_func ("/json/canonical/refuses-two-of-one-name", test_canonical_refuses);
  g_test_add_func ("/json/hash", test_hash);
  return g_test_run ();
}
