/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-xml.h"

#include "sandbox-decimal.h"
#include "sandbox-time.h"

#include <libxml/parser.h>
#include <string.h>

/* By spans, as in sandbox-json.c. What XML 1.0 has no way to write is left out. */
static void
append_escaped (GString *out, const char *value)
{
  const char *start = value;
  const char *p = value;

  for (; *p != '\0'; p++)
    {
      guchar byte = (guchar)*p;
      const char *escape = byte == '&'    ? "&amp;"
                           : byte == '<'  ? "&lt;"
                           : byte == '>'  ? "&gt;"
                           : byte == '\r' ? "&#13;"
                                          : NULL;

      if (escape == NULL && (byte >= 0x20 || byte == '\n' || byte == '\t'))
        continue;
      g_string_append_len (out, start, p - start);
      start = p + 1;
      if (escape != NULL)
        g_string_append (out, escape);
    }
  g_string_append_len (out, start, p - start);
}

/* `name` may carry attributes: what the sandbox writes has them in one place. */
void
sandbox_xml_open (SandboxXml *xml, const char *name)
{
  g_string_append_c (xml->text, '<');
  g_string_append (xml->text, name);
  g_string_append_c (xml->text, '>');
}

void
sandbox_xml_close (SandboxXml *xml, const char *name)
{
  g_string_append (xml->text, "</");
  g_string_append (xml->text, name);
  g_string_append_c (xml->text, '>');
}

/* Both spellings of nothing occur, and the element may be missing (xpm 1.4): which of the two is a matter of
 * the name, so that an answer is the same each time. */
void
sandbox_xml_empty (SandboxXml *xml, const char *name)
{
  if (xml->leave_out)
    return;
  if (strlen (name) % 2 == 0)
    {
      g_string_append_c (xml->text, '<');
      g_string_append (xml->text, name);
      g_string_append (xml->text, " />");
      return;
    }
  sandbox_xml_open (xml, name);
  sandbox_xml_close (xml, name);
}

void
sandbox_xml_text (SandboxXml *xml, const char *name, const char *value)
{
  if (value == NULL || *value == '\0')
    {
      sandbox_xml_empty (xml, name);
      return;
    }
  sandbox_xml_open (xml, name);
  append_escaped (xml->text, value);
  sandbox_xml_close (xml, name);
}

/* Missing where there is nothing, whatever is assumed of empty ones. */
void
sandbox_xml_optional (SandboxXml *xml, const char *name, const char *value)
{
  if (value != NULL && *value != '\0')
    sandbox_xml_text (xml, name, value);
}

/* Clients, contacts and groups say Yes and No; tasks, notes and custom fields true and false (xpm 1.4). */
void
sandbox_xml_yes_no (SandboxXml *xml, const char *name, gboolean value)
{
  sandbox_xml_text (xml, name, value ? "Yes" : "No");
}

void
sandbox_xml_flag (SandboxXml *xml, const char *name, gboolean value)
{
  sandbox_xml_text (xml, name, value ? "true" : "false");
}

void
sandbox_xml_integer (SandboxXml *xml, const char *name, gint64 value)
{
  sandbox_xml_decimal (xml, name, value, 0);
}

void
sandbox_xml_decimal (SandboxXml *xml, const char *name, gint64 value, guint places)
{
  sandbox_xml_open (xml, name);
  sandbox_decimal_append (xml->text, value, places);
  sandbox_xml_close (xml, name);
}

/* A day is written as its midnight, without a zone (xpm 1.4). */
void
sandbox_xml_day (SandboxXml *xml, const char *name, int day)
{
  if (day == SANDBOX_NO_DAY)
    {
      sandbox_xml_empty (xml, name);
      return;
    }
  sandbox_xml_open (xml, name);
  sandbox_day_append (xml->text, day);
  g_string_append (xml->text, "T00:00:00");
  sandbox_xml_close (xml, name);
}

/* NULL: not well-formed, or with a DTD, for which nothing here has a use. The caller bounds the length. */
xmlDoc *
sandbox_xml_read (const char *text, gsize length)
{
  g_autoptr (xmlDoc) document = NULL;

  if (length == 0 || length > G_MAXINT || g_strstr_len (text, (gssize)length, "<!DOCTYPE") != NULL)
    return NULL;
  document = xmlReadMemory (text, (int)length, NULL, "UTF-8",
                            XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  if (document == NULL || document->intSubset != NULL || xmlDocGetRootElement (document) == NULL)
    return NULL;
  return g_steal_pointer (&document);
}

gboolean
sandbox_xml_is (const xmlNode *node, const char *name)
{
  return node != NULL && node->type == XML_ELEMENT_NODE && xmlStrEqual (node->name, BAD_CAST name);
}

static xmlNode *
find (xmlNode *node, const char *name)
{
  while (node != NULL && !sandbox_xml_is (node, name))
    node = node->next;
  return node;
}

xmlNode *
sandbox_xml_child (const xmlNode *parent, const char *name)
{
  return parent != NULL ? find (parent->children, name) : NULL;
}

/* The next of that name beside it. */
xmlNode *
sandbox_xml_next (const xmlNode *node, const char *name)
{
  return find (node->next, name);
}

/* Its text without the space around it; NULL: there is no such element. */
char *
sandbox_xml_dup (const xmlNode *parent, const char *name)
{
  xmlNode *node = sandbox_xml_child (parent, name);
  xmlChar *content = node != NULL ? xmlNodeGetContent (node) : NULL;
  char *text = node != NULL ? g_strstrip (g_strdup (content != NULL ? (const char *)content : "")) : NULL;

  xmlFree (content);
  return text;
}

char *
sandbox_xml_dup_attribute (const xmlNode *node, const char *name)
{
  xmlChar *content = xmlGetNoNsProp (node, BAD_CAST name);
  char *text = content != NULL ? g_strstrip (g_strdup ((const char *)content)) : NULL;

  xmlFree (content);
  return text;
}
