/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xml.h"

#include <malloc.h>
#include <locale.h>
#include <string.h>

static GBytes *
bytes_of (const char *text)
{
  return g_bytes_new_static (text, strlen (text));
}

static CsXmlDocument *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = bytes_of (text);

  return cs_xml_document_parse (bytes, error);
}

static void
assert_refused (const char *text, CsEncodingError code)
{
  g_autoptr (GBytes) bytes = bytes_of (text);
  g_autoptr (CsXmlReader) reader = cs_xml_reader_new_for_bytes ("Clients", bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) streamed = NULL;

  g_assert_null (cs_xml_document_parse (bytes, &error));
  g_assert_error (error, CS_ENCODING_ERROR, (gint)code);
  g_assert_null (strstr (error->message, "s3cret"));
  while (cs_xml_reader_next (reader, &streamed) != NULL)
    ;
  g_assert_error (streamed, CS_ENCODING_ERROR, (gint)code);
  g_assert_null (strstr (streamed->message, "s3cret"));
}

static void
assert_text (const char *xml, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsXmlDocument) document = parse (xml, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = cs_xml_dup_text (cs_xml_document_get_root (document), "N");
  g_assert_cmpstr (text, ==, expected);
}

static void
test_getters (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsXmlDocument) document
      = parse ("<R m='Get'><A/><B></B><C> x </C><L><I>1</I>mixed<J/><I>2</I></L></R>", &error);
  const CsXmlElement *root = cs_xml_document_get_root (document);
  const CsXmlElement *list = cs_xml_get_child (root, "L");
  g_autofree char *method = cs_xml_dup_attribute (root, "m");
  g_autofree char *empty = cs_xml_dup_text (root, "A");
  g_autofree char *also_empty = cs_xml_dup_text (root, "B");
  g_autofree char *blanks = cs_xml_dup_text (root, "C");
  g_autofree char *absent = cs_xml_dup_text_or_empty (root, "D");
  g_autofree char *own = cs_xml_dup_content (list);
  CsXmlIterator iterator;
  guint n = 0;

  g_assert_no_error (error);
  g_assert_cmpstr (cs_xml_get_name (root), ==, "R");
  g_assert_cmpstr (method, ==, "Get");
  g_assert_cmpstr (empty, ==, "");
  g_assert_cmpstr (also_empty, ==, "");
  g_assert_cmpstr (blanks, ==, " x ");
  g_assert_cmpstr (absent, ==, "");
  g_assert_cmpstr (own, ==, "mixed");
  g_assert_null (cs_xml_dup_text (root, "D"));
  g_assert_null (cs_xml_dup_attribute (root, "D"));
  cs_xml_iterator_init (&iterator, list, "I");
  while (cs_xml_iterator_next (&iterator) != NULL)
    n++;
  g_assert_cmpuint (n, ==, 2);
  cs_xml_iterator_init (&iterator, list, NULL);
  for (n = 0; cs_xml_iterator_next (&iterator) != NULL; n++)
    ;
  g_assert_cmpuint (n, ==, 3);
  g_assert_null (cs_xml_get_name (NULL));
  g_assert_null (cs_xml_get_child (NULL, "A"));
  g_assert_null (cs_xml_dup_text (NULL, "A"));
  g_assert_null (cs_xml_dup_attribute (NULL, "A"));
  cs_xml_iterator_init (&iterator, NULL, "I");
  g_assert_null (cs_xml_iterator_next (&iterator));
}

/* xpm.md 5.2: the documented "&" in an address; and nothing is lost of what was meant. */
static void
test_mends_ampersands (void)
{
  assert_text ("<R><N>a?b=1&c=2</N></R>", "a?b=1&c=2");
  assert_text ("<R><N>Smith & Sons</N></R>", "Smith & Sons");
  assert_text ("<R><N>&&amp;&</N></R>", "&&&");
  assert_text ("<R><N>AT&T;</N></R>", "AT&T;");
  assert_text ("<R><N>&nbsp;&averylongentityname;</N></R>", "&nbsp;&averylongentityname;");
  assert_text ("<R><N>&lt;&gt;&quot;&apos;&#65;&#x42;</N></R>", "<>\"'AB");
  assert_text ("<R><N><![CDATA[a & b &amp; c]]></N></R>", "a & b &amp; c");
  assert_text ("<R><!-- a & b --><?p a & b?><N>c</N></R>", "c");
}

/* xpm.md section 9, 16: forbidden characters, however they are spelt, cost a character and not a reading. */
static void
test_drops_control_characters (void)
{
  assert_text ("<R><N>a\x01"
               "b\x0b"
               "c\x1f</N></R>",
               "abc");
  assert_text ("<R><N>a&#0;b&#x1F;c&#xD800;&#xFFFE;d&#9;</N></R>", "abcd\t");
}

static void
test_encodings (void)
{
  assert_text ("<?xml version=\"1.0\" encoding=\"utf-16\"?><R><N>Ng\xc4\x81ti</N></R>", "Ng\xc4\x81ti");
  assert_text ("<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><R><N>\xc3\xa9</N></R>", "\xc3\xa9");
  assert_text ("\xef\xbb\xbf<R><N>x</N></R>", "x");
  assert_refused ("<R><N>\xe9</N></R>", CS_ENCODING_ERROR_SYNTAX);
}

static void
test_refuses (void)
{
  static const char *const broken[] = {
    "",
    " ",
    "s3cret",
    "{\"Status\":401}",
    "<Response><Clients><Client>s3cret</Clients></Response>",
    "<Response><Clients><Client><Name>s3cret",
    "<Response></Response><s3cret/>",
    "<Response><s3cret a=1/></Response>",
    "<Response><s3cret a='<'/></Response>",
    "<Response>s3cret</response>",
  };
  static const char *const typed[] = {
    "<!DOCTYPE s3cret><Response/>",
    "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Response>&x;</Response>",
    "<?xml version='1.0'?>\n<!doctype html><html/>",
    "<Response><!ENTITY s3cret 'x'></Response>",
    "<Response><![INCLUDE[s3cret]]></Response>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_test_message ("broken %" G_GSIZE_FORMAT, i);
      assert_refused (broken[i], CS_ENCODING_ERROR_SYNTAX);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_test_message ("typed %" G_GSIZE_FORMAT, i);
      assert_refused (typed[i], CS_ENCODING_ERROR_SHAPE);
    }
}

static char *
nest (guint depth)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, "<a b='>/>'>");
  for (guint i = 0; i < depth; i++)
    g_string_append (text, "</a>");
  return g_string_free (text, FALSE);
}

static char *
with_attributes (guint n)
{
  GString *text = g_string_new ("<Response");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, " a%u='x=y'", i);
  g_string_append (text, "/>");
  return g_string_free (text, FALSE);
}

static char *
with_text (gsize length)
{
  g_autofree char *text = g_strnfill (length, 'x');

  return g_strdup_printf ("<Response><N>%s</N></Response>", text);
}

static void
test_bounds (void)
{
  g_autofree char *deep = nest (CS_XML_DEPTH_MAX);
  g_autofree char *too_deep = nest (CS_XML_DEPTH_MAX + 1);
  g_autofree char *wide = with_attributes (CS_XML_ATTRIBUTES_MAX);
  g_autofree char *too_wide = with_attributes (CS_XML_ATTRIBUTES_MAX + 1);
  g_autofree char *longest = with_text (CS_XML_TEXT_BYTES_MAX - 1);
  g_autofree char *too_long = with_text (CS_XML_TEXT_BYTES_MAX + 1);
  g_autofree char *name = g_strnfill (CS_XML_TEXT_BYTES_MAX + 1, 'n');
  g_autofree char *long_name = g_strconcat ("<", name, "/>", NULL);
  g_autofree char *comment = g_strconcat ("<!--", name, "--><R/>", NULL);
  const char *const good[] = { deep, wide, longest };
  const char *const bad[] = { too_deep, too_wide, too_long, long_name, comment };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CsXmlDocument) document = parse (good[i], &error);

      g_assert_no_error (error);
      g_assert_nonnull (document);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("case %" G_GSIZE_FORMAT, i);
      assert_refused (bad[i], CS_ENCODING_ERROR_LIMIT);
    }
}

/* Many elements that are each in bounds, in one record that is not. */
static void
test_record_bound (void)
{
  g_autoptr (GString) text = g_string_new ("<Response><Clients><Client>");

  while (text->len <= CS_XML_RECORD_BYTES_MAX + 64 * 1024)
    g_string_append (text, "<Note>0123456789012345678901234567890123456789</Note>");
  g_string_append (text, "</Client></Clients></Response>");
  assert_refused (text->str, CS_ENCODING_ERROR_LIMIT);
}

/* Makes a list of any length without holding it. */
typedef struct
{
  guint left;
  gsize given;
  gboolean ended;
  GString *ready;
} Endless;

static gssize
read_endless (gpointer buffer, gsize size, gpointer data, GError **error)
{
  Endless *endless = data;
  gsize n;

  if (endless->ready->len == 0 && endless->left > 0)
    {
      g_string_printf (endless->ready, "<Client><UUID>%08u</UUID><Name>A & B %u</Name><Notes>", endless->left,
                       endless->left);
      for (int i = 0; i < 60; i++)
        g_string_append (endless->ready, "<Note><Title>0123456789</Title><Text>0123456789</Text></Note>");
      g_string_append (endless->ready, "</Notes></Client>");
      endless->left--;
    }
  else if (endless->ready->len == 0 && !endless->ended)
    {
      g_string_assign (endless->ready, "</Clients></Response>");
      endless->ended = TRUE;
    }
  n = MIN (size, endless->ready->len);
  if (n > 0)
    memcpy (buffer, endless->ready->str, n);
  g_string_erase (endless->ready, 0, (gssize)n);
  endless->given += n;
  return (gssize)n;
}

#ifdef __SANITIZE_ADDRESS__
size_t __sanitizer_get_current_allocated_bytes (void); /* its header is a compiler's own */
#endif

/* What is allocated and not freed yet. */
static gsize
live_bytes (void)
{
#ifdef __SANITIZE_ADDRESS__
  return __sanitizer_get_current_allocated_bytes ();
#else
  return mallinfo2 ().uordblks;
#endif
}

/* 15,000 clients, about 50 MB (xpm.md 1.6), in the memory of one. */
static void
test_streams_in_bounded_memory (void)
{
  Endless endless = { .left = 15000, .ready = g_string_new ("<Response><Status>OK</Status><Clients>") };
  g_autoptr (CsXmlReader) reader = cs_xml_reader_new ("Clients", read_endless, &endless);
  g_autoptr (GError) error = NULL;
  const CsXmlElement *element;
  gsize start = 0;
  guint n = 0;

  while ((element = cs_xml_reader_next (reader, &error)) != NULL)
    {
      n += g_str_equal (cs_xml_get_name (element), "Client");
      if (n == 1000)
        start = live_bytes ();
    }
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 15000);
  g_assert_cmpuint (endless.given, >, 50u * 1000 * 1000);
  g_assert_cmpuint (live_bytes (), <, start + CS_XML_RECORD_BYTES_MAX);
  g_string_free (endless.ready, TRUE);
}

static gssize
fail_to_read (gpointer buffer, gsize size, gpointer data, GError **error)
{
  guint *calls = data;

  if ((*calls)++ == 0)
    {
      memcpy (buffer, "<R><L><I/>", 10);
      return 10;
    }
  g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_IO, "The disk is gone");
  return -1;
}

static void
test_source_fails (void)
{
  guint calls = 0;
  g_autoptr (CsXmlReader) reader = cs_xml_reader_new ("L", fail_to_read, &calls);
  g_autoptr (GError) error = NULL;

  while (cs_xml_reader_next (reader, &error) != NULL)
    ;
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_IO);
  g_clear_error (&error);
  g_assert_null (cs_xml_reader_next (reader, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_IO);
}

static void
test_reader_order (void)
{
  g_autoptr (GBytes) bytes
      = bytes_of ("<Response><Status>OK</Status><Clients><Client>1</Client><!-- x --><Client>2"
                  "</Client></Clients><Pagination><Clients/></Pagination></Response>");
  g_autoptr (CsXmlReader) reader = cs_xml_reader_new_for_bytes ("Clients", bytes);
  static const char *const expected[] = { "Status", "Client", "Client", "Pagination" };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpstr (cs_xml_get_name (cs_xml_reader_next (reader, &error)), ==, expected[i]);
  g_assert_null (cs_xml_reader_next (reader, &error));
  g_assert_no_error (error);
  g_assert_null (cs_xml_reader_next (reader, &error));
  g_assert_no_error (error);
}

static void
test_writer (void)
{
  g_autoptr (CsXmlWriter) writer = cs_xml_writer_new ();
  g_autoptr (GBytes) bytes = NULL;
  static const char expected[]
      = "<Job><ID>J1 &amp; &lt;b&gt;</ID><Note/><Text>a\nb\nc\td</Text><add uuid=\"&quot;x&amp;\"/></Job>";

  cs_xml_writer_begin (writer, "Job");
  cs_xml_writer_text (writer, "ID", "J1 & <b>");
  cs_xml_writer_text (writer, "Note", "");
  cs_xml_writer_text (writer, "Text",
                      "a\r\nb\rc\t\x01\x0b\xef\xbf\xbe"
                      "d");
  cs_xml_writer_begin (writer, "add");
  cs_xml_writer_attribute (writer, "uuid", "\"x&");
  bytes = cs_xml_writer_finish (writer);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), expected, strlen (expected));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xml/getters", test_getters);
  g_test_add_func ("/xml/ampersands (xpm.md 5.2)", test_mends_ampersands);
  g_test_add_func ("/xml/control characters (xpm.md 9)", test_drops_control_characters);
  g_test_add_func ("/xml/encodings", test_encodings);
  g_test_add_func ("/xml/refuses", test_refuses);
  g_test_add_func ("/xml/bounds", test_bounds);
  g_test_add_func ("/xml/record bound", test_record_bound);
  g_test_add_func ("/xml/bounded memory (xpm.md 1.6)", test_streams_in_bounded_memory);
  g_test_add_func ("/xml/source fails", test_source_fails);
  g_test_add_func ("/xml/reader order", test_reader_order);
  g_test_add_func ("/xml/writer", test_writer);
  return g_test_run ();
}
