/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-json-text.h"
#include "cs-json.h"

#include <string.h>

void
cs_json_set_too_deep (GError **error)
{
  g_set_error (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_LIMIT, "This JSON is nested more than %d deep",
               CS_JSON_DEPTH_MAX);
}

/* The quote that ends the string that begins at @quote, or the last byte: a quote after an odd number of
 * backslashes is a part of it. Most of an answer lies in strings, so this is where the time goes. */
static const char *
find_end_of_string (const char *quote, const char *end)
{
  for (const char *from = quote + 1; from < end;)
    {
      const char *found = memchr (from, '"', (gsize)(end - from));
      gsize n_backslashes = 0;

      if (found == NULL)
        return end - 1;
      while (found[-1 - (gssize)n_backslashes] == '\\')
        n_backslashes++;
      if (n_backslashes % 2 == 0)
        return found;
      from = found + 1;
    }
  return end - 1;
}

/**
 * cs_json_check_depth:
 * @text: (array length=size): JSON, or what claims to be
 * @size: in bytes
 * @error: return location
 *
 * Counts brackets outside of strings before any parser or walk that calls itself sees them (design.md section
 * 9: parsers are bounded in size and depth). What is not JSON is left for the parser to refuse.
 *
 * Returns: whether nothing lies deeper than %CS_JSON_DEPTH_MAX; else %CS_ENCODING_ERROR_LIMIT
 */
gboolean
cs_json_check_depth (const char *text, gsize size, GError **error)
{
  const char *end = text + size;
  guint depth = 0;

  for (const char *at = text; at < end; at++)
    switch (*at)
      {
      case '"':
        at = find_end_of_string (at, end);
        break;
      case '[':
      case '{':
        if (++depth > CS_JSON_DEPTH_MAX)
          {
            cs_json_set_too_deep (error);
            return FALSE;
          }
        break;
      case ']':
      case '}':
        if (depth > 0)
          depth--;
        break;
      default:
        break;
      }
  return TRUE;
}

/**
 * cs_json_is_ascii:
 * @text: (array length=size): any bytes
 * @size: in bytes
 *
 * Returns: whether they are ASCII, as most texts are: then they are UTF-8, and need not be looked at one by
 * one
 */
gboolean
cs_json_is_ascii (const char *text, gsize size)
{
  const guint64 highs = G_GUINT64_CONSTANT (0x8080808080808080);
  guint64 seen = 0;
  gsize at = 0;

  for (; at + sizeof (guint64) <= size; at += sizeof (guint64))
    {
      guint64 bytes;

      memcpy (&bytes, text + at, sizeof bytes);
      seen |= bytes;
    }
  for (; at < size; at++)
    seen |= (guchar)text[at];
  return (seen & highs) == 0;
}

/* Where the next byte stands that is not written as it is, or @size. Most texts have none, so eight are
 * looked at in one: each of these sums has a byte's highest bit where that byte is below 0x20, or is one of
 * the two. */
static gsize
find_escaped (const char *text, gsize from, gsize size)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);
  const guint64 highs = ones * 0x80;

  for (; from + sizeof (guint64) <= size; from += sizeof (guint64))
    {
      guint64 bytes, quotes, slashes;

      memcpy (&bytes, text + from, sizeof bytes);
      quotes = bytes ^ (ones * '"');
      slashes = bytes ^ (ones * '\\');
      if ((((bytes - ones * 0x20) & ~bytes) | ((quotes - ones) & ~quotes) | ((slashes - ones) & ~slashes))
          & highs)
        break;
    }
  while (from < size && (guchar)text[from] >= 0x20 && text[from] != '"' && text[from] != '\\')
    from++;
  return from;
}

/**
 * cs_json_append_quoted:
 * @json: what is being written
 * @text: (array length=size): UTF-8, which may hold nought bytes
 * @size: in bytes
 *
 * Appends @text as a JSON string with the fewest escapes that RFC 8259 allows, so that there is one way to
 * write it.
 */
void
cs_json_append_quoted (GString *json, const char *text, gsize size)
{
  static const char shorts[] = { ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r' };
  gsize written = 0;

  g_string_append_c (json, '"');
  for (gsize i = find_escaped (text, 0, size); i < size; i = find_escaped (text, i + 1, size))
    {
      guchar c = (guchar)text[i];

      g_string_append_len (json, text + written, (gssize)(i - written));
      written = i + 1;
      if (c >= 0x20)
        g_string_append_printf (json, "\\%c", c);
      else if (c < sizeof shorts && shorts[c] != '\0')
        g_string_append_printf (json, "\\%c", shorts[c]);
      else
        g_string_append_printf (json, "\\u%04x", c);
    }
  g_string_append_len (json, text + written, (gssize)(size - written));
  g_string_append_c (json, '"');
}
