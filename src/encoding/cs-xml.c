/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xml.h"
#include "cs-xml-guard.h"

#include <libxml/parser.h>
#include <libxml/xmlwriter.h>
#include <string.h>

#define OPTIONS                                                                                              \
  (XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_COMPACT | XML_PARSE_IGNORE_ENC | XML_PARSE_NOERROR        \
   | XML_PARSE_NOWARNING)

struct _CsXmlWriter
{
  xmlBuffer *buffer;
  xmlTextWriter *writer;
};

static GString *
guard_all (GBytes *bytes, GError **error)
{
  g_autoptr (GString) mended = NULL;
  CsXmlGuard guard;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  gboolean may_pass;

  if (size > CS_XML_RECORD_BYTES_MAX)
    {
      g_set_error_literal (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_LIMIT,
                           "This XML is larger than can be right");
      return NULL;
    }
  mended = g_string_sized_new (size + 1);
  cs_xml_guard_init (&guard);
  may_pass = cs_xml_guard_pass (&guard, data, size, mended, error);
  if (may_pass)
    cs_xml_guard_end (&guard, mended);
  cs_xml_guard_clear (&guard);
  return may_pass ? g_steal_pointer (&mended) : NULL;
}

/**
 * cs_xml_document_parse:
 * @bytes: XML in UTF-8, whatever it says of itself
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the document; %NULL with %CS_ENCODING_ERROR_SYNTAX,
 * %CS_ENCODING_ERROR_SHAPE for a document type, or %CS_ENCODING_ERROR_LIMIT beyond a bound of cs-xml.h
 */
CsXmlDocument *
cs_xml_document_parse (GBytes *bytes, GError **error)
{
  g_autoptr (GString) text = NULL;
  xmlParserCtxt *context;
  const xmlError *complaint;
  xmlDoc *document;
  int line;

  g_return_val_if_fail (bytes != NULL, NULL);

  xmlInitParser ();
  text = guard_all (bytes, error);
  if (text == NULL)
    return NULL;
  context = xmlNewParserCtxt ();
  document = xmlCtxtReadMemory (context, text->str, (int)text->len, NULL, "UTF-8", OPTIONS);
  complaint = xmlCtxtGetLastError (context);
  line = complaint != NULL ? complaint->line : 0;
  xmlFreeParserCtxt (context);
  if (document == NULL || xmlDocGetRootElement (document) == NULL)
    {
      g_clear_pointer (&document, xmlFreeDoc);
      g_set_error (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_SYNTAX, "This is not XML: line %d", line);
      return NULL;
    }
  return (CsXmlDocument *)document;
}

/** cs_xml_document_free: frees the document; its elements go with it. */
void
cs_xml_document_free (CsXmlDocument *document)
{
  if (document != NULL)
    xmlFreeDoc ((xmlDoc *)document);
}

/** cs_xml_document_get_root: Returns: (transfer none): the outermost element */
const CsXmlElement *
cs_xml_document_get_root (const CsXmlDocument *document)
{
  g_return_val_if_fail (document != NULL, NULL);

  return (const CsXmlElement *)xmlDocGetRootElement ((xmlDoc *)document);
}

/** cs_xml_writer_new: Returns: (transfer full): a writer of an empty document without a declaration */
CsXmlWriter *
cs_xml_writer_new (void)
{
  CsXmlWriter *writer = g_new0 (CsXmlWriter, 1);

  xmlInitParser ();
  writer->buffer = xmlBufferCreate ();
  writer->writer = xmlNewTextWriterMemory (writer->buffer, 0);
  g_assert (writer->writer != NULL);
  return writer;
}

/** cs_xml_writer_free: frees the writer. */
void
cs_xml_writer_free (CsXmlWriter *writer)
{
  if (writer == NULL)
    return;
  xmlFreeTextWriter (writer->writer);
  xmlBufferFree (writer->buffer);
  g_free (writer);
}

/* Only memory can fail here, and that ends the program as it does everywhere in GLib. */
static void
check (int written)
{
  g_assert (written >= 0);
}

/** cs_xml_writer_begin: opens the element @name, a name of our own. */
void
cs_xml_writer_begin (CsXmlWriter *writer, const char *name)
{
  g_return_if_fail (writer != NULL && name != NULL);

  check (xmlTextWriterStartElement (writer->writer, (const xmlChar *)name));
}

/** cs_xml_writer_end: closes the element that was opened last. */
void
cs_xml_writer_end (CsXmlWriter *writer)
{
  g_return_if_fail (writer != NULL);

  check (xmlTextWriterEndElement (writer->writer));
}

/**
 * cs_xml_clean_text:
 * @text: (nullable): what a person typed, or another remote said
 *
 * Returns: (transfer full): @text without what XML 1.0 forbids (xpm.md section 9, 16), lines ended by LF,
 * valid UTF-8
 */
char *
cs_xml_clean_text (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  GString *clean = g_string_sized_new (strlen (valid) + 1);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == '\r')
        {
          if (at[1] != '\n')
            g_string_append_c (clean, '\n');
        }
      else if (cs_xml_is_character (c))
        g_string_append_unichar (clean, c);
    }
  return g_string_free (clean, FALSE);
}

/** cs_xml_writer_attribute: gives the element that was just opened an attribute. */
void
cs_xml_writer_attribute (CsXmlWriter *writer, const char *name, const char *value)
{
  g_autofree char *clean = cs_xml_clean_text (value);

  g_return_if_fail (writer != NULL && name != NULL);

  check (xmlTextWriterWriteAttribute (writer->writer, (const xmlChar *)name, (const xmlChar *)clean));
}

/** cs_xml_writer_text: writes a whole element; @text (nullable) "" makes an empty one. */
void
cs_xml_writer_text (CsXmlWriter *writer, const char *name, const char *text)
{
  g_autofree char *clean = cs_xml_clean_text (text);

  g_return_if_fail (writer != NULL && name != NULL);

  cs_xml_writer_begin (writer, name);
  if (clean[0] != '\0')
    check (xmlTextWriterWriteString (writer->writer, (const xmlChar *)clean));
  cs_xml_writer_end (writer);
}

/** cs_xml_writer_finish: Returns: (transfer full): the document, each open element closed; write no more */
GBytes *
cs_xml_writer_finish (CsXmlWriter *writer)
{
  gsize size;

  g_return_val_if_fail (writer != NULL, NULL);

  check (xmlTextWriterEndDocument (writer->writer));
  size = (gsize)xmlBufferLength (writer->buffer);
  /* The newline after a document is nothing that a remote waits for. */
  while (size > 0 && xmlBufferContent (writer->buffer)[size - 1] == '\n')
    size--;
  return g_bytes_new (xmlBufferContent (writer->buffer), size);
}
