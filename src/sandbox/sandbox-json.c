/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-json.h"

#include "sandbox-decimal.h"
#include "sandbox-time.h"

void
sandbox_json_init (SandboxJson *json)
{
  json->text = g_string_new (NULL);
  json->comma = FALSE;
}

void
sandbox_json_clear (SandboxJson *json)
{
  if (json->text != NULL)
    g_string_free (g_steal_pointer (&json->text), TRUE);
}

GString *
sandbox_json_steal (SandboxJson *json)
{
  return g_steal_pointer (&json->text);
}

/* By spans: most texts have nothing to escape, and most of a page is texts. */
static void
append_quoted (GString *out, const char *value)
{
  const char *start = value;
  const char *p = value;

  g_string_append_c (out, '"');
  for (; *p != '\0'; p++)
    {
      guchar byte = (guchar)*p;

      if (byte >= 0x20 && byte != '"' && byte != '\\')
        continue;
      g_string_append_len (out, start, p - start);
      start = p + 1;
      if (byte == '"' || byte == '\\')
        g_string_append_printf (out, "\\%c", byte);
      else if (byte == '\n')
        g_string_append (out, "\\n");
      else
        g_string_append_printf (out, "\\u%04x", byte);
    }
  g_string_append_len (out, start, p - start);
  g_string_append_c (out, '"');
}

static void
begin_member (SandboxJson *json, const char *name)
{
  if (json->comma)
    g_string_append_c (json->text, ',');
  json->comma = TRUE;
  if (name == NULL)
    return;
  append_quoted (json->text, name);
  g_string_append_c (json->text, ':');
}

void
sandbox_json_open (SandboxJson *json, const char *name, char bracket)
{
  begin_member (json, name);
  g_string_append_c (json->text, bracket);
  json->comma = FALSE;
}

void
sandbox_json_close (SandboxJson *json, char bracket)
{
  g_string_append_c (json->text, bracket);
  json->comma = TRUE;
}

/* NULL leaves the member out, as Xero leaves out what a record does not have. */
void
sandbox_json_string (SandboxJson *json, const char *name, const char *value)
{
  if (value == NULL)
    return;
  begin_member (json, name);
  append_quoted (json->text, value);
}

/* NULL is written as "", as Xero does for some texts. */
void
sandbox_json_text (SandboxJson *json, const char *name, const char *value)
{
  sandbox_json_string (json, name, value != NULL ? value : "");
}

void
sandbox_json_raw (SandboxJson *json, const char *name, const char *value)
{
  begin_member (json, name);
  g_string_append (json->text, value);
}

void
sandbox_json_bool (SandboxJson *json, const char *name, gboolean value)
{
  sandbox_json_raw (json, name, value ? "true" : "false");
}

void
sandbox_json_integer (SandboxJson *json, const char *name, gint64 value)
{
  begin_member (json, name);
  sandbox_decimal_append (json->text, value, 0);
}

void
sandbox_json_decimal (SandboxJson *json, const char *name, gint64 value, guint places)
{
  begin_member (json, name);
  sandbox_decimal_append (json->text, value, places);
}

/* Both of Xero's spellings: Date and DateString (xero-accounting 6.1). */
void
sandbox_json_day (SandboxJson *json, const char *name, int day)
{
  if (day == SANDBOX_NO_DAY)
    return;
  begin_member (json, name);
  g_string_truncate (json->text, json->text->len - 2);
  g_string_append (json->text, "String\":\"");
  sandbox_day_append (json->text, day);
  g_string_append (json->text, "T00:00:00\"");
  sandbox_json_instant (json, name, day * SANDBOX_DAY_MS, "+0000");
}

void
sandbox_json_instant (SandboxJson *json, const char *name, gint64 ms, const char *suffix)
{
  begin_member (json, name);
  g_string_append (json->text, "\"\\/Date(");
  sandbox_decimal_append (json->text, ms, 0);
  g_string_append (json->text, suffix);
  g_string_append (json->text, ")\\/\"");
}

yyjson_doc *
sandbox_json_read (const char *text, gsize length)
{
  return yyjson_read (text, length, YYJSON_READ_NUMBER_AS_RAW);
}

yyjson_val *
sandbox_json_get (yyjson_val *object, const char *name)
{
  return yyjson_is_obj (object) ? yyjson_obj_get (object, name) : NULL;
}

/* A string, or a number's own digits: documentation samples have money in both forms (xero-accounting 6.4).
 */
const char *
sandbox_json_get_text (yyjson_val *object, const char *name)
{
  yyjson_val *value = sandbox_json_get (object, name);

  if (yyjson_is_raw (value))
    return yyjson_get_raw (value);
  return yyjson_is_str (value) ? yyjson_get_str (value) : NULL;
}

gboolean
sandbox_json_get_bool (yyjson_val *object, const char *name)
{
  yyjson_val *value = sandbox_json_get (object, name);

  return yyjson_is_str (value) ? g_ascii_strcasecmp (yyjson_get_str (value), "true") == 0
                               : yyjson_is_true (value);
}

gint64
sandbox_json_get_integer (yyjson_val *object, const char *name, gint64 fallback)
{
  gint64 value;

  return sandbox_decimal_parse (sandbox_json_get_text (object, name), 0, &value) ? value : fallback;
}
