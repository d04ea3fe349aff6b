/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The one door to json-glib: small answers without money. Bounded, and the errors never quote the content,
 * which may hold a token. */
#define CS_SMALL_JSON_BYTES_MAX (1024u * 1024u)

JsonNode *cs_small_json_parse (GBytes *bytes, GError **error);
const char *cs_small_json_get_string (JsonObject *object, const char *member);
gint64 cs_small_json_get_integer (JsonObject *object, const char *member, gint64 fallback);

G_END_DECLS
