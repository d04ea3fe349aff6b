/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-json.h"

G_BEGIN_DECLS

/* The one door to XML (libxml2), bounded on each side before the parser sees a byte: no document type, no
 * entity but the five and the numbered, no network. Its errors are CS_ENCODING_ERROR and never quote the
 * content. */
#define CS_XML_BYTES_MAX (512u * 1024u * 1024u) /* of a stream */
#define CS_XML_RECORD_BYTES_MAX (1024u * 1024u) /* of what is in memory at once, chunks of reading apart */
#define CS_XML_TEXT_BYTES_MAX (256u * 1024u)    /* of one text, and of one tag */
#define CS_XML_ATTRIBUTES_MAX 32
#define CS_XML_DEPTH_MAX 32

/* An element, borrowed from its document or reader; NULL means "not there" and every getter takes it. */
typedef struct _CsXmlElement CsXmlElement; /* opaque: an xmlNode */

const char *cs_xml_get_name (const CsXmlElement *element);
const CsXmlElement *cs_xml_get_child (const CsXmlElement *element, const char *name);
char *cs_xml_dup_content (const CsXmlElement *element);
char *cs_xml_dup_text (const CsXmlElement *element, const char *name);
char *cs_xml_dup_text_or_empty (const CsXmlElement *element, const char *name);
char *cs_xml_dup_attribute (const CsXmlElement *element, const char *name);

typedef struct
{
  const CsXmlElement *next;
  const char *name;
} CsXmlIterator;
void cs_xml_iterator_init (CsXmlIterator *iterator, const CsXmlElement *parent, const char *name);
const CsXmlElement *cs_xml_iterator_next (CsXmlIterator *iterator);

/* A short answer, whole. */
typedef struct _CsXmlDocument CsXmlDocument;
CsXmlDocument *cs_xml_document_parse (GBytes *bytes, GError **error);
void cs_xml_document_free (CsXmlDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsXmlDocument, cs_xml_document_free)
const CsXmlElement *cs_xml_document_get_root (const CsXmlDocument *document);

/* Gives up to @size bytes; 0 at the end, -1 with @error. */
typedef gssize (*CsXmlSource) (gpointer buffer, gsize size, gpointer data, GError **error);

/* A long answer, one record after the other, in the memory of one. */
typedef struct _CsXmlReader CsXmlReader;
CsXmlReader *cs_xml_reader_new (const char *list, CsXmlSource source, gpointer data);
CsXmlReader *cs_xml_reader_new_for_bytes (const char *list, GBytes *bytes);
void cs_xml_reader_free (CsXmlReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsXmlReader, cs_xml_reader_free)
const CsXmlElement *cs_xml_reader_next (CsXmlReader *reader, GError **error);

/* Writing. Control characters that XML forbids are left out, and what is not UTF-8 is replaced. */
typedef struct _CsXmlWriter CsXmlWriter;
CsXmlWriter *cs_xml_writer_new (void);
void cs_xml_writer_free (CsXmlWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsXmlWriter, cs_xml_writer_free)
void cs_xml_writer_begin (CsXmlWriter *writer, const char *name);
void cs_xml_writer_end (CsXmlWriter *writer);
void cs_xml_writer_attribute (CsXmlWriter *writer, const char *name, const char *value);
void cs_xml_writer_text (CsXmlWriter *writer, const char *name, const char *text);
GBytes *cs_xml_writer_finish (CsXmlWriter *writer);
char *cs_xml_clean_text (const char *text);

G_END_DECLS
