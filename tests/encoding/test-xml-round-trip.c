/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xml.h"

static const char *const pieces[]
    = { "<",         ">",   "</",   "/>",       "&",         ";",           "&amp;",        "&#0;",
        "&#x1F600;", "&x;", "<!--", "-->",      "<![CDATA[", "]]>",         "<!DOCTYPE x>", "<?",
        "?>",        "\"",  "'",    "=",        "\xff",      "\xc3",        "\x01",         "]",
        "-",         "<a>", "</a>", "<Client>", "</Client>", "xmlns:x='y'", "x:",           "\xef\xbb\xbf",
        "\n" };

static guint
below (GRand *random, gsize bound)
{
  return (guint)g_rand_int_range (random, 0, (gint32)MAX (bound, 1));
}

/* What is written is read back as it was, but for what XML can't hold. */
static void
test_round_trip (void)
{
  for (guint seed = 0; seed < 2000; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (CsXmlWriter) writer = cs_xml_writer_new ();
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (CsXmlDocument) document = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *expected = NULL;
      g_autofree char *read = NULL;
      g_autofree char *attribute = NULL;

      for (guint length = below (random, 60); length > 0; length--)
        if (below (random, 2) == 0)
          g_string_append (text, pieces[below (random, G_N_ELEMENTS (pieces))]);
        else
          g_string_append_c (text, (char)(1 + below (random, 255)));
      expected = cs_xml_clean_text (text->str);
      cs_xml_writer_begin (writer, "R");
      cs_xml_writer_attribute (writer, "a", text->str);
      cs_xml_writer_text (writer, "N", text->str);
      bytes = cs_xml_writer_finish (writer);
      document = cs_xml_document_parse (bytes, &error);
      g_assert_no_error (error);
      read = cs_xml_dup_text (cs_xml_document_get_root (document), "N");
      attribute = cs_xml_dup_attribute (cs_xml_document_get_root (document), "a");
      g_assert_cmpstr (read, ==, expected);
      g_assert_cmpstr (attribute, ==, expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xml-round-trip", test_round_trip);
  return g_test_run ();
}
