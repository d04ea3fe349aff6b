/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xml.h"
#include "cs-xml-guard.h"

#include <libxml/xmlreader.h>
#include <string.h>

#define CHUNK_BYTES (16u * 1024u)
/* IGNORE_ENC: an answer in UTF-8 that says "utf-16" of itself is a known slip of its platform. */
#define OPTIONS (XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_COMPACT | XML_PARSE_IGNORE_ENC)

#if LIBXML_VERSION >= 21200
typedef const xmlError *Complaint;
#else
typedef xmlErrorPtr Complaint;
#endif

struct _CsXmlReader
{
  char *list; /* (nullable): whose children are records */
  CsXmlSource source;
  gpointer data;
  GBytes *bytes; /* (nullable) */
  gsize read;    /* of @bytes */
  CsXmlGuard guard;
  GString *ready; /* past the guard, not yet with the parser */
  gsize given;    /* of @ready */
  gsize record_start;
  gboolean is_over;
  gboolean has_next; /* the parser stands on what was given out last, or past it */
  GError *error;
  int line; /* of the parser's first complaint, -1: none */
  xmlTextReader *reader;
};

static gssize
read_bytes (gpointer buffer, gsize size, gpointer data, GError **error)
{
  CsXmlReader *reader = data;
  gsize total;
  const char *bytes = g_bytes_get_data (reader->bytes, &total);
  gsize n = MIN (size, total - reader->read);

  if (n > 0)
    memcpy (buffer, bytes + reader->read, n);
  reader->read += n;
  return (gssize)n;
}

/* Another chunk past the guard. */
static gboolean
fill (CsXmlReader *reader)
{
  char chunk[CHUNK_BYTES];
  gssize n;

  g_string_truncate (reader->ready, 0);
  reader->given = 0;
  while (reader->ready->len == 0 && !reader->is_over)
    {
      n = reader->source (chunk, sizeof chunk, reader->data, &reader->error);
      if (n < 0)
        return FALSE;
      reader->is_over = n == 0;
      if (n == 0)
        cs_xml_guard_end (&reader->guard, reader->ready);
      else if (!cs_xml_guard_pass (&reader->guard, chunk, (gsize)n, reader->ready, &reader->error))
        return FALSE;
    }
  if (reader->guard.total - reader->record_start > CS_XML_RECORD_BYTES_MAX + CHUNK_BYTES)
    {
      g_set_error_literal (&reader->error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_LIMIT,
                           "A record of this XML is larger than can be right");
      return FALSE;
    }
  return TRUE;
}

static int
on_read (void *data, char *buffer, int size)
{
  CsXmlReader *reader = data;
  gsize n;

  if (reader->error != NULL)
    return -1;
  if (reader->given == reader->ready->len && !fill (reader))
    return -1;
  n = MIN ((gsize)size, reader->ready->len - reader->given);
  memcpy (buffer, reader->ready->str + reader->given, n);
  reader->given += n;
  return (int)n;
}

/* The parser's own words may quote the content: only where it stumbled is kept. */
static void
on_complaint (void *data, Complaint complaint)
{
  CsXmlReader *reader = data;

  if (complaint->level >= XML_ERR_FATAL && reader->line < 0)
    reader->line = complaint->line;
}

/**
 * cs_xml_reader_new:
 * @list: (nullable): the child of the root whose children are the records
 * @source: where the bytes come from, in UTF-8
 * @data: for @source
 *
 * Returns: (transfer full): a reader before the first record
 */
CsXmlReader *
cs_xml_reader_new (const char *list, CsXmlSource source, gpointer data)
{
  CsXmlReader *reader;

  g_return_val_if_fail (source != NULL, NULL);

  xmlInitParser ();
  reader = g_new0 (CsXmlReader, 1);
  reader->list = g_strdup (list);
  reader->source = source;
  reader->data = data;
  reader->ready = g_string_sized_new (2 * CHUNK_BYTES);
  reader->line = -1;
  cs_xml_guard_init (&reader->guard);
  return reader;
}

/** cs_xml_reader_new_for_bytes: Returns: (transfer full): as cs_xml_reader_new(), over @bytes */
CsXmlReader *
cs_xml_reader_new_for_bytes (const char *list, GBytes *bytes)
{
  CsXmlReader *reader;

  g_return_val_if_fail (bytes != NULL, NULL);

  reader = cs_xml_reader_new (list, read_bytes, NULL);
  reader->data = reader;
  reader->bytes = g_bytes_ref (bytes);
  return reader;
}

/** cs_xml_reader_free: frees the reader and what it gave out. */
void
cs_xml_reader_free (CsXmlReader *reader)
{
  if (reader == NULL)
    return;
  g_clear_pointer (&reader->reader, xmlFreeTextReader);
  g_clear_pointer (&reader->bytes, g_bytes_unref);
  g_clear_error (&reader->error);
  cs_xml_guard_clear (&reader->guard);
  g_string_free (reader->ready, TRUE);
  g_free (reader->list);
  g_free (reader);
}

static gboolean
fail (CsXmlReader *reader, GError **error)
{
  if (reader->error == NULL && reader->line >= 0)
    g_set_error (&reader->error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_SYNTAX, "This is not XML: line %d",
                 reader->line);
  else if (reader->error == NULL)
    g_set_error_literal (&reader->error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_SYNTAX, "This is not XML");
  if (error != NULL)
    *error = g_error_copy (reader->error);
  return FALSE;
}

static gboolean
start (CsXmlReader *reader, GError **error)
{
  reader->reader = xmlReaderForIO (on_read, NULL, reader, NULL, "UTF-8", OPTIONS);
  if (reader->reader == NULL)
    return fail (reader, error);
  xmlTextReaderSetStructuredErrorHandler (reader->reader, on_complaint, reader);
  return TRUE;
}

/* One step of the parser: past the subtree that was given out, or to the next node. 0: the end. */
static int
step (CsXmlReader *reader, GError **error)
{
  int found = reader->has_next ? xmlTextReaderNext (reader->reader) : xmlTextReaderRead (reader->reader);

  reader->has_next = FALSE;
  if (found < 0 || reader->error != NULL || reader->line >= 0)
    {
      fail (reader, error);
      return -1;
    }
  return found;
}

/* Whether the parser stands on something to give out: a child of the root, or of its list. */
static gboolean
is_record (CsXmlReader *reader)
{
  int depth = xmlTextReaderDepth (reader->reader);
  const char *name = (const char *)xmlTextReaderConstLocalName (reader->reader);

  if (xmlTextReaderNodeType (reader->reader) != XML_READER_TYPE_ELEMENT)
    return FALSE;
  return depth == 2 || (depth == 1 && g_strcmp0 (name, reader->list) != 0);
}

static const CsXmlElement *
expand (CsXmlReader *reader, GError **error)
{
  xmlNode *node = xmlTextReaderExpand (reader->reader);

  if (node == NULL || reader->error != NULL || reader->line >= 0)
    {
      fail (reader, error);
      return NULL;
    }
  reader->has_next = TRUE;
  reader->record_start = reader->guard.total;
  return (const CsXmlElement *)node;
}

/**
 * cs_xml_reader_next:
 * @reader: a reader
 * @error: syntax, a limit, or what the source said; it stays so
 *
 * The children of the root, in their order; in place of the list, its children.
 *
 * Returns: (transfer none) (nullable): the next, until the next call; %NULL without @error after the last,
 * which a document that ends too early never reaches
 */
const CsXmlElement *
cs_xml_reader_next (CsXmlReader *reader, GError **error)
{
  int found;

  g_return_val_if_fail (reader != NULL, NULL);

  if (reader->error != NULL)
    {
      fail (reader, error);
      return NULL;
    }
  if (reader->reader == NULL && !start (reader, error))
    return NULL;
  while ((found = step (reader, error)) > 0)
    if (is_record (reader))
      return expand (reader, error);
  return NULL;
}
