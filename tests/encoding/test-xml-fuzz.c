/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xml.h"

#include <string.h>

/* The corpus, changed at random from a seed: whatever comes in, both ways of reading say the same of it, in
 * whatever pieces it comes, and keep their bounds. COUNTERSIGN_NIGHTLY=1 takes twenty times as many. */
#define DOCUMENTS 12000
#define NIGHTLY_FACTOR 20

static GPtrArray *corpus; /* of GString */

static const char *const pieces[]
    = { "<",         ">",   "</",   "/>",       "&",         ";",           "&amp;",        "&#0;",
        "&#x1F600;", "&x;", "<!--", "-->",      "<![CDATA[", "]]>",         "<!DOCTYPE x>", "<?",
        "?>",        "\"",  "'",    "=",        "\xff",      "\xc3",        "\x01",         "]",
        "-",         "<a>", "</a>", "<Client>", "</Client>", "xmlns:x='y'", "x:",           "\xef\xbb\xbf",
        "\n" };

static void
load_corpus (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "encoding", "corpus", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_assert_no_error (error);
  corpus = g_ptr_array_new ();
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".xml"))
      g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort_values (names, (GCompareFunc)strcmp);
  for (guint i = 0; i < names->len; i++)
    {
      char *text;
      gsize size;

      g_assert_true (g_file_get_contents (g_ptr_array_index (names, i), &text, &size, NULL));
      g_ptr_array_add (corpus, g_string_new_len (text, (gssize)size));
      g_free (text);
    }
  g_assert_cmpuint (corpus->len, >=, 8);
}

static guint
below (GRand *random, gsize bound)
{
  return (guint)g_rand_int_range (random, 0, (gint32)MAX (bound, 1));
}

static void
change_once (GRand *random, GString *text)
{
  const GString *other = g_ptr_array_index (corpus, below (random, corpus->len));
  gsize at = below (random, text->len + 1);
  gsize from = below (random, other->len);
  const char *piece = pieces[below (random, G_N_ELEMENTS (pieces))];

  switch (below (random, 6))
    {
    case 0:
      g_string_insert (text, (gssize)at, piece);
      break;
    case 1:
      g_string_erase (text, (gssize)at, (gssize)below (random, MIN (40, text->len - at + 1)));
      break;
    case 2:
      if (text->len > 0)
        text->str[at % text->len] = (char)below (random, 256);
      break;
    case 3:
      g_string_insert_len (text, (gssize)at, other->str + from,
                           (gssize)below (random, MIN (200, other->len - from + 1)));
      break;
    case 4:
      g_string_truncate (text, at);
      break;
    default:
      for (guint n = below (random, 80); n > 0; n--)
        g_string_insert (text, (gssize)at, piece);
    }
}

typedef struct
{
  const GString *text;
  gsize read;
  GRand *random; /* (nullable): in pieces of any size */
} Source;

static gssize
read_source (gpointer buffer, gsize size, gpointer data, GError **error)
{
  Source *source = data;
  gsize n = MIN (size, source->text->len - source->read);

  if (source->random != NULL && n > 1)
    n = 1 + below (source->random, n);
  if (n > 0)
    memcpy (buffer, source->text->str + source->read, n);
  source->read += n;
  return (gssize)n;
}

/* Everything that a reading gives, as one line of text. */
static void
describe (const CsXmlElement *element, guint depth, GString *out)
{
  g_autofree char *content = cs_xml_dup_content (element);
  CsXmlIterator iterator;
  const CsXmlElement *child;

  g_assert_cmpuint (depth, <=, CS_XML_DEPTH_MAX);
  g_assert_cmpuint (strlen (content), <=, CS_XML_RECORD_BYTES_MAX);
  g_assert_true (g_utf8_validate (content, -1, NULL));
  g_string_append_printf (out, "<%s|%s", cs_xml_get_name (element), content);
  cs_xml_iterator_init (&iterator, element, NULL);
  while ((child = cs_xml_iterator_next (&iterator)) != NULL)
    describe (child, depth + 1, out);
  g_string_append_c (out, '>');
}

static char *
stream (const GString *text, GRand *random)
{
  Source source = { text, 0, random };
  g_autoptr (CsXmlReader) reader = cs_xml_reader_new ("Clients", read_source, &source);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  const CsXmlElement *element;

  while ((element = cs_xml_reader_next (reader, &error)) != NULL)
    describe (element, 1, out);
  if (error == NULL)
    return g_string_free (g_steal_pointer (&out), FALSE);
  g_assert_true (error->domain == CS_ENCODING_ERROR);
  return NULL;
}

static char *
read_whole (const GString *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text->str, text->len);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsXmlDocument) document = cs_xml_document_parse (bytes, &error);
  g_autoptr (GString) out = g_string_new (NULL);
  CsXmlIterator iterator;
  CsXmlIterator records;
  const CsXmlElement *child;

  if (document == NULL)
    {
      g_assert_true (error->domain == CS_ENCODING_ERROR);
      return NULL;
    }
  cs_xml_iterator_init (&iterator, cs_xml_document_get_root (document), NULL);
  while ((child = cs_xml_iterator_next (&iterator)) != NULL)
    if (g_strcmp0 (cs_xml_get_name (child), "Clients") != 0)
      describe (child, 1, out);
    else
      for (cs_xml_iterator_init (&records, child, NULL); (child = cs_xml_iterator_next (&records)) != NULL;)
        describe (child, 1, out);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
test_mutations (void)
{
  guint n = DOCUMENTS * (g_getenv ("COUNTERSIGN_NIGHTLY") != NULL ? NIGHTLY_FACTOR : 1);
  guint accepted = 0;

  for (guint seed = 0; seed < n; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      const GString *original = g_ptr_array_index (corpus, seed % corpus->len);
      g_autoptr (GString) text = g_string_new_len (original->str, (gssize)original->len);
      g_autofree char *whole = NULL;
      g_autofree char *streamed = NULL;
      g_autofree char *in_pieces = NULL;

      for (guint changes = 1 + below (random, 4); changes > 0; changes--)
        change_once (random, text);
      whole = read_whole (text);
      streamed = stream (text, NULL);
      in_pieces = stream (text, random);
      if (g_strcmp0 (whole, streamed) != 0 || g_strcmp0 (streamed, in_pieces) != 0)
        g_error ("Seed %u is read in different ways: %s / %s / %s", seed, whole, streamed, in_pieces);
      accepted += whole != NULL;
    }
  g_test_message ("%u documents, %u of them accepted", n, accepted);
  g_assert_cmpuint (accepted, >, n / 20);
  g_assert_cmpuint (accepted, <, n - n / 20);
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
  int result;

  g_test_init (&argc, &argv, NULL);
  load_corpus ();
  g_test_add_func ("/xml-fuzz/mutations", test_mutations);
  g_test_add_func ("/xml-fuzz/round trip", test_round_trip);
  result = g_test_run ();
  for (guint i = 0; i < corpus->len; i++)
    g_string_free (g_ptr_array_index (corpus, i), TRUE);
  g_ptr_array_unref (corpus);
  return result;
}
