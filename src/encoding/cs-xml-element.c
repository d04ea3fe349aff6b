/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xml.h"

#include <libxml/tree.h>

static const xmlNode *
as_node (const CsXmlElement *element)
{
  return (const xmlNode *)element;
}

/* The names are compared without their prefix: a remote that adds a namespace means the same. */
static gboolean
is_element (const xmlNode *node, const char *name)
{
  return node->type == XML_ELEMENT_NODE && (name == NULL || xmlStrEqual (node->name, (const xmlChar *)name));
}

static const CsXmlElement *
find_from (const xmlNode *node, const char *name)
{
  while (node != NULL && !is_element (node, name))
    node = node->next;
  return (const CsXmlElement *)node;
}

/** cs_xml_get_name: Returns: (nullable): the name of @element, without a prefix */
const char *
cs_xml_get_name (const CsXmlElement *element)
{
  return element != NULL ? (const char *)as_node (element)->name : NULL;
}

/** cs_xml_get_child: Returns: (nullable): the first child of @element that is called @name */
const CsXmlElement *
cs_xml_get_child (const CsXmlElement *element, const char *name)
{
  return element != NULL ? find_from (as_node (element)->children, name) : NULL;
}

/**
 * cs_xml_dup_content:
 * @element: (nullable): an element
 *
 * Returns: (transfer full) (nullable): its own text without that of its children; "" when it is empty, %NULL
 * when there is no element
 */
char *
cs_xml_dup_content (const CsXmlElement *element)
{
  GString *text;

  if (element == NULL)
    return NULL;
  text = g_string_new (NULL);
  for (const xmlNode *node = as_node (element)->children; node != NULL; node = node->next)
    if ((node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) && node->content != NULL)
      g_string_append (text, (const char *)node->content);
  return g_string_free (text, FALSE);
}

/** cs_xml_dup_text: Returns: (transfer full) (nullable): the text of the child @name; %NULL: it is not there
 */
char *
cs_xml_dup_text (const CsXmlElement *element, const char *name)
{
  return cs_xml_dup_content (cs_xml_get_child (element, name));
}

/** cs_xml_dup_text_or_empty: Returns: (transfer full): as cs_xml_dup_text(), "" where it is not there */
char *
cs_xml_dup_text_or_empty (const CsXmlElement *element, const char *name)
{
  char *text = cs_xml_dup_text (element, name);

  return text != NULL ? text : g_strdup ("");
}

/** cs_xml_dup_attribute: Returns: (transfer full) (nullable): the attribute @name of @element */
char *
cs_xml_dup_attribute (const CsXmlElement *element, const char *name)
{
  xmlChar *value;
  char *copy;

  if (element == NULL)
    return NULL;
  value = xmlGetNoNsProp ((xmlNode *)as_node (element), (const xmlChar *)name);
  copy = g_strdup ((const char *)value);
  xmlFree (value);
  return copy;
}

/** cs_xml_iterator_init: for the children of @parent (nullable) that are called @name (nullable: all). */
void
cs_xml_iterator_init (CsXmlIterator *iterator, const CsXmlElement *parent, const char *name)
{
  iterator->name = name;
  iterator->next = parent != NULL ? find_from (as_node (parent)->children, name) : NULL;
}

/** cs_xml_iterator_next: Returns: (nullable): the next, %NULL after the last */
const CsXmlElement *
cs_xml_iterator_next (CsXmlIterator *iterator)
{
  const CsXmlElement *element = iterator->next;

  if (element != NULL)
    iterator->next = find_from (as_node (element)->next, iterator->name);
  return element;
}
