/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include <string.h>

G_BEGIN_DECLS

/* Inside this room only. */
void cs_json_set_too_deep (GError **error);
gboolean cs_json_check_depth (const char *text, gsize size, GError **error);
gboolean cs_json_is_plain (const char *text, gsize size);
char *cs_json_reserve (GString *json, gsize size);
void cs_json_append_plain (GString *json, const char *text, gsize size);
void cs_json_append_plain_name (GString *json, const char *name, gsize size);
void cs_json_append_quoted (GString *json, const char *text, gsize size);

/* Of what stands at any place. */
static inline guint64
cs_json_load_eight (const char *text)
{
  guint64 bytes;

  memcpy (&bytes, text, sizeof bytes);
  return bytes;
}

G_END_DECLS
