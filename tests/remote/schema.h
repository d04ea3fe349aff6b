/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The strict schema of what we write to Xero: which members may be there, of which type, which must. A member
 * that is not listed is an error: it may create or change something at Xero that nobody meant
 * (xero-accounting.md 8.4), and tax numbers never travel. */
gboolean test_schema_check (JsonNode *body, const char *schema, GError **error);

G_END_DECLS
