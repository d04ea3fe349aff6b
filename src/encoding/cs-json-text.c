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
  const char *end = size > 0 ? text + size : text; /* an empty answer may come without any memory */
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

/* Each byte's highest bit is set where that byte is not written as it is: below 0x20, or one of the two. */
static guint64
mark_escaped (guint64 bytes)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);
  const guint64 quotes = bytes ^ (ones * '"');
  const guint64 slashes = bytes ^ (ones * '\\');

  return (((bytes - ones * 0x20) & ~bytes) | ((quotes - ones) & ~quotes) | ((slashes - ones) & ~slashes))
         & (ones * 0x80);
}

/* Below eight bytes: four to seven are two times four, which overlap. */
static gboolean
is_short_plain (const char *text, gsize size)
{
  const guint64 highs = G_GUINT64_CONSTANT (0x8080808080808080);
  guint32 first, last;
  guint64 bytes;

  if (size < sizeof first)
    {
      for (gsize at = 0; at < size; at++)
        if ((guchar)text[at] < 0x20 || (guchar)text[at] >= 0x80 || text[at] == '"' || text[at] == '\\')
          return FALSE;
      return TRUE;
    }
  memcpy (&first, text, sizeof first);
  memcpy (&last, text + size - sizeof last, sizeof last);
  bytes = (guint64)first << 32 | last;
  return (mark_escaped (bytes) | (bytes & highs)) == 0;
}

/**
 * cs_json_is_plain:
 * @text: (array length=size): any bytes
 * @size: in bytes
 *
 * Most texts are, and are looked at once, eight bytes at a time; the last eight overlap those before.
 *
 * Returns: whether they are ASCII, which is UTF-8, and written as they are
 */
gboolean
cs_json_is_plain (const char *text, gsize size)
{
  const guint64 highs = G_GUINT64_CONSTANT (0x8080808080808080);
  guint64 seen = 0;

  if (size < sizeof (guint64))
    return is_short_plain (text, size);
  for (gsize at = 0; at + sizeof (guint64) < size; at += sizeof (guint64))
    {
      guint64 bytes = cs_json_load_eight (text + at);

      seen |= mark_escaped (bytes) | (bytes & highs);
    }
  text += size - sizeof (guint64);
  return (seen | mark_escaped (cs_json_load_eight (text)) | (cs_json_load_eight (text) & highs)) == 0;
}

/* Where the next byte stands that is not written as it is, or @size. */
static gsize
find_escaped (const char *text, gsize from, gsize size)
{
  while (from + sizeof (guint64) <= size && mark_escaped (cs_json_load_eight (text + from)) == 0)
    from += sizeof (guint64);
  while (from < size && (guchar)text[from] >= 0x20 && text[from] != '"' && text[from] != '\\')
    from++;
  return from;
}

/**
 * cs_json_reserve:
 * @json: what is being written
 * @size: how much is about to be
 *
 * Returns: (transfer none): where it goes; whoever writes there sets the length
 */
char *
cs_json_reserve (GString *json, gsize size)
{
  gsize length = json->len;

  if (length + size >= json->allocated_len)
    {
      g_string_set_size (json, length + size);
      json->len = length;
    }
  return json->str + length;
}

/**
 * cs_json_append_plain:
 * @json: what is being written
 * @text: (array length=size): as cs_json_is_plain() wants it
 * @size: in bytes
 */
void
cs_json_append_plain (GString *json, const char *text, gsize size)
{
  char *at = cs_json_reserve (json, size + 2);

  at[0] = '"';
  memcpy (at + 1, text, size);
  at[size + 1] = '"';
  at[size + 2] = '\0';
  json->len += size + 2;
}

/** cs_json_append_plain_name: as cs_json_append_plain(), with a colon behind it */
void
cs_json_append_plain_name (GString *json, const char *name, gsize size)
{
  char *at = cs_json_reserve (json, size + 3);

  at[0] = '"';
  memcpy (at + 1, name, size);
  memcpy (at + size + 1, "\":", 3); /* with the nought byte */
  json->len += size + 3;
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
