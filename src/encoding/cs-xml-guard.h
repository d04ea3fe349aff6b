/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Stands before the parser: counts, refuses and mends. Private to encoding. */
typedef enum
{
  CS_XML_GUARD_TEXT,
  CS_XML_GUARD_OPENED,      /* "<" */
  CS_XML_GUARD_DECLARATION, /* "<!" */
  CS_XML_GUARD_COMMENT,
  CS_XML_GUARD_CDATA,
  CS_XML_GUARD_INSTRUCTION,
  CS_XML_GUARD_START_TAG,
  CS_XML_GUARD_END_TAG,
  CS_XML_GUARD_VALUE, /* of an attribute */
} CsXmlGuardState;

typedef struct
{
  CsXmlGuardState state;
  GString *reference; /* from "&", while it is not known what it is */
  gboolean in_reference;
  char quote;
  char before[2]; /* the last two bytes of a comment, an instruction or CDATA */
  char last;      /* the last byte of a tag */
  guint declared; /* bytes seen after "<!" */
  char declaration[8];
  guint depth;
  guint attributes;
  gsize run;   /* bytes of the text or tag so far */
  gsize total; /* bytes so far */
} CsXmlGuard;

void cs_xml_guard_init (CsXmlGuard *guard);
void cs_xml_guard_clear (CsXmlGuard *guard);
gboolean cs_xml_guard_pass (CsXmlGuard *guard, const char *bytes, gsize size, GString *out, GError **error);
void cs_xml_guard_end (CsXmlGuard *guard, GString *out);
gboolean cs_xml_is_character (gunichar c);

G_END_DECLS
