/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xml-guard.h"

#include "cs-xml.h"

#include <string.h>

#define REFERENCE_BYTES_MAX 12

/** cs_xml_guard_init: makes @guard ready for the first byte of a document. */
void
cs_xml_guard_init (CsXmlGuard *guard)
{
  *guard = (CsXmlGuard){ .reference = g_string_new (NULL) };
}

/** cs_xml_guard_clear: frees what @guard holds. */
void
cs_xml_guard_clear (CsXmlGuard *guard)
{
  g_string_free (guard->reference, TRUE);
  guard->reference = NULL;
}

/** cs_xml_is_character: Returns: whether XML 1.0 allows @c in a document (its section 2.2) */
gboolean
cs_xml_is_character (gunichar c)
{
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xd7ff) || (c >= 0xe000 && c <= 0xfffd)
         || (c >= 0x10000 && c <= 0x10ffff);
}

static gboolean
refuse (GError **error, CsEncodingError code, const char *what)
{
  g_set_error_literal (error, CS_ENCODING_ERROR, (gint)code, what);
  return FALSE;
}

typedef enum
{
  REFERENCE_TEXT, /* "&" that somebody forgot to escape, or an entity that nobody may declare */
  REFERENCE_GOOD,
  REFERENCE_FORBIDDEN, /* a character that XML does not allow, however it is spelt */
} Reference;

/* @text: from "&" to before ";" */
static Reference
judge_reference (const char *text)
{
  static const char *const known[] = { "&amp", "&lt", "&gt", "&quot", "&apos", NULL };
  guint64 code = 0;
  gboolean is_number;

  if (g_strv_contains (known, text))
    return REFERENCE_GOOD;
  if (text[1] != '#')
    return REFERENCE_TEXT;
  if (text[2] == 'x')
    is_number = g_ascii_string_to_unsigned (text + 3, 16, 0, G_MAXUINT32, &code, NULL);
  else
    is_number = g_ascii_string_to_unsigned (text + 2, 10, 0, G_MAXUINT32, &code, NULL);
  if (!is_number)
    return REFERENCE_TEXT;
  return cs_xml_is_character ((gunichar)code) ? REFERENCE_GOOD : REFERENCE_FORBIDDEN;
}

static void
flush_as_text (CsXmlGuard *guard, GString *out)
{
  g_string_append (out, "&amp;");
  g_string_append (out, guard->reference->str + 1);
  g_string_truncate (guard->reference, 0);
  guard->in_reference = FALSE;
}

/* TRUE: @c belongs to the reference; else it is still to be looked at. */
static gboolean
take_reference (CsXmlGuard *guard, char c, GString *out)
{
  Reference reference;

  if ((g_ascii_isalnum (c) || c == '#') && guard->reference->len < REFERENCE_BYTES_MAX)
    {
      g_string_append_c (guard->reference, c);
      return TRUE;
    }
  if (c != ';')
    {
      flush_as_text (guard, out);
      return FALSE;
    }
  reference = judge_reference (guard->reference->str);
  if (reference == REFERENCE_TEXT)
    {
      flush_as_text (guard, out);
      return FALSE;
    }
  if (reference == REFERENCE_GOOD)
    g_string_append_printf (out, "%s;", guard->reference->str);
  g_string_truncate (guard->reference, 0);
  guard->in_reference = FALSE;
  return TRUE;
}

static void
enter (CsXmlGuard *guard, CsXmlGuardState state)
{
  guard->state = state;
  guard->run = 0;
  guard->last = '\0';
  guard->before[0] = guard->before[1] = '\0';
}

/* "<!--" and "<![CDATA[" alone: any other declaration is of a document type. */
static gboolean
take_declaration (CsXmlGuard *guard, char c, GError **error)
{
  static const char cdata[] = "[CDATA[";

  guard->declaration[guard->declared++] = c;
  if (guard->declared <= 2 && strncmp (guard->declaration, "--", guard->declared) == 0)
    {
      if (guard->declared == 2)
        enter (guard, CS_XML_GUARD_COMMENT);
      return TRUE;
    }
  if (strncmp (guard->declaration, cdata, guard->declared) != 0)
    return refuse (error, CS_ENCODING_ERROR_SHAPE, "This XML declares a document type");
  if (guard->declared == strlen (cdata))
    enter (guard, CS_XML_GUARD_CDATA);
  return TRUE;
}

static gboolean
open_tag (CsXmlGuard *guard, char c)
{
  if (c == '!')
    {
      enter (guard, CS_XML_GUARD_DECLARATION);
      guard->declared = 0;
    }
  else if (c == '?')
    enter (guard, CS_XML_GUARD_INSTRUCTION);
  else if (c == '/')
    enter (guard, CS_XML_GUARD_END_TAG);
  else
    {
      enter (guard, CS_XML_GUARD_START_TAG);
      guard->attributes = 0;
    }
  return TRUE;
}

static gboolean
take_start_tag (CsXmlGuard *guard, char c, GError **error)
{
  if (c == '"' || c == '\'')
    {
      guard->state = CS_XML_GUARD_VALUE;
      guard->quote = c;
      if (++guard->attributes > CS_XML_ATTRIBUTES_MAX)
        return refuse (error, CS_ENCODING_ERROR_LIMIT, "An element of this XML has too many attributes");
    }
  else if (c == '>')
    {
      if (guard->last != '/' && ++guard->depth > CS_XML_DEPTH_MAX)
        return refuse (error, CS_ENCODING_ERROR_LIMIT, "This XML is nested too deep");
      enter (guard, CS_XML_GUARD_TEXT);
    }
  guard->last = c;
  return TRUE;
}

/* Until "-->", "?>" or "]]>". */
static void
take_until (CsXmlGuard *guard, char c)
{
  gboolean is_over = FALSE;

  if (guard->state == CS_XML_GUARD_INSTRUCTION)
    is_over = c == '>' && guard->before[1] == '?';
  else
    {
      char mark = guard->state == CS_XML_GUARD_COMMENT ? '-' : ']';

      is_over = c == '>' && guard->before[0] == mark && guard->before[1] == mark;
    }
  guard->before[0] = guard->before[1];
  guard->before[1] = c;
  if (is_over)
    enter (guard, CS_XML_GUARD_TEXT);
}

static gboolean
take (CsXmlGuard *guard, char c, GError **error)
{
  switch (guard->state)
    {
    case CS_XML_GUARD_TEXT:
      if (c == '<')
        enter (guard, CS_XML_GUARD_OPENED);
      return TRUE;
    case CS_XML_GUARD_OPENED:
      return open_tag (guard, c);
    case CS_XML_GUARD_DECLARATION:
      return take_declaration (guard, c, error);
    case CS_XML_GUARD_COMMENT:
    case CS_XML_GUARD_CDATA:
    case CS_XML_GUARD_INSTRUCTION:
      take_until (guard, c);
      return TRUE;
    case CS_XML_GUARD_START_TAG:
      return take_start_tag (guard, c, error);
    case CS_XML_GUARD_END_TAG:
      if (c == '>')
        {
          guard->depth -= guard->depth > 0;
          enter (guard, CS_XML_GUARD_TEXT);
        }
      return TRUE;
    case CS_XML_GUARD_VALUE:
      if (c == guard->quote)
        guard->state = CS_XML_GUARD_START_TAG;
      guard->last = '\0';
      return TRUE;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
is_control (char c)
{
  return (guchar)c < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

static gboolean
may_refer (const CsXmlGuard *guard)
{
  return guard->state == CS_XML_GUARD_TEXT || guard->state == CS_XML_GUARD_VALUE;
}

/**
 * cs_xml_guard_pass:
 * @guard: where in the document we are
 * @bytes: the next of it
 * @size: how many
 * @out: what the parser may see is appended here
 * @error: a document type, or a limit of cs-xml.h
 *
 * Escapes an ampersand that the remote forgot to escape (xpm.md 5.2), so that no entity but the five reaches
 * the parser, and leaves out control characters. A well-formed document comes out as it went in.
 *
 * Returns: whether it may go on
 */
gboolean
cs_xml_guard_pass (CsXmlGuard *guard, const char *bytes, gsize size, GString *out, GError **error)
{
  guard->total += size;
  if (guard->total > CS_XML_BYTES_MAX)
    return refuse (error, CS_ENCODING_ERROR_LIMIT, "This XML is larger than can be right");
  for (gsize i = 0; i < size; i++)
    {
      char c = bytes[i];

      if (is_control (c))
        continue;
      if (guard->in_reference && take_reference (guard, c, out))
        continue;
      if (++guard->run > CS_XML_TEXT_BYTES_MAX)
        return refuse (error, CS_ENCODING_ERROR_LIMIT, "A text of this XML is longer than can be right");
      if (c == '&' && may_refer (guard))
        {
          guard->in_reference = TRUE;
          g_string_append_c (guard->reference, c);
          continue;
        }
      if (!take (guard, c, error))
        return FALSE;
      g_string_append_c (out, c);
    }
  return TRUE;
}

/** cs_xml_guard_end: appends what was held back, since the document ends here. */
void
cs_xml_guard_end (CsXmlGuard *guard, GString *out)
{
  if (guard->in_reference)
    flush_as_text (guard, out);
}
