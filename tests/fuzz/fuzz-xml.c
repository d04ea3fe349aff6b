/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xml.h"
#include "fuzz.h"

#include <string.h>

/* XML: whatever comes in, both ways of reading say the same of it, in whatever pieces it comes, and keep
 * their bounds. */

typedef struct
{
  const guint8 *data;
  gsize size;
  gsize read;
  gsize piece; /* how much is given at once; 0: all that there is room for */
} Source;

static gssize
read_source (gpointer buffer, gsize size, gpointer data, GError **error)
{
  Source *source = data;
  gsize n = MIN (size, source->size - source->read);

  if (source->piece > 0)
    n = MIN (n, source->piece);
  if (n > 0)
    memcpy (buffer, source->data + source->read, n);
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
stream (const guint8 *data, gsize size, gsize piece)
{
  Source source = { data, size, 0, piece };
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
read_whole (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
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

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *whole = read_whole (data, size);
  g_autofree char *streamed = stream (data, size, 0);
  g_autofree char *in_pieces = stream (data, size, 1 + size % 7);

  g_assert_cmpstr (whole, ==, streamed);
  g_assert_cmpstr (streamed, ==, in_pieces);
  return 0;
}
