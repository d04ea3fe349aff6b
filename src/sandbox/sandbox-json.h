/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <yyjson.h>

/* JSON out: a text builder, so that each number is written with the digits it has. JSON in: yyjson with the
 * numbers left as text. A NULL name writes an element of an array. */

typedef struct
{
  GString *text;
  gboolean comma; /* the next member needs one before it */
} SandboxJson;

void sandbox_json_init (SandboxJson *json);
void sandbox_json_clear (SandboxJson *json);
GString *sandbox_json_steal (SandboxJson *json);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SandboxJson, sandbox_json_clear)

void sandbox_json_open (SandboxJson *json, const char *name, char bracket);
void sandbox_json_close (SandboxJson *json, char bracket);
void sandbox_json_string (SandboxJson *json, const char *name, const char *value);
void sandbox_json_text (SandboxJson *json, const char *name, const char *value);
void sandbox_json_raw (SandboxJson *json, const char *name, const char *value);
void sandbox_json_bool (SandboxJson *json, const char *name, gboolean value);
void sandbox_json_integer (SandboxJson *json, const char *name, gint64 value);
void sandbox_json_decimal (SandboxJson *json, const char *name, gint64 value, guint places);
void sandbox_json_day (SandboxJson *json, const char *name, int day);
void sandbox_json_instant (SandboxJson *json, const char *name, gint64 ms, const char *suffix);

yyjson_doc *sandbox_json_read (const char *text, gsize length);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (yyjson_doc, yyjson_doc_free)
yyjson_val *sandbox_json_get (yyjson_val *object, const char *name);
const char *sandbox_json_get_text (yyjson_val *object, const char *name);
gboolean sandbox_json_get_bool (yyjson_val *object, const char *name);
gint64 sandbox_json_get_integer (yyjson_val *object, const char *name, gint64 fallback);
