/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <libxml/tree.h>

/* XML out: a text builder, as for JSON, because a list of 50 MB goes out in pieces. XML in: libxml2, without
 * a DTD, entities or the network. */

typedef struct
{
  GString *text;
  gboolean leave_out; /* elements that are empty are not written at all */
} SandboxXml;

void sandbox_xml_open (SandboxXml *xml, const char *name);
void sandbox_xml_close (SandboxXml *xml, const char *name);
void sandbox_xml_empty (SandboxXml *xml, const char *name);
void sandbox_xml_text (SandboxXml *xml, const char *name, const char *value);
void sandbox_xml_optional (SandboxXml *xml, const char *name, const char *value);
void sandbox_xml_yes_no (SandboxXml *xml, const char *name, gboolean value);
void sandbox_xml_flag (SandboxXml *xml, const char *name, gboolean value);
void sandbox_xml_integer (SandboxXml *xml, const char *name, gint64 value);
void sandbox_xml_decimal (SandboxXml *xml, const char *name, gint64 value, guint places);
void sandbox_xml_day (SandboxXml *xml, const char *name, int day);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlDoc, xmlFreeDoc)
xmlDoc *sandbox_xml_read (const char *text, gsize length);
gboolean sandbox_xml_is (const xmlNode *node, const char *name);
xmlNode *sandbox_xml_child (const xmlNode *parent, const char *name);
xmlNode *sandbox_xml_next (const xmlNode *node, const char *name);
char *sandbox_xml_dup (const xmlNode *parent, const char *name);
char *sandbox_xml_dup_attribute (const xmlNode *node, const char *name);
